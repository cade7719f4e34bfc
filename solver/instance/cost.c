/* The price of a week at a site, part by part. */
#include "instance/cost.h"

#include "base/checked.h"
#include "instance/distance.h"
#include "instance/household.h"
#include "instance/points.h"
#include <assert.h>
#include <string.h>

static int64_t near_points(const plaats_instance *in, const near_limits *limits, int j, week w) {
    int64_t points = 0;
    for (int i = 0; i < limits->n; i++) {
        const near_limit *limit = &limits->at[i];
        if (limit->points_per_km > 0 && holds(limit->when, w))
            points += limit->points_per_km * distance_km(in, j, limit->location);
    }
    return points;
}

static bool is_text(const char *value, const char *found) {
    return found != NULL && strcmp(value, found) == 0;
}

static bool has_tag(const site *s, int tag) {
    for (int i = 0; i < s->tags.n; i++)
        if (s->tags.at[i] == tag) return true;
    return false;
}

int64_t cost_wish_points(const plaats_instance *in, const wish *wanted, int j) {
    assert(j >= 0 && j < in->n_sites);
    const site *s = &in->sites[j];
    bool matches = false;
    switch (wanted->kind) {
    case WISH_DURABLE:
        return floor_div(wanted->points * s->durable + 50, 100);
    case WISH_SITE:
        matches = wanted->index == j;
        break;
    case WISH_KIND:
        matches = is_text(wanted->value, s->kind);
        break;
    case WISH_PROVINCE:
        matches = is_text(wanted->value, s->province);
        break;
    case WISH_MUNICIPALITY:
        matches = is_text(wanted->value, s->municipality);
        break;
    case WISH_TAG:
        matches = has_tag(s, wanted->index);
        break;
    }
    return matches ? wanted->points : 0;
}

/* A site that is not durable costs every person a little, every child a little more. The product
 * may pass 64 bits where its hundredth does not. */
int64_t cost_stay_points(const plaats_instance *in, const household *h, int durable) {
    assert(durable >= 0 && durable <= 100);
    int128 temporary = (int128)h->people.n * in->weights.temporary +
                       (int128)household_count_children(in, h) * in->weights.temporary_child;
    return (int64_t)((temporary * (100 - durable) + 50) / 100);
}

/* An unknown distance has no price: it is refused at reading wherever it could count. */
static int64_t journey_points(const plaats_instance *in, const household *h, int start, int j) {
    if (in->weights.km == 0) return 0;
    int64_t km = distance_km(in, start, j);
    return km == DISTANCE_UNKNOWN ? 0 : h->people.n * in->weights.km * km;
}

void cost_add_move_points(const plaats_instance *in, const household *h, came_from from, week w,
                          stay_cost *c) {
    if (from.site == NONE) return;
    c->move = h->people.n * in->weights.move;
    if (!rules_is_school_holiday(in, w))
        c->school_move =
            household_count_school_children(in, h) * in->weights.school_move * (1 + h->moves);
}

stay_cost cost_of_stay(const plaats_instance *in, int who, int j, int t, came_from from,
                       bool misfit) {
    assert(who >= 0 && who < in->n_households && j >= 0 && j < in->n_sites);
    assert(t >= 0 && t < in->weeks);
    const household *h = &in->households[who];
    const site *s = &in->sites[j];
    week w = in->first + t;
    int64_t n = h->people.n;
    stay_cost c = {.stay = cost_stay_points(in, h, s->durable),
                   .near = near_points(in, &h->near, j, w)};

    for (int i = 0; i < h->people.n; i++)
        c.near += near_points(in, &in->people[h->people.at[i]].near, j, w);
    for (int i = 0; i < h->n_wishes; i++) c.wishes -= cost_wish_points(in, &h->wishes[i], j);
    if (misfit) c.misfit = n * in->weights.misfit;
    if (from.site == j) {
        bool too_long = from.at_home && h->has_since && s->max_weeks != NONE &&
                        (int64_t)w - h->since >= s->max_weeks;
        if (too_long) c.overstay = n * in->weights.overstay;
    } else if (from.site != NONE) {
        cost_add_move_points(in, h, from, w, &c);
        c.km = journey_points(in, h, from.site, j);
    } else if (from.arriving && h->from != NONE) {
        c.km = journey_points(in, h, h->from, j);
    }
    return c;
}

int64_t stay_cost_total(const stay_cost *c) {
    return c->stay + c->near + c->wishes + c->misfit + c->overstay + c->move + c->school_move +
           c->km;
}
