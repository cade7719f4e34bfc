/* What the tests of JSON in share: reading a text and comparing all problems it has. */
#ifndef PLAATS_TESTS_JSON_EXPECT_H
#define PLAATS_TESTS_JSON_EXPECT_H

#include "text/json_in.h"

#include "base/buffer.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

/* "line:column pointer message\n" for each problem. */
static inline void list_problem(void *context, const plaats_error *e) {
    assert_int_equal(e->status, PLAATS_INPUT);
    buffer_format(context, "%ld:%ld %s %s\n", e->line, e->column, e->pointer, e->message);
}

/* Reads a copy that ends exactly where the text does, so that reading on shows. */
static inline plaats_status read_exactly(const char *bytes, size_t size, char **copy,
                                         json_document **document) {
    *copy = malloc(size > 0 ? size : 1);
    assert_non_null(*copy);
    memcpy(*copy, bytes, size);
    return json_read(*copy, size, document, NULL);
}

static inline void expect_problems_of(const char *bytes, size_t size, const char *expected) {
    char *copy;
    json_document *document;
    plaats_status st = read_exactly(bytes, size, &copy, &document);
    assert_non_null(document);
    buffer all = {0};
    buffer_text(&all, "");
    plaats_status told = json_report(document, list_problem, &all, NULL);
    assert_string_equal(all.bytes, expected);
    assert_int_equal(st, expected[0] == '\0' ? PLAATS_OK : PLAATS_INPUT);
    assert_int_equal(told, st);
    assert_true((json_root(document) == NULL) == (st != PLAATS_OK));
    buffer_free(&all);
    json_free(document);
    free(copy);
}

static inline void expect_problems(const char *text, const char *expected) {
    expect_problems_of(text, strlen(text), expected);
}

static inline json_document *read_sound(const char *text) {
    json_document *document;
    plaats_error error;
    if (json_read(text, strlen(text), &document, &error) != PLAATS_OK)
        fail_msg("'%s' was refused: %s", text, error.message);
    return document;
}

#endif
