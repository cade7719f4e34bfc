/* One instance solved, from its file to the file of its plan. */
#ifndef PLAATS_CLI_SOLVE_JOB_H
#define PLAATS_CLI_SOLVE_JOB_H

#include "changes.h"
#include "dump.h"
#include "files.h"

/* What is asked for, whatever the instance. */
typedef struct {
    plaats_settings settings;
    change_list changes;      /* made in every instance */
    const char *previous;     /* file; NULL for none */
    file_bytes previous_text; /* and what is in it */
    dump *dump;               /* where it goes; NULL: nowhere */
    int progress;             /* of progress.h */
    bool crowded;             /* others show their progress at the same time */
    bool strict;              /* EXIT_NO when the gap was not reached */
    double begin;             /* when its time began, in process_seconds */
} solve_job;

/* One of these. */
typedef struct {
    const char *file;                /* of the instance */
    const plaats_instance *instance; /* what is in it; NULL: to be read */
    const plaats_scenario *scenario; /* with changes of its own; NULL: none */
    const char *previous;            /* a file of its own, in place of that for all; NULL: none */
    const char *plan;                /* file; NULL for standard output */
} solve_task;

/* What came of it. */
typedef struct {
    bool written; /* the plan, of which `summary` tells */
    plaats_summary summary;
} solve_result;

/* Gives an exit status; everything has been said. */
int solve_to_file(const solve_job *job, const solve_task *task, solve_result *result);

#endif
