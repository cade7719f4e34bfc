/* A relaxation for tests: all that it may take in, and its value. */
#ifndef PLAATS_TEST_RELAXATION_FIXTURE_H
#define PLAATS_TEST_RELAXATION_FIXTURE_H

#include "unit/engine_fixture.h"

#include "engine/branch_cut/relaxation.h"
#include "engine/proof/cuts.h"

#include <math.h>

static inline bool near(double a, double b) {
    return fabs(a - b) < 1e-6 * (1 + fabs(b));
}

/* Takes in every option that it lacks. */
static inline void add_all(relaxation *x) {
    for (int u = 0; u < x->g->n_units; u++) {
        options o = model_options(x->g->m, u);
        for (int i = 0; i < o.n && x->classes->count[u] > 0; i++)
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

/* ---- Cuts ---------------------------------------------------------------------------------- */

/* A relaxation to find cuts for. */
typedef struct {
    tiny_week w;
    classes classes;
    site_units who;
    cutter cutter;
    proof p; /* its cuts */
    relaxation x;
} cut_bench;

/* All but the week, which is there: every option is in, from the best plan on. */
static inline void start_cut_bench(cut_bench *b) {
    assert_int_equal(classes_build(&b->w.r.g, &b->classes, NULL), PLAATS_OK);
    assert_int_equal(site_units_build(b->w.m, &b->who, NULL), PLAATS_OK);
    assert_int_equal(cutter_build(&b->w.r.g, &b->who, &b->cutter, NULL), PLAATS_OK);
    assert_int_equal(relaxation_build(&b->w.r, GOAL_COST, (double)b->w.m->unplaced_points,
                                      &b->p.cuts, &b->classes, &b->x, NULL),
                     PLAATS_OK);
    add_all(&b->x);
    assert_int_equal(relaxation_start(&b->x, b->w.r.best, NULL), PLAATS_OK);
    solve(&b->x, false);
}

static inline void close_cut_bench(cut_bench *b) {
    relaxation_free(&b->x);
    proof_free(&b->p);
    cutter_free(&b->cutter);
    site_units_free(&b->who);
    classes_free(&b->classes);
    tiny_week_free(&b->w);
}

/* The cut's coefficient of a column; links of units alike, all of them together. */
static inline double cut_coefficient(const cut *c, const lp_column_owner *o) {
    if (o->kind == LP_COLUMN_OPEN) return (double)(c->alike * cut_use(c, NONE, o->site));
    return o->kind == LP_COLUMN_CHOICE ? (double)cut_use(c, o->unit, choice_site(o->at, 0)) : 0;
}

/* By how much the program's point exceeds the cut. */
static inline double excess(const cut_bench *b, const cut *c) {
    double sum = -(double)c->rhs;
    for (int i = 0; i < b->x.n_columns; i++)
        sum += cut_coefficient(c, &b->x.columns[i]) * lp_x(b->x.p, i);
    for (int u = 0; u < b->w.m->n_units; u++)
        if (relaxation_is_seated(&b->x, u))
            sum += (double)(b->classes.count[u] * cut_use(c, u, choice_site(b->x.fixed[u], 0)));
    return sum;
}

#endif
