/* One household at all sites in one week: for each of them what `eligible` and `cost_of_stay` say,
 * in a few passes over all sites together. Those two are what is meant; a million people at a
 * thousand sites are a billion such questions, and this answers them many times faster. */
#ifndef PLAATS_INSTANCE_EVERYWHERE_H
#define PLAATS_INSTANCE_EVERYWHERE_H

#include "instance/cost.h"

typedef struct everywhere everywhere;

/* Lays the facts of all sites out for planned week t. Free it with everywhere_free. */
plaats_status everywhere_make(const plaats_instance *in, int t, everywhere **out,
                              plaats_error *error);
void everywhere_free(everywhere *e);

/* excluded, cost: one per site of the instance. `cost`: the total of a week there; says nothing
 * where the household is excluded. On any number of threads at once. */
void everywhere_look(const everywhere *e, int household, came_from from, bool *excluded,
                     int64_t *cost);

#endif
