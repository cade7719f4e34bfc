/* A step of Newton's method: which rows move, the damped system, the line search (newton.h). */
#include "engine/prices/newton.h"

#include "engine/prices/cholesky.h"
#include "engine/prices/prices_tuning.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- The rows -------------------------------------------------------------------------------- */

bool newton_at_bound(const ascent *a, int row, double price, double slope) {
    return (price <= 0 && slope <= 0) || (price >= a->s.most[row] && slope >= 0);
}

static void choose_slots(ascent *a) {
    smooth *s = &a->s;
    s->n_slots = 0;
    for (int i = 0; i < s->n_rows; i++) {
        a->step[i] = 0;
        if (s->most[i] > 0 && !newton_at_bound(a, i, a->price[i], a->slope[i]))
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

plaats_status newton_choose_rows(ascent *a, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    choose_slots(a);
    TRY(grow_room(a, error));
    TRY(smooth_curve(&a->s, a->price, error));
done:
    return st;
}

/* ---- The system ------------------------------------------------------------------------------ */

void newton_solve(ascent *a, size_t n) {
    assert(n * n <= a->matrix_room);
    cholesky_factor(a->matrix, n, a->panel, a->r->threads);
    cholesky_solve(a->matrix, n, a->right);
}

/* What the steps of the others, few if any, do to the slopes of the first n free slots. */
static void take_off_given(ascent *a, size_t n) {
    const smooth *s = &a->s;
    size_t slots = (size_t)s->n_slots;
    for (size_t l = 0; l < slots; l++) {
        double step = a->step[s->slot_row[l]];
        for (size_t i = 0; step != 0 && i < n; i++) {
            size_t k = (size_t)a->free_slot[i];
            a->right[i] -= s->curvature[l <= k ? k * slots + l : l * slots + k] * step;
        }
    }
}

/* Solves for the free slots, given the steps of the others. */
static void solve_free(ascent *a, int n_free) {
    const smooth *s = &a->s;
    size_t n = (size_t)n_free, slots = (size_t)s->n_slots;

    assert(n_free >= 0 && n_free <= s->n_slots);
    for (size_t i = 0; i < n; i++) {
        size_t k = (size_t)a->free_slot[i];
        double slope = a->slope[s->slot_row[k]];
        a->right[i] = slope;
        for (size_t j = 0; j <= i; j++)
            a->matrix[i * n + j] = s->curvature[k * slots + (size_t)a->free_slot[j]];
        a->matrix[i * n + i] += fabs(slope) / (a->radius * s->smoothing) +
                                PRICES_DIAGONAL_PART * a->matrix[i * n + i] + PRICES_DIAGONAL_LEAST;
    }
    take_off_given(a, n);
    newton_solve(a, n);
}

/* Rows whose price would leave its bounds stop there; true if there are any. */
static bool stop_at_bounds(ascent *a, int *n_free) {
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

double newton_gain_of_plane(const ascent *a) {
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
        double by = slope / (s->curvature[k * n + k] + fabs(slope) / (a->radius * s->smoothing) +
                             PRICES_DIAGONAL_LEAST);
        a->step[row] = fmin(fmax(a->price[row] + by, 0), s->most[row]) - a->price[row];
    }
}

plaats_status newton_find_step(ascent *a, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int n_free;

    assert(a->radius > 0 && a->s.smoothing > 0);
    TRY(newton_choose_rows(a, error));
    n_free = a->s.n_slots;
    for (int k = 0; k < n_free; k++) a->free_slot[k] = k;
    for (int round = 0; round < PRICES_BOUND_ROUNDS; round++) {
        solve_free(a, n_free);
        if (!stop_at_bounds(a, &n_free)) break;
    }
    for (int i = 0; i < n_free; i++) a->step[a->s.slot_row[a->free_slot[i]]] = a->right[i];
    if (newton_gain_of_plane(a) <= 0) step_by_row(a);
done:
    return st;
}

/* ---- The line search ------------------------------------------------------------------------- */

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

void newton_evaluate(ascent *a) {
    smooth_value(&a->s, a->price);
    note_best(a, a->price);
    take_slopes(a);
}

void newton_try_step(ascent *a, double length) {
    for (int i = 0; i < a->s.n_rows; i++)
        a->trial[i] = fmin(fmax(a->price[i] + length * a->step[i], 0), fmax(a->s.most[i], 0));
    smooth_value(&a->s, a->trial);
}

void newton_note_trial(ascent *a) {
    note_best(a, a->trial);
}

void newton_take_trial(ascent *a) {
    memcpy(a->price, a->trial, (size_t)a->s.n_rows * sizeof *a->price);
    take_slopes(a);
}

/* A step that had to be cut was too long; one that gained what a plane would, where Newton's method
 * foresees half of it, was far too short. */
static void adapt_radius(ascent *a, double length, double gained) {
    if (length < 1)
        a->radius = fmax(PRICES_RADIUS_LEAST, a->radius * sqrt(length));
    else if (gained > PRICES_PLANE)
        a->radius *= PRICES_RADIUS_JUMP;
    else
        a->radius = fmin(PRICES_RADIUS_GROWTH * a->radius, fmax(PRICES_RADIUS, a->radius));
}

bool newton_climb(ascent *a, double promised) {
    double length = 1;
    for (int tries = 0; tries < PRICES_LINE_TRIES; tries++, length /= PRICES_LINE_SHORTER) {
        newton_try_step(a, length);
        newton_note_trial(a);
        if (!(a->s.value >= a->value + PRICES_LINE_ENOUGH * length * promised)) continue;
        double gained = a->s.value - a->value;
        newton_take_trial(a);
        adapt_radius(a, length, gained / promised);
        return true;
    }
    return false;
}
