#include "random_making.h"

#include <stdio.h>

const char *const random_services[4] = {"school", "medical", "wheelchair", "quiet room"};
const char *const random_person_tags[4] = {"family", "women", "amv", "night"};
const char *const random_site_tags[3] = {"north", "contract", "coast"};
const char *const random_kinds[3] = {"azc", "emergency", "ship"};
const char *const random_provinces[2] = {"Drenthe", "Fryslân"};
const char *const random_towns[3] = {"Assen", "Leeuwarden", "Emmen"};

/* ---- Chance ------------------------------------------------------------------------------ */

/* SplitMix64. */
static uint64_t next(making *m) {
    uint64_t z = (m->state += 0x9E3779B97F4A7C15U);

    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
}

int random_between(making *m, int low, int high) {
    return low + (int)(next(m) % (uint64_t)(high - low + 1));
}

bool random_chance(making *m, int percent) {
    return random_between(m, 0, 99) < percent;
}

bool random_strict(making *m, int percent) {
    return random_chance(m, percent * m->strictness / 100);
}

/* ---- Weeks ------------------------------------------------------------------------------- */

static int weeks_in(int year) {
    static const int long_years[] = {2009, 2015, 2020, 2026, 2032, 2037};

    for (size_t i = 0; i < sizeof(long_years) / sizeof(*long_years); i++)
        if (long_years[i] == year) return 53;
    return 52;
}

const char *random_week_after(const making *m, int weeks, char text[16]) {
    int year = m->year, week = m->week;

    for (; weeks > 0; weeks--)
        if (++week > weeks_in(year)) week = 1, year++;
    for (; weeks < 0; weeks++)
        if (--week < 1) week = weeks_in(--year);
    snprintf(text, 16, "%d-W%02d", year, week);
    return text;
}

void random_add_week(making *m, cJSON *object, const char *name, int weeks) {
    char text[16];
    cJSON_AddStringToObject(object, name, random_week_after(m, weeks, text));
}

void random_add_window(making *m, cJSON *rule) {
    if (random_chance(m, 25)) random_add_week(m, rule, "from", random_between(m, -3, 1));
    if (random_chance(m, 25)) random_add_week(m, rule, "until", random_between(m, 0, 4));
}

cJSON *random_steps(making *m, int low, int high, bool nulls) {
    cJSON *list = cJSON_CreateArray();
    int at = random_between(m, -60, 1);

    for (int count = random_between(m, 1, 3); count > 0; count--) {
        cJSON *step = cJSON_CreateObject();

        random_add_week(m, step, "from", at);
        if (nulls && random_chance(m, 25))
            cJSON_AddNullToObject(step, "value");
        else
            cJSON_AddNumberToObject(step, "value", random_between(m, low, high));
        cJSON_AddItemToArray(list, step);
        at = at < -2 ? random_between(m, -2, 0) : at + random_between(m, 1, 3);
    }
    return list;
}

/* ---- Members that many rules have -------------------------------------------------------- */

void random_add_because(making *m, cJSON *object, const char *name) {
    if (random_chance(m, 25))
        cJSON_AddStringToObject(object, name, "agreed with the \"municipality\" é");
}

void random_add_note(making *m, cJSON *object) {
    if (random_chance(m, 3)) cJSON_AddNumberToObject(object, "x_row", random_between(m, 1, 999));
}

cJSON *random_some_of(making *m, const char *const *words, int count, int percent, bool some) {
    cJSON *list = cJSON_CreateArray();
    int sure = some ? random_between(m, 0, count - 1) : -1;

    for (int i = 0; i < count; i++)
        if (i == sure || random_chance(m, percent))
            cJSON_AddItemToArray(list, cJSON_CreateString(words[i]));
    return list;
}

const char *random_site_name(int j, char text[16]) {
    snprintf(text, 16, "site%d", j);
    return text;
}

const char *random_place_name(const making *m, int j, char text[16]) {
    if (j < m->site_count) return random_site_name(j, text);
    snprintf(text, 16, "place%d", j - m->site_count);
    return text;
}

const char *random_any_site(making *m, char text[16]) {
    return random_site_name(random_between(m, 0, m->site_count - 1), text);
}

cJSON *random_make_near(making *m, int sharp) {
    cJSON *list = cJSON_CreateArray();

    for (int count = random_between(m, 1, 2); count > 0; count--) {
        cJSON *limit = cJSON_CreateObject();
        char text[16];
        int place = random_between(m, 0, m->site_count + m->place_count - 1);
        bool measured = m->measuring != UNMEASURED, km = measured && random_chance(m, sharp);
        bool minutes = !measured || random_chance(m, sharp / 4);

        cJSON_AddStringToObject(limit, "place", random_place_name(m, place, text));
        if (km) cJSON_AddNumberToObject(limit, "km", random_between(m, 20, 110));
        if (minutes) cJSON_AddNumberToObject(limit, "minutes", random_between(m, 40, 120));
        if ((!km && !minutes) || (measured && random_chance(m, 40)))
            cJSON_AddNumberToObject(limit, "points_per_km", random_between(m, 0, 9));
        random_add_because(m, limit, "because");
        random_add_window(m, limit);
        random_add_note(m, limit);
        cJSON_AddItemToArray(list, limit);
    }
    return list;
}
