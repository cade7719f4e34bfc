/* The driver: the outline of a solve, one call for each step (solver/METHOD.md tells them).
 *
 * Prices come first: they prove a bound, and they lead construction and search, which look for
 * plans where prices say that something is lost. What gap remains is closed by evidence: branch and
 * cut, or branch and price. Before each step after the first plan the run is asked if it is over.
 */
#include "engine/engine.h"

#include "base/clock.h"
#include "engine/engine_tuning.h"
#include "engine/evidence.h"
#include "engine/plans/augment.h"
#include "engine/plans/construct.h"
#include "engine/plans/improve.h"
#include "engine/plans/seat.h"
#include "engine/plans/start.h"
#include "engine/prices/prices.h"
#include "engine/run/run_build.h"
#include "engine/whole.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Streams of random numbers: each search has one of its own. */
enum { STREAM_CONSTRUCT = 1, STREAM_NEIGHBOURHOODS = 2 };

/* Prices as numbers to search by. */
static plaats_status search_prices(const model *m, const model_prices *from, double **price,
                                   plaats_error *error) {
    plaats_status st = PLAATS_OK;
    TRY_ALLOC(*price = zero_alloc((size_t)m->n_rows, sizeof **price));
    for (int i = 0; i < m->n_rows && from->prices != NULL; i++)
        (*price)[i] = (double)from->prices[i] / (double)from->scale;
done:
    return st;
}

/* What a person unplaced counts for at these prices. */
static double none_price(const run *r, const model_prices *from) {
    if (from->goal != GOAL_REST) return (double)r->m->unplaced_points;
    return (double)from->weight_price / (double)from->scale;
}

/* Has the best plan its origin in construction at these very prices? Better ones prove more. */
static bool is_constructed(const run *r, const model_prices *from) {
    return from == &r->proof && r->constructed_bound == r->proof_bound;
}

/* A plan by construction at the given prices (none: all zero). */
static plaats_status construct_state(run *r, const model_prices *from, const double *price,
                                     state *s, plaats_error *error) {
    plaats_status st = PLAATS_OK;

    TRY(construct_from_prices(&r->g, price, none_price(r, from), r->threads, s, error));
    run_offer(r, s->at, s->cost);
    TRY(augment_plan(r, price, s, error));
    if (from == &r->proof) r->constructed_bound = r->proof_bound;
done:
    return st;
}

/* The same, improved move by move. */
static plaats_status construct_plan(run *r, const model_prices *from, bool improve,
                                    plaats_error *error) {
    plaats_status st = PLAATS_OK;
    state s = {0};
    shortlist l = {0};
    double *price = NULL;
    random_stream random = random_start(STREAM_CONSTRUCT);

    r->step = "construct";
    TRY(search_prices(r->m, from, &price, error));
    TRY(state_build(&r->g, &s, error));
    if (is_constructed(r, from))
        state_load(&s, r->best);
    else
        TRY(construct_state(r, from, price, &s, error));
    run_offer(r, s.at, s.cost);
    if (!improve) goto done;
    TRY(shortlist_build(&r->g, price, none_price(r, from), ENGINE_SHORTLIST, r->threads, &l,
                        error));
    TRY(improve_by_moves(r, &l, &s, &random, error));
done:
    free(price);
    shortlist_free(&l);
    state_free(&s);
    return st;
}

/* A plan at once: whatever strikes later, there is one. */
static plaats_status first_plan(run *r, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    state s = {0};

    if (r->m->start == NULL) return construct_plan(r, &r->proof, false, error);
    r->step = "construct";
    TRY(state_build(&r->g, &s, error));
    start_from_previous(r->m, &s);
    run_offer(r, s.at, s.cost);
done:
    state_free(&s);
    return st;
}

/* Where prices take long, a plan from rough ones: the clock may strike before there are better. */
static plaats_status rough_plan(run *r, plaats_error *error) {
    if (r->m->n_units < ENGINE_MANY_UNITS || run_over(r)) return PLAATS_OK;
    return construct_plan(r, &r->proof, false, error);
}

static plaats_status search_neighbourhoods(run *r, neighbourhood_purpose purpose,
                                           plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const model_prices *from = r->rest.prices != NULL ? &r->rest : &r->proof;
    state s = {0};
    shortlist l = {0};
    double *price = NULL;
    random_stream random = random_start(STREAM_NEIGHBOURHOODS);

    TRY(search_prices(r->m, from, &price, error));
    TRY(state_build(&r->g, &s, error));
    state_load(&s, r->best);
    TRY(shortlist_build(&r->g, price, none_price(r, from), ENGINE_SHORTLIST, r->threads, &l,
                        error));
    TRY(improve_by_moves(r, &l, &s, &random, error));
    TRY(improve_by_neighbourhoods(r, &l, &s, purpose, &random, error));
done:
    free(price);
    shortlist_free(&l);
    state_free(&s);
    return st;
}

/* Prices for the rest, given the unplaced total: U no longer drowns them. */
static plaats_status price_rest(run *r, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int64_t bound;

    r->rest.most_weight = r->best_weight;
    TRY(prices_find(r, &r->rest, &r->rest_bound, NULL, error));
    /* Branch and cut will give it as a case of the proof. */
    if (r->settings->method == PLAATS_METHOD_GLPK &&
        !__builtin_mul_overflow(r->m->unplaced_points, r->best_weight, &bound) &&
        !__builtin_add_overflow(bound, r->rest_bound, &bound))
        run_raise_bound(r, bound);
    if (!run_over(r)) TRY(construct_plan(r, &r->rest, true, error));
done:
    return st;
}

/* With U "first" the unplaced total is worth more than all else, and it is a whole number: what
 * the prices prove of it is rounded up, and GLPK decides what that leaves open. */
static plaats_status settle_weight(run *r, whole_reduction reduction, plaats_error *error) {
    plaats_status st = PLAATS_OK;

    if (!r->first || r->best_weight == 0) return PLAATS_OK;
    TRY(prices_of_weight(r, error));
    if (reduction == WHOLE_REDUCED && !run_weight_settled(r) && !run_over(r))
        TRY(search_neighbourhoods(r, UNTIL_PLACED, error));
    if (reduction == WHOLE_UNREDUCED && !run_weight_settled(r) && !run_over(r))
        TRY(whole_settle_weight(r, error));
    if (!run_weight_settled(r) || r->best_weight == 0 || run_over(r)) goto done;
    if (reduction == WHOLE_REDUCED)
        run_expect_cases(r, 2 * CASES_OF_PRICES); /* to make and to check */
    TRY(price_rest(r, error));
    if (reduction == WHOLE_REDUCED) TRY(evidence_of_prices(r, error));
done:
    return st;
}

static plaats_outcome outcome_of(run *r) {
    if (run_optimal(r)) return PLAATS_OUTCOME_OPTIMAL;
    if (run_good_enough(r)) return PLAATS_OUTCOME_WITHIN_GAP;
    (void)run_over(r);
    if (r->end == RUN_STOPPED) return PLAATS_OUTCOME_STOPPED;
    return r->end == RUN_OUT_OF_TIME ? PLAATS_OUTCOME_TIME_LIMIT : PLAATS_OUTCOME_WORK_LIMIT;
}

/* However the search ended, nobody is left without a bed that costs no more. */
static plaats_status seat_the_rest(run *r, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    state s = {0};

    if (r->best_weight == 0) return PLAATS_OK;
    TRY(state_build(&r->g, &s, error));
    state_load(&s, r->best);
    run_spend(r, seat_unplaced(&s));
    run_offer(r, s.at, s.cost);
done:
    state_free(&s);
    return st;
}

static plaats_status take_result(run *r, engine_result *result, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int64_t cost;
    if (!model_cost(r->m, r->best, &cost) || cost != r->best_cost)
        return fail(error, PLAATS_INTERNAL, "the engine's plan does not add up");
    result->cost = cost + r->m->offset;
    result->bound = run_bound(r) + r->m->offset;
    result->outcome = outcome_of(r);
    TRY(evidence_take(r, &result->proof, error));
    result->method = r->settings->method == PLAATS_METHOD_GLPK ? "glpk" : "auto";
    result->iterations = r->iterations;
    result->work = r->work;
    result->threads = r->threads;
    result->seconds = clock_seconds() - r->start - r->settings->spent_seconds;
    result->at = r->best;
    r->best = NULL;
done:
    return st;
}

plaats_status engine_solve(const model *m, const plaats_settings *settings,
                           const run_reserve *reserve, engine_result *result, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    bool by_glpk = settings->method == PLAATS_METHOD_GLPK;
    whole_reduction reduction = by_glpk ? WHOLE_UNREDUCED : WHOLE_REDUCED;
    run r = {0};

    memset(result, 0, sizeof *result);
    TRY(run_build(&r, m, settings, reserve, error));
    TRY(first_plan(&r, error));
    /* Prices before all else: they prove, and they lead the search. */
    TRY(prices_find(&r, &r.proof, &r.proof_bound, rough_plan, error));
    if (!by_glpk && !run_over(&r)) TRY(construct_plan(&r, &r.proof, true, error));
    if (!run_over(&r)) TRY(settle_weight(&r, reduction, error));
    if (!by_glpk && !run_over(&r) && !run_good_enough(&r))
        TRY(search_neighbourhoods(&r, evidence_finds_plans(&r) ? BRIEFLY : UNTIL_FRUITLESS, error));
    if (!run_over(&r) && !run_good_enough(&r))
        TRY(by_glpk ? whole_solve(&r, reduction, error) : evidence_gather(&r, error));
    TRY(seat_the_rest(&r, error));
    TRY(take_result(&r, result, error));
done:
    run_free(&r);
    return st;
}

void engine_result_free(engine_result *result) {
    free(result->at);
    proof_free(&result->proof);
    memset(result, 0, sizeof *result);
}
