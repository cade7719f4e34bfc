/* The problem as the planner wrote it, read and validated: facts, not yet a model.
 *
 * Everything points to everything else by index. Locations are one space: 0..n_sites-1 are sites,
 * n_sites.. are places. Tags and services are numbered in the byte order of their names. Absent
 * integers are -1, absent strings and lists NULL / 0. Lists keep the order of the document.
 * The whole lives in one arena; nothing changes after reading.
 */
#ifndef PLAATS_INSTANCE_INSTANCE_H
#define PLAATS_INSTANCE_INSTANCE_H

#include "base/arena.h"
#include "base/hash.h"
#include "base/status.h"
#include "base/week.h"

#define STEP_NULL INT64_MIN /* a step whose value is null: no limit */
#define NONE (-1)

typedef struct {
    week from; /* a plain integer in place of steps is one step from WEEK_FIRST */
    int64_t value;
} step;

typedef struct {
    int n;
    const step *at; /* ascending */
} steps;

typedef struct {
    int n;
    const int *at;
} indices;

typedef struct {
    week from, until; /* holds in weeks w with from <= w < until; WEEK_FIRST, WEEK_LAST if absent */
} window;

typedef struct {
    int service;
    bool unlimited;
    steps places; /* n = 0 if unlimited */
} site_service;

typedef struct {
    const char *id, *name, *kind, *municipality, *province;
    indices tags;
    bool has_position;
    double lat, lon;
    steps beds;
    int usable_percent; /* that of the rules where the site has none */
    int durable;        /* 0..100 */
    week opens, closes; /* open in opens <= w < closes */
    int n_services;
    const site_service *services;
    indices admits, refuses; /* tags */
    const char *admits_because, *refuses_because;
    int64_t keep_open;
    int64_t max_weeks; /* NONE: no limit */
} site;

typedef struct {
    const char *id, *name;
    bool has_position;
    double lat, lon;
} place;

typedef struct {
    int location;
    int64_t km, minutes; /* hard limits; NONE if absent */
    int64_t points_per_km;
    window when;
    const char *because;
} near_limit;

typedef struct {
    int n;
    const near_limit *at;
} near_limits;

typedef struct {
    const char *id;
    int household;
    int age;
    indices needs; /* services asked for by the person; those by age are not in here */
    indices tags;
    near_limits near;
} person;

typedef struct {
    int site;
    window when;
    const char *because;
} site_rule; /* a pin or a ban */

typedef enum {
    WISH_SITE,
    WISH_KIND,
    WISH_PROVINCE,
    WISH_MUNICIPALITY,
    WISH_TAG,
    WISH_DURABLE
} wish_kind;

typedef struct {
    wish_kind kind;
    int index;         /* WISH_SITE: the site; WISH_TAG: the tag */
    const char *value; /* what follows the '=' */
    int64_t points;
} wish;

typedef struct {
    const char *id;
    indices people; /* its members; never empty */
    int site;       /* where it lives now, or NONE */
    bool has_since;
    week since;
    int from;             /* location (a place), or NONE */
    week arrives, leaves; /* needs a bed in arrives <= w < leaves */
    int64_t max_km;       /* NONE: no limit */
    const char *max_km_because;
    week no_move_before; /* WEEK_FIRST if absent */
    const char *no_move_because;
    int moves;
    near_limits near; /* of the household itself; its members have their own */
    bool has_pin;
    site_rule pin;
    int n_bans;
    const site_rule *bans;
    int n_wishes;
    const wish *wishes;
    int64_t priority;
} household;

typedef struct {
    int from, to;        /* locations */
    int64_t km, minutes; /* NONE if absent */
} travel_row;

typedef struct {
    indices households; /* together: groups that shared a household are already one group */
    const char *because;
    window when; /* together: always */
} group;

typedef struct {
    const char *id, *name;
    indices sites; /* those listed, each once; n = 0: not asked */
    const char *kind, *municipality, *province;
    int site_tag;      /* NONE: not asked */
    int durable_below; /* NONE: not asked; matches sites with durable < this */
    int tag;           /* NONE: everyone counts */
    steps max, min;    /* n = 0: absent; values may be STEP_NULL */
    int64_t points;    /* 0: absent */
    const char *because;
} quota;

typedef struct {
    int service;
    int from, to; /* ages, ends included */
} service_by_age;

typedef struct {
    int n_services_by_age;
    const service_by_age *services_by_age;
    int usable_percent;
    int school_from, school_to; /* ages, ends included */
    int n_school_holidays;
    const week *school_holidays; /* ascending */
    int64_t min_stay;
    int64_t max_moves; /* NONE: no limit */
    bool residents_may_stay;
} rules;

typedef struct {
    int64_t temporary, temporary_child, move, school_move, km, misfit, overstay;
    int64_t unplaced; /* NONE: "first" */
    uint32_t stated;  /* bit i: the document has the i-th of these; the others are defaults */
} weights;

struct plaats_instance {
    arena memory;
    char sha256[HASH_TEXT_SIZE]; /* of the document's bytes */
    size_t bytes;                /* of `text` */
    const char *text;            /* the document, with the changes below; NUL-terminated */
    const char *original;        /* the document as it was read, where it was changed; else NULL */
    size_t original_bytes;
    int n_changes;
    const plaats_change *changes; /* to the document that `sha256` is of, in their order */
    double read_seconds;          /* that reading it took: how fast the machine is just now */
    week first;
    int weeks; /* 1..26 */
    int n_sites, n_places, n_people, n_households, n_travel, n_together, n_apart, n_quotas;
    const site *sites;
    int n_household_rows; /* of the households, these stand in `households` of the document */
    const place *places;
    const person *people;
    const household *households; /* rows first in their order, then others as people name them */
    const travel_row *travel;    /* by (from, to) */
    const group *together, *apart;
    const quota *quotas;
    int n_tags, n_services;
    const char *const *tags, *const *services;
    rules rules;
    weights weights;
    struct distance_table *distances; /* of distance.c */
    struct household_counts *counts;  /* of household.c: one per household */
};

/* As plaats_instance_read and plaats_instance_free say. */
plaats_status instance_read(const char *bytes, size_t size, plaats_problem_fn problem,
                            void *context, plaats_instance **instance, plaats_error *error);
void instance_free(plaats_instance *instance);

/* The value in force in week w; `before` if there is none yet. */
int64_t steps_value(const steps *s, week w, int64_t before);

static inline int n_locations(const plaats_instance *in) {
    return in->n_sites + in->n_places;
}
static inline const char *location_id(const plaats_instance *in, int location) {
    return location < in->n_sites ? in->sites[location].id : in->places[location - in->n_sites].id;
}

#endif
