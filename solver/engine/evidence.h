/* What closes the gap that prices leave, and proves it: branch and cut, branch and price, and for a
 * small week GLPK's word. */
#ifndef PLAATS_ENGINE_EVIDENCE_H
#define PLAATS_ENGINE_EVIDENCE_H

#include "engine/run/run.h"

/* With U "first" and an unplaced total that prices have settled: the two cases, by what is
 * unplaced, that the prices of the weight and of the rest prove. One case cannot say that less is
 * impossible. Does nothing without such prices. */
#define CASES_OF_PRICES 2
plaats_status evidence_of_prices(run *r, plaats_error *error);

/* Will branch and price be at work, which finds better plans than neighbourhoods do? */
bool evidence_finds_plans(const run *r);

/* Fills `r->evidence` with cuts and complete cases, as far as it comes before the run is over.
 * Branch and price where that suits the week, else branch and cut; a small week goes to branch and
 * price too if that tree has not come to an end, and then to GLPK for its word. */
plaats_status evidence_gather(run *r, plaats_error *error);

/* What proves more, the evidence or the one case of the prices of the whole, with the offset in it;
 * the run has it no longer. */
plaats_status evidence_take(run *r, proof *out, plaats_error *error);

#endif
