/* What decisions about a variable have raised a program's value by, so that not each has to be
 * tried (T. Achterberg, T. Koch and A. Martin 2005: reliability branching). Ways: 0 up, 1 down. */
#ifndef PLAATS_ENGINE_RUN_PSEUDOCOST_H
#define PLAATS_ENGINE_RUN_PSEUDOCOST_H

#include "engine/run/run_tuning.h"

#include <assert.h>

/* All zero: nothing is known. */
typedef struct {
    double sum[2]; /* per whole unit that the variable was moved by */
    int n[2];      /* decisions */
} pseudocosts;

/* What a decision is expected to raise the value by that moves the variable by `part` of a whole:
 * as those about it did, else as all did. */
static inline double pseudocosts_expected(const pseudocosts *own, const pseudocosts *all, int way,
                                          double part) {
    const pseudocosts *of = own->n[way] > 0 ? own : all;
    return (of->n[way] > 0 ? of->sum[way] / of->n[way] : RUN_RISE_UNKNOWN) * part;
}

static inline void pseudocosts_note(pseudocosts *of, int way, double rise, double part) {
    assert((way == 0 || way == 1) && part > 0);
    of->sum[way] += rise / part;
    of->n[way]++;
}

static inline bool pseudocosts_are_reliable(const pseudocosts *of) {
    return of->n[0] >= RUN_RELIABLE && of->n[1] >= RUN_RELIABLE;
}

#endif
