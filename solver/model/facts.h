/* Signatures of facts: what everything is but for what it is called, so that an order can be made
 * that does not know ids, names or the order of rows.
 *
 * The instance is a graph: sites, places, households, groups and quotas are nodes, and so is what
 * they have in common (tags, services, kinds, provinces, municipalities); what one says of another
 * (lives at, pinned to, near, measured from, carries, admits) is an edge with a label. A node
 * starts with the hash of its own facts and takes in, round by round, the signatures of its
 * neighbours (colour refinement). Two nodes with equal signatures are equal in every fact; names
 * and ids then decide (facts_part.c).
 */
#ifndef PLAATS_MODEL_FACTS_H
#define PLAATS_MODEL_FACTS_H

#include "model/model.h"

typedef struct {
    uint64_t *all; /* one array; the others point into it */
    /* By index. */
    const uint64_t *locations, *households, *together, *apart, *quotas, *services;
} facts;

/* Where a previous plan has a household is one of its facts. */
plaats_status facts_read(const plaats_instance *in, const previous_sites *previous, facts *out,
                         plaats_error *error);
/* Before names decide. */
plaats_status facts_read_unnamed(const plaats_instance *in, const previous_sites *previous,
                                 facts *out, plaats_error *error);
void facts_free(facts *f);

/* One of a list to be sorted by facts; `tie`, then `id`, then `index` decide between equal facts.
 */
typedef struct {
    uint64_t facts, tie;
    const char *id;
    int index;
} ranked;

void facts_sort(ranked *list, int n);

#endif
