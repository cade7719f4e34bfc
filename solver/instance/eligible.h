/* Who may go where, as far as a household alone decides: every rule that excludes it from a site
 * in a week, as a set of reason codes. Rules between households (apart, together, quotas, what is
 * full) are the model's and the plan's. */
#ifndef PLAATS_INSTANCE_ELIGIBLE_H
#define PLAATS_INSTANCE_ELIGIBLE_H

#include "instance/instance.h"

#include <assert.h>

/* X(name, code): the codes of the plan's `reasons`, in the order of the format page. */
#define REASONS(X)                                                                                 \
    X(CLOSED, "closed")                                                                            \
    X(BEDS, "beds")                                                                                \
    X(SERVICE, "service")                                                                          \
    X(ADMITS, "admits")                                                                            \
    X(REFUSES, "refuses")                                                                          \
    X(NEAR_KM, "near_km")                                                                          \
    X(NEAR_MINUTES, "near_minutes")                                                                \
    X(MAX_KM, "max_km")                                                                            \
    X(PIN, "pin")                                                                                  \
    X(BAN, "ban")                                                                                  \
    X(NO_MOVE, "no_move")                                                                          \
    X(MIN_STAY, "min_stay")                                                                        \
    X(MAX_MOVES, "max_moves")                                                                      \
    X(APART, "apart")                                                                              \
    X(QUOTA, "quota")                                                                              \
    X(TOGETHER, "together")                                                                        \
    X(DECISION, "decision")                                                                        \
    X(FULL, "full")                                                                                \
    X(COST, "cost")                                                                                \
    X(PATH, "path")

enum {
#define X(name, code) REASON_##name##_BIT,
    REASONS(X)
#undef X
        REASON_COUNT
};
typedef uint32_t reason_set; /* bit REASON_x_BIT */
#define REASON(name) (1u << REASON_##name##_BIT)
static_assert(REASON_COUNT <= 32, "a reason_set has 32 bits");

const char *eligible_code(int bit);

/* Where the household was in the week before. */
typedef struct {
    int site;      /* NONE: arriving, or unplaced the week before */
    bool at_home;  /* at its `site`, never having left it */
    bool arriving; /* this is the first planned week in which it needs a bed (for `from`) */
} came_from;

/* The state at the start of the first planned week. */
came_from eligible_came_from_first(const plaats_instance *in, const household *h);

typedef struct {
    reason_set excluded; /* 0: it may */
    bool misfit;         /* only `residents_may_stay` lets it stay; pays `misfit` */
} eligibility;

/* `t`: planned week 0..weeks-1, one in which the household needs a bed. A site that is closed has
 * REASON(CLOSED) alone. BEDS: more persons than usable beds. SERVICE: one that is needed is not
 * listed, or has fewer places than the household needs. Distances that are unknown exclude only
 * under `minutes`. Of max_moves only 0 is judged here (more needs the whole path). */
eligibility eligible(const plaats_instance *in, int household, int site, int t, came_from from);

/* Facts of a household that rules and costs are made of. */
static inline bool needs_bed(const plaats_instance *in, const household *h, int t) {
    week w = in->first + t;
    return h->arrives <= w && w < h->leaves;
}
static inline bool holds(window when, week w) {
    return when.from <= w && w < when.until;
}
int64_t site_usable_beds(const site *s, week w); /* whether or not open */
static inline bool site_open(const site *s, week w) {
    return s->opens <= w && w < s->closes;
}
int household_count_children(const plaats_instance *in, const household *h); /* under 18 */
int household_count_school_children(const plaats_instance *in,
                                    const household *h); /* of school_age */
int household_count_needing(const plaats_instance *in, const household *h, int service);
int household_count_tagged(const plaats_instance *in, const household *h,
                           int tag); /* NONE: everyone */
bool person_has_tag(const person *p, int tag);
bool quota_covers(const plaats_instance *in, const quota *q, int site);
bool rules_is_school_holiday(const plaats_instance *in, week w);
/* The site's entry for a service, or NULL if it is not listed. */
const site_service *site_find_service(const site *s, int service);

#endif
