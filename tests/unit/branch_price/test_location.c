/* The location relaxation: its prices prove what is true, and at least as much as prices on rows
 * do; a site is as open as anyone's share of it; decisions are kept to. */
#include "engine/branch_price/location.h"
#include "unit/engine_fixture.h"

#include "engine/prices/prices.h"

#include <math.h>

#define WEEKS 60
#define SCALE 1000

typedef struct {
    tiny_week w;
    evaluator a;
    location o;
    double *none;
    proof_case c;
} bench;

static void open_bench(bench *b, uint64_t seed) {
    memset(b, 0, sizeof *b);
    tiny_week_build(&b->w, seed, 500);
    const model *m = b->w.m;
    assert_int_equal(evaluator_build(&b->w.r.g, &b->a, NULL), PLAATS_OK);
    assert_non_null(b->none = zero_alloc((size_t)m->n_units, sizeof *b->none));
    for (int u = 0; u < m->n_units; u++) b->none[u] = (double)m->units[u].unplaced_cost;
    assert_int_equal(location_build(&b->w.r, b->none, &b->o, NULL), PLAATS_OK);
    size_t units = (size_t)m->n_units, rows = (size_t)m->n_rows, sites = (size_t)m->n_sites;
    assert_non_null(b->c.unit_prices = zero_alloc(units, sizeof *b->c.unit_prices));
    assert_non_null(b->c.prices = zero_alloc(rows, sizeof *b->c.prices));
    assert_non_null(b->c.given = zero_alloc(sites, sizeof *b->c.given));
}

static void close_bench(bench *b) {
    proof_case_free(&b->c);
    location_free(&b->o);
    evaluator_free(&b->a);
    free(b->none);
    tiny_week_free(&b->w);
}

/* What the relaxation proves under the case's decisions. */
static int64_t solve_case(bench *b) {
    lp_outcome outcome;
    proof_case none = {0};
    fixings_take(&b->a, &b->c);
    assert_int_equal(location_solve(&b->o, &b->a.in_force, &outcome, NULL), PLAATS_OK);
    assert_int_equal(outcome, LP_OPTIMAL);
    none.unit_prices = b->c.unit_prices;
    evaluate_blend_prices(b->o.g, SCALE, (case_prices){b->o.unit_price, b->o.row_price}, 1, &none,
                          &b->c);
    assert_int_equal(evaluate(&b->a, SCALE, &b->c, NULL), PLAATS_OK);
    return b->c.bound;
}

static void it_proves_as_much_as_prices_on_rows(void **state) {
    int more = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= WEEKS; seed++) {
        bench b;
        int64_t bound;
        open_bench(&b, seed);
        assert_int_equal(prices_find(&b.w.r, &b.w.r.proof, &b.w.r.proof_bound, NULL, NULL),
                         PLAATS_OK);
        bound = solve_case(&b);
        assert_true(bound <= b.w.best);
        assert_true(bound >= b.w.r.proof_bound - 1); /* prices are rounded */
        more += bound > b.w.r.proof_bound;
        close_bench(&b);
    }
    assert_true(more > WEEKS / 10);
}

static void a_site_is_as_open_as_any_share_of_it(void **state) {
    int half_open = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= WEEKS; seed++) {
        bench b;
        open_bench(&b, seed);
        (void)solve_case(&b);
        for (int k = 0; k < b.o.n_shares; k++) {
            double open = b.o.is_open[b.o.shares[k].site];
            assert_true(lp_x(b.o.p, b.o.first_share + k) <= open + 1e-5);
            half_open += open > 0.01 && open < 0.99;
        }
        close_bench(&b);
    }
    assert_true(half_open > 0);
}

/* The sites that a plan opens, as decisions. */
static void decide_like(bench *b, const int32_t *at) {
    b->c.n_given = 0;
    for (int j = 0; j < b->w.m->n_sites; j++) {
        bool used = false;
        if (b->o.open[j] == NONE) continue;
        for (int u = 0; u < b->w.m->n_units; u++) used = used || at[u] == j;
        b->c.given[b->c.n_given++] =
            (decision){.kind = DECIDE_OPEN, .yes = used, .unit = NONE, .site = j};
    }
}

static void it_keeps_to_decisions(void **state) {
    int decided = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= WEEKS; seed++) {
        bench b;
        random_stream s = random_start(seed);
        open_bench(&b, seed);
        for (int times = 0; times < 5; times++) {
            const int32_t *at = b.w.plans[draw(&s, 0, b.w.n_plans - 1)];
            int64_t cost;
            decide_like(&b, at);
            assert_true(model_cost(b.w.m, at, &cost));
            assert_true(solve_case(&b) <= cost);
            for (int i = 0; i < b.c.n_given; i++)
                assert_true(fabs(b.o.is_open[b.c.given[i].site] - b.c.given[i].yes) < 1e-6);
            decided += b.c.n_given;
        }
        close_bench(&b);
    }
    assert_true(decided > WEEKS);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_proves_as_much_as_prices_on_rows),
        cmocka_unit_test(a_site_is_as_open_as_any_share_of_it),
        cmocka_unit_test(it_keeps_to_decisions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
