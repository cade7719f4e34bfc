/* Which leaves of a search tree become the cases of a proof, and how they are handed over. */
#include "engine/proof/leaves.h"

#include "engine/proof/proof_tuning.h"

#include <assert.h>

void leaves_count_node(leaf_count *leaves, node_state state) {
    leaves->n += state != NODE_INNER;
    leaves->open += state == NODE_OPEN || state == NODE_STUCK;
}

bool leaves_are_worth_it(const leaf_count *leaves) {
    return leaves->open <= PROOF_MOST_OPEN && leaves->n <= PROOF_MOST_CASES;
}

int leaves_cases(const leaf_count *leaves) {
    return leaves_are_worth_it(leaves) ? leaves->n : 1;
}

plaats_status leaves_hand_over(proof *out, proof_case *c, int64_t *bound, plaats_error *error) {
    assert(out != NULL && c != NULL && bound != NULL);
    if (c->bound < *bound) *bound = c->bound;
    return proof_add_case(out, c, error);
}
