/* Ejection chains (F. Glover, Ejection chains, reference structures and alternating path methods,
 * 1996; for generalized assignment M. Yagiura, T. Ibaraki and F. Glover, 2004), depth first.
 * Somebody unplaced wants a site that is full: a resident who uses what is missing there goes where
 * there is room, or makes room by ejecting somebody else in the same way. As many go as it takes;
 * if they cannot, all of it is undone and the next option is tried. Chains of one link are tried
 * for everyone first, then longer ones.
 *
 * Options are tried in order of their reduced costs, so that people go where little is lost. */
#include "engine/plans/augment.h"

#include "engine/layout/field.h"
#include "engine/plans/plans_tuning.h"
#include "engine/plans/ranked.h"

#include <assert.h>
#include <stdlib.h>

typedef struct {
    int32_t unit;
    choice from;
} moved;

typedef struct {
    run *r;
    state *s;
    field f;
    unit_costs costs[PLANS_LINKS + 1]; /* by links left: of the unit at hand */
    ranked *choices[PLANS_LINKS + 1];
    bool *taken; /* [week * n_sites + site]: room is being made there */
    moved *log;  /* of moves, to be undone */
    int n_log, log_room;
    int64_t steps, most; /* of work for the one at hand */
} augmentation;

/* What lacks room for a unit's choice. */
typedef struct {
    int week;
    int32_t site, resource; /* resource NONE: nothing does */
} obstacle;

/* ---- Moves --------------------------------------------------------------------------------- */

static bool move(augmentation *x, int u, choice to, int64_t cost) {
    if (x->n_log == x->log_room) {
        int room = 2 * x->log_room + PLANS_ROOM;
        moved *larger = realloc(x->log, (size_t)room * sizeof *larger);
        if (larger == NULL) return false;
        x->log = larger;
        x->log_room = room;
    }
    x->log[x->n_log++] = (moved){u, x->s->at[u]};
    state_move(x->s, u, to, cost);
    return true;
}

static void undo(augmentation *x, int n_log) {
    while (x->n_log > n_log) {
        moved m = x->log[--x->n_log];
        state_move(x->s, m.unit, m.from, state_own_cost(x->s, m.unit, m.from));
    }
}

static bool has_moved(const augmentation *x, int u) {
    for (int i = 0; i < x->n_log; i++)
        if (x->log[i].unit == u) return true;
    return false;
}

/* ---- Where room is being made -------------------------------------------------------------- */

static bool is_taken(const augmentation *x, choice c) {
    for (int w = 0; w < CHOICE_WEEKS; w++) {
        int32_t site = choice_site(c, w);
        if (site != NONE && x->taken[w * x->s->g->n_sites + site]) return true;
    }
    return false;
}

static void set_taken(augmentation *x, choice c, bool taken) {
    for (int w = 0; w < CHOICE_WEEKS; w++) {
        int32_t site = choice_site(c, w);
        if (site != NONE) x->taken[w * x->s->g->n_sites + site] = taken;
    }
}

/* ---- One unit ------------------------------------------------------------------------------ */

/* What the unit would lose at each of its options. */
static const double *look(augmentation *x, int u, const options *o, int links) {
    x->steps += o->n;
    return unit_costs_of(&x->costs[links], &x->f, u, o);
}

/* May the i-th option be tried at all? */
static bool may_try(const augmentation *x, int u, const options *o, int i) {
    choice c = choice_of_option(o, i);
    return c != x->s->at[u] && !is_taken(x, c);
}

/* The best option that has room as things are. */
static bool go_where_room_is(augmentation *x, int u, const options *o, const double *reduced) {
    int best = NONE;
    for (int i = 0; i < o->n; i++)
        if (may_try(x, u, o, i) && (best == NONE || reduced[i] < reduced[best]) &&
            state_fits(x->s, u, choice_of_option(o, i)))
            best = i;
    return best != NONE && move(x, u, choice_of_option(o, best), option_cost(o, best));
}

static int rank_options(augmentation *x, int u, const options *o, const double *reduced,
                        int links) {
    int n = 0;
    assert(links > 0 && links <= PLANS_LINKS && o->n <= x->s->g->n_sites);
    for (int i = 0; i < o->n; i++)
        if (may_try(x, u, o, i)) x->choices[links][n++] = (ranked){.loss = reduced[i], .option = i};
    qsort(x->choices[links], (size_t)n, sizeof(ranked), by_rank);
    x->steps += n;
    return n;
}

/* What the unit uses of the first row in its way at the site: who goes for the sake of a service
 * leaves a bed as well, so beds come last. NONE if it fits. */
static int32_t full_resource(const augmentation *x, int u, int32_t site) {
    const grid *g = x->s->g;
    for (int32_t e = g->use_start[u + 1]; e-- > g->use_start[u];) {
        int32_t row = grid_above(g, g->use_resource[e], site);
        if (row == NONE || row_is_soft(&g->m->rows[row])) continue;
        if (!state_has_room(x->s, row, g->use_count[e])) return g->use_resource[e];
    }
    return NONE;
}

static obstacle find_obstacle(const augmentation *x, int u, choice c) {
    for (int w = 0; w < CHOICE_WEEKS; w++) {
        int32_t site = choice_site(c, w);
        int32_t resource = site == NONE ? NONE : full_resource(x, u, site);
        if (resource != NONE) return (obstacle){w, site, resource};
    }
    return (obstacle){.resource = NONE};
}

static bool find_place(augmentation *x, int u, int links);

/* Somebody who uses what is missing there goes; false if nobody can. */
static bool eject_one(augmentation *x, obstacle o, int links) {
    for (int32_t v = state_first(x->s, o.site, o.week), next; v != NONE && x->steps < x->most;
         v = next) {
        next = state_next(x->s, v, o.week);
        x->steps++;
        if (grid_use(x->s->g, v, o.resource) > 0 && !has_moved(x, v) && find_place(x, v, links))
            return true;
    }
    return false;
}

/* The unit gets a choice for which there is no room yet. */
static bool force(augmentation *x, int u, choice to, int64_t cost, int links) {
    int n_log = x->n_log;
    obstacle o;
    bool clear = true;
    assert(links > 0);
    set_taken(x, to, true);
    while (clear && (o = find_obstacle(x, u, to)).resource != NONE)
        clear = eject_one(x, o, links - 1);
    set_taken(x, to, false);
    if (clear && move(x, u, to, cost)) return true;
    undo(x, n_log);
    return false;
}

static bool find_place(augmentation *x, int u, int links) {
    options o = model_options(x->s->g->m, u);
    const double *reduced = look(x, u, &o, links);
    int n;

    assert(links >= 0 && links <= PLANS_LINKS);
    if (go_where_room_is(x, u, &o, reduced)) return true;
    if (links == 0) return false;
    n = rank_options(x, u, &o, reduced, links);
    for (int i = 0; i < n && x->steps < x->most; i++) {
        int option = x->choices[links][i].option;
        if (force(x, u, choice_of_option(&o, option), option_cost(&o, option), links)) return true;
    }
    return false;
}

/* ---- All of them --------------------------------------------------------------------------- */

static plaats_status augmentation_build(augmentation *x, const double *row_price,
                                        plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const grid *g = x->s->g;
    size_t n = (size_t)g->n_sites;

    TRY(field_build(g, &x->f, error));
    field_set(&x->f, row_price);
    TRY_ALLOC(x->taken = zero_alloc(CHOICE_WEEKS * n, sizeof *x->taken));
    for (int i = 0; i <= PLANS_LINKS; i++) {
        TRY(unit_costs_build(g, &x->costs[i], error));
        TRY_ALLOC(x->choices[i] = zero_alloc(n, sizeof(ranked)));
    }
done:
    return st;
}

static void augmentation_free(augmentation *x) {
    field_free(&x->f);
    free(x->taken);
    for (int i = 0; i <= PLANS_LINKS; i++) {
        unit_costs_free(&x->costs[i]);
        free(x->choices[i]);
    }
    free(x->log);
}

/* One who is unplaced; nothing changes unless it costs less. */
static void place_one(augmentation *x, int u, int links) {
    int64_t before = x->s->cost;
    x->n_log = 0;
    x->steps = 0;
    if (!find_place(x, u, links) || x->s->cost >= before) undo(x, 0);
}

plaats_status augment_plan(run *r, const double *row_price, state *s, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    augmentation x = {.r = r, .s = s};
    int64_t left = (int64_t)PLANS_AUGMENT_STEPS * s->g->n_units;

    assert(row_price != NULL && s->g == &r->g);
    TRY(augmentation_build(&x, row_price, error));
    x.most = left / PLANS_AUGMENT_SHARE;
    for (int links = 1; links <= PLANS_LINKS; links++)
        for (int32_t u = state_first(s, NONE, 0), next; u != NONE && left > 0; u = next) {
            next = state_next(s, u, 0);
            place_one(&x, u, links);
            run_spend(r, x.steps);
            left -= x.steps;
        }
done:
    augmentation_free(&x);
    return st;
}
