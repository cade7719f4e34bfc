/* The best pattern of a site: a knapsack with a row for each limit that the site keeps, by dynamic
 * programming over what is left of the rows (R. Bellman 1957).
 *
 *     best(s) = min over sets of bids that fit into s of the sum of their values
 *     best(s) := min(best(s), best(s - uses of i) + value of i)     bid by bid, s falling
 *
 * A state s is what is left of each row, as one number: the first row counts singly, the second in
 * steps of the first one's limit + 1, and so on.
 */
#include "engine/branch_price/pattern.h"

#include "engine/branch_price/branch_price_tuning.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* States of a site in a proof: the format allows no more, and `check` refuses them. */
enum { MOST_STATES = 10000000 };

_Static_assert(CHOICE_WEEKS == 1, "a pattern is of one site in the one planned week");

/* ---- The rows that sites keep ------------------------------------------------------------- */

bool pattern_keeps(const model_row *row) {
    return row_is_of_beds(row) || row->kind == ROW_SERVICE;
}

int64_t pattern_opening(const grid *g, int site) {
    int32_t row;
    assert(site >= 0 && site < g->n_sites);
    row = grid_above(g, 0, site);
    return row != NONE && row_is_open(&g->m->rows[row]) ? g->m->rows[row].points : 0;
}

/* What is left of the kept rows of a site can be so many different things; 0: too many. */
static int64_t states_of(const grid *g, int site) {
    int64_t states = 1;
    for (int k = 0; k < g->n_resources; k++) {
        int32_t row = grid_above(g, k, site);
        if (row == NONE || !pattern_keeps(&g->m->rows[row])) continue;
        if (row_capacity(&g->m->rows[row]) >= MOST_STATES) return 0;
        states *= row_capacity(&g->m->rows[row]) + 1;
        if (states > MOST_STATES) return 0;
    }
    return states;
}

bool pattern_suits(const grid *g) {
    for (int j = 0; j < g->n_sites; j++) {
        int64_t states = states_of(g, j);
        if (states == 0 || states > BRANCH_PRICE_MOST_TAKEN / (g->n_units + 1)) return false;
    }
    return true;
}

plaats_status pattern_finder_build(const grid *g, pattern_finder *p, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    size_t most = (size_t)g->n_resources * (size_t)g->n_sites;
    int n = 0;

    *p = (pattern_finder){.g = g};
    TRY_ALLOC(p->first = zero_alloc((size_t)g->n_sites + 1, sizeof *p->first));
    TRY_ALLOC(p->rows = zero_alloc(most, sizeof *p->rows));
    TRY_ALLOC(p->narrow = zero_alloc((size_t)g->n_resources, sizeof *p->narrow));
    for (int j = 0; j < g->n_sites; j++) {
        for (int k = 0; k < g->n_resources; k++) {
            int32_t row = grid_above(g, k, j);
            if (row == NONE || !pattern_keeps(&g->m->rows[row])) continue;
            p->rows[n++] = (kept_row){k, row_capacity(&g->m->rows[row])};
        }
        p->first[j + 1] = n;
    }
    assert((size_t)n <= most);
done:
    return st;
}

void pattern_finder_free(pattern_finder *p) {
    free(p->first);
    free(p->rows);
    free(p->narrow);
    free(p->best);
    free(p->took);
    *p = (pattern_finder){0};
}

/* ---- One site ----------------------------------------------------------------------------- */

/* A row that all bids fit into together limits nothing; no other is wider than its limit. Returns
 * the number of states. */
static size_t narrow_rows(pattern_finder *p, int site, const bid *bids, int n) {
    size_t states = 1;
    p->n_narrow = 0;
    for (int r = p->first[site]; r < p->first[site + 1]; r++) {
        int64_t all = 0;
        for (int i = 0; i < n; i++) all += grid_use(p->g, bids[i].unit, p->rows[r].resource);
        if (all <= p->rows[r].limit) continue;
        p->narrow[p->n_narrow++] = p->rows[r];
        states *= (size_t)p->rows[r].limit + 1;
    }
    assert(p->n_narrow <= p->g->n_resources && states <= MOST_STATES);
    return states;
}

static plaats_status make_states(pattern_finder *p, size_t states, int n, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    size_t taken = states * (size_t)n;
    if (states > p->best_room) {
        free(p->best);
        p->best_room = 0;
        TRY_ALLOC(p->best = zero_alloc(states, sizeof *p->best));
        p->best_room = states;
    }
    if (taken > p->took_room) {
        free(p->took);
        p->took_room = 0;
        TRY_ALLOC(p->took = zero_alloc(taken, 1));
        p->took_room = taken;
    }
    memset(p->best, 0, states * sizeof *p->best);
    memset(p->took, 0, taken);
done:
    return st;
}

/* By how many states less there is left once the unit is in. */
static size_t drop_of(const pattern_finder *p, int32_t unit) {
    size_t drop = 0;
    for (int r = p->n_narrow - 1; r >= 0; r--)
        drop = drop * ((size_t)p->narrow[r].limit + 1) +
               (size_t)grid_use(p->g, unit, p->narrow[r].resource);
    return drop;
}

/* Does the unit fit into all narrow rows but the first? `outer` is what is left of them. */
static bool fits_outer(const pattern_finder *p, int32_t unit, size_t outer) {
    for (int r = 1; r < p->n_narrow; r++) {
        size_t wide = (size_t)p->narrow[r].limit + 1;
        if (outer % wide < (size_t)grid_use(p->g, unit, p->narrow[r].resource)) return false;
        outer /= wide;
    }
    return true;
}

/* Lets a bid in wherever it lowers the value; from much left to little, so that it comes once. */
static void let_in(pattern_finder *p, const bid *b, size_t states, unsigned char *took) {
    size_t inner = (size_t)p->narrow[0].limit + 1, drop = drop_of(p, b->unit);
    size_t least = (size_t)grid_use(p->g, b->unit, p->narrow[0].resource);
    for (size_t outer = states / inner; outer-- > 0;) {
        if (!fits_outer(p, b->unit, outer)) continue;
        for (size_t s = outer * inner + inner; s-- > outer * inner + least;) {
            int64_t with = p->best[s - drop] + b->value;
            if (with >= p->best[s]) continue;
            p->best[s] = with;
            took[s] = 1;
        }
    }
}

/* Follows back which bids made the value. */
static void look_up(const pattern_finder *p, const bid *bids, int n, size_t states, pattern *out) {
    size_t s = states - 1;
    int k = 0;
    for (int i = n - 1; i >= 0; i--) {
        if (!p->took[(size_t)i * states + s]) continue;
        out->units[k++] = bids[i].unit;
        s -= drop_of(p, bids[i].unit);
    }
    out->n = k;
    for (int i = 0; i < k / 2; i++) {
        int32_t other = out->units[i];
        out->units[i] = out->units[k - 1 - i];
        out->units[k - 1 - i] = other;
    }
}

static void take_all(const bid *bids, int n, pattern *out) {
    out->value = 0;
    for (int i = 0; i < n; i++) {
        out->units[i] = bids[i].unit;
        out->value += bids[i].value;
    }
    out->n = n;
}

plaats_status pattern_find(pattern_finder *p, int site, const bid *bids, int n, pattern *out,
                           int64_t *steps, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    size_t states;

    assert(site >= 0 && site < p->g->n_sites && n >= 0 && n <= p->g->n_units);
    states = narrow_rows(p, site, bids, n);
    *steps += n;
    if (p->n_narrow == 0) {
        take_all(bids, n, out);
        goto done;
    }
    *steps += (int64_t)states * n;
    TRY(make_states(p, states, n, error));
    for (int i = 0; i < n; i++) let_in(p, &bids[i], states, p->took + (size_t)i * states);
    out->value = p->best[states - 1];
    look_up(p, bids, n, states, out);
done:
    return st;
}
