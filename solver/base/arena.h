/* Memory that is freed all at once: what a document holds lives and dies together. */
#ifndef PLAATS_BASE_ARENA_H
#define PLAATS_BASE_ARENA_H

#include <stddef.h>

typedef struct arena_block arena_block;
typedef struct {
    arena_block *blocks;
} arena; /* all zero: empty */

/* n zeroed elements of `size` bytes, aligned for any type; NULL when memory or the product runs
 * out; never NULL for n = 0. */
void *arena_alloc(arena *a, size_t n, size_t size);
/* A NUL-terminated copy. */
char *arena_copy(arena *a, const char *bytes, size_t size);
void arena_free(arena *a);

#endif
