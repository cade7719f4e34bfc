/* Prices of all rows: the dual of the relaxation, by column generation over an interior-point
 * master. What is kept is what proves most in exact integers. */
#ifndef PLAATS_ENGINE_PRICES_H
#define PLAATS_ENGINE_PRICES_H

#include "engine/run.h"

/* Finds prices and notes the best in the run (scale, prices, proof_bound). */
plaats_status prices_find(run *r, plaats_error *error);
/* Rounds prices to integers and keeps them if they prove more than those the run has. */
plaats_status prices_offer(run *r, const double *price, plaats_error *error);

#endif
