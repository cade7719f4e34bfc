/* How a run begins: from the model and the settings, with nothing found or proved yet. */
#include "engine/run/run_build.h"

#include "base/clock.h"
#include "base/threads.h"

#include <assert.h>
#include <stdlib.h>

enum { STEPS_OF_WORK = 1000000 }; /* what the setting `work` counts in */

static int64_t work_limit(const plaats_settings *settings) {
    int64_t steps;
    return __builtin_mul_overflow(settings->work, STEPS_OF_WORK, &steps) ? INT64_MAX : steps;
}

/* Units without a choice are unplaced in every plan. */
static int64_t weight_without_options(const model *m) {
    int64_t weight = 0;
    for (int u = 0; u < m->n_units; u++)
        if (model_options(m, u).n == 0) weight += m->units[u].weight;
    return weight;
}

plaats_status run_build(run *r, const model *m, const plaats_settings *settings,
                        const run_reserve *reserve, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    double start = clock_seconds() - settings->spent_seconds;

    assert(settings->work >= 0 && settings->threads >= 0 && settings->time_limit > 0);
    *r = (run){.m = m,
               .settings = settings,
               .step = "construct",
               .first = m->unplaced_first,
               .start = start,
               .reserve = *reserve,
               .deadline = start + settings->time_limit - reserve->plan,
               .threads = settings->threads > 0 ? (int)settings->threads : threads_of_machine(),
               .work_limit = work_limit(settings),
               .solver_bound = INT64_MIN,
               .root_bound = INT64_MIN,
               .constructed_bound = INT64_MIN,
               .least_weight = weight_without_options(m),
               .proof = {.goal = GOAL_COST},
               .weight = {.goal = GOAL_WEIGHT},
               .rest = {.goal = GOAL_REST}};
    TRY(grid_build(m, &r->g, error));
    TRY_ALLOC(r->best = zero_alloc((size_t)m->n_units, sizeof *r->best));
done:
    return st;
}

void run_free(run *r) {
    grid_free(&r->g);
    free(r->best);
    free(r->proof.prices);
    free(r->weight.prices);
    free(r->rest.prices);
    proof_free(&r->evidence);
    *r = (run){0};
}
