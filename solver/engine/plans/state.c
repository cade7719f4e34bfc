#include "engine/plans/state.h"

#include <assert.h>
#include <stdlib.h>

/* What a row costs at a given load: persons outside a soft quota, or keep_open of a site in use. */
static int64_t row_cost(const model_row *row, int64_t load) {
    if (row->kind == ROW_OPEN) return load > 0 ? row->points : 0;
    return row->points > 0 && load > row->rhs ? (load - row->rhs) * row->points : 0;
}

static int64_t row_limit(const model_row *row) {
    return row->kind == ROW_OPEN ? row->beds : row->rhs;
}

static void link_unit(state *s, int unit, int site) {
    int slot = site == NONE ? s->g->n_sites : site;
    s->at[unit] = site;
    s->previous[unit] = NONE;
    s->next[unit] = s->first[slot];
    if (s->first[slot] != NONE) s->previous[s->first[slot]] = unit;
    s->first[slot] = unit;
}

static void unlink_unit(state *s, int unit) {
    int slot = s->at[unit] == NONE ? s->g->n_sites : s->at[unit];
    if (s->previous[unit] != NONE)
        s->next[s->previous[unit]] = s->next[unit];
    else
        s->first[slot] = s->next[unit];
    if (s->next[unit] != NONE) s->previous[s->next[unit]] = s->previous[unit];
}

plaats_status state_build(const grid *g, state *s, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const model *m = g->m;

    *s = (state){.g = g};
    TRY_ALLOC(s->at = zero_alloc((size_t)m->n_units, sizeof *s->at));
    TRY_ALLOC(s->own = zero_alloc((size_t)m->n_units, sizeof *s->own));
    TRY_ALLOC(s->load = zero_alloc((size_t)m->n_rows, sizeof *s->load));
    TRY_ALLOC(s->first = zero_alloc((size_t)m->n_sites + 1, sizeof *s->first));
    TRY_ALLOC(s->next = zero_alloc((size_t)m->n_units, sizeof *s->next));
    TRY_ALLOC(s->previous = zero_alloc((size_t)m->n_units, sizeof *s->previous));
    for (int j = 0; j <= m->n_sites; j++) s->first[j] = NONE;
    for (int u = m->n_units - 1; u >= 0; u--) {
        link_unit(s, u, NONE);
        s->own[u] = m->units[u].unplaced_cost;
        s->cost += s->own[u];
    }
    for (int i = 0; i < m->n_rows; i++) s->cost += row_cost(&m->rows[i], 0);
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

/* What the unit adds to a row by leaving for `to`: rows that cover both sites see no change. */
static int32_t use_at(const grid *g, int32_t entry, int site, int32_t row) {
    int32_t resource = g->use_resource[entry];
    if (site == NONE) return 0;
    if (grid_above(g, resource, site) == row) return g->use_count[entry];
    if (grid_below(g, resource, site) == row) return -g->use_count[entry];
    return 0;
}

/* The rows a move touches through one entry: above and below, at the old site and the new. */
static int touched_rows(const grid *g, int32_t entry, int from, int to, int32_t rows[4]) {
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
    return n;
}

bool state_fits(const state *s, int unit, int to) {
    const grid *g = s->g;
    if (to == NONE || to == s->at[unit]) return true;
    for (int32_t e = g->use_start[unit]; e < g->use_start[unit + 1]; e++) {
        int32_t row = grid_above(g, g->use_resource[e], to);
        const model_row *r;
        if (row == NONE) continue;
        r = &g->m->rows[row];
        if (row_is_soft(r) || use_at(g, e, s->at[unit], row) != 0) continue;
        if (s->load[row] + g->use_count[e] > row_limit(r)) return false;
    }
    return true;
}

bool state_holds(const state *s, int unit) {
    const grid *g = s->g;
    if (s->at[unit] == NONE) return true;
    for (int32_t e = g->use_start[unit]; e < g->use_start[unit + 1]; e++) {
        int32_t row = grid_above(g, g->use_resource[e], s->at[unit]);
        if (row == NONE || row_is_soft(&g->m->rows[row])) continue;
        if (s->load[row] > row_limit(&g->m->rows[row])) return false;
    }
    return true;
}

int64_t state_own_cost(const state *s, int unit, int to) {
    int64_t cost = 0;
    if (to == s->at[unit]) return s->own[unit];
    if (to == NONE) return s->g->m->units[unit].unplaced_cost;
    bool may_be = model_option_cost(s->g->m, unit, to, &cost);
    assert(may_be);
    (void)may_be;
    return cost;
}

int64_t state_delta(const state *s, int unit, int to, int64_t to_cost) {
    const grid *g = s->g;
    int from = s->at[unit];
    int64_t delta;

    if (from == to) return 0;
    delta = to_cost - s->own[unit];
    for (int32_t e = g->use_start[unit]; e < g->use_start[unit + 1]; e++) {
        int32_t rows[4];
        int n = touched_rows(g, e, from, to, rows);
        for (int i = 0; i < n; i++) {
            const model_row *r;
            int64_t change;
            if (rows[i] == NONE) continue;
            r = &g->m->rows[rows[i]];
            if (r->points == 0) continue;
            change = use_at(g, e, to, rows[i]) - use_at(g, e, from, rows[i]);
            delta += row_cost(r, s->load[rows[i]] + change) - row_cost(r, s->load[rows[i]]);
        }
    }
    return delta;
}

void state_move(state *s, int unit, int to, int64_t to_cost) {
    const grid *g = s->g;
    int from = s->at[unit];

    if (from == to) return;
    s->cost += state_delta(s, unit, to, to_cost);
    for (int32_t e = g->use_start[unit]; e < g->use_start[unit + 1]; e++) {
        int32_t rows[4];
        int n = touched_rows(g, e, from, to, rows);
        for (int i = 0; i < n; i++)
            if (rows[i] != NONE)
                s->load[rows[i]] += use_at(g, e, to, rows[i]) - use_at(g, e, from, rows[i]);
    }
    unlink_unit(s, unit);
    link_unit(s, unit, to);
    s->own[unit] = to_cost;
}

void state_load(state *s, const int32_t *at) {
    for (int u = 0; u < s->g->n_units; u++)
        if (s->at[u] != at[u]) state_move(s, u, at[u], state_own_cost(s, u, at[u]));
}
