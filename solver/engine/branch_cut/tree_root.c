/* The root of the tree: its first columns, its cuts, and what is left of it for the search.
 *
 * First the relaxation over all options that matter, from the best plan on; then, where there are
 * many columns, a smaller one; rounds of cuts; dives and RINS for plans; and at last a program with
 * what has a reduced cost below the gap, which the tree goes on from. */
#include "base/random.h"
#include "base/select.h"
#include "engine/branch_cut/branch_cut_tuning.h"
#include "engine/branch_cut/separate.h"
#include "engine/branch_cut/tree_parts.h"
#include "engine/plans/ranked.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

/* The unit's options by what they lose against its best at the question's prices; those that lose
 * the same in no particular order, but always the same one. */
static int list_offered(const tree *t, int u, ranked *list) {
    const grid *g = &t->r->g;
    const model_prices *p = t->ask->prices;
    options o = model_options(g->m, u);
    choice_prices prices = choice_prices_alone(g, p, u);
    int128 least = choice_cheapest_exact(g, &prices, u, &o).value;

    for (int i = 0; i < o.n; i++) {
        int128 here = choice_value(g, &prices, u, &o, i);
        list[i] = (ranked){(double)(here - least) / (double)p->scale,
                           random_mix((uint64_t)u, (uint64_t)choice_of_option(&o, i)), i};
    }
    qsort(list, (size_t)o.n, sizeof *list, by_rank);
    return o.n;
}

/* Where the best plan has units. */
static plaats_status add_best(tree *t, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    for (int u = 0; u < t->r->m->n_units; u++) {
        int32_t class = t->classes.first[u];
        choice at = t->r->best[u];
        if (at != CHOICE_NONE && !relaxation_has(&t->x, class, at))
            TRY(relaxation_add(&t->x, class, at, error));
    }
done:
    return st;
}

/* The first columns: what the best plan does, and the few options of a class that lose least. */
static plaats_status add_first_columns(tree *t, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const model *m = t->r->m;
    ranked *list = NULL;

    TRY_ALLOC(list = zero_alloc((size_t)m->n_sites, sizeof *list));
    TRY(add_best(t, error));
    for (int u = 0; u < m->n_units; u++) {
        int n = t->classes.count[u] > 0 ? list_offered(t, u, list) : 0, added = 0;
        options o = model_options(m, u);
        for (int i = 0; i < n && added < BRANCH_CUT_FIRST_OPTIONS; i++) {
            choice at = choice_of_option(&o, list[i].option);
            if (relaxation_has(&t->x, u, at)) continue;
            if (i > 0 && list[i].loss > BRANCH_CUT_FIRST_LOSS) break;
            TRY(relaxation_add(&t->x, u, at, error));
            added++;
        }
    }
done:
    free(list);
    return st;
}

static plaats_status cut_root(tree *t, lp_outcome *outcome, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int found = 1, idle = 0;
    bool better = false;

    for (int round = 0; round < BRANCH_CUT_ROOT_ROUNDS && found > 0 &&
                        idle < BRANCH_CUT_IDLE_ROUNDS && !run_over(t->r);
         round++) {
        double before = t->nodes[0].value;
        TRY(separate(&t->x, &t->cutter, BRANCH_CUT_ROOT_CUTS, &found, error));
        TRY(tree_solve_node(t, 0, true, outcome, error));
        if (*outcome != LP_OPTIMAL || tree_node_is_closed(t, 0)) goto done;
        if (dive_offer_whole(t, &better)) {
            if (better) TRY(tree_solve_node(t, 0, true, outcome, error));
            if (!better || tree_node_is_closed(t, 0)) goto done;
        }
        idle = t->nodes[0].value < before + BRANCH_CUT_IDLE_GAIN ? idle + 1 : 0;
        TRY(relaxation_drop_idle(&t->x, error));
    }
done:
    return st;
}

/* How much reduced cost a column may have to stay: no more than what is left to gain, and such that
 * the program stays small. */
static plaats_status choose_most(const tree *t, double *most, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    double *sizes = NULL;
    int n = 0;

    *most = fmax(0, tree_cutoff(t, 0) - t->nodes[0].value);
    TRY_ALLOC(sizes = zero_alloc((size_t)t->x.n_columns, sizeof *sizes));
    for (int c = 0; c < t->x.n_columns; c++)
        if (!lp_is_basic(t->x.p, c)) sizes[n++] = lp_reduced(t->x.p, c);
    if (n > BRANCH_CUT_KEPT_COLUMNS)
        *most = fmax(BRANCH_CUT_WHOLE,
                     fmin(*most, select_nth_least(sizes, (size_t)n, BRANCH_CUT_KEPT_COLUMNS)));
done:
    free(sizes);
    return st;
}

static plaats_status shrink(tree *t, int choices, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    lp_outcome outcome;
    double most = 0;
    TRY(choose_most(t, &most, error));
    TRY(relaxation_shrink(&t->x, most, choices, error));
    TRY(relaxation_solve(&t->x, true, &outcome, error));
done:
    return st;
}

/* Takes what the root proved as what the whole tree proves at least. */
static plaats_status keep_root(tree *t, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    TRY(tree_give_decisions(t, 0, &t->root, error));
    TRY(tree_copy_prices(&t->nodes[0].proved, &t->root, error));
    t->root.bound = t->nodes[0].proved.bound;
    if (t->ask->goal == GOAL_COST && t->root.bound > t->r->root_bound)
        t->r->root_bound = t->root.bound;
    t->root_rows = t->x.n_rows;
    TRY(tree_keep_basis(t, 0, error));
done:
    return st;
}

/* Dives for plans, a bold one first, and back to the root. */
static plaats_status dive_from_root(tree *t, lp_outcome *outcome, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const node *root = &t->nodes[0];
    double rise = fmax(BRANCH_CUT_DIVE_RISE, BRANCH_CUT_DIVE_RISE_SHARE * fabs(root->value));

    while (rise >= BRANCH_CUT_DIVE_LEAST_RISE && *outcome == LP_OPTIMAL &&
           !tree_node_is_closed(t, 0) && !run_over(t->r)) {
        TRY(dive(t, rise, error));
        lp_set_basis(t->x.p, root->basis, root->columns, root->rows);
        TRY(relaxation_solve(&t->x, true, outcome, error));
        rise /= BRANCH_CUT_DIVE_CARE;
    }
done:
    return st;
}

/* The root's relaxation over all options that matter, from the best plan on. */
static plaats_status start_root(tree *t, lp_outcome *outcome, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int32_t root = NONE;

    TRY(tree_add_node(t, NONE, NULL, &root, error));
    if (t->ask->is_given && t->ask->given.yes)
        TRY(relaxation_decide(&t->x, &t->ask->given, true, error));
    TRY(add_first_columns(t, error));
    TRY(relaxation_start(&t->x, t->r->best, error));
    TRY(relaxation_solve(&t->x, false, outcome, error));
    if (*outcome == LP_OPTIMAL) TRY(tree_solve_node(t, root, true, outcome, error));
done:
    return st;
}

/* Nodes but the root, and what was decided against it. */
static plaats_status drop_children(tree *t, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    TRY(tree_go_to_node(t, 0, error));
    while (t->n_nodes > 1) {
        node *n = &t->nodes[--t->n_nodes];
        proof_case_free(&n->proved);
        free(n->basis);
    }
    t->nodes[0].yes = NONE;
    t->nodes[0].state = NODE_STUCK;
    t->n_closed = 0;
    t->cases = (leaf_count){0};
done:
    return st;
}

plaats_status tree_restart(tree *t, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const node *root = &t->nodes[0];
    lp_outcome outcome = LP_FAILED;

    assert(t->n_nodes > 0 && root->basis != NULL);
    TRY(drop_children(t, error));
    lp_set_basis(t->x.p, root->basis, root->columns, root->rows);
    TRY(tree_solve_node(t, 0, true, &outcome, error));
    if (outcome == LP_OPTIMAL && !tree_node_is_closed(t, 0)) TRY(cut_root(t, &outcome, error));
    TRY(keep_root(t, error));
    if (tree_node_is_closed(t, 0)) tree_close_node(t, 0);
done:
    return st;
}

plaats_status tree_solve_root(tree *t, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    lp_outcome outcome = LP_FAILED;
    bool better = false;

    TRY(start_root(t, &outcome, error));
    if (outcome != LP_OPTIMAL) goto done;
    t->x.penalty = BRANCH_CUT_PENALTY_GAPS * fmax(1, tree_cutoff(t, 0) - t->nodes[0].value) +
                   BRANCH_CUT_PENALTY_MORE;
    if (dive_offer_whole(t, &better)) TRY(tree_solve_node(t, 0, true, &outcome, error));
    if (!tree_node_is_closed(t, 0) && t->x.n_columns > BRANCH_CUT_SMALL)
        TRY(shrink(t, BRANCH_CUT_KEPT_TO_CUT, error));
    if (!tree_node_is_closed(t, 0)) TRY(cut_root(t, &outcome, error));
    TRY(keep_root(t, error));
    TRY(dive_from_root(t, &outcome, error));
    if (outcome == LP_OPTIMAL) TRY(tree_rins_at_root(t, error));
    if (outcome == LP_OPTIMAL && !tree_node_is_closed(t, 0)) {
        if (t->x.n_columns > BRANCH_CUT_SMALL) TRY(shrink(t, BRANCH_CUT_KEPT_TO_BRANCH, error));
        TRY(tree_keep_basis(t, 0, error));
    }
    if (tree_node_is_closed(t, 0)) tree_close_node(t, 0);
done:
    return st;
}
