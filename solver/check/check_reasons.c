/* Why a household has no bed: what keeps it out of each site, and the counts of that. */
#include "check/check.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

const char *const check_code_names[N_CODES] = {
#define X(name) #name,
    CHECK_CODES(X)
#undef X
};

/* A household at a site in a week, and what was found of it so far. */
typedef struct {
    const check *c;
    int h, j, t;
    const int64_t *sums; /* of its unit, which is placed nowhere in the week */
    exclusion *out;
    int n, room;
} question;

static void find(question *q, int code, const char *what, const char *because) {
    if (q->n < q->room) q->out[q->n++] = (exclusion){code, what, because};
}

/* ---- Rules ------------------------------------------------------------------------------- */

/* The most that a hard quota allows in the week; INT64_MAX: it forbids nothing there. */
static int64_t allowed(const question *q, int i) {
    const quota *of = &q->c->in->quotas[i];
    int64_t max = check_quota_max(of, week_of(&q->c->facts, q->t));
    bool forbids = max != STEP_NULL && of->points == 0 && check_covers(&q->c->facts, i, q->j);
    return forbids ? max : INT64_MAX;
}

/* Limits that the unit exceeds by itself: the beds, the places of services this household needs,
 * and quotas. (A unit has no two members that are apart: the instance would be refused.) */
static void find_limits(question *q, int h) {
    const check_facts *f = &q->c->facts;
    const family *of = &f->families[h];
    if (q->sums[SLOT_PERSONS] > check_usable(f, q->j, q->t)) find(q, CODE_beds, NULL, NULL);
    for (int i = 0; i < of->n_needs; i++) {
        int service = of->needs[i].service;
        const site_service *row = check_listed(&f->in->sites[q->j], service);
        if (row != NULL && q->sums[slot_service(service)] > check_places(row, week_of(f, q->t)))
            find(q, CODE_service, f->in->services[service], NULL);
    }
    for (int i = 0; i < f->in->n_quotas; i++)
        if (q->sums[slot_quota(f, i)] > allowed(q, i))
            find(q, CODE_quota, f->in->quotas[i].id, f->in->quotas[i].because);
}

/* Every rule that excludes a household of the unit by itself. */
static void find_own(question *q, int h) {
    stance st = check_stance_at(q->c, h, q->t);
    q->n += check_alone(&q->c->facts, h, q->j, &st, q->out + q->n, q->room - q->n);
    if (q->n > 0 && q->out[0].code == CODE_closed) return;
    find_limits(q, h);
}

static bool excludes_another(const question *q) {
    const check_facts *f = &q->c->facts;
    const indices *members = &f->units[f->families[q->h].unit];
    exclusion one;
    for (int i = 0; i < members->n; i++) {
        question other = *q;
        other.n = 0;
        other.out = &one;
        other.room = 1;
        if (members->at[i] == q->h || !check_needs_bed(f, members->at[i], q->t)) continue;
        find_own(&other, members->at[i]);
        if (other.n > 0) return true;
    }
    return false;
}

/* Groups of those who go together are the first units, in the same order. */
static const char *words_of_unit(const question *q) {
    int u = q->c->facts.families[q->h].unit;
    return u < q->c->in->n_together ? q->c->in->together[u].because : NULL;
}

/* ---- Others in this plan ------------------------------------------------------------------- */

static void find_full_of_people(question *q) {
    const check_facts *f = &q->c->facts;
    const site *s = &f->in->sites[q->j];
    const int64_t *taken = &q->c->weeks[q->t].sums[(size_t)q->j * (size_t)f->n_slots];
    if (taken[SLOT_PERSONS] + q->sums[SLOT_PERSONS] > check_usable(f, q->j, q->t))
        find(q, CODE_full, "beds", NULL);
    for (int i = 0; i < s->n_services; i++) {
        int slot = slot_service(s->services[i].service);
        int64_t places = check_places(&s->services[i], week_of(f, q->t));
        if (q->sums[slot] > 0 && taken[slot] + q->sums[slot] > places)
            find(q, CODE_full, f->in->services[s->services[i].service], NULL);
    }
}

/* Groups apart of one member that have another household at the site. */
static void find_full_apart(question *q, int member) {
    const indices *groups = &q->c->facts.families[member].apart;
    for (int i = 0; i < groups->n; i++) {
        const group *g = &q->c->in->apart[groups->at[i]];
        bool met = false;
        if (!check_holds(&g->when, week_of(&q->c->facts, q->t))) continue;
        for (int k = 0; k < g->households.n && !met; k++)
            met = g->households.at[k] != member &&
                  check_site_at(q->c, g->households.at[k], q->t) == q->j;
        if (met) find(q, CODE_full, "apart", g->because);
    }
}

static void find_full(question *q) {
    const check_facts *f = &q->c->facts;
    const indices *members = &f->units[f->families[q->h].unit];
    find_full_of_people(q);
    for (int i = 0; i < members->n; i++)
        if (check_needs_bed(f, members->at[i], q->t)) find_full_apart(q, members->at[i]);
    for (int i = 0; i < f->in->n_quotas; i++) {
        int64_t use = q->sums[slot_quota(f, i)];
        if (use > 0 && (int128)q->c->weeks[q->t].quotas[i] + use > allowed(q, i))
            find(q, CODE_full, f->in->quotas[i].id, f->in->quotas[i].because);
    }
}

/* Something always does: where nothing keeps it out, staying unplaced is cheaper. With one planned
 * week and no decisions, which is what this version solves, there is no `path` and no `decision`.
 */
static void find_all(question *q) {
    find_own(q, q->h);
    if (q->n == 0 && excludes_another(q)) find(q, CODE_together, NULL, words_of_unit(q));
    if (q->n == 0) find_full(q);
    if (q->n == 0) find(q, CODE_cost, NULL, NULL);
}

/* ---- Counts -------------------------------------------------------------------------------- */

static bool same(const char *a, const char *b) {
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static reason_row *row_of(reasoning *r, const exclusion *e) {
    for (int i = 0; i < r->n; i++)
        if (r->rows[i].code == e->code && same(r->rows[i].told.what, e->what)) return &r->rows[i];
    assert(r->n < r->room);
    reason_row *row = &r->rows[r->n++];
    *row = (reason_row){.code = e->code,
                        .told = {.code = check_code_names[e->code],
                                 .what = e->what,
                                 .because = e->because,
                                 .in_this_plan = e->code >= CODE_full},
                        .last_site = NONE};
    return row;
}

static void count_reason(const check *c, reasoning *r, const exclusion *e, int j) {
    reason_row *row = row_of(r, e);
    if (!same(row->told.because, e->because)) row->differs = true;
    if (row->last_site == j) return;
    row->last_site = j;
    told_add_site(&row->told, c->in->sites[j].id);
}

void check_count_reasons(const check *c, int h, int t, reasoning *r) {
    assert(h >= 0 && h < c->in->n_households && t >= 0 && t < c->in->weeks);
    assert(r->rows != NULL && check_site_at(c, h, t) == NONE);
    r->n = 0;
    check_unit_sums(&c->facts, c->facts.families[h].unit, t, r->sums);
    for (int j = 0; j < c->in->n_sites; j++) {
        question q = {
            .c = c, .h = h, .j = j, .t = t, .sums = r->sums, .out = r->found, .room = r->room};
        find_all(&q);
        for (int i = 0; i < q.n; i++) count_reason(c, r, &q.out[i], j);
    }
    for (int i = 0; i < r->n; i++)
        if (r->rows[i].differs) r->rows[i].told.because = NULL;
}

/* What may stand against one household, and against its unit. */
static int most_reasons(const check_facts *f) {
    int most = 0;
    for (int u = 0; u < f->n_units; u++) {
        int rules = 0, apart = 0;
        for (int i = 0; i < f->units[u].n; i++) {
            const family *of = &f->families[f->units[u].at[i]];
            int own = check_alone_room(f, f->units[u].at[i]) + of->n_needs;
            if (own > rules) rules = own;
            apart += of->apart.n;
        }
        if (rules + apart > most) most = rules + apart;
    }
    return most + f->in->n_services + 2 * f->in->n_quotas;
}

plaats_status check_reasoning_make(const check *c, reasoning *r) {
    plaats_status st = PLAATS_OK;
    plaats_error *error = c->error;
    *r = (reasoning){.room = most_reasons(&c->facts)};
    TRY_ALLOC(r->rows = zero_alloc((size_t)r->room, sizeof *r->rows));
    TRY_ALLOC(r->found = zero_alloc((size_t)r->room, sizeof *r->found));
    TRY_ALLOC(r->sums = zero_alloc((size_t)c->facts.n_slots, sizeof *r->sums));
done:
    return st;
}

void check_reasoning_free(reasoning *r) {
    free(r->rows);
    free(r->found);
    free(r->sums);
}
