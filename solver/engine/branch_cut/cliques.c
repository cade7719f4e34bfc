/* Cliques that the point breaks, site by site.
 *
 * The classes that the point has at a site are the vertices of a graph, its edges the pairs that
 * are apart. About each vertex the clique of the greatest sum is found by branch and bound; if the
 * point has more than one of it there, it is extended by all who are apart from all of it (lifting
 * with coefficient 1), and proved as a chain of rounding cuts, one for each member (add_member). */
#include "engine/branch_cut/cliques.h"

#include "engine/branch_cut/branch_cut_tuning.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Of those at hand, by their position. */
typedef uint64_t set;
_Static_assert(sizeof(set) * 8 == BRANCH_CUT_CLIQUE_MOST, "one bit for each");

/* A class that the point has at a site. All of a class are in the same groups, so that one of them
 * stands for all. */
typedef struct {
    int week;
    int32_t site, unit;
    double x;
} stay;

typedef struct {
    int32_t site;
    int n;
    int32_t unit[BRANCH_CUT_CLIQUE_MOST]; /* ascending */
} clique;

typedef struct {
    relaxation *x;
    cutter *c;
    set *sharing; /* per resource that is an apart group: those at hand who are in it */
    int n_stays;
    stay *stays; /* by week and site, the most of a class first */
    /* Of one site: its stays, the sets by position in them. */
    const stay *here;
    set apart[BRANCH_CUT_CLIQUE_MOST]; /* those it may not be with */
    set best;
    double best_sum;
    int steps;
} searcher;

static set only(int i) {
    assert(i >= 0 && i < BRANCH_CUT_CLIQUE_MOST);
    return (set)1 << i;
}

/* ---- Who may not be with whom ------------------------------------------------------------- */

/* The row of an apart group at the site, NONE. */
static int32_t apart_row(const grid *g, int32_t resource, int32_t site) {
    int32_t row;
    assert(resource >= 0 && resource < g->n_resources && site >= 0 && site < g->n_sites);
    row = grid_above(g, resource, site);
    return row != NONE && g->m->rows[row].kind == ROW_APART ? row : NONE;
}

/* Adds to the unit's groups at the site, or takes from them, those in the set. */
static void share(const searcher *s, int32_t unit, int32_t site, set who, bool add) {
    const grid *g = s->x->g;
    for (int32_t e = g->use_start[unit]; e < g->use_start[unit + 1]; e++) {
        int32_t resource = g->use_resource[e];
        if (apart_row(g, resource, site) == NONE) continue;
        if (add)
            s->sharing[resource] |= who;
        else
            s->sharing[resource] &= ~who;
    }
}

/* Those at hand who are in a group with the unit. */
static set apart_from(const searcher *s, int32_t unit, int32_t site) {
    const grid *g = s->x->g;
    set all = 0;
    for (int32_t e = g->use_start[unit]; e < g->use_start[unit + 1]; e++)
        if (apart_row(g, g->use_resource[e], site) != NONE) all |= s->sharing[g->use_resource[e]];
    return all;
}

/* ---- The heaviest clique ------------------------------------------------------------------ */

/* Tries who else may join those who are in: branch and bound. */
static void grow(searcher *s, set in, double sum, set may) {
    double rest = sum;
    if (sum > s->best_sum) {
        s->best = in;
        s->best_sum = sum;
    }
    for (set left = may; left != 0; left &= left - 1) rest += s->here[__builtin_ctzll(left)].x;
    while (may != 0 && rest > s->best_sum + BRANCH_CUT_ZERO && s->steps-- > 0) {
        int i = __builtin_ctzll(may);
        may &= may - 1;
        grow(s, in | only(i), sum + s->here[i].x, may & s->apart[i]);
        rest -= s->here[i].x;
    }
}

/* ---- From a clique to a cut --------------------------------------------------------------- */

static int by_number(const void *a, const void *b) {
    const int32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* The point has next to none of those who may join; but where others give way, it soon would. Each
 * is one more cut, but once all are in no other of the clique's parts is looked for. */
static void join_others(searcher *s, clique *k) {
    const site_units *who = s->c->who;
    for (int i = 0; i < k->n; i++) share(s, k->unit[i], k->site, only(i), true);
    for (size_t i = who->first[k->site];
         i < who->first[k->site + 1] && k->n < BRANCH_CUT_CLIQUE_MOST; i++) {
        int32_t u = who->units[i];
        set others = apart_from(s, u, k->site);
        bool is_in = false;
        if (s->x->classes->count[u] == 0 || others != only(k->n) - 1) continue;
        for (int m = 0; m < k->n; m++) is_in = is_in || k->unit[m] == u;
        if (is_in) continue;
        share(s, u, k->site, only(k->n), true);
        assert(k->n < BRANCH_CUT_CLIQUE_MOST);
        k->unit[k->n++] = u;
    }
    for (int i = 0; i < k->n; i++) share(s, k->unit[i], k->site, ~(set)0, false);
    qsort(k->unit, (size_t)k->n, sizeof *k->unit, by_number);
}

/* The row of the unit's group with the most of those in the set, who are then taken from it. One of
 * them at least shares a group with the unit. */
static int32_t widest_row(const searcher *s, int32_t unit, int32_t site, set *who) {
    const grid *g = s->x->g;
    int32_t widest = NONE;
    int most = 0;
    for (int32_t e = g->use_start[unit]; e < g->use_start[unit + 1]; e++) {
        int32_t resource = g->use_resource[e];
        int n = apart_row(g, resource, site) == NONE
                    ? 0
                    : __builtin_popcountll(s->sharing[resource] & *who);
        if (n <= most) continue;
        most = n;
        widest = resource;
    }
    assert(widest != NONE);
    *who &= ~s->sharing[widest];
    return apart_row(g, widest, site);
}

/* The cut with these terms, made only if there is none. */
static plaats_status take_cut(searcher *s, const cut_term *terms, int n, int *number,
                              plaats_error *error) {
    cut_list *l = s->x->cuts;
    for (int k = l->n - 1; k >= 0; k--) {
        const cut *c = &l->at[k];
        if (c->kind != CUT_ROUND || c->n_terms != n || c->over != n - 1 ||
            memcmp(c->terms, terms, (size_t)n * sizeof *terms) != 0)
            continue;
        *number = k;
        return PLAATS_OK;
    }
    *number = l->n;
    return cut_add_round(s->c, l, terms, n, n - 1, error);
}

/* `so_far` says that one of the first i is there at most; then the same of one more. With r rows
 * that have him and each of them: r - 1 times what is so far and once each row comes to at least r
 * for all of them, and to 2r - 1 on the right, so that over r it is 1. */
static plaats_status add_member(searcher *s, const clique *k, int i, cut_term *so_far,
                                plaats_error *error) {
    plaats_status st = PLAATS_OK;
    cut_term terms[BRANCH_CUT_CLIQUE_MOST + 1];
    set left = only(i) - 1;
    int n = 1, number;

    assert(i >= 1 && i < k->n && k->n <= BRANCH_CUT_CLIQUE_MOST);
    if (so_far->kind == TERM_CUT && cut_use(&s->x->cuts->at[so_far->item], k->unit[i], k->site) > 0)
        return PLAATS_OK; /* several groups had him before it was his turn */
    while (left != 0) {
        assert(n <= BRANCH_CUT_CLIQUE_MOST);
        terms[n] =
            (cut_term){.kind = TERM_ROW, .item = widest_row(s, k->unit[i], k->site, &left), .n = 1};
        n++;
    }
    if (n == 2) {
        *so_far = terms[1]; /* one group has them all */
        goto done;
    }
    assert(so_far->item != NONE); /* one group has the first two */
    terms[0] = *so_far;
    terms[0].n = n - 2;
    TRY(take_cut(s, terms, n, &number, error));
    *so_far = (cut_term){.kind = TERM_CUT, .item = number, .n = 1};
done:
    return st;
}

static plaats_status add_clique(searcher *s, const clique *k, int *found, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    relaxation *x = s->x;
    cut_term so_far = {.kind = TERM_ROW, .item = NONE, .n = 1};

    for (int i = 0; i < k->n; i++) {
        if (i > 0) TRY(add_member(s, k, i, &so_far, error));
        share(s, k->unit[i], k->site, only(i), true);
    }
    if (so_far.kind != TERM_CUT) goto done;
    if (relaxation_has_cut(x, so_far.item)) goto done;
    TRY(relaxation_add_cut(x, so_far.item, error));
    ++*found;
done:
    for (int i = 0; i < k->n; i++) share(s, k->unit[i], k->site, ~(set)0, false);
    return st;
}

/* ---- Site by site ------------------------------------------------------------------------- */

static int by_site(const void *a, const void *b) {
    const stay *x = a, *y = b;
    if (x->week != y->week) return x->week - y->week;
    if (x->site != y->site) return x->site - y->site;
    if (x->x != y->x) return x->x > y->x ? -1 : 1;
    return x->unit - y->unit;
}

/* Adds where the column has its class, by the week. */
static void add_stays(searcher *s, const lp_column_owner *o, double amount) {
    for (int week = 0; week < CHOICE_WEEKS; week++) {
        int32_t site = choice_site(o->at, week);
        if (site != NONE) s->stays[s->n_stays++] = (stay){week, site, o->unit, amount};
    }
}

static plaats_status list_stays(searcher *s, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const relaxation *x = s->x;
    size_t most = (size_t)x->n_columns * CHOICE_WEEKS;

    TRY_ALLOC(s->stays = zero_alloc(most, sizeof *s->stays));
    for (int c = 0; c < x->n_columns; c++) {
        const lp_column_owner *o = &x->columns[c];
        if (o->kind != LP_COLUMN_CHOICE || x->g->m->units[o->unit].n_apart == 0) continue;
        if (lp_x(x->p, c) >= BRANCH_CUT_CLIQUE_AMOUNT) add_stays(s, o, lp_x(x->p, c));
    }
    assert((size_t)s->n_stays <= most);
    qsort(s->stays, (size_t)s->n_stays, sizeof *s->stays, by_site);
done:
    return st;
}

/* Fills `apart` for the n stays from `here` on. */
static void compare(searcher *s, const stay *here, int n) {
    assert(n >= 1 && n <= BRANCH_CUT_CLIQUE_MOST);
    s->here = here;
    for (int i = 0; i < n; i++) share(s, here[i].unit, here[i].site, only(i), true);
    for (int i = 0; i < n; i++) s->apart[i] = apart_from(s, here[i].unit, here[i].site) & ~only(i);
    for (int i = 0; i < n; i++) share(s, here[i].unit, here[i].site, ~(set)0, false);
}

/* The heaviest clique about each of the stays, if it is broken. */
static plaats_status search_site(searcher *s, const stay *here, int n, int most, int *found,
                                 plaats_error *error) {
    plaats_status st = PLAATS_OK;

    compare(s, here, n);
    for (int i = 0; i < n && *found < most; i++) {
        clique k = {.site = here->site};
        s->best = 0;
        s->best_sum = 1 + BRANCH_CUT_CLIQUE_VIOLATION;
        s->steps = BRANCH_CUT_CLIQUE_STEPS;
        grow(s, only(i), here[i].x, s->apart[i]);
        for (set left = s->best; left != 0; left &= left - 1)
            k.unit[k.n++] = here[__builtin_ctzll(left)].unit;
        if (k.n == 0) continue;
        join_others(s, &k);
        TRY(add_clique(s, &k, found, error));
    }
done:
    return st;
}

static bool is_together(const stay *a, const stay *b) {
    return a->week == b->week && a->site == b->site;
}

plaats_status cliques_separate(relaxation *x, cutter *c, int most, int *found,
                               plaats_error *error) {
    plaats_status st = PLAATS_OK;
    searcher s = {.x = x, .c = c};

    assert(most >= 0);
    *found = 0;
    TRY(list_stays(&s, error));
    TRY_ALLOC(s.sharing = zero_alloc((size_t)x->g->n_resources, sizeof *s.sharing));
    for (int from = 0, to = 0; from < s.n_stays && !run_over(x->r); from = to) {
        while (to < s.n_stays && is_together(&s.stays[to], &s.stays[from])) to++;
        int n = to - from < BRANCH_CUT_CLIQUE_MOST ? to - from : BRANCH_CUT_CLIQUE_MOST;
        TRY(search_site(&s, &s.stays[from], n, most, found, error));
    }
done:
    free(s.stays);
    free(s.sharing);
    return st;
}
