/* A solve written down and run again, through the public functions alone. */
#include "unit/plan_fixture.h"

#include "base/buffer.h"

static const char week_text[] =
    "{'format': 'plaats.instance/1', 'week': '2023-W06', 'sites': [{'id': 's', 'beds': 1}, "
    "{'id': 't', 'beds': 3, 'durable': true}], 'people': [{'id': 'p', 'age': 30}, "
    "{'id': 'q', 'age': 30}, {'id': 'r', 'age': 30}]}";

/* What was given, in its order. */
typedef struct {
    int n;
    char names[4][20];
    buffer documents[4];
    int refused_from; /* from this one on; 0: none */
} dumped;

static int take(void *context, const char *name, const char *bytes, size_t size) {
    dumped *d = context;
    if (d->refused_from > 0 && d->n + 1 >= d->refused_from) return 1;
    assert_true(d->n < 4);
    snprintf(d->names[d->n], sizeof d->names[d->n], "%s", name);
    buffer_add(&d->documents[d->n++], bytes, size);
    return 0;
}

static const buffer *find_document(const dumped *d, const char *name) {
    for (int i = 0; i < d->n; i++)
        if (strcmp(d->names[i], name) == 0) return &d->documents[i];
    return NULL;
}

static void forget(dumped *d) {
    for (int i = 0; i < d->n; i++) buffer_free(&d->documents[i]);
}

static plaats_plan *solve(const plaats_instance *in, const plaats_settings *settings) {
    plaats_error error = {0};
    plaats_plan *plan = NULL;
    if (plaats_solve(in, settings, &plan, &error) != PLAATS_OK) fail_msg("%s", error.message);
    return plan;
}

/* Two changes, one after the other, each of its own call. */
static plaats_instance *changed_week(void) {
    static const plaats_change first = {"/sites/1/beds", "2", "one is broken"};
    static const plaats_change second = {"/sites/0/x_note", "{\"a\": [1.50]}", NULL};
    plaats_instance *in = read_quoted(week_text), *once = NULL, *twice = NULL;
    assert_int_equal(plaats_instance_change(in, &first, 1, NULL, NULL, &once, NULL), PLAATS_OK);
    plaats_instance_free(in);
    assert_int_equal(plaats_instance_change(once, &second, 1, NULL, NULL, &twice, NULL), PLAATS_OK);
    plaats_instance_free(once);
    return twice;
}

static plaats_plan *replay(const dumped *d) {
    plaats_options *options = NULL;
    plaats_instance *read = NULL, *changed = NULL;
    plaats_error error = {0};
    const buffer *text = find_document(d, "options.json"),
                 *week = find_document(d, "instance.json");
    const buffer *previous = find_document(d, "previous.json");
    if (plaats_options_read(text->bytes, text->size, show_problem, NULL, &options, &error) !=
        PLAATS_OK)
        fail_msg("%s", error.message);
    assert_string_equal(options->version, plaats_version());
    assert_true(options->has_previous == (previous != NULL));
    assert_int_equal(
        plaats_instance_read(week->bytes, week->size, show_problem, NULL, &read, &error),
        PLAATS_OK);
    assert_int_equal(plaats_instance_change(read, options->changes, options->n_changes,
                                            show_problem, NULL, &changed, &error),
                     PLAATS_OK);
    if (previous != NULL) options->settings.previous = previous->bytes;
    if (previous != NULL) options->settings.previous_size = previous->size;
    plaats_plan *plan = solve(changed, &options->settings);
    plaats_instance_free(changed);
    plaats_instance_free(read);
    plaats_options_free(options);
    return plan;
}

static void assert_same_plan(const plaats_plan *a, const plaats_plan *b) {
    const char *left = plaats_plan_json(a), *right = plaats_plan_json(b);
    size_t size = (size_t)(strstr(left, "\n  \"solver\"") - left);
    assert_true(strlen(right) > size);
    assert_memory_equal(left, right, size + 11);
}

static void a_solve_is_run_again(void **state) {
    (void)state;
    dumped d = {0};
    plaats_settings s;
    plaats_instance *in = changed_week();
    plaats_settings_default(&s);
    plaats_plan *first = solve(in, &s);
    s.previous = plaats_plan_json(first);
    s.previous_size = plaats_plan_size(first);
    s.keep_points = 3;
    s.gap_percent = 0.1;
    s.method = PLAATS_METHOD_GLPK;
    s.spent_seconds = 0.5; /* no part of it */
    s.dump = take;
    s.dump_context = &d;
    plaats_plan *plan = solve(in, &s);
    assert_int_equal(d.n, 3);
    assert_string_equal(d.names[2], "options.json"); /* last: with it, it is whole */
    assert_null(strstr(d.documents[2].bytes, "spent_seconds"));
    assert_non_null(strstr(d.documents[2].bytes, "\"gap_percent\": 0.1,"));
    assert_non_null(strstr(d.documents[2].bytes, "\"because\": \"one is broken\""));
    assert_int_equal(d.documents[0].size, sizeof week_text - 1); /* as it was before any change */
    assert_string_equal(find_document(&d, "previous.json")->bytes, plaats_plan_json(first));
    plaats_plan *again = replay(&d);
    assert_same_plan(plan, again);
    plaats_plan_free(again);
    plaats_plan_free(plan);
    plaats_plan_free(first);
    plaats_instance_free(in);
    forget(&d);
}

static void nothing_optional_is_nothing(void **state) {
    (void)state;
    dumped d = {0};
    plaats_settings s;
    plaats_instance *in = read_quoted(week_text);
    plaats_settings_default(&s);
    s.dump = take;
    s.dump_context = &d;
    plaats_plan *plan = solve(in, &s), *again = replay(&d);
    assert_int_equal(d.n, 2);
    assert_same_plan(plan, again);
    plaats_plan_free(again);
    plaats_plan_free(plan);
    plaats_instance_free(in);
    forget(&d);
}

static void who_takes_nothing_ends_it(void **state) {
    (void)state;
    plaats_settings s;
    plaats_plan *plan = NULL;
    plaats_error error = {0};
    plaats_instance *in = read_quoted(week_text);
    plaats_settings_default(&s);
    for (int from = 1; from <= 2; from++) {
        dumped d = {.refused_from = from};
        s.dump = take;
        s.dump_context = &d;
        assert_int_equal(plaats_solve(in, &s, &plan, &error), PLAATS_IO);
        assert_string_equal(error.message, from == 1 ? "could not dump 'instance.json'"
                                                     : "could not dump 'options.json'");
        assert_null(plan);
        forget(&d);
    }
    plaats_instance_free(in);
}

static void count(void *context, const plaats_error *problem) {
    (void)problem;
    ++*(int *)context;
}

static void bad_options_are_refused(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int problems;
    } cases[] = {
        {"", 1},
        {"[]", 1},
        {"{}", 5},
        {"{\"format\": 1, \"version\": 1, \"previous\": 1, \"settings\": 1, \"changes\": 1}", 5},
        {"{\"format\": \"plaats.options/1\", \"version\": \"\", \"previous\": false, \"changes\": "
         "[], \"settings\": {\"work\": -1, \"colour\": 1, \"threads\": true}, \"x_y\": 1}",
         3},
        {"{\"format\": \"plaats.options/1\", \"version\": \"\", \"previous\": false, \"changes\": "
         "[{\"pointer\": \"/a\"}, 1], \"settings\": {}}",
         2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int n = 0;
        plaats_options *options = NULL;
        plaats_error error = {0};
        assert_int_equal(
            plaats_options_read(cases[i].text, strlen(cases[i].text), count, &n, &options, &error),
            PLAATS_INPUT);
        assert_int_equal(n, cases[i].problems);
        assert_null(options);
    }
    plaats_options_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_solve_is_run_again),
        cmocka_unit_test(nothing_optional_is_nothing),
        cmocka_unit_test(who_takes_nothing_ends_it),
        cmocka_unit_test(bad_options_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
