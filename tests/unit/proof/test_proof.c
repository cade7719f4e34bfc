/* Proofs: what a case proves is what the model's own bound, every plan, and the check say. */
#include "unit/engine_fixture.h"

#define MOST_DECISIONS 8
#define MOST_CASES 16
#define UNDECIDED (-2)

typedef struct {
    tiny_week w;
    classes classes;
    site_units who;
    cutter cutter;
    proof p;
    prover prover; /* of units */
    prover by_kind;
} bench;

static void start_bench(bench *b) {
    assert_int_equal(classes_build(&b->w.r.g, &b->classes, NULL), PLAATS_OK);
    assert_int_equal(site_units_build(b->w.m, &b->who, NULL), PLAATS_OK);
    assert_int_equal(cutter_build(&b->w.r.g, &b->who, &b->cutter, NULL), PLAATS_OK);
    assert_int_equal(prover_build(&b->w.r.g, &b->p.cuts, NULL, &b->prover, NULL), PLAATS_OK);
    assert_int_equal(prover_build(&b->w.r.g, &b->p.cuts, &b->classes, &b->by_kind, NULL),
                     PLAATS_OK);
}

static void open_bench(bench *b, uint64_t seed, int64_t unplaced) {
    memset(b, 0, sizeof *b);
    tiny_week_build(&b->w, seed, unplaced);
    start_bench(b);
}

static void open_alike_bench(bench *b, uint64_t seed) {
    memset(b, 0, sizeof *b);
    alike_week_build(&b->w, seed, seed % 4 < 2 ? NONE : 300);
    start_bench(b);
}

static void close_bench(bench *b) {
    prover_free(&b->prover);
    prover_free(&b->by_kind);
    classes_free(&b->classes);
    proof_free(&b->p);
    cutter_free(&b->cutter);
    site_units_free(&b->who);
    tiny_week_free(&b->w);
}

static bool is_soft(const model_row *r) {
    return r->kind != ROW_OPEN && r->points > 0;
}

/* ---- Drawing ------------------------------------------------------------------------------- */

/* Some links, beds rounded, and a cut on a cut. */
static void draw_cuts(bench *b, random_stream *s) {
    const model *m = b->w.m;
    cut_list *l = &b->p.cuts;
    int64_t cost;
    for (int k = 0; k < 8; k++) {
        int j = draw(s, 0, m->n_sites - 1), u = draw(s, 0, m->n_units - 1);
        cut_term terms[3] = {{.kind = TERM_ROW, .item = bed_row(m, j), .n = draw(s, 1, 3)},
                             {.kind = TERM_ONE, .item = u, .n = 1},
                             {.kind = TERM_CUT, .item = 0, .n = 1}};
        if (terms[0].item == NONE) continue;
        if (has_y(m, j) && model_option_cost(m, u, j, &cost) && chance(s, 50))
            assert_int_equal(cut_add_links(l, &b->classes, b->classes.first[u], j, NULL),
                             PLAATS_OK);
        assert_int_equal(cut_add_round(&b->cutter, l, terms, l->n > 0 ? 3 : 2, draw(s, 2, 4), NULL),
                         PLAATS_OK);
    }
}

/* Prices of rows and cuts, half of them none. */
static void draw_prices(const bench *b, random_stream *s, proof_case *c) {
    const model *m = b->w.m;
    int n = m->n_rows + b->p.cuts.n;
    c->n_prices = 0;
    assert_non_null(c->prices = zero_alloc((size_t)n, sizeof *c->prices));
    for (int i = 0; i < n; i++) {
        bool soft = i < m->n_rows && is_soft(&m->rows[i]);
        int64_t most = b->p.scale * (soft ? m->rows[i].points : 60);
        int64_t price = (int64_t)random_below(s, (uint64_t)most + 1);
        if (price > 0 && chance(s, 50)) c->prices[c->n_prices++] = (priced_row){i, price};
    }
}

/* The decision was not made before on this way down the tree. */
static bool is_new(const decision *given, int n, const decision *d) {
    for (int i = 0; i < n; i++) {
        const decision *g = &given[i];
        bool same = g->kind == d->kind && (d->kind == DECIDE_OPEN || g->unit == d->unit) &&
                    g->site == d->site && g->weight == d->weight;
        /* A unit is said to be somewhere once. */
        if (same || (d->kind == DECIDE_AT && g->kind == DECIDE_AT && g->unit == d->unit && g->yes))
            return false;
    }
    return true;
}

static bool draw_decision(const model *m, random_stream *s, decision *d) {
    int64_t cost;
    *d = (decision){.kind = (decision_kind)draw(s, DECIDE_AT, DECIDE_UNPLACED), .count = 1};
    switch (d->kind) {
    case DECIDE_AT:
        d->unit = draw(s, 0, m->n_units - 1);
        d->site = draw(s, 0, m->n_sites - 1);
        return model_option_cost(m, d->unit, d->site, &cost);
    case DECIDE_OPEN:
        d->unit = NONE;
        d->site = draw(s, 0, m->n_sites - 1);
        return has_y(m, d->site);
    default:
        d->weight = draw(s, 1, 9);
        return true;
    }
}

static void add_case(bench *b, random_stream *s, const decision *given, int n) {
    proof *p = &b->p;
    proof_case *c = &p->cases[p->n_cases++];
    assert_non_null(c->given = zero_alloc((size_t)n, sizeof *c->given));
    memcpy(c->given, given, (size_t)n * sizeof *given);
    c->n_given = n;
    draw_prices(b, s, c);
    for (int i = 0; i < n; i++) {
        if (given[i].kind != DECIDE_UNPLACED) continue;
        if (given[i].yes) c->price_at_least = p->scale * draw(s, 0, 300);
        if (!given[i].yes) c->price_at_most = p->scale * draw(s, 0, 300);
    }
    assert_int_equal(proof_evaluate_case(&b->prover, p->scale, c, NULL, NULL), PLAATS_OK);
    if (c->bound < p->bound) p->bound = c->bound;
}

/* Cases below a node of the tree, as its decisions fall. */
static void grow(bench *b, random_stream *s, decision *given, int n, int depth) {
    decision d;
    bool found = false;
    for (int tries = 0; tries < 10 && depth > 0 && !found; tries++)
        found = draw_decision(b->w.m, s, &d) && is_new(given, n, &d);
    if (!found) {
        add_case(b, s, given, n);
        return;
    }
    for (int yes = 0; yes < 2; yes++) {
        d.yes = yes == 1;
        given[n] = d;
        grow(b, s, given, n + 1, depth - draw(s, 1, 2));
    }
}

static void draw_proof(bench *b, random_stream *s, int depth) {
    decision given[MOST_DECISIONS];
    b->p.scale = draw(s, 1, 5);
    b->p.bound = INT64_MAX;
    draw_cuts(b, s);
    assert_non_null(b->p.cases = zero_alloc(MOST_CASES, sizeof *b->p.cases));
    grow(b, s, given, 0, depth);
}

/* ---- What plans say ------------------------------------------------------------------------ */

static bool obeys(const model *m, const int32_t *at, const decision *d) {
    if (d->kind == DECIDE_AT) return (at[d->unit] == d->site) == d->yes;
    if (d->kind == DECIDE_OPEN) return is_used(m, at, d->site) == d->yes;
    return (model_unplaced_weight(m, at) >= d->weight) == d->yes;
}

static void assert_below_its_plans(const tiny_week *w, const proof_case *c) {
    for (int i = 0; i < w->n_plans; i++) {
        bool all = true;
        int64_t cost;
        for (int k = 0; k < c->n_given && all; k++) all = obeys(w->m, w->plans[i], &c->given[k]);
        if (!all) continue;
        assert_true(model_cost(w->m, w->plans[i], &cost));
        assert_false(c->impossible);
        assert_true(c->bound <= cost);
    }
}

/* ---- Tests --------------------------------------------------------------------------------- */

static void prices_alone_prove_what_the_model_says(void **state) {
    random_stream s = random_start(21);
    (void)state;
    for (uint64_t seed = 1; seed <= 8; seed++) {
        bench b;
        open_bench(&b, seed, NONE);
        for (int k = 0; k < 50; k++) {
            proof_case c = {0};
            int64_t prices[256] = {0}, bound;
            b.p.scale = k < 25 ? draw(&s, 1, 9) : 1000000;
            draw_prices(&b, &s, &c);
            for (int i = 0; i < c.n_prices; i++) prices[c.prices[i].row] = c.prices[i].price;
            assert_int_equal(proof_evaluate_case(&b.prover, b.p.scale, &c, NULL, NULL), PLAATS_OK);
            assert_true(model_bound(b.w.m, b.p.scale, prices, &bound));
            assert_int_equal(c.bound, bound);
            assert_false(c.impossible);
            proof_case_free(&c);
        }
        close_bench(&b);
    }
}

static void no_plan_of_a_case_costs_less(void **state) {
    random_stream s = random_start(22);
    (void)state;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        bench b;
        open_bench(&b, seed % 12, seed % 2 == 0 ? NONE : 300);
        draw_proof(&b, &s, 4);
        for (int i = 0; i < b.p.n_cases; i++) assert_below_its_plans(&b.w, &b.p.cases[i]);
        assert_true(b.p.bound <= b.w.best);
        close_bench(&b);
    }
}

static void the_check_finds_the_same(void **state) {
    random_stream s = random_start(23);
    int n = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        bench b;
        int64_t bound;
        open_bench(&b, seed % 12, seed % 2 == 0 ? NONE : 300);
        draw_proof(&b, &s, 4);
        n += b.p.n_cases;
        assert_true(bound_by_check(&b.w, &b.p, &bound));
        assert_int_equal(bound, b.p.bound);
        close_bench(&b);
    }
    assert_true(n > 200);
}

/* Sure to be at a site that is sure to be closed. */
static void decisions_may_leave_no_choice(void **state) {
    int64_t cost;
    int found = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        bench b;
        open_bench(&b, seed, NONE);
        for (int j = 0; j < b.w.m->n_sites; j++) {
            decision given[] = {{.kind = DECIDE_AT, .yes = true, .unit = 0, .site = j, .count = 1},
                                {.kind = DECIDE_OPEN, .yes = false, .unit = NONE, .site = j}};
            proof_case c = {.n_given = 2, .given = given};
            if (!has_y(b.w.m, j) || !model_option_cost(b.w.m, 0, j, &cost)) continue;
            assert_int_equal(proof_evaluate_case(&b.prover, 1, &c, NULL, NULL), PLAATS_OK);
            assert_true(c.impossible);
            assert_true(c.bound == INT64_MAX);
            /* The next case knows nothing of it. */
            c.n_given = 0;
            assert_int_equal(proof_evaluate_case(&b.prover, 1, &c, NULL, NULL), PLAATS_OK);
            assert_false(c.impossible);
            found++;
        }
        close_bench(&b);
    }
    assert_true(found > 0);
}

/* Every unit's cheapest choice is told, and together they come to the bound. */
static void choices_are_told(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 6; seed++) {
        bench b;
        int32_t site[16];
        int128 value[16], sum = 0;
        cheapest_choices choices = {site, value};
        proof_case c = {0};
        open_bench(&b, seed, 200);
        assert_in_range(b.w.m->n_units, 1, 16);
        assert_int_equal(proof_evaluate_case(&b.prover, 1, &c, &choices, NULL), PLAATS_OK);
        for (int u = 0; u < b.w.m->n_units; u++) {
            int64_t cost = b.w.m->units[u].unplaced_cost;
            if (site[u] != NONE) assert_true(model_option_cost(b.w.m, u, site[u], &cost));
            assert_true(value[u] == cost);
            sum += value[u];
        }
        assert_true(sum == c.bound);
        close_bench(&b);
    }
}

static void what_does_not_fit_proves_nothing(void **state) {
    bench b;
    priced_row price = {.price = INT64_C(1) << 62};
    proof_case c = {.n_prices = 1, .prices = &price};
    (void)state;
    open_bench(&b, 1, NONE);
    while (b.w.m->rows[price.row].kind != ROW_BEDS || b.w.m->rows[price.row].rhs < 4) price.row++;
    assert_int_equal(proof_evaluate_case(&b.prover, 1, &c, NULL, NULL), PLAATS_OK);
    assert_true(c.bound == INT64_MIN);
    close_bench(&b);
}

/* ---- By kind ------------------------------------------------------------------------------- */

/* Links, and rounded rows and cuts, that treat units of a kind alike. */
static void draw_alike_cuts(bench *b, random_stream *s) {
    const model *m = b->w.m;
    cut_list *l = &b->p.cuts;
    int64_t cost;
    for (int k = 0; k < 6; k++) {
        int j = draw(s, 0, m->n_sites - 1), kind = b->classes.first[draw(s, 0, m->n_units - 1)];
        cut_term terms[16];
        int n = 0;
        if (has_y(m, j) && model_option_cost(m, kind, j, &cost) && chance(s, 50))
            assert_int_equal(cut_add_links(l, &b->classes, kind, j, NULL), PLAATS_OK);
        if (bed_row(m, j) == NONE) continue;
        terms[n++] = (cut_term){.kind = TERM_ROW, .item = bed_row(m, j), .n = draw(s, 1, 3)};
        for (int32_t u = kind; u != NONE; u = b->classes.next[u])
            terms[n++] = (cut_term){.kind = TERM_ONE, .item = u, .n = 1};
        if (l->n > 0 && l->at[l->n - 1].kind == CUT_ROUND)
            terms[n++] = (cut_term){.kind = TERM_CUT, .item = l->n - 1, .n = 1};
        assert_int_equal(cut_add_round(&b->cutter, l, terms, n, draw(s, 2, 4), NULL), PLAATS_OK);
    }
}

/* Links of a kind have the same price. */
static void level_prices(const bench *b, proof_case *c) {
    int rows = b->w.m->n_rows, n = 0;
    int64_t *price = zero_alloc((size_t)(rows + b->p.cuts.n), sizeof *price);
    assert_non_null(price);
    for (int i = 0; i < c->n_prices; i++) price[c->prices[i].row] = c->prices[i].price;
    for (int k = 0; k < b->p.cuts.n; k += b->p.cuts.at[k].alike)
        for (int i = 1; i < b->p.cuts.at[k].alike; i++) price[rows + k + i] = price[rows + k];
    for (int i = 0; i < rows + b->p.cuts.n; i++)
        if (price[i] > 0) c->prices[n++] = (priced_row){i, price[i]};
    c->n_prices = n;
    free(price);
}

/* Decisions about classes, sites and the weight unplaced; they may contradict each other. */
static int draw_kind_decisions(const bench *b, random_stream *s, decision *given) {
    int n = 0, wanted = draw(s, 1, 4), last = NONE;
    for (int tries = 0; tries < 20 && n < wanted; tries++) {
        decision *d = &given[n];
        if (!draw_decision(b->w.m, s, d)) continue;
        d->yes = chance(s, 60);
        if (d->kind == DECIDE_AT) {
            int64_t cost;
            /* Often again about the same kind. */
            if (last != NONE && chance(s, 60)) d->unit = last;
            d->unit = b->classes.first[d->unit];
            d->count = draw(s, 1, b->classes.count[d->unit]);
            if (!model_option_cost(b->w.m, d->unit, d->site, &cost)) continue;
            last = d->unit;
        }
        n++;
    }
    return n;
}

static bool classes_obey(const bench *b, const int32_t *at, const proof_case *c) {
    for (int i = 0; i < c->n_given; i++) {
        const decision *d = &c->given[i];
        if (d->kind == DECIDE_AT &&
            (count_at(&b->classes, d->unit, at, d->site) >= d->count) != d->yes)
            return false;
    }
    return true;
}

static bool all_obey(const bench *b, const int32_t *at, const proof_case *c) {
    if (!classes_obey(b, at, c)) return false;
    for (int i = 0; i < c->n_given; i++)
        if (c->given[i].kind != DECIDE_AT && !obeys(b->w.m, at, &c->given[i])) return false;
    return true;
}

/* Units of classes that a case decides about, everywhere they may be: what the cases about single
 * units prove then, at the least. */
typedef struct {
    bench *b;
    const proof_case *of;
    int32_t at[16];
    bool any; /* of these are possible */
    int64_t least;
} spelling;

static void prove_spelled(spelling *q) {
    bench *b = q->b;
    decision given[16 * 5];
    proof_case c = *q->of;
    int64_t cost;

    c.given = given;
    c.n_given = 0;
    if (!classes_obey(b, q->at, q->of)) return;
    for (int i = 0; i < q->of->n_given; i++)
        if (q->of->given[i].kind != DECIDE_AT) given[c.n_given++] = q->of->given[i];
    for (int u = 0; u < b->w.m->n_units; u++)
        for (int j = 0; j < b->w.m->n_sites && q->at[u] != UNDECIDED; j++)
            if (model_option_cost(b->w.m, u, j, &cost))
                given[c.n_given++] = (decision){DECIDE_AT, q->at[u] == j, u, j, 0, 1, 0};
    assert_true(c.n_given <= 16 * 5);
    assert_int_equal(proof_evaluate_case(&b->prover, b->p.scale, &c, NULL, NULL), PLAATS_OK);
    if (c.impossible) return;
    q->any = true;
    if (c.bound < q->least) q->least = c.bound;
}

static void spell_out(spelling *q, int u) {
    options o;
    bool decided = false;
    if (u == q->b->w.m->n_units) {
        prove_spelled(q);
        return;
    }
    for (int i = 0; i < q->of->n_given; i++)
        decided = decided || (q->of->given[i].kind == DECIDE_AT &&
                              q->of->given[i].unit == q->b->classes.first[u]);
    q->at[u] = decided ? NONE : UNDECIDED;
    spell_out(q, u + 1);
    o = model_options(q->b->w.m, u);
    for (int i = 0; i < o.n && decided; i++) {
        q->at[u] = o.site[i];
        spell_out(q, u + 1);
    }
}

static void draw_kind_case(bench *b, random_stream *s, decision *given, proof_case *c) {
    *c = (proof_case){.given = given, .n_given = draw_kind_decisions(b, s, given)};
    draw_prices(b, s, c);
    level_prices(b, c);
    for (int i = 0; i < c->n_given; i++) {
        if (given[i].kind != DECIDE_UNPLACED) continue;
        if (given[i].yes) c->price_at_least = b->p.scale * draw(s, 0, 300);
        if (!given[i].yes) c->price_at_most = b->p.scale * draw(s, 0, 300);
    }
}

static void classes_prove_what_their_units_do(void **state) {
    random_stream s = random_start(24);
    (void)state;
    for (uint64_t seed = 1; seed <= 24; seed++) {
        bench b;
        open_alike_bench(&b, seed);
        draw_alike_cuts(&b, &s);
        for (int k = 0; k < 40; k++) {
            proof_case c = {0};
            int64_t bound;
            b.p.scale = k < 20 ? draw(&s, 1, 9) : 1000000;
            draw_prices(&b, &s, &c);
            level_prices(&b, &c);
            assert_int_equal(proof_evaluate_case(&b.prover, b.p.scale, &c, NULL, NULL), PLAATS_OK);
            bound = c.bound;
            assert_int_equal(proof_evaluate_case(&b.by_kind, b.p.scale, &c, NULL, NULL), PLAATS_OK);
            assert_int_equal(c.bound, bound);
            assert_false(c.impossible);
            proof_case_free(&c);
        }
        close_bench(&b);
    }
}

/* No plan that obeys costs less; and the bound is that of the cases that say of every unit where it
 * is. */
static void decisions_count_units_of_a_kind(void **state) {
    random_stream s = random_start(25);
    int several = 0, impossible = 0, possible = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        bench b;
        open_alike_bench(&b, seed);
        draw_alike_cuts(&b, &s);
        for (int k = 0; k < 40; k++) {
            decision given[MOST_DECISIONS];
            proof_case c;
            spelling q = {.b = &b, .of = &c, .least = INT64_MAX};
            b.p.scale = draw(&s, 1, 9);
            draw_kind_case(&b, &s, given, &c);
            assert_int_equal(proof_evaluate_case(&b.by_kind, b.p.scale, &c, NULL, NULL), PLAATS_OK);
            for (int i = 0; i < b.w.n_plans; i++) {
                int64_t cost;
                if (!all_obey(&b, b.w.plans[i], &c)) continue;
                assert_true(model_cost(b.w.m, b.w.plans[i], &cost));
                assert_false(c.impossible);
                assert_true(c.bound <= cost);
            }
            spell_out(&q, 0);
            assert_int_equal(c.impossible, !q.any);
            assert_int_equal(c.bound, q.least);
            for (int i = 0; i < c.n_given; i++)
                several += given[i].kind == DECIDE_AT && given[i].count > 1;
            impossible += c.impossible;
            possible += !c.impossible;
            c.given = NULL;
            proof_case_free(&c);
        }
        close_bench(&b);
    }
    assert_true(several > 200 && impossible > 50 && possible > 500);
}

/* Those that must be somewhere are told to be there, and all together they come to the bound. */
static void choices_obey_the_decisions(void **state) {
    random_stream s = random_start(26);
    int told = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        bench b;
        int32_t site[16];
        int128 value[16];
        const cheapest_choices choices = {site, value};
        open_alike_bench(&b, seed);
        assert_in_range(b.w.m->n_units, 1, 16);
        for (int k = 0; k < 20; k++) {
            decision given[MOST_DECISIONS];
            proof_case c = {.given = given};
            int128 sum = 0;
            int n = draw_kind_decisions(&b, &s, given);
            for (int i = 0; i < n; i++)
                if (given[i].kind == DECIDE_AT) given[c.n_given++] = given[i];
            assert_int_equal(proof_evaluate_case(&b.by_kind, 1, &c, &choices, NULL), PLAATS_OK);
            if (c.impossible) continue;
            assert_true(classes_obey(&b, site, &c));
            for (int u = 0; u < b.w.m->n_units; u++) {
                int64_t cost = b.w.m->units[u].unplaced_cost;
                if (site[u] != NONE) assert_true(model_option_cost(b.w.m, u, site[u], &cost));
                assert_true(value[u] == cost);
                sum += value[u];
            }
            assert_true(sum == c.bound);
            told += c.n_given;
        }
        close_bench(&b);
    }
    assert_true(told > 200);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prices_alone_prove_what_the_model_says),
        cmocka_unit_test(no_plan_of_a_case_costs_less),
        cmocka_unit_test(the_check_finds_the_same),
        cmocka_unit_test(decisions_may_leave_no_choice),
        cmocka_unit_test(choices_are_told),
        cmocka_unit_test(what_does_not_fit_proves_nothing),
        cmocka_unit_test(classes_prove_what_their_units_do),
        cmocka_unit_test(decisions_count_units_of_a_kind),
        cmocka_unit_test(choices_obey_the_decisions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
