/* What a planner is told of a sound instance. */
#include "unit/plan_fixture.h"

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
                           "[{'id': 'a', 'beds': 1, 'durable': true}], 'weights': {'unplaced': "
                           "9}, 'people': [{'id': 'p', 'age': 33}, {'id': 'q', 'age': 44}]}",
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
    expect(text,
           "\n  /households/0/pin: pin of household 'p' to site 'a' holds in no planned week\n");
    expect(text, "\n  /apart/0: apart group 1 is in force in no planned week\n");
    expect(text, "\n  /quotas/0: quota 'later' has no limit in force in the planned weeks\n");
    expect(text,
           "\n  /households/0/wishes/shut: wish 'shut' of 2 households matches no open site\n");
    expect(text, "\n  /households/0/wishes/province=Zeeland: wish 'province=Zeeland' of 1 "
                 "household matches");
    expect(text, "\n  /households/0/wishes/municipality=Goes: wish 'municipality=Goes' of 1 "
                 "household matches");
    assert_null(strstr(text, "wish 'a'"));
    assert_null(strstr(text, "Drenthe"));
    assert_null(strstr(text, "Assen"));
    assert_null(strstr(text, "wish 'durable'"));
    free(text);
}

static void tags_with_their_rules(void **state) {
    (void)state;
    char *text = review_of(country, PLAATS_TEXT);
    expect(text, "'quiet', 3 people: admits of site 'a'\n");
    expect(text, "'ghost', 0 people: refuses of site 'b'\n");
    expect(text, "'north', 1 site: quota 'northern', the sites it covers; "
                 "wishes of 1 household\n");
    expect(text, "'unused', 1 person: no rule\n");
    free(text);
}

static void json_says_the_same(void **state) {
    (void)state;
    static const char *const keys[] = {"format",     "instance_sha256", "sound", "people",
                                       "households", "sites",           "week",  "weeks",
                                       "beds",       "nowhere",         "notes", "tags"};
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

/* ---- Notes --------------------------------------------------------------------------------- */

#define WEIGHTS                                                                                    \
    "'weights': {'temporary': 40, 'temporary_child': 20, 'move': 20, 'school_move': 60, 'km': 0, " \
    "'misfit': 200, 'overstay': 30, 'unplaced': 'first'}"
#define INSTANCE "{'format': 'plaats.instance/1', 'week': '2023-W06', " WEIGHTS ", "

/* The instance has exactly these notes, "pointer: message" each. */
static void expect_notes(const char *quoted, int n, const char *const *notes) {
    plaats_error error = {0};
    int64_t counted = -1;
    plaats_instance *in = read_quoted(quoted);
    assert_int_equal(plaats_instance_notes(in, &counted, &error), PLAATS_OK);
    plaats_instance_free(in);
    char *text = review_of(quoted, PLAATS_TEXT);
    for (int i = 0; i < n; i++) expect(text, notes[i]);
    if (counted != n) fail_msg("%d notes expected:\n%s", n, text);
    free(text);
}
#define EXPECT_NOTES(quoted, ...)                                                                  \
    do {                                                                                           \
        const char *const notes_[] = {__VA_ARGS__};                                                \
        expect_notes(quoted, sizeof notes_ / sizeof *notes_, notes_);                              \
    } while (0)
static void expect_silence(const char *quoted) {
    expect_notes(quoted, 0, NULL);
}

static void a_family_parted_by_a_slip_is_told(void **state) {
    (void)state;
    EXPECT_NOTES(
        INSTANCE "'sites': [{'id': 'a', 'beds': 9}], 'people': ["
                 "{'id': 'p', 'household': 'G01', 'age': 33},"
                 "{'id': 'q', 'household': 'G0l', 'age': 5}]}",
        "/people/1/household: household 'G0l' differs from 'G01' only by characters that "
        "look alike\n",
        "/people/1/household: household 'G0l' has 1 child under 16, the youngest 5, and no "
        "adult\n");
    EXPECT_NOTES(INSTANCE "'sites': [{'id': 'a', 'beds': 9}], 'households': [{'id': 'H12 '}], "
                          "'people': [{'id': 'p', 'household': 'H12 ', 'age': 33},"
                          "{'id': 'q', 'household': 'H12', 'age': 55}]}",
                 "/people/1/household: household 'H12' differs from 'H12 ' only by blanks");
}

/* Cyrillic, Greek, full width, composed or not, case: of every kind of name. */
static void names_that_look_alike_are_told(void **state) {
    (void)state;
    EXPECT_NOTES(
        INSTANCE
        "'sites': [{'id': 'azc', 'beds': 9, 'kind': 'azc', 'tags': ['noord'], "
        "'services': {'school': true}}, {'id': 'AZC', 'beds': 9, 'kind': 'Azc', 'tags': "
        "['n\xD0\xBEord'], 'services': {'school ': true}}], 'places': [{'id': "
        "'\xCE\x91ZC'}, {'id': 'Zo\xC3\xAB'}, {'id': 'Zoe\xCC\x88'}], "
        "'quotas': [{'id': 'm', 'tag': 'man', 'max': 9, 'kind': 'azc'}, {'id': '\xEF\xBD\x8D', "
        "'site_tag': 'noord', 'max': 9}, {'id': 'u', 'site_tag': 'n\xD0\xBEord', 'max': 9}],"
        "'people': [{'id': 'p1', 'age': 33, 'tags': ['man']}, {'id': 'P1', 'age': 33}]}",
        "/people/1: person 'P1' differs from 'p1' only by upper and lower case",
        "/sites/1: site or place 'AZC' differs from 'azc' only by upper and lower case",
        "/places/0: site or place '\xCE\x91ZC' differs from 'azc' only by characters that look "
        "alike",
        "/places/2: site or place 'Zoe\xCC\x88' differs from 'Zo\xC3\xAB' only by Unicode normal "
        "form",
        "/sites/1/tags: tag 'n\xD0\xBEord' differs from 'noord' only by characters that look alike",
        "service 'school ' differs from 'school' only by blanks",
        "/sites/1: kind 'Azc' differs from 'azc' only by upper and lower case",
        "/quotas/1: quota '\xEF\xBD\x8D' differs from 'm' only by Unicode normal form");
}

static void numbers_are_no_slips(void **state) {
    (void)state;
    expect_silence(INSTANCE
                   "'sites': [{'id': 's1', 'beds': 9}, {'id': 's11', 'beds': 9}, {'id': "
                   "'s-L1', 'beds': 9}], 'people': [{'id': 'H1', 'age': 33}, {'id': "
                   "'H11', 'age': 33}, {'id': 'H10', 'age': 33}, {'id': 'H100', 'age': 33}, "
                   "{'id': 'HL1', 'age': 33}]}");
}

static void children_with_their_own_are_no_slip(void **state) {
    (void)state;
    /* Parents in another household of the group; minors who have a tag of their own. */
    expect_silence(INSTANCE
                   "'sites': [{'id': 'a', 'beds': 9, 'admits': ['amv', 'f']}], 'together': "
                   "[{'households': ['p', 'q']}], 'people': ["
                   "{'id': 'p', 'age': 33, 'tags': ['f']}, {'id': 'q', 'age': 3, 'tags': ['f']},"
                   "{'id': 'm1', 'age': 15, 'tags': ['amv']}, {'id': 'm2', 'age': 14, 'tags': "
                   "['amv']}, {'id': 'm3', 'age': 16, 'tags': ['amv']}, {'id': 'alone', "
                   "'age': 16, 'tags': ['f']}]}");
    EXPECT_NOTES(INSTANCE "'sites': [{'id': 'a', 'beds': 9, 'admits': ['f']}], 'people': ["
                          "{'id': 'p', 'age': 33, 'tags': ['f']}, {'id': 'q', 'household': 'h', "
                          "'age': 3, 'tags': ['f']}, {'id': 'r', 'household': 'h', 'age': 17, "
                          "'tags': ['f']}]}",
                 "/people/1/household: household 'h' has 1 child under 16, the youngest 3, and no "
                 "adult");
}

static void coordinates_out_of_place_are_told(void **state) {
    (void)state;
    EXPECT_NOTES(INSTANCE "'sites': [{'id': 'a', 'beds': 9, 'lat': 52.1, 'lon': 5.1}, {'id': 'b', "
                          "'beds': 9, 'lat': 53.1, 'lon': 6.1}, {'id': 'c', 'beds': 9, 'lat': 6.2, "
                          "'lon': 52.5}], 'places': [{'id': 'd', 'lat': 51.5, 'lon': 4.2}, {'id': "
                          "'e', 'lat': 52.5, 'lon': 13.4}], 'people': [{'id': 'p', 'age': 33}]}",
                 "/sites/2/lat: site 'c' at 6.2000 N, 52.5000 E has 'lat' and 'lon' swapped",
                 "/places/1/lat: place 'e' at 52.5000 N, 13.4000 E is outside the Netherlands");
    /* Elsewhere the others say where they are. */
    EXPECT_NOTES(INSTANCE
                 "'sites': [{'id': 'a', 'beds': 9, 'lat': 38.1, 'lon': 23.1}, {'id': 'b', "
                 "'beds': 9, 'lat': 39.1, 'lon': 24.1}, {'id': 'c', 'beds': 9, 'lat': 38.2, "
                 "'lon': 22.5}, {'id': 'd', 'beds': 9, 'lat': 37.2, 'lon': 23.9}, {'id': "
                 "'far', 'beds': 9, 'lat': 3.8, 'lon': 23.1}, {'id': 'turned', 'beds': 9, "
                 "'lat': 23.1, 'lon': 38.3}], 'people': [{'id': 'p', 'age': 33}]}",
                 "/sites/4/lat: site 'far' at 3.8000 N, 23.1000 E is far from where the others are",
                 "/sites/5/lat: site 'turned' at 23.1000 N, 38.3000 E has 'lat' and 'lon' swapped");
}

static void sites_with_too_many_are_told(void **state) {
    (void)state;
    EXPECT_NOTES(
        INSTANCE
        "'rules': {'residents_may_stay': true}, 'sites': [{'id': 'a', 'beds': 1, 'name': "
        "'Azc'}, {'id': 'b', 'beds': 9, 'name': 'Azc', 'services': {'ramp': 1}}, {'id': "
        "'shut', 'beds': 9, 'closes': '2023-W06'}, {'id': 'soon', 'beds': [{'from': "
        "'2023-W08', 'value': 4}], 'services': {'ramp': [{'from': '2023-W09', 'value': 1}]}}], "
        "'households': [{'id': 'p', 'site': 'a'}, {'id': 'q', 'site': 'a'}, {'id': 'r', "
        "'pin': {'site': 'b'}}, {'id': 's', 'pin': {'site': 'b'}}, {'id': 't', 'pin': "
        "{'site': 'shut'}}, {'id': 'u', 'site': 'shut'}], 'people': [{'id': 'p', 'age': 33}, "
        "{'id': 'q', 'age': 33}, {'id': 'r', 'age': 33, 'needs': ['ramp']}, {'id': 's', "
        "'age': 33, 'needs': ['ramp']}, {'id': 't', 'age': 33}, {'id': 'u', 'age': 33}]}",
        "1 site is open in no planned week",
        "2 people need 'ramp', and 1 bed comes with a place for that in 2023-W06",
        "/sites/0/beds: 2 people live at site 'a', which has 1 usable bed in 2023-W06",
        "/sites/1/services/ramp: 2 people who need 'ramp' are pinned to site 'b', which has 1 "
        "place",
        "/households/4/pin: household 't' is pinned to site 'shut', which is closed while the pin",
        "/sites/2: 1 person lives at site 'shut', which is closed in 2023-W06",
        "/sites/3/beds: beds of site 'soon' begin in 2023-W08, after the planned weeks",
        "/sites/3/services/ramp: places for 'ramp' at site 'soon' begin in 2023-W09",
        "/sites/1/name: site 'b' has the name of site 'a': 'Azc'");
    EXPECT_NOTES(
        INSTANCE "'weeks': 3, 'sites': [{'id': 'a', 'beds': 1, 'closes': '2023-W08'}], "
                 "'households': [{'id': 'p', 'pin': {'site': 'a'}}, {'id': 'q', 'pin': "
                 "{'site': 'a'}, 'arrives': '2023-W07'}], 'people': [{'id': 'p', 'age': 33}, "
                 "{'id': 'q', 'age': 33}]}",
        "/sites/0/beds: 2 people are pinned to site 'a', which has 1 usable bed in 2023-W07",
        "'p' is pinned to site 'a', which is closed in 1 of the 3 planned weeks in which",
        "'q' is pinned to site 'a', which is closed in 1 of the 2 planned weeks in which");
}

static void sites_that_close_soon_are_told(void **state) {
    (void)state;
    EXPECT_NOTES(
        INSTANCE "'sites': [{'id': 'a', 'beds': 4, 'closes': '2023-W07'}, {'id': 'b', "
                 "'beds': 9, 'closes': '2023-W08'}], 'households': [{'id': 'p', 'site': "
                 "'a'}, {'id': 'q', 'site': 'b'}], 'people': [{'id': 'p', 'age': 33}, "
                 "{'id': 'q', 'age': 33}]}",
        "/sites/0/closes: site 'a' closes in 2023-W07, 1 week after the last planned one: 1 "
        "person lives there, 0 are pinned to it, and others may be sent there");
    /* Nobody may come for so short a time, though beds are short. */
    EXPECT_NOTES(
        INSTANCE "'rules': {'min_stay': 3}, 'sites': [{'id': 'a', 'beds': 4, 'closes': "
                 "'2023-W08'}, {'id': 'b', 'beds': 1}], 'people': [{'id': 'p', 'age': 33}, "
                 "{'id': 'q', 'age': 33}]}",
        "/sites/0/closes: 4 beds at site 'a' stay empty in 2023-W06: it closes in 2023-W08, "
        "within 'min_stay' (3 weeks), and beds are short");
    expect_silence(INSTANCE "'rules': {'min_stay': 3}, 'sites': [{'id': 'a', 'beds': 4, 'closes': "
                            "'2023-W08'}, {'id': 'b', 'beds': 2}], 'people': [{'id': 'p', 'age': "
                            "33}, {'id': 'q', 'age': 33}]}");
}

/* 11 minors had 9 beds, with 12 to spare in all. */
static void beds_are_counted_by_who_may_go_there(void **state) {
    (void)state;
    char instance[4000], people[2000] = "";
    for (int i = 0; i < 11; i++)
        snprintf(people + strlen(people), sizeof people - strlen(people),
                 "{'id': 'm%d', 'age': 16, 'tags': ['amv']}, ", i);
    snprintf(instance, sizeof instance,
             INSTANCE
             "'sites': [{'id': 'a', 'beds': 9, 'admits': ['amv']}, {'id': 'b', 'beds': 16, "
             "'refuses': ['amv']}], 'people': [%s {'id': 'p', 'age': 33}, {'id': 'q', "
             "'age': 33}]}",
             people);
    EXPECT_NOTES(instance, "11 people carry tag 'amv', and 9 beds are open to them in 2023-W06");
    char *text = review_of(instance, PLAATS_TEXT);
    expect(text, "13 people need a bed, 25 usable at open sites: 12 to spare, but not for all");
    expect(text, "\n  11 with tag 'amv', 9 beds open to them: 2 short\n");
    free(text);
    text = review_of(instance, PLAATS_JSON);
    expect(text, "\"groups\": [{\"tag\": \"amv\", \"people\": 11, \"beds\": 9}]");
    free(text);
}

/* Neither tag is short by itself, both together are; and those without a tag are. */
static void people_without_other_sites_are_counted_together(void **state) {
    (void)state;
    EXPECT_NOTES(INSTANCE
                 "'sites': [{'id': 'a', 'beds': 2, 'admits': ['x', 'y']}, {'id': 'b', "
                 "'beds': 9, 'refuses': ['x', 'y']}], 'people': [{'id': 'p', 'age': 33, "
                 "'tags': ['x']}, {'id': 'q', 'age': 33, 'tags': ['x']}, {'id': 'r', 'age': "
                 "33, 'tags': ['y']}]}",
                 "3 people may by tags and needs go to 1 site only ('a'), with 2 beds in 2023-W06");
    EXPECT_NOTES(INSTANCE
                 "'sites': [{'id': 'a', 'beds': 9, 'admits': ['x']}, {'id': 'b', 'beds': "
                 "1}], 'people': [{'id': 'p', 'age': 33, 'tags': ['x']}, {'id': 'q', 'age': "
                 "33}, {'id': 'r', 'age': 33}]}",
                 "2 people may by tags and needs go to 1 site only ('b'), with 1 beds in 2023-W06");
    /* Who may stay where he lives needs no such bed. */
    expect_silence(INSTANCE
                   "'sites': [{'id': 'a', 'beds': 1, 'admits': ['x']}, {'id': 'b', 'beds': "
                   "1, 'refuses': ['x']}], 'households': [{'id': 'p', 'site': 'b'}], "
                   "'people': [{'id': 'p', 'age': 33, 'tags': ['x']}, {'id': 'q', 'age': "
                   "33, 'tags': ['x']}]}");
}

static void a_small_price_of_no_bed_is_told(void **state) {
    (void)state;
#define PRICED(unplaced)                                                                           \
    "{'format': 'plaats.instance/1', 'week': '2023-W06', 'weights': {'temporary': 40, "            \
    "'temporary_child': 20, 'move': 20, 'km': 1, 'misfit': 200, 'school_move': 60, "               \
    "'unplaced': " #unplaced                                                                       \
    "}, 'sites': [{'id': 'a', 'beds': 9}, {'id': 'b', 'beds': 9}], 'travel': "                     \
    "[{'from': 'a', 'to': 'b', 'km': 81}], 'households': [{'id': 'p', 'site': 'a'}, "              \
    "{'id': 'h', 'priority': 2}], 'people': [{'id': 'p', 'age': 33}, {'id': 'q', "                 \
    "'household': 'h', 'age': 33}, {'id': 'r', 'household': 'h', 'age': 3}]}"
    EXPECT_NOTES(PRICED(140), "/weights/unplaced: 'unplaced' is 140, less than a place may cost: "
                              "somebody may stay without a bed although one is free; 141 would do "
                              "(household 'p' at site 'b', per person and priority)");
    expect_silence(PRICED(141));
}

static void default_weights_that_count_are_told(void **state) {
    (void)state;
    EXPECT_NOTES("{'format': 'plaats.instance/1', 'week': '2023-W06', 'weights': {'move': 5}, "
                 "'sites': [{'id': 'a', 'beds': 9}], 'people': [{'id': 'p', 'age': 33}]}",
                 "\n  /weights: weights that are not stated count as temporary 40, unplaced "
                 "\"first\"\n");
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
        cmocka_unit_test(a_family_parted_by_a_slip_is_told),
        cmocka_unit_test(names_that_look_alike_are_told),
        cmocka_unit_test(numbers_are_no_slips),
        cmocka_unit_test(children_with_their_own_are_no_slip),
        cmocka_unit_test(coordinates_out_of_place_are_told),
        cmocka_unit_test(sites_with_too_many_are_told),
        cmocka_unit_test(sites_that_close_soon_are_told),
        cmocka_unit_test(beds_are_counted_by_who_may_go_there),
        cmocka_unit_test(people_without_other_sites_are_counted_together),
        cmocka_unit_test(a_small_price_of_no_bed_is_told),
        cmocka_unit_test(default_weights_that_count_are_told),
        cmocka_unit_test(a_writer_that_fails_is_heard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
