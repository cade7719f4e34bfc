#include "oracle_json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void oracle_fail(const char *what, const char *name) {
    fprintf(stderr, "oracle: %s '%s'\n", what, name);
    abort();
}

void *oracle_room(size_t count, size_t size) {
    void *p = calloc(count > 0 ? count : 1, size);

    if (p == NULL) oracle_fail("no memory for", "the oracle");
    return p;
}

/* ---- Weeks ------------------------------------------------------------------------------- */

/* Days from 1 March of the year 0 to a date, in the Gregorian calendar. */
static int64_t day_number(int64_t year, int64_t month, int64_t day) {
    if (month <= 2) {
        year -= 1;
        month += 12;
    }
    return 365 * year + year / 4 - year / 100 + year / 400 + (153 * (month - 3) + 2) / 5 + day - 1;
}

int64_t oracle_week(const char *text) {
    int year, week;
    int64_t days;

    if (sscanf(text, "%d-W%d", &year, &week) != 2) oracle_fail("not a week:", text);
    /* 4 January lies in week 1. 1 March of the year 0 was a Wednesday: two days more make
     * every week start on a multiple of 7. */
    days = day_number(year, 1, 4) + 2;
    return days / 7 + week - 1;
}

/* ---- Members ----------------------------------------------------------------------------- */

const cJSON *oracle_member(const cJSON *object, const char *name) {
    return cJSON_GetObjectItemCaseSensitive(object, name);
}

const char *oracle_text_of(const cJSON *object, const char *name, const char *otherwise) {
    const cJSON *item = oracle_member(object, name);
    return item != NULL ? item->valuestring : otherwise;
}

int64_t oracle_integer_of(const cJSON *object, const char *name, int64_t otherwise) {
    const cJSON *item = oracle_member(object, name);
    return item != NULL ? (int64_t)item->valuedouble : otherwise;
}

int64_t oracle_week_of(const cJSON *object, const char *name) {
    const cJSON *item = oracle_member(object, name);
    return item != NULL ? oracle_week(item->valuestring) : ORACLE_NO_WEEK;
}

/* An integer, or steps, in a week: `before` holds before the first step. Null is no limit. */
int64_t oracle_value_in(const cJSON *item, int64_t week, int64_t before) {
    int64_t value = before;
    const cJSON *step;

    if (!cJSON_IsArray(item)) return (int64_t)item->valuedouble;
    cJSON_ArrayForEach(step, item) {
        const cJSON *number = oracle_member(step, "value");

        if (oracle_week_of(step, "from") > week) break;
        value = cJSON_IsNull(number) ? ORACLE_NONE : (int64_t)number->valuedouble;
    }
    return value;
}

/* Whether first <= week < end, where a missing end leaves that side open. */
bool oracle_within(int64_t first, int64_t end, int64_t week) {
    return (first == ORACLE_NO_WEEK || first <= week) && (end == ORACLE_NO_WEEK || week < end);
}

bool oracle_holds(const cJSON *rule, int64_t week) {
    return oracle_within(oracle_week_of(rule, "from"), oracle_week_of(rule, "until"), week);
}

bool oracle_lists(const cJSON *strings, const char *text) {
    const cJSON *item;

    cJSON_ArrayForEach(item, strings) {
        if (strcmp(item->valuestring, text) == 0) return true;
    }
    return false;
}

const char *oracle_household_of(const cJSON *person) {
    return oracle_text_of(person, "household", oracle_text_of(person, "id", ""));
}

int oracle_find_place(const oracle *o, const char *id) {
    for (int p = 0; p < o->place_count; p++)
        if (strcmp(o->places[p], id) == 0) return p;
    oracle_fail("unknown place", id);
    return -1;
}
