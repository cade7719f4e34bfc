#include "engine/engine.h"

#include "base/clock.h"
#include "engine/construct.h"
#include "engine/core.h"
#include "engine/improve.h"
#include "engine/prices.h"

#include <stdlib.h>
#include <string.h>

#define SHORTLIST 12 /* sites per unit that search looks at */

/* Writing and checking the plan comes after the engine and counts too. */
static double seconds_to_write(const model *m) {
    double pairs = 0;
    for (int u = 0; u < m->n_units; u++) pairs += model_options(m, u).n;
    return 0.02 + pairs * 1.5e-7;
}

static plaats_status run_build(run *r, const model *m, const plaats_settings *settings,
                               plaats_error *error) {
    plaats_status st = PLAATS_OK;
    r->m = m;
    r->settings = settings;
    r->start = clock_seconds() - settings->spent_seconds;
    r->deadline = r->start + settings->time_limit - seconds_to_write(m);
    r->solver_bound = INT64_MIN;
    r->scale = 1;
    r->step = "prices";
    TRY(grid_build(m, &r->g, error));
    TRY_ALLOC(r->best = zero_alloc((size_t)m->n_units, sizeof *r->best));
    TRY_ALLOC(r->prices = zero_alloc((size_t)m->n_rows, sizeof *r->prices));
done:
    return st;
}

static void run_free(run *r) {
    grid_free(&r->g);
    free(r->best);
    free(r->prices);
}

/* The prices of the best proof as numbers to search by. */
static plaats_status search_prices(const run *r, double **price, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    TRY_ALLOC(*price = zero_alloc((size_t)r->m->n_rows, sizeof **price));
    for (int i = 0; i < r->m->n_rows; i++) (*price)[i] = (double)r->prices[i] / (double)r->scale;
done:
    return st;
}

/* A plan at once, by prices of zero: whatever strikes later, there is one. */
static plaats_status first_plan(run *r, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    state s = {0};
    double *zero = NULL;

    r->step = "construct";
    TRY_ALLOC(zero = zero_alloc((size_t)r->m->n_rows, sizeof *zero));
    TRY(prices_offer(r, zero, error));
    TRY(state_build(&r->g, &s, error));
    TRY(construct(&r->g, zero, &s, error));
    run_offer(r, s.at, s.cost);
done:
    state_free(&s);
    free(zero);
    return st;
}

static plaats_status improve(run *r, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    state s = {0};
    shortlist l = {0};
    double *price = NULL;
    random_stream random = random_start(1);

    TRY(search_prices(r, &price, error));
    TRY(state_build(&r->g, &s, error));
    TRY(construct(&r->g, price, &s, error));
    if (!run_offer(r, s.at, s.cost)) state_load(&s, r->best);
    TRY(shortlist_build(&r->g, price, SHORTLIST, &l, error));
    TRY(improve_by_moves(r, &l, &s, &random, error));
    TRY(improve_by_neighbourhoods(r, &l, &s, &random, error));
done:
    free(price);
    shortlist_free(&l);
    state_free(&s);
    return st;
}

static plaats_status solve_core(run *r, core_kind kind, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    state s = {0};

    TRY(state_build(&r->g, &s, error));
    if (kind == CORE_REDUCED) state_load(&s, r->best);
    TRY(core_solve(r, kind, &s, error));
done:
    state_free(&s);
    return st;
}

static plaats_outcome outcome_of(run *r) {
    bool over;
    if (run_optimal(r)) return PLAATS_OUTCOME_OPTIMAL;
    if (run_good_enough(r)) return PLAATS_OUTCOME_WITHIN_GAP;
    over = run_over(r);
    if (r->stopped) return PLAATS_OUTCOME_STOPPED;
    return over ? PLAATS_OUTCOME_TIME_LIMIT : PLAATS_OUTCOME_WORK_LIMIT;
}

static plaats_status take_result(run *r, engine_result *result, plaats_error *error) {
    int64_t cost;
    if (!model_cost(r->m, r->best, &cost) || cost != r->best_cost)
        return fail(error, PLAATS_INTERNAL, "the engine's plan does not add up");
    result->at = r->best;
    result->prices = r->prices;
    r->best = NULL;
    r->prices = NULL;
    result->cost = cost;
    result->bound = run_bound(r);
    result->scale = r->scale;
    result->proof_bound = r->proof_bound;
    result->outcome = outcome_of(r);
    result->method = r->settings->method == PLAATS_METHOD_GLPK ? "glpk" : "auto";
    result->iterations = r->iterations;
    result->seconds = clock_seconds() - r->start - r->settings->spent_seconds;
    return PLAATS_OK;
}

plaats_status engine_solve(const model *m, const plaats_settings *settings, engine_result *result,
                           plaats_error *error) {
    plaats_status st = PLAATS_OK;
    run r = {0};

    memset(result, 0, sizeof *result);
    TRY(run_build(&r, m, settings, error));
    TRY(first_plan(&r, error));
    /* Prices before all else: they prove, and they lead the search. */
    if (!run_over(&r)) TRY(prices_find(&r, error));
    if (settings->method == PLAATS_METHOD_AUTO) {
        if (!run_over(&r) && !run_good_enough(&r)) TRY(improve(&r, error));
        if (!run_over(&r) && !run_good_enough(&r)) TRY(solve_core(&r, CORE_REDUCED, error));
    } else if (!run_over(&r)) {
        TRY(solve_core(&r, CORE_WHOLE, error));
    }
    TRY(take_result(&r, result, error));
done:
    run_free(&r);
    return st;
}

void engine_result_free(engine_result *result) {
    free(result->at);
    free(result->prices);
    memset(result, 0, sizeof *result);
}
