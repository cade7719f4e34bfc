/* The relaxation of what is contested: a linear program over the options worth a thought, which
 * takes in more options, rows and cuts as they turn out to matter.
 *
 * It is over classes (kinds.h), each by its first unit: a column says how many of a kind are at a
 * site, a kind's row that there are no more of them than there are; staying unplaced is that row's
 * slack. So a column's cost is what a stay costs less what it costs to leave the unit unplaced.
 * Units of a kind are treated alike by every cut; where a cut is about one unit (a link), one row
 * stands for those of all units of the kind together.
 */
#ifndef PLAATS_ENGINE_BRANCH_CUT_RELAXATION_H
#define PLAATS_ENGINE_BRANCH_CUT_RELAXATION_H

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

/* unit NONE: y of the site; both NONE: the slack of a soft or elastic row */
typedef struct {
    int32_t unit, site;
    int32_t next;            /* the unit's next column, NONE */
    int32_t least;           /* of the kind must be here, by decision */
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
    /* What a unit that must be at a site pays for not being there, and each weight unplaced beyond
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
    int32_t *fixed;    /* per kind: the site (or NONE) where it stays, being no part of the
                          program; UNFIXED if it is */
    int32_t *first;    /* per kind: its first column, NONE */
    int32_t *unit_row; /* per kind; NONE before its first column */
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

#define UNFIXED (-2)

plaats_status relaxation_build(run *r, model_goal goal, double none, cut_list *cuts,
                               const classes *classes, relaxation *x, plaats_error *error);
void relaxation_free(relaxation *x);

/* The column of a kind at a site, NONE. */
int32_t relaxation_column(const relaxation *x, int32_t unit, int32_t site);
/* Is the kind at the site, fixed, or is there a column for it? */
bool relaxation_has(const relaxation *x, int32_t unit, int32_t site);
/* Adds the option of a kind as a column; with NONE only takes a fixed kind into the program. */
plaats_status relaxation_add(relaxation *x, int32_t unit, int32_t site, plaats_error *error);
/* Adds the cut of this number as a row. */
plaats_status relaxation_add_cut(relaxation *x, int k, plaats_error *error);
/* A smaller program in place of this one, after an optimal solve: without the columns whose reduced
 * cost is above `most`, or of which the unit has `choices` already outside the basis, and without
 * the units that have one choice left. Its basis is the old one's. */
plaats_status relaxation_shrink(relaxation *x, double most, int choices, plaats_error *error);
/* Drops cuts that do not bind. */
plaats_status relaxation_drop_idle(relaxation *x, plaats_error *error);
/* The first basis: where `at` has the units. Everything in `at` must be a column. */
plaats_status relaxation_start(relaxation *x, const int32_t *at, plaats_error *error);

/* Solves and adds rows of the model that are broken, until none is. */
plaats_status relaxation_solve(relaxation *x, bool dual, lp_outcome *outcome, plaats_error *error);
/* Counts the iterations since `before` as work of the run. */
void relaxation_spend(const relaxation *x, int64_t before);
double relaxation_value(const relaxation *x);
/* Puts a decision into the program or, with `on` false, takes it out again. */
plaats_status relaxation_decide(relaxation *x, const decision *d, bool on, plaats_error *error);
/* Are there fewer at a site than must be, elastically? */
bool relaxation_pays_penalty(const relaxation *x);
/* Is every unit at one site or none? Then `at` is filled, per unit. `opened`: and every site with
 * keep_open wholly open or closed? */
bool relaxation_whole(const relaxation *x, int32_t *at, bool *opened);

/* The prices of the last solve for a case (whose decisions are given already), over `scale`; times
 * `factor` (GOAL_WEIGHT: points per weight). */
plaats_status relaxation_prices(const relaxation *x, int64_t scale, double factor, proof_case *c,
                                plaats_error *error);

#endif
