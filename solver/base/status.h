/* Errors inside the library: one idiom for every fallible function.
 *
 *     plaats_status st = PLAATS_OK;
 *     TRY(first_step(..., error));
 *     TRY(second_step(..., error));
 * done:
 *     free(temporaries);
 *     return st;
 *
 * A message is written once, where the fault is seen: lower case, no full stop, the problem first,
 * the subject in 'quotes'.
 */
#ifndef PLAATS_BASE_STATUS_H
#define PLAATS_BASE_STATUS_H

#include "plaats.h"

/* Needs a local `plaats_status st` and a label `done`. */
#define TRY(call)                                                                                  \
    do {                                                                                           \
        st = (call);                                                                               \
        if (st != PLAATS_OK) goto done;                                                            \
    } while (0)

/* The same for an allocation: NULL ends the function with PLAATS_MEMORY. */
#define TRY_ALLOC(pointer)                                                                         \
    do {                                                                                           \
        if ((pointer) == NULL) {                                                                   \
            st = fail_memory(error);                                                               \
            goto done;                                                                             \
        }                                                                                          \
    } while (0)

/* Fill `error` (may be NULL) without a place, and return the status. */
plaats_status fail(plaats_error *error, plaats_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
plaats_status fail_memory(plaats_error *error);

/* calloc(n, size) that never gives NULL for n = 0, and NULL when the product overflows. */
void *zero_alloc(size_t n, size_t size);

#endif
