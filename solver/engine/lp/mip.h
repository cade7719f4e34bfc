/* A mixed-integer program, small or large, and a solver for it (GLPK, behind this header).
 *
 * GLPK ends the process when it is misused or runs out of memory; here that becomes MIP_FAILED.
 * Its state is per thread, so programs can be solved in several threads at once.
 */
#ifndef PLAATS_ENGINE_LP_MIP_H
#define PLAATS_ENGINE_LP_MIP_H

#include "base/status.h"
#include <stdbool.h>
#include <stdint.h>

/* Grows by the two functions below; all zero is empty. Every column is an integer in 0..upper. */
typedef struct {
    int n_columns, n_rows, n_entries;
    int column_room, row_room, entry_room;
    double *cost, *upper; /* per column */
    double *low, *high;   /* per row: low <= row <= high; -INFINITY, INFINITY for none */
    int *row, *column;    /* per entry, counted from 0 */
    double *value;
} mip;

/* Each returns the number of the new column or row, or -1 when out of memory. */
int mip_column(mip *p, double cost, double upper);
int mip_row(mip *p, double low, double high);
bool mip_entry(mip *p, int row, int column, double value); /* value != 0 */
void mip_free(mip *p);

typedef struct {
    double seconds;      /* at most this long; INFINITY for no limit */
    int64_t nodes;       /* at most this many nodes of the tree, 0 for no limit: repeatable */
    int64_t steps;       /* about so much work (see `steps` of the result), 0 for no limit */
    bool presolve, cuts; /* worth it for whole programs, not for small ones */
    const double *start; /* a feasible point to beat, or NULL; not used with presolve */
    double enough;       /* end when x is at most this above the bound; 0 for optimal */
    bool (*over)(void *context); /* asked now and then; true ends the solve; may be NULL */
    void *context;
} mip_limits;

typedef enum {
    MIP_OPTIMAL,  /* x is optimal */
    MIP_FEASIBLE, /* x is feasible; a limit was reached */
    MIP_NOTHING,  /* no solution exists */
    MIP_LIMIT,    /* a limit was reached before any x */
    MIP_FAILED    /* GLPK could not; nothing is known */
} mip_outcome;

typedef struct {
    mip_outcome outcome;
    double objective; /* of x */
    double bound;     /* no solution costs less, on GLPK's word and within its tolerances;
                         -INFINITY if unknown */
    double *x;        /* per column, the caller's array; whole numbers */
    int64_t steps;    /* work done: entries touched, by iterations of the simplex method */
} mip_result;

/* Solves it and says everything in `result`. Whole costs below 10^8, and an objective below it, are
 * decided to the unit; optimality is claimed only where GLPK's tolerances allow that. */
void mip_solve(const mip *p, const mip_limits *limits, mip_result *result);

#endif
