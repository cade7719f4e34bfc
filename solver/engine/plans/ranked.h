/* The options of a unit in order of what they lose against its best, or of their reduced costs. */
#ifndef PLAATS_ENGINE_PLANS_RANKED_H
#define PLAATS_ENGINE_PLANS_RANKED_H

#include <stdint.h>

typedef struct {
    double loss;
    uint64_t lot; /* of those that lose the same: in no order that units share, or 0 */
    int32_t option;
} ranked;

/* For qsort: no two are equal. */
static inline int by_rank(const void *a, const void *b) {
    const ranked *x = a, *y = b;
    if (x->loss != y->loss) return x->loss < y->loss ? -1 : 1;
    if (x->lot != y->lot) return x->lot < y->lot ? -1 : 1;
    return x->option - y->option;
}

#endif
