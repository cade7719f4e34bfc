/* An interior-point method for the master program of the prices:
 *
 *     minimize  sum c x + sum points v
 *     such that sum of x over a group = 1           for every group (a unit's decisions)
 *               sum a x + s - v = b                 for every row; v only on soft rows
 *               x, s, v >= 0
 *
 * The group rows are eliminated from the normal equations (their block is diagonal), so only the
 * rows with a price remain in one small dense system (S. Mehrotra's predictor-corrector, SIAM J.
 * Optimization 2, 1992). Floating point: what comes out are good prices, not yet a bound.
 */
#ifndef PLAATS_ENGINE_IPM_H
#define PLAATS_ENGINE_IPM_H

#include "base/status.h"
#include <stdbool.h>

typedef struct {
    int n_groups, n_rows, n_columns;
    const int
        *group_start;   /* columns of group g: group_start[g] .. group_start[g+1]-1, not empty */
    const double *cost; /* per column */
    const int *entry_start; /* entries of column p: entry_start[p] .. entry_start[p+1]-1 */
    const int *entry_row;
    const double *entry_use; /* a */
    const double *rhs;       /* b, per row */
    const double *points;    /* per row: price of v; INFINITY on a hard row */
} ipm_master;

/* `price` (per row, >= 0): where to start; in return the best prices found. `x` (per column): the
 * primal point. `objective`: its value. `tolerance`: relative. `out_of_time(context)` is asked
 * once an iteration. Repeatable bit by bit on one machine. */
plaats_status ipm_solve(const ipm_master *p, double tolerance, double *price, double *x,
                        double *objective, bool (*out_of_time)(void *context), void *context,
                        plaats_error *error);

#endif
