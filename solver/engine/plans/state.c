/* The rows and the cost of an assignment, brought up to date by what one unit's move changes. A row
 * of a quota covers many sites: if it covers both where the unit was and where it goes, its load
 * stays, and so it must be seen once and with both in view. */
#include "engine/plans/state.h"

#include <assert.h>
#include <stdlib.h>

enum {
    MOST_TOUCHED = 4
}; /* rows of one entry: from above and below, at the old site and the new */

/* ---- Units by place ------------------------------------------------------------------------ */

static int32_t *first_at(const state *s, int32_t site, int week) {
    return &s->first[week * (s->g->n_sites + 1) + (site == NONE ? s->g->n_sites : site)];
}

static void link_unit(state *s, int unit, int week) {
    int32_t *first = first_at(s, choice_site(s->at[unit], week), week);
    int32_t *next = s->next + (size_t)week * s->g->n_units;
    int32_t *previous = s->previous + (size_t)week * s->g->n_units;
    previous[unit] = NONE;
    next[unit] = *first;
    if (*first != NONE) previous[*first] = unit;
    *first = unit;
}

static void unlink_unit(state *s, int unit, int week) {
    int32_t *next = s->next + (size_t)week * s->g->n_units;
    int32_t *previous = s->previous + (size_t)week * s->g->n_units;
    if (previous[unit] != NONE)
        next[previous[unit]] = next[unit];
    else
        *first_at(s, choice_site(s->at[unit], week), week) = next[unit];
    if (next[unit] != NONE) previous[next[unit]] = previous[unit];
}

static void choose(state *s, int unit, choice to) {
    for (int w = 0; w < CHOICE_WEEKS; w++) unlink_unit(s, unit, w);
    s->at[unit] = to;
    for (int w = 0; w < CHOICE_WEEKS; w++) link_unit(s, unit, w);
}

/* ---- From nothing -------------------------------------------------------------------------- */

static void leave_all_unplaced(state *s) {
    const model *m = s->g->m;
    for (int i = 0; i < CHOICE_WEEKS * (m->n_sites + 1); i++) s->first[i] = NONE;
    for (int u = m->n_units - 1; u >= 0; u--) {
        s->at[u] = CHOICE_NONE;
        for (int w = 0; w < CHOICE_WEEKS; w++) link_unit(s, u, w);
        s->own[u] = m->units[u].unplaced_cost;
        s->cost += s->own[u];
    }
    for (int i = 0; i < m->n_rows; i++) s->cost += row_cost_of(&m->rows[i], 0);
}

plaats_status state_build(const grid *g, state *s, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    size_t n_units = (size_t)g->n_units, n_places = CHOICE_WEEKS * ((size_t)g->n_sites + 1);

    *s = (state){.g = g};
    TRY_ALLOC(s->at = zero_alloc(n_units, sizeof *s->at));
    TRY_ALLOC(s->own = zero_alloc(n_units, sizeof *s->own));
    TRY_ALLOC(s->load = zero_alloc((size_t)g->m->n_rows, sizeof *s->load));
    TRY_ALLOC(s->first = zero_alloc(n_places, sizeof *s->first));
    TRY_ALLOC(s->next = zero_alloc(CHOICE_WEEKS * n_units, sizeof *s->next));
    TRY_ALLOC(s->previous = zero_alloc(CHOICE_WEEKS * n_units, sizeof *s->previous));
    leave_all_unplaced(s);
done:
    if (st != PLAATS_OK) state_free(s);
    return st;
}

void state_free(state *s) {
    free(s->at);
    free(s->own);
    free(s->load);
    free(s->first);
    free(s->next);
    free(s->previous);
    *s = (state){0};
}

/* ---- What a move changes
 * -------------------------------------------------------------------------
 */

/* What an entry of a unit at a site (NONE: nothing) is in the load of a row. */
static int32_t use_at(const grid *g, int32_t entry, int32_t site, int32_t row) {
    int32_t resource = g->use_resource[entry];
    if (site == NONE) return 0;
    if (grid_above(g, resource, site) == row) return g->use_count[entry];
    if (grid_below(g, resource, site) == row) return -g->use_count[entry];
    return 0;
}

/* The rows that a move touches through one entry, each once; NONE where there is no row. */
static int touched_rows(const grid *g, int32_t entry, int32_t from, int32_t to,
                        int32_t rows[MOST_TOUCHED]) {
    int32_t resource = g->use_resource[entry];
    int n = 0;
    if (to != NONE) {
        rows[n++] = grid_above(g, resource, to);
        rows[n++] = grid_below(g, resource, to);
    }
    if (from != NONE) {
        int32_t above = grid_above(g, resource, from), below = grid_below(g, resource, from);
        if (to == NONE || above != rows[0]) rows[n++] = above;
        if (to == NONE || below != rows[1]) rows[n++] = below;
    }
    assert(n <= MOST_TOUCHED);
    return n;
}

static bool fits_at(const state *s, int unit, int32_t from, int32_t to) {
    const grid *g = s->g;
    for (int32_t e = g->use_start[unit]; e < g->use_start[unit + 1]; e++) {
        int32_t row = grid_above(g, g->use_resource[e], to);
        if (row == NONE || row_is_soft(&g->m->rows[row])) continue;
        if (use_at(g, e, from, row) != 0) continue;
        if (!state_has_room(s, row, g->use_count[e])) return false;
    }
    return true;
}

bool state_fits(const state *s, int unit, choice to) {
    choice from = s->at[unit];
    if (to == CHOICE_NONE || to == from) return true;
    for (int w = 0; w < CHOICE_WEEKS; w++) {
        int32_t site = choice_site(to, w);
        if (site != NONE && !fits_at(s, unit, choice_site(from, w), site)) return false;
    }
    return true;
}

static bool holds_at(const state *s, int unit, int32_t site) {
    const grid *g = s->g;
    for (int32_t e = g->use_start[unit]; e < g->use_start[unit + 1]; e++) {
        int32_t row = grid_above(g, g->use_resource[e], site);
        if (row == NONE || row_is_soft(&g->m->rows[row])) continue;
        if (!state_has_room(s, row, 0)) return false;
    }
    return true;
}

bool state_holds(const state *s, int unit) {
    assert(unit >= 0 && unit < s->g->n_units);
    for (int w = 0; w < CHOICE_WEEKS; w++) {
        int32_t site = choice_site(s->at[unit], w);
        if (site != NONE && !holds_at(s, unit, site)) return false;
    }
    return true;
}

int64_t state_own_cost(const state *s, int unit, choice to) {
    int64_t cost = 0;
    assert(unit >= 0 && unit < s->g->n_units);
    if (to == s->at[unit]) return s->own[unit];
    if (to == CHOICE_NONE) return s->g->m->units[unit].unplaced_cost;
    bool may_be = choice_cost(s->g, unit, to, &cost);
    assert(may_be);
    (void)may_be;
    return cost;
}

/* What rows with points cost more when the unit goes from one site to another. */
static int64_t rows_delta(const state *s, int unit, int32_t from, int32_t to) {
    const grid *g = s->g;
    int64_t delta = 0;
    for (int32_t e = g->use_start[unit]; e < g->use_start[unit + 1]; e++) {
        int32_t rows[MOST_TOUCHED];
        int n = touched_rows(g, e, from, to, rows);
        for (int i = 0; i < n; i++) {
            const model_row *r;
            int64_t change;
            if (rows[i] == NONE) continue;
            r = &g->m->rows[rows[i]];
            if (row_is_hard(r)) continue;
            change = use_at(g, e, to, rows[i]) - use_at(g, e, from, rows[i]);
            delta += row_cost_of(r, s->load[rows[i]] + change) - row_cost_of(r, s->load[rows[i]]);
        }
    }
    return delta;
}

int64_t state_delta(const state *s, int unit, choice to, int64_t to_cost) {
    choice from = s->at[unit];
    int64_t delta;
    if (from == to) return 0;
    delta = to_cost - s->own[unit];
    for (int w = 0; w < CHOICE_WEEKS; w++)
        delta += rows_delta(s, unit, choice_site(from, w), choice_site(to, w));
    return delta;
}

static void change_loads(state *s, int unit, int32_t from, int32_t to) {
    const grid *g = s->g;
    for (int32_t e = g->use_start[unit]; e < g->use_start[unit + 1]; e++) {
        int32_t rows[MOST_TOUCHED];
        int n = touched_rows(g, e, from, to, rows);
        for (int i = 0; i < n; i++)
            if (rows[i] != NONE)
                s->load[rows[i]] += use_at(g, e, to, rows[i]) - use_at(g, e, from, rows[i]);
    }
}

void state_move(state *s, int unit, choice to, int64_t to_cost) {
    choice from;
    assert(unit >= 0 && unit < s->g->n_units);
    from = s->at[unit];
    if (from == to) return;
    s->cost += state_delta(s, unit, to, to_cost);
    for (int w = 0; w < CHOICE_WEEKS; w++)
        change_loads(s, unit, choice_site(from, w), choice_site(to, w));
    choose(s, unit, to);
    s->own[unit] = to_cost;
}

void state_load(state *s, const choice *at) {
    assert(at != NULL || s->g->n_units == 0);
    for (int u = 0; u < s->g->n_units; u++)
        if (s->at[u] != at[u]) state_move(s, u, at[u], state_own_cost(s, u, at[u]));
}
