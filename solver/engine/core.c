#include "engine/core.h"

#include "base/checked.h"
#include "engine/part.h"

#include <stdlib.h>

#define MOST_CHOICES 200000 /* columns beyond which GLPK gets nowhere */

/* scale * reduced cost of an option (site NONE: unplaced), exact. */
static int128 exact_reduced(const run *r, int u, int32_t site_, int64_t cost) {
    int128 sum = (int128)r->scale * cost;
    if (site_ != NONE)
        GRID_EACH_USE(&r->g, u, site_, row, use, { sum += (int128)r->prices[row] * use; })
    return sum;
}

/* A plan better than the best must save as much as the bound leaves: an option that alone loses
 * more than that against its unit's best one is in no such plan. */
static plaats_status add_contested(const run *r, part *p, const state *s, int u,
                                   plaats_error *error) {
    plaats_status st = PLAATS_OK;
    options o = model_options(r->m, u);
    int64_t unplaced = r->m->units[u].unplaced_cost;
    int128 least = exact_reduced(r, u, NONE, unplaced), most;
    int n = 0;

    for (int i = 0; i < o.n; i++) {
        int128 reduced = exact_reduced(r, u, o.site[i], o.cost[i]);
        if (reduced < least) least = reduced;
    }
    /* + 1: the bound was rounded up. */
    most = least + (int128)r->scale * ((int128)s->cost - r->proof_bound + 1);
    for (int i = 0; i < o.n; i++) n += exact_reduced(r, u, o.site[i], o.cost[i]) < most;
    if (n == 1 && exact_reduced(r, u, NONE, unplaced) >= most && s->at[u] != NONE) return st;
    TRY(part_unit(p, u, error));
    if (exact_reduced(r, u, NONE, unplaced) < most || s->at[u] == NONE)
        TRY(part_choice(p, NONE, error));
    for (int i = 0; i < o.n; i++)
        if (exact_reduced(r, u, o.site[i], o.cost[i]) < most || o.site[i] == s->at[u])
            TRY(part_choice(p, o.site[i], error));
done:
    return st;
}

static plaats_status add_all(const run *r, part *p, int u, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    options o = model_options(r->m, u);
    TRY(part_unit(p, u, error));
    TRY(part_choice(p, NONE, error));
    for (int i = 0; i < o.n; i++) TRY(part_choice(p, o.site[i], error));
done:
    return st;
}

/* One program over all units; what comes out is applied to the state and offered. */
static plaats_status solve_stage(run *r, part *p, core_kind kind, goal goal, state *s,
                                 int64_t *least_change, mip_outcome *outcome, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    part_result result = {0};
    mip_limits limits = {.seconds = run_seconds_left(r),
                         .cuts = true,
                         .presolve = kind == CORE_WHOLE,
                         .over = run_over_callback,
                         .context = r};

    *least_change = INT64_MIN;
    *outcome = MIP_LIMIT;
    if (goal != GOAL_WEIGHT) limits.enough = run_enough(r);
    part_clear(p);
    p->goal = goal;
    p->most_weight = model_unplaced_weight(r->m, s->at);
    for (int u = 0; u < r->m->n_units; u++) {
        if (kind == CORE_WHOLE || goal == GOAL_WEIGHT)
            TRY(add_all(r, p, u, error));
        else
            TRY(add_contested(r, p, s, u, error));
        if (kind != CORE_WHOLE && p->n_choices > MOST_CHOICES) goto done;
    }
    TRY_ALLOC(result.at = zero_alloc((size_t)p->n_units, sizeof *result.at));
    TRY(part_solve(p, s, &limits, kind == CORE_REDUCED, &result, error));
    *outcome = result.outcome;
    *least_change = result.least_change;
    if (result.outcome == MIP_OPTIMAL || result.outcome == MIP_FEASIBLE) {
        if (part_apply(p, s, result.at))
            run_offer(r, s->at, s->cost);
        else
            *outcome = MIP_FAILED;
    }
done:
    free(result.at);
    return st;
}

/* With U "first" a person-week unplaced outweighs all else together, so a plan with fewer unplaced
 * than `weight` costs less than U * weight: none exists if the bound is no less. */
static bool weight_is_least(const run *r, int64_t weight) {
    int64_t least = 0;
    if (weight == 0) return true;
    for (int u = 0; u < r->m->n_units; u++)
        if (model_options(r->m, u).n == 0) least += r->m->units[u].weight;
    return weight == least ||
           (r->has_bound && (int128)r->proof_bound >= (int128)r->m->unplaced_points * weight);
}

static void note_bound(run *r, int64_t before, int64_t least_change, mip_outcome outcome) {
    int64_t bound;
    if (outcome == MIP_FAILED || outcome == MIP_NOTHING || least_change == INT64_MIN) return;
    bound = before + (least_change > 0 ? 0 : least_change);
    if (bound > r->solver_bound) r->solver_bound = bound;
}

plaats_status core_solve(run *r, core_kind kind, state *s, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    part p = {0};
    bool first = r->m->instance->weights.unplaced == NONE;
    int64_t before, least_change;
    mip_outcome outcome;

    r->step = "core";
    TRY(part_build(&r->g, &p, error));
    if (first && !weight_is_least(r, model_unplaced_weight(r->m, s->at))) {
        TRY(solve_stage(r, &p, kind, GOAL_WEIGHT, s, &least_change, &outcome, error));
        if (outcome != MIP_OPTIMAL) goto done;
    }
    before = s->cost;
    TRY(solve_stage(r, &p, kind, first ? GOAL_REST : GOAL_COST, s, &least_change, &outcome, error));
    note_bound(r, before, least_change, outcome);
done:
    part_free(&p);
    return st;
}
