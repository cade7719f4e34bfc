/* The member `unplaced`: runs of weeks without a bed, and why. */
#include "plan/check.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* How many sites one reason rules out. */
typedef struct {
    exclusion of;
    int sites, last_site; /* the last site it was counted for */
    bool given;           /* the plan names it */
} reason_row;

typedef struct {
    check *c;
    reason_row *rows;
    int n, room;
    exclusion *found;
    int found_room;
    int64_t *sums;
    bool *given; /* household * weeks + t: a run that begins here stands in the plan */
} reasoning;

static bool is_unplaced(const check *c, int h, int t) {
    return t >= 0 && t < c->in->weeks && check_needs_bed(&c->facts, h, t) &&
           check_stay_at(c, h, t) == NONE;
}

static int run_length(const check *c, int h, int t) {
    int n = 0;
    while (is_unplaced(c, h, t + n)) n++;
    return n;
}

static void count_reason(reasoning *r, const exclusion *e, int j) {
    for (int i = 0; i < r->n; i++) {
        reason_row *row = &r->rows[i];
        if (row->of.code != e->code || row->of.what != e->what) continue;
        row->sites += row->last_site != j;
        row->last_site = j;
        return;
    }
    assert(r->n < r->room);
    r->rows[r->n++] = (reason_row){*e, 1, j, false};
}

static void count_reasons(reasoning *r, int h, int t) {
    const check *c = r->c;
    r->n = 0;
    check_unit_sums(&c->facts, c->facts.families[h].unit, t, r->sums);
    for (int j = 0; j < c->in->n_sites; j++) {
        int n = check_why_not(c, h, j, t, r->sums, r->found, r->found_room);
        for (int i = 0; i < n; i++) count_reason(r, &r->found[i], j);
    }
}

static const char *what_name(const check *c, const exclusion *e) {
    switch (e->code) {
    case CODE_service:
        return c->in->services[e->what];
    case CODE_near_km:
    case CODE_near_minutes:
        return location_id(c->in, e->what);
    case CODE_quota:
        return c->in->quotas[e->what].id;
    default:
        return NULL;
    }
}

static bool is_named(const check *c, const exclusion *e, const char *code, const char *what) {
    const char *name = what_name(c, e);
    if (strcmp(check_code_names[e->code], code) != 0) return false;
    return name == NULL ? what == NULL : what != NULL && strcmp(name, what) == 0;
}

static void judge_reason(reasoning *r, const json_node *node) {
    static const char *const members[] = {"code", "what", "sites", "because"};
    check *c = r->c;
    if (!take_object(c, node)) return;
    allow_members(c, node, 4, members);
    const json_node *named = json_member(node, "what");
    const char *what = take_text(c, named);
    take_text(c, json_member(node, "because"));
    const char *code = take_text(c, need_member(c, node, "code"));
    if (code == NULL || (named != NULL && what == NULL)) return;
    for (int i = 0; i < r->n; i++) {
        reason_row *row = &r->rows[i];
        if (!is_named(c, &row->of, code, what)) continue;
        if (row->given) json_problem(c->document, node, "reason '%s' stands here twice", code);
        row->given = true;
        expect_integer(c, need_member(c, node, "sites"), row->sites,
                       "the number of sites the reason rules out");
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

static void judge_reasons(reasoning *r, const json_node *reasons, int h, int t) {
    check *c = r->c;
    if (!take_array(c, reasons)) return;
    count_reasons(r, h, t);
    for (const json_node *node = json_first(reasons); node != NULL; node = json_next(node))
        judge_reason(r, node);
    for (int i = 0; i < r->n; i++) {
        if (r->rows[i].given) continue;
        const char *what = what_name(c, &r->rows[i].of);
        json_problem(c->document, reasons, "reason '%s'%s%s rules out %d sites and is missing",
                     check_code_names[r->rows[i].of.code], what == NULL ? "" : " of ",
                     what == NULL ? "" : what, r->rows[i].sites);
    }
}

static void judge_run(reasoning *r, const json_node *node, int *h, int *t) {
    static const char *const members[] = {"household", "from",   "weeks",
                                          "persons",   "points", "reasons"};
    check *c = r->c;
    if (!take_object(c, node)) return;
    allow_members(c, node, 6, members);
    bool known =
        take_id(c, need_member(c, node, "household"), &c->facts.households, "household", h);
    bool planned = take_planned_week(c, need_member(c, node, "from"), t);
    const json_node *weeks = need_member(c, node, "weeks");
    if (!known || !planned) return;
    int n = run_length(c, *h, *t);
    if (n == 0 || is_unplaced(c, *h, *t - 1)) {
        json_problem(c->document, node, "no run of unplaced weeks of household '%s' begins here",
                     c->in->households[*h].id);
        return;
    }
    const family *of = &c->facts.families[*h];
    int128 points = (int128)n * of->persons * c->in->households[*h].priority * c->facts.unplaced;
    r->given[(size_t)*h * (size_t)c->in->weeks + (size_t)*t] = true;
    expect_integer(c, weeks, n, "the length of the run in weeks");
    expect_integer(c, json_member(node, "persons"), of->persons,
                   "the number of persons of the household");
    expect_integer(c, json_member(node, "points"), points, "the cost of being unplaced");
    judge_reasons(r, json_member(node, "reasons"), *h, *t);
}

/* Whether a run comes after the one before it. */
static bool ascends(const check *c, int h0, int t0, int h, int t) {
    int order = strcmp(c->in->households[h0].id, c->in->households[h].id);
    return order < 0 || (order == 0 && t0 < t);
}

static void judge_runs(reasoning *r, const json_node *runs) {
    check *c = r->c;
    int h0 = NONE, t0 = NONE;
    for (const json_node *node = json_first(runs); node != NULL; node = json_next(node)) {
        int h = NONE, t = NONE;
        judge_run(r, node, &h, &t);
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
                r->given[(size_t)h * (size_t)c->in->weeks + (size_t)t])
                continue;
            char when[16];
            week_format(week_of(&c->facts, t), when);
            json_problem(c->document, runs, "household '%s' is unplaced from %s and is missing",
                         c->in->households[h].id, when);
        }
    }
}

plaats_status check_unplaced(check *c) {
    plaats_status st = PLAATS_OK;
    plaats_error *error = c->error;
    const plaats_instance *in = c->in;
    reasoning r = {.c = c};
    const json_node *runs = json_member(c->root, "unplaced");
    if (!take_array(c, runs)) return PLAATS_OK;
    for (int h = 0; h < in->n_households; h++) {
        int room = check_why_not_room(&c->facts, h);
        if (room > r.room) r.room = room;
    }
    r.found_room = r.room;
    TRY_ALLOC(r.rows = zero_alloc((size_t)r.room, sizeof *r.rows));
    TRY_ALLOC(r.found = zero_alloc((size_t)r.room, sizeof *r.found));
    TRY_ALLOC(r.sums = zero_alloc((size_t)c->facts.n_slots, sizeof *r.sums));
    TRY_ALLOC(r.given = zero_alloc((size_t)in->n_households * (size_t)in->weeks, sizeof *r.given));
    judge_runs(&r, runs);
done:
    free(r.given);
    free(r.sums);
    free(r.found);
    free(r.rows);
    return st;
}
