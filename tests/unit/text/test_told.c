/* The lines on who has no bed. */
#include "unit/plan_fixture.h"

#include "text/told.h"

static told_reason reason(const char *code, const char *what, bool in_this_plan, int sites) {
    static const char *const ids[] = {"a", "b", "c", "d", "e", "f"};
    told_reason r = {.code = code, .what = what, .in_this_plan = in_this_plan};
    for (int i = 0; i < sites; i++) told_add_site(&r, ids[i]);
    return r;
}

static void the_largest_households_are_told(void **state) {
    (void)state;
    static const int64_t persons[] = {1, 3, 2, 3, 1, 9, 1, 2};
    static const int told[] = {5, 1, 3, 2, 7};
    told_runs runs = {0};
    for (int h = 0; h < 8; h++) told_take(&runs, h, 0, persons[h]);
    assert_int_equal(runs.n, TOLD_HOUSEHOLDS);
    assert_int_equal(runs.more, 3);
    for (int i = 0; i < TOLD_HOUSEHOLDS; i++) {
        assert_int_equal(runs.at[i].household, told[i]);
        assert_int_equal(runs.at[i].persons, persons[told[i]]);
    }
}

static void assert_line(int64_t persons, const char *week, int n, told_reason *reasons,
                        const char *line) {
    buffer text = {0};
    told_line(&text, "h", persons, week, n, reasons);
    assert_string_equal(text.bytes, line);
    buffer_free(&text);
}

/* What is full or dear comes first, then what rules out most; the rest is counted. */
static void the_weightiest_reasons_are_told(void **state) {
    (void)state;
    told_reason reasons[] = {
        reason("closed", NULL, false, 1),   reason("service", "ramp", false, 6),
        reason("service", "gym", false, 6), reason("ban", NULL, false, 2),
        reason("pin", NULL, false, 5),      reason("full", "beds", true, 1)};
    assert_line(2, NULL, 6, reasons,
                "'h' (2 people): full 'beds' at 'a'; service 'gym' at 'a', 'b', 'c' and 3 more; "
                "service 'ramp' at 'a', 'b', 'c' and 3 more; pin at 'a', 'b', 'c' and 2 more; "
                "and 2 more\n");
}

static void words_and_weeks_are_told(void **state) {
    (void)state;
    told_reason ban = reason("ban", NULL, false, 3), cost = reason("cost", NULL, true, 1);
    ban.because = "a\x1b[2Jthreat\n";
    assert_line(1, "2023-W07", 1, &ban,
                "'h' (1 person, from 2023-W07): ban at 'a', 'b', 'c' (a\\u001b[2Jthreat\\u000a)\n");
    assert_line(1, NULL, 1, &cost, "'h' (1 person): cost (there is room) at 'a'\n");
    assert_line(1, NULL, 0, NULL, "'h' (1 person): there are no sites\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_largest_households_are_told),
        cmocka_unit_test(the_weightiest_reasons_are_told),
        cmocka_unit_test(words_and_weeks_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
