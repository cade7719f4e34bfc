#include "random_making.h"

#include <stdio.h>

/* ---- People and households --------------------------------------------------------------- */

static void add_person(making *m, cJSON *people, int number, const char *household) {
    cJSON *person = cJSON_CreateObject();
    char text[16];

    snprintf(text, sizeof(text), "p%d", number);
    cJSON_AddStringToObject(person, "id", household != NULL ? text : m->households[number]);
    if (household != NULL) cJSON_AddStringToObject(person, "household", household);
    cJSON_AddNumberToObject(
        person, "age", random_chance(m, 45) ? random_between(m, 0, 19) : random_between(m, 18, 90));
    if (random_chance(m, 35))
        cJSON_AddItemToObject(person, "needs", RANDOM_SOME_OF(m, random_services, 25, true));
    if (random_chance(m, 60))
        cJSON_AddItemToObject(person, "tags", RANDOM_SOME_OF(m, random_person_tags, 40, false));
    if (random_strict(m, 15)) cJSON_AddItemToObject(person, "near", random_make_near(m, 40));
    random_add_note(m, person);
    cJSON_AddItemToArray(people, person);
}

/* Households of one to four; some who live alone have no name for it. */
void random_add_people(making *m) {
    cJSON *people = cJSON_AddArrayToObject(m->document, "people");
    int sizes[RANDOM_MAX_HOUSEHOLDS], largest = 0;

    for (int h = 0; h < m->household_count; h++) {
        bool alone = random_chance(m, 15);

        sizes[h] = alone ? 0 : random_between(m, 1, random_between(m, 2, 4));
        if (sizes[h] > largest) largest = sizes[h];
        snprintf(m->households[h], sizeof(m->households[h]), alone ? "lone%d" : "h%d", h);
        m->group[h] = h;
        m->persons += alone ? 1 : sizes[h];
        if (alone) add_person(m, people, h, NULL);
    }
    /* Members of a household do not stand together in the document. */
    for (int k = 0; k < largest; k++)
        for (int h = 0; h < m->household_count; h++)
            if (k < sizes[h]) add_person(m, people, 10 * h + k, m->households[h]);
}

static void add_living(making *m, cJSON *row) {
    char text[16];

    if (random_chance(m, 55)) {
        cJSON_AddStringToObject(row, "site", random_any_site(m, text));
        if (random_chance(m, 50)) random_add_week(m, row, "since", -random_between(m, 0, 60));
        if (random_strict(m, 25)) {
            random_add_week(m, row, "no_move_before", random_between(m, -1, 3));
            random_add_because(m, row, "no_move_because");
        }
        if (random_chance(m, 10)) random_add_week(m, row, "arrives", -random_between(m, 0, 5));
    } else {
        if (m->place_count > 0 && random_chance(m, 50))
            cJSON_AddStringToObject(
                row, "from",
                random_place_name(m, m->site_count + random_between(m, 0, m->place_count - 1),
                                  text));
        if (random_chance(m, 15)) random_add_week(m, row, "arrives", random_between(m, -2, 1));
    }
    if (random_chance(m, 15)) random_add_week(m, row, "leaves", random_between(m, 0, 4));
    if (m->measuring != UNMEASURED && random_strict(m, 25)) {
        cJSON_AddNumberToObject(row, "max_km", random_between(m, 20, 110));
        random_add_because(m, row, "max_km_because");
    }
    if (random_chance(m, 30)) cJSON_AddNumberToObject(row, "moves", random_between(m, 0, 4));
}

static cJSON *make_order(making *m) {
    cJSON *order = cJSON_CreateObject();
    char text[16];

    cJSON_AddStringToObject(order, "site", random_any_site(m, text));
    random_add_because(m, order, "because");
    random_add_window(m, order);
    random_add_note(m, order);
    return order;
}

static void add_orders(making *m, cJSON *row) {
    if (random_strict(m, 15)) cJSON_AddItemToObject(row, "pin", make_order(m));
    if (random_strict(m, 25)) {
        cJSON *bans = cJSON_AddArrayToObject(row, "bans");

        for (int count = random_between(m, 1, 2); count > 0; count--)
            cJSON_AddItemToArray(bans, make_order(m));
    }
}

static void wish_key(making *m, char key[32]) {
    char text[16];

    switch (random_between(m, 0, 5)) {
    case 0:
        snprintf(key, 32, "kind=%s", RANDOM_PICK(m, random_kinds));
        break;
    case 1:
        snprintf(key, 32, "province=%s", RANDOM_PICK(m, random_provinces));
        break;
    case 2:
        snprintf(key, 32, "municipality=%s", RANDOM_PICK(m, random_towns));
        break;
    case 3:
        snprintf(key, 32, "tag=%s", RANDOM_PICK(m, random_site_tags));
        break;
    case 4:
        snprintf(key, 32, "durable");
        break;
    default:
        snprintf(key, 32, "%s", random_any_site(m, text));
        break;
    }
}

static void add_wishes(making *m, cJSON *row) {
    cJSON *wishes;

    if (!random_chance(m, 45)) return;
    wishes = cJSON_AddObjectToObject(row, "wishes");
    for (int count = random_between(m, 0, 4); count > 0; count--) {
        char key[32];

        wish_key(m, key);
        if (cJSON_GetObjectItemCaseSensitive(wishes, key) == NULL)
            cJSON_AddNumberToObject(wishes, key, random_between(m, -80, 150));
    }
}

void random_add_households(making *m) {
    cJSON *rows = cJSON_AddArrayToObject(m->document, "households");

    for (int h = 0; h < m->household_count; h++) {
        cJSON *row;

        if (random_chance(m, 10)) continue;
        row = cJSON_CreateObject();
        cJSON_AddStringToObject(row, "id", m->households[h]);
        add_living(m, row);
        if (random_strict(m, 20)) cJSON_AddItemToObject(row, "near", random_make_near(m, 50));
        add_orders(m, row);
        add_wishes(m, row);
        if (random_chance(m, 25))
            cJSON_AddNumberToObject(row, "priority",
                                    random_chance(m, 10) ? 1000 : random_between(m, 1, 5));
        random_add_note(m, row);
        cJSON_AddItemToArray(rows, row);
    }
}

/* ---- Rules between households ------------------------------------------------------------ */

/* Two or three different households in a row of `households`, from h on. */
static cJSON *make_circle(making *m, int h, int count) {
    cJSON *rule = cJSON_CreateObject(), *ids = cJSON_AddArrayToObject(rule, "households");

    for (int k = 0; k < count; k++) {
        const char *id = m->households[(h + k) % m->household_count];
        cJSON_AddItemToArray(ids, cJSON_CreateString(id));
    }
    random_add_because(m, rule, "because");
    random_add_note(m, rule);
    return rule;
}

void random_add_together(making *m) {
    cJSON *list = cJSON_AddArrayToObject(m->document, "together");

    for (int count = random_between(m, 0, 2); count > 0; count--) {
        int h = random_between(m, 0, m->household_count - 1),
            drop = m->group[(h + 1) % m->household_count];

        for (int k = 0; k < m->household_count; k++)
            if (m->group[k] == drop) m->group[k] = m->group[h];
        cJSON_AddItemToArray(list, make_circle(m, h, 2));
    }
}

void random_add_apart(making *m) {
    cJSON *list = cJSON_AddArrayToObject(m->document, "apart");

    for (int tries = random_between(m, 0, 3); tries > 0; tries--) {
        int h = random_between(m, 0, m->household_count - 1),
            count = m->household_count > 2 ? 3 : 2;
        int a = m->group[h], b = m->group[(h + 1) % m->household_count];
        int c = m->group[(h + 2) % m->household_count];
        cJSON *rule;

        if (a == b) continue;
        if (a == c || b == c || random_chance(m, 60)) count = 2;
        rule = make_circle(m, h, count);
        random_add_window(m, rule);
        cJSON_AddItemToArray(list, rule);
    }
}
