/* The relaxation: a linear program over the options worth a thought, which takes in more options
 * (column generation over those that there are), rows and cuts as they turn out to matter.
 *
 *     minimize   sum over classes k and choices c of (cost(k, c) - none * weight(k)) x(k, c)
 *                + sum of points * y(site) + sum of points * slack(row),     + a constant
 *     such that  sum over c of x(k, c) <= count(k)             for every class   LP_ROW_UNIT
 *                sum of use * x - beds * y - slack <= rhs      for rows          LP_ROW_MODEL
 *                the cuts (proof/cuts.h)                                         LP_ROW_CUT
 *                the weight unplaced is at least, at most      by decision       LP_ROW_AT_...
 *
 * It is over classes of units alike (layout/classes.h), each by its first unit: a column says how
 * many of a class make a choice, a class's row that there are no more of them than there are;
 * staying unplaced is that row's slack. So a column's cost is what the choice costs less what it
 * costs to leave the unit unplaced. This aggregates the orbits of the symmetry group that swaps
 * units alike (F. Margot 2010 surveys the ways), and loses nothing: the average of a point over an
 * orbit is a point as good. Units of a class are treated alike by every cut; where a cut is about
 * one unit (a link), one row stands for those of all units of the class together.
 */
#ifndef PLAATS_ENGINE_BRANCH_CUT_RELAXATION_H
#define PLAATS_ENGINE_BRANCH_CUT_RELAXATION_H

#include "engine/layout/choice.h"
#include "engine/layout/classes.h"
#include "engine/lp/lp.h"
#include "engine/proof/proof.h"
#include "engine/run/pseudocost.h"
#include "engine/run/run.h"

typedef enum { LP_ROW_UNIT, LP_ROW_MODEL, LP_ROW_CUT, LP_ROW_AT_LEAST, LP_ROW_AT_MOST } lp_row_kind;

typedef struct {
    lp_row_kind kind;
    int32_t item; /* unit, row of the model, cut */
} lp_row_owner;

typedef enum {
    LP_COLUMN_CHOICE, /* how many of a class make a choice */
    LP_COLUMN_OPEN,   /* y of a site */
    LP_COLUMN_SLACK   /* of a soft or elastic row */
} lp_column_kind;

typedef struct {
    lp_column_kind kind;
    int32_t unit;            /* the class, by its first unit; else NONE */
    choice at;               /* what it chooses; else CHOICE_NONE */
    int32_t site;            /* y: of which site; else NONE */
    int32_t next;            /* the class's next column, NONE */
    int32_t least;           /* of the class must choose so, by decision */
    pseudocosts pseudocosts; /* by decisions to round it */
} lp_column_owner;

typedef struct {
    run *r;
    const grid *g;
    model_goal goal; /* GOAL_COST or GOAL_WEIGHT */
    double none;     /* points per weight unplaced in the program; at most U */
    cut_list *cuts;
    const classes *classes;
    lp *p;
    double constant; /* of the objective */
    double weight;   /* of all units together */
    /* What a unit that must make a choice pays for not making it, and each weight unplaced beyond
     * what may be: above the gap that is left, so that decisions which cannot be met together show
     * as a value above every plan's and not as a program without a point. */
    double penalty;
    bool elastic; /* decisions that units are at a site are put in by penalty */
    int n_decided, decided_room;
    decision *decided; /* about classes, that are in the program */
    int n_columns, column_room;
    lp_column_owner *columns;
    int n_rows, row_room;
    lp_row_owner *rows;
    choice *fixed;     /* per class: what all of it chooses, being no part of the program;
                          CHOICE_UNFIXED if it is */
    int32_t *first;    /* per class: its first column, NONE */
    int32_t *unit_row; /* per class; NONE before its first column */
    int32_t *row;      /* per row of the model: in the program, NONE */
    int32_t *y;        /* per site: column of y, NONE */
    int32_t *slack;    /* per row of the model: column of its slack if it is soft, NONE */
    int32_t *cut_row;  /* per cut: in the program, NONE; room for cut_room */
    int cut_room;
    int32_t at_least_row, at_most_row; /* of the weight unplaced, NONE */
    int *at;                           /* scratch for entries */
    double *value, *load;
    int scratch_room;
} relaxation;

#define CHOICE_UNFIXED ((choice)-2)

plaats_status relaxation_build(run *r, model_goal goal, double none, cut_list *cuts,
                               const classes *classes, relaxation *x, plaats_error *error);
void relaxation_free(relaxation *x);

/* The choice that a decision (DECIDE_AT) is about, and the site of a decision about a choice: with
 * one planned week the two are one. */
#define RELAXATION_WEEK (CHOICE_WEEKS - 1)
static inline choice relaxation_decided(const decision *d) {
    assert(d->kind == DECIDE_AT);
    return choice_of_site(d->site, RELAXATION_WEEK);
}
static inline int32_t relaxation_site(choice at) {
    return choice_site(at, RELAXATION_WEEK);
}

/* The column of a class for a choice, NONE. */
int32_t relaxation_column(const relaxation *x, int32_t unit, choice at);
/* Is the class fixed so, or is there a column for it? */
bool relaxation_has(const relaxation *x, int32_t unit, choice at);
/* Is the class fixed, and with a bed? */
static inline bool relaxation_is_seated(const relaxation *x, int32_t unit) {
    return x->fixed[unit] != CHOICE_UNFIXED && x->fixed[unit] != CHOICE_NONE;
}
/* Adds the option of a class as a column; with CHOICE_NONE only takes a fixed class into the
 * program. */
plaats_status relaxation_add(relaxation *x, int32_t unit, choice at, plaats_error *error);
/* The coefficient of a class's choice in the cut of this number. */
int64_t relaxation_cut_use(const relaxation *x, int k, int32_t unit, choice at);
/* Is the cut of this number a row of the program? */
static inline bool relaxation_has_cut(const relaxation *x, int k) {
    return k < x->cut_room && x->cut_row[k] != NONE;
}
/* Adds the cut of this number as a row. */
plaats_status relaxation_add_cut(relaxation *x, int k, plaats_error *error);
/* A smaller program in place of this one, after an optimal solve: without the columns whose reduced
 * cost is above `most` (reduced cost fixing, where that is the gap), or of which the class has
 * `choices` already outside the basis, and without the classes that have one choice left. Its basis
 * is the old one's. */
plaats_status relaxation_shrink(relaxation *x, double most, int choices, plaats_error *error);
/* Drops cuts that do not bind. */
plaats_status relaxation_drop_idle(relaxation *x, plaats_error *error);
/* The first basis: where `at` has the units. Everything in `at` must be a column. */
plaats_status relaxation_start(relaxation *x, const choice *at, plaats_error *error);

/* Solves and adds rows of the model that are broken, until none is. */
plaats_status relaxation_solve(relaxation *x, bool dual, lp_outcome *outcome, plaats_error *error);
/* Counts the iterations since `before` as work of the run. */
void relaxation_spend(const relaxation *x, int64_t before);
double relaxation_value(const relaxation *x);
/* Puts a decision into the program or, with `on` false, takes it out again. */
plaats_status relaxation_decide(relaxation *x, const decision *d, bool on, plaats_error *error);
/* Do fewer choose so than must, elastically? */
bool relaxation_pays_penalty(const relaxation *x);
/* Does every unit make one choice wholly? Then `at` is filled, per unit. `opened`: and is every
 * site with keep_open wholly open or closed? */
bool relaxation_whole(const relaxation *x, choice *at, bool *opened);

/* The prices of the last solve for a case (whose decisions are given already), over `scale`; times
 * `factor` (GOAL_WEIGHT: points per weight). */
plaats_status relaxation_prices(const relaxation *x, int64_t scale, double factor, proof_case *c,
                                plaats_error *error);

#endif
