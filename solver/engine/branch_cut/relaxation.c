/* The relaxation's columns and rows. */
#include "engine/branch_cut/relaxation_parts.h"

#include <math.h>
#include <stdlib.h>

plaats_status relaxation_build(run *r, model_goal goal, double none, cut_list *cuts,
                               const classes *classes, relaxation *x, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const model *m = r->m;

    *x = (relaxation){
        .r = r, .g = &r->g, .goal = goal, .none = none, .cuts = cuts, .classes = classes};
    x->at_least_row = x->at_most_row = NONE;
    TRY_ALLOC(x->p = lp_new());
    TRY_ALLOC(x->first = grid_none_array((size_t)m->n_units));
    TRY_ALLOC(x->fixed = grid_none_array((size_t)m->n_units));
    for (int u = 0; u < m->n_units; u++) x->fixed[u] = UNFIXED;
    TRY_ALLOC(x->unit_row = grid_none_array((size_t)m->n_units));
    TRY_ALLOC(x->row = grid_none_array((size_t)m->n_rows));
    TRY_ALLOC(x->y = grid_none_array((size_t)m->n_sites));
    TRY_ALLOC(x->slack = grid_none_array((size_t)m->n_rows));
    TRY_ALLOC(x->load = zero_alloc((size_t)m->n_rows, sizeof *x->load));
    for (int u = 0; u < m->n_units; u++) x->weight += (double)m->units[u].weight;
    x->constant = none * x->weight;
done:
    return st;
}

void relaxation_free(relaxation *x) {
    lp_free(x->p);
    free(x->decided);
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
static plaats_status grow_room(relaxation *x, int n, plaats_error *error) {
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

int32_t relaxation_column(const relaxation *x, int32_t unit, int32_t site) {
    int32_t c = x->first[unit];
    while (c != NONE && x->columns[c].site != site) c = x->columns[c].next;
    return c;
}

bool relaxation_has(const relaxation *x, int32_t unit, int32_t site) {
    return x->fixed[unit] == site || relaxation_column(x, unit, site) != NONE;
}

double relaxation_column_cost(const relaxation *x, int32_t unit, int32_t site) {
    int64_t cost = 0;
    double unplaced = x->none * (double)x->r->m->units[unit].weight;
    if (x->goal == GOAL_WEIGHT) return -unplaced;
    (void)model_option_cost(x->r->m, unit, site, &cost);
    return (double)cost - unplaced;
}

plaats_status relaxation_add_unit_row(relaxation *x, int32_t unit, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    if (x->unit_row[unit] != NONE) return PLAATS_OK;
    x->unit_row[unit] = lp_add_row(x->p, x->classes->count[unit], (lp_vector){0});
    TRY(note_row(x, x->unit_row[unit], (lp_row_owner){LP_ROW_UNIT, unit}, error));
done:
    return st;
}

static void put(relaxation *x, int *n, int at, double value) {
    if (at == NONE || value == 0) return;
    x->at[*n] = at;
    x->value[(*n)++] = value;
}

plaats_status relaxation_add_option(relaxation *x, int32_t unit, int32_t site,
                                    plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const grid *g = x->g;
    double weight = (double)g->m->units[unit].weight;
    int n = 0, number;

    TRY(relaxation_add_unit_row(x, unit, error));
    TRY(grow_room(x, 4 + g->m->max_uses + x->cuts->n, error));
    put(x, &n, x->unit_row[unit], 1);
    GRID_EACH_USE(g, unit, site, row, use, { put(x, &n, x->row[row], use); })
    for (int k = 0; k < x->cuts->n && k < x->cut_room; k++)
        if (x->cut_row[k] != NONE)
            put(x, &n, x->cut_row[k], (double)cut_use(&x->cuts->at[k], unit, site));
    put(x, &n, x->at_least_row, weight);
    put(x, &n, x->at_most_row, -weight);
    number = lp_add_column(x->p, relaxation_column_cost(x, unit, site), INFINITY,
                           (lp_vector){n, x->at, x->value});
    TRY(note_column(x, number,
                    (lp_column_owner){.unit = unit, .site = site, .next = x->first[unit]}, error));
    x->first[unit] = number;
    relaxation_bind_column(x, number);
done:
    return st;
}

/* ---- Kinds that are fixed ----------------------------------------------------------------- */

/* The use of the model's row at a site by a unit. */
static int row_use_of(const grid *g, int32_t row, int32_t unit, int32_t site) {
    int sum = 0;
    GRID_EACH_USE(g, unit, site, r, use, {
        if (r == row) sum += use;
    })
    return sum;
}

/* What a row of the program takes from its right-hand side for the kind, if it is fixed. */
static double fixed_use(const relaxation *x, lp_row_owner o, int32_t unit) {
    int32_t site = x->fixed[unit];
    double n = x->classes->count[unit], weight = n * (double)x->g->m->units[unit].weight;
    if (site == UNFIXED || site == NONE) return 0;
    switch (o.kind) {
    case LP_ROW_MODEL:
        return n * row_use_of(x->g, o.item, unit, site);
    case LP_ROW_CUT:
        return n * (double)cut_use(&x->cuts->at[o.item], unit, site);
    case LP_ROW_AT_LEAST:
        return weight;
    case LP_ROW_AT_MOST:
        return -weight;
    default:
        return 0;
    }
}

double relaxation_all_fixed_use(const relaxation *x, lp_row_owner o) {
    double sum = 0;
    for (int32_t u = 0; u < x->g->n_units; u++) sum += fixed_use(x, o, u);
    return sum;
}

void relaxation_fix_unit(relaxation *x, int32_t unit, int32_t site) {
    x->fixed[unit] = site;
    if (site != NONE)
        x->constant += x->classes->count[unit] * relaxation_column_cost(x, unit, site);
}

/* Takes a fixed kind into the program, with where it stays as its only column, in the basis. */
static plaats_status unfix(relaxation *x, int32_t unit, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int32_t site = x->fixed[unit];

    for (int i = 0; i < x->n_rows && site != NONE; i++) {
        double use = fixed_use(x, x->rows[i], unit);
        if (use != 0) lp_set_rhs(x->p, i, lp_rhs(x->p, i) + use);
    }
    x->fixed[unit] = UNFIXED;
    TRY(relaxation_add_unit_row(x, unit, error));
    if (site == NONE) goto done;
    x->constant -= x->classes->count[unit] * relaxation_column_cost(x, unit, site);
    TRY(relaxation_add_option(x, unit, site, error));
    lp_enter(x->p, x->n_columns - 1, x->unit_row[unit]);
done:
    return st;
}

plaats_status relaxation_add(relaxation *x, int32_t unit, int32_t site, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    if (x->fixed[unit] != UNFIXED) TRY(unfix(x, unit, error));
    if (site != NONE) TRY(relaxation_add_option(x, unit, site, error));
done:
    return st;
}

/* ---- Rows of the model, cuts, the weight unplaced ----------------------------------------- */

static plaats_status add_slack(relaxation *x, int row, double cost, plaats_error *error) {
    double one = -1;
    int number = lp_add_column(x->p, cost, INFINITY, (lp_vector){1, &row, &one});
    return note_column(x, number, (lp_column_owner){.unit = NONE, .site = NONE, .next = NONE},
                       error);
}

static plaats_status add_y(relaxation *x, int32_t r, plaats_error *error) {
    const model_row *row = &x->g->m->rows[r];
    double beds = -(double)row->beds;
    int number = lp_add_column(x->p, x->goal == GOAL_WEIGHT ? 0 : (double)row->points, 1,
                               (lp_vector){row->beds > 0, &x->row[r], &beds});
    x->y[row->site] = number;
    return note_column(x, number, (lp_column_owner){.unit = NONE, .site = row->site, .next = NONE},
                       error);
}

plaats_status relaxation_add_model_row(relaxation *x, int32_t r, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const model_row *row = &x->g->m->rows[r];
    lp_row_owner owner = {LP_ROW_MODEL, r};
    int n = 0;

    TRY(grow_room(x, x->n_columns, error));
    for (int c = 0; c < x->n_columns; c++)
        if (x->columns[c].unit != NONE && (row->site == NONE || row->site == x->columns[c].site))
            put(x, &n, c, row_use_of(x->g, r, x->columns[c].unit, x->columns[c].site));
    x->row[r] = lp_add_row(x->p, (double)row->rhs - relaxation_all_fixed_use(x, owner),
                           (lp_vector){n, x->at, x->value});
    TRY(note_row(x, x->row[r], owner, error));
    if (row->kind == ROW_OPEN) TRY(add_y(x, r, error));
    if (row_is_soft(row)) {
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
    TRY(grow_room(x, x->n_columns, error));
    for (int c = 0; c < x->n_columns; c++)
        if (x->columns[c].site != NONE)
            put(x, &n, c,
                (double)cut_use(of, x->columns[c].unit, x->columns[c].site) *
                    (x->columns[c].unit == NONE ? of->alike : 1));
    x->cut_row[k] = lp_add_row(x->p, (double)of->rhs - relaxation_all_fixed_use(x, owner),
                               (lp_vector){n, x->at, x->value});
    TRY(note_row(x, x->cut_row[k], owner, error));
done:
    return st;
}

plaats_status relaxation_add_weight_row(relaxation *x, lp_row_kind kind, int32_t *row,
                                        plaats_error *error) {
    plaats_status st = PLAATS_OK;
    double sign = kind == LP_ROW_AT_LEAST ? 1 : -1;
    int n = 0;

    TRY(grow_room(x, x->n_columns, error));
    for (int32_t c = 0; c < x->n_columns; c++)
        if (x->columns[c].unit != NONE)
            put(x, &n, c, sign * (double)x->g->m->units[x->columns[c].unit].weight);
    *row = lp_add_row(x->p, x->weight - relaxation_all_fixed_use(x, (lp_row_owner){kind, NONE}),
                      (lp_vector){n, x->at, x->value});
    TRY(note_row(x, *row, (lp_row_owner){kind, NONE}, error));
    if (kind == LP_ROW_AT_MOST) TRY(add_slack(x, *row, x->penalty, error));
done:
    return st;
}
