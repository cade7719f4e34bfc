/* U, the price of one unplaced person-week, and the proof that no total passes 64 bits. */
#include "base/checked.h"
#include "instance/cost.h"
#include "instance/distance.h"
#include "instance/household.h"

#include <assert.h>

/* What U is made of, by the names under which a planner finds it. */
#define PARTS(X)                                                                                   \
    X(TEMPORARY, "'temporary' of the weights")                                                     \
    X(TEMPORARY_CHILD, "'temporary_child' of the weights")                                         \
    X(MOVE, "'move' of the weights")                                                               \
    X(SCHOOL_MOVE, "'school_move' of the weights")                                                 \
    X(KM, "'km' of the weights")                                                                   \
    X(MISFIT, "'misfit' of the weights")                                                           \
    X(OVERSTAY, "'overstay' of the weights")                                                       \
    X(NEAR, "'points_per_km' of the near limits")                                                  \
    X(WISHES, "the 'wishes'")                                                                      \
    X(KEEP_OPEN, "'keep_open' of the sites")                                                       \
    X(QUOTAS, "'points' of the quotas")                                                            \
    X(SHORTFALL, "'points' times 'min' of the quotas")                                             \
    X(KEEP, "the points to keep")                                                                  \
    X(UNPLACED, "'unplaced' of the weights")

enum {
#define X(name, text) PART_##name,
    PARTS(X)
#undef X
        PART_COUNT
};

static const char *const part_names[] = {
#define X(name, text) [PART_##name] = text,
    PARTS(X)
#undef X
};

/* Points by part. 128 bits hold them: at most 2^31 rows, points of 10^12, 26 weeks, 10^5 km. */
typedef struct {
    int128 points[PART_COUNT];
} parts;

static int128 sum_of(const parts *p) {
    int128 sum = 0;
    for (int i = 0; i < PART_COUNT; i++) sum += p->points[i];
    return sum;
}

static const char *largest_of(const parts *p) {
    int largest = 0;
    for (int i = 1; i < PART_COUNT; i++)
        if (p->points[i] > p->points[largest]) largest = i;
    return part_names[largest];
}

static int128 points_per_km(const near_limits *limits) {
    int128 sum = 0;
    for (int i = 0; i < limits->n; i++) sum += limits->at[i].points_per_km;
    return sum;
}

static void add_household(const plaats_instance *in, const household *h, int64_t largest_km,
                          parts *p) {
    int weeks = 0;
    for (int t = 0; t < in->weeks; t++) weeks += needs_bed(in, h, t);
    const weights *price = &in->weights;
    int128 n = (int128)weeks * h->people.n;
    p->points[PART_TEMPORARY] += n * price->temporary;
    p->points[PART_TEMPORARY_CHILD] += n * price->temporary_child;
    p->points[PART_MOVE] += n * price->move;
    p->points[PART_MISFIT] += n * price->misfit;
    p->points[PART_OVERSTAY] += n * price->overstay;
    p->points[PART_KM] += n * price->km * largest_km;
    p->points[PART_SCHOOL_MOVE] += (int128)weeks * household_count_school_children(in, h) *
                                   price->school_move * (1 + h->moves);

    int128 near = points_per_km(&h->near);
    for (int i = 0; i < h->people.n; i++) near += points_per_km(&in->people[h->people.at[i]].near);
    p->points[PART_NEAR] += near * weeks * largest_km;
    for (int i = 0; i < h->n_wishes; i++) {
        int64_t points = h->wishes[i].points;
        p->points[PART_WISHES] += (int128)weeks * (points < 0 ? -points : points);
    }
}

/* What could be paid beside unplaced person-weeks: all that U must outweigh. */
static parts add_up(const plaats_instance *in) {
    parts p = {{0}};
    int64_t largest_km = distance_largest_km(in);
    for (int i = 0; i < in->n_households; i++)
        add_household(in, &in->households[i], largest_km, &p);
    for (int j = 0; j < in->n_sites; j++)
        p.points[PART_KEEP_OPEN] += (int128)in->weeks * in->sites[j].keep_open;
    for (int i = 0; i < in->n_quotas; i++)
        p.points[PART_QUOTAS] += (int128)in->weeks * in->n_people * in->quotas[i].points;
    return p;
}

/* Points for persons short of a `min` above the number of people: paid by every plan, so no part
 * of U, but part of the cost. */
static int128 shortfall(const plaats_instance *in) {
    int128 sum = 0;
    for (int i = 0; i < in->n_quotas; i++) {
        const quota *q = &in->quotas[i];
        for (int t = 0; t < in->weeks; t++) {
            int64_t short_of = steps_value(&q->min, in->first + t, STEP_NULL);
            if (short_of > in->n_people) sum += (int128)q->points * (short_of - in->n_people);
        }
    }
    return sum;
}

static plaats_status too_large(plaats_error *error, const char *part) {
    return fail(error, PLAATS_INPUT,
                "the points are too large: a plan could cost 2^63 points or more, "
                "the largest part of it by %s",
                part);
}

/* Person-weeks times priority, over the whole horizon: below 2^31 * 1000 * 26. */
static int128 weighted_person_weeks(const plaats_instance *in) {
    int128 sum = 0;
    for (int i = 0; i < in->n_households; i++)
        sum += (int128)in->households[i].people.n * in->households[i].priority * in->weeks;
    return sum;
}

/* Every total is at most: all unplaced for U each, plus all that could be paid beside it. With
 * "first" that is the sum of n * priority * weeks * U, plus U. */
plaats_status unplaced_points(const plaats_instance *in, int128 kept, int64_t *points,
                              plaats_error *error) {
    assert(kept >= 0 && points != NULL);
    parts p = add_up(in);
    p.points[PART_KEEP] = kept;
    const int128 beside = 1 + sum_of(&p);
    bool first = in->weights.unplaced == NONE;
    int128 u = first ? beside : in->weights.unplaced;
    p.points[PART_SHORTFALL] = shortfall(in);
    if (beside > INT64_MAX) return too_large(error, largest_of(&p));

    int128 person_weeks = weighted_person_weeks(in);
    int128 placed = (u > beside ? u : beside) + p.points[PART_SHORTFALL];
    if (placed + person_weeks * u > INT64_MAX) {
        if (!first) p.points[PART_UNPLACED] = person_weeks * u;
        bool by_priority = placed + (int128)in->n_people * in->weeks * u <= INT64_MAX;
        return too_large(error, by_priority ? "'priority' of the households" : largest_of(&p));
    }
    *points = (int64_t)u;
    return PLAATS_OK;
}
