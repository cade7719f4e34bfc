/* The check: a second reading of the format page, written apart from the solver. It uses the facts
 * of the instance (instance.h), text and base, and nothing of what plans are made with, so that a
 * fault there cannot hide here.
 *
 * Sums are in 128 bits: no figure of a sound instance comes near their end.
 */
#ifndef PLAATS_CHECK_CHECK_H
#define PLAATS_CHECK_CHECK_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/checked.h"
#include "instance/instance.h"
#include "text/json_in.h"
#include "text/told.h"

#include <assert.h>

/* ---- Names ------------------------------------------------------------------------------- */

/* The parts of the cost, in the order of the format page; those up to `km` make up the points of
 * a stay. */
#define CHECK_PARTS(X)                                                                             \
    X(stay)                                                                                        \
    X(near)                                                                                        \
    X(wishes)                                                                                      \
    X(misfit)                                                                                      \
    X(overstay)                                                                                    \
    X(move)                                                                                        \
    X(school_move)                                                                                 \
    X(km)                                                                                          \
    X(keep_open)                                                                                   \
    X(quotas)                                                                                      \
    X(keep)                                                                                        \
    X(unplaced)

/* The codes of reasons, in the order of the format page. */
#define CHECK_CODES(X)                                                                             \
    X(closed)                                                                                      \
    X(beds)                                                                                        \
    X(service)                                                                                     \
    X(admits)                                                                                      \
    X(refuses)                                                                                     \
    X(near_km)                                                                                     \
    X(near_minutes)                                                                                \
    X(max_km)                                                                                      \
    X(pin)                                                                                         \
    X(ban)                                                                                         \
    X(no_move)                                                                                     \
    X(min_stay)                                                                                    \
    X(max_moves)                                                                                   \
    X(apart)                                                                                       \
    X(quota)                                                                                       \
    X(together)                                                                                    \
    X(decision)                                                                                    \
    X(full)                                                                                        \
    X(cost)                                                                                        \
    X(path)

enum {
#define X(name) PART_##name,
    CHECK_PARTS(X)
#undef X
        N_PARTS,
    N_STAY_PARTS = PART_km + 1
};
enum {
#define X(name) CODE_##name,
    CHECK_CODES(X)
#undef X
        N_CODES
};

extern const char *const check_part_names[N_PARTS];
extern const char *const check_code_names[N_CODES];

/* ---- Facts, worked out once (check_facts.c, check_travel.c) ---------------------------------- */

/* Ids of one kind, sorted. */
typedef struct {
    const char *id;
    int index;
} check_named;
typedef struct {
    int n;
    check_named *at; /* by the bytes of their ids */
} directory;

typedef struct {
    int service, persons;
} family_need;

/* What the persons of a household come to. */
typedef struct {
    int persons, children, pupils; /* pupils: of school age */
    int n_needs;
    const family_need *needs; /* each service once */
    int n_near;
    const near_limit *const *near; /* its own, then its members' */
    indices apart;                 /* groups it is in */
    int unit;
} family;

/* Travel between sites and all locations; -1: unknown. */
typedef struct {
    int n_sites, n_locations;
    int32_t *from_site;  /* site * n_locations + location; NULL: all is unknown */
    int32_t *from_place; /* place * n_sites + site */
} travel_table;

typedef struct {
    const plaats_instance *in;
    arena memory;
    directory households, sites, quotas, services;
    family *families; /* per household */
    int n_units;
    indices *units;  /* households that go together, or one alone */
    bool *covers;    /* quota * n_sites + site */
    int64_t *usable; /* site * weeks + t; 0 in weeks in which it is closed */
    travel_table km, minutes;
    int64_t largest_km; /* K */
    int128 unplaced;    /* U; check_read_keep adds what is kept */
    int n_slots;        /* of sums, below */
} check_facts;

plaats_status check_facts_make(const plaats_instance *in, check_facts *f, plaats_error *error);
void check_facts_free(check_facts *f);
plaats_status check_travel_make(check_facts *f, plaats_error *error);

int check_find(const directory *d, const char *id); /* NONE: unknown */

/* From any location to a site, or from a site to any location. */
int64_t check_travel(const travel_table *table, int from, int to);

static inline week week_of(const check_facts *f, int t) {
    return f->in->first + t;
}
static inline bool check_open(const check_facts *f, int j, int t) {
    return f->in->sites[j].opens <= week_of(f, t) && week_of(f, t) < f->in->sites[j].closes;
}
static inline bool check_covers(const check_facts *f, int q, int j) {
    return f->covers[(size_t)q * (size_t)f->in->n_sites + (size_t)j];
}
static inline int64_t check_usable(const check_facts *f, int j, int t) {
    assert(j >= 0 && j < f->in->n_sites && t >= 0 && t < f->in->weeks);
    return f->usable[(size_t)j * (size_t)f->in->weeks + (size_t)t];
}
static inline bool check_holds(const window *when, week w) {
    return when->from <= w && w < when->until;
}
/* The site's row for a service, or NULL. */
const site_service *check_listed(const site *s, int service);
/* Places in the week; INT64_MAX when unlimited. */
int64_t check_places(const site_service *s, week when);
/* Limits in the week, or STEP_NULL. */
int64_t check_quota_max(const quota *q, week when);
int64_t check_quota_min(const quota *q, week when);
bool check_carries(const indices *tags, int tag);

/* Planned weeks t in which the household needs a bed: from <= t < until. */
int check_need_from(const check_facts *f, int h);
int check_need_until(const check_facts *f, int h);
static inline bool check_needs_bed(const check_facts *f, int h, int t) {
    return check_need_from(f, h) <= t && t < check_need_until(f, h);
}

/* ---- What a household or unit takes of a site (check_sums.c) --------------------------------- */

/* Sums are counts in slots: persons, then one per service, then one per quota. */
enum { SLOT_PERSONS = 0 };
static inline int slot_service(int service) {
    assert(service >= 0);
    return 1 + service;
}
static inline int slot_quota(const check_facts *f, int q) {
    assert(q >= 0 && q < f->in->n_quotas);
    return 1 + f->in->n_services + q;
}
void check_add_family(const check_facts *f, int h, int64_t *sums);
/* Clears `sums` and adds the members that need a bed in week t. */
void check_unit_sums(const check_facts *f, int unit, int t, int64_t *sums);

/* ---- Rules of a household alone, and what a week costs (check_alone.c, check_cost.c) --------- */

/* Where a household stands before a planned week. */
typedef struct {
    int t;
    int before;    /* site of the week before, or NONE */
    bool home;     /* has been at its `site` in every week until now */
    bool arriving; /* t is the first planned week in which it needs a bed */
    int64_t moves; /* within the horizon so far */
} stance;

stance check_start(const check_facts *f, int h); /* its first week with a need */
void check_next(const check_facts *f, int h, stance *st,
                int site); /* after being at `site`, or NONE */

typedef struct {
    int code;
    const char *what; /* id of the service, location or quota; NULL where the code names nothing */
    const char *because; /* of the rule; NULL if it gives none */
} exclusion;

/* The most exclusions check_alone can find for a household. */
int check_alone_room(const check_facts *f, int h);
/* Rules of the household alone that exclude it from site j; stops after `room`. Beds and places
 * are not among them. */
int check_alone(const check_facts *f, int h, int j, const stance *st, exclusion *out, int room);
/* Whether only `residents_may_stay` lets it stay. */
bool check_misfit(const check_facts *f, int h, int j, const stance *st);
/* Of the journey into site j; NONE: there is none, or it is unknown. */
int64_t check_journey(const check_facts *f, int h, int j, const stance *st);
/* Adds to parts 0..N_STAY_PARTS-1 what a week at site j costs. */
void check_week_cost(const check_facts *f, int h, int j, const stance *st, int128 *parts);
/* No more than their sum, quickly had. */
int128 check_week_least(const check_facts *f, int h, int j, const stance *st);

/* ---- The plan, read (check_stays.c, check_shape.c) ------------------------------------------- */

typedef struct {
    const json_node *node;
    int household, site, t, weeks;
    bool usable; /* could be read, and overlaps no other */
    bool moved;  /* lived elsewhere the week before */
    int64_t km;  /* of the journey into it; NONE: none */
    int128 points;
} plan_stay;

/* One week of the plan. */
typedef struct {
    int64_t *sums;   /* site * n_slots + slot: persons, services needed, counted by quota q where it
                        covers the site */
    int64_t *quotas; /* per quota: counted persons at its sites */
} week_tally;

typedef struct {
    int64_t placed, unplaced, moves, persons_moved, children_moved, durable, temporary;
    int64_t unplaced_weight; /* persons unplaced times priority */
} check_totals;

typedef struct {
    const plaats_instance *in;
    check_facts facts;
    json_document *document;
    const json_node *root;
    plaats_error *error;
    arena memory;
    int threads;   /* at most; 0: one for each processor */
    bool handmade; /* stays alone: nothing that was worked out from them */
    bool whole;    /* every stay could be used, so there are figures to judge */
    bool has_keep;
    int64_t keep_points;
    int *keep_site; /* household * weeks + t: site of the kept plan, or NONE */
    int n_stays;
    plan_stay *stays;
    int *stay_of;      /* household * weeks + t: index in stays, or NONE */
    week_tally *weeks; /* per planned week */
    int128 parts[N_PARTS], cost;
    check_totals totals;
    bool proven; /* the proof could be recomputed: */
    int64_t proof_bound;
    int64_t scale;
    int64_t *bed_price; /* per site: π of its beds or open row in the case the plan obeys */
} check;

static inline int check_stay_at(const check *c, int h, int t) {
    assert(h >= 0 && h < c->in->n_households && t >= 0 && t < c->in->weeks);
    return c->stay_of[(size_t)h * (size_t)c->in->weeks + (size_t)t];
}
static inline int check_site_at(const check *c, int h, int t) {
    int i = check_stay_at(c, h, t);
    return i == NONE ? NONE : c->stays[i].site;
}
/* Where a violation of household h in week t is shown: its stay, or all stays. */
const json_node *check_node_at(const check *c, int h, int t);
/* The stance of household h before week t, as the plan has it. */
stance check_stance_at(const check *c, int h, int t);

/* Readers of one value. They report what is wrong, and are false (or NULL) then; a node that is
 * NULL is silently no value. */
bool check_take_object(check *c, const json_node *node);
bool check_take_array(check *c, const json_node *node);
bool check_take_integer(check *c, const json_node *node, int64_t *value);
bool check_take_week(check *c, const json_node *node, week *when);
/* A week of the horizon, as 0..weeks-1. */
bool check_take_planned_week(check *c, const json_node *node, int *t);
const char *check_take_text(check *c, const json_node *node);
bool check_take_bool(check *c, const json_node *node, bool *value);
/* The index of an id; `word` is what messages call it. */
bool check_take_id(check *c, const json_node *node, const directory *d, const char *word,
                   int *index);
/* Refuses members that are not in the list; those that begin with x_ pass. */
void check_allow_members(check *c, const json_node *object, int n, const char *const *names);
/* The member; its absence is reported. */
const json_node *check_need_member(check *c, const json_node *object, const char *key);
/* Judge an integer, a text or a truth value that stands in the plan, if it stands there. */
void check_expect_integer(check *c, const json_node *node, int128 value, const char *meaning);
void check_expect_text(check *c, const json_node *node, const char *value, const char *meaning);
void check_expect_bool(check *c, const json_node *node, bool value, const char *meaning);
/* A 128-bit integer in digits, at most 39 and a sign. */
enum { CHECK_NUMBER_SIZE = 48 };
const char *check_number_text(int128 value, char out[CHECK_NUMBER_SIZE]);

plaats_status check_read_stays(check *c);
plaats_status check_read_keep(check *c);
/* What the household pays in week t, in which it needs a bed, for being at site j (NONE: unplaced)
 * and not where the kept plan has it. */
int128 check_keep_cost(const check *c, int h, int j, int t);

/* ---- What is judged -------------------------------------------------------------------------- */

plaats_status check_rules(check *c);  /* check_rules.c: every rule, every week */
plaats_status check_count(check *c);  /* check_count.c: tallies, cost, parts, totals */
void check_figures(check *c);         /* check_figures.c: what the plan says of them */
plaats_status check_head(check *c);   /* check_head.c: members that are single values */
plaats_status check_tables(check *c); /* check_tables.c: `sites`, `quotas` */
/* In no plan have more person-weeks than so many more a bed, by the proof (check_could_place.c). */
int128 check_could_place(const check *c);
plaats_status check_unplaced(check *c); /* check_unplaced.c: `unplaced` with its reasons */

/* Why a household has no bed (check_reasons.c). */
typedef struct {
    int code;
    told_reason told; /* `because`: where all rules behind the count give the same */
    int last_site;    /* counted last */
    bool differs;     /* not all rules behind the count give the same `because` */
    bool given;       /* the plan names it */
} reason_row;

typedef struct {
    int n, room;
    reason_row *rows;
    exclusion *found; /* for use while counting, as are the sums of the unit */
    int64_t *sums;
} reasoning;

plaats_status check_reasoning_make(const check *c, reasoning *r);
void check_reasoning_free(reasoning *r);
/* Fills in the rows for a household that the plan leaves unplaced in week t, the first of a run. */
void check_count_reasons(const check *c, int h, int t, reasoning *r);
/* Weeks without a bed on end from week t on; 0: it has one then, or needs none. */
int check_run_length(const check *c, int h, int t);
/* The lines on who has no bed (check_tell.c), each after `head`. */
plaats_status check_tell(const check *c, const char *head, buffer *out);

/* ---- Proof (check_proof.h) ------------------------------------------------------------------- */

/* How the check reads the text of a proof (one planned week), where it could be read otherwise.
 *
 * Units. Any household of a together group names its unit; what names a unit twice is refused. A
 *   unit that needs no bed in the week, because none of its members does, cannot be check_named.
 * Cuts. What rows count of a unit is what its members that need a bed use, at every site that is
 *   open, whether or not the unit may be there. `cover` takes beds and service rows, not open ones.
 *   `fill` and `tighten` take beds, service and open rows, and cuts made from one of these by
 *   `fill` and `tighten` alone. `tighten` needs a unit with a use in the row; a use stays as it is
 *   where it would not be raised. `round` divides the whole sum, then rounds each coefficient, that
 *   of y and the right-hand side towards minus infinity; one that does not fit in 64 bits is
 *   refused. Its rows are hard ones, earlier cuts, "one" and "y", each check_named once: no quota
 * with points, nothing on what is unplaced. Subset sums are tried up to 10^7. Decisions. Those of a
 * case stand in any order, each once, and not with its opposite. k >= 0.
 *   ["unplaced", "<=", k] and ["unplaced", ">=", k + 1] are opposites for the same k only. The
 *   smallest "<=" and the largest ">=" of a case are the right-hand sides of its rows "unplaced".
 *   A proof of one case is given nothing.
 * Cases. One in which some unit has no path is skipped, yet its prices are read all the same.
 *   Given open, y = 1: its term is S*f + Σ π*coefficient, also above 0. Given closed, it is 0.
 * Unit prices. Beds, open and limited service rows are kept at every open site, and none of them
 *   may be priced. The product of (b+1) is that of all kept rows of the site, also of services
 *   nobody asks for, b of an open row being its beds; sites the case is given closed do not count.
 *   A case is impossible as above. Limits on what one unit may use, quotas too, are part of which
 *   sites it may be at, as ever.
 * Bed prices are 0 when the first case has unit prices, and count also when it is impossible.
 */
plaats_status check_proof(check *c); /* check_proof.c: `proof` */

/* ---- Report ---------------------------------------------------------------------------------- */

plaats_status check_report(check *c, plaats_form form, plaats_write_fn write, void *context,
                           bool *accepted);

#endif
