/* Why a household has no bed: every site counted under the rules that exclude it. */
#ifndef PLAATS_PLAN_REASONS_H
#define PLAATS_PLAN_REASONS_H

#include "model/model.h"

typedef struct {
    int bit;            /* REASON_x_BIT */
    const char *what;   /* the service, place or quota it names; NULL if none */
    int sites;          /* how many sites it rules out */
    const char *because; /* of the rule, when all these sites share one; else NULL */
} reason_count;

typedef struct reason_list {
    int n;
    reason_count *at; /* by code in the order of the format page, then `what`; free() it */
} reason_list;

/* What rules a household out in planned week 0. `at`: the assignment (per unit), or NULL for an
 * empty country, in which only what the household brings itself excludes. */
plaats_status reasons_of(const model *m, int household, const int32_t *at, reason_list *out,
                         plaats_error *error);

#endif
