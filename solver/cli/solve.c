#include "cli.h"
#include "files.h"
#include "process.h"
#include "progress.h"
#include "summary.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    plaats_settings settings;
    reporter report;
    const char *plan;     /* file; NULL for standard output */
    const char *previous; /* file; NULL for none */
    int method, progress;
    bool strict;
} solve_options;

/* "0.5": percent; "100pt": points. */
static bool parse_gap(const char *text, void *target) {
    plaats_settings *settings = target;
    size_t length = strlen(text);
    char digits[24];
    if (length < 3 || strcmp(text + length - 2, "pt") != 0)
        return parse_number(text, &settings->gap_percent);
    if (length - 2 >= sizeof digits) return false;
    memcpy(digits, text, length - 2);
    digits[length - 2] = '\0';
    return parse_integer(digits, &settings->gap_points) && settings->gap_points >= 0;
}

static options_result read_options(solve_options *o, int argc, char **argv,
                                   const char *operands[OPTIONS_MAX_OPERANDS]) {
    const option options[] = {
        OPTION_OUTPUT(o->plan),
        {.name = "--time-limit",
         .argument = "SECONDS",
         .help = "end with the best plan so far after this long (60)",
         .kind = OPTION_NUMBER,
         .target = &o->settings.time_limit,
         .low = 0.001,
         .high = 1e9},
        {.name = "--gap",
         .argument = "PERCENT|Npt",
         .help = "0.5, 100pt: end when so close to the best possible (0)",
         .kind = OPTION_PARSED,
         .target = &o->settings,
         .parse = parse_gap},
        {.name = "--work",
         .argument = "N",
         .help = "end after so many million steps, on any machine the same (no limit)",
         .kind = OPTION_INTEGER,
         .target = &o->settings.work,
         .low = 1,
         .high = 1e12},
        {.name = "--threads",
         .argument = "N",
         .help = "how many may work at once (all); the plan is the same for any number",
         .kind = OPTION_INTEGER,
         .target = &o->settings.threads,
         .low = 1,
         .high = 1024},
        {.name = "--method",
         .argument = "auto|glpk",
         .help = "glpk: the whole program in one call of GLPK (auto)",
         .kind = OPTION_CHOICE,
         .target = &o->method},
        {.name = "--previous",
         .argument = "PLAN",
         .help = "start from this plan, of this week or of an earlier one",
         .kind = OPTION_TEXT,
         .target = &o->previous},
        {.name = "--keep",
         .argument = "POINTS",
         .help = "for each person placed elsewhere than in the previous plan (0)",
         .kind = OPTION_INTEGER,
         .target = &o->settings.keep_points,
         .low = 0,
         .high = 1e12},
        {.name = "--progress",
         .argument = PROGRESS_CHOICES,
         .help = "on standard error; auto: if it is a terminal",
         .kind = OPTION_CHOICE,
         .target = &o->progress},
        {.name = "--strict",
         .help = "exit with 1 if the gap was not reached; the plan is written",
         .kind = OPTION_FLAG,
         .target = &o->strict},
        OPTION_ERRORS(&o->report),
        {0},
    };
    const command_form form = {
        .command = "solve",
        .operands = "INSTANCE",
        .about = "Finds a plan, and prices that prove how good it is. The plan goes to standard\n"
                 "output, or to the file of -o with a summary on standard error.",
        .options = options,
    };
    return options_read(&form, argc, argv, operands);
}

static bool gap_was_reached(plaats_outcome outcome) {
    return outcome == PLAATS_OUTCOME_OPTIMAL || outcome == PLAATS_OUTCOME_WITHIN_GAP;
}

static int write_plan(solve_options *o, const plaats_plan *plan) {
    output out;
    plaats_summary summary;
    int status = output_open(&o->report, o->plan, &out);
    if (status != EXIT_DONE) return status;
    bool to_file = out.name != NULL;
    output_write(&out, plaats_plan_json(plan), plaats_plan_size(plan));
    status = output_commit(&o->report, &out);
    if (status != EXIT_DONE) return status;
    plaats_plan_summary(plan, &summary);
    if (to_file) print_summary(&summary, o->plan, o->settings.work > 0);
    if (summary.outcome == PLAATS_OUTCOME_STOPPED) return EXIT_STOPPED;
    return o->strict && !gap_was_reached(summary.outcome) ? EXIT_NO : EXIT_DONE;
}

static int solve_and_write(solve_options *o, const plaats_instance *instance,
                           const file_bytes *previous) {
    plaats_plan *plan = NULL;
    plaats_error error;
    reporter of_previous = {.form = o->report.form, .file = o->previous};
    progress_view view = progress_start(o->progress);
    o->settings.progress = progress_function(&view);
    o->settings.progress_context = &view;
    o->settings.previous = previous->bytes;
    o->settings.previous_size = previous->size;
    o->settings.previous_problem = report_problem;
    o->settings.previous_context = &of_previous;
    o->settings.spent_seconds = process_seconds();
    plaats_status solved = plaats_solve(instance, &o->settings, &plan, &error);
    process_finish();
    plaats_summary summary;
    if (solved == PLAATS_OK) plaats_plan_summary(plan, &summary);
    progress_end(&view, solved == PLAATS_OK ? &summary : NULL);
    int status = EXIT_INPUT; /* the problems of the previous plan have been told */
    if (of_previous.problems == 0)
        status = solved == PLAATS_OK ? write_plan(o, plan) : report_failure(&o->report, &error);
    plaats_plan_free(plan);
    return status;
}

/* The previous plan is read last: what is wrong with the instance is told first. */
static int read_and_solve(solve_options *o, const char *name) {
    plaats_instance *instance = NULL;
    file_bytes previous = {NULL, 0};
    int status = output_possible(&o->report, o->plan);
    if (status == EXIT_DONE) status = file_read_instance(&o->report, name, &instance);
    if (status == EXIT_DONE && o->previous != NULL)
        status = file_read(&o->report, o->previous, &previous);
    if (status == EXIT_DONE) status = solve_and_write(o, instance, &previous);
    free(previous.bytes);
    plaats_instance_free(instance);
    return status;
}

/* What the table of options cannot say. */
static options_result check_options(const solve_options *o, const char *instance) {
    const char *wrong = NULL;
    if (o->settings.keep_points > 0 && o->previous == NULL)
        wrong = "'--keep' needs a plan to keep to: '--previous'";
    else if (o->previous != NULL && strcmp(o->previous, "-") == 0 && strcmp(instance, "-") == 0)
        wrong = "only one of INSTANCE and '--previous' can be standard input";
    if (wrong == NULL) return OPTIONS_READY;
    fprintf(stderr, "plaats: %s\nsee 'plaats solve -h'\n", wrong);
    return OPTIONS_WRONG;
}

int command_solve(int argc, char **argv) {
    solve_options o = {.report.form = REPORT_TEXT};
    const char *operands[OPTIONS_MAX_OPERANDS] = {NULL};
    plaats_settings_default(&o.settings);
    options_result read = read_options(&o, argc, argv, operands);
    if (read == OPTIONS_READY) read = check_options(&o, operands[0]);
    if (read != OPTIONS_READY) return read == OPTIONS_HELPED ? EXIT_DONE : EXIT_USAGE;
    o.settings.method = o.method == 0 ? PLAATS_METHOD_AUTO : PLAATS_METHOD_GLPK;
    o.settings.stop = process_catch_signals();
    return read_and_solve(&o, operands[0]);
}
