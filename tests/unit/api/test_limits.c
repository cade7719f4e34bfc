/* Limits of a solve: work, threads, time, a stop. */
#include "unit/plan_fixture.h"

#include "base/clock.h"
#include "base/threads.h"
#include "engine/run/run.h"
#include "text/json_in.h"
#include <stdatomic.h>

/* ---- A clock that does not depend on the machine ------------------------------------------- */

/* The linker gives these the calls of the solver (see the Makefile). While `steady`, time is the
 * work that is done, and each look at the clock; so a stretch without a look costs what it is. */
double __real_clock_seconds(void);
double __wrap_clock_seconds(void);
void __real_run_spend(run *r, int64_t steps);
void __wrap_run_spend(run *r, int64_t steps);

static const double SECONDS_PER_STEP = 1e-8, SECONDS_PER_LOOK = 1e-5;
static bool steady;
static atomic_llong steps_done, looks;

double __wrap_clock_seconds(void) {
    if (!steady) return __real_clock_seconds();
    return SECONDS_PER_LOOK * (double)atomic_fetch_add(&looks, 1) +
           SECONDS_PER_STEP * (double)atomic_load(&steps_done);
}

void __wrap_run_spend(run *r, int64_t steps) {
    atomic_fetch_add(&steps_done, steps);
    __real_run_spend(r, steps);
}

/* ---- Fixture ------------------------------------------------------------------------------- */

static plaats_instance *week_of(int64_t people, int64_t sites) {
    plaats_generate_settings g;
    plaats_instance *in = NULL;
    plaats_error error;
    buffer text = {0};
    plaats_generate_default(&g);
    g.people = people;
    g.sites = sites;
    g.settled = 0.4;
    assert_int_equal(plaats_generate(&g, keep_bytes, &text, &error), PLAATS_OK);
    assert_int_equal(plaats_instance_read(text.bytes, text.size, show_problem, NULL, &in, &error),
                     PLAATS_OK);
    buffer_free(&text);
    return in;
}

static plaats_plan *solve(const plaats_instance *in, const plaats_settings *settings,
                          plaats_summary *summary) {
    plaats_plan *plan = NULL;
    plaats_error error;
    if (plaats_solve(in, settings, &plan, &error) != PLAATS_OK)
        fail_msg("not solved: %s", error.message);
    plaats_plan_summary(plan, summary);
    return plan;
}

static void expect_integer(const json_document *d, const json_node *object, const char *key,
                           int64_t wanted) {
    const json_node *node = json_member(object, key);
    int64_t value = 0;
    assert_non_null(node);
    assert_int_equal(json_integer(d, node, &value), JSON_INTEGER);
    assert_int_equal(value, wanted);
}

/* What `receipt` and `solver` say of the limits. */
static void expect_limits(const plaats_plan *plan, int64_t work, int64_t threads) {
    json_document *d = NULL;
    assert_int_equal(json_read(plaats_plan_json(plan), plaats_plan_size(plan), &d, NULL),
                     PLAATS_OK);
    const json_node *options = json_member(json_member(json_root(d), "receipt"), "options");
    const json_node *solver = json_member(json_root(d), "solver");
    if (work > 0) expect_integer(d, options, "work", work);
    if (work == 0) assert_null(json_member(options, "work"));
    assert_null(json_member(options, "threads"));
    assert_null(json_member(options, "time_limit"));
    expect_integer(d, solver, "threads", threads);
    json_free(d);
}

static size_t size_without_solver(const plaats_plan *plan) {
    return (size_t)(strstr(plaats_plan_json(plan), "\"solver\": {") - plaats_plan_json(plan));
}

/* However little work is allowed, there is a plan, and it is the same for any number of threads. */
static void work_ends_where_it_ends(void **state) {
    (void)state;
    static const int64_t work[] = {1, 40, 300};
    plaats_instance *in = week_of(900, 40);
    plaats_settings settings;
    plaats_settings_default(&settings);
    for (int i = 0; i < 3; i++) {
        plaats_summary summary;
        settings.work = work[i];
        settings.threads = 1;
        plaats_plan *one = solve(in, &settings, &summary);
        settings.threads = 3;
        plaats_plan *three = solve(in, &settings, &summary);
        assert_int_not_equal(summary.outcome, PLAATS_OUTCOME_TIME_LIMIT);
        if (i == 0) assert_int_equal(summary.outcome, PLAATS_OUTCOME_WORK_LIMIT);
        expect_limits(one, work[i], 1);
        expect_limits(three, work[i], 3);
        assert_int_equal(size_without_solver(one), size_without_solver(three));
        assert_memory_equal(plaats_plan_json(one), plaats_plan_json(three),
                            size_without_solver(one));
        plaats_plan_free(one);
        plaats_plan_free(three);
    }
    plaats_instance_free(in);
}

static void all_processors_by_default(void **state) {
    (void)state;
    plaats_instance *in = week_of(30, 4);
    plaats_settings settings;
    plaats_summary summary;
    plaats_settings_default(&settings);
    plaats_plan *plan = solve(in, &settings, &summary);
    assert_true(threads_of_machine() >= 1);
    expect_limits(plan, 0, threads_of_machine());
    plaats_plan_free(plan);
    plaats_instance_free(in);
}

/* The limit is that of the whole call; spent seconds count. */
static void the_clock_is_kept(void **state) {
    (void)state;
    steady = true; /* also while it is read: from that follows what the end of the solve may take */
    plaats_instance *in = week_of(5000, 100);
    plaats_settings settings;
    plaats_summary summary;
    plaats_settings_default(&settings);
    settings.spent_seconds = 30;
    settings.time_limit = 31;
    double start = clock_seconds();
    plaats_plan *plan = solve(in, &settings, &summary);
    double taken = clock_seconds() - start;
    steady = false;
    assert_int_equal(summary.outcome, PLAATS_OUTCOME_TIME_LIMIT);
    assert_true(taken > 0.5 && taken < 1.1);
    assert_true(summary.seconds > 30.5 && summary.seconds < 31.1);
    plaats_plan_free(plan);
    plaats_instance_free(in);
}

/* The callback stops the solve at once, and there is a plan all the same. */
static int stop_at_once(void *context, const plaats_progress *progress) {
    int *calls = context;
    assert_true(progress->seconds >= 0);
    (*calls)++;
    return 1;
}

static void progress_can_stop_it(void **state) {
    (void)state;
    plaats_instance *in = week_of(900, 40);
    plaats_settings settings;
    plaats_summary summary;
    int calls = 0;
    plaats_settings_default(&settings);
    settings.progress = stop_at_once;
    settings.progress_context = &calls;
    plaats_plan *plan = solve(in, &settings, &summary);
    assert_int_equal(summary.outcome, PLAATS_OUTCOME_STOPPED);
    assert_true(calls >= 1);
    plaats_plan_free(plan);
    plaats_instance_free(in);
}

static void settings_out_of_range_are_refused(void **state) {
    (void)state;
    plaats_instance *in = week_of(3, 2);
    plaats_settings settings;
    plaats_plan *plan = NULL;
    plaats_error error;
    plaats_settings_default(&settings);
    settings.work = -1;
    assert_int_equal(plaats_solve(in, &settings, &plan, &error), PLAATS_USAGE);
    assert_string_equal(error.message,
                        "'-1' cannot be the value of 'work': allowed are whole numbers from 1 to "
                        "1000000000000 million steps, and 0: no limit");
    settings.work = 0;
    settings.threads = 1025;
    assert_int_equal(plaats_solve(in, &settings, &plan, &error), PLAATS_USAGE);
    assert_string_equal(
        error.message,
        "'1025' cannot be the value of 'threads': allowed are whole numbers from 1 to "
        "1024 threads, and 0: all");
    assert_null(plan);
    plaats_instance_free(in);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(work_ends_where_it_ends),
        cmocka_unit_test(all_processors_by_default),
        cmocka_unit_test(the_clock_is_kept),
        cmocka_unit_test(progress_can_stop_it),
        cmocka_unit_test(settings_out_of_range_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
