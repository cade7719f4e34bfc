/* The order of steps to prices: a sample of the units first where there are many, then a larger
 * one, then all; U from little to what it is; the smoothing down to next to nothing. What floating
 * point finds is rounded to integers and judged exactly, and only what proves more is kept. */
#include "engine/prices/prices.h"

#include "base/checked.h"
#include "engine/prices/ascent.h"
#include "engine/prices/prices_tuning.h"
#include "engine/proof/integer_prices.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

/* Prices times their scale are at most this: a quarter of 2^62, so that sums of a few fit. */
static const double LARGEST_PRICE = 1e18;

typedef struct {
    run *r;
    model_prices *found; /* goal and most_weight are given; the best prices come into it */
    int64_t *bound;      /* what they prove */
    double *price;       /* per row of the model, and of the weight unplaced */
    double start;        /* the smoothing at which to start from nothing */
    prices_rough rough;
} search;

/* ---- In integers -------------------------------------------------------------------------- */

/* The largest scale, by powers of ten, at which no price comes near 2^62. */
static int64_t choose_scale(const model *m, const double *price, double weight_price) {
    double largest = fmax(1, weight_price), scale = PRICES_SCALE;
    for (int i = 0; i < m->n_rows; i++) largest = fmax(largest, price[i]);
    while (scale > 1 && scale * largest > LARGEST_PRICE) scale = floor(scale / 10);
    return (int64_t)scale;
}

/* Rounds the prices found and keeps them if they prove more. */
static plaats_status offer(const model *m, const double *row_price, double weight_price,
                           model_prices *best, int64_t *best_bound, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    model_prices p = *best;
    int64_t bound, *prices = NULL;

    p.scale = choose_scale(m, row_price, weight_price);
    p.weight_price = whole_price(weight_price, p.scale);
    TRY_ALLOC(prices = zero_alloc((size_t)m->n_rows, sizeof *prices));
    for (int i = 0; i < m->n_rows; i++) {
        const model_row *row = &m->rows[i];
        bool worthless = p.goal == GOAL_WEIGHT && row_is_soft(row);
        prices[i] = worthless ? 0 : whole_row_price(row, row_price[i], p.scale);
    }
    p.prices = prices;
    if (model_goal_bound(m, &p, &bound) && (best->prices == NULL || bound > *best_bound)) {
        free(best->prices);
        best->scale = p.scale;
        best->weight_price = p.weight_price;
        best->prices = prices;
        *best_bound = bound;
        prices = NULL;
    }
done:
    free(prices);
    return st;
}

/* ---- The search --------------------------------------------------------------------------- */

static double cost_range(const options *o) {
    int64_t least = INT64_MAX, most = INT64_MIN;
    assert(o->n > 0);
    for (int i = 0; i < o->n; i++) {
        int64_t cost = option_cost(o, i);
        if (cost < least) least = cost;
        if (cost > most) most = cost;
    }
    return (double)most - (double)least;
}

/* What the options of a unit differ by, in points per person. */
static double typical_difference(const model *m) {
    double sum = 0, persons = 1;
    for (int u = 0; u < m->n_units; u++) {
        options o = model_options(m, u);
        if (o.n == 0) continue;
        sum += cost_range(&o);
        persons += m->units[u].persons;
    }
    return sum / persons;
}

static plaats_status take(search *s, const ascent *a, plaats_error *error) {
    int n = s->r->m->n_rows;
    for (int i = 0; i <= n; i++) s->price[i] = ascent_prices(a)[i];
    return offer(s->r->m, s->price, s->price[n], s->found, s->bound, error);
}

/* Prices on a sample of about so many units, with a smoothing down to `to`: the task goes on from
 * there. */
static plaats_status look_at_sample(search *s, ascent_task *task, int units, double to,
                                    plaats_error *error) {
    plaats_status st = PLAATS_OK;
    ascent *a = NULL;

    assert(units > 0 && to > 0);
    task->stride = s->r->m->n_units / units;
    if (task->stride < 2) return PLAATS_OK;
    TRY(ascent_start(s->r, task, &a, error));
    TRY(ascent_narrow(a, to, error));
    TRY(take(s, a, error));
    task->smoothing = to;
done:
    ascent_end(a);
    return st;
}

/* U dwarfs all other points: prices that are to find their way among sites first find a person
 * unplaced to cost no more than a good deal of what sites differ by. */
static double first_unplaced_points(const search *s) {
    return fmin((double)s->r->m->unplaced_points, PRICES_UNPLACED_START * s->start);
}

/* Less and less smoothing, until there is next to nothing left to gain. */
static plaats_status finish(search *s, ascent *a, plaats_error *error) {
    plaats_status st = PLAATS_OK;

    TRY(take(s, a, error));
    if (s->rough != NULL) TRY(s->rough(s->r, error));
    s->r->step = "prices";
    while (ascent_smoothing(a) > PRICES_SMOOTHING_END * s->start && !run_prices_over(s->r)) {
        double enough = PRICES_ERROR_END * s->start * ascent_persons(a);
        if (ascent_smoothing_error(a) < enough) break;
        TRY(ascent_narrow(a, ascent_smoothing(a) / PRICES_OFFER_EVERY, error));
        TRY(take(s, a, error));
    }
done:
    return st;
}

static plaats_status look_at_all(search *s, ascent_task *task, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    ascent *a = NULL;

    task->stride = 1;
    TRY(ascent_start(s->r, task, &a, error));
    TRY(ascent_narrow(a, fmin(s->start / PRICES_ALL_END, task->smoothing), error));
    if (task->goal == GOAL_COST)
        TRY(ascent_raise(a, (double)s->r->m->unplaced_points, s->start, error));
    TRY(finish(s, a, error));
done:
    ascent_end(a);
    return st;
}

/* The weight unplaced is what is left of the cost when U outgrows all else, so its prices are
 * those of the cost in units of U, but for a little. */
static plaats_status start_from_cost(search *s, ascent_task *task, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const model_prices *from = &s->r->proof;
    double unit = (double)from->scale * (double)s->r->m->unplaced_points;

    if (from->prices == NULL) return PLAATS_OK;
    for (int i = 0; i < s->r->m->n_rows; i++) s->price[i] = (double)from->prices[i] / unit;
    TRY(offer(s->r->m, s->price, 0, s->found, s->bound, error));
    task->smoothing = s->start = PRICES_WEIGHT_AGAIN;
done:
    return st;
}

static plaats_status search_build(search *s, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const model *m = s->r->m;
    s->start = s->found->goal == GOAL_WEIGHT
                   ? PRICES_WEIGHT_START
                   : typical_difference(m) / PRICES_START_PART + PRICES_START_LEAST;
    TRY_ALLOC(s->price = zero_alloc((size_t)m->n_rows + 1, sizeof *s->price));
done:
    return st;
}

plaats_status prices_find(run *r, model_prices *found, int64_t *bound, prices_rough rough,
                          plaats_error *error) {
    plaats_status st = PLAATS_OK;
    search s = {.r = r, .found = found, .bound = bound, .rough = rough};

    assert(found != NULL && bound != NULL);
    r->step = "prices";
    TRY(search_build(&s, error));
    /* All prices zero prove something already: a bound from the first moment on. */
    TRY(offer(r->m, s.price, 0, found, bound, error));
    ascent_task task = {.goal = found->goal,
                        .most_weight = (double)found->most_weight,
                        .unplaced_points = first_unplaced_points(&s),
                        .smoothing = s.start,
                        .price = s.price};
    if (found->goal == GOAL_WEIGHT) {
        task.unplaced_points = 1;
        TRY(start_from_cost(&s, &task, error));
        if (r->has_best && *bound >= r->best_weight) goto done;
    } else if (found->goal == GOAL_REST) {
        s.price[r->m->n_rows] = task.unplaced_points;
        task.unplaced_points = 0;
    }
    TRY(look_at_sample(&s, &task, PRICES_SAMPLE_UNITS, s.start / PRICES_SAMPLE_END, error));
    TRY(look_at_sample(&s, &task, PRICES_SECOND_SAMPLE * PRICES_SAMPLE_UNITS,
                       s.start / PRICES_SECOND_END, error));
    TRY(look_at_all(&s, &task, error));
done:
    free(s.price);
    return st;
}

plaats_status prices_of_weight(run *r, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    if (r->weight.prices != NULL) return PLAATS_OK;
    TRY(prices_find(r, &r->weight, &r->weight_bound, NULL, error));
    if (r->weight_bound > r->least_weight) r->least_weight = r->weight_bound;
done:
    return st;
}
