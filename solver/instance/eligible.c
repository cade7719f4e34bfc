/* Every rule that a household meets by itself, one small function each. */
#include "instance/eligible.h"

#include "instance/distance.h"
#include "instance/exclusions.h"
#include "instance/household.h"

#include <assert.h>

const char *eligible_code(int bit) {
    assert(bit >= 0 && bit < REASON_COUNT);
    static const char *const codes[] = {
#define X(name, code) [REASON_##name##_BIT] = code,
        REASONS(X)
#undef X
    };
    return codes[bit];
}

came_from eligible_came_from_first(const plaats_instance *in, const household *h) {
    return (came_from){
        .site = h->site, .at_home = h->site != NONE, .arriving = needs_bed(in, h, 0)};
}

/* ---- What residents_may_stay forgives ------------------------------------------------------- */

static bool carries_one_of(const person *p, const indices *tags) {
    for (int i = 0; i < tags->n; i++)
        if (person_has_tag(p, tags->at[i])) return true;
    return false;
}

reason_set eligible_excluded_by_tags(const plaats_instance *in, const household *h, const site *s) {
    reason_set excluded = 0;
    if (s->admits.n == 0 && s->refuses.n == 0) return 0;
    for (int i = 0; i < h->people.n; i++) {
        const person *p = &in->people[h->people.at[i]];
        if (s->admits.n > 0 && !carries_one_of(p, &s->admits)) excluded |= REASON(ADMITS);
        if (carries_one_of(p, &s->refuses)) excluded |= REASON(REFUSES);
    }
    return excluded;
}

static reason_set by_missing_service(const plaats_instance *in, const household *h, const site *s) {
    const household_counts *counts = counts_of(in, h);
    for (int i = 0; i < counts->n_needs; i++)
        if (site_find_service(s, counts->needs[i].service) == NULL) return REASON(SERVICE);
    return 0;
}

reason_set eligible_excluded_by_limits(const plaats_instance *in, const near_limits *limits, int j,
                                       week w) {
    reason_set excluded = 0;
    for (int i = 0; i < limits->n; i++) {
        const near_limit *limit = &limits->at[i];
        if (!holds(limit->when, w)) continue;
        if (limit->km != NONE && distance_km(in, j, limit->location) > limit->km)
            excluded |= REASON(NEAR_KM);
        if (limit->minutes != NONE) {
            int64_t minutes = distance_minutes(in, j, limit->location);
            if (minutes == DISTANCE_UNKNOWN || minutes > limit->minutes)
                excluded |= REASON(NEAR_MINUTES);
        }
    }
    return excluded;
}

reason_set eligible_excluded_by_fit(const plaats_instance *in, const household *h, int j, week w) {
    const site *s = &in->sites[j];
    reason_set excluded = by_missing_service(in, h, s) | eligible_excluded_by_tags(in, h, s);
    excluded |= eligible_excluded_by_limits(in, &h->near, j, w);
    for (int i = 0; i < h->people.n; i++)
        excluded |= eligible_excluded_by_limits(in, &in->people[h->people.at[i]].near, j, w);
    return excluded;
}

/* ---- What always counts --------------------------------------------------------------------- */

static reason_set by_places(const plaats_instance *in, const household *h, const site *s, week w) {
    reason_set excluded = h->people.n > site_usable_beds(s, w) ? REASON(BEDS) : 0;
    const household_counts *counts = counts_of(in, h);
    for (int i = 0; i < counts->n_needs; i++) {
        const site_service *offered = site_find_service(s, counts->needs[i].service);
        if (offered != NULL && !offered->unlimited &&
            counts->needs[i].persons > steps_value(&offered->places, w, 0))
            excluded |= REASON(SERVICE);
    }
    return excluded;
}

reason_set eligible_excluded_by_orders(const plaats_instance *in, const household *h, int j,
                                       week w) {
    (void)in;
    reason_set excluded = 0;
    if (h->has_pin && h->pin.site != j && holds(h->pin.when, w)) excluded |= REASON(PIN);
    for (int i = 0; i < h->n_bans; i++)
        if (h->bans[i].site == j && holds(h->bans[i].when, w)) excluded |= REASON(BAN);
    if (w < h->no_move_before && j != h->site) excluded |= REASON(NO_MOVE);
    return excluded;
}

reason_set eligible_excluded_by_journey(const plaats_instance *in, const household *h, int j,
                                        came_from from) {
    if (h->max_km == NONE) return 0;
    int start = from.site;
    if (start == NONE && from.arriving) start = h->from;
    if (start == NONE) return 0;
    return distance_km(in, start, j) > h->max_km ? REASON(MAX_KM) : 0;
}

/* Moving in, arriving or coming back needs some weeks before the site closes. */
reason_set eligible_excluded_by_min_stay(const plaats_instance *in, const site *s, bool was_here,
                                         week w) {
    if (was_here || in->rules.min_stay == 0 || s->closes == WEEK_LAST) return 0;
    return (int64_t)s->closes - w < in->rules.min_stay ? REASON(MIN_STAY) : 0;
}

/* With no moves allowed at all every move is one too many, whatever the path before it. */
static reason_set by_moves(const plaats_instance *in, int j, came_from from) {
    bool moves = from.site != NONE && from.site != j;
    return moves && in->rules.max_moves == 0 ? REASON(MAX_MOVES) : 0;
}

eligibility eligible(const plaats_instance *in, int who, int j, int t, came_from from) {
    assert(who >= 0 && who < in->n_households && j >= 0 && j < in->n_sites);
    assert(t >= 0 && t < in->weeks);
    const site *s = &in->sites[j];
    const household *h = &in->households[who];
    week w = in->first + t;
    if (!site_open(s, w)) return (eligibility){.excluded = REASON(CLOSED)};

    bool at_home = from.at_home && from.site == j;
    reason_set unfit = eligible_excluded_by_fit(in, h, j, w);
    bool forgiven = unfit != 0 && at_home && in->rules.residents_may_stay;
    reason_set excluded = by_places(in, h, s, w) | eligible_excluded_by_orders(in, h, j, w) |
                          eligible_excluded_by_journey(in, h, j, from) |
                          eligible_excluded_by_min_stay(in, s, from.site == j, w) |
                          by_moves(in, j, from);
    if (!forgiven) excluded |= unfit;
    return (eligibility){.excluded = excluded, .misfit = forgiven};
}
