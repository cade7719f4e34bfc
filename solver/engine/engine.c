#include "engine/engine.h"

#include "base/clock.h"
#include "base/threads.h"
#include "engine/construct.h"
#include "engine/core.h"
#include "engine/improve.h"
#include "engine/make_room.h"
#include "engine/packing_tree.h"
#include "engine/prices.h"
#include "engine/start.h"
#include "engine/tree.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SHORTLIST 14 /* sites per unit that search looks at, at least */
#define MANY_UNITS 10000
#define SMALL_OPTIONS 3000 /* of all units: below that GLPK is tried with the whole at last */
#define SMALL_NODES 1000   /* of our own tree, before */
#define PACKING_NODES 4000 /* of branch and price, where that tree came to no end */

/* The unit of the setting is a million steps. */
static int64_t work_limit(const plaats_settings *settings) {
    int64_t steps;
    return __builtin_mul_overflow(settings->work, 1000000, &steps) ? INT64_MAX : steps;
}

static plaats_status run_build(run *r, const model *m, const plaats_settings *settings,
                               plaats_error *error) {
    plaats_status st = PLAATS_OK;
    r->m = m;
    r->settings = settings;
    r->step = "construct";
    r->first = m->unplaced_first;
    r->start = clock_seconds() - settings->spent_seconds;
    r->deadline = r->start + settings->time_limit;
    r->threads = settings->threads > 0 ? (int)settings->threads : threads_of_machine();
    r->work_limit = work_limit(settings);
    r->solver_bound = INT64_MIN;
    r->root_bound = INT64_MIN;
    r->constructed_bound = INT64_MIN;
    r->proof.goal = GOAL_COST;
    r->weight.goal = GOAL_WEIGHT;
    r->rest.goal = GOAL_REST;
    for (int u = 0; u < m->n_units; u++)
        if (model_options(m, u).n == 0) r->least_weight += m->units[u].weight;
    TRY(grid_build(m, &r->g, error));
    TRY_ALLOC(r->best = zero_alloc((size_t)m->n_units, sizeof *r->best));
done:
    return st;
}

static void run_free(run *r) {
    grid_free(&r->g);
    free(r->best);
    free(r->proof.prices);
    free(r->weight.prices);
    free(r->rest.prices);
    proof_free(&r->evidence);
}

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

    TRY(construct(&r->g, price, none_price(r, from), r->threads, s, error));
    run_offer(r, s->at, s->cost);
    TRY(make_room(r, price, s, error));
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
    random_stream random = random_start(1);

    r->step = "construct";
    TRY(search_prices(r->m, from, &price, error));
    TRY(state_build(&r->g, &s, error));
    if (is_constructed(r, from))
        state_load(&s, r->best);
    else
        TRY(construct_state(r, from, price, &s, error));
    run_offer(r, s.at, s.cost);
    if (!improve) goto done;
    TRY(shortlist_build(&r->g, price, none_price(r, from), SHORTLIST, r->threads, &l, error));
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
    if (r->m->n_units < MANY_UNITS || run_over(r)) return PLAATS_OK;
    return construct_plan(r, &r->proof, false, error);
}

static plaats_status search_neighbourhoods(run *r, hood_purpose purpose, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const model_prices *from = r->rest.prices != NULL ? &r->rest : &r->proof;
    state s = {0};
    shortlist l = {0};
    double *price = NULL;
    random_stream random = random_start(2);

    TRY(search_prices(r->m, from, &price, error));
    TRY(state_build(&r->g, &s, error));
    state_load(&s, r->best);
    TRY(shortlist_build(&r->g, price, none_price(r, from), SHORTLIST, r->threads, &l, error));
    TRY(improve_by_moves(r, &l, &s, &random, error));
    TRY(improve_by_neighbourhoods(r, &l, &s, purpose, &random, error));
done:
    free(price);
    shortlist_free(&l);
    state_free(&s);
    return st;
}

/* How much weight every plan leaves unplaced at least, by prices of its own. */
static plaats_status price_weight(run *r, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    if (r->weight.prices != NULL) return PLAATS_OK;
    TRY(prices_find(r, &r->weight, &r->weight_bound, NULL, error));
    if (r->weight_bound > r->least_weight) r->least_weight = r->weight_bound;
done:
    return st;
}

/* GLPK decides what the prices leave open of the unplaced total. */
static plaats_status solve_weight(run *r, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    state s = {0};

    TRY(state_build(&r->g, &s, error));
    state_load(&s, r->best);
    TRY(core_settle_weight(r, CORE_WHOLE, &s, error));
done:
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
static plaats_status settle_weight(run *r, core_kind kind, plaats_error *error) {
    plaats_status st = PLAATS_OK;

    if (!r->first || r->best_weight == 0) return PLAATS_OK;
    TRY(price_weight(r, error));
    if (kind == CORE_REDUCED && !run_weight_settled(r) && !run_over(r))
        TRY(search_neighbourhoods(r, UNTIL_PLACED, error));
    if (kind == CORE_WHOLE && !run_weight_settled(r) && !run_over(r)) TRY(solve_weight(r, error));
    if (run_weight_settled(r) && r->best_weight > 0 && !run_over(r)) TRY(price_rest(r, error));
done:
    return st;
}

/* What is left of the gap goes to GLPK. With U "first" that needs the unplaced total settled. */
static plaats_status solve_core(run *r, core_kind kind, int64_t nodes, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    state s = {0};

    if (r->first && !run_weight_settled(r)) return PLAATS_OK;
    TRY(state_build(&r->g, &s, error));
    state_load(&s, r->best);
    TRY(core_solve(r, kind, nodes, &s, error));
done:
    state_free(&s);
    return st;
}

/* The scale of the evidence: large, but such that even the prices that settle the unplaced total
 * stay below 2^62. */
static int64_t evidence_scale(const model *m) {
    int64_t scale = 1000000;
    while (scale > 1 && (double)scale * (double)m->unplaced_points * 4e4 > 4e18) scale /= 10;
    return scale;
}

/* What a person unplaced costs in the relaxation: enough to tower above what sites differ by, and
 * not so much that it uses up the digits. */
static double enough_for_unplaced(const model *m) {
    double most = 0;
    for (int u = 0; u < m->n_units; u++) {
        options o = model_options(m, u);
        for (int i = 0; i < o.n; i++)
            most = fmax(most, fabs((double)option_cost(&o, i)) / m->units[u].persons);
    }
    return fmin((double)m->unplaced_points, 20 * most + 1000);
}

/* The weight's prices as a case, `factor` points for each weight. */
static void fill_weight_case(const run *r, double factor, int64_t scale, proof_case *c) {
    const model_prices *from = &r->weight;
    c->n_prices = 0;
    for (int i = 0; i < r->m->n_rows; i++) {
        double price = (double)from->prices[i] / (double)from->scale * factor;
        int64_t rounded = (int64_t)floor(price * (double)scale + 0.5);
        if (rounded > 0) c->prices[c->n_prices++] = (priced_row){i, rounded};
    }
    c->price_at_most =
        (int64_t)floor((factor - (double)r->m->unplaced_points) * (double)scale + 0.5);
}

/* No plan leaves less than `weight` unplaced: the case that says so, from the prices that prove it.
 * They prove a little more than weight - 1, and that little is multiplied until it outweighs every
 * plan. */
static plaats_status weight_case(run *r, int64_t weight, proof *out, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    proof_case c = {.n_given = 1};
    prover p = {0};

    TRY(prover_build(&r->g, &out->cuts, NULL, &p, error));
    TRY_ALLOC(c.given = zero_alloc(1, sizeof *c.given));
    c.given[0] = (decision){.kind = DECIDE_UNPLACED, .yes = false, .weight = weight};
    TRY_ALLOC(c.prices = zero_alloc((size_t)r->m->n_rows, sizeof *c.prices));
    for (int more = 2; more < 20000; more *= 4) {
        fill_weight_case(r, (double)r->m->unplaced_points * (1.0 + more), out->scale, &c);
        TRY(prove_case(&p, out->scale, &c, NULL, error));
        if (c.bound >= r->best_cost) break;
    }
    TRY(proof_add_case(out, &c, error));
done:
    proof_case_free(&c);
    prover_free(&p);
    return st;
}

static void drop_cases(proof *e) {
    while (e->n_cases > 0) proof_case_free(&e->cases[--e->n_cases]);
}

/* Few enough options for GLPK to have a chance with all of them. */
static bool is_small(const model *m) {
    int64_t n = 0;
    for (int u = 0; u < m->n_units; u++) n += model_options(m, u).n;
    return n <= SMALL_OPTIONS;
}

/* Can fewer people stay unplaced than the best plan leaves? Asked until the answer is no; the cases
 * that say so are the evidence. Where the prices say so by themselves, one case is enough. */
static plaats_status ask_for_fewer(run *r, int64_t *bound, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    proof *e = &r->evidence;
    bool closed = true, proved = false;

    TRY(price_weight(r, error));
    while (r->best_weight > r->least_weight && closed && !run_over(r)) {
        int64_t weight = r->best_weight;
        tree_question ask = {.goal = GOAL_WEIGHT,
                             .none = 1,
                             .is_given = true,
                             .given = {.kind = DECIDE_UNPLACED, .yes = false, .weight = weight},
                             .prices = &r->weight,
                             .nodes = is_small(r->m) ? SMALL_NODES : INT64_MAX};
        drop_cases(e);
        TRY(tree_solve(r, &ask, e, bound, &closed, error));
        proved = closed && r->best_weight == weight;
        if (proved) r->least_weight = weight;
        closed = closed || r->best_weight < weight;
    }
    /* Cases that found a plan with fewer prove nothing of how few there can be. */
    if (!proved) {
        drop_cases(e);
        *bound = INT64_MAX;
    }
    if (e->n_cases > 0 || r->least_weight == 0) goto done;
    TRY(weight_case(r, r->least_weight, e, error));
    *bound = e->cases[0].bound;
done:
    return st;
}

/* The first `n` cases go last: who reads prices looks at the first case, and those that settle the
 * unplaced total say little. */
static plaats_status put_last(proof *e, int n, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    proof_case *first = NULL;
    size_t rest = (size_t)(e->n_cases - n);

    TRY_ALLOC(first = zero_alloc((size_t)n, sizeof *first));
    memcpy(first, e->cases, (size_t)n * sizeof *first);
    memmove(e->cases, e->cases + n, rest * sizeof *first);
    memcpy(e->cases + rest, first, (size_t)n * sizeof *first);
done:
    free(first);
    return st;
}

/* Settles the unplaced total, and asks what the least cost is with no less unplaced than that. */
static plaats_status branch_and_cut(run *r, int64_t nodes, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    tree_question ask = {.goal = GOAL_COST, .prices = &r->proof, .nodes = nodes};
    proof *e = &r->evidence;
    int64_t least = INT64_MAX;
    int n_weight;
    bool closed;

    r->step = "core";
    e->scale = evidence_scale(r->m);
    ask.none = r->first ? enough_for_unplaced(r->m) : (double)r->m->unplaced_points;
    if (r->first && r->best_weight > 0) TRY(ask_for_fewer(r, &least, error));
    if (r->rest.prices != NULL) ask.prices = &r->rest;
    if (r->first && r->least_weight > 0) {
        ask.is_given = true;
        ask.given = (decision){.kind = DECIDE_UNPLACED, .yes = true, .weight = r->least_weight};
    }
    n_weight = e->n_cases;
    TRY(tree_solve(r, &ask, e, &e->bound, &closed, error));
    TRY(put_last(e, n_weight, error));
    if (least < e->bound) e->bound = least;
done:
    r->root_bound = INT64_MIN; /* the evidence has it now */
    return st;
}

/* Packings say most where few units fill a site, and prices and cuts little. */
static plaats_status try_packing(run *r, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    proof e = {.scale = evidence_scale(r->m)};

    TRY(packing_solve(r, PACKING_NODES, &e, &e.bound, error));
    if (e.bound > r->evidence.bound) {
        proof other = r->evidence;
        r->evidence = e;
        e = other;
    }
    r->root_bound = INT64_MIN; /* the evidence has it now */
done:
    proof_free(&e);
    return st;
}

/* Branch and cut with proof. A small week goes to branch and price too if that tree has not come to
 * an end, and then to GLPK for its word. */
static plaats_status prove_or_core(run *r, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    bool small = is_small(r->m);
    int64_t word;

    if (packing_suits(r)) {
        r->step = "core";
        r->evidence.scale = evidence_scale(r->m);
        TRY(packing_solve(r, INT64_MAX, &r->evidence, &r->evidence.bound, error));
        r->root_bound = INT64_MIN; /* the evidence has it now */
        goto done;
    }
    word = r->solver_bound;
    r->solver_bound = INT64_MIN; /* the proof comes first */
    TRY(branch_and_cut(r, small ? SMALL_NODES : INT64_MAX, error));
    if (small && !run_over(r) && !run_good_enough(r) && packing_can(r)) TRY(try_packing(r, error));
    run_raise_bound(r, word);
    if (small && !run_over(r) && !run_good_enough(r)) TRY(solve_core(r, CORE_REDUCED, 0, error));
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

/* The case that one set of prices makes. */
static plaats_status single_case(const run *r, proof *out, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const model_prices *p = &r->proof;
    proof_case *c;

    TRY_ALLOC(out->cases = c = zero_alloc(1, sizeof *c));
    TRY_ALLOC(c->prices = zero_alloc((size_t)r->m->n_rows, sizeof *c->prices));
    for (int32_t i = 0; i < r->m->n_rows; i++)
        if (p->prices[i] > 0) c->prices[c->n_prices++] = (priced_row){i, p->prices[i]};
    out->n_cases = 1;
    out->scale = p->scale;
    out->bound = c->bound = r->proof_bound;
done:
    return st;
}

/* What proves more: the prices of the whole, or the cases of branch and cut. */
static plaats_status take_proof(run *r, proof *out, plaats_error *error) {
    if (r->evidence.n_cases == 0 || r->evidence.bound <= r->proof_bound)
        return single_case(r, out, error);
    *out = r->evidence;
    r->evidence = (proof){0};
    return PLAATS_OK;
}

static plaats_status take_result(run *r, engine_result *result, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int64_t cost;
    if (!model_cost(r->m, r->best, &cost) || cost != r->best_cost)
        return fail(error, PLAATS_INTERNAL, "the engine's plan does not add up");
    result->cost = cost;
    result->bound = run_bound(r);
    result->outcome = outcome_of(r);
    TRY(take_proof(r, &result->proof, error));
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

plaats_status engine_solve(const model *m, const plaats_settings *settings, engine_result *result,
                           plaats_error *error) {
    plaats_status st = PLAATS_OK;
    bool by_glpk = settings->method == PLAATS_METHOD_GLPK;
    core_kind kind = by_glpk ? CORE_WHOLE : CORE_REDUCED;
    run r = {0};

    memset(result, 0, sizeof *result);
    TRY(run_build(&r, m, settings, error));
    TRY(first_plan(&r, error));
    /* Prices before all else: they prove, and they lead the search. */
    TRY(prices_find(&r, &r.proof, &r.proof_bound, rough_plan, error));
    if (!by_glpk && !run_over(&r)) TRY(construct_plan(&r, &r.proof, true, error));
    if (!run_over(&r)) TRY(settle_weight(&r, kind, error));
    if (!by_glpk && !run_over(&r) && !run_good_enough(&r))
        TRY(search_neighbourhoods(&r, UNTIL_FRUITLESS, error));
    if (!run_over(&r) && !run_good_enough(&r))
        TRY(by_glpk ? solve_core(&r, kind, 0, error) : prove_or_core(&r, error));
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
