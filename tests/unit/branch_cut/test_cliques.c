/* Cliques that are found: the point breaks them, no plan does, with no more cuts under them than
 * there are units, and the check gets what prices on them prove. */
#include "unit/relaxation_fixture.h"

#include "engine/branch_cut/cliques.h"

#include <math.h>

/* ---- Weeks --------------------------------------------------------------------------------- */

/* Households of one person each; `wishes`: the text of those of household i. */
static void write_home(buffer *people, buffer *households, int i, const char *wishes) {
    const char *comma = i > 0 ? ", " : "";
    buffer_format(people, "%s{\"id\": \"p%d\", \"household\": \"h%d\", \"age\": 30}", comma, i, i);
    buffer_format(households, "%s{\"id\": \"h%d\", \"wishes\": {%s}}", comma, i, wishes);
}

static plaats_instance *read_week(int sites, const buffer *people, const buffer *households,
                                  const buffer *apart) {
    plaats_instance *in = NULL;
    buffer text = {0};
    buffer_text(&text, "{\"format\": \"plaats.instance/1\", \"week\": \"2023-W06\", \"sites\": [");
    for (int j = 0; j < sites; j++)
        buffer_format(&text, "%s{\"id\": \"s%d\", \"beds\": 20}", j > 0 ? ", " : "", j);
    buffer_format(&text, "], \"people\": [%s], \"households\": [%s], \"apart\": [%s]}",
                  people->bytes, households->bytes, apart->bytes);
    if (plaats_instance_read(text.bytes, text.size, show_problem, NULL, &in, NULL) != PLAATS_OK)
        fail_msg("the instance was refused: %s", text.bytes);
    buffer_free(&text);
    return in;
}

/* n households that differ in their wishes, at one site or more; who is apart from whom. */
static plaats_instance *apart_week(int n, int sites, const char *groups) {
    buffer people = {0}, households = {0}, apart = {0};
    plaats_instance *in;
    char wishes[40];
    for (int i = 0; i < n; i++) {
        snprintf(wishes, sizeof wishes, "\"s0\": %d", i);
        write_home(&people, &households, i, wishes);
    }
    buffer_text(&apart, groups);
    in = read_week(sites, &people, &households, &apart);
    buffer_free(&people);
    buffer_free(&households);
    buffer_free(&apart);
    return in;
}

static void add_group(buffer *apart, int n, const int *members) {
    buffer_format(apart, "%s{\"households\": [", apart->size > 0 ? ", " : "");
    for (int i = 0; i < n; i++) buffer_format(apart, "%s\"h%d\"", i > 0 ? ", " : "", members[i]);
    buffer_text(apart, "]}");
}

/* All pairs of households first .. first+n-1. */
static void add_pairs(buffer *apart, int first, int n) {
    for (int i = first; i < first + n; i++)
        for (int k = i + 1; k < first + n; k++) add_group(apart, 2, (int[]){i, k});
}

/* Seven households of five classes; most classes are apart from each other, and then all of each.
 */
static plaats_instance *drawn_week(uint64_t seed) {
    static const int first[] = {0, 1, 3, 4, 6, 7};
    random_stream s = random_start(seed);
    buffer people = {0}, households = {0}, apart = {0};
    plaats_instance *in;
    for (int a = 0; a < 5; a++) {
        char wishes[80];
        snprintf(wishes, sizeof wishes, "\"s0\": %d, \"s1\": %d, \"s2\": %d", draw(&s, 0, 60),
                 draw(&s, 0, 60), draw(&s, 0, 60));
        for (int i = first[a]; i < first[a + 1]; i++) write_home(&people, &households, i, wishes);
        for (int b = 0; b < a; b++) {
            int members[4], n = 0;
            for (int i = first[a]; i < first[a + 1]; i++) members[n++] = i;
            for (int i = first[b]; i < first[b + 1]; i++) members[n++] = i;
            if (chance(&s, 80)) add_group(&apart, n, members);
        }
    }
    in = read_week(3, &people, &households, &apart);
    buffer_free(&people);
    buffer_free(&households);
    buffer_free(&apart);
    return in;
}

/* ---- The bench ----------------------------------------------------------------------------- */

static void open_bench(cut_bench *b, plaats_instance *in) {
    memset(b, 0, sizeof *b);
    start_run(&b->w, in);
    list_plans(&b->w);
    b->p.scale = 1000;
    start_cut_bench(b);
}

static bool is_in_row(const cut_bench *b, int k) {
    return k < b->x.cut_room && b->x.cut_row[k] != NONE;
}

/* One of a few units at one site, at most. */
static void assert_clique(const cut_bench *b, const cut *c) {
    assert_int_equal(c->rhs, 1);
    assert_true(c->n_entries >= 3);
    for (int i = 0; i < c->n_entries; i++) {
        assert_int_equal(c->entries[i].use, 1);
        assert_int_equal(c->entries[i].site, c->entries[0].site);
    }
    assert_cut_holds(&b->w, c);
}

static int cut_once(cut_bench *b) {
    int before = b->p.cuts.n, found, rows = 0;
    assert_int_equal(cliques_separate(&b->x, &b->cutter, 100, &found, NULL), PLAATS_OK);
    for (int k = before; k < b->p.cuts.n; k++) assert_clique(b, &b->p.cuts.at[k]);
    for (int k = 0; k < b->p.cuts.n; k++) rows += is_in_row(b, k);
    for (int k = before; k < b->p.cuts.n; k++)
        if (is_in_row(b, k)) assert_true(excess(b, &b->p.cuts.at[k]) > 0.01);
    assert_true(rows >= found);
    solve(&b->x, true);
    return found;
}

static int cut_often(cut_bench *b) {
    int all = 0, found = 1;
    for (int round = 0; round < 20 && found > 0; round++) all += found = cut_once(b);
    assert_int_equal(found, 0);
    return all;
}

/* What the check gets from the prices. */
static void assert_proved(cut_bench *b) {
    proof_case c = {0};
    prover p = {0};
    int64_t bound = 0;
    assert_int_equal(prover_build(&b->w.r.g, &b->p.cuts, NULL, &p, NULL), PLAATS_OK);
    assert_int_equal(relaxation_prices(&b->x, b->p.scale, 1, &c, NULL), PLAATS_OK);
    assert_int_equal(proof_evaluate_case(&p, b->p.scale, &c, NULL, NULL), PLAATS_OK);
    b->p.bound = c.bound;
    assert_true(fabs((double)c.bound - relaxation_value(&b->x)) < 2);
    assert_int_equal(proof_add_case(&b->p, &c, NULL), PLAATS_OK);
    assert_true(bound_by_check(&b->w, &b->p, &bound));
    assert_int_equal(bound, b->p.bound);
    prover_free(&p);
}

/* ---- Tests --------------------------------------------------------------------------------- */

/* Half of each would be at the only site; each unit beyond two makes one cut. */
static void one_of_a_clique_is_there(void **state) {
    (void)state;
    for (int n = 3; n <= 7; n++) {
        buffer apart = {0};
        cut_bench b;
        add_pairs(&apart, 0, n);
        open_bench(&b, apart_week(n, 1, apart.bytes));
        assert_true(relaxation_value(&b.x) < (double)b.w.best - 1);
        assert_int_equal(cut_once(&b), 1);
        assert_int_equal(b.p.cuts.n, n - 2);
        assert_true(near(relaxation_value(&b.x), (double)b.w.best));
        assert_proved(&b);
        close_cut_bench(&b);
        buffer_free(&apart);
    }
}

/* A group says it for four of them at once; a row is taken once for all whom it has. */
static void wide_groups_need_fewer_cuts(void **state) {
    buffer apart = {0};
    cut_bench b;
    (void)state;
    add_group(&apart, 4, (int[]){0, 1, 2, 3});
    add_group(&apart, 3, (int[]){0, 1, 4});
    add_group(&apart, 3, (int[]){2, 3, 4});
    open_bench(&b, apart_week(5, 1, apart.bytes));
    assert_int_equal(cut_once(&b), 1);
    assert_int_equal(b.p.cuts.n, 1);
    assert_int_equal(b.p.cuts.at[0].n_terms, 3);
    assert_int_equal(b.p.cuts.at[0].over, 2);
    assert_int_equal(b.p.cuts.at[0].n_entries, 5);
    assert_true(near(relaxation_value(&b.x), (double)b.w.best));
    assert_proved(&b);
    close_cut_bench(&b);
    buffer_free(&apart);
}

/* Whom the point does not have, but who are apart from all who are there: every one of them, or the
 * next point would have others. */
static void others_join(void **state) {
    enum { N = 18, THERE = 3 };
    buffer apart = {0};
    cut_bench b;
    (void)state;
    add_pairs(&apart, 0, N);
    open_bench(&b, apart_week(N, 1, apart.bytes));
    for (int i = 0; i < N - THERE; i++)
        lp_set_bounds(b.x.p, relaxation_column(&b.x, b.w.m->unit_of[i], 0), 0, 0);
    solve(&b.x, true);
    assert_int_equal(cut_once(&b), 1);
    assert_int_equal(b.p.cuts.n, N - 2);
    assert_int_equal(b.p.cuts.at[b.p.cuts.n - 1].n_entries, N);
    close_cut_bench(&b);
    buffer_free(&apart);
}

static void what_is_found_holds_in_every_plan(void **state) {
    int all = 0, several = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        cut_bench b;
        double before;
        int found;
        open_bench(&b, drawn_week(seed));
        before = relaxation_value(&b.x);
        all += found = cut_often(&b);
        several += found > 0 && largest_class(b.w.m, &b.classes) > 1;
        assert_true(relaxation_value(&b.x) > before - 1e-6 * (1 + fabs(before)));
        assert_true(relaxation_value(&b.x) <= (double)b.w.best + 1e-6 * fabs((double)b.w.best));
        assert_proved(&b);
        close_cut_bench(&b);
    }
    assert_true(all > 200 && several > 40);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_of_a_clique_is_there),
        cmocka_unit_test(wide_groups_need_fewer_cuts),
        cmocka_unit_test(others_join),
        cmocka_unit_test(what_is_found_holds_in_every_plan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
