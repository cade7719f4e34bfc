/* The master program: patterns of every site, weighed so that each unit is at one site at most (G.
 * Dantzig and P. Wolfe 1960). It takes in patterns as its prices make them pay: column generation.
 *
 * A unit's row says that it is in no more than one pattern; staying unplaced is that row's slack.
 * So a pattern costs what its stays cost, less what it costs to leave its units unplaced, and what
 * opening the site costs.
 */
#ifndef PLAATS_ENGINE_BRANCH_PRICE_MASTER_H
#define PLAATS_ENGINE_BRANCH_PRICE_MASTER_H

#include "engine/branch_price/evaluate.h"
#include "engine/lp/lp.h"
#include "engine/run/run.h"

/* A pattern in the column pool. */
typedef struct {
    int32_t site; /* NONE: the slack of a soft row */
    int n;
    int32_t *units;
    double cost;   /* opening excluded */
    double x;      /* after solving */
    bool barred;   /* by a decision */
    bool inactive; /* too dear to be looked at: kept in the pool, fixed to 0 */
} master_column;

typedef struct {
    run *r;
    const grid *g;
    lp *p;
    double *none;    /* per unit: what it pays here for staying unplaced, at most what that costs */
    double penalty;  /* what a unit that must be at a site pays more for not being there */
    bool *held;      /* per unit: must it be at a site, by the decisions in force? */
    double *opening; /* per site, points */
    int n_priced;    /* rows of the model that sites do not keep */
    int32_t *row;    /* per row of the model: its row in the program; NONE where sites keep it */
    int32_t *site_row;   /* per site */
    signed char *opened; /* per site: the decision in force, as in `fixings` */
    double constant;     /* of the objective */
    int n, room, n_inactive;
    master_column *columns;
    double tolerance; /* of reduced costs: what the solver cannot tell from 0 */
    int n_rows;
    int *at; /* scratch: one column's entries, n_rows at most */
    double *value;
    double *price;                  /* per row, after solving */
    double *unit_price, *row_price; /* scratch: as of a case, points */
} master;

/* `most_gap`: points above which nothing is of interest. */
plaats_status master_build(run *r, double most_gap, master *m, plaats_error *error);
void master_free(master *m);

/* Adds a pattern, unless it is there; n units, ascending. Inactive: until it pays. */
plaats_status master_add(master *m, int32_t site, int n, const int32_t *units, bool inactive,
                         plaats_error *error);
/* Puts the decisions into the program in place of those before. */
void master_fix(master *m, const fixings *f);
/* Solves; after LP_OPTIMAL `price` and every column's `x` are there. */
lp_outcome master_solve(master *m, bool dual);
double master_value(const master *m);
/* Would the pattern pay at the prices? */
bool master_pays(const master *m, int32_t site, const pattern *k);
/* Inactive columns that pay become active; returns how many. */
int master_activate(master *m);
/* Makes the dearest columns inactive, where there are many. */
plaats_status master_deactivate(master *m, plaats_error *error);
/* An empty case with room for all prices. */
plaats_status master_new_case(const master *m, proof_case *c, plaats_error *error);
/* The prices of the last solve into a case, `share` of them, the rest being those of `old`. */
void master_prices(const master *m, int64_t scale, double share, const proof_case *old,
                   proof_case *c);

#endif
