#include "renaming.h"

#include <assert.h>
#include <cJSON.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a name names; locations (sites and places) share one space of ids, and so do households and
 * those who live alone. */
enum { LOCATION = 'l', HOUSEHOLD = 'h', PERSON = 'p', QUOTA = 'q', TAG = 't', SERVICE = 's' };
enum { KIND = 'k', PROVINCE = 'r', MUNICIPALITY = 'm', NAME = 'n' };

typedef struct {
    uint64_t seed;
} renaming;

/* SplitMix64's mixing. */
static uint64_t mixed(uint64_t z) {
    z += 0x9E3779B97F4A7C15U;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
}

/* The other name: its beginning is by chance, so that the order of names is another too. */
static const char *other_name(const renaming *r, int what, const char *name, char text[100]) {
    uint64_t hash = mixed(r->seed * 256 + (uint64_t)what);

    for (const char *c = name; *c != '\0'; c++) hash = mixed(hash ^ (unsigned char)*c);
    snprintf(text, 100, "%c%08llx", (char)('a' + hash % 26), (unsigned long long)(hash >> 32));
    return text;
}

static cJSON *get(const cJSON *object, const char *name) {
    return cJSON_GetObjectItemCaseSensitive(object, name);
}

static cJSON *renamed(const renaming *r, const cJSON *name, int what) {
    char text[100];
    return cJSON_CreateString(other_name(r, what, name->valuestring, text));
}

/* A string, or every one of a list. */
static void rename_member(const renaming *r, cJSON *object, const char *member, int what) {
    cJSON *item = get(object, member);

    if (cJSON_IsString(item))
        cJSON_ReplaceItemInObjectCaseSensitive(object, member, renamed(r, item, what));
    for (int i = 0; cJSON_IsArray(item) && i < cJSON_GetArraySize(item); i++)
        cJSON_ReplaceItemInArray(item, i, renamed(r, cJSON_GetArrayItem(item, i), what));
}

static void rename_keys(const renaming *r, cJSON *object, const char *member,
                        void (*name_key)(const renaming *r, const char *key, char text[100])) {
    cJSON *old = get(object, member), *now = cJSON_CreateObject(), *item;
    char text[100];

    if (old == NULL) {
        cJSON_Delete(now);
        return;
    }
    while ((item = cJSON_DetachItemFromArray(old, cJSON_GetArraySize(old) - 1)) != NULL) {
        name_key(r, item->string, text);
        cJSON_AddItemToObject(now, text, item);
    }
    cJSON_ReplaceItemInObjectCaseSensitive(object, member, now);
}

static void service_key(const renaming *r, const char *key, char text[100]) {
    if (strncmp(key, "x_", 2) == 0)
        strcpy(text, key);
    else
        other_name(r, SERVICE, key, text);
}

static void wish_key(const renaming *r, const char *key, char text[100]) {
    static const struct {
        const char *prefix;
        int what;
    } FORMS[] = {
        {"kind=", KIND}, {"province=", PROVINCE}, {"municipality=", MUNICIPALITY}, {"tag=", TAG}};
    char name[100];

    for (size_t i = 0; i < sizeof(FORMS) / sizeof(*FORMS); i++) {
        size_t length = strlen(FORMS[i].prefix);

        if (strncmp(key, FORMS[i].prefix, length) != 0) continue;
        snprintf(text, 100, "%s%.80s", FORMS[i].prefix,
                 other_name(r, FORMS[i].what, key + length, name));
        return;
    }
    if (strcmp(key, "durable") == 0)
        strcpy(text, key);
    else
        other_name(r, LOCATION, key, text);
}

/* ---- Every row ----------------------------------------------------------------------------- */

static void rename_near(const renaming *r, cJSON *row) {
    cJSON *limit;

    cJSON_ArrayForEach(limit, get(row, "near")) {
        rename_member(r, limit, "place", LOCATION);
    }
}

static void rename_site(const renaming *r, cJSON *row) {
    rename_member(r, row, "id", LOCATION);
    rename_member(r, row, "name", NAME);
    rename_member(r, row, "kind", KIND);
    rename_member(r, row, "province", PROVINCE);
    rename_member(r, row, "municipality", MUNICIPALITY);
    rename_member(r, row, "tags", TAG);
    rename_member(r, row, "admits", TAG);
    rename_member(r, row, "refuses", TAG);
    rename_keys(r, row, "services", service_key);
}

static void rename_person(const renaming *r, cJSON *row) {
    bool alone = get(row, "household") == NULL;

    rename_member(r, row, "id", alone ? HOUSEHOLD : PERSON);
    rename_member(r, row, "household", HOUSEHOLD);
    rename_member(r, row, "needs", SERVICE);
    rename_member(r, row, "tags", TAG);
    rename_near(r, row);
}

static void rename_household(const renaming *r, cJSON *row) {
    cJSON *ban;

    rename_member(r, row, "id", HOUSEHOLD);
    rename_member(r, row, "site", LOCATION);
    rename_member(r, row, "from", LOCATION);
    rename_near(r, row);
    if (get(row, "pin") != NULL) rename_member(r, get(row, "pin"), "site", LOCATION);
    cJSON_ArrayForEach(ban, get(row, "bans")) {
        rename_member(r, ban, "site", LOCATION);
    }
    rename_keys(r, row, "wishes", wish_key);
}

static void rename_travel(const renaming *r, cJSON *row) {
    rename_member(r, row, "from", LOCATION);
    rename_member(r, row, "to", LOCATION);
}

static void rename_group(const renaming *r, cJSON *row) {
    rename_member(r, row, "households", HOUSEHOLD);
}

static void rename_quota(const renaming *r, cJSON *row) {
    rename_member(r, row, "id", QUOTA);
    rename_member(r, row, "name", NAME);
    rename_member(r, row, "sites", LOCATION);
    rename_member(r, row, "kind", KIND);
    rename_member(r, row, "province", PROVINCE);
    rename_member(r, row, "municipality", MUNICIPALITY);
    rename_member(r, row, "site_tag", TAG);
    rename_member(r, row, "tag", TAG);
}

static void rename_by_age(const renaming *r, cJSON *row) {
    rename_member(r, row, "service", SERVICE);
}

/* ---- Order --------------------------------------------------------------------------------- */

static void shuffle(renaming *r, cJSON *array) {
    int n = cJSON_GetArraySize(array);

    for (int i = 0; i < n; i++) {
        r->seed = mixed(r->seed);
        cJSON_AddItemToArray(array,
                             cJSON_DetachItemFromArray(array, (int)(r->seed % (uint64_t)(n - i))));
    }
}

/* Lists whose order means something are not among these. */
static bool is_set(const char *member) {
    static const char *const SETS[] = {
        "sites",  "places",   "people",          "households", "travel",  "apart",
        "quotas", "tags",     "admits",          "refuses",    "needs",   "near",
        "bans",   "together", "services_by_age", "wishes",     "services"};

    for (size_t i = 0; i < sizeof(SETS) / sizeof(*SETS); i++)
        if (strcmp(member, SETS[i]) == 0) return true;
    return false;
}

static void shuffle_all(renaming *r, cJSON *item) {
    cJSON *child;

    if (item->string != NULL && is_set(item->string)) shuffle(r, item);
    cJSON_ArrayForEach(child, item) {
        shuffle_all(r, child);
    }
}

static void rename_rows(const renaming *r, cJSON *list,
                        void (*row)(const renaming *r, cJSON *row)) {
    cJSON *item;

    cJSON_ArrayForEach(item, list) {
        row(r, item);
    }
}

char *renamed_instance(const char *text, uint64_t seed) {
    renaming r = {seed};
    cJSON *document = cJSON_Parse(text);
    char *out;

    assert(document != NULL);
    rename_rows(&r, get(document, "sites"), rename_site);
    rename_rows(&r, get(document, "places"), rename_site);
    rename_rows(&r, get(document, "people"), rename_person);
    rename_rows(&r, get(document, "households"), rename_household);
    rename_rows(&r, get(document, "travel"), rename_travel);
    rename_rows(&r, get(document, "together"), rename_group);
    rename_rows(&r, get(document, "apart"), rename_group);
    rename_rows(&r, get(document, "quotas"), rename_quota);
    if (get(document, "rules") != NULL)
        rename_rows(&r, get(get(document, "rules"), "services_by_age"), rename_by_age);
    shuffle_all(&r, document);
    out = cJSON_Print(document);
    assert(out != NULL);
    cJSON_Delete(document);
    return out;
}
