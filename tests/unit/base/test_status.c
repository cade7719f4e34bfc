/* Messages of errors: cut whole, made fit to be shown. */
#include "base/status.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#undef fail /* cmocka has one of its own, which is not used here */
#include <stdlib.h>
#include <string.h>

static void fills_the_error_without_a_place(void **state) {
    (void)state;
    plaats_error error;
    memset(&error, 'x', sizeof error);
    assert_int_equal(fail(&error, PLAATS_USAGE, "no such week '%s'", "2023-W54"), PLAATS_USAGE);
    assert_int_equal(error.status, PLAATS_USAGE);
    assert_int_equal(error.line, 0);
    assert_int_equal(error.column, 0);
    assert_string_equal(error.pointer, "");
    assert_string_equal(error.message, "no such week '2023-W54'");
    assert_int_equal(fail(NULL, PLAATS_IO, "%s", "unseen"), PLAATS_IO);
    assert_int_equal(fail_memory(&error), PLAATS_MEMORY);
    assert_string_equal(error.message, "out of memory");
}

/* However the end of the room falls, the message ends after a whole character. */
static void cuts_a_long_message_between_characters(void **state) {
    (void)state;
    char text[2048] = "";
    for (size_t i = 0; i < 500; i++) strcat(text, "\xf0\x9f\x8f\xa0");
    for (int shift = 0; shift < 4; shift++) {
        plaats_error error;
        fail(&error, PLAATS_INPUT, "%.*s%s", shift, "abc", text);
        size_t whole = (sizeof error.message - 1 - (size_t)shift) / 4;
        assert_int_equal(strlen(error.message), (size_t)shift + 4 * whole);
    }
}

static void zero_alloc_never_gives_null_for_nothing(void **state) {
    (void)state;
    void *nothing = zero_alloc(0, 8);
    assert_non_null(nothing);
    free(nothing);
    int64_t *numbers = zero_alloc(100, sizeof *numbers);
    assert_non_null(numbers);
    for (int i = 0; i < 100; i++) assert_int_equal(numbers[i], 0);
    free(numbers);
    assert_null(zero_alloc(SIZE_MAX / 2, 4));
}

static void each_status_and_outcome_has_its_text(void **state) {
    (void)state;
    assert_string_equal(plaats_status_text(PLAATS_OK), "done");
    assert_string_equal(plaats_status_text(PLAATS_INTERNAL), "internal fault");
    assert_string_equal(plaats_status_text((plaats_status)99), "unknown status");
    assert_string_equal(plaats_outcome_text(PLAATS_OUTCOME_WITHIN_GAP), "within_gap");
    assert_string_equal(plaats_outcome_text((plaats_outcome)99), "unknown outcome");
    assert_int_equal(plaats_version()[0], '0' + PLAATS_VERSION_MAJOR);
    assert_null(strchr(plaats_version(), 'P')); /* numbers, not the names of macros */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fills_the_error_without_a_place),
        cmocka_unit_test(cuts_a_long_message_between_characters),
        cmocka_unit_test(zero_alloc_never_gives_null_for_nothing),
        cmocka_unit_test(each_status_and_outcome_has_its_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
