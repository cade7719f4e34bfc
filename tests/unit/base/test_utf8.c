/* What is UTF-8, there and back, and what is fit to be shown. */
#include "base/utf8.h"
#include "plaats.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

static void every_character_goes_there_and_back(void **state) {
    (void)state;
    for (uint32_t character = 0; character <= 0x10FFFF; character++) {
        char bytes[4];
        size_t length = utf8_encode(character, bytes);
        bool surrogate = character >= 0xD800 && character <= 0xDFFF;
        if (utf8_length(bytes, 4) != (surrogate ? 0 : length))
            fail_msg("length of U+%04X", (unsigned)character);
        if (utf8_decode(bytes, length) != character)
            fail_msg("decoded U+%04X", (unsigned)character);
        if (length > 1) assert_int_equal(utf8_length(bytes, length - 1), 0); /* cut off */
    }
}

/* Each character has one form: all sequences of up to four bytes that are well-formed are as many
 * as there are characters. Four bytes are tried where the first is F0 or more. */
static void no_other_sequence_is_well_formed(void **state) {
    (void)state;
    size_t count = 0;
    for (unsigned first = 0; first < 0x100; first++)
        for (unsigned second = 0; second < 0x100; second++)
            for (unsigned third = 0; third < 0x100; third++) {
                char bytes[4] = {(char)first, (char)second, (char)third, (char)0x80};
                size_t length = utf8_length(bytes, 4);
                if (length == 4)
                    count += 64; /* the last byte is free */
                else if (length == 3 || (length == 2 && third == 0))
                    count++;
                else if (length == 1 && second == 0 && third == 0)
                    count++;
            }
    assert_int_equal(count, 0x110000 - 0x800);
}

static void cuts_between_characters(void **state) {
    (void)state;
    const char *text = "a\xc3\xa9\xe2\x82\xac";
    size_t size = strlen(text);
    static const size_t cut[] = {0, 1, 1, 3, 3, 3, 6, 6};
    for (size_t limit = 0; limit < 8; limit++)
        assert_int_equal(utf8_cut(text, size, limit), cut[limit]);
}

static void knows_what_cannot_be_seen(void **state) {
    (void)state;
    static const uint32_t hidden[] = {0, 0x1B, 0x7F, 0x9B, 0xA0, 0x200B, 0x202E, 0x2066, 0xFEFF};
    for (size_t i = 0; i < sizeof hidden / sizeof hidden[0]; i++)
        assert_false(utf8_is_plain(hidden[i]));
    static const uint32_t plain[] = {' ', '~', 0xA1, 0xE9, 0x20AC, 0x0627, 0x1F3E0, 0x10FFFF};
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
        assert_true(utf8_is_plain(plain[i]));
}

static void expect_shown(const char *text, const char *wanted) {
    char whole[64], part[8];
    size_t size = plaats_show(text, whole, sizeof whole);
    assert_string_equal(whole, wanted);
    assert_int_equal(size, strlen(wanted));
    assert_int_equal(plaats_show(text, NULL, 0), size);
    assert_int_equal(plaats_show(text, part, sizeof part), size);
    assert_memory_equal(part, wanted, strlen(part));
}

static void shows_what_is_fit_to_be_shown(void **state) {
    (void)state;
    expect_shown("", "");
    expect_shown("caf\xc3\xa9", "caf\xc3\xa9");
    expect_shown("\x1b[2J\n", "\\u001b[2J\\u000a");
    expect_shown("a\xc2\x9b\x7f", "a\\u009b\\u007f");
    expect_shown("\xe2\x80\xae\xe2\x81\xa9\xe2\x80\xa8", "\\u202e\\u2069\\u2028");
    expect_shown("\xd8\x9c", "\\u061c");
    expect_shown("x\xff\xe2\x82", "x\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
    expect_shown("\xf0\x9f\x8f\xa0", "\xf0\x9f\x8f\xa0");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_character_goes_there_and_back),
        cmocka_unit_test(no_other_sequence_is_well_formed),
        cmocka_unit_test(knows_what_cannot_be_seen),
        cmocka_unit_test(cuts_between_characters),
        cmocka_unit_test(shows_what_is_fit_to_be_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
