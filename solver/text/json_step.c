/* Each step counts on what the grammar promises, and asserts that there is text left. */
#include "text/json_step.h"

#include <assert.h>
#include <string.h>

size_t json_step_blanks(const json_span *t, size_t at) {
    while (at < t->size && strchr(" \t\r\n", t->bytes[at]) != NULL && t->bytes[at] != '\0') at++;
    return at;
}

size_t json_step_string(const json_span *t, size_t at) {
    assert(at < t->size);
    for (at++; t->bytes[at] != '"'; at++)
        if (t->bytes[at] == '\\') at++;
    return at + 1;
}

size_t json_step_value(const json_span *t, size_t at) {
    assert(at < t->size);
    int open = 0;
    do {
        char c = t->bytes[at];
        if (c == '"') {
            at = json_step_string(t, at);
            continue;
        }
        open += (c == '{' || c == '[') - (c == '}' || c == ']');
        at++;
        /* A number or a name ends where a mark or a blank stands. */
        if (open == 0 && strchr("}]", c) == NULL)
            while (at < t->size && strchr(",]} \t\r\n", t->bytes[at]) == NULL) at++;
    } while (open > 0);
    return at;
}

size_t json_step_comma(const json_span *t, size_t at) {
    at = json_step_blanks(t, at);
    return t->bytes[at] == ',' ? json_step_blanks(t, at + 1) : at;
}

size_t json_step_inside(const json_span *t, size_t at) {
    assert(at < t->size);
    return json_step_blanks(t, at + 1);
}

size_t json_step_key(const json_span *t, size_t at) {
    return json_step_blanks(t, json_step_blanks(t, json_step_string(t, at)) + 1);
}
