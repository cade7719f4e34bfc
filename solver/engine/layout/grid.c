/* Rows by resource and site, and what each unit uses of each resource. */
#include "engine/layout/grid.h"

#include <assert.h>
#include <stdlib.h>

/* Resources are numbered: beds, then services, apart groups and quotas that occur. */
typedef struct {
    int *service, *apart, *quota; /* item of the instance -> resource, or NONE */
} numbering;

int32_t *grid_none_array(size_t n) {
    int32_t *a = zero_alloc(n, sizeof *a);
    for (size_t i = 0; a != NULL && i < n; i++) a[i] = NONE;
    return a;
}

int32_t grid_use(const grid *g, int unit, int32_t resource) {
    assert(unit >= 0 && unit < g->n_units && resource >= 0 && resource < g->n_resources);
    for (int32_t e = g->use_start[unit]; e < g->use_start[unit + 1]; e++)
        if (g->use_resource[e] == resource) return g->use_count[e];
    return 0;
}

static void numbering_free(numbering *r) {
    free(r->service);
    free(r->apart);
    free(r->quota);
}

static int resource_of(const numbering *r, const model_row *row) {
    switch (row->kind) {
    case ROW_BEDS:
    case ROW_OPEN:
        return 0;
    case ROW_SERVICE:
        return r->service[row->item];
    case ROW_APART:
        return r->apart[row->item];
    default:
        return r->quota[row->item];
    }
}

static plaats_status number_resources(const model *m, numbering *r, int *n, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    *n = 1;
    TRY_ALLOC(r->service = grid_none_array((size_t)m->instance->n_services));
    TRY_ALLOC(r->apart = grid_none_array((size_t)m->instance->n_apart));
    TRY_ALLOC(r->quota = grid_none_array((size_t)m->instance->n_quotas));
    for (int i = 0; i < m->n_rows; i++) {
        const model_row *row = &m->rows[i];
        int *number = row->kind == ROW_SERVICE                       ? &r->service[row->item]
                      : row->kind == ROW_APART                       ? &r->apart[row->item]
                      : row->kind == ROW_MAX || row->kind == ROW_MIN ? &r->quota[row->item]
                                                                     : NULL;
        if (number != NULL && *number == NONE) *number = (*n)++;
    }
done:
    return st;
}

static void place_quota(const grid *g, const model_row *row, int32_t row_number, int32_t *to) {
    const quota *q = &g->m->instance->quotas[row->item];
    for (int j = 0; j < g->n_sites; j++)
        if (quota_covers(g->m->instance, q, g->m->sites[j])) to[j] = row_number;
}

static plaats_status place_rows(const numbering *r, grid *g, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    size_t n = (size_t)g->n_resources * (size_t)g->n_sites;

    TRY_ALLOC(g->above = zero_alloc(n, sizeof *g->above));
    TRY_ALLOC(g->below = zero_alloc((size_t)g->n_resources, sizeof *g->below));
    for (size_t i = 0; i < n; i++) g->above[i] = NONE;
    for (int i = 0; i < g->m->n_rows; i++) {
        const model_row *row = &g->m->rows[i];
        int k = resource_of(r, row);
        int32_t *above = g->above + (size_t)k * (size_t)g->n_sites;
        if (row->kind == ROW_MIN) {
            TRY_ALLOC(g->below[k] = grid_none_array((size_t)g->n_sites));
            place_quota(g, row, i, g->below[k]);
        } else if (row->kind == ROW_MAX) {
            place_quota(g, row, i, above);
        } else {
            assert(row->site >= 0 && row->site < g->n_sites);
            above[row->site] = i;
        }
    }
done:
    return st;
}

static void add_uses(grid *g, int32_t *at, const amount *list, int n, const int *number) {
    for (int i = 0; i < n; i++) {
        if (number[list[i].item] == NONE) continue;
        g->use_resource[*at] = number[list[i].item];
        g->use_count[(*at)++] = list[i].count;
    }
}

static plaats_status list_uses(const numbering *r, grid *g, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const model *m = g->m;
    size_t n = 0;
    int32_t at = 0;

    for (int u = 0; u < m->n_units; u++)
        n += 1 + (size_t)(m->units[u].n_needs + m->units[u].n_apart + m->units[u].n_counted);
    TRY_ALLOC(g->use_start = zero_alloc((size_t)m->n_units + 1, sizeof *g->use_start));
    TRY_ALLOC(g->use_resource = zero_alloc(n, sizeof *g->use_resource));
    TRY_ALLOC(g->use_count = zero_alloc(n, sizeof *g->use_count));
    for (int u = 0; u < m->n_units; u++) {
        const unit *unit = &m->units[u];
        g->use_start[u] = at;
        g->use_resource[at] = 0;
        g->use_count[at++] = unit->persons;
        add_uses(g, &at, unit->needs, unit->n_needs, r->service);
        add_uses(g, &at, unit->apart, unit->n_apart, r->apart);
        add_uses(g, &at, unit->counted, unit->n_counted, r->quota);
    }
    assert((size_t)at <= n);
    g->use_start[m->n_units] = at;
done:
    return st;
}

plaats_status grid_build(const model *m, grid *g, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    numbering r = {0};

    *g = (grid){.m = m, .n_sites = m->n_sites, .n_units = m->n_units};
    TRY(number_resources(m, &r, &g->n_resources, error));
    TRY(place_rows(&r, g, error));
    TRY(list_uses(&r, g, error));
done:
    numbering_free(&r);
    if (st != PLAATS_OK) grid_free(g);
    return st;
}

void grid_free(grid *g) {
    for (int k = 0; g->below != NULL && k < g->n_resources; k++) free(g->below[k]);
    free(g->below);
    free(g->above);
    free(g->use_start);
    free(g->use_resource);
    free(g->use_count);
    *g = (grid){0};
}
