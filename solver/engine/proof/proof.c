/* Proofs and their cases as lists. What a case proves is worked out in proof_evaluate.c. */
#include "engine/proof/proof.h"

#include <stdlib.h>

void proof_case_free(proof_case *c) {
    free(c->given);
    free(c->prices);
    free(c->unit_prices);
    *c = (proof_case){0};
}

void proof_free(proof *p) {
    cut_list_free(&p->cuts);
    for (int i = 0; i < p->n_cases; i++) proof_case_free(&p->cases[i]);
    free(p->cases);
    *p = (proof){0};
}

plaats_status proof_add_case(proof *p, proof_case *c, plaats_error *error) {
    proof_case *cases = realloc(p->cases, ((size_t)p->n_cases + 1) * sizeof *cases);
    if (cases == NULL) return fail_memory(error);
    p->cases = cases;
    cases[p->n_cases++] = *c;
    *c = (proof_case){0};
    return PLAATS_OK;
}
