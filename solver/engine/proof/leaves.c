#include "engine/proof/leaves.h"

#define MOST_OPEN 100   /* nodes left open that are worth proving one by one */
#define MOST_CASES 4000 /* of a proof */

void leaves_count_node(leaf_count *leaves, node_state state) {
    leaves->n += state != NODE_INNER;
    leaves->open += state == NODE_OPEN || state == NODE_STUCK;
}

bool leaves_are_worth_it(const leaf_count *leaves) {
    return leaves->open <= MOST_OPEN && leaves->n <= MOST_CASES;
}

int leaves_cases(const leaf_count *leaves) {
    return leaves_are_worth_it(leaves) ? leaves->n : 1;
}

plaats_status leaves_hand_over(proof *out, proof_case *c, int64_t *bound, plaats_error *error) {
    if (c->bound < *bound) *bound = c->bound;
    return proof_add_case(out, c, error);
}
