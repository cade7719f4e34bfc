/* The relaxation: what it is worth is what GLPK finds for the exported model, and shrinking and
 * decisions that are taken back leave it so. */
#include "unit/relaxation_fixture.h"

#include "model/export.h"

#include <glpk.h>
#include <math.h>
#include <unistd.h>

typedef struct {
    tiny_week w;
    classes classes;
    cut_list cuts;
    relaxation x;
} bench;

/* Every option is in it, and it starts from the plan. */
static void start_bench(bench *b, model_goal goal, const int32_t *plan) {
    assert_int_equal(classes_build(&b->w.r.g, &b->classes, NULL), PLAATS_OK);
    assert_int_equal(relaxation_build(&b->w.r, goal,
                                      goal == GOAL_WEIGHT ? 1 : (double)b->w.m->unplaced_points,
                                      &b->cuts, &b->classes, &b->x, NULL),
                     PLAATS_OK);
    add_all(&b->x);
    assert_int_equal(relaxation_start(&b->x, plan, NULL), PLAATS_OK);
}

/* Every other week has classes of several units, and every other two count little for people
 * unplaced. */
static void open_bench(bench *b, uint64_t seed, model_goal goal) {
    int64_t unplaced = goal == GOAL_WEIGHT || seed % 4 < 2 ? NONE : 300;
    memset(b, 0, sizeof *b);
    either_week_build(&b->w, seed, unplaced);
    start_bench(b, goal, b->w.plans[b->w.n_plans / 2]);
}

static void open_packed_bench(bench *b, uint64_t seed) {
    memset(b, 0, sizeof *b);
    packed_week_build(&b->w, seed, 8, 8, 6);
    start_bench(b, GOAL_COST, b->w.r.best);
}

static void close_bench(bench *b) {
    relaxation_free(&b->x);
    cut_list_free(&b->cuts);
    classes_free(&b->classes);
    tiny_week_free(&b->w);
}

/* The exported model in GLPK, its integers free to be fractions. */
static double value_of_export(const model *m) {
    char name[] = "/tmp/plaats-test-XXXXXX";
    buffer text = {0};
    int file = mkstemp(name);
    glp_prob *p = glp_create_prob();
    glp_smcp options;
    double value;

    assert_int_equal(export_lp(m, keep_bytes, &text, NULL), PLAATS_OK);
    assert_true(file >= 0);
    assert_int_equal(write(file, text.bytes, text.size), text.size);
    close(file);
    glp_term_out(GLP_OFF);
    assert_int_equal(glp_read_lp(p, NULL, name), 0);
    glp_init_smcp(&options);
    assert_int_equal(glp_simplex(p, &options), 0);
    assert_int_equal(glp_get_status(p), GLP_OPT);
    value = glp_get_obj_val(p);
    glp_delete_prob(p);
    unlink(name);
    buffer_free(&text);
    return value;
}

static void it_is_worth_what_the_export_is(void **state) {
    int several = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= 24; seed++) {
        bench b;
        double value;
        open_bench(&b, seed, GOAL_COST);
        value = solve(&b.x, false);
        assert_true(near(value, value_of_export(b.w.m)));
        assert_true(value <= (double)b.w.best + 1e-6);
        several += largest_class(b.w.m, &b.classes) > 1;
        close_bench(&b);
    }
    assert_true(several > 8);
}

/* Prices from the program, as integers, prove its value over all options: class by class, and unit
 * by unit. */
static void its_prices_prove_its_value(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 24; seed++) {
        bench b;
        proof_case c = {0};
        prover p;
        double value;
        open_bench(&b, seed, GOAL_COST);
        value = solve(&b.x, false);
        assert_int_equal(relaxation_prices(&b.x, 1000000, 1, &c, NULL), PLAATS_OK);
        for (int of_units = 0; of_units < 2; of_units++) {
            assert_int_equal(
                prover_build(&b.w.r.g, &b.cuts, of_units == 1 ? NULL : &b.classes, &p, NULL),
                PLAATS_OK);
            assert_int_equal(proof_evaluate_case(&p, 1000000, &c, NULL, NULL), PLAATS_OK);
            assert_true((double)c.bound >= value - 0.01 && (double)c.bound < value + 1.01);
            prover_free(&p);
        }
        proof_case_free(&c);
        close_bench(&b);
    }
}

/* The least weight unplaced, in fractions. */
static void weights_have_a_value_too(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        bench b;
        int64_t least = INT64_MAX;
        open_bench(&b, seed, GOAL_WEIGHT);
        for (int i = 0; i < b.w.n_plans; i++) {
            int64_t weight = model_unplaced_weight(b.w.m, b.w.plans[i]);
            if (weight < least) least = weight;
        }
        assert_true(solve(&b.x, false) <= (double)least + 1e-6);
        assert_true(relaxation_value(&b.x) > -1e-6);
        close_bench(&b);
    }
}

/* However few columns stay, those in the basis do. */
static void shrinking_keeps_the_value(void **state) {
    const struct {
        double most;
        int choices;
    } how[] = {{1e9, 100}, {100, 2}, {1, 1}, {0, 0}};
    (void)state;
    for (uint64_t seed = 1; seed <= 16; seed++) {
        bench b;
        double value;
        open_bench(&b, seed, GOAL_COST);
        value = solve(&b.x, false);
        for (size_t i = 0; i < sizeof how / sizeof *how; i++) {
            int before = b.x.n_columns;
            int64_t iterations;
            assert_int_equal(relaxation_shrink(&b.x, how[i].most, how[i].choices, NULL), PLAATS_OK);
            assert_true(b.x.n_columns <= before);
            iterations = lp_iterations(b.x.p);
            assert_true(near(solve(&b.x, true), value));
            assert_int_equal(lp_iterations(b.x.p), iterations);
        }
        /* And what was dropped can come back. */
        add_all(&b.x);
        assert_true(near(solve(&b.x, false), value));
        close_bench(&b);
    }
}

/* Where the units are in the program's point, if it is whole, costs what the program says. */
static void whole_points_are_plans(void **state) {
    int found = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= 24; seed++) {
        bench b;
        int32_t at[16];
        bool opened;
        int64_t cost;
        double value;
        open_bench(&b, seed, GOAL_COST);
        assert_in_range(b.w.m->n_units, 1, 16);
        value = solve(&b.x, false);
        if (relaxation_whole(&b.x, at, &opened)) {
            assert_true(model_cost(b.w.m, at, &cost));
            assert_true(value <= (double)cost + 1e-6);
            if (opened) assert_true(near(value, (double)cost));
            found += opened;
        }
        close_bench(&b);
    }
    assert_true(found > 2);
}

/* ---- Decisions ----------------------------------------------------------------------------- */

static bool obeys(const bench *b, const int32_t *at, const decision *d) {
    const model *m = b->w.m;
    if (d->kind == DECIDE_AT)
        return (count_at(&b->classes, d->unit, at, d->site) >= d->count) == d->yes;
    if (d->kind == DECIDE_OPEN) return is_used(m, at, d->site) ? d->yes : !d->yes;
    return (model_unplaced_weight(m, at) >= d->weight) == d->yes;
}

/* The least cost of plans that obey; INT64_MAX: none does. */
static int64_t least_given(const bench *b, const decision *d) {
    int64_t least = INT64_MAX, cost;
    for (int i = 0; i < b->w.n_plans; i++)
        if (obeys(b, b->w.plans[i], d) && model_cost(b->w.m, b->w.plans[i], &cost) && cost < least)
            least = cost;
    return least;
}

/* What the program's point has of the class at the site. */
static double amount_at(const bench *b, int32_t class, int32_t site) {
    double sum = 0;
    for (int32_t c = b->x.first[class]; c != NONE; c = b->x.columns[c].next)
        if (b->x.columns[c].at == choice_of_site(site, 0)) sum += lp_x(b->x.p, c);
    return sum;
}

static void assert_point_obeys(const bench *b, const decision *d) {
    double amount;
    if (d->kind != DECIDE_AT) return;
    amount = amount_at(b, d->unit, d->site);
    assert_true(d->yes ? amount > d->count - 1e-6 : amount < d->count - 1 + 1e-6);
}

/* In, it is worth no less than without, and no more than the plans that obey; out, as before. */
static void decide_and_undo(bench *b, const decision *d, double value) {
    int64_t least = least_given(b, d);
    lp_outcome outcome;
    assert_int_equal(relaxation_decide(&b->x, d, true, NULL), PLAATS_OK);
    assert_int_equal(relaxation_solve(&b->x, true, &outcome, NULL), PLAATS_OK);
    assert_true(outcome == LP_OPTIMAL || outcome == LP_EMPTY);
    if (outcome == LP_EMPTY) assert_true(least == INT64_MAX);
    if (outcome == LP_OPTIMAL) {
        assert_point_obeys(b, d);
        assert_true(relaxation_value(&b->x) >= value - 1e-6 * (1 + fabs(value)));
        if (least < INT64_MAX)
            assert_true(relaxation_value(&b->x) <= (double)least + 1e-6 * (1 + fabs(value)));
    }
    assert_int_equal(relaxation_decide(&b->x, d, false, NULL), PLAATS_OK);
    assert_true(near(solve(&b->x, true), value));
}

static void decide_each_class(bench *b, bool yes, double value, int *several) {
    for (int u = 0; u < b->w.m->n_units; u++) {
        options o = model_options(b->w.m, u);
        for (int i = 0; i < o.n; i++)
            for (int n = 1; n <= b->classes.count[u]; n++) {
                const decision d = {DECIDE_AT, yes, u, o.site[i], 0, n, 0};
                decide_and_undo(b, &d, value);
                *several += n > 1;
            }
    }
}

static void decisions_can_be_taken_back(void **state) {
    int several = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= 16; seed++) {
        bench b;
        double value;
        open_bench(&b, seed, GOAL_COST);
        b.x.penalty = 1e6;
        value = solve(&b.x, false);
        for (int yes = 0; yes < 2; yes++) {
            decide_each_class(&b, yes == 1, value, &several);
            for (int j = 0; j < b.w.m->n_sites; j++)
                if (has_y(b.w.m, j))
                    decide_and_undo(&b, &(decision){DECIDE_OPEN, yes, NONE, j, 0, 0, 0}, value);
            for (int weight = 1; weight < 8; weight++)
                decide_and_undo(&b, &(decision){DECIDE_UNPLACED, yes, NONE, NONE, weight, 0, 0},
                                value);
        }
        close_bench(&b);
    }
    assert_true(several > 50);
}

/* Several about one class: each counts until the last is out. */
static void decisions_about_one_class_add_up(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 10; seed++) {
        bench b;
        double value, none;
        decision all[8];
        int n = 0;
        options o;
        open_bench(&b, seed, GOAL_COST);
        value = solve(&b.x, false);
        o = model_options(b.w.m, 0);
        for (int i = 0; i < o.n; i++)
            all[n++] = (decision){DECIDE_AT, false, 0, o.site[i], 0, 1, 0};
        for (int i = 0; i < n; i++)
            assert_int_equal(relaxation_decide(&b.x, &all[i], true, NULL), PLAATS_OK);
        none = solve(&b.x, true);
        for (int32_t c = b.x.first[0]; c != NONE; c = b.x.columns[c].next)
            assert_true(lp_x(b.x.p, c) < 1e-9);
        assert_true(none >= value - 1e-6);
        for (int i = 0; i < n; i++)
            assert_int_equal(relaxation_decide(&b.x, &all[i], false, NULL), PLAATS_OK);
        assert_true(near(solve(&b.x, true), value));
        close_bench(&b);
    }
}

static double decide_and_solve(bench *b, const decision *d, bool on) {
    assert_int_equal(relaxation_decide(&b->x, d, on, NULL), PLAATS_OK);
    return solve(&b->x, true);
}

/* Between two limits the narrower ones count, in whatever order they come and go. */
static void limits_of_a_class_nest(void **state) {
    int tried = 0, apart = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= 30; seed += 2) {
        bench b;
        double value;
        open_bench(&b, seed, GOAL_COST);
        value = solve(&b.x, false);
        for (int u = 0; u < b.w.m->n_units; u++) {
            options o = model_options(b.w.m, u);
            for (int i = 0; i < o.n && b.classes.count[u] > 1; i++) {
                const decision wide = {DECIDE_AT, false, u, o.site[i], 0, b.classes.count[u], 0};
                const decision narrow = {DECIDE_AT, false, u, o.site[i], 0, 1, 0};
                double widely = decide_and_solve(&b, &wide, true);
                double narrowly = decide_and_solve(&b, &narrow, true);
                assert_point_obeys(&b, &narrow);
                assert_true(near(decide_and_solve(&b, &wide, false), narrowly));
                assert_true(near(decide_and_solve(&b, &wide, true), narrowly));
                assert_true(near(decide_and_solve(&b, &narrow, false), widely));
                assert_point_obeys(&b, &wide);
                assert_true(near(decide_and_solve(&b, &wide, false), value));
                tried++;
                apart += !near(widely, narrowly);
            }
        }
        close_bench(&b);
    }
    assert_true(tried > 30 && apart > 10);
}

static void add_for_unfixed(bench *b) {
    for (int u = 0; u < b->w.m->n_units; u++) {
        options o = model_options(b->w.m, u);
        for (int i = 0; i < o.n && b->classes.count[u] > 0 && b->x.fixed[u] == CHOICE_UNFIXED; i++)
            if (!relaxation_has(&b->x, u, o.site[i]))
                assert_int_equal(relaxation_add(&b->x, u, o.site[i], NULL), PLAATS_OK);
    }
}

/* Whatever is left of the program, it is worth no less: classes outside it use rows, too. */
static void a_smaller_program_is_no_cheaper(void **state) {
    int dearer = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= 30; seed++) {
        bench all, few;
        open_packed_bench(&all, seed);
        open_packed_bench(&few, seed);
        (void)solve(&all.x, false);
        (void)solve(&few.x, false);
        assert_int_equal(relaxation_shrink(&few.x, 1, 1, NULL), PLAATS_OK);
        add_for_unfixed(&few);
        (void)solve(&few.x, false);
        for (int u = 0; u < all.w.m->n_units; u++)
            for (int32_t c = few.x.first[u]; c != NONE; c = few.x.columns[c].next) {
                const decision d = {DECIDE_AT, true,
                                    u,         choice_site(few.x.columns[c].at, 0),
                                    0,         all.classes.count[u],
                                    0};
                lp_outcome outcome[2];
                bench *both[] = {&all, &few};
                for (int i = 0; i < 2; i++) {
                    relaxation *x = &both[i]->x;
                    assert_int_equal(relaxation_decide(x, &d, true, NULL), PLAATS_OK);
                    assert_int_equal(relaxation_solve(x, true, &outcome[i], NULL), PLAATS_OK);
                }
                if (outcome[1] == LP_OPTIMAL) {
                    double value = relaxation_value(&all.x), left = relaxation_value(&few.x);
                    assert_int_equal(outcome[0], LP_OPTIMAL);
                    assert_true(left >= value - 1e-6 * (1 + fabs(value)));
                    dearer += !near(left, value);
                }
                for (int i = 0; i < 2; i++) (void)decide_and_solve(both[i], &d, false);
            }
        close_bench(&all);
        close_bench(&few);
    }
    assert_true(dearer > 5);
}

/* INFINITY: there is no point. */
static double value_given(bench *b, const decision *d, bool elastic) {
    lp_outcome outcome;
    double value;
    b->x.elastic = elastic;
    assert_int_equal(relaxation_decide(&b->x, d, true, NULL), PLAATS_OK);
    assert_int_equal(relaxation_solve(&b->x, true, &outcome, NULL), PLAATS_OK);
    assert_true(outcome == LP_OPTIMAL || (outcome == LP_EMPTY && !elastic));
    value = outcome == LP_OPTIMAL ? relaxation_value(&b->x) : INFINITY;
    if (outcome == LP_OPTIMAL && !elastic) assert_false(relaxation_pays_penalty(&b->x));
    assert_int_equal(relaxation_decide(&b->x, d, false, NULL), PLAATS_OK);
    b->x.elastic = false;
    return value;
}

/* That all of a class are at a site, elastically: worth the same where they can be and the penalty
 * is dear, never more, and far more than any plan where they cannot. */
static void penalties_stand_for_decisions(void **state) {
    int met = 0, unmet = 0, several = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        bench b;
        double value;
        open_bench(&b, seed, GOAL_COST);
        value = solve(&b.x, false);
        for (int u = 0; u < b.w.m->n_units; u++) {
            options o = model_options(b.w.m, u);
            for (int i = 0; i < o.n && b.classes.count[u] > 0; i++) {
                const decision d = {DECIDE_AT, true, u, o.site[i], 0, b.classes.count[u], 0};
                double firm = value_given(&b, &d, false), cheap, dear;
                b.x.penalty = 10;
                cheap = value_given(&b, &d, true);
                b.x.penalty = 1e7;
                dear = value_given(&b, &d, true);
                assert_true(cheap >= value - 1e-6 * (1 + fabs(value)));
                assert_true(cheap <= dear + 1e-6 * (1 + fabs(dear)));
                if (isfinite(firm)) assert_true(near(dear, firm));
                if (!isfinite(firm)) assert_true(dear > value + 1e5);
                met += isfinite(firm);
                unmet += !isfinite(firm);
                several += d.count > 1;
            }
        }
        assert_true(near(solve(&b.x, true), value));
        close_bench(&b);
    }
    assert_true(met > 100 && unmet > 10 && several > 50);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_worth_what_the_export_is),
        cmocka_unit_test(its_prices_prove_its_value),
        cmocka_unit_test(weights_have_a_value_too),
        cmocka_unit_test(shrinking_keeps_the_value),
        cmocka_unit_test(whole_points_are_plans),
        cmocka_unit_test(decisions_can_be_taken_back),
        cmocka_unit_test(decisions_about_one_class_add_up),
        cmocka_unit_test(limits_of_a_class_nest),
        cmocka_unit_test(penalties_stand_for_decisions),
        cmocka_unit_test(a_smaller_program_is_no_cheaper),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
