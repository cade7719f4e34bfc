/* RINS: better plans among what the best plan and the relaxation's point do (rins.c). */
#ifndef PLAATS_ENGINE_BRANCH_CUT_RINS_H
#define PLAATS_ENGINE_BRANCH_CUT_RINS_H

#include "base/random.h"
#include "engine/branch_cut/relaxation.h"

/* How large the next attempt is; it adapts. */
typedef struct {
    int sites;      /* where all that comes close is taken in */
    bool exhausted; /* the last was all that there is around the point, and had no better plan */
    random_stream random;
} rins;

void rins_start(rins *by, const grid *g);

/* One attempt around the relaxation's last point; `most`: the reduced cost up to which a column
 * comes close. Offers plans to the run, and takes the best plan into the relaxation. `at`: scratch,
 * per unit. */
plaats_status rins_attempt(relaxation *x, rins *by, double most, choice *at, plaats_error *error);

#endif
