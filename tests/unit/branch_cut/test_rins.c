/* RINS: the plan only gets better, and the relaxation stays what it is. */
#include "unit/relaxation_fixture.h"

#include "engine/branch_cut/rins.h"

#include <math.h>

#define ATTEMPTS 12
#define EVERYTHING 1e9 /* every column comes close */

typedef struct {
    tiny_week w;
    classes classes;
    cut_list cuts;
    relaxation x;
    rins rins;
    int32_t *at;
    double value;
} bench;

/* The relaxation of the week over all options, solved. The best plan has nobody placed. */
static void start_bench(bench *b) {
    const model *m = b->w.m;
    assert_int_equal(classes_build(&b->w.r.g, &b->classes, NULL), PLAATS_OK);
    assert_int_equal(relaxation_build(&b->w.r, GOAL_COST, (double)m->unplaced_points, &b->cuts,
                                      &b->classes, &b->x, NULL),
                     PLAATS_OK);
    add_all(&b->x);
    assert_int_equal(relaxation_start(&b->x, b->w.r.best, NULL), PLAATS_OK);
    b->value = solve(&b->x, false);
    rins_start(&b->rins, &b->w.r.g);
    assert_non_null(b->at = malloc(((size_t)m->n_units + 1) * sizeof *b->at));
}

static void open_bench(bench *b, uint64_t seed) {
    memset(b, 0, sizeof *b);
    alike_week_build(&b->w, seed, seed % 4 < 2 ? NONE : 300);
    start_bench(b);
}

static void open_packed_bench(bench *b, uint64_t seed) {
    memset(b, 0, sizeof *b);
    packed_week_build(&b->w, seed, 8, 8, 3 + (int)(seed % 5));
    start_bench(b);
}

static void close_bench(bench *b) {
    free(b->at);
    relaxation_free(&b->x);
    cut_list_free(&b->cuts);
    classes_free(&b->classes);
    tiny_week_free(&b->w);
}

/* One attempt; true if it found a better plan. */
static bool attempt(bench *b, double most) {
    run *r = &b->w.r;
    int64_t before = r->best_cost, cost;
    assert_int_equal(rins_attempt(&b->x, &b->rins, most, b->at, NULL), PLAATS_OK);
    assert_true(r->best_cost <= before);
    assert_true(model_cost(r->m, r->best, &cost));
    assert_int_equal(cost, r->best_cost);
    assert_int_equal(r->best_weight, model_unplaced_weight(r->m, r->best));
    assert_true((double)cost >= b->value - 1e-6 * (1 + fabs(b->value)));
    assert_in_range(b->rins.sites, 1, r->g.n_sites);
    /* What is fixed stays where it is. */
    for (int u = 0; u < r->m->n_units && cost < before; u++)
        if (b->x.fixed[b->classes.first[u]] != CHOICE_UNFIXED)
            assert_int_equal(r->best[u], b->x.fixed[b->classes.first[u]]);
    return cost < before;
}

/* ---- Tests --------------------------------------------------------------------------------- */

static void plans_only_get_better(void **state) {
    int gained = 0, weeks = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        bench b;
        int here = 0;
        open_packed_bench(&b, seed);
        for (int i = 0; i < ATTEMPTS; i++) {
            here += attempt(&b, 20);
            assert_true(near(solve(&b.x, true), b.value));
        }
        gained += here;
        weeks += here > 0;
        close_bench(&b);
    }
    assert_true(weeks == 20 && gained > 30);
}

/* Where nothing comes close, it is between the plan and the point. */
static void the_point_alone_helps(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        bench b;
        open_packed_bench(&b, seed);
        assert_true(attempt(&b, -1));
        close_bench(&b);
    }
}

/* A plan of what is fixed, and nobody else placed. */
static bool offer_fixed(bench *b) {
    run *r = &b->w.r;
    int64_t cost;
    for (int u = 0; u < r->m->n_units; u++) {
        int32_t site = b->x.fixed[b->classes.first[u]];
        b->at[u] = site == CHOICE_UNFIXED ? NONE : site;
    }
    return model_cost(r->m, b->at, &cost) && run_offer(r, b->at, cost);
}

static bool any_fixed(const bench *b) {
    for (int u = 0; u < b->w.m->n_units; u++)
        if (b->x.fixed[u] >= 0) return true;
    return false;
}

/* With most of it left out of the program or fixed. */
static void what_is_left_of_the_relaxation_will_do(void **state) {
    int gained = 0, beside_fixed = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        bench b;
        open_packed_bench(&b, seed);
        if (seed % 2 == 0) (void)attempt(&b, 20);
        assert_int_equal(relaxation_shrink(&b.x, seed % 4 < 2 ? 20 : 1, 1, NULL), PLAATS_OK);
        assert_true(near(solve(&b.x, true), b.value));
        (void)offer_fixed(&b);
        for (int i = 0; i < 4; i++) {
            bool better = attempt(&b, 20);
            gained += better;
            beside_fixed += better && any_fixed(&b);
            assert_true(near(solve(&b.x, true), b.value));
        }
        add_all(&b.x);
        assert_true(near(solve(&b.x, false), b.value));
        close_bench(&b);
    }
    assert_true(gained >= 40 && beside_fixed > 20);
}

/* Where everything is taken in, nothing is missed: not even where the best plan breaks rows that
 * the relaxation's point did not need. */
static void a_whole_neighbourhood_finds_the_best(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        bench b;
        open_bench(&b, seed);
        b.rins.sites = b.w.m->n_sites;
        (void)attempt(&b, EVERYTHING);
        assert_int_equal(b.w.r.best_cost, b.w.best);
        assert_false(attempt(&b, EVERYTHING));
        close_bench(&b);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plans_only_get_better),
        cmocka_unit_test(the_point_alone_helps),
        cmocka_unit_test(what_is_left_of_the_relaxation_will_do),
        cmocka_unit_test(a_whole_neighbourhood_finds_the_best),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
