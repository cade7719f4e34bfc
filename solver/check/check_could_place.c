/* What the gap of a proof means for people without a bed. */
#include "check/check.h"

#include <assert.h>

static int64_t largest_priority(const check *c) {
    int64_t largest = 1;
    for (int h = 0; h < c->in->n_households; h++)
        if (c->in->households[h].priority > largest) largest = c->in->households[h].priority;
    return largest;
}

/* With "first" the rest of the cost differs by at most U - 1 between any two plans. Another plan
 * costs at least the bound, so its unplaced part is at least bound - (rest here + U - 1). */
int128 check_could_place(const check *c) {
    assert(c->proven);
    int128 u = c->facts.unplaced, n = c->totals.unplaced;
    if (c->in->weights.unplaced != NONE || u <= 0) return n;
    int128 rest_at_most = c->cost - c->parts[PART_unplaced] + u - 1;
    int128 part = c->proof_bound - rest_at_most;
    if (part <= 0) return n;
    int128 per_person = u * largest_priority(c);
    int128 stay = (part + per_person - 1) / per_person;
    return stay < n ? n - stay : 0;
}
