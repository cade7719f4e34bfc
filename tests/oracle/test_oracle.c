/* The library against the oracle: hand-made cases for the oracle itself, then random tiny instances
 * on which both must find the same cost, part by part.
 * PLAATS_SEED=n runs one instance and leaves it in build/oracle-n.json.
 */
#include "oracle.h"
#include "oracle_reasons.h"
#include "random_instance.h"

#include <plaats.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MOST = 16, SEEDS = 200, LARGE_SEEDS = 200 };

/* ---- The oracle by hand ------------------------------------------------------------------ */

static void weeks_follow_each_other_over_year_ends(void **state) {
    (void)state;
    assert_int_equal(oracle_week("2021-W01") - oracle_week("2020-W53"), 1);
    assert_int_equal(oracle_week("2023-W01") - oracle_week("2022-W52"), 1);
    assert_int_equal(oracle_week("2027-W01") - oracle_week("2026-W53"), 1);
    assert_int_equal(oracle_week("2027-W01") - oracle_week("2020-W01"), 366);
    assert_int_equal(oracle_week("2020-W01") - oracle_week("2019-W52"), 1);
}

/* Evaluates the assignment of the only household, to a site or to -1. */
static oracle_result alone_at(const char *instance, int site) {
    oracle *o = oracle_read(instance);
    oracle_result result;

    assert_int_equal(o->household_count, 1);
    oracle_evaluate(o, &site, &result);
    oracle_free(o);
    return result;
}

/* A family of three, one of them a pupil, lives at a, which it may not enter anew. */
static const char family[] =
    "{\"format\":\"plaats.instance/1\",\"week\":\"2020-W53\",\"sites\":["
    "{\"id\":\"a\",\"beds\":3,\"max_weeks\":53,\"durable\":25},"
    "{\"id\":\"b\",\"beds\":7,\"usable_percent\":50,\"durable\":true,\"services\":{\"school\":1},"
    "\"tags\":[\"north\"],\"kind\":\"azc\",\"keep_open\":7,\"closes\":\"2021-W03\"}],"
    "\"people\":[{\"id\":\"p\",\"household\":\"h\",\"age\":40},"
    "{\"id\":\"q\",\"household\":\"h\",\"age\":18,\"near\":[{\"place\":\"x\",\"km\":50,"
    "\"points_per_km\":3}]},"
    "{\"id\":\"r\",\"household\":\"h\",\"age\":8}],"
    "\"households\":[{\"id\":\"h\",\"site\":\"a\",\"since\":\"2019-W52\",\"moves\":2,"
    "\"wishes\":{\"durable\":-9,\"tag=north\":5,\"kind=azc\":4,\"b\":-2,\"province=x\":99},"
    "\"max_km\":90}],"
    "\"places\":[{\"id\":\"x\"}],"
    "\"travel\":[{\"from\":\"a\",\"to\":\"x\",\"km\":60},{\"from\":\"x\",\"to\":\"b\",\"km\":10},"
    "{\"from\":\"b\",\"to\":\"a\",\"km\":88}],"
    "\"rules\":{\"min_stay\":3,\"services_by_age\":[{\"service\":\"school\",\"from\":5,\"to\":8}]}"
    "}";

static void a_family_that_stays(void **state) {
    oracle_result r = alone_at(family, 0);

    (void)state;
    assert_true(r.feasible);
    /* (3 * 40 + 1 * 20) * 75 = 10500; + 50, div 100 = 105. */
    assert_int_equal(r.parts[ORACLE_STAY], 105);
    assert_int_equal(r.parts[ORACLE_NEAR], 3 * 60);
    /* durable: floor((-9 * 25 + 50) / 100) = floor(-1.75) = -2, and taken off. */
    assert_int_equal(r.parts[ORACLE_WISHES], 2);
    /* No school, and x too far: paid once for each of three. */
    assert_int_equal(r.parts[ORACLE_MISFIT], 3 * 200);
    /* From 2019-W52 to 2020-W53 it is 53 weeks. */
    assert_int_equal(r.parts[ORACLE_OVERSTAY], 3 * 30);
    assert_int_equal(r.cost, 105 + 180 + 2 + 600 + 90);
    assert_int_equal(r.moves, 0);
    assert_int_equal(r.temporary, 3);
}

static void a_family_that_moves(void **state) {
    oracle_result r = alone_at(family, 1);

    (void)state;
    /* 3 of 7 beds, one school place, 3 weeks until it closes, 88 of 90 km. */
    assert_true(r.feasible);
    assert_int_equal(r.parts[ORACLE_STAY], 0);
    assert_int_equal(r.parts[ORACLE_NEAR], 3 * 10);
    /* 5 + 4 - 2 and floor((-900 + 50) / 100) = -9 are taken off. */
    assert_int_equal(r.parts[ORACLE_WISHES], 2);
    assert_int_equal(r.parts[ORACLE_MOVE], 3 * 20);
    assert_int_equal(r.parts[ORACLE_SCHOOL_MOVE], 60 * 3);
    assert_int_equal(r.parts[ORACLE_KM], 3 * 88);
    assert_int_equal(r.parts[ORACLE_KEEP_OPEN], 7);
    assert_int_equal(r.cost, 30 + 2 + 60 + 180 + 264 + 7);
    assert_int_equal(r.persons_moved, 3);
    assert_int_equal(r.children_moved, 1);
    assert_int_equal(r.durable, 3);
}

static void a_family_unplaced(void **state) {
    oracle_result r = alone_at(family, -1);

    (void)state;
    /* U = 1 + 3 * (40 + 20 + 20 + 200 + 30) + 60 * 3 + 88 * (3 * 1 + 3) + (9 + 5 + 4 + 2 + 99)
     *     + 7 = 1 + 930 + 180 + 528 + 119 + 7 = 1765. */
    assert_true(r.feasible);
    assert_int_equal(r.cost, 3 * 1765);
    assert_int_equal(r.unplaced, 3);
}

static void a_row_of_its_own_hides_the_reverse(void **state) {
    static const char text[] =
        "{\"week\":\"2023-W06\",\"sites\":[{\"id\":\"a\",\"beds\":1,\"lat\":0,\"lon\":0},"
        "{\"id\":\"b\",\"beds\":1,\"lat\":0,\"lon\":1},{\"id\":\"c\",\"beds\":1}],"
        "\"people\":[{\"id\":\"p\",\"age\":30,\"near\":[{\"place\":\"a\",\"minutes\":9}]}],"
        "\"travel\":[{\"from\":\"a\",\"to\":\"b\",\"km\":5,\"minutes\":6},"
        "{\"from\":\"b\",\"to\":\"a\",\"minutes\":10},"
        "{\"from\":\"a\",\"to\":\"c\",\"minutes\":9}]}";
    oracle *o = oracle_read(text);

    (void)state;
    /* b to a has a row without km: one degree of the equator, 6371 * pi / 180 = 111.19. */
    assert_int_equal(o->km[1 * 3 + 0], 111);
    assert_int_equal(o->km[0 * 3 + 1], 5);
    assert_int_equal(o->km[0 * 3 + 2], ORACLE_NONE);
    oracle_free(o);
    assert_true(alone_at(text, 0).feasible);
    assert_string_equal(alone_at(text, 1).why, "near_minutes: 'p' at 'b'");
    assert_true(alone_at(text, 2).feasible);
}

/* Three lone persons, a site of two beds and a dear one of three; staying unplaced costs 50. */
static const char three[] =
    "{\"week\":\"2023-W06\",\"sites\":[{\"id\":\"a\",\"beds\":[{\"from\":\"2023-W06\",\"value\":2},"
    "{\"from\":\"2023-W07\",\"value\":9}]},{\"id\":\"b\",\"beds\":3,\"keep_open\":60}],"
    "\"people\":[{\"id\":\"p\",\"age\":30,\"tags\":[\"t\"]},{\"id\":\"q\",\"age\":30},"
    "{\"id\":\"r\",\"age\":30,\"tags\":[\"t\"]}],"
    "\"households\":[{\"id\":\"q\",\"priority\":2}],"
    "\"weights\":{\"unplaced\":50}%s}";

static oracle *read_three(const char *more) {
    char text[1000];

    snprintf(text, sizeof(text), three, more);
    return oracle_read(text);
}

static int64_t best_of_three(const char *more) {
    oracle *o = read_three(more);
    int site_of[3];
    int64_t best = oracle_best(o, site_of);

    oracle_free(o);
    return best;
}

static void the_best_of_three(void **state) {
    (void)state;
    /* q and one other at a, 40 each; the third is cheaper unplaced (50) than at b (100). */
    assert_int_equal(best_of_three(""), 40 + 40 + 50);
    /* p with r at a costs 80, and q then 100 wherever; better q at a and both unplaced. */
    assert_int_equal(best_of_three(",\"together\":[{\"households\":[\"p\",\"r\"]}]"), 40 + 50 + 50);
    /* No two at one site: q at a and the others unplaced, or one of them at b, which costs more. */
    assert_int_equal(best_of_three(",\"apart\":[{\"households\":[\"p\",\"q\",\"r\"]}]"),
                     40 + 50 + 50);
    /* Nobody with t at a: q at a, the others unplaced (100) rather than at b (140). */
    assert_int_equal(
        best_of_three(",\"quotas\":[{\"id\":\"x\",\"sites\":[\"a\"],\"tag\":\"t\",\"max\":0}]"),
        40 + 50 + 50);
    /* Two should be at b, 30 for each too few: nobody there is 130 + 60, one there 120 + 60 + 30,
     * two or three there 120 + 60. */
    assert_int_equal(
        best_of_three(",\"quotas\":[{\"id\":\"x\",\"sites\":[\"b\"],\"min\":2,\"points\":30}]"),
        180);
}

/* ---- The search against trying blindly ---------------------------------------------------- */

/* The least cost of any feasible assignment, counting like an odometer. */
static int64_t blind_best(const oracle *o) {
    int site_of[MOST];
    int64_t best = INT64_MAX;
    int h = 0;

    for (int k = 0; k < MOST; k++) site_of[k] = -1;
    while (h < o->household_count) {
        oracle_result result;

        oracle_evaluate(o, site_of, &result);
        if (result.feasible && result.cost < best) best = result.cost;
        for (h = 0; h < o->household_count && ++site_of[h] == o->site_count; h++) site_of[h] = -1;
    }
    return best;
}

static void the_search_misses_nothing(void **state) {
    int compared = 0;

    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        char *text = random_instance(seed);
        oracle *o = oracle_read(text);
        double assignments = 1;
        int site_of[MOST];

        for (int h = 0; h < o->household_count; h++) assignments *= o->site_count + 1;
        if (assignments <= 5000) {
            assert_int_equal(oracle_best(o, site_of), blind_best(o));
            compared++;
        }
        oracle_free(o);
        free(text);
    }
    assert_true(compared > 10);
}

/* ---- The library against the oracle ------------------------------------------------------- */

typedef struct {
    uint64_t seed;
    const char *method;
    oracle *o;
    plaats_instance *instance;
    int site_of[MOST]; /* of the oracle's plan, or of the library's */
    int64_t best;
    char *previous; /* NULL, or a plan of stays alone */
    int kept[MOST]; /* per household: its site in that; -1 */
    int64_t keep;
    int faults;
} comparison;

static void fault(comparison *c, const char *what, const char *name, int64_t got, int64_t wanted) {
    print_error("seed %llu, %s: %s '%s' is %lld, the oracle says %lld\n",
                (unsigned long long)c->seed, c->method, what, name, (long long)got,
                (long long)wanted);
    c->faults++;
}

/* The integer at object.name must be the one wanted. */
static void same(comparison *c, const cJSON *object, const char *name, int64_t wanted) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);

    if (item == NULL)
        fault(c, "missing", name, 0, wanted);
    else if ((int64_t)item->valuedouble != wanted)
        fault(c, "value of", name, (int64_t)item->valuedouble, wanted);
}

static const cJSON *get(const cJSON *object, const char *name) {
    return cJSON_GetObjectItemCaseSensitive(object, name);
}

static void compare_stays(comparison *c, const cJSON *plan) {
    const cJSON *stay;
    const char *last = "";

    cJSON_ArrayForEach(stay, get(plan, "stays")) {
        const char *id = get(stay, "household")->valuestring;
        int h = oracle_find_household(c->o, id), j = c->site_of[h];
        const oracle_household *household = &c->o->households[h];
        const cJSON *km = get(stay, "km");
        int64_t points = 0, wanted = household->journey_km[j];
        bool moved = household->site >= 0 && household->site != j;

        for (int p = 0; p < ORACLE_PART_COUNT; p++)
            if (p != ORACLE_KEEP) points += household->parts[j * ORACLE_PART_COUNT + p];
        if (strcmp(last, id) >= 0) fault(c, "order of the stay of", id, 0, 0);
        same(c, stay, "persons", household->persons);
        same(c, stay, "weeks", 1);
        same(c, stay, "points", points);
        if (cJSON_IsTrue(get(stay, "moved")) != moved) fault(c, "move of", id, !moved, moved);
        if (cJSON_IsNumber(km) ? (int64_t)km->valuedouble != wanted : wanted != ORACLE_NONE)
            fault(c, "journey of", id, km != NULL ? (int64_t)km->valuedouble : -1, wanted);
        last = id;
    }
}

static const char *text_or_nothing(const cJSON *object, const char *name) {
    const cJSON *item = get(object, name);

    return item == NULL ? "" : item->valuestring;
}

/* Every reason, once, with its number of sites and the words it quotes. */
static void compare_reasons(comparison *c, const cJSON *reasons, int h) {
    const char *id = c->o->households[h].id;
    oracle_reasons wanted;

    oracle_find_reasons(c->o, c->site_of, h, &wanted);
    if (cJSON_GetArraySize(reasons) != wanted.n)
        fault(c, "number of reasons of", id, cJSON_GetArraySize(reasons), wanted.n);
    for (int k = 0; k < wanted.n; k++) {
        const oracle_reason *reason = &wanted.at[k];
        const cJSON *row;
        int found = 0;

        cJSON_ArrayForEach(row, reasons) {
            if (strcmp(text_or_nothing(row, "code"), reason->code) != 0 ||
                strcmp(text_or_nothing(row, "what"), reason->what) != 0)
                continue;
            found++;
            same(c, row, "sites", reason->sites);
            if (strcmp(text_or_nothing(row, "because"), reason->because) != 0)
                fault(c, "words of reason", reason->code, 0, 0);
        }
        if (found != 1) fault(c, "times a reason is given,", reason->code, found, 1);
    }
}

static void compare_unplaced(comparison *c, const cJSON *plan) {
    const cJSON *row;
    int count = 0;

    cJSON_ArrayForEach(row, get(plan, "unplaced")) {
        int h = oracle_find_household(c->o, get(row, "household")->valuestring);
        const oracle_household *household = &c->o->households[h];

        count++;
        if (c->site_of[h] >= 0 || !household->needs_bed) fault(c, "unplaced", household->id, 1, 0);
        same(c, row, "persons", household->persons);
        same(c, row, "points", household->persons * household->priority * c->o->unplaced_points);
        compare_reasons(c, get(row, "reasons"), h);
    }
    for (int h = 0; h < c->o->household_count; h++)
        count -= c->o->households[h].needs_bed && c->site_of[h] < 0;
    if (count != 0) fault(c, "number of", "unplaced", count, 0);
}

static void compare_site(comparison *c, const cJSON *plan, const cJSON *row) {
    const oracle *o = c->o;
    int j = oracle_find_site(o, get(row, "id")->valuestring);
    const cJSON *week = cJSON_GetArrayItem(get(row, "weeks"), 0), *service;
    int64_t taken = 0;

    for (int h = 0; h < o->household_count; h++)
        if (c->site_of[h] == j) taken += o->households[h].persons;
    same(c, week, "beds", o->sites[j].open ? o->sites[j].usable : 0);
    same(c, week, "taken", taken);
    same(c, week, "bed_price", oracle_bed_price(o, get(plan, "proof"), c->site_of, j));
    cJSON_ArrayForEach(service, get(week, "services")) {
        int64_t used = 0;

        for (int s = 0; s < o->service_count; s++)
            for (int h = 0; h < o->household_count; h++)
                if (c->site_of[h] == j && strcmp(o->services[s], service->string) == 0)
                    used += o->households[h].needing[s];
        same(c, get(week, "services"), service->string, used);
    }
}

static void compare_sites_and_quotas(comparison *c, const cJSON *plan) {
    const cJSON *row;
    int q = 0;

    if (cJSON_GetArraySize(get(plan, "sites")) != c->o->site_count)
        fault(c, "number of", "sites", cJSON_GetArraySize(get(plan, "sites")), c->o->site_count);
    cJSON_ArrayForEach(row, get(plan, "sites")) {
        compare_site(c, plan, row);
    }
    cJSON_ArrayForEach(row, get(plan, "quotas")) {
        int64_t persons = oracle_quota_persons(c->o, q, c->site_of);
        const cJSON *week = cJSON_GetArrayItem(get(row, "weeks"), 0);

        assert_string_equal(get(row, "id")->valuestring, c->o->quotas[q].id);
        same(c, week, "persons", persons);
        same(c, week, "outside", oracle_quota_outside(c->o, q, persons));
        q++;
    }
    if (q != c->o->quota_count) fault(c, "number of", "quotas", q, c->o->quota_count);
}

static void compare_totals(comparison *c, const cJSON *totals, const oracle_result *result) {
    const cJSON *person_weeks = get(totals, "person_weeks"), *kind;
    int64_t by_kind = 0;

    same(c, totals, "persons", c->o->persons);
    same(c, totals, "households", c->o->household_count);
    same(c, totals, "placed", result->placed);
    same(c, totals, "unplaced", result->unplaced);
    same(c, totals, "moves", result->moves);
    same(c, totals, "persons_moved", result->persons_moved);
    same(c, totals, "children_moved", result->children_moved);
    same(c, person_weeks, "durable", result->durable);
    same(c, person_weeks, "temporary", result->temporary);
    cJSON_ArrayForEach(kind, get(person_weeks, "by_kind")) {
        int64_t persons = 0;

        for (int h = 0; h < c->o->household_count; h++)
            if (c->site_of[h] >= 0 && strcmp(c->o->sites[c->site_of[h]].kind, kind->string) == 0)
                persons += c->o->households[h].persons;
        same(c, get(person_weeks, "by_kind"), kind->string, persons);
        by_kind += persons;
    }
    if (by_kind != result->placed) fault(c, "sum of", "by_kind", by_kind, result->placed);
}

static void put_group(const oracle *o, int group, int j, int *site_of) {
    for (int h = 0; h < o->household_count; h++)
        if (o->households[h].group == group && o->households[h].needs_bed) site_of[h] = j;
}

/* Whether all of the group could be at the site, all others staying as they are, at a cost that is
 * no higher than `most`. */
static bool could_be_at(comparison *c, int group, int j, int64_t most) {
    oracle_result result;

    put_group(c->o, group, j, c->site_of);
    oracle_evaluate(c->o, c->site_of, &result);
    put_group(c->o, group, -1, c->site_of);
    return result.feasible && result.cost <= most;
}

/* A tie goes to the bed: nobody is unplaced who could have one at no more cost. */
static void compare_seats(comparison *c, int64_t cost) {
    for (int h = 0; h < c->o->household_count; h++) {
        const oracle_household *household = &c->o->households[h];

        if (!household->needs_bed || c->site_of[h] >= 0) continue;
        for (int j = 0; j < c->o->site_count; j++)
            if (could_be_at(c, household->group, j, cost))
                fault(c, "needlessly unplaced:", household->id, j, -1);
    }
}

/* Everything in the plan document that the oracle knows of. */
static void compare_plan(comparison *c, const cJSON *plan) {
    oracle_result result;
    char why[200];

    if (!oracle_stays(c->o, plan, c->site_of, why)) {
        fault(c, "stays", why, 0, 0);
        return;
    }
    oracle_evaluate(c->o, c->site_of, &result);
    if (!result.feasible) fault(c, "rule broken,", result.why, 0, 0);
    compare_seats(c, result.cost);
    if (strcmp(get(plan, "outcome")->valuestring, "optimal") != 0)
        fault(c, "outcome", get(plan, "outcome")->valuestring, 0, 0);
    same(c, plan, "cost", c->best);
    same(c, plan, "cost", result.cost);
    same(c, plan, "bound", c->best);
    same(c, plan, "gap", 0);
    same(c, plan, "unplaced_points", c->o->unplaced_points);
    for (int p = 0; p < ORACLE_PART_COUNT; p++)
        same(c, get(plan, "parts"), oracle_part_name[p], result.parts[p]);
    compare_totals(c, get(plan, "totals"), &result);
    compare_stays(c, plan);
    compare_unplaced(c, plan);
    compare_sites_and_quotas(c, plan);
}

/* The report of a check goes to standard error when it matters. */
static int keep_report(void *context, const char *bytes, size_t size) {
    char *report = context;
    size_t length = strlen(report), left = 1999 - length;

    memcpy(report + length, bytes, size < left ? size : left);
    return 0;
}

/* The library's second reading must say of a plan document what the oracle says. */
static void compare_check(comparison *c, const char *plan, size_t size, bool wanted) {
    char report[2000] = "";
    bool accepted = false;
    plaats_error error;

    if (plaats_check(c->instance, plan, size, PLAATS_TEXT, keep_report, report, NULL, NULL,
                     &accepted, &error) != PLAATS_OK)
        fault(c, "status of check,", error.message, error.status, PLAATS_OK);
    else if (accepted != wanted)
        fault(c, "check says", report, accepted, wanted);
}

static void compare_solve(comparison *c, plaats_method method) {
    plaats_settings settings;
    plaats_plan *plan = NULL;
    plaats_error error;
    cJSON *document;

    c->method = method == PLAATS_METHOD_GLPK ? "glpk" : "auto";
    plaats_settings_default(&settings);
    settings.method = method;
    settings.time_limit = 10;
    settings.previous = c->previous;
    settings.previous_size = c->previous == NULL ? 0 : strlen(c->previous);
    settings.keep_points = c->keep;
    if (plaats_solve(c->instance, &settings, &plan, &error) != PLAATS_OK) {
        fault(c, "solve,", error.message, error.status, PLAATS_OK);
        return;
    }
    document = cJSON_Parse(plaats_plan_json(plan));
    assert_non_null(document);
    compare_plan(c, document);
    compare_check(c, plaats_plan_json(plan), plaats_plan_size(plan), true);
    cJSON_Delete(document);
    plaats_plan_free(plan);
}

/* A plan document of stays alone. */
static cJSON *plan_of(const oracle *o, const int *site_of) {
    cJSON *plan = cJSON_CreateObject(), *stays = cJSON_AddArrayToObject(plan, "stays");
    const char *week = get(o->document, "week")->valuestring;

    for (int k = 0; k < o->household_count; k++) {
        int h = oracle_by_id(o, k);
        cJSON *stay;

        if (site_of[h] < 0) continue;
        stay = cJSON_CreateObject();
        cJSON_AddStringToObject(stay, "household", o->households[h].id);
        cJSON_AddStringToObject(stay, "site", o->sites[site_of[h]].id);
        cJSON_AddStringToObject(stay, "from", week);
        cJSON_AddNumberToObject(stay, "weeks", 1);
        cJSON_AddItemToArray(stays, stay);
    }
    return plan;
}

/* The text of the document, which is freed. */
static char *printed(cJSON *plan) {
    char *text = cJSON_Print(plan);

    assert_non_null(text);
    cJSON_Delete(plan);
    return text;
}

static char *stays_of(const oracle *o, const int *site_of) {
    return printed(plan_of(o, site_of));
}

/* Other words for a reason, or words for one that has none. */
static void misquote(cJSON *reason) {
    cJSON *because = cJSON_GetObjectItemCaseSensitive(reason, "because");

    if (because == NULL)
        cJSON_AddStringToObject(reason, "because", "a rumour");
    else
        cJSON_SetValuestring(because, "x");
}

/* The check must take the oracle's reasons for a plan, and no other words, numbers or codes. */
static void compare_reasoned(comparison *c, const int *site_of) {
    cJSON *unplaced = oracle_unplaced(c->o, site_of);
    const cJSON *run;
    int runs = cJSON_GetArraySize(unplaced);

    for (int turn = 0; turn < (runs > 0 ? 3 : 1); turn++) {
        cJSON *plan = plan_of(c->o, site_of), *copy = cJSON_Duplicate(unplaced, true), *one;
        char *text;

        run = cJSON_GetArrayItem(copy, (int)(c->seed % (uint64_t)(runs > 0 ? runs : 1)));
        one = cJSON_GetArrayItem(get(run, "reasons"), 0);
        if (turn == 1) misquote(one);
        if (turn == 2) cJSON_DeleteItemFromArray(cJSON_GetObjectItem(run, "reasons"), 0);
        cJSON_AddItemToObject(plan, "unplaced", copy);
        text = printed(plan);
        compare_check(c, text, strlen(text), turn == 0);
        free(text);
    }
    cJSON_Delete(unplaced);
}

/* The best plan with one household put elsewhere, for every household and site: what breaks a rule
 * must be refused, the rest accepted. */
static void compare_neighbours(comparison *c) {
    const oracle *o = c->o;
    int site_of[MOST];

    c->method = "neighbour";
    oracle_best(o, site_of);
    for (int h = 0; h < o->household_count; h++) {
        int before = site_of[h];

        for (int j = -1; j < o->site_count; j++) {
            oracle_result result;
            char *plan;

            site_of[h] = j;
            oracle_evaluate(o, site_of, &result);
            plan = stays_of(o, site_of);
            compare_check(c, plan, strlen(plan), result.feasible);
            free(plan);
            if (result.feasible) compare_reasoned(c, site_of);
        }
        site_of[h] = before;
    }
}

/* Another best plan: that after a previous one, which may break any rule. */
static void after_previous(comparison *c, int64_t keep) {
    int site_of[MOST];

    for (int h = 0; h < c->o->household_count; h++)
        site_of[h] = (int)((c->seed * 7 + (uint64_t)h * 5) % (uint64_t)(c->o->site_count + 1)) - 1;
    c->keep = keep;
    c->previous = stays_of(c->o, site_of);
    oracle_keep(c->o, site_of, c->keep);
    c->best = oracle_best(c->o, c->site_of);
}

/* With points that are little, of the size of other costs, or more than a person unplaced. */
static void compare_keep(comparison *c) {
    static const int64_t points[] = {1, 25, 1000000};

    after_previous(c, points[c->seed % 3]);
    compare_solve(c, PLAATS_METHOD_AUTO);
    free(c->previous);
}

static void show_problem(void *context, const plaats_error *problem) {
    const comparison *c = context;
    print_error("seed %llu: %s: %s\n", (unsigned long long)c->seed, problem->pointer,
                problem->message);
}

/* Faults found with one seed. */
static int compare_seed(uint64_t seed, bool keep) {
    comparison c = {.seed = seed, .method = "read"};
    char *text = random_instance(seed), name[64];
    plaats_error error;

    snprintf(name, sizeof(name), "build/oracle-%llu.json", (unsigned long long)seed);
    if (keep) {
        FILE *file = fopen(name, "w");

        assert_non_null(file);
        fputs(text, file);
        fclose(file);
    }
    c.o = oracle_read(text);
    assert_true(c.o->household_count <= MOST);
    c.best = oracle_best(c.o, c.site_of);
    if (plaats_instance_read(text, strlen(text), show_problem, &c, &c.instance, &error) ==
        PLAATS_OK) {
        compare_solve(&c, PLAATS_METHOD_GLPK);
        compare_solve(&c, PLAATS_METHOD_AUTO);
        compare_neighbours(&c);
        compare_keep(&c);
    } else {
        fault(&c, "reading,", error.message, error.status, PLAATS_OK);
    }
    plaats_instance_free(c.instance);
    oracle_free(c.o);
    free(text);
    return c.faults;
}

/* ---- A tie goes to the bed ---------------------------------------------------------------- */

/* A U with which staying unplaced ties with something: nothing, what some household would pay at
 * some site, a site's keep_open, or a small number. */
static int64_t tying_points(const oracle *o, uint64_t seed) {
    int h = (int)(seed % (uint64_t)o->household_count), j = (int)(seed % (uint64_t)o->site_count);
    const oracle_household *household = &o->households[h];
    int64_t points = seed % 4 == 2 ? o->sites[j].keep_open : 0;

    if (seed % 4 == 0) return 0;
    if (seed % 4 == 3) return (int64_t)(seed * 7 % 61);
    for (int p = 0; p < ORACLE_PART_COUNT; p++)
        points += household->parts[j * ORACLE_PART_COUNT + p];
    points /= household->persons * household->priority;
    return points > 0 ? points : 40;
}

/* The instance of the seed with that U. */
static char *tying_instance(uint64_t seed) {
    char *text = random_instance(seed);
    oracle *o = oracle_read(text);
    cJSON *document = cJSON_Parse(text), *weights;

    assert_non_null(document);
    weights = cJSON_GetObjectItemCaseSensitive(document, "weights");
    if (weights == NULL) weights = cJSON_AddObjectToObject(document, "weights");
    cJSON_DeleteItemFromObjectCaseSensitive(weights, "unplaced");
    cJSON_AddNumberToObject(weights, "unplaced", (double)tying_points(o, seed));
    free(text);
    text = cJSON_Print(document);
    assert_non_null(text);
    cJSON_Delete(document);
    oracle_free(o);
    return text;
}

/* One way for a solve to end, with little time or work if it is to end early. */
static void compare_ending(comparison *c, const char *name, const plaats_settings *settings) {
    plaats_plan *plan = NULL;
    plaats_error error;
    oracle_result result;
    cJSON *document;
    char why[200];

    c->method = name;
    if (plaats_solve(c->instance, settings, &plan, &error) != PLAATS_OK) {
        fault(c, "solve,", error.message, error.status, PLAATS_OK);
        return;
    }
    document = cJSON_Parse(plaats_plan_json(plan));
    assert_non_null(document);
    if (!oracle_stays(c->o, document, c->site_of, why)) fault(c, "stays", why, 0, 0);
    oracle_evaluate(c->o, c->site_of, &result);
    same(c, document, "cost", result.cost);
    compare_seats(c, result.cost);
    cJSON_Delete(document);
    plaats_plan_free(plan);
}

static int stop_at_once(void *context, const plaats_progress *progress) {
    (void)context;
    (void)progress;
    return 1;
}

static void compare_endings(comparison *c) {
    plaats_settings settings;

    plaats_settings_default(&settings);
    settings.time_limit = 10;
    compare_ending(c, "to the end", &settings);
    settings.method = PLAATS_METHOD_GLPK;
    compare_ending(c, "glpk", &settings);
    settings.time_limit = 1e-6;
    compare_ending(c, "glpk, no time", &settings);
    settings.method = PLAATS_METHOD_AUTO;
    compare_ending(c, "no time", &settings);
    settings.time_limit = 10;
    settings.gap_percent = 1e9;
    compare_ending(c, "any gap", &settings);
    settings.gap_percent = 0;
    settings.progress = stop_at_once;
    compare_ending(c, "stopped", &settings);
    settings.progress = NULL;
    settings.work = 1;
    compare_ending(c, "little work", &settings);
    settings.previous = c->previous;
    settings.previous_size = strlen(c->previous);
    compare_ending(c, "previous, little work", &settings);
    settings.keep_points = c->keep;
    oracle_keep(c->o, c->kept, c->keep);
    compare_ending(c, "keep, little work", &settings);
    settings.work = 0;
    compare_ending(c, "keep", &settings);
}

/* Units that pay no more unplaced than where they are in the best plan: ties. */
static int count_ties(comparison *c) {
    int ties = 0;

    c->best = oracle_best(c->o, c->site_of);
    for (int h = 0; h < c->o->household_count; h++) {
        oracle_result result;
        int j = c->site_of[h];

        if (j < 0) continue;
        put_group(c->o, c->o->households[h].group, -1, c->site_of);
        oracle_evaluate(c->o, c->site_of, &result);
        ties += result.cost == c->best;
        put_group(c->o, c->o->households[h].group, j, c->site_of);
    }
    return ties;
}

static void a_tie_goes_to_the_bed(void **state) {
    int wrong = 0, ties = 0;

    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        comparison c = {.seed = seed, .keep = 1 + (int64_t)(seed % 40)};
        char *text = tying_instance(seed);
        plaats_error error;

        c.o = oracle_read(text);
        for (int h = 0; h < c.o->household_count; h++)
            c.kept[h] = (int)(seed + 3 * (uint64_t)h) % (c.o->site_count + 1) - 1;
        c.previous = stays_of(c.o, c.kept);
        assert_int_equal(
            plaats_instance_read(text, strlen(text), show_problem, &c, &c.instance, &error),
            PLAATS_OK);
        ties += count_ties(&c);
        compare_endings(&c);
        wrong += c.faults > 0;
        plaats_instance_free(c.instance);
        free(c.previous);
        oracle_free(c.o);
        free(text);
    }
    assert_true(ties > 20);
    assert_int_equal(wrong, 0);
}

/* ---- Seeds -------------------------------------------------------------------------------- */

/* Each of these once ended with a fault of branch and cut. */
static const uint64_t hard_seeds[] = {1514, 1637, 1964, 2417, 2794, 2876, 3918, 5115, 5116, 5473};

static void the_library_agrees_with_the_oracle(void **state) {
    const char *one = getenv("PLAATS_SEED");
    int wrong = 0;

    (void)state;
    if (one != NULL) {
        assert_int_equal(compare_seed(strtoull(one, NULL, 10), true), 0);
        return;
    }
    for (uint64_t seed = 1; seed <= SEEDS; seed++) wrong += compare_seed(seed, false) > 0;
    for (size_t i = 0; i < sizeof(hard_seeds) / sizeof(hard_seeds[0]); i++)
        wrong += compare_seed(hard_seeds[i], false) > 0;
    assert_int_equal(wrong, 0);
}

/* ---- Large points ------------------------------------------------------------------------- */

/* Costs of 10^15 points and more are beyond what floating point tells apart, so that the search may
 * end without a proof; what it says must be true all the same. */
static bool solve_large(comparison *c, plaats_method method) {
    plaats_settings settings;
    plaats_plan *plan = NULL;
    plaats_error error;
    oracle_result result;
    cJSON *document;
    char why[200];
    plaats_summary summary;

    c->method = method == PLAATS_METHOD_GLPK ? "glpk" : "auto";
    plaats_settings_default(&settings);
    settings.method = method;
    settings.time_limit = 10;
    settings.previous = c->previous;
    settings.previous_size = c->previous == NULL ? 0 : strlen(c->previous);
    settings.keep_points = c->keep;
    if (plaats_solve(c->instance, &settings, &plan, &error) != PLAATS_OK) {
        /* Points to keep may be more than 64 bits hold. */
        if (c->keep == 0 || strstr(error.message, "too many") == NULL)
            fault(c, "solve,", error.message, error.status, PLAATS_OK);
        return false;
    }
    document = cJSON_Parse(plaats_plan_json(plan));
    assert_non_null(document);
    plaats_plan_summary(plan, &summary);
    assert_true(oracle_stays(c->o, document, c->site_of, why));
    oracle_evaluate(c->o, c->site_of, &result);
    if (!result.feasible) fault(c, "rule broken,", result.why, 0, 0);
    if (summary.cost != result.cost) fault(c, "value of", "cost", summary.cost, result.cost);
    if (summary.bound > c->best) fault(c, "value of", "bound", summary.bound, c->best);
    compare_check(c, plaats_plan_json(plan), plaats_plan_size(plan), true);
    cJSON_Delete(document);
    plaats_plan_free(plan);
    return summary.cost == c->best && summary.bound == c->best;
}

static void large_points_are_exact(void **state) {
    (void)state;
    int read = 0, proved = 0, faults = 0;

    for (uint64_t seed = 1; seed <= LARGE_SEEDS; seed++) {
        comparison c = {.seed = seed};
        char *text = random_large_instance(seed);
        plaats_error error;

        if (plaats_instance_read(text, strlen(text), NULL, NULL, &c.instance, &error) ==
            PLAATS_OK) {
            c.o = oracle_read(text);
            c.best = oracle_best(c.o, c.site_of);
            proved += solve_large(&c, PLAATS_METHOD_AUTO) + solve_large(&c, PLAATS_METHOD_GLPK);
            after_previous(&c, 1000000000000);
            proved += solve_large(&c, PLAATS_METHOD_AUTO);
            free(c.previous);
            oracle_free(c.o);
            read++;
        } else {
            assert_non_null(strstr(error.message, "2^63"));
        }
        plaats_instance_free(c.instance);
        free(text);
        faults += c.faults;
    }
    assert_int_equal(faults, 0);
    assert_true(read > LARGE_SEEDS / 2);
    assert_true(proved > LARGE_SEEDS);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weeks_follow_each_other_over_year_ends),
        cmocka_unit_test(a_family_that_stays),
        cmocka_unit_test(a_family_that_moves),
        cmocka_unit_test(a_family_unplaced),
        cmocka_unit_test(a_row_of_its_own_hides_the_reverse),
        cmocka_unit_test(the_best_of_three),
        cmocka_unit_test(the_search_misses_nothing),
        cmocka_unit_test(the_library_agrees_with_the_oracle),
        cmocka_unit_test(large_points_are_exact),
        cmocka_unit_test(a_tie_goes_to_the_bed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
