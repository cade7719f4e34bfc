/* What a sound document says is what the instance holds: every member given, every default. */
#include "unit/plan_fixture.h"

#include "instance/eligible.h"

#define WEEK "'format': 'plaats.instance/1', 'week': '2023-W06'"

static const char full[] =
    "{" WEEK ", 'weeks': 3, 'x_note': {'anything': [1.5]},"
    "'sites': [{'id': 'azc', 'name': 'Centre', 'kind': 'azc', 'municipality': 'Assen',"
    " 'province': 'Drenthe', 'tags': ['north'], 'lat': 53.0, 'lon': 6.5,"
    " 'beds': [{'from': '2023-W05', 'value': 10}, {'from': '2023-W07', 'value': 5}],"
    " 'usable_percent': 95, 'durable': true, 'opens': '2023-W01', 'closes': '2024-W01',"
    " 'services': {'school': true, 'doctor': 3, 'lift': [{'from': '2023-W07', 'value': 2}]},"
    " 'admits': ['quiet'], 'admits_because': 'agreed', 'refuses': ['loud'],"
    " 'refuses_because': 'promised', 'keep_open': 7, 'max_weeks': 26, 'x_phone': 'none'},"
    " {'id': 'hall', 'beds': 4}],"
    "'places': [{'id': 'port', 'name': 'Port', 'lat': 53, 'lon': 7}, {'id': 'school'}],"
    "'travel': [{'from': 'school', 'to': 'azc', 'minutes': 9},"
    " {'from': 'azc', 'to': 'hall', 'km': 3}, {'from': 'hall', 'to': 'port', 'km': 1}],"
    "'people': [{'id': 'p', 'household': 'h', 'age': 40, 'needs': ['doctor'], 'tags': ['quiet'],"
    " 'near': [{'place': 'school', 'minutes': 20, 'from': '2023-W08', 'until': '2023-W09',"
    " 'because': 'a course'}]}, {'id': 'q', 'age': 130}, {'id': 'r', 'household': 'h', 'age': 0}],"
    "'households': [{'id': 'h', 'site': 'hall', 'since': '2022-W52', 'leaves': '2023-W08',"
    " 'max_km': 50, 'max_km_because': 'pregnant', 'no_move_before': '2023-W07',"
    " 'no_move_because': 'exam', 'moves': 2, 'near': [{'place': 'azc', 'km': 9,"
    " 'points_per_km': 4}], 'pin': {'site': 'hall', 'from': '2023-W08', 'because': 'sister'},"
    " 'bans': [{'site': 'azc', 'until': '2023-W07'}], 'priority': 3,"
    " 'wishes': {'hall': -4, 'kind=azc': 1, 'tag=north': 2, 'durable': 5}}],"
    "'together': [{'households': ['h', 'q', 'h'], 'because': 'kin'}],"
    "'quotas': [{'id': 'few', 'name': 'Few', 'sites': ['hall', 'azc', 'hall'], 'tag': 'quiet',"
    " 'max': [{'from': '2023-W06', 'value': null}, {'from': '2023-W07', 'value': 1}],"
    " 'min': 1, 'points': 5, 'because': 'agreed'}, {'id': 'soon', 'durable_below': 60, 'max': 9}],"
    "'rules': {'services_by_age': [{'service': 'school', 'from': 4, 'to': 17}],"
    " 'usable_percent': 80, 'school_age': [5, 16], 'school_holidays': ['2023-W09', '2023-W08'],"
    " 'min_stay': 2, 'max_moves': 1, 'residents_may_stay': false},"
    "'weights': {'temporary': 1, 'temporary_child': 2, 'move': 3, 'school_move': 4, 'km': 5,"
    " 'misfit': 6, 'overstay': 7, 'unplaced': 8}}";

static week at(const char *text) {
    week w;
    assert_true(week_parse(text, &w));
    return w;
}

static void members_of_sites_and_places(void **state) {
    (void)state;
    plaats_instance *in = read_quoted(full);
    assert_int_equal(in->first, at("2023-W06"));
    assert_int_equal(in->weeks, 3);
    assert_int_equal(in->n_sites, 2);
    assert_int_equal(in->n_places, 2);
    const site *s = &in->sites[0];
    assert_string_equal(s->name, "Centre");
    assert_string_equal(s->kind, "azc");
    assert_string_equal(s->municipality, "Assen");
    assert_string_equal(s->province, "Drenthe");
    assert_true(s->has_position && s->lat == 53 && s->lon == 6.5);
    assert_string_equal(in->tags[s->tags.at[0]], "north");
    assert_int_equal(site_usable_beds(s, at("2023-W04")), 0);
    assert_int_equal(site_usable_beds(s, at("2023-W06")), 9); /* 95 percent of 10, rounded down */
    assert_int_equal(site_usable_beds(s, at("2023-W08")), 4);
    assert_int_equal(s->durable, 100);
    assert_false(site_open(s, at("2022-W52")));
    assert_true(site_open(s, at("2023-W52")));
    assert_false(site_open(s, at("2024-W01")));
    assert_int_equal(s->n_services, 3);
    assert_string_equal(in->tags[s->admits.at[0]], "quiet");
    assert_string_equal(s->refuses_because, "promised");
    assert_int_equal(s->keep_open, 7);
    assert_int_equal(s->max_weeks, 26);
    assert_string_equal(in->places[0].name, "Port");
    assert_false(in->places[1].has_position);
    plaats_instance_free(in);
}

static void services_are_unlimited_counted_or_by_week(void **state) {
    (void)state;
    plaats_instance *in = read_quoted(full);
    for (int i = 0; i < 3; i++) {
        const site_service *offer = &in->sites[0].services[i];
        const char *name = in->services[offer->service];
        assert_int_equal(offer->unlimited, strcmp(name, "school") == 0);
        if (strcmp(name, "doctor") == 0)
            assert_int_equal(steps_value(&offer->places, in->first, 0), 3);
        if (strcmp(name, "lift") == 0) {
            assert_int_equal(steps_value(&offer->places, at("2023-W06"), 0), 0);
            assert_int_equal(steps_value(&offer->places, at("2023-W07"), 0), 2);
        }
    }
    plaats_instance_free(in);
}

static void members_of_people_and_households(void **state) {
    (void)state;
    plaats_instance *in = read_quoted(full);
    const household *h = &in->households[find_household(in, "h")];
    assert_int_equal(in->n_people, 3);
    assert_int_equal(in->n_households, 2);
    assert_int_equal(h->people.n, 2);
    assert_int_equal(h->people.at[1], 2); /* in the order of `people` */
    assert_int_equal(in->people[1].age, 130);
    const near_limit *course = &in->people[0].near.at[0];
    assert_int_equal(course->minutes, 20);
    assert_int_equal(course->km, NONE);
    assert_int_equal(course->when.from, at("2023-W08"));
    assert_string_equal(course->because, "a course");
    assert_int_equal(h->site, find_site(in, "hall"));
    assert_true(h->has_since);
    assert_int_equal(h->since, at("2022-W52"));
    assert_true(needs_bed(in, h, 1) && !needs_bed(in, h, 2));
    assert_int_equal(h->max_km, 50);
    assert_int_equal(h->no_move_before, at("2023-W07"));
    assert_int_equal(h->moves, 2);
    assert_int_equal(h->near.at[0].points_per_km, 4);
    assert_true(h->has_pin);
    assert_string_equal(h->pin.because, "sister");
    assert_int_equal(h->n_bans, 1);
    assert_int_equal(h->bans[0].when.until, at("2023-W07"));
    assert_int_equal(h->n_wishes, 4);
    assert_int_equal(h->wishes[0].points, -4);
    assert_int_equal(h->priority, 3);
    plaats_instance_free(in);
}

static void members_of_groups_and_quotas(void **state) {
    (void)state;
    plaats_instance *in = read_quoted(full);
    assert_int_equal(in->n_together, 1);
    assert_int_equal(in->together[0].households.n, 2); /* named twice, counted once */
    assert_string_equal(in->together[0].because, "kin");
    const quota *q = &in->quotas[0];
    assert_int_equal(q->sites.n, 2);
    assert_int_equal(steps_value(&q->max, at("2023-W06"), STEP_NULL), STEP_NULL);
    assert_int_equal(steps_value(&q->max, at("2023-W09"), STEP_NULL), 1);
    assert_int_equal(steps_value(&q->min, at("2020-W01"), STEP_NULL), 1);
    assert_int_equal(q->points, 5);
    assert_string_equal(in->tags[q->tag], "quiet");
    assert_true(quota_covers(in, q, 0) && quota_covers(in, q, 1));
    assert_true(!quota_covers(in, &in->quotas[1], 0) && quota_covers(in, &in->quotas[1], 1));
    assert_int_equal(in->n_travel, 3);
    assert_int_equal(in->travel[0].km, 3); /* by (from, to) */
    plaats_instance_free(in);
}

static void members_of_rules_and_weights(void **state) {
    (void)state;
    plaats_instance *in = read_quoted(full);
    const rules *r = &in->rules;
    assert_int_equal(r->n_services_by_age, 1);
    assert_int_equal(r->services_by_age[0].to, 17);
    assert_int_equal(r->usable_percent, 80);
    assert_int_equal(r->school_from, 5);
    assert_int_equal(r->school_to, 16);
    assert_true(rules_is_school_holiday(in, at("2023-W08")) &&
                !rules_is_school_holiday(in, at("2023-W07")));
    assert_int_equal(r->min_stay, 2);
    assert_int_equal(r->max_moves, 1);
    assert_false(r->residents_may_stay);
    assert_int_equal(site_usable_beds(&in->sites[1], in->first), 3); /* 80 percent of 4 */
    const weights *w = &in->weights;
    assert_int_equal(w->temporary + w->temporary_child + w->move + w->school_move, 10);
    assert_int_equal(w->km + w->misfit + w->overstay + w->unplaced, 26);
    plaats_instance_free(in);
}

static void absent_members_have_their_defaults(void **state) {
    (void)state;
    plaats_instance *in = read_quoted("{" WEEK ", 'sites': [{'id': 's', 'beds': 3}], "
                                      "'people': [{'id': 'p', 'age': 1}]}");
    const site *s = &in->sites[0];
    const household *h = &in->households[0];
    assert_int_equal(in->weeks, 1);
    assert_null(s->kind);
    assert_int_equal(s->durable, 0);
    assert_int_equal(s->usable_percent, 100);
    assert_true(site_open(s, WEEK_FIRST) && site_open(s, at("9999-W52")));
    assert_int_equal(s->keep_open, 0);
    assert_int_equal(s->max_weeks, NONE);
    assert_string_equal(h->id, "p"); /* lives alone */
    assert_int_equal(h->site, NONE);
    assert_int_equal(h->from, NONE);
    assert_int_equal(h->max_km, NONE);
    assert_int_equal(h->priority, 1);
    assert_true(needs_bed(in, h, 0));
    assert_int_equal(in->rules.school_from, 4);
    assert_int_equal(in->rules.school_to, 17);
    assert_int_equal(in->rules.min_stay, 0);
    assert_int_equal(in->rules.max_moves, NONE);
    assert_true(in->rules.residents_may_stay);
    const weights *w = &in->weights;
    assert_int_equal(w->temporary, 40);
    assert_int_equal(w->temporary_child, 20);
    assert_int_equal(w->move, 20);
    assert_int_equal(w->school_move, 60);
    assert_int_equal(w->km, 1);
    assert_int_equal(w->misfit, 200);
    assert_int_equal(w->overstay, 30);
    assert_int_equal(w->unplaced, NONE); /* "first" */
    plaats_instance_free(in);
}

static void together_groups_that_share_a_household_are_one(void **state) {
    (void)state;
    plaats_instance *in = read_quoted(
        "{" WEEK ", 'sites': [], 'people': [{'id': 'a', 'age': 1}, {'id': 'b', 'age': 1}, "
        "{'id': 'c', 'age': 1}, {'id': 'd', 'age': 1}, {'id': 'e', 'age': 1}, "
        "{'id': 'f', 'age': 1}], 'together': [{'households': ['a', 'b']}, "
        "{'households': ['c', 'd'], 'because': 'twins'}, {'households': ['e', 'f']}, "
        "{'households': ['b', 'd'], 'because': 'kin'}]}");
    assert_int_equal(in->n_together, 2);
    assert_int_equal(in->together[0].households.n, 4);
    assert_string_equal(in->together[0].because, "twins"); /* the first there is */
    assert_int_equal(in->together[1].households.n, 2);
    plaats_instance_free(in);
}

static void nobody_and_nothing_is_sound(void **state) {
    (void)state;
    plaats_instance *in = read_quoted("{" WEEK ", 'sites': [], 'people': []}");
    assert_int_equal(in->n_sites + in->n_people + in->n_households, 0);
    plaats_instance_free(in);
}

static void callers_need_not_listen(void **state) {
    (void)state;
    plaats_instance *in = (plaats_instance *)state;
    assert_int_equal(plaats_instance_read("[]", 2, NULL, NULL, &in, NULL), PLAATS_INPUT);
    assert_null(in);
    assert_int_equal(plaats_instance_read("", 0, NULL, NULL, &in, NULL), PLAATS_INPUT);
    plaats_instance_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_of_sites_and_places),
        cmocka_unit_test(services_are_unlimited_counted_or_by_week),
        cmocka_unit_test(members_of_people_and_households),
        cmocka_unit_test(members_of_groups_and_quotas),
        cmocka_unit_test(members_of_rules_and_weights),
        cmocka_unit_test(absent_members_have_their_defaults),
        cmocka_unit_test(together_groups_that_share_a_household_are_one),
        cmocka_unit_test(nobody_and_nothing_is_sound),
        cmocka_unit_test(callers_need_not_listen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
