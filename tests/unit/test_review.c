/* What a planner is told of a sound instance. */
#include "plan_fixture.h"

#include "text/json_in.h"

static const char country[] =
    "{'format': 'plaats.instance/1', 'week': '2023-W06', 'weeks': 2, "
    "'places': [{'id': 'hospital'}], "
    "'sites': [{'id': 'a', 'kind': 'azc', 'beds': 10, 'usable_percent': 95, 'admits': ['quiet'], "
    "'tags': ['north']}, {'id': 'b', 'beds': 3, 'opens': '2023-W07', 'refuses': ['ghost']}, "
    "{'id': 'c', 'beds': 50, 'closes': '2023-W01'}],"
    "'travel': [{'from': 'a', 'to': 'hospital', 'minutes': 20}],"
    "'people': [{'id': 'p1', 'household': 'h', 'age': 30, 'tags': ['quiet', 'unused']}, "
    "{'id': 'p2', 'household': 'h', 'age': 30, 'tags': ['quiet']}, "
    "{'id': 'patient', 'age': 60, 'tags': ['quiet'], "
    "'near': [{'place': 'hospital', 'minutes': 10, 'because': 'dialysis'}]},"
    "{'id': 'later', 'age': 20}, {'id': 'gone', 'age': 20}],"
    "'households': [{'id': 'h', 'wishes': {'kind=azc': 5, 'kind=flex': 5, 'tag=north': 2}, "
    "'bans': [{'site': 'c'}, {'site': 'b'}]}, "
    "{'id': 'later', 'arrives': '2023-W07'}, {'id': 'gone', 'leaves': '2023-W06'}],"
    "'quotas': [{'id': 'nowhere', 'kind': 'ship', 'max': 1}, "
    "{'id': 'northern', 'site_tag': 'north', 'max': 100}]}";

static char *review_of(const char *quoted, plaats_form form) {
    plaats_error error = {0};
    buffer out = {0};
    plaats_instance *in = read_quoted(quoted);
    assert_int_equal(plaats_instance_review(in, form, keep_bytes, &out, &error), PLAATS_OK);
    plaats_instance_free(in);
    assert_non_null(out.bytes);
    return out.bytes;
}

static void expect(const char *text, const char *part) {
    if (strstr(text, part) == NULL) fail_msg("'%s' is not in:\n%s", part, text);
}

static void beds_against_people(void **state) {
    (void)state;
    char *text = review_of(country, PLAATS_TEXT);
    expect(text, "5 people in 4 households, 3 sites, week 2023-W06 to 2023-W07\n");
    expect(text, "2023-W06: 3 people need a bed, 9 usable at open sites: 6 to spare\n");
    expect(text, "2023-W07: 4 people need a bed, 12 usable at open sites: 8 to spare\n");
    free(text);
}

static void shortage_is_called_so(void **state) {
    (void)state;
    char *text = review_of("{'format': 'plaats.instance/1', 'week': '2023-W06', 'sites': "
                           "[{'id': 'a', 'beds': 1}], 'people': [{'id': 'p', 'age': 3}, "
                           "{'id': 'q', 'age': 4}]}",
                           PLAATS_TEXT);
    expect(text, "week 2023-W06\n");
    expect(text, "2 people need a bed, 1 usable at open sites: 1 short\n");
    assert_null(strstr(text, "nowhere")); /* each fits in an empty country */
    assert_null(strstr(text, "notes"));
    free(text);
}

static void who_fits_nowhere(void **state) {
    (void)state;
    char *text = review_of(country, PLAATS_TEXT);
    expect(text, "1 household fits nowhere");
    expect(text, "'patient', 1 person: closed at 2 sites, "
                 "near_minutes 'hospital' at 1 site (dialysis)\n");
    free(text);
}

static void what_touches_nothing(void **state) {
    (void)state;
    char *text = review_of(country, PLAATS_TEXT);
    expect(text, "1 household needs no bed in the planned weeks\n");
    expect(text, "1 site is open in no planned week\n");
    expect(text, "minutes to 'hospital' are unknown from 2 of 3 sites");
    expect(text, "quota 'nowhere' covers no site\n");
    assert_null(strstr(text, "quota 'northern' covers"));
    expect(text, "wish 'kind=flex' of 1 household matches no open site\n");
    assert_null(strstr(text, "wish 'kind=azc'"));
    expect(text, "ban of household 'h' from site 'c' holds in no planned week");
    assert_null(strstr(text, "from site 'b'"));
    expect(text, "tag 'unused' is used by no rule\n");
    expect(text, "tag 'ghost' is asked for or refused by sites, but nobody carries it\n");
    free(text);
}

static void rules_that_hold_in_no_week(void **state) {
    (void)state;
    char *text = review_of(
        "{'format': 'plaats.instance/1', 'week': '2023-W06', 'sites': [{'id': 'a', 'beds': 1, "
        "'province': 'Drenthe', 'municipality': 'Assen', 'durable': 5}, {'id': 'shut', 'beds': 1, "
        "'closes': '2023-W06'}], 'people': [{'id': 'p', 'age': 3}, {'id': 'q', 'age': 3}], "
        "'households': [{'id': 'p', 'pin': {'site': 'a', 'from': '2023-W07'}, 'wishes': {'shut': 1,"
        " 'a': 1, 'province=Drenthe': 1, 'province=Zeeland': 1, 'municipality=Assen': 1, "
        "'municipality=Goes': 1, 'durable': 1}}, {'id': 'q', 'wishes': {'shut': 2}}], "
        "'apart': [{'households': ['p', 'q'], 'until': '2023-W06'}], "
        "'quotas': [{'id': 'later', 'sites': ['a'], 'max': [{'from': '2023-W07', 'value': 1}]}]}",
        PLAATS_TEXT);
    expect(text, "\n  pin of household 'p' to site 'a' holds in no planned week\n");
    expect(text, "\n  apart group 1 is in force in no planned week\n");
    expect(text, "\n  quota 'later' has no limit in force in the planned weeks\n");
    expect(text, "\n  wish 'shut' of 2 households matches no open site\n");
    expect(text, "\n  wish 'province=Zeeland' of 1 household matches");
    expect(text, "\n  wish 'municipality=Goes' of 1 household matches");
    assert_null(strstr(text, "wish 'a'"));
    assert_null(strstr(text, "Drenthe"));
    assert_null(strstr(text, "Assen"));
    assert_null(strstr(text, "wish 'durable'"));
    free(text);
}

static void tags_with_their_rules(void **state) {
    (void)state;
    char *text = review_of(country, PLAATS_TEXT);
    expect(text, "'quiet', 3 people, 0 sites: admits of site 'a'\n");
    expect(text, "'ghost', 0 people, 0 sites: refuses of site 'b'\n");
    expect(text, "'north', 0 people, 1 site: quota 'northern', the sites it covers; "
                 "wishes of 1 household\n");
    expect(text, "'unused', 1 person, 0 sites: no rule\n");
    free(text);
}

static void json_says_the_same(void **state) {
    (void)state;
    static const char *const keys[] = {"people", "households", "sites", "week", "weeks",
                                       "beds",   "nowhere",    "notes", "tags"};
    char *text = review_of(country, PLAATS_JSON);
    plaats_error error = {0};
    json_document *document = NULL;
    assert_int_equal(json_read(text, strlen(text), &document, &error), PLAATS_OK);
    const json_node *root = json_root(document), *node = json_first(root);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++, node = json_next(node))
        assert_string_equal(json_key(node), keys[i]);
    assert_null(node);
    assert_int_equal(json_count(json_member(root, "beds")), 2);
    assert_int_equal(json_count(json_member(root, "tags")), 4);
    const json_node *lost = json_first(json_member(root, "nowhere"));
    assert_string_equal(json_text(json_member(lost, "household")), "patient");
    assert_int_equal(json_count(json_member(lost, "reasons")), 2);
    json_free(document);
    free(text);
}

static int refuse_bytes(void *context, const char *bytes, size_t size) {
    (void)context, (void)bytes, (void)size;
    return 1;
}

static void a_writer_that_fails_is_heard(void **state) {
    (void)state;
    plaats_error error = {0};
    plaats_instance *in = read_quoted(country);
    assert_int_equal(plaats_instance_review(in, PLAATS_TEXT, refuse_bytes, NULL, &error),
                     PLAATS_IO);
    plaats_instance_free(in);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(beds_against_people),
        cmocka_unit_test(shortage_is_called_so),
        cmocka_unit_test(who_fits_nowhere),
        cmocka_unit_test(what_touches_nothing),
        cmocka_unit_test(rules_that_hold_in_no_week),
        cmocka_unit_test(tags_with_their_rules),
        cmocka_unit_test(json_says_the_same),
        cmocka_unit_test(a_writer_that_fails_is_heard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
