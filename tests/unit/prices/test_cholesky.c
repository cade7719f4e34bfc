/* The factor: it solves what it should whatever the size, and to the same digits on any number of
 * threads as element by element. */
#include "engine/prices/cholesky.h"

#include "base/random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Sizes around those of blocks, panels and shares. */
static const size_t sizes[] = {1, 2, 7, 8, 9, 63, 64, 65, 71, 128, 130, 333, 600};

static double *numbers(size_t n) {
    double *list = calloc(n, sizeof *list);
    assert_non_null(list);
    return list;
}

/* Between -1 and 1, and heavy on the diagonal. */
static double *random_matrix(size_t n) {
    random_stream random = random_start(n);
    double *a = numbers(n * n);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < i; j++)
            a[i * n + j] = (double)random_below(&random, 2000001) / 1e6 - 1;
        a[i * n + i] = (double)n + 1;
    }
    return a;
}

/* Panels of 64 columns take their sums off in the order of the columns, as this does. */
static void factor_plainly(double *a, size_t n) {
    for (size_t k = 0; k < n; k++) {
        a[k * n + k] = sqrt(a[k * n + k]);
        for (size_t i = k + 1; i < n; i++) a[i * n + k] /= a[k * n + k];
        for (size_t i = k + 1; i < n; i++)
            for (size_t j = k + 1; j <= i; j++) a[i * n + j] -= a[i * n + k] * a[j * n + k];
    }
}

static void assert_same_factor(const double *a, const double *b, size_t n) {
    for (size_t i = 0; i < n; i++) assert_memory_equal(a + i * n, b + i * n, (i + 1) * sizeof *a);
}

static void digits_depend_on_nothing(void **unused) {
    (void)unused;
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        size_t n = sizes[k];
        double *panel = numbers(cholesky_panel(n)), *plain = random_matrix(n);
        factor_plainly(plain, n);
        for (int threads = 1; threads <= 3; threads++) {
            double *a = random_matrix(n);
            cholesky_factor(a, n, panel, threads);
            assert_same_factor(a, plain, n);
            free(a);
        }
        free(plain);
        free(panel);
    }
}

static void solves(void **unused) {
    (void)unused;
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        size_t n = sizes[k];
        double *panel = numbers(cholesky_panel(n)), *a = random_matrix(n), *b = numbers(n);
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++)
                b[i] += a[i > j ? i * n + j : j * n + i] * (double)(j + 1);
        cholesky_factor(a, n, panel, 2);
        cholesky_solve(a, n, b);
        for (size_t i = 0; i < n; i++) assert_true(fabs(b[i] - (double)(i + 1)) < 1e-8);
        free(a);
        free(b);
        free(panel);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digits_depend_on_nothing),
        cmocka_unit_test(solves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
