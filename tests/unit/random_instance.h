/* Random small instances as text. What is in one depends on `seed`; ids and the order of every list
 * on `names` alone, so the same problem can be written in many ways. */
#ifndef PLAATS_TESTS_RANDOM_INSTANCE_H
#define PLAATS_TESTS_RANDOM_INSTANCE_H

#include "unit/plan_fixture.h"

#include "base/random.h"

#define MOST_ELEMENTS 200

typedef struct {
    uint64_t seed, names;
    int sites, households;
    bool alike; /* many households are drawn like the one before them */
    buffer text;
} random_instance;

/* A stream for one element, whatever stands before it. */
static inline random_stream element_stream(const random_instance *r, const char *what, int i) {
    return random_start(random_mix(random_mix_text(r->seed, what), (uint64_t)i));
}

static inline int draw(random_stream *s, int low, int high) {
    return low + (int)random_below(s, (uint64_t)(high - low + 1));
}

static inline bool chance(random_stream *s, int percent) {
    return draw(s, 1, 100) <= percent;
}

static inline const char *some_id(const random_instance *r, const char *kind, int i, char id[40]) {
    uint64_t name = random_mix(random_mix_text(r->names, kind), (uint64_t)i);
    snprintf(id, 40, "%s%08llx-%d", kind, (unsigned long long)(name >> 32), i);
    return id;
}

/* The household that this one is drawn like; itself if it has facts of its own. Those in groups
 * with others (write_together, write_apart) only are where the groups are the same. */
static inline int drawn_like(const random_instance *r, int household) {
    while (r->alike && (household == 3 || household > 4)) {
        random_stream s = element_stream(r, "alike", household);
        if (!chance(&s, 80)) break;
        household--;
    }
    return household;
}

/* 0..n-1 in an order of its own for each list. */
static inline void shuffle(const random_instance *r, const char *what, int n, int *order) {
    random_stream s = random_start(random_mix_text(r->names, what));
    assert_true(n <= MOST_ELEMENTS);
    for (int i = 0; i < n; i++) {
        int k = draw(&s, 0, i);
        order[i] = i;
        order[i] = order[k];
        order[k] = i;
    }
}

static inline void write_list(random_instance *r, const char *name, int n,
                              void (*element)(random_instance *r, int i)) {
    int order[MOST_ELEMENTS];
    shuffle(r, name, n, order);
    buffer_format(&r->text, ",\n\"%s\": [", name);
    for (int i = 0; i < n; i++) {
        if (i > 0) buffer_text(&r->text, ",\n  ");
        element(r, order[i]);
    }
    buffer_text(&r->text, "]");
}

static inline void write_tags(random_instance *r, random_stream *s, const char *member) {
    static const char *const TAGS[] = {"quiet", "women", "medical"};
    bool have[3] = {chance(s, 30), chance(s, 30), chance(s, 30)};
    int order[3], n = 0;
    shuffle(r, member, 3, order);
    buffer_format(&r->text, ", \"%s\": [", member);
    for (int i = 0; i < 3; i++)
        if (have[order[i]])
            buffer_format(&r->text, "%s\"%s\"", n++ == 0 ? "" : ", ", TAGS[order[i]]);
    buffer_text(&r->text, "]");
}

static inline void write_site(random_instance *r, int i) {
    random_stream s = element_stream(r, "site", i);
    char id[40];
    buffer_format(&r->text, "{\"id\": \"%s\", \"beds\": %d, \"durable\": %d",
                  some_id(r, "s", i, id), draw(&s, 2, 7), draw(&s, 0, 100));
    buffer_format(&r->text, ", \"lat\": %d.%d, \"lon\": %d.5", draw(&s, 51, 53), draw(&s, 0, 9),
                  draw(&s, 4, 6));
    buffer_format(&r->text, ", \"kind\": \"%s\"", chance(&s, 50) ? "azc" : "emergency");
    buffer_format(&r->text, ", \"services\": {\"care\": true, \"school\": %d}", draw(&s, 0, 3));
    if (chance(&s, 30)) buffer_format(&r->text, ", \"keep_open\": %d", draw(&s, 1, 300));
    if (chance(&s, 10)) buffer_text(&r->text, ", \"closes\": \"2023-W01\"");
    if (chance(&s, 20))
        buffer_format(&r->text, ", \"refuses\": [\"quiet\"], \"refuses_because\": \"%s\"",
                      some_id(r, "b", i, id));
    write_tags(r, &s, "tags");
    buffer_text(&r->text, "}");
}

static inline void write_place(random_instance *r, int i) {
    random_stream s = element_stream(r, "place", i);
    char id[40];
    buffer_format(&r->text, "{\"id\": \"%s\", \"lat\": 52.%d, \"lon\": 5}", some_id(r, "p", i, id),
                  draw(&s, 0, 99));
}

/* Person i is of household i % households, so each household has at least one. */
static inline void write_person(random_instance *r, int i) {
    int household = i % r->households, drawn = i - household + drawn_like(r, household);
    random_stream s = element_stream(r, "person", drawn);
    char id[40], home[40];
    buffer_format(&r->text, "{\"id\": \"%s\", \"household\": \"%s\", \"age\": %d",
                  some_id(r, "n", i, id), some_id(r, "h", household, home),
                  i < r->households ? drawn : draw(&s, 0, 60));
    if (chance(&s, 40)) buffer_text(&r->text, ", \"needs\": [\"school\"]");
    write_tags(r, &s, "tags");
    if (chance(&s, 20))
        buffer_format(&r->text,
                      ", \"near\": [{\"place\": \"%s\", \"km\": 150, \"points_per_km\": %d}]",
                      some_id(r, "p", draw(&s, 0, 1), id), draw(&s, 0, 3));
    buffer_text(&r->text, "}");
}

static inline void write_household(random_instance *r, int i) {
    random_stream s = element_stream(r, "household", drawn_like(r, i));
    char id[40], other[40];
    buffer_format(&r->text, "{\"id\": \"%s\", \"priority\": %d", some_id(r, "h", i, id),
                  draw(&s, 1, 3));
    if (chance(&s, 40))
        buffer_format(&r->text, ", \"site\": \"%s\", \"moves\": %d",
                      some_id(r, "s", draw(&s, 0, r->sites - 1), other), draw(&s, 0, 2));
    if (chance(&s, 30))
        buffer_format(&r->text, ", \"bans\": [{\"site\": \"%s\"}]",
                      some_id(r, "s", draw(&s, 0, r->sites - 1), other));
    if (chance(&s, 40))
        buffer_format(&r->text, ", \"wishes\": {\"%s\": %d, \"kind=azc\": %d}",
                      some_id(r, "s", draw(&s, 0, r->sites - 1), other), draw(&s, -20, 90),
                      draw(&s, -20, 90));
    if (chance(&s, 10)) buffer_text(&r->text, ", \"leaves\": \"2023-W06\"");
    buffer_text(&r->text, "}");
}

static inline void write_travel(random_instance *r, int i) {
    random_stream s = element_stream(r, "travel", i);
    char from[40], to[40];
    buffer_format(&r->text, "{\"from\": \"%s\", \"to\": \"%s\", \"km\": %d}",
                  some_id(r, "s", i % r->sites, from), some_id(r, "p", i / r->sites, to),
                  draw(&s, 0, 200));
}

/* Households a and b (and c, if not NONE) in one order or another. */
static inline void write_group(random_instance *r, int a, int b, int c) {
    char id[3][40];
    int members[3] = {a, b, c}, order[3], n = 0;
    shuffle(r, "group", 3, order);
    buffer_text(&r->text, "{\"households\": [");
    for (int i = 0; i < 3; i++)
        if (members[order[i]] != NONE)
            buffer_format(&r->text, "%s\"%s\"", n++ == 0 ? "" : ", ",
                          some_id(r, "h", members[order[i]], id[i]));
    buffer_text(&r->text, "]}");
}

static inline void write_together(random_instance *r, int i) {
    (void)i;
    write_group(r, 0, 1, NONE);
}

static inline void write_apart(random_instance *r, int i) {
    if (i == 0)
        write_group(r, 1, 2, 3);
    else
        write_group(r, 2, 3, NONE);
}

static inline void write_quota(random_instance *r, int i) {
    static const char *const FACTS[] = {
        "\"kind\": \"emergency\", \"max\": 3, \"points\": 45",
        "\"durable_below\": 50, \"tag\": \"medical\", \"max\": 1",
        "\"site_tag\": \"women\", \"min\": 4, \"points\": 30",
    };
    char id[40];
    buffer_format(&r->text, "{\"id\": \"%s\", %s}", some_id(r, "q", i, id), FACTS[i]);
}

static inline void write_instance(random_instance *r, int people) {
    buffer_text(&r->text, "{\"format\": \"plaats.instance/1\", \"week\": \"2023-W06\"");
    write_list(r, "sites", r->sites, write_site);
    write_list(r, "places", 2, write_place);
    write_list(r, "people", people, write_person);
    write_list(r, "households", r->households, write_household);
    write_list(r, "travel", 2 * r->sites, write_travel);
    write_list(r, "together", 1, write_together);
    write_list(r, "apart", 2, write_apart);
    write_list(r, "quotas", 3, write_quota);
    buffer_text(&r->text, ", \"rules\": {\"school_holidays\": []}}\n");
    assert_false(r->text.failed);
}

/* At least four households. `text` is the caller's to free. */
static inline random_instance random_instance_write(uint64_t seed, uint64_t names, int sites,
                                                    int households, int people) {
    random_instance r = {.seed = seed, .names = names, .sites = sites, .households = households};
    write_instance(&r, people);
    return r;
}

/* With many households that differ in nothing but their ids. */
static inline random_instance random_instance_write_alike(uint64_t seed, int sites, int households,
                                                          int people) {
    random_instance r = {.seed = seed, .sites = sites, .households = households, .alike = true};
    write_instance(&r, people);
    return r;
}

static inline plaats_instance *random_instance_read(uint64_t seed, uint64_t names, int sites,
                                                    int households, int people) {
    random_instance r = random_instance_write(seed, names, sites, households, people);
    plaats_instance *in = NULL;
    plaats_error error = {0};
    if (plaats_instance_read(r.text.bytes, r.text.size, show_problem, NULL, &in, &error) !=
        PLAATS_OK)
        fail_msg("the instance was refused: %s\n%s", error.message, r.text.bytes);
    buffer_free(&r.text);
    return in;
}

/* The least of a goal over all assignments (with at most `most_weight` unplaced), by trying every
 * one; INT64_MAX if there is none. */
static inline int64_t least_by_trying(const model *m, model_goal goal, int64_t most_weight) {
    int32_t *at = nobody_placed(m);
    int64_t best = INT64_MAX, cost;
    int u = 0;
    while (u < m->n_units) {
        int64_t weight = model_unplaced_weight(m, at);
        if (weight <= most_weight && model_cost(m, at, &cost)) {
            int64_t value = goal == GOAL_COST     ? cost
                            : goal == GOAL_WEIGHT ? weight
                                                  : cost - weight * m->unplaced_points;
            if (value < best) best = value;
        }
        for (u = 0; u < m->n_units && ++at[u] == m->n_sites; u++) at[u] = NONE;
    }
    free(at);
    return best;
}

#endif
