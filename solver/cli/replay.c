/* A solve that was written down, run again. */
#include "cli.h"
#include "dump.h"
#include "process.h"
#include "progress.h"
#include "solve_job.h"
#include <stdlib.h>
#include <string.h>

static int read_options(const dump *d, plaats_options **out) {
    reporter r = {.file = d->files[DUMP_OPTIONS]};
    plaats_error error;
    file_bytes text;
    int status = file_read(&r, r.file, &text);
    if (status != EXIT_DONE) return status;
    if (plaats_options_read(text.bytes, text.size, report_problem, &r, out, &error) != PLAATS_OK)
        status = report_failure(&r, &error);
    else if (strcmp((*out)->version, plaats_version()) != 0)
        report_warning(&r, "it is of version %s, this is %s: the plan may be another one",
                       (*out)->version, plaats_version());
    free(text.bytes);
    return status;
}

static int solve_again(const dump *d, const plaats_options *o, int progress, const char *plan) {
    int status = EXIT_DONE;
    reporter r = {0};
    solve_result result = {0};
    solve_job job = {.settings = o->settings, .progress = progress};
    solve_task task = {.file = d->files[DUMP_INSTANCE], .plan = plan};
    job.changes = (change_list){o->n_changes, (plaats_change *)o->changes};
    job.settings.stop = process_catch_signals();
    if (o->has_previous) {
        job.previous = d->files[DUMP_PREVIOUS];
        status = file_read(&r, job.previous, &job.previous_text);
    }
    if (status == EXIT_DONE) status = solve_to_file(&job, &task, &result);
    free(job.previous_text.bytes);
    return status;
}

static int replay(const char *folder, int progress, const char *plan) {
    reporter r = {0};
    dump d = {0};
    plaats_options *options = NULL;
    int status = dump_name(&r, folder, &d);
    if (status == EXIT_DONE)
        status = output_apart(&r, "replay", plan, (const char *const *)d.files, DUMP_FILES);
    if (status == EXIT_DONE) status = read_options(&d, &options);
    if (status == EXIT_DONE) status = solve_again(&d, options, progress, plan);
    plaats_options_free(options);
    dump_free(&d);
    return status;
}

int command_replay(int argc, char **argv) {
    int progress = PROGRESS_AUTO;
    const char *plan = NULL;
    const option options[] = {
        OPTION_OUTPUT(plan),
        {.name = "--progress",
         .argument = PROGRESS_CHOICES,
         .help = "on standard error; auto: if it is a terminal",
         .kind = OPTION_CHOICE,
         .target = &progress},
        OPTIONS_REPORT,
        {0},
    };
    const command_form form = {
        .command = "replay",
        .operands = "FOLDER",
        .about =
            "Runs a solve again from the folder of its --dump, with the same options. Unless a\n"
            "clock or a signal ended either of them, the plan is the same but for 'solver'.",
        .options = options,
    };
    const char *operands[OPTIONS_MAX_OPERANDS] = {NULL};
    options_result read = options_read(&form, argc, argv, operands);
    if (read != OPTIONS_READY) return read == OPTIONS_HELPED ? EXIT_DONE : EXIT_USAGE;
    return replay(operands[0], progress, plan);
}
