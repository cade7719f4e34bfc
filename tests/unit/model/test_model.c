/* Units, options, rows and their lookups. */
#include "unit/bed_row.h"
#include "unit/random_instance.h"

#define HEAD "{'format': 'plaats.instance/1', 'week': '2023-W06', "

static const unit *unit_named(const model *m, const char *household_id) {
    return &m->units[m->unit_of[find_household(m->instance, household_id)]];
}

static bool option_at(const model *m, const char *household_id, const char *site_id,
                      int64_t *cost) {
    int u = m->unit_of[find_household(m->instance, household_id)];
    return model_option_cost(m, u, m->site_rank[find_site(m->instance, site_id)], cost);
}

static void expect_options(const model *m, const char *household_id, const char *site_ids) {
    int64_t cost;
    for (int j = 0; j < m->n_sites; j++) {
        const char *id = m->instance->sites[m->sites[j]].id;
        bool expected = strstr(site_ids, id) != NULL;
        if (option_at(m, household_id, id, &cost) != expected)
            fail_msg("'%s' at '%s'", household_id, id);
    }
}

static int find_row(const model *m, row_kind kind, int j, int item) {
    for (int i = 0; i < m->n_rows; i++)
        if (m->rows[i].kind == kind && m->rows[i].site == j && m->rows[i].item == item) return i;
    return NONE;
}

static int32_t use_at(const model *m, const char *household_id, const char *site_id, int row) {
    row_use uses[32];
    int u = m->unit_of[find_household(m->instance, household_id)];
    assert_in_range(m->max_uses, 1, 32);
    int n = model_uses(m, u, m->site_rank[find_site(m->instance, site_id)], uses);
    assert_in_range(n, 1, m->max_uses);
    for (int i = 0; i < n; i++)
        if (uses[i].row == row) return uses[i].use;
    return 0;
}

static void only_single_weeks(void **state) {
    (void)state;
    plaats_instance *in = read_quoted(HEAD "'weeks': 4, 'sites': [], 'people': []}");
    model *m;
    plaats_error error = {0};
    assert_int_equal(model_build(in, NONE, &m, &error), PLAATS_INPUT);
    assert_null(m);
    assert_string_equal(error.message, "the horizon is 4 weeks: only single weeks are solved by "
                                       "this version; set 'weeks' to 1");
    plaats_instance_free(in);
}

static void nothing_to_place(void **state) {
    (void)state;
    plaats_instance *in = read_quoted(HEAD "'sites': [], 'people': []}");
    model *m = build(in);
    int64_t cost, bound;
    assert_int_equal(m->n_units, 0);
    assert_true(model_cost(m, NULL, &cost));
    assert_true(model_bound(m, 1, NULL, &bound));
    assert_int_equal(cost, 0);
    assert_int_equal(bound, 0);
    model_free(m);
    plaats_instance_free(in);
}

#define PEOPLE                                                                                     \
    "'people': [{'id': 'p1', 'household': 'a', 'age': 40}, "                                       \
    "{'id': 'p2', 'household': 'a', 'age': 9, 'needs': ['school']}, {'id': 'b', 'age': 30}, "      \
    "{'id': 'c', 'age': 31, 'needs': ['school']}, {'id': 'gone', 'age': 50}]"
#define TOGETHER "'together': [{'households': ['b', 'a', 'gone']}]"

static void a_together_group_is_one_unit(void **state) {
    (void)state;
    plaats_instance *in = read_quoted(
        HEAD "'sites': [{'id': 'east', 'beds': 9, 'services': {'school': 5}}], " PEOPLE
             ", 'households': [{'id': 'gone', 'leaves': '2023-W06'}, "
             "{'id': 'a', 'priority': 3, 'site': 'east'}, {'id': 'b', 'site': 'east'}], "
             "'weights': {'unplaced': 100}, " TOGETHER "}");
    model *m = build(in);
    const unit *ab = unit_named(m, "a"), *c = unit_named(m, "c");
    assert_int_equal(m->n_units, 2);
    assert_ptr_equal(ab, unit_named(m, "b"));
    assert_int_equal(m->unit_of[find_household(in, "gone")], NONE);
    assert_int_equal(ab->n_members, 2);
    assert_int_equal(ab->persons, 3);
    assert_int_equal(ab->weight, 2 * 3 + 1);
    assert_int_equal(ab->unplaced_cost, 700);
    assert_int_equal(ab->home, m->site_rank[0]);
    assert_int_equal(c->home, NONE);
    assert_int_equal(ab->n_needs, 1);
    assert_int_equal(ab->needs[0].count, 1);
    assert_int_equal(m->instance->n_services, 1);
    model_free(m);
    plaats_instance_free(in);
}

static void members_in_two_homes_have_none(void **state) {
    (void)state;
    plaats_instance *in =
        read_quoted(HEAD "'sites': [{'id': 'east', 'beds': 9}, {'id': 'west', 'beds': 9}], "
                         "'people': [{'id': 'a', 'age': 40}, {'id': 'b', 'age': 30}], "
                         "'households': [{'id': 'a', 'site': 'east'}, {'id': 'b', 'site': 'west'}],"
                         "'weights': {'km': 0}, 'together': [{'households': ['a', 'b']}]}");
    model *m = build(in);
    assert_int_equal(m->n_units, 1);
    assert_int_equal(m->units[0].home, NONE);
    model_free(m);
    plaats_instance_free(in);
}

/* Two at a site of 33 percent: 2 * 40 * 67 / 100 = 53.6 together, 26.8 each: rounded first. */
static void each_member_keeps_its_own_rounding(void **state) {
    (void)state;
    plaats_instance *in =
        read_quoted(HEAD "'sites': [{'id': 'east', 'beds': 9, 'durable': 33}], "
                         "'people': [{'id': 'a', 'age': 40}, {'id': 'b', 'age': 30}, "
                         "{'id': 'p', 'age': 40, 'household': 'c'}, "
                         "{'id': 'q', 'age': 30, 'household': 'c'}], "
                         "'together': [{'households': ['a', 'b']}]}");
    model *m = build(in);
    int64_t cost;
    assert_true(option_at(m, "a", "east", &cost));
    assert_int_equal(cost, 27 + 27);
    assert_true(option_at(m, "c", "east", &cost));
    assert_int_equal(cost, 54);
    model_free(m);
    plaats_instance_free(in);
}

/* Each member fits where the unit does not. */
static void a_unit_fits_as_a_whole_or_not(void **state) {
    (void)state;
    plaats_instance *in = read_quoted(
        HEAD "'sites': [{'id': 'good', 'beds': 3, 'services': {'school': 2}},"
             "{'id': 'beds', 'beds': 2, 'services': {'school': true}},"
             "{'id': 'kept', 'beds': 2, 'keep_open': 5, 'services': {'school': true}},"
             "{'id': 'places', 'beds': 9, 'services': {'school': 1}},"
             "{'id': 'shut', 'beds': 9, 'opens': '2023-W07', 'services': {'school': true}},"
             "{'id': 'empty', 'beds': 0, 'services': {'school': true}},"
             "{'id': 'hard', 'beds': 9, 'services': {'school': true}},"
             "{'id': 'soft', 'beds': 9, 'services': {'school': true}}], "
             "'quotas': [{'id': 'q', 'sites': ['hard'], 'max': 2}, "
             "{'id': 'r', 'sites': ['soft'], 'max': 0, 'points': 4}], "
             "'people': [{'id': 'p1', 'household': 'a', 'age': 40}, "
             "{'id': 'p2', 'household': 'a', 'age': 9, 'needs': ['school']}, "
             "{'id': 'b', 'age': 30, 'needs': ['school']}, {'id': 'c', 'age': 31}], "
             "'together': [{'households': ['a', 'b']}]}");
    model *m = build(in);
    expect_options(m, "a", "good soft");
    expect_options(m, "c", "good beds kept places hard soft");
    assert_int_equal(bed_row(m, m->site_rank[find_site(in, "shut")]), NONE);
    assert_int_not_equal(bed_row(m, m->site_rank[find_site(in, "empty")]), NONE);
    model_free(m);
    plaats_instance_free(in);
}

#define ROWS                                                                                       \
    HEAD "'sites': [{'id': 'east', 'beds': 8, 'usable_percent': 80, 'services': {'school': 5, "    \
         "'care': 3}}, {'id': 'west', 'beds': 4, 'keep_open': 70, 'services': {'school': true}}, " \
         "{'id': 'shut', 'beds': 9, 'closes': '2023-W01', 'services': {'school': 2}}], " PEOPLE    \
         ", 'together': [{'households': ['a', 'b']}], "                                            \
         "'apart': [{'households': ['b', 'c']}, "                                                  \
         "{'households': ['c', 'gone'], 'until': '2023-W06'}], "                                   \
         "'quotas': [{'id': 'late', 'sites': ['east'], 'max': [{'from': '2023-W09', "              \
         "'value': 1}]}, {'id': 'both', 'sites': ['west'], 'max': 4, 'min': 3, 'points': 6}]}"

static void rows_are_those_of_the_week(void **state) {
    (void)state;
    plaats_instance *in = read_quoted(ROWS);
    model *m = build(in);
    int east = m->site_rank[find_site(in, "east")], west = m->site_rank[find_site(in, "west")];
    int school = strcmp(in->services[0], "school") == 0 ? 0 : 1;
    int beds = bed_row(m, east), open = bed_row(m, west);

    /* No row for 'care', which nobody needs, for what is closed, or for what is not in force. */
    assert_int_equal(m->n_rows, 1 + 1 + 1 + 2 + 1 + 1);
    assert_int_equal(m->rows[beds].kind, ROW_BEDS);
    assert_int_equal(m->rows[beds].rhs, 6);
    assert_int_equal(m->rows[open].kind, ROW_OPEN);
    assert_int_equal(m->rows[open].rhs, 0);
    assert_int_equal(m->rows[open].beds, 4);
    assert_int_equal(m->rows[open].points, 70);
    assert_int_equal(m->rows[model_service_row(m, east, school)].rhs, 5);
    assert_int_equal(model_service_row(m, west, school), NONE);
    assert_int_equal(model_service_row(m, east, 1 - school), NONE);
    assert_int_equal(m->rows[find_row(m, ROW_APART, east, 0)].rhs, 1);
    assert_int_equal(find_row(m, ROW_APART, east, 1), NONE);
    assert_int_equal(find_row(m, ROW_MAX, NONE, 0), NONE);
    const model_row *max = &m->rows[find_row(m, ROW_MAX, NONE, 1)];
    const model_row *min = &m->rows[find_row(m, ROW_MIN, NONE, 1)];
    assert_int_equal(max->rhs, 4);
    assert_int_equal(max->points, 6);
    assert_int_equal(min->rhs, -3);
    assert_int_equal(min->points, 6);
    model_free(m);
    plaats_instance_free(in);
}

static void uses_are_counted(void **state) {
    (void)state;
    plaats_instance *in = read_quoted(ROWS);
    model *m = build(in);
    int east = m->site_rank[find_site(in, "east")], west = m->site_rank[find_site(in, "west")];
    int school = strcmp(in->services[0], "school") == 0 ? 0 : 1;

    assert_int_equal(use_at(m, "a", "east", bed_row(m, east)), 3);
    assert_int_equal(use_at(m, "a", "east", model_service_row(m, east, school)), 1);
    assert_int_equal(use_at(m, "a", "east", find_row(m, ROW_APART, east, 0)), 1);
    assert_int_equal(use_at(m, "a", "east", find_row(m, ROW_APART, west, 0)), 0);
    assert_int_equal(use_at(m, "a", "east", find_row(m, ROW_MAX, NONE, 1)), 0);
    assert_int_equal(use_at(m, "a", "west", bed_row(m, west)), 3);
    assert_int_equal(use_at(m, "a", "west", find_row(m, ROW_MAX, NONE, 1)), 3);
    assert_int_equal(use_at(m, "a", "west", find_row(m, ROW_MIN, NONE, 1)), -3);
    assert_int_equal(use_at(m, "gone", "west", find_row(m, ROW_APART, west, 0)), 0);
    model_free(m);
    plaats_instance_free(in);
}

static void another_price_for_the_unplaced(void **state) {
    (void)state;
    plaats_instance *in = read_quoted(HEAD "'sites': [], 'people': [{'id': 'a', 'age': 40}], "
                                           "'households': [{'id': 'a', 'priority': 1000}]}");
    model *m = NULL;
    plaats_error error = {0};
    assert_int_equal(model_build(in, 17, &m, &error), PLAATS_OK);
    assert_int_equal(m->unplaced_points, 17);
    assert_int_equal(m->units[0].unplaced_cost, 17000);
    model_free(m);
    assert_int_equal(model_build(in, INT64_MAX / 999, &m, &error), PLAATS_USAGE);
    assert_null(m);
    plaats_instance_free(in);
}

static void sums_that_do_not_fit_are_refused(void **state) {
    (void)state;
    plaats_instance *in =
        read_quoted(HEAD "'sites': [{'id': 's', 'beds': 1}], 'people': [{'id': 'a', 'age': 40}], "
                         "'weights': {'unplaced': 1}, 'quotas': [{'id': 'q', 'sites': ['s'], "
                         "'min': 9000000, 'points': 1000000000000}]}");
    const int64_t left = INT64_MAX - INT64_C(9000000000000000000);
    model *m = NULL;
    plaats_error error = {0};
    assert_int_equal(model_build(in, left, &m, &error), PLAATS_OK);
    model_free(m);
    assert_int_equal(model_build(in, left + 1, &m, &error), PLAATS_USAGE);
    assert_null(m);
    assert_non_null(strstr(error.message, "64 bits"));
    plaats_instance_free(in);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_single_weeks),
        cmocka_unit_test(nothing_to_place),
        cmocka_unit_test(a_together_group_is_one_unit),
        cmocka_unit_test(members_in_two_homes_have_none),
        cmocka_unit_test(each_member_keeps_its_own_rounding),
        cmocka_unit_test(a_unit_fits_as_a_whole_or_not),
        cmocka_unit_test(rows_are_those_of_the_week),
        cmocka_unit_test(uses_are_counted),
        cmocka_unit_test(another_price_for_the_unplaced),
        cmocka_unit_test(sums_that_do_not_fit_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
