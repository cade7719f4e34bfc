/* Texts that are no clean JSON, each with its problem and its place. */
#include "unit/json_expect.h"

#include <stdio.h>

/* ---- Syntax errors -------------------------------------------------------------------------- */

static void says_what_was_found_and_what_is_allowed(void **state) {
    (void)state;
    expect_problems("", "1:1  unexpected end of the document, expected a value\n");
    expect_problems(" \n ", "2:2  unexpected end of the document, expected a value\n");
    expect_problems("[1 2]", "1:4  unexpected '2', expected ',' or ']'\n");
    expect_problems("[1,]", "1:4 /1 unexpected ']', expected a value\n");
    expect_problems("[,1]", "1:2 /0 unexpected ',', expected a value or ']'\n");
    expect_problems("[1", "1:3  unexpected end of the document, expected ',' or ']'\n");
    expect_problems("{\"a\": 1,}",
                    "1:9  unexpected '}', expected a member name in double quotes\n");
    expect_problems("{a: 1}",
                    "1:2  unexpected 'a', expected a member name in double quotes or '}'\n");
    expect_problems("{\"a\" 1}", "1:6 /a unexpected '1', expected ':'\n");
    expect_problems("{\"a\": 1 \"b\"}", "1:9 /b unexpected '\"', expected ',' or '}'\n");
    expect_problems("{\"a\": }", "1:7 /a unexpected '}', expected a value\n");
    expect_problems("[1}", "1:3  unexpected '}', expected ',' or ']'\n");
    expect_problems("{} x", "1:4  unexpected 'x', expected the end of the document\n");
    expect_problems("1 2", "1:3  unexpected '2', expected the end of the document\n");
    expect_problems("\"ab", "1:4  unexpected end of the document, expected '\"' at the end of the "
                            "string\n");
}

static void refuses_words_and_signs_that_are_not_json(void **state) {
    (void)state;
    expect_problems("[True]", "1:2 /0 unexpected 'True', expected a value or ']'\n");
    expect_problems("nul", "1:1  unexpected 'nul', expected a value\n");
    expect_problems("nulls", "1:1  unexpected 'nulls', expected a value\n");
    expect_problems("[1, NaN]", "1:5 /1 unexpected 'NaN', expected a value\n");
    expect_problems("+1", "1:1  unexpected '+', expected a value\n");
    expect_problems("'a'", "1:1  unexpected single quote, expected a value\n");
    expect_problems("// x", "1:1  unexpected '/', expected a value\n");
    expect_problems("\xc3\xa9", "1:1  unexpected '\xc3\xa9', expected a value\n");
    expect_problems("\xe9", "1:1  unexpected byte 0xE9, expected a value\n");
    expect_problems("\x1b[2J", "1:1  unexpected '\\u001b', expected a value\n");
    expect_problems("[1,\xc2\xa0 2]", "1:4 /1 unexpected '\\u00a0', expected a value\n");
    expect_problems_of("[1\0]", 4, "1:3 /0 unexpected '\\u0000', expected ',' or ']'\n");
    expect_problems_of("{}\0", 3, "1:3  unexpected '\\u0000', expected the end of the document\n");
}

static void refuses_numbers_that_are_not_json(void **state) {
    (void)state;
    expect_problems("007", "1:1  number '007' begins with a 0, expected none before it\n");
    expect_problems("-01", "1:1  number '-01' begins with a 0, expected none before it\n");
    expect_problems("[1.]", "1:4  unexpected ']', expected a digit\n");
    expect_problems("[.5]", "1:2 /0 unexpected '.', expected a value or ']'\n");
    expect_problems("[-]", "1:3  unexpected ']', expected a digit\n");
    expect_problems("-", "1:2  unexpected end of the document, expected a digit\n");
    expect_problems("1e", "1:3  unexpected end of the document, expected a digit\n");
    expect_problems("1e+x", "1:4  unexpected 'x', expected a digit\n");
    expect_problems("0x10", "1:2  unexpected 'x', expected the end of the document\n");
    expect_problems("1.5.2", "1:4  unexpected '.', expected the end of the document\n");
}

static void refuses_escapes_that_are_not_json(void **state) {
    (void)state;
    expect_problems("\"\\q\"",
                    "1:3  unexpected 'q', expected one of \" \\ / b f n r t u after a backslash\n");
    expect_problems("\"\\u12G4\"", "1:6  unexpected 'G', expected four hexadecimal digits after "
                                   "'\\u'\n");
    expect_problems("\"\\u12", "1:6  unexpected end of the document, expected four hexadecimal "
                               "digits after '\\u'\n");
    expect_problems("\"\\", "1:3  unexpected end of the document, expected one of \" \\ / b f n r "
                            "t u after a backslash\n");
    expect_problems_of("\"\\\0\"", 4,
                       "1:3  unexpected '\\u0000', expected one of \" \\ / b f n r "
                       "t u after a backslash\n");
}

static char *nested(int depth) {
    char *text = malloc(2 * (size_t)depth + 1);
    assert_non_null(text);
    memset(text, '[', (size_t)depth);
    memset(text + depth, ']', (size_t)depth);
    text[2 * depth] = '\0';
    return text;
}

static void bounds_the_depth(void **state) {
    (void)state;
    char *text = nested(200);
    expect_problems(text, "");
    free(text);

    text = nested(201);
    json_document *d;
    plaats_error error;
    assert_int_equal(json_read(text, strlen(text), &d, &error), PLAATS_INPUT);
    assert_string_equal(error.message, "objects and arrays more than 200 deep in each other");
    assert_int_equal(error.column, 201);
    assert_int_equal(strlen(error.pointer), 254 + 1); /* "/0" 126 times, "..." */
    json_free(d);
    free(text);

    text = nested(1000000);
    assert_int_equal(json_read(text, strlen(text), &d, NULL), PLAATS_INPUT);
    json_free(d);
    free(text);
}

/* ---- Problems that do not end the scan ------------------------------------------------------ */

static void collects_all_bad_characters(void **state) {
    (void)state;
    expect_problems("[\"a\tb\nc\", 1,\n \"\x1f\"]",
                    "1:4 /0 control character in a string, expected it escaped as '\\u0009'\n"
                    "1:6 /0 control character in a string, expected it escaped as '\\u000a'\n"
                    "3:3 /2 control character in a string, expected it escaped as '\\u001f'\n");
    expect_problems_of("[\"a\0b\"]", 7,
                       "1:4 /0 control character in a string, expected it escaped "
                       "as '\\u0000'\n");
    expect_problems("[\"\\u0000\", \"\\u0000x\"]",
                    "1:3 /0 '\\u0000' in a string is not allowed\n"
                    "1:13 /1 '\\u0000' in a string is not allowed\n");
}

static void collects_lone_surrogates(void **state) {
    (void)state;
    expect_problems("[\"\\ud83c\\udfe0\"]", "");
    expect_problems("[\"\\ud800\", \"\\udc00x\", \"\\ud800\\u0061\", \"\\uDBFF\\ud800\\udc00\"]",
                    "1:3 /0 lone surrogate '\\ud800' in a string, expected a pair\n"
                    "1:13 /1 lone surrogate '\\udc00' in a string, expected a pair\n"
                    "1:24 /2 lone surrogate '\\ud800' in a string, expected a pair\n"
                    "1:40 /3 lone surrogate '\\udbff' in a string, expected a pair\n");
}

static void collects_invalid_utf8(void **state) {
    (void)state;
    static const char *const bad[] = {
        "\x80",         "\xbf\xbf",         "\xc0\x80",         "\xc1\xbf", "\xc3",
        "\xe0\x80\x80", "\xed\xa0\x80",     "\xed\xbf\xbf",     "\xe2\x82", "\xf0\x8f\xbf\xbf",
        "\xf0\x9f\x8f", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xfe",     "\xff"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char text[32], expected[100];
        snprintf(text, sizeof text, "{\"a\":\"x%s\"}", bad[i]);
        snprintf(expected, sizeof expected, "1:8 /a invalid UTF-8 in a string, byte 0x%02X\n",
                 (unsigned char)bad[i][0]);
        expect_problems(text, expected);
    }
    expect_problems("[\"\xc2\x80 \xed\x9f\xbf \xee\x80\x80 \xf0\x90\x80\x80 \xf4\x8f\xbf\xbf\"]",
                    "");
    expect_problems("[\"\xe9\", \"\xe8\", 1",
                    "1:3 /0 invalid UTF-8 in a string, byte 0xE9\n"
                    "1:8 /1 invalid UTF-8 in a string, byte 0xE8\n"
                    "1:13  unexpected end of the document, expected ',' or ']'\n");
}

static void a_byte_order_mark_is_no_column(void **state) {
    (void)state;
    expect_problems("\xef\xbb\xbf{}", "1:1  byte order mark before the document, expected none\n");
    expect_problems("\xef\xbb\xbf[x]", "1:1  byte order mark before the document, expected none\n"
                                       "1:2 /0 unexpected 'x', expected a value or ']'\n");
    expect_problems("\xef\xbb\xbf", "1:1  byte order mark before the document, expected none\n"
                                    "1:1  unexpected end of the document, expected a value\n");
    expect_problems("\xef\xbb", "1:1  unexpected byte 0xEF, expected a value\n");
}

static void finds_duplicates_also_behind_escapes(void **state) {
    (void)state;
    expect_problems("{\"a\": 1, \"\\u0061\": 2, \"b\": {\"a\": 3}, \"a\": 4}",
                    "1:10 /a duplicate member 'a' in one object\n"
                    "1:38 /a duplicate member 'a' in one object\n");
    expect_problems("{\"a\": 1, \"A\": 2, \"\": 3, \"a \": 4, \"aa\": 5}", "");
    expect_problems("{\"\": 1, \"\": 2}", "1:9 / duplicate member '' in one object\n");
    expect_problems("{\"\\/\": 1, \"/\": 2}", "1:11 /~1 duplicate member '/' in one object\n");
    expect_problems("{\"\xf0\x9f\x8f\xa0\": 1, \"\\ud83c\\udfe0\": 2}",
                    "1:10 /\xf0\x9f\x8f\xa0 duplicate member '\xf0\x9f\x8f\xa0' in one object\n");
    expect_problems("{\"a\": 1, \"a\": 2",
                    "1:10 /a duplicate member 'a' in one object\n"
                    "1:16  unexpected end of the document, expected ',' or '}'\n");
}

/* Members k0 .. k(n-1), then k3 once more: for few and for many. */
static void finds_a_duplicate_among_any_number(void **state) {
    (void)state;
    for (int n = 4; n < 200; n += n < 20 ? 1 : 37) {
        buffer text = {0};
        buffer_text(&text, "{");
        for (int i = 0; i < n; i++) buffer_format(&text, "\"k%d\": [{}],\n", i);
        buffer_text(&text, " \"\\u006B3\": 0}");
        char expected[100];
        snprintf(expected, sizeof expected, "%d:2 /k3 duplicate member 'k3' in one object\n",
                 n + 1);
        expect_problems(text.bytes, expected);
        buffer_free(&text);
    }
}

static void bounds_the_size_of_numbers(void **state) {
    (void)state;
    char digits[70], text[160];
    memset(digits, '1', sizeof digits);
    digits[60] = '\0';
    expect_problems(digits, "");
    digits[60] = '1';
    digits[61] = '\0';
    snprintf(text, sizeof text, "[0,%s, %s]", digits, digits + 30);
    expect_problems(text, "1:4 /1 number of 61 characters, expected at most 60\n");
}

/* ---- Whatever comes ------------------------------------------------------------------------- */

static const char sample[] =
    "{\"format\": \"plaats.instance/1\", \"week\": \"2023-W06\", \"x_\\u00e9\\ud83c\\udfe0\": "
    "[1.5e-3, -0, [], {}, [true, false, null]],\r\n \"sites\": [{\"id\": \"caf\xc3\xa9 "
    "\xf0\x9f\x8f\xa0\", \"beds\": [{\"from\": \"2023-W06\", \"value\": 12}]}], \"a\": 1}\n";

/* Cut anywhere it is refused (but for the blank at its end), at the end of what is left or where
 * a word or an escape was cut, and never read beyond. */
static void a_sample_cut_anywhere_is_refused(void **state) {
    (void)state;
    size_t size = sizeof sample - 1;
    for (size_t cut = 0; cut <= size; cut++) {
        char *copy;
        json_document *d;
        plaats_error error;
        plaats_status st = read_exactly(sample, cut, &copy, &d);
        assert_int_equal(st, cut + 1 >= size ? PLAATS_OK : PLAATS_INPUT);
        assert_int_equal(json_report(d, NULL, NULL, &error), st);
        json_free(d);
        free(copy);
    }
}

/* Each byte replaced by each other one: read or refused, and always with a sound report. */
static void a_sample_with_any_byte_changed_is_judged(void **state) {
    (void)state;
    size_t size = sizeof sample - 1;
    char *text = malloc(size);
    assert_non_null(text);
    for (size_t i = 0; i < size; i++) {
        memcpy(text, sample, size);
        for (int byte = 0; byte < 256; byte += byte < 0x80 ? 1 : 7) {
            text[i] = (char)byte;
            json_document *d;
            plaats_error error;
            plaats_status st = json_read(text, size, &d, &error);
            assert_true(st == PLAATS_OK || st == PLAATS_INPUT);
            if (st == PLAATS_INPUT) {
                assert_in_range(error.line, 1, 4);
                assert_in_range(error.column, 1, size + 1);
                assert_true(strlen(error.message) > 10);
            }
            json_free(d);
        }
    }
    free(text);
}

/* Every node is found again in the text: the number of a walk is the number of the scan. */
static void check_places(json_document *d, const json_node *node) {
    for (; node != NULL; node = json_next(node)) {
        json_problem(d, node, "%s", json_type_name(node));
        if (json_key(node) != NULL) json_problem_key(d, node, "key '%s'", json_key(node));
        check_places(d, json_first(node));
    }
}

static void every_node_finds_its_place(void **state) {
    (void)state;
    json_document *d = read_sound("[{\"a\":{},\"b\":[[],\"x\"]},{\"c\":null}]");
    check_places(d, json_root(d));
    buffer all = {0};
    json_report(d, list_problem, &all, NULL);
    assert_string_equal(all.bytes, "1:1  an array\n"
                                   "1:2 /0 an object\n"
                                   "1:3 /0/a key 'a'\n"
                                   "1:7 /0/a an object\n"
                                   "1:10 /0/b key 'b'\n"
                                   "1:14 /0/b an array\n"
                                   "1:15 /0/b/0 an array\n"
                                   "1:18 /0/b/1 a string\n"
                                   "1:24 /1 an object\n"
                                   "1:25 /1/c key 'c'\n"
                                   "1:29 /1/c null\n");
    buffer_free(&all);
    json_free(d);
}

static void a_document_beyond_the_limit_is_refused_unread(void **state) {
    (void)state;
    json_document *d;
    plaats_error error;
    assert_int_equal(json_read("[]", (size_t)INT32_MAX + 1, &d, &error), PLAATS_INPUT);
    assert_string_equal(error.message, "document of 2147483648 bytes, expected at most 2147483647");
    assert_int_equal(json_problems(d), 1);
    assert_null(json_root(d));
    json_free(d);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_what_was_found_and_what_is_allowed),
        cmocka_unit_test(refuses_words_and_signs_that_are_not_json),
        cmocka_unit_test(refuses_numbers_that_are_not_json),
        cmocka_unit_test(refuses_escapes_that_are_not_json),
        cmocka_unit_test(bounds_the_depth),
        cmocka_unit_test(collects_all_bad_characters),
        cmocka_unit_test(collects_lone_surrogates),
        cmocka_unit_test(collects_invalid_utf8),
        cmocka_unit_test(a_byte_order_mark_is_no_column),
        cmocka_unit_test(finds_duplicates_also_behind_escapes),
        cmocka_unit_test(finds_a_duplicate_among_any_number),
        cmocka_unit_test(bounds_the_size_of_numbers),
        cmocka_unit_test(a_sample_cut_anywhere_is_refused),
        cmocka_unit_test(a_sample_with_any_byte_changed_is_judged),
        cmocka_unit_test(every_node_finds_its_place),
        cmocka_unit_test(a_document_beyond_the_limit_is_refused_unread),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
