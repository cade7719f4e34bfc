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

static void absent_objects_are_made(void **state) {
    (void)state;
    expect("{}", "/weights/unplaced", "5", "{\"weights\": {\"unplaced\": 5}}");
    expect("{\"a\": {\"b\": 1}}", "/a/c/d/e", "[]",
           "{\"a\": {\"b\": 1, \"c\": {\"d\": {\"e\": []}}}}");
    expect("{}", "/a\"~1/0", "1", "{\"a\\\"/\": {\"0\": 1}}");
    expect("{}", "/quotas/-", "{}", "{\"quotas\": [{}]}");
}

static void elements_are_named_by_their_ids(void **state) {
    (void)state;
    static const char sites[] =
        "{\"sites\": [{\"beds\": 1, \"id\": \"a\"}, 7, {\"id\": \"b/~\", \"beds\": 2}, "
        "{\"id\": \"@c\", \"beds\": 3}, {\"\\u0069d\": \"\\u0064\", \"beds\": 4}, "
        "{\"id\": \"0\", \"beds\": 5}]}";
    static const struct {
        const char *pointer, *old;
    } cases[] = {{"/sites/@a/beds", "\"beds\": 1"},  {"/sites/@b~1~0/beds", "\"beds\": 2"},
                 {"/sites/@@c/beds", "\"beds\": 3"}, {"/sites/@d/beds", "\"beds\": 4"},
                 {"/sites/@0/beds", "\"beds\": 5"},  {"/sites/0/beds", "\"beds\": 1"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char wanted[sizeof sites];
        strcpy(wanted, sites);
        strstr(wanted, cases[i].old)[8] = '9';
        expect(sites, cases[i].pointer, "9", wanted);
    }
    /* In an object it is a key as any other. */
    expect("{\"x\": {\"@a\": 1}}", "/x/@a", "2", "{\"x\": {\"@a\": 2}}");
    expect("{\"x\": {}}", "/x/@a", "2", "{\"x\": {\"@a\": 2}}");
}

static void what_is_removed_takes_its_comma(void **state) {
    (void)state;
    expect("{\"a\": 1, \"b\": 2}", "/a", NULL, "{\"b\": 2}");
    expect("{\"a\": 1 , \"b\": 2 }", "/b", NULL, "{\"a\": 1 }");
    expect("{ \"a\": {\"b\": [ ]} }", "/a/b", NULL, "{ \"a\": {} }");
    expect("[1, 2, 3]", "/0", NULL, "[2, 3]");
    expect("[1, 2, 3]", "/1", NULL, "[1, 3]");
    expect("[1, 2, 3]", "/2", NULL, "[1, 2]");
    expect("[{\"id\": \"x\"}]", "/@x", NULL, "[]");
    static const char *const absent[] = {"/b", "/a/3", "/a/-", "/c/d", "/a/@x", ""};
    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++)
        expect("{\"a\": [1, 2, 3]}", absent[i], NULL, NULL);
}

static void expect_message(const char *pointer, const char *value, const char *message) {
    static const char text[] = "{\"sites\": [{\"id\": \"zwolle\", \"beds\": 4}, {\"id\": "
                               "\"assen\"}], \"apart\": [{}]}";
    buffer out = {0};
    plaats_error error = {0};
    assert_int_equal(json_set(text, strlen(text), pointer, value, &out, &error), PLAATS_INPUT);
    assert_string_equal(error.message, message);
    buffer_free(&out);
}

static void refusals_say_what_there_is(void **state) {
    (void)state;
    expect_message("/sites/@zwole/beds", "1",
                   "no element here has the id 'zwole', did you mean 'zwolle'?");
    expect_message("/sites/@heumensoord/beds", "1", "no element here has the id 'heumensoord'");
    expect_message("/apart/@a/because", "\"\"",
                   "the elements here have no ids: they are named by their index, from 0");
    expect_message("/sites/2/beds", "1", "there is no element 2: the array has 2, counted from 0");
    expect_message("/sites/zwolle/beds", "1",
                   "'zwolle' names no element: an index does, '@' and an id, or '-' for a new one");
    expect_message("/sites/@zwolle/beds/x", "1", "there is no 'x' in what is no object or array");
    expect_message("/quotas/@q/max", "1", "there is no 'quotas', and so no element '@q' in it");
    expect_message("/quotas", NULL, "there is no 'quotas' to be removed");
    expect_message("/sites/@zwolle/name", "Zwolle",
                   "the new value 'Zwolle' is no JSON (texts stand in double quotes, \"Zwolle\")");
}

static void pointers_that_lead_nowhere_are_refused(void **state) {
    (void)state;
    static const char *const bad[] = {"",      "a",      "/b/x", "/a/x",  "/a/01",   "/a/3",
                                      "/a/-1", "/a/-/x", "/~2",  "/a/@x", "/c/d/@x", "/d/-/x"};
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
        cmocka_unit_test(absent_objects_are_made),
        cmocka_unit_test(elements_are_named_by_their_ids),
        cmocka_unit_test(what_is_removed_takes_its_comma),
        cmocka_unit_test(refusals_say_what_there_is),
        cmocka_unit_test(pointers_that_lead_nowhere_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
