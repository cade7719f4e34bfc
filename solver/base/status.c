#include "base/status.h"

#include "base/utf8.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

plaats_status fail(plaats_error *error, plaats_status status, const char *format, ...) {
    if (error == NULL) return status;
    memset(error, 0, sizeof *error);
    error->status = status;
    va_list args;
    va_start(args, format);
    int length = vsnprintf(error->message, sizeof error->message, format, args);
    va_end(args);
    if (length >= (int)sizeof error->message) {
        /* A character that did not fit whole goes altogether. */
        size_t size = sizeof error->message - 1;
        size_t start = size;
        while (start > 0 && ((unsigned char)error->message[start - 1] & 0xC0) == 0x80) start--;
        if (start > 0 && utf8_length(error->message + start - 1, size - start + 1) == 0)
            error->message[start - 1] = '\0';
    }
    return status;
}

plaats_status fail_memory(plaats_error *error) {
    return fail(error, PLAATS_MEMORY, "out of memory");
}

void *zero_alloc(size_t n, size_t size) {
    size_t total;
    if (__builtin_mul_overflow(n, size, &total)) return NULL;
    return calloc(1, total > 0 ? total : 1);
}
