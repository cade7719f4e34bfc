/* The relaxation's columns and rows, and the classes that are no part of it because all of them
 * stay where they are. Whatever is added later (a column, a row) finds all that is there: a new
 * column has its entries in every row of the program, a new row its entries of every column, and
 * what fixed classes use is taken from right-hand sides. */
#include "engine/branch_cut/relaxation_parts.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

plaats_status relaxation_build(run *r, model_goal goal, double none, cut_list *cuts,
                               const classes *classes, relaxation *x, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const model *m = r->m;

    assert(cuts != NULL && classes != NULL);
    *x = (relaxation){
        .r = r, .g = &r->g, .goal = goal, .none = none, .cuts = cuts, .classes = classes};
    x->at_least_row = x->at_most_row = NONE;
    TRY_ALLOC(x->p = lp_new());
    TRY_ALLOC(x->first = grid_none_array((size_t)m->n_units));
    TRY_ALLOC(x->fixed = grid_none_array((size_t)m->n_units));
    for (int u = 0; u < m->n_units; u++) x->fixed[u] = CHOICE_UNFIXED;
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
    assert(number == x->n_columns && x->n_columns < x->column_room);
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
    assert(number == x->n_rows && x->n_rows < x->row_room);
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

int32_t relaxation_column(const relaxation *x, int32_t unit, choice at) {
    int32_t c;
    assert(unit >= 0 && unit < x->g->n_units);
    c = x->first[unit];
    while (c != NONE && x->columns[c].at != at) c = x->columns[c].next;
    return c;
}

bool relaxation_has(const relaxation *x, int32_t unit, choice at) {
    assert(unit >= 0 && unit < x->g->n_units);
    return x->fixed[unit] == at || relaxation_column(x, unit, at) != NONE;
}

double relaxation_column_cost(const relaxation *x, int32_t unit, choice at) {
    int64_t cost = 0;
    double unplaced = x->none * (double)x->r->m->units[unit].weight;
    assert(at != CHOICE_NONE && at != CHOICE_UNFIXED);
    if (x->goal == GOAL_WEIGHT) return -unplaced;
    (void)choice_cost(x->g, unit, at, &cost);
    return (double)cost - unplaced;
}

int64_t relaxation_cut_use(const relaxation *x, int k, int32_t unit, choice at) {
    int64_t sum = 0;
    for (int week = 0; week < CHOICE_WEEKS; week++)
        sum += cut_use(&x->cuts->at[k], unit, choice_site(at, week));
    return sum;
}

plaats_status relaxation_add_unit_row(relaxation *x, int32_t unit, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    assert(unit >= 0 && unit < x->g->n_units && x->classes->count[unit] > 0);
    if (x->unit_row[unit] != NONE) return PLAATS_OK;
    x->unit_row[unit] = lp_add_row(x->p, x->classes->count[unit], (lp_vector){0});
    TRY(note_row(x, x->unit_row[unit], (lp_row_owner){LP_ROW_UNIT, unit}, error));
done:
    return st;
}

/* One more entry in the scratch arrays. */
static void put(relaxation *x, int *n, int at, double value) {
    if (at == NONE || value == 0) return;
    assert(*n < x->scratch_room);
    x->at[*n] = at;
    x->value[(*n)++] = value;
}

plaats_status relaxation_add_option(relaxation *x, int32_t unit, choice at, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const grid *g = x->g;
    double weight = (double)g->m->units[unit].weight;
    int n = 0, number;

    assert(x->fixed[unit] == CHOICE_UNFIXED && at != CHOICE_NONE);
    assert(relaxation_column(x, unit, at) == NONE);
    TRY(relaxation_add_unit_row(x, unit, error));
    /* Its class's row, two of the weight, and what it uses by the week. */
    TRY(grow_room(x, 3 + CHOICE_WEEKS * (1 + g->m->max_uses) + x->cuts->n, error));
    put(x, &n, x->unit_row[unit], 1);
    CHOICE_EACH_USE(g, unit, at, row, use, { put(x, &n, x->row[row], use); })
    for (int k = 0; k < x->cuts->n && k < x->cut_room; k++)
        if (x->cut_row[k] != NONE)
            put(x, &n, x->cut_row[k], (double)relaxation_cut_use(x, k, unit, at));
    put(x, &n, x->at_least_row, weight);
    put(x, &n, x->at_most_row, -weight);
    number = lp_add_column(x->p, relaxation_column_cost(x, unit, at), INFINITY,
                           (lp_vector){n, x->at, x->value});
    TRY(note_column(
        x, number,
        (lp_column_owner){
            .kind = LP_COLUMN_CHOICE, .unit = unit, .at = at, .site = NONE, .next = x->first[unit]},
        error));
    x->first[unit] = number;
    relaxation_bind_column(x, number);
done:
    return st;
}

/* ---- Classes that are fixed --------------------------------------------------------------- */

/* The use of the model's row by a unit's choice. */
static int row_use_of(const grid *g, int32_t row, int32_t unit, choice at) {
    int sum = 0;
    CHOICE_EACH_USE(g, unit, at, r, use, {
        if (r == row) sum += use;
    })
    return sum;
}

/* What a row of the program takes from its right-hand side for the class, if it is fixed. */
static double fixed_use(const relaxation *x, lp_row_owner o, int32_t unit) {
    double n = x->classes->count[unit], weight = n * (double)x->g->m->units[unit].weight;
    if (!relaxation_is_seated(x, unit)) return 0;
    switch (o.kind) {
    case LP_ROW_MODEL:
        return n * row_use_of(x->g, o.item, unit, x->fixed[unit]);
    case LP_ROW_CUT:
        return n * (double)relaxation_cut_use(x, o.item, unit, x->fixed[unit]);
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

void relaxation_fix_unit(relaxation *x, int32_t unit, choice at) {
    assert(x->fixed[unit] == CHOICE_UNFIXED && x->first[unit] == NONE);
    x->fixed[unit] = at;
    if (at != CHOICE_NONE)
        x->constant += x->classes->count[unit] * relaxation_column_cost(x, unit, at);
}

/* Takes a fixed class into the program, with what it chooses as its only column, in the basis. */
static plaats_status unfix(relaxation *x, int32_t unit, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    choice at = x->fixed[unit];

    for (int i = 0; i < x->n_rows && at != CHOICE_NONE; i++) {
        double use = fixed_use(x, x->rows[i], unit);
        if (use != 0) lp_set_rhs(x->p, i, lp_rhs(x->p, i) + use);
    }
    x->fixed[unit] = CHOICE_UNFIXED;
    TRY(relaxation_add_unit_row(x, unit, error));
    if (at == CHOICE_NONE) goto done;
    x->constant -= x->classes->count[unit] * relaxation_column_cost(x, unit, at);
    TRY(relaxation_add_option(x, unit, at, error));
    lp_enter(x->p, x->n_columns - 1, x->unit_row[unit]);
done:
    return st;
}

plaats_status relaxation_add(relaxation *x, int32_t unit, choice at, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    assert(unit >= 0 && unit < x->g->n_units && x->classes->count[unit] > 0);
    if (x->fixed[unit] != CHOICE_UNFIXED) TRY(unfix(x, unit, error));
    if (at != CHOICE_NONE) TRY(relaxation_add_option(x, unit, at, error));
done:
    return st;
}

/* ---- Rows of the model, cuts, the weight unplaced ----------------------------------------- */

static plaats_status add_slack(relaxation *x, int row, double cost, plaats_error *error) {
    double one = -1;
    int number = lp_add_column(x->p, cost, INFINITY, (lp_vector){1, &row, &one});
    return note_column(
        x, number,
        (lp_column_owner){
            .kind = LP_COLUMN_SLACK, .unit = NONE, .at = CHOICE_NONE, .site = NONE, .next = NONE},
        error);
}

static plaats_status add_y(relaxation *x, int32_t r, plaats_error *error) {
    const model_row *row = &x->g->m->rows[r];
    double beds = -(double)row->beds;
    assert(x->y[row->site] == NONE);
    int number = lp_add_column(x->p, x->goal == GOAL_WEIGHT ? 0 : (double)row->points, 1,
                               (lp_vector){row->beds > 0, &x->row[r], &beds});
    x->y[row->site] = number;
    return note_column(x, number,
                       (lp_column_owner){.kind = LP_COLUMN_OPEN,
                                         .unit = NONE,
                                         .at = CHOICE_NONE,
                                         .site = row->site,
                                         .next = NONE},
                       error);
}

/* May a unit use the row by the choice? */
static bool may_use(const model_row *row, choice at) {
    bool may = row->site == NONE;
    for (int week = 0; week < CHOICE_WEEKS; week++) may = may || row->site == choice_site(at, week);
    return may;
}

plaats_status relaxation_add_model_row(relaxation *x, int32_t r, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const model_row *row = &x->g->m->rows[r];
    lp_row_owner owner = {LP_ROW_MODEL, r};
    int n = 0;

    assert(r >= 0 && r < x->g->m->n_rows && x->row[r] == NONE);
    TRY(grow_room(x, x->n_columns, error));
    for (int c = 0; c < x->n_columns; c++) {
        const lp_column_owner *o = &x->columns[c];
        if (o->kind == LP_COLUMN_CHOICE && may_use(row, o->at))
            put(x, &n, c, row_use_of(x->g, r, o->unit, o->at));
    }
    x->row[r] = lp_add_row(x->p, (double)row->rhs - relaxation_all_fixed_use(x, owner),
                           (lp_vector){n, x->at, x->value});
    TRY(note_row(x, x->row[r], owner, error));
    if (row_is_open(row)) TRY(add_y(x, r, error));
    if (row_is_soft(row)) {
        x->slack[r] = x->n_columns;
        TRY(add_slack(x, x->row[r], (double)row->points, error));
    }
done:
    return st;
}

/* Room for the row of the cut of this number. */
static plaats_status grow_cuts(relaxation *x, int k, plaats_error *error) {
    int room = k * 2 + 64;
    int32_t *rows;
    if (k < x->cut_room) return PLAATS_OK;
    rows = realloc(x->cut_row, (size_t)room * sizeof *rows);
    if (rows == NULL) return fail_memory(error);
    for (int i = x->cut_room; i < room; i++) rows[i] = NONE;
    x->cut_row = rows;
    x->cut_room = room;
    return PLAATS_OK;
}

/* What a column has in the cut; a cut about one unit stands for those of all units alike. */
static double cut_entry_of(const relaxation *x, int k, const lp_column_owner *o) {
    const cut *of = &x->cuts->at[k];
    if (o->kind == LP_COLUMN_OPEN) return (double)cut_use(of, NONE, o->site) * of->alike;
    return o->kind == LP_COLUMN_CHOICE ? (double)relaxation_cut_use(x, k, o->unit, o->at) : 0;
}

plaats_status relaxation_add_cut(relaxation *x, int k, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const cut *of;
    lp_row_owner owner = {LP_ROW_CUT, k};
    int n = 0;

    assert(k >= 0 && k < x->cuts->n && !relaxation_has_cut(x, k));
    of = &x->cuts->at[k];
    TRY(grow_cuts(x, k, error));
    TRY(grow_room(x, x->n_columns, error));
    for (int c = 0; c < x->n_columns; c++) put(x, &n, c, cut_entry_of(x, k, &x->columns[c]));
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

    assert((kind == LP_ROW_AT_LEAST || kind == LP_ROW_AT_MOST) && *row == NONE);
    TRY(grow_room(x, x->n_columns, error));
    for (int32_t c = 0; c < x->n_columns; c++)
        if (x->columns[c].kind == LP_COLUMN_CHOICE)
            put(x, &n, c, sign * (double)x->g->m->units[x->columns[c].unit].weight);
    *row = lp_add_row(x->p, x->weight - relaxation_all_fixed_use(x, (lp_row_owner){kind, NONE}),
                      (lp_vector){n, x->at, x->value});
    TRY(note_row(x, *row, (lp_row_owner){kind, NONE}, error));
    if (kind == LP_ROW_AT_MOST) TRY(add_slack(x, *row, x->penalty, error));
done:
    return st;
}
