/* Branch and price in several files: what they share, and what each does for the others. */
#ifndef PLAATS_ENGINE_BRANCH_PRICE_PRICING_PARTS_H
#define PLAATS_ENGINE_BRANCH_PRICE_PRICING_PARTS_H

#include "engine/branch_price/branch_price_tuning.h"
#include "engine/branch_price/location.h"
#include "engine/branch_price/master.h"
#include "engine/proof/leaves.h"

#include <math.h>

typedef struct {
    node_state state;
    proof_case proved; /* its decisions; the best prices so far, its parent's to begin with */
} pricing_node;

typedef struct {
    run *r;
    proof *out;
    master m;
    evaluator e;
    location location; /* p NULL: the week has no such relaxation */
    proof_case trial;
    int n_nodes, node_room;
    pricing_node *nodes;
    int64_t by_patterns; /* nodes visited by patterns so far */
    int *missing;        /* per unit: how often less it is taken than once */
    choice *at;          /* per unit: a whole point */
    double *open;        /* per site: how far it is open */
    double *here;        /* [unit * n_sites + site]: how far the unit is there */
} pricing_tree;

static inline double *pricing_here(const pricing_tree *t, int unit, int site) {
    return &t->here[(size_t)unit * (size_t)t->r->m->n_sites + (size_t)site];
}

/* How far a share is from being whole. */
static inline double pricing_fraction(double x) {
    return fmin(x, 1 - x) < BRANCH_PRICE_WHOLE ? 0 : fmin(x, 1 - x);
}

/* ---- pricing_case.c ---- */

void pricing_copy_prices(const pricing_tree *t, const proof_case *from, proof_case *to);
/* A case like another, with room for `more` decisions. */
plaats_status pricing_new_case(const pricing_tree *t, const proof_case *from, int more,
                               proof_case *c, plaats_error *error);
bool pricing_is_closed(const pricing_tree *t, const proof_case *c);
/* Fills what the case proves; its fixings were taken before. */
plaats_status pricing_evaluate(pricing_tree *t, proof_case *c, plaats_error *error);
/* Better prices by steps along the subgradient: rough, and quicker than the program by far. The
 * case has prices. */
plaats_status pricing_climb(pricing_tree *t, proof_case *c, plaats_error *error);
/* Raises what the case proves by better prices, until it is closed or there are none. */
plaats_status pricing_solve_case(pricing_tree *t, proof_case *c, lp_outcome *outcome,
                                 plaats_error *error);
/* Fills `open` and `here` from the master program's point; offers it to the run if it is whole. */
bool pricing_offer_point(pricing_tree *t);

/* ---- pricing_dive.c ---- */

/* Settles pattern after pattern, until the point is whole or no better than the best plan. */
plaats_status pricing_dive(pricing_tree *t, const proof_case *from, plaats_error *error);

/* ---- pricing_node.c ---- */

/* Adds a node with the case's decisions and prices, and one more decision unless `made` is NULL.
 * The case may be that of a node. */
plaats_status pricing_add_node(pricing_tree *t, const proof_case *parent, const decision *made,
                               plaats_error *error);
/* The open node that proves least. Before patterns had a say it is the newest, so that there is a
 * plan soon. NONE: no node is open. */
int pricing_next_open(const pricing_tree *t);
/* Closes an open node, divides it, or finds it stuck. By the location relaxation first: patterns
 * say more only where the sites are decided, and take far longer. */
plaats_status pricing_visit(pricing_tree *t, int at, plaats_error *error);

#endif
