/* Cuts of proofs: bounds worked out by hand, and cuts that are refused. */
#include "unit/proof_fixture.h"

#define P(id, household) "{'id':'" id "','age':30,'household':'" household "'}"
#define FREE "'weights':{'unplaced':1000,'temporary':0},"

/* Families of 3, 3 and 2 and four beds: 3 fit, so 5 stay unplaced; the beds alone prove 4. */
#define FAMILIES                                                                                   \
    "'people':[" P("g1", "g") "," P("g2", "g") "," P("g3", "g") "," P("h1", "h") "," P(            \
        "h2", "h") "," P("h3", "h") "," P("i1", "i") "," P("i2", "i") "]"
#define FOUR_BEDS INSTANCE FREE "'sites':[{'id':'a','beds':4}]," FAMILIES "}"
#define AT_A_COST INSTANCE FREE "'sites':[{'id':'a','beds':4,'keep_open':100}]," FAMILIES "}"
#define BEDS "['beds','a'," WEEK "]"
#define OPEN "['open','a'," WEEK "]"
#define COVER(households) "{'kind':'cover','row':" BEDS ",'households':[" households "]}"
#define FILL(row) "{'kind':'fill','row':" row "}"
#define TIGHTEN(row, h) "{'kind':'tighten','row':" row ",'household':'" h "'}"
#define ROUND(rows, over) "{'kind':'round','rows':[" rows "],'over':" over "}"
#define LINK(h) "{'kind':'link','household':'" h "','site':'a','week':" WEEK "}"
#define CUT(k) "['cut'," k "]"
#define PRICE(row, price) "[" row "," price "]"

static void prices_alone_prove_less(void **state) {
    (void)state;
    assert_proves(FOUR_BEDS, "", CASE("", PRICE(BEDS, "1000")), 4000);
}

static void covers_count_units(void **state) {
    (void)state;
    const char *cuts = COVER("'g','h'") "," COVER("'g','i'") "," COVER("'h','i'");
    const char *prices =
        CASE("", PRICE(CUT("0"), "2000") "," PRICE(CUT("1"), "1000") "," PRICE(CUT("2"), "1000"));
    assert_proves(FOUR_BEDS, cuts, prices, 4000);
    assert_proves(FOUR_BEDS, COVER("'i','h','g'"), CASE("", PRICE(CUT("0"), "2000")), 2000);
}

static void fills_lower_what_fits(void **state) {
    (void)state;
    assert_proves(FOUR_BEDS, FILL(BEDS), CASE("", PRICE(CUT("0"), "1000")), 5000);
    assert_proves(AT_A_COST, FILL(OPEN), CASE("", PRICE(CUT("0"), "1000")), 5100);
}

/* i: no other fits beside it, so it uses 4; and so do g and h then. */
#define ALL_TIGHT(row) TIGHTEN(row, "i") "," TIGHTEN(CUT("0"), "g") "," TIGHTEN(CUT("1"), "h")

static void tightening_raises_uses_one_by_one(void **state) {
    (void)state;
    assert_proves(FOUR_BEDS, ALL_TIGHT(BEDS), CASE("", PRICE(CUT("2"), "750")), 5000);
    assert_proves(AT_A_COST, ALL_TIGHT(OPEN), CASE("", PRICE(CUT("2"), "750")), 5100);
    /* One after the other at a price each: 4 + 2 + 2, 4 + 4 + 2 and 4 + 4 + 3 hundred less. */
    assert_proves(FOUR_BEDS, ALL_TIGHT(BEDS),
                  CASE("", PRICE(CUT("0"), "100") "," PRICE(CUT("1"), "100")),
                  100 * (4 + 3 + 3 + 4 + 4 + 3) - 800);
    /* Nothing is raised twice, and what was raised fills no more than before. */
    assert_proves(FOUR_BEDS, ALL_TIGHT(BEDS) "," TIGHTEN(CUT("2"), "g") "," FILL(CUT("3")),
                  CASE("", PRICE(CUT("4"), "750")), 5000);
}

static void rows_are_added_and_rounded_down(void **state) {
    (void)state;
    const char *covers = COVER("'g','h'") "," COVER("'g','i'") "," COVER("'h','i'");
    buffer cuts = {0};
    buffer_format(&cuts, "%s,%s", covers, ROUND("[['cut',0],1],[['cut',1],1],[['cut',2],1]", "2"));
    assert_proves(FOUR_BEDS, cuts.bytes, CASE("", PRICE(CUT("3"), "3000")), 5000);
    buffer_free(&cuts);
    /* (3g + 3h + 2i - 4y + 3y) / 3: g + h - y <= 1 */
    assert_proves(AT_A_COST, ROUND("[" OPEN ",1],[['y','a'," WEEK "],3]", "3"),
                  CASE("", PRICE(CUT("0"), "500")), 100);
    /* (3g + 3h + 2i - 4y) / 3: g + h - 2y <= 0 */
    assert_proves(AT_A_COST, ROUND("[" OPEN ",1]", "3"), CASE("", PRICE(CUT("0"), "40")), 80);
    /* (3g + 3h + 2i + 3g) / 3 <= 7 / 3: 2g + h <= 2 */
    assert_proves(FOUR_BEDS, ROUND("[" BEDS ",1],[['one','g'," WEEK "],3]", "3"),
                  CASE("", PRICE(CUT("0"), "1000")), 2000 + 1000 - 2000);
    /* A tightened row: (4g + 4h + 4i) / 3 <= 4 / 3 */
    assert_proves(FOUR_BEDS, ALL_TIGHT(BEDS) "," ROUND("[['cut',2],1]", "3"),
                  CASE("", PRICE(CUT("3"), "3000")), 5000);
}

static void links_tie_units_to_open_sites(void **state) {
    (void)state;
    assert_proves(AT_A_COST, LINK("g"), CASE("", PRICE(CUT("0"), "100")), 100);
    assert_proves(AT_A_COST, LINK("g"), CASE("", PRICE(CUT("0"), "110")), 100);
}

/* Two sites, a quota and a pair kept apart; a together group of 2. */
#define PAIR                                                                                       \
    INSTANCE FREE "'sites':[{'id':'a','beds':3,'services':{'lift':1}},{'id':'b','beds':3}],"       \
                  "'quotas':[{'id':'hard','durable_below':50,'max':3},{'id':'soft','durable_"      \
                  "below':50,'max':3,'points':9}],"                                                \
                  "'together':[{'households':['g','h']}],'apart':[{'households':['h','i']}],"      \
                  "'people':[" P("g", "g") "," P("h", "h") "," P("i", "i") "," P("j", "j") "]"

static void quotas_and_groups_make_cuts(void **state) {
    (void)state;
    /* (2gh + i + j) / 2 <= 3 / 2 at both sites: gh <= 1 */
    assert_proves(PAIR "}", ROUND("[['max','hard'," WEEK "],1]", "2"),
                  CASE("", PRICE(CUT("0"), "500")), 0);
    /* gh + i <= 1 at a, taken twice, and all beds of a: 4gh + 3i + j <= 5, over 3 */
    assert_proves(PAIR "}", ROUND("[['apart',0,'a'," WEEK "],2],[['beds','a'," WEEK "],1]", "3"),
                  CASE("", PRICE(CUT("0"), "500") ",[['beds','b'," WEEK "],1000]"),
                  500 + 500 + 0 - 500 - 3000);
}

static void together_groups_are_one_unit(void **state) {
    (void)state;
    assert_no_proof(PAIR "}",
                    "{'kind':'cover','row':['beds','a'," WEEK "],'households':['h','i','j','g']}",
                    CASE("", ""), "/proof/cuts/0/households: household 'g', or one it goes");
    assert_proves(PAIR "}",
                  "{'kind':'cover','row':['beds','a'," WEEK "],'households':['h','i','j']}",
                  CASE("", ""), 0);
    assert_no_proof(PAIR "}", ROUND("[['one','g'," WEEK "],1],[['one','h'," WEEK "],1]", "1"),
                    CASE("", ""), "the row is named twice");
}

/* ---- Refusals ------------------------------------------------------------------------------ */

typedef struct {
    const char *cuts, *reason;
} refusal;

static void assert_cuts_refused(const char *instance, size_t n, const refusal *cases) {
    for (size_t i = 0; i < n; i++)
        assert_no_proof(instance, cases[i].cuts, CASE("", ""), cases[i].reason);
}

static void malformed_cuts_are_refused(void **state) {
    (void)state;
    static const refusal cases[] = {
        {"{'kind':'clover'}", "/proof/cuts/0/kind: unknown kind of cut 'clover'"},
        {"{'kind':'fill'}", "/proof/cuts/0: member 'row' is missing"},
        {COVER("'g'"), "/proof/cuts/0/households: uses of 3 do not exceed the 4 of the row"},
        {COVER("'g','h','g'"), "household 'g', or one it goes together with, is named twice"},
        {COVER("'g','h','z'"), "/proof/cuts/0/households/2: unknown household 'z'"},
        {COVER("'g','h','out'"), "/proof/cuts/0/households/2: household 'out' needs no bed"},
        {"{'kind':'cover','row':['open','b'," WEEK "],'households':[]}",
         "/proof/cuts/0/row: a cover takes no row of kind 'open'"},
        {"{'kind':'cover','row':['service','a','lift'," WEEK "],'households':['i','g']}",
         "/proof/cuts/0/households/1: household 'g' uses nothing of the row"},
        {FILL("['max','hard'," WEEK "]"), "this kind of cut takes no row of kind 'max'"},
        {FILL(CUT("0")), "/proof/cuts/0/row: cut 0 is no earlier one"},
        {FILL(CUT("1")) "," FILL(BEDS), "/proof/cuts/0/row: cut 1 is no earlier one"},
        {FILL(CUT("7")), "'cuts' has none of that index"},
        {COVER("'g','h'") "," FILL(CUT("0")), "of kind 'fill' is made from no cut of kind 'cover'"},
        {FILL("['beds','c'," WEEK "]"), "there is no such row: the site is closed in that week"},
        {TIGHTEN("['service','a','lift'," WEEK "]", "g"), "'g' uses nothing of the row"},
        {TIGHTEN(BEDS, "big"), "/proof/cuts/0/household: a use of 5 is more than the 4 that fit"},
        {LINK("g"), "/proof/cuts/0/site: site 'a' is closed in that week, or has no keep_open"},
        {ROUND("[" BEDS ",-1]", "2"), "a row is taken 0 times or more, not -1"},
        {ROUND("[" BEDS ",1]", "0"), "/proof/cuts/0/over: 'over' is 1 or more"},
        {ROUND("[" BEDS ",1],[" BEDS ",1]", "2"), "the row is named twice"},
        {ROUND("[['max','soft'," WEEK "],1]", "2"), "quota 'soft' is soft: it stays out of cuts"},
        {ROUND("[['min','few'," WEEK "],1]", "2"), "a cut takes no row of kind 'min'"},
        {ROUND("[['y','a'," WEEK "],1]", "2"), "the site has no keep_open, and so no y"},
        {ROUND("[['unplaced','<='],1]", "2"), "a cut takes no row of kind 'unplaced'"},
        {ROUND("[" BEDS "]", "2"), "a row of a cut is [ROW, how often]"},
        {ROUND("[" BEDS ",9223372036854775807]", "1"), "the sums of the cut are too large"},
    };
    assert_cuts_refused(
        INSTANCE FREE
        "'sites':[{'id':'a','beds':4,'services':{'lift':2}},{'id':'b','beds':4,'keep_open':1},"
        "{'id':'c','beds':1,'closes':" WEEK "}],'quotas':[{'id':'hard','durable_below':50,'max':3},"
        "{'id':'soft','durable_below':50,'max':3,'points':9},{'id':'few','durable_below':50,'min':"
        "1,'points':9}],"
        "'households':[{'id':'out','leaves':" WEEK
        "}],'people':[" P("o", "out") "," P("g1", "g") "," P("g2", "g") "," P("g3", "g") "," P(
            "h1", "h") "," P("h2",
                             "h") ","
                                  "{'id':'i','age':30,'needs':['lift']}," P("b1", "big") "," P(
                                      "b2", "big") "," P("b3",
                                                         "big") "," P("b4",
                                                                      "big") "," P("b5",
                                                                                   "big") "]}",
        sizeof cases / sizeof *cases, cases);
}

static void prices_of_cuts_name_cuts(void **state) {
    (void)state;
    assert_no_proof(FOUR_BEDS, "{'kind':'fill','row':" BEDS ",'household':'g'}", CASE("", ""),
                    "/proof/cuts/0/household: unknown member 'household'");
    assert_no_proof(FOUR_BEDS, FILL(BEDS), CASE("", PRICE(CUT("1"), "5")),
                    "/proof/cases/0/prices/0/0: there is no such row: 'cuts' has none");
    assert_no_proof(FOUR_BEDS, FILL(BEDS), CASE("", PRICE(CUT("0"), "5") "," PRICE(CUT("0"), "6")),
                    "named twice");
    assert_no_proof(FOUR_BEDS, FILL(BEDS), CASE("", PRICE(CUT("-1"), "5")), "none of that index");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prices_alone_prove_less),
        cmocka_unit_test(covers_count_units),
        cmocka_unit_test(fills_lower_what_fits),
        cmocka_unit_test(tightening_raises_uses_one_by_one),
        cmocka_unit_test(rows_are_added_and_rounded_down),
        cmocka_unit_test(links_tie_units_to_open_sites),
        cmocka_unit_test(quotas_and_groups_make_cuts),
        cmocka_unit_test(together_groups_are_one_unit),
        cmocka_unit_test(malformed_cuts_are_refused),
        cmocka_unit_test(prices_of_cuts_name_cuts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
