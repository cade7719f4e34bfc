/* Units that take the same of everything, as one profile each. */
#include "base/random.h"
#include "check/check_proof.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Finds profiles by their uses: places of an open table hold a profile or NONE. */
typedef struct {
    size_t room; /* a power of two */
    int *at;
} finder;

static uint64_t hash_uses(const int64_t *uses, int n) {
    uint64_t hash = 0;
    for (int i = 0; i < n; i++)
        if (uses[i] != 0) hash = random_mix(random_mix(hash, (uint64_t)i), (uint64_t)uses[i]);
    return hash;
}

/* The profile with these uses; a new one if there is none. */
static int profile_of(const check *c, crowd *w, const finder *by_uses, const int64_t *uses) {
    size_t slots = (size_t)c->facts.n_slots, bytes = slots * sizeof *uses;
    size_t at = hash_uses(uses, c->facts.n_slots) & (by_uses->room - 1);
    for (; by_uses->at[at] != NONE; at = (at + 1) & (by_uses->room - 1))
        if (memcmp(&w->uses[(size_t)by_uses->at[at] * slots], uses, bytes) == 0)
            return by_uses->at[at];
    assert(w->n_profiles < c->facts.n_units);
    by_uses->at[at] = w->n_profiles;
    memcpy(&w->uses[(size_t)w->n_profiles * slots], uses, bytes);
    return w->n_profiles++;
}

/* Members that need a bed; what they weigh when unplaced. */
static int count_present(const check *c, int u, int64_t *weight) {
    const indices *members = &c->facts.units[u];
    int n = 0;
    for (int i = 0; i < members->n; i++) {
        int h = members->at[i];
        if (!check_needs_bed(&c->facts, h, 0)) continue;
        *weight += c->facts.families[h].persons * c->in->households[h].priority;
        n++;
    }
    return n;
}

static plaats_status sort_units(const check *c, crowd *w) {
    plaats_status st = PLAATS_OK;
    plaats_error *error = c->error;
    size_t units = (size_t)c->facts.n_units, slots = (size_t)c->facts.n_slots;
    finder by_uses = {.room = 16};
    int64_t *sums = zero_alloc(slots, sizeof *sums);
    while (by_uses.room < 2 * units) by_uses.room *= 2;
    TRY_ALLOC(by_uses.at = zero_alloc(by_uses.room, sizeof *by_uses.at));
    TRY_ALLOC(sums);
    for (size_t i = 0; i < by_uses.room; i++) by_uses.at[i] = NONE;
    for (int u = 0; u < c->facts.n_units; u++) {
        w->profile[u] = NONE;
        if (count_present(c, u, &w->weight[u]) == 0) continue;
        check_unit_sums(&c->facts, u, 0, sums);
        w->profile[u] = profile_of(c, w, &by_uses, sums);
        w->size[w->profile[u]]++;
    }
done:
    free(by_uses.at);
    free(sums);
    return st;
}

/* What one unit may take at site j of every slot. */
static void find_limits(const check *c, int j, int64_t *limits) {
    const site *s = &c->in->sites[j];
    for (int i = 0; i < c->facts.n_slots; i++) limits[i] = INT64_MAX;
    limits[SLOT_PERSONS] = check_usable(&c->facts, j, 0);
    for (int i = 0; i < s->n_services; i++)
        limits[slot_service(s->services[i].service)] = check_places(&s->services[i], c->in->first);
    for (int q = 0; q < c->in->n_quotas; q++) {
        int64_t max = check_quota_max(&c->in->quotas[q], c->in->first);
        if (check_covers(&c->facts, q, j) && max != STEP_NULL && c->in->quotas[q].points == 0)
            limits[slot_quota(&c->facts, q)] = max;
    }
}

static bool within(const int64_t *uses, const int64_t *limits, int n) {
    for (int i = 0; i < n; i++)
        if (uses[i] > limits[i]) return false;
    return true;
}

static plaats_status find_fits(const check *c, crowd *w) {
    size_t sites = (size_t)c->in->n_sites, slots = (size_t)c->facts.n_slots;
    w->fits = arena_alloc(&w->memory, (size_t)w->n_profiles * sites, sizeof *w->fits);
    int64_t *limits = arena_alloc(&w->memory, slots, sizeof *limits);
    if (w->fits == NULL || limits == NULL) return fail_memory(c->error);
    for (int j = 0; j < c->in->n_sites; j++) {
        if (!check_open(&c->facts, j, 0)) continue;
        find_limits(c, j, limits);
        for (int p = 0; p < w->n_profiles; p++)
            w->fits[(size_t)p * sites + (size_t)j] =
                within(&w->uses[(size_t)p * slots], limits, c->facts.n_slots);
    }
    return PLAATS_OK;
}

plaats_status check_crowd_make(const check *c, crowd *w) {
    assert(c->in->weeks == 1 && w->n_profiles == 0);
    plaats_status st = PLAATS_OK;
    plaats_error *error = c->error;
    size_t units = (size_t)c->facts.n_units, slots = (size_t)c->facts.n_slots;
    TRY_ALLOC(w->uses = arena_alloc(&w->memory, units * slots, sizeof *w->uses));
    TRY_ALLOC(w->size = arena_alloc(&w->memory, units, sizeof *w->size));
    TRY_ALLOC(w->profile = arena_alloc(&w->memory, units, sizeof *w->profile));
    TRY_ALLOC(w->weight = arena_alloc(&w->memory, units, sizeof *w->weight));
    TRY(sort_units(c, w));
    TRY(find_fits(c, w));
done:
    return st;
}

void check_crowd_free(crowd *w) {
    arena_free(&w->memory);
}
