/* Counts who is where, and what that takes. */
#include "plan/census.h"

#include <assert.h>
#include <string.h>

/* Several arrays of the census at once; false when memory runs out. */
static bool make_room(census *who, int **site_of, int **group_of, int64_t **persons,
                      int **first_service) {
    const plaats_instance *in = who->instance;
    size_t households = (size_t)in->n_households, sites = (size_t)in->n_sites;
    *site_of = arena_alloc(&who->memory, households, sizeof **site_of);
    *group_of = arena_alloc(&who->memory, households, sizeof **group_of);
    *persons = arena_alloc(&who->memory, sites, sizeof **persons);
    *first_service = arena_alloc(&who->memory, sites + 1, sizeof **first_service);
    return *site_of && *group_of && *persons && *first_service;
}

static void find_groups(const plaats_instance *in, int *group_of) {
    for (int h = 0; h < in->n_households; h++) group_of[h] = NONE;
    for (int g = 0; g < in->n_together; g++)
        for (int i = 0; i < in->together[g].households.n; i++)
            group_of[in->together[g].households.at[i]] = g;
}

static void count_sites(const census *who, int64_t *persons, int64_t *served) {
    const plaats_instance *in = who->instance;
    for (int h = 0; h < in->n_households; h++) {
        int j = who->site_of[h];
        if (j == NONE) continue;
        const household *home = &in->households[h];
        const site *at = &in->sites[j];
        persons[j] += home->people.n;
        for (int i = 0; i < at->n_services; i++)
            served[who->first_service[j] + i] +=
                household_count_needing(in, home, at->services[i].service);
    }
}

static void count_quotas(const census *who, int64_t *counted) {
    const plaats_instance *in = who->instance;
    for (int h = 0; h < in->n_households; h++) {
        int j = who->site_of[h];
        if (j == NONE) continue;
        for (int q = 0; q < in->n_quotas; q++)
            if (census_covers(who, q, j))
                counted[q] += household_count_tagged(in, &in->households[h], in->quotas[q].tag);
    }
}

static plaats_status take_sites(census *who, const int *given, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const plaats_instance *in = who->instance;
    int *site_of = NULL, *group_of = NULL, *first_service = NULL;
    int64_t *persons = NULL, *served = NULL;
    if (!make_room(who, &site_of, &group_of, &persons, &first_service)) return fail_memory(error);
    for (int h = 0; h < in->n_households; h++) site_of[h] = given != NULL ? given[h] : NONE;
    find_groups(in, group_of);
    for (int j = 0; j < in->n_sites; j++)
        first_service[j + 1] = first_service[j] + in->sites[j].n_services;
    TRY_ALLOC(served =
                  arena_alloc(&who->memory, (size_t)first_service[in->n_sites], sizeof *served));
    who->site_of = site_of;
    who->group_of = group_of;
    who->persons = persons;
    who->first_service = first_service;
    who->served = served;
    count_sites(who, persons, served);
done:
    return st;
}

static plaats_status take_quotas(census *who, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const plaats_instance *in = who->instance;
    size_t quotas = (size_t)in->n_quotas, sites = (size_t)in->n_sites;
    int64_t *counted = NULL;
    bool *covers = NULL;
    TRY_ALLOC(counted = arena_alloc(&who->memory, quotas, sizeof *counted));
    TRY_ALLOC(covers = arena_alloc(&who->memory, quotas, sites * sizeof *covers));
    for (size_t q = 0; q < quotas; q++)
        for (size_t j = 0; j < sites; j++)
            covers[q * sites + j] = quota_covers(in, &in->quotas[q], (int)j);
    who->counted = counted;
    who->covers = covers;
    count_quotas(who, counted);
done:
    return st;
}

/* Lists per household the groups in force: counts them, makes room, fills in. */
static plaats_status take_apart(census *who, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const plaats_instance *in = who->instance;
    int *first = NULL, *list = NULL;
    TRY_ALLOC(first = arena_alloc(&who->memory, (size_t)in->n_households + 2, sizeof *first));
    for (int g = 0; g < in->n_apart; g++)
        for (int i = 0; i < in->apart[g].households.n; i++)
            if (holds(in->apart[g].when, who->when)) first[in->apart[g].households.at[i] + 2]++;
    for (int h = 0; h < in->n_households; h++) first[h + 2] += first[h + 1];
    TRY_ALLOC(list = arena_alloc(&who->memory, (size_t)first[in->n_households + 1], sizeof *list));
    for (int g = 0; g < in->n_apart; g++)
        for (int i = 0; i < in->apart[g].households.n; i++)
            if (holds(in->apart[g].when, who->when))
                list[first[in->apart[g].households.at[i] + 1]++] = g;
    who->first_apart = first;
    who->apart_of = list;
done:
    return st;
}

plaats_status census_take(const plaats_instance *in, int t, const int *site_of, census *out,
                          plaats_error *error) {
    plaats_status st = PLAATS_OK;
    assert(t >= 0 && t < in->weeks);
    memset(out, 0, sizeof *out);
    out->instance = in;
    out->t = t;
    out->when = in->first + t;
    TRY(take_sites(out, site_of, error));
    TRY(take_quotas(out, error));
    TRY(take_apart(out, error));
done:
    if (st != PLAATS_OK) census_free(out);
    return st;
}

void census_free(census *who) {
    arena_free(&who->memory);
    memset(who, 0, sizeof *who);
}

int64_t census_quota_max(const quota *q, week when) {
    return q->max.n > 0 ? steps_value(&q->max, when, STEP_NULL) : STEP_NULL;
}

int64_t census_quota_min(const quota *q, week when) {
    return q->min.n > 0 ? steps_value(&q->min, when, STEP_NULL) : STEP_NULL;
}

int64_t census_outside(const census *who, int i) {
    assert(i >= 0 && i < who->instance->n_quotas);
    const plaats_instance *in = who->instance;
    int64_t max = census_quota_max(&in->quotas[i], who->when);
    int64_t min = census_quota_min(&in->quotas[i], who->when);
    int64_t n = who->counted[i], outside = 0;
    if (max != STEP_NULL && n > max) outside += n - max;
    if (min != STEP_NULL && n < min) outside += min - n;
    return outside;
}
