/* Linear programs in GLPK: growing, solving, bases, multipliers, and failure that stays inside. */
#include "engine/lp/lp.h"

#include "base/random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>

#define MOST 64

static const lp_limits primal = {.most = 1000, .seconds = 10};
static const lp_limits dual = {.dual = true, .most = 1000, .seconds = 10};

static bool near(double a, double b) {
    return fabs(a - b) < 1e-6 * (1 + fabs(b));
}

/* ---- A program with its own record of what was put in -------------------------------------- */

typedef struct {
    lp *p;
    int n_columns, n_rows;
    double a[MOST][MOST]; /* row, column */
    double cost[MOST], low[MOST], high[MOST], rhs[MOST];
} record;

static int take(const double *from, int n, size_t stride, int *at, double *value) {
    int entries = 0;
    for (int i = 0; i < n; i++) {
        if (from[(size_t)i * stride] == 0) continue;
        at[entries] = i;
        value[entries++] = from[(size_t)i * stride];
    }
    return entries;
}

/* The column's entries stand in a[..][n_columns]. */
static void add_column(record *k, double cost, double upper) {
    int at[MOST], j = k->n_columns++;
    double value[MOST];
    int n = take(&k->a[0][j], k->n_rows, MOST, at, value);
    k->cost[j] = cost;
    k->low[j] = 0;
    k->high[j] = upper;
    assert_int_equal(lp_add_column(k->p, cost, upper, (lp_vector){n, at, value}), j);
}

/* The row's entries stand in a[n_rows]. */
static void add_row(record *k, double rhs) {
    int at[MOST], i = k->n_rows++;
    double value[MOST];
    int n = take(k->a[i], k->n_columns, 1, at, value);
    k->rhs[i] = rhs;
    assert_int_equal(lp_add_row(k->p, rhs, (lp_vector){n, at, value}), i);
}

static double draw(random_stream *s, int low, int high) {
    return low + (double)random_below(s, (uint64_t)(high - low + 1));
}

static void draw_column(record *k, random_stream *s) {
    for (int i = 0; i < k->n_rows; i++)
        k->a[i][k->n_columns] = draw(s, 0, 2) > 0 ? 0 : draw(s, 1, 9);
    add_column(k, draw(s, -50, 9), draw(s, 0, 1) > 0 ? 1 : draw(s, 1, 4));
}

static void draw_row(record *k, random_stream *s) {
    for (int j = 0; j < k->n_columns; j++)
        k->a[k->n_rows][j] = draw(s, 0, 2) > 0 ? 0 : draw(s, 1, 9);
    add_row(k, draw(s, 0, 30));
}

static void draw_record(record *k, random_stream *s) {
    *k = (record){.p = lp_new()};
    assert_non_null(k->p);
    for (int i = 0; i < 6; i++) draw_row(k, s);
    for (int j = 0; j < 15; j++) draw_column(k, s);
    for (int i = 0; i < 3; i++) draw_row(k, s);
    assert_int_equal(lp_columns(k->p), k->n_columns);
    assert_int_equal(lp_rows(k->p), k->n_rows);
}

/* The point obeys everything, and prices prove that none is better (weak duality). */
static void assert_optimal(const record *k) {
    double value = 0, proved = 0;
    for (int i = 0; i < k->n_rows; i++) {
        double left = 0;
        for (int j = 0; j < k->n_columns; j++) left += k->a[i][j] * lp_x(k->p, j);
        assert_true(left <= k->rhs[i] + 1e-6);
        assert_true(lp_price(k->p, i) >= 0);
        proved -= lp_price(k->p, i) * k->rhs[i];
    }
    for (int j = 0; j < k->n_columns; j++) {
        double x = lp_x(k->p, j), reduced = k->cost[j];
        for (int i = 0; i < k->n_rows; i++) reduced += lp_price(k->p, i) * k->a[i][j];
        assert_true(near(reduced, lp_reduced(k->p, j)));
        assert_true(x >= k->low[j] - 1e-6 && x <= k->high[j] + 1e-6);
        value += k->cost[j] * x;
        proved += reduced > 0 ? reduced * k->low[j] : reduced * k->high[j];
    }
    assert_true(near(value, lp_value(k->p)));
    assert_true(near(proved, value));
}

static void set_bounds(record *k, int column, double low, double high) {
    k->low[column] = low;
    k->high[column] = high;
    lp_set_bounds(k->p, column, low, high);
}

/* ---- Tests --------------------------------------------------------------------------------- */

/* minimize -3a - 2b, a + b <= 4, a + 3b <= 6, a <= 3 */
static void a_program_by_hand(void **state) {
    record k = {.p = lp_new()};
    (void)state;
    assert_non_null(k.p);
    add_column(&k, -3, 3);
    add_column(&k, -2, INFINITY);
    k.a[0][0] = k.a[0][1] = k.a[1][0] = 1;
    k.a[1][1] = 3;
    add_row(&k, 4);
    add_row(&k, 6);
    assert_int_equal(lp_solve(k.p, &primal), LP_OPTIMAL);
    assert_true(near(lp_value(k.p), -11));
    assert_true(near(lp_x(k.p, 0), 3) && near(lp_x(k.p, 1), 1));
    assert_true(near(lp_reduced(k.p, 0) + lp_price(k.p, 0) * -1 + lp_price(k.p, 1) * -1, -3));
    lp_set_rhs(k.p, 0, 3.5);
    assert_true(near(lp_rhs(k.p, 0), 3.5));
    assert_int_equal(lp_solve(k.p, &dual), LP_OPTIMAL);
    assert_true(near(lp_value(k.p), -10));
    assert_true(lp_iterations(k.p) > 0);
    lp_free(k.p);
}

/* Both methods, and rows and columns that come later. */
static void what_grows_stays_optimal(void **state) {
    random_stream s = random_start(31);
    (void)state;
    for (int round = 0; round < 60; round++) {
        record k;
        double before;
        draw_record(&k, &s);
        assert_int_equal(lp_solve(k.p, &primal), LP_OPTIMAL);
        assert_optimal(&k);
        before = lp_value(k.p);
        draw_row(&k, &s);
        assert_true(lp_slack_is_basic(k.p, k.n_rows - 1));
        assert_int_equal(lp_solve(k.p, &dual), LP_OPTIMAL);
        assert_optimal(&k);
        assert_true(lp_value(k.p) >= before - 1e-6);
        draw_column(&k, &s);
        assert_false(lp_is_basic(k.p, k.n_columns - 1));
        k.cost[2] = -60;
        lp_set_cost(k.p, 2, -60);
        assert_int_equal(lp_solve(k.p, &primal), LP_OPTIMAL);
        assert_optimal(&k);
        lp_free(k.p);
    }
}

static void a_column_says_what_is_in_it(void **state) {
    random_stream s = random_start(32);
    record k;
    int at[MOST];
    double value[MOST];
    (void)state;
    draw_record(&k, &s);
    for (int j = 0; j < k.n_columns; j++) {
        int n = lp_column(k.p, j, at, value), wanted = 0;
        for (int i = 0; i < k.n_rows; i++) wanted += k.a[i][j] != 0;
        assert_int_equal(n, wanted);
        for (int e = 0; e < n; e++) assert_true(value[e] == k.a[at[e]][j]);
    }
    lp_free(k.p);
}

/* From a basis that was kept no step is left to do, whatever happened in between. */
static void bases_come_back(void **state) {
    random_stream s = random_start(33);
    (void)state;
    for (int round = 0; round < 40; round++) {
        record k;
        unsigned char basis[2 * MOST];
        double value, high;
        int64_t iterations;
        int columns, rows;
        draw_record(&k, &s);
        assert_int_equal(lp_solve(k.p, &primal), LP_OPTIMAL);
        value = lp_value(k.p);
        columns = lp_columns(k.p);
        rows = lp_rows(k.p);
        lp_get_basis(k.p, basis);
        /* A column that does not pay, a row that does not bind, and one column shut for a while. */
        k.a[0][k.n_columns] = 1;
        add_column(&k, 5, 1);
        for (int j = 0; j < k.n_columns; j++) k.a[k.n_rows][j] = 1;
        add_row(&k, 1000);
        high = k.high[0];
        set_bounds(&k, 0, 0, 0);
        assert_int_equal(lp_solve(k.p, &dual), LP_OPTIMAL);
        assert_optimal(&k);
        set_bounds(&k, 0, 0, high);
        lp_set_basis(k.p, basis, columns, rows);
        iterations = lp_iterations(k.p);
        assert_int_equal(lp_solve(k.p, &dual), LP_OPTIMAL);
        assert_int_equal(lp_iterations(k.p), iterations);
        assert_true(near(lp_value(k.p), value));
        assert_optimal(&k);
        lp_free(k.p);
    }
}

/* A row of the inverse: times the columns of the basis it is 1 at its own and 0 at the others. */
static void multipliers_are_a_row_of_the_inverse(void **state) {
    random_stream s = random_start(34);
    int found = 0;
    (void)state;
    for (int round = 0; round < 30; round++) {
        record k;
        double y[MOST];
        draw_record(&k, &s);
        assert_int_equal(lp_solve(k.p, &primal), LP_OPTIMAL);
        for (int c = 0; c < k.n_columns; c++) {
            if (!lp_is_basic(k.p, c)) {
                assert_false(lp_multipliers(k.p, c, y));
                continue;
            }
            assert_true(lp_multipliers(k.p, c, y));
            for (int j = 0; j < k.n_columns; j++) {
                double sum = 0;
                for (int i = 0; i < k.n_rows; i++) sum += y[i] * k.a[i][j];
                if (lp_is_basic(k.p, j)) assert_true(near(sum, j == c));
            }
            for (int i = 0; i < k.n_rows; i++)
                if (lp_slack_is_basic(k.p, i)) assert_true(near(y[i], 0));
            found++;
        }
        lp_free(k.p);
    }
    assert_true(found > 50);
}

static void idle_rows_can_go(void **state) {
    random_stream s = random_start(35);
    record k;
    int idle[MOST], n = 0;
    double value;
    (void)state;
    draw_record(&k, &s);
    add_row(&k, 7); /* without entries */
    assert_int_equal(lp_solve(k.p, &primal), LP_OPTIMAL);
    value = lp_value(k.p);
    for (int i = 0; i < k.n_rows; i++)
        if (lp_slack_is_basic(k.p, i)) idle[n++] = i;
    assert_true(n > 0);
    assert_true(lp_delete_rows(k.p, n, idle));
    assert_int_equal(lp_rows(k.p), k.n_rows - n);
    assert_int_equal(lp_solve(k.p, &dual), LP_OPTIMAL);
    assert_true(near(lp_value(k.p), value));
    lp_free(k.p);
}

/* Two copies; the one that takes over the other's basis has nothing to do. */
static void a_basis_is_taken_over(void **state) {
    random_stream s = random_start(36), again = s;
    record a, b;
    (void)state;
    draw_record(&a, &s);
    draw_record(&b, &again);
    assert_int_equal(lp_solve(a.p, &primal), LP_OPTIMAL);
    for (int j = 0; j < a.n_columns; j++) lp_set_like(b.p, j, a.p, j);
    for (int i = 0; i < a.n_rows; i++) lp_set_row_like(b.p, i, a.p, i);
    assert_int_equal(lp_solve(b.p, &dual), LP_OPTIMAL);
    assert_int_equal(lp_iterations(b.p), 0);
    assert_true(near(lp_value(a.p), lp_value(b.p)));
    lp_free(a.p);
    lp_free(b.p);
}

/* minimize -2a - b, a + b <= 1, b <= 1: with a in the basis it is solved. */
static void a_first_basis_can_be_given(void **state) {
    record k = {.p = lp_new()};
    (void)state;
    assert_non_null(k.p);
    k.a[0][0] = k.a[0][1] = 1;
    add_column(&k, -2, INFINITY);
    add_column(&k, -1, 1);
    add_row(&k, 1);
    lp_enter(k.p, 0, 0);
    assert_int_equal(lp_solve(k.p, &primal), LP_OPTIMAL);
    assert_int_equal(lp_iterations(k.p), 0);
    assert_true(near(lp_x(k.p, 0), 1));
    /* Begun at b = 1, it has to come down. */
    lp_set_basis(k.p, (const unsigned char[3]){0}, 0, 0);
    lp_rest_high(k.p, 1);
    assert_int_equal(lp_solve(k.p, &primal), LP_OPTIMAL);
    assert_true(lp_iterations(k.p) > 0);
    assert_true(near(lp_value(k.p), -2));
    lp_free(k.p);
}

static bool always(void *context) {
    ++*(int *)context;
    return true;
}

static void ends_are_told_apart(void **state) {
    random_stream s = random_start(37);
    record k;
    int asked = 0;
    lp_limits few = {.most = 1, .seconds = 10};
    lp_limits late = {.most = 1000, .seconds = 0};
    lp_limits stopped = {.most = 1000, .seconds = 10, .over = always, .context = &asked};
    (void)state;
    draw_record(&k, &s);
    assert_int_equal(lp_solve(k.p, &few), LP_LIMIT);
    assert_int_equal(lp_solve(k.p, &late), LP_LIMIT);
    assert_int_equal(lp_solve(k.p, &stopped), LP_LIMIT);
    assert_true(asked > 0);
    assert_int_equal(lp_solve(k.p, &primal), LP_OPTIMAL);
    /* All columns at 1 or more, and a row that allows less. */
    for (int j = 0; j < k.n_columns; j++) set_bounds(&k, j, 1, 4);
    for (int j = 0; j < k.n_columns; j++) k.a[k.n_rows][j] = 1;
    add_row(&k, 2);
    assert_int_equal(lp_solve(k.p, &dual), LP_EMPTY);
    lp_free(k.p);
}

/* A column named twice: GLPK would end the process. */
static void misuse_ends_the_program_only(void **state) {
    const int twice[] = {0, 0};
    const double value[] = {1, 1};
    (void)state;
    for (int round = 0; round < 3; round++) {
        random_stream s = random_start(38);
        record k;
        double y[MOST];
        draw_record(&k, &s);
        assert_int_equal(lp_solve(k.p, &primal), LP_OPTIMAL);
        assert_int_equal(lp_add_row(k.p, 1, (lp_vector){2, twice, value}), -1);
        /* From now on nothing works, and nothing breaks. */
        assert_int_equal(lp_add_row(k.p, 1, (lp_vector){0}), -1);
        assert_int_equal(lp_add_column(k.p, 1, 1, (lp_vector){0}), -1);
        assert_int_equal(lp_solve(k.p, &primal), LP_FAILED);
        assert_false(lp_multipliers(k.p, 0, y));
        assert_false(lp_delete_rows(k.p, 1, twice));
        assert_int_equal(lp_columns(k.p), 0);
        assert_int_equal(lp_rows(k.p), 0);
        lp_set_bounds(k.p, 0, 0, 1);
        lp_set_cost(k.p, 0, 1);
        lp_set_rhs(k.p, 0, 1);
        lp_free(k.p);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_program_by_hand),
        cmocka_unit_test(what_grows_stays_optimal),
        cmocka_unit_test(a_column_says_what_is_in_it),
        cmocka_unit_test(bases_come_back),
        cmocka_unit_test(multipliers_are_a_row_of_the_inverse),
        cmocka_unit_test(idle_rows_can_go),
        cmocka_unit_test(a_basis_is_taken_over),
        cmocka_unit_test(a_first_basis_can_be_given),
        cmocka_unit_test(ends_are_told_apart),
        cmocka_unit_test(misuse_ends_the_program_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
