#include "engine/plans/seat.h"

/* The cheapest of the options that cost no more than staying unplaced, the first of equals; NONE.
 */
static int cheapest_seat(const state *s, int u, const options *o) {
    int64_t least = 0;
    int best = NONE;
    for (int i = 0; i < o->n; i++) {
        if (!state_fits(s, u, o->site[i])) continue;
        int64_t delta = state_delta(s, u, o->site[i], option_cost(o, i));
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
    while (again) {
        again = false;
        for (int u = 0; u < m->n_units; u++) {
            if (s->at[u] != NONE) continue;
            options o = model_options(m, u);
            int i = cheapest_seat(s, u, &o);
            looked += o.n;
            if (i == NONE) continue;
            state_move(s, u, o.site[i], option_cost(&o, i));
            again = true;
        }
    }
    return looked;
}
