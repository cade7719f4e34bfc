/* Cuts: every plan obeys them, and their coefficients are the sums rounded down. */
#include "unit/engine_fixture.h"

#define MOST_TERMS 6

typedef struct {
    site_units who;
    cutter cutter;
    cut_list list;
} workshop;

static void open_workshop(const tiny_week *w, workshop *s) {
    memset(s, 0, sizeof *s);
    assert_int_equal(site_units_build(w->m, &s->who, NULL), PLAATS_OK);
    assert_int_equal(cutter_build(&w->r.g, &s->who, &s->cutter, NULL), PLAATS_OK);
}

static void close_workshop(workshop *s) {
    cut_list_free(&s->list);
    cutter_free(&s->cutter);
    site_units_free(&s->who);
}

static bool is_hard(const model_row *r) {
    return r->kind == ROW_OPEN || r->points == 0;
}

/* ---- Drawing terms ------------------------------------------------------------------------- */

static bool draw_term(const model *m, const cut_list *l, int64_t over, random_stream *s,
                      cut_term *t) {
    *t = (cut_term){.kind = (term_kind)draw(s, TERM_ROW, TERM_Y), .n = draw(s, 1, 4)};
    switch (t->kind) {
    case TERM_ROW:
        t->item = draw(s, 0, m->n_rows - 1);
        return is_hard(&m->rows[t->item]);
    case TERM_CUT:
        if (l->n == 0) return false;
        t->item = draw(s, 0, l->n - 1);
        return true;
    case TERM_ONE:
        t->item = draw(s, 0, m->n_units - 1);
        return t->n < over;
    default:
        t->item = draw(s, 0, m->n_sites - 1);
        return has_y(m, t->item);
    }
}

/* Each row, cut, unit and site at most once. */
static int draw_terms(const model *m, const cut_list *l, int64_t over, random_stream *s,
                      cut_term *terms) {
    int n = 0, wanted = draw(s, 1, MOST_TERMS);
    for (int tries = 0; tries < 40 && n < wanted; tries++) {
        bool known = !draw_term(m, l, over, s, &terms[n]);
        for (int i = 0; i < n && !known; i++)
            known = terms[i].kind == terms[n].kind && terms[i].item == terms[n].item;
        if (!known) n++;
    }
    return n;
}

/* ---- Coefficients word by word ------------------------------------------------------------- */

static int64_t use_of_term(const model *m, const cut_list *l, const cut_term *t, int unit,
                           int site) {
    row_use uses[64];
    int64_t sum = 0;
    int n;
    if (t->kind == TERM_CUT) return cut_use(&l->at[t->item], unit, site);
    if (t->kind == TERM_ONE) return unit == t->item;
    if (t->kind == TERM_Y) return unit == NONE && site == t->item;
    if (unit == NONE) return m->rows[t->item].site == site ? -m->rows[t->item].beds : 0;
    n = model_uses(m, unit, site, uses);
    for (int i = 0; i < n; i++)
        if (uses[i].row == t->item) sum += uses[i].use;
    return sum;
}

static int64_t right_of_term(const model *m, const cut_list *l, const cut_term *t) {
    if (t->kind == TERM_ROW) return m->rows[t->item].rhs;
    return t->kind == TERM_CUT ? l->at[t->item].rhs : 1;
}

static int64_t down(int64_t a, int64_t b) {
    int64_t whole = a / b;
    while (whole * b > a) whole--;
    return whole;
}

static void assert_rounded_down(const model *m, const cut_list *l, const cut *c) {
    int64_t cost, sum = 0;
    for (int i = 0; i < c->n_terms; i++) sum += c->terms[i].n * right_of_term(m, l, &c->terms[i]);
    assert_int_equal(c->rhs, down(sum, c->over));
    for (int unit = NONE; unit < m->n_units; unit++)
        for (int j = 0; j < m->n_sites; j++) {
            if (unit == NONE ? !has_y(m, j) : !model_option_cost(m, unit, j, &cost)) {
                assert_int_equal(cut_use(c, unit, j), 0);
                continue;
            }
            sum = 0;
            for (int i = 0; i < c->n_terms; i++)
                sum += c->terms[i].n * use_of_term(m, l, &c->terms[i], unit, j);
            assert_int_equal(cut_use(c, unit, j), down(sum, c->over));
        }
}

static void assert_entries_ascend(const cut *c) {
    for (int i = 0; i < c->n_entries; i++) {
        const cut_entry *e = &c->entries[i];
        assert_true(e->use != 0);
        if (i == 0) continue;
        assert_true(e[-1].site < e->site || (e[-1].site == e->site && e[-1].unit < e->unit));
    }
}

/* ---- Tests --------------------------------------------------------------------------------- */

static void rounding_is_right_and_holds_in_every_plan(void **state) {
    random_stream s = random_start(11);
    (void)state;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        tiny_week w;
        workshop shop;
        cut_term terms[MOST_TERMS + 1];
        tiny_week_build(&w, seed, NONE);
        open_workshop(&w, &shop);
        for (int k = 0; k < 60; k++) {
            int64_t over = draw(&s, 1, 6);
            int n = draw_terms(w.m, &shop.list, over, &s, terms), before = shop.list.n;
            if (n == 0) continue;
            assert_int_equal(cut_add_round(&shop.cutter, &shop.list, terms, n, over, NULL),
                             PLAATS_OK);
            assert_int_equal(shop.list.n, before + 1);
            assert_int_equal(shop.list.at[before].n_terms, n);
            assert_int_equal(shop.list.at[before].alike, 1);
            assert_memory_equal(shop.list.at[before].terms, terms, (size_t)n * sizeof *terms);
            assert_rounded_down(w.m, &shop.list, &shop.list.at[before]);
            assert_entries_ascend(&shop.list.at[before]);
            assert_cut_holds(&w, &shop.list.at[before]);
        }
        assert_true(shop.list.n > 40);
        close_workshop(&shop);
        tiny_week_free(&w);
    }
}

static void assert_is_link(const tiny_week *w, const cut *c, int32_t unit, int32_t site) {
    assert_int_equal(c->kind, CUT_LINK);
    assert_int_equal(c->rhs, 0);
    assert_int_equal(cut_use(c, unit, site), 1);
    assert_int_equal(cut_use(c, NONE, site), -1);
    assert_int_equal(c->n_entries, 2);
    assert_entries_ascend(c);
    assert_cut_holds(w, c);
}

/* One for each unit of a kind, in a row, and each knows how many come after it. */
static void links_hold_in_every_plan(void **state) {
    int made = 0, several = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= 16; seed++) {
        tiny_week w;
        workshop shop;
        classes k;
        int64_t cost;
        alike_week_build(&w, seed, NONE);
        open_workshop(&w, &shop);
        assert_int_equal(classes_build(&w.r.g, &k, NULL), PLAATS_OK);
        for (int u = 0; u < w.m->n_units; u++)
            for (int j = 0; j < w.m->n_sites; j++) {
                int n = shop.list.n, left = k.count[u];
                if (left == 0 || !has_y(w.m, j) || !model_option_cost(w.m, u, j, &cost)) continue;
                assert_int_equal(cut_add_links(&shop.list, &k, u, j, NULL), PLAATS_OK);
                assert_int_equal(shop.list.n, n + left);
                for (int32_t v = u; v != NONE; v = k.next[v]) {
                    assert_is_link(&w, &shop.list.at[n], v, j);
                    assert_int_equal(shop.list.at[n++].alike, left--);
                }
                assert_int_equal(left, 0);
                made++;
                several += k.count[u] > 1;
            }
        classes_free(&k);
        close_workshop(&shop);
        tiny_week_free(&w);
    }
    assert_true(made > 20 && several > 10);
}

/* Nothing of a cut that was taken back is left in the next one. */
static void a_cut_can_be_taken_back(void **state) {
    tiny_week w;
    workshop shop;
    cut_term terms[2] = {{.kind = TERM_ONE, .item = 0, .n = 1},
                         {.kind = TERM_ONE, .item = 1, .n = 1}};
    (void)state;
    tiny_week_build(&w, 3, NONE);
    open_workshop(&w, &shop);
    for (int j = 0; terms[1].kind == TERM_ONE; j++)
        if (bed_row(w.m, j) != NONE)
            terms[1] = (cut_term){.kind = TERM_ROW, .item = bed_row(w.m, j), .n = 1};
    assert_int_equal(cut_add_round(&shop.cutter, &shop.list, terms, 2, 2, NULL), PLAATS_OK);
    cut_drop_last(&shop.list);
    assert_int_equal(shop.list.n, 0);
    assert_int_equal(cut_add_round(&shop.cutter, &shop.list, terms + 1, 1, 2, NULL), PLAATS_OK);
    assert_int_equal(shop.list.n, 1);
    assert_rounded_down(w.m, &shop.list, &shop.list.at[0]);
    close_workshop(&shop);
    tiny_week_free(&w);
}

static void sites_know_who_may_be_there(void **state) {
    tiny_week w;
    site_units who = {0};
    int64_t cost;
    size_t n = 0;
    (void)state;
    tiny_week_build(&w, 5, NONE);
    assert_int_equal(site_units_build(w.m, &who, NULL), PLAATS_OK);
    for (int j = 0; j < w.m->n_sites; j++)
        for (int u = 0; u < w.m->n_units; u++)
            if (model_option_cost(w.m, u, j, &cost)) {
                assert_true(who.first[j] <= n && n < who.first[j + 1]);
                assert_int_equal(who.units[n++], u);
            }
    assert_int_equal(who.first[w.m->n_sites], n);
    site_units_free(&who);
    tiny_week_free(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rounding_is_right_and_holds_in_every_plan),
        cmocka_unit_test(links_hold_in_every_plan),
        cmocka_unit_test(a_cut_can_be_taken_back),
        cmocka_unit_test(sites_know_who_may_be_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
