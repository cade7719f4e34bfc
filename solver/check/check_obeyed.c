/* Whether the plan belongs to a case of its proof: it then obeys all that is given there. */
#include "check/check_proof.h"

#include <assert.h>

/* The site of a unit in a week, or NONE. Its members are at one site, else the plan is refused. */
static int site_of_unit(const check *c, int unit, int t) {
    const indices *members = &c->facts.units[unit];
    for (int i = 0; i < members->n; i++)
        if (check_site_at(c, members->at[i], t) != NONE) return check_site_at(c, members->at[i], t);
    return NONE;
}

static bool is_obeyed(const check *c, const check_decision *d) {
    switch (d->kind) {
    case DECIDE_AT:
        return (site_of_unit(c, d->unit, d->t) == d->site) == d->yes;
    case DECIDE_OPEN:
        return (c->weeks[d->t].sums[(size_t)d->site * (size_t)c->facts.n_slots + SLOT_PERSONS] >
                0) == d->yes;
    case DECIDE_UNPLACED:
        return (c->totals.unplaced_weight <= d->most) == d->yes;
    }
    return false;
}

bool check_is_obeyed(const check *c, const check_proof_case *p) {
    assert(c->in->weeks == 1 && c->weeks != NULL);
    for (int i = 0; i < p->n_given; i++)
        if (!is_obeyed(c, &p->given[i])) return false;
    return true;
}
