/* Finds integer rounding cuts that the relaxation's point breaks, from rows of its simplex tableau
 * (R. Gomory 1958), each multiplied by a few small integers (G. Cornuejols, Y. Li, D.
 * Vandenbussche 2003), and links of units to open sites. */
#ifndef PLAATS_ENGINE_BRANCH_CUT_SEPARATE_H
#define PLAATS_ENGINE_BRANCH_CUT_SEPARATE_H

#include "engine/branch_cut/relaxation.h"

/* Adds at most `most` cuts to the list and to the relaxation; how many in `found`. */
plaats_status separate(relaxation *x, cutter *c, int most, int *found, plaats_error *error);

#endif
