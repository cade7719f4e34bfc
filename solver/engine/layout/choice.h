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

#endif
