/* Local search by single moves, best of the unit's list, in random order of units; then chains.c.
 */
#include "engine/plans/improve.h"

#include "engine/plans/chains.h"
#include "engine/plans/plans_tuning.h"

#include <assert.h>
#include <stdlib.h>

/* To the best of the options on the unit's list that have room, if that gains. */
static bool try_shift(state *s, const shortlist *l, int u) {
    int32_t best = NONE;
    int64_t best_delta = 0;
    for (int32_t i = l->start[u]; i < l->start[u + 1]; i++) {
        int64_t delta;
        if (l->option[i] == s->at[u] || !state_fits(s, u, l->option[i])) continue;
        delta = state_delta(s, u, l->option[i], l->cost[i]);
        if (delta < best_delta) {
            best_delta = delta;
            best = i;
        }
    }
    if (best == NONE) return false;
    state_move(s, u, l->option[best], l->cost[best]);
    return true;
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

    assert(l->g == s->g && s->g == &r->g);
    r->step = "improve";
    TRY_ALLOC(order = shuffled(s->g->n_units, random));
    for (int pass = 0; moved && !over && pass < PLANS_MOVE_PASSES; pass++) {
        moved = false;
        for (int i = 0; i < s->g->n_units && !over; i++) {
            if (try_shift(s, l, order[i])) moved = true;
            run_spend(r, PLANS_MOVE_STEPS * (l->start[order[i] + 1] - l->start[order[i]]));
            if (i % PLANS_MOVES_UNTIL_LOOK == 0) over = run_over(r);
        }
        run_offer(r, s->at, s->cost);
        r->iterations++;
    }
    if (!over) TRY(chains_improve(r, l, s, error));
done:
    free(order);
    return st;
}
