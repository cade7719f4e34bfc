/* Classes: units of one class can stand in for each other, units of two differ in something. */
#include "unit/engine_fixture.h"

#define WEEKS 60

typedef struct {
    tiny_week w;
    classes classes;
} bench;

/* In every other week most classes are of several units. */
static void open_bench(bench *b, uint64_t seed) {
    int64_t unplaced = seed % 4 < 2 ? NONE : 300;
    memset(b, 0, sizeof *b);
    either_week_build(&b->w, seed, unplaced);
    assert_int_equal(classes_build(&b->w.r.g, &b->classes, NULL), PLAATS_OK);
}

static void close_bench(bench *b) {
    classes_free(&b->classes);
    tiny_week_free(&b->w);
}

/* ---- Units against each other, by the model itself ------------------------------------------ */

static int64_t use_of(const model *m, int32_t row, int unit, int site) {
    row_use uses[64];
    int n = model_uses(m, unit, site, uses);
    int64_t sum = 0;
    for (int i = 0; i < n; i++)
        if (uses[i].row == row) sum += uses[i].use;
    return sum;
}

/* May both be at the site, at the same cost and with the same use of every row; or may neither? */
static bool alike_at(const model *m, int u, int v, int site) {
    int64_t cost[2];
    bool can = model_option_cost(m, u, site, &cost[0]);
    if (can != model_option_cost(m, v, site, &cost[1])) return false;
    if (!can) return true;
    for (int32_t r = 0; r < m->n_rows; r++)
        if (use_of(m, r, u, site) != use_of(m, r, v, site)) return false;
    return cost[0] == cost[1];
}

/* In all that the model knows of them where they may be. */
static bool are_alike(const model *m, int u, int v) {
    if (m->units[u].unplaced_cost != m->units[v].unplaced_cost) return false;
    if (m->units[u].weight != m->units[v].weight) return false;
    for (int j = 0; j < m->n_sites; j++)
        if (!alike_at(m, u, v, j)) return false;
    return true;
}

/* ---- Tests --------------------------------------------------------------------------------- */

/* Every unit is in one list, which begins with its first and ascends. */
static void lists_hold_every_unit_once(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= WEEKS; seed++) {
        bench b;
        const classes *k = &b.classes;
        int listed = 0;
        open_bench(&b, seed);
        for (int u = 0; u < b.w.m->n_units; u++) {
            int n = 0;
            assert_int_equal(k->count[u] > 0, k->first[u] == u);
            assert_true(k->next[u] == NONE || k->next[u] > u);
            if (k->count[u] == 0) continue;
            for (int32_t v = u; v != NONE; v = k->next[v], n++) assert_int_equal(k->first[v], u);
            assert_int_equal(n, k->count[u]);
            listed += n;
        }
        assert_int_equal(listed, b.w.m->n_units);
        close_bench(&b);
    }
}

/* Of one kind: alike. Of two: not. Where a unit has no options, its uses count for nothing, but may
 * part it from others all the same. */
static void classes_are_what_differs(void **state) {
    int same = 0, different = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= WEEKS; seed++) {
        bench b;
        open_bench(&b, seed);
        for (int u = 0; u < b.w.m->n_units; u++)
            for (int v = 0; v < u; v++) {
                bool together = b.classes.first[u] == b.classes.first[v];
                if (together) assert_true(are_alike(b.w.m, u, v));
                if (!together && model_options(b.w.m, u).n > 0)
                    assert_false(are_alike(b.w.m, u, v));
                same += together;
                different += !together;
            }
        close_bench(&b);
    }
    assert_true(same > 100 && different > 100);
}

/* In each other's place in any plan: another plan of the same cost. */
static void units_of_a_kind_can_change_places(void **state) {
    random_stream s = random_start(31);
    int swapped = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= WEEKS; seed++) {
        bench b;
        open_bench(&b, seed);
        for (int i = 0; i < 400; i++) {
            int32_t *at = b.w.plans[draw(&s, 0, b.w.n_plans - 1)], site;
            int u = draw(&s, 0, b.w.m->n_units - 1), v = draw(&s, 0, b.w.m->n_units - 1);
            int64_t before, after;
            if (b.classes.first[u] != b.classes.first[v] || at[u] == at[v]) continue;
            assert_true(model_cost(b.w.m, at, &before));
            site = at[u];
            at[u] = at[v];
            at[v] = site;
            assert_true(model_cost(b.w.m, at, &after));
            assert_int_equal(after, before);
            swapped++;
        }
        close_bench(&b);
    }
    assert_true(swapped > 500);
}

/* Otherwise the tests above say little. */
static void the_weeks_have_large_classes(void **state) {
    int of[5] = {0};
    (void)state;
    for (uint64_t seed = 1; seed <= WEEKS; seed++) {
        bench b;
        open_bench(&b, seed);
        for (int u = 0; u < b.w.m->n_units; u++)
            if (model_options(b.w.m, u).n > 1)
                of[b.classes.count[u] < 4 ? b.classes.count[u] : 4]++;
        close_bench(&b);
    }
    assert_true(of[2] > 10 && of[3] > 3 && of[4] > 3);
}

/* In nothing but a row that it uses and they do not. */
static void a_need_parts_two_units(void **state) {
    const char *week = "{'format': 'plaats.instance/1', 'week': '2023-W06', 'sites': ["
                       "{'id': 'a', 'beds': 4, 'services': {'school': 1}}, {'id': 'b', 'beds': 4}],"
                       "'people': [{'id': '1', 'household': 'x', 'age': 30},"
                       "{'id': '2', 'household': 'y', 'age': 30},"
                       "{'id': '3', 'household': 'z', 'age': 30, 'needs': ['school']}],"
                       "'households': [{'id': 'x'}, {'id': 'y'}, {'id': 'z'}]}";
    tiny_week w;
    classes k;
    int x, y, z;
    (void)state;
    start_run(&w, read_quoted(week));
    assert_int_equal(classes_build(&w.r.g, &k, NULL), PLAATS_OK);
    x = w.m->unit_of[find_household(w.in, "x")];
    y = w.m->unit_of[find_household(w.in, "y")];
    z = w.m->unit_of[find_household(w.in, "z")];
    assert_int_equal(k.first[x], k.first[y]);
    assert_int_equal(k.count[k.first[x]], 2);
    assert_int_equal(k.first[z], z);
    assert_int_equal(k.count[z], 1);
    classes_free(&k);
    tiny_week_free(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_hold_every_unit_once),
        cmocka_unit_test(classes_are_what_differs),
        cmocka_unit_test(units_of_a_kind_can_change_places),
        cmocka_unit_test(the_weeks_have_large_classes),
        cmocka_unit_test(a_need_parts_two_units),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
