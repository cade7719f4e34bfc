/* Values that name something else: tags, services, sites, places, households. */
#include "instance/read.h"

#include <stdlib.h>

/* ---- Tags and services ---------------------------------------------------------------------- */

static bool is_tag(reader *r, const json_node *value) {
    if (json_type_of(value) != JSON_STRING) return read_not_allowed(r, value, "a string");
    return read_check_id(r, value, json_text(value));
}

static bool is_service(reader *r, const json_node *value) {
    if (json_type_of(value) != JSON_STRING) return read_not_allowed(r, value, "a string");
    return read_check_text(r, value, json_text(value));
}

bool read_tag(reader *r, const json_node *value, const read_field *f, void *target) {
    (void)f;
    return is_tag(r, value) && read_use_name(r, &r->tags, json_text(value), target);
}

bool read_service(reader *r, const json_node *value, const read_field *f, void *target) {
    (void)f;
    return is_service(r, value) && read_use_name(r, &r->services, json_text(value), target);
}

typedef bool (*name_check)(reader *r, const json_node *value);

static bool read_names(reader *r, const json_node *value, late_names *names, name_check check,
                       indices *out) {
    int n;
    int *list = read_take_list(r, value, sizeof *list, &n);
    if (list == NULL) return false;
    bool good = true;
    int i = 0;
    for (const json_node *c = json_first(value); c != NULL; c = json_next(c))
        if (!check(r, c) || !read_use_name(r, names, json_text(c), &list[i++])) good = false;
    if (good) *out = (indices){.n = n, .at = list};
    return good;
}

/* Reports what a list of strings says twice. */
static bool all_different(reader *r, const json_node *value, const char *what) {
    int n = (int)json_count(value);
    if (n < 2) return true;
    bool good = false;
    const json_node **nodes = zero_alloc((size_t)n, sizeof *nodes);
    name_row *rows = zero_alloc((size_t)n, sizeof *rows);
    if (nodes == NULL || rows == NULL) {
        r->out_of_memory = true;
    } else {
        int i = 0;
        for (const json_node *c = json_first(value); c != NULL; c = json_next(c), i++) {
            nodes[i] = c;
            rows[i] = (name_row){.name = json_text(c), .number = i};
        }
        name_index index = read_index_names(rows, n);
        good = !read_report_doubles(r, &index, nodes, what);
    }
    free(nodes);
    free(rows);
    return good;
}

bool read_tags(reader *r, const json_node *value, const read_field *f, void *target) {
    (void)f;
    return read_names(r, value, &r->tags, is_tag, target);
}

bool read_unique_tags(reader *r, const json_node *value, const read_field *f, void *target) {
    return read_tags(r, value, f, target) && all_different(r, value, "tag");
}

bool read_unique_services(reader *r, const json_node *value, const read_field *f, void *target) {
    (void)f;
    return read_names(r, value, &r->services, is_service, target) &&
           all_different(r, value, "service");
}

/* ---- Sites, places, households -------------------------------------------------------------- */

/* Finds a location; NONE with a problem, unless unsound ids elsewhere explain it. */
static int find_location(reader *r, const json_node *node, const char *id, const char *what) {
    int location = read_find_name(&r->locations, id);
    if (location == NONE && r->locations_sound)
        read_report_dangling(r, node, &r->locations, what, id);
    return location;
}

int read_find_site(reader *r, const json_node *node, const char *id) {
    int location = find_location(r, node, id, "site");
    if (location < r->in->n_sites) return location;
    json_problem(r->document, node, "'%s' is a place, not a site", id);
    return NONE;
}

static int find_place(reader *r, const json_node *node, const char *id) {
    int location = find_location(r, node, id, "place");
    if (location == NONE || location >= r->in->n_sites) return location;
    json_problem(r->document, node, "'%s' is a site, not a place", id);
    return NONE;
}

static int find_any(reader *r, const json_node *node, const char *id) {
    return find_location(r, node, id, "site or place");
}

static int find_household(reader *r, const json_node *node, const char *id) {
    int household = read_find_name(&r->households, id);
    if (household == NONE && r->people_sound)
        read_report_dangling(r, node, &r->households, "household", id);
    return household;
}

typedef int (*finder)(reader *r, const json_node *node, const char *id);

static bool read_reference(reader *r, const json_node *value, finder find, int *out) {
    if (json_type_of(value) != JSON_STRING) return read_not_allowed(r, value, "a string");
    int found = find(r, value, json_text(value));
    if (found == NONE) return false;
    *out = found;
    return true;
}

bool read_location(reader *r, const json_node *value, const read_field *f, void *target) {
    (void)f;
    return read_reference(r, value, find_any, target);
}

bool read_site(reader *r, const json_node *value, const read_field *f, void *target) {
    (void)f;
    return read_reference(r, value, read_find_site, target);
}

bool read_place(reader *r, const json_node *value, const read_field *f, void *target) {
    (void)f;
    return read_reference(r, value, find_place, target);
}

bool read_household(reader *r, const json_node *value, const read_field *f, void *target) {
    (void)f;
    return read_reference(r, value, find_household, target);
}
