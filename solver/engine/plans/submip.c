/* The program is in terms of change: a column for every choice but the one that the state has now,
 * so that all columns zero is the state's own assignment. Most units have two choices and need no
 * row of their own then, and the simplex method starts from a feasible basis. With x_uc in {0, 1},
 * a_ic what choice c of unit u adds to row i beside what its choice of now does, and r_i what the
 * row has left:
 *
 *     minimize   sum (cost of c - cost of now) x_uc + sum points_i s_i
 *     such that  sum over c of x_uc <= 1             for units with more than two choices
 *                sum a_ic x_uc - s_i <= r_i          for rows that these units can break
 *
 * s_i is the slack of a soft row; for keep_open it is y in {0, 1} with the beds for coefficient. */
#include "engine/plans/submip.h"

#include "engine/plans/plans_tuning.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

/* Not tuned: what GLPK's bound may be off by, and values from which doubles are not whole any more.
 */
#define ROUNDING 1e-5
#define NOT_WHOLE 1e15

/* What a row of the model has left for the units that choose, and how it enters the program. */
typedef struct {
    int32_t row;     /* of the model */
    int32_t number;  /* row of the program, or NONE */
    int64_t staying; /* load of all other units */
    int64_t most;    /* what the choosing units can add at most to the load */
    int last_unit;   /* the unit of the part that was counted last in `most`, and with how much */
    int64_t last_most;
    int slack;  /* column of the slack, of y at a site with keep_open; -1 if none */
    double now; /* value of that column at the state's own assignment */
} touched_row;

/* What a column adds to the load of a row. */
typedef struct {
    int32_t column, touched;
    int32_t use;
} change;

typedef struct {
    submip *p;
    const state *s;
    mip mip;
    int n_touched, touched_room;
    touched_row *touched;
    int n_changes, change_room;
    change *changes;
    int *column;   /* per choice: column of the program; -1: what the state has now */
    double *start; /* per column: the state's own assignment */
} build;

plaats_status submip_build(const grid *g, submip *p, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    *p = (submip){.g = g};
    TRY_ALLOC(p->mip_row = zero_alloc((size_t)g->m->n_rows, sizeof *p->mip_row));
    for (int i = 0; i < g->m->n_rows; i++) p->mip_row[i] = NONE;
done:
    return st;
}

void submip_free(submip *p) {
    free(p->units);
    free(p->start);
    free(p->option);
    free(p->mip_row);
    *p = (submip){0};
}

void submip_clear(submip *p) {
    p->n_units = 0;
    p->n_choices = 0;
}

plaats_status submip_unit(submip *p, int32_t u, plaats_error *error) {
    assert(u >= 0 && u < p->g->n_units);
    if (p->n_units == p->unit_room) {
        int room = p->unit_room * 2 + PLANS_ROOM;
        int32_t *units = realloc(p->units, (size_t)room * sizeof *units);
        int32_t *start;
        if (units == NULL) return fail_memory(error);
        p->units = units;
        start = realloc(p->start, ((size_t)room + 1) * sizeof *start);
        if (start == NULL) return fail_memory(error);
        p->start = start;
        p->unit_room = room;
    }
    p->start[p->n_units] = p->n_choices;
    p->units[p->n_units++] = u;
    p->start[p->n_units] = p->n_choices;
    return PLAATS_OK;
}

plaats_status submip_choice(submip *p, choice c, plaats_error *error) {
    assert(p->n_units > 0);
    if (p->n_choices == p->choice_room) {
        int room = p->choice_room * 2 + PLANS_ROOM;
        choice *larger = realloc(p->option, (size_t)room * sizeof *larger);
        if (larger == NULL) return fail_memory(error);
        p->option = larger;
        p->choice_room = room;
    }
    p->option[p->n_choices++] = c;
    p->start[p->n_units]++;
    return PLAATS_OK;
}

void submip_drop_unit(submip *p) {
    assert(p->n_units > 0);
    p->n_units--;
    p->n_choices = p->start[p->n_units];
}

/* ---- Building ----------------------------------------------------------------------------- */

/* What the choice counts for under the goal. */
static int64_t value_of(const submip *p, const state *s, int32_t u, choice c) {
    const unit *unit_ = &p->g->m->units[u];
    if (c != CHOICE_NONE) return p->goal == GOAL_WEIGHT ? 0 : state_own_cost(s, u, c);
    return p->goal == GOAL_COST ? unit_->unplaced_cost : p->goal == GOAL_WEIGHT ? unit_->weight : 0;
}

/* A unit takes at most one of its other choices. */
static plaats_status add_choices(build *b, plaats_error *error) {
    const submip *p = b->p;
    for (int i = 0; i < p->n_units; i++) {
        int32_t u = p->units[i];
        choice now = b->s->at[u];
        int64_t value_now = value_of(p, b->s, u, now);
        int row = -1;
        if (p->start[i + 1] - p->start[i] > 2 && (row = mip_row(&b->mip, -INFINITY, 1)) < 0)
            return fail_memory(error);
        for (int k = p->start[i]; k < p->start[i + 1]; k++) {
            b->column[k] = -1;
            if (p->option[k] == now) continue;
            b->column[k] =
                mip_column(&b->mip, (double)(value_of(p, b->s, u, p->option[k]) - value_now), 1);
            if (b->column[k] < 0 || (row >= 0 && !mip_entry(&b->mip, row, b->column[k], 1)))
                return fail_memory(error);
        }
    }
    return PLAATS_OK;
}

static touched_row *touch(build *b, int32_t row) {
    if (b->p->mip_row[row] == NONE) {
        assert(b->n_touched < b->touched_room);
        b->p->mip_row[row] = b->n_touched;
        b->touched[b->n_touched++] = (touched_row){
            .row = row, .number = NONE, .staying = b->s->load[row], .last_unit = -1, .slack = -1};
    }
    return &b->touched[b->p->mip_row[row]];
}

static bool add_change(build *b, int i, int column, int32_t row, int32_t use) {
    touched_row *t;
    if (row == NONE) return true;
    if (b->n_changes == b->change_room) {
        int room = b->change_room * 2 + PLANS_ROOM;
        change *larger = realloc(b->changes, (size_t)room * sizeof *larger);
        if (larger == NULL) return false;
        b->changes = larger;
        b->change_room = room;
    }
    t = touch(b, row);
    b->changes[b->n_changes++] = (change){column, (int32_t)(t - b->touched), use};
    /* A unit counts with the most that any of its choices adds. */
    if (t->last_unit != i) {
        t->last_unit = i;
        t->last_most = 0;
    }
    if (use > t->last_most) {
        t->most += use - t->last_most;
        t->last_most = use;
    }
    return true;
}

/* What moving through one entry changes; a quota that covers both sites sees nothing. */
static bool add_entry(build *b, int i, int column, int32_t e, int32_t from, int32_t to) {
    const grid *g = b->p->g;
    int32_t resource = g->use_resource[e], use = g->use_count[e];
    int32_t up = to == NONE ? NONE : grid_above(g, resource, to);
    int32_t up_from = from == NONE ? NONE : grid_above(g, resource, from);
    int32_t low = to == NONE ? NONE : grid_below(g, resource, to);
    int32_t low_from = from == NONE ? NONE : grid_below(g, resource, from);
    if (up != up_from &&
        (!add_change(b, i, column, up, use) || !add_change(b, i, column, up_from, -use)))
        return false;
    return low == low_from ||
           (add_change(b, i, column, low, -use) && add_change(b, i, column, low_from, use));
}

/* All that the i-th unit of the part changes with another choice. */
static bool add_uses(build *b, int i, int column, choice from, choice to) {
    const grid *g = b->p->g;
    int32_t u = b->p->units[i];
    for (int w = 0; w < CHOICE_WEEKS; w++)
        for (int32_t e = g->use_start[u]; e < g->use_start[u + 1]; e++)
            if (!add_entry(b, i, column, e, choice_site(from, w), choice_site(to, w))) return false;
    return true;
}

/* Which rows the part touches, and what they have left. */
static plaats_status list_changes(build *b, plaats_error *error) {
    const submip *p = b->p;
    const grid *g = p->g;
    for (int i = 0; i < p->n_units; i++) {
        int32_t u = p->units[i];
        choice now = b->s->at[u];
        if (now != CHOICE_NONE)
            CHOICE_EACH_USE(g, u, now, row, use, { touch(b, row)->staying -= use; })
        for (int k = p->start[i]; k < p->start[i + 1]; k++)
            if (b->column[k] >= 0 && !add_uses(b, i, b->column[k], now, p->option[k]))
                return fail_memory(error);
    }
    return PLAATS_OK;
}

static bool add_slack(build *b, touched_row *t, double cost, double upper, double use,
                      int64_t now) {
    t->slack = mip_column(&b->mip, cost, upper);
    t->now = (double)now;
    return t->slack >= 0 && mip_entry(&b->mip, t->number, t->slack, use);
}

/* keep_open: y goes into the program where the choosing units decide it alone. */
static bool add_open_row(build *b, touched_row *t, const model_row *row, int64_t load) {
    bool opens = t->staying == 0 && b->p->goal != GOAL_WEIGHT;
    if (!opens && t->most <= row->beds - load) return true;
    t->number = mip_row(&b->mip, -INFINITY, opens ? (double)-load : (double)(row->beds - load));
    if (t->number < 0) return false;
    return !opens || add_slack(b, t, (double)row->points, 1, -(double)row->beds, load > 0);
}

static bool add_limit_row(build *b, touched_row *t, const model_row *row, int64_t load) {
    int64_t over = load > row->rhs ? load - row->rhs : 0;
    bool is_soft = row_is_soft(row);
    if (is_soft && b->p->goal == GOAL_WEIGHT) return true;
    if (t->most <= row->rhs - load) return true; /* nothing that can be broken or gained */
    t->number = mip_row(&b->mip, -INFINITY, (double)(row->rhs - load));
    if (t->number < 0) return false;
    return !is_soft || add_slack(b, t, (double)row->points, INFINITY, -1, over);
}

/* Rows that the choosing units can break, and what every column adds to them. */
static plaats_status add_rows(build *b, plaats_error *error) {
    for (int i = 0; i < b->n_touched; i++) {
        touched_row *t = &b->touched[i];
        const model_row *row = &b->p->g->m->rows[t->row];
        int64_t load = b->s->load[t->row];
        if (row_is_open(row) ? !add_open_row(b, t, row, load) : !add_limit_row(b, t, row, load))
            return fail_memory(error);
    }
    for (int k = 0; k < b->n_changes; k++) {
        const change *c = &b->changes[k];
        int32_t number = b->touched[c->touched].number;
        if (number != NONE && !mip_entry(&b->mip, number, c->column, c->use))
            return fail_memory(error);
    }
    return PLAATS_OK;
}

/* GOAL_REST: no more unplaced than the state has. */
static plaats_status add_weight_row(build *b, plaats_error *error) {
    const submip *p = b->p;
    int row;
    if (p->goal != GOAL_REST) return PLAATS_OK;
    row = mip_row(&b->mip, -INFINITY, 0);
    if (row < 0) return fail_memory(error);
    for (int i = 0; i < p->n_units; i++) {
        int32_t u = p->units[i];
        double weight = (double)p->g->m->units[u].weight;
        if (weight == 0) continue;
        for (int k = p->start[i]; k < p->start[i + 1]; k++) {
            double more = b->s->at[u] == CHOICE_NONE    ? -weight
                          : p->option[k] == CHOICE_NONE ? weight
                                                        : 0;
            if (b->column[k] >= 0 && more != 0 && !mip_entry(&b->mip, row, b->column[k], more))
                return fail_memory(error);
        }
    }
    return PLAATS_OK;
}

/* The state's own assignment as a point of the program. */
static plaats_status add_start(build *b, plaats_error *error) {
    b->start = zero_alloc((size_t)b->mip.n_columns, sizeof *b->start);
    if (b->start == NULL) return fail_memory(error);
    for (int i = 0; i < b->n_touched; i++)
        if (b->touched[i].slack >= 0) b->start[b->touched[i].slack] = b->touched[i].now;
    return PLAATS_OK;
}

static plaats_status build_mip(build *b, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const submip *p = b->p;
    size_t most_rows = 0;

    /* Every choice uses max_uses rows at most. */
    for (int i = 0; i < p->n_units; i++)
        most_rows += (size_t)p->g->m->max_uses * (size_t)(p->start[i + 1] - p->start[i] + 1);
    if (most_rows > (size_t)p->g->m->n_rows) most_rows = (size_t)p->g->m->n_rows;
    b->touched_room = (int)most_rows;
    TRY_ALLOC(b->touched = zero_alloc(most_rows, sizeof *b->touched));
    TRY_ALLOC(b->column = zero_alloc((size_t)p->n_choices, sizeof *b->column));
    TRY(add_choices(b, error));
    TRY(list_changes(b, error));
    TRY(add_rows(b, error));
    TRY(add_weight_row(b, error));
    TRY(add_start(b, error));
done:
    return st;
}

/* ---- Solving ------------------------------------------------------------------------------ */

static void read_choices(const build *b, const double *x, choice *at) {
    const submip *p = b->p;
    for (int i = 0; i < p->n_units; i++) {
        at[i] = b->s->at[p->units[i]];
        for (int k = p->start[i]; k < p->start[i + 1]; k++)
            if (b->column[k] >= 0 && x[b->column[k]] > 0.5) at[i] = p->option[k];
    }
}

/* The bound less the state's own objective: both lack the same constants (what rows outside the
 * program cost), which so cancel out. Rounded up, give or take rounding in GLPK. */
static int64_t least_change(const build *b, double bound) {
    double now = 0;
    for (int j = 0; j < b->mip.n_columns; j++) now += b->mip.cost[j] * b->start[j];
    if (!(fabs(bound) < NOT_WHOLE) || !(fabs(now) < NOT_WHOLE)) return INT64_MIN;
    return (int64_t)ceil(bound - now - ROUNDING);
}

plaats_status submip_solve(submip *p, const state *s, const mip_limits *limits, bool use_start,
                           submip_result *result, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    build b = {.p = p, .s = s};
    mip_result found = {0};
    mip_limits with_start = *limits;

    assert(p->g == s->g && (result->at != NULL || p->n_units == 0));
    result->outcome = MIP_FAILED;
    result->least_change = INT64_MIN;
    result->steps = 0;
    TRY(build_mip(&b, error));
    TRY_ALLOC(found.x = zero_alloc((size_t)b.mip.n_columns, sizeof *found.x));
    with_start.start = use_start ? b.start : NULL;
    mip_solve(&b.mip, &with_start, &found);
    result->outcome = found.outcome;
    result->steps = found.steps;
    result->least_change = least_change(&b, found.bound);
    if (found.outcome == MIP_OPTIMAL || found.outcome == MIP_FEASIBLE)
        read_choices(&b, found.x, result->at);
done:
    for (int i = 0; i < b.n_touched; i++) p->mip_row[b.touched[i].row] = NONE;
    mip_free(&b.mip);
    free(b.touched);
    free(b.changes);
    free(b.column);
    free(b.start);
    free(found.x);
    return st;
}

static void exchange(const submip *p, state *s, choice *at) {
    for (int i = 0; i < p->n_units; i++) {
        int32_t u = p->units[i];
        choice old = s->at[u];
        state_move(s, u, at[i], state_own_cost(s, u, at[i]));
        at[i] = old;
    }
}

bool submip_apply(const submip *p, state *s, choice *at) {
    bool holds = true;
    assert(p->g == s->g);
    exchange(p, s, at);
    for (int i = 0; i < p->n_units && holds; i++) holds = state_holds(s, p->units[i]);
    if (!holds) exchange(p, s, at);
    return holds;
}
