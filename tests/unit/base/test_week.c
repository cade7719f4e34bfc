/* Weeks of years with 52 and 53 of them, there and back. */
#include "base/week.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

static week parsed(const char *text) {
    week w = -12345;
    assert_true(week_parse(text, &w));
    return w;
}

static void counts_from_the_first_week_of_1970(void **state) {
    (void)state;
    assert_int_equal(parsed("1970-W01"), 0);
    assert_int_equal(parsed("1970-W02"), 1);
    assert_int_equal(parsed("1969-W52"), -1);
    assert_int_equal(parsed("2023-W06") - parsed("2023-W01"), 5);
    /* Monday 1 January 2024 is day 19723. */
    assert_int_equal(parsed("2024-W01"), (19723 + 3) / 7);
}

static void crosses_years_of_52_and_53_weeks(void **state) {
    (void)state;
    assert_int_equal(parsed("2021-W01") - parsed("2020-W53"), 1);
    assert_int_equal(parsed("2022-W01") - parsed("2021-W52"), 1);
    assert_int_equal(parsed("2027-W01") - parsed("2026-W53"), 1);
    assert_int_equal(parsed("2401-W01") - parsed("2001-W01"), 146097 / 7); /* 400 years */
}

static void refuses_what_is_no_week(void **state) {
    (void)state;
    static const char *const bad[] = {"",         "2023",      "2023-W",    "2023-W6",   "2023-W00",
                                      "2023-W53", "2021-W53",  "2020-W54",  "0000-W01",  "2023-w06",
                                      "2023W06",  "2023-W06 ", " 2023-W06", "2023-W0a",  "202a-W01",
                                      "-023-W01", "+023-W01",  "02023-W06", "2023-W060", "2023-06",
                                      "2023-W-1", "2023-W06-1"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        week w;
        if (week_parse(bad[i], &w)) fail_msg("'%s' was taken for a week", bad[i]);
    }
}

static void years_of_53_weeks_are_the_known_ones(void **state) {
    (void)state;
    static const int long_years[] = {2004, 2009, 2015, 2020, 2026, 2032, 2037, 2043};
    size_t next = 0;
    for (int year = 2000; year < 2048; year++) {
        char text[16];
        week w;
        snprintf(text, sizeof text, "%04d-W53", year);
        bool is_long = next < 8 && long_years[next] == year;
        if (is_long) next++;
        assert_int_equal(week_parse(text, &w), is_long);
    }
}

static void every_week_is_read_back_as_written(void **state) {
    (void)state;
    week first = parsed("0001-W01");
    week last = parsed("9999-W52");
    for (week w = first; w <= last; w++) {
        char text[16];
        week back;
        week_format(w, text);
        if (!week_parse(text, &back) || back != w) fail_msg("week %d is written '%s'", w, text);
    }
}

static void the_ends_of_the_range_can_be_written(void **state) {
    (void)state;
    char text[16];
    week_format(WEEK_FIRST, text);
    assert_int_equal(text[0], '-');
    week_format(WEEK_LAST, text);
    assert_int_equal(text[0], '4');
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_from_the_first_week_of_1970),
        cmocka_unit_test(crosses_years_of_52_and_53_weeks),
        cmocka_unit_test(refuses_what_is_no_week),
        cmocka_unit_test(years_of_53_weeks_are_the_known_ones),
        cmocka_unit_test(every_week_is_read_back_as_written),
        cmocka_unit_test(the_ends_of_the_range_can_be_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
