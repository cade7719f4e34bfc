/* For every unit the few sites that can be worth its while at the prices found: those that lose
 * least against its best, nearest first; and for every site the units that lose least there.
 *
 * At good prices a plan costs its bound plus what the units lose plus what the room left in rows
 * with a price is worth. So a search for better plans looks for losses and priced room, and at
 * choices that lose less than is there to be won. */
#ifndef PLAATS_ENGINE_PLANS_SHORTLIST_H
#define PLAATS_ENGINE_PLANS_SHORTLIST_H

#include "engine/layout/field.h"
#include "engine/plans/state.h"

typedef struct {
    int unit;
    float loss;
} suitor; /* a unit with the site on its list */

typedef struct {
    const grid *g;
    int32_t *start;      /* n_units + 1 */
    int32_t *site;       /* by loss */
    int64_t *cost;       /* the unit's own cost there */
    double *loss;        /* reduced cost above the unit's least (unplaced counts), per unit >= 0 */
    double *none_loss;   /* per unit: the same for unplaced */
    double *least;       /* per unit: its least reduced cost */
    double *row_price;   /* per row */
    int32_t *suit_start; /* n_sites + 1 */
    suitor *suitors;     /* by loss, then unit */
    int32_t *priced_start; /* n_sites + 1 */
    int32_t *priced_row;   /* rows of the site alone that have a price */
} shortlist;

/* `none_price`: points for each person unplaced times priority (U, or the price of GOAL_REST's
 * row). `nearest`: sites per unit, at least; those that lose next to nothing are all listed.
 * `threads`: at most; the lists do not depend on it. */
plaats_status shortlist_build(const grid *g, const double *row_price, double none_price,
                              int nearest, int threads, shortlist *l, plaats_error *error);
void shortlist_free(shortlist *l);

/* What the unit loses where the state has it, on its list or not. */
double shortlist_loss(const shortlist *l, const state *s, int u);
/* What there is to win at the site (NONE: among those unplaced): losses and priced room. */
double shortlist_stake(const shortlist *l, const state *s, int site);

#endif
