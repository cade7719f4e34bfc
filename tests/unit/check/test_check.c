/* For every rule a plan that breaks it and nothing else, and one that just obeys it. */
#include "unit/check_fixture.h"

typedef struct {
    const char *instance;
    const char *good, *bad; /* stays */
    const char *reason;     /* why the bad ones are refused */
} rule_case;

#define P(id, rest) "{'id':'" id "','age':30" rest "}"
#define SITES "'sites':[{'id':'a','beds':5},{'id':'b','beds':5}],"
#define ONE "'people':[" P("h", "") "]"
#define TWO "'people':[" P("g", "") "," P("h", "") "]"
#define TRAVEL "'travel':[{'from':'a','to':'b','km':10,'minutes':20}]"
#define SECOND "2023-W07"

static void assert_rule(const rule_case *rule) {
    verdict v = check_stays(rule->instance, rule->good);
    assert_accepted(&v);
    v = check_stays(rule->instance, rule->bad);
    assert_refused(&v, rule->reason);
}

#define ASSERT_RULE(...) assert_rule(&(rule_case){__VA_ARGS__})

static void a_closed_site_takes_nobody(void **state) {
    (void)state;
    ASSERT_RULE(INSTANCE "'sites':[{'id':'a','beds':5,'closes':'2023-W06'},{'id':'b','beds':5,"
                         "'opens':'2023-W06','closes':'2023-W07'}]," ONE "}",
                AT("h", "b"), AT("h", "a"),
                "/stays/0: household 'h' may not be at 'a' in 2023-W06:"
                " the site is closed");
    ASSERT_RULE(INSTANCE "'weeks':2,'sites':[{'id':'a','beds':5,'opens':'2023-W07'}]," ONE "}",
                STAY("h", "a", SECOND, "1"), AT("h", "a"), "the site is closed");
}

static void beds_are_counted_week_by_week(void **state) {
    (void)state;
    ASSERT_RULE(INSTANCE
                "'sites':[{'id':'a','beds':3,'usable_percent':66},{'id':'b','beds':5}]," TWO "}",
                AT("h", "a") "," AT("g", "b"), AT("h", "a") "," AT("g", "a"),
                "2 persons at 'a' in 2023-W06, which has 1 usable beds");
    ASSERT_RULE(INSTANCE "'weeks':2,'sites':[{'id':'a','beds':[{'from':'2023-W01','value':1},"
                         "{'from':'2023-W07','value':0}]}]," ONE "}",
                AT("h", "a"), STAY("h", "a", "2023-W06", "2"),
                "1 persons at 'a' in 2023-W07, which has 0 usable beds");
}

static void a_needed_service_is_listed(void **state) {
    (void)state;
    ASSERT_RULE(INSTANCE "'sites':[{'id':'a','beds':5},{'id':'b','beds':5,'services':{'lift':true}"
                         "}],'people':[" P("h", ",'needs':['lift']") "]}",
                AT("h", "b"), AT("h", "a"), "service 'lift' is not listed there");
    ASSERT_RULE(INSTANCE
                "'rules':{'services_by_age':[{'service':'work','from':30,'to':30}]},"
                "'sites':[{'id':'a','beds':5},{'id':'b','beds':5,'services':{'work':1}}]," ONE "}",
                AT("h", "b"), AT("h", "a"), "service 'work' is not listed there");
}

static void service_places_are_limited_for_residents_too(void **state) {
    (void)state;
    ASSERT_RULE(INSTANCE "'sites':[{'id':'a','beds':5,'services':{'lift':1}},{'id':'b','beds':5,"
                         "'services':{'lift':true}}],'households':[{'id':'g','site':'a'}],"
                         "'weights':{'km':0},"
                         "'people':[" P("g", ",'household':'g','needs':['lift']") "," P(
                             "h", ",'needs':['lift']") "]}",
                AT("g", "a") "," AT("h", "b"), AT("g", "a") "," AT("h", "a"),
                "2 persons need service 'lift' at 'a' in 2023-W06, which has 1 places");
}

static void admits_and_refuses_hold_for_each_person(void **state) {
    (void)state;
    ASSERT_RULE(INSTANCE
                "'sites':[{'id':'a','beds':5,'admits':['amv','x']},{'id':'b','beds':5}],"
                "'people':[" P("h", ",'tags':['x']") "," P(
                    "i", ",'household':'k','tags':['amv']") "," P("j", ",'household':'k'") "]}",
                AT("h", "a") "," AT("k", "b"), AT("h", "b") "," AT("k", "a"),
                "household 'k' may not be at 'a' in 2023-W06: not every person carries");
    ASSERT_RULE(INSTANCE "'sites':[{'id':'a','beds':5,'refuses':['x']},{'id':'b','beds':5}],"
                         "'people':[" P("i", ",'household':'k'") "," P(
                             "j", ",'household':'k','tags':['y','x']") "]}",
                AT("k", "b"), AT("k", "a"), "a person carries a tag the site refuses");
}

static void travel_limits_hold(void **state) {
    (void)state;
    const char *by_km = INSTANCE SITES
        "'places':[{'id':'school'}],'travel':[{'from':'a','to':'school','km':11},{'from':'school',"
        "'to':'b','km':10}],'people':[" P("h", ",'near':[{'place':'school','km':10}]") "]}";
    ASSERT_RULE(by_km, AT("h", "b"), AT("h", "a"), "'school' is beyond its limit in km");
    const char *by_minutes = INSTANCE SITES
        "'places':[{'id':'school'}],'travel':[{'from':'b','to':'school','minutes':10}],"
        "'people':[" P("h", ",'near':[{'place':'school','minutes':10}]") "]}";
    ASSERT_RULE(by_minutes, AT("h", "b"), AT("h", "a"), "'school' is beyond its limit in minutes");
    const char *great_circle = INSTANCE
        "'sites':[{'id':'a','beds':5,'lat':52,'lon':5},{'id':'b','beds':5,'lat':52.09,'lon':5}],"
        "'people':[" P("h", ",'near':[{'place':'b','km':9}]") "]}";
    ASSERT_RULE(great_circle, AT("h", "b"), AT("h", "a"), "'b' is beyond its limit in km");
}

static void no_journey_is_longer_than_max_km(void **state) {
    (void)state;
    ASSERT_RULE(INSTANCE SITES TRAVEL ",'households':[{'id':'h','site':'a','max_km':9}],"
                                      "'people':[" P("p", ",'household':'h'") "]}",
                AT("h", "a"), AT("h", "b"), "the journey is longer than its max_km");
    ASSERT_RULE(INSTANCE "'sites':[{'id':'a','beds':5},{'id':'b','beds':5}],'places':[{'id':'gate'"
                         "}],'travel':[{'from':'gate','to':'a','km':10},{'from':'gate','to':'b',"
                         "'km':9}],'households':[{'id':'h','from':'gate','max_km':9}],"
                         "'people':[" P("p", ",'household':'h'") "]}",
                AT("h", "b"), AT("h", "a"), "the journey is longer than its max_km");
}

static void pins_and_bans_hold_in_their_weeks(void **state) {
    (void)state;
    ASSERT_RULE(INSTANCE SITES "'households':[{'id':'h','pin':{'site':'b'}}],"
                               "'people':[" P("p", ",'household':'h'") "]}",
                AT("h", "b"), AT("h", "a"), "it is pinned to another site");
    ASSERT_RULE(INSTANCE "'weeks':2,'weights':{'km':0}," SITES
                         "'households':[{'id':'h','bans':[{'site':'a','from':'2023-W07'}]}],"
                         "'people':[" P("p", ",'household':'h'") "]}",
                AT("h", "a") "," STAY("h", "b", SECOND, "1"), STAY("h", "a", "2023-W06", "2"),
                "household 'h' may not be at 'a' in 2023-W07: it is banned from the site");
}

static void nobody_moves_before_no_move_before(void **state) {
    (void)state;
    ASSERT_RULE(INSTANCE "'weeks':2," SITES TRAVEL
                         ",'households':[{'id':'h','site':'a','no_move_before':'2023-W07'}],"
                         "'people':[" P("p", ",'household':'h'") "]}",
                AT("h", "a") "," STAY("h", "b", SECOND, "1"), STAY("h", "b", "2023-W06", "2"),
                "it must not move before its no_move_before");
}

static void groups_stay_together_or_nowhere(void **state) {
    (void)state;
    const char *instance = INSTANCE SITES TWO ",'together':[{'households':['g','h']}]}";
    ASSERT_RULE(instance, AT("g", "a") "," AT("h", "a"), AT("g", "a") "," AT("h", "b"),
                "households 'g' and 'h' belong together and are not at one site in 2023-W06");
    ASSERT_RULE(instance, "", AT("h", "a"), "/stays/0: households 'g' and 'h' belong together");
}

static void groups_are_kept_apart_in_their_weeks(void **state) {
    (void)state;
    ASSERT_RULE(INSTANCE "'weeks':2," SITES TRAVEL "," TWO
                         ",'apart':[{'households':['g','h'],'until':'2023-W07'}]}",
                AT("g", "a") "," STAY("h", "a", SECOND, "1"),
                AT("g", "a") "," STAY("h", "a", "2023-W06", "2"),
                "households 'g' and 'h' must be apart and share 'a' in 2023-W06");
}

static void hard_quotas_hold(void **state) {
    (void)state;
    ASSERT_RULE(INSTANCE
                "'sites':[{'id':'a','beds':5,'kind':'azc'},{'id':'b','beds':5}],"
                "'people':[" P("g", ",'tags':['x']") "," P("h", "") "," P(
                    "i", ",'tags':['x']") "],"
                                          "'quotas':[{'id':'few','kind':'azc','tag':'x','max':1}]}",
                AT("g", "a") "," AT("h", "a") "," AT("i", "b"), AT("g", "a") "," AT("i", "a"),
                "quota 'few' counts 2 persons in 2023-W06 and allows 1");
    ASSERT_RULE(INSTANCE "'sites':[{'id':'a','beds':5,'tags':['r'],'durable':49},{'id':'b','beds':"
                         "5,'tags':['r'],'durable':50}]," ONE
                         ",'quotas':[{'id':'few','site_tag':'r','durable_below':50,'max':"
                         "[{'from':'2023-W01','value':null},{'from':'2023-W06','value':0}]}]}",
                AT("h", "b"), AT("h", "a"), "quota 'few' counts 1 persons");
}

static void coming_in_takes_min_stay(void **state) {
    (void)state;
    const char *instance = INSTANCE
        "'weeks':3,'rules':{'min_stay':3},'sites':[{'id':'a','beds':5,'closes':'2023-W09'}],"
        "'households':[{'id':'h','site':'a'}],'people':[" P("g", "") "," P("p",
                                                                           ",'household':'h'") "]}";
    ASSERT_RULE(instance, STAY("g", "a", "2023-W06", "3"), STAY("g", "a", SECOND, "2"),
                "the site closes before min_stay weeks have passed");
    ASSERT_RULE(instance, STAY("h", "a", "2023-W06", "3"), STAY("h", "a", SECOND, "1"),
                "household 'h' may not be at 'a' in 2023-W07: the site closes before min_stay");
}

static void moves_are_limited(void **state) {
    (void)state;
    const char *instance =
        INSTANCE "'weeks':3,'rules':{'max_moves':1}," SITES TRAVEL
                 ",'households':[{'id':'h','site':'a'}],'people':[" P("p", ",'household':'h'") "]}";
    ASSERT_RULE(instance, AT("h", "b") "," STAY("h", "a", "2023-W08", "1"),
                AT("h", "b") "," STAY("h", "a", "2023-W07", "2"),
                "it would move more often than max_moves");
}

static void residents_may_stay_while_they_do(void **state) {
    (void)state;
    const char *unfit = "'weeks':3,'sites':[{'id':'a','beds':5}],'households':[{'id':'h',"
                        "'site':'a'}],'people':[" P("p", ",'household':'h','needs':['lift']") "]";
    buffer strict = {0}, lenient = {0};
    buffer_format(&strict, "%s%s,'rules':{'residents_may_stay':false}}", INSTANCE, unfit);
    buffer_format(&lenient, "%s%s}", INSTANCE, unfit);
    ASSERT_RULE(strict.bytes, "", AT("h", "a"), "service 'lift' is not listed there");
    ASSERT_RULE(lenient.bytes, AT("h", "a"), AT("h", "a") "," STAY("h", "a", "2023-W08", "1"),
                "household 'h' may not be at 'a' in 2023-W08: service 'lift'");
    buffer_free(&strict);
    buffer_free(&lenient);
}

/* ---- The stays themselves ------------------------------------------------------------------ */

static void stays_are_of_the_instance(void **state) {
    (void)state;
    const char *instance = INSTANCE
        "'weeks':2," SITES
        "'households':[{'id':'h','arrives':'2023-W07'}],'people':[" P("p", ",'household':'h'") "]}";
    const char *good = STAY("h", "a", SECOND, "1");
    ASSERT_RULE(instance, good, STAY("i", "a", SECOND, "1"),
                "/stays/0/household: unknown "
                "household 'i'");
    ASSERT_RULE(instance, good, STAY("h", "c", SECOND, "1"), "/stays/0/site: unknown site 'c'");
    ASSERT_RULE(instance, good, STAY("h", "a", "2023-W06", "2"), "needs no bed in 2023-W06");
    ASSERT_RULE(instance, good, STAY("h", "a", "2023-W08", "1"), "not one of the weeks planned");
    ASSERT_RULE(instance, good, STAY("h", "a", "2023-W60", "1"), "'2023-W60' is no week");
    ASSERT_RULE(instance, good, STAY("h", "a", SECOND, "2"), "after the last week planned");
    ASSERT_RULE(instance, good, STAY("h", "a", SECOND, "0"), "a stay of 0 weeks");
    ASSERT_RULE(instance, good, STAY("h", "a", SECOND, "1.0"), "'1.0' is no integer");
    ASSERT_RULE(instance, good, STAY("h", "a", SECOND, "1") "," STAY("h", "b", SECOND, "1"),
                "/stays/1: household 'h' has more than one stay in 2023-W07");
}

/* Made by hand, a stay begins in the first week and lasts to the last; a plan that has figures says
 * which weeks it means. */
static void stays_by_hand_need_no_weeks(void **state) {
    (void)state;
    const char *instance = INSTANCE "'weeks':3,'sites':[{'id':'a','beds':5}]," ONE "}";
    verdict v = check_stays(instance, "{'household':'h','site':'a'}");
    assert_non_null(strstr(v.report.bytes, "unplaced: 0 person-weeks, placed: 3\n"));
    assert_accepted(&v);
    v = check_stays(instance, "{'household':'h','site':'a','from':'" SECOND "'}");
    assert_non_null(strstr(v.report.bytes, "unplaced: 1 person-weeks, placed: 2\n"));
    assert_accepted(&v);
    v = check_stays(instance, "{'household':'h','site':'a','weeks':2}");
    assert_non_null(strstr(v.report.bytes, "unplaced: 1 person-weeks, placed: 2\n"));
    assert_accepted(&v);
    v = check_stays(instance, "{'household':'h','site':'a','weeks':4}");
    assert_refused(&v, "/stays/0/weeks: the stay goes on after the last week planned");
    v = check_quoted(instance, "{'stays':[{'household':'h','site':'a','weeks':3}],'cost':120}");
    assert_refused(&v, "/stays/0: member 'from' is missing");
}

static void shapes_are_judged(void **state) {
    (void)state;
    const char *instance = INSTANCE SITES ONE "}";
    static const char *const cases[][2] = {
        {"{}", "member 'stays' is missing"},
        {"[]", "an array where an object belongs"},
        {"{'stays':{}}", "/stays: an object where an array belongs"},
        {"{'stays':[7]}", "/stays/0: a number where an object belongs"},
        {"{'stays':[{'site':'a','from':'2023-W06','weeks':1}]}", "member 'household' is missing"},
        {"{'stays':[{'household':'h','site':'a','from':'2023-W06','weeks':1,'person':1}]}",
         "/stays/0/person: unknown member 'person', did you mean 'persons'"},
        {"{'stays':[],'costs':1}", "/costs: unknown member 'costs', did you mean 'cost'"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        verdict v = check_quoted(instance, cases[i][0]);
        assert_refused(&v, cases[i][1]);
    }
    verdict v = check_quoted(instance, "{'stays':[],'x_note':{'any':'thing'}}");
    assert_accepted(&v);
}

static void what_is_no_json_is_no_plan(void **state) {
    (void)state;
    verdict v = check_quoted(INSTANCE SITES ONE "}", "{'stays':[}");
    assert_int_equal(v.status, PLAATS_INPUT);
    assert_int_equal(v.error.line, 1);
    assert_false(v.accepted);
    assert_null(v.report.bytes);
}

static void every_violation_is_named(void **state) {
    (void)state;
    verdict v = check_stays(INSTANCE "'sites':[{'id':'a','beds':1,'closes':'2023-W06'}]," TWO "}",
                            AT("g", "a") "," AT("h", "a"));
    assert_false(v.accepted);
    assert_non_null(strstr(v.report.bytes, "refused: 2 violations\n"));
    assert_non_null(strstr(v.report.bytes, "/stays/0: household 'g'"));
    assert_non_null(strstr(v.report.bytes, "/stays/1: household 'h'"));
    buffer_free(&v.report);
}

static int refuse_bytes(void *context, const char *bytes, size_t size) {
    (void)context, (void)bytes, (void)size;
    return 1;
}

static void a_report_that_cannot_be_written_fails(void **state) {
    (void)state;
    plaats_instance *in = read_quoted(INSTANCE SITES ONE "}");
    bool accepted = true;
    char *plan = with_quotes("{'stays':[]}");
    assert_int_equal(plaats_check(in, plan, strlen(plan), PLAATS_TEXT, refuse_bytes, NULL, NULL,
                                  NULL, &accepted, NULL),
                     PLAATS_IO);
    assert_false(accepted);
    free(plan);
    plaats_instance_free(in);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_closed_site_takes_nobody),
        cmocka_unit_test(beds_are_counted_week_by_week),
        cmocka_unit_test(a_needed_service_is_listed),
        cmocka_unit_test(service_places_are_limited_for_residents_too),
        cmocka_unit_test(admits_and_refuses_hold_for_each_person),
        cmocka_unit_test(travel_limits_hold),
        cmocka_unit_test(no_journey_is_longer_than_max_km),
        cmocka_unit_test(pins_and_bans_hold_in_their_weeks),
        cmocka_unit_test(nobody_moves_before_no_move_before),
        cmocka_unit_test(groups_stay_together_or_nowhere),
        cmocka_unit_test(groups_are_kept_apart_in_their_weeks),
        cmocka_unit_test(hard_quotas_hold),
        cmocka_unit_test(coming_in_takes_min_stay),
        cmocka_unit_test(moves_are_limited),
        cmocka_unit_test(residents_may_stay_while_they_do),
        cmocka_unit_test(stays_are_of_the_instance),
        cmocka_unit_test(stays_by_hand_need_no_weeks),
        cmocka_unit_test(shapes_are_judged),
        cmocka_unit_test(what_is_no_json_is_no_plan),
        cmocka_unit_test(every_violation_is_named),
        cmocka_unit_test(a_report_that_cannot_be_written_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
