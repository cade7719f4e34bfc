#include "engine/plans/start.h"

#include "engine/plans/seat.h"

static void put_back(const model *m, state *s, int u) {
    int64_t cost;
    int j = m->start[u];
    if (j != NONE && model_option_cost(m, u, j, &cost) && state_fits(s, u, j))
        state_move(s, u, j, cost);
}

void start_from_previous(const model *m, state *s) {
    for (int u = 0; u < m->n_units; u++) put_back(m, s, u);
    seat_unplaced(s);
}
