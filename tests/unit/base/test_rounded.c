/* Floating point to integers, and differences, where they do not fit. */
#include "base/checked.h"
#include "base/rounded.h"
#include "engine/proof/integer_prices.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void what_fits_is_cut_off_or_rounded(void **state) {
    (void)state;
    assert_int_equal(whole_part(2.9, -10, 10), 2);
    assert_int_equal(whole_part(-2.9, -10, 10), -2);
    assert_int_equal(rounded_down(-2.1, -10, 10), -3);
    assert_int_equal(rounded(2.5, -10, 10), 3);
    assert_int_equal(rounded(-2.5, -10, 10), -2);
    assert_int_equal(rounded(2.49, -10, 10), 2);
}

static void what_lies_beyond_comes_to_the_end(void **state) {
    (void)state;
    assert_int_equal(whole_part(2.27e20, INT64_MIN, INT64_MAX), INT64_MAX);
    assert_int_equal(whole_part(-2.27e20, INT64_MIN, INT64_MAX), INT64_MIN);
    assert_int_equal(whole_part(INFINITY, 0, 64), 64);
    assert_int_equal(whole_part(-INFINITY, 0, 64), 0);
    assert_int_equal(whole_part(NAN, 3, 64), 3);
    assert_int_equal(rounded(NAN, -7, 64), -7);
    assert_int_equal(rounded(10.4, 0, 10), 10);
}

/* 2^62 + 1 and 2^63 - 1 are no doubles: the doubles beside them lie beyond. */
static void limits_need_not_be_doubles(void **state) {
    (void)state;
    int64_t limit = (INT64_C(1) << 62) + 1;
    assert_int_equal(whole_part(0x1p62, 0, limit), limit);
    assert_int_equal(whole_part(0x1p62 - 512, 0, limit), limit - 513);
    assert_int_equal(whole_part(0x1p63, 0, INT64_MAX), INT64_MAX);
    assert_int_equal(whole_part(0x1p63 - 1024, 0, INT64_MAX), INT64_MAX - 1023);
    assert_int_equal(whole_part(-0x1p62, -limit, 0), -limit);
}

static void prices_stay_within_those_of_a_plan(void **state) {
    (void)state;
    model_row hard = {.kind = ROW_BEDS}, soft = {.kind = ROW_MAX, .points = 999999999999};
    assert_int_equal(whole_row_price(&hard, 2.27e20, 1000000), MOST_PRICE);
    assert_int_equal(whole_row_price(&hard, -3, 10), 0);
    assert_int_equal(whole_row_price(&soft, 1e12, 1000000), 999999999999000000);
    assert_int_equal(whole_price(NAN, 10), 0);
    assert_int_equal(moved_unit_price(5, -7.9), -2);
    assert_int_equal(moved_unit_price(MOST_PRICE, 2.27e20), MOST_PRICE);
    assert_int_equal(moved_unit_price(-MOST_PRICE, -INFINITY), -MOST_PRICE);
}

static void differences_end_where_the_range_does(void **state) {
    (void)state;
    assert_int_equal(difference(5, -3), 8);
    assert_int_equal(difference(1, INT64_MIN), INT64_MAX);
    assert_int_equal(difference(INT64_MIN, 1), INT64_MIN);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_fits_is_cut_off_or_rounded),
        cmocka_unit_test(what_lies_beyond_comes_to_the_end),
        cmocka_unit_test(limits_need_not_be_doubles),
        cmocka_unit_test(prices_stay_within_those_of_a_plan),
        cmocka_unit_test(differences_end_where_the_range_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
