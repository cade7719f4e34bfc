/* For every unit a short list of its cheapest options at some prices, with what all others cost at
 * least there: as long as prices have not sunk by more than the difference, the others need no
 * look.
 */
#ifndef PLAATS_ENGINE_PRICES_NEAR_H
#define PLAATS_ENGINE_PRICES_NEAR_H

#include "engine/layout/field.h"

enum { MOST_NEAR = 14 };

typedef struct {
    int n; /* NONE: no list */
    int32_t site[MOST_NEAR];
    double cost[MOST_NEAR];
    double beyond; /* no other option had a lower reduced cost */
    double sunk;   /* see near_sunk */
} near_list;

/* By how much at most the price of anything the unit uses has sunk so far, anywhere. */
double near_sunk(const grid *g, const double *sunk, int unit);
/* Adds what prices sink from `before` to `now` (fields of resources and sites) to `sunk`, per
 * resource. */
void near_note(const grid *g, const double *before, const double *now, double *sunk);

/* The reduced costs of what is on the list. */
void near_reduced(const field *f, const near_list *list, int unit, double *reduced);
/* Lists the cheapest options: as many as there is room for within 4 times `span` of `least`, and no
 * list if even those within `span` are too many. */
void near_make(const options *o, const double *reduced, double least, double span, double sunk,
               bool costless, near_list *list);

#endif
