#include "engine/improve.h"

#include <stdlib.h>

#define LOOK_AGAIN 64 /* units between looks at the clock */

/* The change if `u` goes to its shortlisted site i, when it fits. */
static bool try_shift(state *s, const shortlist *l, int u) {
    int32_t best = NONE;
    int64_t best_delta = 0;
    for (int32_t i = l->start[u]; i < l->start[u + 1]; i++) {
        int64_t delta;
        if (l->site[i] == s->at[u] || !state_fits(s, u, l->site[i])) continue;
        delta = state_delta(s, u, l->site[i], l->cost[i]);
        if (delta < best_delta) {
            best_delta = delta;
            best = i;
        }
    }
    if (best == NONE) return false;
    state_move(s, u, l->site[best], l->cost[best]);
    return true;
}

/* The cheapest feasible place of `v` on its shortlist, or unplaced; what it changes. */
static int64_t best_place(const state *s, const shortlist *l, int v, int32_t *site_,
                          int64_t *cost) {
    int64_t best = 0; /* unplaced, where v is now */
    *site_ = NONE;
    *cost = state_own_cost(s, v, NONE);
    for (int32_t i = l->start[v]; i < l->start[v + 1]; i++) {
        int64_t delta;
        if (!state_fits(s, v, l->site[i])) continue;
        delta = state_delta(s, v, l->site[i], l->cost[i]);
        if (delta < best) {
            best = delta;
            *site_ = l->site[i];
            *cost = l->cost[i];
        }
    }
    return best;
}

/* Puts u at its shortlisted site i in place of v, who goes where it is best; undone if the cost
 * does not fall. */
static bool try_eject(state *s, const shortlist *l, int u, int32_t i, int v) {
    int64_t before = s->cost, cost;
    int32_t old_u = s->at[u], old_v = s->at[v], to;

    state_move(s, v, NONE, state_own_cost(s, v, NONE));
    if (state_fits(s, u, l->site[i])) {
        state_move(s, u, l->site[i], l->cost[i]);
        (void)best_place(s, l, v, &to, &cost);
        state_move(s, v, to, cost);
        if (s->cost < before) return true;
        state_move(s, v, NONE, state_own_cost(s, v, NONE));
        state_move(s, u, old_u, state_own_cost(s, u, old_u));
    }
    state_move(s, v, old_v, state_own_cost(s, v, old_v));
    return false;
}

/* The least v can lose by leaving where it is, whatever is free. */
static int64_t least_loss(const state *s, const shortlist *l, int v) {
    int64_t now = state_own_cost(s, v, s->at[v]), least = state_own_cost(s, v, NONE) - now;
    for (int32_t i = l->start[v]; i < l->start[v + 1]; i++)
        if (l->site[i] != s->at[v] && l->cost[i] - now < least) least = l->cost[i] - now;
    return least;
}

static bool try_ejections(state *s, const shortlist *l, int u) {
    int64_t now = state_own_cost(s, u, s->at[u]);
    for (int32_t i = l->start[u]; i < l->start[u + 1]; i++) {
        int64_t gain = now - l->cost[i];
        if (l->site[i] == s->at[u] || gain <= 0 || state_fits(s, u, l->site[i])) continue;
        for (int32_t v = s->first[l->site[i]], after; v != NONE; v = after) {
            after = s->next[v];
            if (v != u && least_loss(s, l, v) < gain && try_eject(s, l, u, i, v)) return true;
        }
    }
    return false;
}

static int *shuffled(int n, random_stream *random) {
    int *order = zero_alloc((size_t)n, sizeof *order);
    for (int i = 0; order != NULL && i < n; i++) {
        int k = (int)random_below(random, (uint64_t)i + 1);
        order[i] = order[k];
        order[k] = i;
    }
    return order;
}

plaats_status improve_by_moves(run *r, const shortlist *l, state *s, random_stream *random,
                               plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int *order = NULL;
    bool moved = true, over = false;

    r->step = "improve";
    for (int pass = 0; moved && !over && pass < 20; pass++) {
        free(order);
        TRY_ALLOC(order = shuffled(s->g->n_units, random));
        moved = false;
        for (int i = 0; i < s->g->n_units && !over; i++) {
            if (try_shift(s, l, order[i]) || try_ejections(s, l, order[i])) moved = true;
            if (i % LOOK_AGAIN == 0) over = run_over(r);
        }
        run_offer(r, s->at, s->cost);
        r->iterations++;
    }
done:
    free(order);
    return st;
}
