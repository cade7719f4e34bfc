/* What assignments cost, and what prices prove about them. */
#include "unit/random_instance.h"

#include "base/checked.h"

#define HEAD "{'format': 'plaats.instance/1', 'week': '2023-W06', "

/* Two sites, three households of 2, 1 and 1; a stay costs 40 per person at a site that is not
 * durable. */
#define SMALL                                                                                      \
    HEAD "'sites': [{'id': 'old', 'beds': 3, 'keep_open': 7}, "                                    \
         "{'id': 'new', 'beds': 2, 'durable': true}], "                                            \
         "'people': [{'id': 'p1', 'household': 'pair', 'age': 30}, "                               \
         "{'id': 'p2', 'household': 'pair', 'age': 31}, {'id': 'x', 'age': 32}, "                  \
         "{'id': 'y', 'age': 33}], 'weights': {'unplaced': 1000}, "                                \
         "'quotas': [{'id': 'most', 'sites': ['old'], 'max': 1, 'points': 11}, "                   \
         "{'id': 'least', 'sites': ['new'], 'min': 2, 'points': 13}]}"

static int64_t cost_with(const model *m, const char *pair, const char *x, const char *y) {
    int32_t *at = nobody_placed(m);
    int64_t cost;
    if (pair != NULL) place_at(m, at, "pair", pair);
    if (x != NULL) place_at(m, at, "x", x);
    if (y != NULL) place_at(m, at, "y", y);
    bool holds_all = model_cost(m, at, &cost);
    free(at);
    return holds_all ? cost : -1;
}

static void a_plan_costs_what_its_parts_cost(void **state) {
    (void)state;
    plaats_instance *in = read_quoted(SMALL);
    model *m = build(in);
    assert_int_equal(cost_with(m, NULL, NULL, NULL), 4000 + 2 * 13);
    assert_int_equal(cost_with(m, "new", "old", NULL), 0 + 40 + 7 + 1000);
    assert_int_equal(cost_with(m, "new", "old", "old"), 80 + 7 + 11);
    assert_int_equal(cost_with(m, "old", "new", NULL), 80 + 7 + 11 + 13 + 1000);
    assert_int_equal(cost_with(m, "new", "new", NULL), -1);
    assert_int_equal(cost_with(m, "old", "old", "old"), -1);
    model_free(m);
    plaats_instance_free(in);
}

static void a_place_where_it_may_not_be_is_no_plan(void **state) {
    (void)state;
    plaats_instance *in = read_quoted(
        HEAD "'sites': [{'id': 'shut', 'beds': 3, 'closes': '2023-W06'}, {'id': 'a', 'beds': 1}], "
             "'people': [{'id': 'x', 'age': 32}]}");
    model *m = build(in);
    int32_t at = m->site_rank[find_site(in, "shut")];
    int64_t cost;
    assert_false(model_cost(m, &at, &cost));
    at = m->site_rank[find_site(in, "a")];
    assert_true(model_cost(m, &at, &cost));
    assert_int_equal(model_unplaced_weight(m, &at), 0);
    at = NONE;
    assert_int_equal(model_unplaced_weight(m, &at), 1);
    model_free(m);
    plaats_instance_free(in);
}

static int row_of(const model *m, row_kind kind) {
    for (int i = 0; i < m->n_rows; i++)
        if (m->rows[i].kind == kind) return i;
    fail_msg("no such row");
    return NONE;
}

static int64_t bound_of(const model *m, int64_t scale, const int64_t *prices) {
    int64_t bound;
    assert_true(model_bound(m, scale, prices, &bound));
    return bound;
}

/* By hand: without prices each takes its cheapest, which is free at 'new'. */
static void a_bound_by_hand(void **state) {
    (void)state;
    plaats_instance *in = read_quoted(SMALL);
    model *m = build(in);
    int64_t prices[16] = {0};
    assert_in_range(m->n_rows, 4, 4);
    assert_int_equal(bound_of(m, 1, prices), 0);
    /* 30 for a bed at 'new': four persons pay 30 each there (at 'old' 40), minus its two beds. */
    prices[row_of(m, ROW_BEDS)] = 30;
    assert_int_equal(bound_of(m, 1, prices), 4 * 30 - 2 * 30);
    /* 5 for a bed at 'old': 'new' stays cheaper; opening earns 15 of which 7 are paid. */
    prices[row_of(m, ROW_OPEN)] = 5;
    assert_int_equal(bound_of(m, 1, prices), 4 * 30 - 2 * 30 + (7 - 15));
    prices[row_of(m, ROW_OPEN)] = 0;
    /* 3 for a person less than two at 'new': four get 3 off, two persons are asked for. */
    prices[row_of(m, ROW_MIN)] = 3;
    assert_int_equal(bound_of(m, 1, prices), 4 * 27 - 2 * 30 + 2 * 3);
    /* In thirds: 4 * 30 / 3 - 2 * 30 / 3 and 1 more, rounded up. */
    prices[row_of(m, ROW_MIN)] = 1;
    assert_int_equal(bound_of(m, 3, prices), (4 * 29 - 2 * 30 + 2 * 1 + 2) / 3);
    model_free(m);
    plaats_instance_free(in);
}

/* The formula of solver/PROOF.md ("Prices and the bound"), word by word. */
static int64_t bound_slowly(const model *m, int64_t scale, const int64_t *prices) {
    row_use uses[64];
    int128 sum = 0;
    for (int u = 0; u < m->n_units; u++) {
        int128 best = (int128)scale * m->units[u].unplaced_cost;
        for (int j = 0; j < m->n_sites; j++) {
            int64_t cost;
            if (!model_option_cost(m, u, j, &cost)) continue;
            int128 value = (int128)scale * cost;
            int n = model_uses(m, u, j, uses);
            for (int i = 0; i < n; i++) value += (int128)prices[uses[i].row] * uses[i].use;
            if (value < best) best = value;
        }
        sum += best;
    }
    for (int i = 0; i < m->n_rows; i++) {
        const model_row *r = &m->rows[i];
        int128 opened = (int128)scale * r->points - (int128)prices[i] * r->beds;
        if (r->kind != ROW_OPEN)
            sum -= (int128)prices[i] * r->rhs;
        else if (opened < 0)
            sum += opened;
    }
    return (int64_t)ceil_div128(sum, scale);
}

/* Hard rows: at most `highest`. */
static void draw_prices(const model *m, random_stream *s, int64_t scale, int64_t highest,
                        int64_t *prices) {
    for (int i = 0; i < m->n_rows; i++) {
        const model_row *r = &m->rows[i];
        bool soft = r->kind == ROW_MIN || (r->kind == ROW_MAX && r->points > 0);
        int64_t most = soft ? scale * r->points : highest;
        prices[i] = chance(s, 50) ? 0 : (int64_t)random_below(s, (uint64_t)most + 1);
    }
}

static void no_plan_is_cheaper_than_a_bound(void **state) {
    (void)state;
    random_stream s = random_start(5);
    for (uint64_t seed = 1; seed <= 12; seed++) {
        plaats_instance *in = random_instance_read(seed, 0, 4, 6, 10);
        model *m = build(in);
        int64_t prices[256], best = least_by_trying(m, GOAL_COST, INT64_MAX);
        assert_in_range(m->n_rows, 1, 256);
        for (int k = 0; k < 200; k++) {
            int64_t scale = 1 + (int64_t)random_below(&s, k < 100 ? 9 : INT32_MAX);
            /* The last are too large to be added up in 64 bits. */
            bool large = k >= 180;
            draw_prices(m, &s, large ? INT32_MAX : scale, large ? INT64_C(1) << 61 : 60 * scale,
                        prices);
            if (large) scale = INT32_MAX;
            int64_t bound = bound_of(m, scale, prices);
            assert_true(bound <= best);
            assert_int_equal(bound, bound_slowly(m, scale, prices));
        }
        model_free(m);
        plaats_instance_free(in);
    }
}

/* The goals that come first and after, with U "first". */
static void other_goals_have_bounds_too(void **state) {
    (void)state;
    random_stream s = random_start(6);
    for (uint64_t seed = 1; seed <= 8; seed++) {
        plaats_instance *in = random_instance_read(seed, 0, 4, 6, 13);
        model *m = build(in);
        int64_t prices[256], bound;
        int64_t weight = least_by_trying(m, GOAL_WEIGHT, INT64_MAX);
        int64_t rest = least_by_trying(m, GOAL_REST, weight + 1);
        assert_int_equal(least_by_trying(m, GOAL_REST, weight) + weight * m->unplaced_points,
                         least_by_trying(m, GOAL_COST, INT64_MAX));
        for (int k = 0; k < 200; k++) {
            model_prices p = {.goal = GOAL_REST, .most_weight = weight + 1, .prices = prices};
            p.scale = draw(&s, 1, 5);
            p.weight_price = draw(&s, 0, 900);
            draw_prices(m, &s, p.scale, 60 * p.scale, prices);
            assert_true(model_goal_bound(m, &p, &bound));
            assert_true(bound <= rest);

            p = (model_prices){.goal = GOAL_WEIGHT, .scale = p.scale, .prices = prices};
            for (int i = 0; i < m->n_rows; i++)
                prices[i] =
                    m->rows[i].kind == ROW_MIN || m->rows[i].points > 0 ? 0 : draw(&s, 0, 3);
            assert_true(model_goal_bound(m, &p, &bound));
            assert_true(bound <= weight);
        }
        model_free(m);
        plaats_instance_free(in);
    }
}

static void a_bound_that_does_not_fit_is_no_bound(void **state) {
    (void)state;
    plaats_instance *in = read_quoted(
        HEAD "'sites': [{'id': 'a', 'beds': 1000000}], 'people': [{'id': 'x', 'age': 32}]}");
    model *m = build(in);
    int64_t price = INT64_C(1) << 62, bound;
    assert_int_equal(m->n_rows, 1);
    assert_false(model_bound(m, 1, &price, &bound));
    assert_true(model_bound(m, INT64_C(1) << 30, &price, &bound));
    model_free(m);
    plaats_instance_free(in);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plan_costs_what_its_parts_cost),
        cmocka_unit_test(a_place_where_it_may_not_be_is_no_plan),
        cmocka_unit_test(a_bound_by_hand),
        cmocka_unit_test(no_plan_is_cheaper_than_a_bound),
        cmocka_unit_test(other_goals_have_bounds_too),
        cmocka_unit_test(a_bound_that_does_not_fit_is_no_bound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
