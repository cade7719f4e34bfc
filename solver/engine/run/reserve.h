/* Seconds of a time limit that are kept for what comes after the search. */
#ifndef PLAATS_ENGINE_RUN_RESERVE_H
#define PLAATS_ENGINE_RUN_RESERVE_H

/* All zero: none. */
typedef struct {
    double plan;      /* for a plan with a proof of one case */
    double several;   /* more, where there are several */
    double each_case; /* more for each of them */
} run_reserve;

#endif
