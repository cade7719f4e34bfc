/* The interior-point method on masters whose optimum and prices are known by hand. */
#include "engine/ipm.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

static bool never(void *context) {
    (void)context;
    return false;
}

/* Three units of one person, each at site A (cost 0) or at site B (cost 2, 5, 9); A has one bed.
 * The two cheapest go to B: objective 7. A price of A between 5 and 9 proves it. */
static void prices_a_scarce_bed(void **unused) {
    int group_start[] = {0, 2, 4, 6};
    double cost[] = {0, 2, 0, 5, 0, 9};
    int entry_start[] = {0, 1, 1, 2, 2, 3, 3};
    int entry_row[] = {0, 0, 0};
    double use[] = {1, 1, 1}, rhs[] = {1}, points[] = {INFINITY};
    ipm_master p = {3, 1, 6, group_start, cost, entry_start, entry_row, use, rhs, points};
    double price[] = {0}, x[6], objective;
    (void)unused;

    assert_int_equal(ipm_solve(&p, 1e-9, price, x, &objective, never, NULL, NULL), PLAATS_OK);
    assert_true(fabs(objective - 7) < 1e-5);
    assert_true(price[0] > 5 - 1e-4 && price[0] < 9 + 1e-4);
    assert_true(fabs(x[4] - 1) < 1e-4);
}

/* The same, but one person too many at A costs 3 points: all go to A, and the price stops at 3. */
static void soft_rows_cap_the_price(void **unused) {
    int group_start[] = {0, 2, 4, 6};
    double cost[] = {0, 4, 0, 5, 0, 9};
    int entry_start[] = {0, 1, 1, 2, 2, 3, 3};
    int entry_row[] = {0, 0, 0};
    double use[] = {1, 1, 1}, rhs[] = {1}, points[] = {3};
    ipm_master p = {3, 1, 6, group_start, cost, entry_start, entry_row, use, rhs, points};
    double price[] = {0}, x[6], objective;
    (void)unused;

    assert_int_equal(ipm_solve(&p, 1e-9, price, x, &objective, never, NULL, NULL), PLAATS_OK);
    assert_true(fabs(objective - 6) < 1e-5);
    assert_true(fabs(price[0] - 3) < 1e-4);
}

/* A row that needs at least one of two (written -x <= -1) pushes the unit to the dearer site. */
static void negative_uses(void **unused) {
    int group_start[] = {0, 2};
    double cost[] = {1, 8};
    int entry_start[] = {0, 0, 1};
    int entry_row[] = {0};
    double use[] = {-1}, rhs[] = {-1}, points[] = {100};
    ipm_master p = {1, 1, 2, group_start, cost, entry_start, entry_row, use, rhs, points};
    double price[] = {0}, x[2], objective;
    (void)unused;

    assert_int_equal(ipm_solve(&p, 1e-9, price, x, &objective, never, NULL, NULL), PLAATS_OK);
    assert_true(fabs(objective - 8) < 1e-5);
    assert_true(price[0] > 7 - 1e-4);
}

static void no_rows_at_all(void **unused) {
    int group_start[] = {0, 2};
    double cost[] = {4, 3};
    int entry_start[] = {0, 0, 0};
    ipm_master p = {.n_groups = 1,
                    .n_columns = 2,
                    .group_start = group_start,
                    .cost = cost,
                    .entry_start = entry_start};
    double price[1], x[2], objective;
    (void)unused;

    assert_int_equal(ipm_solve(&p, 1e-9, price, x, &objective, never, NULL, NULL), PLAATS_OK);
    assert_true(fabs(objective - 3) < 1e-5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prices_a_scarce_bed),
        cmocka_unit_test(soft_rows_cap_the_price),
        cmocka_unit_test(negative_uses),
        cmocka_unit_test(no_rows_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
