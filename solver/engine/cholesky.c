#include "engine/cholesky.h"

#include "base/vector.h"

#include <math.h>

enum { PANEL = 32 }; /* columns of the factor that are worked on together */

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

/* row[j] -= sum of l[k] * column k[j], four columns at a time: where nearly all the time goes.
 * Wider vectors give the same digits, since every element is its own sum. */
VECTOR_CLONES
static void subtract(double *restrict row, const double *restrict columns, size_t stride,
                     const double *restrict l, size_t n_columns, size_t n) {
    size_t k = 0;
    for (; k + 4 <= n_columns; k += 4) {
        const double *a = columns + k * stride, *b = a + stride, *c = b + stride, *d = c + stride;
        double la = l[k], lb = l[k + 1], lc = l[k + 2], ld = l[k + 3];
        for (size_t j = 0; j < n; j++) row[j] -= (la * a[j] + lb * b[j]) + (lc * c[j] + ld * d[j]);
    }
    for (; k < n_columns; k++)
        for (size_t j = 0; j < n; j++) row[j] -= l[k] * columns[k * stride + j];
}

/* A panel of columns at a time, so that what is left of the matrix passes through the cache once
 * for each panel and not once for each column. */
void cholesky_factor(double *matrix, size_t n, double *panel) {
    for (size_t b = 0; b < n; b += PANEL) {
        size_t end = b + PANEL < n ? b + PANEL : n;
        factor_panel(matrix, n, b, end);
        for (size_t k = b; k < end; k++)
            for (size_t i = end; i < n; i++) panel[(k - b) * n + i] = matrix[i * n + k];
        for (size_t i = end; i < n; i++)
            subtract(matrix + i * n + end, panel + end, n, matrix + i * n + b, end - b,
                     i + 1 - end);
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
