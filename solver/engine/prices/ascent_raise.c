/* The homotopy in U, what a person unplaced costs. Once it is too few places that leave people
 * unplaced, and not how little that costs, prices are a straight line in U. Its tangent comes from
 * the system of Newton's method: at the top the slopes are 0 at every U, so with H minus the
 * curvature and x the shares,
 *
 *     H dpi/dU = d(load)/dU        (smooth.h: load_rise),
 *
 * and U becomes some times as large as long as the line holds. */
#include "engine/prices/newton.h"
#include "engine/prices/prices_tuning.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* Slopes of prices in U, as the step. */
static plaats_status find_tangent(ascent *a, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    smooth *s = &a->s;
    size_t n;

    TRY(newton_choose_rows(a, error));
    n = (size_t)s->n_slots;
    for (size_t i = 0; i < n; i++) {
        memcpy(a->matrix + i * n, s->curvature + i * n, (i + 1) * sizeof *a->matrix);
        a->matrix[i * n + i] =
            a->matrix[i * n + i] * (1 + PRICES_TANGENT_PART) + PRICES_TANGENT_LEAST;
        a->right[i] = s->load_rise[i];
    }
    newton_solve(a, n);
    for (size_t i = 0; i < n; i++) a->step[s->slot_row[i]] = a->right[i];
done:
    return st;
}

/* Persons by which rows are too full, or not full in spite of their price, where smooth_value
 * looked last: the size of the projected gradient. */
static double projected_gradient(const ascent *a, const double *price) {
    const smooth *s = &a->s;
    double sum = 0;
    for (int i = 0; i < s->n_rows; i++) {
        double slope = s->load[i] - s->rhs[i];
        if (s->most[i] > 0 && !newton_at_bound(a, i, price[i], slope)) sum += fabs(slope);
    }
    return sum;
}

/* Follows the line while U grows `by`. False if prices leave it before that; nothing changes then.
 */
static plaats_status follow_line(ascent *a, double by, bool *straight, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    double most;

    newton_evaluate(a);
    most = PRICES_STRAIGHT * projected_gradient(a, a->price) + PRICES_STRAIGHT_PERSONS;
    TRY(find_tangent(a, error));
    a->s.unplaced_points += by;
    newton_try_step(a, by);
    *straight = a->s.value >= a->value && projected_gradient(a, a->trial) <= most;
    if (*straight)
        newton_take_trial(a);
    else
        a->s.unplaced_points -= by;
done:
    return st;
}

/* One turn: U becomes up to *factor times as large, up to `most`, or the smoothing grows. */
static plaats_status raise_once(ascent *a, double most, double widest, double *factor,
                                plaats_error *error) {
    plaats_status st = PLAATS_OK;
    double by = fmin((*factor - 1) * a->s.unplaced_points, most - a->s.unplaced_points);
    bool straight, few = a->unplaced < PRICES_FEW * a->persons;

    a->best_exact = -INFINITY;
    TRY(follow_line(a, by, &straight, error));
    if (straight) {
        *factor = fmin(*factor * *factor, few ? PRICES_RAISE_MOST_FEW : PRICES_RAISE_MOST);
    } else if (few || a->s.smoothing >= widest) {
        /* Prices of a few people find their way again. */
        a->s.unplaced_points += by;
        *factor = fmin(PRICES_RAISE_GROWTH * *factor, PRICES_RAISE_MOST);
    } else {
        /* The line is straighter where the dual is smoother. */
        a->s.smoothing = fmin(PRICES_WIDER * a->s.smoothing, widest);
        *factor = PRICES_RAISE;
    }
    TRY(ascent_settle(a, few ? PRICES_SETTLED : PRICES_WELL_SETTLED, error));
done:
    return st;
}

plaats_status ascent_raise(ascent *a, double unplaced_points, double widest, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    double factor = PRICES_RAISE;

    assert(a->s.goal == GOAL_COST && widest > 0);
    if (a->unplaced >= PRICES_FEW * a->persons) TRY(ascent_settle(a, PRICES_WELL_SETTLED, error));
    while (a->s.unplaced_points < unplaced_points && !run_prices_over(a->r))
        TRY(raise_once(a, unplaced_points, widest, &factor, error));
done:
    return st;
}
