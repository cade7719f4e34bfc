/* Where an ascent is, and climbing at one smoothing: what the files of ascent.h and newton.c share.
 * Private to them. */
#ifndef PLAATS_ENGINE_PRICES_ASCENT_PARTS_H
#define PLAATS_ENGINE_PRICES_ASCENT_PARTS_H

#include "engine/prices/ascent.h"
#include "engine/prices/smooth.h"

struct ascent {
    run *r;
    smooth s;
    double *price, *trial; /* per row */
    double *best;          /* where the dual itself was highest */
    double best_exact;
    double *anchor;                         /* some steps ago */
    double *price_before, smoothing_before; /* at the top of the smoothing before */
    double *slope;                          /* per row: load - rhs at `price` */
    double *step;                           /* per row; 0 without a slot */
    double *matrix, *panel, *right;         /* the system, over the free slots */
    int *free_slot;
    size_t matrix_room; /* in numbers */
    double value;       /* of the smoothed dual at `price` */
    double unplaced;    /* weight, at `price` */
    double persons;     /* in all */
    double radius;      /* a price moves by about so many smoothings at once at most */
    int64_t pairs;      /* options of the units looked at */
};

/* Climbs at one smoothing, until a step is to gain less than `closeness` times the
 * smoothing error. */
plaats_status ascent_settle(ascent *a, double closeness, plaats_error *error);

#endif
