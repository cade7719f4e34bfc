/* What the smoothed dual (smooth.h) is built of: which units are looked at and in which order, what
 * prices are allowed, and the chunks of the work. */
#include "base/parallel.h"
#include "engine/prices/prices_tuning.h"
#include "engine/prices/smooth_chunk.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

typedef smooth_chunk chunk;

/* ---- Units ----------------------------------------------------------------------------------- */

static int compare_uses(const grid *g, int a, int b) {
    int32_t n = g->use_start[a + 1] - g->use_start[a],
            other = g->use_start[b + 1] - g->use_start[b];
    if (n != other) return n < other ? -1 : 1;
    for (int32_t e = 0; e < n; e++) {
        int32_t i = g->use_start[a] + e, j = g->use_start[b] + e;
        if (g->use_resource[i] != g->use_resource[j])
            return g->use_resource[i] < g->use_resource[j] ? -1 : 1;
        if (g->use_count[i] != g->use_count[j]) return g->use_count[i] < g->use_count[j] ? -1 : 1;
    }
    return 0;
}

typedef struct {
    const grid *g;
    int32_t unit;
} sortable;

static int by_uses(const void *a, const void *b) {
    const sortable *x = a, *y = b;
    int order = compare_uses(x->g, x->unit, y->unit);
    return order != 0 ? order : (x->unit > y->unit) - (x->unit < y->unit);
}

static plaats_status sort_by_uses(const grid *g, int32_t *order, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    sortable *list = NULL;

    TRY_ALLOC(list = zero_alloc((size_t)g->n_units, sizeof *list));
    for (int u = 0; u < g->n_units; u++) list[u] = (sortable){g, u};
    qsort(list, (size_t)g->n_units, sizeof *list, by_uses);
    for (int u = 0; u < g->n_units; u++) order[u] = list[u].unit;
done:
    free(list);
    return st;
}

/* Units of equal uses side by side; then every `stride`-th of them, which keeps their mix. */
static plaats_status choose_units(smooth *s, int stride, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const grid *g = s->g;
    int n = g->n_units, kept = 0;
    double all = 0, looked_at = 0;

    TRY_ALLOC(s->sample = zero_alloc((size_t)n, sizeof *s->sample));
    TRY_ALLOC(s->use_class = zero_alloc((size_t)n, sizeof *s->use_class));
    TRY(sort_by_uses(g, s->sample, error));
    for (int i = 1; i < n; i++)
        s->use_class[s->sample[i]] =
            s->use_class[s->sample[i - 1]] + (compare_uses(g, s->sample[i - 1], s->sample[i]) != 0);
    for (int i = 0; i < n; i++) all += g->m->units[i].persons;
    for (int i = stride / 2; i < n; i += stride) {
        looked_at += g->m->units[s->sample[i]].persons;
        s->sample[kept++] = s->sample[i];
    }
    s->n_sample = kept;
    s->factor = looked_at > 0 ? all / looked_at : 1;
done:
    return st;
}

/* ---- Rows and chunks ------------------------------------------------------------------------- */

static double highest_price(const model_row *row, model_goal goal) {
    if (!row_is_soft(row)) return INFINITY;
    return goal == GOAL_WEIGHT ? 0 : (double)row->points;
}

/* Prices of soft rows end at their points, at which their slack (persons outside) takes over. */
static plaats_status limit_prices(smooth *s, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const model *m = s->g->m;

    TRY_ALLOC(s->rhs = zero_alloc((size_t)s->n_rows, sizeof *s->rhs));
    TRY_ALLOC(s->most = zero_alloc((size_t)s->n_rows, sizeof *s->most));
    for (int i = 0; i < m->n_rows; i++) {
        s->rhs[i] = (double)m->rows[i].rhs;
        s->most[i] = highest_price(&m->rows[i], s->goal);
    }
done:
    return st;
}

static plaats_status chunk_build(smooth *s, chunk *c, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    size_t sites = (size_t)s->g->n_sites + 1, rows = (size_t)s->n_rows;
    size_t uses = (size_t)s->g->m->max_uses + 1; /* of a unit without options: its weight */

    c->of = s;
    c->step = 1;
    TRY_ALLOC(c->load = zero_alloc(rows, sizeof *c->load));
    TRY_ALLOC(c->load_rise = zero_alloc(rows, sizeof *c->load_rise));
    TRY_ALLOC(c->use = zero_alloc(rows, sizeof *c->use));
    TRY_ALLOC(c->touched = zero_alloc(rows, sizeof *c->touched));
    TRY_ALLOC(c->choice_slot = zero_alloc(uses, sizeof *c->choice_slot));
    TRY_ALLOC(c->choice_use = zero_alloc(uses, sizeof *c->choice_use));
    TRY_ALLOC(c->line = zero_alloc(sites, sizeof *c->line));
    TRY_ALLOC(c->reduced = zero_alloc(sites, sizeof *c->reduced));
    TRY_ALLOC(c->share = zero_alloc(sites, sizeof *c->share));
    TRY_ALLOC(c->class_share = zero_alloc(sites, sizeof *c->class_share));
    TRY_ALLOC(c->choices = zero_alloc(sites, sizeof *c->choices));
done:
    return st;
}

static plaats_status chunks_build(smooth *s, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int n = 1 + s->n_sample / PRICES_CHUNK_UNITS;

    s->n_chunks = n < PRICES_CHUNKS ? n : PRICES_CHUNKS;
    TRY_ALLOC(s->chunks = zero_alloc((size_t)s->n_chunks, sizeof *s->chunks));
    for (int i = 0; i < s->n_chunks; i++) {
        TRY(chunk_build(s, &s->chunks[i], error));
        s->chunks[i].first = chunk_first(s->n_sample, i, s->n_chunks);
        s->chunks[i].last = chunk_first(s->n_sample, i + 1, s->n_chunks);
    }
done:
    return st;
}

plaats_status smooth_build(const grid *g, model_goal goal, int stride, int threads, smooth *s,
                           plaats_error *error) {
    plaats_status st = PLAATS_OK;

    assert(g->m->n_sites == g->n_sites && stride >= 1);
    *s = (smooth){.g = g, .goal = goal, .threads = threads, .n_rows = g->m->n_rows + 1};
    TRY(field_build(g, &s->f, error));
    TRY(limit_prices(s, error));
    TRY(choose_units(s, stride, error));
    TRY(chunks_build(s, error));
    TRY_ALLOC(s->near = zero_alloc((size_t)s->n_sample, sizeof *s->near));
    for (int i = 0; i < s->n_sample; i++) s->near[i].n = NONE;
    TRY_ALLOC(s->sunk = zero_alloc((size_t)g->n_resources, sizeof *s->sunk));
    TRY_ALLOC(s->before = zero_alloc((size_t)g->n_resources * (size_t)g->n_sites, sizeof(double)));
    TRY_ALLOC(s->load = zero_alloc((size_t)s->n_rows, sizeof *s->load));
    TRY_ALLOC(s->load_rise = zero_alloc((size_t)s->n_rows, sizeof *s->load_rise));
    TRY_ALLOC(s->slot = zero_alloc((size_t)s->n_rows, sizeof *s->slot));
    TRY_ALLOC(s->slot_row = zero_alloc((size_t)s->n_rows, sizeof *s->slot_row));
done:
    if (st != PLAATS_OK) smooth_free(s);
    return st;
}

void smooth_free(smooth *s) {
    for (int i = 0; s->chunks != NULL && i < s->n_chunks; i++) {
        chunk *c = &s->chunks[i];
        free(c->load);
        free(c->load_rise);
        free(c->curvature);
        free(c->line);
        free(c->reduced);
        free(c->class_share);
        free(c->share);
        free(c->choices);
        free(c->touched);
        free(c->use);
        free(c->choice_slot);
        free(c->choice_use);
    }
    free(s->chunks);
    field_free(&s->f);
    free(s->near);
    free(s->sunk);
    free(s->before);
    free(s->rhs);
    free(s->most);
    free(s->sample);
    free(s->use_class);
    free(s->load);
    free(s->load_rise);
    free(s->slot);
    free(s->slot_row);
    *s = (smooth){0};
}
