/* What of a previous plan still holds: rules, people and beds may have changed since. */
#include "engine/plans/start.h"

#include "engine/plans/seat.h"

#include <assert.h>

static void put_back(const model *m, state *s, int u) {
    int64_t cost;
    choice to = choice_of_site(m->start[u], 0);
    if (to != CHOICE_NONE && choice_cost(s->g, u, to, &cost) && state_fits(s, u, to))
        state_move(s, u, to, cost);
}

void start_from_previous(const model *m, state *s) {
    assert(m == s->g->m && m->start != NULL);
    for (int u = 0; u < m->n_units; u++) put_back(m, s, u);
    seat_unplaced(s);
}
