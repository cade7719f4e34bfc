/* Settings by name: the table, the setter, and what the header says of each. */
#include "unit/comma_locale.h"
#include "unit/plan_fixture.h"

static plaats_settings defaults(void) {
    plaats_settings s;
    plaats_settings_default(&s);
    return s;
}

static void assert_value(const plaats_settings *s, const char *name, const char *expected) {
    char text[100];
    assert_int_equal(plaats_settings_get(s, name, text, sizeof text), strlen(expected));
    assert_string_equal(text, expected);
}

static void assert_set(plaats_settings *s, const char *name, const char *value) {
    plaats_error error = {0};
    if (plaats_settings_set(s, name, value, &error) != PLAATS_OK) fail_msg("%s", error.message);
}

static void assert_refused(const char *name, const char *value, const char *message) {
    plaats_error error = {0};
    plaats_settings s = defaults(), before = s;
    assert_int_equal(plaats_settings_set(&s, name, value, &error), PLAATS_USAGE);
    assert_int_equal(error.status, PLAATS_USAGE);
    assert_string_equal(error.message, message);
    assert_int_equal(plaats_settings_set(&s, name, value, NULL), PLAATS_USAGE);
    assert_memory_equal(&s, &before, sizeof s);
}

static void names_set_the_members(void **state) {
    (void)state;
    plaats_settings s = defaults();
    assert_set(&s, "method", "glpk");
    assert_set(&s, "time_limit", "30");
    assert_set(&s, "spent_seconds", "0.25");
    assert_set(&s, "gap_percent", "0.5");
    assert_set(&s, "gap_points", "9000000000000000000");
    assert_set(&s, "work", "1000000000000");
    assert_set(&s, "threads", "1024");
    assert_set(&s, "keep_points", "7");
    assert_int_equal(s.method, PLAATS_METHOD_GLPK);
    assert_true(s.time_limit == 30 && s.spent_seconds == 0.25 && s.gap_percent == 0.5);
    assert_true(s.gap_points == 9000000000000000000 && s.work == 1000000000000);
    assert_true(s.threads == 1024 && s.keep_points == 7);
    assert_set(&s, "work", "0");
    assert_set(&s, "method", "auto");
    assert_int_equal(s.work, 0);
    assert_int_equal(s.method, PLAATS_METHOD_AUTO);
}

static void what_is_none_is_refused(void **state) {
    (void)state;
    assert_refused("time_limt", "3", "unknown setting 'time_limt', perhaps 'time_limit' was meant");
    assert_refused("colour", "3", "unknown setting 'colour'");
    assert_refused("method", "simplex",
                   "'simplex' cannot be the value of 'method': allowed are auto|glpk");
    assert_refused("method", "", "'' cannot be the value of 'method': allowed are auto|glpk");
    assert_refused("time_limit", "0",
                   "'0' cannot be the value of 'time_limit': allowed are numbers from 0.000001 to "
                   "1000000000 seconds");
    assert_refused("threads", "1025",
                   "'1025' cannot be the value of 'threads': allowed are whole numbers from 1 to "
                   "1024 threads, and 0: all");
    static const char *const none[] = {"", "1e3", "-1", "+1", "1.", ".5", "1.5.2", " 1", "1 ", "x"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        plaats_settings s = defaults();
        assert_int_equal(plaats_settings_set(&s, "time_limit", none[i], NULL), PLAATS_USAGE);
        assert_int_equal(plaats_settings_set(&s, "keep_points", none[i], NULL), PLAATS_USAGE);
    }
    plaats_settings s = defaults();
    assert_int_equal(plaats_settings_set(&s, "keep_points", "1.5", NULL), PLAATS_USAGE);
    assert_int_equal(plaats_settings_set(&s, "gap_points", "9223372036854775808", NULL),
                     PLAATS_USAGE);
}

/* Both ends of a range are allowed, what is beyond them is not, and solve goes by the same. */
static void ranges_hold(void **state) {
    (void)state;
    const plaats_setting *row;
    for (size_t i = 0; (row = plaats_setting_at(i)) != NULL; i++) {
        char text[100];
        plaats_settings s = defaults();
        assert_value(&s, row->name, row->standard);
        assert_ptr_equal(plaats_setting_named(row->name), row);
        assert_true(*row->help != '\0');
        if (row->type == PLAATS_SETTING_CHOICE) continue;
        assert_true(row->low < row->high);
        snprintf(text, sizeof text, "%.6f", row->low);
        if (row->type == PLAATS_SETTING_INTEGER) *strchr(text, '.') = '\0';
        assert_set(&s, row->name, text);
        snprintf(text, sizeof text, "%.0f", row->high);
        assert_set(&s, row->name, text);
        snprintf(text, sizeof text, "%.0f", row->high * 1.0001 + 1);
        assert_int_equal(plaats_settings_set(&s, row->name, text, NULL), PLAATS_USAGE);
        if (row->nothing != NULL) assert_set(&s, row->name, "0");
    }
    assert_null(plaats_setting_named("previous"));
}

static void what_was_set_can_be_read_again(void **state) {
    (void)state;
    static const char *const values[] = {"0.1", "60", "0.000001", "1000000000", "0.30000000000001"};
    plaats_settings s = defaults();
    char text[3];
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        assert_set(&s, "time_limit", values[i]);
        assert_value(&s, "time_limit", values[i]);
    }
    s.time_limit = 0.1 + 0.2;
    assert_value(&s, "time_limit", "0.30000000000000004");
    assert_int_equal(plaats_settings_get(&s, "method", text, sizeof text), 4);
    assert_string_equal(text, "au");
    assert_int_equal(plaats_settings_get(&s, "method", NULL, 0), 4);
    assert_int_equal(plaats_settings_get(&s, "colour", text, sizeof text), 0);
    assert_string_equal(text, "");
}

static void the_point_is_a_point_everywhere(void **state) {
    (void)state;
    if (!use_decimal_comma()) skip();
    plaats_settings s = defaults();
    assert_set(&s, "gap_percent", "0.5");
    assert_true(s.gap_percent == 0.5);
    assert_value(&s, "gap_percent", "0.5");
    assert_int_equal(plaats_settings_set(&s, "gap_percent", "0,5", NULL), PLAATS_USAGE);
    setlocale(LC_NUMERIC, "C");
}

/* ---- What the header says ------------------------------------------------------------------ */

static char *read_header(void) {
    static char text[100000];
    FILE *file = fopen("include/plaats.h", "r");
    assert_non_null(file);
    size_t size = fread(text, 1, sizeof text - 1, file);
    assert_true(size < sizeof text - 1);
    text[size] = '\0';
    fclose(file);
    return text;
}

/* The comment on a member, or the member and the comment above it. */
static void find_member(const char *header, const plaats_setting *row, char *out, size_t room) {
    char member[60];
    snprintf(member, sizeof member, " %s; ", row->name);
    const char *begin = strstr(header, "    plaats_method method;");
    const char *at = strstr(begin, member), *end;
    if (at == NULL) { /* nothing behind it: the comment is above */
        snprintf(member, sizeof member, " %s;\n", row->name);
        end = strstr(begin, member);
        assert_non_null(end);
        for (at = end; strncmp(at, "/*", 2) != 0;) at--;
    } else {
        end = strstr(at, "*/");
    }
    snprintf(out, room, "%.*s", (int)(end - at), at);
}

/* 1000000000000 as 10^12, 9e18 as 9*10^18. */
static void write_bound(double value, char *out, size_t room) {
    int zeros = 0;
    double rest = value;
    for (; rest >= 10 && rest == 10 * (double)(int64_t)(rest / 10); zeros++) rest /= 10;
    if (zeros < 10)
        snprintf(out, room, "%.*f", value > 0 && value < 1 ? 6 : 0, value);
    else if (rest == 1)
        snprintf(out, room, "10^%d", zeros);
    else
        snprintf(out, room, "%.0f*10^%d", rest, zeros);
}

static void the_header_says_ranges_and_defaults(void **state) {
    (void)state;
    const plaats_setting *row;
    const char *header = read_header();
    for (size_t i = 0; (row = plaats_setting_at(i)) != NULL; i++) {
        char said[1000], low[40], high[40], expected[200];
        find_member(header, row, said, sizeof said);
        snprintf(expected, sizeof expected, "default %s%s%s", row->standard,
                 row->nothing == NULL ? "" : ": ", row->nothing == NULL ? "" : row->nothing);
        if (strstr(said, expected) == NULL) fail_msg("no '%s' in: %s", expected, said);
        if (row->type == PLAATS_SETTING_CHOICE) continue;
        write_bound(row->low, low, sizeof low);
        write_bound(row->high, high, sizeof high);
        snprintf(expected, sizeof expected, "%s..%s", low, high);
        if (strstr(said, expected) == NULL) fail_msg("no '%s' in: %s", expected, said);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_set_the_members),
        cmocka_unit_test(what_is_none_is_refused),
        cmocka_unit_test(ranges_hold),
        cmocka_unit_test(what_was_set_can_be_read_again),
        cmocka_unit_test(the_point_is_a_point_everywhere),
        cmocka_unit_test(the_header_says_ranges_and_defaults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
