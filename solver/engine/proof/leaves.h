/* The leaves of a search tree, handed over as the cases of a proof. */
#ifndef PLAATS_ENGINE_PROOF_LEAVES_H
#define PLAATS_ENGINE_PROOF_LEAVES_H

#include "engine/proof/proof.h"

/* Stuck: neither closed nor divided, where rounding or a limit of the relaxation came in between.
 */
typedef enum { NODE_OPEN, NODE_INNER, NODE_CLOSED, NODE_STUCK } node_state;

/* All zero: none yet. */
typedef struct {
    int n;    /* nodes without children */
    int open; /* of them, those that are not closed */
} leaf_count;

void leaves_count_node(leaf_count *leaves, node_state state);
/* A tree that was left off, or is very large, proves little more than its root: then the root alone
 * is handed over. */
bool leaves_are_worth_it(const leaf_count *leaves);
/* How many cases are handed over then. */
int leaves_cases(const leaf_count *leaves);
/* Adds the case to the proof; `*bound` falls to what it proves, if that is less. */
plaats_status leaves_hand_over(proof *out, proof_case *c, int64_t *bound, plaats_error *error);

#endif
