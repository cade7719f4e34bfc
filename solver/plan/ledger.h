/* The books of one assignment: who stays where, what each stay costs, and the totals. Worked out
 * from the instance, so that the figures of a plan do not rest on the model's. */
#ifndef PLAATS_PLAN_LEDGER_H
#define PLAATS_PLAN_LEDGER_H

#include "engine/layout/choice.h"
#include "instance/cost.h"
#include "plan/census.h"

/* The parts of the cost, in the order of the format page. X(name) */
#define COST_PARTS(X)                                                                              \
    X(stay)                                                                                        \
    X(near)                                                                                        \
    X(wishes)                                                                                      \
    X(misfit)                                                                                      \
    X(overstay)                                                                                    \
    X(move)                                                                                        \
    X(school_move)                                                                                 \
    X(km)                                                                                          \
    X(keep_open)                                                                                   \
    X(quotas)                                                                                      \
    X(keep)                                                                                        \
    X(unplaced)

typedef struct {
#define X(name) int64_t name;
    COST_PARTS(X)
#undef X
} cost_parts;

/* One household that needs a bed in the week. */
typedef struct {
    int household;
    const char *id; /* of the household */
    int site;       /* instance site; NONE: unplaced */
    bool moved;     /* lived elsewhere the week before */
    int64_t km;     /* of the journey into the stay; NONE: none, or not needed */
    int64_t points; /* of the stay (all but keep_open, quotas, keep), or of being unplaced */
} ledger_entry;

typedef struct {
    const model *model;
    int n_entries;
    ledger_entry *entries; /* by household id, in bytes */
    census who;
    cost_parts parts;
    int64_t cost; /* sum of the parts */
    int64_t persons, placed, unplaced;
    int64_t moves, persons_moved, children_moved;
    int64_t durable, temporary;
} ledger;

/* `at`: per unit. PLAATS_INPUT when points do not fit in 64 bits. */
plaats_status ledger_make(const model *m, const choice *at, ledger *out, plaats_error *error);
void ledger_free(ledger *l);

#endif
