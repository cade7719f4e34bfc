/* The keys of the objects that are open during a scan, to find those given twice. */
#ifndef PLAATS_TEXT_JSON_KEYS_H
#define PLAATS_TEXT_JSON_KEYS_H

#include "text/json_problems.h"

typedef struct {
    const char *text; /* escapes undone: into the document, or a copy */
    uint32_t size, offset;
} json_key_entry;

typedef struct {
    json_key_entry *list;
    size_t count, capacity;
    arena copies; /* of keys with escapes */
} json_key_stack; /* all zero: empty */

/* Adds the key whose opening quote stands at `offset` and whose closing quote is `end` bytes from
 * the start; false when memory runs out. */
bool json_keys_push(json_key_stack *k, const char *bytes, size_t offset, size_t end, bool escapes);
/* Records each key since `base` that was there before, and takes them all away. The order of the
 * entries is lost: the time is n log n, whatever the keys. */
void json_keys_pop(json_key_stack *k, size_t base, json_problem_list *problems);
void json_keys_free(json_key_stack *k);

#endif
