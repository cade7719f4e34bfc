/* Why a household has no bed: every site counted under the rules that exclude it. */
#ifndef PLAATS_PLAN_REASONS_H
#define PLAATS_PLAN_REASONS_H

#include "model/model.h"
#include "plan/census.h"

typedef struct {
    int bit;             /* REASON_x_BIT */
    const char *what;    /* the service, place or quota it names; NULL if none */
    int sites;           /* how many sites it rules out */
    const char *because; /* of the rule, when all these sites share one; else NULL */
} reason_count;

typedef struct reason_list {
    int n;
    int sites_with_room; /* that nothing rules out: staying unplaced is cheaper */
    reason_count *at;    /* by code in the order of the format page, then `what`; free() it */
} reason_list;

/* What rules a household out in the week of the census, which says who is where; in an empty
 * country only what the household brings itself excludes. Where the household was the week before
 * is taken from the start of the horizon. The household needs a bed in that week. */
plaats_status reasons_in(const census *who, int household, reason_list *out, plaats_error *error);
/* Whether some site remains that nothing excludes; stops at the first. */
plaats_status fits_somewhere(const census *who, int household, bool *fits, plaats_error *error);
/* Per household the instance site of an assignment; the caller frees it. NULL: out of memory. */
int *sites_of_households(const model *m, const int32_t *at);

#endif
