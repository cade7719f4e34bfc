/* A case of branch and price: what it proves, raised by better prices. First by steps along the
 * subgradient from the first prices (M. Held and R. Karp 1971),
 *
 *     v := v + pace * (target - bound) / |missing|^2 * missing,   missing(u) = 1 - times u is taken
 *
 * then by column generation: the prices that are tried, and whose patterns come into the program,
 * are between the best so far and those of the program (smoothing: P. Wentges 1997).
 */
#include "engine/branch_price/pricing_parts.h"
#include "engine/proof/integer_prices.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* ---- Cases -------------------------------------------------------------------------------- */

void pricing_copy_prices(const pricing_tree *t, const proof_case *from, proof_case *to) {
    memcpy(to->unit_prices, from->unit_prices, (size_t)t->r->m->n_units * sizeof *to->unit_prices);
    if (from->n_prices > 0)
        memcpy(to->prices, from->prices, (size_t)from->n_prices * sizeof *to->prices);
    to->n_prices = from->n_prices;
    to->bound = from->bound;
    to->impossible = from->impossible;
}

plaats_status pricing_new_case(const pricing_tree *t, const proof_case *from, int more,
                               proof_case *c, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    size_t n = (size_t)from->n_given;

    assert(more >= 0 && from->unit_prices != NULL);
    TRY(master_new_case(&t->m, c, error));
    TRY_ALLOC(c->given = zero_alloc(n + (size_t)more, sizeof *c->given));
    if (n > 0) memcpy(c->given, from->given, n * sizeof *c->given);
    c->n_given = from->n_given;
    pricing_copy_prices(t, from, c);
done:
    return st;
}

bool pricing_is_closed(const pricing_tree *t, const proof_case *c) {
    return c->impossible || c->bound >= t->r->best_cost;
}

/* ---- The master program in a case --------------------------------------------------------- */

/* Adds the patterns that pay; inactive: all of them, for later. */
static plaats_status add_patterns(pricing_tree *t, bool inactive, int *added, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    *added = 0;
    for (int j = 0; j < t->r->m->n_sites; j++) {
        const pattern *k = &t->e.patterns[j];
        if (k->n == 0 || (!inactive && !master_pays(&t->m, j, k))) continue;
        TRY(master_add(&t->m, j, k->n, k->units, inactive, error));
        ++*added;
    }
done:
    return st;
}

plaats_status pricing_evaluate(pricing_tree *t, proof_case *c, plaats_error *error) {
    int64_t before = t->e.steps;
    plaats_status st = evaluate(&t->e, t->out->scale, c, error);
    run_spend(t->r, t->e.steps - before);
    return st;
}

/* How often less each unit is taken than once, over all sites that pay at the case's prices. */
static double count_missing(pricing_tree *t, const proof_case *c) {
    const model *m = t->r->m;
    double sum = 0;
    for (int u = 0; u < m->n_units; u++)
        t->missing[u] =
            (double)t->out->scale * (double)m->units[u].unplaced_cost > (double)c->unit_prices[u];
    for (int j = 0; j < m->n_sites; j++) {
        const pattern *k = &t->e.patterns[j];
        if ((double)k->value / (double)t->out->scale + t->m.opening[j] >= 0 &&
            t->e.in_force.open[j] != 1)
            continue;
        for (int i = 0; i < k->n; i++) t->missing[k->units[i]]--;
    }
    for (int u = 0; u < m->n_units; u++) sum += t->missing[u] * t->missing[u];
    return sum;
}

/* One step along the subgradient from the prices in `trial`, which were just evaluated; false if
 * there is none. */
static bool step_up(pricing_tree *t, const proof_case *c, double pace) {
    double bound = (double)c->bound;
    double target = fmin((double)t->r->best_cost, bound + BRANCH_PRICE_REACH * fabs(bound));
    double length = count_missing(t, &t->trial);
    double step = pace * (target - (double)t->trial.bound) / length * (double)t->out->scale;
    if (length == 0) return false;
    for (int u = 0; u < t->r->m->n_units; u++)
        t->trial.unit_prices[u] = moved_unit_price(t->trial.unit_prices[u], step * t->missing[u]);
    return true;
}

/* The patterns that come by are good ones. */
plaats_status pricing_climb(pricing_tree *t, proof_case *c, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int added, fruitless = 0;
    double pace = 1;

    fixings_take(&t->e, c);
    TRY(pricing_evaluate(t, c, error));
    pricing_copy_prices(t, c, &t->trial);
    for (int i = 0; i < BRANCH_PRICE_STEPS && !pricing_is_closed(t, c) && !run_over(t->r); i++) {
        TRY(add_patterns(t, true, &added, error));
        if (!step_up(t, c, pace)) break;
        TRY(pricing_evaluate(t, &t->trial, error));
        fruitless++;
        if (t->trial.bound > c->bound) {
            pricing_copy_prices(t, &t->trial, c);
            fruitless = 0;
        }
        if (fruitless < BRANCH_PRICE_PATIENCE) continue;
        pace *= BRANCH_PRICE_SHORTER;
        fruitless = 0;
        pricing_copy_prices(t, c, &t->trial);
        TRY(pricing_evaluate(t, &t->trial, error));
    }
done:
    return st;
}

plaats_status pricing_solve_case(pricing_tree *t, proof_case *c, lp_outcome *outcome,
                                 plaats_error *error) {
    plaats_status st = PLAATS_OK;
    double share = BRANCH_PRICE_SMOOTHING;
    bool dual = true;
    int added = 0;

    *outcome = LP_OPTIMAL;
    fixings_take(&t->e, c);
    TRY(pricing_evaluate(t, c, error));
    master_fix(&t->m, &t->e.in_force);
    while (!pricing_is_closed(t, c)) {
        int64_t before = lp_iterations(t->m.p);
        *outcome = master_solve(&t->m, dual);
        if (*outcome != LP_OPTIMAL || (double)c->bound >= master_value(&t->m) - BRANCH_PRICE_CLOSE)
            break;
        /* Patterns that came in and changed nothing pay by less than the solver can tell. */
        if (added > 0 && lp_iterations(t->m.p) == before && share == 1) break;
        if (lp_iterations(t->m.p) == before && !dual) share = 1;
        dual = false;
        added = master_activate(&t->m);
        if (added > 0) continue;
        master_prices(&t->m, t->out->scale, share, c, &t->trial);
        TRY(pricing_evaluate(t, &t->trial, error));
        if (t->trial.bound >= c->bound) pricing_copy_prices(t, &t->trial, c);
        TRY(add_patterns(t, false, &added, error));
        if (added == 0 && share == 1) break;
        share = added == 0 ? 1 : BRANCH_PRICE_SMOOTHING;
    }
    TRY(master_deactivate(&t->m, error));
done:
    return st;
}

bool pricing_offer_point(pricing_tree *t) {
    const model *m = t->r->m;
    bool whole = true;
    int64_t cost;

    memset(t->open, 0, (size_t)m->n_sites * sizeof *t->open);
    memset(t->here, 0, (size_t)m->n_units * (size_t)m->n_sites * sizeof *t->here);
    for (int u = 0; u < m->n_units; u++) t->at[u] = CHOICE_NONE;
    for (int c = 0; c < t->m.n; c++) {
        const master_column *k = &t->m.columns[c];
        if (k->site == NONE || k->x < BRANCH_PRICE_NOTHING) continue;
        whole = whole && k->x > 1 - BRANCH_PRICE_WHOLE;
        t->open[k->site] += k->x;
        for (int i = 0; i < k->n; i++) {
            *pricing_here(t, k->units[i], k->site) += k->x;
            if (k->x > 0.5) t->at[k->units[i]] = pattern_choice(k->site);
        }
    }
    if (whole && model_cost(m, t->at, &cost)) run_offer(t->r, t->at, cost);
    return whole;
}
