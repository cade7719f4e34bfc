/* The linear program of patterns, from its rows to its prices in integers:
 *
 *     min  sum of c(k) x(k)      c(k): what the pattern's stays cost, less what it costs to leave
 *                                its units unplaced, and what it costs to open its site
 *     per unit, site:            sum of x(k) over patterns k with it, of it  <= 1
 *     per row that sites do not keep:   sum of uses * x(k) - slack           <= its limit
 */
#include "engine/branch_price/master.h"

#include "base/select.h"
#include "engine/branch_price/branch_price_tuning.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 256 }; /* of columns */

/* What staying unplaced costs tells little where it towers above all else, and uses up the digits:
 * more than the unit's dearest site and what is left to gain is enough. */
static double none_of(const run *r, int u, double most_gap) {
    options o = model_options(r->m, u);
    double most = 0, cost = (double)r->m->units[u].unplaced_cost;
    for (int i = 0; i < o.n; i++) most = fmax(most, (double)option_cost(&o, i));
    if (!r->first || r->best_weight > 0) return cost;
    return fmin(cost, most + BRANCH_PRICE_NONE_GAPS * most_gap + BRANCH_PRICE_NONE_POINTS);
}

static plaats_status add_rows(master *m, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const grid *g = m->g;
    bool fits = true;

    for (int u = 0; u < g->n_units; u++) fits = fits && lp_add_row(m->p, 1, (lp_vector){0}) >= 0;
    for (int j = 0; j < g->n_sites; j++) {
        m->opening[j] = (double)pattern_opening(g, j);
        m->site_row[j] = lp_add_row(m->p, 1, (lp_vector){0});
        fits = fits && m->site_row[j] >= 0;
    }
    for (int i = 0; i < g->m->n_rows; i++) {
        const model_row *row = &g->m->rows[i];
        m->row[i] = NONE;
        if (pattern_keeps(row)) continue;
        m->n_priced++;
        m->row[i] = lp_add_row(m->p, (double)row->rhs, (lp_vector){0});
        fits = fits && m->row[i] >= 0;
    }
    if (!fits) TRY(fail_memory(error));
done:
    return st;
}

static plaats_status note_column(master *m, int number, master_column made, plaats_error *error) {
    if (number >= 0 && m->n == m->room) {
        int room = m->room * 2 + FIRST_ROOM;
        master_column *columns = realloc(m->columns, (size_t)room * sizeof *columns);
        if (columns != NULL) {
            m->columns = columns;
            m->room = room;
        }
    }
    if (number < 0 || m->n == m->room) {
        free(made.units);
        return fail_memory(error);
    }
    m->columns[m->n++] = made;
    return PLAATS_OK;
}

static plaats_status add_slacks(master *m, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    double one = -1;
    for (int i = 0; i < m->g->m->n_rows; i++) {
        const model_row *row = &m->g->m->rows[i];
        int number;
        if (m->row[i] == NONE || !row_is_soft(row)) continue;
        number =
            lp_add_column(m->p, (double)row->points, INFINITY, (lp_vector){1, &m->row[i], &one});
        TRY(note_column(m, number, (master_column){.site = NONE}, error));
    }
done:
    return st;
}

plaats_status master_build(run *r, double most_gap, master *m, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const grid *g = &r->g;
    size_t rows = (size_t)g->n_units + (size_t)g->n_sites + (size_t)g->m->n_rows;

    assert(most_gap >= 0);
    *m = (master){.r = r, .g = g, .n_rows = (int)rows};
    TRY_ALLOC(m->p = lp_new());
    TRY_ALLOC(m->none = zero_alloc((size_t)g->n_units, sizeof *m->none));
    TRY_ALLOC(m->opening = zero_alloc((size_t)g->n_sites, sizeof *m->opening));
    TRY_ALLOC(m->row = zero_alloc((size_t)g->m->n_rows, sizeof *m->row));
    TRY_ALLOC(m->site_row = zero_alloc((size_t)g->n_sites, sizeof *m->site_row));
    TRY_ALLOC(m->opened = zero_alloc((size_t)g->n_sites, 1));
    TRY_ALLOC(m->at = zero_alloc(rows, sizeof *m->at));
    TRY_ALLOC(m->value = zero_alloc(rows, sizeof *m->value));
    TRY_ALLOC(m->price = zero_alloc(rows, sizeof *m->price));
    TRY_ALLOC(m->unit_price = zero_alloc((size_t)g->n_units, sizeof *m->unit_price));
    TRY_ALLOC(m->row_price = zero_alloc((size_t)g->m->n_rows, sizeof *m->row_price));
    TRY_ALLOC(m->held = zero_alloc((size_t)g->n_units, sizeof *m->held));
    m->penalty = BRANCH_PRICE_PENALTY_GAPS * most_gap + BRANCH_PRICE_PENALTY_POINTS;
    memset(m->opened, -1, (size_t)g->n_sites);
    for (int u = 0; u < g->n_units; u++) {
        m->none[u] = none_of(r, u, most_gap);
        m->constant += m->none[u];
    }
    TRY(add_rows(m, error));
    TRY(add_slacks(m, error));
done:
    return st;
}

void master_free(master *m) {
    for (int i = 0; i < m->n; i++) free(m->columns[i].units);
    lp_free(m->p);
    free(m->none);
    free(m->held);
    free(m->opening);
    free(m->row);
    free(m->site_row);
    free(m->opened);
    free(m->columns);
    free(m->at);
    free(m->value);
    free(m->price);
    free(m->unit_price);
    free(m->row_price);
    *m = (master){0};
}

/* ---- Patterns ----------------------------------------------------------------------------- */

static double opening_now(const master *m, int32_t site) {
    return m->opened[site] == 1 ? 0 : m->opening[site];
}

/* What it costs now to leave the unit unplaced. */
static double none_now(const master *m, int32_t unit) {
    return m->none[unit] + (m->held[unit] ? m->penalty : 0);
}

/* Opening excluded. */
static double cost_of(const master *m, const master_column *k) {
    double sum = 0;
    for (int i = 0; i < k->n; i++) {
        int64_t cost = 0;
        (void)choice_cost(m->g, k->units[i], pattern_choice(k->site), &cost);
        sum += (double)cost - m->none[k->units[i]];
    }
    return sum;
}

static double cost_now(const master *m, const master_column *k) {
    double cost = k->cost + opening_now(m, k->site);
    for (int i = 0; i < k->n; i++)
        if (m->held[k->units[i]]) cost -= m->penalty;
    return cost;
}

/* Adds to an entry of the column at hand, which has n so far; returns how many it then has. */
static int add_entry(master *m, int n, int row, double value) {
    int e = 0;
    assert(row >= 0 && row < m->n_rows);
    while (e < n && m->at[e] != row) e++;
    if (e == n) {
        m->at[e] = row;
        m->value[e] = 0;
        n++;
    }
    m->value[e] += value;
    return n;
}

static int add_unit(master *m, int n, int32_t unit, int32_t site) {
    n = add_entry(m, n, unit, 1);
    CHOICE_EACH_USE(m->g, unit, pattern_choice(site), row, use, {
        if (m->row[row] != NONE) n = add_entry(m, n, m->row[row], use);
    })
    return n;
}

static bool is_there(const master *m, int32_t site, int n, const int32_t *units) {
    for (int c = 0; c < m->n; c++) {
        const master_column *k = &m->columns[c];
        if (k->site == site && k->n == n && memcmp(k->units, units, (size_t)n * sizeof *units) == 0)
            return true;
    }
    return false;
}

static void set_bounds(master *m, int c) {
    const master_column *k = &m->columns[c];
    lp_set_bounds(m->p, c, 0, k->barred || k->inactive ? 0 : INFINITY);
}

static void set_inactive(master *m, int c, bool inactive) {
    m->n_inactive += inactive - m->columns[c].inactive;
    m->columns[c].inactive = inactive;
    set_bounds(m, c);
}

plaats_status master_add(master *m, int32_t site, int n_units, const int32_t *units, bool inactive,
                         plaats_error *error) {
    plaats_status st = PLAATS_OK;
    master_column made = {.site = site, .n = n_units};
    int n = 0, number;

    assert(site >= 0 && site < m->g->n_sites && n_units > 0 && n_units <= m->g->n_units);
    if (is_there(m, site, n_units, units)) return PLAATS_OK;
    TRY_ALLOC(made.units = zero_alloc((size_t)n_units, sizeof *made.units));
    memcpy(made.units, units, (size_t)n_units * sizeof *units);
    made.cost = cost_of(m, &made);
    for (int i = 0; i < n_units; i++) n = add_unit(m, n, units[i], site);
    n = add_entry(m, n, m->site_row[site], 1);
    m->tolerance =
        fmax(m->tolerance, BRANCH_PRICE_TOLERANCE + BRANCH_PRICE_TOLERANCE_PART * fabs(made.cost));
    number = lp_add_column(m->p, cost_now(m, &made), INFINITY, (lp_vector){n, m->at, m->value});
    TRY(note_column(m, number, made, error));
    if (inactive) set_inactive(m, m->n - 1, true);
done:
    return st;
}

/* ---- Decisions ---------------------------------------------------------------------------- */

static bool is_barred(const master *m, const master_column *k, const fixings *f) {
    for (int i = 0; i < k->n; i++)
        if (fixings_bar(f, m->g, k->units[i], k->site)) return true;
    return false;
}

void master_fix(master *m, const fixings *f) {
    for (int j = 0; j < m->g->n_sites; j++) {
        m->constant += (f->open[j] == 1) * m->opening[j] - (m->opened[j] == 1) * m->opening[j];
        m->opened[j] = f->open[j];
    }
    for (int u = 0; u < m->g->n_units; u++) {
        bool held = f->only[u] != CHOICE_NONE;
        m->constant += (held - m->held[u]) * m->penalty;
        m->held[u] = held;
    }
    for (int c = 0; c < m->n; c++) {
        master_column *k = &m->columns[c];
        if (k->site == NONE) continue;
        k->barred = is_barred(m, k, f);
        set_bounds(m, c);
        lp_set_cost(m->p, c, cost_now(m, k));
    }
}

/* ---- Solving ------------------------------------------------------------------------------ */

lp_outcome master_solve(master *m, bool dual) {
    lp_limits limits = run_lp_limits(m->r, dual, dual ? BRANCH_PRICE_DUAL_ITERATIONS : INT32_MAX);
    int64_t before = lp_iterations(m->p);
    lp_outcome outcome = lp_solve(m->p, &limits);

    if (outcome != LP_OPTIMAL && dual && !run_over(m->r)) {
        limits.dual = false;
        limits.most = INT32_MAX;
        outcome = lp_solve(m->p, &limits);
    }
    run_spend(m->r, (lp_iterations(m->p) - before) *
                        (BRANCH_PRICE_WORK_PER_COLUMN * (int64_t)m->n +
                         BRANCH_PRICE_WORK_PER_ROW * (int64_t)lp_rows(m->p)));
    for (int c = 0; c < m->n; c++) m->columns[c].x = lp_x(m->p, c);
    for (int i = 0; i < lp_rows(m->p); i++) m->price[i] = lp_price(m->p, i);
    return outcome;
}

double master_value(const master *m) {
    return lp_value(m->p) + m->constant;
}

static bool pays(const master *m, const master_column *k) {
    double sum = cost_now(m, k) + m->price[m->site_row[k->site]];
    for (int i = 0; i < k->n; i++) {
        sum += m->price[k->units[i]];
        CHOICE_EACH_USE(m->g, k->units[i], pattern_choice(k->site), row, use, {
            if (m->row[row] != NONE) sum += m->price[m->row[row]] * use;
        })
    }
    return sum < -m->tolerance;
}

bool master_pays(const master *m, int32_t site, const pattern *k) {
    master_column made = {.site = site, .n = k->n, .units = k->units};
    assert(site >= 0 && site < m->g->n_sites);
    made.cost = cost_of(m, &made);
    return pays(m, &made);
}

int master_activate(master *m) {
    int n = 0;
    for (int c = 0; c < m->n; c++) {
        const master_column *k = &m->columns[c];
        if (!k->inactive || k->barred || !pays(m, k)) continue;
        set_inactive(m, c, false);
        n++;
    }
    return n;
}

/* The solver leaves out what is fixed to 0, so an inactive column costs it nothing. */
plaats_status master_deactivate(master *m, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int most = BRANCH_PRICE_ACTIVE_PER_ROW * lp_rows(m->p), n = 0;
    double *sizes = NULL, limit;

    if (m->n - m->n_inactive <= 2 * most) goto done;
    TRY_ALLOC(sizes = zero_alloc((size_t)m->n, sizeof *sizes));
    for (int c = 0; c < m->n; c++)
        if (!m->columns[c].inactive && !m->columns[c].barred) sizes[n++] = lp_reduced(m->p, c);
    if (n <= most) goto done;
    limit = select_nth_least(sizes, (size_t)n, (size_t)most);
    for (int c = 0; c < m->n; c++)
        if (!m->columns[c].inactive && m->columns[c].site != NONE && !lp_is_basic(m->p, c) &&
            lp_reduced(m->p, c) > limit)
            set_inactive(m, c, true);
done:
    free(sizes);
    return st;
}

/* ---- Prices in integers ------------------------------------------------------------------- */

void master_prices(const master *m, int64_t scale, double share, const proof_case *old,
                   proof_case *c) {
    const model *of = m->g->m;
    assert(c->unit_prices != NULL && c->prices != NULL);
    for (int u = 0; u < of->n_units; u++) m->unit_price[u] = none_now(m, u) - m->price[u];
    for (int i = 0; i < of->n_rows; i++)
        m->row_price[i] = m->row[i] == NONE ? 0 : m->price[m->row[i]];
    evaluate_blend_prices(m->g, scale, (case_prices){m->unit_price, m->row_price}, share, old, c);
}

plaats_status master_new_case(const master *m, proof_case *c, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    *c = (proof_case){.bound = INT64_MIN};
    TRY_ALLOC(c->unit_prices = zero_alloc((size_t)m->g->n_units, sizeof *c->unit_prices));
    TRY_ALLOC(c->prices = zero_alloc((size_t)m->n_priced, sizeof *c->prices));
done:
    return st;
}
