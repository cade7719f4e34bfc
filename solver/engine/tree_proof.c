/* What the tree proved, handed over case by case. */
#include "engine/tree_parts.h"

#include <stdlib.h>

#define MOST_OPEN 100   /* nodes left open that are worth proving one by one */
#define MOST_CASES 4000 /* of a proof */

/* A node that is still open proves at least what the root does. */
static plaats_status prove_open(tree *t, int32_t at, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    proof_case *c = &t->nodes[at].proved;

    TRY(give_decisions(t, at, c, error));
    TRY(copy_prices(&t->root, c, error));
    TRY(prove_node(t, at, error));
done:
    return st;
}

static plaats_status hand_over_case(tree *t, proof_case *c, int64_t *bound, plaats_error *error) {
    if (c->bound < *bound) *bound = c->bound;
    return proof_add_case(t->out, c, error);
}

/* A tree that was left off, or is very large, proves little more than its root: then the root alone
 * is handed over. */
plaats_status hand_over(tree *t, int64_t *bound, bool *closed, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int open = 0, leaves = 0;
    bool all; /* is said by the root already, since there is a better plan */

    *bound = INT64_MAX;
    for (int32_t i = 0; i < t->n_nodes; i++) {
        open += t->nodes[i].state == NODE_OPEN || t->nodes[i].state == NODE_STUCK;
        leaves += t->nodes[i].state != NODE_INNER;
    }
    all = t->nodes[0].state == NODE_INNER && node_is_closed(t, 0);
    *closed = open == 0 || all;
    if (all || open > MOST_OPEN || leaves > MOST_CASES) {
        TRY(hand_over_case(t, &t->root, bound, error));
        goto done;
    }
    for (int32_t i = 0; i < t->n_nodes; i++) {
        if (t->nodes[i].state == NODE_INNER) continue;
        if (t->nodes[i].state != NODE_CLOSED) TRY(prove_open(t, i, error));
        TRY(hand_over_case(t, &t->nodes[i].proved, bound, error));
    }
done:
    return st;
}
