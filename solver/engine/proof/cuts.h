/* Integer rounding cuts: limits that every whole plan obeys and the relaxation breaks.
 *
 * A cut of the kind "round" is sum over rows of (n / over) * row with every coefficient and the
 * right-hand side rounded down (V. Chvatal 1973, R. Gomory 1958). It may stand on hard rows of the
 * model, on earlier cuts, on "one" (a unit is at no more than one site in a week) and on "y"
 * (y <= 1); the variables are z(unit, site, week) and y(site, week). A cut of the kind "link" says
 * z(unit, site, week) <= y(site, week). solver/PROOF.md has the formulas.
 */
#ifndef PLAATS_ENGINE_PROOF_CUTS_H
#define PLAATS_ENGINE_PROOF_CUTS_H

#include "engine/layout/choice.h"
#include "engine/layout/classes.h"

#include <assert.h>

typedef enum { TERM_ROW, TERM_CUT, TERM_ONE, TERM_Y } term_kind;

typedef struct {
    term_kind kind : 16;
    unsigned week : 16; /* TERM_ONE, TERM_Y: planned week; 0 else */
    int32_t item;       /* row of the model, number of an earlier cut, unit, site */
    int64_t n;          /* > 0 */
} cut_term;
static_assert(sizeof(cut_term) == 16, "without holes: terms are compared as bytes");

typedef enum { CUT_ROUND, CUT_LINK } cut_kind;

/* There are millions of them, so they are kept small. */
typedef struct {
    uint16_t week; /* planned week */
    uint16_t site;
    int32_t unit; /* NONE: y of the site */
    int64_t use;  /* != 0 */
} cut_entry;
static_assert(sizeof(cut_entry) == 16, "without holes: entries are compared as bytes");

typedef struct {
    cut_kind kind;
    int n_terms; /* CUT_ROUND */
    cut_term *terms;
    int64_t over;
    int alike; /* CUT_LINK: it and those that follow it, of the units of one class; else 1 */
    int64_t rhs;
    int n_entries; /* every option that the cut touches, ascending by week, site and unit (y first)
                    */
    cut_entry *entries;
} cut;

typedef struct {
    int n, room;
    cut *at;
} cut_list;

void cut_list_free(cut_list *l);

/* Who may be at a site: units first[j] .. first[j+1]-1, ascending. */
typedef struct {
    size_t *first;
    int32_t *units;
} site_units;

plaats_status site_units_build(const model *m, site_units *s, plaats_error *error);
void site_units_free(site_units *s);

/* What making cuts needs beside the model. */
typedef struct {
    const grid *g;
    const site_units *who;
    int64_t *row_n;  /* per row of the model: n of its term */
    int64_t *one_n;  /* per unit */
    int64_t *y_n;    /* per site */
    int64_t *here_n; /* per resource, of the site at hand */
    int64_t *sum;    /* per unit, of the site at hand */
    bool *touched;   /* per site */
} cutter;

plaats_status cutter_build(const grid *g, const site_units *who, cutter *c, plaats_error *error);
void cutter_free(cutter *c);

/* Adds the cut to the list; its coefficients are worked out. The terms are copied. `n` of a "one"
 * is below `over`: by itself it would count wherever the unit may be, and rounds down to nothing.
 */
plaats_status cut_add_round(cutter *c, cut_list *l, const cut_term *terms, int n_terms,
                            int64_t over, plaats_error *error);
/* The same, unless the cut has more entries than `most`. */
plaats_status cut_add_narrow(cutter *c, cut_list *l, const cut_term *terms, int n_terms,
                             int64_t over, int most, bool *added, plaats_error *error);
/* One cut for every unit of the class. */
plaats_status cut_add_links(cut_list *l, const classes *classes, int32_t unit, int32_t site,
                            plaats_error *error);
/* Takes the last cut back. */
void cut_drop_last(cut_list *l);

/* The cut's coefficient of a unit at a site, or of y (unit NONE). */
int64_t cut_use(const cut *c, int32_t unit, int32_t site);

#endif
