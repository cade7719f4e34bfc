/* The first basis of the relaxation, solving it, and what its point is. */
#include "engine/relaxation_parts.h"

#include <string.h>

#define DUAL_ITERATIONS 150
#define BROKEN 1e-6 /* by how much a row is exceeded before it joins the program */

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
    if (x->row[r] != NONE || (row_is_soft(row) && x->goal == GOAL_WEIGHT)) return false;
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
void relaxation_spend(const relaxation *x, int64_t before) {
    run_spend(x->r, (lp_iterations(x->p) - before) * (5 * (int64_t)x->n_columns + 2 * x->n_rows));
}

plaats_status relaxation_solve(relaxation *x, bool dual, int64_t most, lp_outcome *outcome,
                               plaats_error *error) {
    plaats_status st = PLAATS_OK;
    bool again = true;

    while (again) {
        lp_limits limits = {.dual = dual,
                            .most = most,
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
        relaxation_spend(x, before);
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
        if (x->row[r] != NONE || (row_is_soft(row) && x->goal == GOAL_WEIGHT)) continue;
        if (row->kind != ROW_OPEN && !full) continue;
        TRY(add_model_row(x, r, error));
        if (row->kind == ROW_OPEN && x->load[r] > 0) lp_rest_high(x->p, x->y[row->site]);
        if (row_is_soft(row) && x->load[r] > (double)row->rhs)
            lp_enter(x->p, x->slack[r], x->row[r]);
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
