/* Several plans in one call: of several instances, or of several scenarios of one. */
#ifndef PLAATS_CLI_BATCH_H
#define PLAATS_CLI_BATCH_H

#include "solve_job.h"

typedef struct {
    solve_job *job;
    const char *folder;       /* of the plans */
    const char *scenarios;    /* file; NULL: one plan an instance */
    const char *previous_dir; /* folder with a previous plan of the name of each plan; NULL: none */
    double total_time;        /* seconds for all, from the start of the process; 0: no limit */
    int64_t jobs;             /* at a time */
} batch;

/* Solves them, and writes a line of JSON for each to standard output as it ends. Gives the worst
 * exit status. With scenarios there is one instance. */
int batch_solve(batch *b, const char *const *instances, int n_instances);

#endif
