/* Cases of proofs: decisions, the tree they form, and unit prices. */
#include "unit/proof_fixture.h"

#define P(id, household) "{'id':'" id "','age':30,'household':'" household "'}"
#define FREE "'weights':{'unplaced':1000,'temporary':0},"
#define PRICE(row, price) "[" row "," price "]"
#define BEDS "['beds','a'," WEEK "]"
#define OPEN(j) "['open','" j "'," WEEK "]"
#define IS_OPEN(j) "['open','" j "'," WEEK ",true]"
#define IS_SHUT(j) "['open','" j "'," WEEK ",false]"
#define IS_AT(h, j) "['at','" h "','" j "'," WEEK ",true]"
#define NOT_AT(h, j) "['at','" h "','" j "'," WEEK ",false]"
#define AT_MOST(k) "['unplaced','<='," k "]"
#define AT_LEAST(k) "['unplaced','>='," k "]"
#define MOST "['unplaced','<=']"
#define LEAST "['unplaced','>=']"
#define UNIT_CASE(given, unit_prices, prices)                                                      \
    "{'given':[" given "],'unit_prices':[" unit_prices "],'prices':[" prices "]}"

/* Families of 3, 3 and 2 and four beds: 3 fit, so 5 stay unplaced; the beds alone prove 4. */
#define FAMILIES                                                                                   \
    "'people':[" P("g1", "g") "," P("g2", "g") "," P("g3", "g") "," P("h1", "h") "," P(            \
        "h2", "h") "," P("h3", "h") "," P("i1", "i") "," P("i2", "i") "]"
#define FOUR_BEDS INSTANCE FREE "'sites':[{'id':'a','beds':4}]," FAMILIES "}"
#define AT_A_COST INSTANCE FREE "'sites':[{'id':'a','beds':4,'keep_open':100}]," FAMILIES "}"

static void units_are_decided_site_by_site(void **state) {
    (void)state;
    /* g at a: pays for it what it uses, 3000, so 3000 + 3000 + 2000 - 4000; else 5000 on 2000
     * for a bed: 3000 + 3000 + 2000 - 4 * 1000. */
    assert_proves(
        FOUR_BEDS, "",
        CASE(IS_AT("g", "a"), PRICE(BEDS, "1000")) "," CASE(NOT_AT("g", "a"), PRICE(BEDS, "1000")),
        4000);
    /* g at a: 3 * 9000, the others 5000, less 36000. */
    assert_proves(
        FOUR_BEDS, "",
        CASE(IS_AT("g", "a"), PRICE(BEDS, "9000")) "," CASE(NOT_AT("g", "a"), PRICE(BEDS, "1000")),
        27000 + 5000 - 36000);
    /* g not at a: 3000 of its own, and nothing else is asked. */
    assert_proves(FOUR_BEDS, "",
                  CASE(NOT_AT("g", "a"), "") "," CASE(IS_AT("g", "a"), PRICE(BEDS, "1000")), 3000);
}

static void sites_are_decided_open_or_closed(void **state) {
    (void)state;
    /* Open: 8000 + 100 - 4000. Closed: 8000. */
    assert_proves(AT_A_COST, "",
                  CASE(IS_OPEN("a"), PRICE(OPEN("a"), "1000")) "," CASE(IS_SHUT("a"), ""), 4100);
    assert_proves(AT_A_COST, "", CASE(IS_OPEN("a"), "") "," CASE(IS_SHUT("a"), ""), 100);
    /* Also below its costs: 8 * 10 + 100 - 4 * 10. */
    assert_proves(
        AT_A_COST, "",
        CASE(IS_SHUT("a"), PRICE(OPEN("a"), "1")) "," CASE(IS_OPEN("a"), PRICE(OPEN("a"), "10")),
        80 + 100 - 40);
    assert_proves(AT_A_COST, "{'kind':'fill','row':" OPEN("a") "}",
                  CASE(IS_OPEN("a"), PRICE("['cut',0]", "1000")) "," CASE(IS_SHUT("a"), ""), 5100);
}

static void the_number_unplaced_is_decided(void **state) {
    (void)state;
    /* 4 at most: each unplaced person costs 2000 for 1000 and the beds 2000: 8 * 2000 - 4 * 1000
     * - 4 * 2000; 5 or more: each earns 900 back: 8 * 100 - 4 * 100 + 5 * 900. */
    assert_proves(FOUR_BEDS, "",
                  CASE(AT_MOST("4"), PRICE(MOST, "1000") "," PRICE(BEDS, "2000")) "," CASE(
                      AT_LEAST("5"), PRICE(LEAST, "900") "," PRICE(BEDS, "100")),
                  4000);
    assert_proves(FOUR_BEDS, "",
                  CASE(AT_MOST("2"), PRICE(MOST, "1000") "," PRICE(BEDS, "2000")) "," CASE(
                      AT_LEAST("3"), PRICE(LEAST, "900") "," PRICE(BEDS, "100")),
                  800 - 400 + 2700);
}

static void the_tightest_decision_counts(void **state) {
    (void)state;
    /* 3, 2 and 7 at most, the first is the tightest: 8 * 2000 - 2 * 1000 - 4 * 2000 = 6000. */
    assert_proves(
        FOUR_BEDS, "",
        CASE(AT_MOST("7") "," AT_MOST("2"), PRICE(MOST, "1000") "," PRICE(BEDS, "2000")) "," CASE(
            AT_LEAST("3") "," AT_MOST("7"),
            PRICE(LEAST, "1000") ",[" MOST ",7]") "," CASE(AT_LEAST("8"), PRICE(LEAST, "1000")),
        3000 - 49);
    assert_proves(
        FOUR_BEDS, "",
        CASE(AT_MOST("2"), PRICE(MOST, "1000") "," PRICE(BEDS, "2000")) "," CASE(
            AT_LEAST("3") "," AT_MOST("5"),
            PRICE(LEAST, "2000")) "," CASE(AT_LEAST("3") "," AT_LEAST("6"), PRICE(LEAST, "1000")),
        -8000 + 6000);
}

static void priorities_weigh(void **state) {
    (void)state;
    assert_proves(INSTANCE FREE "'sites':[],'households':[{'id':'g','priority':7}],'people':[" P(
                      "x", "g") "," P("y", "g") "]}",
                  "", CASE(AT_LEAST("14"), PRICE(LEAST, "1000")) "," CASE(AT_MOST("13"), ""),
                  14000);
}

static void cases_that_cannot_be_are_skipped(void **state) {
    (void)state;
    /* g cannot be at b at all, nor at two sites. */
    const char *instance =
        INSTANCE FREE "'sites':[{'id':'a','beds':4},{'id':'b','beds':2}]," FAMILIES "}";
    assert_proves(
        instance, "",
        CASE(IS_AT("g", "b"), "") "," CASE(NOT_AT("g", "b") "," NOT_AT("g", "a"), "") "," CASE(
            NOT_AT("g", "b") "," IS_AT("g", "a"), PRICE(BEDS, "0")),
        0);
    assert_proves(instance, "",
                  CASE(IS_AT("g", "b") "," IS_AT("g", "a"),
                       "") "," CASE(IS_AT("g", "b") "," NOT_AT("g", "a"),
                                    "") "," CASE(NOT_AT("g", "b"), PRICE(BEDS, "10")),
                  30 + 30 - 40);
    /* Nor at a closed site. */
    assert_proves(AT_A_COST, "",
                  CASE(IS_OPEN("a"), "") "," CASE(IS_SHUT("a") "," IS_AT("g", "a"), "") "," CASE(
                      NOT_AT("g", "a") "," IS_SHUT("a"), ""),
                  100);
}

/* ---- The tree ------------------------------------------------------------------------------ */

#define EMPTY(given) CASE(given, "")

static void decisions_may_stand_in_any_order(void **state) {
    (void)state;
    assert_proves(
        FOUR_BEDS, "",
        EMPTY(IS_AT("g", "a") "," AT_MOST("3")) "," EMPTY(NOT_AT("g", "a") "," IS_AT(
            "h",
            "a")) "," EMPTY(NOT_AT("h",
                                   "a") "," NOT_AT("g",
                                                   "a")) "," EMPTY(AT_LEAST("4") "," IS_AT("g",
                                                                                           "a")),
        0);
}

static void decisions_form_a_complete_tree(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {EMPTY(IS_AT("g", "a")), "/proof/cases/0/given/0: the cases form no tree: none is given"},
        {EMPTY("") "," EMPTY(""), "/proof/cases/1: the cases form no tree: no decision tells"},
        {EMPTY(IS_AT("g", "a")) "," EMPTY(IS_AT("g", "a")), "none is given the opposite"},
        {EMPTY(IS_AT("g", "a")) "," EMPTY(NOT_AT("h", "a")), "no decision tells this case from"},
        {EMPTY(IS_AT("g", "a")) "," EMPTY(NOT_AT("g", "a") "," IS_AT("h", "a")),
         "/proof/cases/1/given/1: the cases form no tree: none is given the opposite"},
        {EMPTY(IS_AT("g", "a")) "," EMPTY(NOT_AT("g", "a") "," NOT_AT("h", "a")) "," EMPTY(
             NOT_AT("g", "a")),
         "/proof/cases/2: the cases form no tree"},
        {EMPTY(AT_MOST("3")) "," EMPTY(AT_LEAST("3")), "the cases form no tree"},
        {EMPTY(AT_MOST("3")) "," EMPTY(AT_LEAST("5")), "the cases form no tree"},
        {EMPTY(IS_AT("g", "a") "," NOT_AT("g", "a")) "," EMPTY(NOT_AT("g", "a")),
         "the decision stands here with its opposite"},
        {EMPTY(IS_AT("g", "a") "," IS_AT("g", "a")) "," EMPTY(NOT_AT("g", "a")),
         "the decision stands here twice"},
        {"", "/proof/cases: a proof has at least one case"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_no_proof(FOUR_BEDS, "", cases[i][0], cases[i][1]);
}

static void a_group_is_decided_as_one(void **state) {
    (void)state;
    const char *instance = INSTANCE FREE "'sites':[{'id':'a','beds':4}],'together':[{'households':"
                                         "['h','i']}]," FAMILIES "}";
    assert_proves(instance, "", EMPTY(IS_AT("g", "a")) "," EMPTY(NOT_AT("g", "a")), 5000);
    assert_proves(FOUR_BEDS, "", EMPTY(IS_AT("g", "a")) "," EMPTY(NOT_AT("g", "a")), 0);
    /* h and i do not fit, so only the second case can be. */
    assert_proves(instance, "", EMPTY(IS_AT("h", "a")) "," EMPTY(NOT_AT("i", "a")), 5000);
    assert_no_proof(instance, "",
                    EMPTY(IS_AT("h", "a") "," IS_AT("i", "a")) "," EMPTY(NOT_AT("i", "a")),
                    "the decision stands here twice");
}

static void malformed_decisions_are_refused(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"['open','a'," WEEK ",true]", "there is nothing to decide: the site has no keep_open"},
        {"['open','c'," WEEK ",true]", "there is nothing to decide: the site is closed"},
        {"['open','b'," WEEK "]", "[\"open\", site, week, true or false]"},
        {"['open','b'," WEEK ",1]", "a number where true or false belongs"},
        {"['at','g','c'," WEEK ",true]", "there is nothing to decide: the site is closed"},
        {"['at','g','a','2023-W07',true]", "'2023-W07' is not one of the weeks planned"},
        {"['at','out','a'," WEEK ",true]", "household 'out' needs no bed in that week"},
        {"['at','z','a'," WEEK ",true]", "unknown household 'z'"},
        {"['unplaced','<=',-1]", "there is nothing to decide: never are fewer than 0"},
        {"['unplaced','>=',0]", "there is nothing to decide: never are fewer than 0"},
        {"['unplaced','<',3]", "[\"unplaced\", \"<=\", k]"},
        {"['unplaced',3]", "a decision of this kind is"},
        {"['moon']", "a decision begins with 'open', 'at' or 'unplaced'"},
        {"[]", "a decision begins with 'open', 'at' or 'unplaced'"},
        {"3", "/proof/cases/0/given/0: a number where an array belongs"},
    };
    const char *instance = INSTANCE FREE
        "'sites':[{'id':'a','beds':4},{'id':'b','beds':1,'keep_open':5},{'id':'c','beds':1,"
        "'keep_open':5,'closes':" WEEK "}],'households':[{'id':'out','leaves':" WEEK "}],"
        "'people':[" P("x", "g") "," P("y", "out") "]}";
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buffer text = {0};
        buffer_format(&text, "{'given':[%s],'prices':[]}", cases[i][0]);
        assert_no_proof(instance, "", text.bytes, cases[i][1]);
        buffer_free(&text);
    }
}

/* ---- Unit prices --------------------------------------------------------------------------- */

static void sites_take_the_units_that_fit(void **state) {
    (void)state;
    /* Units are worth what they cost unplaced; the site takes one family of 3 at most. */
    assert_proves(FOUR_BEDS, "", UNIT_CASE("", "['g',3000],['h',3000],['i',2000]", ""), 5000);
    assert_proves(FOUR_BEDS, "", UNIT_CASE("", "['g',3000],['h',2500],['i',-50]", ""),
                  3000 + 2500 - 50 - 3000);
    assert_proves(FOUR_BEDS, "", UNIT_CASE("", "", ""), 0);
    assert_proves(AT_A_COST, "", UNIT_CASE("", "['g',3000],['h',3000],['i',2000]", ""), 5100);
    assert_proves(AT_A_COST, "", UNIT_CASE("", "['g',90]", ""), 90);
}

static void places_of_services_are_kept_too(void **state) {
    (void)state;
    /* Two lifts for g (2), h (1), i (1), k (1): worth 30 + 0, 20, 15, 5 with beds 3. */
    assert_proves(INSTANCE FREE
                  "'sites':[{'id':'a','beds':3,'services':{'lift':2,'bus':true}}],'people':["
                  "{'id':'x','age':30,'household':'g','needs':['lift']},{'id':'y','age':30,"
                  "'household':'g','needs':['lift']},{'id':'h','age':30,'needs':['lift']},"
                  "{'id':'i','age':30,'needs':['lift','bus']},{'id':'k','age':30}]}",
                  "", UNIT_CASE("", "['g',30],['h',20],['i',15],['k',5]", ""), 70 - 40);
}

static void decisions_hold_with_unit_prices(void **state) {
    (void)state;
#define WORTH "['g',3000],['h',3000],['i',2000]"
    /* g at a: 3000 whether the site takes it or not; the site takes it or h. */
    assert_proves(FOUR_BEDS, "",
                  UNIT_CASE(IS_AT("g", "a"), WORTH, "") "," UNIT_CASE(NOT_AT("g", "a"), WORTH, ""),
                  5000);
    /* A unit that may not stay unplaced is not worth less than its price. */
    assert_proves(FOUR_BEDS, "",
                  UNIT_CASE(IS_AT("i", "a"), "['i',7000]", "") "," CASE(NOT_AT("i", "a"), ""), 0);
    assert_proves(AT_A_COST, "",
                  UNIT_CASE(IS_SHUT("a"), WORTH, "") "," UNIT_CASE(IS_OPEN("a"), "['g',90]", ""),
                  90 - 90 + 100);
    /* 5 or more unplaced, at 900 each: they cost 100 for each person; g and h or i would fit. */
    assert_proves(FOUR_BEDS, "",
                  UNIT_CASE(AT_LEAST("5"), "['g',300],['h',300],['i',200]",
                            PRICE(LEAST, "900")) "," UNIT_CASE(AT_MOST("4"),
                                                               "['g',6000],['h',6000],['i',4000]",
                                                               PRICE(MOST, "1000")),
                  4500 + 800 - 300);
}

static void cuts_and_other_rows_are_priced_with_units(void **state) {
    (void)state;
    /* The link moves 100 from y to g: g is worth 2900 at a, and a costs nothing. */
    assert_proves(AT_A_COST, "{'kind':'link','household':'g','site':'a','week':" WEEK "}",
                  UNIT_CASE("", WORTH, PRICE("['cut',0]", "100")), 8000 - 3000);
    assert_proves(INSTANCE FREE "'sites':[{'id':'a','beds':9,'kind':'azc'}],'quotas':[{'id':'q',"
                                "'kind':'azc','max':4}]," FAMILIES "}",
                  "", UNIT_CASE("", WORTH, PRICE("['max','q'," WEEK "]", "900")),
                  8000 - 800 - 3600);
}

static void malformed_unit_prices_are_refused(void **state) {
    (void)state;
    assert_no_proof(FOUR_BEDS, "", UNIT_CASE("", "['g',1],['g',2]", ""),
                    "/proof/cases/0/unit_prices/1/0: household 'g', or one it goes together with");
    assert_no_proof(FOUR_BEDS, "", UNIT_CASE("", "['g']", ""), "the price of a unit is");
    assert_no_proof(FOUR_BEDS, "", UNIT_CASE("", "['z',1]", ""), "unknown household 'z'");
    assert_no_proof(FOUR_BEDS, "", UNIT_CASE("", "", PRICE(BEDS, "1")),
                    "which keeps the rows of sites, takes no row of kind 'beds'");
    assert_no_proof(INSTANCE FREE "'sites':[{'id':'a','beds':9999,'services':{'lift':999}},"
                                  "{'id':'b','beds':9999,'services':{'lift':1000}}]," FAMILIES "}",
                    "", UNIT_CASE("", "", ""),
                    "/proof/cases/0: the kept rows of site 'b' leave more than 10^7 states");
}

/* ---- Bed prices ---------------------------------------------------------------------------- */

static void assert_bed_price(const char *instance, const char *stays, const char *cases,
                             const char *price) {
    plaats_instance *in = read_quoted(instance);
    buffer plan = {0};
    buffer_format(&plan,
                  "{'stays':[%s],'sites':[{'id':'a','weeks':[{'week':" WEEK ",'bed_price':%s}]}],"
                  "'proof':{'scale':2,'bound':0,'cuts':[],'cases':[%s]}}",
                  stays, price, cases);
    verdict v = check_plan(in, plan.bytes, PLAATS_TEXT);
    assert_int_equal(v.status, PLAATS_OK);
    if (strstr(v.report.bytes, "the price of a bed is") != NULL ||
        strstr(v.report.bytes, "no plan costs less") == NULL)
        fail_msg("%s", v.report.bytes);
    buffer_free(&v.report);
    buffer_free(&plan);
    plaats_instance_free(in);
}

/* The case is the one whose decisions the plan obeys, wherever it stands. */
static void bed_prices_are_those_of_the_plans_own_case(void **state) {
    (void)state;
    const char *nobody = "", *g_at_a = AT("g", "a");
    const char *by_site =
        CASE(IS_AT("g", "a"), PRICE(BEDS, "5")) "," CASE(NOT_AT("g", "a"), PRICE(BEDS, "9"));
    assert_bed_price(FOUR_BEDS, nobody, by_site, "5");
    assert_bed_price(FOUR_BEDS, g_at_a, by_site, "3");
    const char *by_number = CASE(AT_LEAST("6"), "") "," CASE(AT_MOST("5"), PRICE(BEDS, "9"));
    assert_bed_price(FOUR_BEDS, nobody, by_number, "0");
    assert_bed_price(FOUR_BEDS, g_at_a, by_number, "5");
    const char *by_open = CASE(IS_OPEN("a"), PRICE(OPEN("a"), "7")) "," CASE(IS_SHUT("a"), "");
    assert_bed_price(AT_A_COST, nobody, by_open, "0");
    assert_bed_price(AT_A_COST, g_at_a, by_open, "4");
    const char *deep = CASE(AT_MOST("5") "," IS_AT("h", "a"), PRICE(BEDS, "2")) "," CASE(
        AT_MOST("5") "," NOT_AT("h", "a"), PRICE(BEDS, "4")) "," CASE(AT_LEAST("6"), "");
    assert_bed_price(FOUR_BEDS, g_at_a, deep, "2");
    assert_bed_price(FOUR_BEDS, AT("h", "a"), deep, "1");
}

/* Priorities count: 3 persons of priority 2 are 6. */
static void bed_prices_weigh_who_is_unplaced(void **state) {
    (void)state;
    const char *twice = INSTANCE FREE "'sites':[{'id':'a','beds':4}],'households':[{'id':'g',"
                                      "'priority':2}]," FAMILIES "}";
    const char *cases =
        CASE(AT_LEAST("6"), PRICE(BEDS, "2")) "," CASE(AT_MOST("5"), PRICE(BEDS, "6"));
    assert_bed_price(twice, AT("h", "a"), cases, "1"); /* g, twice, and i: 8 */
    assert_bed_price(twice, AT("g", "a"), cases, "3"); /* h and i: 5 */
}

static void a_case_that_keeps_the_beds_has_no_bed_price(void **state) {
    (void)state;
    const char *cases =
        CASE(IS_AT("g", "a"), PRICE(BEDS, "9")) "," UNIT_CASE(NOT_AT("g", "a"), "", "");
    assert_bed_price(FOUR_BEDS, "", cases, "0");
    assert_bed_price(FOUR_BEDS, AT("g", "a"), cases, "5");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(units_are_decided_site_by_site),
        cmocka_unit_test(sites_are_decided_open_or_closed),
        cmocka_unit_test(the_number_unplaced_is_decided),
        cmocka_unit_test(the_tightest_decision_counts),
        cmocka_unit_test(priorities_weigh),
        cmocka_unit_test(cases_that_cannot_be_are_skipped),
        cmocka_unit_test(decisions_may_stand_in_any_order),
        cmocka_unit_test(decisions_form_a_complete_tree),
        cmocka_unit_test(a_group_is_decided_as_one),
        cmocka_unit_test(malformed_decisions_are_refused),
        cmocka_unit_test(sites_take_the_units_that_fit),
        cmocka_unit_test(places_of_services_are_kept_too),
        cmocka_unit_test(decisions_hold_with_unit_prices),
        cmocka_unit_test(cuts_and_other_rows_are_priced_with_units),
        cmocka_unit_test(malformed_unit_prices_are_refused),
        cmocka_unit_test(bed_prices_are_those_of_the_plans_own_case),
        cmocka_unit_test(bed_prices_weigh_who_is_unplaced),
        cmocka_unit_test(a_case_that_keeps_the_beds_has_no_bed_price),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
