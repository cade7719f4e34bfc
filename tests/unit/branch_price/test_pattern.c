/* Patterns: the best one of a site is the best of all sets that fit, and what unit prices prove no
 * plan undercuts. */
#include "engine/branch_price/evaluate.h"
#include "engine/branch_price/pricing.h"
#include "unit/engine_fixture.h"

#define WEEKS 60

/* Do the units of the set fit into what the site keeps? */
static bool fits(const pattern_finder *p, int site, const bid *bids, int n, unsigned set) {
    for (int r = p->first[site]; r < p->first[site + 1]; r++) {
        int64_t load = 0;
        for (int i = 0; i < n; i++) {
            int32_t u = bids[i].unit;
            if ((set >> i & 1) == 0) continue;
            for (int32_t e = p->g->use_start[u]; e < p->g->use_start[u + 1]; e++)
                if (p->g->use_resource[e] == p->rows[r].resource) load += p->g->use_count[e];
        }
        if (load > p->rows[r].limit) return false;
    }
    return true;
}

static int64_t value_of(const bid *bids, int n, unsigned set) {
    int64_t sum = 0;
    for (int i = 0; i < n; i++) sum += (set >> i & 1) != 0 ? bids[i].value : 0;
    return sum;
}

static void expect_best_pattern(pattern_finder *p, int site, const bid *bids, int n) {
    int32_t units[16];
    pattern made = {.units = units};
    int64_t least = 0, sum = 0, steps = 0;
    unsigned chosen = 0;

    assert_int_equal(pattern_find(p, site, bids, n, &made, &steps, NULL), PLAATS_OK);
    for (unsigned set = 0; set < 1u << n; set++)
        if (fits(p, site, bids, n, set) && value_of(bids, n, set) < least)
            least = value_of(bids, n, set);
    for (int k = 0; k < made.n; k++)
        for (int i = 0; i < n; i++)
            if (bids[i].unit == made.units[k]) {
                chosen |= 1u << i;
                sum += bids[i].value;
            }
    assert_int_equal(made.value, least);
    assert_int_equal(sum, least);
    assert_true(fits(p, site, bids, n, chosen));
}

static void the_best_pattern_is_the_best_of_all_sets(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= WEEKS; seed++) {
        tiny_week w;
        pattern_finder p = {0};
        random_stream s = random_start(seed);
        tiny_week_build(&w, seed, NONE);
        assert_true(pattern_suits(&w.r.g));
        assert_int_equal(pattern_finder_build(&w.r.g, &p, NULL), PLAATS_OK);
        for (int j = 0; j < w.m->n_sites; j++) {
            bid bids[10];
            int n = 0;
            for (int u = 0; u < w.m->n_units && n < 10; u++)
                if (chance(&s, 70)) bids[n++] = (bid){u, -draw(&s, 1, 100)};
            expect_best_pattern(&p, j, bids, n);
        }
        pattern_finder_free(&p);
        tiny_week_free(&w);
    }
}

/* Whatever the prices, no plan costs less than they prove. */
static void unit_prices_prove_no_more_than_is_true(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= WEEKS; seed++) {
        tiny_week w;
        evaluator a = {0};
        proof_case c = {0};
        random_stream s = random_start(seed);
        tiny_week_build(&w, seed, 500);
        assert_int_equal(evaluator_build(&w.r.g, &a, NULL), PLAATS_OK);
        assert_non_null(c.unit_prices = zero_alloc((size_t)w.m->n_units, sizeof *c.unit_prices));
        fixings_take(&a, &c);
        for (int times = 0; times < 20; times++) {
            for (int u = 0; u < w.m->n_units; u++) c.unit_prices[u] = draw(&s, -200, 2000);
            assert_int_equal(evaluate(&a, 3, &c, NULL), PLAATS_OK);
            assert_true(c.bound <= w.best);
        }
        proof_case_free(&c);
        evaluator_free(&a);
        tiny_week_free(&w);
    }
}

/* The tree ends with the optimum, and the check finds the same bound in its cases. */
static void the_tree_proves_the_optimum(void **state) {
    int n = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= WEEKS; seed++) {
        tiny_week w;
        proof made = {.scale = 1000};
        int64_t checked = 0;
        tiny_week_build(&w, seed, 500);
        if (pricing_suits(&w.r)) {
            w.r.proof.scale = 1;
            assert_non_null(w.r.proof.prices = zero_alloc((size_t)w.m->n_rows, sizeof(int64_t)));
            assert_int_equal(pricing_solve(&w.r, INT64_MAX, &made, &made.bound, NULL), PLAATS_OK);
            assert_int_equal(w.r.best_cost, w.best);
            assert_int_equal(made.bound, w.best);
            assert_true(bound_by_check(&w, &made, &checked));
            assert_int_equal(checked, w.best);
            free(w.r.proof.prices);
            w.r.proof.prices = NULL;
            n++;
        }
        proof_free(&made);
        tiny_week_free(&w);
    }
    assert_true(n > WEEKS / 10);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_pattern_is_the_best_of_all_sets),
        cmocka_unit_test(unit_prices_prove_no_more_than_is_true),
        cmocka_unit_test(the_tree_proves_the_optimum),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
