/* The model laid out for search. What a unit uses does not depend on where it goes, only which row
 * it is used from: a *resource* is the beds, one service, one apart group or one quota, and a row
 * is a resource at a site (for a quota: at all its sites together). */
#ifndef PLAATS_ENGINE_LAYOUT_GRID_H
#define PLAATS_ENGINE_LAYOUT_GRID_H

#include "model/model.h"

typedef struct {
    const model *m;
    int n_sites, n_units, n_resources;
    /* [resource * n_sites + site] -> row, or NONE where it is not limited there. A quota has a row
     * that limits from above and one from below; `below` is NULL for resources without any. */
    int32_t *above;
    int32_t **below;
    /* What unit u uses: entries use_start[u] .. use_start[u+1]-1. The first is always the beds. */
    int32_t *use_start, *use_resource, *use_count;
} grid;

plaats_status grid_build(const model *m, grid *g, plaats_error *error);
void grid_free(grid *g);

static inline int32_t grid_above(const grid *g, int resource, int site) {
    return g->above[(size_t)resource * g->n_sites + site];
}
static inline int32_t grid_below(const grid *g, int resource, int site) {
    return g->below[resource] == NULL ? NONE : g->below[resource][site];
}

/* How much of a resource a unit uses; 0: none. */
int32_t grid_use(const grid *g, int unit, int32_t resource);

/* n times NONE; NULL without memory. */
int32_t *grid_none_array(size_t n);

/* Calls body with `row` and `use` for every row that unit u uses at site j. */
#define GRID_EACH_USE(g, u, j, row, use, body)                                                     \
    for (int32_t e_ = (g)->use_start[u]; e_ < (g)->use_start[(u) + 1]; e_++) {                     \
        int32_t resource_ = (g)->use_resource[e_];                                                 \
        int32_t row = grid_above(g, resource_, j), use = (g)->use_count[e_];                       \
        if (row != NONE) {                                                                         \
            body                                                                                   \
        }                                                                                          \
        row = grid_below(g, resource_, j);                                                         \
        use = -use;                                                                                \
        if (row != NONE) {                                                                         \
            body                                                                                   \
        }                                                                                          \
    }

#endif
