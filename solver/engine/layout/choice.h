/* What a unit chooses. With one planned week a choice is a site, or none; with several it will be a
 * path of sites over the weeks, held by number. The engine asks here where a choice has the unit in
 * a week, what it uses and what it costs, and nowhere else takes a choice for a site.
 */
#ifndef PLAATS_ENGINE_LAYOUT_CHOICE_H
#define PLAATS_ENGINE_LAYOUT_CHOICE_H

#include "engine/layout/grid.h"

#include <assert.h>

typedef int32_t choice;

#define CHOICE_NONE ((choice)NONE) /* without a bed in every week */
#define CHOICE_WEEKS 1             /* planned weeks a choice covers */

/* Where the choice has the unit in a planned week: a site, or NONE. */
static inline int32_t choice_site(choice c, int week) {
    assert(week >= 0 && week < CHOICE_WEEKS);
    (void)week;
    return c;
}

/* The choice to be at a site (or NONE) in a week and in no other. */
static inline choice choice_of_site(int32_t site, int week) {
    assert(week >= 0 && week < CHOICE_WEEKS);
    (void)week;
    return site;
}

/* The i-th of a unit's options as a choice. */
static inline choice choice_of_option(const options *o, int i) {
    assert(i >= 0 && i < o->n);
    return o->site[i];
}

/* The choice's own cost for the unit; false, and nothing written, if it is none of its options. */
static inline bool choice_cost(const grid *g, int unit, choice c, int64_t *cost) {
    assert(c != CHOICE_NONE);
    return model_option_cost(g->m, unit, choice_site(c, 0), cost);
}

/* Calls body with `row` and `use` for every row that unit u uses by choice c, week by week; c is
 * not CHOICE_NONE. */
#define CHOICE_EACH_USE(g, u, c, row, use, body)                                                   \
    GRID_EACH_USE(g, u, choice_site(c, 0), row, use, body)

/* ---- The cheapest choice at floating prices ------------------------------------------------
 * What the options come to at the prices of a field is found by unit_costs_of (field.h). */

/* The least of what n options come to, and `none`, what CHOICE_NONE does. */
double choice_least(int n, const double *reduced, double none);

/* May the unit at hand have this choice? */
typedef bool choice_test(const void *context, choice c);

/* The option that comes to least of those that pass the test (NULL: all pass), the first of
 * equals; NONE if none passes. Only what is cheaper than all before it is tested. */
int choice_cheapest(const options *o, const double *reduced, choice_test *may, const void *context);

/* ---- The cheapest choice at exact prices --------------------------------------------------- */

/* Prices on rows, and what else counts where one unit may be. */
typedef struct {
    const model_prices *prices;
    int128 none;         /* what CHOICE_NONE comes to; CHOICE_BARRED: the unit cannot have it */
    const int128 *extra; /* per site: what it costs beside; NULL: nothing */
    const bool *closed;  /* per site: nobody may be there; NULL: none is */
    const int32_t *most; /* per site: how many of the units alike may be there; NULL: any number */
} choice_prices;

#define CHOICE_BARRED ((int128)1 << 126) /* more than anything comes to */

/* An option of the unit, or NONE for CHOICE_NONE; and scale times what it comes to. */
typedef struct {
    int option;
    int128 value;
} choice_quote;

/* The prices alone. */
choice_prices choice_prices_alone(const grid *g, const model_prices *prices, int unit);
/* What the i-th of the unit's options comes to. */
int128 choice_value(const grid *g, const choice_prices *p, int unit, const options *o, int i);
/* The least of what the unit may have: CHOICE_NONE, or an option if it comes to less, the first of
 * equals. */
choice_quote choice_cheapest_exact(const grid *g, const choice_prices *p, int unit,
                                   const options *o);

#endif
