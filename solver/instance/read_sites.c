/* Sites and places, which share one space of ids. */
#include "instance/read.h"

#include <stdlib.h>
#include <string.h>

/* ---- Members of a site ---------------------------------------------------------------------- */

static bool read_site_id(reader *r, const json_node *value, const read_field *f, void *target) {
    if (!read_id(r, value, f, target)) return false;
    if (strcmp(json_text(value), "durable") != 0) return true;
    json_problem(r->document, value, "'durable' is no id for a site: wishes use the word");
    return false;
}

static bool read_durable(reader *r, const json_node *value, const read_field *f, void *target) {
    if (json_type_of(value) == JSON_NUMBER) return read_int(r, value, f, target);
    if (json_type_of(value) != JSON_BOOL)
        return read_not_allowed(r, value, "true, false or an integer from 0 to 100");
    *(int *)target = json_bool(value) ? 100 : 0;
    return true;
}

static bool read_admits(reader *r, const json_node *value, const read_field *f, void *target) {
    if (!read_tags(r, value, f, target)) return false;
    if (((indices *)target)->n > 0) return true;
    json_problem(r->document, value, "no tags: at least one is needed, or no 'admits' at all");
    return false;
}

static bool read_offer(reader *r, const json_node *node, site_service *out) {
    const read_field places = {.min = 0, .max = MOST_PLACES};
    if (!read_check_text(r, node, json_key(node)) ||
        !read_use_name(r, &r->services, json_key(node), &out->service))
        return false;
    if (json_type_of(node) == JSON_BOOL && json_bool(node)) {
        out->unlimited = true;
        return true;
    }
    if (json_type_of(node) == JSON_NUMBER || json_type_of(node) == JSON_ARRAY)
        return read_steps(r, node, &places, &out->places);
    return read_not_allowed(r, node, "true, an integer from 0 to 1000000000 or an array of steps");
}

static bool read_services(reader *r, const json_node *value, const read_field *f, void *target) {
    (void)f;
    site *out = target;
    if (json_type_of(value) != JSON_OBJECT) return read_not_allowed(r, value, "an object");
    size_t n = json_count(value);
    site_service *list = read_take(r, n, sizeof *list);
    if (list == NULL) return false;
    bool good = true;
    int i = 0;
    for (const json_node *c = json_first(value); c != NULL; c = json_next(c))
        good &= read_offer(r, c, &list[i++]);
    if (!good) return false;
    out->services = list;
    out->n_services = (int)n;
    return true;
}

/* ---- Sites ---------------------------------------------------------------------------------- */

/* Both of lat and lon, or none; says whether there is nothing wrong. */
static bool check_position(reader *r, const json_node *node, bool lat, bool lon) {
    if (lat == lon) return true;
    json_problem(r->document, node, "'%s' is given without '%s'", lat ? "lat" : "lon",
                 lat ? "lon" : "lat");
    r->sound = false;
    return false;
}

enum { SITE_ID, SITE_LAT, SITE_LON };

static bool read_one_site(reader *r, const json_node *node, site *out) {
    static const read_field fields[] = {
        [SITE_ID] = {"id", read_site_id, offsetof(site, id), true, 0, 0},
        [SITE_LAT] = {"lat", read_degrees, offsetof(site, lat), false, -90, 90},
        [SITE_LON] = {"lon", read_degrees, offsetof(site, lon), false, -180, 180},
        {"name", read_text, offsetof(site, name), false, 0, 0},
        {"kind", read_id, offsetof(site, kind), false, 0, 0},
        {"municipality", read_text, offsetof(site, municipality), false, 0, 0},
        {"province", read_text, offsetof(site, province), false, 0, 0},
        {"tags", read_tags, offsetof(site, tags), false, 0, 0},
        {"beds", read_steps, offsetof(site, beds), true, 0, MOST_PLACES},
        {"usable_percent", read_int, offsetof(site, usable_percent), false, 1, 100},
        {"durable", read_durable, offsetof(site, durable), false, 0, 100},
        {"opens", read_week, offsetof(site, opens), false, 0, 0},
        {"closes", read_week, offsetof(site, closes), false, 0, 0},
        {"services", read_services, 0, false, 0, 0},
        {"admits", read_admits, offsetof(site, admits), false, 0, 0},
        {"admits_because", read_text, offsetof(site, admits_because), false, 0, 0},
        {"refuses", read_tags, offsetof(site, refuses), false, 0, 0},
        {"refuses_because", read_text, offsetof(site, refuses_because), false, 0, 0},
        {"keep_open", read_integer, offsetof(site, keep_open), false, 0, MOST_POINTS},
        {"max_weeks", read_integer, offsetof(site, max_weeks), false, 0, MOST_DISTANCE},
    };
    *out = (site){.usable_percent = r->in->rules.usable_percent,
                  .opens = WEEK_FIRST,
                  .closes = WEEK_LAST,
                  .max_weeks = NONE};
    members m = read_object(r, node, fields, N_FIELDS(fields), out);
    out->has_position = GOOD(m, SITE_LAT) && GOOD(m, SITE_LON);
    if (!GOOD(m, SITE_ID)) {
        out->id = "";
        r->locations_sound = false;
    }
    return check_position(r, node, GIVEN(m, SITE_LAT), GIVEN(m, SITE_LON)) && m.sound;
}

static void read_sites(reader *r, const json_node *node) {
    int n;
    site *list = read_take_list(r, node, sizeof *list, &n);
    bool *sound = read_take(r, (size_t)n, sizeof *sound);
    if (list == NULL || sound == NULL) return;
    int j = 0;
    for (const json_node *c = json_first(node); c != NULL; c = json_next(c), j++)
        sound[j] = read_one_site(r, c, &list[j]);
    r->in->sites = list;
    r->in->n_sites = n;
    r->site_sound = sound;
}

/* ---- Places --------------------------------------------------------------------------------- */

static void read_one_place(reader *r, const json_node *node, place *out) {
    static const read_field fields[] = {
        [SITE_ID] = {"id", read_id, offsetof(place, id), true, 0, 0},
        [SITE_LAT] = {"lat", read_degrees, offsetof(place, lat), false, -90, 90},
        [SITE_LON] = {"lon", read_degrees, offsetof(place, lon), false, -180, 180},
        {"name", read_text, offsetof(place, name), false, 0, 0},
    };
    members m = read_object(r, node, fields, N_FIELDS(fields), out);
    out->has_position = GOOD(m, SITE_LAT) && GOOD(m, SITE_LON);
    if (!GOOD(m, SITE_ID)) {
        out->id = "";
        r->locations_sound = false;
    }
    bool whole = check_position(r, node, GIVEN(m, SITE_LAT), GIVEN(m, SITE_LON)) && m.sound;
    if (!whole) r->travel_sound = false; /* distances to it cannot be judged */
}

static void read_places(reader *r, const json_node *node) {
    int n;
    place *list = read_take_list(r, node, sizeof *list, &n);
    if (list == NULL) return;
    int k = 0;
    for (const json_node *c = json_first(node); c != NULL; c = json_next(c))
        read_one_place(r, c, &list[k++]);
    r->in->places = list;
    r->in->n_places = n;
}

/* ---- Both ----------------------------------------------------------------------------------- */

static int add_locations(reader *r, const json_node *list, int location, name_row *rows, int n,
                         const json_node **nodes) {
    if (list == NULL) return n;
    for (const json_node *c = json_first(list); c != NULL; c = json_next(c), location++) {
        nodes[location] = c;
        const char *id = location_id(r->in, location);
        if (id[0] != '\0') rows[n++] = (name_row){.name = id, .number = location};
    }
    return n;
}

void read_locations(reader *r, const json_node *sites, const json_node *places) {
    if (sites != NULL) read_sites(r, sites);
    if (places != NULL) read_places(r, places);
    if (r->out_of_memory) return;

    size_t n = (size_t)n_locations(r->in);
    name_row *rows = read_take(r, n, sizeof *rows);
    const json_node **nodes = zero_alloc(n, sizeof *nodes);
    if (rows == NULL || nodes == NULL) {
        r->out_of_memory = true;
    } else {
        int known = add_locations(r, sites, 0, rows, 0, nodes);
        known = add_locations(r, places, r->in->n_sites, rows, known, nodes);
        r->locations = read_index_names(rows, known);
        read_report_doubles(r, &r->locations, nodes, "id");
    }
    free(nodes);
}
