/* Prices by resource and site. A unit uses the same of each resource wherever it is, so what it
 * pays everywhere is a sum of a few lines of the field: one pass over the sites for each resource
 * that it uses and that anybody pays for. */
#include "engine/layout/field.h"

#include "base/vector.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

plaats_status field_build(const grid *g, field *f, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    f->g = g;
    TRY_ALLOC(f->price = zero_alloc((size_t)g->n_resources * (size_t)g->n_sites, sizeof(double)));
    TRY_ALLOC(f->priced = zero_alloc((size_t)g->n_resources, sizeof *f->priced));
done:
    return st;
}

void field_free(field *f) {
    free(f->price);
    free(f->priced);
    f->price = NULL;
    f->priced = NULL;
}

void field_set(field *f, const double *row_price) {
    const grid *g = f->g;
    for (int k = 0; k < g->n_resources; k++) {
        double *price = f->price + (size_t)k * (size_t)g->n_sites;
        f->priced[k] = false;
        for (int j = 0; j < g->n_sites; j++) {
            int32_t above = grid_above(g, k, j), below = grid_below(g, k, j);
            price[j] =
                (above == NONE ? 0 : row_price[above]) - (below == NONE ? 0 : row_price[below]);
            f->priced[k] |= price[j] != 0;
        }
    }
}

void field_line(const field *f, int unit, double *line) {
    const grid *g = f->g;
    size_t n = (size_t)g->n_sites;
    assert(unit >= 0 && unit < g->n_units);
    memset(line, 0, n * sizeof *line);
    for (int32_t e = g->use_start[unit]; e < g->use_start[unit + 1]; e++) {
        int32_t k = g->use_resource[e];
        if (f->priced[k]) vector_add(n, g->use_count[e], f->price + (size_t)k * n, line);
    }
}

void field_reduced_costs(bool costless, const options *o, const double *line, double *reduced) {
    if (costless)
        for (int i = 0; i < o->n; i++) reduced[i] = line[o->site[i]];
    else if (o->width == 2)
        vector_reduced((size_t)o->n, (double)o->least, o->more, o->site, line, reduced);
    else
        for (int i = 0; i < o->n; i++) reduced[i] = (double)option_cost(o, i) + line[o->site[i]];
}

plaats_status unit_costs_build(const grid *g, unit_costs *c, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    TRY_ALLOC(c->line = zero_alloc((size_t)g->n_sites, sizeof *c->line));
    /* A unit has at most one option a site. */
    TRY_ALLOC(c->reduced = zero_alloc((size_t)g->n_sites, sizeof *c->reduced));
done:
    return st;
}

void unit_costs_free(unit_costs *c) {
    free(c->line);
    free(c->reduced);
    *c = (unit_costs){0};
}

const double *unit_costs_of(unit_costs *c, const field *f, int unit, const options *o) {
    assert(o->n <= f->g->n_sites);
    field_line(f, unit, c->line);
    field_reduced_costs(false, o, c->line, c->reduced);
    return c->reduced;
}
