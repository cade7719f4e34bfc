/* Chains: units that use the same beds and services take each other's places, along a path of
 * sites or round a cycle, where that lowers the cost. */
#ifndef PLAATS_ENGINE_PLANS_CHAINS_H
#define PLAATS_ENGINE_PLANS_CHAINS_H

#include "engine/plans/shortlist.h"
#include "engine/run/run.h"

/* Until no chain gains, or the run is over. Offers the result to the run. */
plaats_status chains_improve(run *r, const shortlist *l, state *s, plaats_error *error);

#endif
