/* The text before the spot, the new value, and the text after it. */
#include "text/json_set.h"

#include "text/json_in.h"
#include "text/json_out.h"
#include "text/json_pointer.h"

#include <assert.h>
#include <string.h>

/* ---- The new text --------------------------------------------------------------------------- */

static bool makes_array(const json_token *token) {
    return strcmp(token->text, "-") == 0;
}

static void add_key(buffer *out, const json_token *token) {
    json_out o = {.to = out, .compact = true};
    json_out_string(&o, NULL, token->text);
    buffer_text(out, ": ");
}

/* The value in the objects that are absent around it: `tokens` are what they are to be called by,
 * from the one that is added on. */
static void add_nested(buffer *out, const json_token *tokens, size_t n, const char *value) {
    for (size_t i = 0; i < n; i++) {
        if (makes_array(&tokens[i])) {
            buffer_text(out, "[");
            continue;
        }
        buffer_text(out, "{");
        add_key(out, &tokens[i]);
    }
    buffer_text(out, value);
    for (size_t i = n; i > 0; i--) buffer_text(out, makes_array(&tokens[i - 1]) ? "]" : "}");
}

/* `absent`: the tokens that lead to nothing yet. */
static void splice(const json_span *t, const json_spot *spot, const json_token *absent,
                   const char *value, buffer *out) {
    buffer_add(out, t->bytes, spot->begin);
    if (spot->n_absent > 0 && !spot->first) buffer_text(out, ", ");
    if (spot->n_absent > 0 && spot->in_object) add_key(out, &absent[0]);
    add_nested(out, absent + 1, spot->n_absent > 0 ? spot->n_absent - 1 : 0, value);
    buffer_add(out, t->bytes + spot->end, t->size - spot->end);
}

/* With the comma behind it, or where it is the last one, the comma before it. */
static void cut(const json_span *t, const json_spot *spot, buffer *out) {
    size_t end = json_step_blanks(t, spot->end), begin = spot->item;
    if (t->bytes[end] == ',') {
        end = json_step_comma(t, end);
    } else {
        end = spot->end;
        if (!spot->first) begin = spot->before;
    }
    buffer_add(out, t->bytes, begin);
    buffer_add(out, t->bytes + end, t->size - end);
}

/* ---- Whether it can be made ----------------------------------------------------------------- */

static plaats_status check_value(const char *value, plaats_error *error) {
    json_document *document = NULL;
    plaats_status st = json_read(value, strlen(value), &document, error);
    json_free(document);
    if (st != PLAATS_INPUT) return st;
    return json_pointer_refuse(
        error, "the new value '%s' is no JSON (texts stand in double quotes, \"Zwolle\")", value);
}

static plaats_status check_there(const json_spot *spot, const json_token *absent,
                                 plaats_error *error) {
    if (spot->n_absent == 0) return PLAATS_OK;
    return json_pointer_refuse(error, "there is no '%s' to be removed", absent[0].text);
}

plaats_status json_set(const char *bytes, size_t size, const char *pointer, const char *value,
                       buffer *out, plaats_error *error) {
    assert(bytes != NULL && pointer != NULL && out != NULL);
    plaats_status st = PLAATS_OK;
    json_span text = {bytes, size};
    arena memory = {0};
    json_token *tokens;
    json_spot spot;
    size_t n;
    if (value != NULL) TRY(check_value(value, error));
    TRY(json_pointer_split(pointer, &memory, &tokens, &n, error));
    TRY(json_pointer_follow(&text, tokens, n, &memory, &spot, error));
    const json_token *absent = tokens + n - spot.n_absent;
    if (value == NULL) {
        TRY(check_there(&spot, absent, error));
        cut(&text, &spot, out);
    } else {
        splice(&text, &spot, absent, value, out);
    }
    if (out->failed) TRY(fail_memory(error));
done:
    if (st == PLAATS_INPUT && error != NULL)
        plaats_show(pointer, error->pointer, sizeof error->pointer);
    arena_free(&memory);
    return st;
}
