/* The life of a solve. */
#include "api/dump.h"
#include "api/reserve.h"
#include "api/settings.h"
#include "base/clock.h"
#include "check/check_threads.h"
#include "plan/plan.h"
#include "plan/previous.h"
#include "plan/review.h"
#include "plan/write.h"

#include <stdlib.h>
#include <string.h>

static int keep_report(void *context, const char *bytes, size_t size) {
    buffer *report = context;
    buffer_add(report, bytes, size);
    return report->failed ? 1 : 0;
}

static void keep_problem(void *context, const plaats_error *problem) {
    buffer *report = context;
    buffer_format(report, "%s\n", problem->message);
}

/* The report has a line for each violation, after its figures; they begin with a JSON pointer. */
static const char *first_violation(const buffer *report) {
    if (report->bytes == NULL) return "it gave no reason";
    const char *line = strstr(report->bytes, "\n/");
    return line != NULL ? line + 1 : report->bytes;
}

/* The plan as anyone will read it must pass the check, which shares no code with what made it. */
static plaats_status check_written(const plaats_instance *in, int threads, const plaats_plan *plan,
                                   plaats_error *error) {
    plaats_status st = PLAATS_OK;
    buffer report = {0};
    bool accepted = false;
    st = check_on_threads(threads, in, plan->json.bytes, plan->json.size, PLAATS_TEXT, keep_report,
                          &report, keep_problem, &report, &accepted, error);
    if (report.failed) TRY(fail_memory(error));
    if (st == PLAATS_OK && accepted) goto done;
    if (st != PLAATS_OK && st != PLAATS_INPUT) goto done;
    const char *first = first_violation(&report);
    st = fail(error, PLAATS_INTERNAL, "the check refused the plan: %.*s", (int)strcspn(first, "\n"),
              first);
done:
    buffer_free(&report);
    return st;
}

plaats_status plaats_solve(const plaats_instance *instance, const plaats_settings *settings,
                           plaats_plan **out, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    double start = clock_seconds();
    int threads = (int)settings->threads;
    previous_plan previous = {0};
    model *m = NULL;
    plaats_plan *plan = NULL;
    engine_result result = {0};
    run_reserve reserve;
    *out = NULL;
    TRY(settings_judge(settings, error));
    TRY(dump_solve(instance, settings, error)); /* before anything can go wrong */
    TRY(previous_read(instance, settings, &previous, error));
    TRY(model_build_after(instance, &previous.sites, threads, &m, error));

    plaats_settings rest = *settings; /* building counts for the time limit */
    rest.spent_seconds += clock_seconds() - start;
    reserve = reserve_for_end(m);
    TRY(engine_solve(m, &rest, &reserve, &result, error));

    TRY_ALLOC(plan = zero_alloc(1, sizeof *plan));
    double seconds = settings->spent_seconds + clock_seconds() - start;
    TRY(plan_write(m, &result, settings, &previous, seconds, plan, error));
    TRY(check_written(instance, threads, plan, error));
    TRY(review_count_notes(instance, &plan->summary.notes, error));
    *out = plan;
    plan = NULL;
done:
    plaats_plan_free(plan);
    engine_result_free(&result);
    model_free(m);
    previous_free(&previous);
    return st;
}
