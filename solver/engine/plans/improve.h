/* Better plans from a plan: single moves and cyclic exchanges in exact integers, then
 * neighbourhoods solved as small programs. */
#ifndef PLAATS_ENGINE_PLANS_IMPROVE_H
#define PLAATS_ENGINE_PLANS_IMPROVE_H

#include "base/random.h"
#include "engine/plans/shortlist.h"
#include "engine/run/run.h"

/* Moves units one by one, and then along chains (chains.h), as long as that lowers the cost. Offers
 * the result to the run. */
plaats_status improve_by_moves(run *r, const shortlist *l, state *s, random_stream *random,
                               plaats_error *error);

/* What neighbourhoods are solved for. */
typedef enum {
    UNTIL_PLACED,   /* only as long as more people are unplaced than need be */
    BRIEFLY,        /* small ones only: what comes after finds better plans */
    UNTIL_FRUITLESS /* until nothing was gained in a long while */
} neighbourhood_purpose;

/* Solves neighbourhoods (units around a few linked sites) as small programs until their purpose is
 * reached, or the run is over or good enough. Offers every gain to the run. */
plaats_status improve_by_neighbourhoods(run *r, const shortlist *l, state *s,
                                        neighbourhood_purpose purpose, random_stream *random,
                                        plaats_error *error);

#endif
