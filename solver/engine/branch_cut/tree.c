/* The search: the open nodes in order of their values, each solved, cut and closed or divided. */
#include "engine/branch_cut/tree.h"

#include "engine/branch_cut/separate.h"
#include "engine/branch_cut/tree_parts.h"

#include <math.h>
#include <stdlib.h>

#define CUTS_PER_NODE 8
#define CUT_EVERY 32 /* nodes */
#define VERY_WARY 20
#define START_OVER 64 /* nodes below which a tree is not worth giving up */

/* ---- The search --------------------------------------------------------------------------- */

/* The open node with the least value. */
static int32_t best_open(const tree *t) {
    int32_t best = NONE;
    for (int32_t i = 0; i < t->n_nodes; i++)
        if (t->nodes[i].state == NODE_OPEN &&
            (best == NONE ||
             t->nodes[i].value < t->nodes[best].value + 1e-9 * fabs(t->nodes[best].value)))
            best = i;
    return best;
}

/* Decisions that cannot be met together leave no point; with ransoms for those that are not met
 * there is one, and prices that prove the node. How dear they must be shows only then. */
static plaats_status solve_elastic(tree *t, int32_t at, lp_outcome *outcome, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    double penalty = t->x.penalty;
    bool pays = true;

    *outcome = LP_OPTIMAL;
    for (int i = 0; i < 8 && pays && *outcome == LP_OPTIMAL && !tree_node_is_closed(t, at); i++) {
        TRY(tree_go_to_node(t, 0, error));
        t->x.elastic = true;
        TRY(tree_go_to_node(t, at, error));
        TRY(tree_solve_node(t, at, true, outcome, error));
        pays = *outcome == LP_OPTIMAL && relaxation_pays_penalty(&t->x);
        TRY(tree_go_to_node(t, 0, error));
        t->x.elastic = false;
        t->x.penalty *= 8;
    }
    t->x.penalty = penalty;
    if (*outcome == LP_EMPTY) TRY(branch_unfix_at(t, NONE, error)); /* the caller tries again */
done:
    return st;
}

/* Cuts hold everywhere, wherever they were found. They are looked for near the root, and now and
 * then further down, and never dropped again: bases that were kept count on them. */
static plaats_status cut_node(tree *t, int32_t at, lp_outcome *outcome, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int found = 1;
    for (int round = 0;
         round < 3 && found > 0 && t->x.n_rows < t->root_rows + t->root_rows / 2 + 20; round++) {
        TRY(separate(&t->x, &t->cutter, CUTS_PER_NODE, &found, error));
        if (found == 0) break;
        TRY(tree_solve_node(t, at, false, outcome, error));
        if (*outcome != LP_OPTIMAL || tree_node_is_closed(t, at)) break;
    }
done:
    return st;
}

/* A whole point that is a better plan moves what closes the node: it is judged once more. */
static plaats_status offer_node(tree *t, int32_t at, lp_outcome *outcome, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    bool better = true;
    while (*outcome == LP_OPTIMAL && better && !tree_node_is_closed(t, at) &&
           dive_offer_whole(t, &better))
        if (better) TRY(tree_solve_node(t, at, false, outcome, error));
done:
    return st;
}

/* Where a better plan was found since, the parent's prices may close the node by themselves. */
static plaats_status try_parent(tree *t, int32_t at, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    node *n = &t->nodes[at];
    if (n->value < tree_cutoff(t, at)) return PLAATS_OK;
    TRY(tree_give_decisions(t, at, &n->proved, error));
    TRY(tree_copy_prices(&t->nodes[n->parent].proved, &n->proved, error));
    TRY(tree_prove_node(t, at, error));
done:
    return st;
}

/* Solves a node, and closes it or gives it children; `next` is the child to go on with. A node for
 * which neither can be done is left as it is. */
static plaats_status visit(tree *t, int32_t at, int32_t *next, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const node *parent = &t->nodes[t->nodes[at].parent];
    lp_outcome outcome = LP_FAILED;

    *next = NONE;
    t->nodes[at].state = NODE_STUCK;
    TRY(try_parent(t, at, error));
    if (tree_node_is_closed(t, at)) {
        tree_close_node(t, at);
        goto done;
    }
    TRY(tree_go_to_node(t, at, error));
    lp_set_basis(t->x.p, parent->basis, parent->columns, parent->rows);
    TRY(tree_solve_node(t, at, false, &outcome, error));
    for (int i = 0; i < 3 && outcome == LP_EMPTY && !tree_node_is_closed(t, at); i++) {
        /* Options that it finds may make room after all. */
        TRY(solve_elastic(t, at, &outcome, error));
        if ((outcome != LP_OPTIMAL && outcome != LP_EMPTY) || tree_node_is_closed(t, at)) break;
        TRY(tree_go_to_node(t, at, error));
        TRY(tree_solve_node(t, at, false, &outcome, error));
    }
    TRY(offer_node(t, at, &outcome, error));
    if (outcome == LP_OPTIMAL && !tree_node_is_closed(t, at) &&
        (t->nodes[at].depth < 4 || t->visits++ % CUT_EVERY == 0)) {
        TRY(cut_node(t, at, &outcome, error));
        if (outcome == LP_EMPTY) {
            TRY(solve_elastic(t, at, &outcome, error));
            if (outcome == LP_OPTIMAL && !tree_node_is_closed(t, at)) {
                TRY(tree_go_to_node(t, at, error));
                TRY(tree_solve_node(t, at, false, &outcome, error));
            }
        }
        TRY(offer_node(t, at, &outcome, error));
    }
    if (tree_node_is_closed(t, at))
        tree_close_node(t, at);
    else if (outcome == LP_OPTIMAL)
        TRY(branch_node(t, at, next, error));
done:
    return st;
}

/* A node's prices and basis are there for its children: when both were visited they can go. */
static void forget_parent(tree *t, int32_t at) {
    int32_t parent = t->nodes[at].parent;
    node *n = &t->nodes[parent];
    if (parent == 0 || t->nodes[n->yes].state == NODE_OPEN ||
        t->nodes[n->yes + 1].state == NODE_OPEN)
        return;
    free(n->basis);
    n->basis = NULL;
    free(n->proved.prices);
    n->proved.prices = NULL;
    n->proved.n_prices = 0;
}

/* A plan that leaves fewer unplaced answers the question of whether one can. */
static bool is_answered(const tree *t) {
    return t->ask->goal == GOAL_WEIGHT && t->r->best_weight < t->ask->given.weight;
}

/* With a better plan the tree can be much smaller than the one that it was found in, and so can the
 * proof. */
static bool is_worth_starting_over(const tree *t, int64_t best_before) {
    return t->r->best_cost < best_before && t->n_nodes > START_OVER && !tree_node_is_closed(t, 0) &&
           !is_answered(t);
}

/* So many cases if the tree were left off now. Those of the cost come after those of the weight. */
static void expect_cases(const tree *t, int n) {
    run_expect_cases(t->r, t->out->n_cases + n + (t->ask->goal == GOAL_WEIGHT));
}

/* From the root on, until it is over, a better plan makes it start over (`again`), or there is
 * nothing left to do. */
static plaats_status grow(tree *t, int64_t *visits, bool *again, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int64_t best = t->r->best_cost;
    int32_t at, next = NONE;
    leaf_count leaves;

    *again = false;
    t->nodes[0].state = NODE_STUCK;
    TRY(branch_node(t, 0, &next, error));
    while (*visits < t->ask->nodes && !run_over(t->r) && !is_answered(t) && !*again) {
        if (next == NONE) next = best_open(t);
        if (next == NONE) break;
        at = next;
        TRY(visit(t, at, &next, error));
        forget_parent(t, at);
        leaves = tree_leaves(t);
        expect_cases(t, leaves_cases(&leaves));
        ++*visits;
        TRY(tree_rins_if_due(t, error));
        if (tree_node_is_closed(t, 0)) break;
        *again = is_worth_starting_over(t, best);
    }
done:
    return st;
}

static plaats_status search(tree *t, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int64_t visits = 0;
    bool again = true;

    while (again && t->nodes[0].basis != NULL && !tree_node_is_closed(t, 0) && !is_answered(t) &&
           !run_over(t->r)) {
        TRY(grow(t, &visits, &again, error));
        if (again) TRY(tree_start_over(t, error));
    }
done:
    return st;
}

/* ---- The outline -------------------------------------------------------------------------- */

static void tree_free(tree *t) {
    for (int i = 0; i < t->n_nodes; i++) {
        proof_case_free(&t->nodes[i].proved);
        free(t->nodes[i].basis);
    }
    free(t->nodes);
    proof_case_free(&t->root);
    free(t->at);
    free(t->price);
    shortlist_free(&t->list);
    free(t->choices.site);
    free(t->choices.value);
    relaxation_free(&t->x);
    classes_free(&t->classes);
    prover_free(&t->prover);
    cutter_free(&t->cutter);
    site_units_free(&t->who);
}

static plaats_status tree_build(tree *t, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    size_t units = (size_t)t->r->m->n_units;

    TRY(site_units_build(t->r->m, &t->who, error));
    TRY(cutter_build(&t->r->g, &t->who, &t->cutter, error));
    TRY(classes_build(&t->r->g, &t->classes, error));
    TRY(prover_build(&t->r->g, &t->out->cuts, &t->classes, &t->prover, error));
    TRY(relaxation_build(t->r, t->ask->goal, t->ask->none, &t->out->cuts, &t->classes, &t->x,
                         error));
    TRY_ALLOC(t->price = zero_alloc((size_t)t->r->m->n_rows, sizeof *t->price));
    for (int i = 0; i < t->r->m->n_rows; i++)
        t->price[i] = (double)t->ask->prices->prices[i] / (double)t->ask->prices->scale;
    TRY_ALLOC(t->at = zero_alloc(units, sizeof *t->at));
    TRY_ALLOC(t->choices.site = zero_alloc(units, sizeof *t->choices.site));
    TRY_ALLOC(t->choices.value = zero_alloc(units, sizeof *t->choices.value));
done:
    return st;
}

plaats_status tree_solve(run *r, const tree_question *ask, proof *out, int64_t *bound, bool *closed,
                         plaats_error *error) {
    plaats_status st = PLAATS_OK;
    tree t = {.r = r, .ask = ask, .out = out, .wary = 1, .work_before = r->work};
    bool wide;

    expect_cases(&t, 1);
    TRY(tree_build(&t, error));
    TRY(tree_solve_root(&t, error));
    TRY(search(&t, error));
    TRY(tree_is_too_wide(&t, &wide, error));
    if (wide && !run_over(r)) {
        t.wary = VERY_WARY;
        TRY(tree_start_over(&t, error));
        TRY(search(&t, error));
    }
    TRY(tree_hand_over(&t, bound, closed, error));
    expect_cases(&t, 0);
done:
    tree_free(&t);
    return st;
}
