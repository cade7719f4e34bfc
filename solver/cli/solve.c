#include "batch.h"
#include "cli.h"
#include "process.h"
#include "progress.h"
#include <stdlib.h>
#include <string.h>

typedef struct {
    solve_job job;
    batch batch;
    const char *plan; /* file; NULL for standard output */
    dump dump;
    const char *decisions; /* not in this version */
    int n_instances;
} solve_options;

/* "0.5": percent; "100pt": points. */
static bool parse_gap(const char *text, void *settings) {
    size_t length = strlen(text);
    char digits[24];
    if (length < 3 || strcmp(text + length - 2, "pt") != 0)
        return plaats_settings_set(settings, "gap_percent", text, NULL) == PLAATS_OK;
    if (length - 2 >= sizeof digits) return false;
    memcpy(digits, text, length - 2);
    digits[length - 2] = '\0';
    return plaats_settings_set(settings, "gap_points", digits, NULL) == PLAATS_OK;
}

/* An option that sets what the library calls so. */
#define OPTION_OF(of_settings, option_name, value, of_row)                                         \
    {                                                                                              \
        .name = (option_name), .argument = (value), .kind = OPTION_SETTING,                        \
        .target = (of_settings), .setting = (of_row)                                               \
    }

static options_result read_options(solve_options *o, int argc, char **argv, const char **operands) {
    const option options[] = {
        OPTION_OUTPUT(o->plan),
        OPTION_OF(&o->job.settings, "--time-limit", "SECONDS", "time_limit"),
        {.name = "--gap",
         .argument = "PERCENT|Npt",
         .help = "0.5, 100pt: end when so close to the best possible",
         .kind = OPTION_PARSED,
         .target = &o->job.settings,
         .setting = "gap_percent",
         .parse = parse_gap},
        OPTION_OF(&o->job.settings, "--work", "N", "work"),
        OPTION_OF(&o->job.settings, "--threads", "N", "threads"),
        OPTION_OF(&o->job.settings, "--method", "auto|glpk", "method"),
        {.name = "--previous",
         .argument = "PLAN",
         .help = "start from this plan, of this week or of an earlier one",
         .kind = OPTION_TEXT,
         .target = &o->job.previous},
        OPTION_OF(&o->job.settings, "--keep", "POINTS", "keep_points"),
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
        {.name = "--decisions",
         .argument = "FILE",
         .help = "places accepted and rejected: not in this version",
         .kind = OPTION_TEXT,
         .target = &o->decisions},
        {.name = "--out-dir",
         .argument = "FOLDER",
         .help = "each plan in a file there, named as its instance",
         .kind = OPTION_TEXT,
         .target = &o->batch.folder},
        {.name = "--scenario",
         .argument = "FILE",
         .help = "with --out-dir: a plan for each line of it, {name, changes, previous?}",
         .kind = OPTION_TEXT,
         .target = &o->batch.scenarios},
        {.name = "--previous-dir",
         .argument = "FOLDER",
         .help = "with --out-dir: start from the plan there of the same name",
         .kind = OPTION_TEXT,
         .target = &o->batch.previous_dir},
        {.name = "--decisions-dir",
         .argument = "FOLDER",
         .help = "with --out-dir: not in this version",
         .kind = OPTION_TEXT,
         .target = &o->decisions},
        {.name = "--total-time",
         .argument = "SECONDS",
         .help = "with --out-dir: for all of them together (no limit)",
         .kind = OPTION_NUMBER,
         .target = &o->batch.total_time,
         .low = 0.001,
         .high = 1e9},
        {.name = "--jobs",
         .argument = "N",
         .help = "with --out-dir: so many at a time (1)",
         .kind = OPTION_INTEGER,
         .target = &o->batch.jobs,
         .low = 1,
         .high = 1024},
        {.name = "--dump",
         .argument = "FOLDER",
         .help = "all that 'plaats replay' needs to run this again goes there",
         .kind = OPTION_TEXT,
         .target = &o->dump.folder},
        {.name = "--progress",
         .argument = PROGRESS_CHOICES,
         .help = "on standard error; auto: if it is a terminal",
         .kind = OPTION_CHOICE,
         .target = &o->job.progress},
        {.name = "--strict",
         .help = "exit with 1 if the gap was not reached; the plan is written",
         .kind = OPTION_FLAG,
         .target = &o->job.strict},
        OPTIONS_REPORT,
        {0},
    };
    const command_form form = {
        .command = "solve",
        .operands = "INSTANCE...",
        .about = "Finds a plan, and prices that prove how good it is. The plan goes to standard\n"
                 "output, or to the file of -o with a summary on standard error. With --out-dir\n"
                 "several instances, or several scenarios of one, are solved in one call, each\n"
                 "within the limits, to files there; standard output gets a line of JSON for each.",
        .options = options,
    };
    return options_read(&form, argc, argv, operands);
}

static bool is_dash(const char *name) {
    return name != NULL && strcmp(name, "-") == 0;
}

static const char *find_fault_of_batch(const solve_options *o, bool reads_input) {
    const batch *b = &o->batch;
    if (b->folder != NULL && o->dump.folder != NULL)
        return "'--dump' is of one plan, and '--out-dir' excludes it";
    if (b->folder == NULL) {
        if (o->n_instances > 1)
            return "several instances need a folder for their plans: '--out-dir'";
        if (b->scenarios != NULL) return "scenarios need a folder for their plans: '--out-dir'";
        if (b->previous_dir != NULL) return "'--previous-dir' needs '--out-dir'";
        if (b->total_time > 0) return "'--total-time' needs '--out-dir'";
        if (b->jobs > 0) return "'--jobs' needs '--out-dir'";
        return NULL;
    }
    if (o->plan != NULL) return "'-o' and '--out-dir' exclude each other";
    if (b->previous_dir != NULL && o->job.previous != NULL)
        return "'--previous' and '--previous-dir' exclude each other";
    if (b->scenarios != NULL && o->n_instances > 1)
        return "scenarios are of one instance, found several";
    if (b->scenarios == NULL && reads_input)
        return "standard input has no name for a plan in '--out-dir'";
    return NULL;
}

/* What the table of options cannot say. */
static const char *find_fault(const solve_options *o, const char *const *instances) {
    const batch *b = &o->batch;
    bool reads_input = false;
    for (int i = 0; i < o->n_instances; i++) reads_input = reads_input || is_dash(instances[i]);
    if (o->decisions != NULL)
        return "this version takes no decisions: '--decisions' and '--decisions-dir' are to come";
    if (o->job.settings.keep_points > 0 && o->job.previous == NULL && b->previous_dir == NULL &&
        b->scenarios == NULL)
        return "'--keep' needs a plan to keep to: '--previous'";
    if (reads_input + is_dash(o->job.previous) + is_dash(b->scenarios) > 1)
        return b->scenarios == NULL
                   ? "only one of INSTANCE and '--previous' can be standard input"
                   : "only one of INSTANCE, '--previous' and '--scenario' can be standard input";
    return find_fault_of_batch(o, reads_input);
}

static options_result check_options(const solve_options *o, const char *const *instances) {
    const char *fault = find_fault(o, instances);
    if (fault == NULL) return OPTIONS_READY;
    report_usage("solve", "%s", fault);
    return OPTIONS_WRONG;
}

/* In a batch they are looked at when the names of all plans are known. */
static int check_files(solve_options *o, const char *const *instances) {
    const char *read[] = {instances[0], o->job.previous}, *written[1 + DUMP_FILES] = {o->plan};
    reporter r = {0};
    if (o->batch.folder != NULL) return EXIT_DONE;
    int status = dump_name(&r, o->dump.folder, &o->dump);
    for (int i = 0; i < DUMP_FILES; i++) written[1 + i] = o->dump.files[i];
    if (status == EXIT_DONE) status = files_apart(&r, "solve", read, 2, written, 1 + DUMP_FILES);
    return status == EXIT_DONE ? dump_prepare(&o->dump) : status;
}

static int solve_as_asked(solve_options *o, const char *const *instances) {
    int status = EXIT_DONE;
    reporter r = {0};
    solve_result result = {0};
    o->job.settings.stop = process_catch_signals();
    if (o->dump.folder != NULL) o->job.dump = &o->dump;
    if (o->job.previous != NULL) status = file_read(&r, o->job.previous, &o->job.previous_text);
    if (status == EXIT_DONE && o->batch.folder == NULL) {
        solve_task task = {.file = instances[0], .plan = o->plan};
        status = solve_to_file(&o->job, &task, &result);
    } else if (status == EXIT_DONE) {
        if (o->batch.jobs == 0) o->batch.jobs = 1;
        o->batch.job = &o->job;
        status = batch_solve(&o->batch, instances, o->n_instances);
    }
    free(o->job.previous_text.bytes);
    return status;
}

int command_solve(int argc, char **argv) {
    solve_options o = {0};
    const char **instances = calloc((size_t)argc + 1, sizeof *instances);
    if (instances == NULL) return report_memory(&(reporter){0});
    plaats_settings_default(&o.job.settings);
    options_result read = read_options(&o, argc, argv, instances);
    while (instances[o.n_instances] != NULL) o.n_instances++;
    if (read == OPTIONS_READY) read = check_options(&o, instances);
    int status = read == OPTIONS_HELPED ? EXIT_DONE : EXIT_USAGE;
    if (read == OPTIONS_READY) status = check_files(&o, instances);
    if (read == OPTIONS_READY && status == EXIT_DONE) status = solve_as_asked(&o, instances);
    changes_free(&o.job.changes);
    dump_free(&o.dump);
    free(instances);
    return status;
}
