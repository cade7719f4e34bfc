/* The relaxation in several files: what the rest need of its columns and rows (relaxation.c). */
#ifndef PLAATS_ENGINE_BRANCH_CUT_RELAXATION_PARTS_H
#define PLAATS_ENGINE_BRANCH_CUT_RELAXATION_PARTS_H

#include "engine/branch_cut/relaxation.h"

/* What the choice costs less what it costs to leave the unit unplaced. */
double relaxation_column_cost(const relaxation *x, int32_t unit, choice at);
/* What the row has less on its right-hand side for the classes that are fixed. */
double relaxation_all_fixed_use(const relaxation *x, lp_row_owner o);
/* Fixes a class that has no column in the program yet; rows that come later allow for it. */
void relaxation_fix_unit(relaxation *x, int32_t unit, choice at);
/* Adds the class's row, unless it is there. */
plaats_status relaxation_add_unit_row(relaxation *x, int32_t unit, plaats_error *error);
/* Sets the bounds of a column by the decisions that are in the program. */
void relaxation_bind_column(relaxation *x, int32_t c);
/* Adds a column for a class that is not fixed. */
plaats_status relaxation_add_option(relaxation *x, int32_t unit, choice at, plaats_error *error);
/* Adds a row of the model, with y of its site or its slack. */
plaats_status relaxation_add_model_row(relaxation *x, int32_t r, plaats_error *error);
/* Adds the rows that an assignment breaks and the program lacks; `any`: there were some. */
plaats_status relaxation_add_rows_of_plan(relaxation *x, const choice *at, bool *any,
                                          plaats_error *error);
/* How many of its class a column stands for. */
typedef double (*amount_fn)(const void *of, int32_t column);
/* Puts the units where the columns have their classes; false if an amount is not whole. */
bool relaxation_read_plan(const relaxation *x, amount_fn amount, const void *of, choice *at);
/* Adds the row that limits the weight unplaced from one side, over all columns. */
plaats_status relaxation_add_weight_row(relaxation *x, lp_row_kind kind, int32_t *row,
                                        plaats_error *error);

#endif
