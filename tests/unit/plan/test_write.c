/* The plan document: its figures on a small instance worked out by hand, and what the check says
 * of it. */
#include "unit/bed_row.h"
#include "unit/plan_fixture.h"

#include "base/hash.h"
#include "plan/write.h"
#include "text/json_in.h"

/* Weights as the format has them: temporary 40, child 20, move 20, school move 60, km 1. */
static const char country[] =
    "{'format': 'plaats.instance/1', 'week': '2023-W06', 'sites': ["
    "{'id': 'old', 'kind': 'azc', 'beds': 9, 'closes': '2023-W06', 'lat': 52, 'lon': 5},"
    "{'id': 'azc', 'kind': 'azc', 'durable': true, 'beds': 4, 'lat': 52.1, 'lon': 5, "
    "'services': {'school': 2, 'clinic': true}},"
    "{'id': 'ship', 'kind': 'ship', 'beds': 10, 'usable_percent': 95, 'keep_open': 500, "
    "'services': {'school': true}},"
    "{'id': 'hall', 'beds': 0, 'lat': 52, 'lon': 5}],"
    "'rules': {'services_by_age': [{'service': 'school', 'from': 4, 'to': 17}]},"
    "'people': [{'id': 'm1', 'household': 'movers', 'age': 40}, "
    "{'id': 'm2', 'household': 'movers', 'age': 10, 'needs': ['clinic']},"
    "{'id': 'n', 'household': 'newcomer', 'age': 17},"
    "{'id': 'z1', 'household': 'Zed', 'age': 30}, {'id': 'z2', 'household': 'Zed', 'age': 31}, "
    "{'id': 'later', 'age': 50}],"
    "'households': [{'id': 'movers', 'site': 'old', 'moves': 1, 'wishes': {'kind=azc': 30}}, "
    "{'id': 'later', 'arrives': '2023-W07'}, {'id': 'Zed', 'priority': 3}],"
    "'quotas': [{'id': 'ships', 'kind': 'ship', 'max': 0, 'points': 7}]}";

typedef struct {
    plaats_instance *in;
    model *m;
    engine_result result;
    plaats_settings settings;
    plaats_plan plan;
    json_document *document;
} written;

static int64_t price_of_bed(const model *m, const char *site_id) {
    return bed_row(m, m->site_rank[find_site(m->instance, site_id)]);
}

/* One case with one price, over a scale of 2. */
static void fill_proof(written *w, priced_row price) {
    proof *p = &w->result.proof;
    int64_t *prices = calloc((size_t)w->m->n_rows + 1, sizeof *prices);
    assert_non_null(prices);
    prices[price.row] = price.price;
    p->scale = 2;
    p->n_cases = 1;
    p->cases = calloc(1, sizeof *p->cases);
    assert_non_null(p->cases);
    p->cases->prices = calloc(1, sizeof price);
    assert_non_null(p->cases->prices);
    p->cases->prices[0] = price;
    p->cases->n_prices = 1;
    assert_true(model_bound(w->m, p->scale, prices, &p->bound));
    free(prices);
}

/* The movers go to azc, the newcomer to the ship, Zed stays unplaced. A bed at azc costs 2.5. */
static void fill_result(written *w) {
    engine_result *r = &w->result;
    r->at = nobody_placed(w->m);
    place_at(w->m, r->at, "movers", "azc");
    place_at(w->m, r->at, "newcomer", "ship");
    assert_true(model_cost(w->m, r->at, &r->cost));
    fill_proof(w, (priced_row){(int32_t)price_of_bed(w->m, "azc"), 5});
    r->bound = r->proof.bound;
    r->outcome = PLAATS_OUTCOME_WORK_LIMIT;
    r->method = "auto";
    r->iterations = 12;
}

static written write_country(void) {
    written w = {0};
    plaats_error error = {0};
    w.in = read_quoted(country);
    w.m = build(w.in);
    plaats_settings_default(&w.settings);
    fill_result(&w);
    if (plan_write(w.m, &w.result, &w.settings, &(previous_plan){0}, 1.25, &w.plan, &error) !=
        PLAATS_OK)
        fail_msg("not written: %s", error.message);
    assert_int_equal(json_read(w.plan.json.bytes, w.plan.json.size, &w.document, &error),
                     PLAATS_OK);
    return w;
}

static void forget_plan(plaats_plan *plan) {
    buffer_free(&plan->json);
    buffer_free(&plan->unplaced_text);
    arena_free(&plan->memory);
}

static void forget(written *w) {
    json_free(w->document);
    forget_plan(&w->plan);
    free(w->result.at);
    proof_free(&w->result.proof);
    model_free(w->m);
    plaats_instance_free(w->in);
}

static const json_node *member(const json_node *object, const char *key) {
    const json_node *node = json_member(object, key);
    if (node == NULL) fail_msg("no member '%s'", key);
    return node;
}

static const json_node *element(const json_node *array, int index) {
    const json_node *node = json_first(array);
    for (; node != NULL && index > 0; index--) node = json_next(node);
    assert_non_null(node);
    return node;
}

static int64_t integer(const written *w, const json_node *object, const char *key) {
    int64_t value = 0;
    assert_int_equal(json_integer(w->document, member(object, key), &value), JSON_INTEGER);
    return value;
}

static void expect_text(const json_node *object, const char *key, const char *text) {
    assert_string_equal(json_text(member(object, key)), text);
}

static void members_stand_in_order(void **state) {
    (void)state;
    static const char *const keys[] = {
        "format", "instance_sha256", "week",    "weeks",      "outcome",
        "cost",   "bound",           "gap",     "bound_from", "unplaced_points",
        "parts",  "totals",          "stays",   "unplaced",   "sites",
        "quotas", "proof",           "receipt", "solver"};
    written w = write_country();
    const json_node *node = json_first(json_root(w.document));
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++, node = json_next(node)) {
        assert_non_null(node);
        assert_string_equal(json_key(node), keys[i]);
    }
    assert_null(node);
    expect_text(json_root(w.document), "format", "plaats.plan/1");
    expect_text(json_root(w.document), "week", "2023-W06");
    expect_text(json_root(w.document), "outcome", "work_limit");
    expect_text(json_root(w.document), "bound_from", "proof");
    assert_int_equal(w.plan.json.bytes[w.plan.json.size - 1], '\n');
    forget(&w);
}

static void cost_splits_into_parts(void **state) {
    (void)state;
    written w = write_country();
    const json_node *root = json_root(w.document), *parts = member(root, "parts");
    int64_t sum = 0, value = 0;
    int n = 0;
    for (const json_node *p = json_first(parts); p != NULL; p = json_next(p), n++) {
        assert_int_equal(json_integer(w.document, p, &value), JSON_INTEGER);
        sum += value;
    }
    assert_int_equal(n, 12);
    assert_int_equal(sum, integer(&w, root, "cost"));
    assert_int_equal(integer(&w, parts, "stay"), 60); /* the newcomer is a child on a ship */
    assert_int_equal(integer(&w, parts, "wishes"), -30);
    assert_int_equal(integer(&w, parts, "move"), 40);
    assert_int_equal(integer(&w, parts, "school_move"), 120);
    assert_int_equal(integer(&w, parts, "km"), 2 * 11);
    assert_int_equal(integer(&w, parts, "keep_open"), 500);
    assert_int_equal(integer(&w, parts, "quotas"), 7);
    assert_int_equal(integer(&w, parts, "keep"), 0);
    assert_int_equal(integer(&w, parts, "unplaced"),
                     6 * integer(&w, root, "unplaced_points")); /* two persons, priority 3 */
    assert_int_equal(integer(&w, root, "gap"),
                     integer(&w, root, "cost") - integer(&w, root, "bound"));
    forget(&w);
}

static void totals_add_up(void **state) {
    (void)state;
    written w = write_country();
    const json_node *totals = member(json_root(w.document), "totals");
    const json_node *person_weeks = member(totals, "person_weeks");
    const json_node *classes = member(person_weeks, "by_kind");
    assert_int_equal(integer(&w, totals, "persons"), 6);
    assert_int_equal(integer(&w, totals, "households"), 4);
    assert_int_equal(integer(&w, totals, "placed"), 3);
    assert_int_equal(integer(&w, totals, "unplaced"), 2);
    assert_int_equal(integer(&w, totals, "moves"), 1);
    assert_int_equal(integer(&w, totals, "persons_moved"), 2);
    assert_int_equal(integer(&w, totals, "children_moved"), 1);
    assert_int_equal(integer(&w, person_weeks, "durable"), 2);
    assert_int_equal(integer(&w, person_weeks, "temporary"), 1);
    assert_int_equal(json_count(classes), 2); /* the kind "" has nobody */
    assert_int_equal(integer(&w, classes, "azc"), 2);
    assert_int_equal(integer(&w, classes, "ship"), 1);
    assert_int_equal(w.plan.summary.placed, 3);
    assert_int_equal(w.plan.summary.children_moved, 1);
    assert_int_equal(w.plan.summary.cost, w.result.cost);
    assert_true(w.plan.summary.seconds == 1.25);
    double rest = (double)(60 - 30 + 40 + 120 + 22 + 500 + 7);
    assert_true(w.plan.summary.gap_percent == 100.0 * (double)w.plan.summary.gap / rest);
    forget(&w);
}

static void stays_are_sorted_by_bytes(void **state) {
    (void)state;
    written w = write_country();
    const json_node *root = json_root(w.document), *stays = member(root, "stays");
    const json_node *movers = element(stays, 0), *newcomer = element(stays, 1);
    const json_node *unplaced = member(root, "unplaced");
    assert_int_equal(json_count(stays), 2);
    expect_text(movers, "household", "movers");
    expect_text(movers, "site", "azc");
    expect_text(movers, "from", "2023-W06");
    assert_int_equal(integer(&w, movers, "weeks"), 1);
    assert_int_equal(integer(&w, movers, "persons"), 2);
    assert_int_equal(integer(&w, movers, "km"), 11);
    assert_int_equal(integer(&w, movers, "points"), 40 + 120 + 22 - 30);
    assert_true(json_bool(member(movers, "moved")));
    expect_text(newcomer, "household", "newcomer");
    assert_false(json_bool(member(newcomer, "moved")));
    assert_int_equal(json_type_of(member(newcomer, "km")), JSON_NULL);
    assert_int_equal(json_count(unplaced), 1); /* who needs no bed is in neither list */
    const json_node *reasons = member(element(unplaced, 0), "reasons");
    expect_text(element(unplaced, 0), "household", "Zed");
    assert_int_equal(json_count(reasons), 3);
    expect_text(element(reasons, 0), "code", "closed");
    expect_text(element(reasons, 1), "code", "beds");
    expect_text(element(reasons, 2), "code", "cost"); /* azc and ship have room */
    assert_int_equal(integer(&w, element(reasons, 2), "sites"), 2);
    assert_string_equal(w.plan.unplaced_text.bytes,
                        "'Zed' (2 people): cost (there is room) at 'azc', "
                        "'ship'; beds at 'hall'; closed at 'old'\n");
    forget(&w);
}

static void sites_show_what_is_taken(void **state) {
    (void)state;
    written w = write_country();
    const json_node *sites = member(json_root(w.document), "sites");
    static const struct {
        const char *id;
        int beds, taken, bed_price;
    } expected[] = {{"old", 0, 0, 0}, {"azc", 4, 2, 3}, {"ship", 9, 1, 0}, {"hall", 0, 0, 0}};
    assert_int_equal(json_count(sites), 4);
    for (int i = 0; i < 4; i++) {
        const json_node *shown = element(member(element(sites, i), "weeks"), 0);
        expect_text(element(sites, i), "id", expected[i].id);
        assert_int_equal(integer(&w, shown, "beds"), expected[i].beds);
        assert_int_equal(integer(&w, shown, "taken"), expected[i].taken);
        assert_int_equal(integer(&w, shown, "bed_price"), expected[i].bed_price); /* 2.5 up */
    }
    const json_node *azc = element(member(element(sites, 1), "weeks"), 0);
    assert_int_equal(integer(&w, member(azc, "services"), "school"), 1);
    assert_int_equal(integer(&w, member(azc, "services"), "clinic"), 1);
    const json_node *limit = element(member(json_root(w.document), "quotas"), 0);
    assert_int_equal(integer(&w, element(member(limit, "weeks"), 0), "persons"), 1);
    assert_int_equal(integer(&w, element(member(limit, "weeks"), 0), "outside"), 1);
    forget(&w);
}

/* ---- As structs ---------------------------------------------------------------------------- */

/* A member of an object is this text, or absent where that is NULL. */
static void expect_same(const json_node *object, const char *key, const char *text) {
    if (text != NULL)
        expect_text(object, key, text);
    else
        assert_null(json_member(object, key));
}

static void expect_stay(const written *w, const plaats_stay *s, const json_node *shown) {
    const json_node *km = member(shown, "km");
    expect_same(shown, "household", s->household);
    expect_same(shown, "site", s->site);
    expect_same(shown, "from", s->from);
    assert_int_equal(integer(w, shown, "weeks"), s->weeks);
    assert_int_equal(integer(w, shown, "persons"), s->persons);
    assert_int_equal(integer(w, shown, "points"), s->points);
    assert_int_equal(json_bool(member(shown, "moved")), s->moved);
    assert_int_equal(json_type_of(km) == JSON_NULL ? -1 : integer(w, shown, "km"), s->km);
}

static void expect_unplaced(const written *w, const plaats_unplaced *u, const json_node *shown) {
    const json_node *reasons = member(shown, "reasons");
    expect_same(shown, "household", u->household);
    expect_same(shown, "from", u->from);
    assert_int_equal(integer(w, shown, "weeks"), u->weeks);
    assert_int_equal(integer(w, shown, "persons"), u->persons);
    assert_int_equal(integer(w, shown, "points"), u->points);
    assert_int_equal(json_count(reasons), u->n_reasons);
    for (size_t i = 0; i < u->n_reasons; i++) {
        const json_node *reason = element(reasons, (int)i);
        expect_same(reason, "code", u->reasons[i].code);
        expect_same(reason, "what", u->reasons[i].what);
        expect_same(reason, "because", u->reasons[i].because);
        assert_int_equal(integer(w, reason, "sites"), u->reasons[i].sites);
    }
}

static void expect_site(const written *w, const plaats_site_week *s, const json_node *shown) {
    const json_node *in_week = element(member(shown, "weeks"), 0);
    expect_same(shown, "id", s->site);
    expect_same(in_week, "week", s->week);
    assert_int_equal(integer(w, in_week, "beds"), s->beds);
    assert_int_equal(integer(w, in_week, "taken"), s->taken);
    assert_int_equal(integer(w, in_week, "bed_price"), s->bed_price);
}

static void structs_say_what_the_document_says(void **state) {
    (void)state;
    written w = write_country();
    const json_node *root = json_root(w.document);
    size_t n;
    const plaats_stay *stays = plaats_plan_stays(&w.plan, &n);
    assert_int_equal(n, json_count(member(root, "stays")));
    for (size_t i = 0; i < n; i++)
        expect_stay(&w, &stays[i], element(member(root, "stays"), (int)i));
    const plaats_unplaced *unplaced = plaats_plan_unplaced(&w.plan, &n);
    assert_int_equal(n, json_count(member(root, "unplaced")));
    for (size_t i = 0; i < n; i++)
        expect_unplaced(&w, &unplaced[i], element(member(root, "unplaced"), (int)i));
    const plaats_site_week *sites = plaats_plan_sites(&w.plan, &n);
    assert_int_equal(n, json_count(member(root, "sites")));
    for (size_t i = 0; i < n; i++)
        expect_site(&w, &sites[i], element(member(root, "sites"), (int)i));
    forget(&w);
}

/* ---- The price of a bed -------------------------------------------------------------------- */

/* The bed prices of azc when this decision, and in the second case its opposite, has a bed cost
 * 1 point or 2. */
static int64_t price_of_azc(decision d) {
    written w = write_country();
    plaats_error error = {0};
    plaats_plan again = {0};
    decision given[2] = {d, d};
    priced_row prices[2] = {{(int32_t)price_of_bed(w.m, "azc"), 2},
                            {(int32_t)price_of_bed(w.m, "azc"), 4}};
    proof_case cases[2] = {{.n_given = 1, .given = &given[0], .n_prices = 1, .prices = &prices[0]},
                           {.n_given = 1, .given = &given[1], .n_prices = 1, .prices = &prices[1]}};
    proof own = w.result.proof;
    given[1].yes = !d.yes;
    w.result.proof.cases = cases;
    w.result.proof.n_cases = 2;
    assert_int_equal(
        plan_write(w.m, &w.result, &w.settings, &(previous_plan){0}, 1, &again, &error), PLAATS_OK);
    w.result.proof = own;
    json_free(w.document);
    assert_int_equal(json_read(again.json.bytes, again.json.size, &w.document, &error), PLAATS_OK);
    const json_node *azc = element(member(json_root(w.document), "sites"), 1);
    int64_t price = integer(&w, element(member(azc, "weeks"), 0), "bed_price");
    forget_plan(&again);
    forget(&w);
    return price;
}

/* Once it was that of the first case, which could be 0 at a site that was full. */
static void a_bed_costs_what_it_does_in_the_plans_own_case(void **state) {
    (void)state;
    written w = write_country();
    const int32_t movers = w.m->unit_of[find_household(w.in, "movers")];
    const int32_t azc = w.m->site_rank[find_site(w.in, "azc")];
    const int32_t ship = w.m->site_rank[find_site(w.in, "ship")];
    forget(&w);
    for (int yes = 0; yes < 2; yes++) {
        const int64_t when_true = yes ? 1 : 2, else_ = 3 - when_true;
        decision d = {.kind = DECIDE_AT, .yes = yes, .unit = movers, .site = azc};
        assert_int_equal(price_of_azc(d), when_true);
        d.site = ship;
        assert_int_equal(price_of_azc(d), else_);
        d = (decision){.kind = DECIDE_OPEN, .yes = yes, .unit = NONE, .site = ship};
        assert_int_equal(price_of_azc(d), when_true);
        d = (decision){.kind = DECIDE_UNPLACED, .yes = yes, .weight = 6}; /* Zed: 2 persons, 3 */
        assert_int_equal(price_of_azc(d), when_true);
        d.weight = 7;
        assert_int_equal(price_of_azc(d), else_);
    }
}

static void proof_names_priced_rows(void **state) {
    (void)state;
    written w = write_country();
    const json_node *proof = member(json_root(w.document), "proof");
    assert_int_equal(integer(&w, proof, "scale"), 2);
    assert_int_equal(integer(&w, proof, "bound"), w.result.proof.bound);
    assert_int_equal(json_count(member(proof, "cuts")), 0);
    assert_int_equal(json_count(member(proof, "cases")), 1);
    const json_node *only = element(member(proof, "cases"), 0);
    assert_int_equal(json_count(member(only, "given")), 0);
    assert_int_equal(json_count(member(only, "prices")), 1);
    const json_node *row = element(element(member(only, "prices"), 0), 0);
    assert_string_equal(json_text(element(row, 0)), "beds");
    assert_string_equal(json_text(element(row, 1)), "azc");
    assert_string_equal(json_text(element(row, 2)), "2023-W06");
    forget(&w);
}

static void receipt_hashes_the_stays(void **state) {
    (void)state;
    static const char compact[] =
        "[{\"household\":\"movers\",\"site\":\"azc\",\"from\":\"2023-W06\",\"weeks\":1,"
        "\"persons\":2,\"moved\":true,\"km\":11,\"points\":152},"
        "{\"household\":\"newcomer\",\"site\":\"ship\",\"from\":\"2023-W06\",\"weeks\":1,"
        "\"persons\":1,\"moved\":false,\"km\":null,\"points\":60}]";
    char hash[65];
    written w = write_country();
    hash_sha256(compact, strlen(compact), hash);
    expect_text(member(json_root(w.document), "receipt"), "stays_sha256", hash);
    expect_text(member(json_root(w.document), "receipt"), "version", plaats_version());
    forget(&w);
}

static void solvers_word_is_called_so(void **state) {
    (void)state;
    written w = write_country();
    plaats_error error = {0};
    plaats_plan again = {0};
    w.result.bound++;
    assert_int_equal(
        plan_write(w.m, &w.result, &w.settings, &(previous_plan){0}, 1, &again, &error), PLAATS_OK);
    assert_non_null(strstr(again.json.bytes, "\"bound_from\": \"solver\""));
    assert_false(again.summary.bound_from_proof);
    forget_plan(&again);
    forget(&w);
}

static void a_wrong_cost_is_noticed(void **state) {
    (void)state;
    written w = write_country();
    plaats_error error = {0};
    plaats_plan again = {0};
    w.result.cost++;
    assert_int_equal(
        plan_write(w.m, &w.result, &w.settings, &(previous_plan){0}, 1, &again, &error),
        PLAATS_INTERNAL);
    forget_plan(&again);
    forget(&w);
}

static void the_check_accepts_it(void **state) {
    (void)state;
    written w = write_country();
    plaats_error error = {0};
    buffer report = {0};
    bool accepted = false;
    assert_int_equal(plaats_check(w.in, w.plan.json.bytes, w.plan.json.size, PLAATS_TEXT,
                                  keep_bytes, &report, show_problem, NULL, &accepted, &error),
                     PLAATS_OK);
    if (!accepted) fail_msg("refused: %s", report.bytes);
    buffer_free(&report);
    forget(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_stand_in_order),
        cmocka_unit_test(cost_splits_into_parts),
        cmocka_unit_test(totals_add_up),
        cmocka_unit_test(stays_are_sorted_by_bytes),
        cmocka_unit_test(sites_show_what_is_taken),
        cmocka_unit_test(structs_say_what_the_document_says),
        cmocka_unit_test(a_bed_costs_what_it_does_in_the_plans_own_case),
        cmocka_unit_test(proof_names_priced_rows),
        cmocka_unit_test(receipt_hashes_the_stays),
        cmocka_unit_test(solvers_word_is_called_so),
        cmocka_unit_test(a_wrong_cost_is_noticed),
        cmocka_unit_test(the_check_accepts_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
