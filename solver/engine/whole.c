/* The whole week as one program for GLPK, from the best plan on. Reduced, it has only options that
 * a better plan can use: one that alone loses more against its unit's best than lies between what
 * is proved and the plan in hand is fixed to 0 (reduced cost fixing: H. Crowder, E. Johnson and M.
 * Padberg 1983).
 */
#include "engine/whole.h"

#include "base/checked.h"
#include "engine/engine_tuning.h"
#include "engine/layout/choice.h"
#include "engine/plans/submip.h"

#include <assert.h>
#include <stdlib.h>

/* The prices that say most of a goal, what they prove, and what the plan in hand comes to. A better
 * plan must come in between. */
typedef struct {
    const model_prices *prices;
    int64_t bound, value;
} margin;

static margin margin_of(const run *r, model_goal goal, const state *s) {
    int64_t weight = model_unplaced_weight(r->m, s->at);
    if (goal == GOAL_WEIGHT) return (margin){&r->weight, r->weight_bound, weight};
    if (goal == GOAL_REST && r->rest.prices != NULL)
        return (margin){&r->rest, r->rest_bound, s->cost - r->m->unplaced_points * weight};
    return (margin){&r->proof, r->proof_bound, s->cost};
}

/* An option that alone loses more than the margin against its unit's best one is in no better
 * plan. A unit with no choice left stays out of the program. */
static plaats_status add_contested(const run *r, submip *p, const margin *between, const state *s,
                                   int u, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    options o = model_options(r->m, u);
    choice_prices prices = choice_prices_alone(&r->g, between->prices, u);
    int128 least = choice_cheapest_exact(&r->g, &prices, u, &o).value, most;
    int n = 0;

    /* + 1: the bound was rounded up. */
    most = least + (int128)between->prices->scale * ((int128)between->value - between->bound + 1);
    TRY(submip_unit(p, u, error));
    if (prices.none < most || s->at[u] == CHOICE_NONE) {
        TRY(submip_choice(p, CHOICE_NONE, error));
        n++;
    }
    for (int i = 0; i < o.n; i++) {
        choice c = choice_of_option(&o, i);
        int128 reduced = choice_value(&r->g, &prices, u, &o, i);
        if (reduced >= most && c != s->at[u]) continue;
        TRY(submip_choice(p, c, error));
        n++;
    }
    if (n == 1) submip_drop_unit(p);
done:
    return st;
}

static plaats_status add_all(const run *r, submip *p, int u, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    options o = model_options(r->m, u);
    TRY(submip_unit(p, u, error));
    TRY(submip_choice(p, CHOICE_NONE, error));
    for (int i = 0; i < o.n; i++) TRY(submip_choice(p, choice_of_option(&o, i), error));
done:
    return st;
}

/* One program over all units, from the best plan on; what comes out is offered. */
static plaats_status solve_stage(run *r, whole_reduction reduction, model_goal goal,
                                 int64_t *least_change, mip_outcome *outcome, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    submip p = {0};
    state s = {0};
    margin between;
    submip_result result = {0};
    mip_limits limits = {.seconds = run_seconds_left(r),
                         .steps = run_work_left(r),
                         .cuts = true,
                         .presolve = reduction == WHOLE_UNREDUCED,
                         .over = run_over_callback,
                         .context = r};

    assert(r->has_best);
    *least_change = INT64_MIN;
    *outcome = MIP_LIMIT;
    if (goal != GOAL_WEIGHT) limits.enough = run_enough(r);
    TRY(submip_build(&r->g, &p, error));
    TRY(state_build(&r->g, &s, error));
    state_load(&s, r->best);
    between = margin_of(r, goal, &s);
    p.goal = goal;
    for (int u = 0; u < r->m->n_units; u++) {
        if (reduction == WHOLE_UNREDUCED || between.prices->prices == NULL)
            TRY(add_all(r, &p, u, error));
        else
            TRY(add_contested(r, &p, &between, &s, u, error));
        if (reduction != WHOLE_UNREDUCED && p.n_choices > ENGINE_MOST_CHOICES) goto done;
    }
    TRY_ALLOC(result.at = zero_alloc((size_t)p.n_units, sizeof *result.at));
    TRY(submip_solve(&p, &s, &limits, reduction == WHOLE_REDUCED, &result, error));
    run_spend(r, result.steps);
    *outcome = result.outcome;
    *least_change = result.least_change;
    if (result.outcome == MIP_OPTIMAL || result.outcome == MIP_FEASIBLE) {
        if (submip_apply(&p, &s, result.at))
            run_offer(r, s.at, s.cost);
        else
            *outcome = MIP_FAILED;
    }
done:
    free(result.at);
    state_free(&s);
    submip_free(&p);
    return st;
}

/* What GLPK proved of a goal, as a change of the plan it started from. */
static bool proved(mip_outcome outcome, int64_t least_change) {
    return outcome != MIP_FAILED && outcome != MIP_NOTHING && least_change != INT64_MIN;
}

plaats_status whole_settle_weight(run *r, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int64_t before = r->best_weight, least_change;
    mip_outcome outcome;

    assert(r->first);
    r->step = "core";
    TRY(solve_stage(r, WHOLE_UNREDUCED, GOAL_WEIGHT, &least_change, &outcome, error));
    if (proved(outcome, least_change) && before + least_change > r->least_weight)
        r->least_weight = before + least_change;
done:
    return st;
}

plaats_status whole_solve(run *r, whole_reduction reduction, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    model_goal goal = r->first ? GOAL_REST : GOAL_COST;
    int64_t before = r->best_cost, least_change;
    mip_outcome outcome;

    if (r->first && !run_weight_settled(r)) return PLAATS_OK;
    r->step = "core";
    TRY(solve_stage(r, reduction, goal, &least_change, &outcome, error));
    if (proved(outcome, least_change))
        run_raise_bound(r, before + (least_change < 0 ? least_change : 0));
done:
    return st;
}
