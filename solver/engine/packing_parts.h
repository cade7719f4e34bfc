/* Branch and price in several files: what they share, and what each does for the others. */
#ifndef PLAATS_ENGINE_PACKING_PARTS_H
#define PLAATS_ENGINE_PACKING_PARTS_H

#include "engine/leaves.h"
#include "engine/outline.h"
#include "engine/packing_master.h"

#include <math.h>

typedef struct {
    node_state state;
    proof_case proved; /* its decisions; the best prices so far, its parent's to begin with */
} packing_node;

typedef struct {
    run *r;
    proof *out;
    master m;
    appraiser a;
    outline outline; /* p NULL: none */
    proof_case trial;
    int n_nodes, node_room;
    packing_node *nodes;
    int64_t by_packs; /* nodes visited by packs so far */
    int *missing;     /* per unit: how often less it is taken than once */
    int32_t *at;      /* per unit: a whole point */
    double *open;     /* per site: how far it is open */
    double *here;     /* [unit * n_sites + site]: how far the unit is there */
} packing;

/* How far a share is from being decided. */
static inline double contest(double x) {
    return fmin(x, 1 - x) < 1e-6 ? 0 : fmin(x, 1 - x);
}

/* ---- packing_rise.c ---- */

void packing_copy_prices(const packing *t, const proof_case *from, proof_case *to);
/* A case like another, with room for `more` decisions. */
plaats_status packing_new_case(const packing *t, const proof_case *from, int more, proof_case *c,
                               plaats_error *error);
bool packing_is_closed(const packing *t, const proof_case *c);
/* Fills what the case proves; its rulings were taken before. */
plaats_status packing_evaluate(packing *t, proof_case *c, plaats_error *error);
/* Better prices by steps along the subgradient: rough, and quicker than the program by far. */
plaats_status packing_climb(packing *t, proof_case *c, plaats_error *error);
/* Raises what the case proves by better prices, until it is closed or there are none. */
plaats_status packing_solve_case(packing *t, proof_case *c, lp_outcome *outcome,
                                 plaats_error *error);
/* Fills `open` and `here` from the master program's point; offers it to the run if it is whole. */
bool packing_offer_point(packing *t);

/* ---- packing_dive.c ---- */

/* Settles pack after pack, until the point is whole or no better than the best plan. */
plaats_status packing_dive(packing *t, const proof_case *from, plaats_error *error);

/* ---- packing_node.c ---- */

/* Adds a node with the case's decisions and prices, and one more decision unless `made` is NULL.
 * The case may be that of a node. */
plaats_status packing_add_node(packing *t, const proof_case *parent, const decision *made,
                               plaats_error *error);
/* The open node that proves least. Before packs had a say it is the newest, so that there is a plan
 * soon. NONE: no node is open. */
int packing_next_open(const packing *t);
/* Closes an open node, divides it, or finds it stuck. In outline first: packs say more only where
 * the sites are decided, and take far longer. */
plaats_status packing_visit(packing *t, int at, plaats_error *error);

#endif
