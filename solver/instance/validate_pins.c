/* Pins that cannot be: against rules of the household itself, or against one another. */
#include "instance/exclusions.h"
#include "instance/household.h"
#include "instance/read.h"

#include <assert.h>

/* ---- A pin against the household's own rules ------------------------------------------------ */

/* What of the household's own excludes it from the site of its pin in week w. Its way there is
 * taken to begin at its `site` or `from`, whatever the week. */
static reason_set excluded_from_pin(const plaats_instance *in, const household *h, week w) {
    came_from start = {.site = h->site, .at_home = h->site != NONE, .arriving = true};
    reason_set excluded = eligible_excluded_by_orders(in, h, h->pin.site, w) |
                          eligible_excluded_by_journey(in, h, h->pin.site, start);
    bool may_stay = h->site == h->pin.site && in->rules.residents_may_stay;
    return may_stay ? excluded : excluded | eligible_excluded_by_fit(in, h, h->pin.site, w);
}

/* The first week of the pin, if it can be in none of its weeks. */
static bool pin_is_impossible(const plaats_instance *in, const household *h, week *first) {
    bool any = false;
    for (int t = 0; t < in->weeks; t++) {
        week w = in->first + t;
        if (!needs_bed(in, h, t) || !holds(h->pin.when, w)) continue;
        if (excluded_from_pin(in, h, w) == 0) return false;
        if (!any) *first = w;
        any = true;
    }
    return any;
}

static const near_limit *find_limit(const plaats_instance *in, const near_limits *limits, int j,
                                    week w) {
    for (int i = 0; i < limits->n; i++) {
        near_limits one = {.n = 1, .at = &limits->at[i]};
        if (eligible_excluded_by_limits(in, &one, j, w) != 0) return one.at;
    }
    return NULL;
}

/* The limit that excludes it; the caller knows that there is one. */
static const near_limit *limit_against_pin(const plaats_instance *in, const household *h, week w) {
    const near_limit *limit = find_limit(in, &h->near, h->pin.site, w);
    for (int i = 0; limit == NULL && i < h->people.n; i++)
        limit = find_limit(in, &in->people[h->people.at[i]].near, h->pin.site, w);
    assert(limit != NULL);
    return limit;
}

static const char *missing_service(const plaats_instance *in, const household *h) {
    const household_counts *counts = counts_of(in, h);
    int i = 0;
    while (site_find_service(&in->sites[h->pin.site], counts->needs[i].service) != NULL) i++;
    assert(i < counts->n_needs);
    return in->services[counts->needs[i].service];
}

typedef struct {
    const char *rule; /* goes on after "but" */
    const char *what; /* the site, place or service it names; NULL if none */
} fault;

static fault fault_of_pin(const plaats_instance *in, const household *h, week w) {
    const reason_set excluded = excluded_from_pin(in, h, w);
    if (excluded & REASON(BAN)) return (fault){"a ban of its own forbids it", NULL};
    if (excluded & REASON(NO_MOVE))
        return (fault){"'no_move_before' keeps it at site", in->sites[h->site].id};
    if (excluded & REASON(MAX_KM))
        return (fault){"that is farther than 'max_km' from",
                       location_id(in, h->site != NONE ? h->site : h->from)};
    if (excluded & (REASON(NEAR_KM) | REASON(NEAR_MINUTES)))
        return (fault){"that is beyond its near limit to",
                       location_id(in, limit_against_pin(in, h, w)->location)};
    if (excluded & REASON(SERVICE))
        return (fault){"the site does not list the service", missing_service(in, h)};
    if (excluded & REASON(ADMITS))
        return (fault){"not every member is one whom the site 'admits'", NULL};
    return (fault){"some member is one whom the site 'refuses'", NULL};
}

static void report_pin(reader *r, const household *h, const json_node *pin, week w) {
    fault f = fault_of_pin(r->in, h, w);
    const char *pinned_to = r->in->sites[h->pin.site].id;
    if (f.what != NULL)
        json_problem(r->document, pin, "household '%s' is pinned to site '%s', but %s '%s'", h->id,
                     pinned_to, f.rule, f.what);
    else
        json_problem(r->document, pin, "household '%s' is pinned to site '%s', but %s", h->id,
                     pinned_to, f.rule);
}

/* ---- Pins against one another --------------------------------------------------------------- */

static bool is_pinned(const reader *r, int who, int t) {
    const household *h = &r->in->households[who];
    return h->has_pin && r->household_sound[who] && needs_bed(r->in, h, t) &&
           holds(h->pin.when, r->in->first + t);
}

/* The first week in which two members are pinned to different sites. */
static void check_group(reader *r, const group *g) {
    for (int t = 0; t < r->in->weeks; t++) {
        const household *first = NULL;
        for (int i = 0; i < g->households.n; i++) {
            int who = g->households.at[i];
            const household *h = &r->in->households[who];
            if (!is_pinned(r, who, t)) continue;
            if (first == NULL) first = h;
            if (first->pin.site == h->pin.site) continue;
            json_problem(r->document, json_member(r->household_nodes[who], "pin"),
                         "household '%s' is pinned to site '%s', but household '%s', which "
                         "belongs together with it, to site '%s'",
                         h->id, r->in->sites[h->pin.site].id, first->id,
                         r->in->sites[first->pin.site].id);
            r->sound = false;
            return;
        }
    }
}

void validate_pins(reader *r) {
    for (int i = 0; i < r->in->n_households; i++) {
        const household *h = &r->in->households[i];
        week first = 0;
        if (!h->has_pin || !r->household_sound[i] || !r->site_sound[h->pin.site]) continue;
        if (!pin_is_impossible(r->in, h, &first)) continue;
        report_pin(r, h, json_member(r->household_nodes[i], "pin"), first);
        r->sound = false;
    }
    for (int i = 0; i < r->in->n_together; i++) check_group(r, &r->in->together[i]);
}
