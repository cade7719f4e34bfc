/* The engine: from a model to an assignment, a bound and the prices that prove it. In a result
 * costs, bounds and prices are whole: the model's offset is in them. */
#ifndef PLAATS_ENGINE_ENGINE_H
#define PLAATS_ENGINE_ENGINE_H

#include "engine/layout/choice.h"
#include "engine/proof/proof.h"
#include "engine/run/reserve.h"

typedef struct {
    choice *at;    /* per unit */
    int64_t cost;  /* exact */
    int64_t bound; /* max of proof.bound and the solver's word; = cost when optimal */
    proof proof;   /* at least one case; scale 1..2^31-1 */
    plaats_outcome outcome;
    const char *method; /* "auto" or "glpk": as written in the plan */
    int64_t iterations; /* rounds of improvement */
    int64_t work;       /* steps, see run.h */
    int threads;        /* that it could use */
    double seconds;     /* in the engine */
} engine_result;

/* Runs until optimal, within the gap, or a limit. There is a feasible plan in the result whenever
 * the status is PLAATS_OK. */
plaats_status engine_solve(const model *m, const plaats_settings *settings,
                           const run_reserve *reserve, engine_result *result, plaats_error *error);
void engine_result_free(engine_result *result);

#endif
