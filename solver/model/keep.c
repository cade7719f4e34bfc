/* What a previous plan adds to the model: a cost of being elsewhere or unplaced, and where to
 * start.
 */
#include "model/build.h"

#include <assert.h>

int64_t model_keep_cost(const model *m, int h, int j) {
    const previous_sites *p = &m->previous;
    assert(h >= 0 && h < m->instance->n_households);
    assert(p->keep_points == 0 || p->site != NULL);
    if (p->keep_points == 0 || p->site[h] == NONE || p->site[h] == j) return 0;
    return m->instance->households[h].people.n * p->keep_points;
}

int128 model_points_to_keep(const model *m) {
    const plaats_instance *in = m->instance;
    int128 sum = 0;
    for (int h = 0; h < in->n_households; h++)
        if (needs_bed(in, &in->households[h], 0)) sum += model_keep_cost(m, h, NONE);
    return sum;
}

plaats_status model_refuse_keep(const model *m, plaats_error *error) {
    return fail(error, PLAATS_USAGE,
                "%lld points to keep are too many: costs would not fit in 64 bits",
                (long long)m->previous.keep_points);
}

int64_t unit_keep_saving(const model *m, const unit *u, int j) {
    int64_t saving = 0;
    for (int i = 0; i < u->n_members; i++)
        if (m->previous.site[u->members[i]] == m->sites[j])
            saving += model_keep_cost(m, u->members[i], NONE);
    return saving;
}

int64_t model_unit_offset(const model *m, int u) {
    int64_t sum = 0;
    assert(u >= 0 && u < m->n_units);
    for (int i = 0; i < m->units[u].n_members; i++)
        sum += model_keep_cost(m, m->units[u].members[i], NONE);
    return sum;
}

/* The model site of all members, or NONE. */
static int start_of_unit(const model *m, const unit *u) {
    assert(u->n_members > 0);
    int where = m->previous.site[u->members[0]];
    for (int i = 1; i < u->n_members; i++)
        if (m->previous.site[u->members[i]] != where) return NONE;
    return where == NONE ? NONE : m->site_rank[where];
}

plaats_status build_follow_previous(builder *b, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    model *m = b->m;
    int32_t *start = NULL;

    if (m->previous.site == NULL) return PLAATS_OK;
    TRY_ALLOC(start = arena_alloc(&m->memory, (size_t)m->n_units, sizeof *start));
    for (int u = 0; u < m->n_units; u++) start[u] = start_of_unit(m, &m->units[u]);
    m->start = start;
done:
    return st;
}
