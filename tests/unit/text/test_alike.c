/* What counts as alike; what is said of ASCII without ICU is what ICU says. */
#include "unit/plan_fixture.h"

#include "base/utf8.h"
#include "text/alike.h"

static alike door;

static bool share_a_key(const char *x, const char *y) {
    uint64_t of_x[ALIKE_KEYS], of_y[ALIKE_KEYS];
    plaats_error error = {0};
    assert_int_equal(alike_keys(&door, x, of_x, &error), PLAATS_OK);
    assert_int_equal(alike_keys(&door, y, of_y, &error), PLAATS_OK);
    return of_x[0] == of_y[0] || of_x[1] == of_y[1];
}

static alike_difference compare(const char *x, const char *y) {
    alike_difference difference;
    plaats_error error = {0};
    assert_int_equal(alike_compare(&door, x, y, &difference, &error), PLAATS_OK);
    return difference;
}

/* Any two ASCII characters: keys and comparison agree. Both happen. */
static void ascii_without_icu_is_as_with_it(void **state) {
    (void)state;
    int alikes = 0, others = 0;
    for (char a = ' '; a < 0x7F; a++)
        for (char b = (char)(a + 1); b < 0x7F; b++) {
            const char x[] = {'x', a, 'y', '\0'}, y[] = {'x', b, 'y', '\0'};
            bool same = compare(x, y) != ALIKE_NOT;
            if (share_a_key(x, y) != same) fail_msg("'%c' and '%c'", a, b);
            alikes += same;
            others += !same;
        }
    assert_true(alikes > 26 && others > 4000);
}

/* A full-width letter is normalized to its ASCII twin: keys of both ways of making them meet. */
static void ascii_meets_what_icu_makes_of_others(void **state) {
    (void)state;
    for (char a = '!'; a < 0x7F; a++) {
        char wide[8] = "x", narrow[] = {'x', a, '\0'};
        wide[utf8_encode((uint32_t)a + 0xFEE0, wide + 1) + 1] = '\0';
        assert_true(share_a_key(wide, narrow));
        assert_int_equal(compare(wide, narrow), ALIKE_NORMAL_FORM);
    }
}

static void the_smallest_slip_is_named(void **state) {
    (void)state;
    assert_int_equal(compare("H12", "H12 "), ALIKE_BLANKS);
    assert_int_equal(compare("H12", "H\xE2\x80\x8B"
                                    "12"),
                     ALIKE_BLANKS); /* zero width space */
    assert_int_equal(compare("H12", "H\xC2\xA0"
                                    "12"),
                     ALIKE_BLANKS); /* no-break space */
    assert_int_equal(compare("Zo\xC3\xAB", "Zoe\xCC\x88"), ALIKE_NORMAL_FORM);
    assert_int_equal(compare("amv", "AMV"), ALIKE_CASE);
    assert_int_equal(compare("g01", "GOI"), ALIKE_LOOKS); /* and case */
    assert_int_equal(compare("H1", "H11"), ALIKE_NOT);
    assert_int_equal(compare("H1", "HL"), ALIKE_NOT);
    assert_int_equal(compare("\xD0\x90ZC", "AZC"), ALIKE_LOOKS); /* Cyrillic */
    assert_int_equal(compare("\xCE\x9F", "0"), ALIKE_LOOKS);     /* Greek */
}

/* The longest texts there may be, of characters that grow when normalized. */
static void the_longest_texts_fit(void **state) {
    (void)state;
    char x[ALIKE_LONGEST + 1] = "", y[ALIKE_LONGEST + 1] = "";
    for (int i = 0; i + 3 < ALIKE_LONGEST; i += 3) strcat(x, "\xEF\xB7\xBA"); /* 18 letters each */
    memcpy(y, x, sizeof x);
    strcat(x, "a");
    strcat(y, "A");
    assert_true(share_a_key(x, y));
    assert_int_equal(compare(x, y), ALIKE_CASE);
}

/* Names of provinces and services may be longer than ids: what is too long to be made alike is like
 * nothing else, and no failure. */
static void texts_that_do_not_fit_are_like_no_other(void **state) {
    (void)state;
    enum { LETTERS = 1300, BYTES = 3 * LETTERS };
    char x[BYTES + 2] = "", y[BYTES + 2] = "";
    for (int i = 0; i < LETTERS; i++) memcpy(x + 3 * i, "\xEF\xB7\xBA", 3); /* 18 letters each */
    memcpy(y, x, sizeof x);
    strcat(x, "a");
    strcat(y, "A");
    assert_int_equal(compare(x, y), ALIKE_NOT);
    memset(x, 'm', BYTES); /* looks like rn */
    memset(y, 'M', BYTES);
    assert_int_equal(compare(x, y), ALIKE_NOT);
    assert_int_equal(compare(x, "m"), ALIKE_NOT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ascii_without_icu_is_as_with_it),
        cmocka_unit_test(ascii_meets_what_icu_makes_of_others),
        cmocka_unit_test(the_smallest_slip_is_named),
        cmocka_unit_test(the_longest_texts_fit),
        cmocka_unit_test(texts_that_do_not_fit_are_like_no_other),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    alike_free(&door);
    return failed;
}
