/* Plans by search, while the tree proves. Often a plan is a few points dearer than the best for
 * longer than the bound is below it; and the better the plan, the smaller the tree. */
#include "engine/improve.h"
#include "engine/tree_parts.h"

#define SHAKES 30            /* at a time */
#define HEAD_START 100000000 /* of work that the tree has alone: it settles small weeks */

static plaats_status first_time(tree *t, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    if (t->plan.at != NULL) return PLAATS_OK;
    TRY(list_sites(t, error));
    TRY(state_build(&t->r->g, &t->plan, error));
    t->random = random_start(4);
done:
    return st;
}

/* Half of the work at most goes into it. */
static bool is_due(const tree *t) {
    int64_t work = t->r->work - t->work_before - HEAD_START;
    return t->ask->goal == GOAL_COST && work > 0 && t->wandered <= work / 2;
}

plaats_status wander(tree *t, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    run *r = t->r;
    int64_t before = r->work;

    if (!is_due(t) || node_is_closed(t, 0) || run_over(r)) return PLAATS_OK;
    TRY(first_time(t, error));
    if (t->plan.cost != r->best_cost) state_load(&t->plan, r->best);
    TRY(improve_by_wandering(r, &t->list, &t->plan, SHAKES, &t->random, error));
    r->step = "core";
    t->wandered += r->work - before;
done:
    return st;
}
