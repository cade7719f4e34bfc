/* The tree in several files: what they share of it, and what each does for the others. */
#ifndef PLAATS_ENGINE_BRANCH_CUT_TREE_PARTS_H
#define PLAATS_ENGINE_BRANCH_CUT_TREE_PARTS_H

#include "engine/branch_cut/relaxation.h"
#include "engine/branch_cut/rins.h"
#include "engine/branch_cut/tree.h"
#include "engine/plans/shortlist.h"
#include "engine/proof/leaves.h"

typedef struct {
    int32_t parent;
    int depth;
    int32_t yes; /* its child by the decision; the one by its opposite comes next; NONE */
    node_state state;
    decision made;     /* what was decided against the parent; the root has none */
    int64_t at_least;  /* weight unplaced, by decision */
    double value;      /* of the relaxation, the parent's before it is solved */
    proof_case proved; /* prices of the last relaxation, the parent's before */
    unsigned char *basis;
    int columns, rows; /* of the basis */
} node;

typedef struct {
    run *r;
    const tree_question *ask;
    proof *out;
    classes classes; /* of units alike: decisions are about them, but for what is handed over */
    relaxation x;
    site_units who;
    cutter cutter;
    prover prover;
    cheapest_choices choices;
    int n_nodes, n_closed, node_room;
    node *nodes;
    int32_t now;             /* whose decisions are in the relaxation */
    choice *at;              /* per unit: a whole point */
    pseudocosts pseudocosts; /* of all columns together */
    double shun;             /* how much decisions that unfold into many cases are shunned */
    int64_t visits;          /* to nodes further down that stayed open */
    proof_case root;         /* the root's, over all options */
    leaf_count cases;        /* of a proof by the whole tree, once they are counted */
    int root_rows;           /* rows of the relaxation at the root */
    double *price;           /* per row of the model: the question's, to search by */
    shortlist list;
    rins rins;
    int64_t work_before, rins_work; /* work of the run before the tree, of RINS in it */
} tree;

/* ---- Nodes (tree_node.c) ------------------------------------------------------------------ */

/* The value from which on the node holds no better plan. */
double tree_cutoff(const tree *t, int32_t at);
/* Does what was proved of the node rule out a better plan in it? */
bool tree_node_is_closed(const tree *t, int32_t at);
/* A new open node under `parent` (NONE: the root), with what was decided against it. */
plaats_status tree_add_node(tree *t, int32_t parent, const decision *made, int32_t *number,
                            plaats_error *error);
/* Gives a case the node's decisions, the question's own first. */
plaats_status tree_give_decisions(const tree *t, int32_t at, proof_case *c, plaats_error *error);
/* Gives a case the prices of another. */
plaats_status tree_copy_prices(const proof_case *from, proof_case *to, plaats_error *error);
/* Notes that it is closed. */
void tree_close_node(tree *t, int32_t at);
/* The nodes that have no children. */
leaf_count tree_leaves(const tree *t);
/* What the node's prices prove, over all options. */
plaats_status tree_prove_node(tree *t, int32_t at, plaats_error *error);
/* Puts the node's decisions, and no others, into the relaxation. */
plaats_status tree_go_to_node(tree *t, int32_t to, plaats_error *error);
/* Keeps the basis for the children to start from. */
plaats_status tree_keep_basis(tree *t, int32_t at, plaats_error *error);
/* Pricing: adds every unit's cheapest option at the case's prices that the relaxation lacks. */
plaats_status tree_price_out(tree *t, const proof_case *c, int *added, plaats_error *error);
/* Solves the relaxation where it stands and takes in what was left out until its value is the
 * value over all options, or (unless `complete`) below what closes the node. */
plaats_status tree_solve_node(tree *t, int32_t at, bool complete, lp_outcome *outcome,
                              plaats_error *error);

/* ---- Plans (dive.c) ----------------------------------------------------------------------- */

/* Offers the run the point if it is whole; false if it is not, or a site is open in part. */
bool dive_offer_whole(tree *t, bool *better);
/* Looks for a plan below the root; a step that raises the value by `rise` points or more is
 * reconsidered. */
plaats_status dive(tree *t, double rise, plaats_error *error);

/* Makes the list of sites for the search, unless it is there. */
plaats_status dive_list_sites(tree *t, plaats_error *error);
/* RINS: looks for plans between the best one and the point at hand (tree_plans.c): at the root as
 * long as that helps, later if it is due. */
plaats_status tree_rins_at_root(tree *t, plaats_error *error);
plaats_status tree_rins_if_due(tree *t, plaats_error *error);

/* ---- The root (tree_root.c) --------------------------------------------------------------- */

/* Makes and proves the root and dives from it; all else starts from its basis, if it has one. */
plaats_status tree_solve_root(tree *t, plaats_error *error);
/* Drops all nodes but the root, and solves and cuts that once more. */
plaats_status tree_restart(tree *t, plaats_error *error);

/* ---- Children (branch.c) ------------------------------------------------------------------ */

/* Takes units into the program that are fixed at the site or, with NONE, anywhere: where they are
 * fixed, decisions may leave them no room, and the program no point. */
plaats_status branch_unfix_at(tree *t, int32_t site, plaats_error *error);
/* The column is at least the next whole number above what it is in the point, or (`yes` false) not.
 */
decision branch_decision(const relaxation *x, int column, double value, bool yes);
/* Gives the node two children if it can; `next` is the one to go on with, else NONE. */
plaats_status branch_node(tree *t, int32_t at, int32_t *next, plaats_error *error);

/* ---- What was proved (tree_proof.c) ------------------------------------------------------- */

/* Did the tree come to an end, but would it be too many cases? */
plaats_status tree_is_too_wide(tree *t, bool *wide, plaats_error *error);
/* Adds complete cases to the proof, whose least bound is `*bound`. `closed`: every node is. */
plaats_status tree_hand_over(tree *t, int64_t *bound, bool *closed, plaats_error *error);

#endif
