/* Which case of a proof a plan is in. */
#include "engine/proof/proof.h"

#include <assert.h>

static bool somebody_is_at(const model *m, const choice *at, int32_t site, int week) {
    for (int u = 0; u < m->n_units; u++)
        if (choice_site(at[u], week) == site) return true;
    return false;
}

static bool obeys(const decision *d, const model *m, const choice *at, int64_t unplaced) {
    bool is_so = false;
    switch (d->kind) {
    case DECIDE_AT:
        is_so = choice_site(at[d->unit], d->week) == d->site;
        break;
    case DECIDE_OPEN:
        is_so = somebody_is_at(m, at, d->site, d->week);
        break;
    case DECIDE_UNPLACED:
        is_so = unplaced >= d->weight;
        break;
    }
    return is_so == d->yes;
}

const proof_case *proof_case_of(const proof *p, const model *m, const choice *at) {
    int64_t unplaced = model_unplaced_weight(m, at);
    assert(p->n_cases > 0);
    for (int k = 0; k < p->n_cases; k++) {
        const proof_case *c = &p->cases[k];
        int obeyed = 0;
        while (obeyed < c->n_given && obeys(&c->given[obeyed], m, at, unplaced)) obeyed++;
        if (obeyed == c->n_given) return c;
    }
    assert(false); /* the decisions leave no plan out */
    return &p->cases[0];
}
