/* The location relaxation as a linear program; `location.h` has it in words:
 *
 *     min  sum of cost x(u, j) + opening y(j) + points of slacks
 *     per unit u:             sum of x(u, j) over sites                                <= 1
 *     per row of a site j:    sum of uses * x(u, j), less its beds * y(j)              <= its rest
 *     per unit and site:      x(u, j) <= y(j), added where the point breaks it
 */
#include "engine/branch_price/location.h"

#include "engine/branch_price/branch_price_tuning.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static int64_t count_options(const model *m) {
    int64_t n = 0;
    for (int u = 0; u < m->n_units; u++) n += model_options(m, u).n;
    return n;
}

bool location_suits(const model *m) {
    return count_options(m) <= BRANCH_PRICE_MOST_OPTIONS;
}

/* ---- Building ----------------------------------------------------------------------------- */

/* Rows have the numbers they have in the model; those of the units follow. */
static int unit_row(const location *o, int u) {
    return o->g->m->n_rows + u;
}

static plaats_status add_rows(location *o, plaats_error *error) {
    const model *m = o->g->m;
    bool fits = true;
    for (int i = 0; i < m->n_rows; i++)
        fits = fits && lp_add_row(o->p, (double)m->rows[i].rhs, (lp_vector){0}) >= 0;
    for (int u = 0; u < m->n_units; u++) fits = fits && lp_add_row(o->p, 1, (lp_vector){0}) >= 0;
    return fits ? PLAATS_OK : fail_memory(error);
}

static plaats_status add_slacks(location *o, plaats_error *error) {
    const model *m = o->g->m;
    double one = -1;
    for (int i = 0; i < m->n_rows; i++)
        if (row_is_soft(&m->rows[i]) &&
            lp_add_column(o->p, (double)m->rows[i].points, INFINITY, (lp_vector){1, &i, &one}) < 0)
            return fail_memory(error);
    return PLAATS_OK;
}

static plaats_status add_sites(location *o, plaats_error *error) {
    const grid *g = o->g;
    for (int j = 0; j < g->n_sites; j++) {
        int32_t row = grid_above(g, 0, j);
        double points = (double)pattern_opening(g, j), beds;
        o->open[j] = NONE;
        if (points == 0) continue;
        beds = -(double)g->m->rows[row].beds;
        o->open[j] = lp_add_column(o->p, points, 1, (lp_vector){beds != 0, &row, &beds});
        if (o->open[j] < 0) return fail_memory(error);
    }
    return PLAATS_OK;
}

/* A column for a unit's choice; `at` and `value` have room for its entries. */
static plaats_status add_share(location *o, int u, choice c, double cost, int *at, double *value,
                               plaats_error *error) {
    int n = 1;
    at[0] = unit_row(o, u);
    value[0] = 1;
    CHOICE_EACH_USE(o->g, u, c, row, use, {
        at[n] = row;
        value[n++] = use;
    })
    assert(n <= o->g->m->max_uses + 1 && o->n_shares < o->share_room);
    if (lp_add_column(o->p, cost, INFINITY, (lp_vector){n, at, value}) < 0)
        return fail_memory(error);
    o->shares[o->n_shares++] = (unit_share){.unit = u, .site = pattern_site(c)};
    return PLAATS_OK;
}

static plaats_status add_shares(location *o, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const model *m = o->g->m;
    int *at = NULL;
    double *value = NULL;

    TRY_ALLOC(at = zero_alloc((size_t)m->max_uses + 1, sizeof *at));
    TRY_ALLOC(value = zero_alloc((size_t)m->max_uses + 1, sizeof *value));
    o->first_share = lp_columns(o->p);
    for (int u = 0; u < m->n_units; u++) {
        options all = model_options(m, u);
        for (int i = 0; i < all.n; i++)
            TRY(add_share(o, u, choice_of_option(&all, i),
                          (double)option_cost(&all, i) - o->none[u], at, value, error));
    }
done:
    free(at);
    free(value);
    return st;
}

plaats_status location_build(run *r, const double *none, location *o, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const model *m = r->m;

    assert(location_suits(m));
    *o = (location){.r = r, .g = &r->g, .share_room = (int)count_options(m)};
    TRY_ALLOC(o->p = lp_new());
    TRY_ALLOC(o->none = zero_alloc((size_t)m->n_units, sizeof *o->none));
    for (int u = 0; u < m->n_units; u++)
        o->none[u] = fmin(BRANCH_PRICE_FIRMLY * none[u], (double)m->units[u].unplaced_cost);
    TRY_ALLOC(o->open = zero_alloc((size_t)m->n_sites, sizeof *o->open));
    TRY_ALLOC(o->shares = zero_alloc((size_t)o->share_room, sizeof *o->shares));
    TRY_ALLOC(o->pseudocosts = zero_alloc((size_t)m->n_sites, sizeof *o->pseudocosts));
    TRY_ALLOC(o->is_open = zero_alloc((size_t)m->n_sites, sizeof *o->is_open));
    TRY_ALLOC(o->unit_price = zero_alloc((size_t)m->n_units, sizeof *o->unit_price));
    TRY_ALLOC(o->row_price = zero_alloc((size_t)m->n_rows, sizeof *o->row_price));
    TRY(add_rows(o, error));
    TRY(add_slacks(o, error));
    TRY(add_sites(o, error));
    TRY(add_shares(o, error));
done:
    return st;
}

void location_free(location *o) {
    lp_free(o->p);
    free(o->none);
    free(o->open);
    free(o->shares);
    free(o->pseudocosts);
    free(o->is_open);
    free(o->unit_price);
    free(o->row_price);
    *o = (location){0};
}

/* ---- Solving ------------------------------------------------------------------------------ */

static void apply_fixings(location *o, const fixings *f) {
    for (int j = 0; j < o->g->n_sites; j++)
        if (o->open[j] != NONE) lp_set_bounds(o->p, o->open[j], f->open[j] == 1, f->open[j] != 0);
    for (int k = 0; k < o->n_shares; k++) {
        const unit_share *s = &o->shares[k];
        bool barred = fixings_bar(f, o->g, s->unit, s->site);
        lp_set_bounds(o->p, o->first_share + k, 0, barred ? 0 : INFINITY);
    }
}

/* Adds the rows that the point breaks. */
static plaats_status add_links(location *o, bool *any, plaats_error *error) {
    static const double values[2] = {1, -1};
    *any = false;
    for (int k = 0; k < o->n_shares; k++) {
        unit_share *s = &o->shares[k];
        int columns[2] = {o->first_share + k, o->open[s->site]};
        if (s->linked || columns[1] == NONE) continue;
        if (lp_x(o->p, columns[0]) <= lp_x(o->p, columns[1]) + BRANCH_PRICE_TOO_FAR) continue;
        if (lp_add_row(o->p, 0, (lp_vector){2, columns, values}) < 0) return fail_memory(error);
        s->linked = true;
        *any = true;
    }
    return PLAATS_OK;
}

void location_spend(const location *o, int64_t before) {
    run_spend(o->r, (lp_iterations(o->p) - before) *
                        (lp_columns(o->p) + BRANCH_PRICE_WORK_PER_ROW * lp_rows(o->p)));
}

static lp_outcome solve_once(location *o) {
    lp_limits limits = run_lp_limits(o->r, true, INT32_MAX);
    int64_t before = lp_iterations(o->p);
    lp_outcome outcome = lp_solve(o->p, &limits);
    location_spend(o, before);
    return outcome;
}

static void read_point(location *o) {
    const model *m = o->g->m;
    o->value = lp_value(o->p);
    for (int j = 0; j < m->n_sites; j++)
        o->is_open[j] = o->open[j] == NONE ? 1 : lp_x(o->p, o->open[j]);
    for (int u = 0; u < m->n_units; u++)
        o->unit_price[u] = o->none[u] - lp_price(o->p, unit_row(o, u));
    for (int i = 0; i < m->n_rows; i++) o->row_price[i] = lp_price(o->p, i);
}

plaats_status location_solve(location *o, const fixings *f, lp_outcome *outcome,
                             plaats_error *error) {
    plaats_status st = PLAATS_OK;
    bool more = true;

    apply_fixings(o, f);
    *outcome = LP_OPTIMAL;
    while (more) {
        *outcome = solve_once(o);
        if (*outcome != LP_OPTIMAL) goto done;
        TRY(add_links(o, &more, error));
    }
    read_point(o);
done:
    return st;
}
