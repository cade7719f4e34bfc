/* Cholesky's factor, right-looking and in blocks (Golub and Van Loan, Matrix Computations, 4.2): of
 * a panel of columns the block on the diagonal is factored, then the rows below it, and then the
 * panel's products are taken off what is left of the matrix,
 *
 *     A = [ A11  .  ]     L11 L11' = A11,    L21 = A21 inv(L11'),    A22 becomes A22 - L21 L21'.
 *         [ A21 A22 ]
 *
 * The last is nearly all the work. It goes by blocks of ROWS x BAND numbers that stay in registers,
 * on several threads, each with rows of its own: every number is one sum in one order, so the
 * digits do not depend on threads or on how wide vectors are. */
#include "engine/prices/cholesky.h"

#include "base/parallel.h"
#include "base/vector.h"
#include "engine/prices/prices_tuning.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* As many numbers as registers hold beside what passes by: 8 of 16 vectors of four doubles, or half
 * as many of eight. */
enum { PANEL = PRICES_PANEL, ROWS = 4, BAND = 8 };

/* Of a vanished pivot: what is divided by it is 0 next to all else. */
static const double HUGE_PIVOT = 1e64;

size_t cholesky_panel(size_t n) {
    return PANEL * (n + BAND);
}

/* The factor of the block on the diagonal, also turned round: the columns of `turned` are its rows,
 * so that the rows below find what they need side by side. */
static void factor_block(double *matrix, size_t n, size_t b, size_t depth, double *turned) {
    double *block = matrix + b * n + b;
    assert(depth <= PANEL && b + depth <= n);
    for (size_t k = 0; k < depth; k++) {
        double pivot = block[k * n + k], root = pivot > PRICES_NO_PIVOT ? sqrt(pivot) : HUGE_PIVOT;
        block[k * n + k] = root;
        for (size_t i = k + 1; i < depth; i++) {
            block[i * n + k] /= root;
            for (size_t j = k + 1; j <= i; j++)
                block[i * n + j] -= block[i * n + k] * block[j * n + k];
        }
        for (size_t i = k; i < depth; i++) turned[k * PANEL + i] = block[i * n + k];
    }
}

/* The factor's elements of one row below the block. */
VECTOR_CLONES
static void factor_row(double *restrict row, size_t depth, const double *restrict turned) {
    for (size_t k = 0; k < depth; k++) {
        const double *line = turned + k * PANEL;
        row[k] /= line[k];
        for (size_t j = k + 1; j < depth; j++) row[j] -= row[k] * line[j];
    }
}

/* Where the elements of row `row` of the factor are in the copy that `update_block` reads: BAND
 * rows side by side, column by column, so that what it needs comes in one stream. */
static inline size_t in_panel(size_t row, size_t depth) {
    return row / BAND * BAND * depth + row % BAND;
}

/* matrix[r][j] -= sum over the panel's columns of the factor's [r] times [j], for ROWS rows from
 * `row` and BAND columns from `column`: where nearly all the time goes. The block stays in
 * registers while the panel passes, as vectors of so many numbers, `per_row` to each row. Wider
 * vectors give the same digits, since every element is its own sum. */
#define UPDATE_BLOCK(name, attributes, vector, per_row)                                            \
    attributes static void name(double *matrix, size_t n, const double *panel, size_t depth,       \
                                size_t row, size_t column) {                                       \
        enum { WIDE = BAND / (per_row) };                                                          \
        const double *left = panel + in_panel(row, depth);                                         \
        const double *right = panel + in_panel(column, depth);                                     \
        vector sum[ROWS][per_row], line[per_row];                                                  \
        for (size_t r = 0; r < ROWS; r++)                                                          \
            for (size_t i = 0; i < (per_row); i++)                                                 \
                memcpy(&sum[r][i], matrix + (row + r) * n + column + i * WIDE, sizeof(vector));    \
        for (size_t k = 0; k < depth; k++) {                                                       \
            for (size_t i = 0; i < (per_row); i++)                                                 \
                memcpy(&line[i], right + k * BAND + i * WIDE, sizeof(vector));                     \
            for (size_t r = 0; r < ROWS; r++)                                                      \
                for (size_t i = 0; i < (per_row); i++) sum[r][i] -= left[k * BAND + r] * line[i];  \
        }                                                                                          \
        for (size_t r = 0; r < ROWS; r++)                                                          \
            for (size_t i = 0; i < (per_row); i++)                                                 \
                memcpy(matrix + (row + r) * n + column + i * WIDE, &sum[r][i], sizeof(vector));    \
    }

typedef void update_fn(double *matrix, size_t n, const double *panel, size_t depth, size_t row,
                       size_t column);
typedef double four __attribute__((vector_size(32)));
UPDATE_BLOCK(update_by_four, VECTOR_CLONES, four, 2)

#ifdef VECTOR_WIDE
typedef double eight __attribute__((vector_size(64)));
UPDATE_BLOCK(update_by_eight, VECTOR_WIDE, eight, 1)

static update_fn *choose_update(void) {
    return VECTOR_IS_WIDE ? update_by_eight : update_by_four;
}
#else
static update_fn *choose_update(void) {
    return update_by_four;
}
#endif

/* One element of the same. */
static void update_one(double *matrix, size_t n, const double *panel, size_t depth, size_t row,
                       size_t column) {
    const double *left = panel + in_panel(row, depth), *right = panel + in_panel(column, depth);
    double sum = matrix[row * n + column];
    for (size_t k = 0; k < depth; k++) sum -= left[k * BAND] * right[k * BAND];
    matrix[row * n + column] = sum;
}

/* Rows `row`.. of what is left of the matrix, from column `end` on. Blocks may reach over the
 * diagonal: nobody reads there. */
static void update_rows(double *matrix, size_t n, const double *panel, size_t depth, size_t row,
                        size_t end) {
    size_t rows = row + ROWS <= n ? ROWS : n - row, column = end;
    update_fn *update = choose_update();
    if (rows == ROWS)
        for (; column < row + ROWS && column + BAND <= n; column += BAND)
            update(matrix, n, panel, depth, row, column);
    for (size_t r = row; r < row + rows; r++)
        for (size_t j = column; j <= r; j++) update_one(matrix, n, panel, depth, r, j);
}

/* What is left of the matrix below row `end`, some rows at a time. */
typedef struct {
    double *matrix, *panel;
    size_t n, b, end;
    double turned[PANEL * PANEL];
} rest;

/* Rows first .. last - 1 are a share's. */
typedef struct {
    size_t first, last;
} row_range;

static row_range rows_of_share(const rest *r, int share) {
    size_t rows = (size_t)PRICES_SHARE_ROWS, first = r->end + (size_t)share * rows;
    return (row_range){first, first + rows < r->n ? first + rows : r->n};
}

/* The factor, and a copy of it by columns. */
static void factor_share(void *of, int share) {
    rest *r = of;
    row_range rows = rows_of_share(r, share);
    size_t depth = r->end - r->b;
    for (size_t i = rows.first; i < rows.last; i++) {
        double *row = r->matrix + i * r->n + r->b;
        factor_row(row, depth, r->turned);
        for (size_t k = 0; k < depth; k++) r->panel[in_panel(i, depth) + k * BAND] = row[k];
    }
}

static void update_share(void *of, int share) {
    const rest *r = of;
    row_range rows = rows_of_share(r, share);
    for (size_t row = rows.first; row < rows.last; row += ROWS)
        update_rows(r->matrix, r->n, r->panel, r->end - r->b, row, r->end);
}

/* A panel of columns at a time, so that what is left of the matrix passes through the cache once
 * for each panel and not once for each column. */
void cholesky_factor(double *matrix, size_t n, double *panel, int threads) {
    const size_t share_rows = (size_t)PRICES_SHARE_ROWS;
    rest r = {.matrix = matrix, .n = n};

    assert(n == 0 || (matrix != NULL && panel != NULL));
    /* Shares do not write to each other's bands. (In a build that tunes the number is none of the
     * compiler's.) */
    assert(share_rows % BAND == 0); /* NOLINT(misc-static-assert) */
    r.panel = panel;
    for (r.b = 0; r.b < n; r.b = r.end) {
        r.end = r.b + PANEL < n ? r.b + PANEL : n;
        int shares = (int)((n - r.end + share_rows - 1) / share_rows);
        factor_block(matrix, n, r.b, r.end - r.b, r.turned);
        parallel_for(shares, factor_share, &r, threads);
        parallel_for(shares, update_share, &r, threads);
    }
}

void cholesky_solve(const double *factor, size_t n, double *b) {
    assert(n == 0 || (factor != NULL && b != NULL));
    for (size_t i = 0; i < n; i++) {
        const double *row = factor + i * n;
        double sum = b[i];
        for (size_t j = 0; j < i; j++) sum -= row[j] * b[j];
        b[i] = sum / row[i];
    }
    for (size_t i = n; i-- > 0;) {
        const double *row = factor + i * n;
        b[i] /= row[i];
        for (size_t j = 0; j < i; j++) b[j] -= row[j] * b[i];
    }
}
