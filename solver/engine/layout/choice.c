/* The cheapest choice of a unit at given prices: for every option what it comes to, and the least
 * of them. With one week that is one look at each site; over several it will be a shortest path
 * over (week, site), and the rest of the engine need not know. */
#include "engine/layout/choice.h"

#include "base/vector.h"

double choice_least(int n, const double *reduced, double none) {
    assert(n >= 0 && (n == 0 || reduced != NULL));
    return vector_least((size_t)n, reduced, none);
}

int choice_cheapest(const options *o, const double *reduced, choice_test *may,
                    const void *context) {
    int best = NONE;
    assert(o != NULL && (o->n == 0 || reduced != NULL));
    for (int i = 0; i < o->n; i++)
        if ((best == NONE || reduced[i] < reduced[best]) &&
            (may == NULL || may(context, choice_of_option(o, i))))
            best = i;
    return best;
}

choice_prices choice_prices_alone(const grid *g, const model_prices *prices, int unit) {
    int64_t unplaced;
    assert(unit >= 0 && unit < g->n_units && prices->scale >= 1);
    unplaced = g->m->units[unit].unplaced_cost;
    return (choice_prices){.prices = prices,
                           .none = model_reduced_cost(g->m, prices, unit, NONE, unplaced)};
}

int128 choice_value(const grid *g, const choice_prices *p, int unit, const options *o, int i) {
    int32_t site = choice_site(choice_of_option(o, i), 0);
    int128 value = model_reduced_cost(g->m, p->prices, unit, site, option_cost(o, i));
    return p->extra == NULL ? value : value + p->extra[site];
}

static bool is_barred(const choice_prices *p, int32_t site) {
    return (p->most != NULL && p->most[site] <= 0) || (p->closed != NULL && p->closed[site]);
}

choice_quote choice_cheapest_exact(const grid *g, const choice_prices *p, int unit,
                                   const options *o) {
    choice_quote best = {NONE, p->none};
    assert(unit >= 0 && unit < g->n_units && p->prices != NULL);
    for (int i = 0; i < o->n; i++) {
        int128 value;
        if (is_barred(p, choice_site(choice_of_option(o, i), 0))) continue;
        value = choice_value(g, p, unit, o, i);
        if (value < best.value) best = (choice_quote){i, value};
    }
    return best;
}
