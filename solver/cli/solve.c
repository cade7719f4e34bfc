#include "cli.h"
#include "files.h"
#include "process.h"
#include "progress.h"
#include "summary.h"
#include <string.h>

typedef struct {
    plaats_settings settings;
    reporter report;
    const char *plan; /* file; NULL for standard output */
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
        {.name = "--method",
         .argument = "auto|glpk",
         .help = "glpk: the whole program in one call of GLPK (auto)",
         .kind = OPTION_CHOICE,
         .target = &o->method},
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
    if (to_file) print_summary(&summary, o->plan);
    if (summary.outcome == PLAATS_OUTCOME_STOPPED) return EXIT_STOPPED;
    return o->strict && !gap_was_reached(summary.outcome) ? EXIT_NO : EXIT_DONE;
}

static int solve_and_write(solve_options *o, const plaats_instance *instance) {
    plaats_plan *plan = NULL;
    plaats_error error;
    progress_view view = progress_start(o->progress);
    o->settings.progress = progress_function(&view);
    o->settings.progress_context = &view;
    o->settings.spent_seconds = process_seconds();
    plaats_status solved = plaats_solve(instance, &o->settings, &plan, &error);
    progress_end(&view);
    int status = solved == PLAATS_OK ? write_plan(o, plan) : report_failure(&o->report, &error);
    plaats_plan_free(plan);
    return status;
}

int command_solve(int argc, char **argv) {
    solve_options o = {.report.form = REPORT_TEXT};
    const char *operands[OPTIONS_MAX_OPERANDS] = {NULL};
    plaats_instance *instance = NULL;
    plaats_settings_default(&o.settings);
    switch (read_options(&o, argc, argv, operands)) {
    case OPTIONS_HELPED:
        return EXIT_DONE;
    case OPTIONS_WRONG:
        return EXIT_USAGE;
    case OPTIONS_READY:
        break;
    }
    o.settings.method = o.method == 0 ? PLAATS_METHOD_AUTO : PLAATS_METHOD_GLPK;
    o.settings.stop = process_catch_signals();
    int status = output_possible(&o.report, o.plan);
    if (status == EXIT_DONE) status = file_read_instance(&o.report, operands[0], &instance);
    if (status == EXIT_DONE) status = solve_and_write(&o, instance);
    plaats_instance_free(instance);
    return status;
}
