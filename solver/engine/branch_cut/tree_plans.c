/* When RINS looks for plans (rins.c): at the root as long as that helps, and below it with a share
 * of the tree's work. Often a plan is a few points dearer than the best for longer than the bound
 * is below it; and the better the plan, the smaller the tree. */
#include "engine/branch_cut/branch_cut_tuning.h"
#include "engine/branch_cut/tree_parts.h"

#include <math.h>

static plaats_status attempt(tree *t, plaats_error *error) {
    int64_t before = t->r->work;
    double most = fmax(0, tree_cutoff(t, 0) - t->nodes[0].value);
    plaats_status st = rins_attempt(&t->x, &t->rins, most, t->at, error);
    t->rins_work += t->r->work - before;
    return st;
}

plaats_status tree_rins_at_root(tree *t, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int64_t most = BRANCH_CUT_RINS_ROOT_WORK * (t->r->work - t->work_before);
    int fruitless = 0;
    rins_start(&t->rins, &t->r->g);
    while (fruitless < BRANCH_CUT_RINS_AT_ROOT && !t->rins.exhausted && t->rins_work <= most &&
           !tree_node_is_closed(t, 0) && !run_over(t->r)) {
        int64_t before = t->r->best_cost;
        TRY(attempt(t, error));
        fruitless = t->r->best_cost < before ? 0 : fruitless + 1;
    }
done:
    return st;
}

plaats_status tree_rins_if_due(tree *t, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int64_t work = t->r->work - t->work_before;
    if (t->rins_work <= work / BRANCH_CUT_RINS_WORK && !tree_node_is_closed(t, 0) &&
        !run_over(t->r))
        TRY(attempt(t, error));
done:
    return st;
}
