/* Branch and cut: the best plan of tiny weeks, cases that prove it, and valid ones wherever it is
 * cut short. */
#include "unit/engine_fixture.h"

#include "base/clock.h"
#include "engine/branch_cut/tree.h"
#include "engine/prices/prices.h"

#define PACKED 60

typedef struct {
    tiny_week w;
    proof p;
    int64_t bound;
    bool closed;
} bench;

static void find_prices(bench *b) {
    b->p.scale = 1000000;
    b->w.r.proof.goal = GOAL_COST;
    b->w.r.weight.goal = GOAL_WEIGHT;
    assert_int_equal(prices_find(&b->w.r, &b->w.r.proof, &b->w.r.proof_bound, NULL, NULL),
                     PLAATS_OK);
    assert_int_equal(prices_find(&b->w.r, &b->w.r.weight, &b->w.r.weight_bound, NULL, NULL),
                     PLAATS_OK);
}

/* Every other pair of weeks has classes of several units. */
static void open_bench(bench *b, uint64_t seed, int64_t unplaced) {
    memset(b, 0, sizeof *b);
    if (seed % 4 < 2)
        alike_week_build(&b->w, seed, unplaced);
    else
        tiny_week_build(&b->w, seed, unplaced);
    find_prices(b);
}

/* A week too large to try everything: whatever plan is found is taken for the best. */
static void open_large_bench(bench *b, uint64_t seed) {
    plaats_generate_settings g;
    plaats_instance *in = NULL;
    buffer text = {0};
    memset(b, 0, sizeof *b);
    plaats_generate_default(&g);
    g.people = 120;
    g.sites = 20;
    g.people_per_bed = 0.98;
    g.settled = 0;
    g.seed = seed;
    assert_int_equal(plaats_generate(&g, keep_bytes, &text, NULL), PLAATS_OK);
    assert_int_equal(plaats_instance_read(text.bytes, text.size, NULL, NULL, &in, NULL), PLAATS_OK);
    buffer_free(&text);
    start_run(&b->w, in);
    find_prices(b);
}

static void close_bench(bench *b) {
    proof_free(&b->p);
    tiny_week_free(&b->w);
}

static void ask(bench *b, const tree_question *question) {
    assert_int_equal(tree_solve(&b->w.r, question, &b->p, &b->bound, &b->closed, NULL), PLAATS_OK);
    assert_true(b->p.n_cases > 0);
    b->p.bound = INT64_MAX;
    for (int i = 0; i < b->p.n_cases; i++)
        if (b->p.cases[i].bound < b->p.bound) b->p.bound = b->p.cases[i].bound;
    assert_int_equal(b->p.bound, b->bound);
}

static void ask_cost(bench *b, double none, int64_t nodes) {
    const tree_question question = {
        .goal = GOAL_COST, .none = none, .prices = &b->w.r.proof, .nodes = nodes};
    ask(b, &question);
}

/* The cases are complete, and prove what they say. */
static void assert_checked(const bench *b) {
    int64_t proved;
    assert_true(bound_by_check(&b->w, &b->p, &proved));
    assert_int_equal(proved, b->bound);
}

/* And no more than is true. */
static void assert_sound(const bench *b) {
    assert_checked(b);
    assert_true(b->bound <= b->w.best);
    assert_true(b->w.r.best_cost >= b->w.best);
}

/* ---- The cost ------------------------------------------------------------------------------ */

static void the_best_plan_is_found_and_proved(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        bench b;
        open_bench(&b, seed, seed % 2 == 0 ? NONE : 300);
        ask_cost(&b, (double)b.w.m->unplaced_points, INT64_MAX);
        assert_true(b.closed);
        assert_int_equal(b.w.r.best_cost, b.w.best);
        assert_int_equal(b.bound, b.w.best);
        assert_sound(&b);
        close_bench(&b);
    }
}

/* Where cuts do not close the root, the tree does. */
static void large_weeks_take_cases(void **state) {
    int cases = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= 8; seed++) {
        bench b;
        open_large_bench(&b, seed);
        ask_cost(&b, (double)b.w.m->unplaced_points, INT64_MAX);
        assert_checked(&b);
        assert_int_equal(b.bound, b.w.r.best_cost);
        cases += b.p.n_cases;
        close_bench(&b);
    }
    assert_true(cases > 12); /* some take several */
}

/* Where there is no time for several cases, the root alone is the proof. */
static void cases_take_time(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 8; seed++) {
        bench b;
        open_large_bench(&b, seed);
        b.w.r.reserve.several = 1e6;
        ask_cost(&b, (double)b.w.m->unplaced_points, INT64_MAX);
        assert_checked(&b);
        assert_int_equal(b.p.n_cases, 1);
        assert_true(b.bound <= b.w.r.best_cost);
        close_bench(&b);
    }
}

/* Two decisions of a case about units of one class at one site: the tree decided about several. */
static bool counts_a_kind(const classes *k, const proof_case *c) {
    for (int i = 0; i < c->n_given; i++)
        for (int h = 0; h < i; h++)
            if (c->given[i].kind == DECIDE_AT && c->given[h].kind == DECIDE_AT &&
                c->given[i].site == c->given[h].site &&
                k->first[c->given[i].unit] == k->first[c->given[h].unit])
                return true;
    return false;
}

/* Once it is said where a unit is, nothing more is said of it. */
static void assert_said_once(const proof_case *c) {
    for (int i = 0; i < c->n_given; i++)
        for (int h = 0; h < i; h++)
            if (c->given[i].kind == DECIDE_AT && c->given[h].kind == DECIDE_AT &&
                c->given[i].unit == c->given[h].unit)
                assert_true(!c->given[h].yes && c->given[i].site != c->given[h].site);
}

/* Whatever the tree decides about classes, its cases are about units; and they are complete and
 * prove the plan, unless they would be too many. */
static void decisions_about_classes_unfold(void **state) {
    int cases = 0, counted = 0, large = 0, proved = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= PACKED; seed++) {
        bench b;
        classes k;
        memset(&b, 0, sizeof b);
        packed_week_build(&b.w, seed, 8, 8, 3 + (int)(seed % 4));
        find_prices(&b);
        assert_int_equal(classes_build(&b.w.r.g, &k, NULL), PLAATS_OK);
        ask_cost(&b, (double)b.w.m->unplaced_points, INT64_MAX);
        assert_true(b.closed);
        assert_checked(&b);
        assert_true(b.bound <= b.w.r.best_cost);
        if (b.p.n_cases > 1) assert_int_equal(b.bound, b.w.r.best_cost);
        if (b.bound < b.w.r.best_cost) assert_int_equal(run_bound(&b.w.r), b.w.r.best_cost);
        proved += b.bound == b.w.r.best_cost;
        cases += b.p.n_cases;
        for (int i = 0; i < b.p.n_cases; i++) {
            counted += counts_a_kind(&k, &b.p.cases[i]);
            assert_said_once(&b.p.cases[i]);
        }
        large += largest_class(b.w.m, &k) >= 5;
        classes_free(&k);
        close_bench(&b);
    }
    assert_true(cases > 500 && counted > 300 && large > 10 && proved > 40);
}

/* Cut short, they are as complete, and prove no more than is true. */
static void some_nodes_unfold(void **state) {
    int open = 0, several = 0;
    (void)state;
    for (uint64_t seed = 13; seed <= 17; seed++) {
        int64_t best = INT64_MAX;
        for (int64_t nodes = 256; nodes > 0; nodes /= 4) {
            bench b;
            memset(&b, 0, sizeof b);
            packed_week_build(&b.w, seed, 8, 8, 3 + (int)(seed % 4));
            find_prices(&b);
            ask_cost(&b, (double)b.w.m->unplaced_points, nodes - 1);
            assert_checked(&b);
            if (b.w.r.best_cost < best) best = b.w.r.best_cost;
            assert_true(b.bound <= best);
            open += b.bound < best;
            several += b.p.n_cases > 1;
            close_bench(&b);
        }
    }
    assert_true(open > 3 && several > 3);
}

/* The relaxation counts less than U for a person unplaced: the same answer. */
static void unplaced_may_count_for_less(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        bench b;
        open_bench(&b, seed, seed % 2 == 0 ? NONE : 300);
        ask_cost(&b, (double)b.w.m->unplaced_points / 2, INT64_MAX);
        assert_sound(&b);
        if (b.closed && b.p.n_cases > 1) assert_int_equal(b.bound, b.w.r.best_cost);
        assert_true(b.closed);
        assert_int_equal(b.w.r.best_cost, b.w.best);
        close_bench(&b);
    }
}

/* ---- Cut short ----------------------------------------------------------------------------- */

static void few_nodes_leave_a_valid_bound(void **state) {
    int open = 0;
    (void)state;
    for (uint64_t seed = 3; seed <= 6; seed++) {
        int64_t best = INT64_MAX;
        for (int64_t nodes = 64; nodes > 0; nodes /= 2) {
            bench b;
            open_large_bench(&b, seed);
            ask_cost(&b, (double)b.w.m->unplaced_points, nodes - 1);
            assert_checked(&b);
            if (b.w.r.best_cost < best) best = b.w.r.best_cost;
            assert_true(b.bound <= best);
            open += b.bound < best;
            close_bench(&b);
        }
    }
    assert_true(open > 0);
}

static void no_time_leaves_a_valid_bound(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        bench b;
        open_bench(&b, seed, seed % 2 == 0 ? NONE : 300);
        b.w.r.deadline = clock_seconds() - 1;
        ask_cost(&b, (double)b.w.m->unplaced_points, INT64_MAX);
        assert_sound(&b);
        assert_true(b.w.r.root_bound <= b.w.best);
        close_bench(&b);
    }
}

static void little_work_leaves_a_valid_bound(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        for (int64_t work = 1; work < 100000; work *= 4) {
            bench b;
            open_bench(&b, seed, seed % 2 == 0 ? NONE : 300);
            b.w.r.work_limit = b.w.r.work + work;
            ask_cost(&b, (double)b.w.m->unplaced_points, INT64_MAX);
            assert_sound(&b);
            close_bench(&b);
        }
    }
}

/* ---- The weight unplaced ------------------------------------------------------------------- */

static int64_t least_weight(const tiny_week *w) {
    int64_t least = INT64_MAX;
    for (int i = 0; i < w->n_plans; i++) {
        int64_t weight = model_unplaced_weight(w->m, w->plans[i]);
        if (weight < least) least = weight;
    }
    return least;
}

/* Asked until the answer is no, as the engine does. */
static void fewer_are_unplaced_until_none_can_be(void **state) {
    int asked = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        bench b;
        int64_t least;
        bool fewer = true;
        open_bench(&b, seed, NONE);
        least = least_weight(&b.w);
        while (fewer && b.w.r.best_weight > 0) {
            int64_t weight = b.w.r.best_weight;
            const tree_question question = {
                .goal = GOAL_WEIGHT,
                .none = 1,
                .is_given = true,
                .given = {.kind = DECIDE_UNPLACED, .yes = false, .weight = weight},
                .prices = &b.w.r.weight,
                .nodes = INT64_MAX};
            proof_free(&b.p);
            b.p.scale = 1000000;
            ask(&b, &question);
            fewer = b.w.r.best_weight < weight;
            if (fewer) continue;
            assert_true(b.closed);
            /* No plan has so few, so any bound holds; this one outweighs all that have more. */
            assert_true(b.bound > b.w.best);
            asked++;
        }
        assert_int_equal(b.w.r.best_weight, least);
        close_bench(&b);
    }
    assert_true(asked > 5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_plan_is_found_and_proved),
        cmocka_unit_test(large_weeks_take_cases),
        cmocka_unit_test(cases_take_time),
        cmocka_unit_test(decisions_about_classes_unfold),
        cmocka_unit_test(some_nodes_unfold),
        cmocka_unit_test(unplaced_may_count_for_less),
        cmocka_unit_test(few_nodes_leave_a_valid_bound),
        cmocka_unit_test(no_time_leaves_a_valid_bound),
        cmocka_unit_test(little_work_leaves_a_valid_bound),
        cmocka_unit_test(fewer_are_unplaced_until_none_can_be),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
