/* Plans that follow another one: where units start, what it costs to be elsewhere or unplaced, that
 * nothing worse comes out, and that nobody loses a bed by it. */
#include "unit/random_instance.h"

#include "plan/previous.h"

#define WEEK ", 'from': '2023-W06', 'weeks': 1}"
#define STAY(household, site) "{'household': '" household "', 'site': '" site "'" WEEK

static const char country[] =
    "{'format': 'plaats.instance/1', 'week': '2023-W06', 'sites': ["
    "{'id': 'east', 'beds': 2, 'durable': true}, {'id': 'west', 'beds': 9}],"
    "'people': [{'id': 'a', 'age': 30}, {'id': 'b', 'age': 31}, {'id': 'c', 'age': 32},"
    "{'id': 'd', 'age': 33}], 'together': [{'households': ['c', 'd']}]}";

typedef struct {
    plaats_instance *in;
    char *text;
    plaats_settings settings;
    previous_plan previous;
    plaats_error error;
    plaats_status status;
} followed;

static followed follow(const char *quoted, int64_t keep) {
    followed f = {.in = read_quoted(country), .text = strdup(quoted)};
    assert_non_null(f.text);
    for (char *c = f.text; *c != '\0'; c++)
        if (*c == '\'') *c = '"';
    plaats_settings_default(&f.settings);
    f.settings.previous = f.text;
    f.settings.previous_size = strlen(f.text);
    f.settings.keep_points = keep;
    f.status = previous_read(f.in, &f.settings, &f.previous, &f.error);
    return f;
}

static void forget(followed *f) {
    previous_free(&f->previous);
    plaats_instance_free(f->in);
    free(f->text);
}

static void expect_site(const followed *f, const char *household, const char *site_id) {
    int j = f->previous.sites.site[find_household(f->in, household)];
    assert_int_equal(j, site_id == NULL ? NONE : find_site(f->in, site_id));
}

static void stays_of_the_week_count(void **state) {
    (void)state;
    followed f = follow(
        "{'x_note': 1.5, 'stays': [" STAY("a", "east") "," STAY("nobody", "east") "," STAY(
            "c", "nowhere") ","
                            "{'household': 'b', 'site': 'east', 'from': '2023-W01', 'weeks': 6},"
                            "{'household': 'd', 'site': 'west', 'from': '2023-W07', 'weeks': 1}]}",
        9);
    assert_int_equal(f.status, PLAATS_OK);
    expect_site(&f, "a", "east");
    expect_site(&f, "b", "east");
    expect_site(&f, "c", NULL);
    expect_site(&f, "d", NULL);
    assert_int_equal(f.previous.sites.keep_points, 9);
    forget(&f);
}

/* Last week's plan: everyone starts where he stayed last, but there is no week to keep to. */
static void an_earlier_week_is_carried_on(void **state) {
    (void)state;
    followed f = follow("{'stays': ["
                        "{'household': 'a', 'site': 'east', 'from': '2023-W05', 'weeks': 1},"
                        "{'household': 'b', 'site': 'west', 'from': '2023-W04', 'weeks': 2},"
                        "{'household': 'b', 'site': 'east', 'from': '2023-W03', 'weeks': 1},"
                        "{'household': 'd', 'site': 'west', 'from': '2023-W07', 'weeks': 1}]}",
                        9);
    assert_int_equal(f.status, PLAATS_OK);
    expect_site(&f, "a", "east");
    expect_site(&f, "b", "west");
    expect_site(&f, "c", NULL);
    expect_site(&f, "d", NULL);
    assert_int_equal(f.previous.sites.keep_points, 0);
    forget(&f);
}

static void what_is_no_plan_is_refused(void **state) {
    (void)state;
    static const struct {
        const char *text, *pointer, *message;
    } bad[] = {
        {"[]", "", "expected an object, found an array"},
        {"{}", "", "member 'stays' is missing"},
        {"{'stays': {}}", "/stays", "expected an array, found an object"},
        {"{'format': 'plaats.instance/1', 'stays': []}", "/format",
         "'plaats.instance/1' is no plan, expected 'plaats.plan/1'"},
        {"{'stays': [7]}", "/stays/0", "expected an object, found a number"},
        {"{'stays': [{'household': 'a', 'site': 'east', 'from': '2023-W53', 'weeks': 1}]}",
         "/stays/0/from", "household 'a': '2023-W53' is no week, such as 2023-W06"},
        {"{'stays': [{'household': 'a', 'site': 'east', 'from': '2023-W06', 'weeks': 0}]}",
         "/stays/0/weeks", "household 'a': a stay has 1 week or more"},
        {"{'stays': [" STAY("a", "east") "," STAY("a", "west") "]}", "/stays/1",
         "household 'a' has more than one stay in a week"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        followed f = follow(bad[i].text, 0);
        assert_int_equal(f.status, PLAATS_INPUT);
        assert_string_equal(f.error.pointer, bad[i].pointer);
        assert_string_equal(f.error.message, bad[i].message);
        assert_null(f.previous.sites.site);
        forget(&f);
    }
}

/* Blanks and order of members aside, the hash is that of the receipt of the plan itself. */
static void its_stays_are_hashed(void **state) {
    (void)state;
    followed a = follow("{'stays': [" STAY("a", "east") "]}", 0);
    followed b = follow("{ 'cost' : 3,\n 'stays' : [ " STAY("a", "east") " ] }", 0);
    assert_int_equal(strlen(a.previous.stays_sha256), 64);
    assert_string_equal(a.previous.stays_sha256, b.previous.stays_sha256);
    forget(&a);
    forget(&b);
}

static int64_t cost_at(const model *m, const char *household, const char *site_id) {
    int64_t cost = 0;
    int u = m->unit_of[find_household(m->instance, household)];
    assert_true(model_option_cost(m, u, m->site_rank[find_site(m->instance, site_id)], &cost));
    return cost;
}

/* What nobody saves by keeping his site is the offset. */
static void the_model_prices_another_site(void **state) {
    (void)state;
    followed f =
        follow("{'stays': [" STAY("a", "west") "," STAY("c", "east") "," STAY("d", "west") "]}", 9);
    model *m = NULL;
    assert_int_equal(model_build_after(f.in, &f.previous.sites, 0, &m, &f.error), PLAATS_OK);
    assert_int_equal(m->offset, 3 * 9);
    assert_int_equal(cost_at(m, "a", "west"), 40 - 9);
    assert_int_equal(cost_at(m, "a", "east"), 0);
    assert_int_equal(cost_at(m, "b", "east"), 0);  /* it has no stay to keep to */
    assert_int_equal(cost_at(m, "c", "east"), -9); /* together with d, which was at west */
    assert_int_equal(m->unplaced_points, 1 + 4 * (40 + 20 + 20 + 200 + 30) + 3 * 9);
    assert_int_equal(m->start[m->unit_of[find_household(f.in, "a")]],
                     m->site_rank[find_site(f.in, "west")]);
    assert_int_equal(m->start[m->unit_of[find_household(f.in, "c")]], NONE);
    assert_true(m->unplaced_first);
    model_free(m);
    forget(&f);
}

/* U "first" outweighs what the instance asks for, and what is to be kept, however large. */
static void first_stays_first(void **state) {
    (void)state;
    followed f = follow("{'stays': [" STAY("a", "west") "]}", 1000000);
    model *m = NULL;
    assert_int_equal(model_build_after(f.in, &f.previous.sites, 0, &m, &f.error), PLAATS_OK);
    assert_true(m->unplaced_first);
    model_free(m);
    forget(&f);
}

/* The first such member; of "unplaced" the part of the cost. */
static int64_t integer_after(const plaats_plan *plan, const char *member) {
    const char *found = strstr(plaats_plan_json(plan), member);
    assert_non_null(found);
    return strtoll(found + strlen(member), NULL, 10);
}

static plaats_plan *solve(const plaats_instance *in, const plaats_plan *previous, int64_t keep,
                          plaats_summary *summary) {
    plaats_plan *plan = NULL;
    plaats_settings settings;
    plaats_error error;
    plaats_settings_default(&settings);
    settings.time_limit = 0.01;
    settings.keep_points = keep;
    if (previous != NULL) {
        settings.previous = plaats_plan_json(previous);
        settings.previous_size = plaats_plan_size(previous);
        settings.time_limit = 0.001; /* no time for anything but the start */
    }
    if (plaats_solve(in, &settings, &plan, &error) != PLAATS_OK)
        fail_msg("not solved: %s", error.message);
    plaats_plan_summary(plan, summary);
    return plan;
}

/* What the first plan costs with the U of the second, which points to keep have raised: it keeps
 * all that there is to keep. */
static int64_t cost_kept(const plaats_summary *first, const plaats_plan *plan,
                         const plaats_plan *after) {
    int64_t points = integer_after(plan, "\"unplaced_points\": ");
    int64_t weight = integer_after(plan, "\"unplaced\": ") / points;
    return first->cost + weight * (integer_after(after, "\"unplaced_points\": ") - points);
}

/* Whatever the clock says, what was feasible is not followed by something worse. */
static void nothing_worse_follows(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        plaats_summary first, second;
        plaats_instance *in = random_instance_read(seed, seed, 8, 30, 60);
        plaats_plan *plan = solve(in, NULL, 0, &first);
        plaats_plan *after = solve(in, plan, (int64_t)(seed % 3) * 50, &second);
        assert_true(second.cost <= cost_kept(&first, plan, after));
        plaats_plan_free(plan);
        plaats_plan_free(after);
        plaats_instance_free(in);
    }
}

static void settings_are_judged(void **state) {
    (void)state;
    plaats_instance *in = read_quoted(country);
    plaats_plan *plan = NULL;
    plaats_settings settings;
    plaats_error error;
    plaats_settings_default(&settings);
    settings.keep_points = 5;
    assert_int_equal(plaats_solve(in, &settings, &plan, &error), PLAATS_USAGE);
    assert_string_equal(error.message, "points to keep, and no previous plan to keep to");
    settings.keep_points = -1;
    assert_int_equal(plaats_solve(in, &settings, &plan, &error), PLAATS_USAGE);
    assert_null(plan);
    plaats_instance_free(in);
}

/* 'east' has two beds of which 'old' held both, and is closed for one of them: who keeps none of
 * his stay goes to the ship all the same. */
static const char losing[] =
    "{'format': 'plaats.instance/1', 'week': '2023-W06', 'sites': [{'id': 'east', 'beds': 2,"
    "'closes': '2023-W06'}, {'id': 'ship', 'beds': 2}], 'people': [{'id': 'a', 'age': 30},"
    "{'id': 'b', 'age': 31}, {'id': 'c', 'age': 32}], 'weights': {'unplaced': %s}}";

static plaats_summary solve_keeping(const plaats_instance *in, const char *quoted, int64_t keep) {
    plaats_settings settings;
    plaats_summary summary;
    plaats_plan *plan = NULL;
    plaats_error error;
    char *text = strdup(quoted);
    assert_non_null(text);
    for (char *c = text; *c != '\0'; c++)
        if (*c == '\'') *c = '"';
    plaats_settings_default(&settings);
    settings.time_limit = 20;
    settings.previous = text;
    settings.previous_size = strlen(text);
    settings.keep_points = keep;
    if (plaats_solve(in, &settings, &plan, &error) != PLAATS_OK)
        fail_msg("not solved: %s", error.message);
    plaats_plan_summary(plan, &summary);
    assert_int_equal(summary.outcome, PLAATS_OUTCOME_OPTIMAL);
    plaats_plan_free(plan);
    free(text);
    return summary;
}

static void stability_costs_no_bed(void **state) {
    (void)state;
    static const char stays[] =
        "{'stays': [" STAY("a", "east") "," STAY("b", "east") "," STAY("c", "ship") "]}";
    static const struct {
        const char *unplaced;
        int64_t cost; /* of two at the ship, and what one unplaced pays: U and the 1000 too */
    } cases[] = {{"50", 2 * 40 + 1000 + 50 + 1000}, {"'first'", 80 + 2000 + 931 + 3000}};
    for (size_t i = 0; i < 2; i++) {
        char text[1000];
        snprintf(text, sizeof text, losing, cases[i].unplaced);
        plaats_instance *in = read_quoted(text);
        plaats_summary s = solve_keeping(in, stays, 1000);
        assert_int_equal(s.unplaced, 1);
        assert_int_equal(s.cost, cases[i].cost);
        plaats_instance_free(in);
    }
}

/* With "first" the fewest possible are unplaced, whatever there is to keep to. */
static void keeping_never_changes_how_many_are_unplaced(void **state) {
    (void)state;
    static const int64_t points[] = {1, 60, 100000000};
    int some = 0;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        plaats_summary before, after;
        plaats_instance *in = random_instance_read(seed, seed, 5, 14, 60);
        buffer stays = {0};
        buffer_text(&stays, "{'stays': [");
        for (int h = 0, n = 0; h < in->n_households; h++) {
            if ((seed + (uint64_t)h) % 4 == 0) continue;
            buffer_format(&stays,
                          "%s{'household': '%s', 'site': '%s', 'from': '2023-W06', 'weeks': 1}",
                          n++ > 0 ? "," : "", in->households[h].id,
                          in->sites[(seed * 7 + (uint64_t)h * 5) % (uint64_t)in->n_sites].id);
        }
        buffer_text(&stays, "]}");
        before = solve_keeping(in, "{'stays': []}", 0);
        after = solve_keeping(in, stays.bytes, points[seed % 3]);
        assert_int_equal(after.unplaced, before.unplaced);
        some += before.unplaced > 0;
        buffer_free(&stays);
        plaats_instance_free(in);
    }
    assert_true(some > 5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stays_of_the_week_count),
        cmocka_unit_test(an_earlier_week_is_carried_on),
        cmocka_unit_test(what_is_no_plan_is_refused),
        cmocka_unit_test(its_stays_are_hashed),
        cmocka_unit_test(the_model_prices_another_site),
        cmocka_unit_test(first_stays_first),
        cmocka_unit_test(stability_costs_no_bed),
        cmocka_unit_test(keeping_never_changes_how_many_are_unplaced),
        cmocka_unit_test(nothing_worse_follows),
        cmocka_unit_test(settings_are_judged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
