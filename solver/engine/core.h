/* The core: what is truly contested, as one program for GLPK. */
#ifndef PLAATS_ENGINE_CORE_H
#define PLAATS_ENGINE_CORE_H

#include "engine/run.h"

typedef enum {
    CORE_WHOLE,  /* every option of every unit: the whole model */
    CORE_REDUCED /* without the options that no better plan can use, by reduced cost */
} core_kind;

/* Solves the core from the plan in `s` (the best so far, or everyone unplaced) until it is proved
 * optimal or the run is over. With U "first", the unplaced total is decided first and the rest
 * after it, so that U does not eat up GLPK's digits. Offers plans to the run and notes what GLPK
 * proved in `solver_bound`. */
plaats_status core_solve(run *r, core_kind kind, state *s, plaats_error *error);

#endif
