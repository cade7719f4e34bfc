/* The whole week, or what of it better plans can differ in, as one program for GLPK. */
#ifndef PLAATS_ENGINE_WHOLE_H
#define PLAATS_ENGINE_WHOLE_H

#include "engine/run/run.h"

typedef enum {
    WHOLE_UNREDUCED, /* every option of every unit: the whole model */
    WHOLE_REDUCED    /* without the options that no better plan can use: fixed by reduced cost */
} whole_reduction;

/* With U "first": decides the unplaced total with the whole model, from the best plan on, until it
 * is proved or the run is over. Raises `least_weight` and offers what was found. */
plaats_status whole_settle_weight(run *r, plaats_error *error);

/* Decides the cost, from the best plan on, until it is proved or the run is over. With U "first" it
 * decides the rest, so that U does not eat up GLPK's digits, and does nothing before the unplaced
 * total is settled. Offers plans and raises the run's bound to what GLPK proved. */
plaats_status whole_solve(run *r, whole_reduction reduction, plaats_error *error);

#endif
