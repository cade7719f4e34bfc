/* For every unit the few options that can be worth its while at the prices found: those that lose
 * least against its best, nearest first; and for every site the units that lose least there.
 *
 * At good prices a plan costs its bound plus what the units lose plus what the room left in rows
 * with a price is worth (complementary slackness). So a search for better plans looks for losses
 * and priced room, and at options that lose less than is there to be won. */
#ifndef PLAATS_ENGINE_PLANS_SHORTLIST_H
#define PLAATS_ENGINE_PLANS_SHORTLIST_H

#include "engine/layout/field.h"
#include "engine/plans/state.h"

typedef struct {
    int unit;
    float loss;
} suitor; /* a unit with an option at the site on its list */

typedef struct {
    const grid *g;
    int32_t *start;    /* n_units + 1: the list of unit u is option[start[u]] .. [start[u+1]-1] */
    choice *option;    /* by loss */
    int64_t *cost;     /* the unit's own cost with it */
    double *loss;      /* reduced cost above the unit's least (unplaced counts), >= 0 */
    double *none_loss; /* per unit: the same for unplaced */
    double *least;     /* per unit: its least reduced cost */
    double *row_price; /* per row */
    /* By place (shortlist_place): starts, and one more for the end. */
    int32_t *suit_start;
    suitor *suitors; /* by loss, then unit */
    int32_t *priced_start;
    int32_t *priced_row; /* rows of the site alone, in that week, that have a price */
} shortlist;

/* A site in a week. */
static inline int shortlist_place(const shortlist *l, int32_t site, int week) {
    return week * l->g->n_sites + site;
}

/* `none_price`: points for each person unplaced times priority (U, or the price of GOAL_REST's
 * row). `nearest`: options per unit, at least, >= 1; those that lose next to nothing are all
 * listed. `threads`: at most; the lists do not depend on it. */
plaats_status shortlist_build(const grid *g, const double *row_price, double none_price,
                              int nearest, int threads, shortlist *l, plaats_error *error);
void shortlist_free(shortlist *l);

/* What the unit loses with the choice that the state has for it, on its list or not. */
double shortlist_loss(const shortlist *l, const state *s, int u);
/* What there is to win at the site (NONE: among those without a bed) in a week: losses and priced
 * room. */
double shortlist_stake(const shortlist *l, const state *s, int32_t site, int week);

#endif
