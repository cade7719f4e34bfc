/* Where every unit may go, and what that costs. */
#include "model/build.h"

#include <stdlib.h>

/* One growing list for all units. */
typedef struct {
    size_t n, room;
    int32_t *site;
    int64_t *cost;
} option_list;

static bool grow(option_list *list) {
    size_t room = list->room + list->room / 2 + 1024;
    int32_t *sites = realloc(list->site, room * sizeof *sites);
    if (sites == NULL) return false;
    list->site = sites;
    int64_t *cost = realloc(list->cost, room * sizeof *cost);
    if (cost == NULL) return false;
    list->cost = cost;
    list->room = room;
    return true;
}

static bool add_option(option_list *list, int j, int64_t cost) {
    if (list->n == list->room && !grow(list)) return false;
    list->site[list->n] = j;
    list->cost[list->n++] = cost;
    return true;
}

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

/* `from`: room for as many as the unit has members. */
static plaats_status options_of(const model *m, const unit *u, came_from *from, option_list *list,
                                plaats_error *error) {
    const plaats_instance *in = m->instance;

    if (apart_from_itself(u)) return PLAATS_OK;
    for (int i = 0; i < u->n_members; i++)
        from[i] = came_from_first(in, &in->households[u->members[i]]);
    for (int j = 0; j < m->n_sites; j++) {
        int64_t cost;
        if (m->index->bed_row[j] == NONE || !unit_fits(m, u, j)) continue;
        if (price_option(in, u, m->sites[j], from, &cost) && !add_option(list, j, cost))
            return fail_memory(error);
    }
    return PLAATS_OK;
}

static int most_members(const model *m) {
    int most = 0;
    for (int u = 0; u < m->n_units; u++)
        if (m->units[u].n_members > most) most = m->units[u].n_members;
    return most;
}

static int64_t largest_size(const option_list *list) {
    int64_t largest = 0;
    for (size_t i = 0; i < list->n; i++) {
        int64_t size = list->cost[i] < 0 ? -list->cost[i] : list->cost[i];
        if (size > largest) largest = size;
    }
    return largest;
}

plaats_status list_options(builder *b, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    model *m = b->m;
    option_list list = {0};
    came_from *from = NULL;

    TRY_ALLOC(m->index->first =
                  arena_alloc(&m->memory, (size_t)m->n_units + 1, sizeof *m->index->first));
    TRY_ALLOC(from = zero_alloc((size_t)most_members(m), sizeof *from));
    for (int u = 0; u < m->n_units; u++) {
        TRY(options_of(m, &m->units[u], from, &list, error));
        m->index->first[u + 1] = list.n;
    }
    m->index->largest_cost = largest_size(&list);
done:
    free(from);
    m->index->option_site = list.site; /* the model's also when this failed */
    m->index->option_cost = list.cost;
    return st;
}
