/* Who is where in every week, and the cost with all its parts. */
#include "check/check.h"

#include <assert.h>
#include <stdlib.h>

static plaats_status tally_week(check *c, int t, week_tally *out) {
    const check_facts *f = &c->facts;
    size_t slots = (size_t)f->n_slots;
    out->sums = arena_alloc(&c->memory, (size_t)c->in->n_sites * slots, sizeof *out->sums);
    out->quotas = arena_alloc(&c->memory, (size_t)c->in->n_quotas, sizeof *out->quotas);
    if (out->sums == NULL || out->quotas == NULL) return fail_memory(c->error);
    for (int h = 0; h < c->in->n_households; h++) {
        int j = check_site_at(c, h, t);
        if (j != NONE) check_add_family(f, h, &out->sums[(size_t)j * slots]);
    }
    for (int q = 0; q < c->in->n_quotas; q++)
        for (int j = 0; j < c->in->n_sites; j++)
            if (check_covers(f, q, j))
                out->quotas[q] += out->sums[(size_t)j * slots + (size_t)slot_quota(f, q)];
    return PLAATS_OK;
}

static void count_site_week(check *c, int j, int t) {
    const site *s = &c->in->sites[j];
    int64_t persons = c->weeks[t].sums[(size_t)j * (size_t)c->facts.n_slots + SLOT_PERSONS];
    *(s->durable >= 50 ? &c->totals.durable : &c->totals.temporary) += persons;
    if (persons > 0 && check_open(&c->facts, j, t)) c->parts[PART_keep_open] += s->keep_open;
}

static void count_quota_week(check *c, int q, int t) {
    const quota *of = &c->in->quotas[q];
    int64_t max = check_quota_max(of, week_of(&c->facts, t));
    int64_t min = check_quota_min(of, week_of(&c->facts, t));
    int128 n = c->weeks[t].quotas[q];
    if (max != STEP_NULL && n > max) c->parts[PART_quotas] += of->points * (n - max);
    if (min != STEP_NULL && n < min) c->parts[PART_quotas] += of->points * (min - n);
}

static void count_placed_week(check *c, int h, const stance *st) {
    int i = check_stay_at(c, h, st->t);
    plan_stay *s = &c->stays[i];
    const family *of = &c->facts.families[h];
    int128 week_parts[N_STAY_PARTS] = {0};
    check_week_cost(&c->facts, h, s->site, st, week_parts);
    for (int p = 0; p < N_STAY_PARTS; p++) {
        c->parts[p] += week_parts[p];
        s->points += week_parts[p];
    }
    c->totals.placed += of->persons;
    if (s->t == st->t) s->km = check_journey(&c->facts, h, s->site, st);
    if (st->before != NONE && st->before != s->site) {
        if (s->t == st->t) s->moved = true;
        c->totals.moves++;
        c->totals.persons_moved += of->persons;
        c->totals.children_moved += of->children;
    }
}

static void count_household(check *c, int h) {
    const family *of = &c->facts.families[h];
    int until = check_need_until(&c->facts, h);
    stance st = check_start(&c->facts, h);
    while (st.t < until) {
        int j = check_site_at(c, h, st.t);
        c->parts[PART_keep] += check_keep_cost(c, h, j, st.t);
        if (j == NONE) {
            c->totals.unplaced += of->persons;
            c->totals.unplaced_weight += of->persons * c->in->households[h].priority;
            c->parts[PART_unplaced] +=
                (int128)of->persons * c->in->households[h].priority * c->facts.unplaced;
        } else {
            count_placed_week(c, h, &st);
        }
        check_next(&c->facts, h, &st, j);
    }
}

plaats_status check_count(check *c) {
    assert(c->stay_of != NULL && c->weeks == NULL);
    plaats_status st = PLAATS_OK;
    plaats_error *error = c->error;
    TRY_ALLOC(c->weeks = arena_alloc(&c->memory, (size_t)c->in->weeks, sizeof *c->weeks));
    for (int t = 0; t < c->in->weeks; t++) {
        TRY(tally_week(c, t, &c->weeks[t]));
        for (int j = 0; j < c->in->n_sites; j++) count_site_week(c, j, t);
        for (int q = 0; q < c->in->n_quotas; q++) count_quota_week(c, q, t);
    }
    for (int h = 0; h < c->in->n_households; h++) count_household(c, h);
    for (int p = 0; p < N_PARTS; p++) c->cost += c->parts[p];
done:
    return st;
}
