#include "oracle_reasons.h"

#include "oracle_json.h"

#include <string.h>

/* One site is judged at a time. */
typedef struct {
    const oracle *o;
    const int *site_of;
    const oracle_household *household;
    int j, noted;
    oracle_reasons *out;
} search;

static void note(search *s, const char *code, const char *what, const char *because) {
    oracle_reasons *out = s->out;
    int k = 0;

    s->noted++;
    while (k < out->n && (strcmp(out->at[k].code, code) != 0 || strcmp(out->at[k].what, what) != 0))
        k++;
    if (k == out->n) {
        if (out->n == ORACLE_MOST_REASONS) oracle_fail("too many reasons for", s->household->id);
        out->at[out->n] = (oracle_reason){code, what, 0, because};
        out->last_site[out->n++] = -1;
    }
    if (strcmp(out->at[k].because, because) != 0) out->at[k].because = "";
    out->at[k].sites += out->last_site[k] != s->j;
    out->last_site[k] = s->j;
}

static const char *words(const cJSON *rule, const char *name) {
    return oracle_text_of(rule, name, "");
}

/* ---- Rules ------------------------------------------------------------------------------- */

static bool in_unit(const search *s, int h) {
    const oracle_household *other = &s->o->households[h];

    return other->needs_bed && other->group == s->household->group;
}

/* What the unit takes: persons (service and quota -1), who need a service, or whom a quota counts.
 */
static int64_t unit_takes(const search *s, int service, int quota) {
    int64_t sum = 0;

    for (int h = 0; h < s->o->household_count; h++) {
        const oracle_household *other = &s->o->households[h];

        if (in_unit(s, h))
            sum += service >= 0 ? other->needing[service]
                   : quota >= 0 ? other->counted[quota]
                                : other->persons;
    }
    return sum;
}

static int64_t places_of(const search *s, int service) {
    int64_t places = s->o->capacity[s->j * s->o->service_count + service];

    return places == ORACLE_NONE ? INT64_MAX : places;
}

/* Whether the household may lack at the site what residents may lack. */
static bool is_excused(const search *s) {
    return s->household->site == s->j &&
           !cJSON_IsFalse(oracle_member(s->o->rules, "residents_may_stay"));
}

static void judge_services(search *s) {
    const cJSON *listed = oracle_member(s->o->sites[s->j].row, "services");

    for (int k = 0; k < s->o->service_count; k++) {
        bool missing = oracle_member(listed, s->o->services[k]) == NULL;

        if (s->household->needing[k] == 0) continue;
        if (missing ? !is_excused(s) : unit_takes(s, k, -1) > places_of(s, k))
            note(s, "service", s->o->services[k], "");
    }
}

static void judge_near(search *s, const cJSON *limits) {
    const cJSON *limit;

    cJSON_ArrayForEach(limit, limits) {
        const char *id = oracle_text_of(limit, "place", "");
        int at = s->j * s->o->place_count + oracle_find_place(s->o, id);
        const cJSON *km = oracle_member(limit, "km"), *minutes = oracle_member(limit, "minutes");

        if (!oracle_holds(limit, s->o->week)) continue;
        if (km != NULL && s->o->km[at] > (int64_t)km->valuedouble)
            note(s, "near_km", id, words(limit, "because"));
        if (minutes != NULL &&
            (s->o->minutes[at] == ORACLE_NONE || s->o->minutes[at] > (int64_t)minutes->valuedouble))
            note(s, "near_minutes", id, words(limit, "because"));
    }
}

static void judge_travel(search *s) {
    const cJSON *person;

    if (is_excused(s)) return;
    judge_near(s, oracle_member(s->household->row, "near"));
    cJSON_ArrayForEach(person, oracle_member(s->o->document, "people")) {
        if (strcmp(oracle_household_of(person), s->household->id) == 0)
            judge_near(s, oracle_member(person, "near"));
    }
}

static void judge_bans(search *s) {
    const cJSON *ban;

    cJSON_ArrayForEach(ban, oracle_member(s->household->row, "bans")) {
        if (oracle_holds(ban, s->o->week) &&
            strcmp(oracle_text_of(ban, "site", ""), s->o->sites[s->j].id) == 0)
            note(s, "ban", "", words(ban, "because"));
    }
}

/* Codes that name nothing, each of one rule at most. */
static void judge_plain(search *s) {
    const cJSON *site = s->o->sites[s->j].row, *row = s->household->row;
    unsigned excluded = s->household->excluded[s->j];
    const struct {
        int bit;
        const char *because;
    } plain[] = {{ORACLE_BIT_ADMITS, words(site, "admits_because")},
                 {ORACLE_BIT_REFUSES, words(site, "refuses_because")},
                 {ORACLE_BIT_MAX_KM, words(row, "max_km_because")},
                 {ORACLE_BIT_PIN, words(oracle_member(row, "pin"), "because")},
                 {ORACLE_BIT_NO_MOVE, words(row, "no_move_because")},
                 {ORACLE_BIT_MIN_STAY, ""},
                 {ORACLE_BIT_MAX_MOVES, ""}};

    for (size_t k = 0; k < sizeof(plain) / sizeof(plain[0]); k++)
        if ((excluded & 1U << plain[k].bit) != 0)
            note(s, oracle_reason_name[plain[k].bit], "", plain[k].because);
}

/* A hard quota over the site, with `others` counted beside the unit. */
static bool exceeds(const search *s, int q, int64_t others) {
    const oracle_quota *quota = &s->o->quotas[q];
    int64_t takes = unit_takes(s, -1, q);

    return quota->sites[s->j] && quota->points == 0 && quota->max != ORACLE_NONE && takes > 0 &&
           others + takes > quota->max;
}

static const char *words_of_quota(const oracle *o, int q) {
    return words(cJSON_GetArrayItem(oracle_member(o->document, "quotas"), q), "because");
}

static void judge_rules(search *s) {
    if (!s->o->sites[s->j].open) {
        note(s, "closed", "", "");
        return;
    }
    if (unit_takes(s, -1, -1) > s->o->sites[s->j].usable) note(s, "beds", "", "");
    judge_services(s);
    judge_travel(s);
    judge_bans(s);
    judge_plain(s);
    for (int q = 0; q < s->o->quota_count; q++)
        if (exceeds(s, q, 0)) note(s, "quota", s->o->quotas[q].id, words_of_quota(s->o, q));
}

/* ---- The others -------------------------------------------------------------------------- */

/* The first words among the groups that make up the unit. */
static const char *words_of_unit(const search *s) {
    const cJSON *group, *id;

    cJSON_ArrayForEach(group, oracle_member(s->o->document, "together")) {
        cJSON_ArrayForEach(id, oracle_member(group, "households")) {
            int h = oracle_find_household(s->o, id->valuestring);

            if (s->o->households[h].group == s->household->group &&
                oracle_member(group, "because") != NULL)
                return words(group, "because");
        }
    }
    return "";
}

static void judge_together(search *s) {
    bool excluded = false;

    for (int h = 0; h < s->o->household_count; h++)
        if (in_unit(s, h) && s->o->households[h].excluded[s->j] != 0) excluded = true;
    for (int k = 0; k < s->o->service_count; k++)
        if (unit_takes(s, k, -1) > places_of(s, k)) excluded = true;
    if (excluded) note(s, "together", "", words_of_unit(s));
}

static void judge_room(search *s) {
    const oracle *o = s->o;
    int64_t persons = 0;

    for (int h = 0; h < o->household_count; h++)
        if (s->site_of[h] == s->j) persons += o->households[h].persons;
    if (persons + unit_takes(s, -1, -1) > o->sites[s->j].usable) note(s, "full", "beds", "");
    for (int k = 0; k < o->service_count; k++) {
        int64_t taken = 0, takes = unit_takes(s, k, -1);

        for (int h = 0; h < o->household_count; h++)
            if (s->site_of[h] == s->j) taken += o->households[h].needing[k];
        if (takes > 0 && taken > places_of(s, k) - takes) note(s, "full", o->services[k], "");
    }
    for (int q = 0; q < o->quota_count; q++)
        if (exceeds(s, q, oracle_quota_persons(o, q, s->site_of)))
            note(s, "full", o->quotas[q].id, words_of_quota(o, q));
}

static void judge_apart(search *s) {
    const cJSON *group, *id;

    cJSON_ArrayForEach(group, oracle_member(s->o->document, "apart")) {
        bool ours = false, there = false;

        if (!oracle_holds(group, s->o->week)) continue;
        cJSON_ArrayForEach(id, oracle_member(group, "households")) {
            int h = oracle_find_household(s->o, id->valuestring);

            ours = ours || in_unit(s, h);
            there = there || s->site_of[h] == s->j;
        }
        if (ours && there) note(s, "full", "apart", words(group, "because"));
    }
}

void oracle_find_reasons(const oracle *o, const int *site_of, int household, oracle_reasons *out) {
    search s = {o, site_of, &o->households[household], 0, 0, out};

    out->n = 0;
    for (s.j = 0; s.j < o->site_count; s.j++) {
        s.noted = 0;
        judge_rules(&s);
        if (s.noted == 0) judge_together(&s);
        if (s.noted == 0) {
            judge_room(&s);
            judge_apart(&s);
        }
        if (s.noted == 0) note(&s, "cost", "", "");
    }
}

/* ---- The member of a plan ---------------------------------------------------------------- */

static cJSON *reasons_of(const oracle *o, const int *site_of, int h) {
    oracle_reasons found;
    cJSON *list = cJSON_CreateArray();

    oracle_find_reasons(o, site_of, h, &found);
    for (int k = 0; k < found.n; k++) {
        const oracle_reason *reason = &found.at[k];
        cJSON *row = cJSON_CreateObject();

        cJSON_AddStringToObject(row, "code", reason->code);
        if (reason->what[0] != '\0') cJSON_AddStringToObject(row, "what", reason->what);
        cJSON_AddNumberToObject(row, "sites", reason->sites);
        if (reason->because[0] != '\0') cJSON_AddStringToObject(row, "because", reason->because);
        cJSON_AddItemToArray(list, row);
    }
    return list;
}

int oracle_by_id(const oracle *o, int rank) {
    for (int h = 0; h < o->household_count; h++) {
        int before = 0;

        for (int k = 0; k < o->household_count; k++)
            before += strcmp(o->households[k].id, o->households[h].id) < 0;
        if (before == rank) return h;
    }
    oracle_fail("ids are not all different beside", o->households[rank].id);
    return -1;
}

cJSON *oracle_unplaced(const oracle *o, const int *site_of) {
    cJSON *list = cJSON_CreateArray();

    for (int k = 0; k < o->household_count; k++) {
        int h = oracle_by_id(o, k);
        cJSON *row;

        if (site_of[h] >= 0 || !o->households[h].needs_bed) continue;
        row = cJSON_CreateObject();
        cJSON_AddStringToObject(row, "household", o->households[h].id);
        cJSON_AddStringToObject(row, "from", oracle_text_of(o->document, "week", ""));
        cJSON_AddNumberToObject(row, "weeks", 1);
        cJSON_AddItemToObject(row, "reasons", reasons_of(o, site_of, h));
        cJSON_AddItemToArray(list, row);
    }
    return list;
}

/* ---- What a bed costs -------------------------------------------------------------------- */

static const char *text_at(const cJSON *list, int index) {
    const cJSON *item = cJSON_GetArrayItem(list, index);

    return cJSON_IsString(item) ? item->valuestring : "";
}

static bool obeyed(const oracle *o, const cJSON *decision, const int *site_of) {
    const char *kind = text_at(decision, 0);
    int64_t persons = 0, unplaced = 0, most;

    if (strcmp(kind, "at") == 0) {
        int h = oracle_find_household(o, text_at(decision, 1));
        bool there = site_of[h] == oracle_find_site(o, text_at(decision, 2));

        return there == (cJSON_IsTrue(cJSON_GetArrayItem(decision, 4)) != 0);
    }
    for (int h = 0; h < o->household_count; h++) {
        const oracle_household *household = &o->households[h];

        if (site_of[h] < 0 && household->needs_bed)
            unplaced += household->persons * household->priority;
        if (strcmp(kind, "open") == 0 && site_of[h] == oracle_find_site(o, text_at(decision, 1)))
            persons += household->persons;
    }
    if (strcmp(kind, "open") == 0)
        return (persons > 0) == (cJSON_IsTrue(cJSON_GetArrayItem(decision, 3)) != 0);
    most = (int64_t)cJSON_GetArrayItem(decision, 2)->valuedouble;
    return strcmp(text_at(decision, 1), "<=") == 0 ? unplaced <= most : unplaced >= most;
}

static double price_in(const cJSON *prices, const char *site) {
    const cJSON *pair;

    cJSON_ArrayForEach(pair, prices) {
        const cJSON *row = cJSON_GetArrayItem(pair, 0);
        const char *kind = text_at(row, 0);

        if ((strcmp(kind, "beds") == 0 || strcmp(kind, "open") == 0) &&
            strcmp(text_at(row, 1), site) == 0)
            return cJSON_GetArrayItem(pair, 1)->valuedouble;
    }
    return 0;
}

int64_t oracle_bed_price(const oracle *o, const cJSON *proof, const int *site_of, int site) {
    int64_t scale = oracle_integer_of(proof, "scale", 1), price = 0;
    const cJSON *one, *decision;
    int cases = 0;

    cJSON_ArrayForEach(one, oracle_member(proof, "cases")) {
        bool ours = true;

        cJSON_ArrayForEach(decision, oracle_member(one, "given")) {
            ours = ours && obeyed(o, decision, site_of);
        }
        if (!ours) continue;
        price = (int64_t)price_in(oracle_member(one, "prices"), o->sites[site].id);
        cases++;
    }
    if (cases != 1) oracle_fail("not in one case is the plan of", o->sites[site].id);
    return (2 * price + scale) / (2 * scale);
}
