#include "engine/construct.h"

#include "engine/field.h"

#include <math.h>
#include <stdlib.h>

typedef struct {
    int32_t unit;
    int persons;
    int64_t unplaced; /* points per person if it stays unplaced */
    bool unwanted;    /* at these prices it is better left unplaced than anywhere */
    bool decided;     /* the prices leave it one best site: it is there in the relaxation */
    double regret;    /* what its second best site costs more than its best */
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

#define SURE 0.5 /* regret per person from which a place is sure */

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
    regret = isinf(second) ? 1e18 : second - least;
    return (turn){.unit = u,
                  .persons = it->persons,
                  .unplaced = it->unplaced_cost / it->persons,
                  .unwanted = priced && least > none_price * (double)it->weight,
                  .decided = priced && regret > SURE * it->persons,
                  .regret = regret};
}

static void place_unit(const field *f, state *s, int u, double *reduced) {
    options o = model_options(f->g->m, u);
    int best = -1;
    field_reduced_costs(f, u, o, reduced);
    for (int i = 0; i < o.n; i++)
        if ((best < 0 || reduced[i] < reduced[best]) && state_fits(s, u, o.site[i])) best = i;
    if (best >= 0 && state_delta(s, u, o.site[best], option_cost(&o, best)) < 0)
        state_move(s, u, o.site[best], option_cost(&o, best));
}

plaats_status construct(const grid *g, const double *row_price, double none_price, state *s,
                        plaats_error *error) {
    plaats_status st = PLAATS_OK;
    field f = {0};
    turn *turns = NULL;
    double *reduced = NULL;
    bool priced = any_price(g->m, row_price);

    TRY(field_build(g, &f, error));
    TRY_ALLOC(turns = zero_alloc((size_t)g->n_units, sizeof *turns));
    TRY_ALLOC(reduced = zero_alloc((size_t)g->n_sites, sizeof *reduced));
    field_set(&f, row_price);
    for (int u = 0; u < g->n_units; u++) {
        field_reduced_costs(&f, u, model_options(g->m, u), reduced);
        turns[u] = turn_of(g->m, u, reduced, priced, none_price);
    }
    qsort(turns, (size_t)g->n_units, sizeof *turns, by_turn);
    for (int i = 0; i < g->n_units; i++) place_unit(&f, s, turns[i].unit, reduced);
done:
    field_free(&f);
    free(turns);
    free(reduced);
    return st;
}
