#include "engine/start.h"

static void put_back(const model *m, state *s, int u) {
    int64_t cost;
    int j = m->start[u];
    if (j != NONE && model_option_cost(m, u, j, &cost) && state_fits(s, u, j))
        state_move(s, u, j, cost);
}

static void place_cheapest(const model *m, state *s, int u) {
    options o = model_options(m, u);
    int64_t least = 0;
    int best = NONE;
    for (int i = 0; i < o.n; i++) {
        if (!state_fits(s, u, o.site[i])) continue;
        int64_t delta = state_delta(s, u, o.site[i], option_cost(&o, i));
        if (delta >= least) continue;
        least = delta;
        best = i;
    }
    if (best != NONE) state_move(s, u, o.site[best], option_cost(&o, best));
}

void start_from_previous(const model *m, state *s) {
    for (int u = 0; u < m->n_units; u++) put_back(m, s, u);
    for (int u = 0; u < m->n_units; u++)
        if (s->at[u] == NONE) place_cheapest(m, s, u);
}
