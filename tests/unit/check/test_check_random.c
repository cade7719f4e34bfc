/* Random proofs of random instances: whatever cuts, decisions and prices, the check derives no
 * bound above the cost of the best plan, found by trying every one. Prices climb step by step to
 * where the bound is highest, so that a cut or case that claims too much shows. */
#include "unit/proof_fixture.h"
#include "unit/random_instance.h"

enum { SEEDS = 50, STEPS = 400, MOST_ROWS = 120, MOST_CASES = 6, MOST_CUTS = 12, MOST_UNITS = 8 };

typedef struct {
    char given[600];
    bool by_units;
    int64_t prices[MOST_ROWS];
    int64_t unit_prices[MOST_UNITS];
} random_case;

typedef struct {
    const plaats_instance *in;
    const model *m;
    random_stream s;
    int n_rows, n_model_rows; /* the model's, then cuts, then what is unplaced */
    char rows[MOST_ROWS][100];
    bool kept[MOST_ROWS]; /* with unit prices */
    int n_cuts;
    int classes[5];
    buffer cuts;
    int n_cases;
    random_case cases[MOST_CASES];
    int scale;
} random_proof;

static const char *household_at(random_proof *r, int u) {
    const unit *of = &r->m->units[u];
    return r->in->households[of->members[draw(&r->s, 0, of->n_members - 1)]].id;
}

static const char *some_household(random_proof *r) {
    return household_at(r, draw(&r->s, 0, r->m->n_units - 1));
}

static const char *some_site(random_proof *r) {
    return r->in->sites[draw(&r->s, 0, r->in->n_sites - 1)].id;
}

/* ---- Rows ---------------------------------------------------------------------------------- */

static void name_row(const random_proof *r, const model_row *row, char out[100]) {
    const char *site = row->site == NONE ? "" : r->in->sites[r->m->sites[row->site]].id;
    switch (row->kind) {
    case ROW_BEDS:
        snprintf(out, 100, "['beds','%s'," WEEK "]", site);
        break;
    case ROW_OPEN:
        snprintf(out, 100, "['open','%s'," WEEK "]", site);
        break;
    case ROW_SERVICE:
        snprintf(out, 100, "['service','%s','%s'," WEEK "]", site, r->in->services[row->item]);
        break;
    case ROW_APART:
        snprintf(out, 100, "['apart',%d,'%s'," WEEK "]", row->item, site);
        break;
    default:
        snprintf(out, 100, "['%s','%s'," WEEK "]", row->kind == ROW_MAX ? "max" : "min",
                 r->in->quotas[row->item].id);
    }
}

static void name_rows(random_proof *r) {
    r->n_rows = r->n_model_rows = r->m->n_rows;
    assert_true(r->n_rows + MOST_CUTS + 2 <= MOST_ROWS);
    for (int i = 0; i < r->n_rows; i++) {
        row_kind kind = r->m->rows[i].kind;
        name_row(r, &r->m->rows[i], r->rows[i]);
        r->kept[i] = kind == ROW_BEDS || kind == ROW_OPEN || kind == ROW_SERVICE;
    }
}

/* ---- Cuts ---------------------------------------------------------------------------------- */

static const char *some_row(random_proof *r, bool cut) {
    int n = r->n_model_rows + (cut ? r->n_cuts : 0);
    if (r->n_cuts > 0 && cut && chance(&r->s, 40))
        return r->rows[r->n_model_rows + draw(&r->s, 0, r->n_cuts - 1)];
    return r->rows[draw(&r->s, 0, n - 1)];
}

static void draw_cover(random_proof *r, buffer *out) {
    int n = 0;
    buffer_format(out, "{'kind':'cover','row':%s,'households':[", some_row(r, false));
    for (int u = 0; u < r->m->n_units; u++)
        if (chance(&r->s, 60)) buffer_format(out, "%s'%s'", n++ > 0 ? "," : "", household_at(r, u));
    buffer_text(out, "]}");
}

static void draw_round(random_proof *r, buffer *out) {
    int n = draw(&r->s, 1, 4);
    buffer_text(out, "{'kind':'round','rows':[");
    for (int i = 0; i < n; i++) {
        buffer_text(out, i > 0 ? ",[" : "[");
        if (chance(&r->s, 15))
            buffer_format(out, "['one','%s'," WEEK "]", some_household(r));
        else if (chance(&r->s, 15))
            buffer_format(out, "['y','%s'," WEEK "]", some_site(r));
        else
            buffer_text(out, some_row(r, true));
        buffer_format(out, ",%d]", draw(&r->s, 0, 3));
    }
    buffer_format(out, "],'over':%d}", draw(&r->s, 1, 4));
}

static void draw_cut(random_proof *r, int kind, buffer *out) {
    switch (kind) {
    case 0:
        draw_cover(r, out);
        break;
    case 1:
        buffer_format(out, "{'kind':'fill','row':%s}", some_row(r, true));
        break;
    case 2:
        buffer_format(out, "{'kind':'tighten','row':%s,'household':'%s'}", some_row(r, true),
                      some_household(r));
        break;
    case 3:
        buffer_format(out, "{'kind':'link','household':'%s','site':'%s','week':" WEEK "}",
                      some_household(r), some_site(r));
        break;
    default:
        draw_round(r, out);
    }
}

/* Draws cuts and keeps those that are not refused. */
static void draw_cuts(random_proof *r) {
    buffer_text(&r->cuts, "");
    for (int i = 0; i < 60 && r->n_cuts < MOST_CUTS; i++) {
        buffer tried = {0}, one = {0};
        int64_t ignored;
        int kind = draw(&r->s, 0, 4);
        draw_cut(r, kind, &one);
        buffer_format(&tried, "%s%s%s", r->cuts.bytes, r->n_cuts > 0 ? "," : "", one.bytes);
        buffer_free(&one);
        if (!find_bound(r->in, "1", tried.bytes, CASE("", ""), &ignored)) {
            buffer_free(&tried);
            continue;
        }
        buffer_free(&r->cuts);
        r->cuts = tried;
        r->classes[kind]++;
        snprintf(r->rows[r->n_rows++], 100, "['cut',%d]", r->n_cuts++);
    }
    snprintf(r->rows[r->n_rows++], 100, "['unplaced','<=']");
    snprintf(r->rows[r->n_rows++], 100, "['unplaced','>=']");
}

/* ---- Cases --------------------------------------------------------------------------------- */

static void add_given(random_case *c, const char *decision) {
    size_t n = strlen(c->given);
    int added = snprintf(c->given + n, sizeof c->given - n, "%s%s", n > 0 ? "," : "", decision);
    assert_true(added > 0 && n + (size_t)added < sizeof c->given);
}

static void draw_decision(random_proof *r, char yes[100], char no[100]) {
    int k = draw(&r->s, 0, 9);
    if (chance(&r->s, 40)) {
        const char *h = some_household(r), *j = some_site(r);
        snprintf(yes, 100, "['at','%s','%s'," WEEK ",true]", h, j);
        snprintf(no, 100, "['at','%s','%s'," WEEK ",false]", h, j);
    } else if (chance(&r->s, 50)) {
        const char *j = some_site(r);
        snprintf(yes, 100, "['open','%s'," WEEK ",true]", j);
        snprintf(no, 100, "['open','%s'," WEEK ",false]", j);
    } else {
        snprintf(yes, 100, "['unplaced','<=',%d]", k);
        snprintf(no, 100, "['unplaced','>=',%d]", k + 1);
    }
}

static void write_case(const random_proof *r, const random_case *c, buffer *out) {
    int n = 0;
    buffer_format(out, "{'given':[%s],'prices':[", c->given);
    for (int i = 0; i < r->n_rows; i++) {
        if (c->prices[i] == 0 || (c->by_units && r->kept[i])) continue;
        buffer_format(out, "%s[%s,%lld]", n++ > 0 ? "," : "", r->rows[i], (long long)c->prices[i]);
    }
    buffer_text(out, "]");
    for (int u = 0; u < r->m->n_units && c->by_units; u++)
        buffer_format(out, "%s['%s',%lld]", u == 0 ? ",'unit_prices':[" : ",",
                      r->in->households[r->m->units[u].members[0]].id,
                      (long long)c->unit_prices[u]);
    buffer_text(out, c->by_units && r->m->n_units > 0 ? "]}" : "}");
}

static bool bound_of(const random_proof *r, int64_t *bound) {
    buffer cases = {0};
    char scale[16];
    snprintf(scale, sizeof scale, "%d", r->scale);
    for (int i = 0; i < r->n_cases; i++) {
        buffer_text(&cases, i > 0 ? "," : "");
        write_case(r, &r->cases[i], &cases);
    }
    bool proven = find_bound(r->in, scale, r->cuts.bytes, cases.bytes, bound);
    buffer_free(&cases);
    return proven;
}

/* Splits a case in two, again and again, by decisions that are not refused; both parts keep the
 * prices. */
static void draw_cases(random_proof *r) {
    int64_t ignored;
    for (int i = 0; i < 12 && r->n_cases < MOST_CASES; i++) {
        random_proof before = *r;
        char yes[100], no[100];
        int k = draw(&r->s, 0, r->n_cases - 1);
        draw_decision(r, yes, no);
        r->cases[r->n_cases] = r->cases[k];
        add_given(&r->cases[k], yes);
        add_given(&r->cases[r->n_cases++], no);
        if (bound_of(r, &ignored)) continue;
        before.s = r->s;
        *r = before;
    }
}

/* ---- One plan at a time -------------------------------------------------------------------- */

enum { PLANS = 10, MOST_BANS = 8 };

/* The instance with bans everywhere but where the plan has each household: no cut changes, since
 * cuts count units wherever they may be. */
static void ban_all_but(const random_proof *r, const int32_t *at, plaats_instance *out,
                        household *households, site_rule *bans) {
    *out = *r->in;
    for (int h = 0; h < out->n_households; h++) {
        int u = r->m->unit_of[h];
        household *who = &households[h];
        *who = r->in->households[h];
        who->bans = bans;
        who->n_bans = 0;
        for (int j = 0; j < out->n_sites; j++)
            if (u != NONE && (at[u] == NONE || r->m->sites[at[u]] != j))
                bans[who->n_bans++] = (site_rule){.site = j, .when = {WEEK_FIRST, WEEK_LAST}};
        bans += MOST_BANS;
    }
    out->households = households;
}

/* A price on a cut that the plan obeys can only lower what the others prove of this plan alone,
 * which is at most its cost. */
static void assert_plan_obeys_cuts(random_proof *r, const int32_t *at, int64_t cost) {
    plaats_instance alone;
    household households[20];
    site_rule bans[20 * MOST_BANS];
    assert_true(r->in->n_households <= 20 && r->in->n_sites <= MOST_BANS);
    ban_all_but(r, at, &alone, households, bans);
    for (int k = 0; k < r->n_cuts; k++) {
        char prices[64];
        int64_t bound;
        snprintf(prices, sizeof prices, CASE("", "[['cut',%d],%d]"), k, draw(&r->s, 1, 40));
        assert_true(find_bound(&alone, "1", r->cuts.bytes, prices, &bound));
        if (bound > cost)
            fail_msg("cut %d of [%s] forbids a plan: %lld is more than %lld", k, r->cuts.bytes,
                     (long long)bound, (long long)cost);
    }
}

static bool next_plan(const model *m, int32_t *at) {
    int u = 0;
    for (; u < m->n_units && ++at[u] == m->n_sites; u++) at[u] = NONE;
    return u < m->n_units;
}

/* Whether the plan holds and no unit without a place could have one: such plans fill rows best. */
static bool is_full(const model *m, int32_t *at, int64_t *cost) {
    int64_t ignored;
    if (!model_cost(m, at, cost)) return false;
    for (int u = 0; u < m->n_units; u++) {
        if (at[u] != NONE) continue;
        bool could = false;
        for (at[u] = 0; at[u] < m->n_sites && !could; at[u]++) could = model_cost(m, at, &ignored);
        at[u] = NONE;
        if (could) return false;
    }
    return true;
}

static void assert_plans_obey_cuts(random_proof *r) {
    int32_t *at = nobody_placed(r->m);
    int n = 0, every = 1;
    int64_t cost;
    do n += is_full(r->m, at, &cost);
    while (next_plan(r->m, at));
    if (n > PLANS) every = n / PLANS;
    n = 0;
    do
        if (is_full(r->m, at, &cost) && n++ % every == 0) assert_plan_obeys_cuts(r, at, cost);
    while (next_plan(r->m, at));
    free(at);
}

static void no_cut_forbids_a_plan(void **state) {
    (void)state;
    int classes[5] = {0};
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        plaats_instance *in = random_instance_read(seed, 0, 3, 6, 13);
        model *m = build(in);
        random_proof r = {.in = in, .m = m, .s = random_start(seed), .scale = 1};
        name_rows(&r);
        draw_cuts(&r);
        assert_plans_obey_cuts(&r);
        for (int k = 0; k < 5; k++) classes[k] += r.classes[k];
        buffer_free(&r.cuts);
        model_free(m);
        plaats_instance_free(in);
    }
    for (int k = 0; k < 5; k++) assert_true(classes[k] > 30);
}

/* ---- Climbing ------------------------------------------------------------------------------ */

static int64_t jump(random_proof *r) {
    int64_t size = 1;
    for (int i = draw(&r->s, 0, 3); i > 0; i--) size *= 10;
    return size * draw(&r->s, 1, 9) * (chance(&r->s, 60) ? 1 : -1);
}

static void change(random_proof *r, random_case *c) {
    if (c->by_units && r->m->n_units > 0 && chance(&r->s, 60)) {
        c->unit_prices[draw(&r->s, 0, r->m->n_units - 1)] += jump(r);
    } else {
        int64_t *price = &c->prices[draw(&r->s, 0, r->n_rows - 1)];
        *price += jump(r);
        if (*price < 0) *price = 0;
    }
}

/* Tries changes of prices and keeps those that do not lower the bound. */
static int64_t climb(random_proof *r, int64_t optimum) {
    int64_t best, bound;
    assert_true(bound_of(r, &best));
    for (int i = 0; i < STEPS && best < optimum; i++) {
        random_case *c = &r->cases[draw(&r->s, 0, r->n_cases - 1)], before = *c;
        for (int k = draw(&r->s, 1, 3); k > 0; k--) change(r, c);
        if (bound_of(r, &bound) && bound >= best)
            best = bound;
        else
            *c = before;
    }
    return best;
}

/* Being unplaced costs little more than the rest, or no price but its own would matter. */
static plaats_instance *read_with_low_points(uint64_t seed) {
    random_instance r = random_instance_write(seed, 0, 3, 5, 11);
    char *text = replaced(r.text.bytes, "\"rules\"", "\"weights\": {\"unplaced\": 150}, \"rules\"");
    plaats_instance *in = read_quoted(text);
    free(text);
    buffer_free(&r.text);
    return in;
}

/* One case and then, with the prices found so far, several. */
static void try_proofs(random_proof *r) {
    int64_t optimum = least_by_trying(r->m, GOAL_COST, INT64_MAX), bound;
    assert_true(r->m->n_units <= MOST_UNITS);
    name_rows(r);
    draw_cuts(r);
    r->n_cases = 1;
    r->cases[0].by_units = chance(&r->s, 30);
    bound = climb(r, optimum);
    if (bound <= optimum && chance(&r->s, 50)) {
        draw_cases(r);
        bound = climb(r, optimum);
    }
    if (bound > optimum)
        fail_msg("a bound of %lld is more than %lld", (long long)bound, (long long)optimum);
}

static void no_proof_claims_too_much(void **state) {
    (void)state;
    int classes[5] = {0};
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        plaats_instance *in = read_with_low_points(seed);
        model *m = build(in);
        random_proof r = {.in = in, .m = m, .s = random_start(seed), .scale = (int)(1 + seed % 3)};
        try_proofs(&r);
        for (int k = 0; k < 5; k++) classes[k] += r.classes[k];
        buffer_free(&r.cuts);
        model_free(m);
        plaats_instance_free(in);
    }
    for (int k = 0; k < 5; k++) assert_true(classes[k] > 10);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(no_cut_forbids_a_plan),
                                       cmocka_unit_test(no_proof_claims_too_much)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
