/* Beds for those without one, where that costs no more than staying unplaced. */
#ifndef PLAATS_ENGINE_PLANS_SEAT_H
#define PLAATS_ENGINE_PLANS_SEAT_H

#include "engine/plans/state.h"

/* Every unplaced unit in turn goes where it adds least, unless that costs more than it saves; until
 * no unit that is left can, all others staying as they are. A tie goes to the bed. Returns how many
 * options were looked at. */
int64_t seat_unplaced(state *s);

#endif
