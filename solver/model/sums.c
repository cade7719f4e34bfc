/* Whether the cost of every plan fits in 64 bits, and whether one person unplaced outweighs all
 * else. */
#include "model/build.h"

static int128 magnitude(int64_t a) {
    return a < 0 ? -(int128)a : a;
}

static int128 worst_of_unit(const model *m, int u) {
    options o = model_options(m, u);
    int128 worst = m->units[u].unplaced_cost;
    for (int i = 0; i < o.n; i++)
        if (magnitude(option_cost(&o, i)) > worst) worst = magnitude(option_cost(&o, i));
    return worst;
}

static int128 worst_of_row(const model_row *row, int64_t persons) {
    if (row_is_open(row)) return row->points;
    if (row->kind == ROW_MAX) return (int128)row->points * persons;
    return row->kind == ROW_MIN ? (int128)row->points * -(int128)row->rhs : 0;
}

static int128 worst_of_rows(const model *m) {
    int64_t persons = 0;
    int128 worst = 0;
    for (int u = 0; u < m->n_units; u++) persons += m->units[u].persons;
    for (int i = 0; i < m->n_rows; i++) worst += worst_of_row(&m->rows[i], persons);
    return worst;
}

/* By how much the costs of a unit's sites differ, none (which costs nothing but U) among them. */
static int128 spread_of_unit(const model *m, int u) {
    options o = model_options(m, u);
    int64_t least = 0, most = 0;
    for (int i = 0; i < o.n; i++) {
        if (option_cost(&o, i) < least) least = option_cost(&o, i);
        if (option_cost(&o, i) > most) most = option_cost(&o, i);
    }
    return (int128)most - least;
}

/* U "first" does, and a planner's own number may be as large. The offset is not to be passed
 * either: what is proved is compared with and without it. */
static bool outweighs_all(const model *m) {
    int128 all = worst_of_rows(m);
    if (m->instance->weights.unplaced == NONE) return true;
    all += m->offset;
    for (int u = 0; u < m->n_units; u++) all += spread_of_unit(m, u);
    return all < m->unplaced_points;
}

plaats_status build_check_sums(builder *b, plaats_error *error) {
    model *m = b->m;
    int128 worst = worst_of_rows(m);

    m->unplaced_first = outweighs_all(m);
    if (!b->own_unplaced) return PLAATS_OK;
    for (int u = 0; u < m->n_units; u++) worst += worst_of_unit(m, u);
    if (worst <= INT64_MAX) return PLAATS_OK;
    return fail(error, PLAATS_USAGE,
                "%lld points for a person unplaced are too many: costs would not fit in 64 bits",
                (long long)m->unplaced_points);
}
