#include "changes.h"
#include <stdlib.h>
#include <string.h>

static bool may_be_json(const char *text) {
    return (*text != '\0' && strchr("\"[{-0123456789", *text) != NULL) ||
           strcmp(text, "true") == 0 || strcmp(text, "false") == 0 || strcmp(text, "null") == 0;
}

static const char *find_value(const char *text) {
    const char *equals = strchr(text, '=');
    while (equals != NULL && !may_be_json(equals + 1)) equals = strchr(equals + 1, '=');
    return equals == NULL ? NULL : equals + 1;
}

bool changes_parse(const char *text, void *target) {
    change_list *changes = target;
    const char *value = find_value(text);
    if (*text != '/' || value == NULL) return false;
    plaats_change *list = realloc(changes->list, (changes->n + 1) * sizeof *list);
    if (list == NULL) return false;
    changes->list = list;
    char *pointer = strndup(text, (size_t)(value - 1 - text));
    if (pointer == NULL) return false;
    list[changes->n++] = (plaats_change){.pointer = pointer, .value = value};
    return true;
}

void changes_free(change_list *changes) {
    for (size_t i = 0; i < changes->n; i++) free((char *)changes->list[i].pointer);
    free(changes->list);
    *changes = (change_list){0};
}
