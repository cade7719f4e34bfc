/* The smoothed dual. The dual of the relaxation is, at prices pi >= 0 of the rows,
 *
 *     L(pi) = - sum_r pi_r b_r + sum_u min_j ( c_uj + sum_r pi_r a_ruj ) + open rows,
 *
 * with j over the options of unit u and none: concave, and with corners wherever two choices of a
 * unit cost the same. Here each minimum becomes a soft one,
 *
 *     - mu_u log( sum_j exp( - (c_uj + sum_r pi_r a_ruj) / mu_u ) ),    mu_u = mu * persons of u,
 *
 * which is what an entropy term in the primal makes of it (Nesterov, Smooth minimization of
 * non-smooth functions, Mathematical Programming 103, 2005). mu is the *smoothing*; the *smoothing
 * error* L - L_mu is between 0 and sum_u mu_u log(number of choices of u), and vanishes with it.
 * A unit is then at its choices in shares,
 *
 *     x_uj = exp( - (c_uj + sum_r pi_r a_ruj) / mu_u ) / (the sum above),
 *
 * and with a_uj the column of uses of u at j, the derivatives are
 *
 *     slope of row r:    sum_uj x_uj a_ruj - b_r                                (its load - rhs)
 *     curvature:       - sum_u 1/mu_u ( sum_j x_uj a_uj a_uj' - m_u m_u' ),   m_u = sum_j x_uj
 * a_uj.
 *
 * No column is left out, and none is stored. A site with keep_open is open in a share as well: its
 * min( 0, f - pi * beds ) is softened likewise, with mu * beds. newton.h climbs all this. */
#ifndef PLAATS_ENGINE_PRICES_SMOOTH_H
#define PLAATS_ENGINE_PRICES_SMOOTH_H

#include "engine/prices/near.h"

struct smooth_chunk;

typedef struct {
    const grid *g;
    model_goal goal;
    int threads;
    double smoothing;       /* mu: points per person, > 0 */
    double unplaced_points; /* what each person unplaced costs, times priority */
    /* Rows of the model, and after them the weight unplaced, which only GOAL_REST limits. */
    int n_rows;
    double *rhs;
    double *most; /* no price above this; 0: a row that is left out */
    /* The units looked at, those of equal uses side by side. Each counts `factor` times. */
    int n_sample;
    int32_t *sample;
    double factor;
    int32_t *use_class; /* per unit of the model: equal for equal uses */

    /* What smooth_value says. */
    double value;    /* of the smoothed dual */
    double exact;    /* of the dual, as far as floating point goes */
    double unplaced; /* weight, in shares */
    double *load;    /* per row: its use by the shares; load - rhs is the slope */
    /* What smooth_curve says of the rows in slots: those whose prices may move. */
    int n_slots;
    int32_t *slot_row, *slot; /* slot -> row, and back or NONE */
    double *curvature;        /* n_slots x n_slots, lower triangle; minus the second derivative */
    double *load_rise;        /* per slot: slope of its load in `unplaced_points` */

    field f;
    double *before, *sunk; /* prices of the time before, as in f; see near.h */
    near_list *near;       /* per unit looked at */
    int n_chunks;
    struct smooth_chunk *chunks;
} smooth;

/* `stride`: every how many-th unit is looked at, >= 1. `smoothing` and `unplaced_points` are the
 * caller's to set. */
plaats_status smooth_build(const grid *g, model_goal goal, int stride, int threads, smooth *s,
                           plaats_error *error);
void smooth_free(smooth *s);

/* At these prices (per row). */
void smooth_value(smooth *s, const double *price);
/* At the prices of the last smooth_value, for the rows in slot_row[0..n_slots-1]. Looks at about
 * as many units as are enough for a good likeness. */
plaats_status smooth_curve(smooth *s, const double *price, plaats_error *error);

#endif
