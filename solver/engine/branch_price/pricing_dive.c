/* Dives of branch and price: plans from the point of the master program. Pattern by pattern, the
 * one that is nearest to being whole is fixed, with new columns in between (C. Joncour and others
 * 2010: diving with column generation). A dive stays within one case, which has room for a decision
 * about every unit and every site.
 */
#include "engine/branch_price/pricing_parts.h"

#include <assert.h>

/* What is not decided yet of: the pattern's site is open, and everyone in it is there. Returns how
 * many decisions; `given` NULL only counts. */
static int list_undecided(const pricing_tree *t, const master_column *k, decision *given) {
    int n = 0;
    if (t->m.opening[k->site] > 0 && t->e.in_force.open[k->site] != 1) {
        if (given != NULL)
            given[n] = (decision){.kind = DECIDE_OPEN, .yes = true, .unit = NONE, .site = k->site};
        n++;
    }
    for (int i = 0; i < k->n; i++) {
        if (t->e.in_force.only[k->units[i]] == pattern_choice(k->site)) continue;
        if (given != NULL)
            given[n] = (decision){
                .kind = DECIDE_AT, .yes = true, .unit = k->units[i], .site = k->site, .count = 1};
        n++;
    }
    return n;
}

/* The pattern that is nearest to being whole; NONE if all are, or are decided. */
static int nearest_to_whole(const pricing_tree *t) {
    int best = NONE;
    for (int c = 0; c < t->m.n; c++) {
        const master_column *k = &t->m.columns[c];
        if (k->site == NONE || pricing_fraction(k->x) == 0 || list_undecided(t, k, NULL) == 0)
            continue;
        if (best == NONE || k->x > t->m.columns[best].x) best = c;
    }
    return best;
}

/* Settles pattern after pattern, until the point is whole or no better than the best plan. */
plaats_status pricing_dive(pricing_tree *t, const proof_case *from, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    proof_case c = {0};
    lp_outcome outcome = LP_OPTIMAL;
    int most = t->r->m->n_units + t->r->m->n_sites;

    TRY(pricing_new_case(t, from, most, &c, error));
    TRY(pricing_solve_case(t, &c, &outcome, error));
    while (outcome == LP_OPTIMAL && !pricing_is_closed(t, &c) && !pricing_offer_point(t) &&
           !run_over(t->r)) {
        int k = nearest_to_whole(t);
        if (k == NONE) break;
        c.n_given += list_undecided(t, &t->m.columns[k], c.given + c.n_given);
        assert(c.n_given <= from->n_given + most);
        TRY(pricing_solve_case(t, &c, &outcome, error));
    }
done:
    proof_case_free(&c);
    return st;
}
