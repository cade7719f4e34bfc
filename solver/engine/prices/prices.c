/* Prices by ascent of the smoothed dual, on a sample of the units first where there are many. What
 * floating point finds is rounded to integers and judged exactly. */
#include "engine/prices/prices.h"

#include "base/checked.h"
#include "engine/prices/ascent.h"
#include "engine/proof/integer_prices.h"

#include <math.h>
#include <stdlib.h>

#define SAMPLE_UNITS 50000 /* about so many make a sample; twice as many are needed for one */
#define TARGET 1e-6        /* of the placed points: what smoothing may take off at the end */
#define FULL_SCALE 1000000

typedef struct {
    run *r;
    model_prices *found; /* goal and most_weight are given; the best prices come into it */
    int64_t *bound;      /* what they prove */
    double *price;       /* per row of the model, and of the weight unplaced */
    double wide;         /* width at which to start from nothing */
    prices_rough rough;
} search;

/* ---- In integers -------------------------------------------------------------------------- */

/* The largest scale at which no price, and no cost times it, comes near 2^62. */
static int64_t choose_scale(const model *m, const double *price, double weight_price) {
    double largest = fmax(1, weight_price), scale = FULL_SCALE;
    for (int i = 0; i < m->n_rows; i++) largest = fmax(largest, price[i]);
    while (scale > 1 && scale * largest > 1e18) scale = floor(scale / 10);
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

/* What sites differ by, in points per person. */
static double typical_difference(const model *m) {
    double sum = 0, persons = 1;
    for (int u = 0; u < m->n_units; u++) {
        options o = model_options(m, u);
        int64_t least = INT64_MAX, most = INT64_MIN;
        for (int i = 0; i < o.n; i++) {
            if (option_cost(&o, i) < least) least = option_cost(&o, i);
            if (option_cost(&o, i) > most) most = option_cost(&o, i);
        }
        if (o.n == 0) continue;
        sum += (double)most - (double)least;
        persons += m->units[u].persons;
    }
    return sum / persons;
}

static plaats_status take(search *s, const ascent *a, plaats_error *error) {
    int n = s->r->m->n_rows;
    for (int i = 0; i <= n; i++) s->price[i] = ascent_prices(a)[i];
    return offer(s->r->m, s->price, s->price[n], s->found, s->bound, error);
}

/* From prices on a sample of about so many units, narrowed down to `to`. */
static plaats_status look_at_sample(search *s, ascent_task *task, int units, double to,
                                    plaats_error *error) {
    plaats_status st = PLAATS_OK;
    ascent *a = NULL;

    task->stride = s->r->m->n_units / units;
    if (task->stride < 2) return PLAATS_OK;
    TRY(ascent_start(s->r, task, &a, error));
    TRY(ascent_narrow(a, to, error));
    TRY(take(s, a, error));
    task->width = to;
done:
    ascent_end(a);
    return st;
}

/* U dwarfs all other points: prices that are to find their way among sites first find a person
 * unplaced to cost no more than a good deal of what sites differ by. */
static double first_none_points(const search *s) {
    return fmin((double)s->r->m->unplaced_points, 12 * s->wide);
}

/* Narrower and narrower, until there is next to nothing left to gain. */
static plaats_status finish(search *s, ascent *a, plaats_error *error) {
    plaats_status st = PLAATS_OK;

    TRY(take(s, a, error));
    if (s->rough != NULL) TRY(s->rough(s->r, error));
    s->r->step = "prices";
    while (ascent_smoothing(a) > 1e-5 * s->wide && !run_prices_over(s->r)) {
        if (ascent_blur(a) < TARGET * s->wide * ascent_people(a)) break;
        TRY(ascent_narrow(a, ascent_smoothing(a) / 4, error));
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
    TRY(ascent_narrow(a, fmin(s->wide / 8, task->width), error));
    if (task->goal == GOAL_COST)
        TRY(ascent_lift(a, (double)s->r->m->unplaced_points, s->wide, error));
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
    task->width = s->wide = 0.01;
done:
    return st;
}

static plaats_status search_build(search *s, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const model *m = s->r->m;
    s->wide = s->found->goal == GOAL_WEIGHT ? 0.1 : typical_difference(m) / 10 + 0.1;
    TRY_ALLOC(s->price = zero_alloc((size_t)m->n_rows + 1, sizeof *s->price));
done:
    return st;
}

plaats_status prices_find(run *r, model_prices *found, int64_t *bound, prices_rough rough,
                          plaats_error *error) {
    plaats_status st = PLAATS_OK;
    search s = {.r = r, .found = found, .bound = bound, .rough = rough};

    r->step = "prices";
    TRY(search_build(&s, error));
    /* All prices zero prove something already: a bound from the first moment on. */
    TRY(offer(r->m, s.price, 0, found, bound, error));
    ascent_task task = {.goal = found->goal,
                        .most_weight = (double)found->most_weight,
                        .none_points = first_none_points(&s),
                        .width = s.wide,
                        .price = s.price};
    if (found->goal == GOAL_WEIGHT) {
        task.none_points = 1;
        TRY(start_from_cost(&s, &task, error));
        if (r->has_best && *bound >= r->best_weight) goto done;
    } else if (found->goal == GOAL_REST) {
        s.price[r->m->n_rows] = task.none_points;
        task.none_points = 0;
    }
    TRY(look_at_sample(&s, &task, SAMPLE_UNITS, s.wide / 8, error));
    TRY(look_at_sample(&s, &task, 3 * SAMPLE_UNITS, s.wide / 32, error));
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
