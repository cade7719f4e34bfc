/* The figures the check works out, against figures worked out by hand, and plans whose figures
 * were tampered with. */
#include "unit/check_fixture.h"

#define P(id, age, rest) "{'id':'" id "','age':" age rest "}"
#define TRAVEL "'travel':[{'from':'a','to':'b','km':10}]"
#define SITES "'sites':[{'id':'a','beds':5},{'id':'b','beds':5}],"

/* ---- Parts of the cost --------------------------------------------------------------------- */

static void assert_score(const char *instance, const char *stays, const char *figure) {
    verdict v = check_stays(instance, stays);
    assert_true(v.accepted);
    if (strstr(v.report.bytes, figure) == NULL) fail_msg("no '%s' in %s", figure, v.report.bytes);
    buffer_free(&v.report);
}

static void temporary_sites_cost_points(void **state) {
    (void)state;
    /* (2*40 + 1*20) * 67 = 6700, + 50, div 100 = 67; one child more under 18: (3*41 + 2*20)*67 */
    const char *instance = INSTANCE
        "'sites':[{'id':'a','beds':5,'durable':33}],'weights':{'temporary':41},'people':[" P(
            "p", "18", ",'household':'h'") "," P("q", "17", ",'household':'h'") "]}";
    assert_score(instance, AT("h", "a"), "stay 68,"); /* (82 + 20) * 67 + 50 = 6884 */
}

static void near_costs_points_per_km(void **state) {
    (void)state;
    assert_score(INSTANCE "'weeks':2," SITES TRAVEL
                          ",'households':[{'id':'h','near':[{'place':'b','points_per_km':3}]}],"
                          "'people':[" P("p", "30",
                                         ",'household':'h','near':[{'place':'b',"
                                         "'points_per_km':2,'from':'2023-W07'}]") "]}",
                 STAY("h", "a", "2023-W06", "2"), "near 80,");
}

static void wishes_add_up(void **state) {
    (void)state;
    assert_score(INSTANCE "'sites':[{'id':'a','beds':5,'kind':'azc','tags':['t'],'durable':25,"
                          "'province':'P','municipality':'M'}],'households':[{'id':'h','wishes':"
                          "{'a':1,'kind=azc':10,'tag=t':100,'province=P':1000,'municipality=M':"
                          "10000,'durable':-2,'kind=ship':5}}],"
                          "'people':[" P("p", "30", ",'household':'h'") "]}",
                 AT("h", "a"), "wishes -11111,"); /* durable: floor((-50 + 50) / 100) = 0 */
}

static void residents_pay_misfit_and_overstay(void **state) {
    (void)state;
    const char *instance = INSTANCE
        "'weeks':3,'sites':[{'id':'a','beds':5,'max_weeks':5,'refuses':['x']}],'households':["
        "{'id':'h','site':'a','since':'2023-W02'}],'people':[" P(
            "p", "30", ",'household':'h','tags':['x']") "," P("q", "30", ",'household':'h'") "]}";
    assert_score(instance, STAY("h", "a", "2023-W06", "3"), "misfit 1200, overstay 120,");
}

static void moves_cost_by_person_pupil_and_km(void **state) {
    (void)state;
    const char *rest = SITES TRAVEL ",'households':[{'id':'h','site':'a','moves':2}],'people':[" P(
        "p", "17", ",'household':'h'") "," P("q", "18", ",'household':'h'") "]}";
    buffer term = {0}, holiday = {0};
    buffer_format(&term, "%s%s", INSTANCE, rest);
    buffer_format(&holiday, "%s'rules':{'school_holidays':['2023-W06']},%s", INSTANCE, rest);
    assert_score(term.bytes, AT("h", "b"), "move 40, school_move 180, km 20,");
    assert_score(holiday.bytes, AT("h", "b"), "move 40, school_move 0, km 20,");
    buffer_free(&term);
    buffer_free(&holiday);
}

static void arriving_costs_the_journey_and_no_move(void **state) {
    (void)state;
    const char *instance = INSTANCE
        "'weeks':2,'sites':[{'id':'a','beds':5}],'places':[{'id':'gate'}],'travel':[{'from':'a',"
        "'to':'gate','km':7}],'households':[{'id':'h','from':'gate'}],'people':[" P(
            "p", "30", ",'household':'h'") "]}";
    assert_score(instance, AT("h", "a"), "move 0, school_move 0, km 7,");
    assert_score(instance, STAY("h", "a", "2023-W07", "1"), "move 0, school_move 0, km 0,");
}

static void after_an_unplaced_week_there_is_no_move(void **state) {
    (void)state;
    assert_score(INSTANCE "'weeks':2," SITES TRAVEL ",'households':[{'id':'h','site':'a'}],"
                          "'people':[" P("p", "30", ",'household':'h'") "]}",
                 STAY("h", "b", "2023-W07", "1"), "move 0, school_move 0, km 0,");
}

static void open_sites_and_soft_quotas_cost_points(void **state) {
    (void)state;
    assert_score(
        INSTANCE
        "'weeks':2," TRAVEL ",'sites':[{'id':'a','beds':5,'keep_open':9},{'id':'b','beds':5,"
        "'keep_open':7}],'people':[" P("g", "30", "") "," P(
            "h", "30", "") "],"
                           "'quotas':[{'id':'q','sites':['a'],'max':1,'min':1,'points':3}]}",
        AT("g", "a") "," AT("h", "a"), "keep_open 9, quotas 6,");
}

static void one_unplaced_week_outweighs_all(void **state) {
    (void)state;
    /* 1 + 2 weeks of [2*(40 + 20 + 20 + 200 + 30) + 1*60*2 + K=10*(2*1 + 3) + |-4|]
     * + 2*8 keep_open + 2 weeks * 2 persons * 5 points */
    assert_score(INSTANCE
                 "'weeks':2,'sites':[{'id':'a','beds':5,'keep_open':8},{'id':'b','beds':"
                 "5}],'quotas':[{'id':'q','kind':'none','max':1,'points':5}]," TRAVEL
                 ",'households':[{'id':'h','moves':1,'priority':3,'wishes':{'a':-4},"
                 "'near':[{'place':'a','points_per_km':3}]}],'people':[" P(
                     "p", "30", ",'household':'h'") "," P("q", "10", ",'household':'h'") "]}",
                 AT("h", "a"), "unplaced 9750)"); /* 2 * 3 * U; U = 1 + 2 * 794 + 16 + 20 */
}

static void a_plan_to_keep_costs_points(void **state) {
    (void)state;
    verdict v = check_quoted(
        INSTANCE SITES "'people':[" P("g", "30", "") "," P("h", "30", "") "," P("i", "30", "") "]}",
        "{'problem':{'keep':{'points':9,'stays':[" AT("g", "a") "," AT("h", "a") "," AT(
            "i", "a") "," AT("nobody", "a") "]}},'stays':[" AT("g", "b") "," AT("h", "a") "]}");
    assert_true(v.accepted);
    /* g is elsewhere, i unplaced; all three are in U: 1 + 3 * 310 + 3 * 9. */
    assert_non_null(strstr(v.report.bytes, "keep 18,"));
    assert_non_null(strstr(v.report.bytes, "unplaced 958)"));
    buffer_free(&v.report);
}

/* ---- A whole plan ---------------------------------------------------------------------------- */

static const char instance_text[] = INSTANCE
    "'sites':[{'id':'a','kind':'azc','beds':4,'durable':true,'refuses':['x'],'services':"
    "{'doctor':1}},{'id':'b','kind':'ship','beds':10,'keep_open':30,'services':{'doctor':true}}],"
    "'travel':[{'from':'b','to':'a','km':20}],'weights':{'unplaced':1000},"
    "'quotas':[{'id':'few','kind':'ship','max':1,'points':5}],"
    "'households':[{'id':'fam','site':'b'},{'id':'q','bans':[{'site':'b','because':'a quarrel'}]}],"
    "'people':[" P("f1", "40", ",'household':'fam'") "," P("f2", "10", ",'household':'fam'") "," P(
        "s", "30", ",'needs':['doctor']") "," P("q1", "30", ",'household':'q','tags':['x']") "]}";

/* Under these prices 'fam' is cheapest at b (200 + 2*3 + 2*7 = 220), 's' at a (5), 'q' nowhere
 * (2000); less 1*5 for the doctor and 1*7 for the quota: 2213 / 2, rounded up. */
static const char plan_text[] =
    "{'format':'plaats.plan/1','instance_sha256':'@','week':'2023-W06','weeks':1,"
    "'outcome':'work_limit','cost':1210,'bound':1107,'gap':103,'bound_from':'proof',"
    "'unplaced_points':1000,'parts':{'stay':40,'near':0,'wishes':0,'misfit':0,'overstay':0,"
    "'move':40,'school_move':60,'km':40,'keep_open':30,'quotas':0,'keep':0,'unplaced':1000},"
    "'totals':{'persons':4,'households':3,'placed':3,'unplaced':1,'moves':1,'persons_moved':2,"
    "'children_moved':1,'person_weeks':{'by_kind':{'azc':2,'ship':1},'durable':2,'temporary':1}},"
    "'stays':[{'household':'fam','site':'a','from':'2023-W06','weeks':1,'persons':2,'moved':true,"
    "'km':20,'points':140},{'household':'s','site':'b','from':'2023-W06','weeks':1,'persons':1,"
    "'moved':false,'km':null,'points':40}],"
    "'unplaced':[{'household':'q','from':'2023-W06','weeks':1,'persons':1,'points':1000,'reasons':"
    "[{'code':'refuses','sites':1},{'code':'ban','sites':1,'because':'a quarrel'}]}],"
    "'sites':[{'id':'a','weeks':[{'week':'2023-W06','beds':4,'taken':2,'services':{'doctor':0},"
    "'bed_price':0}]},{'id':'b','weeks':[{'week':'2023-W06','beds':10,'taken':1,'services':"
    "{'doctor':1},'bed_price':2}]}],"
    "'quotas':[{'id':'few','weeks':[{'week':'2023-W06','persons':1,'outside':0}]}],"
    "'proof':{'scale':2,'bound':1107,'cuts':[],'cases':[{'given':[],'prices':["
    "[['open','b','2023-W06'],3],[['service','a','doctor','2023-W06'],5],"
    "[['max','few','2023-W06'],7]]}]},"
    "'receipt':{'options':{},'version':'0.1.0','stays_sha256':"
    "'@@'},"
    "'solver':{'seconds':1.5}}";

/* Of the stays above, without blanks; sha256sum made it. */
#define STAYS_SHA256 "9c55f489adf7f21c1713cf8fb23d5c6bb3093c178fb2cb0c12273cceb100966f"

static char *whole_plan(const plaats_instance *in) {
    char *hashed = replaced(plan_text, "'@@'", "'" STAYS_SHA256 "'");
    char *plan = replaced(hashed, "@", in->sha256);
    free(hashed);
    return plan;
}

static void a_whole_plan_is_accepted(void **state) {
    (void)state;
    plaats_instance *in = read_quoted(instance_text);
    char *plan = whole_plan(in);
    verdict v = check_plan(in, plan, PLAATS_TEXT);
    if (!v.accepted) fail_msg("refused: %s", v.report.bytes);
    assert_non_null(strstr(v.report.bytes, "cost: 1210 points"));
    assert_non_null(strstr(v.report.bytes, "no plan costs less than 1107 points; gap 103 points, "
                                           "49.0476 %"));
    buffer_free(&v.report);
    v = check_plan(in, plan, PLAATS_JSON);
    assert_non_null(strstr(v.report.bytes, "\"accepted\": true"));
    assert_non_null(strstr(v.report.bytes, "\"bound\": 1107"));
    assert_non_null(strstr(v.report.bytes, "\"gap_percent\": 49.047619"));
    assert_non_null(strstr(v.report.bytes, "\"violations\": []"));
    buffer_free(&v.report);
    free(plan);
    plaats_instance_free(in);
}

typedef struct {
    const char *old, *new, *reason;
} tampering;

static void assert_tampered(const tampering *cases, size_t n) {
    plaats_instance *in = read_quoted(instance_text);
    char *plan = whole_plan(in);
    for (size_t i = 0; i < n; i++) {
        char *tampered = replaced(plan, cases[i].old, cases[i].new);
        verdict v = check_plan(in, tampered, PLAATS_TEXT);
        assert_refused(&v, cases[i].reason);
        free(tampered);
    }
    free(plan);
    plaats_instance_free(in);
}

#define ASSERT_TAMPERED(cases) assert_tampered(cases, sizeof(cases) / sizeof *(cases))

static void single_figures_are_judged(void **state) {
    (void)state;
    static const tampering cases[] = {
        {"plaats.plan/1", "plaats.plan/2", "/format: "},
        {"'instance_sha256':'", "'instance_sha256':'0", "/instance_sha256: "},
        {"'week':'2023-W06','weeks':1,'outcome'", "'week':'2023-W07','weeks':1,'outcome'",
         "/week: the first week of the instance is '2023-W06'"},
        {"'weeks':1,'outcome'", "'weeks':2,'outcome'", "/weeks: "},
        {"'work_limit'", "'optimal'", "'optimal' but the bound is not the cost"},
        {"'work_limit'", "'best'", "unknown outcome 'best'"},
        {"'cost':1210", "'cost':1209", "/cost: the cost is 1210, not 1209"},
        {"'gap':103", "'gap':102", "/gap: the gap (cost less bound) is 103"},
        {"'bound_from':'proof'", "'bound_from':'solver'", "not the solver's word"},
        {"'bound_from':'proof'", "'bound_from':'hope'", "unknown source 'hope'"},
        {"'bound':1107,'gap':103", "'bound':1108,'gap':102", "/bound_from: the bound is not"},
        {"'unplaced_points':1000", "'unplaced_points':1001", "/unplaced_points: "},
        {"'stay':40", "'stay':41", "/parts/stay: "},
        {"'keep':0,", "", "/parts: member 'keep' is missing"},
        {"'persons':4", "'persons':3", "/totals/persons: "},
        {"'placed':3", "'placed':4", "/totals/placed: "},
        {"'moves':1", "'moves':2", "/totals/moves: "},
        {"'children_moved':1", "'children_moved':0", "/totals/children_moved: "},
        {"'ship':1}", "'ship':1,'azx':0,'boat':1}", "/totals/person_weeks/by_kind/boat: "},
        {"'durable':2", "'durable':1", "/totals/person_weeks/durable: "},
        {STAYS_SHA256, "0" STAYS_SHA256, "/receipt/stays_sha256: the hash of the stays"},
    };
    ASSERT_TAMPERED(cases);
}

static void stays_and_tables_are_judged(void **state) {
    (void)state;
    static const tampering cases[] = {
        {"'beds':4,", "'beds':5,", "/sites/0/weeks/0/beds: the number of usable beds is 4"},
        {"'taken':2", "'taken':1", "/sites/0/weeks/0/taken: "},
        {"'doctor':0", "'doctor':1", "/sites/0/weeks/0/services/doctor: "},
        {"{'doctor':1}", "{'doctor':1,'lift':0}", "/sites/1/weeks/0/services/lift: "},
        {"'bed_price':2", "'bed_price':1", "/sites/1/weeks/0/bed_price: the price of a bed is 2"},
        {"{'id':'b','weeks'", "{'id':'a'},{'id':'b','weeks'",
         "/sites/1/id: site 'a' stands here twice"},
        {"'persons':1,'outside':0", "'persons':2,'outside':0", "/quotas/0/weeks/0/persons: "},
        {"'outside':0", "'outside':1", "/quotas/0/weeks/0/outside: "},
        {"'points':1000", "'points':999", "/unplaced/0/points: "},
        {"{'code':'refuses','sites':1},", "", "'refuses' rules out 1 sites and is missing"},
        {"{'code':'refuses','sites':1}", "{'code':'refuses','sites':2}",
         "/unplaced/0/reasons/0/sites: "},
        {"{'code':'ban'", "{'code':'full','sites':1},{'code':'ban'", "'full' rules out no site"},
        {"{'code':'ban'", "{'code':'moon','sites':1},{'code':'ban'", "unknown reason 'moon'"},
        {"{'code':'ban'", "{'code':'refuses','sites':1},{'code':'ban'", "stands here twice"},
        {"'a quarrel'", "'a threat'",
         "/unplaced/0/reasons/1/because: the rules behind reason 'ban' say 'a quarrel', not"},
        {",'because':'a quarrel'", "", "/unplaced/0/reasons/1: reason 'ban' does not quote"},
        {"'refuses','sites':1", "'refuses','sites':1,'because':'noise'",
         "/unplaced/0/reasons/0/because: the rules behind reason 'refuses' do not all give"},
    };
    ASSERT_TAMPERED(cases);
}

static void proofs_are_judged(void **state) {
    (void)state;
    static const tampering cases[] = {
        {"'2023-W06'],5", "'2023-W06'],100", "/proof/bound: the bound these prices prove is 1102"},
        {"'scale':2", "'scale':0", "/proof/scale: a scale is 1 to 2147483647"},
        {"['open','b','2023-W06'],3", "['beds','b','2023-W06'],3",
         "a site with keep_open has a row 'open' instead"},
        {"['open','b','2023-W06'],3", "['open','a','2023-W06'],3", "the site has no keep_open"},
        {"['open','b','2023-W06'],3", "['open','b','2023-W07'],3", "not one of the weeks planned"},
        {"['open','b','2023-W06'],3", "['open','b','2023-W06'],-3", "a price is 0 to 2^62"},
        {"['open','b','2023-W06'],3", "['open','c','2023-W06'],3", "unknown site 'c'"},
        {"['open','b','2023-W06'],3", "['cut',0],3",
         "there is no such row: 'cuts' has none of that index"},
        {"['open','b','2023-W06'],3", "['one','fam','2023-W06'],3",
         "a price takes no row of kind 'one'"},
        {"['open','b','2023-W06'],3", "['bed','b','2023-W06'],3", "there is no row of kind 'bed'"},
        {"['open','b','2023-W06'],3", "['unplaced','<='],3", "given no such decision"},
        {"['open','b','2023-W06'],3", "['open','b'],3", "a row of this kind is"},
        {"['open','b','2023-W06'],3", "['apart',0,'b','2023-W06'],3", "no group of that index"},
        {"['open','b','2023-W06'],3", "['max','few','2023-W06'],3", "the row is named twice"},
        {"['open','b','2023-W06'],3", "['min','few','2023-W06'],3", "no such limit in that week"},
        {"['service','a'", "['service','b'", "the service is unlimited at the site"},
        {"'few','2023-W06'],7", "'few','2023-W06'],11", "above scale times points"},
        {"'cuts':[]", "'cuts':[{}]", "/proof/cuts/0: member 'kind' is missing"},
        {"'given':[]", "'given':[['open','b','2023-W06',true]]",
         "/proof/cases/0/given/0: the cases form no tree: none is given the opposite"},
    };
    ASSERT_TAMPERED(cases);
}

static void prices_that_overflow_are_refused(void **state) {
    (void)state;
#define MANY_TIMES "{'kind':'round','rows':[[['beds','a','2023-W06'],9000000000]],'over':1}"
#define DEAR(k) "[['cut'," k "],4611686018427387904]"
    verdict v = check_quoted(
        INSTANCE "'sites':[{'id':'a','beds':1000000000}],'people':[" P("p", "30", "") "]}",
        "{'stays':[" AT("p", "a") "],'proof':{'scale':1,'bound':0,'cuts':[" MANY_TIMES
                                  "," MANY_TIMES "," MANY_TIMES "," MANY_TIMES "," MANY_TIMES
                                  "],'cases':[{'given':[],'prices':[" DEAR("0") "," DEAR(
                                      "1") "," DEAR("2") "," DEAR("3") "," DEAR("4") "]}]}}");
    assert_refused(&v, "/proof/cases/0: the sums of the proof are too large to verify");
}

static void whole_plans_are_sorted_and_maximal(void **state) {
    (void)state;
    const char *instance =
        INSTANCE "'weeks':2," SITES TRAVEL ",'people':[" P("g", "30", "") "," P("h", "30", "") "]}";
    const char *split = "{'cost':160,'stays':[" AT("g", "a") "," STAY(
        "g", "a", "2023-W07", "1") "," STAY("h", "a", "2023-W06", "2") "]}";
    const char *unsorted = "{'cost':160,'stays':[" STAY("h", "a", "2023-W06", "2") "," STAY(
        "g", "a", "2023-W06", "2") "]}";
    verdict v = check_quoted(instance, split);
    assert_refused(&v, "/stays/1: the stay goes on from another one");
    v = check_quoted(instance, unsorted);
    assert_refused(&v, "/stays/1: stays are not sorted");
    v = check_stays(instance, STAY("h", "a", "2023-W06",
                                   "2") "," AT("g", "a") "," STAY("g", "a", "2023-W07", "1"));
    assert_accepted(&v);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(temporary_sites_cost_points),
        cmocka_unit_test(near_costs_points_per_km),
        cmocka_unit_test(wishes_add_up),
        cmocka_unit_test(residents_pay_misfit_and_overstay),
        cmocka_unit_test(moves_cost_by_person_pupil_and_km),
        cmocka_unit_test(arriving_costs_the_journey_and_no_move),
        cmocka_unit_test(after_an_unplaced_week_there_is_no_move),
        cmocka_unit_test(open_sites_and_soft_quotas_cost_points),
        cmocka_unit_test(one_unplaced_week_outweighs_all),
        cmocka_unit_test(a_plan_to_keep_costs_points),
        cmocka_unit_test(a_whole_plan_is_accepted),
        cmocka_unit_test(single_figures_are_judged),
        cmocka_unit_test(stays_and_tables_are_judged),
        cmocka_unit_test(proofs_are_judged),
        cmocka_unit_test(prices_that_overflow_are_refused),
        cmocka_unit_test(whole_plans_are_sorted_and_maximal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
