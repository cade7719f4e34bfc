/* Cuts that are found: the point breaks them, no plan does, and what the relaxation is worth with
 * them stays below every plan. */
#include "unit/relaxation_fixture.h"

#include "engine/branch_cut/separate.h"

#include <math.h>

#define ROUNDS 8

/* Every other week has classes of several units. */
static void open_bench(cut_bench *b, uint64_t seed) {
    int64_t unplaced = seed % 4 < 2 ? NONE : 300;
    memset(b, 0, sizeof *b);
    either_week_build(&b->w, seed, unplaced);
    start_cut_bench(b);
}

/* Of larger classes; there is no list of its plans. */
static void open_packed_bench(cut_bench *b, uint64_t seed) {
    memset(b, 0, sizeof *b);
    packed_week_build(&b->w, seed, 8, 8, 6);
    start_cut_bench(b);
}

/* Rounding takes units of a class for the same. */
static void assert_alike_in(const cut_bench *b, const cut *c) {
    for (int u = 0; u < b->w.m->n_units && c->kind == CUT_ROUND; u++)
        for (int j = 0; j < b->w.m->n_sites; j++)
            assert_int_equal(cut_use(c, u, j), cut_use(c, b->classes.first[u], j));
}

/* The cuts from `from` on: as many as were found, each in a row with those like it. */
static void assert_cuts_off(const cut_bench *b, int from, int found) {
    int k = from;
    for (; k < b->p.cuts.n; found--) {
        int all = b->p.cuts.at[k].alike;
        assert_true(all == 1 || b->p.cuts.at[k].kind == CUT_LINK);
        assert_true(excess(b, &b->p.cuts.at[k]) > 0.005);
        assert_true(b->x.cut_row[k] != NONE);
        for (int i = 0; i < all; i++, k++) {
            assert_true(i == 0 || k >= b->x.cut_room || b->x.cut_row[k] == NONE);
            assert_cut_holds(&b->w, &b->p.cuts.at[k]);
            assert_alike_in(b, &b->p.cuts.at[k]);
        }
    }
    assert_int_equal(k, b->p.cuts.n);
    assert_int_equal(found, 0);
}

/* And the point that comes of it obeys them. */
static int cut_once(cut_bench *b) {
    int before = b->p.cuts.n, found;
    double value = relaxation_value(&b->x);
    assert_int_equal(separate(&b->x, &b->cutter, 10, &found, NULL), PLAATS_OK);
    assert_cuts_off(b, before, found);
    solve(&b->x, true);
    for (int k = before; k < b->p.cuts.n; k += b->p.cuts.at[k].alike)
        assert_true(excess(b, &b->p.cuts.at[k]) < 1e-5);
    assert_true(relaxation_value(&b->x) >= value - 1e-6 * (1 + fabs(value)));
    return found;
}

static int cut_often(cut_bench *b) {
    int all = 0, found = 1;
    for (int round = 0; round < ROUNDS && found > 0; round++) all += found = cut_once(b);
    return all;
}

static void what_is_found_holds_in_every_plan(void **state) {
    int all = 0, links = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= 100; seed++) {
        cut_bench b;
        open_bench(&b, seed);
        all += cut_often(&b);
        for (int k = 0; k < b.p.cuts.n; k++) links += b.p.cuts.at[k].alike > 1;
        assert_true(relaxation_value(&b.x) <=
                    (double)b.w.best + 1e-6 * (1 + fabs((double)b.w.best)));
        close_cut_bench(&b);
    }
    assert_true(all > 100 && links > 10);
}

static int shrink(cut_bench *b, int *several) {
    int fixed = 0;
    assert_int_equal(relaxation_shrink(&b->x, 1, 1, NULL), PLAATS_OK);
    solve(&b->x, true);
    for (int u = 0; u < b->w.m->n_units; u++) {
        fixed += b->x.fixed[u] >= 0;
        *several += b->x.fixed[u] >= 0 && b->classes.count[u] > 1;
    }
    return fixed;
}

/* With classes fixed outside the program, too. */
static void fixed_classes_count(void **state) {
    int all = 0, fixed = 0, several = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= 100; seed++) {
        cut_bench b;
        open_bench(&b, seed);
        fixed += shrink(&b, &several);
        all += cut_often(&b);
        close_cut_bench(&b);
    }
    assert_true(all > 50 && fixed > 50 && several > 10);
}

static void large_classes_count(void **state) {
    int all = 0, fixed = 0, several = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        cut_bench b;
        open_packed_bench(&b, seed);
        if (seed % 3 > 0) fixed += shrink(&b, &several);
        all += cut_often(&b);
        close_cut_bench(&b);
    }
    assert_true(all > 500 && fixed > 50 && several > 40);
}

/* What no longer binds can be dropped without a change, and the cut then is in no row. */
static void idle_cuts_can_go(void **state) {
    int dropped = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        cut_bench b;
        int rows;
        double value;
        open_bench(&b, seed);
        (void)cut_often(&b);
        value = relaxation_value(&b.x);
        rows = b.x.n_rows;
        assert_int_equal(relaxation_drop_idle(&b.x, NULL), PLAATS_OK);
        dropped += rows - b.x.n_rows;
        for (int i = 0; i < b.x.n_rows; i++)
            if (b.x.rows[i].kind == LP_ROW_CUT) assert_int_equal(b.x.cut_row[b.x.rows[i].item], i);
        solve(&b.x, true);
        assert_true(fabs(relaxation_value(&b.x) - value) < 1e-6 * (1 + fabs(value)));
        close_cut_bench(&b);
    }
    assert_true(dropped > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_found_holds_in_every_plan),
        cmocka_unit_test(fixed_classes_count),
        cmocka_unit_test(large_classes_count),
        cmocka_unit_test(idle_cuts_can_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
