/* Loops over arrays (vector.h). Each is written so that the compiler turns it into vectors; none
 * adds up numbers in an order that depends on how wide they are. */
#include "base/vector.h"

#include <assert.h>
#include <string.h>

VECTOR_CLONES
void vector_reduced(size_t n, double least, const uint16_t *restrict more,
                    const uint16_t *restrict site, const double *restrict line,
                    double *restrict out) {
    for (size_t i = 0; i < n; i++) out[i] = least + (double)more[i] + line[site[i]];
}

/* Four at a time, since a least of many does not depend on the order. */
VECTOR_CLONES
double vector_least(size_t n, const double *a, double start) {
    double least[4] = {start, start, start, start};
    size_t i = 0;
    for (; i + 4 <= n; i += 4)
        for (size_t k = 0; k < 4; k++) least[k] = a[i + k] < least[k] ? a[i + k] : least[k];
    for (; i < n; i++) least[0] = a[i] < least[0] ? a[i] : least[0];
    for (size_t k = 1; k < 4; k++) least[0] = least[k] < least[0] ? least[k] : least[0];
    return least[0];
}

VECTOR_CLONES
void vector_count_below(size_t n, const double *a, const double limit[3], int count[3]) {
    double first = limit[0], second = limit[1], third = limit[2];
    int64_t below[3] = {0, 0, 0};
    assert(n <= INT32_MAX);
    for (size_t i = 0; i < n; i++) {
        below[0] += a[i] < first;
        below[1] += a[i] < second;
        below[2] += a[i] < third;
    }
    for (int k = 0; k < 3; k++) count[k] = (int)below[k];
}

/* A block at a time is looked through without a branch; few have any. A block is some vectors long:
 * not measured. */
VECTOR_CLONES
size_t vector_shorter(size_t from, size_t n, double start, const float *step,
                      const double *length) {
    enum { BLOCK = 32 };
    assert(from <= n);
    size_t i = from;
    while (i < n) {
        size_t end = i + BLOCK <= n ? i + BLOCK : n;
        int any = 0;
        if (end == i + BLOCK)
            for (size_t k = 0; k < BLOCK; k++) any |= start + step[i + k] < length[i + k];
        else
            any = 1;
        for (; any && i < end; i++)
            if (start + step[i] < length[i]) return i;
        i = end;
    }
    return n;
}

VECTOR_CLONES
void vector_add(size_t n, double by, const double *restrict b, double *restrict a) {
    for (size_t i = 0; i < n; i++) a[i] += by * b[i];
}

/* 2^f for -1/2 <= f <= 1/2: the Taylor series up to f^9. */
static inline double power_of_two(double f) {
    const double c[] = {1,
                        0.693147180559945309,
                        0.240226506959100712,
                        0.0555041086648215800,
                        0.00961812910762847716,
                        0.00133335581464284434,
                        0.000154035303933816100,
                        0.0000152527338040598403,
                        0.00000132154867901443095,
                        0.000000101780860092396997};
    double sum = c[9];
    for (int k = 8; k >= 0; k--) sum = sum * f + c[k];
    return sum;
}

/* exp(-t) = 2^n * 2^f; n goes into the exponent's bits. */
VECTOR_CLONES
void vector_exp_minus(size_t n, double *restrict a) {
    const double round = 0x1.8p52; /* adding it leaves a whole number in the low bits */
    for (size_t i = 0; i < n; i++) {
        double y = a[i] * -1.44269504088896340736, shifted = y + round;
        double power = power_of_two(y - (shifted - round));
        uint64_t whole, bits;
        memcpy(&whole, &shifted, sizeof whole);
        memcpy(&bits, &power, sizeof bits);
        bits += whole << 52;
        memcpy(&a[i], &bits, sizeof bits);
    }
}
