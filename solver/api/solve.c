#include "api/reserve.h"
#include "base/clock.h"
#include "check/check_threads.h"
#include "plan/plan.h"
#include "plan/previous.h"
#include "plan/review.h"
#include "plan/write.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_POINTS 1000000000000
#define MOST_THREADS 1024

static plaats_status judge_settings(const plaats_settings *s, plaats_error *error) {
    if (s->method != PLAATS_METHOD_AUTO && s->method != PLAATS_METHOD_GLPK)
        return fail(error, PLAATS_USAGE, "unknown method %d", (int)s->method);
    if (!(s->time_limit > 0) || !isfinite(s->time_limit))
        return fail(error, PLAATS_USAGE, "time limit of %g seconds, must be above 0",
                    s->time_limit);
    if (!(s->spent_seconds >= 0) || !isfinite(s->spent_seconds))
        return fail(error, PLAATS_USAGE, "spent seconds are %g, must be 0 or more",
                    s->spent_seconds);
    if (!(s->gap_percent >= 0) || !isfinite(s->gap_percent))
        return fail(error, PLAATS_USAGE, "gap of %g percent, must be 0 or more", s->gap_percent);
    if (s->gap_points < 0)
        return fail(error, PLAATS_USAGE, "gap of %lld points, must be 0 or more",
                    (long long)s->gap_points);
    if (s->work < 0)
        return fail(error, PLAATS_USAGE, "work limit of %lld, must be 0 or more",
                    (long long)s->work);
    if (s->threads < 0 || s->threads > MOST_THREADS)
        return fail(error, PLAATS_USAGE, "%lld threads, must be 0 to %d", (long long)s->threads,
                    MOST_THREADS);
    if (s->keep_points < 0 || s->keep_points > MOST_POINTS)
        return fail(error, PLAATS_USAGE, "%lld points to keep, must be 0 to 10^12",
                    (long long)s->keep_points);
    if (s->keep_points > 0 && s->previous == NULL)
        return fail(error, PLAATS_USAGE, "points to keep, and no previous plan to keep to");
    return PLAATS_OK;
}

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
    TRY(judge_settings(settings, error));
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
