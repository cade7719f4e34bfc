/* When a run must end and what it has so far. Time limits are ends of clocks, work limits are ends
 * of sums that do not depend on the machine; both are looked at in run_over and nowhere else. */
#include "engine/run/run.h"

#include "base/checked.h"
#include "base/clock.h"
#include "engine/run/run_tuning.h"

#include <assert.h>
#include <math.h>
#include <string.h>

static void end_run(run *r, run_end end) {
    if (r->end == RUN_GOES_ON) r->end = end;
}

static void report(run *r, double now) {
    plaats_progress p = {.seconds = now - r->start, .has_plan = r->has_best, .step = r->step};

    if (r->settings->progress == NULL || now < r->next_report) return;
    r->next_report = now + RUN_REPORT_EVERY;
    p.has_bound = r->proof.prices != NULL;
    if (p.has_bound) p.bound = run_bound(r) + r->m->offset;
    if (r->has_best) {
        p.cost = r->best_cost + r->m->offset;
        p.unplaced = 0;
        for (int u = 0; u < r->m->n_units; u++)
            if (r->best[u] == CHOICE_NONE) p.unplaced += r->m->units[u].persons;
        p.unplaced_points = r->m->unplaced_points;
        if (p.has_bound) p.gap_percent = run_gap_percent(r, run_bound(r));
        if (p.has_bound) p.could_place = model_could_place(r->m, r->best, p.cost - p.bound);
    }
    if (r->settings->progress(r->settings->progress_context, &p) != 0) end_run(r, RUN_STOPPED);
}

static double seconds_of_cases(const run *r, int n_cases) {
    return n_cases > 1 ? r->reserve.several + n_cases * r->reserve.each_case : 0;
}

/* When the search must end. */
static double end_of_search(const run *r) {
    return r->deadline - seconds_of_cases(r, r->n_cases);
}

bool run_over(run *r) {
    double now = clock_seconds();
    if (r->settings->stop != NULL && *r->settings->stop != 0) end_run(r, RUN_STOPPED);
    report(r, now);
    if (r->work_limit > 0 && r->work >= r->work_limit) end_run(r, RUN_OUT_OF_WORK);
    if (now >= end_of_search(r)) end_run(r, RUN_OUT_OF_TIME);
    return r->end != RUN_GOES_ON;
}

void run_spend(run *r, int64_t steps) {
    assert(steps >= 0);
    r->work += steps;
}

int64_t run_work_left(const run *r) {
    if (r->work_limit == 0) return 0;
    return r->work < r->work_limit ? r->work_limit - r->work : 1;
}

bool run_prices_over(run *r) {
    double end = r->start + RUN_PRICES_SHARE * (r->deadline - r->start);
    return run_over(r) || (r->m->n_units > RUN_VERY_MANY_UNITS && clock_seconds() > end);
}

bool run_over_callback(void *context) {
    return run_over(context);
}

double run_seconds_left(const run *r) {
    return fmax(0, end_of_search(r) - clock_seconds());
}

lp_limits run_lp_limits(run *r, bool dual, int64_t most) {
    return (lp_limits){.dual = dual,
                       .most = most,
                       .seconds = run_seconds_left(r),
                       .over = run_over_callback,
                       .context = r};
}

void run_expect_cases(run *r, int n_cases) {
    assert(n_cases >= 0);
    r->n_cases = n_cases;
}

bool run_has_time_for(const run *r, int n_cases) {
    return clock_seconds() + seconds_of_cases(r, n_cases) < r->deadline + RUN_NOTICED_AFTER;
}

bool run_offer(run *r, const choice *at, int64_t cost) {
    int64_t weight = model_unplaced_weight(r->m, at);
    bool ties = r->has_best && cost == r->best_cost && weight < r->best_weight;
    if (r->has_best && cost >= r->best_cost && !ties) return false;
    memcpy(r->best, at, (size_t)r->m->n_units * sizeof *at);
    r->best_cost = cost;
    r->best_weight = weight;
    r->has_best = true;
    return true;
}

int64_t run_bound(const run *r) {
    int64_t bound = r->solver_bound > r->proof_bound ? r->solver_bound : r->proof_bound;
    if (r->root_bound > bound) bound = r->root_bound;
    if (r->evidence.n_cases > 0 && r->evidence.bound > bound) bound = r->evidence.bound;
    return r->has_best && bound > r->best_cost ? r->best_cost : bound;
}

int64_t run_gap(const run *r) {
    assert(r->has_best);
    return difference(r->best_cost, run_bound(r));
}

void run_raise_bound(run *r, int64_t bound) {
    if (bound > r->solver_bound) r->solver_bound = bound;
}

/* A person-week unplaced outweighs all else together, so a plan with less unplaced than the best
 * one has costs less than U times that weight, offset and all: none exists if the bound is no less.
 */
bool run_weight_settled(const run *r) {
    int128 all = (int128)r->m->unplaced_points * r->best_weight - r->m->offset;
    return r->best_weight <= r->least_weight ||
           ((r->proof.prices != NULL) && r->proof_bound >= all);
}

/* Points of the plan that are not for people unplaced: what a gap in percent is a share of. */
static double placed_points(const run *r) {
    double unplaced = (double)r->best_weight * (double)r->m->unplaced_points;
    return fmax(1, fabs((double)(r->best_cost + r->m->offset) - unplaced));
}

double run_enough(const run *r) {
    double percent = r->settings->gap_percent / 100 * placed_points(r);
    return fmax((double)r->settings->gap_points, percent);
}

double run_gap_percent(const run *r, int64_t bound) {
    assert(r->has_best);
    return 100 * ((double)r->best_cost - (double)bound) / placed_points(r);
}

bool run_optimal(const run *r) {
    return r->has_best && (r->proof.prices != NULL) && run_bound(r) >= r->best_cost;
}

bool run_good_enough(const run *r) {
    if (!r->has_best || r->proof.prices == NULL) return false;
    return run_optimal(r) || run_gap(r) <= r->settings->gap_points ||
           run_gap_percent(r, run_bound(r)) <= r->settings->gap_percent;
}
