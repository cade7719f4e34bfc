/* The stays of a plan, and those of the plan it was asked to keep to. */
#include "check/check.h"

#include <assert.h>
#include <string.h>

#define MOST_POINTS 1000000000000

const json_node *check_node_at(const check *c, int h, int t) {
    int i = check_stay_at(c, h, t);
    if (i != NONE) return c->stays[i].node;
    const json_node *stays = json_member(c->root, "stays");
    return stays != NULL ? stays : c->root;
}

stance check_stance_at(const check *c, int h, int t) {
    assert(t < check_need_until(&c->facts, h));
    stance st = check_start(&c->facts, h);
    while (st.t < t) check_next(&c->facts, h, &st, check_site_at(c, h, st.t));
    return st;
}

/* Made by hand, a stay begins in the first week unless it says otherwise. */
static bool read_first_week(check *c, const json_node *node, int *t) {
    *t = 0;
    if (c->handmade && json_member(node, "from") == NULL) return true;
    return check_take_planned_week(c, check_need_member(c, node, "from"), t);
}

/* And made by hand it lasts to the end of the horizon unless it says otherwise. */
static bool read_length(check *c, const json_node *node, int most, int64_t *n) {
    const json_node *weeks = json_member(node, "weeks");
    *n = most;
    if (c->handmade && weeks == NULL) return true;
    if (!check_take_integer(c, check_need_member(c, node, "weeks"), n)) return false;
    if (*n >= 1) return true;
    json_problem(c->document, weeks, "a stay of %lld weeks, must be 1 or more", (long long)*n);
    return false;
}

/* The weeks of a stay, all of them planned. */
static bool read_weeks(check *c, const json_node *node, plan_stay *s) {
    bool has_first = read_first_week(c, node, &s->t);
    int most = has_first ? c->in->weeks - s->t : 1;
    int64_t n;
    if (!read_length(c, node, most, &n) || !has_first) return false;
    if (n > most) {
        json_problem(c->document, json_member(node, "weeks"),
                     "the stay goes on after the last week planned");
        return false;
    }
    s->weeks = (int)n;
    return true;
}

static bool needed_throughout(check *c, const plan_stay *s) {
    char when[WEEK_TEXT_SIZE];
    for (int t = s->t; t < s->t + s->weeks; t++) {
        if (check_needs_bed(&c->facts, s->household, t)) continue;
        week_format(week_of(&c->facts, t), when);
        json_problem(c->document, s->node, "household '%s' needs no bed in %s",
                     c->in->households[s->household].id, when);
        return false;
    }
    return true;
}

/* Puts the stay on the calendar unless another one stands there. */
static bool enter(check *c, int i) {
    plan_stay *s = &c->stays[i];
    int *calendar = &c->stay_of[(size_t)s->household * (size_t)c->in->weeks];
    for (int t = s->t; t < s->t + s->weeks; t++) {
        if (calendar[t] == NONE) continue;
        char when[WEEK_TEXT_SIZE];
        week_format(week_of(&c->facts, t), when);
        json_problem(c->document, s->node, "household '%s' has more than one stay in %s",
                     c->in->households[s->household].id, when);
        return false;
    }
    for (int t = s->t; t < s->t + s->weeks; t++) calendar[t] = i;
    return true;
}

static const char *const stay_members[] = {"household", "site",  "from", "weeks",
                                           "persons",   "moved", "km",   "points"};
enum { N_STAY_MEMBERS = 8, N_STAY_NAMED = 4 };

static bool read_stay(check *c, const json_node *node, plan_stay *s) {
    if (!check_take_object(c, node)) return false;
    check_allow_members(c, node, N_STAY_MEMBERS, stay_members);
    bool household = check_take_id(c, check_need_member(c, node, "household"), &c->facts.households,
                                   "household", &s->household);
    bool site =
        check_take_id(c, check_need_member(c, node, "site"), &c->facts.sites, "site", &s->site);
    bool weeks = read_weeks(c, node, s);
    return household && site && weeks && needed_throughout(c, s);
}

plaats_status check_read_stays(check *c) {
    assert(c->stays == NULL);
    plaats_status st = PLAATS_OK;
    plaats_error *error = c->error;
    size_t cells = (size_t)c->in->n_households * (size_t)c->in->weeks;
    const json_node *stays = check_need_member(c, c->root, "stays");
    size_t n = check_take_array(c, stays) ? json_count(stays) : 0;
    c->whole = stays != NULL && json_type_of(stays) == JSON_ARRAY;
    TRY_ALLOC(c->stays = arena_alloc(&c->memory, n, sizeof *c->stays));
    TRY_ALLOC(c->stay_of = arena_alloc(&c->memory, cells, sizeof *c->stay_of));
    for (size_t i = 0; i < cells; i++) c->stay_of[i] = NONE;
    if (!c->whole) goto done;
    for (const json_node *node = json_first(stays); node != NULL; node = json_next(node)) {
        assert((size_t)c->n_stays < n);
        plan_stay *s = &c->stays[c->n_stays];
        *s = (plan_stay){.node = node, .km = NONE};
        s->usable = read_stay(c, node, s) && enter(c, c->n_stays);
        c->whole = c->whole && s->usable;
        c->n_stays++;
    }
done:
    return st;
}

/* ---- problem.keep ------------------------------------------------------------------------ */

/* A kept stay counts where household, site and week are known; elsewhere it costs nothing. */
static void enter_kept(check *c, const json_node *node) {
    week from = 0;
    int64_t n = 0;
    if (!check_take_object(c, node)) return;
    check_allow_members(c, node, N_STAY_NAMED, stay_members);
    const char *household = check_take_text(c, check_need_member(c, node, "household"));
    const char *where = check_take_text(c, check_need_member(c, node, "site"));
    bool fine = check_take_week(c, check_need_member(c, node, "from"), &from);
    fine = check_take_integer(c, check_need_member(c, node, "weeks"), &n) && fine;
    if (!fine || household == NULL || where == NULL) return;
    int h = check_find(&c->facts.households, household);
    int j = check_find(&c->facts.sites, where);
    if (h == NONE || j == NONE) return;
    for (int t = 0; t < c->in->weeks; t++) {
        int64_t after = (int64_t)week_of(&c->facts, t) - from;
        if (after < 0 || after >= n) continue;
        int *cell = &c->keep_site[(size_t)h * (size_t)c->in->weeks + (size_t)t];
        if (*cell != NONE)
            json_problem(c->document, node,
                         "household '%s' has more than one stay to keep in a"
                         " week",
                         household);
        *cell = j;
    }
}

int128 check_keep_cost(const check *c, int h, int j, int t) {
    if (!c->has_keep) return 0;
    int kept = c->keep_site[(size_t)h * (size_t)c->in->weeks + (size_t)t];
    return kept == NONE || kept == j ? 0 : (int128)c->facts.families[h].persons * c->keep_points;
}

/* First stays first: U outweighs the keeping of all stays too. Where that makes it so large that a
 * plan could cost 2^63, nothing is kept. */
static void outweigh_kept(check *c, const json_node *points) {
    int128 larger = c->facts.unplaced, person_weeks = 1;
    if (c->in->weights.unplaced != NONE) return;
    for (int h = 0; h < c->in->n_households; h++)
        for (int t = check_need_from(&c->facts, h); t < check_need_until(&c->facts, h); t++)
            larger += check_keep_cost(c, h, NONE, t);
    for (int h = 0; h < c->in->n_households; h++)
        person_weeks +=
            (int128)c->facts.families[h].persons * c->in->households[h].priority * c->in->weeks;
    c->has_keep = larger <= INT64_MAX / person_weeks;
    if (c->has_keep)
        c->facts.unplaced = larger;
    else
        json_problem(c->document, points, "points to keep with which a plan could cost 2^63");
}

plaats_status check_read_keep(check *c) {
    assert(c->stay_of != NULL && !c->has_keep);
    static const char *const members[] = {"points", "stays"};
    const json_node *problem = json_member(c->root, "problem");
    const json_node *keep = problem == NULL || json_type_of(problem) != JSON_OBJECT
                                ? NULL
                                : json_member(problem, "keep");
    if (!check_take_object(c, keep)) return PLAATS_OK;
    size_t cells = (size_t)c->in->n_households * (size_t)c->in->weeks;
    c->keep_site = arena_alloc(&c->memory, cells, sizeof *c->keep_site);
    if (c->keep_site == NULL) return fail_memory(c->error);
    for (size_t i = 0; i < cells; i++) c->keep_site[i] = NONE;
    c->has_keep = true;
    check_allow_members(c, keep, 2, members);
    const json_node *points = check_need_member(c, keep, "points");
    if (check_take_integer(c, points, &c->keep_points) &&
        (c->keep_points < 0 || c->keep_points > MOST_POINTS)) {
        json_problem(c->document, points, "points to keep are negative or more than 10^12");
        c->keep_points = 0;
    }
    const json_node *stays = check_need_member(c, keep, "stays");
    if (!check_take_array(c, stays)) return PLAATS_OK;
    for (const json_node *node = json_first(stays); node != NULL; node = json_next(node))
        enter_kept(c, node);
    outweigh_kept(c, points);
    return PLAATS_OK;
}
