/* The start from a previous plan: as much of it as is feasible. */
#ifndef PLAATS_ENGINE_PLANS_START_H
#define PLAATS_ENGINE_PLANS_START_H

#include "engine/plans/state.h"

/* Fills a state in which everyone is unplaced: each unit in turn goes where the model says that it
 * starts, if it may be there and fits. Then those without a site go where they cost least
 * (seat.h). A previous plan that is feasible is taken over whole, and what follows costs no more.
 */
void start_from_previous(const model *m, state *s);

#endif
