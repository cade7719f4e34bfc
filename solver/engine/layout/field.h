/* Prices spread out over resources and sites, so that the reduced costs of a unit at all its sites
 * come out of a few linear passes. */
#ifndef PLAATS_ENGINE_LAYOUT_FIELD_H
#define PLAATS_ENGINE_LAYOUT_FIELD_H

#include "engine/layout/grid.h"

typedef struct {
    const grid *g;
    double *price; /* [resource * n_sites + site]: what one person pays there */
    bool *priced;  /* per resource: anybody pays anything anywhere */
} field;

plaats_status field_build(const grid *g, field *f, plaats_error *error);
void field_free(field *f);
void field_set(field *f, const double *row_price);
/* line[j] = what the unit pays at site j for what it uses. */
void field_line(const field *f, int unit, double *line);
/* reduced[i] = cost + line there, for each option. `costless`: a stay costs nothing but prices. */
void field_reduced_costs(bool costless, const options *o, const double *line, double *reduced);

/* Room for the reduced costs of one unit at a time. */
typedef struct {
    double *line, *reduced; /* per site; per option */
} unit_costs;

plaats_status unit_costs_build(const grid *g, unit_costs *c, plaats_error *error);
void unit_costs_free(unit_costs *c);
/* Those of the unit's options; they stand until the next unit's are asked for. */
const double *unit_costs_of(unit_costs *c, const field *f, int unit, const options *o);

#endif
