#include "oracle_json.h"
#include "oracle_judge.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- Travel ------------------------------------------------------------------------------ */

static const cJSON *place_row(const oracle *o, int place) {
    if (place < o->site_count) return o->sites[place].row;
    return cJSON_GetArrayItem(oracle_member(o->document, "places"), place - o->site_count);
}

static const cJSON *travel_row(const oracle *o, int from, int to) {
    const cJSON *row, *reverse = NULL;

    cJSON_ArrayForEach(row, oracle_member(o->document, "travel")) {
        int a = oracle_find_place(o, oracle_text_of(row, "from", "")),
            b = oracle_find_place(o, oracle_text_of(row, "to", ""));

        if (a == from && b == to) return row;
        if (a == to && b == from) reverse = row;
    }
    return reverse;
}

static int64_t great_circle(const cJSON *a, const cJSON *b) {
    const double radian = acos(-1.0) / 180;
    double lat_a, lat_b, dlat, dlon, h;

    if (oracle_member(a, "lat") == NULL || oracle_member(b, "lat") == NULL) return ORACLE_NONE;
    lat_a = oracle_member(a, "lat")->valuedouble * radian;
    lat_b = oracle_member(b, "lat")->valuedouble * radian;
    dlat = lat_b - lat_a;
    dlon = (oracle_member(b, "lon")->valuedouble - oracle_member(a, "lon")->valuedouble) * radian;
    h = pow(sin(dlat / 2), 2) + cos(lat_a) * cos(lat_b) * pow(sin(dlon / 2), 2);
    return (int64_t)floor(2 * 6371 * asin(sqrt(fmin(h, 1))) + 0.5);
}

static void measure(oracle *o) {
    int count = o->place_count;

    o->km = oracle_room((size_t)count * (size_t)count, sizeof(*o->km));
    o->minutes = oracle_room((size_t)count * (size_t)count, sizeof(*o->minutes));
    for (int a = 0; a < count; a++) {
        for (int b = 0; b < count; b++) {
            const cJSON *row = travel_row(o, a, b);

            if (a == b) continue;
            o->minutes[a * count + b] = oracle_integer_of(row, "minutes", ORACLE_NONE);
            o->km[a * count + b] =
                oracle_integer_of(row, "km", great_circle(place_row(o, a), place_row(o, b)));
        }
    }
}

/* ---- Sites ------------------------------------------------------------------------------- */

static void read_places(oracle *o) {
    const cJSON *sites = oracle_member(o->document, "sites"),
                *others = oracle_member(o->document, "places");
    const cJSON *item;
    int p = 0;

    o->site_count = cJSON_GetArraySize(sites);
    o->place_count = o->site_count + cJSON_GetArraySize(others);
    o->places = oracle_room((size_t)o->place_count, sizeof(*o->places));
    o->sites = oracle_room((size_t)o->site_count, sizeof(*o->sites));
    cJSON_ArrayForEach(item, sites) {
        o->sites[p].row = item;
        o->places[p++] = oracle_text_of(item, "id", "");
    }
    cJSON_ArrayForEach(item, others) {
        o->places[p++] = oracle_text_of(item, "id", "");
    }
}

static void read_site(const oracle *o, oracle_site *site) {
    const cJSON *durable = oracle_member(site->row, "durable");
    int64_t percent = oracle_integer_of(site->row, "usable_percent",
                                        oracle_integer_of(o->rules, "usable_percent", 100));

    site->id = oracle_text_of(site->row, "id", "");
    site->kind = oracle_text_of(site->row, "kind", "");
    site->closes = oracle_week_of(site->row, "closes");
    site->open = oracle_within(oracle_week_of(site->row, "opens"), site->closes, o->week);
    site->usable = oracle_value_in(oracle_member(site->row, "beds"), o->week, 0) * percent / 100;
    site->keep_open = oracle_integer_of(site->row, "keep_open", 0);
    if (cJSON_IsBool(durable))
        site->durable = cJSON_IsTrue(durable) ? 100 : 0;
    else
        site->durable = oracle_integer_of(site->row, "durable", 0);
}

static int service_number(oracle *o, const char *name) {
    for (int s = 0; s < o->service_count; s++)
        if (strcmp(o->services[s], name) == 0) return s;
    o->services[o->service_count] = name;
    return o->service_count++;
}

/* Every service that is named anywhere gets a number. */
static void read_services(oracle *o) {
    const cJSON *row, *item;
    int names = 0;

    cJSON_ArrayForEach(row, oracle_member(o->document, "sites")) {
        names += cJSON_GetArraySize(oracle_member(row, "services"));
    }
    cJSON_ArrayForEach(row, oracle_member(o->document, "people")) {
        names += cJSON_GetArraySize(oracle_member(row, "needs"));
    }
    names += cJSON_GetArraySize(oracle_member(o->rules, "services_by_age"));
    o->services = oracle_room((size_t)names, sizeof(*o->services));
    cJSON_ArrayForEach(row, oracle_member(o->document, "sites")) {
        cJSON_ArrayForEach(item, oracle_member(row, "services")) {
            service_number(o, item->string);
        }
    }
    cJSON_ArrayForEach(row, oracle_member(o->document, "people")) {
        cJSON_ArrayForEach(item, oracle_member(row, "needs")) {
            service_number(o, item->valuestring);
        }
    }
    cJSON_ArrayForEach(row, oracle_member(o->rules, "services_by_age")) {
        service_number(o, oracle_text_of(row, "service", ""));
    }
}

static void read_capacity(oracle *o) {
    o->capacity =
        oracle_room((size_t)o->site_count * (size_t)o->service_count, sizeof(*o->capacity));
    for (int j = 0; j < o->site_count; j++) {
        for (int s = 0; s < o->service_count; s++) {
            const cJSON *item =
                oracle_member(oracle_member(o->sites[j].row, "services"), o->services[s]);
            bool limited = item != NULL && !cJSON_IsTrue(item);

            o->capacity[j * o->service_count + s] =
                limited ? oracle_value_in(item, o->week, 0) : ORACLE_NONE;
        }
    }
}

/* ---- Households -------------------------------------------------------------------------- */

int oracle_find_site(const oracle *o, const char *id) {
    for (int j = 0; j < o->site_count; j++)
        if (strcmp(o->sites[j].id, id) == 0) return j;
    return -1;
}

int oracle_find_household(const oracle *o, const char *id) {
    for (int h = 0; h < o->household_count; h++)
        if (strcmp(o->households[h].id, id) == 0) return h;
    return -1;
}

static void count_person(const oracle *o, oracle_household *household, const cJSON *person) {
    const cJSON *school = oracle_member(o->rules, "school_age");
    int64_t youngest = school ? (int64_t)cJSON_GetArrayItem(school, 0)->valuedouble : 4;
    int64_t oldest = school ? (int64_t)cJSON_GetArrayItem(school, 1)->valuedouble : 17;
    int64_t age = oracle_integer_of(person, "age", 0);

    household->persons++;
    household->children += age < 18;
    household->pupils += age >= youngest && age <= oldest;
    for (int s = 0; s < o->service_count; s++)
        household->needing[s] += oracle_person_needs(o, person, o->services[s]);
}

static void read_household(const oracle *o, oracle_household *household) {
    const cJSON *row, *person;
    size_t sites = (size_t)o->site_count;

    household->needing = oracle_room((size_t)o->service_count, sizeof(*household->needing));
    household->counted = oracle_room((size_t)o->quota_count, sizeof(*household->counted));
    household->excluded = oracle_room(sites, sizeof(*household->excluded));
    household->journey_km = oracle_room(sites, sizeof(*household->journey_km));
    household->parts = oracle_room(sites * ORACLE_PART_COUNT, sizeof(*household->parts));
    cJSON_ArrayForEach(row, oracle_member(o->document, "households")) {
        if (strcmp(oracle_text_of(row, "id", ""), household->id) == 0) household->row = row;
    }
    cJSON_ArrayForEach(person, oracle_member(o->document, "people")) {
        if (strcmp(oracle_household_of(person), household->id) == 0)
            count_person(o, household, person);
    }
    row = household->row;
    household->priority = oracle_integer_of(row, "priority", 1);
    household->needs_bed =
        oracle_within(oracle_week_of(row, "arrives"), oracle_week_of(row, "leaves"), o->week);
    household->site = oracle_find_site(o, oracle_text_of(row, "site", ""));
}

static void read_households(oracle *o) {
    const cJSON *people = oracle_member(o->document, "people"), *person;

    o->persons = cJSON_GetArraySize(people);
    o->households = oracle_room((size_t)o->persons, sizeof(*o->households));
    cJSON_ArrayForEach(person, people) {
        const char *id = oracle_household_of(person);

        if (oracle_find_household(o, id) < 0) o->households[o->household_count++].id = id;
    }
    for (int h = 0; h < o->household_count; h++) {
        o->households[h].group = h;
        read_household(o, &o->households[h]);
    }
}

static void read_together(oracle *o) {
    const cJSON *rule, *id;

    cJSON_ArrayForEach(rule, oracle_member(o->document, "together")) {
        const char *first = cJSON_GetArrayItem(oracle_member(rule, "households"), 0)->valuestring;
        int keep = o->households[oracle_find_household(o, first)].group;

        cJSON_ArrayForEach(id, oracle_member(rule, "households")) {
            int drop = o->households[oracle_find_household(o, id->valuestring)].group;

            for (int h = 0; h < o->household_count; h++)
                if (o->households[h].group == drop) o->households[h].group = keep;
        }
    }
}

static void read_apart(oracle *o) {
    size_t count = (size_t)o->household_count;
    const cJSON *rule, *a, *b;

    o->apart = oracle_room(count * count, sizeof(*o->apart));
    cJSON_ArrayForEach(rule, oracle_member(o->document, "apart")) {
        if (!oracle_holds(rule, o->week)) continue;
        cJSON_ArrayForEach(a, oracle_member(rule, "households")) {
            cJSON_ArrayForEach(b, oracle_member(rule, "households")) {
                size_t i = (size_t)oracle_find_household(o, a->valuestring);
                size_t k = (size_t)oracle_find_household(o, b->valuestring);

                if (i != k) o->apart[i * count + k] = true;
            }
        }
    }
}

/* ---- Quotas ------------------------------------------------------------------------------ */

/* Whether a site has the text that a selector asks for; a selector that is not there asks
 * nothing. */
static bool agrees(const cJSON *selector, const cJSON *site, const char *name) {
    const cJSON *have = oracle_member(site, name);

    return selector == NULL ||
           (have != NULL && strcmp(have->valuestring, selector->valuestring) == 0);
}

static bool quota_matches(const cJSON *row, const oracle_site *site) {
    const cJSON *ids = oracle_member(row, "sites"), *tag = oracle_member(row, "site_tag");
    const cJSON *below = oracle_member(row, "durable_below");

    return (ids == NULL || oracle_lists(ids, site->id)) &&
           agrees(oracle_member(row, "kind"), site->row, "kind") &&
           agrees(oracle_member(row, "province"), site->row, "province") &&
           agrees(oracle_member(row, "municipality"), site->row, "municipality") &&
           (tag == NULL || oracle_lists(oracle_member(site->row, "tags"), tag->valuestring)) &&
           (below == NULL || site->durable < (int64_t)below->valuedouble);
}

static void read_quota(const oracle *o, const cJSON *row, int q) {
    oracle_quota *quota = &o->quotas[q];
    const cJSON *max = oracle_member(row, "max"), *min = oracle_member(row, "min"),
                *tag = oracle_member(row, "tag");
    const cJSON *person;

    quota->id = oracle_text_of(row, "id", "");
    quota->points = oracle_integer_of(row, "points", 0);
    quota->max = max != NULL ? oracle_value_in(max, o->week, ORACLE_NONE) : ORACLE_NONE;
    quota->min = min != NULL ? oracle_value_in(min, o->week, ORACLE_NONE) : ORACLE_NONE;
    quota->sites = oracle_room((size_t)o->site_count, sizeof(*quota->sites));
    for (int j = 0; j < o->site_count; j++) quota->sites[j] = quota_matches(row, &o->sites[j]);
    cJSON_ArrayForEach(person, oracle_member(o->document, "people")) {
        int h = oracle_find_household(o, oracle_household_of(person));

        if (tag == NULL || oracle_lists(oracle_member(person, "tags"), tag->valuestring))
            o->households[h].counted[q]++;
    }
}

int64_t oracle_quota_persons(const oracle *o, int q, const int *site_of) {
    int64_t persons = 0;

    for (int h = 0; h < o->household_count; h++)
        if (site_of[h] >= 0 && o->quotas[q].sites[site_of[h]])
            persons += o->households[h].counted[q];
    return persons;
}

int64_t oracle_quota_outside(const oracle *o, int q, int64_t persons) {
    const oracle_quota *quota = &o->quotas[q];

    if (quota->max != ORACLE_NONE && persons > quota->max) return persons - quota->max;
    if (quota->min != ORACLE_NONE && persons < quota->min) return quota->min - persons;
    return 0;
}

/* ---- Reading and freeing ----------------------------------------------------------------- */

oracle *oracle_read(const char *text) {
    oracle *o = oracle_room(1, sizeof(*o));
    const cJSON *quotas, *row;
    int q = 0;

    o->document = cJSON_Parse(text);
    if (o->document == NULL) oracle_fail("not JSON:", text);
    if (oracle_integer_of(o->document, "weeks", 1) != 1)
        oracle_fail("more than one week:", "weeks");
    o->rules = oracle_member(o->document, "rules");
    o->weights = oracle_member(o->document, "weights");
    o->week = oracle_week(oracle_text_of(o->document, "week", ""));
    quotas = oracle_member(o->document, "quotas");
    o->quota_count = cJSON_GetArraySize(quotas);
    o->quotas = oracle_room((size_t)o->quota_count, sizeof(*o->quotas));
    read_places(o);
    for (int j = 0; j < o->site_count; j++) read_site(o, &o->sites[j]);
    measure(o);
    read_services(o);
    read_capacity(o);
    read_households(o);
    read_together(o);
    read_apart(o);
    cJSON_ArrayForEach(row, quotas) {
        read_quota(o, row, q++);
    }
    for (int h = 0; h < o->household_count; h++) oracle_judge(o, &o->households[h]);
    o->unplaced_points = oracle_points_unplaced(o);
    return o;
}

void oracle_free(oracle *o) {
    if (o == NULL) return;
    for (int h = 0; h < o->household_count; h++) {
        free(o->households[h].needing);
        free(o->households[h].counted);
        free(o->households[h].excluded);
        free(o->households[h].journey_km);
        free(o->households[h].parts);
    }
    for (int q = 0; q < o->quota_count; q++) free(o->quotas[q].sites);
    free(o->sites);
    free(o->places);
    free(o->km);
    free(o->minutes);
    free(o->households);
    free(o->services);
    free(o->capacity);
    free(o->quotas);
    free(o->apart);
    cJSON_Delete(o->document);
    free(o);
}
