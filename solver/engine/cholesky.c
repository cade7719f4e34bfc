#include "engine/cholesky.h"

#include "base/vector.h"

#include <math.h>
#include <string.h>

enum {
    PANEL = 64, /* columns of the factor that are worked on together */
    ROWS = 4    /* rows of a block that stays in registers */
};

size_t cholesky_panel(size_t n) {
    return PANEL * n;
}

/* Columns b..end-1 of the factor, for all rows below. */
static void factor_panel(double *matrix, size_t n, size_t b, size_t end) {
    for (size_t k = b; k < end; k++) {
        double pivot = matrix[k * n + k];
        double root = pivot > 1e-14 ? sqrt(pivot) : 1e64;
        matrix[k * n + k] = root;
        for (size_t i = k + 1; i < n; i++) matrix[i * n + k] /= root;
        for (size_t i = k + 1; i < n; i++) {
            double *row = matrix + i * n;
            for (size_t j = k + 1; j < end && j <= i; j++) row[j] -= row[k] * matrix[j * n + k];
        }
    }
}

/* Vectors of four; where the processor has none so wide they are worked off in parts. */
typedef double four __attribute__((vector_size(32)));

static inline void load(four *v, const double *from) {
    memcpy(v, from, sizeof *v);
}

/* matrix[r][j] -= sum over the panel's columns of panel[k][r] * panel[k][j], for ROWS rows from
 * `row` and 8 columns from `column`: where nearly all the time goes. The block stays in registers
 * while the panel passes. Wider vectors give the same digits, since every element is its own sum.
 */
VECTOR_CLONES
static void update_block(double *matrix, size_t n, const double *panel, size_t depth, size_t row,
                         size_t column) {
    four sum[ROWS][2];
    for (size_t r = 0; r < ROWS; r++)
        for (size_t half = 0; half < 2; half++)
            load(&sum[r][half], matrix + (row + r) * n + column + 4 * half);
    for (size_t k = 0; k < depth; k++) {
        const double *line = panel + k * n;
        four left, right;
        load(&left, line + column);
        load(&right, line + column + 4);
        for (size_t r = 0; r < ROWS; r++) {
            sum[r][0] -= line[row + r] * left;
            sum[r][1] -= line[row + r] * right;
        }
    }
    for (size_t r = 0; r < ROWS; r++)
        for (size_t half = 0; half < 2; half++)
            memcpy(matrix + (row + r) * n + column + 4 * half, &sum[r][half], sizeof(four));
}

/* One element of the same. */
static void update_one(double *matrix, size_t n, const double *panel, size_t depth, size_t row,
                       size_t column) {
    double sum = matrix[row * n + column];
    for (size_t k = 0; k < depth; k++) sum -= panel[k * n + row] * panel[k * n + column];
    matrix[row * n + column] = sum;
}

/* Rows `row`.. of what is left of the matrix, from column `end` on. Blocks may reach over the
 * diagonal: nobody reads there. */
static void update_rows(double *matrix, size_t n, const double *panel, size_t depth, size_t row,
                        size_t end) {
    size_t rows = row + ROWS <= n ? ROWS : n - row, column = end;
    if (rows == ROWS)
        for (; column < row + ROWS && column + 8 <= n; column += 8)
            update_block(matrix, n, panel, depth, row, column);
    for (size_t r = row; r < row + rows; r++)
        for (size_t j = column; j <= r; j++) update_one(matrix, n, panel, depth, r, j);
}

/* A panel of columns at a time, so that what is left of the matrix passes through the cache once
 * for each panel and not once for each column. */
void cholesky_factor(double *matrix, size_t n, double *panel) {
    for (size_t b = 0; b < n; b += PANEL) {
        size_t end = b + PANEL < n ? b + PANEL : n;
        factor_panel(matrix, n, b, end);
        for (size_t k = b; k < end; k++)
            for (size_t i = end; i < n; i++) panel[(k - b) * n + i] = matrix[i * n + k];
        for (size_t row = end; row < n; row += ROWS)
            update_rows(matrix, n, panel, end - b, row, end);
    }
}

void cholesky_solve(const double *factor, size_t n, double *b) {
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
