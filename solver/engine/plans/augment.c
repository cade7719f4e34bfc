/* Ejection chains (F. Glover, 1996), depth first. Somebody unplaced wants a site that is full: a
 * resident who uses what is missing there goes where there is room, or makes room by pushing
 * somebody else out in the same way. As many go as it takes; if they cannot, all of it is undone
 * and the next site is tried. Chains of one link are tried for everyone first, then longer ones. */
#include "engine/plans/augment.h"

#include "engine/layout/field.h"
#include "engine/plans/ranked.h"

#include <stdlib.h>

#define DEEPEST 3        /* links of a chain */
#define WORK_PER_UNIT 60 /* in all, for every unit of the week */
#define SHARE 8          /* of that, at most 1/SHARE goes into one try */

typedef struct {
    int32_t unit, from;
} moved;

typedef struct {
    run *r;
    state *s;
    field f;
    unit_costs costs[DEEPEST + 1]; /* by links left: of the unit at hand */
    ranked *choices[DEEPEST + 1];
    bool *taken; /* per site: room is being made there */
    moved *log;  /* of moves, to be undone */
    int n_log, log_room;
    int64_t steps, most; /* of work for the one at hand */
} rescue;

/* ---- Moves ----------------------------------------------------------------------------------- */

static bool move(rescue *x, int u, int32_t to, int64_t cost) {
    if (x->n_log == x->log_room) {
        int room = 2 * x->log_room + 64;
        moved *larger = realloc(x->log, (size_t)room * sizeof *larger);
        if (larger == NULL) return false;
        x->log = larger;
        x->log_room = room;
    }
    x->log[x->n_log++] = (moved){u, x->s->at[u]};
    state_move(x->s, u, to, cost);
    return true;
}

static void undo(rescue *x, int n_log) {
    while (x->n_log > n_log) {
        moved m = x->log[--x->n_log];
        state_move(x->s, m.unit, m.from, state_own_cost(x->s, m.unit, m.from));
    }
}

static bool has_moved(const rescue *x, int u) {
    for (int i = 0; i < x->n_log; i++)
        if (x->log[i].unit == u) return true;
    return false;
}

/* ---- One unit -------------------------------------------------------------------------------- */

/* What the unit would lose at each of its options. */
static const double *look(rescue *x, int u, const options *o, int links) {
    x->steps += o->n;
    return unit_costs_of(&x->costs[links], &x->f, u, o);
}

/* To the best site that has room as things are. */
static bool go_where_room_is(rescue *x, int u, const options *o, const double *reduced) {
    int best = NONE;
    for (int i = 0; i < o->n; i++)
        if (!x->taken[o->site[i]] && o->site[i] != x->s->at[u] &&
            (best == NONE || reduced[i] < reduced[best]) && state_fits(x->s, u, o->site[i]))
            best = i;
    return best != NONE && move(x, u, o->site[best], option_cost(o, best));
}

static int list_choices(rescue *x, int u, const options *o, const double *reduced, int links) {
    int n = 0;
    for (int i = 0; i < o->n; i++)
        if (!x->taken[o->site[i]] && o->site[i] != x->s->at[u])
            x->choices[links][n++] = (ranked){.loss = reduced[i], .option = i};
    qsort(x->choices[links], (size_t)n, sizeof(ranked), by_rank);
    x->steps += n;
    return n;
}

/* What the unit uses of the first row in its way at the site: who goes for the sake of a service
 * leaves a bed as well, so beds come last. NONE if it fits. */
static int32_t find_obstacle(const rescue *x, int u, int site) {
    const grid *g = x->s->g;
    for (int32_t e = g->use_start[u + 1]; e-- > g->use_start[u];) {
        int32_t row = grid_above(g, g->use_resource[e], site);
        const model_row *it;
        if (row == NONE) continue;
        it = &g->m->rows[row];
        if (row_is_soft(it)) continue;
        if (x->s->load[row] + g->use_count[e] > (it->kind == ROW_OPEN ? it->beds : it->rhs))
            return g->use_resource[e];
    }
    return NONE;
}

static bool find_place(rescue *x, int u, int links);

/* Somebody who uses the resource there goes; false if nobody can. */
static bool push_one_out(rescue *x, int site, int32_t resource, int links) {
    for (int32_t v = x->s->first[site], next; v != NONE && x->steps < x->most; v = next) {
        next = x->s->next[v];
        x->steps++;
        if (grid_use(x->s->g, v, resource) > 0 && !has_moved(x, v) && find_place(x, v, links))
            return true;
    }
    return false;
}

/* The unit goes to a site that has no room for it yet. */
static bool force(rescue *x, int u, int32_t site, int64_t cost, int links) {
    int n_log = x->n_log;
    int32_t resource;
    bool clear = true;
    x->taken[site] = true;
    while (clear && (resource = find_obstacle(x, u, site)) != NONE)
        clear = push_one_out(x, site, resource, links - 1);
    x->taken[site] = false;
    if (clear && move(x, u, site, cost)) return true;
    undo(x, n_log);
    return false;
}

static bool find_place(rescue *x, int u, int links) {
    options o = model_options(x->s->g->m, u);
    const double *reduced = look(x, u, &o, links);
    int n;

    if (go_where_room_is(x, u, &o, reduced)) return true;
    if (links == 0) return false;
    n = list_choices(x, u, &o, reduced, links);
    for (int i = 0; i < n && x->steps < x->most; i++) {
        int option = x->choices[links][i].option;
        if (force(x, u, o.site[option], option_cost(&o, option), links)) return true;
    }
    return false;
}

/* ---- All of them ----------------------------------------------------------------------------- */

static plaats_status rescue_build(rescue *x, const double *row_price, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const grid *g = x->s->g;
    size_t n = (size_t)g->n_sites;

    TRY(field_build(g, &x->f, error));
    field_set(&x->f, row_price);
    TRY_ALLOC(x->taken = zero_alloc(n, sizeof *x->taken));
    for (int i = 0; i <= DEEPEST; i++) {
        TRY(unit_costs_build(g, &x->costs[i], error));
        TRY_ALLOC(x->choices[i] = zero_alloc(n, sizeof(ranked)));
    }
done:
    return st;
}

static void rescue_free(rescue *x) {
    field_free(&x->f);
    free(x->taken);
    for (int i = 0; i <= DEEPEST; i++) {
        unit_costs_free(&x->costs[i]);
        free(x->choices[i]);
    }
    free(x->log);
}

/* One who is unplaced; nothing changes unless it costs less. */
static void place_one(rescue *x, int u, int links) {
    int64_t before = x->s->cost;
    x->n_log = 0;
    x->steps = 0;
    if (!find_place(x, u, links) || x->s->cost >= before) undo(x, 0);
}

plaats_status augment_plan(run *r, const double *row_price, state *s, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    rescue x = {.r = r, .s = s};
    int64_t left = (int64_t)WORK_PER_UNIT * s->g->n_units;

    TRY(rescue_build(&x, row_price, error));
    x.most = left / SHARE;
    for (int links = 1; links <= DEEPEST; links++)
        for (int32_t u = s->first[s->g->n_sites], next; u != NONE && left > 0; u = next) {
            next = s->next[u];
            place_one(&x, u, links);
            run_spend(r, x.steps);
            left -= x.steps;
        }
done:
    rescue_free(&x);
    return st;
}
