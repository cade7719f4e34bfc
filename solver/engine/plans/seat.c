/* A greedy pass over those without a bed, again and again. No prices and no lists lead it, so that
 * it may end any search: after it nobody is without a bed who could have one where others are. */
#include "engine/plans/seat.h"

#include <assert.h>

/* The cheapest of the options that cost no more than staying unplaced, the first of equals; or
 * NONE.
 */
static int cheapest_seat(const state *s, int u, const options *o) {
    int64_t least = 0;
    int best = NONE;
    for (int i = 0; i < o->n; i++) {
        choice to = choice_of_option(o, i);
        if (!state_fits(s, u, to)) continue;
        int64_t delta = state_delta(s, u, to, option_cost(o, i));
        if (best == NONE ? delta > 0 : delta >= least) continue;
        least = delta;
        best = i;
    }
    return best;
}

/* Who is seated may open a site for those before him, or bring a `min` nearer that they count for:
 * so all over again. */
int64_t seat_unplaced(state *s) {
    const model *m = s->g->m;
    int64_t looked = 0;
    bool again = true;
    assert(s->at != NULL);
    while (again) {
        again = false;
        for (int u = 0; u < m->n_units; u++) {
            if (s->at[u] != CHOICE_NONE) continue;
            options o = model_options(m, u);
            int i = cheapest_seat(s, u, &o);
            looked += o.n;
            if (i == NONE) continue;
            state_move(s, u, choice_of_option(&o, i), option_cost(&o, i));
            again = true;
        }
    }
    return looked;
}
