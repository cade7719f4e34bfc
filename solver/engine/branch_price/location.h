/* The location relaxation: how far each site is open, when units may be split between sites. This
 * linear program is solved anew in a fraction of the time that patterns take, and as long as it has
 * sites half open it proves nearly as much: so it leads the tree down to where all sites are
 * decided.
 *
 *     a unit: shares at its sites, 1 at most together; the rest of it stays unplaced
 *     a site: what is there fits its rows, if it is open; no share is more than it is open
 *
 * The latter rows are added where they are broken (M. Balinski 1965 has them all at once).
 */
#ifndef PLAATS_ENGINE_BRANCH_PRICE_LOCATION_H
#define PLAATS_ENGINE_BRANCH_PRICE_LOCATION_H

#include "engine/branch_price/evaluate.h"
#include "engine/lp/lp.h"
#include "engine/run/pseudocost.h"
#include "engine/run/run.h"

/* A unit's share at a site. */
typedef struct {
    int32_t unit, site;
    bool linked; /* to how far the site is open */
} unit_share;

typedef struct {
    run *r;
    const grid *g;
    lp *p;
    double *none; /* per unit: what staying unplaced costs here */
    int *open;    /* per site: its column; NONE where opening costs nothing */
    int n_shares, share_room, first_share; /* columns first_share .. first_share + n_shares - 1 */
    unit_share *shares;
    double value;                /* after solving, less a constant */
    double *is_open;             /* per site, after solving: how far it is open */
    double *unit_price;          /* per unit, after solving: v, points */
    double *row_price;           /* per row of the model */
    pseudocosts *pseudocosts;    /* per site, by decisions to open it (up) and to close it */
    pseudocosts all_pseudocosts; /* of all sites together */
} location;

/* Are there few enough options for it? */
bool location_suits(const model *m);
/* `none`: per unit, what staying unplaced costs among patterns. */
plaats_status location_build(run *r, const double *none, location *o, plaats_error *error);
void location_free(location *o);

/* Solves it under the fixings in force. After LP_OPTIMAL `is_open` and the prices are there. */
plaats_status location_solve(location *o, const fixings *f, lp_outcome *outcome,
                             plaats_error *error);

/* Counts the work of iterations since `before`. */
void location_spend(const location *o, int64_t before);

/* Of the sites that the last point leaves half open, the one whose decision raises the value most
 * either way, by trial and by what came of such decisions before. `most`: a rise that closes a
 * case. NONE if no site is half open. The point is gone after it. */
plaats_status location_choose(location *o, double most, int *site, plaats_error *error);

#endif
