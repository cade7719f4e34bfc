/* The program container and GLPK behind it: optima, limits, and misuse that must not end us. */
#include "engine/lp/mip.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

/* Two units, two sites of one bed: costs 1 5 / 2 9. The cheap diagonal is 5 + 2. */
static void build_assignment(mip *p) {
    double cost[2][2] = {{1, 5}, {2, 9}};
    int one[2], beds[2];
    for (int u = 0; u < 2; u++) one[u] = mip_row(p, 1, 1);
    for (int j = 0; j < 2; j++) beds[j] = mip_row(p, -INFINITY, 1);
    for (int u = 0; u < 2; u++)
        for (int j = 0; j < 2; j++) {
            int column = mip_column(p, cost[u][j], 1);
            assert_true(mip_entry(p, one[u], column, 1));
            assert_true(mip_entry(p, beds[j], column, 1));
        }
}

static const mip_limits plain = {.seconds = 10};

static void finds_the_optimum(void **unused) {
    mip p = {0};
    double x[4];
    mip_result result = {.x = x};
    mip_limits thorough = {.seconds = 10, .presolve = true, .cuts = true};
    (void)unused;

    build_assignment(&p);
    mip_solve(&p, &plain, &result);
    assert_int_equal(result.outcome, MIP_OPTIMAL);
    assert_true(fabs(result.objective - 7) < 1e-6);
    assert_true(fabs(result.bound - 7) < 1e-6);
    assert_true(x[1] == 1 && x[2] == 1 && x[0] == 0 && x[3] == 0);
    mip_solve(&p, &thorough, &result);
    assert_int_equal(result.outcome, MIP_OPTIMAL);
    assert_true(fabs(result.objective - 7) < 1e-6);
    mip_free(&p);
}

static void says_when_nothing_exists(void **unused) {
    mip p = {0};
    double x[4];
    mip_result result = {.x = x};
    mip_limits presolved = {.seconds = 10, .presolve = true};
    (void)unused;

    build_assignment(&p);
    p.high[2] = 0; /* no bed at the first site */
    mip_solve(&p, &plain, &result);
    assert_int_equal(result.outcome, MIP_NOTHING);
    mip_solve(&p, &presolved, &result);
    assert_int_equal(result.outcome, MIP_NOTHING);
    mip_free(&p);
}

static void starts_from_a_point(void **unused) {
    mip p = {0};
    double x[4], start[4] = {1, 0, 0, 1};
    mip_result result = {.x = x};
    mip_limits limits = {.seconds = 10, .start = start};
    (void)unused;

    build_assignment(&p);
    mip_solve(&p, &limits, &result);
    assert_int_equal(result.outcome, MIP_OPTIMAL);
    assert_true(fabs(result.objective - 7) < 1e-6);
    mip_free(&p);
}

static void misuse_does_not_end_the_process(void **unused) {
    mip p = {0};
    double x[4];
    mip_result result = {.x = x};
    (void)unused;

    for (int round = 0; round < 3; round++) {
        build_assignment(&p);
        assert_true(mip_entry(&p, 0, 0, 1)); /* named twice: GLPK would abort */
        mip_solve(&p, &plain, &result);
        assert_int_equal(result.outcome, MIP_FAILED);
        mip_free(&p);
        build_assignment(&p);
        mip_solve(&p, &plain, &result);
        assert_int_equal(result.outcome, MIP_OPTIMAL);
        mip_free(&p);
    }
}

static bool always(void *context) {
    (void)context;
    return true;
}

/* A knapsack equality that takes branch and bound for ever: no even sum is odd. */
static void keeps_to_its_limits(void **unused) {
    mip p = {0};
    double x[40];
    mip_result result = {.x = x};
    mip_limits few = {.seconds = 10, .nodes = 50};
    mip_limits short_time = {.seconds = 0.1};
    mip_limits stopped = {.seconds = 10, .over = always};
    int row;
    (void)unused;

    row = mip_row(&p, 41, 41);
    for (int j = 0; j < 40; j++) assert_true(mip_entry(&p, row, mip_column(&p, 1, 1), 2));
    mip_solve(&p, &few, &result);
    assert_int_equal(result.outcome, MIP_LIMIT);
    mip_solve(&p, &short_time, &result);
    assert_int_equal(result.outcome, MIP_LIMIT);
    mip_solve(&p, &stopped, &result);
    assert_int_equal(result.outcome, MIP_LIMIT);
    mip_free(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_optimum),   cmocka_unit_test(says_when_nothing_exists),
        cmocka_unit_test(starts_from_a_point), cmocka_unit_test(misuse_does_not_end_the_process),
        cmocka_unit_test(keeps_to_its_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
