#include "engine/part.h"

#include "base/checked.h"

#include <math.h>
#include <stdlib.h>

/* What a row of the model has left for the units that choose, and how it enters the program. */
typedef struct {
    int32_t row;   /* of the model */
    int64_t fixed; /* load of all other units */
    int64_t most;  /* what the choosing units can add at most */
    int slack;     /* column of the slack, of y at a site with keep_open; -1 if none */
} touched_row;

typedef struct {
    part *p;
    const state *s;
    mip mip;
    int n_touched;
    touched_row *touched;
    int *column;   /* per choice: column of the program */
    double *start; /* per column: the state's own assignment */
} build;

plaats_status part_build(const grid *g, part *p, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    *p = (part){.g = g};
    TRY_ALLOC(p->mip_row = zero_alloc((size_t)g->m->n_rows, sizeof *p->mip_row));
    for (int i = 0; i < g->m->n_rows; i++) p->mip_row[i] = NONE;
done:
    return st;
}

void part_free(part *p) {
    free(p->units);
    free(p->start);
    free(p->site);
    free(p->mip_row);
    *p = (part){0};
}

void part_clear(part *p) {
    p->n_units = 0;
    p->n_choices = 0;
}

plaats_status part_unit(part *p, int32_t u, plaats_error *error) {
    if (p->n_units == p->unit_room) {
        int room = p->unit_room * 2 + 64;
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

plaats_status part_choice(part *p, int32_t site, plaats_error *error) {
    if (p->n_choices == p->choice_room) {
        int room = p->choice_room * 2 + 256;
        int32_t *sites = realloc(p->site, (size_t)room * sizeof *sites);
        if (sites == NULL) return fail_memory(error);
        p->site = sites;
        p->choice_room = room;
    }
    p->site[p->n_choices++] = site;
    p->start[p->n_units]++;
    return PLAATS_OK;
}

void part_drop_unit(part *p) {
    p->n_units--;
    p->n_choices = p->start[p->n_units];
}

/* ---- Building ----------------------------------------------------------------------------- */

static int64_t choice_value(const part *p, const state *s, int32_t u, int32_t site) {
    const unit *unit_ = &p->g->m->units[u];
    if (site != NONE) return p->goal == GOAL_WEIGHT ? 0 : state_own_cost(s, u, site);
    return p->goal == GOAL_COST ? unit_->unplaced_cost : p->goal == GOAL_WEIGHT ? unit_->weight : 0;
}

/* Every choosing unit takes one choice. Costs count from its cheapest choice on, so that large
 * numbers common to all do not eat up GLPK's digits. */
static plaats_status add_choices(build *b, plaats_error *error) {
    const part *p = b->p;
    for (int i = 0; i < p->n_units; i++) {
        int64_t least = INT64_MAX;
        int row = mip_row(&b->mip, 1, 1);
        if (row < 0) return fail_memory(error);
        for (int k = p->start[i]; k < p->start[i + 1]; k++) {
            int64_t value = choice_value(p, b->s, p->units[i], p->site[k]);
            if (value < least) least = value;
        }
        for (int k = p->start[i]; k < p->start[i + 1]; k++) {
            int64_t value = choice_value(p, b->s, p->units[i], p->site[k]) - least;
            b->column[k] = mip_column(&b->mip, (double)value, 1);
            if (b->column[k] < 0 || !mip_entry(&b->mip, row, b->column[k], 1))
                return fail_memory(error);
        }
    }
    return PLAATS_OK;
}

static touched_row *touch(build *b, int32_t row) {
    if (b->p->mip_row[row] == NONE) {
        b->p->mip_row[row] = b->n_touched;
        b->touched[b->n_touched++] =
            (touched_row){.row = row, .fixed = b->s->load[row], .slack = -1};
    }
    return &b->touched[b->p->mip_row[row]];
}

/* Which rows the part touches, and what they have left. */
static void touch_rows(build *b) {
    const part *p = b->p;
    const grid *g = p->g;
    for (int i = 0; i < p->n_units; i++) {
        int32_t u = p->units[i], now = b->s->at[u];
        if (now != NONE) GRID_EACH_USE(g, u, now, row, use, { touch(b, row)->fixed -= use; })
        for (int32_t e = g->use_start[u]; e < g->use_start[u + 1]; e++) {
            /* A quota covers many sites; the unit still counts once. */
            int32_t last = NONE;
            for (int k = p->start[i]; k < p->start[i + 1]; k++) {
                int32_t site_ = p->site[k], row;
                if (site_ == NONE) continue;
                row = grid_above(g, g->use_resource[e], site_);
                if (row != NONE && row != last) touch(b, row)->most += g->use_count[e];
                if (row != NONE) last = row;
                row = grid_below(g, g->use_resource[e], site_);
                if (row != NONE) touch(b, row);
            }
        }
    }
}

static bool add_slack(build *b, touched_row *t, int mip_row_, double cost, double upper,
                      double use) {
    t->slack = mip_column(&b->mip, cost, upper);
    return t->slack >= 0 && mip_entry(&b->mip, mip_row_, t->slack, use);
}

/* Rows that the choosing units can break. Afterwards mip_row holds the program's row numbers. */
static plaats_status add_rows(build *b, plaats_error *error) {
    const model *m = b->p->g->m;
    bool priced = b->p->goal != GOAL_WEIGHT;
    for (int i = 0; i < b->n_touched; i++) {
        touched_row *t = &b->touched[i];
        const model_row *row = &m->rows[t->row];
        bool opens = row->kind == ROW_OPEN && t->fixed == 0 && priced;
        bool is_soft = row->kind != ROW_OPEN && row->points > 0;
        int64_t limit = row->kind == ROW_OPEN ? row->beds : row->rhs;
        int number = NONE;
        if (!(is_soft && !priced) && (opens || t->most > limit - t->fixed)) {
            number = mip_row(&b->mip, -INFINITY, opens ? 0 : (double)(limit - t->fixed));
            if (number < 0) return fail_memory(error);
            if (opens && !add_slack(b, t, number, (double)row->points, 1, -(double)row->beds))
                return fail_memory(error);
            if (is_soft && !add_slack(b, t, number, (double)row->points, INFINITY, -1))
                return fail_memory(error);
        }
        b->p->mip_row[t->row] = number;
    }
    return PLAATS_OK;
}

static plaats_status add_uses(build *b, plaats_error *error) {
    const part *p = b->p;
    const grid *g = p->g;
    for (int i = 0; i < p->n_units; i++)
        for (int k = p->start[i]; k < p->start[i + 1]; k++) {
            if (p->site[k] == NONE) continue;
            GRID_EACH_USE(g, p->units[i], p->site[k], row, use, {
                if (p->mip_row[row] != NONE &&
                    !mip_entry(&b->mip, p->mip_row[row], b->column[k], use))
                    return fail_memory(error);
            })
        }
    return PLAATS_OK;
}

/* GOAL_REST: no more unplaced than the state has. */
static plaats_status add_weight_row(build *b, plaats_error *error) {
    const part *p = b->p;
    int64_t most = 0;
    int row;
    if (p->goal != GOAL_REST) return PLAATS_OK;
    for (int i = 0; i < p->n_units; i++)
        if (b->s->at[p->units[i]] == NONE) most += p->g->m->units[p->units[i]].weight;
    row = mip_row(&b->mip, -INFINITY, (double)most);
    if (row < 0) return fail_memory(error);
    for (int i = 0; i < p->n_units; i++)
        for (int k = p->start[i]; k < p->start[i + 1]; k++)
            if (p->site[k] == NONE &&
                !mip_entry(&b->mip, row, b->column[k], (double)p->g->m->units[p->units[i]].weight))
                return fail_memory(error);
    return PLAATS_OK;
}

/* The state's own assignment as a point of the program. */
static plaats_status add_start(build *b, plaats_error *error) {
    const part *p = b->p;
    const model *m = p->g->m;
    b->start = zero_alloc((size_t)b->mip.n_columns, sizeof *b->start);
    if (b->start == NULL) return fail_memory(error);
    for (int i = 0; i < p->n_units; i++)
        for (int k = p->start[i]; k < p->start[i + 1]; k++)
            if (p->site[k] == b->s->at[p->units[i]]) b->start[b->column[k]] = 1;
    for (int i = 0; i < b->n_touched; i++) {
        const touched_row *t = &b->touched[i];
        int64_t over = b->s->load[t->row] - m->rows[t->row].rhs;
        if (t->slack < 0 || over <= 0) continue;
        b->start[t->slack] = m->rows[t->row].kind == ROW_OPEN ? 1 : (double)over;
    }
    return PLAATS_OK;
}

static plaats_status build_mip(build *b, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const part *p = b->p;
    size_t most_rows = 0;

    for (int i = 0; i < p->n_units; i++)
        most_rows += (size_t)p->g->m->max_uses * (size_t)(p->start[i + 1] - p->start[i] + 1);
    if (most_rows > (size_t)p->g->m->n_rows) most_rows = (size_t)p->g->m->n_rows;
    TRY_ALLOC(b->touched = zero_alloc(most_rows, sizeof *b->touched));
    TRY_ALLOC(b->column = zero_alloc((size_t)p->n_choices, sizeof *b->column));
    TRY(add_choices(b, error));
    touch_rows(b);
    TRY(add_rows(b, error));
    TRY(add_uses(b, error));
    TRY(add_weight_row(b, error));
    TRY(add_start(b, error));
done:
    return st;
}

/* ---- Solving ------------------------------------------------------------------------------ */

static void read_choices(const build *b, const double *x, int32_t *at) {
    const part *p = b->p;
    for (int i = 0; i < p->n_units; i++)
        for (int k = p->start[i]; k < p->start[i + 1]; k++)
            if (x[b->column[k]] > 0.5) at[i] = p->site[k];
}

/* The bound less the state's own objective: both lack the same constants (what rows outside the
 * program cost), which so cancel out. Rounded up, give or take rounding in GLPK. */
static int64_t least_change(const build *b, double bound) {
    double now = 0;
    for (int j = 0; j < b->mip.n_columns; j++) now += b->mip.cost[j] * b->start[j];
    if (!(fabs(bound) < 1e15) || !(fabs(now) < 1e15)) return INT64_MIN;
    return (int64_t)ceil(bound - now - 1e-5);
}

plaats_status part_solve(part *p, const state *s, const mip_limits *limits, bool use_start,
                         part_result *result, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    build b = {.p = p, .s = s};
    mip_result found = {0};
    mip_limits with_start = *limits;

    result->outcome = MIP_FAILED;
    result->least_change = INT64_MIN;
    TRY(build_mip(&b, error));
    TRY_ALLOC(found.x = zero_alloc((size_t)b.mip.n_columns, sizeof *found.x));
    with_start.start = use_start ? b.start : NULL;
    mip_solve(&b.mip, &with_start, &found);
    result->outcome = found.outcome;
    result->least_change = least_change(&b, found.bound);
    if (found.outcome == MIP_OPTIMAL || found.outcome == MIP_FEASIBLE)
        read_choices(&b, found.x, result->at);
done:
    for (int i = 0; i < b.n_touched; i++) p->mip_row[b.touched[i].row] = NONE;
    mip_free(&b.mip);
    free(b.touched);
    free(b.column);
    free(b.start);
    free(found.x);
    return st;
}

static void exchange(const part *p, state *s, int32_t *at) {
    for (int i = 0; i < p->n_units; i++) {
        int32_t u = p->units[i], old = s->at[u];
        state_move(s, u, at[i], state_own_cost(s, u, at[i]));
        at[i] = old;
    }
}

bool part_apply(const part *p, state *s, int32_t *at) {
    bool holds = true;
    exchange(p, s, at);
    for (int i = 0; i < p->n_units && holds; i++) holds = state_holds(s, p->units[i]);
    if (!holds) exchange(p, s, at);
    return holds;
}
