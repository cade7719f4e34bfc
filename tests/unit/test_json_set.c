/* One value of a JSON text replaced, added, or refused. */
#include "text/json_set.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void expect(const char *text, const char *pointer, const char *value, const char *wanted) {
    buffer out = {0};
    plaats_error error = {0};
    plaats_status st = json_set(text, strlen(text), pointer, value, &out, &error);
    if (wanted != NULL) {
        if (st != PLAATS_OK) fail_msg("%s: %s", pointer, error.message);
        assert_string_equal(out.bytes, wanted);
    } else {
        assert_int_equal(st, PLAATS_INPUT);
        assert_string_equal(error.pointer, pointer);
    }
    buffer_free(&out);
}

static void values_are_replaced(void **state) {
    (void)state;
    expect("{\"a\": 1, \"b\": [2, 3]}", "/a", "7", "{\"a\": 7, \"b\": [2, 3]}");
    expect("{\"a\":-1.5e3,\"b\":2}", "/a", "[]", "{\"a\":[],\"b\":2}");
    expect("{\"a\": 1, \"b\": [2, 3]}", "/b/1", "null", "{\"a\": 1, \"b\": [2, null]}");
    expect(" [ [ ] , {\"x\" : \"]\\\"}\"} ] ", "/1/x", "true", " [ [ ] , {\"x\" : true} ] ");
    expect("{\"s\": {\"t\": {\"u\": false}}}", "/s/t/u", "\"w\"",
           "{\"s\": {\"t\": {\"u\": \"w\"}}}");
}

static void keys_are_compared_unescaped(void **state) {
    (void)state;
    expect("{\"a/b\": 1, \"m~n\": 2}", "/a~1b", "3", "{\"a/b\": 3, \"m~n\": 2}");
    expect("{\"a/b\": 1, \"m~n\": 2}", "/m~0n", "3", "{\"a/b\": 1, \"m~n\": 3}");
    expect("{\"\\u0061\": 1}", "/a", "3", "{\"\\u0061\": 3}");
    expect("{\"\": 1}", "/", "3", "{\"\": 3}");
}

static void new_members_and_elements_come_last(void **state) {
    (void)state;
    expect("{}", "/a", "1", "{\"a\": 1}");
    expect("{\"b\": {\"c\": 1}}", "/b/a\"", "1", "{\"b\": {\"c\": 1, \"a\\\"\": 1}}");
    expect("[]", "/-", "1", "[1]");
    expect("{\"a\": [0]}", "/a/-", "{}", "{\"a\": [0, {}]}");
}

static void pointers_that_lead_nowhere_are_refused(void **state) {
    (void)state;
    static const char *const bad[] = {"",     "a",     "/b/x",   "/a/x", "/a/01",
                                      "/a/3", "/a/-1", "/a/-/x", "/~2",  "/c/d/e"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        expect("{\"a\": [1, 2, 3], \"b\": 4, \"c\": {}}", bad[i], "1", NULL);
    expect("{\"a\": 1}", "/a", "2023-W07", NULL);
    expect("{\"a\": 1}", "/a", "1 2", NULL);
    expect("{\"a\": 1}", "/a", "", NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_replaced),
        cmocka_unit_test(keys_are_compared_unescaped),
        cmocka_unit_test(new_members_and_elements_come_last),
        cmocka_unit_test(pointers_that_lead_nowhere_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
