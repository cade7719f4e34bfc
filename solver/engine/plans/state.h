/* An assignment under change: where every unit is, how full every row is, and what it all costs,
 * kept exact in integers move by move. */
#ifndef PLAATS_ENGINE_PLANS_STATE_H
#define PLAATS_ENGINE_PLANS_STATE_H

#include "engine/layout/grid.h"

typedef struct {
    const grid *g;
    int32_t *at;   /* per unit: site, or NONE */
    int64_t *own;  /* per unit: its own cost there */
    int64_t *load; /* per row: sum of uses */
    int64_t cost;  /* exact, keep_open and soft quotas included */
    /* Units by site (unplaced ones under n_sites), doubly linked. */
    int32_t *first, *next, *previous;
} state;

/* Everyone unplaced. */
plaats_status state_build(const grid *g, state *s, plaats_error *error);
void state_free(state *s);

/* Would every hard row hold with the unit at `to` instead of where it is? The unit may be there
 * (its options say so). */
bool state_fits(const state *s, int unit, int to);
/* What moving the unit to `to` adds to the cost; `to_cost` is the unit's own cost there. */
int64_t state_delta(const state *s, int unit, int to, int64_t to_cost);
void state_move(state *s, int unit, int to, int64_t to_cost);
/* Does every hard row that the unit uses where it is hold? */
bool state_holds(const state *s, int unit);
/* The unit's own cost where it is, or would be (to = NONE: unplaced). */
int64_t state_own_cost(const state *s, int unit, int to);
/* Puts every unit where `at` says. `at` is feasible. */
void state_load(state *s, const int32_t *at);

#endif
