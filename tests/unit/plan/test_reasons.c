/* Why a household has no bed: each reason in a small instance made for it. */
#include "unit/plan_fixture.h"

#include "plan/reasons.h"

#define HEAD "{'format': 'plaats.instance/1', 'week': '2023-W06', "
#define THREE_PEOPLE                                                                               \
    "{'id': 'p1', 'household': 'h', 'age': 40}, {'id': 'p2', 'household': 'h', 'age': 38}, "       \
    "{'id': 'p3', 'household': 'h', 'age': 9}"

static const reason_count *find(const reason_list *list, int bit, const char *what) {
    for (int i = 0; i < list->n; i++) {
        const reason_count *r = &list->at[i];
        const char *named = r->told.what;
        bool same = what == NULL || named == NULL ? what == named : !strcmp(what, named);
        if (r->bit == bit && same) return r;
    }
    return NULL;
}

static void expect_sites(const reason_list *list, int bit, const char *what, int sites,
                         const char *because) {
    const reason_count *r = find(list, bit, what);
    if (r == NULL) fail_msg("no reason '%s'", eligible_code(bit));
    assert_int_equal(r->told.sites, sites);
    if (because == NULL)
        assert_null(r->told.because);
    else
        assert_string_equal(r->told.because, because);
}

/* `at`: who is where, or NULL for an empty country. */
static reason_list ask(const model *m, const char *id, const int32_t *at) {
    reason_list list = {0};
    census who = {0};
    int *site_of = at == NULL ? NULL : reasons_sites_of_households(m, at);
    assert_int_equal(census_take(m->instance, 0, site_of, &who, NULL), PLAATS_OK);
    assert_int_equal(reasons_in(&who, find_household(m->instance, id), &list, NULL), PLAATS_OK);
    census_free(&who);
    free(site_of);
    return list;
}

/* In an empty country. */
static void own_rules_are_counted(void **state) {
    (void)state;
    plaats_instance *in = read_quoted(
        HEAD "'places': [{'id': 'hospital', 'lat': 52, 'lon': 5}], "
             "'sites': ["
             "{'id': 'shut', 'beds': 1, 'closes': '2023-W01', 'lat': 52, 'lon': 5},"
             "{'id': 'small', 'beds': 2, 'services': {'school': true}, 'lat': 52, 'lon': 5},"
             "{'id': 'bare', 'beds': 9, 'lat': 52, 'lon': 5},"
             "{'id': 'few', 'beds': 9, 'services': {'school': 0}, 'lat': 52, 'lon': 5},"
             "{'id': 'men', 'beds': 9, 'services': {'school': true}, 'lat': 52, 'lon': 5, "
             "'admits': ['man'], 'admits_because': 'men only'},"
             "{'id': 'calm', 'beds': 9, 'services': {'school': true}, 'lat': 52, 'lon': 5, "
             "'refuses': ['loud']},"
             "{'id': 'far', 'beds': 1, 'services': {'school': true}, 'lat': 53, 'lon': 6},"
             "{'id': 'banned', 'beds': 9, 'services': {'school': true}, 'lat': 52, 'lon': 5},"
             "{'id': 'good', 'beds': 3, 'services': {'school': 1}, 'lat': 52, 'lon': 5}],"
             "'people': [{'id': 'p1', 'household': 'h', 'age': 40, 'tags': ['loud']}, "
             "{'id': 'p2', 'household': 'h', 'age': 38}, "
             "{'id': 'p3', 'household': 'h', 'age': 9, 'needs': ['school']}],"
             "'households': [{'id': 'h', 'near': [{'place': 'hospital', 'km': 20, "
             "'because': 'dialysis'}], 'bans': [{'site': 'banned', 'because': 'a threat'}]}]}");
    model *m = build(in);
    reason_list list = ask(m, "h", NULL);
    expect_sites(&list, REASON_CLOSED_BIT, NULL, 1, NULL);
    expect_sites(&list, REASON_BEDS_BIT, NULL, 2, NULL);
    expect_sites(&list, REASON_SERVICE_BIT, "school", 2, NULL);
    expect_sites(&list, REASON_ADMITS_BIT, NULL, 1, "men only");
    expect_sites(&list, REASON_REFUSES_BIT, NULL, 1, NULL);
    expect_sites(&list, REASON_NEAR_KM_BIT, "hospital", 1, "dialysis");
    expect_sites(&list, REASON_BAN_BIT, NULL, 1, "a threat");
    expect_sites(&list, REASON_COST_BIT, NULL, 1, NULL); /* 'good' */
    assert_int_equal(list.n, 8);
    for (int i = 1; i < list.n; i++) assert_true(list.at[i - 1].bit < list.at[i].bit);
    free(list.at);
    model_free(m);
    plaats_instance_free(in);
}

static void places_are_named_each(void **state) {
    (void)state;
    plaats_instance *in =
        read_quoted(HEAD "'places': [{'id': 'b'}, {'id': 'a'}], "
                         "'sites': [{'id': 's1', 'beds': 9}, {'id': 's2', 'beds': 9}],"
                         "'travel': [{'from': 's1', 'to': 'a', 'minutes': 90}, "
                         "{'from': 's1', 'to': 'b', 'minutes': 10}],"
                         "'people': [{'id': 'p', 'household': 'h', 'age': 30, "
                         "'near': [{'place': 'a', 'minutes': 45, 'because': 'a doctor'}]}],"
                         "'households': [{'id': 'h', 'near': [{'place': 'a', 'minutes': 60}, "
                         "{'place': 'b', 'minutes': 30, 'because': 'work'}]}]}");
    model *m = build(in);
    reason_list list = ask(m, "h", NULL);
    assert_int_equal(list.n, 2);
    assert_string_equal(list.at[0].told.what, "a");
    assert_string_equal(list.at[1].told.what, "b");
    /* Two limits and one count, and only one of them says why. */
    expect_sites(&list, REASON_NEAR_MINUTES_BIT, "a", 2, NULL);
    expect_sites(&list, REASON_NEAR_MINUTES_BIT, "b", 1, "work"); /* unknown from s2 */
    free(list.at);
    model_free(m);
    plaats_instance_free(in);
}

static void because_only_when_shared(void **state) {
    (void)state;
    plaats_instance *in = read_quoted(
        HEAD "'sites': [{'id': 's1', 'beds': 9}, {'id': 's2', 'beds': 9}, {'id': 's3', 'beds': 9}],"
             "'people': [{'id': 'g', 'age': 30}, {'id': 'h', 'age': 30}, {'id': 'i', 'age': 30}],"
             "'households': ["
             "{'id': 'g', 'bans': [{'site': 's1', 'because': 'x'}, {'site': 's2'}]},"
             "{'id': 'h', 'bans': [{'site': 's1'}, {'site': 's2', 'because': 'x'}]},"
             "{'id': 'i', 'bans': [{'site': 's1', 'because': 'x'}, {'site': 's2', 'because': 'x'}, "
             "{'site': 's3', 'because': 'x'}]}]}");
    model *m = build(in);
    reason_list g = ask(m, "g", NULL), h = ask(m, "h", NULL), i = ask(m, "i", NULL);
    expect_sites(&g, REASON_BAN_BIT, NULL, 2, NULL);
    expect_sites(&h, REASON_BAN_BIT, NULL, 2, NULL);
    expect_sites(&i, REASON_BAN_BIT, NULL, 3, "x");
    free(g.at);
    free(h.at);
    free(i.at);
    model_free(m);
    plaats_instance_free(in);
}

static void others_in_the_plan_count(void **state) {
    (void)state;
    plaats_instance *in = read_quoted(
        HEAD "'sites': [{'id': 'foe', 'beds': 9}, {'id': 'crowd', 'beds': 4}, "
             "{'id': 'town', 'beds': 9, 'municipality': 'm'}, {'id': 'room', 'beds': 5}],"
             "'people': [" THREE_PEOPLE ", {'id': 'a', 'age': 30}, {'id': 'b1', 'household': 'b', "
             "'age': 30}, {'id': 'b2', 'household': 'b', 'age': 30}, {'id': 'c', 'age': 30}],"
             "'apart': [{'households': ['h', 'a'], 'because': 'divorced'}],"
             "'quotas': [{'id': 'q', 'municipality': 'm', 'max': 3, 'because': 'agreed'}]}");
    model *m = build(in);
    int32_t *at = nobody_placed(m);
    place_at(m, at, "a", "foe");
    place_at(m, at, "b", "crowd");
    place_at(m, at, "c", "town");
    reason_list list = ask(m, "h", at);
    assert_int_equal(list.n, 4);
    expect_sites(&list, REASON_FULL_BIT, "apart", 1, "divorced");
    expect_sites(&list, REASON_FULL_BIT, "q", 1, "agreed");
    expect_sites(&list, REASON_FULL_BIT, "beds", 1, NULL);
    expect_sites(&list, REASON_COST_BIT, NULL, 1, NULL); /* 'room' */
    free(list.at);
    list = ask(m, "h", NULL);
    assert_int_equal(list.n, 1); /* an empty country takes it anywhere */
    expect_sites(&list, REASON_COST_BIT, NULL, 4, NULL);
    free(list.at);
    free(at);
    model_free(m);
    plaats_instance_free(in);
}

/* 49 beds are free where the only place for a wheelchair is taken. */
static void a_ramp_runs_out_before_beds(void **state) {
    (void)state;
    plaats_instance *in =
        read_quoted(HEAD "'sites': [{'id': 's', 'beds': 50, 'services': {'ramp': 1}}],"
                         "'people': [{'id': 'a', 'age': 30, 'needs': ['ramp']}, "
                         "{'id': 'b', 'age': 30, 'needs': ['ramp']}]}");
    model *m = build(in);
    int32_t *at = nobody_placed(m);
    place_at(m, at, "a", "s");
    reason_list list = ask(m, "b", at);
    assert_int_equal(list.n, 1);
    expect_sites(&list, REASON_FULL_BIT, "ramp", 1, NULL);
    free(list.at);
    free(at);
    model_free(m);
    plaats_instance_free(in);
}

static void full_counts_once_for_each_row(void **state) {
    (void)state;
    plaats_instance *in = read_quoted(
        HEAD "'sites': [{'id': 's', 'beds': 4, 'kind': 'k', 'services': {'school': 1, 'gym': 9}}],"
             "'rules': {'services_by_age': [{'service': 'school', 'from': 4, 'to': 17}]},"
             "'quotas': [{'id': 'z', 'kind': 'k', 'max': 4}, {'id': 'roomy', 'kind': 'k', "
             "'max': 5}, {'id': 'soft', 'kind': 'k', 'max': 0, 'points': 1}, {'id': 'beds', "
             "'kind': 'k', 'max': 4, 'because': 'a name like any other'}],"
             "'apart': [{'households': ['h', 'k', 'x'], 'because': 'one'}, {'households': "
             "['k', 'h'], 'because': 'one'}, {'households': ['h', 'x'], 'because': 'two'}],"
             "'people': [" THREE_PEOPLE ", {'id': 'k1', 'household': 'k', 'age': 30}, "
             "{'id': 'k2', 'household': 'k', 'age': 8}, {'id': 'x', 'age': 8}]}");
    model *m = build(in);
    int32_t *at = nobody_placed(m);
    place_at(m, at, "k", "s");
    reason_list list = ask(m, "h", at);
    assert_int_equal(list.n, 4);
    expect_sites(&list, REASON_FULL_BIT, "beds", 1,
                 NULL); /* the beds, and the quota of that name */
    expect_sites(&list, REASON_FULL_BIT, "school", 1, NULL);
    expect_sites(&list, REASON_FULL_BIT, "z", 1, NULL);
    expect_sites(&list, REASON_FULL_BIT, "apart", 1, "one"); /* two groups, one count */
    free(list.at);
    free(at);
    model_free(m);
    plaats_instance_free(in);
}

/* A quota that three exceed by themselves is a rule, and then nothing is said of who is there. */
static void what_a_unit_exceeds_alone_is_not_full(void **state) {
    (void)state;
    plaats_instance *in =
        read_quoted(HEAD "'sites': [{'id': 's', 'beds': 3, 'kind': 'k'}],"
                         "'quotas': [{'id': 'two', 'kind': 'k', 'max': 2, 'because': 'agreed'}, "
                         "{'id': 'three', 'kind': 'k', 'max': 3}],"
                         "'people': [" THREE_PEOPLE ", {'id': 'x', 'age': 30}]}");
    model *m = build(in);
    int32_t *at = nobody_placed(m);
    place_at(m, at, "x", "s");
    reason_list list = ask(m, "h", at);
    assert_int_equal(list.n, 1);
    expect_sites(&list, REASON_QUOTA_BIT, "two", 1, "agreed");
    free(list.at);
    free(at);
    model_free(m);
    plaats_instance_free(in);
}

/* Whom a member is apart from, and what it needs, leaves the whole group no room. */
static void a_group_is_full_as_one(void **state) {
    (void)state;
    plaats_instance *in = read_quoted(
        HEAD "'sites': [{'id': 's', 'beds': 9, 'services': {'ramp': 1}}, {'id': 'r', 'beds': 4, "
             "'services': {'ramp': 1}}],"
             "'people': [" THREE_PEOPLE ", {'id': 'g', 'age': 70, 'needs': ['ramp']}, "
             "{'id': 'x', 'age': 30, 'needs': ['ramp']}],"
             "'together': [{'households': ['h', 'g']}],"
             "'apart': [{'households': ['g', 'x'], 'because': 'a quarrel'}]}");
    model *m = build(in);
    int32_t *at = nobody_placed(m);
    place_at(m, at, "x", "s");
    for (int k = 0; k < 2; k++) {
        reason_list list = ask(m, k == 0 ? "h" : "g", at);
        assert_int_equal(list.n, 3);
        expect_sites(&list, REASON_FULL_BIT, "ramp", 1, NULL);
        expect_sites(&list, REASON_FULL_BIT, "apart", 1, "a quarrel");
        expect_sites(&list, REASON_COST_BIT, NULL, 1, NULL); /* 'r' */
        free(list.at);
    }
    free(at);
    model_free(m);
    plaats_instance_free(in);
}

static void together_names_the_other(void **state) {
    (void)state;
    plaats_instance *in = read_quoted(
        HEAD "'sites': [{'id': 'hers', 'beds': 9}, {'id': 'both', 'beds': 9}, "
             "{'id': 'his', 'beds': 9}, {'id': 'small', 'beds': 3}],"
             "'people': [" THREE_PEOPLE ", {'id': 'g', 'age': 70}],"
             "'households': [{'id': 'h', 'bans': [{'site': 'hers'}, {'site': 'both'}]}, "
             "{'id': 'g', 'bans': [{'site': 'both'}, {'site': 'his'}]}],"
             "'together': [{'households': ['h', 'g'], 'because': 'grandmother'}]}");
    model *m = build(in);
    reason_list h = ask(m, "h", NULL), g = ask(m, "g", NULL);
    expect_sites(&h, REASON_BAN_BIT, NULL, 2, NULL);
    expect_sites(&h, REASON_TOGETHER_BIT, NULL, 1, "grandmother"); /* 'his' */
    expect_sites(&h, REASON_BEDS_BIT, NULL, 1, NULL);              /* four do not fit */
    expect_sites(&g, REASON_BAN_BIT, NULL, 2, NULL);
    expect_sites(&g, REASON_TOGETHER_BIT, NULL, 1, "grandmother"); /* 'hers' */
    assert_int_equal(h.n, 3);
    assert_int_equal(g.n, 3);
    free(h.at);
    free(g.at);
    model_free(m);
    plaats_instance_free(in);
}

static void staying_excuses_what_is_missing(void **state) {
    (void)state;
    plaats_instance *in = read_quoted(
        HEAD "'sites': [{'id': 'home', 'beds': 9, 'services': {'clinic': 0}}, "
             "{'id': 'new', 'beds': 9}],"
             "'rules': {'max_moves': 0}, 'weights': {'km': 0},"
             "'people': [{'id': 'p', 'household': 'h', 'age': 30, 'needs': ['clinic', 'gym']}],"
             "'households': [{'id': 'h', 'site': 'home'}]}");
    model *m = build(in);
    reason_list list = ask(m, "h", NULL);
    expect_sites(&list, REASON_SERVICE_BIT, "clinic", 2, NULL); /* too few, and not there */
    expect_sites(&list, REASON_SERVICE_BIT, "gym", 1, NULL);    /* at home it may lack */
    expect_sites(&list, REASON_MAX_MOVES_BIT, NULL, 1, NULL);
    assert_int_equal(list.n, 3);
    free(list.at);
    model_free(m);
    plaats_instance_free(in);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(own_rules_are_counted),
        cmocka_unit_test(places_are_named_each),
        cmocka_unit_test(because_only_when_shared),
        cmocka_unit_test(others_in_the_plan_count),
        cmocka_unit_test(a_ramp_runs_out_before_beds),
        cmocka_unit_test(full_counts_once_for_each_row),
        cmocka_unit_test(what_a_unit_exceeds_alone_is_not_full),
        cmocka_unit_test(a_group_is_full_as_one),
        cmocka_unit_test(together_names_the_other),
        cmocka_unit_test(staying_excuses_what_is_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
