/* What a case with unit prices v and prices y on the rows that no site keeps proves of every plan
 * that obeys its decisions (a Lagrangean bound: A. Geoffrion 1974), in integers:
 *
 *     - sum over rows of y * limit  +  sum over units of min(v, cost of staying unplaced)
 *     + sum over sites of min(0, points to open it + its best pattern)
 *
 * where a unit in a pattern counts with its cost there, plus y for its uses, minus v.
 */
#include "engine/branch_price/evaluate.h"

#include "engine/proof/integer_prices.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define MOST_SUM ((int128)1 << 62) /* of all bids at a site */

static plaats_status make_bids(const grid *g, evaluator *e, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    size_t sites = (size_t)g->n_sites, total;

    TRY(site_units_build(g->m, &e->who, error));
    total = e->who.first[sites];
    TRY_ALLOC(e->n_bids = zero_alloc(sites, sizeof *e->n_bids));
    TRY_ALLOC(e->patterns = zero_alloc(sites, sizeof *e->patterns));
    TRY_ALLOC(e->bids = zero_alloc(total, sizeof *e->bids));
    TRY_ALLOC(e->units = zero_alloc(total, sizeof *e->units));
    for (size_t j = 0; j < sites; j++) e->patterns[j].units = e->units + e->who.first[j];
done:
    return st;
}

plaats_status evaluator_build(const grid *g, evaluator *e, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    size_t units = (size_t)g->n_units, sites = (size_t)g->n_sites;

    *e = (evaluator){.g = g};
    TRY(pattern_finder_build(g, &e->finder, error));
    TRY_ALLOC(e->in_force.open = zero_alloc(sites, 1));
    TRY_ALLOC(e->in_force.only = zero_alloc(units, sizeof *e->in_force.only));
    TRY_ALLOC(e->in_force.barred = zero_alloc(units * sites, sizeof *e->in_force.barred));
    TRY_ALLOC(e->row_price = zero_alloc((size_t)g->m->n_rows, sizeof *e->row_price));
    TRY(make_bids(g, e, error));
done:
    return st;
}

void evaluator_free(evaluator *e) {
    pattern_finder_free(&e->finder);
    free(e->in_force.open);
    free(e->in_force.only);
    free(e->in_force.barred);
    free(e->row_price);
    site_units_free(&e->who);
    free(e->n_bids);
    free(e->bids);
    free(e->patterns);
    free(e->units);
    *e = (evaluator){0};
}

/* ---- Decisions ---------------------------------------------------------------------------- */

static void bar_site(const grid *g, fixings *f, int site) {
    for (int u = 0; u < g->n_units; u++)
        f->barred[(size_t)u * (size_t)g->n_sites + (size_t)site] = true;
}

static void bar_others(const grid *g, fixings *f, int unit, int site) {
    bool *barred = f->barred + (size_t)unit * (size_t)g->n_sites;
    for (int j = 0; j < g->n_sites; j++) barred[j] = barred[j] || j != site;
    f->only[unit] = pattern_choice(site);
}

static void fix(const grid *g, fixings *f, const decision *d) {
    assert(d->site >= 0 && d->site < g->n_sites);
    if (d->kind == DECIDE_OPEN) {
        f->open[d->site] = d->yes;
        if (!d->yes) bar_site(g, f, d->site);
        return;
    }
    assert(d->kind == DECIDE_AT && d->unit >= 0 && d->unit < g->n_units);
    if (d->yes)
        bar_others(g, f, d->unit, d->site);
    else
        f->barred[(size_t)d->unit * (size_t)g->n_sites + (size_t)d->site] = true;
}

void fixings_take(evaluator *e, const proof_case *c) {
    const grid *g = e->g;
    fixings *f = &e->in_force;

    memset(f->open, -1, (size_t)g->n_sites);
    memset(f->barred, 0, (size_t)g->n_units * (size_t)g->n_sites * sizeof *f->barred);
    for (int u = 0; u < g->n_units; u++) f->only[u] = CHOICE_NONE;
    for (int i = 0; i < c->n_given; i++) fix(g, f, &c->given[i]);
}

/* ---- Units -------------------------------------------------------------------------------- */

/* scale * cost of the unit's choice, plus what it pays for its uses of priced rows. */
static int128 value_of(const evaluator *e, int64_t scale, int u, choice at, int64_t cost) {
    int128 value = (int128)scale * cost;
    CHOICE_EACH_USE(e->g, u, at, row, use, { value += (int128)e->row_price[row] * use; })
    return value;
}

static void make_bid(evaluator *e, int32_t site, bid made) {
    int *n = &e->n_bids[site];
    assert(e->who.first[site] + (size_t)*n < e->who.first[site + 1]);
    e->bids[e->who.first[site] + (size_t)(*n)++] = made;
}

/* Adds min(v, cost of staying unplaced), and lets the unit bid at its sites. False if a number is
 * too large. */
static bool take_unit(evaluator *e, int64_t scale, proof_case *c, int u, int128 *sum) {
    const grid *g = e->g;
    options o = model_options(g->m, u);
    int64_t v = c->unit_prices[u];
    int128 none = (int128)scale * g->m->units[u].unplaced_cost;
    int128 most_value = MOST_SUM / g->n_units;
    bool any = e->in_force.only[u] == CHOICE_NONE;

    *sum += any && none < v ? none : v;
    for (int i = 0; i < o.n; i++) {
        choice at = choice_of_option(&o, i);
        int32_t site = pattern_site(at);
        int128 value;
        if (fixings_bar(&e->in_force, g, u, site)) continue;
        any = true;
        value = value_of(e, scale, u, at, option_cost(&o, i)) - v;
        if (value < -most_value) return false;
        if (value < 0) make_bid(e, site, (bid){u, (int64_t)value});
    }
    c->impossible = c->impossible || !any;
    return true;
}

/* ---- The case ----------------------------------------------------------------------------- */

static void add_rights(evaluator *e, const proof_case *c, int128 *sum) {
    for (int i = 0; i < c->n_prices; i++) {
        int32_t row = c->prices[i].row;
        assert(row >= 0 && row < e->g->m->n_rows && !pattern_keeps(&e->g->m->rows[row]));
        e->row_price[row] = c->prices[i].price;
        *sum -= (int128)c->prices[i].price * e->g->m->rows[row].rhs;
    }
}

static plaats_status add_sites(evaluator *e, int64_t scale, int128 *sum, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const grid *g = e->g;
    for (int j = 0; j < g->n_sites; j++) {
        int128 value;
        e->patterns[j].n = 0;
        if (e->in_force.open[j] == 0) continue;
        TRY(pattern_find(&e->finder, j, e->bids + e->who.first[j], e->n_bids[j], &e->patterns[j],
                         &e->steps, error));
        value = (int128)scale * pattern_opening(g, j) + e->patterns[j].value;
        if (value < 0 || e->in_force.open[j] == 1) *sum += value;
    }
done:
    return st;
}

plaats_status evaluate(evaluator *e, int64_t scale, proof_case *c, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const grid *g = e->g;
    int128 sum = 0;
    bool fits = true;

    assert(scale > 0 && c->unit_prices != NULL);
    c->impossible = false;
    memset(e->n_bids, 0, (size_t)g->n_sites * sizeof *e->n_bids);
    add_rights(e, c, &sum);
    for (int u = 0; u < g->n_units && fits; u++) fits = take_unit(e, scale, c, u, &sum);
    for (int i = 0; i < c->n_prices; i++) e->row_price[c->prices[i].row] = 0;
    if (fits && !c->impossible) TRY(add_sites(e, scale, &sum, error));
    sum = ceil_div128(sum, scale);
    c->bound = c->impossible ? INT64_MAX : (int64_t)sum;
    if (!fits || (!c->impossible && c->bound != sum)) c->bound = INT64_MIN;
done:
    return st;
}

/* ---- Prices in integers ------------------------------------------------------------------- */

static int64_t blend(double price, double share, int64_t scale, int64_t old) {
    return rounded(price * (double)scale * share + (double)old * (1 - share), -MOST_PRICE,
                   MOST_PRICE);
}

static void blend_rows(const grid *g, int64_t scale, const double *price, double share,
                       const proof_case *old, proof_case *c) {
    int at = 0;
    c->n_prices = 0;
    for (int32_t i = 0; i < g->m->n_rows; i++) {
        int64_t before, now, most;
        if (pattern_keeps(&g->m->rows[i])) continue;
        while (at < old->n_prices && old->prices[at].row < i) at++;
        before = at < old->n_prices && old->prices[at].row == i ? old->prices[at].price : 0;
        now = blend(price[i], share, scale, before);
        most = most_price(&g->m->rows[i], scale);
        if (now > 0) c->prices[c->n_prices++] = (priced_row){i, now < most ? now : most};
    }
}

void evaluate_blend_prices(const grid *g, int64_t scale, case_prices prices, double share,
                           const proof_case *old, proof_case *c) {
    assert(scale > 0 && share >= 0 && share <= 1);
    assert(old->unit_prices != NULL && c->unit_prices != NULL &&
           (old->n_prices == 0 || old->prices != c->prices));
    for (int u = 0; u < g->n_units; u++)
        c->unit_prices[u] = blend(prices.unit[u], share, scale, old->unit_prices[u]);
    blend_rows(g, scale, prices.row, share, old, c);
}
