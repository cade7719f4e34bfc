/* What a case with unit prices proves, in integers. */
#ifndef PLAATS_ENGINE_PACKING_CASE_H
#define PLAATS_ENGINE_PACKING_CASE_H

#include "engine/packing.h"

/* The decisions of a case, spread out. */
typedef struct {
    signed char *open; /* per site: 1 open, 0 closed, -1 undecided */
    int32_t *only;     /* per unit: the one site where it may be; NONE: no such decision */
    bool *barred;      /* [unit * n_sites + site] by decision, closed sites included */
} rulings;

/* What evaluating needs beside the model, for many cases. */
typedef struct {
    packer packer;
    rulings ruled;
    int64_t *row_price; /* per row of the model */
    site_units who;     /* may be at a site: the bids of a site begin where they do */
    int *n_bids;        /* per site */
    bid *bids;
    pack *packs;    /* per site: the one that comes to the least */
    int32_t *units; /* of all packs */
    int64_t steps;  /* of work so far */
} appraiser;

plaats_status appraiser_build(const grid *g, appraiser *a, plaats_error *error);
void appraiser_free(appraiser *a);

/* Spreads the case's decisions out in `ruled`. */
void take_rulings(appraiser *a, const proof_case *c);
/* Fills `impossible` and `bound` of the case, which has unit prices, and leaves every site's best
 * pack in `packs`, as it is before opening the site costs anything. `take_rulings` came before. */
plaats_status appraise(appraiser *a, int64_t scale, proof_case *c, plaats_error *error);

/* Prices in points: what each unit pays for being at one site only, and per row of the model; those
 * that sites keep do not count. */
typedef struct {
    const double *unit, *row;
} case_prices;

/* Rounds prices into a case: `share` of them, the rest being those of `old`. */
void blend_prices(const grid *g, int64_t scale, case_prices prices, double share,
                  const proof_case *old, proof_case *c);

#endif
