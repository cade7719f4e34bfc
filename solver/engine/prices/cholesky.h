/* The dense factor of a symmetric positive matrix, for systems of the size of the rows with a
 * price. */
#ifndef PLAATS_ENGINE_PRICES_CHOLESKY_H
#define PLAATS_ENGINE_PRICES_CHOLESKY_H

#include <stddef.h>

/* Room for `panel` below, in numbers. */
size_t cholesky_panel(size_t n);
/* matrix (n x n, row by row; the lower triangle is read, the upper one is scratch) becomes L. A
 * vanished pivot, of a redundant row, is made huge, so that its unknown comes out as 0. */
void cholesky_factor(double *matrix, size_t n, double *panel, int threads);
/* b becomes the solution of L L' x = b. */
void cholesky_solve(const double *factor, size_t n, double *b);

#endif
