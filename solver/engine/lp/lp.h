/* A linear program that grows: columns and rows are added, columns are shut and opened again, and
 * it is solved anew from the last basis (GLPK, behind this header).
 *
 *     minimize  sum cost x   such that   sum a x <= rhs  for every row,   0 <= x <= upper
 *
 * GLPK ends the process when it is misused or runs out of memory; here that becomes LP_FAILED, for
 * good: the program can then only be freed. Columns and rows are numbered from 0.
 */
#ifndef PLAATS_ENGINE_LP_LP_H
#define PLAATS_ENGINE_LP_LP_H

#include <stdbool.h>
#include <stdint.h>

typedef struct lp lp;

typedef struct {
    int n; /* entries */
    const int *at;
    const double *value; /* != 0 */
} lp_vector;

/* NULL when out of memory. */
lp *lp_new(void);
void lp_free(lp *p);

/* Each returns the number of the new column or row, or -1 on failure. A new row enters with its
 * slack in the basis, a new column at 0. */
int lp_add_column(lp *p, double cost, double upper, lp_vector rows);
int lp_add_row(lp *p, double rhs, lp_vector columns);
/* Rows are deleted together, those behind them move up; `rows` ascending. Only rows whose slack is
 * in the basis may go. */
bool lp_delete_rows(lp *p, int n, const int *rows);

int lp_columns(const lp *p);
int lp_rows(const lp *p);
void lp_set_cost(lp *p, int column, double cost);
double lp_cost(const lp *p, int column);
/* Bounds 0 <= low <= high; high INFINITY for none. */
void lp_set_bounds(lp *p, int column, double low, double high);
void lp_set_rhs(lp *p, int row, double rhs);
double lp_rhs(const lp *p, int row);
/* For a first basis: puts the column into the basis in place of the row's slack, or a column
 * outside the basis at its upper bound. */
void lp_enter(lp *p, int column, int row);
void lp_rest_high(lp *p, int column);
/* Where a column or row of another program stands in its basis, so it shall stand here. */
void lp_set_like(lp *p, int column, const lp *other, int column_there);
void lp_set_row_like(lp *p, int row, const lp *other, int row_there);
/* The column's entries; `at` and `value` have room for all rows. Returns how many. */
int lp_column(lp *p, int column, int *at, double *value);

typedef enum {
    LP_OPTIMAL,
    LP_EMPTY, /* no point satisfies the rows */
    LP_LIMIT, /* out of iterations or time, or asked to stop */
    LP_FAILED
} lp_outcome;

typedef struct {
    bool dual;                   /* the dual simplex: after rows were added or columns shut */
    int64_t most;                /* iterations */
    double seconds;              /* at most this long */
    bool (*over)(void *context); /* asked now and then; may be NULL */
    void *context;
} lp_limits;

lp_outcome lp_solve(lp *p, const lp_limits *limits);
/* Iterations of all solves so far. */
int64_t lp_iterations(const lp *p);

/* After LP_OPTIMAL; after LP_FAILED all 0 and false. */
double lp_value(const lp *p);
double lp_x(const lp *p, int column);
double lp_price(const lp *p, int row); /* >= 0: what one more of rhs is worth */
double lp_reduced(const lp *p, int column);
bool lp_is_basic(const lp *p, int column);
bool lp_slack_is_basic(const lp *p, int row);
/* The row of the basis inverse that belongs to a basic column: multipliers of all rows. False if
 * the column is not basic. */
bool lp_multipliers(lp *p, int column, double *multipliers);

/* A basis to come back to: one byte per column, then one per row. */
void lp_get_basis(const lp *p, unsigned char *basis);
/* Rows and columns added since keep how they entered: `columns`, `rows` as they were counted when
 * the basis was taken. */
void lp_set_basis(lp *p, const unsigned char *basis, int columns, int rows);

#endif
