#include "engine/prices/smooth.h"

#include "base/parallel.h"
#include "base/rounded.h"
#include "base/vector.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NEGLIGIBLE 18.0 /* exp(-18) = 1.5e-8: shares below are nothing */
#define SLIGHT 1e-4     /* shares below this do not curve anything */
#define MOST_CHUNKS 4
#define CHUNK_UNITS 1500     /* fewer units are not worth a thread */
#define CURVE_WORK 20000000. /* terms of the curvature after which units are passed by */

/* What one thread at a time works on: some of the units, and sums over them. */
typedef struct smooth_chunk {
    smooth *of;
    const double *price;
    int first, last, step; /* of `order` */
    double value, exact, unplaced, terms;
    double *load, *lift, *curve;
    size_t curve_room;
    /* Of the unit at hand. */
    double *line, *reduced, *share;
    double *crowd;  /* per site: shares of the units of this kind so far */
    int32_t *place; /* sites with a share worth naming; NONE: unplaced */
    int line_kind, n_places, n_weighty, n_touched;
    double least, unit_width;
    int32_t *touched; /* slots that it uses in shares, and how much */
    double *use;
} chunk;

/* ---- One unit -------------------------------------------------------------------------------- */

/* What the unit pays at each site: the same for all units of its kind. */
static void fill_line(chunk *c, int u) {
    const smooth *s = c->of;
    if (c->line_kind == s->kind[u]) return;
    c->line_kind = s->kind[u];
    field_line(&s->f, u, c->line);
}

static double none_cost(const smooth *s, const double *price, int u) {
    return (s->none_points + price[s->n_rows - 1]) * (double)s->g->m->units[u].weight;
}

/* Looks only at what is near; false if that is not enough. */
static bool look_near(chunk *c, int u, const near_list *list, double none) {
    const smooth *s = c->of;
    double sunk;

    if (list->n == NONE) return false;
    near_reduced(&s->f, list, u, c->reduced);
    c->least = vector_least((size_t)list->n, c->reduced, none);
    sunk = near_sunk(s->g, s->sunk, u) - list->sunk;
    return list->beyond - sunk >= c->least + NEGLIGIBLE * c->unit_width;
}

/* Looks at all options, and notes which are near. */
static void look_everywhere(chunk *c, int u, const options *o, double none, near_list *list) {
    const smooth *s = c->of;
    bool costless = s->goal == GOAL_WEIGHT;
    double *reduced = c->reduced;

    fill_line(c, u);
    field_reduced_costs(costless, o, c->line, reduced);
    c->least = vector_least((size_t)o->n, reduced, none);
    near_make(o, reduced, c->least, NEGLIGIBLE * c->unit_width, near_sunk(s->g, s->sunk, u),
              costless, list);
}

/* Places with a share worth naming, and how far each is above the least, in widths. */
static int name_places(chunk *c, int n, const int32_t *near_site, const uint16_t *site) {
    double cut = c->least + NEGLIGIBLE * c->unit_width, by = 1 / c->unit_width;
    int kept = 0;
    for (int i = 0; i < n; i++) {
        c->place[kept] = near_site != NULL ? near_site[i] : site[i];
        c->share[kept] = (c->reduced[i] - c->least) * by;
        kept += c->reduced[i] < cut;
    }
    return kept;
}

/* The places of the k-th unit and their shares; returns the sum before they were made to sum to 1.
 */
static double share_out(chunk *c, int k) {
    const smooth *s = c->of;
    int u = s->order[k];
    near_list *list = &s->near[k];
    options o = model_options(s->g->m, u);
    double sum = 0, none = none_cost(s, c->price, u);

    c->unit_width = s->width * s->g->m->units[u].persons;
    if (look_near(c, u, list, none)) {
        c->n_places = name_places(c, list->n, list->site, NULL);
    } else {
        look_everywhere(c, u, &o, none, list);
        c->n_places = name_places(c, o.n, NULL, o.site);
    }
    if (none < c->least + NEGLIGIBLE * c->unit_width) {
        c->place[c->n_places] = NONE;
        c->share[c->n_places++] = (none - c->least) / c->unit_width;
    }
    vector_exp_minus((size_t)c->n_places, c->share);
    for (int i = 0; i < c->n_places; i++) sum += c->share[i];
    c->n_weighty = 0;
    for (int i = 0; i < c->n_places; i++) {
        c->share[i] /= sum;
        c->n_weighty += c->share[i] >= SLIGHT;
    }
    return sum;
}

/* Units of one kind use the same rows at a site, so their shares are added up first. */
static void join_crowd(chunk *c, int u) {
    for (int i = 0; i < c->n_places; i++) {
        if (c->place[i] == NONE)
            c->unplaced += c->share[i] * (double)c->of->g->m->units[u].weight;
        else
            c->crowd[c->place[i]] += c->share[i];
    }
}

/* The crowd of the kind of unit u uses its rows, and is gone. */
static void load_rows(chunk *c, int u) {
    const grid *g = c->of->g;
    for (int j = 0; j < g->n_sites; j++) {
        double crowd = c->crowd[j];
        if (crowd == 0) continue;
        c->crowd[j] = 0;
        GRID_EACH_USE(g, u, j, row, use, { c->load[row] += crowd * use; })
    }
}

/* ---- Curvature ------------------------------------------------------------------------------- */

/* Adds to the curvature at (a, b), and to nothing where a or b has no slot. */
static void curve_at(chunk *c, int32_t a, int32_t b, double amount) {
    size_t low = (size_t)(a > b ? a : b), high = (size_t)(a > b ? b : a);
    c->curve[low * (size_t)c->of->n_slots + high] += amount;
}

static void touch(chunk *c, int32_t slot, double amount) {
    if (c->use[slot] == 0) c->touched[c->n_touched++] = slot;
    c->use[slot] += amount;
}

/* The uses of one place: its own part of the curvature, and its part of the unit's mean. */
static void curve_place(chunk *c, int u, int i) {
    const smooth *s = c->of;
    const grid *g = s->g;
    double share = c->share[i], by = share / c->unit_width;
    int32_t slots[64];
    double uses[64];
    int n = 0;

    if (c->place[i] == NONE) {
        slots[n] = s->slot[s->n_rows - 1];
        uses[n] = (double)g->m->units[u].weight;
        if (slots[n] != NONE) n++;
    } else {
        GRID_EACH_USE(g, u, c->place[i], row, use, {
            if (s->slot[row] != NONE && n < 64) {
                slots[n] = s->slot[row];
                uses[n++] = use;
            }
        })
    }
    for (int k = 0; k < n; k++) {
        touch(c, slots[k], share * uses[k]);
        for (int l = 0; l <= k; l++) curve_at(c, slots[k], slots[l], by * uses[k] * uses[l]);
    }
}

/* Less the mean times the mean. */
static void curve_mean(chunk *c) {
    for (int k = 0; k < c->n_touched; k++) {
        double by = c->use[c->touched[k]] / c->unit_width;
        for (int l = 0; l <= k; l++)
            curve_at(c, c->touched[k], c->touched[l], -by * c->use[c->touched[l]]);
    }
}

static void curve_unit(chunk *c, int unit) {
    int u = c->of->order[unit];
    double kept = 0, none = 0;
    int n = 0;

    share_out(c, unit);
    for (int i = 0; i < c->n_places; i++) {
        if (c->share[i] < SLIGHT) continue;
        c->place[n] = c->place[i];
        c->share[n++] = c->share[i];
        kept += c->share[i];
    }
    c->n_places = n;
    if (n < 2) return;
    c->n_touched = 0;
    for (int i = 0; i < n; i++) {
        c->share[i] /= kept;
        if (c->place[i] == NONE) none = c->share[i];
        curve_place(c, u, i);
    }
    curve_mean(c);
    none *= (double)c->of->g->m->units[u].weight / c->unit_width;
    for (int k = 0; k < c->n_touched; k++) {
        c->lift[c->touched[k]] += none * c->use[c->touched[k]];
        c->use[c->touched[k]] = 0;
    }
}

/* ---- All units ------------------------------------------------------------------------------- */

static void value_chunk(void *context, int i) {
    smooth *s = context;
    chunk *c = &s->chunks[i];

    c->value = c->exact = c->unplaced = c->terms = 0;
    c->line_kind = NONE;
    memset(c->load, 0, (size_t)s->n_rows * sizeof *c->load);
    for (int k = c->first; k < c->last; k++) {
        double sum = share_out(c, k);
        c->exact += c->least;
        c->terms += (double)c->n_weighty * c->n_weighty;
        c->value += c->least - c->unit_width * log(sum);
        join_crowd(c, s->order[k]);
        if (k + 1 == c->last || s->kind[s->order[k + 1]] != s->kind[s->order[k]])
            load_rows(c, s->order[k]);
    }
}

static void curve_chunk(void *context, int i) {
    smooth *s = context;
    chunk *c = &s->chunks[i];
    size_t n = (size_t)s->n_slots;

    c->line_kind = NONE;
    if (n == 0) return;
    memset(c->curve, 0, n * n * sizeof *c->curve);
    memset(c->lift, 0, n * sizeof *c->lift);
    memset(c->use, 0, n * sizeof *c->use);
    for (int k = c->first; k < c->last; k += c->step) curve_unit(c, k);
}

/* A site with keep_open is open in a share as well. */
typedef struct {
    double exact, value, share, width;
} opening;

static opening open_share(const smooth *s, const model_row *row, double price) {
    double beds = (double)row->beds, width = s->width * fmax(beds, 1);
    double cost = (s->goal == GOAL_WEIGHT ? 0 : (double)row->points) - price * beds;
    double least = fmin(cost, 0), t = cost / width;
    double other = exp(-fabs(t)); /* of the dearer of the two, next to 1 */
    return (opening){least, least - width * log1p(other), (t > 0 ? other : 1) / (1 + other), width};
}

static void add_rows(smooth *s, const double *price) {
    const model *m = s->g->m;
    for (int i = 0; i < s->n_rows; i++) {
        s->value -= price[i] * s->rhs[i];
        s->exact -= price[i] * s->rhs[i];
        if (i == m->n_rows || m->rows[i].kind != ROW_OPEN || s->most[i] == 0) continue;
        opening o = open_share(s, &m->rows[i], price[i]);
        s->value += o.value;
        s->exact += o.exact;
        s->load[i] -= o.share * (double)m->rows[i].beds;
    }
}

static void change_prices(smooth *s, const double *price) {
    double *before = s->before;
    s->before = s->f.price;
    s->f.price = before;
    field_set(&s->f, price);
    near_note(s->g, s->before, s->f.price, s->sunk);
}

void smooth_value(smooth *s, const double *price) {
    change_prices(s, price);
    for (int i = 0; i < s->n_chunks; i++) s->chunks[i].price = price;
    parallel_for(s->n_chunks, value_chunk, s, s->threads);
    s->value = s->exact = s->unplaced = 0;
    memset(s->load, 0, (size_t)s->n_rows * sizeof *s->load);
    for (int i = 0; i < s->n_chunks; i++) {
        const chunk *c = &s->chunks[i];
        s->value += s->factor * c->value;
        s->exact += s->factor * c->exact;
        s->unplaced += s->factor * c->unplaced;
        for (int r = 0; r < s->n_rows; r++) s->load[r] += s->factor * c->load[r];
    }
    s->load[s->n_rows - 1] = s->unplaced;
    add_rows(s, price);
}

static plaats_status curve_allocate(smooth *s, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    size_t room = (size_t)s->n_slots * (size_t)s->n_slots;
    for (int i = 0; i < s->n_chunks; i++) {
        chunk *c = &s->chunks[i];
        if (c->curve_room >= room) continue;
        free(c->curve);
        c->curve_room = 0;
        TRY_ALLOC(c->curve = zero_alloc(room, sizeof *c->curve));
        c->curve_room = room;
    }
    s->curve = s->chunks[0].curve;
done:
    return st;
}

/* So many units are passed by that the work stays within bounds: shares that are spread over many
 * places, with a large width, are alike from unit to unit. */
static void choose_step(smooth *s) {
    double terms = 0;
    for (int i = 0; i < s->n_chunks; i++) terms += s->chunks[i].terms;
    int step = (int)whole_part(1 + terms / CURVE_WORK, 1, 64);
    for (int i = 0; i < s->n_chunks; i++) s->chunks[i].step = step;
}

static void sum_curves(smooth *s) {
    size_t n = (size_t)s->n_slots;
    for (int i = 0; i < s->n_chunks; i++) {
        const chunk *c = &s->chunks[i];
        double factor = s->factor * c->step;
        for (size_t k = 0; k < n; k++) {
            s->lift[k] = (i == 0 ? 0 : s->lift[k]) + factor * c->lift[k];
            for (size_t l = 0; l <= k; l++)
                s->curve[k * n + l] =
                    (i == 0 ? 0 : s->curve[k * n + l]) + factor * c->curve[k * n + l];
        }
    }
}

static void curve_openings(smooth *s, const double *price) {
    const model *m = s->g->m;
    for (int k = 0; k < s->n_slots; k++) {
        int i = s->slot_row[k];
        if (i == m->n_rows || m->rows[i].kind != ROW_OPEN) continue;
        opening o = open_share(s, &m->rows[i], price[i]);
        double beds = (double)m->rows[i].beds;
        s->curve[(size_t)k * (size_t)s->n_slots + (size_t)k] +=
            beds * beds * o.share * (1 - o.share) / o.width;
    }
}

plaats_status smooth_curve(smooth *s, const double *price, plaats_error *error) {
    plaats_status st = PLAATS_OK;

    choose_step(s);
    TRY(curve_allocate(s, error));
    for (int i = 0; i < s->n_rows; i++) s->slot[i] = NONE;
    for (int k = 0; k < s->n_slots; k++) s->slot[s->slot_row[k]] = k;
    for (int i = 0; i < s->n_chunks; i++) s->chunks[i].price = price;
    parallel_for(s->n_chunks, curve_chunk, s, s->threads);
    sum_curves(s);
    curve_openings(s, price);
done:
    return st;
}

/* ---- Building -------------------------------------------------------------------------------- */

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

    TRY_ALLOC(s->order = zero_alloc((size_t)n, sizeof *s->order));
    TRY_ALLOC(s->kind = zero_alloc((size_t)n, sizeof *s->kind));
    TRY(sort_by_uses(g, s->order, error));
    for (int i = 1; i < n; i++)
        s->kind[s->order[i]] =
            s->kind[s->order[i - 1]] + (compare_uses(g, s->order[i - 1], s->order[i]) != 0);
    for (int i = 0; i < n; i++) all += g->m->units[i].persons;
    for (int i = stride / 2; i < n; i += stride) {
        looked_at += g->m->units[s->order[i]].persons;
        s->order[kept++] = s->order[i];
    }
    s->n_order = kept;
    s->factor = looked_at > 0 ? all / looked_at : 1;
done:
    return st;
}

/* Prices of soft rows end at their points. */
static plaats_status limit_prices(smooth *s, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const model *m = s->g->m;

    TRY_ALLOC(s->rhs = zero_alloc((size_t)s->n_rows, sizeof *s->rhs));
    TRY_ALLOC(s->most = zero_alloc((size_t)s->n_rows, sizeof *s->most));
    for (int i = 0; i < m->n_rows; i++) {
        const model_row *row = &m->rows[i];
        bool soft = row_is_soft(row);
        s->rhs[i] = (double)row->rhs;
        s->most[i] = soft && s->goal == GOAL_WEIGHT ? 0 : soft ? (double)row->points : INFINITY;
    }
done:
    return st;
}

static plaats_status chunk_build(smooth *s, chunk *c, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    size_t sites = (size_t)s->g->n_sites + 1, rows = (size_t)s->n_rows;

    c->of = s;
    c->step = 1;
    TRY_ALLOC(c->load = zero_alloc(rows, sizeof *c->load));
    TRY_ALLOC(c->lift = zero_alloc(rows, sizeof *c->lift));
    TRY_ALLOC(c->use = zero_alloc(rows, sizeof *c->use));
    TRY_ALLOC(c->touched = zero_alloc(rows, sizeof *c->touched));
    TRY_ALLOC(c->line = zero_alloc(sites, sizeof *c->line));
    TRY_ALLOC(c->reduced = zero_alloc(sites, sizeof *c->reduced));
    TRY_ALLOC(c->share = zero_alloc(sites, sizeof *c->share));
    TRY_ALLOC(c->crowd = zero_alloc(sites, sizeof *c->crowd));
    TRY_ALLOC(c->place = zero_alloc(sites, sizeof *c->place));
done:
    return st;
}

static plaats_status chunks_build(smooth *s, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int n = 1 + s->n_order / CHUNK_UNITS;

    s->n_chunks = n < MOST_CHUNKS ? n : MOST_CHUNKS;
    TRY_ALLOC(s->chunks = zero_alloc((size_t)s->n_chunks, sizeof *s->chunks));
    for (int i = 0; i < s->n_chunks; i++) {
        TRY(chunk_build(s, &s->chunks[i], error));
        s->chunks[i].first = (int)((int64_t)s->n_order * i / s->n_chunks);
        s->chunks[i].last = (int)((int64_t)s->n_order * (i + 1) / s->n_chunks);
    }
done:
    return st;
}

plaats_status smooth_build(const grid *g, model_goal goal, int stride, int threads, smooth *s,
                           plaats_error *error) {
    plaats_status st = PLAATS_OK;

    *s = (smooth){.g = g, .goal = goal, .threads = threads, .n_rows = g->m->n_rows + 1};
    TRY(field_build(g, &s->f, error));
    TRY(limit_prices(s, error));
    TRY(choose_units(s, stride, error));
    TRY(chunks_build(s, error));
    TRY_ALLOC(s->near = zero_alloc((size_t)s->n_order, sizeof *s->near));
    for (int i = 0; i < s->n_order; i++) s->near[i].n = NONE;
    TRY_ALLOC(s->sunk = zero_alloc((size_t)g->n_resources, sizeof *s->sunk));
    TRY_ALLOC(s->before = zero_alloc((size_t)g->n_resources * (size_t)g->n_sites, sizeof(double)));
    TRY_ALLOC(s->load = zero_alloc((size_t)s->n_rows, sizeof *s->load));
    TRY_ALLOC(s->lift = zero_alloc((size_t)s->n_rows, sizeof *s->lift));
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
        free(c->lift);
        free(c->curve);
        free(c->line);
        free(c->reduced);
        free(c->crowd);
        free(c->share);
        free(c->place);
        free(c->touched);
        free(c->use);
    }
    free(s->chunks);
    field_free(&s->f);
    free(s->near);
    free(s->sunk);
    free(s->before);
    free(s->rhs);
    free(s->most);
    free(s->order);
    free(s->kind);
    free(s->load);
    free(s->lift);
    free(s->slot);
    free(s->slot_row);
    *s = (smooth){0};
}
