/* What has to be kept of a time limit for what comes after the search. */
#ifndef PLAATS_PLAN_RESERVE_H
#define PLAATS_PLAN_RESERVE_H

#include "model/model.h"

/* Seconds that writing and checking a plan will take, on this machine as it has been until now. */
double seconds_to_finish(const model *m);

#endif
