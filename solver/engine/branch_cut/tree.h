/* Branch and cut: the relaxation of the options worth a thought, integer rounding cuts, and a tree
 * of decisions. All that it proves is proved in exact integers over every option, those that the
 * relaxation leaves out included, and goes into the run's evidence case by case
 * (solver/PROOF.md; solver/METHOD.md says when a run comes here). */
#ifndef PLAATS_ENGINE_BRANCH_CUT_TREE_H
#define PLAATS_ENGINE_BRANCH_CUT_TREE_H

#include "engine/proof/proof.h"
#include "engine/run/run.h"

typedef struct {
    model_goal goal;            /* GOAL_COST, or GOAL_WEIGHT: can fewer people stay unplaced? */
    double none;                /* points per weight unplaced in the relaxation */
    bool is_given;              /* the whole tree stands under one decision: */
    decision given;             /* DECIDE_UNPLACED */
    const model_prices *prices; /* to choose the first options by */
    int64_t nodes;              /* at most */
} tree_question;

/* Offers plans to the run. What is proved, even if the run is over first, is added to `out`:
 * complete cases, whose least bound is `*bound`. `closed`: the question is answered. */
plaats_status tree_solve(run *r, const tree_question *ask, proof *out, int64_t *bound, bool *closed,
                         plaats_error *error);

#endif
