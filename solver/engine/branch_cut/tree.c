/* The search: the open nodes in order of their values, each solved, cut and closed or divided.
 *
 * Best bound first, and from each node on down to its first child as long as there is one
 * (plunging): the program then needs only one more decision and a few iterations. A node is closed
 * when its prices, as integers and over all options, prove that it holds no better plan
 * (tree_node.c). Where a better plan is found in a large tree, it is begun again with it
 * (a restart, as Achterberg 2007 has them): pseudocosts, cuts and columns are kept. */
#include "engine/branch_cut/tree.h"

#include "engine/branch_cut/branch_cut_tuning.h"
#include "engine/branch_cut/separate.h"
#include "engine/branch_cut/tree_parts.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

/* ---- The search --------------------------------------------------------------------------- */

/* The open node with the least value. */
static int32_t best_open(const tree *t) {
    int32_t best = NONE;
    for (int32_t i = 0; i < t->n_nodes; i++)
        if (t->nodes[i].state == NODE_OPEN &&
            (best == NONE || t->nodes[i].value < t->nodes[best].value +
                                                     BRANCH_CUT_ZERO * fabs(t->nodes[best].value)))
            best = i;
    return best;
}

/* Decisions that cannot be met together leave no point; with penalties for those that are not met
 * there is one, and prices that prove the node. How dear they must be shows only then. */
static plaats_status solve_elastic(tree *t, int32_t at, lp_outcome *outcome, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    double penalty = t->x.penalty;
    bool pays = true;

    assert(!t->x.elastic);
    *outcome = LP_OPTIMAL;
    for (int i = 0; i < BRANCH_CUT_PENALTY_ROUNDS && pays && *outcome == LP_OPTIMAL &&
                    !tree_node_is_closed(t, at);
         i++) {
        TRY(tree_go_to_node(t, 0, error));
        t->x.elastic = true;
        TRY(tree_go_to_node(t, at, error));
        TRY(tree_solve_node(t, at, true, outcome, error));
        pays = *outcome == LP_OPTIMAL && relaxation_pays_penalty(&t->x);
        TRY(tree_go_to_node(t, 0, error));
        t->x.elastic = false;
        t->x.penalty *= BRANCH_CUT_PENALTY_GROWTH;
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
    int found = 1, most_rows;

    most_rows = t->root_rows + t->root_rows / BRANCH_CUT_MORE_ROWS_PART + BRANCH_CUT_MORE_ROWS;
    for (int round = 0; round < BRANCH_CUT_NODE_ROUNDS && found > 0 && t->x.n_rows < most_rows;
         round++) {
        TRY(separate(&t->x, &t->cutter, BRANCH_CUT_NODE_CUTS, &found, error));
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

/* Solves the node's program, from its parent's basis on. Where it has no point, elastically;
 * options that come in by that may make room after all, so that it is tried again. */
static plaats_status solve(tree *t, int32_t at, lp_outcome *outcome, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const node *parent = &t->nodes[t->nodes[at].parent];

    TRY(tree_go_to_node(t, at, error));
    lp_set_basis(t->x.p, parent->basis, parent->columns, parent->rows);
    TRY(tree_solve_node(t, at, false, outcome, error));
    for (int i = 0;
         i < BRANCH_CUT_EMPTY_ROUNDS && *outcome == LP_EMPTY && !tree_node_is_closed(t, at); i++) {
        TRY(solve_elastic(t, at, outcome, error));
        if ((*outcome != LP_OPTIMAL && *outcome != LP_EMPTY) || tree_node_is_closed(t, at)) break;
        TRY(tree_go_to_node(t, at, error));
        TRY(tree_solve_node(t, at, false, outcome, error));
    }
    TRY(offer_node(t, at, outcome, error));
done:
    return st;
}

/* Cuts the node, if it is due; what has no point by then is solved elastically. */
static plaats_status cut_if_due(tree *t, int32_t at, lp_outcome *outcome, plaats_error *error) {
    plaats_status st = PLAATS_OK;

    if (*outcome != LP_OPTIMAL || tree_node_is_closed(t, at)) return PLAATS_OK;
    if (t->nodes[at].depth >= BRANCH_CUT_CUT_DEPTH && t->visits++ % BRANCH_CUT_CUT_EVERY != 0)
        return PLAATS_OK;
    TRY(cut_node(t, at, outcome, error));
    if (*outcome == LP_EMPTY) {
        TRY(solve_elastic(t, at, outcome, error));
        if (*outcome == LP_OPTIMAL && !tree_node_is_closed(t, at)) {
            TRY(tree_go_to_node(t, at, error));
            TRY(tree_solve_node(t, at, false, outcome, error));
        }
    }
    TRY(offer_node(t, at, outcome, error));
done:
    return st;
}

/* Solves a node, and closes it or gives it children; `next` is the child to go on with. A node for
 * which neither can be done is left as it is. */
static plaats_status visit(tree *t, int32_t at, int32_t *next, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    lp_outcome outcome = LP_FAILED;

    assert(at > 0 && at < t->n_nodes && t->nodes[at].state == NODE_OPEN);
    *next = NONE;
    t->nodes[at].state = NODE_STUCK;
    TRY(try_parent(t, at, error));
    if (!tree_node_is_closed(t, at)) {
        TRY(solve(t, at, &outcome, error));
        TRY(cut_if_due(t, at, &outcome, error));
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
    node *n;
    assert(parent >= 0);
    n = &t->nodes[parent];
    assert(n->yes > parent && n->yes + 1 < t->n_nodes);
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
static bool is_worth_a_restart(const tree *t, int64_t best_before) {
    return t->r->best_cost < best_before && t->n_nodes > BRANCH_CUT_RESTART_NODES &&
           !tree_node_is_closed(t, 0) && !is_answered(t);
}

/* So many cases if the tree were left off now. Those of the cost come after those of the weight. */
static void expect_cases(const tree *t, int n) {
    run_expect_cases(t->r, t->out->n_cases + n + (t->ask->goal == GOAL_WEIGHT));
}

/* From the root on, until it is over, a better plan makes it begin again (`again`), or there is
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
        *again = is_worth_a_restart(t, best);
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
        if (again) TRY(tree_restart(t, error));
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
    tree t = {.r = r, .ask = ask, .out = out, .shun = BRANCH_CUT_SHUN, .work_before = r->work};
    bool wide;

    assert(ask->prices != NULL && (ask->goal == GOAL_COST || ask->goal == GOAL_WEIGHT));
    assert(r->has_best && (!ask->is_given || ask->given.kind == DECIDE_UNPLACED));
    assert(ask->goal != GOAL_WEIGHT || ask->is_given);
    expect_cases(&t, 1);
    TRY(tree_build(&t, error));
    TRY(tree_solve_root(&t, error));
    TRY(search(&t, error));
    TRY(tree_is_too_wide(&t, &wide, error));
    if (wide && !run_over(r)) {
        t.shun = BRANCH_CUT_SHUN_AGAIN;
        TRY(tree_restart(&t, error));
        TRY(search(&t, error));
    }
    TRY(tree_hand_over(&t, bound, closed, error));
    expect_cases(&t, 0);
done:
    tree_free(&t);
    return st;
}
