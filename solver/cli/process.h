/* The process: when it began, and the signals that end it. */
#ifndef PLAATS_CLI_PROCESS_H
#define PLAATS_CLI_PROCESS_H

/* First thing in main: starts the clock. A broken pipe and a file that may not grow any more become
 * errors of the write, and a signal that asks for an end (INT, TERM, HUP, XCPU) takes the
 * unfinished output file with it. */
void process_begin(void);

/* Since process_begin. */
double process_seconds(void);

/* From now on those signals only set the flag that is given back: however often one is sent,
 * what has been found is not lost. */
const volatile int *process_catch_signals(void);
/* The same, but no write is cut short: the answer is being written. */
void process_finish(void);
/* Whether that flag is set. */
int process_is_stopped(void);

/* The file to remove when a signal ends the process; NULL for none. The text must live on. */
void process_set_unfinished(const char *path);

#endif
