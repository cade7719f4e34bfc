/* Prices against the relaxation as GLPK's simplex solves it: random instances with every kind of
 * row, and generated weeks with beds to spare and too few, for all three goals. */
#include "unit/random_instance.h"

#include "engine/prices/prices.h"
#include "engine/run/run_build.h"

#include <glpk.h>
#include <math.h>

/* ---- The relaxation, row by row ----------------------------------------------------------------
 */

typedef struct {
    const model *m;
    model_goal goal;
    glp_prob *lp;
    int first_row; /* of the model's, in the program */
    int weight_row;
} relaxation;

static int add_column(const relaxation *x, double cost, double most) {
    int c = glp_add_cols(x->lp, 1);
    glp_set_col_bnds(x->lp, c, most < 0 ? GLP_LO : GLP_DB, 0, fabs(most));
    glp_set_obj_coef(x->lp, c, cost);
    return c;
}

static void fill_column(const relaxation *x, int c, int n, const int *rows, const double *uses) {
    glp_set_mat_col(x->lp, c, n, rows, uses);
}

static void add_stays(const relaxation *x, int u) {
    const model *m = x->m;
    options o = model_options(m, u);
    row_use *uses = calloc((size_t)m->max_uses, sizeof *uses);
    int *rows = calloc((size_t)m->max_uses + 2, sizeof *rows);
    double *values = calloc((size_t)m->max_uses + 2, sizeof *values);
    for (int i = 0; i < o.n; i++) {
        int n = model_uses(m, u, o.site[i], uses), kept = 1;
        double cost = x->goal == GOAL_WEIGHT ? 0 : (double)option_cost(&o, i);
        rows[1] = u + 1;
        values[1] = 1;
        for (int k = 0; k < n; k++) {
            rows[++kept] = x->first_row + uses[k].row;
            values[kept] = uses[k].use;
        }
        fill_column(x, add_column(x, cost, -1), kept, rows, values);
    }
    free(uses);
    free(rows);
    free(values);
}

static void add_unplaced(const relaxation *x, int u) {
    const unit *it = &x->m->units[u];
    double cost = x->goal == GOAL_COST     ? (double)it->unplaced_cost
                  : x->goal == GOAL_WEIGHT ? (double)it->weight
                                           : 0;
    int rows[] = {0, u + 1, x->weight_row};
    double values[] = {0, 1, (double)it->weight};
    fill_column(x, add_column(x, cost, -1), x->goal == GOAL_REST ? 2 : 1, rows, values);
}

/* Soft rows have a slack at their points, open rows give beds at their cost. */
static void add_row_column(const relaxation *x, int i) {
    const model_row *row = &x->m->rows[i];
    double points = x->goal == GOAL_WEIGHT ? 0 : (double)row->points;
    int rows[] = {0, x->first_row + i};
    double slack[] = {0, -1}, beds[] = {0, -(double)row->beds};
    if (row->kind == ROW_OPEN)
        fill_column(x, add_column(x, points, 1), 1, rows, beds);
    else if (row->points > 0)
        fill_column(x, add_column(x, points, -1), 1, rows, slack);
}

static double solve_relaxation(const model *m, model_goal goal, int64_t most_weight) {
    relaxation x = {.m = m, .goal = goal, .lp = glp_create_prob()};
    glp_smcp quiet;
    double value;

    glp_add_rows(x.lp, m->n_units + m->n_rows + 1);
    x.first_row = m->n_units + 1;
    x.weight_row = m->n_units + m->n_rows + 1;
    for (int u = 0; u < m->n_units; u++) glp_set_row_bnds(x.lp, u + 1, GLP_FX, 1, 1);
    for (int i = 0; i < m->n_rows; i++)
        glp_set_row_bnds(x.lp, x.first_row + i, GLP_UP, 0, (double)m->rows[i].rhs);
    glp_set_row_bnds(x.lp, x.weight_row, GLP_UP, 0, (double)most_weight);
    for (int u = 0; u < m->n_units; u++) add_stays(&x, u);
    for (int u = 0; u < m->n_units; u++) add_unplaced(&x, u);
    for (int i = 0; i < m->n_rows; i++) add_row_column(&x, i);
    glp_init_smcp(&quiet);
    quiet.msg_lev = GLP_MSG_OFF;
    assert_int_equal(glp_simplex(x.lp, &quiet), 0);
    assert_int_equal(glp_get_status(x.lp), GLP_OPT);
    value = glp_get_obj_val(x.lp);
    glp_delete_prob(x.lp);
    return value;
}

/* ---- The prices --------------------------------------------------------------------------------
 */

typedef struct {
    run r;
    plaats_settings settings;
} bench;

static void start_bench(bench *b, const model *m, int threads) {
    plaats_settings_default(&b->settings);
    b->settings.threads = threads;
    b->settings.time_limit = 1e6;
    assert_int_equal(run_build(&b->r, m, &b->settings, &(run_reserve){0}, NULL), PLAATS_OK);
}

static void end_bench(bench *b) {
    run_free(&b->r);
}

/* What prices prove is no more than the relaxation, rounded up, and hardly less. `scale`: what the
 * points at stake add up to. */
static void expect_near(int64_t bound, double relaxed, double scale) {
    double slack = 1e-3 + 2e-5 * scale;
    if ((double)bound > ceil(relaxed + 1e-6 * (1 + fabs(relaxed))) ||
        (double)bound < ceil(relaxed - slack) - 0.5)
        fail_msg("the prices prove %lld, the relaxation is %.6f", (long long)bound, relaxed);
}

static void check_prices(const model *m) {
    bench b;
    double least = solve_relaxation(m, GOAL_WEIGHT, 0), relaxed, placed;
    int64_t most = (int64_t)ceil(least - 1e-6);

    start_bench(&b, m, 2);
    relaxed = solve_relaxation(m, GOAL_COST, 0);
    placed = fabs(relaxed - least * (double)m->unplaced_points) + 1000;
    assert_int_equal(prices_find(&b.r, &b.r.proof, &b.r.proof_bound, NULL, NULL), PLAATS_OK);
    expect_near(b.r.proof_bound, relaxed, placed);
    assert_int_equal(prices_find(&b.r, &b.r.weight, &b.r.weight_bound, NULL, NULL), PLAATS_OK);
    assert_true(b.r.weight_bound == most);
    for (int more = 0; more < 2; more++) {
        free(b.r.rest.prices);
        b.r.rest = (model_prices){.goal = GOAL_REST, .most_weight = most + more};
        relaxed = solve_relaxation(m, GOAL_REST, most + more);
        assert_int_equal(prices_find(&b.r, &b.r.rest, &b.r.rest_bound, NULL, NULL), PLAATS_OK);
        expect_near(b.r.rest_bound, relaxed, fabs(relaxed) + 1000);
    }
    end_bench(&b);
}

static void every_kind_of_row(void **unused) {
    (void)unused;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        plaats_instance *in = random_instance_read(seed, 1, 4 + (int)(seed % 3), 8, 16);
        model *m = build(in);
        check_prices(m);
        model_free(m);
        plaats_instance_free(in);
    }
}

static int to_buffer(void *context, const char *bytes, size_t size) {
    buffer_add(context, bytes, size);
    return 0;
}

static plaats_instance *make_week(int64_t people, double fill, double settled, uint64_t seed) {
    plaats_generate_settings g;
    plaats_instance *in = NULL;
    buffer text = {0};

    plaats_generate_default(&g);
    g.people = people;
    g.sites = people / 15;
    g.people_per_bed = fill;
    g.settled = settled;
    g.seed = seed;
    assert_int_equal(plaats_generate(&g, to_buffer, &text, NULL), PLAATS_OK);
    assert_int_equal(plaats_instance_read(text.bytes, text.size, NULL, NULL, &in, NULL), PLAATS_OK);
    buffer_free(&text);
    return in;
}

static void generated_weeks(void **unused) {
    static const double FILL[] = {0.9, 0.97, 1.02, 1.15};
    (void)unused;
    for (uint64_t seed = 0; seed < 16; seed++) {
        plaats_instance *in = make_week(150 + 50 * (int64_t)(seed % 3), FILL[seed % 4],
                                        seed % 8 < 4 ? 0 : 0.9, seed + 1);
        model *m = build(in);
        check_prices(m);
        model_free(m);
        plaats_instance_free(in);
    }
}

/* Enough units for several chunks: one thread or three, the digits are the same. */
static void threads_change_nothing(void **unused) {
    plaats_instance *in = make_week(5000, 1, 0.5, 3);
    model *m = build(in);
    bench one, three;
    (void)unused;

    start_bench(&one, m, 1);
    start_bench(&three, m, 3);
    one.r.work_limit = three.r.work_limit = 400000000;
    assert_int_equal(prices_find(&one.r, &one.r.proof, &one.r.proof_bound, NULL, NULL), PLAATS_OK);
    assert_int_equal(prices_find(&three.r, &three.r.proof, &three.r.proof_bound, NULL, NULL),
                     PLAATS_OK);
    assert_true(one.r.proof_bound == three.r.proof_bound);
    assert_memory_equal(one.r.proof.prices, three.r.proof.prices,
                        (size_t)m->n_rows * sizeof(int64_t));
    end_bench(&one);
    end_bench(&three);
    model_free(m);
    plaats_instance_free(in);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_row),
        cmocka_unit_test(generated_weeks),
        cmocka_unit_test(threads_change_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
