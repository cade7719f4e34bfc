/* What prices prove by themselves, as cases of a proof. With U "first" there are two, by what is
 * unplaced: no plan leaves less than W, and those that leave at least W cost at least so much. One
 * case cannot say that less is impossible (solver/PROOF.md).
 */
#include "engine/engine_tuning.h"
#include "engine/evidence.h"
#include "engine/evidence_parts.h"
#include "engine/proof/integer_prices.h"

#include <assert.h>
#include <math.h>

int64_t evidence_scale(const model *m) {
    double points = fmax((double)m->unplaced_points, (double)m->previous.keep_points);
    int64_t scale = ENGINE_FINEST_SCALE;
    while (scale > 1 && (double)scale * points * ENGINE_SCALE_FACTOR > ENGINE_SCALED_LIMIT)
        scale /= 10;
    return scale;
}

/* Prices, `factor` times, as those of a case. */
static void fill_prices(const run *r, const model_prices *from, double factor, int64_t scale,
                        proof_case *c) {
    c->n_prices = 0;
    for (int i = 0; i < r->m->n_rows; i++) {
        double price = (double)from->prices[i] / (double)from->scale * factor;
        int64_t whole = whole_row_price(&r->m->rows[i], price, scale);
        if (whole > 0) c->prices[c->n_prices++] = (priced_row){i, whole};
    }
}

static plaats_status new_unplaced_case(const run *r, bool at_least, int64_t weight, proof_case *c,
                                       plaats_error *error) {
    plaats_status st = PLAATS_OK;
    *c = (proof_case){.n_given = 1};
    TRY_ALLOC(c->given = zero_alloc(1, sizeof *c->given));
    c->given[0] = (decision){.kind = DECIDE_UNPLACED, .yes = at_least, .weight = weight};
    TRY_ALLOC(c->prices = zero_alloc((size_t)r->m->n_rows, sizeof *c->prices));
done:
    return st;
}

/* The prices prove a little more than weight - 1, and that little is multiplied until it outweighs
 * every plan. */
plaats_status evidence_add_weight_case(run *r, int64_t weight, proof *out, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    double points = (double)r->m->unplaced_points;
    proof_case c = {0};
    prover p = {0};

    assert(r->weight.prices != NULL && weight >= 0 && out->scale > 0);
    TRY(prover_build(&r->g, &out->cuts, NULL, &p, error));
    TRY(new_unplaced_case(r, false, weight, &c, error));
    for (int more = ENGINE_WEIGHT_FACTOR; more < ENGINE_MOST_WEIGHT_FACTOR;
         more *= ENGINE_WEIGHT_FACTOR_GROWTH) {
        fill_prices(r, &r->weight, points * (1.0 + more), out->scale, &c);
        c.price_at_most = whole_price(points * more, out->scale);
        TRY(proof_evaluate_case(&p, out->scale, &c, NULL, error));
        if (c.bound >= r->best_cost) break;
    }
    TRY(proof_add_case(out, &c, error));
done:
    proof_case_free(&c);
    prover_free(&p);
    return st;
}

/* What the prices of the rest prove of plans that leave at least so much unplaced. */
static plaats_status rest_case(run *r, int64_t weight, proof *out, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    double worth = (double)r->rest.weight_price / (double)r->rest.scale;
    double points = (double)r->m->unplaced_points;
    proof_case c = {0};
    prover p = {0};

    assert(r->rest.prices != NULL && weight >= 0 && out->scale > 0);
    TRY(prover_build(&r->g, &out->cuts, NULL, &p, error));
    TRY(new_unplaced_case(r, true, weight, &c, error));
    fill_prices(r, &r->rest, 1, out->scale, &c);
    c.price_at_least = whole_price(points - worth, out->scale);
    TRY(proof_evaluate_case(&p, out->scale, &c, NULL, error));
    TRY(proof_add_case(out, &c, error));
done:
    proof_case_free(&c);
    prover_free(&p);
    return st;
}

void evidence_keep_better(run *r, proof *e) {
    if (r->evidence.n_cases == 0 || e->bound > r->evidence.bound) {
        proof other = r->evidence;
        r->evidence = *e;
        *e = other;
    }
    proof_free(e);
}

plaats_status evidence_of_prices(run *r, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    proof e = {.scale = evidence_scale(r->m)};

    /* The whole's own prices may have settled it; or the clock struck before there were others. */
    if (r->least_weight < r->best_weight || r->weight.prices == NULL || r->rest.prices == NULL)
        return PLAATS_OK;
    TRY(rest_case(r, r->least_weight, &e, error));
    TRY(evidence_add_weight_case(r, r->least_weight, &e, error));
    e.bound = e.cases[0].bound < e.cases[1].bound ? e.cases[0].bound : e.cases[1].bound;
    evidence_keep_better(r, &e);
    run_expect_cases(r, r->evidence.n_cases);
done:
    proof_free(&e);
    return st;
}
