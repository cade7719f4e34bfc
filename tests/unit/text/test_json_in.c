/* Documents that are read: values, numbers to the digit, problems with their places. */
#include "unit/json_expect.h"

#include <inttypes.h>
#include <stdio.h>

/* ---- The tree ------------------------------------------------------------------------------- */

static void walks_the_tree(void **state) {
    (void)state;
    json_document *d = read_sound(" {\"id\": \"s1\", \"beds\": [1, -2.5e1, {}], \"ID\": true,\r\n"
                                  "\"x_note\": null, \"\": false}\t");
    const json_node *root = json_root(d);
    assert_int_equal(json_type_of(root), JSON_OBJECT);
    assert_null(json_key(root));
    assert_null(json_next(root));
    assert_int_equal(json_count(root), 5);
    assert_string_equal(json_text(json_member(root, "id")), "s1");
    assert_true(json_bool(json_member(root, "ID")));
    assert_false(json_bool(json_member(root, "")));
    assert_null(json_member(root, "Beds"));
    assert_string_equal(json_key(json_first(root)), "id");

    const json_node *beds = json_next(json_first(root));
    assert_int_equal(json_type_of(beds), JSON_ARRAY);
    assert_int_equal(json_count(beds), 3);
    assert_null(json_key(json_first(beds)));
    assert_true(json_double(json_next(json_first(beds))) == -25.0);
    assert_int_equal(json_count(json_next(json_next(json_first(beds)))), 0);
    assert_null(json_first(json_next(json_next(json_first(beds)))));
    assert_int_equal(json_problems(d), 0);
    json_free(d);
    json_free(NULL);
}

static void names_the_types(void **state) {
    (void)state;
    json_document *d = read_sound("[null, false, 0, \"\", [], {}]");
    static const char *const names[] = {"null",     "a boolean", "a number",
                                        "a string", "an array",  "an object"};
    const json_node *node = json_first(json_root(d));
    for (int kind = JSON_NULL; kind <= JSON_OBJECT; kind++, node = json_next(node)) {
        assert_int_equal(json_type_of(node), kind);
        assert_string_equal(json_type_name(node), names[kind]);
    }
    json_free(d);
}

static void undoes_escapes(void **state) {
    (void)state;
    json_document *d = read_sound("{\"\\u0061\\\"b\": \"\\\\ \\/ \\b\\f\\n\\r\\t \\u00e9 \\uD83C"
                                  "\\uDFE0 caf\xc3\xa9 \x7f\"}");
    const json_node *member = json_first(json_root(d));
    assert_string_equal(json_key(member), "a\"b");
    assert_string_equal(json_text(member),
                        "\\ / \b\f\n\r\t \xc3\xa9 \xf0\x9f\x8f\xa0 caf\xc3\xa9 \x7f");
    json_free(d);
}

static void any_value_can_be_the_root(void **state) {
    (void)state;
    static const char *const sound[] = {"true", "false", "null", "0",   "-0",    "12",    "1.5",
                                        "1E+9", "1e-9",  "\"\"", "[]",  "{}",    "[[]]",  "[1,2]",
                                        "1 ",   " 1",    "\n[]", "[ ]", "{ }\n", "\"x\"", "-1.0"};
    for (size_t i = 0; i < sizeof sound / sizeof sound[0]; i++) expect_problems(sound[i], "");
}

/* ---- Integers ------------------------------------------------------------------------------- */

static void expect_integer(const char *text, json_integer_result result, int64_t value) {
    json_document *d = read_sound(text);
    int64_t found = 77;
    assert_int_equal(json_integer(d, json_root(d), &found), result);
    if (found != (result == JSON_INTEGER ? value : 77)) fail_msg("%s: %" PRId64, text, found);
    json_free(d);
}

static void integers_are_exact(void **state) {
    (void)state;
    expect_integer("0", JSON_INTEGER, 0);
    expect_integer("-0", JSON_INTEGER, 0);
    expect_integer("-12", JSON_INTEGER, -12);
    expect_integer("9007199254740993", JSON_INTEGER, INT64_C(9007199254740993)); /* 2^53 + 1 */
    expect_integer("9223372036854775807", JSON_INTEGER, INT64_MAX);
    expect_integer("-9223372036854775808", JSON_INTEGER, INT64_MIN);
    expect_integer("9223372036854775808", JSON_TOO_LARGE, 0);
    expect_integer("-9223372036854775809", JSON_TOO_LARGE, 0);
    expect_integer("123456789012345678901234567890", JSON_TOO_LARGE, 0);
    expect_integer("18446744073709551617", JSON_TOO_LARGE, 0); /* 2^64 + 1 */
}

static void other_numbers_are_no_integers(void **state) {
    (void)state;
    static const char *const others[] = {
        "3.0",  "1e2",   "1E2", "0.5", "-0.0", "1e400", "99999999999999999999.0",
        "true", "\"1\"", "[1]", "null"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        expect_integer(others[i], JSON_NOT_INTEGER, 0);
}

static void numbers_are_shown_as_they_stand(void **state) {
    (void)state;
    json_document *d = read_sound("{\"beds\":-3.00e+1,\"age\":7}");
    char text[16], small[4];
    json_source(d, json_first(json_root(d)), text, sizeof text);
    assert_string_equal(text, "-3.00e+1");
    json_source(d, json_member(json_root(d), "age"), text, sizeof text);
    assert_string_equal(text, "7");
    json_source(d, json_first(json_root(d)), small, sizeof small);
    assert_string_equal(small, "-3.");
    json_free(d);
}

/* ---- Places --------------------------------------------------------------------------------- */

static void counts_characters_and_lines(void **state) {
    (void)state;
    expect_problems("[\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x8f\xa0\", x]",
                    "1:9 /1 unexpected 'x', expected a value\n");
    expect_problems("[1,\r\n2,\r\n\r\n  x]", "4:3 /2 unexpected 'x', expected a value\n");
    expect_problems("[1,\r2, x]", "1:8 /2 unexpected 'x', expected a value\n");
    expect_problems("[1,\n", "2:1 /1 unexpected end of the document, expected a value\n");
}

static void problems_are_told_by_place(void **state) {
    (void)state;
    json_document *d = read_sound("{\"people\": [\n  {\"id\": \"p1\", \"age\": 3.5},\n"
                                  "  {\"id\": \"p\xc3\xa9\", \"agee\": 131}\n],\n\"week\": [[7]]}");
    const json_node *first = json_first(json_member(json_root(d), "people"));
    const json_node *second = json_next(first);
    json_problem(d, json_first(json_first(json_member(json_root(d), "week"))), "late");
    json_problem_key(d, json_member(second, "agee"), "unknown member '%s'", "agee");
    json_problem(d, json_member(second, "agee"), "age %d is above %ld", 131, 130L);
    json_problem(d, second, "no 'age'");
    json_problem(d, second, "and again");
    json_problem(d, json_member(first, "age"), "'%s' is no integer", "3.5");
    json_problem_key(d, first, "an element has no key");
    json_problem(d, json_root(d), "whole");
    assert_int_equal(json_problems(d), 8);

    buffer all = {0};
    plaats_error error;
    static const char expected[] = "1:1  whole\n"
                                   "2:3 /people/0 an element has no key\n"
                                   "2:23 /people/0/age '3.5' is no integer\n"
                                   "3:3 /people/1 no 'age'\n"
                                   "3:3 /people/1 and again\n"
                                   "3:16 /people/1/agee unknown member 'agee'\n"
                                   "3:24 /people/1/agee age 131 is above 130\n"
                                   "5:11 /week/0/0 late\n";
    assert_int_equal(json_report(d, list_problem, &all, &error), PLAATS_INPUT);
    assert_string_equal(all.bytes, expected);
    assert_string_equal(error.message, "whole");
    assert_string_equal(error.pointer, "");
    buffer_free(&all);
    assert_int_equal(json_report(d, list_problem, &all, NULL), PLAATS_INPUT); /* once more */
    assert_string_equal(all.bytes, expected);
    buffer_free(&all);
    json_free(d);
}

static void pointers_escape_what_they_must(void **state) {
    (void)state;
    expect_problems("{\"a/b~c\": {\"\\u00e9\\n\\u0000\\u0085\": [0, x]}}",
                    "1:21 /a~1b~0c/\xc3\xa9\\u000a\\u0000\\u0085 '\\u0000' in a string is not "
                    "allowed\n"
                    "1:40 /a~1b~0c/\xc3\xa9\\u000a\\u0000\\u0085/1 unexpected 'x', expected a "
                    "value\n");
    expect_problems("{\"\\udfff\xff\": x}",
                    "1:3 /\xef\xbf\xbd\xef\xbf\xbd lone surrogate '\\udfff' in a string, expected "
                    "a pair\n"
                    "1:9 /\xef\xbf\xbd\xef\xbf\xbd invalid UTF-8 in a string, byte 0xFF\n"
                    "1:13 /\xef\xbf\xbd\xef\xbf\xbd unexpected 'x', expected a value\n");
}

/* A key of every length around the limit, with a character of three bytes at its end. */
static void long_pointers_are_cut_between_characters(void **state) {
    (void)state;
    for (int size = 240; size < 270; size++) {
        char text[400];
        snprintf(text, sizeof text, "{\"%0*d\xe2\x82\xac\": x}", size, 0);
        json_document *d;
        plaats_error error;
        assert_int_equal(json_read(text, strlen(text), &d, &error), PLAATS_INPUT);
        size_t length = strlen(error.pointer);
        if (1 + size + 3 <= 255)
            assert_int_equal(length, 1 + size + 3);
        else
            assert_in_range(length, 253, 255);
        bool cut = strcmp(error.pointer + length - 3, "...") == 0;
        assert_int_equal(cut, 1 + size + 3 > 255);
        if (cut) assert_int_equal(error.pointer[length - 4], '0');
        json_free(d);
    }
}

/* ---- Messages ------------------------------------------------------------------------------- */

static void messages_show_what_people_wrote_with_care(void **state) {
    (void)state;
    char text[2000], euros[400] = "";
    memset(text, 'n', sizeof text);
    text[sizeof text - 1] = '\0';
    for (int i = 0; i < 100; i++) strcat(euros, "\xe2\x82\xac");
    json_document *d = read_sound("[1]");
    const json_node *root = json_root(d);
    json_problem(d, root, "no site '%s'", "a\nb\x1b[2J\x7f\xc2\x9b\xe2\x80\xae");
    json_problem(d, root, "no site '%s' here", text);
    json_problem(d, root, "no site '%s' here", euros);
    json_problem(d, root, "%s", text);
    json_problem(d, root, "'%.*s' %d%% %s %5.1f %zu %" PRId64 " %c %x", 3, "abcdef", -5, "plain",
                 2.25, (size_t)9, INT64_MIN, 'q', 255u);
    buffer all = {0};
    json_report(d, list_problem, &all, NULL);
    char expected[2000];
    snprintf(expected, sizeof expected,
             "1:1  no site 'a\\u000ab\\u001b[2J\\u007f\\u009b\\u202e'\n"
             "1:1  no site '%.64s...' here\n"
             "1:1  no site '%.63s...' here\n"
             "1:1  %.512s...\n"
             "1:1  'abc' -5%% plain   2.2 9 -9223372036854775808 q ff\n",
             text, euros, text);
    assert_string_equal(all.bytes, expected);
    buffer_free(&all);
    json_free(d);
}

static void a_message_too_long_is_cut(void **state) {
    (void)state;
    char euros[513] = "";
    for (int i = 0; i < 170; i++) strcat(euros, "\xe2\x82\xac");
    json_document *d = read_sound("[1]");
    json_problem(d, json_root(d), "%s%s%s", euros, euros, euros);
    plaats_error error;
    json_report(d, NULL, NULL, &error);
    assert_int_equal(strlen(error.message), 1023);
    json_problem(d, json_root(d), "%s", "a second one, not told");
    json_free(d);

    d = read_sound("[1]");
    json_problem(d, json_root(d), "x%s%s%s", euros, euros, euros);
    json_report(d, NULL, NULL, &error);
    assert_int_equal(strlen(error.message), 1 + 340 * 3);
    json_free(d);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(walks_the_tree),
        cmocka_unit_test(names_the_types),
        cmocka_unit_test(undoes_escapes),
        cmocka_unit_test(any_value_can_be_the_root),
        cmocka_unit_test(integers_are_exact),
        cmocka_unit_test(other_numbers_are_no_integers),
        cmocka_unit_test(numbers_are_shown_as_they_stand),
        cmocka_unit_test(counts_characters_and_lines),
        cmocka_unit_test(problems_are_told_by_place),
        cmocka_unit_test(pointers_escape_what_they_must),
        cmocka_unit_test(long_pointers_are_cut_between_characters),
        cmocka_unit_test(messages_show_what_people_wrote_with_care),
        cmocka_unit_test(a_message_too_long_is_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
