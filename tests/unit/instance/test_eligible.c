/* Every rule that excludes a household by itself, broken and just obeyed. */
#include "unit/instance_fixture.h"

#include "instance/eligible.h"

/* Sites of the tests: 0 home, 1 other, 2 closed. */
#define SITES_WITH(other)                                                                          \
    "'sites': [{'id': 'home', 'beds': 9, 'lat': 52, 'lon': 5},"                                    \
    "{'id': 'other', 'beds': [{'from': '2023-W06', 'value': 9}], 'lat': 52, 'lon': 6" other "},"   \
    "{'id': 'gone', 'beds': 0, 'closes': '2023-W06', 'refuses': ['x'], 'lat': 52, 'lon': 5}]"

#define PERSON(rest) "{'id': 'p', 'household': 'h', 'age': 30" rest "}"

enum { HOME, OTHER, GONE };

static eligibility first_week(const plaats_instance *in, int j) {
    int h = household_named(in, "h");
    return eligible(in, h, j, 0, eligible_came_from_first(in, &in->households[h]));
}

/* The reasons that exclude household 'h' of a document from a site in the first week. */
static void excluded(const char *quoted, int j, reason_set expected) {
    plaats_instance *in = sound(quoted);
    eligibility e = first_week(in, j);
    assert_int_equal(e.excluded, expected);
    assert_false(e.misfit);
    plaats_instance_free(in);
}

static void nothing_excludes(void **state) {
    (void)state;
    excluded(HEAD SITES_WITH("") ", 'people': [" PERSON("") "]}", OTHER, 0);
}

static void closed_stands_alone(void **state) {
    (void)state;
    excluded(HEAD SITES_WITH("") ", 'people': [" PERSON(", 'tags': ['x']") "]}", GONE,
             REASON(CLOSED));
    excluded(HEAD SITES_WITH(", 'opens': '2023-W07'") ", 'people': [" PERSON("") "]}", OTHER,
             REASON(CLOSED));
    excluded(HEAD SITES_WITH(", 'opens': '2023-W06', 'closes': '2023-W07'") ", 'people': [" PERSON(
                 "") "]}",
             OTHER, 0);
}

static void usable_beds_are_counted(void **state) {
    (void)state;
    const char *three = ", 'people': [" PERSON("") ", {'id': 'q', 'household': 'h', 'age': 3},"
                                                   "{'id': 'r', 'household': 'h', 'age': 3}]}";
    buffer b = {0};
    buffer_format(&b, "%s%s", HEAD SITES_WITH(", 'usable_percent': 33"), three);
    excluded(b.bytes, OTHER, REASON(BEDS)); /* 9 * 33 % = 2.97, rounded down */
    b.size = 0;
    buffer_format(&b, "%s%s", HEAD SITES_WITH(", 'usable_percent': 34"), three);
    excluded(b.bytes, OTHER, 0);
    buffer_free(&b);
}

static void services_must_be_listed_and_suffice(void **state) {
    (void)state;
#define SCHOOL "'rules': {'services_by_age': [{'service': 'school', 'from': 4, 'to': 17}]}, "
    const char *family = "'people': [{'id': 'a', 'household': 'h', 'age': 17, 'needs': ['school']},"
                         "{'id': 'b', 'household': 'h', 'age': 4}, {'id': 'c', 'household': 'h',"
                         "'age': 18}, {'id': 'd', 'household': 'h', 'age': 3}]}";
    static const struct {
        const char *site;
        reason_set expected;
    } cases[] = {
        {HEAD SCHOOL SITES_WITH(""), REASON(SERVICE)},
        {HEAD SCHOOL SITES_WITH(", 'services': {'doctor': true}"), REASON(SERVICE)},
        {HEAD SCHOOL SITES_WITH(", 'services': {'school': true}"), 0},
        {HEAD SCHOOL SITES_WITH(", 'services': {'school': 2}"), 0},
        {HEAD SCHOOL SITES_WITH(", 'services': {'school': 1}"), REASON(SERVICE)},
        {HEAD SCHOOL SITES_WITH(", 'services': {'school': [{'from': '2023-W07', 'value': 9}]}"),
         REASON(SERVICE)},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buffer b = {0};
        buffer_format(&b, "%s, %s", cases[i].site, family);
        excluded(b.bytes, OTHER, cases[i].expected);
        buffer_free(&b);
    }
}

static void tags_admit_and_refuse(void **state) {
    (void)state;
    const char *site = HEAD SITES_WITH(", 'admits': ['family', 'amv'], 'refuses': ['track-2']");
    static const struct {
        const char *people;
        reason_set expected;
    } cases[] = {
        {PERSON(", 'tags': ['amv']"), 0},
        {PERSON(", 'tags': ['amv', 'track-2']"), REASON(REFUSES)},
        {PERSON(""), REASON(ADMITS)},
        {PERSON(", 'tags': ['amv']") ", {'id': 'q', 'household': 'h', 'age': 1}", REASON(ADMITS)},
        {PERSON(", 'tags': ['track-2']"), REASON(ADMITS) | REASON(REFUSES)},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buffer b = {0};
        buffer_format(&b, "%s, 'people': [%s]}", site, cases[i].people);
        excluded(b.bytes, OTHER, cases[i].expected);
        buffer_free(&b);
    }
}

static void near_limits_of_all_hold(void **state) {
    (void)state;
    const char *start = HEAD SITES_WITH("") ", 'travel': [{'from': 'other', 'to': 'port',"
                                            "'minutes': 30}], 'places': [{'id': 'port', 'lat': 52,"
                                            "'lon': 5}, {'id': 'farm'}], 'people': [";
    static const struct {
        const char *near;
        reason_set expected;
    } cases[] = {
        {"{'place': 'port', 'km': 68}", 0},
        {"{'place': 'port', 'km': 67}", REASON(NEAR_KM)},
        {"{'place': 'port', 'km': 0, 'until': '2023-W06'}", 0},
        {"{'place': 'port', 'km': 0, 'from': '2023-W06'}", REASON(NEAR_KM)},
        {"{'place': 'port', 'minutes': 30}", 0},
        {"{'place': 'port', 'minutes': 29, 'km': 9}", REASON(NEAR_KM) | REASON(NEAR_MINUTES)},
        {"{'place': 'farm', 'minutes': 100000}", REASON(NEAR_MINUTES)},
        {"{'place': 'other', 'minutes': 0, 'km': 0}", 0},
        {"{'place': 'port', 'points_per_km': 5}", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buffer b = {0};
        buffer_format(&b, "%s" PERSON(", 'near': [%s]") "]}", start, cases[i].near);
        excluded(b.bytes, OTHER, cases[i].expected);
        b.size = 0;
        buffer_format(&b, "%s" PERSON("") "], 'households': [{'id': 'h', 'near': [%s]}]}", start,
                      cases[i].near);
        excluded(b.bytes, OTHER, cases[i].expected);
        buffer_free(&b);
    }
}

/* Household 'h' with the members given, and a port. */
static void row_excludes(const char *row, int j, reason_set expected) {
    buffer b = {0};
    buffer_format(
        &b,
        HEAD SITES_WITH("") ", 'places': [{'id': 'port', 'lat': 52, 'lon': 5}],"
                            "'people': [" PERSON("") "], 'households': [{'id': 'h', %s}]}",
        row);
    excluded(b.bytes, j, expected);
    buffer_free(&b);
}

static void orders_for_a_household(void **state) {
    (void)state;
    row_excludes("'site': 'home', 'max_km': 68", OTHER, 0);
    row_excludes("'site': 'home', 'max_km': 67", OTHER, REASON(MAX_KM));
    row_excludes("'site': 'home', 'max_km': 0", HOME, 0);
    row_excludes("'from': 'port', 'max_km': 67", OTHER, REASON(MAX_KM));
    row_excludes("'from': 'port', 'max_km': 67, 'arrives': '2023-W01'", OTHER, REASON(MAX_KM));
    row_excludes("'pin': {'site': 'home'}", OTHER, REASON(PIN));
    row_excludes("'pin': {'site': 'home'}", HOME, 0);
    row_excludes("'pin': {'site': 'home', 'from': '2023-W07'}", OTHER, 0);
    row_excludes("'bans': [{'site': 'home'}, {'site': 'other'}]", OTHER, REASON(BAN));
    row_excludes("'bans': [{'site': 'other', 'until': '2023-W06'}]", OTHER, 0);
    row_excludes("'site': 'home', 'no_move_before': '2023-W07'", OTHER, REASON(NO_MOVE));
    row_excludes("'site': 'home', 'no_move_before': '2023-W07'", HOME, 0);
    row_excludes("'site': 'home', 'no_move_before': '2023-W06'", OTHER, 0);
}

static void min_stay_counts_from_moving_in(void **state) {
    (void)state;
    plaats_instance *in = sound(HEAD "'weeks': 3, 'rules': {'min_stay': 3}, " SITES_WITH(
        ", 'closes': '2023-W09'") ", 'people': [" PERSON("") "]}");
    const came_from nowhere = {.site = NONE, .arriving = true};
    const came_from there = {.site = OTHER};
    const came_from elsewhere = {.site = HOME};
    assert_int_equal(eligible(in, 0, OTHER, 0, nowhere).excluded, 0);
    assert_int_equal(eligible(in, 0, OTHER, 1, nowhere).excluded, REASON(MIN_STAY));
    assert_int_equal(eligible(in, 0, OTHER, 1, elsewhere).excluded, REASON(MIN_STAY));
    assert_int_equal(eligible(in, 0, OTHER, 1, there).excluded, 0);
    assert_int_equal(eligible(in, 0, HOME, 2, nowhere).excluded, 0); /* never closes */
    plaats_instance_free(in);
}

/* Service, admits, refuses and near at once: 15 reasons to leave, all forgiven. */
#define UNFIT                                                                                      \
    "'sites': [{'id': 'home', 'beds': 1, 'lat': 52, 'lon': 5, 'admits': ['a'], 'refuses': ['b']"
#define UNFIT_PERSON                                                                               \
    ", 'people': [{'id': 'p', 'household': 'h', 'age': 30, 'needs': ['doctor'], 'tags': ['b'],"    \
    "'near': [{'place': 'port', 'km': 1, 'minutes': 1}]}],"                                        \
    "'places': [{'id': 'port', 'lat': 53, 'lon': 5}]"

static void residents_may_stay(void **state) {
    (void)state;
    const reason_set all =
        REASON(SERVICE) | REASON(ADMITS) | REASON(REFUSES) | REASON(NEAR_KM) | REASON(NEAR_MINUTES);
    plaats_instance *in =
        sound(HEAD UNFIT "}]" UNFIT_PERSON ", 'households': [{'id': 'h', 'site': 'home'}]}");
    eligibility e = first_week(in, HOME);
    assert_int_equal(e.excluded, 0);
    assert_true(e.misfit);
    /* Having left it, it comes back as anybody else. */
    e = eligible(in, 0, HOME, 0, (came_from){.site = HOME, .at_home = false});
    assert_int_equal(e.excluded, all);
    assert_false(e.misfit);
    plaats_instance_free(in);

    excluded(HEAD UNFIT "}]" UNFIT_PERSON "}", HOME, all);
    excluded(HEAD "'rules': {'residents_may_stay': false}, " UNFIT "}]" UNFIT_PERSON
                  ", 'households': [{'id': 'h', 'site': 'home'}]}",
             HOME, all);
    /* Limited places still count for who lives there. */
    in = sound(HEAD UNFIT ", 'services': {'doctor': 0}}]" UNFIT_PERSON
                          ", 'households': [{'id': 'h', 'site': 'home',"
                          "'bans': [{'site': 'home'}]}]}");
    e = first_week(in, HOME);
    assert_int_equal(e.excluded, REASON(SERVICE) | REASON(BAN));
    assert_true(e.misfit);
    plaats_instance_free(in);
}

static void counts_of_households(void **state) {
    (void)state;
    plaats_instance *in =
        sound(HEAD "'sites': [], 'rules': {'school_age': [5, 18], 'services_by_age':"
                   "[{'service': 'school', 'from': 5, 'to': 18}, {'service': 'school', 'from': 0,"
                   "'to': 5}, {'service': 'doctor', 'from': 60}]},"
                   "'people': [{'id': 'a', 'household': 'h', 'age': 18, 'tags': ['t', 'u']},"
                   "{'id': 'b', 'household': 'h', 'age': 5, 'needs': ['school']},"
                   "{'id': 'c', 'household': 'h', 'age': 4, 'needs': ['lift'], 'tags': ['u']},"
                   "{'id': 'd', 'household': 'h', 'age': 60}, {'id': 'e', 'age': 40}]}");
    const household *h = &in->households[0];
    assert_int_equal(household_count_children(in, h), 2);
    assert_int_equal(household_count_school_children(in, h), 2);
    assert_string_equal(in->services[0], "doctor");
    assert_int_equal(household_count_needing(in, h, 0), 1);
    assert_int_equal(household_count_needing(in, h, 1), 1); /* lift */
    assert_int_equal(household_count_needing(in, h, 2), 3); /* school, each person once */
    assert_int_equal(household_count_needing(in, &in->households[1], 2), 0);
    assert_int_equal(household_count_tagged(in, h, NONE), 4);
    assert_int_equal(household_count_tagged(in, h, 1), 2);
    plaats_instance_free(in);
}

static void quotas_cover_sites(void **state) {
    (void)state;
    plaats_instance *in = sound(
        HEAD "'people': [], 'sites': [{'id': 'a', 'beds': 1, 'kind': 'azc', 'province': 'Drenthe',"
             "'municipality': 'Assen', 'tags': ['north'], 'durable': 50}, {'id': 'b', 'beds': 1}],"
             "'quotas': [{'id': '0', 'max': 1, 'sites': ['b', 'b']},"
             "{'id': '1', 'max': 1, 'kind': 'azc'}, {'id': '2', 'max': 1, 'province': 'Drenthe'},"
             "{'id': '3', 'max': 1, 'municipality': 'assen'}, {'id': '4', 'max': 1, 'site_tag':"
             "'north'}, {'id': '5', 'max': 1, 'durable_below': 50}, {'id': '6', 'max': 1,"
             "'durable_below': 51, 'site_tag': 'north'}, {'id': '7', 'max': 1, 'kind': 'azc',"
             "'sites': ['b']}, {'id': '8', 'max': 1, 'sites': []}]}");
    const char *covered[] = {"b", "a", "a", "", "a", "b", "a", "", ""};
    for (int i = 0; i < in->n_quotas; i++) {
        assert_int_equal(quota_covers(in, &in->quotas[i], 0), covered[i][0] == 'a');
        assert_int_equal(quota_covers(in, &in->quotas[i], 1), covered[i][0] == 'b');
    }
    plaats_instance_free(in);
}

static void steps_hold_from_their_week(void **state) {
    (void)state;
    const step at[] = {{10, 1}, {12, 2}, {20, 3}};
    const steps s = {.n = 3, .at = at};
    assert_int_equal(steps_value(&s, 9, 7), 7);
    assert_int_equal(steps_value(&s, 10, 7), 1);
    assert_int_equal(steps_value(&s, 11, 7), 1);
    assert_int_equal(steps_value(&s, 12, 7), 2);
    assert_int_equal(steps_value(&s, 19, 7), 2);
    assert_int_equal(steps_value(&s, 1000, 7), 3);
    assert_int_equal(steps_value(&(steps){.n = 0}, 1000, 7), 7);
}

static void codes_are_those_of_the_format(void **state) {
    (void)state;
    assert_string_equal(eligible_code(REASON_CLOSED_BIT), "closed");
    assert_string_equal(eligible_code(REASON_NEAR_KM_BIT), "near_km");
    assert_string_equal(eligible_code(REASON_FULL_BIT), "full");
    assert_string_equal(eligible_code(REASON_DECISION_BIT), "decision");
    assert_string_equal(eligible_code(REASON_PATH_BIT), "path");
    assert_int_equal(REASON_COUNT, 20);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_excludes),
        cmocka_unit_test(closed_stands_alone),
        cmocka_unit_test(usable_beds_are_counted),
        cmocka_unit_test(services_must_be_listed_and_suffice),
        cmocka_unit_test(tags_admit_and_refuse),
        cmocka_unit_test(near_limits_of_all_hold),
        cmocka_unit_test(orders_for_a_household),
        cmocka_unit_test(min_stay_counts_from_moving_in),
        cmocka_unit_test(residents_may_stay),
        cmocka_unit_test(counts_of_households),
        cmocka_unit_test(quotas_cover_sites),
        cmocka_unit_test(steps_hold_from_their_week),
        cmocka_unit_test(codes_are_those_of_the_format),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
