/* Files of scenarios: what is read, and that every problem of every line is told in its place. */
#include "unit/plan_fixture.h"

typedef struct {
    int n;
    plaats_error list[40];
} told;

static void keep_problem(void *context, const plaats_error *problem) {
    told *t = context;
    assert_true(t->n < 40);
    t->list[t->n++] = *problem;
}

static plaats_status read_lines(const char *quoted, told *problems, plaats_scenarios **out,
                                plaats_error *error) {
    size_t size = strlen(quoted);
    char *text = malloc(size + 1);
    assert_non_null(text);
    for (size_t i = 0; i <= size; i++) text[i] = quoted[i] == '\'' ? '"' : quoted[i];
    plaats_status st = plaats_scenarios_read(text, size, keep_problem, problems, out, error);
    free(text);
    return st;
}

static void lines_are_read_in_their_order(void **state) {
    (void)state;
    told problems = {0};
    plaats_scenarios *all = NULL;
    const char *text = "{'name': 'as it is', 'changes': []}\r\n"
                       "  \t\n"
                       "{'name': 'b', 'previous': 'plans/old.json', 'x_author': 3, 'changes': ["
                       "{'pointer': '/sites/@a/beds', 'value': {'from' : [1.50, null]},"
                       " 'because': 'why'}, {'pointer': '/quotas/0', 'remove': true}]}";
    assert_int_equal(read_lines(text, &problems, &all, NULL), PLAATS_OK);
    assert_int_equal(plaats_scenarios_count(all), 2);
    const plaats_scenario *a = plaats_scenarios_at(all, 0), *b = plaats_scenarios_at(all, 1);
    assert_string_equal(a->name, "as it is");
    assert_int_equal(a->n_changes, 0);
    assert_null(a->previous);
    assert_string_equal(b->name, "b");
    assert_string_equal(b->previous, "plans/old.json");
    assert_int_equal(b->n_changes, 2);
    assert_string_equal(b->changes[0].pointer, "/sites/@a/beds");
    assert_string_equal(b->changes[0].value, "{\"from\":[1.50,null]}");
    assert_string_equal(b->changes[0].because, "why");
    assert_string_equal(b->changes[1].pointer, "/quotas/0");
    assert_null(b->changes[1].value);
    assert_null(b->changes[1].because);
    plaats_scenarios_free(all);
}

/* Read `quoted`, expect one problem, and return it. */
static plaats_error one_problem(const char *quoted) {
    told problems = {0};
    plaats_error error = {0};
    plaats_scenarios *all = (plaats_scenarios *)&problems; /* anything but NULL */
    assert_int_equal(read_lines(quoted, &problems, &all, &error), PLAATS_INPUT);
    assert_null(all);
    if (problems.n != 1) fail_msg("%d problems in %s", problems.n, quoted);
    assert_string_equal(error.message, problems.list[0].message);
    return error;
}

static void assert_problem(const char *quoted, long column, const char *pointer, const char *says) {
    plaats_error e = one_problem(quoted);
    assert_int_equal(e.line, 1);
    assert_int_equal(e.column, column);
    assert_string_equal(e.pointer, pointer);
    if (strstr(e.message, says) == NULL) fail_msg("'%s' is not in: %s", says, e.message);
}

static void what_is_no_scenario_is_refused(void **state) {
    (void)state;
    assert_problem("", 1, "", "no scenario");
    assert_problem("\n \n", 1, "", "no scenario");
    assert_problem("[]", 1, "", "expected an object, found an array");
    assert_problem("{'name': 'a'}", 1, "", "'changes' is missing");
    assert_problem("{'changes': []}", 1, "", "'name' is missing");
    assert_problem("{'name': 3, 'changes': []}", 10, "/name", "expected a string");
    assert_problem("{'name': 'a', 'changes': {}}", 26, "/changes", "expected an array");
    assert_problem("{'name': 'a', 'changes': [], 'previous': 1}", 42, "/previous", "a string");
    assert_problem("{'name': 'a', 'changes': [], 'colour': 1}", 30, "/colour", "unknown member");
    assert_problem("{'name': 'a', 'changes': [], 'decisions': []}", 30, "/decisions",
                   "takes no decisions");
    assert_problem("{'name': 'a', 'changes': [1]}", 27, "/changes/0", "expected an object");
    assert_problem("{'name': 'a', 'changes': [{'value': 1}]}", 27, "/changes/0", "'pointer'");
    assert_problem("{'name': 'a', 'changes': [{'pointer': 'b', 'value': 1}]}", 39,
                   "/changes/0/pointer", "begins with a slash");
    assert_problem("{'name': 'a', 'changes': [{'pointer': '/b'}]}", 27, "/changes/0", "either");
    assert_problem("{'name': 'a', 'changes': [{'pointer': '/b', 'value': 1, 'remove': true}]}", 27,
                   "/changes/0", "either");
    assert_problem("{'name': 'a', 'changes': [{'pointer': '/b', 'remove': 1}]}", 55,
                   "/changes/0/remove", "only be true");
    assert_problem("{'name': 'a', 'changes': [{'pointer': '/b', 'value': 1, 'why': ''}]}", 57,
                   "/changes/0/why", "unknown member");
}

static void names_that_no_file_can_have_are_refused(void **state) {
    (void)state;
    static const char *const names[] = {"",         ".",          "..",      "a/b",    "/",
                                        "a\\u000a", "\\u001b[2J", "\\u007f", "\\u202e"};
    char line[600], name[400];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(line, sizeof line, "{'name': '%s', 'changes': []}", names[i]);
        assert_problem(line, 10, "/name", "cannot be the name of a file");
    }
    for (int i = 0; i < 241; i++) name[i] = 'n';
    name[241] = '\0';
    snprintf(line, sizeof line, "{'name': '%s', 'changes': []}", name);
    assert_problem(line, 10, "/name", "too long");
    name[240] = '\0';
    snprintf(line, sizeof line, "{'name': '%s', 'changes': []}", name);
    told problems = {0};
    plaats_scenarios *all = NULL;
    assert_int_equal(read_lines(line, &problems, &all, NULL), PLAATS_OK);
    plaats_scenarios_free(all);
}

static void problems_of_all_lines_are_told_at_once(void **state) {
    (void)state;
    told problems = {0};
    plaats_error error;
    plaats_scenarios *all = NULL;
    const char *text = "{'name': 'twice', 'changes': []}\n"
                       "{'name': \n"
                       "\n"
                       "{'name': 'twice', 'changes': 3}\n"
                       "{'name': 'fine', 'changes': []}\n"
                       "{'name': 'twice', 'name': '', 'changes': []}\n"
                       "{'name': 'twice', 'changes': []}\n";
    static const struct {
        long line;
        const char *pointer;
    } expected[] = {{2, "/name"}, {4, "/name"}, {4, "/changes"}, {6, "/name"}, {7, "/name"}};
    assert_int_equal(read_lines(text, &problems, &all, &error), PLAATS_INPUT);
    assert_int_equal(problems.n, 5);
    for (int i = 0; i < problems.n; i++) {
        assert_int_equal(problems.list[i].line, expected[i].line);
        assert_string_equal(problems.list[i].pointer, expected[i].pointer);
    }
    assert_string_equal(problems.list[1].message, "line 1 has the name 'twice' already");
    assert_string_equal(problems.list[4].message, "line 4 has the name 'twice' already");
    assert_int_equal(error.line, 2);
    assert_int_equal(read_lines(text, &problems, &all, NULL), PLAATS_INPUT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_read_in_their_order),
        cmocka_unit_test(what_is_no_scenario_is_refused),
        cmocka_unit_test(names_that_no_file_can_have_are_refused),
        cmocka_unit_test(problems_of_all_lines_are_told_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
