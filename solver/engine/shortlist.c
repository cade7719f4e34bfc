#include "engine/shortlist.h"

#include <math.h>
#include <stdlib.h>

/* Keeps the `most` least of what is inserted, in order; ties by insertion, which is by site. */
static void insert(shortlist *l, int32_t first, int32_t *n, int most, int32_t site_, int64_t cost,
                   double reduced) {
    int32_t at;
    if (*n == most && reduced >= l->loss[first + *n - 1]) return;
    at = first + (*n < most ? (*n)++ : most - 1);
    for (; at > first && l->loss[at - 1] > reduced; at--) {
        l->site[at] = l->site[at - 1];
        l->cost[at] = l->cost[at - 1];
        l->loss[at] = l->loss[at - 1];
    }
    l->site[at] = site_;
    l->cost[at] = cost;
    l->loss[at] = reduced;
}

static void list_unit(const field *f, int u, int most, double *reduced, shortlist *l) {
    options o = model_options(f->g->m, u);
    int32_t first = l->start[u], n = 0;
    double none = (double)f->g->m->units[u].unplaced_cost, least = none;

    field_reduced_costs(f, u, o, reduced);
    for (int i = 0; i < o.n; i++) {
        insert(l, first, &n, most, o.site[i], o.cost[i], reduced[i]);
        least = fmin(least, reduced[i]);
    }
    for (int32_t i = first; i < first + n; i++) l->loss[i] -= least;
    l->none_loss[u] = none - least;
    l->start[u + 1] = first + n;
}

plaats_status shortlist_build(const grid *g, const double *row_price, int most, shortlist *l,
                              plaats_error *error) {
    plaats_status st = PLAATS_OK;
    field f = {0};
    double *reduced = NULL;
    size_t room = (size_t)g->n_units * (size_t)most;

    *l = (shortlist){0};
    TRY(field_build(g, &f, error));
    TRY_ALLOC(reduced = zero_alloc((size_t)g->n_sites, sizeof *reduced));
    TRY_ALLOC(l->start = zero_alloc((size_t)g->n_units + 1, sizeof *l->start));
    TRY_ALLOC(l->site = zero_alloc(room, sizeof *l->site));
    TRY_ALLOC(l->cost = zero_alloc(room, sizeof *l->cost));
    TRY_ALLOC(l->loss = zero_alloc(room, sizeof *l->loss));
    TRY_ALLOC(l->none_loss = zero_alloc((size_t)g->n_units, sizeof *l->none_loss));
    field_set(&f, row_price);
    for (int u = 0; u < g->n_units; u++) list_unit(&f, u, most, reduced, l);
done:
    free(reduced);
    field_free(&f);
    if (st != PLAATS_OK) shortlist_free(l);
    return st;
}

void shortlist_free(shortlist *l) {
    free(l->start);
    free(l->site);
    free(l->cost);
    free(l->loss);
    free(l->none_loss);
    *l = (shortlist){0};
}
