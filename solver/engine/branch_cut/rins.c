/* Relaxation induced neighbourhood search (E. Danna, E. Rothberg and C. Le Pape 2005): where the
 * best plan and the relaxation's point agree they are mostly right, so a small program over what
 * either of them does often has a better plan. GLPK solves it. Beside the paper's neighbourhood it
 * has, at a few sites drawn by lot, all columns whose reduced cost is within the gap; how many
 * sites adapts to whether GLPK came to an end. */
#include "engine/branch_cut/rins.h"

#include "engine/branch_cut/branch_cut_tuning.h"
#include "engine/branch_cut/relaxation_parts.h"
#include "engine/lp/mip.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

typedef struct {
    const relaxation *x;
    int32_t *now; /* per column: how many of its class choose so in the plan; y: open */
    int *number;  /* per column: of the program, NONE */
    bool *wanted; /* per site: all that comes close is taken in */
    mip p;
    double *start;         /* per column of the program: the plan */
    double *found;         /* and what was found */
    double *used;          /* per row */
    int32_t *apart;        /* per row of the model: in the program, if the relaxation lacks it */
    int64_t *fixed, *most; /* per row of the model: of fixed classes, of all columns at most */
    int *at;               /* scratch: a column's entries */
    double *value;
} rins_program;

/* The sites that the plan uses are open. */
static void open_sites(rins_program *k, choice at) {
    for (int week = 0; week < CHOICE_WEEKS; week++) {
        int32_t site = choice_site(at, week);
        if (site != NONE && k->x->y[site] != NONE) k->now[k->x->y[site]] = 1;
    }
}

/* What the plan has in each column. False if it has a unit where the relaxation has no column. */
static bool take_plan(rins_program *k, const choice *at) {
    const relaxation *x = k->x;
    bool all = true;
    for (int32_t u = 0; u < x->g->n_units; u++) {
        int32_t class = x->classes->first[u], c;
        open_sites(k, at[u]);
        if (x->fixed[class] != CHOICE_UNFIXED) {
            all = all && at[u] == x->fixed[class];
            continue;
        }
        c = relaxation_column(x, class, at[u]);
        if (c != NONE) k->now[c]++;
        all = all && (c != NONE || at[u] == CHOICE_NONE);
    }
    return all;
}

static double upper_of(const relaxation *x, int c) {
    const lp_column_owner *o = &x->columns[c];
    if (o->kind == LP_COLUMN_SLACK) return INFINITY;
    return o->kind == LP_COLUMN_OPEN ? 1 : x->classes->count[o->unit];
}

/* Does the choice use a site where all that comes close is taken in? */
static bool is_drawn(const rins_program *k, choice at) {
    bool is = false;
    for (int week = 0; week < CHOICE_WEEKS; week++) {
        int32_t site = choice_site(at, week);
        is = is || (site != NONE && k->wanted[site]);
    }
    return is;
}

static bool is_wanted(const rins_program *k, int c, double most) {
    const lp_column_owner *o = &k->x->columns[c];
    if (o->kind != LP_COLUMN_CHOICE || k->now[c] > 0 || lp_x(k->x->p, c) > BRANCH_CUT_WHOLE)
        return true;
    return is_drawn(k, o->at) && lp_reduced(k->x->p, c) <= most;
}

static plaats_status add_columns(rins_program *k, double most, plaats_error *error) {
    const relaxation *x = k->x;
    for (int i = 0; i < lp_rows(x->p); i++)
        if (mip_row(&k->p, -INFINITY, lp_rhs(x->p, i)) < 0) return fail_memory(error);
    for (int c = 0; c < x->n_columns; c++) {
        int n;
        k->number[c] = NONE;
        if (!is_wanted(k, c, most)) continue;
        k->number[c] = mip_column(&k->p, lp_cost(x->p, c), upper_of(x, c));
        if (k->number[c] < 0) return fail_memory(error);
        n = lp_column(x->p, c, k->at, k->value);
        assert(n <= lp_rows(x->p));
        for (int e = 0; e < n; e++)
            if (!mip_entry(&k->p, k->at[e], k->number[c], k->value[e])) return fail_memory(error);
    }
    return PLAATS_OK;
}

/* What can be in each row of the model: fixed classes, and all of those that have a column. */
static void count_users(rins_program *k) {
    const relaxation *x = k->x;
    for (int32_t u = 0; u < x->g->n_units; u++)
        if (relaxation_is_seated(x, u))
            CHOICE_EACH_USE(x->g, u, x->fixed[u], row, use,
                            { k->fixed[row] += use * x->classes->count[u]; })
    for (int c = 0; c < x->n_columns; c++) {
        const lp_column_owner *o = &x->columns[c];
        if (k->number[c] != NONE && o->kind == LP_COLUMN_CHOICE)
            CHOICE_EACH_USE(x->g, o->unit, o->at, row, use,
                            { k->most[row] += use * x->classes->count[o->unit]; })
    }
}

static plaats_status add_apart_entries(rins_program *k, plaats_error *error) {
    const relaxation *x = k->x;
    for (int c = 0; c < x->n_columns; c++) {
        const lp_column_owner *o = &x->columns[c];
        if (k->number[c] == NONE || o->kind != LP_COLUMN_CHOICE) continue;
        CHOICE_EACH_USE(x->g, o->unit, o->at, row, use, {
            if (k->apart[row] != NONE && !mip_entry(&k->p, k->apart[row], k->number[c], use))
                return fail_memory(error);
        })
    }
    return PLAATS_OK;
}

/* Rows of apart that the relaxation lacks, since its point does not break them: whole points would,
 * few at a time. */
static plaats_status add_apart(rins_program *k, plaats_error *error) {
    const model *m = k->x->g->m;
    count_users(k);
    for (int32_t r = 0; r < m->n_rows; r++) {
        const model_row *row = &m->rows[r];
        k->apart[r] = NONE;
        if (row->kind != ROW_APART || k->x->row[r] != NONE) continue;
        if (k->most[r] == 0 || k->fixed[r] + k->most[r] <= row->rhs) continue;
        k->apart[r] = mip_row(&k->p, -INFINITY, (double)(row->rhs - k->fixed[r]));
        if (k->apart[r] < 0) return fail_memory(error);
    }
    return add_apart_entries(k, error);
}

/* The plan as a point of the program. False if it breaks a row: then something is out of step. */
static bool start_from_plan(rins_program *k) {
    const relaxation *x = k->x;
    assert(k->p.n_rows <= lp_rows(x->p) + x->g->m->n_rows && k->p.n_columns <= x->n_columns);
    for (int c = 0; c < x->n_columns; c++)
        if (k->number[c] != NONE) k->start[k->number[c]] = k->now[c];
    for (int e = 0; e < k->p.n_entries; e++)
        k->used[k->p.row[e]] += k->p.value[e] * k->start[k->p.column[e]];
    /* A slack takes what its row is exceeded by; it is in no other row. */
    for (int e = 0; e < k->p.n_entries; e++) {
        int row = k->p.row[e], column = k->p.column[e];
        double over = k->used[row] - k->p.high[row];
        if (over < BRANCH_CUT_WHOLE || !isinf(k->p.upper[column])) continue;
        k->start[column] = over;
        k->used[row] -= over;
    }
    for (int i = 0; i < k->p.n_rows; i++)
        if (k->used[i] > k->p.high[i] + BRANCH_CUT_WHOLE) return false;
    return true;
}

/* In what was found. */
static double amount_found(const void *of, int32_t c) {
    const rins_program *k = of;
    return k->number[c] == NONE ? 0 : k->found[k->number[c]];
}

static void draw_sites(rins_program *k, int sites, random_stream lots) {
    int n_sites = k->x->g->n_sites;
    for (int j = 0; j < n_sites; j++)
        k->wanted[j] = random_below(&lots, (uint64_t)n_sites) < (uint64_t)sites;
}

static plaats_status rins_program_build(const relaxation *x, rins_program *k, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    size_t columns = (size_t)x->n_columns, rows = (size_t)lp_rows(x->p);
    size_t model_rows = (size_t)x->g->m->n_rows;
    *k = (rins_program){.x = x};
    TRY_ALLOC(k->now = zero_alloc(columns, sizeof *k->now));
    TRY_ALLOC(k->number = zero_alloc(columns, sizeof *k->number));
    TRY_ALLOC(k->wanted = zero_alloc((size_t)x->g->n_sites, sizeof *k->wanted));
    TRY_ALLOC(k->start = zero_alloc(columns, sizeof *k->start));
    TRY_ALLOC(k->used = zero_alloc(rows + model_rows, sizeof *k->used));
    TRY_ALLOC(k->apart = zero_alloc(model_rows, sizeof *k->apart));
    TRY_ALLOC(k->fixed = zero_alloc(model_rows, sizeof *k->fixed));
    TRY_ALLOC(k->most = zero_alloc(model_rows, sizeof *k->most));
    TRY_ALLOC(k->at = zero_alloc(rows, sizeof *k->at));
    TRY_ALLOC(k->value = zero_alloc(rows, sizeof *k->value));
done:
    return st;
}

static void rins_program_free(rins_program *k) {
    mip_free(&k->p);
    free(k->now);
    free(k->number);
    free(k->wanted);
    free(k->start);
    free(k->found);
    free(k->used);
    free(k->apart);
    free(k->fixed);
    free(k->most);
    free(k->at);
    free(k->value);
}

/* Takes in what the plan does. */
static plaats_status add_plan(relaxation *x, const choice *at, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    lp_outcome outcome;
    bool any = false;
    for (int32_t u = 0; u < x->g->n_units; u++) {
        int32_t class = x->classes->first[u];
        if (x->fixed[class] == at[u]) continue;
        if (x->fixed[class] == CHOICE_UNFIXED &&
            (at[u] == CHOICE_NONE || relaxation_has(x, class, at[u])))
            continue;
        TRY(relaxation_add(x, class, at[u], error));
        any = true;
    }
    if (any) TRY(relaxation_solve(x, false, &outcome, error));
done:
    return st;
}

/* Where GLPK came to an end without a better plan, the next one may be larger; where it did not
 * come to an end, it should be smaller. */
static void adapt(rins *by, const relaxation *x, mip_outcome outcome, bool gained) {
    int sites = x->g->n_sites;
    bool ended = outcome == MIP_OPTIMAL || outcome == MIP_NOTHING;
    by->exhausted = ended && !gained && by->sites == sites;
    if (gained) return;
    if (ended)
        by->sites = by->sites + sites / BRANCH_CUT_RINS_MORE + 1;
    else
        by->sites = by->sites - sites / BRANCH_CUT_RINS_FEWER - 1;
    if (by->sites < sites / BRANCH_CUT_RINS_LEAST + 1)
        by->sites = sites / BRANCH_CUT_RINS_FIRST + 1;
    if (by->sites > sites) by->sites = sites;
}

void rins_start(rins *by, const grid *g) {
    *by = (rins){.sites = g->n_sites / BRANCH_CUT_RINS_FIRST + 1,
                 .random = random_start(BRANCH_CUT_RINS_SEED)};
}

/* Looks for a better plan once. `again`: it breaks rows that were not in the program, and now are.
 */
static plaats_status look(relaxation *x, int sites, random_stream lots, double most, choice *at,
                          mip_outcome *outcome, bool *again, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    run *r = x->r;
    rins_program k = {0};
    mip_limits limits = {.seconds = run_seconds_left(r),
                         .nodes = BRANCH_CUT_RINS_NODES,
                         .steps = run_work_left(r),
                         .over = run_over_callback,
                         .context = r};
    mip_result found = {0};
    lp_outcome solved;
    int64_t cost;

    *again = false;
    *outcome = MIP_FAILED;
    TRY(rins_program_build(x, &k, error));
    draw_sites(&k, sites, lots);
    if (!take_plan(&k, r->best)) goto done;
    TRY(add_columns(&k, most, error));
    TRY(add_apart(&k, error));
    *outcome = MIP_LIMIT;
    if (k.p.n_columns > BRANCH_CUT_RINS_COLUMNS) goto done;
    TRY_ALLOC(found.x = k.found = zero_alloc((size_t)k.p.n_columns, sizeof *k.found));
    if (start_from_plan(&k)) limits.start = k.start;
    mip_solve(&k.p, &limits, &found);
    run_spend(r, found.steps + x->n_columns);
    *outcome = found.outcome;
    if (found.outcome != MIP_OPTIMAL && found.outcome != MIP_FEASIBLE) goto done;
    if (!relaxation_read_plan(x, amount_found, &k, at)) goto done;
    if (model_cost(r->m, at, &cost)) run_offer(r, at, cost);
    TRY(relaxation_add_rows_of_plan(x, at, again, error));
    if (*again) TRY(relaxation_solve(x, true, &solved, error));
done:
    rins_program_free(&k);
    return st;
}

plaats_status rins_attempt(relaxation *x, rins *by, double most, choice *at, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int64_t before = x->r->best_cost;
    mip_outcome outcome = MIP_FAILED;
    random_stream lots = random_start(random_next(&by->random));
    bool again = true;

    assert(x->r->has_best && by->sites >= 1 && at != NULL);
    TRY(add_plan(x, x->r->best, error));
    for (int round = 0; round < BRANCH_CUT_RINS_ROUNDS && again && !run_over(x->r); round++)
        TRY(look(x, by->sites, lots, most, at, &outcome, &again, error));
    adapt(by, x, outcome, x->r->best_cost < before);
done:
    return st;
}
