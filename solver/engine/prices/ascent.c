/* The homotopy in the smoothing: climb to the top, lessen the smoothing, foresee from the last two
 * tops where the next one is, climb again (a secant predictor, and Newton's method as corrector).
 */
#include "engine/prices/ascent.h"

#include "engine/prices/newton.h"
#include "engine/prices/prices_tuning.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- At one smoothing ------------------------------------------------------------------------ */

/* Of work: units looked at three times over (a value, a curvature, a value), and a matrix factored.
 */
static int64_t work_of_step(const ascent *a) {
    int64_t slots = a->s.n_slots;
    return 3 * a->pairs + slots * slots * slots / 6;
}

/* Where steps wind their way up a ridge, their sum leads along it: as far as it climbs (an
 * acceleration as in Hooke and Jeeves, 1961). */
static void follow_ridge(ascent *a) {
    size_t rows = (size_t)a->s.n_rows;

    for (size_t i = 0; i < rows; i++) a->step[i] = a->price[i] - a->anchor[i];
    for (double length = 1;; length *= PRICES_RIDGE_STRETCH) {
        newton_try_step(a, length);
        newton_note_trial(a);
        if (!(a->s.value > a->value)) break;
        newton_take_trial(a);
    }
    memcpy(a->anchor, a->price, rows * sizeof *a->anchor);
}

plaats_status ascent_settle(ascent *a, double closeness, plaats_error *error) {
    plaats_status st = PLAATS_OK;

    assert(closeness > 0);
    a->radius = PRICES_RADIUS;
    newton_evaluate(a);
    memcpy(a->anchor, a->price, (size_t)a->s.n_rows * sizeof *a->anchor);
    for (int i = 1; i <= PRICES_STEPS && !run_prices_over(a->r); i++) {
        TRY(newton_find_step(a, error));
        run_spend(a->r, work_of_step(a));
        double promised = newton_gain_of_plane(a);
        if (!newton_climb(a, promised)) break;
        /* Half of it is what a parabola gains. */
        if (promised / 2 < closeness * ascent_smoothing_error(a)) break;
        if (i % PRICES_RIDGE_STEPS == 0) follow_ridge(a);
    }
done:
    return st;
}

/* ---- From one smoothing to the next ---------------------------------------------------------- */

/* Prices move on in the direction in which they moved from the smoothing before, if that is good.
 */
static void narrow(ascent *a, double to) {
    size_t rows = (size_t)a->s.n_rows;
    double from = a->s.smoothing, before = a->smoothing_before,
           length = before > from ? (from - to) / (before - from) : 0;

    for (size_t i = 0; i < rows; i++) {
        a->step[i] = length * (a->price[i] - a->price_before[i]);
        a->price_before[i] = a->price[i];
    }
    a->smoothing_before = from;
    a->s.smoothing = to;
    if (length == 0) return;
    newton_evaluate(a);
    newton_try_step(a, 1);
    if (a->s.value > a->value) newton_take_trial(a);
}

plaats_status ascent_narrow(ascent *a, double to, plaats_error *error) {
    plaats_status st = PLAATS_OK;

    assert(to > 0);
    TRY(ascent_settle(a, PRICES_SETTLED, error));
    while (a->s.smoothing > to && !run_prices_over(a->r)) {
        narrow(a, fmax(to, a->s.smoothing / PRICES_NARROWER));
        TRY(ascent_settle(a, PRICES_SETTLED, error));
    }
done:
    return st;
}

/* ---- Beginning and end ----------------------------------------------------------------------- */

static plaats_status make_arrays(ascent *a, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    size_t rows = (size_t)a->s.n_rows;
    TRY_ALLOC(a->price = zero_alloc(rows, sizeof *a->price));
    TRY_ALLOC(a->price_before = zero_alloc(rows, sizeof *a->price_before));
    TRY_ALLOC(a->anchor = zero_alloc(rows, sizeof *a->anchor));
    TRY_ALLOC(a->trial = zero_alloc(rows, sizeof *a->trial));
    TRY_ALLOC(a->best = zero_alloc(rows, sizeof *a->best));
    TRY_ALLOC(a->slope = zero_alloc(rows, sizeof *a->slope));
    TRY_ALLOC(a->step = zero_alloc(rows, sizeof *a->step));
    TRY_ALLOC(a->right = zero_alloc(rows, sizeof *a->right));
    TRY_ALLOC(a->free_slot = zero_alloc(rows, sizeof *a->free_slot));
done:
    return st;
}

/* The weight unplaced is limited with GOAL_REST only; its price is 0 else. */
static void limit_weight(ascent *a, const ascent_task *task) {
    int row = a->s.n_rows - 1;
    if (task->goal != GOAL_REST) return;
    a->s.rhs[row] = task->most_weight;
    a->s.most[row] = (double)a->r->m->unplaced_points;
}

static plaats_status prepare(ascent *a, const ascent_task *task, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const model *m = a->r->m;

    TRY(smooth_build(&a->r->g, task->goal, task->stride, a->r->threads, &a->s, error));
    TRY(make_arrays(a, error));
    a->s.smoothing = task->smoothing;
    a->s.unplaced_points = task->unplaced_points;
    a->radius = PRICES_RADIUS;
    a->best_exact = -INFINITY;
    limit_weight(a, task);
    for (int i = 0; i < a->s.n_sample; i++) a->pairs += model_options(m, a->s.sample[i]).n;
    for (int u = 0; u < m->n_units; u++) a->persons += m->units[u].persons;
    for (int i = 0; i < a->s.n_rows; i++) a->price[i] = fmin(fmax(task->price[i], 0), a->s.most[i]);
    memcpy(a->best, a->price, (size_t)a->s.n_rows * sizeof *a->best);
done:
    return st;
}

plaats_status ascent_start(run *r, const ascent_task *task, ascent **out, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    ascent *a = zero_alloc(1, sizeof *a);

    assert(task->smoothing > 0 && task->stride >= 1 && task->price != NULL);
    assert(task->goal != GOAL_REST || task->unplaced_points == 0);
    TRY_ALLOC(a);
    a->r = r;
    TRY(prepare(a, task, error));
done:
    if (st != PLAATS_OK) {
        ascent_end(a);
        a = NULL;
    }
    *out = a;
    return st;
}

void ascent_end(ascent *a) {
    if (a == NULL) return;
    smooth_free(&a->s);
    free(a->price);
    free(a->price_before);
    free(a->anchor);
    free(a->trial);
    free(a->best);
    free(a->slope);
    free(a->step);
    free(a->matrix);
    free(a->panel);
    free(a->right);
    free(a->free_slot);
    free(a);
}

const double *ascent_prices(const ascent *a) {
    return a->best;
}

double ascent_smoothing(const ascent *a) {
    return a->s.smoothing;
}

double ascent_smoothing_error(const ascent *a) {
    return fabs(a->s.exact - a->s.value);
}

double ascent_persons(const ascent *a) {
    return a->persons;
}
