#include "cli.h"
#include "folder.h"
#include "process.h"
#include "progress.h"
#include "solve_job.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    solve_job job;
    const char *plan;   /* file; NULL for standard output */
    const char *folder; /* for one file per instance; NULL: not asked for */
    int method, n_instances;
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

static options_result read_options(solve_options *o, int argc, char **argv, const char **operands) {
    const option options[] = {
        OPTION_OUTPUT(o->plan),
        {.name = "--time-limit",
         .argument = "SECONDS",
         .help = "end with the best plan so far after this long (60)",
         .kind = OPTION_NUMBER,
         .target = &o->job.settings.time_limit,
         .low = 0.001,
         .high = 1e9},
        {.name = "--gap",
         .argument = "PERCENT|Npt",
         .help = "0.5, 100pt: end when so close to the best possible (0)",
         .kind = OPTION_PARSED,
         .target = &o->job.settings,
         .parse = parse_gap},
        {.name = "--work",
         .argument = "N",
         .help = "end after so many million steps, on any machine the same (no limit)",
         .kind = OPTION_INTEGER,
         .target = &o->job.settings.work,
         .low = 1,
         .high = 1e12},
        {.name = "--threads",
         .argument = "N",
         .help = "how many may work at once (all); the plan is the same for any number",
         .kind = OPTION_INTEGER,
         .target = &o->job.settings.threads,
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
         .target = &o->job.previous},
        {.name = "--keep",
         .argument = "POINTS",
         .help = "for each person placed elsewhere than in the previous plan (0)",
         .kind = OPTION_INTEGER,
         .target = &o->job.settings.keep_points,
         .low = 0,
         .high = 1e12},
        {.name = "--set",
         .argument = "/POINTER=JSON",
         .help = "a scenario: with this value changed, /sites/@azc/beds=40",
         .kind = OPTION_PARSED,
         .target = &o->job.changes,
         .parse = changes_set},
        {.name = "--unset",
         .argument = "/POINTER",
         .help = "the same with what is there removed",
         .kind = OPTION_PARSED,
         .target = &o->job.changes,
         .parse = changes_unset},
        {.name = "--out-dir",
         .argument = "FOLDER",
         .help = "each plan in a file there, named as its instance",
         .kind = OPTION_TEXT,
         .target = &o->folder},
        {.name = "--progress",
         .argument = PROGRESS_CHOICES,
         .help = "on standard error; auto: if it is a terminal",
         .kind = OPTION_CHOICE,
         .target = &o->job.progress},
        {.name = "--strict",
         .help = "exit with 1 if the gap was not reached; the plan is written",
         .kind = OPTION_FLAG,
         .target = &o->job.strict},
        OPTION_ERRORS(&o->job.report),
        {0},
    };
    const command_form form = {
        .command = "solve",
        .operands = "INSTANCE...",
        .about =
            "Finds a plan, and prices that prove how good it is. The plan goes to standard\n"
            "output, or to the file of -o with a summary on standard error. Several instances\n"
            "are solved one by one, each within the limits, to files in --out-dir.",
        .options = options,
    };
    return options_read(&form, argc, argv, operands);
}

/* What the table of options cannot say. */
static const char *find_fault(const solve_options *o, const char *const *instances) {
    bool reads_input = false;
    for (int i = 0; i < o->n_instances; i++)
        reads_input = reads_input || strcmp(instances[i], "-") == 0;
    if (o->job.settings.keep_points > 0 && o->job.previous == NULL)
        return "'--keep' needs a plan to keep to: '--previous'";
    if (reads_input && o->job.previous != NULL && strcmp(o->job.previous, "-") == 0)
        return "only one of INSTANCE and '--previous' can be standard input";
    if (o->n_instances > 1 && o->folder == NULL)
        return "several instances need a folder for their plans: '--out-dir'";
    if (o->folder != NULL && o->plan != NULL) return "'-o' and '--out-dir' exclude each other";
    if (o->folder != NULL && reads_input)
        return "standard input has no name for a plan in '--out-dir'";
    return NULL;
}

static options_result check_options(const solve_options *o, const char *const *instances) {
    const char *fault = find_fault(o, instances);
    if (fault == NULL) return OPTIONS_READY;
    report_usage("solve", "%s", fault);
    return OPTIONS_WRONG;
}

/* The worst of two exit statuses, when several instances are solved. */
static int worse(int a, int b) {
    static const int by_weight[] = {EXIT_DONE, EXIT_NO, EXIT_STOPPED, EXIT_INPUT, EXIT_FAULT};
    int worst = EXIT_DONE;
    for (size_t i = 0; i < sizeof by_weight / sizeof *by_weight; i++)
        if (a == by_weight[i] || b == by_weight[i]) worst = by_weight[i];
    return worst;
}

static int solve_to_folder(solve_options *o, const char *instance) {
    char *plan = folder_file(o->folder, instance);
    int status =
        plan == NULL ? report_memory(&o->job.report) : solve_to_file(&o->job, instance, plan);
    free(plan);
    return status;
}

/* A signal ends the instance at hand and those after it. */
static int solve_all(solve_options *o, const char *const *instances) {
    int status = folder_prepare(&o->job.report, o->folder);
    if (status != EXIT_DONE) return status;
    for (int i = 0; i < o->n_instances && !process_is_stopped(); i++) {
        if (i > 0) o->job.begin = process_seconds();
        status = worse(status, solve_to_folder(o, instances[i]));
    }
    return process_is_stopped() ? worse(status, EXIT_STOPPED) : status;
}

/* `read`: the instances, with room for one more. */
static int check_files(const solve_options *o, const char **read) {
    size_t n = (size_t)o->n_instances + 1;
    read[o->n_instances] = o->job.previous;
    int status = o->folder == NULL
                     ? output_apart(&o->job.report, "solve", o->plan, read, n)
                     : folder_apart(&o->job.report, o->folder, read, o->n_instances, read, n);
    read[o->n_instances] = NULL;
    return status;
}

static int solve_as_asked(solve_options *o, const char *const *instances) {
    int status = EXIT_DONE;
    o->job.settings.method = o->method == 0 ? PLAATS_METHOD_AUTO : PLAATS_METHOD_GLPK;
    o->job.settings.stop = process_catch_signals();
    if (o->job.previous != NULL)
        status = file_read(&o->job.report, o->job.previous, &o->job.previous_text);
    if (status == EXIT_DONE)
        status = o->folder == NULL ? solve_to_file(&o->job, instances[0], o->plan)
                                   : solve_all(o, instances);
    free(o->job.previous_text.bytes);
    return status;
}

int command_solve(int argc, char **argv) {
    solve_options o = {.job.report.form = REPORT_TEXT};
    const char **instances = calloc((size_t)argc + 1, sizeof *instances);
    if (instances == NULL) return report_memory(&o.job.report);
    plaats_settings_default(&o.job.settings);
    options_result read = read_options(&o, argc, argv, instances);
    while (instances[o.n_instances] != NULL) o.n_instances++;
    if (read == OPTIONS_READY) read = check_options(&o, instances);
    int status = read == OPTIONS_HELPED ? EXIT_DONE : EXIT_USAGE;
    if (read == OPTIONS_READY) status = check_files(&o, instances);
    if (read == OPTIONS_READY && status == EXIT_DONE) status = solve_as_asked(&o, instances);
    changes_free(&o.job.changes);
    free(instances);
    return status;
}
