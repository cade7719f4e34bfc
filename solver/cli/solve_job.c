#include "solve_job.h"
#include "cli.h"
#include "process.h"
#include "progress.h"
#include "summary.h"

static bool gap_was_reached(plaats_outcome outcome) {
    return outcome == PLAATS_OUTCOME_OPTIMAL || outcome == PLAATS_OUTCOME_WITHIN_GAP;
}

static int write_plan(const solve_job *job, const reporter *r, const plaats_plan *plan,
                      const char *file) {
    output out;
    plaats_summary summary;
    int status = output_open(r, file, &out);
    if (status != EXIT_DONE) return status;
    bool to_file = out.name != NULL;
    output_write(&out, plaats_plan_json(plan), plaats_plan_size(plan));
    status = output_commit(r, &out);
    if (status != EXIT_DONE) return status;
    plaats_plan_summary(plan, &summary);
    if (to_file) print_summary(&summary, file, job->settings.work > 0);
    if (summary.outcome == PLAATS_OUTCOME_STOPPED) return EXIT_STOPPED;
    return job->strict && !gap_was_reached(summary.outcome) ? EXIT_NO : EXIT_DONE;
}

static plaats_status solve_and_show(const solve_job *job, const plaats_instance *instance,
                                    reporter *of_previous, plaats_plan **plan,
                                    plaats_error *error) {
    progress_view view = progress_start(job->progress);
    plaats_settings settings = job->settings;
    plaats_summary summary;
    settings.progress = progress_function(&view);
    settings.progress_context = &view;
    settings.previous = job->previous_text.bytes;
    settings.previous_size = job->previous_text.size;
    settings.previous_problem = report_problem;
    settings.previous_context = of_previous;
    settings.spent_seconds = process_seconds() - job->begin;
    plaats_status status = plaats_solve(instance, &settings, plan, error);
    process_finish();
    if (status == PLAATS_OK) plaats_plan_summary(*plan, &summary);
    progress_end(&view, status == PLAATS_OK ? &summary : NULL);
    return status;
}

static int solve_and_write(const solve_job *job, reporter *r, const plaats_instance *instance,
                           const char *file) {
    plaats_plan *plan = NULL;
    plaats_error error;
    reporter of_previous = {.form = r->form, .file = job->previous};
    int status = EXIT_INPUT; /* when the problems of the previous plan have been told */
    if (solve_and_show(job, instance, &of_previous, &plan, &error) == PLAATS_OK)
        status = write_plan(job, r, plan, file);
    else if (of_previous.problems == 0)
        status = report_failure(r, &error);
    plaats_plan_free(plan);
    return status;
}

/* A scenario: what is read becomes what it is with the changes. */
static int change_instance(const solve_job *job, reporter *r, plaats_instance **instance) {
    plaats_instance *changed = NULL;
    plaats_error error;
    if (job->changes.n == 0) return EXIT_DONE;
    if (plaats_instance_change(*instance, job->changes.list, job->changes.n, report_problem, r,
                               &changed, &error) != PLAATS_OK)
        return report_failure(r, &error);
    plaats_instance_free(*instance);
    *instance = changed;
    return EXIT_DONE;
}

/* A previous plan that means nothing here is worth a word, or with --strict a refusal. */
static int check_previous(const solve_job *job, const plaats_instance *instance) {
    reporter r = {.form = job->report.form, .file = job->previous};
    plaats_previous_match match;
    plaats_error error, found = {.status = PLAATS_INPUT, .pointer = "/stays"};
    const char *what = NULL;
    if (job->previous == NULL) return EXIT_DONE;
    if (plaats_previous_review(instance, job->previous_text.bytes, job->previous_text.size,
                               report_problem, &r, &match, &error) != PLAATS_OK)
        return report_failure(&r, &error);
    if (match.known == 0)
        what = "no stay of the previous plan is known here: nothing of it is used";
    else if (match.planned == 0 && job->settings.keep_points > 0)
        what = "no stay of the previous plan is in a planned week: there is nothing to keep to";
    if (what == NULL) return EXIT_DONE;
    snprintf(found.message, sizeof found.message, "%s%s", job->strict ? "" : "warning: ", what);
    report_problem(&r, &found);
    return job->strict ? EXIT_INPUT : EXIT_DONE;
}

int solve_to_file(const solve_job *job, const char *instance_file, const char *plan_file) {
    plaats_instance *instance = NULL;
    reporter r = {.form = job->report.form};
    process_catch_signals();
    int status = output_possible(&r, plan_file);
    if (status == EXIT_DONE) status = file_read_instance(&r, instance_file, &instance);
    if (status == EXIT_DONE) status = change_instance(job, &r, &instance);
    if (status == EXIT_DONE) status = check_previous(job, instance);
    if (status == EXIT_DONE) status = solve_and_write(job, &r, instance, plan_file);
    plaats_instance_free(instance);
    return status;
}
