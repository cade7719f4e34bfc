/* The dual with its corners rounded off: in place of the cheapest place of a unit the soft minimum
 *
 *     -w log( sum over places of exp(-reduced cost / w) ),      w = width * persons of the unit,
 *
 * so that it has a slope and a curvature everywhere, and Newton's method can climb it (ascent.h).
 * At a width of nothing it is the dual itself. Every unit then is at its places in shares, the
 * weights of that sum, and no column of any unit is left out or stored. */
#ifndef PLAATS_ENGINE_PRICES_SMOOTH_H
#define PLAATS_ENGINE_PRICES_SMOOTH_H

#include "engine/prices/near.h"

struct smooth_chunk;

typedef struct {
    const grid *g;
    model_goal goal;
    int threads;
    double width;       /* points per person, > 0 */
    double none_points; /* what each person unplaced costs, times priority */
    /* Rows of the model, and after them the weight unplaced, which only GOAL_REST limits. */
    int n_rows;
    double *rhs;
    double *most; /* no price above this; 0: a row that is left out */
    /* The units looked at, those of equal uses side by side. Each counts `factor` times. */
    int n_order;
    int32_t *order;
    double factor;
    int32_t *kind; /* per unit: equal for equal uses */

    /* What smooth_value says. */
    double value;    /* of the smooth dual */
    double exact;    /* of the dual, as far as floating point goes */
    double unplaced; /* weight, in shares */
    double *load;    /* per row: its use by the shares; load - rhs is the slope */
    /* What smooth_curve says of the rows in slots. */
    int n_slots;
    int32_t *slot_row, *slot; /* slot -> row, and back or NONE */
    double *curve;            /* n_slots x n_slots, lower triangle; minus the curvature */
    double *lift;             /* per slot: slope of its load in `none_points` */

    field f;
    double *before, *sunk; /* prices of the time before, as in f; see near.h */
    near_list *near;       /* per unit looked at */
    int n_chunks;
    struct smooth_chunk *chunks;
} smooth;

/* `stride`: every how many-th unit is looked at. */
plaats_status smooth_build(const grid *g, model_goal goal, int stride, int threads, smooth *s,
                           plaats_error *error);
void smooth_free(smooth *s);

/* At these prices (per row). */
void smooth_value(smooth *s, const double *price);
/* At the prices of the last smooth_value, for the rows in slot_row[0..n_slots-1]. Looks at about
 * as many units as are enough for a good likeness. */
plaats_status smooth_curve(smooth *s, const double *price, plaats_error *error);

#endif
