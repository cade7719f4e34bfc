/* Branch and price (C. Barnhart and others 1998): the master program of patterns, and a tree of
 * decisions on which sites are open and which unit is where. For weeks in which few units fill a
 * site; there its bound is far above that of prices on every row. */
#ifndef PLAATS_ENGINE_BRANCH_PRICE_PRICING_H
#define PLAATS_ENGINE_BRANCH_PRICE_PRICING_H

#include "engine/proof/proof.h"
#include "engine/run/run.h"

/* Are the sites and the week small enough? */
bool pricing_can(const run *r);
/* And are most options at sites that cost points to keep open, and is nobody unplaced in the best
 * plan? Then nothing else does as well. */
bool pricing_suits(const run *r);

/* Visits so many nodes at most. Offers plans to the run and adds what is proved to `out`, even if
 * the run is over first: complete cases, whose least bound is `*bound`. */
plaats_status pricing_solve(run *r, int64_t nodes, proof *out, int64_t *bound, plaats_error *error);

#endif
