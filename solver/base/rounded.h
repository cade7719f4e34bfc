/* Floating point to integers, in one place: C leaves open what becomes of a number that does not
 * fit, here it comes to the end that it lies beyond. */
#ifndef PLAATS_BASE_ROUNDED_H
#define PLAATS_BASE_ROUNDED_H

#include <assert.h>
#include <math.h>
#include <stdint.h>

/* Rounded towards 0, within least..most; what is no number counts as the least. Where a limit is
 * no double itself, the double beside it stands for it, and nothing lies between the two. */
static inline int64_t whole_part(double value, int64_t least, int64_t most) {
    assert(least <= most);
    if (!(value > (double)least)) return least;
    return value < (double)most ? (int64_t)value : most;
}
/* The same, rounded down and to the nearest (half up). */
static inline int64_t rounded_down(double value, int64_t least, int64_t most) {
    return whole_part(floor(value), least, most);
}
static inline int64_t rounded(double value, int64_t least, int64_t most) {
    return rounded_down(value + 0.5, least, most);
}

#endif
