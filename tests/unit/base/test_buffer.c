/* Bytes that grow: what was added is there, and a failure stays. */
#include "base/buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

static void grows_and_stays_terminated(void **state) {
    (void)state;
    buffer b = {0};
    assert_null(b.bytes);
    for (size_t i = 0; i < 5000; i++) {
        buffer_add(&b, "week", 4);
        assert_int_equal(b.size, 4 * (i + 1));
        assert_int_equal(b.bytes[b.size], '\0');
    }
    assert_int_equal(strlen(b.bytes), 20000);
    assert_memory_equal(b.bytes + 19996, "week", 4);
    assert_false(b.failed);
    buffer_free(&b);
    assert_null(b.bytes);
    assert_int_equal(b.size, 0);
}

static void adding_nothing_gives_an_empty_text(void **state) {
    (void)state;
    buffer b = {0};
    buffer_add(&b, NULL, 0);
    assert_string_equal(b.bytes, "");
    buffer_free(&b);
    buffer_format(&b, "%s", "");
    assert_string_equal(b.bytes, "");
    buffer_free(&b);
}

static void formats_texts_of_any_length(void **state) {
    (void)state;
    char text[1000];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    buffer b = {0};
    buffer_text(&b, "beds: ");
    buffer_format(&b, "%d", 42);
    assert_string_equal(b.bytes, "beds: 42");
    buffer_format(&b, "%s|%s", text, text);
    assert_int_equal(b.size, 8 + 999 + 1 + 999);
    assert_string_equal(b.bytes + 8 + 1000, text);
    buffer_free(&b);
}

/* Formats of all lengths around the capacity: the NUL must always find room. */
static void fits_exactly(void **state) {
    (void)state;
    for (int length = 250; length < 260; length++) {
        buffer b = {0};
        buffer_format(&b, "%*s", length, "");
        assert_int_equal(b.size, length);
        assert_true(b.size < b.capacity);
        assert_int_equal(b.bytes[length], '\0');
        buffer_free(&b);
    }
}

static void remembers_a_failure(void **state) {
    (void)state;
    buffer b = {0};
    buffer_text(&b, "kept");
    buffer_add(&b, "x", SIZE_MAX - 100); /* more than memory holds; nothing is read */
    assert_true(b.failed);
    buffer_text(&b, "lost");
    buffer_format(&b, "%d", 1);
    assert_string_equal(b.bytes, "kept");
    buffer_free(&b);
    assert_false(b.failed);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grows_and_stays_terminated),
        cmocka_unit_test(adding_nothing_gives_an_empty_text),
        cmocka_unit_test(formats_texts_of_any_length),
        cmocka_unit_test(fits_exactly),
        cmocka_unit_test(remembers_a_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
