/* Why a household has no bed: every site counted under what keeps it out. */
#ifndef PLAATS_PLAN_REASONS_H
#define PLAATS_PLAN_REASONS_H

#include "engine/layout/choice.h"
#include "plan/census.h"
#include "text/told.h"

typedef struct {
    int bit; /* REASON_x_BIT */
    /* `what`: the service, place or quota it names, of FULL also "beds" and "apart". `because`: of
     * the rules behind the count, where all of them give the same. */
    told_reason told;
} reason_count;

typedef struct reason_list {
    int n;
    int sites_with_room; /* that nothing rules out: staying unplaced is cheaper */
    reason_count *at;    /* by code in the order of the format page, then `what`; free() it */
} reason_list;

/* Why a household has no bed in the week of the census, in which it needs one. The census says who
 * is where, and has its unit nowhere; in an empty country only rules exclude. Where the household
 * was the week before is taken from the start of the horizon. */
plaats_status reasons_in(const census *who, int household, reason_list *out, plaats_error *error);
/* Whether some site remains that takes it, whatever it costs there; stops at the first. */
plaats_status reasons_fits_somewhere(const census *who, int household, bool *fits,
                                     plaats_error *error);
/* Per household the instance site of an assignment; the caller frees it. NULL: out of memory. */
int *reasons_sites_of_households(const model *m, const choice *at);

#endif
