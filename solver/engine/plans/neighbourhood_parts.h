/* What neighbourhood.c and neighbourhood_choices.c know of each other. */
#ifndef PLAATS_ENGINE_PLANS_NEIGHBOURHOOD_PARTS_H
#define PLAATS_ENGINE_PLANS_NEIGHBOURHOOD_PARTS_H

#include "engine/plans/neighbourhood.h"

/* Where the state has a unit in the week of the maker: a site, or NONE. */
static inline int32_t neighbourhood_site_of(const neighbourhood_maker *m, int32_t u) {
    return choice_site(m->s->at[u], m->week);
}

/* A number from 0 up to 1. */
static inline double neighbourhood_random_share(random_stream *r) {
    return (double)(random_next(r) >> 11) * 0x1p-53;
}

/* Fills the program of a neighbourhood whose sites are known: of the choices of its units (`unit`
 * is one of them, or NONE) that lose less than `most`, those that lose least, at most so many. */
plaats_status neighbourhood_choose(neighbourhood_maker *m, neighbourhood *a, int32_t unit,
                                   double most, int choices, plaats_error *error);

#endif
