#include "changes.h"
#include <stdlib.h>
#include <string.h>

static bool may_be_json(const char *text) {
    return (*text != '\0' && strchr("\"[{-0123456789", *text) != NULL) ||
           strcmp(text, "true") == 0 || strcmp(text, "false") == 0 || strcmp(text, "null") == 0;
}

/* Behind the first '=' that JSON can follow; where none is followed by JSON, the first of all, so
 * that the value can be refused by what it says. */
static const char *find_value(const char *text) {
    const char *first = strchr(text, '='), *equals = first;
    while (equals != NULL && !may_be_json(equals + 1)) equals = strchr(equals + 1, '=');
    if (equals == NULL) equals = first;
    return equals == NULL ? NULL : equals + 1;
}

/* `value`: NULL for a removal. */
static bool append(change_list *changes, const char *pointer, size_t size, const char *value) {
    plaats_change *list = realloc(changes->list, (changes->n + 1) * sizeof *list);
    if (list == NULL) return false;
    changes->list = list;
    char *copy = strndup(pointer, size);
    if (copy == NULL) return false;
    list[changes->n++] = (plaats_change){.pointer = copy, .value = value};
    return true;
}

bool changes_set(const char *text, void *list) {
    const char *value = find_value(text);
    if (*text != '/' || value == NULL) return false;
    return append(list, text, (size_t)(value - 1 - text), value);
}

bool changes_unset(const char *text, void *list) {
    return *text == '/' && append(list, text, strlen(text), NULL);
}

void changes_free(change_list *changes) {
    for (size_t i = 0; i < changes->n; i++) free((char *)changes->list[i].pointer);
    free(changes->list);
    *changes = (change_list){0};
}
