/* A relaxation for tests: all that it may take in, and its value. */
#ifndef PLAATS_TEST_RELAXATION_FIXTURE_H
#define PLAATS_TEST_RELAXATION_FIXTURE_H

#include "engine_fixture.h"

#include "engine/relaxation.h"

#include <math.h>

static inline bool near(double a, double b) {
    return fabs(a - b) < 1e-6 * (1 + fabs(b));
}

/* Takes in every option that it lacks. */
static inline void add_all(relaxation *x) {
    for (int u = 0; u < x->g->n_units; u++) {
        options o = model_options(x->g->m, u);
        for (int i = 0; i < o.n && x->kinds->count[u] > 0; i++)
            if (!relaxation_has(x, u, o.site[i]))
                assert_int_equal(relaxation_add(x, u, o.site[i], NULL), PLAATS_OK);
    }
}

/* There must be a point; returns its value. */
static inline double solve(relaxation *x, bool dual) {
    lp_outcome outcome;
    assert_int_equal(relaxation_solve(x, dual, &outcome, NULL), PLAATS_OK);
    assert_int_equal(outcome, LP_OPTIMAL);
    return relaxation_value(x);
}

#endif
