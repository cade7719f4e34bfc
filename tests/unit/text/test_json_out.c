/* What is written, to the byte. */
#include "text/json_out.h"
#include "unit/comma_locale.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static void write_sample(json_out *o) {
    json_out_object(o, NULL);
    json_out_string(o, "format", "plaats.plan/1");
    json_out_array(o, "stays");
    for (int i = 1; i <= 2; i++) {
        json_out_object_row(o, NULL);
        json_out_integer(o, "persons", i);
        json_out_array(o, "weeks");
        json_out_integer(o, NULL, 7);
        json_out_integer(o, NULL, 8);
        json_out_end(o);
        json_out_bool(o, "moved", i == 1);
        json_out_end(o);
    }
    json_out_end(o);
    json_out_array(o, "none");
    json_out_end(o);
    json_out_object_row(o, "empty");
    json_out_end(o);
    json_out_null(o, "km");
    json_out_end(o);
}

static void lays_out_rows_on_one_line(void **state) {
    (void)state;
    buffer b = {0};
    json_out o = {.to = &b};
    write_sample(&o);
    assert_string_equal(b.bytes, "{\n"
                                 "  \"format\": \"plaats.plan/1\",\n"
                                 "  \"stays\": [\n"
                                 "    {\"persons\": 1, \"weeks\": [7, 8], \"moved\": true},\n"
                                 "    {\"persons\": 2, \"weeks\": [7, 8], \"moved\": false}\n"
                                 "  ],\n"
                                 "  \"none\": [],\n"
                                 "  \"empty\": {},\n"
                                 "  \"km\": null\n"
                                 "}\n");
    buffer_free(&b);
}

static void compact_has_no_blanks(void **state) {
    (void)state;
    buffer b = {0};
    json_out o = {.to = &b, .compact = true};
    write_sample(&o);
    assert_string_equal(b.bytes, "{\"format\":\"plaats.plan/1\",\"stays\":["
                                 "{\"persons\":1,\"weeks\":[7,8],\"moved\":true},"
                                 "{\"persons\":2,\"weeks\":[7,8],\"moved\":false}],"
                                 "\"none\":[],\"empty\":{},\"km\":null}");
    buffer_free(&b);
}

static void a_root_can_be_a_row_or_a_plain_value(void **state) {
    (void)state;
    buffer b = {0};
    json_out o = {.to = &b};
    json_out_array_row(&o, NULL);
    json_out_integer(&o, NULL, 1);
    json_out_array(&o, NULL);
    json_out_integer(&o, NULL, 2);
    json_out_end(&o);
    json_out_end(&o);
    json_out_array(&o, NULL); /* the row of the first root has ended */
    json_out_integer(&o, NULL, 3);
    json_out_end(&o);
    json_out_string(&o, NULL, "x");
    assert_string_equal(b.bytes, "[1, [2]]\n[\n  3\n]\n\"x\"\n");
    buffer_free(&b);
}

static void escapes_only_what_must_be(void **state) {
    (void)state;
    buffer b = {0};
    json_out o = {.to = &b, .compact = true};
    json_out_object(&o, NULL);
    json_out_string(&o, "a\"b", "\\ / \b\f\n\r\t \x01\x1f \x7f caf\xc3\xa9 \xf0\x9f\x8f\xa0");
    json_out_end(&o);
    assert_string_equal(b.bytes, "{\"a\\\"b\":\"\\\\ / \\b\\f\\n\\r\\t \\u0001\\u001f \x7f "
                                 "caf\xc3\xa9 \xf0\x9f\x8f\xa0\"}");
    buffer_free(&b);
}

static void writes_the_widest_integers(void **state) {
    (void)state;
    buffer b = {0};
    json_out o = {.to = &b, .compact = true};
    json_out_array(&o, NULL);
    json_out_integer(&o, NULL, INT64_MIN);
    json_out_integer(&o, NULL, INT64_MAX);
    json_out_end(&o);
    assert_string_equal(b.bytes, "[-9223372036854775808,9223372036854775807]");
    buffer_free(&b);
}

static void doubles_are_fixed_point(void **state) {
    (void)state;
    buffer b = {0};
    json_out o = {.to = &b, .compact = true};
    json_out_array(&o, NULL);
    json_out_double(&o, NULL, 1.5, 2);
    json_out_double(&o, NULL, -0.001, 2);
    json_out_double(&o, NULL, -10, 0);
    json_out_double(&o, NULL, -0.0, 0);
    json_out_double(&o, NULL, -0.01, 2);
    json_out_double(&o, NULL, 1e22, 1);
    json_out_double(&o, NULL, NAN, 1);
    json_out_double(&o, NULL, -INFINITY, 1);
    json_out_end(&o);
    assert_string_equal(b.bytes, "[1.50,0.00,-10,0,-0.01,10000000000000000000000.0,null,null]");
    buffer_free(&b);
    json_out_double(&o, NULL, -1.7976931348623157e308, 20);
    assert_int_equal(b.size, 1 + 309 + 1 + 20);
    buffer_free(&b);
}

static void doubles_know_no_locale(void **state) {
    (void)state;
    char comma[16];
    if (!use_decimal_comma()) skip(); /* not glibc */
    snprintf(comma, sizeof comma, "%.2f", 1234.25);
    buffer b = {0};
    json_out o = {.to = &b, .compact = true};
    json_out_double(&o, NULL, 1234.25, 2);
    setlocale(LC_NUMERIC, "C");
    assert_string_equal(comma, "1234,25");
    assert_string_equal(b.bytes, "1234.25");
    buffer_free(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lays_out_rows_on_one_line),
        cmocka_unit_test(compact_has_no_blanks),
        cmocka_unit_test(a_root_can_be_a_row_or_a_plain_value),
        cmocka_unit_test(escapes_only_what_must_be),
        cmocka_unit_test(writes_the_widest_integers),
        cmocka_unit_test(doubles_are_fixed_point),
        cmocka_unit_test(doubles_know_no_locale),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
