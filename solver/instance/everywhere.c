/* Each rule and each part of the cost is one pass over all sites, left out where it says nothing.
 * Few sites are told apart by it: those that admit and refuse the same tags form a door, those as
 * durable as each other a grade. Where a household's own site, its pin or its orders make a site
 * special, that site is judged by itself. */
#include "instance/everywhere.h"

#include "instance/distance.h"
#include "instance/exclusions.h"
#include "instance/household.h"
#include "instance/points.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_DURABLE = 100 };

struct everywhere {
    const plaats_instance *in;
    int t;
    week when;
    bool *never;      /* per site: closed, or open too short to move in */
    int32_t *beds;    /* per site: usable */
    int32_t *places;  /* [service * n_sites + site]; NONE: not listed */
    uint8_t *durable; /* per site */
    bool any_durable[MOST_DURABLE + 1];
    int n_doors;
    int *door;      /* per site */
    int *door_site; /* per door: a site that has it */
};

/* ---- Facts of sites ------------------------------------------------------------------------- */

static int32_t narrow(int64_t value) {
    return value > INT32_MAX ? INT32_MAX : (int32_t)value;
}

static bool same_list(const indices *a, const indices *b) {
    return a->n == b->n && (a->n == 0 || memcmp(a->at, b->at, (size_t)a->n * sizeof *a->at) == 0);
}

static void find_door(everywhere *e, int j) {
    const site *s = &e->in->sites[j];
    for (e->door[j] = 0; e->door[j] < e->n_doors; e->door[j]++) {
        const site *other = &e->in->sites[e->door_site[e->door[j]]];
        if (same_list(&s->admits, &other->admits) && same_list(&s->refuses, &other->refuses))
            return;
    }
    assert(e->n_doors <= j); /* one for each site before, at most */
    e->door_site[e->n_doors++] = j;
}

static void lay_out(everywhere *e, int j) {
    const plaats_instance *in = e->in;
    const site *s = &in->sites[j];
    size_t n = (size_t)in->n_sites;

    e->never[j] =
        !site_open(s, e->when) || eligible_excluded_by_min_stay(in, s, false, e->when) != 0;
    e->beds[j] = narrow(site_usable_beds(s, e->when));
    assert(s->durable >= 0 && s->durable <= MOST_DURABLE);
    e->durable[j] = (uint8_t)s->durable;
    e->any_durable[s->durable] = true;
    for (int k = 0; k < in->n_services; k++) {
        const site_service *offered = site_find_service(s, k);
        int32_t *places = &e->places[(size_t)k * n + (size_t)j];
        *places = offered == NULL      ? NONE
                  : offered->unlimited ? INT32_MAX
                                       : narrow(steps_value(&offered->places, e->when, 0));
    }
    find_door(e, j);
}

plaats_status everywhere_make(const plaats_instance *in, int t, everywhere **out,
                              plaats_error *error) {
    assert(t >= 0 && t < in->weeks && out != NULL);
    plaats_status st = PLAATS_OK;
    size_t n = (size_t)in->n_sites;
    everywhere *e = zero_alloc(1, sizeof *e);

    TRY_ALLOC(e);
    e->in = in;
    e->t = t;
    e->when = in->first + t;
    TRY_ALLOC(e->never = zero_alloc(n, sizeof *e->never));
    TRY_ALLOC(e->beds = zero_alloc(n, sizeof *e->beds));
    TRY_ALLOC(e->places = zero_alloc(n * (size_t)in->n_services, sizeof *e->places));
    TRY_ALLOC(e->durable = zero_alloc(n, sizeof *e->durable));
    TRY_ALLOC(e->door = zero_alloc(n, sizeof *e->door));
    TRY_ALLOC(e->door_site = zero_alloc(n, sizeof *e->door_site));
    for (int j = 0; j < in->n_sites; j++) lay_out(e, j);
done:
    if (st != PLAATS_OK) {
        everywhere_free(e);
        e = NULL;
    }
    *out = e;
    return st;
}

void everywhere_free(everywhere *e) {
    if (e == NULL) return;
    free(e->never);
    free(e->beds);
    free(e->places);
    free(e->durable);
    free(e->door);
    free(e->door_site);
    free(e);
}

/* ---- Who may be where ----------------------------------------------------------------------- */

static void exclude_below(const int32_t *room, int n, int persons, bool *excluded) {
    for (int j = 0; j < n; j++) excluded[j] |= room[j] < persons;
}

/* A site that is not listed for a service has less than no places. */
static void exclude_full(const everywhere *e, const household *h, bool *excluded) {
    const household_counts *counts = counts_of(e->in, h);
    int n = e->in->n_sites;
    exclude_below(e->beds, n, h->people.n, excluded);
    for (int i = 0; i < counts->n_needs; i++)
        exclude_below(e->places + (size_t)counts->needs[i].service * (size_t)n, n,
                      counts->needs[i].persons, excluded);
}

static void exclude_door(const everywhere *e, int door, bool *excluded) {
    for (int j = 0; j < e->in->n_sites; j++) excluded[j] |= e->door[j] == door;
}

static void exclude_by_tags(const everywhere *e, const household *h, bool *excluded) {
    for (int d = 0; d < e->n_doors; d++)
        if (eligible_excluded_by_tags(e->in, h, &e->in->sites[e->door_site[d]]) != 0)
            exclude_door(e, d, excluded);
}

static void exclude_beyond(const int32_t *km, int n, int64_t limit, bool *excluded) {
    for (int j = 0; j < n; j++) excluded[j] |= km[j] > limit;
}

static void exclude_late(const everywhere *e, const near_limit *limit, bool *excluded) {
    for (int j = 0; j < e->in->n_sites; j++) {
        int64_t minutes = distance_minutes(e->in, j, limit->location);
        excluded[j] |= minutes == DISTANCE_UNKNOWN || minutes > limit->minutes;
    }
}

/* ---- What it costs -------------------------------------------------------------------------- */

static void add_stay(const everywhere *e, const household *h, int64_t always, int64_t *cost) {
    int64_t grade[MOST_DURABLE + 1] = {0};
    for (int d = 0; d <= MOST_DURABLE; d++)
        if (e->any_durable[d]) grade[d] = always + cost_stay_points(e->in, h, d);
    for (int j = 0; j < e->in->n_sites; j++) cost[j] = grade[e->durable[j]];
}

static void add_km(const int32_t *km, int n, int64_t points, int64_t *cost) {
    for (int j = 0; j < n; j++) cost[j] += points * km[j];
}

/* An unknown distance has no price. */
static void add_journey(const int32_t *km, int n, int64_t points, int64_t *cost) {
    for (int j = 0; j < n; j++) cost[j] += points * (km[j] < 0 ? 0 : km[j]);
}

static void look_at_limits(const everywhere *e, const near_limits *limits, bool *excluded,
                           int64_t *cost) {
    int n = e->in->n_sites;
    for (int i = 0; i < limits->n; i++) {
        const near_limit *limit = &limits->at[i];
        const int32_t *km = distance_from_sites(e->in, limit->location);
        if (!holds(limit->when, e->when)) continue;
        if (limit->km != NONE) exclude_beyond(km, n, limit->km, excluded);
        if (limit->minutes != NONE) exclude_late(e, limit, excluded);
        if (limit->points_per_km > 0) add_km(km, n, limit->points_per_km, cost);
    }
}

static void look_at_journey(const everywhere *e, const household *h, came_from from, bool *excluded,
                            int64_t *cost) {
    int n = e->in->n_sites;
    int start = from.site != NONE ? from.site : from.arriving ? h->from : NONE;
    const int32_t *km;
    if (start == NONE) return;
    km = distance_to_sites(e->in, start);
    if (h->max_km != NONE) exclude_beyond(km, n, h->max_km, excluded);
    if (e->in->weights.km > 0) add_journey(km, n, h->people.n * e->in->weights.km, cost);
}

/* ---- All of it ------------------------------------------------------------------------------ */

static void look_at_one(const everywhere *e, int who, int j, came_from from, bool *excluded,
                        int64_t *cost) {
    eligibility may = eligible(e->in, who, j, e->t, from);
    excluded[j] = may.excluded != 0;
    if (excluded[j]) return;
    stay_cost c = cost_of_stay(e->in, who, j, e->t, from, may.misfit);
    cost[j] = stay_cost_total(&c);
}

/* Orders that leave it no site but its own and that of its pin. */
static bool is_bound(const everywhere *e, const household *h, came_from from) {
    return (h->has_pin && holds(h->pin.when, e->when)) || e->when < h->no_move_before ||
           (from.site != NONE && e->in->rules.max_moves == 0);
}

/* All but the sites where it is special to be. */
static void look_at_free(const everywhere *e, const household *h, came_from from, bool *excluded,
                         int64_t *cost) {
    stay_cost move = {0};
    memcpy(excluded, e->never, (size_t)e->in->n_sites * sizeof *excluded);
    exclude_full(e, h, excluded);
    exclude_by_tags(e, h, excluded);
    cost_add_move_points(e->in, h, from, e->when, &move);
    add_stay(e, h, stay_cost_total(&move), cost);
    look_at_limits(e, &h->near, excluded, cost);
    for (int i = 0; i < h->people.n; i++)
        look_at_limits(e, &e->in->people[h->people.at[i]].near, excluded, cost);
    for (int i = 0; i < h->n_wishes; i++)
        for (int j = 0; j < e->in->n_sites; j++)
            cost[j] -= cost_wish_points(e->in, &h->wishes[i], j);
    look_at_journey(e, h, from, excluded, cost);
}

void everywhere_look(const everywhere *e, int who, came_from from, bool *excluded, int64_t *cost) {
    assert(who >= 0 && who < e->in->n_households);
    const household *h = &e->in->households[who];
    int n = e->in->n_sites;

    if (n > 0 && distance_from_sites(e->in, 0) == NULL) {
        for (int j = 0; j < n; j++) look_at_one(e, who, j, from, excluded, cost);
        return;
    }
    if (is_bound(e, h, from))
        memset(excluded, true, (size_t)n * sizeof *excluded);
    else
        look_at_free(e, h, from, excluded, cost);
    if (from.site != NONE) look_at_one(e, who, from.site, from, excluded, cost);
    if (h->site != NONE) look_at_one(e, who, h->site, from, excluded, cost);
    if (h->has_pin) look_at_one(e, who, h->pin.site, from, excluded, cost);
    for (int i = 0; i < h->n_bans; i++) look_at_one(e, who, h->bans[i].site, from, excluded, cost);
}
