/* Distances that are needed and unknown. A km is unknown only where one end has no coordinates, so
 * an instance in which everything has some is done at once, and otherwise only pairs with such an
 * end are looked at. */
#include "instance/distance.h"
#include "instance/eligible.h"
#include "instance/read.h"

#include <assert.h>
#include <stdlib.h>

typedef struct {
    reader *r;
    int *blind; /* sites without coordinates */
    int n_blind;
    int *all;        /* every site */
    uint32_t *weeks; /* per site: the weeks (bits) in which the household at hand may be there */
    int *known_for;  /* per site: the household for which `weeks` was worked out */
} search;

/* ---- Where a household may be --------------------------------------------------------------- */

static bool may(const plaats_instance *in, int who, int j, int t, came_from from) {
    return eligible(in, who, j, t, from).excluded == 0;
}

/* The planned weeks (bits) in which nothing but an unknown distance keeps it from the site: as it
 * comes into its first week; afterwards staying there, or coming from elsewhere. */
static uint32_t find_weeks(const plaats_instance *in, int who, int j) {
    assert(in->weeks <= 32);
    const household *h = &in->households[who];
    const came_from elsewhere = {.site = NONE};
    uint32_t weeks = 0;
    bool first = true;
    bool home = h->site == j; /* it may still be there, never having left */
    for (int t = 0; t < in->weeks; t++) {
        if (!needs_bed(in, h, t)) continue;
        const came_from here = {.site = j, .at_home = home};
        const came_from start = {.site = h->site, .at_home = h->site != NONE, .arriving = true};
        bool was_here = t > 0 && ((weeks >> (t - 1)) & 1) != 0;
        bool possible = first ? may(in, who, j, t, start) : may(in, who, j, t, elsewhere);
        if (!possible && !first && was_here) possible = may(in, who, j, t, here);
        if (home && !may(in, who, j, t, here)) home = false;
        if (possible) weeks |= 1u << t;
        first = false;
    }
    return weeks;
}

static uint32_t weeks_at(search *s, int who, int j) {
    if (!s->r->site_sound[j]) return 0;
    if (s->known_for[j] != who) {
        s->known_for[j] = who;
        s->weeks[j] = find_weeks(s->r->in, who, j);
    }
    return s->weeks[j];
}

static bool has_position(const plaats_instance *in, int location) {
    return location < in->n_sites ? in->sites[location].has_position
                                  : in->places[location - in->n_sites].has_position;
}

/* Sites whose distance to or from the location may be unknown. */
static indices suspects(const search *s, int location) {
    if (has_position(s->r->in, location)) return (indices){.n = s->n_blind, .at = s->blind};
    return (indices){.n = s->r->in->n_sites, .at = s->all};
}

static bool is_sound(const search *s, int location) {
    return location >= s->r->in->n_sites || s->r->site_sound[location];
}

/* ---- Near limits ---------------------------------------------------------------------------- */

static uint32_t weeks_of(const plaats_instance *in, window when) {
    assert(in->weeks <= 32);
    uint32_t weeks = 0;
    for (int t = 0; t < in->weeks; t++)
        if (holds(when, in->first + t)) weeks |= 1u << t;
    return weeks;
}

static const json_node *element(const json_node *array, int i) {
    const json_node *node = json_first(array);
    while (i-- > 0) node = json_next(node);
    assert(node != NULL);
    return node;
}

static void check_limit(search *s, int who, const near_limit *limit, const json_node *owner,
                        int number) {
    const plaats_instance *in = s->r->in;
    if ((limit->km == NONE && limit->points_per_km == 0) || !is_sound(s, limit->location)) return;
    uint32_t weeks = weeks_of(in, limit->when);
    indices from = suspects(s, limit->location);
    int count = 0;
    int first = NONE;
    for (int i = 0; i < from.n; i++) {
        int j = from.at[i];
        if (distance_km(in, j, limit->location) != DISTANCE_UNKNOWN ||
            (weeks_at(s, who, j) & weeks) == 0)
            continue;
        if (count++ == 0) first = j;
    }
    if (count == 0) return;
    s->r->sound = false;
    json_problem(s->r->document, element(json_member(owner, "near"), number),
                 "the km to '%s' are needed and unknown for %d of the sites where household '%s' "
                 "may go, first '%s'",
                 location_id(in, limit->location), count, in->households[who].id,
                 in->sites[first].id);
}

static void check_limits(search *s, int who) {
    const plaats_instance *in = s->r->in;
    const household *h = &in->households[who];
    for (int i = 0; i < h->near.n; i++)
        check_limit(s, who, &h->near.at[i], s->r->household_nodes[who], i);
    for (int k = 0; k < h->people.n; k++) {
        int p = h->people.at[k];
        for (int i = 0; i < in->people[p].near.n; i++)
            check_limit(s, who, &in->people[p].near.at[i], s->r->person_nodes[p], i);
    }
}

/* ---- Journeys ------------------------------------------------------------------------------- */

/* Reports the journeys from `start` that can begin when the household was there in `weeks` (bit t:
 * it arrives in week t). */
static bool check_journeys_from(search *s, int who, int start, uint32_t weeks) {
    const plaats_instance *in = s->r->in;
    const household *h = &in->households[who];
    indices to = suspects(s, start);
    int count = 0;
    int first = NONE;
    for (int i = 0; i < to.n; i++) {
        int j = to.at[i];
        if (distance_km(in, start, j) != DISTANCE_UNKNOWN || (weeks_at(s, who, j) & weeks) == 0)
            continue;
        if (count++ == 0) first = j;
    }
    if (count == 0) return false;
    const json_node *row = s->r->household_nodes[who];
    json_problem(s->r->document, row != NULL ? row : s->r->person_nodes[h->people.at[0]],
                 "the km from '%s' are needed and unknown to %d of the sites where household '%s' "
                 "may go, first '%s'",
                 location_id(in, start), count, h->id, in->sites[first].id);
    s->r->sound = false;
    return true;
}

static uint32_t weeks_in_need(const plaats_instance *in, const household *h) {
    assert(in->weeks <= 32);
    uint32_t weeks = 0;
    for (int t = 0; t < in->weeks; t++)
        if (needs_bed(in, h, t)) weeks |= 1u << t;
    return weeks;
}

/* One report a household is enough: from where it is now, else from a site it may pass through. */
static void check_journeys(search *s, int who) {
    const plaats_instance *in = s->r->in;
    const household *h = &in->households[who];
    if (h->max_km == NONE && in->weights.km == 0) return;
    uint32_t need = weeks_in_need(in, h);
    uint32_t first_week = need & (~need + 1);
    int start = h->site != NONE ? h->site : h->from;
    if (start != NONE && is_sound(s, start) && check_journeys_from(s, who, start, first_week))
        return;
    if ((need & (need - 1)) == 0) return; /* one week: there is no other journey */
    for (int j = 0; j < in->n_sites; j++)
        if (suspects(s, j).n > 0 && check_journeys_from(s, who, j, weeks_at(s, who, j) << 1))
            return;
}

/* ---- All households ------------------------------------------------------------------------- */

static bool list_sites(search *s) {
    const plaats_instance *in = s->r->in;
    size_t n = (size_t)in->n_sites;
    s->blind = zero_alloc(n, sizeof *s->blind);
    s->all = zero_alloc(n, sizeof *s->all);
    s->weeks = zero_alloc(n, sizeof *s->weeks);
    s->known_for = zero_alloc(n, sizeof *s->known_for);
    if (s->blind == NULL || s->all == NULL || s->weeks == NULL || s->known_for == NULL) {
        s->r->out_of_memory = true;
        return false;
    }
    for (int j = 0; j < in->n_sites; j++) {
        s->all[j] = j;
        s->known_for[j] = NONE;
        if (!in->sites[j].has_position) s->blind[s->n_blind++] = j;
    }
    return true;
}

static bool everything_has_a_position(const plaats_instance *in) {
    for (int i = 0; i < n_locations(in); i++)
        if (!has_position(in, i)) return false;
    return true;
}

void validate_distances(reader *r) {
    search s = {.r = r};
    if (everything_has_a_position(r->in)) return;
    if (list_sites(&s)) {
        for (int who = 0; who < r->in->n_households; who++) {
            if (!r->household_sound[who]) continue;
            check_limits(&s, who);
            check_journeys(&s, who);
        }
    }
    free(s.blind);
    free(s.all);
    free(s.weeks);
    free(s.known_for);
}
