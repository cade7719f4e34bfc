#include "engine/branch_price/evaluate.h"

#include "engine/proof/integer_prices.h"

#include <stdlib.h>
#include <string.h>

#define MOST_SUM ((int128)1 << 62) /* of all bids at a site */

static plaats_status make_bids(const grid *g, evaluator *a, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    size_t sites = (size_t)g->n_sites, total;

    TRY(site_units_build(g->m, &a->who, error));
    total = a->who.first[sites];
    TRY_ALLOC(a->n_bids = zero_alloc(sites, sizeof *a->n_bids));
    TRY_ALLOC(a->patterns = zero_alloc(sites, sizeof *a->patterns));
    TRY_ALLOC(a->bids = zero_alloc(total, sizeof *a->bids));
    TRY_ALLOC(a->units = zero_alloc(total, sizeof *a->units));
    for (size_t j = 0; j < sites; j++) a->patterns[j].units = a->units + a->who.first[j];
done:
    return st;
}

plaats_status evaluator_build(const grid *g, evaluator *a, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    size_t units = (size_t)g->n_units, sites = (size_t)g->n_sites;

    *a = (evaluator){0};
    TRY(pattern_finder_build(g, &a->pattern_finder, error));
    TRY_ALLOC(a->fixings_in_force.open = zero_alloc(sites, 1));
    TRY_ALLOC(a->fixings_in_force.only = zero_alloc(units, sizeof *a->fixings_in_force.only));
    TRY_ALLOC(a->fixings_in_force.barred =
                  zero_alloc(units * sites, sizeof *a->fixings_in_force.barred));
    TRY_ALLOC(a->row_price = zero_alloc((size_t)g->m->n_rows, sizeof *a->row_price));
    TRY(make_bids(g, a, error));
done:
    return st;
}

void evaluator_free(evaluator *a) {
    pattern_finder_free(&a->pattern_finder);
    free(a->fixings_in_force.open);
    free(a->fixings_in_force.only);
    free(a->fixings_in_force.barred);
    free(a->row_price);
    site_units_free(&a->who);
    free(a->n_bids);
    free(a->bids);
    free(a->patterns);
    free(a->units);
    *a = (evaluator){0};
}

/* ---- Decisions ---------------------------------------------------------------------------- */

static void bar_site(const grid *g, fixings *r, int site) {
    for (int u = 0; u < g->n_units; u++) r->barred[(size_t)u * g->n_sites + site] = true;
}

static void bar_others(const grid *g, fixings *r, int unit, int site) {
    bool *barred = r->barred + (size_t)unit * g->n_sites;
    for (int j = 0; j < g->n_sites; j++) barred[j] = barred[j] || j != site;
    r->only[unit] = site;
}

void fixings_take(evaluator *a, const proof_case *c) {
    const grid *g = a->pattern_finder.g;
    fixings *r = &a->fixings_in_force;

    memset(r->open, -1, (size_t)g->n_sites);
    memset(r->barred, 0, (size_t)g->n_units * (size_t)g->n_sites * sizeof *r->barred);
    for (int u = 0; u < g->n_units; u++) r->only[u] = NONE;
    for (int i = 0; i < c->n_given; i++) {
        const decision *d = &c->given[i];
        if (d->kind == DECIDE_OPEN) {
            r->open[d->site] = d->yes;
            if (!d->yes) bar_site(g, r, d->site);
        } else if (d->kind == DECIDE_AT && d->yes) {
            bar_others(g, r, d->unit, d->site);
        } else if (d->kind == DECIDE_AT) {
            r->barred[(size_t)d->unit * g->n_sites + d->site] = true;
        }
    }
}

/* ---- Units -------------------------------------------------------------------------------- */

/* scale * cost of the unit at the site, plus what it pays for its uses of priced rows. */
static int128 value_at(const evaluator *a, int64_t scale, int u, int site, int64_t cost) {
    int128 value = (int128)scale * cost;
    GRID_EACH_USE(a->pattern_finder.g, u, site, row, use,
                  { value += (int128)a->row_price[row] * use; })
    return value;
}

/* Adds min(v, cost of staying unplaced), and lets the unit bid at its sites. False if a number is
 * too large. */
static bool take_unit(evaluator *a, int64_t scale, proof_case *c, int u, int128 *sum) {
    const grid *g = a->pattern_finder.g;
    const bool *barred = a->fixings_in_force.barred + (size_t)u * g->n_sites;
    options o = model_options(g->m, u);
    int64_t v = c->unit_prices[u];
    int128 none = (int128)scale * g->m->units[u].unplaced_cost;
    int128 most_value = MOST_SUM / g->n_units;
    bool any = a->fixings_in_force.only[u] == NONE;

    *sum += any && none < v ? none : v;
    for (int i = 0; i < o.n; i++) {
        int j = o.site[i];
        int128 value;
        if (barred[j]) continue;
        any = true;
        value = value_at(a, scale, u, j, option_cost(&o, i)) - v;
        if (value < -most_value) return false;
        if (value < 0) a->bids[a->who.first[j] + (size_t)a->n_bids[j]++] = (bid){u, (int64_t)value};
    }
    c->impossible = c->impossible || !any;
    return true;
}

/* ---- The case ----------------------------------------------------------------------------- */

static void add_rights(evaluator *a, const proof_case *c, int128 *sum) {
    for (int i = 0; i < c->n_prices; i++) {
        int32_t row = c->prices[i].row;
        a->row_price[row] = c->prices[i].price;
        *sum -= (int128)c->prices[i].price * a->pattern_finder.g->m->rows[row].rhs;
    }
}

static plaats_status add_sites(evaluator *a, int64_t scale, int128 *sum, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const grid *g = a->pattern_finder.g;
    for (int j = 0; j < g->n_sites; j++) {
        int128 value;
        a->patterns[j].n = 0;
        if (a->fixings_in_force.open[j] == 0) continue;
        TRY(pattern_find(&a->pattern_finder, j, a->bids + a->who.first[j], a->n_bids[j],
                         &a->patterns[j], &a->steps, error));
        value = (int128)scale * pattern_opening(g, j) + a->patterns[j].value;
        if (value < 0 || a->fixings_in_force.open[j] == 1) *sum += value;
    }
done:
    return st;
}

plaats_status evaluate(evaluator *a, int64_t scale, proof_case *c, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const grid *g = a->pattern_finder.g;
    int128 sum = 0;
    bool fits = true;

    c->impossible = false;
    memset(a->n_bids, 0, (size_t)g->n_sites * sizeof *a->n_bids);
    add_rights(a, c, &sum);
    for (int u = 0; u < g->n_units && fits; u++) fits = take_unit(a, scale, c, u, &sum);
    for (int i = 0; i < c->n_prices; i++) a->row_price[c->prices[i].row] = 0;
    if (fits && !c->impossible) TRY(add_sites(a, scale, &sum, error));
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
    for (int u = 0; u < g->n_units; u++)
        c->unit_prices[u] = blend(prices.unit[u], share, scale, old->unit_prices[u]);
    blend_rows(g, scale, prices.row, share, old, c);
}
