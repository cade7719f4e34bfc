/* The engine on generated weeks: the state against the model's own sums, bounds against plans,
 * and both methods against each other. */
#include "base/buffer.h"
#include "base/random.h"
#include "engine/engine.h"
#include "engine/plans/construct.h"
#include "engine/prices/prices.h"
#include "unit/random_instance.h"

typedef struct {
    plaats_instance *in;
    model *m;
} week_model;

static int to_buffer(void *context, const char *bytes, size_t size) {
    buffer_add(context, bytes, size);
    return 0;
}

/* `unplaced`: U, or NONE for "first". */
static week_model make_week_with(int64_t unplaced, int64_t people, int64_t sites, double fill,
                                 uint64_t seed) {
    week_model w = {0};
    plaats_generate_settings g;
    plaats_error error;
    buffer text = {0};

    plaats_generate_default(&g);
    g.people = people;
    g.sites = sites;
    g.people_per_bed = fill;
    g.settled = 0.5;
    g.seed = seed;
    assert_int_equal(plaats_generate(&g, to_buffer, &text, &error), PLAATS_OK);
    assert_int_equal(plaats_instance_read(text.bytes, text.size, NULL, NULL, &w.in, &error),
                     PLAATS_OK);
    assert_int_equal(model_build(w.in, unplaced, &w.m, &error), PLAATS_OK);
    buffer_free(&text);
    return w;
}

static week_model make_week(int64_t people, int64_t sites, double fill, uint64_t seed) {
    return make_week_with(NONE, people, sites, fill, seed);
}

static void free_week(week_model *w) {
    model_free(w->m);
    plaats_instance_free(w->in);
}

/* Many random moves, some undone: loads and cost stay what the model says of the assignment. */
static void the_state_stays_exact(void **unused) {
    week_model w = make_week(120, 10, 1.0, 7);
    random_stream random = random_start(3);
    grid g;
    state s;
    int64_t cost;
    int moved = 0;
    (void)unused;

    assert_int_equal(grid_build(w.m, &g, NULL), PLAATS_OK);
    assert_int_equal(state_build(&g, &s, NULL), PLAATS_OK);
    for (int i = 0; i < 3000; i++) {
        int u = (int)random_below(&random, (uint64_t)w.m->n_units);
        options o = model_options(w.m, u);
        int k = (int)random_below(&random, (uint64_t)o.n + 1);
        int to = k == o.n ? NONE : o.site[k];
        int64_t own = k == o.n ? w.m->units[u].unplaced_cost : option_cost(&o, k);
        int64_t before = s.cost, delta = state_delta(&s, u, to, own);
        if (!state_fits(&s, u, to)) continue;
        state_move(&s, u, to, own);
        assert_true(s.cost == before + delta);
        assert_true(state_holds(&s, u));
        moved++;
        if (i % 50 == 0) {
            assert_true(model_cost(w.m, s.at, &cost));
            assert_true(cost == s.cost);
        }
    }
    assert_true(moved > 500);
    state_free(&s);
    grid_free(&g);
    free_week(&w);
}

static engine_result solve_week(const week_model *w, plaats_method method, double seconds) {
    plaats_settings settings;
    engine_result result;
    plaats_error error;

    plaats_settings_default(&settings);
    settings.method = method;
    settings.time_limit = seconds;
    assert_int_equal(engine_solve(w->m, &settings, &(run_reserve){0}, &result, &error), PLAATS_OK);
    return result;
}

static void check_result(const week_model *w, const engine_result *result) {
    const proof *p = &result->proof;
    int64_t cost, least = INT64_MAX;
    assert_true(model_cost(w->m, result->at, &cost));
    assert_true(cost == result->cost);
    assert_true(p->n_cases > 0);
    for (int i = 0; i < p->n_cases; i++)
        if (p->cases[i].bound < least) least = p->cases[i].bound;
    assert_true(least == p->bound);
    assert_true(p->bound <= result->bound && result->bound <= result->cost);
    assert_int_equal(result->outcome == PLAATS_OUTCOME_OPTIMAL, result->bound == result->cost);
}

/* Beds to spare, and too few: both methods prove the same cost. */
static void both_methods_agree(void **unused) {
    double fill[] = {0.9, 1.1};
    (void)unused;
    for (int i = 0; i < 2; i++) {
        week_model w = make_week(40, 6, fill[i], 11 + (uint64_t)i);
        engine_result mine = solve_week(&w, PLAATS_METHOD_AUTO, 20);
        engine_result whole = solve_week(&w, PLAATS_METHOD_GLPK, 20);
        check_result(&w, &mine);
        check_result(&w, &whole);
        assert_int_equal(mine.outcome, PLAATS_OUTCOME_OPTIMAL);
        assert_int_equal(whole.outcome, PLAATS_OUTCOME_OPTIMAL);
        assert_true(mine.cost == whole.cost);
        engine_result_free(&mine);
        engine_result_free(&whole);
        free_week(&w);
    }
}

/* However short the time, there is a plan and a bound. */
static void a_plan_in_no_time(void **unused) {
    week_model w = make_week(300, 20, 0.97, 5);
    engine_result result = solve_week(&w, PLAATS_METHOD_AUTO, 0.001);
    (void)unused;
    check_result(&w, &result);
    assert_int_equal(result.outcome, PLAATS_OUTCOME_TIME_LIMIT);
    engine_result_free(&result);
    free_week(&w);
}

/* Is somebody unplaced who could have a bed at no more cost, by the model's own sums? */
static bool leaves_a_bed(const week_model *w, engine_result *result) {
    bool any = false;
    for (int u = 0; u < w->m->n_units; u++) {
        options o = model_options(w->m, u);
        if (result->at[u] != NONE) continue;
        for (int i = 0; i < o.n; i++) {
            int64_t cost;
            result->at[u] = o.site[i];
            any = any || (model_cost(w->m, result->at, &cost) && cost <= result->cost);
        }
        result->at[u] = NONE;
    }
    return any;
}

static int count_unplaced(const week_model *w, const engine_result *result) {
    int n = 0;
    for (int u = 0; u < w->m->n_units; u++) n += result->at[u] == NONE;
    return n;
}

/* Staying unplaced costs nothing, what a bed does, or a little more; with time and without. */
static void a_tie_goes_to_the_bed(void **unused) {
    static const int64_t points[] = {0, 20, 40, 60, 61};
    static const double seconds[] = {0.001, 3};
    int unplaced = 0, placed = 0;
    (void)unused;
    for (size_t i = 0; i < sizeof points / sizeof *points; i++)
        for (int k = 0; k < 2; k++) {
            week_model w = make_week_with(points[i], 150, 12, 0.95, 20 + (uint64_t)i);
            engine_result result = solve_week(&w, PLAATS_METHOD_AUTO, seconds[k]);
            check_result(&w, &result);
            assert_false(leaves_a_bed(&w, &result));
            unplaced += count_unplaced(&w, &result);
            placed += w.m->n_units - count_unplaced(&w, &result);
            engine_result_free(&result);
            free_week(&w);
        }
    assert_true(unplaced > 50 && placed > 50);
}

/* One plan of the random week: with other names, and on more threads, where `other` is 1. */
static engine_result solve_named(week_model *w, uint64_t seed, int other) {
    plaats_settings settings;
    engine_result result;
    plaats_settings_default(&settings);
    settings.work = seed % 2 == 0 ? 1 : 20;
    settings.threads = 1 + 2 * other;
    w->in = random_instance_read(seed, seed + 1000 * (uint64_t)other, 6, 20, 50);
    assert_int_equal(model_build(w->in, 40, &w->m, NULL), PLAATS_OK);
    assert_int_equal(engine_solve(w->m, &settings, &(run_reserve){0}, &result, NULL), PLAATS_OK);
    assert_false(leaves_a_bed(w, &result));
    return result;
}

/* Who gets the bed hangs neither on ids or order nor on threads. */
static void ties_do_not_hang_on_names(void **unused) {
    (void)unused;
    for (uint64_t seed = 1; seed <= 30; seed++) {
        week_model one, other;
        engine_result a = solve_named(&one, seed, 0), b = solve_named(&other, seed, 1);
        assert_memory_equal(a.at, b.at, (size_t)one.m->n_units * sizeof *a.at);
        engine_result_free(&a);
        engine_result_free(&b);
        free_week(&one);
        free_week(&other);
    }
}

/* The same plan twice. */
static void runs_repeat(void **unused) {
    week_model w = make_week(150, 12, 0.95, 9);
    plaats_settings settings;
    engine_result a, b;
    (void)unused;

    plaats_settings_default(&settings);
    settings.gap_percent = 1;
    assert_int_equal(engine_solve(w.m, &settings, &(run_reserve){0}, &a, NULL), PLAATS_OK);
    assert_int_equal(engine_solve(w.m, &settings, &(run_reserve){0}, &b, NULL), PLAATS_OK);
    assert_true(a.outcome != PLAATS_OUTCOME_TIME_LIMIT);
    assert_true(a.cost == b.cost && a.bound == b.bound);
    assert_memory_equal(a.at, b.at, (size_t)w.m->n_units * sizeof *a.at);
    assert_int_equal(a.proof.n_cases, b.proof.n_cases);
    assert_true(a.proof.bound == b.proof.bound);
    engine_result_free(&a);
    engine_result_free(&b);
    free_week(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_state_stays_exact),     cmocka_unit_test(both_methods_agree),
        cmocka_unit_test(a_plan_in_no_time),         cmocka_unit_test(a_tie_goes_to_the_bed),
        cmocka_unit_test(ties_do_not_hang_on_names), cmocka_unit_test(runs_repeat),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
