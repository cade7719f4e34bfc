/* Greedy by regret: what a unit's second best option costs more than its best says how much is lost
 * if others fill the best before it comes (S. Martello and P. Toth, An algorithm for the
 * generalized assignment problem, 1981). Here the costs are reduced ones at the prices found,
 * regrets are not renewed as sites fill, and size comes before regret: the small still fit in what
 * is left. */
#include "engine/plans/construct.h"

#include "base/parallel.h"
#include "engine/layout/field.h"
#include "engine/plans/plans_tuning.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

typedef struct {
    int32_t unit;
    int persons;
    int64_t unplaced; /* points per person if it stays unplaced */
    bool unwanted;    /* at these prices it is better left unplaced than anywhere */
    bool decided;     /* the prices leave it one best option: the relaxation has it there */
    double regret;    /* what its second best option costs more; INFINITY: it has none */
} turn;

/* Who is dear to leave out, then whose place is sure, then who is big, then who has most to lose.
 */
static int by_turn(const void *a, const void *b) {
    const turn *x = a, *y = b;
    if (x->unplaced != y->unplaced) return x->unplaced > y->unplaced ? -1 : 1;
    if (x->unwanted != y->unwanted) return x->unwanted ? 1 : -1;
    if (x->decided != y->decided) return x->decided ? -1 : 1;
    if (x->persons != y->persons) return y->persons - x->persons;
    if (x->regret != y->regret) return x->regret > y->regret ? -1 : 1;
    return x->unit - y->unit;
}

static bool any_price(const model *m, const double *row_price) {
    for (int i = 0; i < m->n_rows; i++)
        if (row_price[i] > 0) return true;
    return false;
}

static turn turn_of(const model *m, int u, const double *reduced, bool priced, double none_price) {
    const unit *it = &m->units[u];
    options o = model_options(m, u);
    double least = INFINITY, second = INFINITY, regret;
    for (int i = 0; i < o.n; i++) {
        if (reduced[i] < least) {
            second = least;
            least = reduced[i];
        } else {
            second = fmin(second, reduced[i]);
        }
    }
    regret = isinf(second) ? INFINITY : second - least;
    return (turn){.unit = u,
                  .persons = it->persons,
                  .unplaced = it->unplaced_cost / it->persons,
                  .unwanted = priced && least > none_price * (double)it->weight,
                  .decided = priced && regret > PLANS_SURE * it->persons,
                  .regret = regret};
}

/* Who comes when, found for some units at a time. */
typedef struct {
    field f;
    bool priced;
    double none_price;
    turn *turns;
    unit_costs costs[PLANS_PARTS];
} construction;

static void find_turns(void *context, int part) {
    construction *c = context;
    const grid *g = c->f.g;
    int last;
    assert(part >= 0 && part < PLANS_PARTS);
    last = chunk_first(g->n_units, part + 1, PLANS_PARTS);
    for (int u = chunk_first(g->n_units, part, PLANS_PARTS); u < last; u++) {
        options o = model_options(g->m, u);
        const double *reduced = unit_costs_of(&c->costs[part], &c->f, u, &o);
        c->turns[u] = turn_of(g->m, u, reduced, c->priced, c->none_price);
    }
}

static void place_unit(construction *c, state *s, int u) {
    options o = model_options(c->f.g->m, u);
    const double *reduced = unit_costs_of(&c->costs[0], &c->f, u, &o);
    int best = NONE;
    for (int i = 0; i < o.n; i++)
        if ((best == NONE || reduced[i] < reduced[best]) &&
            state_fits(s, u, choice_of_option(&o, i)))
            best = i;
    if (best == NONE) return;
    choice to = choice_of_option(&o, best);
    int64_t cost = option_cost(&o, best);
    if (state_delta(s, u, to, cost) < 0) state_move(s, u, to, cost);
}

plaats_status construct_from_prices(const grid *g, const double *row_price, double none_price,
                                    int threads, state *s, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    construction c = {.priced = any_price(g->m, row_price), .none_price = none_price};

    assert(s->g == g && threads >= 0);
    TRY(field_build(g, &c.f, error));
    TRY_ALLOC(c.turns = zero_alloc((size_t)g->n_units, sizeof *c.turns));
    for (int i = 0; i < PLANS_PARTS; i++) TRY(unit_costs_build(g, &c.costs[i], error));
    field_set(&c.f, row_price);
    parallel_for(PLANS_PARTS, find_turns, &c, threads);
    qsort(c.turns, (size_t)g->n_units, sizeof *c.turns, by_turn);
    for (int i = 0; i < g->n_units; i++) place_unit(&c, s, c.turns[i].unit);
done:
    field_free(&c.f);
    free(c.turns);
    for (int i = 0; i < PLANS_PARTS; i++) unit_costs_free(&c.costs[i]);
    return st;
}
