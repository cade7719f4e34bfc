/* Places for those whom construction left without one: where nothing has room for somebody, those
 * who are in the way go elsewhere, and so on. */
#ifndef PLAATS_ENGINE_PLANS_AUGMENT_H
#define PLAATS_ENGINE_PLANS_AUGMENT_H

#include "engine/plans/state.h"
#include "engine/run/run.h"

/* Takes everyone who is unplaced in turn, and keeps what lowers the cost. `row_price` (per row)
 * leads to sites where people lose little. However many are unplaced, it works for about as long as
 * construction does, and looks at no clock. Offers nothing to the run. */
plaats_status augment_plan(run *r, const double *row_price, state *s, plaats_error *error);

#endif
