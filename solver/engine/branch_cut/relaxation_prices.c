/* Prices in integers out of the relaxation's last solve, for a case of the proof (solver/PROOF.md):
 * the dual values of its rows of the model and its cuts, times the scale and rounded. A row for all
 * of a class stands for one row for each of them, each with the same price. */
#include "engine/branch_cut/relaxation_parts.h"
#include "engine/proof/integer_prices.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

static int by_row(const void *a, const void *b) {
    const priced_row *x = a, *y = b;
    return (x->row > y->row) - (x->row < y->row);
}

/* What leaving weight unplaced comes to is U in the plan's cost and something else in the program;
 * the rows of the unplaced total make up the difference, where the case has one. */
static void price_unplaced(const relaxation *x, int64_t scale, double factor, proof_case *c) {
    double worth = x->none * factor;
    int64_t difference;
    bool up = false, down = false;

    for (int i = 0; i < c->n_given; i++) {
        if (c->given[i].kind != DECIDE_UNPLACED) continue;
        up = up || c->given[i].yes;
        down = down || !c->given[i].yes;
    }
    if (x->at_least_row != NONE) worth -= lp_price(x->p, x->at_least_row) * factor;
    if (x->at_most_row != NONE) worth += lp_price(x->p, x->at_most_row) * factor;
    difference = whole_price(fabs(worth - (double)x->r->m->unplaced_points), scale);
    c->price_at_most = down && worth > (double)x->r->m->unplaced_points ? difference : 0;
    c->price_at_least = up && worth < (double)x->r->m->unplaced_points ? difference : 0;
}

/* Adds the prices of what a row of the program stands for, where there is one; returns how many
 * there then are. */
static int price_row(const relaxation *x, int i, int64_t scale, double factor, priced_row *prices,
                     int n) {
    const model *m = x->g->m;
    const lp_row_owner *o = &x->rows[i];
    double points;
    int64_t price;

    if (o->kind != LP_ROW_MODEL && o->kind != LP_ROW_CUT) return n;
    points = lp_price(x->p, i) * factor;
    if (o->kind == LP_ROW_MODEL) {
        price = whole_row_price(&m->rows[o->item], points, scale);
        if (price != 0) prices[n++] = (priced_row){o->item, price};
        return n;
    }
    price = whole_price(points, scale);
    for (int k = 0; price != 0 && k < x->cuts->at[o->item].alike; k++)
        prices[n++] = (priced_row){m->n_rows + o->item + k, price};
    return n;
}

plaats_status relaxation_prices(const relaxation *x, int64_t scale, double factor, proof_case *c,
                                plaats_error *error) {
    plaats_status st = PLAATS_OK;
    priced_row *prices = NULL;
    int n = 0;

    assert(scale > 0 && factor > 0);
    TRY_ALLOC(prices = zero_alloc((size_t)(x->n_rows + x->cuts->n), sizeof *prices));
    for (int i = 0; i < x->n_rows; i++) n = price_row(x, i, scale, factor, prices, n);
    assert(n <= x->n_rows + x->cuts->n);
    qsort(prices, (size_t)n, sizeof *prices, by_row);
    free(c->prices);
    c->prices = prices;
    c->n_prices = n;
    price_unplaced(x, scale, factor, c);
done:
    return st;
}
