/* Blocks in a list, each filled from its start; what is large has one of its own. */
#include "base/arena.h"

#include <assert.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_BYTES = 64 * 1024, LARGE_BYTES = BLOCK_BYTES / 8 };
static_assert(LARGE_BYTES <= BLOCK_BYTES, "what is not large fits in a block");

struct arena_block {
    arena_block *next;
    size_t used, capacity;
    alignas(max_align_t) char bytes[];
};

static arena_block *new_block(size_t capacity) {
    if (capacity > SIZE_MAX - sizeof(arena_block)) return NULL;
    arena_block *block = calloc(1, sizeof *block + capacity);
    if (block != NULL) block->capacity = capacity;
    return block;
}

/* A block of its own, behind the one in use, so that no rest of that one is lost. */
static void *alloc_large(arena *a, size_t size) {
    arena_block *block = new_block(size);
    if (block == NULL) return NULL;
    block->used = size;
    if (a->blocks == NULL) {
        a->blocks = block;
    } else {
        block->next = a->blocks->next;
        a->blocks->next = block;
    }
    return block->bytes;
}

void *arena_alloc(arena *a, size_t n, size_t size) {
    assert(a != NULL);
    const size_t align = alignof(max_align_t);
    size_t total;
    if (__builtin_mul_overflow(n, size, &total) || total > SIZE_MAX - align) return NULL;
    total = total == 0 ? align : (total + align - 1) / align * align;
    if (total > LARGE_BYTES) return alloc_large(a, total);

    if (a->blocks == NULL || a->blocks->capacity - a->blocks->used < total) {
        arena_block *block = new_block(BLOCK_BYTES);
        if (block == NULL) return NULL;
        block->next = a->blocks;
        a->blocks = block;
    }
    void *result = a->blocks->bytes + a->blocks->used;
    a->blocks->used += total;
    return result;
}

char *arena_copy(arena *a, const char *bytes, size_t size) {
    assert(bytes != NULL || size == 0);
    if (size == SIZE_MAX) return NULL;
    char *copy = arena_alloc(a, size + 1, 1);
    if (copy != NULL && size > 0) memcpy(copy, bytes, size);
    return copy;
}

void arena_free(arena *a) {
    assert(a != NULL);
    while (a->blocks != NULL) {
        arena_block *next = a->blocks->next;
        free(a->blocks);
        a->blocks = next;
    }
}
