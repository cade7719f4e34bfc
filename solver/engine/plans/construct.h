/* A first plan: every unit in turn, those hardest to place first, with the feasible
 * option of least reduced cost. At prices, those come first whose place is sure, and last those
 * that are better left unplaced. */
#ifndef PLAATS_ENGINE_PLANS_CONSTRUCT_H
#define PLAATS_ENGINE_PLANS_CONSTRUCT_H

#include "engine/plans/state.h"

/* Fills a state in which everyone is unplaced. `row_price`: per row of the model; `none_price`:
 * points for each person unplaced times priority at these prices. `threads`: at most; the plan does
 * not depend on it. */
plaats_status construct_from_prices(const grid *g, const double *row_price, double none_price,
                                    int threads, state *s, plaats_error *error);

#endif
