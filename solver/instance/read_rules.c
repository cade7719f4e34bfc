/* `rules` and `weights`: every member has a default. */
#include "instance/read.h"

#include <stdlib.h>
#include <string.h>

/* ---- Rules ---------------------------------------------------------------------------------- */

static bool read_service_by_age(reader *r, const json_node *node, service_by_age *out) {
    enum { SERVICE, FROM, TO };
    static const read_field fields[] = {
        [SERVICE] = {"service", read_service, offsetof(service_by_age, service), true, 0, 0},
        [FROM] = {"from", read_int, offsetof(service_by_age, from), false, 0, MOST_AGE},
        [TO] = {"to", read_int, offsetof(service_by_age, to), false, 0, MOST_AGE},
    };
    *out = (service_by_age){.from = 0, .to = MOST_AGE};
    members m = read_object(r, node, fields, N_FIELDS(fields), out);
    if (!m.sound) return false;
    if (out->from <= out->to) return true;
    json_problem(r->document, node, "'from' %d is above 'to' %d", out->from, out->to);
    return false;
}

static bool read_services_by_age(reader *r, const json_node *value, const read_field *f,
                                 void *target) {
    (void)f;
    rules *out = target;
    int n;
    service_by_age *list = read_take_list(r, value, sizeof *list, &n);
    if (list == NULL) return false;
    bool good = true;
    int i = 0;
    for (const json_node *c = json_first(value); c != NULL; c = json_next(c))
        good &= read_service_by_age(r, c, &list[i++]);
    if (!good) return false;
    out->n_services_by_age = n;
    out->services_by_age = list;
    return true;
}

static bool read_school_age(reader *r, const json_node *value, const read_field *f, void *target) {
    (void)f;
    rules *out = target;
    const read_field age = {.min = 0, .max = MOST_AGE};
    if (json_type_of(value) != JSON_ARRAY)
        return read_not_allowed(r, value, "an array of two ages, such as [4, 17]");
    if (json_count(value) != 2) {
        json_problem(r->document, value, "%d ages: two are needed, the first and the last",
                     (int)json_count(value));
        return false;
    }
    const json_node *from = json_first(value);
    bool good = read_int(r, from, &age, &out->school_from);
    good &= read_int(r, json_next(from), &age, &out->school_to);
    if (!good) return false;
    if (out->school_from <= out->school_to) return true;
    json_problem(r->document, value, "the first age, %d, is above the second, %d", out->school_from,
                 out->school_to);
    return false;
}

static int compare_weeks(const void *a, const void *b) {
    week x = *(const week *)a;
    week y = *(const week *)b;
    return (x > y) - (x < y);
}

static bool read_holidays(reader *r, const json_node *value, const read_field *f, void *target) {
    rules *out = target;
    int n;
    week *list = read_take_list(r, value, sizeof *list, &n);
    if (list == NULL) return false;
    bool good = true;
    int i = 0;
    for (const json_node *c = json_first(value); c != NULL; c = json_next(c))
        good &= read_week(r, c, f, &list[i++]);
    if (!good) return false;
    qsort(list, (size_t)n, sizeof *list, compare_weeks);
    out->n_school_holidays = n;
    out->school_holidays = list;
    return true;
}

void read_rules(reader *r, const json_node *node) {
    static const read_field fields[] = {
        {"services_by_age", read_services_by_age, 0, false, 0, 0},
        {"usable_percent", read_int, offsetof(rules, usable_percent), false, 1, 100},
        {"school_age", read_school_age, 0, false, 0, 0},
        {"school_holidays", read_holidays, 0, false, 0, 0},
        {"min_stay", read_integer, offsetof(rules, min_stay), false, 0, MOST_DISTANCE},
        {"max_moves", read_integer, offsetof(rules, max_moves), false, 0, MOST_DISTANCE},
        {"residents_may_stay", read_bool, offsetof(rules, residents_may_stay), false, 0, 0},
    };
    r->in->rules = (rules){.usable_percent = 100,
                           .school_from = 4,
                           .school_to = 17,
                           .max_moves = NONE,
                           .residents_may_stay = true};
    if (node == NULL) return;
    r->rules_sound &= read_object(r, node, fields, N_FIELDS(fields), &r->in->rules).sound;
}

/* ---- Weights -------------------------------------------------------------------------------- */

static bool read_unplaced(reader *r, const json_node *value, const read_field *f, void *target) {
    if (json_type_of(value) == JSON_NUMBER) return read_integer(r, value, f, target);
    const char *text = json_type_of(value) == JSON_STRING ? json_text(value) : "";
    if (strcmp(text, "first") != 0)
        return read_not_allowed(r, value, "'first' or an integer from 0 to 1000000000000");
    *(int64_t *)target = NONE;
    return true;
}

void read_weights(reader *r, const json_node *node) {
#define WEIGHT(name, read)                                                                         \
    { #name, read, offsetof(weights, name), false, 0, MOST_POINTS }
    static const read_field fields[] = {
        WEIGHT(temporary, read_integer), WEIGHT(temporary_child, read_integer),
        WEIGHT(move, read_integer),      WEIGHT(school_move, read_integer),
        WEIGHT(km, read_integer),        WEIGHT(misfit, read_integer),
        WEIGHT(overstay, read_integer),  WEIGHT(unplaced, read_unplaced),
    };
#undef WEIGHT
    r->in->weights = (weights){.temporary = 40,
                               .temporary_child = 20,
                               .move = 20,
                               .school_move = 60,
                               .km = 1,
                               .misfit = 200,
                               .overstay = 30,
                               .unplaced = NONE};
    if (node == NULL) return;
    for (size_t i = 0; i < N_FIELDS(fields); i++)
        if (json_member(node, fields[i].name) != NULL) r->in->weights.stated |= 1u << i;
    r->rules_sound &= read_object(r, node, fields, N_FIELDS(fields), &r->in->weights).sound;
}
