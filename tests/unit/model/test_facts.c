/* Signatures of facts, and the order they make. */
#include "unit/random_instance.h"

#include "model/facts.h"

enum { SITES = 12, HOUSEHOLDS = 30, PEOPLE = 55 };

static int compare(const void *a, const void *b) {
    uint64_t x, y;
    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    return (x > y) - (x < y);
}

static void expect_same_set(const uint64_t *a, const uint64_t *b, int n) {
    uint64_t x[MOST_ELEMENTS], y[MOST_ELEMENTS];
    assert_in_range(n, 1, MOST_ELEMENTS);
    memcpy(x, a, (size_t)n * sizeof *a);
    memcpy(y, b, (size_t)n * sizeof *b);
    qsort(x, (size_t)n, sizeof *x, compare);
    qsort(y, (size_t)n, sizeof *y, compare);
    assert_memory_equal(x, y, (size_t)n * sizeof *x);
}

static facts read_facts(const plaats_instance *in) {
    facts f;
    plaats_error error = {0};
    assert_int_equal(facts_read_unnamed(in, &(previous_sites){0}, &f, &error), PLAATS_OK);
    return f;
}

static void ids_and_order_do_not_count(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        plaats_instance *a = random_instance_read(seed, 1, SITES, HOUSEHOLDS, PEOPLE);
        plaats_instance *b = random_instance_read(seed, 2, SITES, HOUSEHOLDS, PEOPLE);
        facts f = read_facts(a), g = read_facts(b);
        assert_string_not_equal(a->sites[0].id, b->sites[0].id);
        expect_same_set(f.locations, g.locations, SITES + 2);
        expect_same_set(f.households, g.households, HOUSEHOLDS);
        expect_same_set(f.together, g.together, 1);
        expect_same_set(f.apart, g.apart, 2);
        expect_same_set(f.quotas, g.quotas, 3);
        facts_free(&f);
        facts_free(&g);
        plaats_instance_free(a);
        plaats_instance_free(b);
    }
}

/* The same model comes out, unit by unit and row by row. */
static void expect_same_model(const model *a, const model *b) {
    assert_int_equal(a->n_units, b->n_units);
    assert_int_equal(a->n_rows, b->n_rows);
    assert_int_equal(a->unplaced_points, b->unplaced_points);
    for (int u = 0; u < a->n_units; u++) {
        options x = model_options(a, u), y = model_options(b, u);
        assert_int_equal(a->units[u].persons, b->units[u].persons);
        assert_int_equal(a->units[u].home, b->units[u].home);
        assert_int_equal(x.n, y.n);
        for (int i = 0; i < x.n; i++) {
            assert_int_equal(x.site[i], y.site[i]);
            assert_int_equal(option_cost(&x, i), option_cost(&y, i));
        }
    }
    for (int i = 0; i < a->n_rows; i++) {
        assert_int_equal(a->rows[i].kind, b->rows[i].kind);
        assert_int_equal(a->rows[i].site, b->rows[i].site);
        assert_int_equal(a->rows[i].rhs, b->rows[i].rhs);
        assert_int_equal(a->rows[i].points, b->rows[i].points);
    }
}

static void expect_same_uses(const model *a, const model *b) {
    row_use x[64], y[64];
    assert_in_range(a->max_uses, 1, 64);
    assert_int_equal(a->max_uses, b->max_uses);
    for (int u = 0; u < a->n_units; u++) {
        options o = model_options(a, u);
        for (int i = 0; i < o.n; i++) {
            int n = model_uses(a, u, o.site[i], x);
            assert_int_equal(n, model_uses(b, u, o.site[i], y));
            assert_memory_equal(x, y, (size_t)n * sizeof *x);
        }
    }
}

static void the_same_model_comes_out(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        plaats_instance *a = random_instance_read(seed, 1, SITES, HOUSEHOLDS, PEOPLE);
        plaats_instance *b = random_instance_read(seed, 3, SITES, HOUSEHOLDS, PEOPLE);
        model *m = build(a), *n = build(b);
        expect_same_model(m, n);
        expect_same_uses(m, n);
        model_free(m);
        model_free(n);
        plaats_instance_free(a);
        plaats_instance_free(b);
    }
}

#define TWINS                                                                                      \
    "{'format': 'plaats.instance/1', 'week': '2023-W06', 'sites': [{'id': 'b', 'beds': 1}, "       \
    "{'id': 'a', 'beds': 1}], 'people': [{'id': 'y', 'age': 30%s}, {'id': 'x', 'age': 30}], "      \
    "'weights': {'km': 0}, 'households': [%s]%s}"

static facts read_twins(const char *whose, const char *rows, const char *more,
                        plaats_instance **in) {
    char text[1024];
    snprintf(text, sizeof text, TWINS, whose, rows, more);
    *in = read_quoted(text);
    return read_facts(*in);
}

/* Equal in every fact: the id decides, whatever comes first in the document. */
static void ids_decide_between_equals(void **state) {
    (void)state;
    plaats_instance *in;
    facts f = read_twins("", "", "", &in);
    assert_true(f.locations[0] == f.locations[1]);
    assert_true(f.households[0] == f.households[1]);
    model *m = build(in);
    assert_string_equal(in->sites[m->sites[0]].id, "a");
    assert_string_equal(in->households[m->units[0].members[0]].id, "x");
    model_free(m);
    facts_free(&f);
    plaats_instance_free(in);
}

/* Each of these tells the two households apart; `sites`: the sites too. */
static void facts_tell_apart(void **state) {
    (void)state;
    static const struct {
        const char *person, *rows, *more;
        bool sites;
    } CASES[] = {
        {", 'needs': ['school']", "", "", false},
        {", 'tags': ['quiet']", "", "", false},
        {", 'near': [{'place': 'a', 'points_per_km': 0, 'minutes': 9}]", "", "", true},
        {"", "{'id': 'x', 'site': 'a'}", "", true},
        {"", "{'id': 'x', 'priority': 2}", "", false},
        {"", "{'id': 'x', 'bans': [{'site': 'a'}]}", "", true},
        {"", "{'id': 'x', 'pin': {'site': 'b'}}", "", true},
        {"", "{'id': 'x', 'wishes': {'a': 3}}", "", true},
        {"", "{'id': 'x', 'wishes': {'durable': 3}}", "", false},
        {"", "{'id': 'x', 'wishes': {'a': 3}}, {'id': 'y', 'wishes': {'a': 4}}", "", true},
        {"", "{'id': 'x', 'site': 'a'}, {'id': 'y', 'site': 'b'}",
         ", 'quotas': [{'id': 'q', 'sites': ['b'], 'max': 1}]", true},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        plaats_instance *in;
        facts f = read_twins(CASES[i].person, CASES[i].rows, CASES[i].more, &in);
        if (f.households[0] == f.households[1]) fail_msg("case %zu: equal households", i);
        if ((f.locations[0] != f.locations[1]) != CASES[i].sites) fail_msg("case %zu: sites", i);
        facts_free(&f);
        plaats_instance_free(in);
    }
}

/* Sites a and b are alike and so are their residents: whose resident comes first follows the
 * sites, not what the residents are called. */
static bool resident_of_a_is_first(const char *at_a, const char *at_b) {
    char rows[200];
    plaats_instance *in;
    plaats_error error = {0};
    facts f;
    bool first;
    snprintf(rows, sizeof rows, "{'id': '%s', 'site': 'a'}, {'id': '%s', 'site': 'b'}", at_a, at_b);
    f = read_twins("", rows, "", &in);
    assert_true(f.households[0] == f.households[1]);
    facts_free(&f);
    assert_int_equal(facts_read(in, &(previous_sites){0}, &f, &error), PLAATS_OK);
    assert_int_equal(in->households[0].site, 1); /* a stands second in TWINS */
    assert_true(f.locations[1] < f.locations[0]);
    assert_true(f.households[0] != f.households[1]);
    first = f.households[0] < f.households[1];
    facts_free(&f);
    plaats_instance_free(in);
    return first;
}

static void what_hangs_on_equals_follows_them(void **state) {
    (void)state;
    assert_int_equal(resident_of_a_is_first("x", "y"), resident_of_a_is_first("y", "x"));
}

/* The rows of services stand in the order of what they are, whatever they are called. */
static int64_t first_service_row(const char *few, const char *many) {
    char text[600];
    snprintf(text, sizeof text,
             "{'format': 'plaats.instance/1', 'week': '2023-W06', 'sites': [{'id': 'a', 'beds': 9, "
             "'services': {'%s': 1, '%s': 5}}], 'people': [{'id': 'x', 'age': 30, "
             "'needs': ['%s', '%s']}]}",
             few, many, few, many);
    plaats_instance *in = read_quoted(text);
    model *m = build(in);
    int64_t first;
    assert_int_equal(m->n_rows, 3);
    assert_int_equal(m->rows[1].kind, ROW_SERVICE);
    first = m->rows[1].rhs;
    model_free(m);
    plaats_instance_free(in);
    return first;
}

static void services_stand_in_the_order_of_their_facts(void **state) {
    (void)state;
    assert_int_equal(first_service_row("ramp", "school"), first_service_row("school", "ramp"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_and_order_do_not_count),
        cmocka_unit_test(the_same_model_comes_out),
        cmocka_unit_test(ids_decide_between_equals),
        cmocka_unit_test(facts_tell_apart),
        cmocka_unit_test(what_hangs_on_equals_follows_them),
        cmocka_unit_test(services_stand_in_the_order_of_their_facts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
