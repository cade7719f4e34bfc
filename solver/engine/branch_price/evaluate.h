/* What a case with unit prices proves, in integers (solver/PROOF.md has the formula). */
#ifndef PLAATS_ENGINE_BRANCH_PRICE_EVALUATE_H
#define PLAATS_ENGINE_BRANCH_PRICE_EVALUATE_H

#include "engine/branch_price/pattern.h"

/* The decisions of a case, spread out. */
typedef struct {
    signed char *open; /* per site: 1 open, 0 closed, -1 undecided */
    choice *only;      /* per unit: all it may choose; CHOICE_NONE: no such decision */
    bool *barred;      /* [unit * n_sites + site] by decision, closed sites included */
} fixings;

static inline bool fixings_bar(const fixings *f, const grid *g, int unit, int site) {
    return f->barred[(size_t)unit * (size_t)g->n_sites + (size_t)site];
}

/* What evaluating needs beside the model, for many cases. */
typedef struct {
    const grid *g;
    pattern_finder finder;
    fixings in_force;   /* the decisions of the case at hand */
    int64_t *row_price; /* per row of the model */
    site_units who;     /* may be at a site: the bids of a site begin where they do */
    int *n_bids;        /* per site */
    bid *bids;
    pattern *patterns; /* per site: the one that comes to the least */
    int32_t *units;    /* of all patterns */
    int64_t steps;     /* of work so far */
} evaluator;

plaats_status evaluator_build(const grid *g, evaluator *e, plaats_error *error);
void evaluator_free(evaluator *e);

/* Spreads the case's decisions out in `in_force`. */
void fixings_take(evaluator *e, const proof_case *c);
/* Fills `impossible` and `bound` of the case, which has unit prices, and leaves every site's best
 * pattern in `patterns`, as it is before opening the site costs anything. `fixings_take` came
 * before. */
plaats_status evaluate(evaluator *e, int64_t scale, proof_case *c, plaats_error *error);

/* Prices in points: what each unit pays for being at one site only, and per row of the model; those
 * that sites keep do not count. */
typedef struct {
    const double *unit, *row;
} case_prices;

/* Rounds prices into a case: `share` of them, the rest being those of `old`. */
void evaluate_blend_prices(const grid *g, int64_t scale, case_prices prices, double share,
                           const proof_case *old, proof_case *c);

#endif
