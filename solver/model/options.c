/* Where every unit may go, and what that costs: by far the most work of building a model, so some
 * units at a time are a part, and parts are made side by side. */
#include "base/parallel.h"
#include "instance/everywhere.h"
#include "model/build.h"
#include "model/store.h"

#include <assert.h>
#include <stdlib.h>

/* Slices of the parts, made side by side: as many as parallel_for has threads. */
enum { MOST_SLICES = 16 };

/* ---- One unit ---------------------------------------------------------------------------- */

/* Beds count under keep_open too: an open row holds its beds as the coefficient of y. */
static bool beds_suffice(const model *m, const unit *u, int j) {
    const model_row *row = &m->rows[m->index->bed_row[j]];
    return u->persons <= row_capacity(row);
}

static bool places_suffice(const model *m, const unit *u, int j) {
    for (int i = 0; i < u->n_needs; i++) {
        int row = model_service_row(m, j, u->needs[i].item);
        if (row != NONE && u->needs[i].count > m->rows[row].rhs) return false;
    }
    return true;
}

/* A hard quota that is too small for the unit. */
static bool quota_forbids(const model *m, const amount *counted) {
    int row = m->index->max_row[counted->item];
    return row != NONE && row_is_hard(&m->rows[row]) && counted->count > m->rows[row].rhs;
}

/* Those of the unit, which are few, if any. */
static int list_forbidding(const model *m, const unit *u, int *quotas) {
    int n = 0;
    assert(u->n_counted <= m->instance->n_quotas); /* the room in `quotas` */
    for (int i = 0; i < u->n_counted; i++)
        if (quota_forbids(m, &u->counted[i])) quotas[n++] = u->counted[i].item;
    return n;
}

/* Does the unit by itself fit into every hard row? Of a household alone it is known to find enough
 * beds and services. */
static bool unit_fits(const model *m, const unit *u, int n_forbidding, const int *forbidding,
                      int j) {
    if (u->n_members > 1 && (!beds_suffice(m, u, j) || !places_suffice(m, u, j))) return false;
    for (int i = 0; i < n_forbidding; i++)
        if (m->index->covers[(size_t)forbidding[i] * (size_t)m->n_sites + (size_t)j]) return false;
    return true;
}

/* Two members that must be apart, yet together: nowhere. */
static bool apart_from_itself(const unit *u) {
    for (int i = 0; i < u->n_apart; i++)
        if (u->apart[i].count > 1) return true;
    return false;
}

/* What one slice works with. */
typedef struct {
    option_list found;             /* of the unit at hand */
    bool *excluded, *excluded_too; /* per site of the instance: */
    int64_t *sum, *own;
    int *forbidding; /* quotas */
    list_index *lists;
    plaats_status status;
} workshop;

/* What the making of parts shares. */
typedef struct {
    const model *m;
    everywhere *places;
    int n_slices;        /* slice i makes parts i, i + n_slices, ... */
    workshop *shops;     /* per slice */
    int32_t *open_sites; /* model sites that are open */
    int n_open;
} making;

/* Where all members may be, and what they pay there together; it fits in 64 bits, or the instance
 * would have been refused. */
static void look_for_members(const making *k, workshop *w, const unit *u) {
    const plaats_instance *in = k->m->instance;
    for (int i = 0; i < u->n_members; i++) {
        int h = u->members[i];
        bool first = i == 0;
        everywhere_look(k->places, h, eligible_came_from_first(in, &in->households[h]),
                        first ? w->excluded : w->excluded_too, first ? w->sum : w->own);
        for (int j = 0; j < in->n_sites && !first; j++) {
            w->excluded[j] |= w->excluded_too[j];
            if (!w->excluded[j]) w->sum[j] += w->own[j];
        }
    }
}

static void list_unit(const making *k, workshop *w, const unit *u) {
    const model *m = k->m;
    option_list *found = &w->found;
    bool keep = m->previous.keep_points > 0;
    int n_forbidding = list_forbidding(m, u, w->forbidding);

    found->n = 0;
    if (apart_from_itself(u)) return;
    look_for_members(k, w, u);
    for (int i = 0; i < k->n_open; i++) {
        int j = k->open_sites[i], where = m->sites[j];
        int64_t *cost = &found->cost[found->n];
        if (w->excluded[where] || !unit_fits(m, u, n_forbidding, w->forbidding, j)) continue;
        *cost = w->sum[where];
        if (keep) *cost -= unit_keep_saving(m, u, j);
        found->site[found->n++] = (uint16_t)j;
    }
}

/* ---- All units --------------------------------------------------------------------------- */

static plaats_status make_part(const making *k, workshop *w, int number) {
    const model *m = k->m;
    option_part *part = &m->index->parts[number];
    int first = number * UNITS_OF_PART;
    assert(number >= 0 && number < m->index->n_parts);

    list_index_clear(w->lists);
    for (int i = 0; i < UNITS_OF_PART && first + i < m->n_units; i++) {
        list_unit(k, w, &m->units[first + i]);
        if (!store_options(part, w->lists, i, &w->found)) return PLAATS_MEMORY;
    }
    return store_fit(part) ? PLAATS_OK : PLAATS_MEMORY;
}

static void make_slice(void *context, int slice) {
    const making *k = context;
    workshop *w = &k->shops[slice];
    for (int i = slice; i < k->m->index->n_parts && w->status == PLAATS_OK; i += k->n_slices)
        w->status = make_part(k, w, i);
}

static plaats_status equip(const making *k, workshop *w, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    size_t sites = (size_t)k->m->instance->n_sites + 1;
    TRY_ALLOC(w->found.site = zero_alloc(sites, sizeof *w->found.site));
    TRY_ALLOC(w->found.cost = zero_alloc(sites, sizeof *w->found.cost));
    TRY_ALLOC(w->excluded = zero_alloc(sites, sizeof *w->excluded));
    TRY_ALLOC(w->excluded_too = zero_alloc(sites, sizeof *w->excluded_too));
    TRY_ALLOC(w->sum = zero_alloc(sites, sizeof *w->sum));
    TRY_ALLOC(w->own = zero_alloc(sites, sizeof *w->own));
    TRY_ALLOC(w->forbidding = zero_alloc((size_t)k->m->instance->n_quotas, sizeof *w->forbidding));
    TRY_ALLOC(w->lists = zero_alloc(1, sizeof *w->lists));
done:
    return st;
}

static plaats_status prepare(making *k, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const model *m = k->m;

    TRY(everywhere_make(m->instance, 0, &k->places, error));
    TRY_ALLOC(k->shops = zero_alloc((size_t)k->n_slices, sizeof *k->shops));
    for (int i = 0; i < k->n_slices; i++) TRY(equip(k, &k->shops[i], error));
    TRY_ALLOC(k->open_sites = zero_alloc((size_t)m->n_sites, sizeof *k->open_sites));
    for (int j = 0; j < m->n_sites; j++)
        if (m->index->bed_row[j] != NONE) k->open_sites[k->n_open++] = j;
done:
    return st;
}

static void making_free(making *k) {
    for (int i = 0; k->shops != NULL && i < k->n_slices; i++) {
        workshop *w = &k->shops[i];
        free(w->found.site);
        free(w->found.cost);
        free(w->excluded);
        free(w->excluded_too);
        free(w->sum);
        free(w->own);
        free(w->forbidding);
        free(w->lists);
    }
    free(k->shops);
    free(k->open_sites);
    everywhere_free(k->places);
}

static plaats_status check_slices(const making *k, plaats_error *error) {
    for (int i = 0; i < k->n_slices; i++)
        if (k->shops[i].status != PLAATS_OK) return fail_memory(error);
    return PLAATS_OK;
}

plaats_status build_list_options(builder *b, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    model *m = b->m;
    struct model_index *x = m->index;
    int n_parts = (m->n_units + UNITS_OF_PART - 1) / UNITS_OF_PART;
    making k = {.m = m, .n_slices = n_parts < MOST_SLICES ? n_parts : MOST_SLICES};

    if (m->n_sites > UINT16_MAX)
        TRY(fail(error, PLAATS_INPUT, "%d sites are too many: at most %d can be planned",
                 m->n_sites, UINT16_MAX));
    TRY_ALLOC(x->parts = arena_alloc(&m->memory, (size_t)n_parts, sizeof *x->parts));
    x->n_parts = n_parts;
    TRY(prepare(&k, error));
    parallel_for(k.n_slices, make_slice, &k, m->threads);
    TRY(check_slices(&k, error));
    for (int i = 0; i < n_parts; i++)
        if (x->parts[i].largest_cost > x->largest_cost) x->largest_cost = x->parts[i].largest_cost;
done:
    making_free(&k);
    return st;
}
