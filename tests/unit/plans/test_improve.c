/* Better plans from plans: what there is to win adds up to the gap, and whatever chains and
 * neighbourhoods do, the plan stays feasible, its cost exact, and no worse. */
#include "engine/plans/improve.h"

#include "base/buffer.h"
#include "engine/plans/augment.h"
#include "engine/plans/chains.h"
#include "engine/plans/construct.h"
#include "engine/run/run_build.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NEAREST 10

typedef struct {
    plaats_instance *in;
    model *m;
    plaats_settings settings;
    run r;
    double *price;
    state s;
    shortlist l;
} planning;

static int to_buffer(void *context, const char *bytes, size_t size) {
    buffer_add(context, bytes, size);
    return 0;
}

/* A generated week at prices between 0 and 40, soft rows within their points. */
static void make_week(planning *w, int64_t people, int64_t sites, double fill, uint64_t seed) {
    plaats_generate_settings g;
    random_stream random = random_start(seed);
    buffer text = {0};

    memset(w, 0, sizeof *w);
    plaats_generate_default(&g);
    g.people = people;
    g.sites = sites;
    g.people_per_bed = fill;
    g.settled = 0.4;
    g.seed = seed;
    assert_int_equal(plaats_generate(&g, to_buffer, &text, NULL), PLAATS_OK);
    assert_int_equal(plaats_instance_read(text.bytes, text.size, NULL, NULL, &w->in, NULL),
                     PLAATS_OK);
    assert_int_equal(model_build(w->in, NONE, &w->m, NULL), PLAATS_OK);
    buffer_free(&text);
    plaats_settings_default(&w->settings);
    w->settings.threads = 1;
    w->settings.time_limit = 1000;
    assert_int_equal(run_build(&w->r, w->m, &w->settings, &(run_reserve){0}, NULL), PLAATS_OK);
    assert_non_null(w->price = zero_alloc((size_t)w->m->n_rows, sizeof *w->price));
    for (int i = 0; i < w->m->n_rows; i++) {
        const model_row *row = &w->m->rows[i];
        int64_t most = row->kind != ROW_OPEN && row->points > 0 ? row->points : 40;
        w->price[i] = (double)random_below(&random, (uint64_t)(most < 40 ? most : 40) + 1);
    }
    assert_int_equal(state_build(&w->r.g, &w->s, NULL), PLAATS_OK);
    assert_int_equal(
        construct_from_prices(&w->r.g, w->price, (double)w->m->unplaced_points, 1, &w->s, NULL),
        PLAATS_OK);
    assert_int_equal(
        shortlist_build(&w->r.g, w->price, (double)w->m->unplaced_points, NEAREST, 1, &w->l, NULL),
        PLAATS_OK);
    run_offer(&w->r, w->s.at, w->s.cost);
}

static void free_week(planning *w) {
    shortlist_free(&w->l);
    state_free(&w->s);
    run_free(&w->r);
    free(w->price);
    model_free(w->m);
    plaats_instance_free(w->in);
}

static void check_plan(const planning *w) {
    int64_t cost;
    assert_true(model_cost(w->m, w->s.at, &cost));
    assert_true(cost == w->s.cost);
}

static double quota_stake(const model_row *row, double price, int64_t load) {
    int64_t over = load > row->rhs ? load - row->rhs : 0;
    return (double)over * ((double)row->points - price) + price * (double)(row->rhs - load + over);
}

/* At any prices a plan costs what they prove, plus losses, plus what the room left is worth. */
static void losses_and_room_make_up_the_gap(void **unused) {
    (void)unused;
    for (uint64_t seed = 1; seed <= 6; seed++) {
        planning w;
        int64_t bound, *prices;
        double stake;
        make_week(&w, 150, 12, seed % 2 == 0 ? 1.1 : 0.9, seed);
        assert_non_null(prices = zero_alloc((size_t)w.m->n_rows, sizeof *prices));
        for (int i = 0; i < w.m->n_rows; i++) prices[i] = (int64_t)w.price[i];
        assert_true(model_bound(w.m, 1, prices, &bound));
        stake = shortlist_stake(&w.l, &w.s, NONE, 0);
        for (int j = 0; j < w.m->n_sites; j++) stake += shortlist_stake(&w.l, &w.s, j, 0);
        for (int i = 0; i < w.m->n_rows; i++)
            if (w.m->rows[i].site == NONE)
                stake += quota_stake(&w.m->rows[i], w.price[i], w.s.load[i]);
        assert_true(fabs(stake - (double)(w.s.cost - bound)) < 0.01);
        free(prices);
        free_week(&w);
    }
}

/* The lists are the nearest options in order, and the lists of sites are the same turned round. */
static void lists_are_in_order(void **unused) {
    planning w;
    int listed = 0;
    (void)unused;
    make_week(&w, 200, 30, 0.95, 3);
    for (int u = 0; u < w.m->n_units; u++) {
        int n = w.l.start[u + 1] - w.l.start[u], all = model_options(w.m, u).n;
        assert_true(n >= (all < NEAREST ? all : NEAREST));
        for (int i = w.l.start[u]; i < w.l.start[u + 1]; i++) {
            int64_t cost;
            assert_true(model_option_cost(w.m, u, w.l.option[i], &cost) && cost == w.l.cost[i]);
            assert_true(w.l.loss[i] >= 0 && (i == w.l.start[u] || w.l.loss[i - 1] <= w.l.loss[i]));
        }
        listed += n;
    }
    for (int j = 0; j < w.m->n_sites; j++)
        for (int i = w.l.suit_start[j] + 1; i < w.l.suit_start[j + 1]; i++)
            assert_true(w.l.suitors[i - 1].loss <= w.l.suitors[i].loss);
    assert_int_equal(listed, w.l.suit_start[w.m->n_sites]);
    free_week(&w);
}

static void chains_only_gain(void **unused) {
    int gained = 0;
    (void)unused;
    for (uint64_t seed = 1; seed <= 8; seed++) {
        planning w;
        int64_t before;
        make_week(&w, 250, 15, seed % 2 == 0 ? 1.08 : 0.93, seed);
        before = w.s.cost;
        assert_int_equal(chains_improve(&w.r, &w.l, &w.s, NULL), PLAATS_OK);
        check_plan(&w);
        assert_true(w.s.cost <= before && w.r.best_cost == w.s.cost);
        gained += w.s.cost < before;
        free_week(&w);
    }
    assert_true(gained >= 6);
}

/* Room is made for people where there are beds, and nobody else loses his. */
static void room_is_made_for_those_left(void **unused) {
    int64_t before = 0, after = 0;
    (void)unused;
    for (uint64_t seed = 1; seed <= 32; seed++) {
        planning w;
        int64_t cost, left;
        make_week(&w, 400, 20, seed % 2 == 0 ? 1.08 : 0.97, seed);
        cost = w.s.cost;
        left = model_unplaced_weight(w.m, w.s.at);
        assert_int_equal(augment_plan(&w.r, w.price, &w.s, NULL), PLAATS_OK);
        check_plan(&w);
        assert_true(w.s.cost <= cost && model_unplaced_weight(w.m, w.s.at) <= left);
        if (seed % 2 == 1) {
            before += left;
            after += model_unplaced_weight(w.m, w.s.at);
        }
        free_week(&w);
    }
    assert_true(after < before / 2);
}

static void search(planning *w, neighbourhood_purpose purpose, uint64_t seed) {
    random_stream random = random_start(seed);
    int64_t before = w->s.cost;
    assert_int_equal(improve_by_moves(&w->r, &w->l, &w->s, &random, NULL), PLAATS_OK);
    check_plan(w);
    assert_true(w->s.cost <= before);
    before = w->s.cost;
    assert_int_equal(improve_by_neighbourhoods(&w->r, &w->l, &w->s, purpose, &random, NULL),
                     PLAATS_OK);
    check_plan(w);
    assert_true(w->s.cost <= before && w->r.best_cost == w->s.cost);
}

/* Solved on whatever threads there are, twice: the same plan. */
static void neighbourhoods_only_gain_and_repeat(void **unused) {
    (void)unused;
    for (uint64_t seed = 1; seed <= 4; seed++) {
        planning a, b;
        make_week(&a, 250, 15, seed % 2 == 0 ? 1.08 : 0.93, seed);
        make_week(&b, 250, 15, seed % 2 == 0 ? 1.08 : 0.93, seed);
        search(&a, UNTIL_FRUITLESS, 7);
        search(&b, UNTIL_FRUITLESS, 7);
        assert_memory_equal(a.s.at, b.s.at, (size_t)a.m->n_units * sizeof *a.s.at);
        free_week(&a);
        free_week(&b);
    }
}

static void brief_ones_take_less_work(void **unused) {
    int64_t brief = 0, patient = 0;
    (void)unused;
    for (uint64_t seed = 1; seed <= 4; seed++) {
        planning a, b;
        make_week(&a, 250, 15, 0.93, seed);
        make_week(&b, 250, 15, 0.93, seed);
        search(&a, BRIEFLY, 7);
        search(&b, UNTIL_FRUITLESS, 7);
        brief += a.r.work;
        patient += b.r.work;
        free_week(&a);
        free_week(&b);
    }
    assert_true(brief < patient);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(losses_and_room_make_up_the_gap),
        cmocka_unit_test(lists_are_in_order),
        cmocka_unit_test(chains_only_gain),
        cmocka_unit_test(room_is_made_for_those_left),
        cmocka_unit_test(neighbourhoods_only_gain_and_repeat),
        cmocka_unit_test(brief_ones_take_less_work),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
