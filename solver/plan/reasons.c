/* Goes through the sites for one household, and counts each under all that keeps it out. */
#include "plan/reasons.h"

#include "instance/distance.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* One (code, what) with the sites counted under it so far. */
typedef struct {
    reason_count count;
    int last_site; /* counted last */
    bool differs;  /* the rules behind it do not all give the same `because` */
} reason_tally;

/* What one household is up against; everything that does not change from site to site. */
typedef struct {
    const census *who;
    const plaats_instance *in;
    int household;
    came_from from;
    const int *group; /* members of its together group, itself included */
    int n_group;
    const char *group_because;
    int64_t persons;    /* of the members that need a bed, as are the next two */
    int64_t *needs;     /* per service */
    int64_t *counted;   /* per quota */
    int64_t *own_needs; /* per service, of the household alone */
    reason_tally *tallies;
    int n_tallies, room;
    int noted; /* counts calls of note(): has anything kept it out of this site? */
    bool failed;
} inquiry;

/* ---- Counting --------------------------------------------------------------------------- */

static bool same_text(const char *a, const char *b) {
    if (a == b) return true;
    return a != NULL && b != NULL && strcmp(a, b) == 0;
}

static reason_tally *find_tally(inquiry *q, int bit, const char *what, const char *because) {
    for (int i = 0; i < q->n_tallies; i++)
        if (q->tallies[i].count.bit == bit && same_text(q->tallies[i].count.told.what, what))
            return &q->tallies[i];
    if (q->n_tallies == q->room) {
        int room = q->room == 0 ? 16 : 2 * q->room;
        reason_tally *more = realloc(q->tallies, (size_t)room * sizeof *more);
        if (more == NULL) return NULL;
        q->tallies = more;
        q->room = room;
    }
    reason_tally *t = &q->tallies[q->n_tallies++];
    *t = (reason_tally){.count = {.bit = bit,
                                  .told = {.code = eligible_code(bit),
                                           .what = what,
                                           .because = because,
                                           .in_this_plan = bit >= REASON_FULL_BIT}},
                        .last_site = NONE};
    return t;
}

/* Counts a site under a reason. Two rules behind one reason count it once. */
static void note_named(inquiry *q, int j, int bit, const char *what, const char *because) {
    q->noted++;
    reason_tally *t = find_tally(q, bit, what, because);
    if (t == NULL) {
        q->failed = true;
        return;
    }
    if (!same_text(t->count.told.because, because)) t->differs = true;
    if (t->last_site == j) return;
    told_add_site(&t->count.told, q->in->sites[j].id);
    t->last_site = j;
}

static void note(inquiry *q, int j, int bit, const char *because) {
    note_named(q, j, bit, NULL, because);
}

/* ---- What the household brings itself ---------------------------------------------------- */

static void note_limits(inquiry *q, int j, const near_limits *limits, reason_set excluded) {
    for (int i = 0; i < limits->n; i++) {
        const near_limit *limit = &limits->at[i];
        if (!holds(limit->when, q->who->when)) continue;
        const char *name = location_id(q->in, limit->location);
        if ((excluded & REASON(NEAR_KM)) != 0 && limit->km != NONE &&
            distance_km(q->in, j, limit->location) > limit->km)
            note_named(q, j, REASON_NEAR_KM_BIT, name, limit->because);
        if ((excluded & REASON(NEAR_MINUTES)) == 0 || limit->minutes == NONE) continue;
        int64_t minutes = distance_minutes(q->in, j, limit->location);
        if (minutes == DISTANCE_UNKNOWN || minutes > limit->minutes)
            note_named(q, j, REASON_NEAR_MINUTES_BIT, name, limit->because);
    }
}

static void note_near(inquiry *q, int j, reason_set excluded) {
    if ((excluded & (REASON(NEAR_KM) | REASON(NEAR_MINUTES))) == 0) return;
    const household *h = &q->in->households[q->household];
    note_limits(q, j, &h->near, excluded);
    for (int i = 0; i < h->people.n; i++)
        note_limits(q, j, &q->in->people[h->people.at[i]].near, excluded);
}

static void note_bans(inquiry *q, int j) {
    const household *h = &q->in->households[q->household];
    for (int i = 0; i < h->n_bans; i++)
        if (h->bans[i].site == j && holds(h->bans[i].when, q->who->when))
            note(q, j, REASON_BAN_BIT, h->bans[i].because);
}

/* The rules that name nothing. */
static void note_plain(inquiry *q, int j, reason_set excluded) {
    const household *h = &q->in->households[q->household];
    const site *s = &q->in->sites[j];
    const struct {
        int bit;
        const char *because;
    } plain[] = {
        {REASON_ADMITS_BIT, s->admits_because},
        {REASON_REFUSES_BIT, s->refuses_because},
        {REASON_MAX_KM_BIT, h->max_km_because},
        {REASON_PIN_BIT, h->pin.because},
        {REASON_NO_MOVE_BIT, h->no_move_because},
        {REASON_MIN_STAY_BIT, NULL},
        {REASON_MAX_MOVES_BIT, NULL},
    };
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if ((excluded >> plain[i].bit & 1) != 0) note(q, j, plain[i].bit, plain[i].because);
}

/* Where a household was before the week of the census. */
static came_from came_from_in(const census *who, int h) {
    const household *of = &who->instance->households[h];
    came_from from = eligible_came_from_first(who->instance, of);
    from.arriving = who->t == 0 || !needs_bed(who->instance, of, who->t - 1);
    return from;
}

/* A resident may stay where a service is not listed; limited places count all the same. */
static bool may_lack_services(const inquiry *q, int j) {
    return q->from.at_home && q->from.site == j && q->in->rules.residents_may_stay;
}

/* Whether persons needing a service are too many for a site even when it is empty. */
static bool too_few_places(const inquiry *q, int j, int service, int64_t persons) {
    const site_service *entry = site_find_service(&q->in->sites[j], service);
    return entry != NULL && !entry->unlimited &&
           steps_value(&entry->places, q->who->when, 0) < persons;
}

static void note_services(inquiry *q, int j) {
    for (int s = 0; s < q->in->n_services; s++) {
        if (q->own_needs[s] == 0) continue;
        bool missing = site_find_service(&q->in->sites[j], s) == NULL;
        if (missing ? !may_lack_services(q, j) : too_few_places(q, j, s, q->needs[s]))
            note_named(q, j, REASON_SERVICE_BIT, q->in->services[s], NULL);
    }
}

/* Of a quota in the week; INT64_MAX where it forbids nothing. */
static int64_t hard_max(const inquiry *q, const quota *limit) {
    int64_t max = census_quota_max(limit, q->who->when);
    return limit->points > 0 || max == STEP_NULL ? INT64_MAX : max;
}

/* Hard quotas that the unit exceeds by itself. (Two of its members that are apart are an error of
 * the instance, so nothing exceeds a group apart by itself.) */
static void note_quotas(inquiry *q, int j) {
    for (int i = 0; i < q->in->n_quotas; i++) {
        const quota *limit = &q->in->quotas[i];
        if (census_covers(q->who, i, j) && q->counted[i] > hard_max(q, limit))
            note_named(q, j, REASON_QUOTA_BIT, limit->id, limit->because);
    }
}

/* Another member of the together group may not be there, so neither may this household; or the
 * others alone need more places of a service than there are. */
static bool another_excluded(const inquiry *q, int j) {
    for (int i = 0; i < q->n_group; i++) {
        int other = q->group[i];
        if (other == q->household || !needs_bed(q->in, &q->in->households[other], q->who->t))
            continue;
        came_from from = came_from_in(q->who, other);
        if (eligible(q->in, other, j, q->who->t, from).excluded != 0) return true;
    }
    for (int s = 0; s < q->in->n_services; s++)
        if (q->own_needs[s] == 0 && too_few_places(q, j, s, q->needs[s])) return true;
    return false;
}

/* Counts the site under every rule that excludes it, whoever else is there. */
static void note_rules(inquiry *q, int j) {
    int before = q->noted;
    eligibility e = eligible(q->in, q->household, j, q->who->t, q->from);
    if ((e.excluded & REASON(CLOSED)) != 0) {
        note(q, j, REASON_CLOSED_BIT, NULL);
        return;
    }
    if (q->persons > site_usable_beds(&q->in->sites[j], q->who->when))
        note(q, j, REASON_BEDS_BIT, NULL);
    note_services(q, j);
    note_plain(q, j, e.excluded);
    note_near(q, j, e.excluded);
    if ((e.excluded & REASON(BAN)) != 0) note_bans(q, j);
    note_quotas(q, j);
    if (q->noted == before && another_excluded(q, j))
        note(q, j, REASON_TOGETHER_BIT, q->group_because);
}

/* ---- What others take -------------------------------------------------------------------- */

static void note_full_of_people(inquiry *q, int j) {
    const census *who = q->who;
    const site *s = &q->in->sites[j];
    if (who->persons[j] + q->persons > site_usable_beds(s, who->when))
        note_named(q, j, REASON_FULL_BIT, "beds", NULL);
    for (int i = 0; i < s->n_services; i++) {
        const site_service *entry = &s->services[i];
        int64_t needed = q->needs[entry->service];
        if (entry->unlimited || needed == 0) continue;
        if (who->served[who->first_service[j] + i] + needed >
            steps_value(&entry->places, who->when, 0))
            note_named(q, j, REASON_FULL_BIT, q->in->services[entry->service], NULL);
    }
}

/* Whether somebody else of an apart group is at the site. */
static bool meets(const census *who, int j, const group *apart, int member) {
    for (int i = 0; i < apart->households.n; i++) {
        int other = apart->households.at[i];
        if (other != member && who->site_of[other] == j) return true;
    }
    return false;
}

static void note_full_apart(inquiry *q, int j, int member) {
    const census *who = q->who;
    if (!needs_bed(q->in, &q->in->households[member], who->t)) return;
    for (int i = who->first_apart[member]; i < who->first_apart[member + 1]; i++) {
        const group *apart = &q->in->apart[who->apart_of[i]];
        if (meets(who, j, apart, member))
            note_named(q, j, REASON_FULL_BIT, "apart", apart->because);
    }
}

static void note_full_quotas(inquiry *q, int j) {
    for (int i = 0; i < q->in->n_quotas; i++) {
        const quota *limit = &q->in->quotas[i];
        if (q->counted[i] > 0 && census_covers(q->who, i, j) &&
            q->counted[i] > hard_max(q, limit) - q->who->counted[i])
            note_named(q, j, REASON_FULL_BIT, limit->id, limit->because);
    }
}

static void note_full(inquiry *q, int j) {
    note_full_of_people(q, j);
    for (int i = 0; i < q->n_group; i++) note_full_apart(q, j, q->group[i]);
    note_full_quotas(q, j);
}

/* ---- The inquiry ------------------------------------------------------------------------- */

/* Counts the site under everything that keeps the household out; false if it would take it. */
static bool judge_site(inquiry *q, int j) {
    int before = q->noted;
    note_rules(q, j);
    if (q->noted == before) note_full(q, j);
    return q->noted > before;
}

static void add_member(inquiry *q, int member) {
    const household *h = &q->in->households[member];
    if (!needs_bed(q->in, h, q->who->t)) return;
    q->persons += h->people.n;
    for (int s = 0; s < q->in->n_services; s++) q->needs[s] += household_count_needing(q->in, h, s);
    for (int i = 0; i < q->in->n_quotas; i++)
        q->counted[i] += household_count_tagged(q->in, h, q->in->quotas[i].tag);
}

static plaats_status begin(inquiry *q, const census *who, int h, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const plaats_instance *in = who->instance;
    memset(q, 0, sizeof *q);
    q->who = who;
    q->in = in;
    q->household = h;
    q->from = came_from_in(who, h);
    q->group = &q->household;
    q->n_group = 1;
    int g = who->group_of[h];
    if (g != NONE) {
        q->group = in->together[g].households.at;
        q->n_group = in->together[g].households.n;
        q->group_because = in->together[g].because;
    }
    TRY_ALLOC(q->needs = zero_alloc((size_t)in->n_services, sizeof *q->needs));
    TRY_ALLOC(q->own_needs = zero_alloc((size_t)in->n_services, sizeof *q->own_needs));
    TRY_ALLOC(q->counted = zero_alloc((size_t)in->n_quotas, sizeof *q->counted));
    for (int i = 0; i < q->n_group; i++) add_member(q, q->group[i]);
    for (int s = 0; s < in->n_services; s++)
        q->own_needs[s] = household_count_needing(in, &in->households[h], s);
done:
    return st;
}

static void finish(inquiry *q) {
    free(q->needs);
    free(q->own_needs);
    free(q->counted);
    free(q->tallies);
}

static int by_code_and_name(const void *a, const void *b) {
    const reason_count *x = a, *y = b;
    if (x->bit != y->bit) return x->bit < y->bit ? -1 : 1;
    return x->told.what == NULL ? 0 : strcmp(x->told.what, y->told.what);
}

static plaats_status list_tallies(inquiry *q, reason_list *out, plaats_error *error) {
    out->at = zero_alloc((size_t)q->n_tallies, sizeof *out->at);
    if (out->at == NULL) return fail_memory(error);
    for (int i = 0; i < q->n_tallies; i++) {
        reason_tally *t = &q->tallies[i];
        if (t->differs) t->count.told.because = NULL;
        out->at[out->n++] = t->count;
    }
    if (out->n > 1) qsort(out->at, (size_t)out->n, sizeof *out->at, by_code_and_name);
    return PLAATS_OK;
}

plaats_status reasons_in(const census *who, int h, reason_list *out, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    inquiry q;
    assert(h >= 0 && h < who->instance->n_households && who->site_of[h] == NONE);
    assert(needs_bed(who->instance, &who->instance->households[h], who->t));
    *out = (reason_list){0};
    TRY(begin(&q, who, h, error));
    for (int j = 0; j < q.in->n_sites && !q.failed; j++)
        if (!judge_site(&q, j)) {
            note(&q, j, REASON_COST_BIT, NULL);
            out->sites_with_room++;
        }
    if (q.failed) TRY(fail_memory(error));
    TRY(list_tallies(&q, out, error));
done:
    finish(&q);
    return st;
}

plaats_status reasons_fits_somewhere(const census *who, int h, bool *fits, plaats_error *error) {
    assert(needs_bed(who->instance, &who->instance->households[h], who->t));
    plaats_status st = PLAATS_OK;
    inquiry q;
    *fits = false;
    TRY(begin(&q, who, h, error));
    for (int j = 0; j < q.in->n_sites && !q.failed && !*fits; j++) *fits = !judge_site(&q, j);
    if (q.failed) TRY(fail_memory(error));
done:
    finish(&q);
    return st;
}

int *reasons_sites_of_households(const model *m, const choice *at) {
    assert(m != NULL && at != NULL);
    int *site_of = zero_alloc((size_t)m->instance->n_households, sizeof *site_of);
    if (site_of == NULL) return NULL;
    for (int h = 0; h < m->instance->n_households; h++) {
        int u = m->unit_of[h];
        int32_t there = u == NONE ? NONE : choice_site(at[u], 0);
        site_of[h] = there == NONE ? NONE : m->sites[there];
    }
    return site_of;
}
