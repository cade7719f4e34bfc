#include "oracle.h"

#include "oracle_json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const oracle_part_name[ORACLE_PART_COUNT] = {
#define X(name, text) text,
    ORACLE_PARTS(X)
#undef X
};

const char *const oracle_reason_name[ORACLE_REASON_COUNT] = {
#define X(name, text) text,
    ORACLE_REASONS(X)
#undef X
};

/* ---- Judging an assignment --------------------------------------------------------------- */

/* The first rule broken is the one that is told. */
static void broken(oracle_result *result, const char *rule, const char *who, const char *where) {
    if (result->feasible)
        snprintf(result->why, sizeof(result->why), "%s: '%s' at '%s'", rule, who, where);
    result->feasible = false;
}

static void judge_household(const oracle *o, int h, int j, oracle_result *result) {
    const oracle_household *household = &o->households[h];

    if (j < 0) return;
    if (!household->needs_bed) broken(result, "no bed needed", household->id, o->sites[j].id);
    for (int r = 0; r < ORACLE_REASON_COUNT; r++)
        if ((household->excluded[j] & 1U << r) != 0)
            broken(result, oracle_reason_name[r], household->id, o->sites[j].id);
}

static void judge_pairs(const oracle *o, const int *site_of, oracle_result *result) {
    int count = o->household_count;

    for (int a = 0; a < count; a++) {
        for (int b = a + 1; b < count; b++) {
            const oracle_household *one = &o->households[a], *two = &o->households[b];
            bool both = one->needs_bed && two->needs_bed;

            if (both && one->group == two->group && site_of[a] != site_of[b])
                broken(result, "together", one->id, two->id);
            if (o->apart[a * count + b] && site_of[a] >= 0 && site_of[a] == site_of[b])
                broken(result, "apart", one->id, two->id);
        }
    }
}

static void judge_room(const oracle *o, const int *site_of, int j, oracle_result *result) {
    int64_t persons = 0;

    for (int h = 0; h < o->household_count; h++)
        if (site_of[h] == j) persons += o->households[h].persons;
    if (persons > o->sites[j].usable) broken(result, "full", "beds", o->sites[j].id);
    if (persons > 0) result->parts[ORACLE_KEEP_OPEN] += o->sites[j].keep_open;
    for (int s = 0; s < o->service_count; s++) {
        int64_t places = o->capacity[j * o->service_count + s], taken = 0;

        for (int h = 0; h < o->household_count; h++)
            if (site_of[h] == j) taken += o->households[h].needing[s];
        if (places != ORACLE_NONE && taken > places)
            broken(result, "full", o->services[s], o->sites[j].id);
    }
}

static void judge_quotas(const oracle *o, const int *site_of, oracle_result *result) {
    for (int q = 0; q < o->quota_count; q++) {
        int64_t outside = oracle_quota_outside(o, q, oracle_quota_persons(o, q, site_of));

        if (outside > 0 && o->quotas[q].points == 0)
            broken(result, "quota", o->quotas[q].id, "its sites");
        result->parts[ORACLE_QUOTAS] += outside * o->quotas[q].points;
    }
}

static int64_t unplaced_cost(const oracle *o, const oracle_household *household) {
    return household->persons * household->priority * o->unplaced_points;
}

static void count_household(const oracle *o, int h, int j, oracle_result *result) {
    const oracle_household *household = &o->households[h];

    if (!household->needs_bed) return;
    if (j < 0) {
        result->unplaced += household->persons;
        result->parts[ORACLE_UNPLACED] += unplaced_cost(o, household);
        result->parts[ORACLE_KEEP] += household->keep;
        return;
    }
    for (int p = 0; p < ORACLE_PART_COUNT; p++)
        result->parts[p] += household->parts[j * ORACLE_PART_COUNT + p];
    result->placed += household->persons;
    if (o->sites[j].durable >= 50)
        result->durable += household->persons;
    else
        result->temporary += household->persons;
    if (household->site >= 0 && household->site != j) {
        result->moves++;
        result->persons_moved += household->persons;
        result->children_moved += household->children;
    }
}

void oracle_evaluate(const oracle *o, const int *site_of, oracle_result *result) {
    memset(result, 0, sizeof(*result));
    result->feasible = true;
    for (int h = 0; h < o->household_count; h++) {
        judge_household(o, h, site_of[h], result);
        count_household(o, h, site_of[h], result);
    }
    judge_pairs(o, site_of, result);
    for (int j = 0; j < o->site_count; j++) judge_room(o, site_of, j, result);
    judge_quotas(o, site_of, result);
    for (int p = 0; p < ORACLE_PART_COUNT; p++) result->cost += result->parts[p];
}

void oracle_keep(oracle *o, const int *site_of, int64_t points) {
    const cJSON *unplaced = cJSON_GetObjectItemCaseSensitive(o->weights, "unplaced");
    bool first = !cJSON_IsNumber(unplaced);

    for (int h = 0; h < o->household_count; h++) {
        oracle_household *household = &o->households[h];

        if (site_of[h] < 0 || !household->needs_bed) continue;
        household->keep = household->persons * points;
        if (first) o->unplaced_points += household->keep;
        for (int j = 0; j < o->site_count; j++)
            household->parts[j * ORACLE_PART_COUNT + ORACLE_KEEP] =
                j == site_of[h] ? 0 : household->keep;
    }
}

bool oracle_stays(const oracle *o, const cJSON *plan, int *site_of, char why[200]) {
    const cJSON *stays = cJSON_GetObjectItemCaseSensitive(plan, "stays"), *stay;

    for (int h = 0; h < o->household_count; h++) site_of[h] = -1;
    why[0] = '\0';
    if (!cJSON_IsArray(stays)) snprintf(why, 200, "no stays");
    cJSON_ArrayForEach(stay, stays) {
        const cJSON *household = cJSON_GetObjectItemCaseSensitive(stay, "household");
        const cJSON *site = cJSON_GetObjectItemCaseSensitive(stay, "site");
        int h = cJSON_IsString(household) ? oracle_find_household(o, household->valuestring) : -1;
        int j = cJSON_IsString(site) ? oracle_find_site(o, site->valuestring) : -1;

        if (h < 0 || j < 0)
            snprintf(why, 200, "a stay of nobody, or nowhere");
        else if (site_of[h] >= 0)
            snprintf(why, 200, "two stays of '%s'", o->households[h].id);
        else
            site_of[h] = j;
    }
    return why[0] == '\0';
}

/* ---- Trying every assignment ------------------------------------------------------------- */

/* Households that must be together, as far as they need a bed: one choice of the search. */
typedef struct {
    int *members;
    int count;
    int64_t persons;
    int64_t unplaced; /* cost of leaving them unplaced */
    int64_t *cost;    /* per site: their own cost there */
    int *sites;       /* where each of them may be, cheapest first */
    int site_count;
    int64_t rest; /* the least that they and all later units cost by themselves */
} unit;

typedef struct {
    const oracle *o;
    unit *units;
    int unit_count;
    int *site_of;
    int64_t *beds;    /* per site: left */
    int64_t *places;  /* per site and service: left; ORACLE_NONE if unlimited */
    int64_t *counted; /* per quota: persons so far */
    int *best_site_of;
    int64_t best;
} search;

/* Puts a site into the unit's list, keeping the cheapest first. */
static void offer_site(const oracle *o, unit *u, int j) {
    int at = u->site_count;

    u->cost[j] = 0;
    for (int m = 0; m < u->count; m++) {
        const oracle_household *household = &o->households[u->members[m]];

        if (household->excluded[j] != 0) return;
        for (int p = 0; p < ORACLE_PART_COUNT; p++)
            u->cost[j] += household->parts[j * ORACLE_PART_COUNT + p];
    }
    for (; at > 0 && u->cost[u->sites[at - 1]] > u->cost[j]; at--) u->sites[at] = u->sites[at - 1];
    u->sites[at] = j;
    u->site_count++;
}

static void make_unit(const oracle *o, unit *u, int group) {
    u->members = oracle_room((size_t)o->household_count, sizeof(*u->members));
    u->cost = oracle_room((size_t)o->site_count, sizeof(*u->cost));
    u->sites = oracle_room((size_t)o->site_count, sizeof(*u->sites));
    for (int h = 0; h < o->household_count; h++) {
        if (o->households[h].group != group || !o->households[h].needs_bed) continue;
        u->members[u->count++] = h;
        u->persons += o->households[h].persons;
        u->unplaced += unplaced_cost(o, &o->households[h]) + o->households[h].keep;
    }
    for (int j = 0; j < o->site_count; j++) offer_site(o, u, j);
}

static void free_unit(unit *u) {
    free(u->members);
    free(u->cost);
    free(u->sites);
}

static int larger_first(const void *a, const void *b) {
    const unit *one = a, *two = b;

    if (one->persons != two->persons) return one->persons > two->persons ? -1 : 1;
    return one->members[0] - two->members[0];
}

/* One unit for each group of which somebody needs a bed; large ones first, as they fill sites. */
static void make_units(search *s) {
    int64_t rest = 0;

    s->units = oracle_room((size_t)s->o->household_count, sizeof(*s->units));
    for (int g = 0; g < s->o->household_count; g++) {
        unit *u = &s->units[s->unit_count];

        make_unit(s->o, u, g);
        if (u->count > 0) {
            s->unit_count++;
        } else {
            free_unit(u);
            memset(u, 0, sizeof(*u));
        }
    }
    qsort(s->units, (size_t)s->unit_count, sizeof(*s->units), larger_first);
    for (int i = s->unit_count - 1; i >= 0; i--) {
        unit *u = &s->units[i];
        int64_t least = u->unplaced;

        if (u->site_count > 0 && u->cost[u->sites[0]] < least) least = u->cost[u->sites[0]];
        rest += least;
        u->rest = rest;
    }
}

/* Adds the unit to the site, or takes it off again (sign -1). */
static void put(search *s, const unit *u, int j, int sign) {
    const oracle *o = s->o;

    s->beds[j] -= sign * u->persons;
    for (int m = 0; m < u->count; m++) {
        const oracle_household *household = &o->households[u->members[m]];

        s->site_of[u->members[m]] = sign > 0 ? j : -1;
        for (int v = 0; v < o->service_count; v++)
            if (o->capacity[j * o->service_count + v] != ORACLE_NONE)
                s->places[j * o->service_count + v] -= sign * household->needing[v];
        for (int q = 0; q < o->quota_count; q++)
            if (o->quotas[q].sites[j]) s->counted[q] += sign * household->counted[q];
    }
}

/* Whether the unit, just put at the site, is allowed there with those already placed. */
static bool fits(const search *s, const unit *u, int j) {
    const oracle *o = s->o;

    if (s->beds[j] < 0) return false;
    for (int v = 0; v < o->service_count; v++) {
        int at = j * o->service_count + v;

        if (o->capacity[at] != ORACLE_NONE && s->places[at] < 0) return false;
    }
    for (int q = 0; q < o->quota_count; q++) {
        const oracle_quota *quota = &o->quotas[q];

        if (quota->points == 0 && quota->max != ORACLE_NONE && s->counted[q] > quota->max)
            return false;
    }
    for (int m = 0; m < u->count; m++)
        for (int h = 0; h < o->household_count; h++)
            if (s->site_of[h] == j && o->apart[u->members[m] * o->household_count + h])
                return false;
    return true;
}

/* What the quotas cost at the least when more people may come: only too many counts, unless
 * everybody has been seen. */
static int64_t quota_cost(const search *s, bool everybody) {
    int64_t cost = 0;

    for (int q = 0; q < s->o->quota_count; q++) {
        const oracle_quota *quota = &s->o->quotas[q];
        bool too_many = quota->max != ORACLE_NONE && s->counted[q] > quota->max;

        if (everybody || too_many)
            cost += quota->points * oracle_quota_outside(s->o, q, s->counted[q]);
    }
    return cost;
}

static void try_all(search *s, int depth, int64_t cost) {
    const unit *u = &s->units[depth];
    bool last = depth == s->unit_count;
    int64_t least = cost + (last ? 0 : u->rest) + quota_cost(s, last);

    if (least >= s->best) return;
    if (last) {
        s->best = least;
        memcpy(s->best_site_of, s->site_of, sizeof(int) * (size_t)s->o->household_count);
        return;
    }
    for (int i = 0; i < u->site_count; i++) {
        int j = u->sites[i];
        bool opens = s->beds[j] == s->o->sites[j].usable;

        put(s, u, j, 1);
        if (fits(s, u, j))
            try_all(s, depth + 1, cost + u->cost[j] + (opens ? s->o->sites[j].keep_open : 0));
        put(s, u, j, -1);
    }
    try_all(s, depth + 1, cost + u->unplaced);
}

int64_t oracle_best(const oracle *o, int *site_of) {
    search s = {.o = o, .best_site_of = site_of, .best = INT64_MAX};
    size_t households = (size_t)o->household_count;
    size_t places = (size_t)o->site_count * (size_t)o->service_count;

    s.site_of = oracle_room(households, sizeof(*s.site_of));
    s.beds = oracle_room((size_t)o->site_count, sizeof(*s.beds));
    s.places = oracle_room(places, sizeof(*s.places));
    s.counted = oracle_room((size_t)o->quota_count, sizeof(*s.counted));
    for (size_t h = 0; h < households; h++) s.site_of[h] = -1;
    for (int j = 0; j < o->site_count; j++) s.beds[j] = o->sites[j].usable;
    memcpy(s.places, o->capacity, places * sizeof(*s.places));
    make_units(&s);
    try_all(&s, 0, 0);
    for (int i = 0; i < s.unit_count; i++) free_unit(&s.units[i]);
    free(s.units);
    free(s.site_of);
    free(s.beds);
    free(s.places);
    free(s.counted);
    return s.best;
}
