/* Prices spread out over resources and sites, so that the reduced costs of a unit at all its sites
 * come out of a few linear passes. */
#ifndef PLAATS_ENGINE_FIELD_H
#define PLAATS_ENGINE_FIELD_H

#include "engine/grid.h"

typedef struct {
    const grid *g;
    bool costless; /* GOAL_WEIGHT: a stay costs nothing but its prices */
    double *price; /* [resource * n_sites + site]: what one person pays there */
} field;

plaats_status field_build(const grid *g, field *f, plaats_error *error);
void field_free(field *f);
void field_set(field *f, const double *row_price);
/* reduced[i] = cost + prices of what the unit uses, for each of its options. */
void field_reduced_costs(const field *f, int unit, options o, double *reduced);

#endif
