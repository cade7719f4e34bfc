/* What the tree proved, handed over case by case. */
#include "engine/tree_parts.h"

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

plaats_status hand_over(tree *t, int64_t *bound, bool *closed, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    leaf_count leaves = {0};
    bool all; /* is said by the root already, since there is a better plan */

    *bound = INT64_MAX;
    for (int32_t i = 0; i < t->n_nodes; i++) count_node(&leaves, t->nodes[i].state);
    all = t->nodes[0].state == NODE_INNER && node_is_closed(t, 0);
    *closed = leaves.open == 0 || all;
    if (all || !leaves_are_worth_it(&leaves)) {
        TRY(hand_over_case(t->out, &t->root, bound, error));
        goto done;
    }
    for (int32_t i = 0; i < t->n_nodes; i++) {
        if (t->nodes[i].state == NODE_INNER) continue;
        if (t->nodes[i].state != NODE_CLOSED) TRY(prove_open(t, i, error));
        TRY(hand_over_case(t->out, &t->nodes[i].proved, bound, error));
    }
done:
    return st;
}
