/* The member `unplaced`: runs of weeks without a bed, and why. */
#include "check/check.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    check *c;
    reasoning why;
    bool *given; /* household * weeks + t: a run that begins here stands in the plan */
} judging;

static bool is_unplaced(const check *c, int h, int t) {
    return t >= 0 && t < c->in->weeks && check_needs_bed(&c->facts, h, t) &&
           check_stay_at(c, h, t) == NONE;
}

int check_run_length(const check *c, int h, int t) {
    assert(h >= 0 && h < c->in->n_households);
    int n = 0;
    while (is_unplaced(c, h, t + n)) n++;
    return n;
}

/* ---- Reasons ----------------------------------------------------------------------------- */

static bool is_named(const told_reason *r, const char *code, const char *what) {
    if (strcmp(r->code, code) != 0) return false;
    return r->what == NULL ? what == NULL : what != NULL && strcmp(r->what, what) == 0;
}

/* What the plan quotes is what the instance has, no more and no less. */
static void judge_words(check *c, const json_node *reason, const told_reason *r) {
    const json_node *node = json_member(reason, "because");
    const char *words = check_take_text(c, node);
    if (r->because == NULL && node != NULL)
        json_problem(c->document, node,
                     "the rules behind reason '%s' do not all give one and the same 'because'",
                     r->code);
    else if (r->because != NULL && node == NULL)
        json_problem(c->document, reason, "reason '%s' does not quote its 'because': '%s'", r->code,
                     r->because);
    else if (words != NULL && strcmp(words, r->because) != 0)
        json_problem(c->document, node, "the rules behind reason '%s' say '%s', not '%s'", r->code,
                     r->because, words);
}

static void judge_reason(judging *g, const json_node *node) {
    static const char *const members[] = {"code", "what", "sites", "because"};
    check *c = g->c;
    if (!check_take_object(c, node)) return;
    check_allow_members(c, node, 4, members);
    const json_node *named = json_member(node, "what");
    const char *what = check_take_text(c, named);
    const char *code = check_take_text(c, check_need_member(c, node, "code"));
    if (code == NULL || (named != NULL && what == NULL)) return;
    for (int i = 0; i < g->why.n; i++) {
        reason_row *row = &g->why.rows[i];
        if (!is_named(&row->told, code, what)) continue;
        if (row->given) json_problem(c->document, node, "reason '%s' stands here twice", code);
        row->given = true;
        check_expect_integer(c, check_need_member(c, node, "sites"), row->told.sites,
                             "the number of sites the reason rules out");
        judge_words(c, node, &row->told);
        return;
    }
    for (int i = 0; i < N_CODES; i++)
        if (strcmp(code, check_code_names[i]) == 0) {
            json_problem(c->document, node, "reason '%s'%s%s rules out no site", code,
                         what == NULL ? "" : " of ", what == NULL ? "" : what);
            return;
        }
    json_problem(c->document, node, "unknown reason '%s'", code);
}

static void judge_reasons(judging *g, const json_node *reasons, int h, int t) {
    check *c = g->c;
    if (!check_take_array(c, reasons)) return;
    check_count_reasons(c, h, t, &g->why);
    for (const json_node *node = json_first(reasons); node != NULL; node = json_next(node))
        judge_reason(g, node);
    for (int i = 0; i < g->why.n; i++) {
        const told_reason *r = &g->why.rows[i].told;
        if (g->why.rows[i].given) continue;
        json_problem(c->document, reasons, "reason '%s'%s%s rules out %d sites and is missing",
                     r->code, r->what == NULL ? "" : " of ", r->what == NULL ? "" : r->what,
                     r->sites);
    }
}

/* ---- Runs -------------------------------------------------------------------------------- */

static void judge_run(judging *g, const json_node *node, int *h, int *t) {
    static const char *const members[] = {"household", "from",   "weeks",
                                          "persons",   "points", "reasons"};
    check *c = g->c;
    if (!check_take_object(c, node)) return;
    check_allow_members(c, node, 6, members);
    bool known = check_take_id(c, check_need_member(c, node, "household"), &c->facts.households,
                               "household", h);
    bool planned = check_take_planned_week(c, check_need_member(c, node, "from"), t);
    const json_node *weeks = check_need_member(c, node, "weeks");
    if (!known || !planned) return;
    int n = check_run_length(c, *h, *t);
    if (n == 0 || is_unplaced(c, *h, *t - 1)) {
        json_problem(c->document, node, "no run of unplaced weeks of household '%s' begins here",
                     c->in->households[*h].id);
        return;
    }
    const family *of = &c->facts.families[*h];
    int128 points = (int128)n * of->persons * c->in->households[*h].priority * c->facts.unplaced;
    g->given[(size_t)*h * (size_t)c->in->weeks + (size_t)*t] = true;
    check_expect_integer(c, weeks, n, "the length of the run in weeks");
    check_expect_integer(c, json_member(node, "persons"), of->persons,
                         "the number of persons of the household");
    check_expect_integer(c, json_member(node, "points"), points, "the cost of being unplaced");
    judge_reasons(g, json_member(node, "reasons"), *h, *t);
}

/* Whether a run comes after the one before it. */
static bool ascends(const check *c, int h0, int t0, int h, int t) {
    int order = strcmp(c->in->households[h0].id, c->in->households[h].id);
    return order < 0 || (order == 0 && t0 < t);
}

static void judge_runs(judging *g, const json_node *runs) {
    check *c = g->c;
    int h0 = NONE, t0 = NONE;
    for (const json_node *node = json_first(runs); node != NULL; node = json_next(node)) {
        int h = NONE, t = NONE;
        judge_run(g, node, &h, &t);
        if (h == NONE || t == NONE) continue;
        if (h0 != NONE && !ascends(c, h0, t0, h, t))
            json_problem(c->document, node,
                         "runs are not sorted by household, then week, each once: '%s' after '%s'",
                         c->in->households[h].id, c->in->households[h0].id);
        h0 = h;
        t0 = t;
    }
    for (int h = 0; h < c->in->n_households; h++) {
        for (int t = 0; t < c->in->weeks; t++) {
            if (!is_unplaced(c, h, t) || is_unplaced(c, h, t - 1) ||
                g->given[(size_t)h * (size_t)c->in->weeks + (size_t)t])
                continue;
            char when[WEEK_TEXT_SIZE];
            week_format(week_of(&c->facts, t), when);
            json_problem(c->document, runs, "household '%s' is unplaced from %s and is missing",
                         c->in->households[h].id, when);
        }
    }
}

plaats_status check_unplaced(check *c) {
    assert(c->whole);
    plaats_status st = PLAATS_OK;
    plaats_error *error = c->error;
    size_t households = (size_t)c->in->n_households, weeks = (size_t)c->in->weeks;
    judging g = {.c = c};
    const json_node *runs = json_member(c->root, "unplaced");
    if (!check_take_array(c, runs)) return PLAATS_OK;
    TRY(check_reasoning_make(c, &g.why));
    TRY_ALLOC(g.given = zero_alloc(households * weeks, sizeof *g.given));
    judge_runs(&g, runs);
done:
    free(g.given);
    check_reasoning_free(&g.why);
    return st;
}
