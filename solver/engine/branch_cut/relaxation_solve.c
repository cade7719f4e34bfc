/* The first basis of the relaxation, solving it, and what its point is.
 *
 * Rows of the model join the program when a point breaks them (a cutting plane method over rows
 * that are known): most never bind. The first basis is the best plan, so that the primal simplex
 * begins at a point that is feasible, or almost. */
#include "base/rounded.h"
#include "engine/branch_cut/branch_cut_tuning.h"
#include "engine/branch_cut/relaxation_parts.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What the program's point puts on every row of the model. */
static void add_loads(relaxation *x) {
    const grid *g = x->g;
    memset(x->load, 0, (size_t)g->m->n_rows * sizeof *x->load);
    for (int c = 0; c < x->n_columns; c++) {
        const lp_column_owner *o = &x->columns[c];
        double amount;
        if (o->kind != LP_COLUMN_CHOICE) continue;
        amount = lp_x(x->p, c);
        if (amount < BRANCH_CUT_ZERO) continue;
        CHOICE_EACH_USE(g, o->unit, o->at, row, use, { x->load[row] += use * amount; })
    }
    for (int32_t u = 0; u < g->n_units; u++)
        if (relaxation_is_seated(x, u))
            CHOICE_EACH_USE(g, u, x->fixed[u], row, use,
                            { x->load[row] += use * x->classes->count[u]; })
}

/* May the row of the model join the program? Soft ones do not count for the weight unplaced. */
static bool may_join(const relaxation *x, int32_t r) {
    return x->row[r] == NONE && !(row_is_soft(&x->g->m->rows[r]) && x->goal == GOAL_WEIGHT);
}

/* A row of the model that is not in the program and does not hold. An open site counts as broken
 * as soon as it is used: it has to be paid for. */
static bool is_broken(const relaxation *x, int32_t r) {
    const model_row *row = &x->g->m->rows[r];
    return may_join(x, r) && x->load[r] > (double)row->rhs + BRANCH_CUT_WHOLE;
}

/* What a plan does. */
static void load_plan(relaxation *x, const choice *at) {
    memset(x->load, 0, (size_t)x->g->m->n_rows * sizeof *x->load);
    for (int u = 0; u < x->g->n_units; u++)
        if (at[u] != CHOICE_NONE)
            CHOICE_EACH_USE(x->g, u, at[u], row, use, { x->load[row] += use; })
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

plaats_status relaxation_add_rows_of_plan(relaxation *x, const choice *at, bool *any,
                                          plaats_error *error) {
    load_plan(x, at);
    return add_broken(x, any, error);
}

void relaxation_spend(const relaxation *x, int64_t before) {
    int64_t iterations = lp_iterations(x->p) - before;
    assert(iterations >= 0);
    run_spend(x->r, iterations * (BRANCH_CUT_COLUMN_STEPS * (int64_t)x->n_columns +
                                  BRANCH_CUT_ROW_STEPS * x->n_rows));
}

plaats_status relaxation_solve(relaxation *x, bool dual, lp_outcome *outcome, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    bool again = true;

    while (again) {
        lp_limits limits =
            run_lp_limits(x->r, dual, dual ? BRANCH_CUT_DUAL_ITERATIONS : BRANCH_CUT_ITERATIONS);
        int64_t before = lp_iterations(x->p);
        *outcome = lp_solve(x->p, &limits);
        /* The dual method at times loses its way among equal costs, or wrongly finds that there is
         * no point; the primal one then decides. */
        if (*outcome != LP_OPTIMAL && dual && !run_over(x->r)) {
            limits.dual = false;
            limits.most = BRANCH_CUT_ITERATIONS;
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

/* How many of the class choose in the plan what the column says. */
static int32_t count_alike(const relaxation *x, int32_t column, const choice *at) {
    const lp_column_owner *o = &x->columns[column];
    int32_t n = 0;
    for (int32_t v = o->unit; v != NONE; v = x->classes->next[v]) n += at[v] == o->at;
    return n;
}

/* Puts each class wholly where most of it is. */
static void enter_classes(relaxation *x, const choice *at) {
    for (int32_t c = 0; c < x->n_columns; c++) {
        int32_t u = x->columns[c].unit, most = NONE, most_alike = 0;
        if (u == NONE || x->first[u] != c) continue;
        for (int32_t k = c; k != NONE; k = x->columns[k].next) {
            int32_t alike = count_alike(x, k, at);
            if (alike <= most_alike) continue;
            most = k;
            most_alike = alike;
        }
        if (most != NONE) lp_enter(x->p, most, x->unit_row[u]);
    }
}

/* Does a plan fill the row, or nearly? */
static bool is_full(const relaxation *x, int32_t r) {
    const model_row *row = &x->g->m->rows[r];
    double nearly = (double)row->rhs * BRANCH_CUT_FULL_SHARE - BRANCH_CUT_FULL_LESS;
    return row->kind != ROW_APART && x->load[r] >= nearly;
}

plaats_status relaxation_start(relaxation *x, const choice *at, plaats_error *error) {
    plaats_status st = PLAATS_OK;

    assert(at != NULL);
    load_plan(x, at);
    for (int32_t r = 0; r < x->g->m->n_rows; r++) {
        const model_row *row = &x->g->m->rows[r];
        if (!may_join(x, r) || (!row_is_open(row) && !is_full(x, r))) continue;
        TRY(relaxation_add_model_row(x, r, error));
        if (row_is_open(row) && x->load[r] > 0) lp_rest_high(x->p, x->y[row->site]);
        if (row_is_soft(row) && x->load[r] > (double)row->rhs)
            lp_enter(x->p, x->slack[r], x->row[r]);
    }
    enter_classes(x, at);
done:
    return st;
}

/* So many of the class choose so; returns the next one without a choice. */
static int32_t put_at(const relaxation *x, int32_t unit, int n, choice c, choice *at) {
    for (; n > 0 && unit != NONE; n--) {
        at[unit] = c;
        unit = x->classes->next[unit];
    }
    return unit;
}

bool relaxation_read_plan(const relaxation *x, amount_fn amount, const void *of, choice *at) {
    assert(amount != NULL && at != NULL);
    for (int u = 0; u < x->g->n_units; u++) at[u] = CHOICE_NONE;
    for (int u = 0; u < x->g->n_units; u++) {
        int32_t next = u;
        if (relaxation_is_seated(x, u)) (void)put_at(x, u, x->classes->count[u], x->fixed[u], at);
        for (int32_t c = x->first[u]; c != NONE; c = x->columns[c].next) {
            double here = amount(of, c), whole = floor(here + 0.5);
            if (fabs(here - whole) > BRANCH_CUT_WHOLE) return false;
            next = put_at(x, next, (int)whole_part(whole, 0, INT32_MAX), x->columns[c].at, at);
        }
    }
    return true;
}

static double amount_in_point(const void *of, int32_t c) {
    return lp_x(((const relaxation *)of)->p, c);
}

bool relaxation_whole(const relaxation *x, choice *at, bool *opened) {
    *opened = true;
    if (!relaxation_read_plan(x, amount_in_point, x, at)) return false;
    for (int j = 0; j < x->g->n_sites; j++) {
        double amount = x->y[j] == NONE ? 0 : lp_x(x->p, x->y[j]);
        *opened = *opened && (amount <= BRANCH_CUT_WHOLE || amount >= 1 - BRANCH_CUT_WHOLE);
    }
    return true;
}
