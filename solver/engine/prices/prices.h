/* Prices of all rows: the dual of the relaxation (solver/PROOF.md), by ascent. What is kept is what
 * proves most in exact integers. */
#ifndef PLAATS_ENGINE_PRICES_PRICES_H
#define PLAATS_ENGINE_PRICES_PRICES_H

#include "engine/run/run.h"

/* Finds the prices that prove most of `found->goal` (goal and most_weight are given; the rest is
 * filled; `prices` may be NULL or the caller's, replaced by better ones). `bound`: what they prove.
 * Ends early when the run is over. `rough` (may be NULL) is called once, when `found` has prices
 * that are good for a first plan, though not yet for the last word. */
typedef plaats_status (*prices_rough)(run *r, plaats_error *error);
plaats_status prices_find(run *r, model_prices *found, int64_t *bound, prices_rough rough,
                          plaats_error *error);

/* How much weight every plan leaves unplaced at least, by prices of its own: `r->weight`, once.
 * Raises `least_weight`. */
plaats_status prices_of_weight(run *r, plaats_error *error);

#endif
