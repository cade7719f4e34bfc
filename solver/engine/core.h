/* The core: what is truly contested, as one program for GLPK. */
#ifndef PLAATS_ENGINE_CORE_H
#define PLAATS_ENGINE_CORE_H

#include "engine/run.h"

typedef enum {
    CORE_WHOLE,  /* every option of every unit: the whole model */
    CORE_REDUCED /* without the options that no better plan can use, by reduced cost */
} core_kind;

/* With U "first": decides the unplaced total, from the plan in `s`, until it is proved or the run
 * is over. Raises `least_weight`, applies and offers what was found. */
plaats_status core_settle_weight(run *r, core_kind kind, state *s, plaats_error *error);

/* Decides the cost, from the plan in `s` (with U "first": the rest, the unplaced total being
 * settled, so that U does not eat up GLPK's digits), until it is proved or the run is over, or
 * after so many nodes (0: no limit). Offers plans and raises the run's bound to what GLPK proved.
 */
plaats_status core_solve(run *r, core_kind kind, int64_t nodes, state *s, plaats_error *error);

#endif
