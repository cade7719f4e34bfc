/* One instance solved, from its file to the file of its plan. */
#ifndef PLAATS_CLI_SOLVE_JOB_H
#define PLAATS_CLI_SOLVE_JOB_H

#include "changes.h"
#include "files.h"

/* What is asked for, whatever the instance. */
typedef struct {
    plaats_settings settings;
    reporter report;
    change_list changes;      /* made in every instance */
    const char *previous;     /* file; NULL for none */
    file_bytes previous_text; /* and what is in it */
    int progress;             /* of progress.h */
    bool strict;              /* EXIT_NO when the gap was not reached */
    double begin;             /* when its time began, in process_seconds */
} solve_job;

/* `plan`: NULL for standard output. Gives an exit status; everything has been said. */
int solve_to_file(const solve_job *job, const char *instance, const char *plan);

#endif
