/* Which name is meant by a slip. */
#include "text/json_in.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

static const char *const members[] = {"id",     "site",   "since",     "from",  "arrives", "leaves",
                                      "max_km", "moves",  "near",      "pin",   "bans",    "wishes",
                                      "sites",  "people", "keep_open", "quotas"};

static const char *member(const void *context, size_t i) {
    return ((const char *const *)context)[i];
}

static const char *nearest(const char *text) {
    return nearest_name(text, sizeof members / sizeof members[0], member, members);
}

static void finds_the_likely_slips(void **state) {
    (void)state;
    assert_string_equal(nearest("arives"), "arrives");     /* one less */
    assert_string_equal(nearest("maxx_km"), "max_km");     /* one more */
    assert_string_equal(nearest("leavas"), "leaves");      /* another */
    assert_string_equal(nearest("form"), "from");          /* two swapped */
    assert_string_equal(nearest("WISHES"), "wishes");      /* case only */
    assert_string_equal(nearest("keepopen"), "keep_open"); /* joined */
    assert_string_equal(nearest("Keep-Open"), "keep_open");
    assert_string_equal(nearest("ids"), "id");
}

static void the_nearest_wins_and_of_equals_the_first(void **state) {
    (void)state;
    assert_string_equal(nearest("sites"), "sites");
    assert_string_equal(nearest("sitess"), "sites");
    assert_string_equal(nearest("sitex"), "site");
    static const char *const twins[] = {"week-b", "week-a", "week-c"};
    assert_string_equal(nearest_name("week-x", 3, member, twins), "week-b");
}

static void gives_nothing_when_nothing_is_near(void **state) {
    (void)state;
    assert_null(nearest("nationality"));
    assert_null(nearest("x"));
    assert_null(nearest(""));
    assert_null(nearest("xy"));
    assert_null(nearest("pan-pin")); /* too many edits for its size */
    assert_null(nearest_name("site", 0, member, members));
    static const char *const one[] = {"a"};
    assert_null(nearest_name("b", 1, member, one)); /* nothing of it would be left */
}

static void long_names_do_no_harm(void **state) {
    (void)state;
    char text[200], name[200];
    memset(text, 'a', sizeof text);
    memset(name, 'a', sizeof name);
    text[128] = '\0';
    for (size_t size = 120; size < 140; size++) {
        name[size] = '\0';
        const char *const names[] = {name};
        const char *found = nearest_name(text, 1, member, names);
        assert_ptr_equal(found, size >= 125 && size <= 131 ? name : NULL);
        name[size] = 'a';
    }
    text[128] = 'a';
    text[129] = '\0';
    const char *const names[] = {text};
    assert_null(nearest_name(text, 1, member, names)); /* longer than any id */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_likely_slips),
        cmocka_unit_test(the_nearest_wins_and_of_equals_the_first),
        cmocka_unit_test(gives_nothing_when_nothing_is_near),
        cmocka_unit_test(long_names_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
