/* What a gap says of people without a bed: more than so many find none in any plan. */
#include "unit/random_instance.h"

enum { SEEDS = 400 };

static int64_t placed_in(const model *m, const int32_t *at) {
    int64_t n = 0;
    for (int u = 0; u < m->n_units; u++)
        if (at[u] != NONE) n += m->units[u].persons;
    return n;
}

static bool next_assignment(const model *m, int32_t *at) {
    int u = 0;
    for (; u < m->n_units && ++at[u] == m->n_sites; u++) at[u] = NONE;
    return u < m->n_units;
}

/* The least cost, and the most people who have a bed in any plan. */
static void try_all(const model *m, int64_t *least, int64_t *most) {
    int32_t *at = nobody_placed(m);
    int64_t cost;
    *least = INT64_MAX;
    *most = 0;
    do {
        if (!model_cost(m, at, &cost)) continue;
        if (cost < *least) *least = cost;
        if (placed_in(m, at) > *most) *most = placed_in(m, at);
    } while (next_assignment(m, at));
    free(at);
}

static void no_plan_places_more(void **state) {
    (void)state;
    int people = 0, exact = 0,
        telling = 0; /* plans: gap of U or more; met; less than all unplaced */
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        plaats_instance *in = random_instance_read(seed, 0, 3, 6, 11);
        model *m = build(in);
        int32_t *at = nobody_placed(m);
        int64_t least, most, cost, everyone = 0;
        for (int u = 0; u < m->n_units; u++) everyone += m->units[u].persons;
        try_all(m, &least, &most);
        do {
            if (!model_cost(m, at, &cost)) continue;
            int64_t placed = placed_in(m, at), could = model_could_place(m, at, cost - least);
            assert_true(placed + could >= most);
            assert_true(placed + could <= everyone);
            people += cost - least >= m->unplaced_points;
            exact += placed + could == most;
            telling += placed + could < everyone;
        } while (next_assignment(m, at));
        free(at);
        model_free(m);
        plaats_instance_free(in);
    }
    assert_true(people > 1000 && exact > 1000 && telling > 1000);
}

/* A person who counts for three: with him unplaced, more others may have beds for the same points.
 */
static void those_who_count_for_more_make_room_for_more(void **state) {
    (void)state;
    plaats_instance *in = read_quoted(
        "{'format': 'plaats.instance/1', 'week': '2023-W06', 'sites': [{'id': 's', 'beds': 1}],"
        "'households': [{'id': 'h', 'priority': 3}],"
        "'people': [{'id': 'a', 'household': 'h', 'age': 30}, {'id': 'b', 'age': 30},"
        " {'id': 'c', 'age': 30}]}");
    model *m = build(in);
    int32_t *at = nobody_placed(m);
    assert_int_equal(model_could_place(m, at, 0), 1); /* a weight of 5, which 2 persons can have */
    assert_int_equal(model_could_place(m, at, m->unplaced_points), 1);
    assert_int_equal(model_could_place(m, at, m->unplaced_points + 1), 2);
    assert_int_equal(model_could_place(m, at, INT64_MAX), 3);
    free(at);
    model_free(m);
    plaats_instance_free(in);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_plan_places_more),
        cmocka_unit_test(those_who_count_for_more_make_room_for_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
