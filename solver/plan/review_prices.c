/* Prices that a planner should know of: default weights that play a part, and a price of staying
 * unplaced below what a place may cost. */
#include "plan/review.h"

#include "instance/cost.h"
#include "instance/distance.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- Weights that were not stated ---------------------------------------------------------- */

/* In the order of `stated`. */
enum { TEMPORARY, TEMPORARY_CHILD, MOVE, SCHOOL_MOVE, KM, MISFIT, OVERSTAY, UNPLACED, N_WEIGHTS };

/* Which weights some plan may pay; one that plays no part needs no word. */
static uint32_t weights_in_play(const plaats_instance *in) {
    bool temporary = false, limited = false, child = false, home = false, school = false,
         journey = false;
    for (int j = 0; j < in->n_sites; j++) {
        temporary |= in->sites[j].durable < 100;
        limited |= in->sites[j].max_weeks != NONE;
    }
    for (int h = 0; h < in->n_households; h++) {
        const household *who = &in->households[h];
        bool moves = who->site != NONE || in->weeks > 1;
        child |= household_count_children(in, who) > 0;
        home |= who->site != NONE;
        journey |= moves || who->from != NONE;
        school |= moves && household_count_school_children(in, who) > 0;
    }
    bool moves = home || in->weeks > 1;
    const bool in_play[N_WEIGHTS] = {
        [TEMPORARY] = temporary,
        [TEMPORARY_CHILD] = temporary && child,
        [MOVE] = moves && in->n_households > 0,
        [SCHOOL_MOVE] = school,
        [KM] = journey,
        [MISFIT] = home && in->rules.residents_may_stay,
        [OVERSTAY] = home && limited,
        [UNPLACED] = in->n_households > 0,
    };
    uint32_t set = 0;
    for (int i = 0; i < N_WEIGHTS; i++) set |= (uint32_t)in_play[i] << i;
    return set;
}

static void note_defaults(review *r) {
    const weights *w = &r->instance->weights;
    const struct {
        const char *name;
        int64_t value;
    } all[N_WEIGHTS] = {
        [TEMPORARY] = {"temporary", w->temporary},
        [TEMPORARY_CHILD] = {"temporary_child", w->temporary_child},
        [MOVE] = {"move", w->move},
        [SCHOOL_MOVE] = {"school_move", w->school_move},
        [KM] = {"km", w->km},
        [MISFIT] = {"misfit", w->misfit},
        [OVERSTAY] = {"overstay", w->overstay},
        [UNPLACED] = {"unplaced", w->unplaced},
    };
    uint32_t missing = weights_in_play(r->instance) & ~w->stated;
    char list[256] = "", *end = list;
    if (missing == 0) return;
    for (int i = 0; i < N_WEIGHTS; i++) {
        if ((missing >> i & 1) == 0) continue;
        size_t left = sizeof list - (size_t)(end - list);
        const char *between = end > list ? ", " : "";
        end += all[i].value == NONE
                   ? snprintf(end, left, "%s%s \"first\"", between, all[i].name)
                   : snprintf(end, left, "%s%s %" PRId64, between, all[i].name, all[i].value);
        assert(end < list + sizeof list);
    }
    note_place place = {"/weights"};
    note_add(&r->notes, NOTE_DEFAULT_WEIGHTS, w->stated == 0 ? review_place_nowhere() : place,
             "weights that are not stated count as %s", list);
}

/* ---- A small U ----------------------------------------------------------------------------- */

/* The dearest place found, per person and priority, rounded up. */
typedef struct {
    const plaats_instance *in;
    int64_t points;
    int household, site;
    int64_t largest_km;   /* between any two */
    int64_t *farthest_to; /* per site: km from the farthest other; for journeys in later weeks */
    int64_t *farthest_of; /* per location: km to the farthest site; NULL: not measured yet */
} dearest;

static int64_t known_km(const plaats_instance *in, int from, int to) {
    int64_t km = distance_km(in, from, to);
    return km == DISTANCE_UNKNOWN ? 0 : km;
}

static void measure(dearest *d) {
    const plaats_instance *in = d->in;
    for (int i = 0; i < n_locations(in); i++)
        for (int j = 0; j < in->n_sites; j++) {
            int64_t km = known_km(in, i, j);
            if (km > d->farthest_of[i]) d->farthest_of[i] = km;
            if (i < in->n_sites && km > d->farthest_to[j]) d->farthest_to[j] = km;
        }
}

static int64_t move_points(const plaats_instance *in, const household *h, int64_t km) {
    return h->people.n * (in->weights.move + in->weights.km * km) +
           household_count_school_children(in, h) * in->weights.school_move * (1 + h->moves);
}

static int64_t near_points(const dearest *d, const near_limits *limits) {
    int64_t points = 0;
    for (int i = 0; i < limits->n; i++) points += limits->at[i].points_per_km * d->largest_km;
    return points;
}

static int64_t farthest_from(const dearest *d, int location) {
    assert(location >= 0 && location < n_locations(d->in));
    return d->farthest_of == NULL ? d->largest_km : d->farthest_of[location];
}

/* No place of the household costs more in any week. */
static int64_t most_points(const dearest *d, const household *h) {
    const plaats_instance *in = d->in;
    const weights *w = &in->weights;
    int64_t n = h->people.n,
            points = n * w->temporary + household_count_children(in, h) * w->temporary_child;
    points += near_points(d, &h->near);
    for (int i = 0; i < n; i++) points += near_points(d, &in->people[h->people.at[i]].near);
    for (int i = 0; i < h->n_wishes; i++)
        if (h->wishes[i].points < 0) points -= h->wishes[i].points;
    if (h->site != NONE) points += n * (w->misfit + w->overstay);
    if (in->weeks > 1) return points + move_points(in, h, d->largest_km);
    if (h->site != NONE) return points + move_points(in, h, farthest_from(d, h->site));
    return h->from == NONE ? points : points + n * w->km * farthest_from(d, h->from);
}

static int64_t for_each(const household *h, int64_t points) {
    int64_t heads = h->people.n * h->priority;
    return points <= 0 ? 0 : (points + heads - 1) / heads;
}

/* What a week at site j costs when the household comes from its own site, or, in a longer horizon,
 * from the farthest other. */
static int64_t place_points(const dearest *d, int h, int j, int t, came_from from, bool misfit) {
    const plaats_instance *in = d->in;
    stay_cost cost = cost_of_stay(in, h, j, t, from, misfit);
    int64_t total = stay_cost_total(&cost);
    if (in->weeks == 1) return total;
    int64_t rest = total - cost.move - cost.school_move - cost.km - cost.overstay;
    int64_t moved = rest + move_points(in, &in->households[h], d->farthest_to[j]);
    return moved > total ? moved : total;
}

static void judge_household(dearest *d, int h, int t) {
    const plaats_instance *in = d->in;
    const household *who = &in->households[h];
    came_from from = eligible_came_from_first(in, who);
    from.arriving = t == 0 || !needs_bed(in, who, t - 1);
    for (int j = 0; j < in->n_sites; j++) {
        eligibility e = eligible(in, h, j, t, from);
        if (e.excluded != 0) continue;
        int64_t points = for_each(who, place_points(d, h, j, t, from, e.misfit));
        if (points <= d->points) continue;
        d->points = points;
        d->household = h;
        d->site = j;
    }
}

/* Looks at a household only if some place of it might be dearer than what was found. A household
 * that needs no bed is not looked at: its points may be of any size. */
static bool may_be_dearer(const dearest *d, int h, int t) {
    const household *who = &d->in->households[h];
    return needs_bed(d->in, who, t) && for_each(who, most_points(d, who)) > d->points;
}

static bool any_may_be_dearer(const dearest *d) {
    for (int h = 0; h < d->in->n_households; h++)
        for (int t = 0; t < d->in->weeks; t++)
            if (may_be_dearer(d, h, t)) return true;
    return false;
}

static void note_dearest(review *r, const dearest *d) {
    const plaats_instance *in = r->instance;
    note_place place = {"/weights/unplaced"};
    note_add(&r->notes, NOTE_SMALL_UNPLACED, place,
             "'unplaced' is %" PRId64 ", less than a place may cost: somebody may stay without a "
             "bed although one is free; %" PRId64
             " would do (household '%s' at site '%s', per person and priority)",
             in->weights.unplaced, d->points, in->households[d->household].id,
             in->sites[d->site].id);
}

static plaats_status note_small_unplaced(review *r, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const plaats_instance *in = r->instance;
    dearest d = {.in = in, .points = in->weights.unplaced, .household = NONE};
    if (in->weights.unplaced == NONE) return PLAATS_OK;
    d.largest_km = distance_largest_km(in);
    if (!any_may_be_dearer(&d)) return PLAATS_OK;
    TRY_ALLOC(d.farthest_to = zero_alloc((size_t)in->n_sites, sizeof *d.farthest_to));
    TRY_ALLOC(d.farthest_of = zero_alloc((size_t)n_locations(in), sizeof *d.farthest_of));
    measure(&d);
    for (int h = 0; h < in->n_households; h++)
        for (int t = 0; t < in->weeks; t++)
            if (may_be_dearer(&d, h, t)) judge_household(&d, h, t);
    if (d.household != NONE) note_dearest(r, &d);
done:
    free(d.farthest_of);
    free(d.farthest_to);
    return st;
}

plaats_status review_prices(review *r, plaats_error *error) {
    note_defaults(r);
    return note_small_unplaced(r, error);
}
