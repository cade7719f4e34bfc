/* Messages of errors, made fit to be shown and cut to their room. */
#include "base/status.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

plaats_status fail(plaats_error *error, plaats_status status, const char *format, ...) {
    assert(status != PLAATS_OK && format != NULL);
    if (error == NULL) return status;
    memset(error, 0, sizeof *error);
    error->status = status;
    char raw[sizeof error->message + 3]; /* the last character that fits is whole in it */
    va_list args;
    va_start(args, format);
    vsnprintf(raw, sizeof raw, format, args);
    va_end(args);
    plaats_show(raw, error->message, sizeof error->message);
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
