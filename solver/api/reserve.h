/* What has to be kept of a time limit for what comes after the search. */
#ifndef PLAATS_API_RESERVE_H
#define PLAATS_API_RESERVE_H

#include "engine/engine.h"

/* Seconds that proving the last cases, writing and checking will take, on this machine as it has
 * been until now. */
run_reserve reserve_for_end(const model *m);

#endif
