/* Room doubles, so that n bytes added one by one take O(n). */
#include "base/buffer.h"

#include <assert.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 256 };

/* Room for `size` more bytes and the NUL after them; false when there is none. */
static bool reserve(buffer *b, size_t size) {
    assert(b != NULL && (b->capacity == 0 || b->size < b->capacity));
    if (b->failed) return false;
    if (size < b->capacity - b->size) return true; /* a capacity of 0 never passes */

    size_t capacity = b->capacity < FIRST_CAPACITY ? FIRST_CAPACITY : b->capacity;
    while (capacity - b->size <= size) {
        if (capacity > SIZE_MAX / 2) {
            b->failed = true;
            return false;
        }
        capacity *= 2;
    }
    char *bytes = realloc(b->bytes, capacity);
    if (bytes == NULL) {
        b->failed = true;
        return false;
    }
    b->bytes = bytes;
    b->capacity = capacity;
    return true;
}

void buffer_add(buffer *b, const char *bytes, size_t size) {
    assert(bytes != NULL || size == 0);
    if (!reserve(b, size)) return;
    if (size > 0) memcpy(b->bytes + b->size, bytes, size);
    b->size += size;
    b->bytes[b->size] = '\0';
}

void buffer_text(buffer *b, const char *text) {
    assert(text != NULL);
    buffer_add(b, text, strlen(text));
}

void buffer_format(buffer *b, const char *format, ...) {
    assert(format != NULL);
    va_list args;
    va_start(args, format);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length < 0) {
        b->failed = true;
        return;
    }
    if (!reserve(b, (size_t)length)) return;
    va_start(args, format);
    vsnprintf(b->bytes + b->size, (size_t)length + 1, format, args);
    va_end(args);
    b->size += (size_t)length;
}

void buffer_free(buffer *b) {
    assert(b != NULL);
    free(b->bytes);
    memset(b, 0, sizeof *b);
}
