/* What an assignment costs, and what prices prove: L of solver/PROOF.md ("Prices and the bound").
 * All in exact integers. */
#include "base/parallel.h"
#include "model/build.h"
#include "model/lines.h"

#include <assert.h>
#include <stdlib.h>

enum {
    PARTS = 8,       /* of the units, summed side by side */
    FEW_UNITS = 5000 /* fewer are not worth a thread; not measured */
};

/* Puts every unit where `at` says: adds its cost and its uses. False where it may not be. */
static bool add_units(const model *m, const int32_t *at, row_use *uses, int64_t *load,
                      int64_t *cost) {
    for (int u = 0; u < m->n_units; u++) {
        int64_t own = m->units[u].unplaced_cost;
        if (at[u] != NONE) {
            if (!model_option_cost(m, u, at[u], &own)) return false;
            int n = model_uses(m, u, at[u], uses);
            for (int i = 0; i < n; i++) load[uses[i].row] += uses[i].use;
        }
        *cost += own; /* fits: build_check_sums */
    }
    return true;
}

/* Adds what a row with this load costs. False if it is not soft and does not hold. */
static bool add_row_cost(const model_row *row, int64_t load, int64_t *cost) {
    *cost += row_cost_of(row, load);
    return row_holds(row, load);
}

bool model_cost(const model *m, const int32_t *at, int64_t *cost) {
    int64_t *load = zero_alloc((size_t)m->n_rows, sizeof *load);
    row_use *uses = zero_alloc((size_t)m->max_uses, sizeof *uses);
    bool holds_all = load != NULL && uses != NULL;

    *cost = 0;
    holds_all = holds_all && add_units(m, at, uses, load, cost);
    for (int i = 0; holds_all && i < m->n_rows; i++)
        holds_all = add_row_cost(&m->rows[i], load[i], cost);
    free(uses);
    free(load);
    return holds_all;
}

int64_t model_unplaced_weight(const model *m, const int32_t *at) {
    int64_t weight = 0;
    for (int u = 0; u < m->n_units; u++)
        if (at[u] == NONE) weight += m->units[u].weight;
    return weight;
}

/* The prices of what the unit uses at the site, beds apart. Apart from the beds most units use
 * little, so this is kept out of the pass below. */
static int128 price_of_rest(const model *m, const unit *u, int j, const int64_t *prices) {
    const struct model_index *x = m->index;
    int128 sum = 0;

    for (int i = 0; i < u->n_needs; i++) {
        int row = model_service_row(m, j, u->needs[i].item);
        if (row != NONE) sum += (int128)prices[row] * u->needs[i].count;
    }
    for (int i = 0; i < u->n_apart; i++) {
        int row = x->apart_row[u->apart[i].item] + x->open_rank[j];
        sum += (int128)prices[row] * u->apart[i].count;
    }
    for (int i = 0; i < u->n_counted; i++) {
        int q = u->counted[i].item, max = x->max_row[q], min = x->min_row[q];
        if (!x->covers[(size_t)q * (size_t)m->n_sites + (size_t)j]) continue;
        if (max != NONE) sum += (int128)prices[max] * u->counted[i].count;
        if (min != NONE) sum -= (int128)prices[min] * u->counted[i].count;
    }
    return sum;
}

/* What staying unplaced counts for under the goal, prices included. */
static int128 unplaced_value(const unit *u, const model_prices *p) {
    switch (p->goal) {
    case GOAL_COST:
        return (int128)p->scale * u->unplaced_cost;
    case GOAL_WEIGHT:
        return (int128)p->scale * u->weight;
    default:
        return (int128)p->weight_price * u->weight;
    }
}

int128 model_reduced_cost(const model *m, const model_prices *p, int unit_, int site_,
                          int64_t cost) {
    const unit *u = &m->units[unit_];
    int128 value;

    if (site_ == NONE) return unplaced_value(u, p);
    assert(m->index->bed_row[site_] != NONE);
    value = (int128)p->prices[m->index->bed_row[site_]] * u->persons;
    if (p->goal != GOAL_WEIGHT) value += (int128)p->scale * cost;
    if (u->n_needs + u->n_apart + u->n_counted == 0) return value;
    return value + price_of_rest(m, u, site_, p->prices);
}

/* min over the unit's sites and none; `lines` may be NULL. */
static int128 cheapest(const model *m, const model_prices *p, price_lines *lines, int u) {
    options o = model_options(m, u);
    int128 best = unplaced_value(&m->units[u], p);
    int64_t least;

    if (lines != NULL && price_lines_cheapest(lines, u, &least)) return least < best ? least : best;
    for (int i = 0; i < o.n; i++) {
        int128 value = model_reduced_cost(m, p, u, o.site[i], option_cost(&o, i));
        if (value < best) best = value;
    }
    return best;
}

/* What a row adds to scale * L: at most 2^125 in size. */
static int128 row_term(const model_row *row, const model_prices *p, int64_t price) {
    assert(price >= 0);
    if (row_is_open(row)) {
        int128 opened = -(int128)price * row->beds;
        if (p->goal != GOAL_WEIGHT) opened += (int128)p->scale * row->points;
        return opened < 0 ? opened : 0;
    }
    assert(row_is_hard(row) || p->goal != GOAL_WEIGHT || price == 0);
    assert(row_is_hard(row) || price <= (int128)p->scale * row->points);
    return -(int128)price * row->rhs;
}

/* The minima of some units. */
typedef struct {
    const model *m;
    const model_prices *p;
    int n_parts;
    int128 sum[PARTS];
    bool fits[PARTS];
} minima;

static void sum_minima(void *context, int part) {
    minima *x = context;
    const model *m = x->m;
    int first = chunk_first(m->n_units, part, x->n_parts);
    int last = chunk_first(m->n_units, part + 1, x->n_parts);
    price_lines lines;
    price_lines *fast = price_lines_make(&lines, m, x->p) ? &lines : NULL;

    x->fits[part] = true;
    for (int u = first; x->fits[part] && u < last; u++)
        x->fits[part] =
            !__builtin_add_overflow(x->sum[part], cheapest(m, x->p, fast, u), &x->sum[part]);
    price_lines_free(&lines);
}

/* Adds the minimum of every unit; false when the sum does not fit. */
static bool add_cheapest(const model *m, const model_prices *p, int128 *sum) {
    minima x = {.m = m, .p = p, .n_parts = m->n_units < FEW_UNITS ? 1 : PARTS};
    bool fits = true;

    parallel_for(x.n_parts, sum_minima, &x, m->threads);
    for (int i = 0; i < x.n_parts; i++)
        fits = fits && x.fits[i] && !__builtin_add_overflow(*sum, x.sum[i], sum);
    return fits;
}

bool model_goal_bound(const model *m, const model_prices *p, int64_t *bound) {
    int128 sum = -(int128)p->weight_price * p->most_weight;

    assert(p->scale >= 1 && (p->prices != NULL || m->n_rows == 0));
    assert(p->weight_price >= 0 && (p->weight_price == 0 || p->goal == GOAL_REST));
    if (!add_cheapest(m, p, &sum)) return false;
    for (int i = 0; i < m->n_rows; i++)
        if (__builtin_add_overflow(sum, row_term(&m->rows[i], p, p->prices[i]), &sum)) return false;
    int128 points = ceil_div128(sum, p->scale);
    *bound = (int64_t)points;
    return *bound == points;
}

bool model_bound(const model *m, int64_t scale, const int64_t *prices, int64_t *bound) {
    model_prices p = {.goal = GOAL_COST, .scale = scale, .prices = (int64_t *)prices};
    return model_goal_bound(m, &p, bound);
}
