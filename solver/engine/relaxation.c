#include "engine/relaxation.h"

#include "base/checked.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DUAL_ITERATIONS 150
#define BROKEN 1e-6 /* by how much a row is exceeded before it joins the program */

static int32_t *none_array(size_t n) {
    int32_t *a = zero_alloc(n, sizeof *a);
    for (size_t i = 0; a != NULL && i < n; i++) a[i] = NONE;
    return a;
}

plaats_status relaxation_build(run *r, model_goal goal, double none, cut_list *cuts, relaxation *x,
                               plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const model *m = r->m;

    *x = (relaxation){.r = r, .g = &r->g, .goal = goal, .none = none, .cuts = cuts};
    x->at_least_row = x->at_most_row = NONE;
    TRY_ALLOC(x->p = lp_new());
    TRY_ALLOC(x->first = none_array((size_t)m->n_units));
    TRY_ALLOC(x->fixed = none_array((size_t)m->n_units));
    for (int u = 0; u < m->n_units; u++) x->fixed[u] = UNFIXED;
    TRY_ALLOC(x->unit_row = none_array((size_t)m->n_units));
    TRY_ALLOC(x->row = none_array((size_t)m->n_rows));
    TRY_ALLOC(x->y = none_array((size_t)m->n_sites));
    TRY_ALLOC(x->slack = none_array((size_t)m->n_rows));
    TRY_ALLOC(x->load = zero_alloc((size_t)m->n_rows, sizeof *x->load));
    for (int u = 0; u < m->n_units; u++) x->weight += (double)m->units[u].weight;
    x->constant = none * x->weight;
done:
    return st;
}

void relaxation_free(relaxation *x) {
    lp_free(x->p);
    free(x->columns);
    free(x->rows);
    free(x->first);
    free(x->fixed);
    free(x->unit_row);
    free(x->row);
    free(x->y);
    free(x->slack);
    free(x->cut_row);
    free(x->at);
    free(x->value);
    free(x->load);
    *x = (relaxation){0};
}

/* ---- Columns and rows --------------------------------------------------------------------- */

static plaats_status note_column(relaxation *x, int number, lp_column_owner owner,
                                 plaats_error *error) {
    if (number < 0) return fail_memory(error);
    if (x->n_columns == x->column_room) {
        int room = x->column_room * 2 + 256;
        lp_column_owner *columns = realloc(x->columns, (size_t)room * sizeof *columns);
        if (columns == NULL) return fail_memory(error);
        x->columns = columns;
        x->column_room = room;
    }
    x->columns[x->n_columns++] = owner;
    return PLAATS_OK;
}

static plaats_status note_row(relaxation *x, int number, lp_row_owner owner, plaats_error *error) {
    if (number < 0) return fail_memory(error);
    if (x->n_rows == x->row_room) {
        int room = x->row_room * 2 + 256;
        lp_row_owner *rows = realloc(x->rows, (size_t)room * sizeof *rows);
        if (rows == NULL) return fail_memory(error);
        x->rows = rows;
        x->row_room = room;
    }
    x->rows[x->n_rows++] = owner;
    return PLAATS_OK;
}

/* Room in the scratch arrays for a vector of n entries. */
static plaats_status make_room(relaxation *x, int n, plaats_error *error) {
    int room = n + n / 2 + 64;
    int *at;
    double *value;
    if (n <= x->scratch_room) return PLAATS_OK;
    at = realloc(x->at, (size_t)room * sizeof *at);
    if (at == NULL) return fail_memory(error);
    x->at = at;
    value = realloc(x->value, (size_t)room * sizeof *value);
    if (value == NULL) return fail_memory(error);
    x->value = value;
    x->scratch_room = room;
    return PLAATS_OK;
}

static bool is_soft(const model_row *row) {
    return row->kind != ROW_OPEN && row->points > 0;
}

bool relaxation_has(const relaxation *x, int32_t unit, int32_t site) {
    if (x->fixed[unit] == site) return true;
    for (int32_t c = x->first[unit]; c != NONE; c = x->columns[c].next)
        if (x->columns[c].site == site) return true;
    return false;
}

static double column_cost(const relaxation *x, int32_t unit, int32_t site) {
    int64_t cost = 0;
    double unplaced = x->none * (double)x->r->m->units[unit].weight;
    if (x->goal == GOAL_WEIGHT) return -unplaced;
    (void)model_option_cost(x->r->m, unit, site, &cost);
    return (double)cost - unplaced;
}

/* The use of the model's row at a site by a unit. */
static int row_use_of(const grid *g, int32_t row, int32_t unit, int32_t site) {
    int sum = 0;
    GRID_EACH_USE(g, unit, site, r, use, {
        if (r == row) sum += use;
    })
    return sum;
}

static plaats_status add_unit_row(relaxation *x, int32_t unit, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    if (x->unit_row[unit] != NONE) return PLAATS_OK;
    x->unit_row[unit] = lp_add_row(x->p, 1, (lp_vector){0});
    TRY(note_row(x, x->unit_row[unit], (lp_row_owner){LP_ROW_UNIT, unit}, error));
done:
    return st;
}

static void put(relaxation *x, int *n, int at, double value) {
    if (at == NONE || value == 0) return;
    x->at[*n] = at;
    x->value[(*n)++] = value;
}

static plaats_status add_option(relaxation *x, int32_t unit, int32_t site, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const grid *g = x->g;
    double weight = (double)g->m->units[unit].weight;
    int n = 0, number;

    TRY(add_unit_row(x, unit, error));
    TRY(make_room(x, 4 + g->m->max_uses + x->cuts->n, error));
    put(x, &n, x->unit_row[unit], 1);
    GRID_EACH_USE(g, unit, site, row, use, { put(x, &n, x->row[row], use); })
    for (int k = 0; k < x->cuts->n && k < x->cut_room; k++)
        if (x->cut_row[k] != NONE)
            put(x, &n, x->cut_row[k], (double)cut_use(&x->cuts->at[k], unit, site));
    put(x, &n, x->at_least_row, weight);
    put(x, &n, x->at_most_row, -weight);
    number =
        lp_add_column(x->p, column_cost(x, unit, site), INFINITY, (lp_vector){n, x->at, x->value});
    TRY(note_column(x, number, (lp_column_owner){unit, site, x->first[unit], 0, 0}, error));
    x->first[unit] = number;
done:
    return st;
}

/* What a row of the program takes from its right-hand side for the units that are fixed. */
static double fixed_use(const relaxation *x, lp_row_owner o, int32_t unit) {
    int32_t site = x->fixed[unit];
    double weight = (double)x->g->m->units[unit].weight;
    if (site == UNFIXED || site == NONE) return 0;
    switch (o.kind) {
    case LP_ROW_MODEL:
        return row_use_of(x->g, o.item, unit, site);
    case LP_ROW_CUT:
        return (double)cut_use(&x->cuts->at[o.item], unit, site);
    case LP_ROW_AT_LEAST:
        return weight;
    case LP_ROW_AT_MOST:
        return -weight;
    default:
        return 0;
    }
}

static double all_fixed_use(const relaxation *x, lp_row_owner o) {
    double sum = 0;
    for (int32_t u = 0; u < x->g->n_units; u++) sum += fixed_use(x, o, u);
    return sum;
}

/* Fixes a unit that has no column in the program yet; rows that come later allow for it. */
static void fix(relaxation *x, int32_t unit, int32_t site) {
    x->fixed[unit] = site;
    if (site != NONE) x->constant += column_cost(x, unit, site);
}

/* Takes a fixed unit into the program, with where it stays as its only column, in the basis. */
static plaats_status unfix(relaxation *x, int32_t unit, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int32_t site = x->fixed[unit];

    for (int i = 0; i < x->n_rows && site != NONE; i++) {
        double use = fixed_use(x, x->rows[i], unit);
        if (use != 0) lp_set_rhs(x->p, i, lp_rhs(x->p, i) + use);
    }
    x->fixed[unit] = UNFIXED;
    TRY(add_unit_row(x, unit, error));
    if (site == NONE) goto done;
    x->constant -= column_cost(x, unit, site);
    TRY(add_option(x, unit, site, error));
    lp_enter(x->p, x->n_columns - 1, x->unit_row[unit]);
done:
    return st;
}

plaats_status relaxation_add(relaxation *x, int32_t unit, int32_t site, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    if (x->fixed[unit] != UNFIXED) TRY(unfix(x, unit, error));
    if (site != NONE) TRY(add_option(x, unit, site, error));
done:
    return st;
}

static plaats_status add_slack(relaxation *x, int row, double cost, plaats_error *error) {
    double one = -1;
    int number = lp_add_column(x->p, cost, INFINITY, (lp_vector){1, &row, &one});
    return note_column(x, number, (lp_column_owner){NONE, NONE, NONE, 0, 0}, error);
}

static plaats_status add_y(relaxation *x, int32_t r, plaats_error *error) {
    const model_row *row = &x->g->m->rows[r];
    double beds = -(double)row->beds;
    int number = lp_add_column(x->p, x->goal == GOAL_WEIGHT ? 0 : (double)row->points, 1,
                               (lp_vector){row->beds > 0, &x->row[r], &beds});
    x->y[row->site] = number;
    return note_column(x, number, (lp_column_owner){NONE, row->site, NONE, 0, 0}, error);
}

static plaats_status add_model_row(relaxation *x, int32_t r, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const model_row *row = &x->g->m->rows[r];
    lp_row_owner owner = {LP_ROW_MODEL, r};
    int n = 0;

    TRY(make_room(x, x->n_columns, error));
    for (int c = 0; c < x->n_columns; c++)
        if (x->columns[c].unit != NONE && (row->site == NONE || row->site == x->columns[c].site))
            put(x, &n, c, row_use_of(x->g, r, x->columns[c].unit, x->columns[c].site));
    x->row[r] = lp_add_row(x->p, (double)row->rhs - all_fixed_use(x, owner),
                           (lp_vector){n, x->at, x->value});
    TRY(note_row(x, x->row[r], owner, error));
    if (row->kind == ROW_OPEN) TRY(add_y(x, r, error));
    if (is_soft(row)) {
        x->slack[r] = x->n_columns;
        TRY(add_slack(x, x->row[r], (double)row->points, error));
    }
done:
    return st;
}

plaats_status relaxation_add_cut(relaxation *x, int k, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const cut *of = &x->cuts->at[k];
    lp_row_owner owner = {LP_ROW_CUT, k};
    int n = 0;

    if (k >= x->cut_room) {
        int room = k * 2 + 64;
        int32_t *rows = realloc(x->cut_row, (size_t)room * sizeof *rows);
        if (rows == NULL) return fail_memory(error);
        x->cut_row = rows;
        for (int i = x->cut_room; i < room; i++) rows[i] = NONE;
        x->cut_room = room;
    }
    TRY(make_room(x, x->n_columns, error));
    for (int c = 0; c < x->n_columns; c++)
        if (x->columns[c].site != NONE)
            put(x, &n, c, (double)cut_use(of, x->columns[c].unit, x->columns[c].site));
    x->cut_row[k] = lp_add_row(x->p, (double)of->rhs - all_fixed_use(x, owner),
                               (lp_vector){n, x->at, x->value});
    TRY(note_row(x, x->cut_row[k], owner, error));
done:
    return st;
}

/* Everything that knows rows by their number hears of the new ones. */
static void renumber(relaxation *x) {
    for (int i = 0; i < x->n_rows; i++) {
        const lp_row_owner *o = &x->rows[i];
        if (o->kind == LP_ROW_UNIT) x->unit_row[o->item] = i;
        if (o->kind == LP_ROW_MODEL) x->row[o->item] = i;
        if (o->kind == LP_ROW_CUT) x->cut_row[o->item] = i;
        if (o->kind == LP_ROW_AT_LEAST) x->at_least_row = i;
        if (o->kind == LP_ROW_AT_MOST) x->at_most_row = i;
    }
}

plaats_status relaxation_drop_idle(relaxation *x, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int n = 0, kept = 0;
    int *idle = NULL;

    TRY_ALLOC(idle = zero_alloc((size_t)x->n_rows, sizeof *idle));
    for (int i = 0; i < x->n_rows; i++) {
        if (x->rows[i].kind == LP_ROW_CUT && lp_slack_is_basic(x->p, i)) {
            x->cut_row[x->rows[i].item] = NONE;
            idle[n++] = i;
        } else {
            x->rows[kept++] = x->rows[i];
        }
    }
    if (!lp_delete_rows(x->p, n, idle)) TRY(fail_memory(error));
    x->n_rows = kept;
    renumber(x);
done:
    free(idle);
    return st;
}

/* ---- Solving ------------------------------------------------------------------------------ */

/* What the program's point puts on every row of the model. */
static void add_loads(relaxation *x) {
    const grid *g = x->g;
    memset(x->load, 0, (size_t)g->m->n_rows * sizeof *x->load);
    for (int c = 0; c < x->n_columns; c++) {
        double amount;
        if (x->columns[c].unit == NONE) continue;
        amount = lp_x(x->p, c);
        if (amount < 1e-9) continue;
        GRID_EACH_USE(g, x->columns[c].unit, x->columns[c].site, row, use,
                      { x->load[row] += use * amount; })
    }
    for (int32_t u = 0; u < g->n_units; u++)
        if (x->fixed[u] >= 0) GRID_EACH_USE(g, u, x->fixed[u], row, use, { x->load[row] += use; })
}

/* A row of the model that is not in the program and does not hold. An open site counts as broken
 * as soon as it is used: it has to be paid for. */
static bool is_broken(const relaxation *x, int32_t r) {
    const model_row *row = &x->g->m->rows[r];
    if (x->row[r] != NONE || (is_soft(row) && x->goal == GOAL_WEIGHT)) return false;
    return x->load[r] > (double)row->rhs + BROKEN;
}

static plaats_status add_broken(relaxation *x, bool *any, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    *any = false;
    add_loads(x);
    for (int32_t r = 0; r < x->g->m->n_rows; r++) {
        if (!is_broken(x, r)) continue;
        *any = true;
        TRY(add_model_row(x, r, error));
    }
done:
    return st;
}

/* A column has some five entries; an iteration prices all columns and solves with the basis. */
static void spend_iterations(const relaxation *x, int64_t before) {
    run_spend(x->r, (lp_iterations(x->p) - before) * (5 * (int64_t)x->n_columns + 2 * x->n_rows));
}

plaats_status relaxation_solve(relaxation *x, bool dual, int64_t most, double ceiling,
                               lp_outcome *outcome, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    bool again = true;

    while (again) {
        lp_limits limits = {.dual = dual,
                            .most = most,
                            .ceiling = ceiling - x->constant,
                            .seconds = run_seconds_left(x->r),
                            .over = run_over_callback,
                            .context = x->r};
        int64_t before = lp_iterations(x->p);
        if (dual) limits.most = DUAL_ITERATIONS;
        *outcome = lp_solve(x->p, &limits);
        /* The dual method at times loses its way among equal costs, or wrongly finds that there is
         * no point; the primal one then decides. */
        if (*outcome != LP_OPTIMAL && dual && !run_over(x->r)) {
            limits.dual = false;
            limits.most = most;
            *outcome = lp_solve(x->p, &limits);
        }
        spend_iterations(x, before);
        again = false;
        if (*outcome == LP_OPTIMAL) TRY(add_broken(x, &again, error));
        dual = true;
    }
done:
    return st;
}

double relaxation_value(const relaxation *x) {
    return lp_value(x->p) + x->constant;
}

/* The first basis is the plan itself: feasible, and not far from the best. */
plaats_status relaxation_start(relaxation *x, const int32_t *at, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const grid *g = x->g;

    memset(x->load, 0, (size_t)g->m->n_rows * sizeof *x->load);
    for (int u = 0; u < g->n_units; u++)
        if (at[u] != NONE) GRID_EACH_USE(g, u, at[u], row, use, { x->load[row] += use; })
    for (int32_t r = 0; r < g->m->n_rows; r++) {
        const model_row *row = &g->m->rows[r];
        bool full = row->kind != ROW_APART && x->load[r] >= (double)row->rhs * 0.98 - 1;
        if (x->row[r] != NONE || (is_soft(row) && x->goal == GOAL_WEIGHT)) continue;
        if (row->kind != ROW_OPEN && !full) continue;
        TRY(add_model_row(x, r, error));
        if (row->kind == ROW_OPEN && x->load[r] > 0) lp_rest_high(x->p, x->y[row->site]);
        if (is_soft(row) && x->load[r] > (double)row->rhs) lp_enter(x->p, x->slack[r], x->row[r]);
    }
    for (int32_t c = 0; c < x->n_columns; c++) {
        int32_t u = x->columns[c].unit;
        if (u != NONE && at[u] == x->columns[c].site) lp_enter(x->p, c, x->unit_row[u]);
    }
done:
    return st;
}

bool relaxation_whole(const relaxation *x, int32_t *at, bool *opened) {
    *opened = true;
    for (int u = 0; u < x->g->n_units; u++) at[u] = x->fixed[u] == UNFIXED ? NONE : x->fixed[u];
    for (int32_t c = 0; c < x->n_columns; c++) {
        double amount = lp_x(x->p, c);
        bool part = amount > 1e-6 && amount < 1 - 1e-6;
        if (x->columns[c].site == NONE) continue;
        if (x->columns[c].unit == NONE) {
            *opened = *opened && !part;
            continue;
        }
        if (part) return false;
        if (amount > 0.5) at[x->columns[c].unit] = x->columns[c].site;
    }
    return true;
}

/* The row that limits the weight unplaced from one side, over all columns. */
static plaats_status add_weight_row(relaxation *x, lp_row_kind kind, int32_t *row,
                                    plaats_error *error) {
    plaats_status st = PLAATS_OK;
    double sign = kind == LP_ROW_AT_LEAST ? 1 : -1;
    int n = 0;

    TRY(make_room(x, x->n_columns, error));
    for (int32_t c = 0; c < x->n_columns; c++)
        if (x->columns[c].unit != NONE)
            put(x, &n, c, sign * (double)x->g->m->units[x->columns[c].unit].weight);
    *row = lp_add_row(x->p, x->weight - all_fixed_use(x, (lp_row_owner){kind, NONE}),
                      (lp_vector){n, x->at, x->value});
    TRY(note_row(x, *row, (lp_row_owner){kind, NONE}, error));
    if (kind == LP_ROW_AT_MOST) TRY(add_slack(x, *row, x->ransom, error));
done:
    return st;
}

/* ---- Shrinking ---------------------------------------------------------------------------- */

/* The unit's columns that go on in the new program: those in the basis, and a few of those that
 * cost little more. Returns how many; `site` is where the unit wholly is, or NONE. */
static int list_staying(const relaxation *old, int32_t unit, double most, int choices,
                        int32_t *staying, int32_t *site) {
    int n = 0, extra = 0;
    *site = NONE;
    for (int32_t c = old->first[unit]; c != NONE; c = old->columns[c].next) {
        bool basic = lp_is_basic(old->p, c);
        if (!basic && (lp_reduced(old->p, c) > most || extra == choices)) continue;
        extra += !basic;
        staying[n++] = c;
        if (lp_x(old->p, c) > 1 - 1e-9) *site = old->columns[c].site;
    }
    return n;
}

static plaats_status copy_units(const relaxation *old, double most, int choices, relaxation *x,
                                plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int32_t *staying = NULL;

    TRY_ALLOC(staying = none_array((size_t)old->n_columns));
    for (int32_t u = 0; u < x->g->n_units; u++) {
        int32_t site = NONE;
        int n = old->fixed[u] == UNFIXED ? list_staying(old, u, most, choices, staying, &site) : 0;
        bool unplaced_is_dear = n == 1 && site != NONE && lp_price(old->p, old->unit_row[u]) > most;
        if (old->fixed[u] != UNFIXED) {
            fix(x, u, old->fixed[u]);
        } else if (n == 0 || unplaced_is_dear) {
            fix(x, u, site);
        } else {
            TRY(add_unit_row(x, u, error));
            for (int i = 0; i < n; i++) {
                TRY(add_option(x, u, old->columns[staying[i]].site, error));
                lp_set_like(x->p, x->n_columns - 1, old->p, staying[i]);
            }
            lp_set_row_like(x->p, x->unit_row[u], old->p, old->unit_row[u]);
        }
    }
done:
    free(staying);
    return st;
}

/* Rows and cuts of the old program, and where each stands in the basis. */
static plaats_status copy_rows(const relaxation *old, relaxation *x, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    for (int i = 0; i < old->n_rows; i++) {
        lp_row_owner o = old->rows[i];
        if (o.kind == LP_ROW_UNIT) continue;
        if (o.kind == LP_ROW_MODEL) TRY(add_model_row(x, o.item, error));
        if (o.kind == LP_ROW_CUT) TRY(relaxation_add_cut(x, o.item, error));
        if (o.kind == LP_ROW_AT_LEAST) TRY(add_weight_row(x, o.kind, &x->at_least_row, error));
        if (o.kind == LP_ROW_AT_MOST) TRY(add_weight_row(x, o.kind, &x->at_most_row, error));
        lp_set_row_like(x->p, x->n_rows - 1, old->p, i);
        if (o.kind == LP_ROW_MODEL && x->slack[o.item] != NONE)
            lp_set_like(x->p, x->slack[o.item], old->p, old->slack[o.item]);
        if (o.kind == LP_ROW_AT_LEAST || o.kind == LP_ROW_AT_MOST)
            lp_set_rhs(x->p, x->n_rows - 1,
                       lp_rhs(old->p, i) + all_fixed_use(old, o) - all_fixed_use(x, o));
    }
    for (int j = 0; j < x->g->n_sites; j++)
        if (x->y[j] != NONE) lp_set_like(x->p, x->y[j], old->p, old->y[j]);
done:
    return st;
}

plaats_status relaxation_shrink(relaxation *old, double most, int choices, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    relaxation x = {0};

    TRY(relaxation_build(old->r, old->goal, old->none, old->cuts, &x, error));
    x.ransom = old->ransom;
    TRY(copy_units(old, most, choices, &x, error));
    TRY(copy_rows(old, &x, error));
    relaxation_free(old);
    *old = x;
    x = (relaxation){0};
done:
    relaxation_free(&x);
    return st;
}

/* ---- Decisions ---------------------------------------------------------------------------- */

static void set_column_bounds(relaxation *x, int32_t c) {
    const lp_column_owner *o = &x->columns[c];
    double low = o->held > 0 && !x->elastic ? 1 : 0;
    lp_set_bounds(x->p, c, o->shut > 0 ? 0 : low, o->shut > 0 ? 0 : low == 1 ? 1 : INFINITY);
}

/* The unit is at the site, come what may; or, elastically, pays a ransom where it is not. Decisions
 * about one unit overlap, so each column counts those that shut or hold it. */
static void decide_at(relaxation *x, const decision *d, bool on) {
    int by = on ? 1 : -1;
    for (int32_t c = x->first[d->unit]; c != NONE; c = x->columns[c].next) {
        lp_column_owner *o = &x->columns[c];
        bool there = o->site == d->site;
        if (d->yes && there) {
            o->held += by;
            lp_set_cost(x->p, c,
                        column_cost(x, d->unit, d->site) -
                            (o->held > 0 && x->elastic ? x->ransom : 0));
        } else if (d->yes != there) {
            o->shut += by;
        }
        set_column_bounds(x, c);
    }
    if (d->yes && x->elastic) x->constant += by * x->ransom;
}

bool relaxation_pays_ransom(const relaxation *x) {
    for (int32_t c = 0; c < x->n_columns; c++)
        if (x->columns[c].held > 0 && lp_x(x->p, c) < 1 - 1e-7) return true;
    return false;
}

static plaats_status decide_unplaced(relaxation *x, const decision *d, bool on,
                                     plaats_error *error) {
    plaats_status st = PLAATS_OK;
    lp_row_kind kind = d->yes ? LP_ROW_AT_LEAST : LP_ROW_AT_MOST;
    int32_t *row = d->yes ? &x->at_least_row : &x->at_most_row;
    double rhs = d->yes ? x->weight - (double)d->weight : (double)(d->weight - 1) - x->weight;

    if (*row == NONE) TRY(add_weight_row(x, kind, row, error));
    if (!on) rhs = x->weight;
    lp_set_rhs(x->p, *row, rhs - all_fixed_use(x, (lp_row_owner){kind, NONE}));
done:
    return st;
}

plaats_status relaxation_decide(relaxation *x, const decision *d, bool on, plaats_error *error) {
    switch (d->kind) {
    case DECIDE_AT:
        decide_at(x, d, on);
        return PLAATS_OK;
    case DECIDE_OPEN:
        if (x->y[d->site] != NONE)
            lp_set_bounds(x->p, x->y[d->site], on && d->yes ? 1 : 0, on && !d->yes ? 0 : 1);
        return PLAATS_OK;
    default:
        return decide_unplaced(x, d, on, error);
    }
}

/* ---- Prices ------------------------------------------------------------------------------- */

static int by_row(const void *a, const void *b) {
    const priced_row *x = a, *y = b;
    return (x->row > y->row) - (x->row < y->row);
}

static int64_t in_scale(double price, int64_t scale) {
    return (int64_t)floor(fmin(price * (double)scale, 4e18) + 0.5);
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
    difference = in_scale(fabs(worth - (double)x->r->m->unplaced_points), scale);
    c->price_at_most = down && worth > (double)x->r->m->unplaced_points ? difference : 0;
    c->price_at_least = up && worth < (double)x->r->m->unplaced_points ? difference : 0;
}

plaats_status relaxation_prices(const relaxation *x, int64_t scale, double factor, proof_case *c,
                                plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const model *m = x->g->m;
    priced_row *prices = NULL;
    int n = 0;

    TRY_ALLOC(prices = zero_alloc((size_t)x->n_rows, sizeof *prices));
    for (int i = 0; i < x->n_rows; i++) {
        const lp_row_owner *o = &x->rows[i];
        int64_t price;
        if (o->kind != LP_ROW_MODEL && o->kind != LP_ROW_CUT) continue;
        price = in_scale(lp_price(x->p, i) * factor, scale);
        if (o->kind == LP_ROW_MODEL && is_soft(&m->rows[o->item]) &&
            price > (int128)scale * m->rows[o->item].points)
            price = scale * m->rows[o->item].points;
        if (price <= 0) continue;
        prices[n++] = (priced_row){o->kind == LP_ROW_MODEL ? o->item : m->n_rows + o->item, price};
    }
    qsort(prices, (size_t)n, sizeof *prices, by_row);
    free(c->prices);
    c->prices = prices;
    c->n_prices = n;
    price_unplaced(x, scale, factor, c);
done:
    return st;
}
