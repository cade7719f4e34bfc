/* Branch and price (C. Barnhart and others 1998): the master program of packs, and a tree of
 * decisions on which sites are open and which unit is where. For weeks in which few units fill a
 * site; there its bound is far above that of prices on every row. */
#ifndef PLAATS_ENGINE_PACKING_TREE_H
#define PLAATS_ENGINE_PACKING_TREE_H

#include "engine/proof.h"
#include "engine/run.h"

/* Are the sites and the week small enough? */
bool packing_can(const run *r);
/* And are most options at sites that cost points to keep open, and is nobody unplaced in the best
 * plan? Then nothing else does as well. */
bool packing_suits(const run *r);

/* Visits so many nodes at most. Offers plans to the run and adds what is proved to `out`, even if
 * the run is over first: complete cases, whose least bound is `*bound`. */
plaats_status packing_solve(run *r, int64_t nodes, proof *out, int64_t *bound, plaats_error *error);

#endif
