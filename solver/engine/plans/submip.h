/* A part of the model as a mixed-integer program: some units choose anew among some of their
 * options, all others keep what a state has for them. With every unit and every option it is the
 * whole model. */
#ifndef PLAATS_ENGINE_PLANS_SUBMIP_H
#define PLAATS_ENGINE_PLANS_SUBMIP_H

#include "engine/lp/mip.h"
#include "engine/plans/state.h"

typedef struct {
    model_goal goal; /* GOAL_REST: with no more unplaced than the state has */
    const grid *g;
    int n_units, unit_room, n_choices, choice_room;
    int32_t *units;   /* the units that choose */
    int32_t *start;   /* n_units + 1: choices of unit i are start[i] .. start[i+1]-1 */
    choice *option;   /* per choice */
    int32_t *mip_row; /* per row of the model, NONE between uses */
} submip;

plaats_status submip_build(const grid *g, submip *p, plaats_error *error);
void submip_free(submip *p);
/* Starts over with no units. */
void submip_clear(submip *p);
/* Adds a unit, and then its choices one by one. */
plaats_status submip_unit(submip *p, int32_t u, plaats_error *error);
plaats_status submip_choice(submip *p, choice c, plaats_error *error);
/* Takes back the last unit and its choices. */
void submip_drop_unit(submip *p);

typedef struct {
    mip_outcome outcome;
    int64_t least_change; /* the goal cannot fall further than this below the state's value (<= 0);
                             INT64_MIN if unknown */
    choice *at;           /* per unit of the part; the caller's array */
    int64_t steps;        /* work done: for run_spend */
} submip_result;

/* Solves the part against what the state says of all other units. What the state has for a
 * unit must be among its choices. With `use_start` the search starts from there. */
plaats_status submip_solve(submip *p, const state *s, const mip_limits *limits, bool use_start,
                           submip_result *result, plaats_error *error);

/* Gives the units of the part the choices of `at`. If a hard row would not hold then (GLPK's
 * rounding let something through), nothing changes and the answer is false. Otherwise `at` gets the
 * old choices in return. */
bool submip_apply(const submip *p, state *s, choice *at);

#endif
