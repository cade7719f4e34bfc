/* Good prices from scratch: a homotopy. Newton's method (newton.h) climbs the smoothed dual
 * (smooth.h) to its top; then the smoothing becomes less, the top moves a little, and it climbs
 * again from there. Where a person unplaced costs far more than all else, U is raised in the same
 * way, from little to what it is. */
#ifndef PLAATS_ENGINE_PRICES_ASCENT_H
#define PLAATS_ENGINE_PRICES_ASCENT_H

#include "engine/run/run.h"

typedef struct {
    model_goal goal;
    double most_weight;     /* GOAL_REST */
    double unplaced_points; /* what a person unplaced costs, times priority; GOAL_REST: 0 */
    double smoothing;       /* in points per person, > 0 */
    int stride;             /* every how many-th unit is looked at: 1 all, more a sample */
    const double *price;    /* per row of the model, and of the weight unplaced: where to start */
} ascent_task;

typedef struct ascent ascent;

plaats_status ascent_start(run *r, const ascent_task *task, ascent **out, plaats_error *error);
/* Also of NULL. */
void ascent_end(ascent *a);

/* Lessens the smoothing down to `to`, climbing at every one on the way. */
plaats_status ascent_narrow(ascent *a, double to, plaats_error *error);
/* Raises what people unplaced cost, up to `unplaced_points`. The smoothing may grow to `widest`. */
plaats_status ascent_raise(ascent *a, double unplaced_points, double widest, plaats_error *error);

/* Where the dual itself was highest so far (since U was raised last), per row; as long as `a`
 * lives. */
const double *ascent_prices(const ascent *a);
double ascent_smoothing(const ascent *a);
/* What the smoothing takes off the dual where it was looked at last, in points: about as much as
 * prices can still gain. */
double ascent_smoothing_error(const ascent *a);
double ascent_persons(const ascent *a);

#endif
