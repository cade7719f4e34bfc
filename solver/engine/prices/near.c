/* Candidate lists of units: see near.h for what makes them safe. */
#include "engine/prices/near.h"

#include "base/vector.h"

#include <assert.h>

double near_sunk(const grid *g, const double *sunk, int unit) {
    double sum = 0;
    for (int32_t e = g->use_start[unit]; e < g->use_start[unit + 1]; e++)
        sum += g->use_count[e] * sunk[g->use_resource[e]];
    return sum;
}

void near_note(const grid *g, const double *before, const double *now, double *sunk) {
    for (int k = 0; k < g->n_resources; k++) {
        size_t from = (size_t)k * (size_t)g->n_sites;
        double most = 0;
        for (size_t i = from; i < from + (size_t)g->n_sites; i++)
            most = before[i] - now[i] > most ? before[i] - now[i] : most;
        sunk[k] += most;
    }
}

void near_reduced(const field *f, const near_list *list, int unit, double *reduced) {
    const grid *g = f->g;
    assert(list->n >= 0 && list->n <= PRICES_MOST_NEAR);
    for (int i = 0; i < list->n; i++) reduced[i] = list->cost[i];
    for (int32_t e = g->use_start[unit]; e < g->use_start[unit + 1]; e++) {
        int32_t k = g->use_resource[e];
        const double *price = f->price + (size_t)k * (size_t)g->n_sites;
        double count = g->use_count[e];
        if (!f->priced[k]) continue;
        for (int i = 0; i < list->n; i++)
            reduced[i] += count * price[choice_site(list->choices[i], 0)];
    }
}

/* Below which reduced cost there is room for all. */
static double choose_beyond(const double *reduced, int n, double least, double span) {
    const double by = PRICES_NEAR_WIDER;
    const double limit[3] = {least + span, least + by * span, least + by * by * span};
    int below[3];
    vector_count_below((size_t)n, reduced, limit, below);
    for (int i = 2; i >= 0; i--)
        if (below[i] <= PRICES_MOST_NEAR) return limit[i];
    return least;
}

void near_make(const options *o, const double *reduced, double least, double span, double sunk,
               bool costless, near_list *list) {
    double beyond = choose_beyond(reduced, o->n, least, span);

    assert(span >= 0);
    list->n = NONE;
    if (beyond <= least) return;
    list->n = 0;
    list->beyond = beyond;
    list->sunk = sunk;
    for (int i = 0; i < o->n; i++) {
        if (reduced[i] >= beyond) continue;
        assert(list->n < PRICES_MOST_NEAR);
        list->choices[list->n] = choice_of_option(o, i);
        list->cost[list->n++] = costless ? 0 : (double)option_cost(o, i);
    }
}
