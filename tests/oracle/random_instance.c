#include "random_instance.h"

#include "random_making.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Sites and places -------------------------------------------------------------------- */

/* Somewhere in the north of the country, to four decimals. */
static void add_coordinates(making *m, cJSON *object, int percent) {
    if (!random_chance(m, percent)) return;
    cJSON_AddNumberToObject(object, "lat", random_between(m, 524000, 534000) / 10000.0);
    cJSON_AddNumberToObject(object, "lon", random_between(m, 50000, 70000) / 10000.0);
}

static int coordinates_percent(const making *m) {
    return m->measuring == BY_COORDINATES ? 100 : m->measuring == BY_ROWS ? 30 : 0;
}

static void add_services(making *m, cJSON *site) {
    cJSON *object;

    if (random_strict(m, 20)) return;
    object = cJSON_AddObjectToObject(site, "services");
    for (int s = 0; s < RANDOM_COUNT(random_services); s++) {
        int form = random_between(m, 0, 9);

        if (random_strict(m, 35)) continue;
        if (form < 6)
            cJSON_AddTrueToObject(object, random_services[s]);
        else if (form < 9)
            cJSON_AddNumberToObject(object, random_services[s], random_between(m, 0, 4));
        else
            cJSON_AddItemToObject(object, random_services[s], random_steps(m, 0, 4, false));
    }
}

static void add_opening(making *m, cJSON *site) {
    if (random_strict(m, 25))
        random_add_week(m, site, "opens", random_chance(m, 70) ? random_between(m, -9, 0) : 1);
    if (random_strict(m, 35))
        random_add_week(m, site, "closes", random_chance(m, 80) ? random_between(m, 1, 8) : -2);
}

static void add_durable(making *m, cJSON *site) {
    int form = random_between(m, 0, 3);

    if (form == 0) cJSON_AddBoolToObject(site, "durable", random_chance(m, 60));
    if (form == 1) cJSON_AddNumberToObject(site, "durable", random_between(m, 0, 100));
    if (form == 2) cJSON_AddNumberToObject(site, "durable", 10 * random_between(m, 0, 10));
}

static void add_admission(making *m, cJSON *site) {
    if (random_strict(m, 12)) {
        cJSON_AddItemToObject(site, "admits", RANDOM_SOME_OF(m, random_person_tags, 50, true));
        random_add_because(m, site, "admits_because");
    }
    if (random_strict(m, 25)) {
        cJSON_AddItemToObject(site, "refuses",
                              RANDOM_SOME_OF(m, random_person_tags, 25, random_chance(m, 50)));
        random_add_because(m, site, "refuses_because");
    }
}

/* Beds around the given number. */
static cJSON *make_site(making *m, int j, int beds) {
    cJSON *site = cJSON_CreateObject();
    char text[16];

    cJSON_AddStringToObject(site, "id", random_site_name(j, text));
    if (random_chance(m, 30)) cJSON_AddStringToObject(site, "name", "De Brink");
    if (random_chance(m, 70)) cJSON_AddStringToObject(site, "kind", RANDOM_PICK(m, random_kinds));
    if (random_chance(m, 50))
        cJSON_AddStringToObject(site, "municipality", RANDOM_PICK(m, random_towns));
    if (random_chance(m, 50))
        cJSON_AddStringToObject(site, "province", RANDOM_PICK(m, random_provinces));
    if (random_chance(m, 50))
        cJSON_AddItemToObject(site, "tags", RANDOM_SOME_OF(m, random_site_tags, 40, false));
    add_coordinates(m, site, coordinates_percent(m));
    if (random_chance(m, 75))
        cJSON_AddNumberToObject(site, "beds", random_between(m, beds / 2, beds + beds / 2 + 1));
    else
        cJSON_AddItemToObject(site, "beds", random_steps(m, beds / 2, beds + 2, false));
    if (random_chance(m, 25))
        cJSON_AddNumberToObject(site, "usable_percent", random_between(m, 40, 100));
    add_durable(m, site);
    add_opening(m, site);
    add_services(m, site);
    add_admission(m, site);
    if (random_chance(m, 30)) cJSON_AddNumberToObject(site, "keep_open", random_between(m, 0, 400));
    if (random_chance(m, 30)) cJSON_AddNumberToObject(site, "max_weeks", random_between(m, 0, 30));
    random_add_note(m, site);
    return site;
}

static void add_sites(making *m) {
    cJSON *sites = cJSON_AddArrayToObject(m->document, "sites");
    int factor = random_between(m, 60, 160);

    for (int j = 0; j < m->site_count; j++)
        cJSON_AddItemToArray(sites, make_site(m, j, m->persons * factor / 100 / m->site_count + 1));
}

static void add_places(making *m) {
    cJSON *places;

    if (m->place_count == 0 && random_chance(m, 50)) return;
    places = cJSON_AddArrayToObject(m->document, "places");
    for (int p = 0; p < m->place_count; p++) {
        cJSON *place = cJSON_CreateObject();
        char text[16];

        cJSON_AddStringToObject(place, "id", random_place_name(m, m->site_count + p, text));
        if (random_chance(m, 30)) cJSON_AddStringToObject(place, "name", "Hospital");
        add_coordinates(m, place, coordinates_percent(m));
        random_add_note(m, place);
        cJSON_AddItemToArray(places, place);
    }
}

/* ---- Travel ------------------------------------------------------------------------------ */

static void add_travel_row(making *m, cJSON *rows, int from, int to) {
    cJSON *row = cJSON_CreateObject();
    char text[16];
    bool km = m->measuring == BY_ROWS || random_chance(m, 60);

    cJSON_AddStringToObject(row, "from", random_place_name(m, from, text));
    cJSON_AddStringToObject(row, "to", random_place_name(m, to, text));
    if (km) cJSON_AddNumberToObject(row, "km", random_between(m, 0, 120));
    if (!km || random_chance(m, 60))
        cJSON_AddNumberToObject(row, "minutes", random_between(m, 0, 120));
    random_add_note(m, row);
    cJSON_AddItemToArray(rows, row);
}

/* One row or two for a pair; where rows are all there is, at least one. */
static void add_travel(making *m) {
    cJSON *rows;
    int count = m->site_count + m->place_count, percent = m->measuring == BY_ROWS ? 100 : 35;

    if (percent < 100 && random_chance(m, 20)) return;
    rows = cJSON_AddArrayToObject(m->document, "travel");
    for (int a = 0; a < count; a++) {
        for (int b = 0; b < a; b++) {
            bool turned = random_chance(m, 50), first = random_chance(m, percent),
                 second = random_chance(m, 25);

            if (first) add_travel_row(m, rows, turned ? a : b, turned ? b : a);
            if (second) add_travel_row(m, rows, turned ? b : a, turned ? a : b);
        }
    }
}

/* ---- Quotas ------------------------------------------------------------------------------ */

static void add_selectors(making *m, cJSON *quota) {
    int chosen = random_between(m, 0, 5);
    char text[16];

    if (chosen == 0) {
        cJSON *sites = cJSON_AddArrayToObject(quota, "sites");

        for (int j = 0; j < m->site_count; j++)
            if (j == 0 || random_chance(m, 40))
                cJSON_AddItemToArray(sites, cJSON_CreateString(random_site_name(j, text)));
    }
    if (chosen == 1) cJSON_AddStringToObject(quota, "kind", RANDOM_PICK(m, random_kinds));
    if (chosen == 2) cJSON_AddStringToObject(quota, "province", RANDOM_PICK(m, random_provinces));
    if (chosen == 3) cJSON_AddStringToObject(quota, "municipality", RANDOM_PICK(m, random_towns));
    if (chosen == 4) cJSON_AddStringToObject(quota, "site_tag", RANDOM_PICK(m, random_site_tags));
    if (chosen == 5 || random_chance(m, 20))
        cJSON_AddNumberToObject(quota, "durable_below", random_between(m, 1, 100));
    if (chosen != 1 && random_chance(m, 15))
        cJSON_AddStringToObject(quota, "kind", RANDOM_PICK(m, random_kinds));
}

/* Every maximum is at least `middle` and every minimum at most that. */
static void add_limits(making *m, cJSON *quota) {
    int middle = random_between(m, 1, 4), form = random_between(m, 0, 3);
    bool max = form != 2, min = form >= 2;

    if (max && random_chance(m, 65))
        cJSON_AddNumberToObject(quota, "max", middle + random_between(m, 0, 3));
    else if (max)
        cJSON_AddItemToObject(quota, "max", random_steps(m, middle, middle + 4, true));
    if (min && random_chance(m, 65))
        cJSON_AddNumberToObject(quota, "min", middle);
    else if (min)
        cJSON_AddItemToObject(quota, "min", random_steps(m, 0, middle, true));
    if (form > 0) cJSON_AddNumberToObject(quota, "points", random_between(m, 1, 120));
}

static void add_quotas(making *m) {
    cJSON *quotas = cJSON_AddArrayToObject(m->document, "quotas");

    for (int q = random_between(m, 0, 2); q > 0; q--) {
        cJSON *quota = cJSON_CreateObject();
        char text[16];

        snprintf(text, sizeof(text), "quota%d", q);
        cJSON_AddStringToObject(quota, "id", text);
        if (random_chance(m, 30)) cJSON_AddStringToObject(quota, "name", "Agreement of 2021");
        add_selectors(m, quota);
        if (random_chance(m, 35))
            cJSON_AddStringToObject(quota, "tag", RANDOM_PICK(m, random_person_tags));
        add_limits(m, quota);
        random_add_because(m, quota, "because");
        random_add_note(m, quota);
        cJSON_AddItemToArray(quotas, quota);
    }
}

/* ---- Rules and weights ------------------------------------------------------------------- */

static void add_services_by_age(making *m, cJSON *rules) {
    cJSON *list = cJSON_AddArrayToObject(rules, "services_by_age");

    for (int count = random_between(m, 1, 2); count > 0; count--) {
        cJSON *rule = cJSON_CreateObject();
        int from = random_between(m, 0, 12);

        cJSON_AddStringToObject(rule, "service", RANDOM_PICK(m, random_services));
        cJSON_AddNumberToObject(rule, "from", from);
        cJSON_AddNumberToObject(rule, "to", from + random_between(m, 0, 12));
        random_add_note(m, rule);
        cJSON_AddItemToArray(list, rule);
    }
}

static void add_school(making *m, cJSON *rules) {
    if (random_chance(m, 25)) {
        int youngest = random_between(m, 3, 6), oldest = random_between(m, 6, 18);
        int ages[2] = {youngest, oldest};

        cJSON_AddItemToObject(rules, "school_age", cJSON_CreateIntArray(ages, 2));
    }
    if (random_chance(m, 30)) {
        cJSON *weeks = cJSON_AddArrayToObject(rules, "school_holidays");
        char text[16];

        for (int w = -1; w <= 1; w++)
            if (random_chance(m, 50))
                cJSON_AddItemToArray(weeks, cJSON_CreateString(random_week_after(m, w, text)));
    }
}

static void add_rules(making *m) {
    cJSON *rules;

    if (random_chance(m, 15)) return;
    rules = cJSON_AddObjectToObject(m->document, "rules");
    if (random_strict(m, 40)) add_services_by_age(m, rules);
    if (random_chance(m, 20))
        cJSON_AddNumberToObject(rules, "usable_percent", random_between(m, 70, 100));
    add_school(m, rules);
    if (random_strict(m, 40)) cJSON_AddNumberToObject(rules, "min_stay", random_between(m, 0, 5));
    if (random_strict(m, 40)) cJSON_AddNumberToObject(rules, "max_moves", random_between(m, 0, 2));
    if (random_chance(m, 40))
        cJSON_AddBoolToObject(rules, "residents_may_stay", random_chance(m, 50));
    random_add_note(m, rules);
}

static void add_weights(making *m) {
    static const char *const names[] = {"temporary",   "temporary_child", "move",
                                        "school_move", "misfit",          "overstay"};
    cJSON *weights;
    bool measured = m->measuring != UNMEASURED;

    if (measured && random_chance(m, 25)) return;
    weights = cJSON_AddObjectToObject(m->document, "weights");
    for (int i = 0; i < RANDOM_COUNT(names); i++)
        if (random_chance(m, 35))
            cJSON_AddNumberToObject(weights, names[i], random_between(m, 0, 150));
    if (!measured || random_chance(m, 30))
        cJSON_AddNumberToObject(weights, "km", measured ? random_between(m, 0, 4) : 0);
    switch (random_between(m, 0, 4)) {
    case 0:
        cJSON_AddStringToObject(weights, "unplaced", "first");
        break;
    case 1:
        cJSON_AddNumberToObject(weights, "unplaced", random_between(m, 0, 120));
        break;
    case 2:
        cJSON_AddNumberToObject(weights, "unplaced", random_between(m, 100, 2000));
        break;
    default:
        break;
    }
    random_add_note(m, weights);
}

/* ---- The whole --------------------------------------------------------------------------- */

/* Whether the pin must go: it cannot be, or it names another site than that of somebody who must
 * be at the same. */
static bool pin_is_error(const oracle *o, int h) {
    const cJSON *pin = cJSON_GetObjectItemCaseSensitive(o->households[h].row, "pin");

    if (pin == NULL) return false;
    for (int k = 0; k < h; k++) {
        const cJSON *other = cJSON_GetObjectItemCaseSensitive(o->households[k].row, "pin");

        if (other != NULL && o->households[k].group == o->households[h].group &&
            strcmp(cJSON_GetObjectItemCaseSensitive(pin, "site")->valuestring,
                   cJSON_GetObjectItemCaseSensitive(other, "site")->valuestring) != 0)
            return true;
    }
    return oracle_pin_cannot_be(o, h);
}

static void drop_bad_pins(making *m) {
    char *text = cJSON_PrintUnformatted(m->document);
    oracle *o;
    cJSON *row;

    assert(text != NULL);
    o = oracle_read(text);
    cJSON_ArrayForEach(row, cJSON_GetObjectItemCaseSensitive(m->document, "households")) {
        const char *id = cJSON_GetObjectItemCaseSensitive(row, "id")->valuestring;

        if (pin_is_error(o, oracle_find_household(o, id)))
            cJSON_DeleteItemFromObjectCaseSensitive(row, "pin");
    }
    oracle_free(o);
    free(text);
}

static void begin(making *m, uint64_t seed) {
    static const int weeks[][2] = {{2020, 53}, {2026, 53}, {2022, 52}, {2023, 6},
                                   {2024, 1},  {2021, 1},  {2025, 52}, {2015, 30}};
    int week;

    m->state = seed * 1000003U;
    week = random_between(m, 0, 7);
    m->year = weeks[week][0];
    m->week = weeks[week][1];
    m->measuring =
        RANDOM_PICK(m, ((const measuring[]){BY_COORDINATES, BY_COORDINATES, BY_ROWS, UNMEASURED}));
    m->strictness = random_between(m, 0, 85);
    m->site_count = random_between(m, 2, RANDOM_MAX_SITES);
    m->place_count = random_between(m, 0, RANDOM_MAX_PLACES);
    m->household_count = random_chance(m, 10) ? random_between(m, 2, 3)
                                              : random_between(m, 5, RANDOM_MAX_HOUSEHOLDS);
}

char *random_instance(uint64_t seed) {
    making m = {.document = cJSON_CreateObject()};
    char *text;

    begin(&m, seed);
    cJSON_AddStringToObject(m.document, "format", "plaats.instance/1");
    random_add_week(&m, m.document, "week", 0);
    if (random_chance(&m, 50)) cJSON_AddNumberToObject(m.document, "weeks", 1);
    if (random_chance(&m, 20)) cJSON_AddStringToObject(m.document, "x_made_by", "random_instance");
    random_add_people(&m);
    add_sites(&m);
    add_places(&m);
    add_travel(&m);
    if (random_chance(&m, 97)) random_add_households(&m);
    if (random_chance(&m, 60)) random_add_together(&m);
    if (random_chance(&m, 60)) random_add_apart(&m);
    if (random_chance(&m, 60)) add_quotas(&m);
    add_rules(&m);
    add_weights(&m);
    drop_bad_pins(&m);
    text = cJSON_Print(m.document);
    assert(text != NULL);
    cJSON_Delete(m.document);
    return text;
}

/* ---- Large points ------------------------------------------------------------------------- */

/* Multiplied by a power of ten, up to 10^12 in size. */
static void enlarge(making *m, cJSON *number) {
    double value;

    if (!cJSON_IsNumber(number) || random_chance(m, 20)) return;
    value = number->valuedouble * pow(10, random_between(m, 6, 12));
    cJSON_SetNumberHelper(number, fmax(-1e12, fmin(value, 1e12)));
}

static void enlarge_members(making *m, cJSON *object) {
    cJSON *member;

    cJSON_ArrayForEach(member, object) {
        enlarge(m, member);
    }
}

static void enlarge_near(making *m, cJSON *object) {
    cJSON *limit;

    cJSON_ArrayForEach(limit, cJSON_GetObjectItemCaseSensitive(object, "near")) {
        enlarge(m, cJSON_GetObjectItemCaseSensitive(limit, "points_per_km"));
    }
}

char *random_large_instance(uint64_t seed) {
    making m = {.state = seed};
    char *text = random_instance(seed);
    cJSON *document = cJSON_Parse(text), *row;

    assert(document != NULL);
    enlarge_members(&m, cJSON_GetObjectItemCaseSensitive(document, "weights"));
    cJSON_ArrayForEach(row, cJSON_GetObjectItemCaseSensitive(document, "sites")) {
        enlarge(&m, cJSON_GetObjectItemCaseSensitive(row, "keep_open"));
    }
    cJSON_ArrayForEach(row, cJSON_GetObjectItemCaseSensitive(document, "quotas")) {
        enlarge(&m, cJSON_GetObjectItemCaseSensitive(row, "points"));
    }
    cJSON_ArrayForEach(row, cJSON_GetObjectItemCaseSensitive(document, "people")) {
        enlarge_near(&m, row);
    }
    cJSON_ArrayForEach(row, cJSON_GetObjectItemCaseSensitive(document, "households")) {
        cJSON *priority = cJSON_GetObjectItemCaseSensitive(row, "priority");

        enlarge_near(&m, row);
        enlarge_members(&m, cJSON_GetObjectItemCaseSensitive(row, "wishes"));
        if (priority != NULL && random_chance(&m, 30)) cJSON_SetNumberHelper(priority, 1000);
    }
    free(text);
    text = cJSON_Print(document);
    assert(text != NULL);
    cJSON_Delete(document);
    return text;
}
