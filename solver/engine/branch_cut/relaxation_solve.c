/* The first basis of the relaxation, solving it, and what its point is. */
#include "base/rounded.h"
#include "engine/branch_cut/relaxation_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DUAL_ITERATIONS 150
#define ITERATIONS 1000000 /* no solve needs so many */
#define BROKEN 1e-6        /* by how much a row is exceeded before it joins the program */

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
        if (x->fixed[u] >= 0)
            GRID_EACH_USE(g, u, x->fixed[u], row, use,
                          { x->load[row] += use * x->classes->count[u]; })
}

/* A row of the model that is not in the program and does not hold. An open site counts as broken
 * as soon as it is used: it has to be paid for. */
static bool is_broken(const relaxation *x, int32_t r) {
    const model_row *row = &x->g->m->rows[r];
    if (x->row[r] != NONE || (row_is_soft(row) && x->goal == GOAL_WEIGHT)) return false;
    return x->load[r] > (double)row->rhs + BROKEN;
}

/* What a plan does. */
static void load_plan(relaxation *x, const int32_t *at) {
    memset(x->load, 0, (size_t)x->g->m->n_rows * sizeof *x->load);
    for (int u = 0; u < x->g->n_units; u++)
        if (at[u] != NONE) GRID_EACH_USE(x->g, u, at[u], row, use, { x->load[row] += use; })
}

/* Adds the rows that the loads break. */
static plaats_status add_broken(relaxation *x, bool *any, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    *any = false;
    for (int32_t r = 0; r < x->g->m->n_rows; r++) {
        if (!is_broken(x, r)) continue;
        *any = true;
        TRY(relaxation_add_model_row(x, r, error));
    }
done:
    return st;
}

plaats_status relaxation_add_rows_of_plan(relaxation *x, const int32_t *at, bool *any,
                                          plaats_error *error) {
    load_plan(x, at);
    return add_broken(x, any, error);
}

/* A column has some five entries; an iteration prices all columns and solves with the basis. */
void relaxation_spend(const relaxation *x, int64_t before) {
    run_spend(x->r, (lp_iterations(x->p) - before) * (5 * (int64_t)x->n_columns + 2 * x->n_rows));
}

plaats_status relaxation_solve(relaxation *x, bool dual, lp_outcome *outcome, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    bool again = true;

    while (again) {
        lp_limits limits = run_lp_limits(x->r, dual, dual ? DUAL_ITERATIONS : ITERATIONS);
        int64_t before = lp_iterations(x->p);
        *outcome = lp_solve(x->p, &limits);
        /* The dual method at times loses its way among equal costs, or wrongly finds that there is
         * no point; the primal one then decides. */
        if (*outcome != LP_OPTIMAL && dual && !run_over(x->r)) {
            limits.dual = false;
            limits.most = ITERATIONS;
            *outcome = lp_solve(x->p, &limits);
        }
        relaxation_spend(x, before);
        again = false;
        if (*outcome == LP_OPTIMAL) {
            add_loads(x);
            TRY(add_broken(x, &again, error));
        }
        dual = true;
    }
done:
    return st;
}

double relaxation_value(const relaxation *x) {
    return lp_value(x->p) + x->constant;
}

/* Puts each kind wholly where most of it is. */
static void enter_kinds(relaxation *x, const int32_t *at, int32_t *here) {
    for (int32_t c = 0; c < x->n_columns; c++) {
        int32_t u = x->columns[c].unit, most = NONE;
        if (u == NONE || x->first[u] != c) continue;
        for (int32_t v = u; v != NONE; v = x->classes->next[v])
            if (at[v] != NONE) here[at[v]]++;
        for (int32_t k = c; k != NONE; k = x->columns[k].next)
            if (most == NONE || here[x->columns[k].site] > here[x->columns[most].site]) most = k;
        if (here[x->columns[most].site] > 0) lp_enter(x->p, most, x->unit_row[u]);
        for (int32_t v = u; v != NONE; v = x->classes->next[v])
            if (at[v] != NONE) here[at[v]] = 0;
    }
}

/* The first basis is the plan itself, or near it: feasible, or almost. */
plaats_status relaxation_start(relaxation *x, const int32_t *at, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const grid *g = x->g;
    int32_t *here = NULL;

    TRY_ALLOC(here = zero_alloc((size_t)g->n_sites, sizeof *here));
    load_plan(x, at);
    for (int32_t r = 0; r < g->m->n_rows; r++) {
        const model_row *row = &g->m->rows[r];
        bool full = row->kind != ROW_APART && x->load[r] >= (double)row->rhs * 0.98 - 1;
        if (x->row[r] != NONE || (row_is_soft(row) && x->goal == GOAL_WEIGHT)) continue;
        if (row->kind != ROW_OPEN && !full) continue;
        TRY(relaxation_add_model_row(x, r, error));
        if (row->kind == ROW_OPEN && x->load[r] > 0) lp_rest_high(x->p, x->y[row->site]);
        if (row_is_soft(row) && x->load[r] > (double)row->rhs)
            lp_enter(x->p, x->slack[r], x->row[r]);
    }
    enter_kinds(x, at, here);
done:
    free(here);
    return st;
}

/* So many of the kind are at the site; returns the next one without a place. */
static int32_t put_at(const relaxation *x, int32_t unit, int n, int32_t site, int32_t *at) {
    for (; n > 0 && unit != NONE; n--) {
        at[unit] = site;
        unit = x->classes->next[unit];
    }
    return unit;
}

bool relaxation_read_plan(const relaxation *x, amount_fn amount, const void *of, int32_t *at) {
    for (int u = 0; u < x->g->n_units; u++) at[u] = NONE;
    for (int u = 0; u < x->g->n_units; u++) {
        int32_t next = u;
        if (x->fixed[u] >= 0) (void)put_at(x, u, x->classes->count[u], x->fixed[u], at);
        for (int32_t c = x->first[u]; c != NONE; c = x->columns[c].next) {
            double here = amount(of, c), whole = floor(here + 0.5);
            if (fabs(here - whole) > 1e-6) return false;
            next = put_at(x, next, (int)whole_part(whole, 0, INT32_MAX), x->columns[c].site, at);
        }
    }
    return true;
}

static double amount_in_point(const void *of, int32_t c) {
    return lp_x(((const relaxation *)of)->p, c);
}

bool relaxation_whole(const relaxation *x, int32_t *at, bool *opened) {
    *opened = true;
    if (!relaxation_read_plan(x, amount_in_point, x, at)) return false;
    for (int j = 0; j < x->g->n_sites; j++) {
        double amount = x->y[j] == NONE ? 0 : lp_x(x->p, x->y[j]);
        *opened = *opened && (amount <= 1e-6 || amount >= 1 - 1e-6);
    }
    return true;
}
