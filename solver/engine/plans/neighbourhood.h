/* A neighbourhood: the units at a few linked sites, and those unplaced that would like to be there,
 * choose anew among these sites and what has room besides; all others stay. */
#ifndef PLAATS_ENGINE_PLANS_NEIGHBOURHOOD_H
#define PLAATS_ENGINE_PLANS_NEIGHBOURHOOD_H

#include "base/random.h"
#include "engine/plans/shortlist.h"
#include "engine/plans/submip.h"

typedef struct {
    double more;   /* loss of the choice above what the unit loses now */
    uint32_t uses; /* the unit's, hashed */
    int32_t unit;
    choice from, to;
} neighbourhood_choice;

/* Neighbourhoods are formed one by one, so that none has a site or a unit of another. */
typedef struct {
    const shortlist *l;
    const state *s;
    random_stream *random;
    int week;                      /* whose sites are linked */
    bool *taken_site, *taken_unit; /* by this neighbourhood or another of the batch */
    int n_taken_sites, n_taken_units;
    int32_t *taken_sites, *taken_units;
    uint32_t *uses; /* per unit: its uses, hashed */
    double *links;  /* scratch per site: weight of the options that link it to those taken */
    bool *own;      /* scratch per site: of this neighbourhood */
    int n_choices, choice_room;
    neighbourhood_choice *choices;
} neighbourhood_maker;

typedef struct {
    int n_sites; /* sites of the neighbourhood */
    int32_t *sites;
    submip p;
} neighbourhood;

plaats_status neighbourhood_maker_build(const shortlist *l, const state *s, random_stream *random,
                                        neighbourhood_maker *m, plaats_error *error);
void neighbourhood_maker_free(neighbourhood_maker *m);
/* Starts a new batch. */
void neighbourhood_maker_clear(neighbourhood_maker *m);

plaats_status neighbourhood_build(const grid *g, neighbourhood *a, plaats_error *error);
void neighbourhood_free(neighbourhood *a);

/* Forms a neighbourhood of at most so many sites and choices around a site (a unit unplaced:
 * around the sites it would like, if site is NONE). `stake`: per site, shortlist_stake. No better
 * plan within it uses a choice that loses more than is at stake in it, at prices that are good. */
plaats_status neighbourhood_form(neighbourhood_maker *m, int32_t site, int32_t unit, int sites,
                                 int choices, const double *stake, neighbourhood *a,
                                 plaats_error *error);

#endif
