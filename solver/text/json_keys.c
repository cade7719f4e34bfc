/* A stack of keys; as an object closes, its own are compared. */
#include "text/json_keys.h"

#include "text/json_string.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { FEW_KEYS = 16 }; /* up to so many, comparing all pairs is quicker than sorting */

bool json_keys_push(json_key_stack *k, const char *bytes, size_t offset, size_t end, bool escapes) {
    assert(offset < end && end <= UINT32_MAX);
    if (k->count == k->capacity) {
        size_t capacity = k->capacity > 0 ? 2 * k->capacity : 64;
        json_key_entry *list = realloc(k->list, capacity * sizeof *list);
        if (list == NULL) return false;
        k->list = list;
        k->capacity = capacity;
    }
    const char *text = bytes + offset + 1;
    size_t size = end - offset - 1;
    if (escapes) {
        char *copy = arena_alloc(&k->copies, size, 1);
        if (copy == NULL) return false;
        size = json_string_decode(text, bytes + end, copy);
        text = copy;
    }
    k->list[k->count++] =
        (json_key_entry){.text = text, .size = (uint32_t)size, .offset = (uint32_t)offset};
    return true;
}

static bool same_key(const json_key_entry *a, const json_key_entry *b) {
    return a->size == b->size && memcmp(a->text, b->text, a->size) == 0;
}

/* Equal keys come together, the first given before the later. */
static int compare_keys(const void *left, const void *right) {
    const json_key_entry *a = left, *b = right;
    size_t common = a->size < b->size ? a->size : b->size;
    int order = memcmp(a->text, b->text, common);
    if (order != 0) return order;
    if (a->size != b->size) return a->size < b->size ? -1 : 1;
    return a->offset < b->offset ? -1 : a->offset > b->offset;
}

static void record(const json_key_entry *key, json_problem_list *problems) {
    json_problems_add(problems, key->offset, "duplicate member '%.*s' in one object",
                      (int)key->size, key->text);
}

static void check_few(const json_key_entry *keys, size_t n, json_problem_list *problems) {
    for (size_t i = 1; i < n; i++) {
        size_t j = 0;
        while (j < i && !same_key(&keys[i], &keys[j])) j++;
        if (j < i) record(&keys[i], problems);
    }
}

static void check_many(json_key_entry *keys, size_t n, json_problem_list *problems) {
    qsort(keys, n, sizeof *keys, compare_keys);
    for (size_t i = 1; i < n; i++)
        if (same_key(&keys[i], &keys[i - 1])) record(&keys[i], problems);
}

void json_keys_pop(json_key_stack *k, size_t base, json_problem_list *problems) {
    assert(base <= k->count);
    size_t n = k->count - base;
    if (n > FEW_KEYS)
        check_many(k->list + base, n, problems);
    else if (n > 1)
        check_few(k->list + base, n, problems);
    k->count = base;
}

void json_keys_free(json_key_stack *k) {
    free(k->list);
    arena_free(&k->copies);
    memset(k, 0, sizeof *k);
}
