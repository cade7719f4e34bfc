/* The steps in which a model is built (build.h), and what it is asked for: options of a unit, their
 * costs, and the rows they use. */
#include "model/model.h"

#include "model/build.h"
#include "model/store.h"

#include <assert.h>
#include <stdlib.h>

static plaats_status refuse_horizon(const plaats_instance *in, plaats_error *error) {
    if (in->weeks == 1) return PLAATS_OK;
    return fail(error, PLAATS_INPUT,
                "the horizon is %d weeks: only single weeks are solved by this version; set "
                "'weeks' to 1",
                in->weeks);
}

static plaats_status set_unplaced_points(builder *b, int64_t unplaced, plaats_error *error) {
    int128 kept = model_points_to_keep(b->m);
    b->own_unplaced = unplaced != NONE;
    b->m->unplaced_points = unplaced;
    if (b->own_unplaced) return PLAATS_OK;
    plaats_status st = unplaced_points(b->in, kept, &b->m->unplaced_points, error);
    b->m->offset = (int64_t)kept;
    return st != PLAATS_OK && kept > 0 ? model_refuse_keep(b->m, error) : st;
}

static plaats_status start(builder *b, plaats_error *error) {
    plaats_status st = PLAATS_OK;

    TRY_ALLOC(b->m = zero_alloc(1, sizeof *b->m));
    TRY_ALLOC(b->m->index = arena_alloc(&b->m->memory, 1, sizeof *b->m->index));
    b->m->instance = b->in;
    b->m->weeks = 1;
    b->when = b->in->first;
done:
    return st;
}

static void builder_free(builder *b) {
    facts_free(&b->facts);
    free(b->household_order);
    free(b->service_order);
    free(b->apart_order);
    free(b->quota_order);
    free(b->needed);
}

static plaats_status build(const plaats_instance *in, int64_t unplaced,
                           const previous_sites *previous, int threads, model **out,
                           plaats_error *error) {
    plaats_status st = PLAATS_OK;
    builder b = {.in = in};

    *out = NULL;
    TRY(refuse_horizon(in, error));
    TRY(start(&b, error));
    b.m->threads = threads;
    if (previous != NULL) b.m->previous = *previous;
    TRY(set_unplaced_points(&b, unplaced, error));
    TRY(facts_read(in, &b.m->previous, &b.facts, error));
    TRY(build_sort(&b, error));
    TRY(build_merge_units(&b, error));
    TRY(build_choose_limits(&b, error));
    TRY(build_count_amounts(&b, error));
    TRY(build_make_rows(&b, error));
    TRY(build_list_options(&b, error));
    TRY(build_follow_previous(&b, error));
    TRY(build_check_sums(&b, error));
    *out = b.m;
done:
    builder_free(&b);
    if (st != PLAATS_OK) model_free(b.m);
    return st;
}

plaats_status model_build(const plaats_instance *in, int64_t unplaced, model **out,
                          plaats_error *error) {
    return build(in, unplaced, NULL, 0, out, error);
}

plaats_status model_build_after(const plaats_instance *in, const previous_sites *previous,
                                int threads, model **out, plaats_error *error) {
    return build(in, NONE, previous, threads, out, error);
}

void model_free(model *m) {
    if (m == NULL) return;
    if (m->index != NULL) store_free_options(m->index);
    arena_free(&m->memory);
    free(m);
}

options model_options(const model *m, int u) {
    assert(u >= 0 && u < m->n_units);
    const option_part *part = &m->index->parts[u / UNITS_OF_PART];
    int i = u % UNITS_OF_PART;
    uint32_t from = part->first[i], n = part->first[i + 1] - from;
    if (n == 0) return (options){0};
    return (options){.n = (int)n,
                     .site = part->site + part->site_at[i],
                     .least = part->least[i],
                     .width = part->width,
                     .more = (const char *)part->more + (size_t)from * (size_t)part->width};
}

bool model_option_cost(const model *m, int u, int j, int64_t *cost) {
    options o = model_options(m, u);
    int low = 0, high = o.n;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (o.site[middle] < j)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == o.n || o.site[low] != j) return false;
    *cost = option_cost(&o, low);
    return true;
}

int model_service_row(const model *m, int j, int service) {
    assert(j >= 0 && j < m->n_sites && service >= 0 && service < m->instance->n_services);
    return m->index->service_row[(size_t)service * (size_t)m->n_sites + (size_t)j];
}

static int quota_uses(const model *m, const amount *counted, int j, row_use *uses) {
    const struct model_index *x = m->index;
    int n = 0, q = counted->item;
    if (!x->covers[(size_t)q * (size_t)m->n_sites + (size_t)j]) return 0;
    if (x->max_row[q] != NONE) uses[n++] = (row_use){x->max_row[q], counted->count};
    if (x->min_row[q] != NONE) uses[n++] = (row_use){x->min_row[q], -counted->count};
    return n;
}

int model_uses(const model *m, int u, int j, row_use *uses) {
    const struct model_index *x = m->index;
    const unit *it = &m->units[u];
    int n = 0;

    assert(u >= 0 && u < m->n_units);
    assert(j >= 0 && j < m->n_sites && x->bed_row[j] != NONE);
    uses[n++] = (row_use){x->bed_row[j], it->persons};
    for (int i = 0; i < it->n_needs; i++) {
        int row = model_service_row(m, j, it->needs[i].item);
        if (row != NONE) uses[n++] = (row_use){row, it->needs[i].count};
    }
    for (int i = 0; i < it->n_apart; i++) {
        int row = x->apart_row[it->apart[i].item] + x->open_rank[j];
        uses[n++] = (row_use){row, it->apart[i].count};
    }
    for (int i = 0; i < it->n_counted; i++) n += quota_uses(m, &it->counted[i], j, uses + n);
    assert(n <= m->max_uses);
    return n;
}
