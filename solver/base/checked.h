/* Integers that say when they overflow. Costs, bounds and proofs are decided with these. */
#ifndef PLAATS_BASE_CHECKED_H
#define PLAATS_BASE_CHECKED_H

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>

/* -Wpedantic accepts it only so marked; sums of products of 64-bit numbers need it. */
__extension__ typedef __int128 int128;

/* *sum += a; true when the result does not fit. */
static inline bool add_overflows(int64_t *sum, int64_t a) {
    return __builtin_add_overflow(*sum, a, sum);
}
/* *sum += a * b; true when the result does not fit. */
static inline bool add_product_overflows(int64_t *sum, int64_t a, int64_t b) {
    int64_t product;
    return __builtin_mul_overflow(a, b, &product) || __builtin_add_overflow(*sum, product, sum);
}
/* a - b, or the end of the range that it lies beyond. */
static inline int64_t difference(int64_t a, int64_t b) {
    int64_t c;
    if (!__builtin_sub_overflow(a, b, &c)) return c;
    return a < b ? INT64_MIN : INT64_MAX;
}
/* Division rounded towards minus infinity, b > 0. */
static inline int64_t floor_div(int64_t a, int64_t b) {
    assert(b > 0);
    return a / b - (a % b < 0);
}
/* Division rounded towards plus infinity, b > 0. */
static inline int128 ceil_div128(int128 a, int128 b) {
    assert(b > 0);
    return a / b + (a % b > 0);
}

#endif
