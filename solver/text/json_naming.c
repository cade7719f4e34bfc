/* Finds the name of the element that a place is in, beside the walk of the locator. */
#include "text/json_naming.h"

#include "text/message.h"
#include <assert.h>
#include <string.h>

static bool key_is(const json_locator *l, uint32_t key, const char *name) {
    size_t size = strlen(name);
    return l->size - key > size + 1 && memcmp(l->bytes + key + 1, name, size) == 0 &&
           l->bytes[key + 1 + size] == '"';
}

/* To the beginning of the array with this key. */
static void enter_array(naming_walk *w, const json_locator *l, uint32_t key) {
    w->key = key;
    w->row = w->rows;
    w->element = NULL;
    w->index = 0;
    while (w->row->array != NULL && !key_is(l, key, w->row->array)) w->row++;
    if (w->row->array == NULL) w->row = NULL;
    if (w->row != NULL) w->element = json_first(json_member(w->root, w->row->array));
}

/* The name of the element that a place is in, or NULL. */
static const char *find_name(naming_walk *w, const json_locator *l) {
    const json_frame *member = &l->frames[0], *array = &l->frames[1];
    if (w->root == NULL || w->rows == NULL || l->depth < 2) return NULL;
    if (member->array || !member->inside || !array->array || !array->inside) return NULL;
    if (member->key != w->key) enter_array(w, l, member->key);
    for (; w->element != NULL && w->index < array->index; w->index++)
        w->element = json_next(w->element);
    if (w->element == NULL || json_type_of(w->element) != JSON_OBJECT) return NULL;
    const json_node *name = json_member(w->element, w->row->member);
    return name != NULL && json_type_of(name) == JSON_STRING ? json_text(name) : NULL;
}

static bool ends_in(const char *pointer, const char *member) {
    const char *last = strrchr(pointer, '/');
    return last != NULL && strcmp(last + 1, member) == 0;
}

void json_naming_add(naming_walk *w, const json_locator *place, const char *pointer,
                     const char *message, buffer *out) {
    assert(pointer != NULL && message != NULL);
    const char *name = find_name(w, place);
    if (name == NULL || *name == '\0' || ends_in(pointer, w->row->member)) return;
    size_t before = out->size, quoted;
    message_format(out, "%s ", w->row->word);
    quoted = out->size;
    message_format(out, "'%s'", name);
    if (out->failed) return;
    if (strstr(message, out->bytes + quoted) != NULL)
        out->size = before;
    else
        buffer_text(out, ": ");
}
