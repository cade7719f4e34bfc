/* Sites, households, groups and quotas in the order of their facts, and which of them matter in
 * the planned week. */
#include "base/random.h"
#include "model/build.h"

#include <stdlib.h>

static plaats_status sort_sites(builder *b, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const plaats_instance *in = b->in;
    int *sites = NULL;
    ranked *list = NULL;

    TRY_ALLOC(sites = arena_alloc(&b->m->memory, (size_t)in->n_sites, sizeof *sites));
    TRY_ALLOC(b->site_rank = arena_alloc(&b->m->memory, (size_t)in->n_sites, sizeof *b->site_rank));
    TRY_ALLOC(list = zero_alloc((size_t)in->n_sites, sizeof *list));
    for (int i = 0; i < in->n_sites; i++)
        list[i] = (ranked){.facts = b->facts.locations[i],
                           .tie = random_mix_text(0, in->sites[i].name),
                           .id = in->sites[i].id,
                           .index = i};
    facts_sort(list, in->n_sites);
    for (int j = 0; j < in->n_sites; j++) {
        sites[j] = list[j].index;
        b->site_rank[list[j].index] = j;
    }
    b->m->n_sites = in->n_sites;
    b->m->sites = sites;
    b->m->site_rank = b->site_rank;
done:
    free(list);
    return st;
}

static plaats_status sort_households(builder *b, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const plaats_instance *in = b->in;
    ranked *list = NULL;

    TRY_ALLOC(b->household_order =
                  zero_alloc((size_t)in->n_households, sizeof *b->household_order));
    TRY_ALLOC(list = zero_alloc((size_t)in->n_households, sizeof *list));
    for (int i = 0; i < in->n_households; i++)
        list[i] = (ranked){.facts = b->facts.households[i], .id = in->households[i].id, .index = i};
    facts_sort(list, in->n_households);
    for (int i = 0; i < in->n_households; i++) b->household_order[i] = list[i].index;
done:
    free(list);
    return st;
}

static plaats_status sort_services(builder *b, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const plaats_instance *in = b->in;
    size_t n = (size_t)in->n_services;
    int *rank = NULL;
    ranked *list = NULL;

    TRY_ALLOC(b->service_order = zero_alloc(n, sizeof *b->service_order));
    TRY_ALLOC(b->m->service_rank = rank = arena_alloc(&b->m->memory, n, sizeof *rank));
    TRY_ALLOC(list = zero_alloc(n, sizeof *list));
    for (int i = 0; i < in->n_services; i++)
        list[i] = (ranked){.facts = b->facts.services[i], .id = in->services[i], .index = i};
    facts_sort(list, in->n_services);
    for (int i = 0; i < in->n_services; i++) {
        b->service_order[i] = list[i].index;
        rank[list[i].index] = i;
    }
done:
    free(list);
    return st;
}

plaats_status build_sort(builder *b, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    TRY(sort_sites(b, error));
    TRY(sort_households(b, error));
    TRY(sort_services(b, error));
done:
    return st;
}

/* A group has a row when at least two of its households need a bed. */
static bool group_matters(const builder *b, const group *g) {
    int first = NONE;
    if (!holds(g->when, b->when)) return false;
    for (int i = 0; i < g->households.n; i++) {
        int h = g->households.at[i];
        if (b->unit_of[h] == NONE || h == first) continue;
        if (first != NONE) return true;
        first = h;
    }
    return false;
}

/* Groups have no id: among those equal in facts their members decide. */
static plaats_status choose_apart(builder *b, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const plaats_instance *in = b->in;
    ranked *list = NULL;
    uint64_t *rank = NULL;
    int n = 0;

    TRY_ALLOC(list = zero_alloc((size_t)in->n_apart, sizeof *list));
    TRY_ALLOC(rank = zero_alloc((size_t)in->n_households, sizeof *rank));
    TRY_ALLOC(b->apart_order = zero_alloc((size_t)in->n_apart, sizeof *b->apart_order));
    for (int i = 0; i < in->n_households; i++) rank[b->household_order[i]] = (uint64_t)i;
    for (int i = 0; i < in->n_apart; i++) {
        const group *g = &in->apart[i];
        uint64_t members = 0;
        if (!group_matters(b, g)) continue;
        for (int k = 0; k < g->households.n; k++)
            members += random_mix(1, rank[g->households.at[k]]);
        list[n++] = (ranked){.facts = b->facts.apart[i], .tie = members, .id = "", .index = i};
    }
    facts_sort(list, n);
    for (int i = 0; i < n; i++) b->apart_order[i] = list[i].index;
    b->n_apart_order = n;
done:
    free(rank);
    free(list);
    return st;
}

static bool has_limit(const steps *limit, week when) {
    return steps_value(limit, when, STEP_NULL) != STEP_NULL;
}

static plaats_status choose_quotas(builder *b, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const plaats_instance *in = b->in;
    ranked *list = NULL;
    int n = 0;

    TRY_ALLOC(list = zero_alloc((size_t)in->n_quotas, sizeof *list));
    TRY_ALLOC(b->quota_order = zero_alloc((size_t)in->n_quotas, sizeof *b->quota_order));
    for (int i = 0; i < in->n_quotas; i++) {
        const quota *q = &in->quotas[i];
        if (!has_limit(&q->max, b->when) && !has_limit(&q->min, b->when)) continue;
        list[n++] = (ranked){.facts = b->facts.quotas[i], .id = q->id, .index = i};
    }
    facts_sort(list, n);
    for (int i = 0; i < n; i++) b->quota_order[i] = list[i].index;
    b->n_quota_order = n;
done:
    free(list);
    return st;
}

static void mark_limited_services(builder *b) {
    for (int i = 0; i < b->in->n_sites; i++) {
        const site *s = &b->in->sites[i];
        if (!site_open(s, b->when)) continue;
        for (int k = 0; k < s->n_services; k++)
            if (!s->services[k].unlimited) b->needed[s->services[k].service] = true;
    }
}

static bool anyone_needs(const builder *b, int service) {
    for (int h = 0; h < b->in->n_households; h++)
        if (b->unit_of[h] != NONE &&
            household_count_needing(b->in, &b->in->households[h], service) > 0)
            return true;
    return false;
}

plaats_status build_choose_limits(builder *b, plaats_error *error) {
    plaats_status st = PLAATS_OK;

    TRY(choose_apart(b, error));
    TRY(choose_quotas(b, error));
    TRY_ALLOC(b->needed = zero_alloc((size_t)b->in->n_services, sizeof *b->needed));
    mark_limited_services(b);
    for (int s = 0; s < b->in->n_services; s++) b->needed[s] = b->needed[s] && anyone_needs(b, s);
done:
    return st;
}
