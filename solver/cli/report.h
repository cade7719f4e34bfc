/* What is said on standard error: problems of documents with their place, failures, wrong usage and
 * warnings. People get sentences; where a JSON form was asked for, every line is an object. */
#ifndef PLAATS_CLI_REPORT_H
#define PLAATS_CLI_REPORT_H

#include "options.h"
#include "plaats.h"
#include <stdbool.h>
#include <stdio.h>

/* Standard error belongs to the whole process, and so does how it is spoken to. */
typedef struct {
    bool json;  /* every line a JSON object */
    bool quiet; /* errors only: no summary, no progress, no warning */
    int errors; /* the choice of --errors, which `json` has heard of already */
} report_manner;

extern report_manner report_as;

/* First thing in main: what is wrong with the options themselves is said as they ask, too. */
void report_begin(int argc, char **argv);

/* About which file, and which scenario. */
typedef struct {
    const char *file;     /* as the user named it; "-" for standard input */
    const char *scenario; /* its name; NULL: none */
    long problems;        /* said so far */
} reporter;

/* Two options that every command has. */
#define OPTIONS_REPORT                                                                             \
    {.name = "--errors",                                                                           \
     .argument = "text|json",                                                                      \
     .help = "how problems are told on standard error (text)",                                     \
     .kind = OPTION_CHOICE,                                                                        \
     .target = &report_as.errors},                                                                 \
    {                                                                                              \
        .name = "--quiet", .help = "errors only on standard error", .kind = OPTION_FLAG,           \
        .target = &report_as.quiet                                                                 \
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

/* Wrong usage of a command (NULL: of the program), and where to read more; gives EXIT_USAGE. */
int report_usage(const char *command, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* What went on all the same. */
void report_warning(const reporter *r, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The first that was said to be wrong since report_forget, or since the start; NULL: nothing. */
const char *report_first(void);
void report_forget(void);

/* `,"KEY":` with a string behind it, or null. */
void print_json_member(FILE *to, const char *key, const char *text);
/* A problem of a document as an object, with the members that `--errors json` has. */
void print_json_problem(FILE *to, const reporter *r, const plaats_error *problem);
/* A text that somebody else wrote, made fit to be shown. */
void print_text(FILE *to, const char *text);
/* A JSON string with its quotes, valid whatever the bytes of the text. */
void print_json_string(FILE *to, const char *text);

#endif
