/* With people who must stay unplaced, what the prices of the weight and of the rest prove together:
 * U for each of them and what the rest costs, no more than is true, and the check finds the same.
 */
#include "engine/evidence.h"
#include "unit/engine_fixture.h"

#include "engine/prices/prices.h"

#define WEEKS 120

static void offer_all(tiny_week *w) {
    for (int i = 0; i < w->n_plans; i++) {
        int64_t cost;
        assert_true(model_cost(w->m, w->plans[i], &cost));
        run_offer(&w->r, w->plans[i], cost);
    }
}

/* False if prices leave open how many must stay unplaced, or nobody must. */
static bool find_prices(run *r) {
    assert_int_equal(prices_find(r, &r->proof, &r->proof_bound, NULL, NULL), PLAATS_OK);
    assert_int_equal(prices_of_weight(r, NULL), PLAATS_OK);
    if (r->best_weight == 0 || r->best_weight > r->least_weight) return false;
    r->rest.most_weight = r->best_weight;
    assert_int_equal(prices_find(r, &r->rest, &r->rest_bound, NULL, NULL), PLAATS_OK);
    return true;
}

static void prices_settle_who_stays_unplaced(void **state) {
    int n = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= WEEKS; seed++) {
        tiny_week w;
        run *r = &w.r;
        int64_t checked = 0;
        tiny_week_build(&w, seed, NONE);
        r->proof.goal = GOAL_COST;
        r->weight.goal = GOAL_WEIGHT;
        r->rest.goal = GOAL_REST;
        offer_all(&w);
        if (find_prices(r)) {
            assert_int_equal(evidence_of_prices(r, NULL), PLAATS_OK);
            assert_int_equal(r->evidence.n_cases, 2);
            assert_true(r->evidence.bound <= w.best);
            /* Rounded anew, to a scale that U leaves room for. */
            assert_true(r->evidence.bound >=
                        w.m->unplaced_points * r->least_weight + r->rest_bound - 1);
            assert_true(bound_by_check(&w, &r->evidence, &checked));
            assert_int_equal(checked, r->evidence.bound);
            n++;
        }
        tiny_week_free(&w);
    }
    assert_true(n > WEEKS / 10);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prices_settle_who_stays_unplaced),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
