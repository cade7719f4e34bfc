/* What a week costs, part by part, and U. */
#include "unit/instance_fixture.h"

#include "instance/cost.h"

enum { HOME, OTHER, FLEX };

#define WORLD                                                                                      \
    "'sites': [{'id': 'home', 'beds': 9, 'lat': 52, 'lon': 5, 'max_weeks': 10},"                   \
    "{'id': 'other', 'beds': 9, 'lat': 52, 'lon': 6, 'durable': 37, 'kind': 'azc',"                \
    "'province': 'Drenthe', 'municipality': 'Assen', 'tags': ['north']},"                          \
    "{'id': 'flex', 'beds': 9, 'lat': 52, 'lon': 5, 'durable': true}],"                            \
    "'places': [{'id': 'port', 'lat': 52, 'lon': 6}],"                                             \
    "'people': [{'id': 'a', 'household': 'h', 'age': 30}, {'id': 'b', 'household': 'h',"           \
    "'age': 17}, {'id': 'c', 'household': 'h', 'age': 3}]"

/* Household 'h' of three, one of school age, with a row of its own and members of the document. */
static plaats_instance *family(const char *row, const char *more) {
    buffer b = {0};
    buffer_format(&b, HEAD WORLD ", 'households': [{'id': 'h'%s}]%s}", row, more);
    plaats_instance *in = sound(b.bytes);
    buffer_free(&b);
    return in;
}

static stay_cost first_week(const plaats_instance *in, int j) {
    return cost_of_stay(in, 0, j, 0, eligible_came_from_first(in, &in->households[0]), false);
}

static void stay_rounds_half_up(void **state) {
    (void)state;
    plaats_instance *in = family("", "");
    stay_cost c = first_week(in, HOME);
    assert_int_equal(c.stay, 3 * 40 + 2 * 20);
    assert_int_equal(stay_cost_total(&c), 160);
    assert_int_equal(first_week(in, OTHER).stay, 101); /* 160 * 63 % = 100.8 */
    assert_int_equal(first_week(in, FLEX).stay, 0);
    plaats_instance_free(in);
    in = family("", ", 'weights': {'temporary': 0, 'temporary_child': 25}");
    assert_int_equal(first_week(in, OTHER).stay, 32); /* 31.5 */
    plaats_instance_free(in);
    /* Exact far beyond what a double holds in hundredths. */
    in = family("", ", 'weights': {'temporary': 1000000000000, 'unplaced': 0}");
    assert_int_equal(first_week(in, HOME).stay, 3000000000040);
    plaats_instance_free(in);
}

static void near_is_paid_in_its_weeks(void **state) {
    (void)state;
    plaats_instance *in =
        family(", 'near': [{'place': 'port', 'points_per_km': 5}, {'place': 'home',"
               "'points_per_km': 100, 'until': '2023-W06'}, {'place': 'other', 'km': 100}]",
               "");
    assert_int_equal(first_week(in, HOME).near, 5 * 68);
    assert_int_equal(first_week(in, OTHER).near, 0);
    plaats_instance_free(in);

    in = sound(HEAD "'sites': [{'id': 'home', 'beds': 9, 'lat': 52, 'lon': 5}], 'places':"
                    "[{'id': 'port', 'lat': 52, 'lon': 6}], 'people': [{'id': 'a', 'household':"
                    "'h', 'age': 3, 'near': [{'place': 'port', 'points_per_km': 2}]}, {'id': 'b',"
                    "'household': 'h', 'age': 3, 'near': [{'place': 'port', 'points_per_km': 1,"
                    "'minutes': 5}]}]}");
    assert_int_equal(first_week(in, HOME).near, 3 * 68);
    plaats_instance_free(in);
}

static void wishes_match_and_add_up(void **state) {
    (void)state;
    plaats_instance *in =
        family(", 'wishes': {'other': 1, 'kind=azc': 20, 'province=Drenthe': 300, 'municipality="
               "Assen': 4000, 'tag=north': 50000, 'tag=south': 7, 'kind=ship': 7, 'home': -6,"
               "'province=drenthe': 9}",
               "");
    assert_int_equal(first_week(in, OTHER).wishes, -54321);
    assert_int_equal(first_week(in, HOME).wishes, 6);
    assert_int_equal(first_week(in, FLEX).wishes, 0);
    plaats_instance_free(in);
    /* floor((points * durable + 50) / 100) */
    in = family(", 'wishes': {'durable': 50}", "");
    assert_int_equal(first_week(in, OTHER).wishes, -19); /* 18.5 */
    assert_int_equal(first_week(in, FLEX).wishes, -50);
    assert_int_equal(first_week(in, HOME).wishes, 0);
    plaats_instance_free(in);
    in = family(", 'wishes': {'durable': -50}", "");
    assert_int_equal(first_week(in, OTHER).wishes, 18); /* -18.5 rounds to -18 */
    plaats_instance_free(in);
    in = family(", 'wishes': {'durable': -51}", "");
    assert_int_equal(first_week(in, OTHER).wishes, 19); /* -18.87 */
    plaats_instance_free(in);
}

static void moves_cost_persons_and_school(void **state) {
    (void)state;
    plaats_instance *in = family(", 'site': 'home', 'moves': 2", "");
    stay_cost c = first_week(in, OTHER);
    assert_int_equal(c.move, 3 * 20);
    assert_int_equal(c.km, 3 * 68);
    assert_int_equal(c.school_move, 60 * 3); /* of the 17 year old */
    assert_int_equal(stay_cost_total(&c), 101 + 60 + 204 + 180);
    c = first_week(in, HOME);
    assert_int_equal(c.move + c.km + c.school_move, 0);
    plaats_instance_free(in);
    in = family(", 'site': 'home'", ", 'rules': {'school_holidays': ['2023-W07', '2023-W06']}");
    assert_int_equal(first_week(in, OTHER).school_move, 0);
    plaats_instance_free(in);
}

static void arriving_pays_the_journey_only(void **state) {
    (void)state;
    plaats_instance *in = family(", 'from': 'port'", "");
    stay_cost c = first_week(in, HOME);
    assert_int_equal(c.km, 3 * 68);
    assert_int_equal(c.move + c.school_move, 0);
    /* After a week without a bed there is no journey. */
    c = cost_of_stay(in, 0, HOME, 0, (came_from){.site = NONE}, false);
    assert_int_equal(c.km, 0);
    plaats_instance_free(in);
}

static void misfit_and_overstay(void **state) {
    (void)state;
    plaats_instance *in = family(", 'site': 'home', 'since': '2022-W49'", ", 'weeks': 2");
    came_from home = eligible_came_from_first(in, &in->households[0]);
    assert_int_equal(first_week(in, HOME).overstay, 0);                           /* 9 weeks */
    assert_int_equal(cost_of_stay(in, 0, HOME, 1, home, false).overstay, 3 * 30); /* 10 */
    assert_int_equal(cost_of_stay(in, 0, HOME, 1, home, true).misfit, 3 * 200);
    assert_int_equal(cost_of_stay(in, 0, OTHER, 1, home, false).overstay, 0);
    home.at_home = false; /* it left and came back */
    assert_int_equal(cost_of_stay(in, 0, HOME, 1, home, false).overstay, 0);
    plaats_instance_free(in);
    in = family(", 'site': 'home'", ""); /* since when is not known */
    assert_int_equal(first_week(in, HOME).overstay, 0);
    plaats_instance_free(in);
}

/* ---- U -------------------------------------------------------------------------------------- */

static int64_t unplaced_after(const plaats_instance *in, int128 kept) {
    int64_t points = 0;
    plaats_error error;
    assert_int_equal(unplaced_points(in, kept, &points, &error), PLAATS_OK);
    return points;
}

static int64_t unplaced(const plaats_instance *in) {
    return unplaced_after(in, 0);
}

static void unplaced_outweighs_all_else(void **state) {
    (void)state;
    int64_t points;
    plaats_error error;
    plaats_instance *in = family("", "");
    /* K = 68; per person 40 + 20 + 20 + 200 + 30 + 68, and one school move. */
    assert_int_equal(unplaced(in), 1 + 3 * (310 + 68) + 60);
    assert_int_equal(unplaced_after(in, 500), 1 + 3 * (310 + 68) + 60 + 500);
    assert_int_equal(unplaced_points(in, INT64_MAX / 2, &points, &error), PLAATS_INPUT);
    assert_non_null(strstr(error.message, "the largest part of it by the points to keep"));
    plaats_instance_free(in);

    in = family(", 'moves': 3, 'near': [{'place': 'port', 'points_per_km': 7, 'until':"
                "'2001-W01'}], 'wishes': {'home': -5, 'durable': 6}, 'leaves': '2023-W08'",
                ", 'weeks': 4, 'quotas': [{'id': 'q', 'kind': 'x', 'max': 1, 'points': 9}]");
    assert_int_equal(unplaced(in), 1 + 2 * (3 * 310 + 4 * 60 + 68 * (3 + 7) + 11) + 4 * 3 * 9);
    plaats_instance_free(in);

    in = sound(HEAD "'weeks': 2, 'sites': [{'id': 'a', 'beds': 1, 'keep_open': 11, 'closes':"
                    "'2001-W01'}, {'id': 'b', 'beds': 1, 'keep_open': 2}], 'people': []}");
    assert_int_equal(unplaced(in), 1 + 2 * 13);
    plaats_instance_free(in);

    in = family("", ", 'weights': {'unplaced': 0}");
    assert_int_equal(unplaced(in), 0);
    plaats_instance_free(in);
}

/* One person alone for a week: U = 1 + the wish, and the total may reach priority * U + U. */
static void totals_stay_below_2_to_63(void **state) {
    (void)state;
    const char *lonely = HEAD "'weeks': 26, 'sites': [], 'people': [{'id': 'a', 'age': 40}],"
                              "'households': [{'id': 'a', 'priority': %d, 'wishes': {%s}}],"
                              "'weights': {'km': 0, 'temporary': 0, 'temporary_child': 0,"
                              "'move': 0, 'school_move': 0, 'overstay': 0, 'misfit': 0}}";
    buffer wishes = {0};
    for (int i = 0; i < 13; i++)
        buffer_format(&wishes, "%s'kind=%d': 1000000000000", i > 0 ? "," : "", i);
    /* U = 1 + 26 * 13 * 10^12; 26 * 1000 * U + U = 8.788 * 10^18 + ... is below 2^63 = 9.223 */
    buffer b = {0};
    buffer_format(&b, lonely, 1000, wishes.bytes);
    plaats_instance *in = sound(b.bytes);
    assert_int_equal(unplaced(in), 338000000000001);
    plaats_instance_free(in);
    b.size = 0;
    buffer_format(&wishes, ",'kind=x': 1000000000000"); /* 9.464 */
    buffer_format(&b, lonely, 1000, wishes.bytes);
    refused(b.bytes, ": the points are too large: a plan could cost 2^63 points or more, the "
                     "largest part of it by 'priority' of the households\n");
    buffer_free(&b);
    buffer_free(&wishes);

    /* A soft min beyond the number of people is paid by every plan. */
    plaats_instance *sane =
        sound(HEAD "'sites': [], 'people': [], 'quotas': [{'id': 'q', 'kind': 'a', 'min': 9000000,"
                   "'points': 1000000000000}]}");
    assert_int_equal(unplaced(sane), 1);
    plaats_instance_free(sane);
    refused(HEAD "'sites': [], 'people': [], 'quotas': [{'id': 'q', 'kind': 'a', 'min': 9300000,"
                 "'points': 1000000000000}]}",
            ": the points are too large: a plan could cost 2^63 points or more, the largest part "
            "of it by 'points' times 'min' of the quotas\n");
}

/* Costs must fit also where U is given and small. */
static void a_given_u_hides_no_overflow(void **state) {
    (void)state;
    buffer b = {0};
    buffer_text(&b, HEAD "'sites': [{'id': 's', 'beds': 1, 'lat': 0, 'lon': 0}],"
                         "'places': [{'id': 'p', 'lat': 0, 'lon': 180}],"
                         "'weights': {'unplaced': 5}, 'people': [{'id': 'a', 'age': 40, 'near': [");
    for (int i = 0; i < 500; i++)
        buffer_format(&b, "%s{'place': 'p', 'points_per_km': 1000000000000}", i > 0 ? "," : "");
    buffer_text(&b, "]}]}");
    refused(b.bytes, ": the points are too large: a plan could cost 2^63 points or more, the "
                     "largest part of it by 'points_per_km' of the near limits\n");
    buffer_free(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stay_rounds_half_up),
        cmocka_unit_test(near_is_paid_in_its_weeks),
        cmocka_unit_test(wishes_match_and_add_up),
        cmocka_unit_test(moves_cost_persons_and_school),
        cmocka_unit_test(arriving_pays_the_journey_only),
        cmocka_unit_test(misfit_and_overstay),
        cmocka_unit_test(unplaced_outweighs_all_else),
        cmocka_unit_test(totals_stay_below_2_to_63),
        cmocka_unit_test(a_given_u_hides_no_overflow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
