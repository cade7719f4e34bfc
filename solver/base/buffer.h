/* Bytes that grow. A failed allocation is remembered and makes later calls do nothing, so a writer
 * checks `failed` once at the end. */
#ifndef PLAATS_BASE_BUFFER_H
#define PLAATS_BASE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

typedef struct {
    char *bytes; /* NUL-terminated after `size` once anything was added; NULL before */
    size_t size, capacity;
    bool failed;
} buffer; /* all zero: empty */

void buffer_add(buffer *b, const char *bytes, size_t size);
void buffer_text(buffer *b, const char *text);
void buffer_format(buffer *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buffer_free(buffer *b);

#endif
