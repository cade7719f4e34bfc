/* One run of the engine: what it was asked, what it has, when it must end. */
#ifndef PLAATS_ENGINE_RUN_RUN_H
#define PLAATS_ENGINE_RUN_RUN_H

#include "engine/lp/lp.h"
#include "engine/proof/proof.h"
#include "engine/run/reserve.h"

/* What makes a run end before it is done. Once set it stays: a clock that strikes while a run winds
 * up does not make it one that was ended by a clock. */
typedef enum { RUN_GOES_ON, RUN_OUT_OF_WORK, RUN_OUT_OF_TIME, RUN_STOPPED } run_end;

typedef struct {
    const model *m;
    const plaats_settings *settings;
    grid g;
    double start;    /* clock_seconds() at which the whole solve started */
    double deadline; /* when the engine must be done, with a proof of one case */
    run_reserve reserve;
    int n_cases; /* that the proof would have if the run ended now */
    double next_report;
    bool first; /* U is "first": the unplaced total outweighs all else */
    const char *step;
    int threads; /* how many may run at once; no plan may depend on it */

    /* Work done and allowed (0: no limit), in elementary steps: see run_spend. */
    int64_t work, work_limit;
    run_end end; /* what ended the run, once something did */

    choice *best; /* per unit */
    bool has_best;
    int64_t best_cost, best_weight; /* cost: less the offset, as all costs and bounds here; weight:
                                       persons unplaced times priority */

    /* The best prices so far for each goal (`prices` NULL: none yet) and what they prove. */
    model_prices proof, weight, rest;
    int64_t proof_bound, weight_bound, rest_bound;
    int64_t constructed_bound; /* what those of `proof` proved that the last construction was led
                                  by; INT64_MIN: none were */
    int64_t least_weight;      /* no plan leaves less weight unplaced, on whatever word */
    int64_t solver_bound;      /* above proof_bound where more is known than the proof says; else
                                  INT64_MIN */
    proof evidence;            /* what branch and cut proved; no cases: nothing yet */
    int64_t root_bound; /* proved in integers, and to be part of the evidence; else INT64_MIN */
    int64_t iterations;
} run;

/* Has the time or the work run out, or was a stop asked? Reports progress when it is due. */
bool run_over(run *r);
/* The same for prices, which leave some of the time to plans where they could use it up. */
bool run_prices_over(run *r);
/* Counts work, which does not depend on the machine: about one step for each option looked at and
 * for each number touched in a sum or a pivot (millions a second). What is counted, and when, must
 * not depend on clocks or threads: several threads add up theirs where they join. */
void run_spend(run *r, int64_t steps);
/* Work left, >= 1, for what is told beforehand how much it may do; 0: no limit. */
int64_t run_work_left(const run *r);
/* The same, for callbacks. */
bool run_over_callback(void *context);
double run_seconds_left(const run *r);
/* For linear programs: so many iterations, the run's time, and an end when it is over. */
lp_limits run_lp_limits(run *r, bool dual, int64_t most);
/* Says how many cases the proof would have if the run ended now: the more, the earlier it must. */
void run_expect_cases(run *r, int n_cases);
/* Is there time for a proof of so many? */
bool run_has_time_for(const run *r, int n_cases);
/* Takes over an assignment if it is better than the best so far, costs as much and leaves less
 * unplaced included; true if it was. */
bool run_offer(run *r, const choice *at, int64_t cost);
int64_t run_bound(const run *r);
/* How far the best plan's cost lies above it. */
int64_t run_gap(const run *r);
/* Notes that no plan costs less, on more than the proof's word. */
void run_raise_bound(run *r, int64_t bound);
/* Does the best plan leave as few unplaced as any plan can? Only asked with U "first". */
bool run_weight_settled(const run *r);
/* Is the best plan optimal, or as good as was asked for? */
bool run_good_enough(const run *r);
bool run_optimal(const run *r);
/* The gap in points that was asked for; 0: optimal. */
double run_enough(const run *r);
double run_gap_percent(const run *r, int64_t bound);

#endif
