/* One step of Newton's method on the smoothed dual, within the bounds 0 <= price <= most of the
 * rows. Private to the files of ascent.h.
 *
 * With g the slopes and H minus the curvature (smooth.h), over the rows that are not held at a
 * bound, the step d solves
 *
 *     ( H + diag( |g_r| / (radius * smoothing) ) + a little ) d = g
 *
 * by a dense Cholesky factor. The diagonal is damping as in Levenberg and Marquardt: where nearly
 * every unit has settled at one choice there is next to no curvature left, and a price alone moves
 * by at most radius * smoothing. Rows that d takes beyond a bound stop there, and the others are
 * solved for anew (an active set). A line search with the rule of Armijo says how far to go, and
 * that says what the next radius is. */
#ifndef PLAATS_ENGINE_PRICES_NEWTON_H
#define PLAATS_ENGINE_PRICES_NEWTON_H

#include "engine/prices/ascent_parts.h"

/* Is the row at a bound that its slope pushes against? */
bool newton_at_bound(const ascent *a, int row, double price, double slope);
/* Slots, and room for a system, for all rows whose price should move; then their curvature. */
plaats_status newton_choose_rows(ascent *a, plaats_error *error);
/* Solves matrix * x = right for x, in place; the matrix is n x n and lower triangular. */
void newton_solve(ascent *a, size_t n);

/* Value and slopes at `price`. */
void newton_evaluate(ascent *a);
/* The step from there. */
plaats_status newton_find_step(ascent *a, plaats_error *error);
/* What a plane would gain by the step. */
double newton_gain_of_plane(const ascent *a);
/* The value at `price` and so many times the step, within bounds, which become `trial`. */
void newton_try_step(ascent *a, double length);
/* Remembers `trial`, just tried, if the dual itself is highest there. */
void newton_note_trial(ascent *a);
/* `price` becomes `trial`, just tried. */
void newton_take_trial(ascent *a);
/* Goes along the step as far as that climbs; false if nowhere. `promised`: of a plane. */
bool newton_climb(ascent *a, double promised);

#endif
