/* How the gap is closed that prices leave: which method is at work in which week, and what its
 * cases are handed over as.
 */
#include "engine/evidence.h"

#include "base/checked.h"
#include "engine/branch_cut/tree.h"
#include "engine/branch_price/pricing.h"
#include "engine/engine_tuning.h"
#include "engine/evidence_parts.h"
#include "engine/prices/prices.h"
#include "engine/whole.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What a person unplaced costs in the relaxation: enough to tower above what sites differ by, and
 * not so much that it uses up the digits. */
static double enough_for_unplaced(const model *m) {
    double most = 0;
    for (int u = 0; u < m->n_units; u++) {
        options o = model_options(m, u);
        for (int i = 0; i < o.n; i++)
            most = fmax(most, fabs((double)option_cost(&o, i)) / m->units[u].persons);
    }
    return fmin((double)m->unplaced_points, ENGINE_UNPLACED_TIMES * most + ENGINE_UNPLACED_POINTS);
}

static void drop_cases(proof *e) {
    while (e->n_cases > 0) proof_case_free(&e->cases[--e->n_cases]);
}

/* Few enough options for GLPK to have a chance with all of them. */
static bool is_small(const model *m) {
    int64_t n = 0;
    for (int u = 0; u < m->n_units; u++) n += model_options(m, u).n;
    return n <= ENGINE_SMALL_OPTIONS;
}

/* Can fewer people stay unplaced than the best plan leaves? Asked until the answer is no; the cases
 * that say so are the evidence. Where the prices say so by themselves, one case is enough. */
static plaats_status ask_for_fewer(run *r, proof *e, int64_t *bound, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    bool closed = true, proved = false;

    TRY(prices_of_weight(r, error));
    while (r->best_weight > r->least_weight && closed && !run_over(r)) {
        int64_t weight = r->best_weight;
        tree_question ask = {.goal = GOAL_WEIGHT,
                             .none = 1,
                             .is_given = true,
                             .given = {.kind = DECIDE_UNPLACED, .yes = false, .weight = weight},
                             .prices = &r->weight,
                             .nodes = is_small(r->m) ? ENGINE_SMALL_NODES : INT64_MAX};
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
    TRY(evidence_add_weight_case(r, r->least_weight, e, error));
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

    assert(n >= 0 && n <= e->n_cases);
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
    proof e = {.scale = evidence_scale(r->m)};
    int64_t least = INT64_MAX;
    int n_weight;
    bool closed;

    r->step = "core";
    ask.none = r->first ? enough_for_unplaced(r->m) : (double)r->m->unplaced_points;
    if (r->first && r->best_weight > 0) TRY(ask_for_fewer(r, &e, &least, error));
    if (r->rest.prices != NULL) ask.prices = &r->rest;
    if (r->first && r->least_weight > 0) {
        ask.is_given = true;
        ask.given = (decision){.kind = DECIDE_UNPLACED, .yes = true, .weight = r->least_weight};
    }
    n_weight = e.n_cases;
    TRY(tree_solve(r, &ask, &e, &e.bound, &closed, error));
    TRY(put_last(&e, n_weight, error));
    if (least < e.bound) e.bound = least;
    evidence_keep_better(r, &e);
done:
    proof_free(&e);
    r->root_bound = INT64_MIN; /* the evidence has it now */
    return st;
}

/* Patterns say most where few units fill a site, and prices and cuts little. */
static plaats_status branch_and_price(run *r, int64_t nodes, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    proof e = {.scale = evidence_scale(r->m)};

    r->step = "core";
    TRY(pricing_solve(r, nodes, &e, &e.bound, error));
    evidence_keep_better(r, &e);
    r->root_bound = INT64_MIN; /* the evidence has it now */
done:
    proof_free(&e);
    return st;
}

bool evidence_finds_plans(const run *r) {
    return pricing_suits(r);
}

plaats_status evidence_gather(run *r, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    bool small = is_small(r->m);
    int64_t word;

    if (pricing_suits(r)) {
        TRY(branch_and_price(r, INT64_MAX, error));
        goto done;
    }
    word = r->solver_bound;
    r->solver_bound = INT64_MIN; /* the proof comes first */
    TRY(branch_and_cut(r, small ? ENGINE_SMALL_NODES : INT64_MAX, error));
    if (small && !run_over(r) && !run_good_enough(r) && pricing_can(r))
        TRY(branch_and_price(r, ENGINE_PATTERN_NODES, error));
    run_raise_bound(r, word);
    if (small && !run_over(r) && !run_good_enough(r)) TRY(whole_solve(r, WHOLE_REDUCED, error));
done:
    return st;
}

/* The case that one set of prices makes. */
static plaats_status single_case(const run *r, proof *out, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const model_prices *p = &r->proof;
    proof_case *c;

    assert(p->prices != NULL);
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

/* A unit's price is of what it really costs, its share of the offset included. False if one does
 * not fit in 64 bits, which only a unit of a great many people with a great many points could do.
 */
static bool add_unit_offsets(const model *m, int64_t scale, proof_case *c) {
    for (int u = 0; c->unit_prices != NULL && u < m->n_units; u++)
        if (add_product_overflows(&c->unit_prices[u], scale, model_unit_offset(m, u))) return false;
    return true;
}

static bool add_offsets(const model *m, proof *p) {
    for (int i = 0; i < p->n_cases; i++)
        if (!add_unit_offsets(m, p->scale, &p->cases[i]) ||
            add_overflows(&p->cases[i].bound, m->offset))
            return false;
    return !add_overflows(&p->bound, m->offset);
}

plaats_status evidence_take(run *r, proof *out, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    bool more = r->evidence.n_cases > 0 && r->evidence.bound > r->proof_bound;

    if (more && add_offsets(r->m, &r->evidence)) {
        *out = r->evidence;
        r->evidence = (proof){0};
        return PLAATS_OK;
    }
    TRY(single_case(r, out, error));
    if (!add_offsets(r->m, out)) st = fail(error, PLAATS_INTERNAL, "the bound does not fit");
done:
    return st;
}
