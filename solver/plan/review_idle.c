/* What touches nothing: limits on minutes that are unknown, quotas, wishes, pins, bans, groups
 * apart and tags. */
#include "plan/review.h"

#include "base/utf8.h"
#include "instance/distance.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { VALUE_SHOWN = 100 }; /* bytes of what a wish names */

/* ---- Minutes that are not known ---------------------------------------------------------- */

static void count_minutes(const near_limits *limits, int *asked) {
    for (int i = 0; i < limits->n; i++)
        if (limits->at[i].minutes != NONE) asked[limits->at[i].location]++;
}

static note_place place_of_location(const plaats_instance *in, int location) {
    return location < in->n_sites ? review_place_of("sites", location)
                                  : review_place_of("places", location - in->n_sites);
}

static void note_unknown_minutes(review *r, int location, int limits) {
    const plaats_instance *in = r->instance;
    int unknown = 0;
    for (int j = 0; j < in->n_sites; j++)
        if (distance_minutes(in, j, location) == DISTANCE_UNKNOWN) unknown++;
    if (unknown > 0)
        note_add(&r->notes, NOTE_MINUTES, place_of_location(in, location),
                 "minutes to '%s' are unknown from %d of %d sites: these count as beyond its %d "
                 "limit%s",
                 location_id(in, location), unknown, in->n_sites, limits, plural(limits));
}

static plaats_status note_minutes(review *r, plaats_error *error) {
    const plaats_instance *in = r->instance;
    int *asked = zero_alloc((size_t)n_locations(in), sizeof *asked);
    if (asked == NULL) return fail_memory(error);
    for (int h = 0; h < in->n_households; h++) count_minutes(&in->households[h].near, asked);
    for (int p = 0; p < in->n_people; p++) count_minutes(&in->people[p].near, asked);
    for (int i = 0; i < n_locations(in); i++)
        if (asked[i] > 0) note_unknown_minutes(r, i, asked[i]);
    free(asked);
    return PLAATS_OK;
}

/* ---- Quotas ------------------------------------------------------------------------------ */

static bool covers_a_site(const plaats_instance *in, const quota *q) {
    for (int j = 0; j < in->n_sites; j++)
        if (quota_covers(in, q, j)) return true;
    return false;
}

static bool has_a_limit(const plaats_instance *in, const quota *q) {
    for (int t = 0; t < in->weeks; t++) {
        week w = in->first + t;
        if (census_quota_max(q, w) != STEP_NULL || census_quota_min(q, w) != STEP_NULL) return true;
    }
    return false;
}

static void note_quota(review *r, int i) {
    const plaats_instance *in = r->instance;
    const quota *q = &in->quotas[i];
    note_place place = review_place_of("quotas", i);
    if (!covers_a_site(in, q))
        note_add(&r->notes, NOTE_IDLE, place, "quota '%s' covers no site", q->id);
    if (q->tag != NONE && r->tags[q->tag].persons == 0)
        note_add(&r->notes, NOTE_IDLE, place,
                 "quota '%s' counts persons with tag '%s', which nobody carries", q->id,
                 in->tags[q->tag]);
    if (!has_a_limit(in, q))
        note_add(&r->notes, NOTE_IDLE, place,
                 "quota '%s' has no limit in force in the planned weeks", q->id);
}

/* ---- Wishes ------------------------------------------------------------------------------ */

static bool opens_sometime(const plaats_instance *in, int j) {
    for (int t = 0; t < in->weeks; t++)
        if (site_open(&in->sites[j], in->first + t)) return true;
    return false;
}

static bool has_tag(const site *s, int tag) {
    for (int i = 0; i < s->tags.n; i++)
        if (s->tags.at[i] == tag) return true;
    return false;
}

static bool same_text(const char *a, const char *b) {
    return a != NULL && b != NULL && strcmp(a, b) == 0;
}

static bool wish_matches(const plaats_instance *in, const wish *w, int j) {
    const site *s = &in->sites[j];
    switch (w->kind) {
    case WISH_SITE:
        return w->index == j;
    case WISH_KIND:
        return same_text(s->kind, w->value);
    case WISH_PROVINCE:
        return same_text(s->province, w->value);
    case WISH_MUNICIPALITY:
        return same_text(s->municipality, w->value);
    case WISH_TAG:
        return has_tag(s, w->index);
    case WISH_DURABLE:
        return s->durable > 0;
    }
    return false;
}

/* A wish and the first household that has it. */
typedef struct {
    wish what;
    int household;
} wisher;

/* The key of a wish in two halves: "kind=" and "azc". */
static const char *wish_prefix(const wish *w) {
    static const char *const prefixes[] = {[WISH_SITE] = "",
                                           [WISH_KIND] = "kind=",
                                           [WISH_PROVINCE] = "province=",
                                           [WISH_MUNICIPALITY] = "municipality=",
                                           [WISH_TAG] = "tag=",
                                           [WISH_DURABLE] = "durable"};
    return prefixes[w->kind];
}

static const char *wish_value(const plaats_instance *in, const wish *w) {
    if (w->kind == WISH_SITE) return in->sites[w->index].id;
    return w->kind == WISH_DURABLE || w->value == NULL ? "" : w->value;
}

static int compare_optional(const char *a, const char *b) {
    if (a == NULL || b == NULL) return (a != NULL) - (b != NULL);
    return strcmp(a, b);
}

static int by_key(const void *a, const void *b) {
    const wish *x = &((const wisher *)a)->what, *y = &((const wisher *)b)->what;
    if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
    if (x->kind == WISH_SITE && x->index != y->index) return x->index < y->index ? -1 : 1;
    return compare_optional(x->value, y->value);
}

static int by_key_and_household(const void *a, const void *b) {
    int order = by_key(a, b);
    return order != 0 ? order : ((const wisher *)a)->household - ((const wisher *)b)->household;
}

static void note_wish(review *r, const wisher *first, int households) {
    const plaats_instance *in = r->instance;
    const wish *w = &first->what;
    for (int j = 0; j < in->n_sites; j++)
        if (wish_matches(in, w, j) && opens_sometime(in, j)) return;
    const char *prefix = wish_prefix(w), *value = wish_value(in, w);
    int shown = (int)utf8_cut(value, strlen(value), VALUE_SHOWN);
    char key[VALUE_SHOWN + 16];
    int length = snprintf(key, sizeof key, "%s%.*s", prefix, shown, value);
    assert(length >= 0 && length < (int)sizeof key);
    (void)length;
    note_add(
        &r->notes, NOTE_IDLE, review_place_of_key("households", first->household, "wishes", key),
        "wish '%s' of %d household%s matches no open site", key, households, plural(households));
}

/* Sorted by key, equal wishes stand together and are judged once. */
static plaats_status note_wishes(review *r, plaats_error *error) {
    const plaats_instance *in = r->instance;
    size_t n = 0, filled = 0;
    for (int h = 0; h < in->n_households; h++) n += (size_t)in->households[h].n_wishes;
    wisher *wishes = zero_alloc(n, sizeof *wishes);
    if (wishes == NULL) return fail_memory(error);
    for (int h = 0; h < in->n_households; h++)
        for (int i = 0; i < in->households[h].n_wishes; i++)
            wishes[filled++] = (wisher){in->households[h].wishes[i], h};
    qsort(wishes, n, sizeof *wishes, by_key_and_household);
    for (size_t i = 0, next; i < n; i = next) {
        for (next = i; next < n && by_key(&wishes[i], &wishes[next]) == 0;) next++;
        note_wish(r, &wishes[i], (int)(next - i));
    }
    free(wishes);
    return PLAATS_OK;
}

/* ---- Pins, bans, apart ------------------------------------------------------------------- */

/* Whether the rule holds in a planned week in which the household needs a bed; with
 * `only_open`, while its site is open too. */
static bool ever_holds(const plaats_instance *in, const household *h, const site_rule *rule,
                       bool only_open) {
    for (int t = 0; t < in->weeks; t++) {
        week w = in->first + t;
        if (!needs_bed(in, h, t) || !holds(rule->when, w)) continue;
        if (!only_open || site_open(&in->sites[rule->site], w)) return true;
    }
    return false;
}

static note_place place_of_ban(int household, int i) {
    char member[24];
    snprintf(member, sizeof member, "bans/%d", i);
    return review_place_of_member("households", household, member);
}

static void note_site_rules(review *r, int who) {
    const plaats_instance *in = r->instance;
    const household *h = &in->households[who];
    if (h->has_pin && !ever_holds(in, h, &h->pin, false))
        note_add(&r->notes, NOTE_IDLE, review_place_of_member("households", who, "pin"),
                 "pin of household '%s' to site '%s' holds in no planned week", h->id,
                 in->sites[h->pin.site].id);
    for (int i = 0; i < h->n_bans; i++)
        if (!ever_holds(in, h, &h->bans[i], true))
            note_add(&r->notes, NOTE_IDLE, place_of_ban(who, i),
                     "ban of household '%s' from site '%s' holds in no planned week in which the "
                     "site is open",
                     h->id, in->sites[h->bans[i].site].id);
}

static void note_apart_groups(review *r) {
    const plaats_instance *in = r->instance;
    for (int g = 0; g < in->n_apart; g++) {
        bool ever = false;
        for (int t = 0; t < in->weeks; t++) ever |= holds(in->apart[g].when, in->first + t);
        if (!ever)
            note_add(&r->notes, NOTE_IDLE, review_place_of("apart", g),
                     "apart group %d is in force in no planned week", g + 1);
    }
}

static void note_idle(review *r) {
    const plaats_instance *in = r->instance;
    int idle = 0, shut = 0;
    for (int h = 0; h < in->n_households; h++) {
        bool needed = false;
        for (int t = 0; t < in->weeks; t++) needed |= needs_bed(in, &in->households[h], t);
        idle += !needed;
    }
    for (int j = 0; j < in->n_sites; j++) shut += !opens_sometime(in, j);
    if (idle > 0)
        note_add(&r->notes, NOTE_IDLE, review_place_nowhere(),
                 "%d household%s no bed in the planned weeks", idle,
                 idle == 1 ? " needs" : "s need");
    if (shut > 0)
        note_add(&r->notes, NOTE_IDLE, review_place_nowhere(), "%d site%s in no planned week", shut,
                 shut == 1 ? " is open" : "s are open");
}

/* ---- Tags -------------------------------------------------------------------------------- */

static bool asked_of_persons(const plaats_instance *in, int tag) {
    for (int j = 0; j < in->n_sites; j++) {
        const site *s = &in->sites[j];
        for (int i = 0; i < s->admits.n; i++)
            if (s->admits.at[i] == tag) return true;
        for (int i = 0; i < s->refuses.n; i++)
            if (s->refuses.at[i] == tag) return true;
    }
    return false;
}

static void note_tag(review *r, int tag) {
    const tag_use *use = &r->tags[tag];
    if (use->used_by.n == 0 && use->persons + use->sites > 0)
        note_add(&r->notes, NOTE_TAG, review_place_of_tag(r->instance, tag),
                 "tag '%s' is used by no rule", use->tag);
    if (use->persons == 0 && asked_of_persons(r->instance, tag))
        note_add(&r->notes, NOTE_TAG, review_place_of_tag(r->instance, tag),
                 "tag '%s' is asked for or refused by sites, but nobody carries it", use->tag);
}

plaats_status review_idle(review *r, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const plaats_instance *in = r->instance;
    note_idle(r);
    TRY(note_minutes(r, error));
    for (int i = 0; i < in->n_quotas; i++) note_quota(r, i);
    TRY(note_wishes(r, error));
    for (int h = 0; h < in->n_households; h++) note_site_rules(r, h);
    note_apart_groups(r);
    for (int i = 0; i < in->n_tags; i++) note_tag(r, i);
done:
    return st;
}
