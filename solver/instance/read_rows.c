/* The rows of `households`: facts about households, whoever lives in them. */
#include "instance/read.h"

#include <stdlib.h>
#include <string.h>

static bool complain(reader *r, const json_node *node, const char *problem) {
    json_problem(r->document, node, "%s", problem);
    r->sound = false;
    return false;
}

/* ---- Near limits ---------------------------------------------------------------------------- */

static bool read_limit(reader *r, const json_node *node, near_limit *out) {
    enum { PLACE, KM, MINUTES, POINTS, FROM, UNTIL, BECAUSE };
    static const read_field fields[] = {
        [PLACE] = {"place", read_location, offsetof(near_limit, location), true, 0, 0},
        [KM] = {"km", read_integer, offsetof(near_limit, km), false, 0, MOST_DISTANCE},
        [MINUTES] = {"minutes", read_integer, offsetof(near_limit, minutes), false, 0,
                     MOST_DISTANCE},
        [POINTS] = {"points_per_km", read_integer, offsetof(near_limit, points_per_km), false, 0,
                    MOST_POINTS},
        [FROM] = {"from", read_week, offsetof(near_limit, when.from), false, 0, 0},
        [UNTIL] = {"until", read_week, offsetof(near_limit, when.until), false, 0, 0},
        [BECAUSE] = {"because", read_text, offsetof(near_limit, because), false, 0, 0},
    };
    *out = (near_limit){.km = NONE, .minutes = NONE, .when = {WEEK_FIRST, WEEK_LAST}};
    members m = read_object(r, node, fields, N_FIELDS(fields), out);
    if (json_type_of(node) == JSON_OBJECT && !GIVEN(m, KM) && !GIVEN(m, MINUTES) &&
        !GIVEN(m, POINTS))
        return complain(r, node,
                        "none of 'km', 'minutes' and 'points_per_km': at least one is "
                        "needed");
    return m.sound;
}

bool read_near(reader *r, const json_node *value, const read_field *f, void *target) {
    (void)f;
    int n;
    near_limit *list = read_take_list(r, value, sizeof *list, &n);
    if (list == NULL) return false;
    bool good = true;
    int i = 0;
    for (const json_node *c = json_first(value); c != NULL; c = json_next(c))
        good &= read_limit(r, c, &list[i++]);
    if (good) *(near_limits *)target = (near_limits){.n = n, .at = list};
    return good;
}

/* ---- Pin and bans --------------------------------------------------------------------------- */

static bool read_site_rule(reader *r, const json_node *node, site_rule *out) {
    static const read_field fields[] = {
        {"site", read_site, offsetof(site_rule, site), true, 0, 0},
        {"from", read_week, offsetof(site_rule, when.from), false, 0, 0},
        {"until", read_week, offsetof(site_rule, when.until), false, 0, 0},
        {"because", read_text, offsetof(site_rule, because), false, 0, 0},
    };
    *out = (site_rule){.site = NONE, .when = {WEEK_FIRST, WEEK_LAST}};
    return read_object(r, node, fields, N_FIELDS(fields), out).sound;
}

static bool read_pin(reader *r, const json_node *value, const read_field *f, void *target) {
    (void)f;
    household *h = target;
    h->has_pin = read_site_rule(r, value, &h->pin);
    return h->has_pin;
}

static bool read_bans(reader *r, const json_node *value, const read_field *f, void *target) {
    (void)f;
    household *h = target;
    int n;
    site_rule *list = read_take_list(r, value, sizeof *list, &n);
    if (list == NULL) return false;
    bool good = true;
    int i = 0;
    for (const json_node *c = json_first(value); c != NULL; c = json_next(c))
        good &= read_site_rule(r, c, &list[i++]);
    if (!good) return false;
    h->n_bans = n;
    h->bans = list;
    return true;
}

/* ---- Wishes --------------------------------------------------------------------------------- */

/* Everything after the '='; kinds and tags are names that could be there. */
static bool read_wish_value(reader *r, const json_node *node, const char *value, wish *out) {
    if (out->kind == WISH_KIND || out->kind == WISH_TAG) {
        if (!read_check_id(r, node, value)) return false;
    } else if (!read_check_text(r, node, value)) {
        return false;
    }
    if (out->kind == WISH_TAG && !read_use_name(r, &r->tags, value, &out->index)) return false;
    out->value = read_keep_text(r, value);
    return out->value != NULL;
}

static bool read_wish_key(reader *r, const json_node *node, wish *out) {
    static const struct {
        const char *prefix;
        wish_kind kind;
    } prefixes[] = {{"kind=", WISH_KIND},
                    {"province=", WISH_PROVINCE},
                    {"municipality=", WISH_MUNICIPALITY},
                    {"tag=", WISH_TAG}};
    const char *key = json_key(node);
    *out = (wish){.kind = WISH_DURABLE, .index = NONE};
    if (strcmp(key, "durable") == 0) return true;
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        size_t length = strlen(prefixes[i].prefix);
        if (strncmp(key, prefixes[i].prefix, length) != 0) continue;
        out->kind = prefixes[i].kind;
        return read_wish_value(r, node, key + length, out);
    }
    if (strchr(key, '=') != NULL) {
        json_problem_key(r->document, node,
                         "unknown wish '%s': a wish is for a site id, 'durable', 'kind=...', "
                         "'province=...', 'municipality=...' or 'tag=...'",
                         key);
        return false;
    }
    out->kind = WISH_SITE;
    out->index = read_find_site(r, node, key);
    return out->index != NONE;
}

static bool read_wishes(reader *r, const json_node *value, const read_field *f, void *target) {
    (void)f;
    const read_field points = {.min = -MOST_POINTS, .max = MOST_POINTS};
    household *h = target;
    if (json_type_of(value) != JSON_OBJECT) return read_not_allowed(r, value, "an object");
    size_t n = json_count(value);
    wish *list = read_take(r, n, sizeof *list);
    if (list == NULL) return false;
    bool good = true;
    int i = 0;
    for (const json_node *c = json_first(value); c != NULL; c = json_next(c), i++) {
        good &= read_wish_key(r, c, &list[i]);
        good &= read_integer(r, c, &points, &list[i].points);
    }
    if (!good) return false;
    h->n_wishes = (int)n;
    h->wishes = list;
    return true;
}

/* ---- A row ---------------------------------------------------------------------------------- */

enum { ID, SITE, SINCE, FROM, ARRIVES, NO_MOVE_BEFORE };

/* Facts that only together make sense, or not together. */
static bool check_row(reader *r, const json_node *node, const members *m, const household *h) {
    bool good = true;
    bool lives = GIVEN(*m, SITE);
    const week first = r->in->first;
    if (GIVEN(*m, SINCE) && !lives)
        good = complain(r, json_member(node, "since"), "'since' is given without 'site'");
    else if (GOOD(*m, SINCE) && r->horizon_known && h->since > first) {
        json_problem(r->document, json_member(node, "since"),
                     "week '%s' comes after the first planned week '%s'",
                     read_show_week(h->since).text, read_show_week(first).text);
        good = false;
    }
    if (GIVEN(*m, FROM) && lives)
        good = complain(r, json_member(node, "from"),
                        "'from' is given together with 'site': only who arrives travels from a "
                        "place");
    if (GOOD(*m, ARRIVES) && lives && r->horizon_known && h->arrives > first) {
        json_problem(
            r->document, json_member(node, "arrives"),
            "week '%s' comes after the first planned week '%s', but the household lives at a "
            "'site'",
            read_show_week(h->arrives).text, read_show_week(first).text);
        good = false;
    }
    if (GIVEN(*m, NO_MOVE_BEFORE) && !lives)
        good = complain(r, json_member(node, "no_move_before"),
                        "'no_move_before' is given without 'site'");
    if (!good) r->sound = false;
    return good;
}

static const household default_row = {.site = NONE,
                                      .from = NONE,
                                      .arrives = WEEK_FIRST,
                                      .leaves = WEEK_LAST,
                                      .max_km = NONE,
                                      .no_move_before = WEEK_FIRST,
                                      .priority = 1};

household read_household_without_row(void) {
    return default_row;
}

static void read_row(reader *r, const json_node *node, household_row *out) {
    static const read_field fields[] = {
        [ID] = {"id", read_id, offsetof(household, id), true, 0, 0},
        [SITE] = {"site", read_site, offsetof(household, site), false, 0, 0},
        [SINCE] = {"since", read_week, offsetof(household, since), false, 0, 0},
        [FROM] = {"from", read_place, offsetof(household, from), false, 0, 0},
        [ARRIVES] = {"arrives", read_week, offsetof(household, arrives), false, 0, 0},
        [NO_MOVE_BEFORE] = {"no_move_before", read_week, offsetof(household, no_move_before), false,
                            0, 0},
        {"leaves", read_week, offsetof(household, leaves), false, 0, 0},
        {"max_km", read_integer, offsetof(household, max_km), false, 0, MOST_DISTANCE},
        {"max_km_because", read_text, offsetof(household, max_km_because), false, 0, 0},
        {"no_move_because", read_text, offsetof(household, no_move_because), false, 0, 0},
        {"moves", read_int, offsetof(household, moves), false, 0, 20},
        {"near", read_near, offsetof(household, near), false, 0, 0},
        {"pin", read_pin, 0, false, 0, 0},
        {"bans", read_bans, 0, false, 0, 0},
        {"wishes", read_wishes, 0, false, 0, 0},
        {"priority", read_integer, offsetof(household, priority), false, 1, 1000},
    };
    *out = (household_row){.row = default_row, .node = node};
    members m = read_object(r, node, fields, N_FIELDS(fields), &out->row);
    out->row.has_since = GOOD(m, SINCE);
    out->sound = check_row(r, node, &m, &out->row) && m.sound;
    if (!GOOD(m, ID)) out->row.id = NULL;
}

household_row *read_household_rows(reader *r, const json_node *node, int *n) {
    *n = node == NULL ? 0 : (int)json_count(node);
    household_row *rows = zero_alloc((size_t)*n, sizeof *rows);
    if (rows == NULL) {
        r->out_of_memory = true;
        return NULL;
    }
    int i = 0;
    if (node != NULL)
        for (const json_node *c = json_first(node); c != NULL; c = json_next(c))
            read_row(r, c, &rows[i++]);
    return rows;
}
