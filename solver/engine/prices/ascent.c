#include "engine/prices/ascent.h"

#include "engine/prices/cholesky.h"
#include "engine/prices/smooth.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define REACH 30. /* prices move by at most some such widths at once */
#define MOST_STEPS 60
#define NARROWER 4.0
#define STEPS_AT_WIDTH 40
#define SETTLED 0.03
#define WELL_SETTLED 0.003
#define FEW 0.01
#define MOST_LIFT 256.
#define RIDGE_STEPS 6

struct ascent {
    run *r;
    model_goal goal;
    smooth s;
    double *price, *trial; /* per row */
    double *best;          /* where the dual itself was highest */
    double best_exact;
    double *anchor;                     /* some steps ago */
    double *price_before, width_before; /* at the end of the width before */
    double *slope;                      /* per row: load - rhs at `price` */
    double *step;                       /* per row; 0 without a slot */
    double *matrix, *panel, *right;
    int *free_slot;
    size_t matrix_room;
    double value;            /* of the smooth dual at `price` */
    int steps;               /* so far */
    int64_t pairs;           /* options of the units looked at */
    double people, unplaced; /* in all; at `price` and by weight */
    double reach;            /* prices move by about so many widths at once at most */
};

/* ---- A step of Newton's method within the bounds of the prices --------------------------------*/

static bool at_bound(const ascent *a, int row, double price, double slope) {
    return (price <= 0 && slope <= 0) || (price >= a->s.most[row] && slope >= 0);
}

/* Slots for all rows whose price should move. */
static void choose_rows(ascent *a) {
    smooth *s = &a->s;
    s->n_slots = 0;
    for (int i = 0; i < s->n_rows; i++) {
        a->step[i] = 0;
        if (s->most[i] > 0 && !at_bound(a, i, a->price[i], a->slope[i]))
            s->slot_row[s->n_slots++] = i;
    }
}

static plaats_status grow_room(ascent *a, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    size_t n = (size_t)a->s.n_slots;
    if (n * n <= a->matrix_room) return PLAATS_OK;
    free(a->matrix);
    free(a->panel);
    a->matrix = a->panel = NULL;
    a->matrix_room = 0;
    TRY_ALLOC(a->matrix = zero_alloc(n * n, sizeof *a->matrix));
    TRY_ALLOC(a->panel = zero_alloc(cholesky_panel(n), sizeof *a->panel));
    a->matrix_room = n * n;
done:
    return st;
}

/* What the steps of the others, few if any, do to the slopes of the first n free slots. */
static void take_off_given(ascent *a, size_t n) {
    const smooth *s = &a->s;
    size_t slots = (size_t)s->n_slots;
    for (size_t l = 0; l < slots; l++) {
        double step = a->step[s->slot_row[l]];
        for (size_t i = 0; step != 0 && i < n; i++) {
            size_t k = (size_t)a->free_slot[i];
            a->right[i] -= s->curve[l <= k ? k * slots + l : l * slots + k] * step;
        }
    }
}

/* Solves for the free slots, given the steps of the others. Where a unit has all but settled there
 * is next to no curvature left; a little more than there is keeps steps within reach. */
static void solve_free(ascent *a, int n_free, double width) {
    const smooth *s = &a->s;
    size_t n = (size_t)n_free, slots = (size_t)s->n_slots;

    for (size_t i = 0; i < n; i++) {
        size_t k = (size_t)a->free_slot[i];
        double slope = a->slope[s->slot_row[k]];
        a->right[i] = slope;
        for (size_t j = 0; j <= i; j++)
            a->matrix[i * n + j] = s->curve[k * slots + (size_t)a->free_slot[j]];
        a->matrix[i * n + i] +=
            fabs(slope) / (a->reach * width) + 1e-9 * a->matrix[i * n + i] + 1e-9;
    }
    take_off_given(a, n);
    cholesky_factor(a->matrix, n, a->panel, a->r->threads);
    cholesky_solve(a->matrix, n, a->right);
}

/* Rows whose price would leave its bounds stop there, and the others step anew. */
static bool pin_rows(ascent *a, int *n_free) {
    const smooth *s = &a->s;
    int kept = 0;
    for (int i = 0; i < *n_free; i++) {
        int row = s->slot_row[a->free_slot[i]];
        double to = a->price[row] + a->right[i];
        if (to < 0 || to > s->most[row])
            a->step[row] = (to < 0 ? 0 : s->most[row]) - a->price[row];
        else
            a->free_slot[kept++] = a->free_slot[i];
    }
    bool any = kept < *n_free;
    *n_free = kept;
    return any;
}

/* What the step promises. */
static double promise(const ascent *a) {
    double sum = 0;
    for (int i = 0; i < a->s.n_rows; i++) sum += a->slope[i] * a->step[i];
    return sum;
}

/* Where bounds have spoilt the step: each row for itself, which always climbs. */
static void step_by_row(ascent *a) {
    const smooth *s = &a->s;
    size_t n = (size_t)s->n_slots;
    for (size_t k = 0; k < n; k++) {
        int row = s->slot_row[k];
        double slope = a->slope[row];
        double by = slope / (s->curve[k * n + k] + fabs(slope) / (a->reach * s->width) + 1e-9);
        a->step[row] = fmin(fmax(a->price[row] + by, 0), s->most[row]) - a->price[row];
    }
}

static plaats_status find_step(ascent *a, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int n_free;

    choose_rows(a);
    n_free = a->s.n_slots;
    TRY(grow_room(a, error));
    TRY(smooth_curve(&a->s, a->price, error));
    for (int k = 0; k < n_free; k++) a->free_slot[k] = k;
    for (int tries = 0; tries < 3; tries++) {
        solve_free(a, n_free, a->s.width);
        if (!pin_rows(a, &n_free)) break;
    }
    for (int i = 0; i < n_free; i++) a->step[a->s.slot_row[a->free_slot[i]]] = a->right[i];
    if (promise(a) <= 0) step_by_row(a);
done:
    return st;
}

static void try_step(ascent *a, double length) {
    for (int i = 0; i < a->s.n_rows; i++)
        a->trial[i] = fmin(fmax(a->price[i] + length * a->step[i], 0), fmax(a->s.most[i], 0));
    smooth_value(&a->s, a->trial);
}

static void note_best(ascent *a, const double *price) {
    if (a->s.exact <= a->best_exact) return;
    a->best_exact = a->s.exact;
    memcpy(a->best, price, (size_t)a->s.n_rows * sizeof *price);
}

/* The slopes at the price just looked at. */
static void take_slopes(ascent *a) {
    const smooth *s = &a->s;
    for (int i = 0; i < s->n_rows; i++) a->slope[i] = s->most[i] > 0 ? s->load[i] - s->rhs[i] : 0;
    a->value = s->value;
    a->unplaced = s->unplaced;
}

static void evaluate(ascent *a) {
    smooth_value(&a->s, a->price);
    note_best(a, a->price);
    take_slopes(a);
}

/* A step that had to be cut was too long; one that gained what a plane would, where Newton's method
 * foresees half of it, was far too short. */
static void adapt_reach(ascent *a, double length, double gained) {
    if (length < 1)
        a->reach = fmax(3, a->reach * sqrt(length));
    else if (gained > 0.9)
        a->reach *= 10;
    else
        a->reach = fmin(3 * a->reach, fmax(REACH, a->reach));
}

/* Goes along the step as far as that climbs; false if nowhere. */
static bool climb(ascent *a, double promised) {
    double length = 1;
    for (int tries = 0; tries < 8; tries++, length /= 3) {
        try_step(a, length);
        note_best(a, a->trial);
        if (!(a->s.value >= a->value + 1e-3 * length * promised)) continue;
        double gained = a->s.value - a->value;
        memcpy(a->price, a->trial, (size_t)a->s.n_rows * sizeof *a->price);
        take_slopes(a);
        adapt_reach(a, length, gained / promised);
        return true;
    }
    return false;
}

/* ---- Widths ---------------------------------------------------------------------------------- */

/* Of work: units looked at three times over (a value, a curve, a value), and a matrix factored. */
static int64_t steps_of_step(const ascent *a) {
    int64_t slots = a->s.n_slots;
    return 3 * a->pairs + slots * slots * slots / 6;
}

/* Where steps wind their way up a ridge, their sum leads along it: as far as it climbs. */
static void follow_ridge(ascent *a, double *anchor) {
    size_t rows = (size_t)a->s.n_rows;

    for (size_t i = 0; i < rows; i++) a->step[i] = a->price[i] - anchor[i];
    for (double length = 1;; length *= 4) {
        try_step(a, length);
        note_best(a, a->trial);
        if (!(a->s.value > a->value)) break;
        memcpy(a->price, a->trial, rows * sizeof *a->price);
        take_slopes(a);
    }
    memcpy(anchor, a->price, rows * sizeof *anchor);
}

/* At one width, until a step promises less than the rounding of corners takes anyway. */
static plaats_status settle(ascent *a, double closeness, plaats_error *error) {
    plaats_status st = PLAATS_OK;

    a->reach = REACH;
    evaluate(a);
    memcpy(a->anchor, a->price, (size_t)a->s.n_rows * sizeof *a->anchor);
    for (int i = 1; i <= STEPS_AT_WIDTH && !run_prices_over(a->r); i++) {
        TRY(find_step(a, error));
        run_spend(a->r, steps_of_step(a));
        double promised = promise(a);
        if (!climb(a, promised)) break;
        a->steps++;
        if (promised / 2 < closeness * fabs(a->s.exact - a->value)) break;
        if (i % RIDGE_STEPS == 0) follow_ridge(a, a->anchor);
    }
done:
    return st;
}

/* Prices move on in the direction in which they moved from the width before, if that is good. */
static void narrow(ascent *a, double to) {
    size_t rows = (size_t)a->s.n_rows;
    double from = a->s.width,
           length = a->width_before > from ? (from - to) / (a->width_before - from) : 0;

    for (size_t i = 0; i < rows; i++) {
        a->step[i] = length * (a->price[i] - a->price_before[i]);
        a->price_before[i] = a->price[i];
    }
    a->width_before = from;
    a->s.width = to;
    if (length == 0) return;
    evaluate(a);
    try_step(a, 1);
    if (a->s.value > a->value) memcpy(a->price, a->trial, rows * sizeof *a->price);
}

plaats_status ascent_narrow(ascent *a, double to, plaats_error *error) {
    plaats_status st = PLAATS_OK;

    TRY(settle(a, SETTLED, error));
    while (a->s.width > to && !run_prices_over(a->r)) {
        narrow(a, fmax(to, a->s.width / NARROWER));
        TRY(settle(a, SETTLED, error));
    }
done:
    return st;
}

/* ---- The price of people unplaced -------------------------------------------------------------
 */

/* Slopes of prices in what a person unplaced costs. */
static plaats_status find_lift(ascent *a, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    smooth *s = &a->s;
    size_t n;

    choose_rows(a);
    n = (size_t)s->n_slots;
    TRY(grow_room(a, error));
    TRY(smooth_curve(s, a->price, error));
    for (size_t i = 0; i < n; i++) {
        memcpy(a->matrix + i * n, s->curve + i * n, (i + 1) * sizeof *a->matrix);
        a->matrix[i * n + i] = a->matrix[i * n + i] * (1 + 1e-10) + 1e-14;
        a->right[i] = s->lift[i];
    }
    cholesky_factor(a->matrix, n, a->panel, a->r->threads);
    cholesky_solve(a->matrix, n, a->right);
    for (size_t i = 0; i < n; i++) a->step[s->slot_row[i]] = a->right[i];
done:
    return st;
}

/* Persons by which rows are too full, or not full in spite of their price. */
static double disorder(const ascent *a, const double *price) {
    const smooth *s = &a->s;
    double sum = 0;
    for (int i = 0; i < s->n_rows; i++) {
        double slope = s->load[i] - s->rhs[i];
        if (s->most[i] > 0 && !at_bound(a, i, price[i], slope)) sum += fabs(slope);
    }
    return sum;
}

/* Once it is too few places that leave people unplaced, and not how little that costs, prices are a
 * straight line in what it costs. False if they leave that line before it costs `by` more; nothing
 * changes then. */
static plaats_status lift_prices(ascent *a, double by, bool *straight, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    double before;

    evaluate(a);
    before = disorder(a, a->price);
    TRY(find_lift(a, error));
    a->s.none_points += by;
    try_step(a, by);
    *straight = a->s.value >= a->value && disorder(a, a->trial) <= 2 * before + 1;
    if (*straight)
        memcpy(a->price, a->trial, (size_t)a->s.n_rows * sizeof *a->price);
    else
        a->s.none_points -= by;
done:
    return st;
}

plaats_status ascent_lift(ascent *a, double none_points, double widest, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    double factor = 2;
    bool straight;

    if (a->unplaced >= FEW * a->people) TRY(settle(a, WELL_SETTLED, error));
    while (a->s.none_points < none_points && !run_prices_over(a->r)) {
        double by = fmin((factor - 1) * a->s.none_points, none_points - a->s.none_points);
        bool few = a->unplaced < FEW * a->people;
        a->best_exact = -INFINITY;
        TRY(lift_prices(a, by, &straight, error));
        if (straight) {
            factor = fmin(factor * factor, few ? MOST_LIFT : 16);
        } else if (few || a->s.width >= widest) {
            /* A few people find their way again. */
            a->s.none_points += by;
            factor = fmin(2 * factor, 16);
        } else {
            /* The line is straighter where the dual is smoother. */
            a->s.width = fmin(2 * a->s.width, widest);
            factor = 2;
        }
        TRY(settle(a, few ? SETTLED : WELL_SETTLED, error));
    }
done:
    return st;
}

/* ---- Beginning and end ----------------------------------------------------------------------- */

plaats_status ascent_start(run *r, const ascent_task *task, ascent **out, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    size_t rows = (size_t)r->m->n_rows + 1;
    ascent *a = zero_alloc(1, sizeof *a);

    TRY_ALLOC(a);
    a->r = r;
    a->best_exact = -INFINITY;
    TRY(smooth_build(&r->g, task->goal, task->stride, r->threads, &a->s, error));
    for (int i = 0; i < a->s.n_order; i++) a->pairs += model_options(r->m, a->s.order[i]).n;
    a->goal = task->goal;
    a->reach = REACH;
    for (int u = 0; u < r->m->n_units; u++) a->people += r->m->units[u].persons;
    a->s.width = task->width;
    a->s.none_points = task->none_points;
    if (task->goal == GOAL_REST) {
        a->s.rhs[rows - 1] = task->most_weight;
        a->s.most[rows - 1] = (double)r->m->unplaced_points;
    }
    TRY_ALLOC(a->price = zero_alloc(rows, sizeof *a->price));
    TRY_ALLOC(a->price_before = zero_alloc(rows, sizeof *a->price_before));
    TRY_ALLOC(a->anchor = zero_alloc(rows, sizeof *a->anchor));
    TRY_ALLOC(a->trial = zero_alloc(rows, sizeof *a->trial));
    TRY_ALLOC(a->best = zero_alloc(rows, sizeof *a->best));
    TRY_ALLOC(a->slope = zero_alloc(rows, sizeof *a->slope));
    TRY_ALLOC(a->step = zero_alloc(rows, sizeof *a->step));
    TRY_ALLOC(a->right = zero_alloc(rows, sizeof *a->right));
    TRY_ALLOC(a->free_slot = zero_alloc(rows, sizeof *a->free_slot));
    for (size_t i = 0; i < rows; i++) a->price[i] = fmin(fmax(task->price[i], 0), a->s.most[i]);
    memcpy(a->best, a->price, rows * sizeof *a->best);
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
    return a->s.width;
}

double ascent_blur(const ascent *a) {
    return fabs(a->s.exact - a->s.value);
}

double ascent_people(const ascent *a) {
    return a->people;
}
