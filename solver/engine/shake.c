/* Other plans at the same cost. Where many choices are as good as one another there are vast
 * numbers of plans at every cost, and a search that ended at one of them can go on from another. */
#include "engine/improve.h"

#define TRIES 4  /* exchanges tried per unit */
#define STEPS 16 /* along the units of a site, to draw one */

static void put(state *s, int u, int32_t site, int64_t own) {
    if (s->at[u] != site) state_move(s, u, site, own);
}

/* The unit goes to another site, and one from there (NONE: nobody) takes its place; if that does
 * not hold or costs something, nothing changes. */
static void exchange(state *s, int u, int32_t to, int64_t to_cost, int v) {
    const unit *units = s->g->m->units;
    int32_t from = s->at[u];
    int64_t before = s->cost, own_u = s->own[u], own_v = 0, there = 0;
    bool fits;

    if (v != NONE) {
        if (!model_option_cost(s->g->m, v, from, &there)) return;
        own_v = s->own[v];
        put(s, v, NONE, units[v].unplaced_cost);
    }
    fits = state_fits(s, u, to);
    if (fits) put(s, u, to, to_cost);
    if (v != NONE && fits) fits = state_fits(s, v, from);
    if (v != NONE && fits) put(s, v, from, there);
    if (fits && s->cost <= before) return;
    if (v != NONE) put(s, v, NONE, units[v].unplaced_cost);
    put(s, u, from, own_u);
    if (v != NONE) put(s, v, to, own_v);
}

/* One of those at the site; NONE if nobody is. */
static int draw_resident(const state *s, int32_t site, random_stream *random) {
    int32_t v = s->first[site];
    uint64_t steps = random_below(random, STEPS);
    while (v != NONE && steps-- > 0 && s->next[v] != NONE) v = s->next[v];
    return v;
}

void shake(const shortlist *l, state *s, random_stream *random) {
    uint64_t n_units = (uint64_t)s->g->n_units;
    for (uint64_t k = 0; k < n_units * TRIES; k++) {
        int u = (int)random_below(random, n_units), v;
        int32_t i, n = l->start[u + 1] - l->start[u];
        if (s->at[u] == NONE || n == 0) continue;
        i = l->start[u] + (int32_t)random_below(random, (uint64_t)n);
        if (l->site[i] == s->at[u]) continue;
        v = random_below(random, 4) == 0 ? NONE : draw_resident(s, l->site[i], random);
        exchange(s, u, l->site[i], l->cost[i], v);
    }
}
