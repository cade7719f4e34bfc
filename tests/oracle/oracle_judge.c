#include "oracle_judge.h"

#include "oracle_json.h"

#include <math.h>
#include <string.h>

/* ---- A household at a site --------------------------------------------------------------- */

static int64_t weight(const oracle *o, const char *name, int64_t otherwise) {
    return oracle_integer_of(o->weights, name, otherwise);
}

/* A distance. The document is valid: one that is unknown decides nothing, because something else
 * rules that site out. */
static int64_t known_km(const oracle *o, int from, int to) {
    int64_t km = o->km[from * o->place_count + to];
    return km != ORACLE_NONE ? km : 0;
}

bool oracle_person_needs(const oracle *o, const cJSON *person, const char *service) {
    int64_t age = oracle_integer_of(person, "age", 0);
    const cJSON *rule;

    if (oracle_lists(oracle_member(person, "needs"), service)) return true;
    cJSON_ArrayForEach(rule, oracle_member(o->rules, "services_by_age")) {
        if (strcmp(oracle_text_of(rule, "service", ""), service) == 0 &&
            age >= oracle_integer_of(rule, "from", 0) && age <= oracle_integer_of(rule, "to", 0))
            return true;
    }
    return false;
}

static unsigned bit(int reason, bool broken) {
    return broken ? 1U << reason : 0;
}

/* What one person's tags and needs say of a site. */
static unsigned person_excluded(const oracle *o, const cJSON *person, const cJSON *site) {
    const cJSON *admits = oracle_member(site, "admits"), *refuses = oracle_member(site, "refuses"),
                *tag;
    bool admitted = admits == NULL, refused = false, served = true;

    cJSON_ArrayForEach(tag, oracle_member(person, "tags")) {
        admitted = admitted || oracle_lists(admits, tag->valuestring);
        refused = refused || oracle_lists(refuses, tag->valuestring);
    }
    for (int s = 0; s < o->service_count; s++)
        if (oracle_person_needs(o, person, o->services[s]))
            served =
                served && oracle_member(oracle_member(site, "services"), o->services[s]) != NULL;
    return bit(ORACLE_BIT_ADMITS, !admitted) | bit(ORACLE_BIT_REFUSES, refused) |
           bit(ORACLE_BIT_SERVICE, !served);
}

/* The travel limits in a list, and their price, which is added to `points`. */
static unsigned near_excluded(const oracle *o, const cJSON *limits, int site, int64_t *points) {
    const cJSON *limit;
    unsigned excluded = 0;

    cJSON_ArrayForEach(limit, limits) {
        int place = oracle_find_place(o, oracle_text_of(limit, "place", ""));
        const cJSON *km = oracle_member(limit, "km"), *minutes = oracle_member(limit, "minutes");
        int64_t price = oracle_integer_of(limit, "points_per_km", 0);
        int64_t takes = o->minutes[site * o->place_count + place];

        if (!oracle_holds(limit, o->week)) continue;
        if (km != NULL)
            excluded |=
                bit(ORACLE_BIT_NEAR_KM, known_km(o, site, place) > (int64_t)km->valuedouble);
        if (minutes != NULL)
            excluded |= bit(ORACLE_BIT_NEAR_MINUTES,
                            takes == ORACLE_NONE || takes > (int64_t)minutes->valuedouble);
        if (price > 0) *points += price * known_km(o, site, place);
    }
    return excluded;
}

/* Pin and bans of a household. */
static unsigned ordered_elsewhere(const oracle *o, const cJSON *row, const char *site) {
    const cJSON *pin = oracle_member(row, "pin"), *ban;
    unsigned excluded = 0;

    if (pin != NULL && oracle_holds(pin, o->week))
        excluded |= bit(ORACLE_BIT_PIN, strcmp(oracle_text_of(pin, "site", ""), site) != 0);
    cJSON_ArrayForEach(ban, oracle_member(row, "bans")) {
        if (oracle_holds(ban, o->week))
            excluded |= bit(ORACLE_BIT_BAN, strcmp(oracle_text_of(ban, "site", ""), site) == 0);
    }
    return excluded;
}

static int64_t floor_div(int64_t a, int64_t b) {
    return a / b - (a % b != 0 && (a % b < 0) != (b < 0));
}

static int64_t wish_points(const oracle_household *household, const oracle_site *site) {
    static const char *const text_keys[] = {"kind", "province", "municipality"};
    const cJSON *wish;
    int64_t points = 0;

    cJSON_ArrayForEach(wish, oracle_member(household->row, "wishes")) {
        int64_t value = (int64_t)wish->valuedouble;
        const char *equals = strchr(wish->string, '=');

        if (strcmp(wish->string, "durable") == 0)
            points += floor_div(value * site->durable + 50, 100);
        else if (equals == NULL)
            points += strcmp(wish->string, site->id) == 0 ? value : 0;
        else if (strncmp(wish->string, "tag=", 4) == 0)
            points += oracle_lists(oracle_member(site->row, "tags"), equals + 1) ? value : 0;
        for (int k = 0; equals != NULL && k < 3; k++) {
            size_t length = strlen(text_keys[k]);
            const char *have = oracle_text_of(site->row, text_keys[k], NULL);

            if ((size_t)(equals - wish->string) == length && have != NULL &&
                strncmp(wish->string, text_keys[k], length) == 0 && strcmp(equals + 1, have) == 0)
                points += value;
        }
    }
    return points;
}

/* What holds and what is paid whether it comes, moves or stays; with the rules that residents may
 * be excused from. */
static void judge_being(const oracle *o, oracle_household *household, int j) {
    const oracle_site *site = &o->sites[j];
    int64_t *parts = &household->parts[j * ORACLE_PART_COUNT];
    const unsigned excusable = 1U << ORACLE_BIT_SERVICE | 1U << ORACLE_BIT_ADMITS |
                               1U << ORACLE_BIT_REFUSES | 1U << ORACLE_BIT_NEAR_KM |
                               1U << ORACLE_BIT_NEAR_MINUTES;
    const cJSON *may_stay = oracle_member(o->rules, "residents_may_stay"), *person;
    unsigned misfit =
        near_excluded(o, oracle_member(household->row, "near"), j, &parts[ORACLE_NEAR]);

    cJSON_ArrayForEach(person, oracle_member(o->document, "people")) {
        if (strcmp(oracle_household_of(person), household->id) != 0) continue;
        misfit |= person_excluded(o, person, site->row);
        misfit |= near_excluded(o, oracle_member(person, "near"), j, &parts[ORACLE_NEAR]);
    }
    if (household->site == j && !cJSON_IsFalse(may_stay) && (misfit & excusable) != 0) {
        parts[ORACLE_MISFIT] = household->persons * weight(o, "misfit", 200);
        misfit = 0;
    }
    household->excluded[j] = misfit | bit(ORACLE_BIT_CLOSED, !site->open) |
                             bit(ORACLE_BIT_BEDS, household->persons > site->usable) |
                             ordered_elsewhere(o, household->row, site->id);
    parts[ORACLE_STAY] = ((household->persons * weight(o, "temporary", 40) +
                           household->children * weight(o, "temporary_child", 20)) *
                              (100 - site->durable) +
                          50) /
                         100;
    parts[ORACLE_WISHES] = -wish_points(household, site);
}

/* What comes with a change of site: j is not where it lives. */
static void judge_coming(const oracle *o, oracle_household *household, int j) {
    const oracle_site *site = &o->sites[j];
    int64_t *parts = &household->parts[j * ORACLE_PART_COUNT];
    const cJSON *row = household->row;
    const char *from = oracle_text_of(row, "from", NULL),
               *week = oracle_text_of(o->document, "week", "");
    const cJSON *max_km = oracle_member(row, "max_km"),
                *max_moves = oracle_member(o->rules, "max_moves");
    bool moves = household->site >= 0;
    int origin = moves ? household->site : from != NULL ? oracle_find_place(o, from) : -1;
    int64_t stays = site->closes == ORACLE_NO_WEEK ? INT64_MAX : site->closes - o->week;

    household->excluded[j] |=
        bit(ORACLE_BIT_MIN_STAY, stays < oracle_integer_of(o->rules, "min_stay", 0));
    if (moves) {
        household->excluded[j] |=
            bit(ORACLE_BIT_NO_MOVE, oracle_week_of(row, "no_move_before") > o->week) |
            bit(ORACLE_BIT_MAX_MOVES, max_moves != NULL && max_moves->valuedouble < 1);
        parts[ORACLE_MOVE] = household->persons * weight(o, "move", 20);
        if (!oracle_lists(oracle_member(o->rules, "school_holidays"), week))
            parts[ORACLE_SCHOOL_MOVE] = household->pupils * weight(o, "school_move", 60) *
                                        (1 + oracle_integer_of(row, "moves", 0));
    }
    if (origin < 0 || (max_km == NULL && weight(o, "km", 1) == 0)) return;
    household->journey_km[j] = known_km(o, origin, j);
    parts[ORACLE_KM] = household->persons * weight(o, "km", 1) * household->journey_km[j];
    if (max_km != NULL)
        household->excluded[j] |=
            bit(ORACLE_BIT_MAX_KM, household->journey_km[j] > (int64_t)max_km->valuedouble);
}

/* What comes with staying where it lives. */
static void judge_staying(const oracle *o, oracle_household *household) {
    int64_t *parts = &household->parts[household->site * ORACLE_PART_COUNT];
    const cJSON *max_weeks = oracle_member(o->sites[household->site].row, "max_weeks");
    int64_t since = oracle_week_of(household->row, "since");

    if (max_weeks != NULL && since != ORACLE_NO_WEEK &&
        o->week - since >= (int64_t)max_weeks->valuedouble)
        parts[ORACLE_OVERSTAY] = household->persons * weight(o, "overstay", 30);
}

void oracle_judge(const oracle *o, oracle_household *household) {
    for (int j = 0; j < o->site_count; j++) {
        household->journey_km[j] = ORACLE_NONE;
        judge_being(o, household, j);
        if (j == household->site)
            judge_staying(o, household);
        else
            judge_coming(o, household, j);
    }
}

bool oracle_pin_cannot_be(const oracle *o, int h) {
    const oracle_household *household = &o->households[h];
    const cJSON *pin = oracle_member(household->row, "pin");
    const unsigned own = 1U << ORACLE_BIT_BAN | 1U << ORACLE_BIT_NEAR_KM |
                         1U << ORACLE_BIT_NEAR_MINUTES | 1U << ORACLE_BIT_MAX_KM |
                         1U << ORACLE_BIT_NO_MOVE | 1U << ORACLE_BIT_SERVICE |
                         1U << ORACLE_BIT_ADMITS | 1U << ORACLE_BIT_REFUSES;

    if (pin == NULL || !oracle_holds(pin, o->week) || !household->needs_bed) return false;
    return (household->excluded[oracle_find_site(o, oracle_text_of(pin, "site", ""))] & own) != 0;
}

/* ---- U ----------------------------------------------------------------------------------- */

static int64_t largest_km(const oracle *o) {
    int64_t largest = 0;

    for (int j = 0; j < o->site_count; j++) {
        for (int p = 0; p < o->place_count; p++) {
            int64_t there = o->km[j * o->place_count + p], back = o->km[p * o->place_count + j];

            if (there > largest) largest = there;
            if (back > largest) largest = back;
        }
    }
    return largest;
}

static int64_t sum_member(const cJSON *rows, const char *name) {
    const cJSON *row;
    int64_t sum = 0;

    cJSON_ArrayForEach(row, rows) {
        sum += oracle_integer_of(row, name, 0);
    }
    return sum;
}

/* The most that a household could cost in a week, as the format counts it. */
static int64_t household_most(const oracle *o, const oracle_household *household, int64_t largest) {
    int64_t n = household->persons, points_per_km, wishes = 0;
    const cJSON *person, *wish;

    points_per_km = sum_member(oracle_member(household->row, "near"), "points_per_km");
    cJSON_ArrayForEach(person, oracle_member(o->document, "people")) {
        if (strcmp(oracle_household_of(person), household->id) == 0)
            points_per_km += sum_member(oracle_member(person, "near"), "points_per_km");
    }
    cJSON_ArrayForEach(wish, oracle_member(household->row, "wishes")) {
        wishes += (int64_t)fabs(wish->valuedouble);
    }
    return n * (weight(o, "temporary", 40) + weight(o, "temporary_child", 20) +
                weight(o, "move", 20) + weight(o, "misfit", 200) + weight(o, "overstay", 30)) +
           household->pupils * weight(o, "school_move", 60) *
               (1 + oracle_integer_of(household->row, "moves", 0)) +
           largest * (n * weight(o, "km", 1) + points_per_km) + wishes;
}

int64_t oracle_points_unplaced(const oracle *o) {
    const cJSON *given = oracle_member(o->weights, "unplaced");
    int64_t largest = largest_km(o), sum = 1;

    if (cJSON_IsNumber(given)) return (int64_t)given->valuedouble;
    for (int h = 0; h < o->household_count; h++)
        if (o->households[h].needs_bed) sum += household_most(o, &o->households[h], largest);
    return sum + sum_member(oracle_member(o->document, "sites"), "keep_open") +
           o->persons * sum_member(oracle_member(o->document, "quotas"), "points");
}
