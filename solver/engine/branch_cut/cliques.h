/* Finds cliques that the relaxation's point breaks: units of which no two may be at a site together
 * (M. Padberg 1973). The rows of `apart` say so group by group, so that of many units that are
 * apart pair by pair half of each may be there. That one of them is at most is a rounding cut too,
 * on such rows and on the cut about one unit less. */
#ifndef PLAATS_ENGINE_BRANCH_CUT_CLIQUES_H
#define PLAATS_ENGINE_BRANCH_CUT_CLIQUES_H

#include "engine/branch_cut/relaxation.h"

/* Adds at most `most` cuts to the relaxation, and to the list those and the ones that they stand
 * on; how many to the relaxation in `found`. */
plaats_status cliques_separate(relaxation *x, cutter *c, int most, int *found, plaats_error *error);

#endif
