/* Good prices from scratch: Newton's method climbs the smoothed dual (smooth.h) while its width
 * shrinks. */
#ifndef PLAATS_ENGINE_PRICES_ASCENT_H
#define PLAATS_ENGINE_PRICES_ASCENT_H

#include "engine/run/run.h"

typedef struct {
    model_goal goal;
    double most_weight;  /* GOAL_REST */
    double none_points;  /* what a person unplaced costs, times priority; GOAL_REST: 0 */
    double width;        /* in points per person */
    int stride;          /* every how many-th unit is looked at: 1 all, more a sample */
    const double *price; /* per row of the model, and of the weight unplaced: where to start */
} ascent_task;

typedef struct ascent ascent;

plaats_status ascent_start(run *r, const ascent_task *task, ascent **out, plaats_error *error);
void ascent_end(ascent *a);

/* Narrows the width down to `to`, climbing at every width on the way. */
plaats_status ascent_narrow(ascent *a, double to, plaats_error *error);
/* Raises what people unplaced cost. The width may grow to `widest`. */
plaats_status ascent_lift(ascent *a, double none_points, double widest, plaats_error *error);

/* Where the dual itself was highest so far, per row; as long as `a` lives. */
const double *ascent_prices(const ascent *a);
double ascent_smoothing(const ascent *a);
/* What the smoothing takes off the dual: no less than about what prices can still gain. */
double ascent_blur(const ascent *a);
double ascent_people(const ascent *a);

#endif
