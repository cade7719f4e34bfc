/* The public call: what it refuses, and what it leaves behind when it does. */
#include "unit/plan_fixture.h"

#include <math.h>

static const char one_week[] = "{'format': 'plaats.instance/1', 'week': '2023-W06', "
                               "'sites': [{'id': 's', 'beds': 1}], "
                               "'people': [{'id': 'p', 'age': 30}, {'id': 'q', 'age': 30}]}";

static plaats_settings defaults(void) {
    plaats_settings s;
    plaats_settings_default(&s);
    return s;
}

static void assert_refused(const plaats_settings *settings) {
    plaats_error error = {0};
    plaats_instance *in = read_quoted(one_week);
    plaats_plan *plan = (plaats_plan *)in; /* anything but NULL */
    assert_int_equal(plaats_solve(in, settings, &plan, &error), PLAATS_USAGE);
    assert_int_equal(error.status, PLAATS_USAGE);
    assert_true(error.message[0] != '\0');
    assert_null(plan);
    plaats_instance_free(in);
}

#define ASSERT_REFUSED(member, value)                                                              \
    do {                                                                                           \
        plaats_settings s = defaults();                                                            \
        s.member = value;                                                                          \
        assert_refused(&s);                                                                        \
    } while (0)

static void settings_out_of_range_are_refused(void **state) {
    (void)state;
    ASSERT_REFUSED(time_limit, 0);
    ASSERT_REFUSED(time_limit, NAN);
    ASSERT_REFUSED(time_limit, INFINITY);
    ASSERT_REFUSED(spent_seconds, -1);
    ASSERT_REFUSED(gap_percent, -0.5);
    ASSERT_REFUSED(gap_percent, NAN);
    ASSERT_REFUSED(gap_points, -1);
    ASSERT_REFUSED(method, (plaats_method)77);
}

static void horizons_are_refused_plainly(void **state) {
    (void)state;
    plaats_error error = {0};
    plaats_settings s = defaults();
    plaats_plan *plan = NULL;
    plaats_instance *in = read_quoted("{'format': 'plaats.instance/1', 'week': '2023-W06', "
                                      "'weeks': 2, 'sites': [], 'people': []}");
    assert_int_equal(plaats_solve(in, &s, &plan, &error), PLAATS_INPUT);
    assert_non_null(strstr(error.message, "2 weeks"));
    assert_int_equal(plaats_solve(in, &s, &plan, NULL), PLAATS_INPUT); /* nobody listens */
    assert_null(plan);
    plaats_instance_free(in);
}

static void a_summary_says_what_the_plan_does(void **state) {
    (void)state;
    plaats_error error = {0};
    plaats_settings s = defaults();
    plaats_plan *plan = NULL;
    plaats_summary summary;
    plaats_instance *in = read_quoted(one_week);
    assert_int_equal(plaats_solve(in, &s, &plan, &error), PLAATS_OK);
    plaats_plan_summary(plan, &summary);
    assert_int_equal(summary.outcome, PLAATS_OUTCOME_OPTIMAL);
    assert_int_equal(summary.gap, 0);
    assert_int_equal(summary.cost, summary.bound);
    assert_int_equal(summary.households, 2);
    assert_int_equal(summary.placed, 1);
    assert_int_equal(summary.unplaced, 1);
    assert_int_equal(summary.moves, 0);
    assert_int_equal(summary.temporary, 1);
    size_t n = 1;
    assert_non_null(plaats_plan_unplaced(plan, &n));
    assert_int_equal(plaats_plan_json(plan)[0], '{');
    assert_int_equal(strlen(plaats_plan_json(plan)), plaats_plan_size(plan));
    plaats_plan_free(plan);
    plaats_plan_free(NULL);
    plaats_instance_free(in);
}

/* Whoever reads a plan need not keep the instance. */
static void rows_outlive_the_instance(void **state) {
    (void)state;
    plaats_error error = {0};
    plaats_settings s = defaults();
    plaats_plan *plan = NULL;
    size_t n;
    plaats_instance *in = read_quoted(one_week);
    assert_int_equal(plaats_solve(in, &s, &plan, &error), PLAATS_OK);
    plaats_instance_free(in);
    const plaats_stay *stays = plaats_plan_stays(plan, &n);
    assert_int_equal(n, 1);
    assert_string_equal(stays[0].site, "s");
    assert_string_equal(stays[0].from, "2023-W06");
    const plaats_unplaced *unplaced = plaats_plan_unplaced(plan, &n);
    assert_int_equal(n, 1);
    assert_string_not_equal(unplaced[0].household, stays[0].household);
    assert_int_equal(unplaced[0].n_reasons, 1);
    assert_string_equal(unplaced[0].reasons[0].code, "full");
    assert_string_equal(unplaced[0].reasons[0].what, "beds");
    assert_null(unplaced[0].reasons[0].because);
    const plaats_site_week *sites = plaats_plan_sites(plan, &n);
    assert_int_equal(n, 1);
    assert_string_equal(sites[0].week, "2023-W06");
    assert_true(sites[0].beds == 1 && sites[0].taken == 1);
    plaats_plan_free(plan);
}

static void nobody_to_place_is_a_plan(void **state) {
    (void)state;
    plaats_error error = {0};
    plaats_plan *plan = NULL;
    plaats_summary summary;
    plaats_instance *in = read_quoted("{'format': 'plaats.instance/1', 'week': '2023-W06', "
                                      "'sites': [], 'people': []}");
    for (int method = 0; method < 2; method++) {
        plaats_settings s = defaults();
        s.method = method == 0 ? PLAATS_METHOD_AUTO : PLAATS_METHOD_GLPK;
        assert_int_equal(plaats_solve(in, &s, &plan, &error), PLAATS_OK);
        plaats_plan_summary(plan, &summary);
        assert_int_equal(summary.outcome, PLAATS_OUTCOME_OPTIMAL);
        assert_int_equal(summary.cost, 0);
        plaats_plan_free(plan);
    }
    plaats_instance_free(in);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(settings_out_of_range_are_refused),
        cmocka_unit_test(horizons_are_refused_plainly),
        cmocka_unit_test(a_summary_says_what_the_plan_does),
        cmocka_unit_test(rows_outlive_the_instance),
        cmocka_unit_test(nobody_to_place_is_a_plan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
