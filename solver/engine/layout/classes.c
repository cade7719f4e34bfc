/* Units alike are found by a hash of their options, costs and uses, sorted; those with the same
 * hash are compared in full. */
#include "engine/layout/classes.h"

#include "base/random.h"

#include <stdlib.h>

typedef struct {
    uint64_t hash;
    int32_t unit;
} hashed;

static int by_hash(const void *a, const void *b) {
    const hashed *x = a, *y = b;
    if (x->hash != y->hash) return x->hash < y->hash ? -1 : 1;
    return x->unit - y->unit;
}

static uint64_t hash_of(const grid *g, int32_t u) {
    options o = model_options(g->m, u);
    uint64_t hash = random_mix((uint64_t)g->m->units[u].unplaced_cost, (uint64_t)o.n);
    for (int32_t e = g->use_start[u]; e < g->use_start[u + 1]; e++)
        hash =
            random_mix(random_mix(hash, (uint64_t)g->use_resource[e]), (uint64_t)g->use_count[e]);
    for (int i = 0; i < o.n; i++)
        hash = random_mix(random_mix(hash, (uint64_t)o.site[i]), (uint64_t)option_cost(&o, i));
    return hash;
}

static bool use_alike(const grid *g, int32_t u, int32_t v) {
    int32_t n = g->use_start[u + 1] - g->use_start[u], a = g->use_start[u], b = g->use_start[v];
    if (g->use_start[v + 1] - b != n) return false;
    for (int32_t i = 0; i < n; i++)
        if (g->use_resource[a + i] != g->use_resource[b + i] ||
            g->use_count[a + i] != g->use_count[b + i])
            return false;
    return true;
}

static bool are_alike(const grid *g, int32_t u, int32_t v) {
    options a = model_options(g->m, u), b = model_options(g->m, v);
    const unit *x = &g->m->units[u], *y = &g->m->units[v];
    if (a.n != b.n || x->unplaced_cost != y->unplaced_cost || x->weight != y->weight) return false;
    for (int i = 0; i < a.n; i++)
        if (a.site[i] != b.site[i] || option_cost(&a, i) != option_cost(&b, i)) return false;
    return use_alike(g, u, v);
}

/* The first unit of the class among those before `i` with the same hash; itself if there is none.
 */
static int32_t first_alike(const grid *g, const classes *k, const hashed *list, int i) {
    for (int before = i - 1; before >= 0 && list[before].hash == list[i].hash; before--)
        if (are_alike(g, list[before].unit, list[i].unit)) return k->first[list[before].unit];
    return list[i].unit;
}

plaats_status classes_build(const grid *g, classes *k, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    size_t n = (size_t)g->n_units;
    hashed *list = NULL;

    *k = (classes){0};
    TRY_ALLOC(list = zero_alloc(n, sizeof *list));
    TRY_ALLOC(k->first = zero_alloc(n, sizeof *k->first));
    TRY_ALLOC(k->next = grid_none_array(n));
    TRY_ALLOC(k->count = zero_alloc(n, sizeof *k->count));
    for (int32_t u = 0; u < g->n_units; u++) list[u] = (hashed){hash_of(g, u), u};
    qsort(list, n, sizeof *list, by_hash);
    for (int i = 0; i < g->n_units; i++) k->first[list[i].unit] = first_alike(g, k, list, i);
    /* From the last to the first, so that each finds those after it in a row. */
    for (int32_t u = g->n_units; u-- > 0;) {
        int32_t first = k->first[u];
        k->count[first]++;
        if (u != first) {
            k->next[u] = k->next[first];
            k->next[first] = u;
        }
    }
done:
    free(list);
    return st;
}

void classes_free(classes *k) {
    free(k->first);
    free(k->next);
    free(k->count);
    *k = (classes){0};
}
