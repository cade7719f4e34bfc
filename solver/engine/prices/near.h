/* Candidate lists: for every unit its cheapest choices at some prices, with what all its other
 * options cost at least there. As long as the prices of what it uses have not sunk by more than the
 * difference, the others need no look.
 *
 * With R the reduced costs when the list was made, R' those at the prices of today, and D_k the sum
 * of what prices of resource k have sunk since from one look to the next, wherever they sank most,
 *
 *     R'_j >= R_j - sum_k use_k D_k >= beyond - sum_k use_k D_k      for every j not on the list.
 */
#ifndef PLAATS_ENGINE_PRICES_NEAR_H
#define PLAATS_ENGINE_PRICES_NEAR_H

#include "engine/layout/choice.h"
#include "engine/layout/field.h"
#include "engine/prices/prices_tuning.h"

typedef struct {
    int n; /* NONE: no list */
    choice choices[PRICES_MOST_NEAR];
    double cost[PRICES_MOST_NEAR];
    double beyond; /* no other option had a lower reduced cost */
    double sunk;   /* near_sunk when the list was made */
} near_list;

/* By how much at most the price of anything the unit uses has sunk so far, anywhere. `sunk`: per
 * resource, as near_note adds it up. */
double near_sunk(const grid *g, const double *sunk, int unit);
/* Adds what prices sink from `before` to `now` (fields of resources and sites) to `sunk`, per
 * resource. */
void near_note(const grid *g, const double *before, const double *now, double *sunk);

/* The reduced costs of what is on the list, which there is. */
void near_reduced(const field *f, const near_list *list, int unit, double *reduced);
/* Lists the cheapest options: as many as there is room for within PRICES_NEAR_WIDER squared times
 * `span` of `least`, and no list if even those within `span` are too many. `least` is no more than
 * any of `reduced`; `sunk` is near_sunk. */
void near_make(const options *o, const double *reduced, double least, double span, double sunk,
               bool costless, near_list *list);

#endif
