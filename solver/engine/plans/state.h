/* An assignment under change: what every unit has chosen, how full every row is, and what it all
 * costs, kept exact in integers move by move. */
#ifndef PLAATS_ENGINE_PLANS_STATE_H
#define PLAATS_ENGINE_PLANS_STATE_H

#include "engine/layout/choice.h"

typedef struct {
    const grid *g;
    choice *at;    /* per unit */
    int64_t *own;  /* per unit: its own cost with that choice */
    int64_t *load; /* per row: sum of uses */
    int64_t cost;  /* exact, keep_open and soft quotas included */
    /* Units by where they are in a week, doubly linked: state_first, state_next. */
    int32_t *first;           /* [week * (n_sites + 1) + site]; no bed that week: under n_sites */
    int32_t *next, *previous; /* [week * n_units + unit] */
} state;

/* Everyone unplaced. */
plaats_status state_build(const grid *g, state *s, plaats_error *error);
void state_free(state *s);

/* The first of those at a site (NONE: without a bed) in a week, and who comes after a unit there;
 * or NONE. Who moves away takes no other along, and who comes stands first. */
static inline int32_t state_first(const state *s, int32_t site, int week) {
    return s->first[week * (s->g->n_sites + 1) + (site == NONE ? s->g->n_sites : site)];
}
static inline int32_t state_next(const state *s, int32_t unit, int week) {
    return s->next[week * s->g->n_units + unit];
}

/* Has the row room for so much more? */
static inline bool state_has_room(const state *s, int32_t row, int32_t use) {
    return s->load[row] + use <= row_capacity(&s->g->m->rows[row]);
}

/* Would every hard row hold with the unit's choice changed to `to`? It is one of its options, or
 * none. */
bool state_fits(const state *s, int unit, choice to);
/* What changing the unit's choice adds to the cost; `to_cost` is the unit's own cost then. */
int64_t state_delta(const state *s, int unit, choice to, int64_t to_cost);
void state_move(state *s, int unit, choice to, int64_t to_cost);
/* Does every hard row that the unit uses hold? */
bool state_holds(const state *s, int unit);
/* The unit's own cost with a choice that it has or may have. */
int64_t state_own_cost(const state *s, int unit, choice to);
/* Gives every unit the choice of `at`. `at` is feasible. */
void state_load(state *s, const choice *at);

#endif
