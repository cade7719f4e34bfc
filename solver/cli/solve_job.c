#include "solve_job.h"
#include "cli.h"
#include "process.h"
#include "progress.h"
#include "summary.h"
#include <stdlib.h>
#include <string.h>

static bool gap_was_reached(plaats_outcome outcome) {
    return outcome == PLAATS_OUTCOME_OPTIMAL || outcome == PLAATS_OUTCOME_WITHIN_GAP;
}

static int write_plan(const solve_job *job, const reporter *r, const plaats_plan *plan,
                      const char *file, solve_result *result) {
    output out;
    int status = output_open(r, file, &out);
    if (status != EXIT_DONE) return status;
    bool to_file = out.name != NULL;
    output_write(&out, plaats_plan_json(plan), plaats_plan_size(plan));
    status = output_commit(r, &out);
    if (status != EXIT_DONE) return status;
    plaats_plan_summary(plan, &result->summary);
    result->written = true;
    if (to_file && !report_as.json && !report_as.quiet)
        print_summary(&result->summary, plaats_plan_unplaced_text(plan), file,
                      job->settings.work > 0);
    plaats_outcome outcome = result->summary.outcome;
    if (outcome == PLAATS_OUTCOME_STOPPED) return EXIT_STOPPED;
    return job->strict && !gap_was_reached(outcome) ? EXIT_NO : EXIT_DONE;
}

static plaats_status solve_and_show(const solve_job *job, const reporter *r,
                                    const plaats_instance *instance, const file_bytes *previous,
                                    reporter *of_previous, plaats_plan **plan,
                                    plaats_error *error) {
    progress_view view = progress_start(job->progress, r->file, r->scenario, job->crowded);
    plaats_settings settings = job->settings;
    plaats_summary summary;
    settings.progress = progress_function(&view);
    settings.progress_context = &view;
    settings.previous = previous->bytes;
    settings.previous_size = previous->size;
    if (previous->bytes == NULL) settings.keep_points = 0;
    settings.previous_problem = report_problem;
    settings.previous_context = of_previous;
    settings.dump = job->dump == NULL ? NULL : dump_write;
    settings.dump_context = job->dump;
    settings.spent_seconds = process_seconds() - job->begin;
    plaats_status status = plaats_solve(instance, &settings, plan, error);
    process_finish();
    if (status == PLAATS_OK) plaats_plan_summary(*plan, &summary);
    progress_end(&view, status == PLAATS_OK ? &summary : NULL);
    return status;
}

/* A previous plan that means nothing here is worth a word, or with --strict a refusal. */
static int check_previous(const solve_job *job, reporter *r, const plaats_instance *instance,
                          const file_bytes *previous) {
    plaats_previous_match match;
    plaats_error error, found = {.status = PLAATS_INPUT, .pointer = "/stays"};
    const char *what = NULL;
    if (previous->bytes == NULL) return EXIT_DONE;
    if (plaats_previous_review(instance, previous->bytes, previous->size, report_problem, r, &match,
                               &error) != PLAATS_OK)
        return report_failure(r, &error);
    if (match.known == 0)
        what = "no stay of the previous plan is known here: nothing of it is used";
    else if (match.planned == 0 && job->settings.keep_points > 0)
        what = "no stay of the previous plan is in a planned week: there is nothing to keep to";
    if (what == NULL) return EXIT_DONE;
    if (!job->strict) {
        report_warning(r, "%s", what);
        return EXIT_DONE;
    }
    snprintf(found.message, sizeof found.message, "%s", what);
    report_problem(r, &found);
    return EXIT_INPUT;
}

static int solve_and_write(const solve_job *job, reporter *r, const plaats_instance *instance,
                           const char *previous_file, const file_bytes *previous, const char *file,
                           solve_result *result) {
    plaats_plan *plan = NULL;
    plaats_error error;
    reporter of_previous = {.file = previous_file, .scenario = r->scenario};
    int status = check_previous(job, &of_previous, instance, previous);
    if (status != EXIT_DONE) return status;
    status = EXIT_INPUT; /* when the problems of the previous plan have been told */
    if (solve_and_show(job, r, instance, previous, &of_previous, &plan, &error) == PLAATS_OK)
        status = write_plan(job, r, plan, file, result);
    else if (job->dump != NULL && job->dump->status != EXIT_DONE)
        status = job->dump->status;
    else if (of_previous.problems == 0)
        status = report_failure(r, &error);
    plaats_plan_free(plan);
    return status;
}

/* With a previous plan of its own, or that for all. */
static int solve_after(const solve_job *job, const solve_task *task, reporter *r,
                       const plaats_instance *instance, solve_result *result) {
    file_bytes own = {NULL, 0};
    if (task->previous == NULL) {
        if (job->settings.keep_points > 0 && job->previous == NULL)
            report_warning(r, "there is no previous plan for it, so nothing is kept to");
        return solve_and_write(job, r, instance, job->previous, &job->previous_text, task->plan,
                               result);
    }
    int status = file_read(r, task->previous, &own);
    if (status == EXIT_DONE)
        status = solve_and_write(job, r, instance, task->previous, &own, task->plan, result);
    free(own.bytes);
    return status;
}

/* The changes for all, then those of the scenario; `changed` stays NULL where there are none. */
static int change_instance(const solve_job *job, const solve_task *task, reporter *r,
                           const plaats_instance *instance, plaats_instance **changed) {
    size_t shared = job->changes.n, own = task->scenario == NULL ? 0 : task->scenario->n_changes;
    plaats_error error;
    int status = EXIT_DONE;
    if (shared + own == 0) return EXIT_DONE;
    plaats_change *all = calloc(shared + own, sizeof *all);
    if (all == NULL) return report_memory(r);
    if (shared > 0) memcpy(all, job->changes.list, shared * sizeof *all);
    if (own > 0) memcpy(all + shared, task->scenario->changes, own * sizeof *all);
    if (plaats_instance_change(instance, all, shared + own, report_problem, r, changed, &error) !=
        PLAATS_OK)
        status = report_failure(r, &error);
    free(all);
    return status;
}

int solve_to_file(const solve_job *job, const solve_task *task, solve_result *result) {
    plaats_instance *read = NULL, *changed = NULL;
    reporter r = {.file = task->file,
                  .scenario = task->scenario == NULL ? NULL : task->scenario->name};
    process_catch_signals();
    int status = output_possible(&r, task->plan);
    if (status == EXIT_DONE && task->instance == NULL)
        status = file_read_instance(&r, task->file, &read);
    const plaats_instance *instance = task->instance == NULL ? read : task->instance;
    if (status == EXIT_DONE) status = change_instance(job, task, &r, instance, &changed);
    if (changed != NULL) {
        plaats_instance_free(read);
        read = NULL;
        instance = changed;
    }
    if (status == EXIT_DONE) status = solve_after(job, task, &r, instance, result);
    plaats_instance_free(changed);
    plaats_instance_free(read);
    return status;
}
