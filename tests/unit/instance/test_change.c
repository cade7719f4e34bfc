/* Scenarios: changed instances, and plans of them. */
#include "unit/check_fixture.h"
#include "unit/plan_fixture.h"

#include "instance/instance.h"

static const char country[] =
    "{'format': 'plaats.instance/1', 'week': '2023-W06', 'sites': ["
    "{'id': 'east', 'beds': 2, 'durable': true}, {'id': 'west', 'beds': 9}],"
    "'people': [{'id': 'a', 'age': 30}, {'id': 'b', 'age': 31}]}";

static plaats_instance *change(const plaats_instance *in, size_t n, const plaats_change *changes) {
    plaats_instance *changed = NULL;
    plaats_error error = {0};
    if (plaats_instance_change(in, changes, n, show_problem, NULL, &changed, &error) != PLAATS_OK)
        fail_msg("%s: %s", error.pointer, error.message);
    return changed;
}

static bool accepts(const plaats_instance *in, const char *plan, buffer *report) {
    bool accepted = false;
    plaats_error error;
    assert_int_equal(plaats_check(in, plan, strlen(plan), PLAATS_TEXT, keep_bytes, report,
                                  show_problem, NULL, &accepted, &error),
                     PLAATS_OK);
    return accepted;
}

static void changes_are_made_and_kept(void **state) {
    (void)state;
    plaats_instance *in = read_quoted(country);
    plaats_instance *once = change(in, 1, &(plaats_change){"/sites/0/beds", "1", NULL});
    plaats_instance *twice = change(once, 1, &(plaats_change){"/sites/0/name", "\"E\"", "why"});
    assert_int_equal(in->sites[0].beds.at[0].value, 2);
    assert_int_equal(in->n_changes, 0);
    assert_int_equal(once->sites[0].beds.at[0].value, 1);
    assert_int_equal(twice->sites[0].beds.at[0].value, 1);
    assert_string_equal(twice->sites[0].name, "E");
    assert_string_equal(twice->sha256, in->sha256);
    assert_int_equal(twice->n_changes, 2);
    assert_string_equal(twice->changes[0].pointer, "/sites/0/beds");
    assert_null(twice->changes[0].because);
    assert_string_equal(twice->changes[1].because, "why");
    plaats_instance_free(in);
    plaats_instance_free(once);
    plaats_instance_free(twice);
}

/* Checked against the original, which makes the changes again, and against the changed one. */
static void plans_carry_their_changes(void **state) {
    (void)state;
    plaats_instance *in = read_quoted(country);
    const plaats_change changes[] = {{"/sites/0/beds", " 1 ", "one bed is broken"},
                                     {"/sites/1/x_lat", "52.10", NULL}};
    plaats_instance *changed = change(in, 2, changes);
    plaats_instance *other = change(in, 1, changes);
    plaats_settings settings;
    plaats_plan *plan = NULL;
    plaats_error error;
    buffer report = {0};
    plaats_settings_default(&settings);
    assert_int_equal(plaats_solve(changed, &settings, &plan, &error), PLAATS_OK);
    assert_non_null(strstr(plaats_plan_json(plan), "\"value\": 52.10"));
    assert_true(accepts(in, plaats_plan_json(plan), &report));
    assert_true(accepts(changed, plaats_plan_json(plan), &report));
    assert_false(accepts(other, plaats_plan_json(plan), &report));
    assert_non_null(strstr(report.bytes, "these are not the changes of the instance"));
    assert_true(accepts(changed, "{\"stays\": []}", &report));
    buffer_free(&report);
    plaats_plan_free(plan);
    plaats_instance_free(in);
    plaats_instance_free(changed);
    plaats_instance_free(other);
}

/* Removals and elements named by their ids are made again in their order. */
static void removals_are_checked_too(void **state) {
    (void)state;
    plaats_instance *in = read_quoted(country);
    const plaats_change changes[] = {
        {"/quotas/-", "{\"id\": \"q\", \"max\": 1, \"kind\": \"x\"}", NULL},
        {"/sites/@west/kind", "\"x\"", NULL},
        {"/sites/@east", NULL, "it has burnt down"},
        {"/sites/0/beds", "2", NULL}};
    plaats_instance *changed = change(in, 4, changes);
    plaats_settings settings;
    plaats_plan *plan = NULL;
    plaats_error error;
    buffer report = {0};
    assert_int_equal(changed->n_sites, 1);
    assert_string_equal(changed->sites[0].id, "west");
    plaats_settings_default(&settings);
    assert_int_equal(plaats_solve(changed, &settings, &plan, &error), PLAATS_OK);
    const char *json = plaats_plan_json(plan);
    assert_non_null(strstr(json, "{\"pointer\": \"/sites/@east\", \"remove\": true, \"because\": "
                                 "\"it has burnt down\"}"));
    assert_true(accepts(in, json, &report));
    assert_true(accepts(changed, json, &report));
    static const struct {
        const char *old, *new, *message;
    } wrong[] = {
        {"\"remove\": true", "\"remove\": false", "'remove' can only be true"},
        {"\"remove\": true", "\"remove\": true, \"value\": 1",
         "'remove' is given together with 'value'"},
        {"\"remove\": true, ", "", "member 'value' is missing"},
        {"/sites/@east", "/sites/@middle", "no element here has the id 'middle'"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char *other = replaced(json, wrong[i].old, wrong[i].new);
        report.size = 0;
        assert_false(accepts(in, other, &report));
        if (strstr(report.bytes, wrong[i].message) == NULL) fail_msg("%s", report.bytes);
        free(other);
    }
    buffer_free(&report);
    plaats_plan_free(plan);
    plaats_instance_free(in);
    plaats_instance_free(changed);
}

/* One who lives alone, or whom only people name, has no row to change; the message says so. */
static void households_without_a_row_are_told(void **state) {
    (void)state;
    plaats_instance *in = read_quoted(country), *changed = NULL;
    plaats_error error;
    const plaats_change changes[] = {{"/households/@a/max_km", "5", NULL}};
    assert_int_equal(plaats_instance_change(in, changes, 1, NULL, NULL, &changed, &error),
                     PLAATS_INPUT);
    assert_string_equal(error.pointer, "/households/@a/max_km");
    assert_string_equal(error.message, "household 'a' is named by people alone and has no row "
                                       "here: '/households/-' adds one");
    const plaats_change added[] = {{"/households/-", "{\"id\": \"a\"}", NULL},
                                   {"/households/@a/max_km", "5", NULL}};
    changed = change(in, 2, added);
    assert_int_equal(changed->households[0].max_km, 5);
    plaats_instance_free(changed);
    plaats_instance_free(in);
}

static int problems;

static void count_problem(void *context, const plaats_error *problem) {
    (void)context;
    (void)problem;
    problems++;
}

static void bad_changes_are_refused(void **state) {
    (void)state;
    plaats_instance *in = read_quoted(country), *changed = NULL;
    static const struct {
        plaats_change change;
        const char *pointer;
    } bad[] = {
        {{"/sites/2/beds", "1", NULL}, "/sites/2/beds"},
        {{"/sites/0/beds", "one", NULL}, "/sites/0/beds"},
        {{"/sites/0/beds", "-1", NULL}, "/sites/0/beds"},
        {{"/sites/0/bedz", "1", NULL}, "/sites/0/bedz"},
        {{"/people/0/id", "\"b\"", NULL}, "/people/1/id"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        plaats_error error = {0};
        problems = 0;
        assert_int_equal(
            plaats_instance_change(in, &bad[i].change, 1, count_problem, NULL, &changed, &error),
            PLAATS_INPUT);
        assert_null(changed);
        assert_string_equal(error.pointer, bad[i].pointer);
        assert_int_equal(problems, 1);
    }
    plaats_instance_free(in);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(changes_are_made_and_kept),
        cmocka_unit_test(plans_carry_their_changes),
        cmocka_unit_test(removals_are_checked_too),
        cmocka_unit_test(households_without_a_row_are_told),
        cmocka_unit_test(bad_changes_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
