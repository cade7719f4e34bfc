/* Each site as a knapsack: which units pay for being there, and fit together. They are a pattern.
 *
 * Where few units fill a site, limits say more when a site keeps them whole than when each has a
 * price (J. Barcelo and J. Casanovas 1984, for facilities that serve each customer whole): the rows
 * of beds and services stay with their site, and that a unit is at one site only is priced instead,
 * at v points per unit. solver/PROOF.md has the formula.
 */
#ifndef PLAATS_ENGINE_BRANCH_PRICE_PATTERN_H
#define PLAATS_ENGINE_BRANCH_PRICE_PATTERN_H

#include "engine/layout/choice.h"
#include "engine/proof/proof.h"

/* A pattern is of one site in one week, and a unit's choice is at most one site: so it is while one
 * week is planned. Choices over several weeks would have to be tied together by the program. */
enum { PATTERN_WEEK = 0 };

/* A unit that would be at the site: what it comes to, scale times the points, < 0. */
typedef struct {
    int32_t unit;
    int64_t value;
} bid;

/* Units that are at a site together. */
typedef struct {
    int n;
    int32_t *units; /* ascending */
    int64_t value;  /* of their bids together */
} pattern;

/* A row that a site keeps. */
typedef struct {
    int resource; /* of the grid */
    int64_t limit;
} kept_row;

typedef struct {
    const grid *g;
    int *first; /* per site: its kept rows are first[j] .. first[j+1]-1; that of the beds first */
    kept_row *rows;
    /* Scratch. */
    kept_row *narrow; /* of the site at hand, no wider than its bids use */
    int n_narrow;
    int64_t *best; /* by what is left of the rows, the beds varying fastest: the least value */
    size_t best_room;
    unsigned char *took; /* per bid and state: is it in? */
    size_t took_room;
} pattern_finder;

/* The choice to be in a pattern of the site. */
static inline choice pattern_choice(int32_t site) {
    return choice_of_site(site, PATTERN_WEEK);
}

/* The site whose patterns a unit with that choice can be in; NONE: none. */
static inline int32_t pattern_site(choice c) {
    return choice_site(c, PATTERN_WEEK);
}

/* Does a site keep the row? All others have prices. */
bool pattern_keeps(const model_row *row);
/* Points to keep the site open; 0 where that is no question. */
int64_t pattern_opening(const grid *g, int site);
/* Are the sites small enough for it? A plan is refused whose sites have more states than the
 * contract says. */
bool pattern_suits(const grid *g);
plaats_status pattern_finder_build(const grid *g, pattern_finder *p, plaats_error *error);
void pattern_finder_free(pattern_finder *p);

/* The bids that fit together at the site and come to the least; `out->units` has room for all of
 * them. The sum of all bids must stay above -2^62. `*steps` grows by the work done. */
plaats_status pattern_find(pattern_finder *p, int site, const bid *bids, int n, pattern *out,
                           int64_t *steps, plaats_error *error);

#endif
