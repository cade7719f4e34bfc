/* Reduced costs of all options of a unit in one pass over sums of few lines (lines.h), where 64
 * bits are known to be enough. */
#include "model/lines.h"

#include "model/build.h"

#include <assert.h>
#include <stdlib.h>

/* Products below this leave room for a sum of two. */
static const int128 NARROW = (int128)1 << 61;

static void note_highest(price_lines *lines, int64_t price) {
    int64_t size = price < 0 ? -price : price;
    if (size > lines->highest) lines->highest = size;
}

static int64_t *next_line(price_lines *lines, int *n) {
    assert(*n < lines->n_lines);
    return lines->room + (size_t)(*n)++ * (size_t)lines->m->n_sites;
}

static void fill_beds(price_lines *lines, int64_t *line) {
    for (int j = 0; j < lines->m->n_sites; j++) {
        int row = lines->m->index->bed_row[j];
        line[j] = row == NONE ? 0 : lines->p->prices[row];
        note_highest(lines, line[j]);
    }
    lines->beds = line;
}

static bool fill_service(price_lines *lines, int service, int64_t *line) {
    bool any = false;
    for (int j = 0; j < lines->m->n_sites; j++) {
        int row = model_service_row(lines->m, j, service);
        line[j] = row == NONE ? 0 : lines->p->prices[row];
        note_highest(lines, line[j]);
        any = any || line[j] != 0;
    }
    return any;
}

static bool fill_quota(price_lines *lines, int q, int64_t *line) {
    const struct model_index *x = lines->m->index;
    const int64_t *prices = lines->p->prices;
    int64_t above = x->max_row[q] == NONE ? 0 : prices[x->max_row[q]];
    int64_t below = x->min_row[q] == NONE ? 0 : prices[x->min_row[q]];
    if (above == below) return false;
    note_highest(lines, above - below);
    for (int j = 0; j < lines->m->n_sites; j++)
        line[j] = x->covers[(size_t)q * (size_t)lines->m->n_sites + (size_t)j] ? above - below : 0;
    return true;
}

static void fill_lines(price_lines *lines) {
    const model *m = lines->m;
    int n = 0;
    lines->pays = next_line(lines, &n);
    fill_beds(lines, next_line(lines, &n));
    for (int s = 0; s < m->instance->n_services; s++) {
        int64_t *line = next_line(lines, &n);
        if (fill_service(lines, s, line)) lines->service[s] = line;
    }
    for (int q = 0; q < m->instance->n_quotas; q++) {
        int64_t *line = next_line(lines, &n);
        if (fill_quota(lines, q, line)) lines->quota[q] = line;
    }
    for (int i = 0; i < m->n_rows; i++)
        if (m->rows[i].kind == ROW_APART) note_highest(lines, lines->p->prices[i]);
}

bool price_lines_make(price_lines *lines, const model *m, const model_prices *p) {
    size_t services = (size_t)m->instance->n_services, quotas = (size_t)m->instance->n_quotas;

    *lines = (price_lines){.m = m, .p = p, .n_lines = 2 + (int)(services + quotas)};
    lines->room = zero_alloc((size_t)lines->n_lines * (size_t)m->n_sites, sizeof *lines->room);
    lines->service = zero_alloc(services, sizeof *lines->service);
    lines->quota = zero_alloc(quotas, sizeof *lines->quota);
    if (lines->room == NULL || lines->service == NULL || lines->quota == NULL) {
        price_lines_free(lines);
        return false;
    }
    fill_lines(lines);
    return true;
}

void price_lines_free(price_lines *lines) {
    free(lines->room);
    free(lines->service);
    free(lines->quota);
    *lines = (price_lines){0};
}

static void add_line(price_lines *lines, const int64_t *line, int count) {
    if (line == NULL) return;
    for (int j = 0; j < lines->m->n_sites; j++) lines->pays[j] += line[j] * count;
}

static void add_apart(price_lines *lines, const amount *apart) {
    const struct model_index *x = lines->m->index;
    for (int j = 0; j < lines->m->n_sites; j++)
        if (x->bed_row[j] != NONE)
            lines->pays[j] +=
                lines->p->prices[x->apart_row[apart->item] + x->open_rank[j]] * apart->count;
}

/* What all uses of the unit could cost together at most. */
static int128 most_paid(const price_lines *lines, const unit *u) {
    int128 uses = u->persons;
    for (int i = 0; i < u->n_needs; i++) uses += u->needs[i].count;
    for (int i = 0; i < u->n_apart; i++) uses += u->apart[i].count;
    for (int i = 0; i < u->n_counted; i++) uses += u->counted[i].count;
    return uses * lines->highest;
}

static void sum_lines(price_lines *lines, const unit *u) {
    for (int j = 0; j < lines->m->n_sites; j++) lines->pays[j] = lines->beds[j] * u->persons;
    for (int i = 0; i < u->n_needs; i++)
        add_line(lines, lines->service[u->needs[i].item], u->needs[i].count);
    for (int i = 0; i < u->n_counted; i++)
        add_line(lines, lines->quota[u->counted[i].item], u->counted[i].count);
    for (int i = 0; i < u->n_apart; i++) add_apart(lines, &u->apart[i]);
}

bool price_lines_cheapest(price_lines *lines, int u, int64_t *least) {
    const unit *it = &lines->m->units[u];
    options o = model_options(lines->m, u);
    int64_t scale = lines->p->goal == GOAL_WEIGHT ? 0 : lines->p->scale;

    if (o.n == 0 || (int128)lines->p->scale * lines->m->index->largest_cost >= NARROW ||
        most_paid(lines, it) >= NARROW)
        return false;
    sum_lines(lines, it);
    *least = INT64_MAX;
    for (int i = 0; i < o.n; i++) {
        int64_t value = scale * option_cost(&o, i) + lines->pays[o.site[i]];
        if (value < *least) *least = value;
    }
    return true;
}
