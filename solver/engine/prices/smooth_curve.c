/* Curvature of the smoothed dual (smooth.h): for every unit the outer products of the uses of its
 * choices, by their shares, less that of the mean. */
#include "base/parallel.h"
#include "base/rounded.h"
#include "engine/layout/choice.h"
#include "engine/prices/prices_tuning.h"
#include "engine/prices/smooth_chunk.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

typedef smooth_chunk chunk;

/* ---- One unit -------------------------------------------------------------------------------- */

/* Adds to the curvature at two slots. */
static void curve_at(chunk *c, int32_t a, int32_t b, double amount) {
    size_t low = (size_t)(a > b ? a : b), high = (size_t)(a > b ? b : a);
    c->curvature[low * (size_t)c->of->n_slots + high] += amount;
}

static void touch(chunk *c, int32_t slot, double amount) {
    if (c->use[slot] == 0) {
        assert(c->n_touched < c->of->n_rows);
        c->touched[c->n_touched++] = slot;
    }
    c->use[slot] += amount;
}

/* Slots that the unit uses by the choice, and how much, come into choice_slot and choice_use. */
static int list_uses(chunk *c, int u, choice at) {
    const smooth *s = c->of;
    const grid *g = s->g;
    int n = 0;

    if (at == CHOICE_NONE) {
        c->choice_slot[0] = s->slot[s->n_rows - 1];
        c->choice_use[0] = (double)g->m->units[u].weight;
        return c->choice_slot[0] != NONE;
    }
    CHOICE_EACH_USE(g, u, at, row, use, {
        if (s->slot[row] != NONE) {
            assert(n < g->m->max_uses);
            c->choice_slot[n] = s->slot[row];
            c->choice_use[n++] = use;
        }
    })
    return n;
}

/* The i-th choice: its own part of the curvature, and its part of the unit's mean. */
static void curve_choice(chunk *c, int u, int i) {
    double share = c->share[i], by = share / c->unit_smoothing;
    int n = list_uses(c, u, c->choices[i]);
    const int32_t *slot = c->choice_slot;
    const double *use = c->choice_use;

    for (int k = 0; k < n; k++) {
        touch(c, slot[k], share * use[k]);
        for (int l = 0; l <= k; l++) curve_at(c, slot[k], slot[l], by * use[k] * use[l]);
    }
}

/* Less the mean times the mean. */
static void curve_mean(chunk *c) {
    for (int k = 0; k < c->n_touched; k++) {
        double by = c->use[c->touched[k]] / c->unit_smoothing;
        for (int l = 0; l <= k; l++)
            curve_at(c, c->touched[k], c->touched[l], -by * c->use[c->touched[l]]);
    }
}

/* Leaves out slight shares; returns the sum of the others. */
static double keep_weighty(chunk *c) {
    double kept = 0;
    int n = 0;
    for (int i = 0; i < c->n_choices; i++) {
        if (c->share[i] < PRICES_SLIGHT) continue;
        c->choices[n] = c->choices[i];
        c->share[n++] = c->share[i];
        kept += c->share[i];
    }
    c->n_choices = n;
    return kept;
}

/* A share x of none falls with U by x (1 - x) weight / mu_u, and the others rise in proportion: the
 * load of the rows by x weight / mu_u times the mean use. */
static void curve_unit(chunk *c, int k) {
    int u = c->of->sample[k];
    double kept, none = 0;

    smooth_share_out(c, k);
    kept = keep_weighty(c);
    if (c->n_choices < 2) return;
    c->n_touched = 0;
    for (int i = 0; i < c->n_choices; i++) {
        c->share[i] /= kept;
        if (c->choices[i] == CHOICE_NONE) none = c->share[i];
        curve_choice(c, u, i);
    }
    curve_mean(c);
    none *= (double)c->of->g->m->units[u].weight / c->unit_smoothing;
    for (int i = 0; i < c->n_touched; i++) {
        c->load_rise[c->touched[i]] += none * c->use[c->touched[i]];
        c->use[c->touched[i]] = 0;
    }
}

/* ---- All units ------------------------------------------------------------------------------- */

static void curve_chunk(void *context, int i) {
    smooth *s = context;
    chunk *c = &s->chunks[i];
    size_t n = (size_t)s->n_slots;

    c->line_class = NONE;
    if (n == 0) return;
    memset(c->curvature, 0, n * n * sizeof *c->curvature);
    memset(c->load_rise, 0, n * sizeof *c->load_rise);
    memset(c->use, 0, n * sizeof *c->use);
    for (int k = c->first; k < c->last; k += c->step) curve_unit(c, k);
}

static plaats_status make_room_for_curvature(smooth *s, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    size_t room = (size_t)s->n_slots * (size_t)s->n_slots;
    for (int i = 0; i < s->n_chunks; i++) {
        chunk *c = &s->chunks[i];
        if (c->curvature_room >= room) continue;
        free(c->curvature);
        c->curvature_room = 0;
        TRY_ALLOC(c->curvature = zero_alloc(room, sizeof *c->curvature));
        c->curvature_room = room;
    }
    s->curvature = s->chunks[0].curvature;
done:
    return st;
}

/* So many units are passed by that the work stays within bounds: shares that are spread over many
 * choices, with a large smoothing, are alike from unit to unit. */
static void choose_step(smooth *s) {
    double terms = 0;
    for (int i = 0; i < s->n_chunks; i++) terms += s->chunks[i].terms;
    int step = (int)whole_part(1 + terms / PRICES_CURVE_WORK, 1, PRICES_CURVE_STRIDE);
    for (int i = 0; i < s->n_chunks; i++) s->chunks[i].step = step;
}

static void sum_chunks(smooth *s) {
    size_t n = (size_t)s->n_slots;
    for (int i = 0; i < s->n_chunks; i++) {
        const chunk *c = &s->chunks[i];
        double factor = s->factor * c->step;
        for (size_t k = 0; k < n; k++) {
            s->load_rise[k] = (i == 0 ? 0 : s->load_rise[k]) + factor * c->load_rise[k];
            for (size_t l = 0; l <= k; l++)
                s->curvature[k * n + l] =
                    (i == 0 ? 0 : s->curvature[k * n + l]) + factor * c->curvature[k * n + l];
        }
    }
}

static void curve_openings(smooth *s, const double *price) {
    const model *m = s->g->m;
    for (int k = 0; k < s->n_slots; k++) {
        int i = s->slot_row[k];
        if (i == m->n_rows || !row_is_open(&m->rows[i])) continue;
        smooth_opening o = smooth_open_share(s, &m->rows[i], price[i]);
        double beds = (double)m->rows[i].beds;
        s->curvature[(size_t)k * (size_t)s->n_slots + (size_t)k] +=
            beds * beds * o.share * (1 - o.share) / o.smoothing;
    }
}

plaats_status smooth_curve(smooth *s, const double *price, plaats_error *error) {
    plaats_status st = PLAATS_OK;

    assert(s->n_slots >= 0 && s->n_slots <= s->n_rows && s->smoothing > 0);
    choose_step(s);
    TRY(make_room_for_curvature(s, error));
    for (int i = 0; i < s->n_rows; i++) s->slot[i] = NONE;
    for (int k = 0; k < s->n_slots; k++) s->slot[s->slot_row[k]] = k;
    for (int i = 0; i < s->n_chunks; i++) s->chunks[i].price = price;
    parallel_for(s->n_chunks, curve_chunk, s, s->threads);
    sum_chunks(s);
    curve_openings(s, price);
done:
    return st;
}
