/* Every rule that a plan must obey, in every week. */
#include "check/check.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* ---- Rules of a household alone ---------------------------------------------------------- */

static void say(check *c, int h, int j, const stance *st, const exclusion *e) {
    static const char *const sentences[N_CODES] = {
        [CODE_closed] = "the site is closed",
        [CODE_admits] = "not every person carries a tag the site admits",
        [CODE_refuses] = "a person carries a tag the site refuses",
        [CODE_max_km] = "the journey is longer than its max_km",
        [CODE_pin] = "it is pinned to another site",
        [CODE_ban] = "it is banned from the site",
        [CODE_no_move] = "it must not move before its no_move_before",
        [CODE_min_stay] = "the site closes before min_stay weeks have passed",
        [CODE_max_moves] = "it would move more often than max_moves",
    };
    const char *household = c->in->households[h].id, *where = c->in->sites[j].id;
    const json_node *node = check_node_at(c, h, st->t);
    char when[WEEK_TEXT_SIZE];
    week_format(week_of(&c->facts, st->t), when);
    if (e->code == CODE_service)
        json_problem(c->document, node,
                     "household '%s' may not be at '%s' in %s: service '%s' is "
                     "not listed there",
                     household, where, when, e->what);
    else if (e->code == CODE_near_km || e->code == CODE_near_minutes)
        json_problem(c->document, node,
                     "household '%s' may not be at '%s' in %s: '%s' is beyond "
                     "its limit in %s",
                     household, where, when, e->what, e->code == CODE_near_km ? "km" : "minutes");
    else
        json_problem(c->document, node, "household '%s' may not be at '%s' in %s: %s", household,
                     where, when, sentences[e->code]);
}

static plaats_status judge_household(check *c, int h) {
    const check_facts *f = &c->facts;
    int room = check_alone_room(f, h);
    exclusion *found = zero_alloc((size_t)room, sizeof *found);
    if (found == NULL) return fail_memory(c->error);
    stance st = check_start(f, h);
    while (st.t < check_need_until(f, h)) {
        int j = check_site_at(c, h, st.t);
        int n = j == NONE ? 0 : check_alone(f, h, j, &st, found, room);
        for (int i = 0; i < n; i++) say(c, h, j, &st, &found[i]);
        check_next(f, h, &st, j);
    }
    free(found);
    return PLAATS_OK;
}

/* ---- Rules about how many ---------------------------------------------------------------- */

/* A place in the document for what concerns a whole site or quota: its row, or the stays. */
static const json_node *place_of(const check *c, const char *table, const char *id) {
    const json_node *rows = json_member(c->root, table);
    const json_node *row =
        rows != NULL && json_type_of(rows) == JSON_ARRAY ? json_first(rows) : NULL;
    for (; row != NULL; row = json_next(row)) {
        const json_node *name = json_type_of(row) == JSON_OBJECT ? json_member(row, "id") : NULL;
        if (name != NULL && json_type_of(name) == JSON_STRING && strcmp(json_text(name), id) == 0)
            return row;
    }
    rows = json_member(c->root, "stays");
    return rows != NULL ? rows : c->root;
}

static void judge_site(check *c, int j, int t) {
    const site *s = &c->in->sites[j];
    const int64_t *sums = &c->weeks[t].sums[(size_t)j * (size_t)c->facts.n_slots];
    week now = week_of(&c->facts, t);
    char when[WEEK_TEXT_SIZE];
    week_format(now, when);
    if (!check_open(&c->facts, j, t)) return; /* said of each household */
    if (sums[SLOT_PERSONS] > check_usable(&c->facts, j, t))
        json_problem(c->document, place_of(c, "sites", s->id),
                     "%lld persons at '%s' in %s, which has %lld usable beds",
                     (long long)sums[SLOT_PERSONS], s->id, when,
                     (long long)check_usable(&c->facts, j, t));
    for (int i = 0; i < s->n_services; i++) {
        int64_t taken = sums[slot_service(s->services[i].service)];
        int64_t places = check_places(&s->services[i], now);
        if (taken > places)
            json_problem(c->document, place_of(c, "sites", s->id),
                         "%lld persons need service '%s' at '%s' in %s, which has %lld places",
                         (long long)taken, c->in->services[s->services[i].service], s->id, when,
                         (long long)places);
    }
}

static void judge_quota(check *c, int q, int t) {
    const quota *of = &c->in->quotas[q];
    int64_t max = check_quota_max(of, week_of(&c->facts, t));
    int64_t n = c->weeks[t].quotas[q];
    char when[WEEK_TEXT_SIZE];
    if (max == STEP_NULL || of->points > 0 || n <= max) return;
    week_format(week_of(&c->facts, t), when);
    json_problem(c->document, place_of(c, "quotas", of->id),
                 "quota '%s' counts %lld persons in %s and allows %lld", of->id, (long long)n, when,
                 (long long)max);
}

/* ---- Rules between households ------------------------------------------------------------ */

/* The first member of the group that needs a bed in the week sets where all others are. */
static void judge_together(check *c, const group *g, int t) {
    int first = NONE;
    char when[WEEK_TEXT_SIZE];
    week_format(week_of(&c->facts, t), when);
    for (int i = 0; i < g->households.n; i++) {
        int h = g->households.at[i];
        if (!check_needs_bed(&c->facts, h, t)) continue;
        if (first == NONE) first = h;
        if (check_site_at(c, h, t) == check_site_at(c, first, t)) continue;
        int shown = check_site_at(c, h, t) == NONE ? first : h;
        json_problem(c->document, check_node_at(c, shown, t),
                     "households '%s' and '%s' belong together and are not at one site in %s",
                     c->in->households[first].id, c->in->households[h].id, when);
    }
}

/* `last`: per site the last household seen, and for which group and week. */
typedef struct {
    int stamp, household;
} last_seen;

static void judge_apart(check *c, const group *g, int t, int stamp, last_seen *last) {
    char when[WEEK_TEXT_SIZE];
    if (!check_holds(&g->when, week_of(&c->facts, t))) return;
    week_format(week_of(&c->facts, t), when);
    for (int i = 0; i < g->households.n; i++) {
        int h = g->households.at[i], j = check_site_at(c, h, t);
        if (j == NONE) continue;
        if (last[j].stamp == stamp)
            json_problem(c->document, check_node_at(c, h, t),
                         "households '%s' and '%s' must be apart and share '%s' in %s",
                         c->in->households[last[j].household].id, c->in->households[h].id,
                         c->in->sites[j].id, when);
        last[j] = (last_seen){stamp, h};
    }
}

static plaats_status judge_groups(check *c) {
    last_seen *last = zero_alloc((size_t)c->in->n_sites, sizeof *last);
    if (last == NULL) return fail_memory(c->error);
    int stamp = 0;
    for (int t = 0; t < c->in->weeks; t++) {
        for (int g = 0; g < c->in->n_together; g++) judge_together(c, &c->in->together[g], t);
        for (int g = 0; g < c->in->n_apart; g++) judge_apart(c, &c->in->apart[g], t, ++stamp, last);
    }
    free(last);
    return PLAATS_OK;
}

plaats_status check_rules(check *c) {
    assert(c->weeks != NULL);
    plaats_status st = PLAATS_OK;
    for (int h = 0; h < c->in->n_households; h++) TRY(judge_household(c, h));
    for (int t = 0; t < c->in->weeks; t++) {
        for (int j = 0; j < c->in->n_sites; j++) judge_site(c, j, t);
        for (int q = 0; q < c->in->n_quotas; q++) judge_quota(c, q, t);
    }
    TRY(judge_groups(c));
done:
    return st;
}
