/* Which site to decide on: by pseudocosts, and by trial where too little is known of a site
 * (reliability branching: T. Achterberg, T. Koch and A. Martin 2005). The score of a decision is
 * the product of the rises that either way brings.
 */
#include "engine/branch_price/branch_price_tuning.h"
#include "engine/branch_price/location.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

typedef struct {
    double score;
    int site;
} candidate;

/* What a decision is worth that raises the value so far either way. */
static double score_of(double open, double closed) {
    return fmax(open, BRANCH_PRICE_LEAST_RISE) * fmax(closed, BRANCH_PRICE_LEAST_RISE);
}

/* By what part of the whole way the decision moves the site: open (0) or closed (1). */
static double part_of(double is_open, int way) {
    return way == 0 ? 1 - is_open : is_open;
}

static double expected_rise(const location *o, int site, int way) {
    return pseudocosts_expected(&o->pseudocosts[site], &o->all_pseudocosts, way,
                                part_of(o->is_open[site], way));
}

/* The half-open sites that promise most, at most `most`. */
static int list_candidates(const location *o, candidate *list, int most) {
    int n = 0;
    assert(most > 0);
    for (int j = 0; j < o->g->n_sites; j++) {
        double open = o->is_open[j], score;
        int at;
        if (open < BRANCH_PRICE_DECIDED || open > 1 - BRANCH_PRICE_DECIDED) continue;
        score = score_of(expected_rise(o, j, 0), expected_rise(o, j, 1));
        if (n == most && score <= list[n - 1].score) continue;
        at = n < most ? n++ : n - 1;
        for (; at > 0 && list[at - 1].score < score; at--) list[at] = list[at - 1];
        list[at] = (candidate){score, j};
    }
    return n;
}

/* By how much the decision raises the value within a few iterations. */
static double try_decision(location *o, int site, int way, double most,
                           const unsigned char *basis) {
    lp_limits limits = {
        .dual = true, .most = BRANCH_PRICE_TRIAL_ITERATIONS, .seconds = run_seconds_left(o->r)};
    int columns = lp_columns(o->p), rows = lp_rows(o->p);
    int64_t before = lp_iterations(o->p);
    lp_outcome outcome;
    double rise;

    assert(o->open[site] != NONE);
    lp_set_bounds(o->p, o->open[site], way == 0, way == 0);
    outcome = lp_solve(o->p, &limits);
    location_spend(o, before);
    rise = outcome == LP_EMPTY ? most : fmin(most, fmax(0, lp_value(o->p) - o->value));
    lp_set_bounds(o->p, o->open[site], 0, 1);
    lp_set_basis(o->p, basis, columns, rows);
    return rise;
}

static double evaluate_site(location *o, int site, double most, const unsigned char *basis) {
    double rise[2];
    bool known = pseudocosts_are_reliable(&o->pseudocosts[site]);
    for (int way = 0; way < 2; way++) {
        rise[way] = fmin(most, expected_rise(o, site, way));
        if (known) continue;
        rise[way] = try_decision(o, site, way, most, basis);
        if (rise[way] >= most) continue;
        pseudocosts_note(&o->pseudocosts[site], way, rise[way], part_of(o->is_open[site], way));
        pseudocosts_note(&o->all_pseudocosts, way, rise[way], part_of(o->is_open[site], way));
    }
    return score_of(rise[0], rise[1]);
}

plaats_status location_choose(location *o, double most, int *site, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    candidate list[BRANCH_PRICE_TRIALS];
    int n = list_candidates(o, list, BRANCH_PRICE_TRIALS), fruitless = 0;
    double best = -1;
    unsigned char *basis = NULL;

    assert(most >= 0);
    *site = n > 0 ? list[0].site : NONE;
    if (n < 2) goto done;
    TRY_ALLOC(basis = zero_alloc((size_t)lp_columns(o->p) + (size_t)lp_rows(o->p), 1));
    lp_get_basis(o->p, basis);
    for (int i = 0; i < n && fruitless < BRANCH_PRICE_FRUITLESS_TRIALS; i++) {
        double score = evaluate_site(o, list[i].site, most, basis);
        fruitless++;
        if (score <= best) continue;
        best = score;
        *site = list[i].site;
        fruitless = 0;
    }
done:
    free(basis);
    return st;
}
