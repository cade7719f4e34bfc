/* Where every unit may go, and what that costs: by far the most work of building a model, so some
 * units at a time are a part, and parts are made side by side. */
#include "base/parallel.h"
#include "model/build.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* ---- A list that grows ------------------------------------------------------------------------
 */

static bool resize(option_part *part, uint32_t room) {
    uint16_t *site = realloc(part->site, room * sizeof *site);
    if (site == NULL) return false;
    part->site = site;
    if (part->wide_cost != NULL) {
        int64_t *wide = realloc(part->wide_cost, room * sizeof *wide);
        if (wide == NULL) return false;
        part->wide_cost = wide;
    } else {
        int32_t *cost = realloc(part->cost, room * sizeof *cost);
        if (cost == NULL) return false;
        part->cost = cost;
    }
    part->room = room;
    return true;
}

/* From 32 bits to 64 for all. */
static bool widen(option_part *part) {
    part->wide_cost = malloc(part->room * sizeof *part->wide_cost);
    if (part->wide_cost == NULL) return false;
    for (uint32_t i = 0; i < part->n; i++) part->wide_cost[i] = part->cost[i];
    free(part->cost);
    part->cost = NULL;
    return true;
}

static bool add_option(option_part *part, int j, int64_t cost) {
    int64_t size = cost < 0 ? -cost : cost;

    if (part->n == part->room && !resize(part, part->room + part->room / 2 + 1024)) return false;
    if (size > part->largest_cost) part->largest_cost = size;
    if (size > INT32_MAX && part->wide_cost == NULL && !widen(part)) return false;
    part->site[part->n] = (uint16_t)j;
    if (part->wide_cost != NULL)
        part->wide_cost[part->n++] = cost;
    else
        part->cost[part->n++] = (int32_t)cost;
    return true;
}

void free_options(struct model_index *x) {
    for (int i = 0; i < x->n_parts; i++) {
        free(x->parts[i].site);
        free(x->parts[i].cost);
        free(x->parts[i].wide_cost);
    }
}

/* ---- One unit ---------------------------------------------------------------------------------
 */

/* Beds count under keep_open too: an open row holds its beds as the coefficient of y. */
static bool beds_suffice(const model *m, const unit *u, int j) {
    const model_row *row = &m->rows[m->index->bed_row[j]];
    return u->persons <= (row->kind == ROW_OPEN ? row->beds : row->rhs);
}

static bool places_suffice(const model *m, const unit *u, int j) {
    for (int i = 0; i < u->n_needs; i++) {
        int row = model_service_row(m, j, u->needs[i].item);
        if (row != NONE && u->needs[i].count > m->rows[row].rhs) return false;
    }
    return true;
}

static bool quota_allows(const model *m, const amount *counted, int j) {
    int row = m->index->max_row[counted->item];
    return row == NONE || m->rows[row].points > 0 || counted->count <= m->rows[row].rhs ||
           !m->index->covers[(size_t)counted->item * (size_t)m->n_sites + (size_t)j];
}

/* Does the unit by itself fit into every hard row? */
static bool unit_fits(const model *m, const unit *u, int j) {
    if (!beds_suffice(m, u, j) || !places_suffice(m, u, j)) return false;
    for (int i = 0; i < u->n_counted; i++)
        if (!quota_allows(m, &u->counted[i], j)) return false;
    return true;
}

/* Two members that must be apart, yet together: nowhere. */
static bool apart_from_itself(const unit *u) {
    for (int i = 0; i < u->n_apart; i++)
        if (u->apart[i].count > 1) return true;
    return false;
}

/* May all members be at this site of the instance? If so, what they pay there together; it fits in
 * 64 bits, or the instance would have been refused. */
static bool price_option(const plaats_instance *in, const unit *u, int where, const came_from *from,
                         int64_t *cost) {
    *cost = 0;
    for (int i = 0; i < u->n_members; i++) {
        eligibility e = eligible(in, u->members[i], where, 0, from[i]);
        if (e.excluded != 0) return false;
        stay_cost c = cost_of_stay(in, u->members[i], where, 0, from[i], e.misfit);
        *cost += stay_cost_total(&c);
    }
    return true;
}

/* What the making of parts shares. */
typedef struct {
    const model *m;
    int n_slices;    /* slice i makes parts i, i + n_slices, ... */
    came_from *from; /* per slice, room for as many as a unit has members */
    int most_members;
    int32_t *open_sites; /* model sites that are open */
    int n_open;
    plaats_status *status; /* per slice */
    bool *too_large;       /* per slice: a cost does not fit in 64 bits */
} making;

/* False when memory runs out, or 64 bits do not do. */
static bool options_of(const making *k, int slice, const unit *u, option_part *part) {
    const model *m = k->m;
    const plaats_instance *in = m->instance;
    came_from *from = k->from + (size_t)slice * (size_t)k->most_members;

    if (apart_from_itself(u)) return true;
    for (int i = 0; i < u->n_members; i++)
        from[i] = came_from_first(in, &in->households[u->members[i]]);
    for (int i = 0; i < k->n_open; i++) {
        int j = k->open_sites[i];
        int64_t cost;
        if (!unit_fits(m, u, j) || !price_option(in, u, m->sites[j], from, &cost)) continue;
        if (add_overflows(&cost, unit_keep_cost(m, u, j))) {
            k->too_large[slice] = true;
            return false;
        }
        if (!add_option(part, j, cost)) return false;
    }
    return true;
}

/* ---- All units --------------------------------------------------------------------------------
 */

static bool make_part(const making *k, int slice, int number) {
    const model *m = k->m;
    option_part *part = &m->index->parts[number];
    int first = number * UNITS_OF_PART;

    for (int i = 0; i < UNITS_OF_PART; i++) {
        if (first + i < m->n_units && !options_of(k, slice, &m->units[first + i], part))
            return false;
        part->first[i + 1] = part->n;
    }
    return part->n == part->room || part->n == 0 || resize(part, part->n);
}

static void make_slice(void *context, int slice) {
    const making *k = context;
    for (int i = slice; i < k->m->index->n_parts; i += k->n_slices)
        if (!make_part(k, slice, i)) {
            k->status[slice] = PLAATS_MEMORY;
            return;
        }
}

static int most_members(const model *m) {
    int most = 0;
    for (int u = 0; u < m->n_units; u++)
        if (m->units[u].n_members > most) most = m->units[u].n_members;
    return most;
}

static plaats_status prepare(making *k, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const model *m = k->m;
    size_t slices = (size_t)k->n_slices;

    k->most_members = most_members(m);
    TRY_ALLOC(k->from = zero_alloc(slices * (size_t)k->most_members, sizeof *k->from));
    TRY_ALLOC(k->status = zero_alloc(slices, sizeof *k->status));
    TRY_ALLOC(k->too_large = zero_alloc(slices, sizeof *k->too_large));
    TRY_ALLOC(k->open_sites = zero_alloc((size_t)m->n_sites, sizeof *k->open_sites));
    for (int j = 0; j < m->n_sites; j++)
        if (m->index->bed_row[j] != NONE) k->open_sites[k->n_open++] = j;
done:
    return st;
}

static void making_free(making *k) {
    free(k->from);
    free(k->status);
    free(k->too_large);
    free(k->open_sites);
}

static plaats_status check_slices(const making *k, plaats_error *error) {
    for (int i = 0; i < k->n_slices; i++)
        if (k->too_large[i]) return refuse_sums(k->m, false, error);
    for (int i = 0; i < k->n_slices; i++)
        if (k->status[i] != PLAATS_OK) return fail_memory(error);
    return PLAATS_OK;
}

plaats_status list_options(builder *b, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    model *m = b->m;
    struct model_index *x = m->index;
    int n_parts = (m->n_units + UNITS_OF_PART - 1) / UNITS_OF_PART;
    making k = {.m = m, .n_slices = n_parts < 16 ? n_parts : 16};

    if (m->n_sites > UINT16_MAX)
        TRY(fail(error, PLAATS_INPUT, "%d sites are too many: at most %d can be planned",
                 m->n_sites, UINT16_MAX));
    TRY_ALLOC(x->parts = arena_alloc(&m->memory, (size_t)n_parts, sizeof *x->parts));
    x->n_parts = n_parts;
    TRY(prepare(&k, error));
    parallel_for(k.n_slices, make_slice, &k, 0);
    TRY(check_slices(&k, error));
    for (int i = 0; i < n_parts; i++)
        if (x->parts[i].largest_cost > x->largest_cost) x->largest_cost = x->parts[i].largest_cost;
done:
    making_free(&k);
    return st;
}
