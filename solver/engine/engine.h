/* The engine: from a model to an assignment, a bound and the prices that prove it. In a result
 * costs, bounds and prices are whole: the model's offset is in them. */
#ifndef PLAATS_ENGINE_ENGINE_H
#define PLAATS_ENGINE_ENGINE_H

#include "engine/proof.h"

typedef struct {
    int32_t *at;   /* per unit: model site, or NONE */
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

/* Seconds of the time limit that are kept for what comes after the search. All zero: none. */
typedef struct {
    double plan;      /* for a plan with a proof of one case */
    double several;   /* more, where there are several */
    double each_case; /* more for each of them */
} engine_reserve;

/* Runs until optimal, within the gap, or a limit. There is a feasible plan in the result whenever
 * the status is PLAATS_OK. */
plaats_status engine_solve(const model *m, const plaats_settings *settings,
                           const engine_reserve *reserve, engine_result *result,
                           plaats_error *error);
void engine_result_free(engine_result *result);

#endif
