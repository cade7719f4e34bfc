/* What is said on standard error: problems of documents with their place, and failures. */
#ifndef PLAATS_CLI_REPORT_H
#define PLAATS_CLI_REPORT_H

#include "options.h"
#include "plaats.h"
#include <stdbool.h>
#include <stdio.h>

enum { REPORT_TEXT, REPORT_JSON };

/* How, and about which file. */
typedef struct {
    int form;         /* REPORT_TEXT or REPORT_JSON: the choice of --errors */
    const char *file; /* as the user named it; "-" for standard input */
    long problems;    /* said so far */
} reporter;

#define OPTION_ERRORS(reporter)                                                                    \
    {                                                                                              \
        .name = "--errors", .argument = "text|json",                                               \
        .help = "how problems are told on standard error (text)", .kind = OPTION_CHOICE,           \
        .target = &(reporter)->form                                                                \
    }

/* One line: `plaats: FILE:LINE:COLUMN: /json/pointer: problem`, or a JSON object with these.
 * A plaats_problem_fn; the context is a reporter. */
void report_problem(void *reporter, const plaats_error *problem);

/* Says why a call failed, unless its problems were said already, and gives the exit status. */
int report_failure(reporter *r, const plaats_error *error);

/* "could not read 'plan.json': no such file or directory", from errno; gives EXIT_FAULT.
 * `what` is "read" or "write". */
int report_io(const reporter *r, const char *what, const char *file, int error_number);

/* Says that memory ran out; gives EXIT_FAULT. */
int report_memory(const reporter *r);

/* Says that the program was used wrongly, and where to read how it is used; gives EXIT_USAGE.
 * `command`: NULL for the program as a whole. */
int report_usage(const char *command, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A text that somebody else wrote, made fit to be shown. */
void print_text(FILE *to, const char *text);

/* A JSON string with its quotes, valid whatever the bytes of the text. */
void print_json_string(FILE *to, const char *text);

#endif
