/* What the plan says of its stays, its cost and its totals. */
#include "check/check.h"

#include <assert.h>
#include <string.h>

const char *const check_part_names[N_PARTS] = {
#define X(name) #name,
    CHECK_PARTS(X)
#undef X
};

/* ---- Stays ------------------------------------------------------------------------------- */

/* The km of a journey that neither a rule nor a weight asks for is null. */
static void judge_km(check *c, const plan_stay *s) {
    const json_node *node = json_member(s->node, "km");
    bool needed = c->in->weights.km > 0 || c->in->households[s->household].max_km != NONE;
    int64_t km = needed ? s->km : NONE;
    if (node == NULL) return;
    if (json_type_of(node) == JSON_NULL) {
        if (km != NONE)
            json_problem(c->document, node, "the journey into the stay is %lld km, not null",
                         (long long)km);
    } else if (km == NONE) {
        json_problem(c->document, node,
                     "no journey into the stay whose length is needed, so km is null");
    } else {
        check_expect_integer(c, node, km, "the journey into the stay in km");
    }
}

static void judge_stay(check *c, const plan_stay *s) {
    check_expect_integer(c, json_member(s->node, "persons"),
                         c->facts.families[s->household].persons,
                         "the number of persons of the household");
    check_expect_bool(c, json_member(s->node, "moved"), s->moved, "'moved'");
    judge_km(c, s);
    check_expect_integer(c, json_member(s->node, "points"), s->points, "the cost of the stay");
}

static void judge_order(check *c) {
    for (int i = 1; i < c->n_stays; i++) {
        const plan_stay *a = &c->stays[i - 1], *b = &c->stays[i];
        int order = strcmp(c->in->households[a->household].id, c->in->households[b->household].id);
        if (order > 0 || (order == 0 && a->t > b->t))
            json_problem(c->document, b->node,
                         "stays are not sorted by household, then week: '%s' after '%s'",
                         c->in->households[b->household].id, c->in->households[a->household].id);
    }
}

static void judge_maximal(check *c) {
    for (int i = 0; i < c->n_stays; i++) {
        const plan_stay *s = &c->stays[i];
        if (s->t > 0 && check_site_at(c, s->household, s->t - 1) == s->site)
            json_problem(c->document, s->node,
                         "the stay goes on from another one at the same site: they are one run");
    }
}

/* ---- Cost and totals --------------------------------------------------------------------- */

static void judge_parts(check *c) {
    const json_node *parts = json_member(c->root, "parts");
    if (!check_take_object(c, parts)) return;
    check_allow_members(c, parts, N_PARTS, check_part_names);
    for (int p = 0; p < N_PARTS; p++) {
        char meaning[64] = "the part of the cost called ";
        strncat(meaning, check_part_names[p], sizeof meaning - strlen(meaning) - 1);
        check_expect_integer(c, check_need_member(c, parts, check_part_names[p]), c->parts[p],
                             meaning);
    }
}

static int64_t persons_at_kind(const check *c, const char *kind) {
    int64_t n = 0;
    for (int j = 0; j < c->in->n_sites; j++) {
        const char *found = c->in->sites[j].kind;
        if (strcmp(found == NULL ? "" : found, kind) != 0) continue;
        for (int t = 0; t < c->in->weeks; t++)
            n += c->weeks[t].sums[(size_t)j * (size_t)c->facts.n_slots + SLOT_PERSONS];
    }
    return n;
}

static void judge_kinds(check *c, const json_node *kinds) {
    if (!check_take_object(c, kinds)) return;
    int128 given = 0;
    for (const json_node *m = json_first(kinds); m != NULL; m = json_next(m)) {
        int64_t n = persons_at_kind(c, json_key(m));
        check_expect_integer(c, m, n, "the number of person-weeks at sites of this kind");
        given += n;
    }
    if (given != c->totals.placed)
        json_problem(c->document, kinds, "a kind of site at which people stay is missing");
}

static void judge_person_weeks(check *c, const json_node *node) {
    static const char *const members[] = {"by_kind", "durable", "temporary"};
    if (!check_take_object(c, node)) return;
    check_allow_members(c, node, 3, members);
    judge_kinds(c, json_member(node, "by_kind"));
    check_expect_integer(c, json_member(node, "durable"), c->totals.durable,
                         "the number of person-weeks at durable sites");
    check_expect_integer(c, json_member(node, "temporary"), c->totals.temporary,
                         "the number of person-weeks at temporary sites");
}

static void judge_totals(check *c) {
    static const char *const members[] = {"persons",        "households",  "placed",
                                          "unplaced",       "moves",       "persons_moved",
                                          "children_moved", "person_weeks"};
    const json_node *totals = json_member(c->root, "totals");
    if (!check_take_object(c, totals)) return;
    check_allow_members(c, totals, (int)(sizeof members / sizeof *members), members);
    const int64_t values[] = {c->in->n_people,         c->in->n_households, c->totals.placed,
                              c->totals.unplaced,      c->totals.moves,     c->totals.persons_moved,
                              c->totals.children_moved};
    static const char *const meanings[] = {"the number of persons in the instance",
                                           "the number of households in the instance",
                                           "the number of person-weeks placed",
                                           "the number of person-weeks unplaced",
                                           "the number of moves",
                                           "the number of persons moved",
                                           "the number of children moved"};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        check_expect_integer(c, json_member(totals, members[i]), values[i], meanings[i]);
    judge_person_weeks(c, json_member(totals, "person_weeks"));
}

void check_figures(check *c) {
    assert(c->whole && c->weeks != NULL);
    for (int i = 0; i < c->n_stays; i++) judge_stay(c, &c->stays[i]);
    check_expect_integer(c, json_member(c->root, "cost"), c->cost, "the cost");
    judge_parts(c);
    judge_totals(c);
    if (c->handmade) return;
    judge_order(c);
    judge_maximal(c);
}
