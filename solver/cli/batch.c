#define _GNU_SOURCE /* asprintf, sched_getaffinity */
#include "batch.h"
#include "cli.h"
#include "folder.h"
#include "pool.h"
#include "process.h"
#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Less is no time for a plan. */
static const double LEAST_SECONDS = 0.001;

/* What the process that solves tells the first one. */
typedef struct {
    solve_result solved;
    int exit;
    double seconds;
    char problem[4096]; /* the first; empty: none */
} row;

typedef struct {
    batch *b;
    reporter report;
    file_bytes text;             /* of the scenarios */
    plaats_scenarios *scenarios; /* NULL: none */
    plaats_instance *instance;   /* that of all scenarios */
    solve_task *tasks;
    size_t n;
    int worst; /* exit status so far */
    bool deaf; /* standard output takes no more */
} batch_run;

/* The worst of two exit statuses. */
static int worse(int a, int b) {
    static const int by_weight[] = {EXIT_DONE, EXIT_NO, EXIT_STOPPED, EXIT_INPUT, EXIT_FAULT};
    int worst = EXIT_DONE;
    for (size_t i = 0; i < sizeof by_weight / sizeof *by_weight; i++)
        if (a == by_weight[i] || b == by_weight[i]) worst = by_weight[i];
    return worst;
}

/* ---- Tasks ----------------------------------------------------------------------------------- */

/* The plan of last time has the name of the new one. */
static int find_previous(const batch *b, solve_task *task) {
    reporter r = {.file = task->file,
                  .scenario = task->scenario == NULL ? NULL : task->scenario->name};
    char *file = folder_file(b->previous_dir, task->plan);
    if (file == NULL) return report_memory(&r);
    if (access(file, F_OK) == 0) {
        task->previous = file;
        return EXIT_DONE;
    }
    report_warning(&r, "solved without a previous plan: there is no '%s'", file);
    free(file);
    return EXIT_DONE;
}

/* In a line "-" is a file like any other. */
static char *own_previous(const plaats_scenario *scenario) {
    char *file = NULL;
    const char *folder = strcmp(scenario->previous, "-") == 0 ? "./" : "";
    return asprintf(&file, "%s%s", folder, scenario->previous) < 0 ? NULL : file;
}

static int name_files(const batch *b, solve_task *task) {
    char *name = NULL;
    if (task->scenario == NULL)
        task->plan = folder_file(b->folder, task->file);
    else if (asprintf(&name, "%s.json", task->scenario->name) >= 0)
        task->plan = folder_file(b->folder, name);
    free(name);
    if (task->plan == NULL) return report_memory(&(reporter){0});
    if (task->scenario != NULL && task->scenario->previous != NULL) {
        task->previous = own_previous(task->scenario);
        return task->previous == NULL ? report_memory(&(reporter){0}) : EXIT_DONE;
    }
    return b->previous_dir == NULL ? EXIT_DONE : find_previous(b, task);
}

static int make_tasks(batch_run *run, const char *const *instances) {
    int status = EXIT_DONE;
    run->tasks = calloc(run->n + 1, sizeof *run->tasks);
    if (run->tasks == NULL) return report_memory(&run->report);
    for (size_t i = 0; i < run->n && status == EXIT_DONE; i++) {
        solve_task *task = &run->tasks[i];
        if (run->scenarios == NULL) {
            task->file = instances[i];
        } else {
            task->file = instances[0];
            task->scenario = plaats_scenarios_at(run->scenarios, i);
        }
        status = name_files(run->b, task);
    }
    return status;
}

static void free_tasks(batch_run *run) {
    for (size_t i = 0; run->tasks != NULL && i < run->n; i++) {
        free((char *)run->tasks[i].plan);
        free((char *)run->tasks[i].previous);
    }
    free(run->tasks);
}

/* ---- Before anything is made ---------------------------------------------------------------- */

static int read_scenarios(batch_run *run) {
    plaats_error error;
    run->report.file = run->b->scenarios;
    int status = file_read(&run->report, run->b->scenarios, &run->text);
    if (status != EXIT_DONE) return status;
    if (plaats_scenarios_read(run->text.bytes, run->text.size, report_problem, &run->report,
                              &run->scenarios, &error) != PLAATS_OK)
        return report_failure(&run->report, &error);
    run->n = plaats_scenarios_count(run->scenarios);
    return EXIT_DONE;
}

static int prepare_folder(batch_run *run, const char *const *instances, int n_instances) {
    const batch *b = run->b;
    size_t n = 0;
    const char **plans = calloc(run->n + 1, sizeof *plans);
    const char **inputs = calloc(run->n + (size_t)n_instances + 2, sizeof *inputs);
    int status = EXIT_DONE;
    if (plans == NULL || inputs == NULL) status = report_memory(&run->report);
    for (int i = 0; status == EXIT_DONE && i < n_instances; i++) inputs[n++] = instances[i];
    for (size_t i = 0; status == EXIT_DONE && i < run->n; i++) {
        plans[i] = run->tasks[i].plan;
        if (run->tasks[i].previous != NULL) inputs[n++] = run->tasks[i].previous;
    }
    if (status == EXIT_DONE) {
        if (b->job->previous != NULL) inputs[n++] = b->job->previous;
        if (b->scenarios != NULL) inputs[n++] = b->scenarios;
        status = folder_prepare(&run->report, b->folder, plans, run->n, inputs, n);
    }
    free(plans);
    free(inputs);
    return status;
}

/* One instance for all scenarios. */
static int read_instance(batch_run *run) {
    int status = file_read_instance(&run->report, run->tasks[0].file, &run->instance);
    for (size_t i = 0; i < run->n; i++) run->tasks[i].instance = run->instance;
    return status;
}

/* ---- Time and threads ----------------------------------------------------------------------- */

static int64_t processors(void) {
    cpu_set_t usable;
    if (sched_getaffinity(0, sizeof usable, &usable) == 0) return CPU_COUNT(&usable);
    return sysconf(_SC_NPROCESSORS_ONLN);
}

static void share_processors(batch_run *run) {
    batch *b = run->b;
    assert(run->n > 0 && b->jobs > 0);
    if ((size_t)b->jobs > run->n) b->jobs = (int64_t)run->n;
    b->job->crowded = b->jobs > 1;
    if (b->job->settings.threads > 0 || b->jobs == 1) return;
    int64_t each = processors() / b->jobs;
    b->job->settings.threads = each < 1 ? 1 : each;
}

static bool may_begin(void *context, size_t i) {
    const batch_run *run = context;
    (void)i;
    return run->b->total_time == 0 || run->b->total_time - process_seconds() >= LEAST_SECONDS;
}

/* What one before it did not use is there for those that follow. */
static void share_time(const batch_run *run, size_t i, solve_job *job) {
    const batch *b = run->b;
    assert(b->jobs > 0);
    size_t jobs = (size_t)b->jobs, rounds = (run->n - i + jobs - 1) / jobs;
    job->begin = i == 0 ? 0 : process_seconds();
    if (b->total_time == 0) return;
    double share = (b->total_time - job->begin) / (double)rounds;
    if (share < LEAST_SECONDS) share = LEAST_SECONDS;
    if (share < job->settings.time_limit) job->settings.time_limit = share;
}

static void work(void *context, size_t i, void *result) {
    const batch_run *run = context;
    solve_job job = *run->b->job;
    row *out = result;
    share_time(run, i, &job);
    report_forget();
    out->exit = solve_to_file(&job, &run->tasks[i], &out->solved);
    out->seconds = process_seconds() - job.begin;
    const char *problem = report_first();
    if (problem != NULL) snprintf(out->problem, sizeof out->problem, "%s", problem);
}

/* ---- Rows ----------------------------------------------------------------------------------- */

static void print_points(const char *key, const row *of, int64_t value) {
    if (of != NULL && of->solved.written)
        printf(",\"%s\":%" PRId64, key, value);
    else
        printf(",\"%s\":null", key);
}

static void print_seconds(const char *key, bool known, double value, int decimals) {
    if (known)
        printf(",\"%s\":%.*f", key, decimals, value);
    else
        printf(",\"%s\":null", key);
}

/* `of`: NULL when it was not attempted. */
static void print_row(const solve_task *task, const row *of, const char *problem) {
    static const plaats_summary nothing;
    bool written = of != NULL && of->solved.written;
    const plaats_summary *s = written ? &of->solved.summary : &nothing;
    fputs("{\"file\":", stdout);
    print_json_string(stdout, task->file);
    if (task->scenario != NULL) print_json_member(stdout, "scenario", task->scenario->name);
    print_json_member(stdout, "plan", written ? task->plan : NULL);
    if (of == NULL)
        fputs(",\"exit\":null", stdout);
    else
        printf(",\"exit\":%d", of->exit);
    print_json_member(stdout, "outcome", written ? plaats_outcome_text(s->outcome) : NULL);
    print_points("cost", of, s->cost);
    print_points("bound", of, s->bound);
    print_seconds("gap_percent", written, s->gap_percent, 6);
    print_points("placed", of, s->placed);
    print_points("unplaced", of, s->unplaced);
    print_seconds("seconds", of != NULL, of == NULL ? 0 : of->seconds, 3);
    if (problem != NULL) print_json_member(stdout, "problem", problem);
    fputs("}\n", stdout);
}

static void tell(batch_run *run, const solve_task *task, const row *of, const char *problem) {
    if (run->deaf) return;
    print_row(task, of, problem);
    if (fflush(stdout) == 0) return;
    run->deaf = true;
    run->worst = report_io(&run->report, "write", "standard output", errno);
}

/* The process came to no end of its own: what it had written stands. */
static void tell_fault(batch_run *run, const solve_task *task, row *of, const char *problem) {
    reporter r = {.file = task->file,
                  .scenario = task->scenario == NULL ? NULL : task->scenario->name};
    plaats_error error = {.status = PLAATS_INTERNAL};
    snprintf(error.message, sizeof error.message, "could not solve '%s': %s", task->file, problem);
    of->exit = report_failure(&r, &error);
    tell(run, task, of, error.message);
}

static void ended(void *context, size_t i, pool_end end, int number, const void *result) {
    batch_run *run = context;
    const solve_task *task = &run->tasks[i];
    row of = {.exit = EXIT_STOPPED};
    char problem[200];
    if (result != NULL) of = *(const row *)result;
    if (end == POOL_ENDED) {
        tell(run, task, &of, *of.problem == '\0' ? NULL : of.problem);
    } else if (end == POOL_NOT_ATTEMPTED) {
        if (!process_is_stopped()) of.exit = EXIT_NO;
        tell(run, task, NULL,
             process_is_stopped() ? "a signal came before it was begun"
                                  : "the time for all was over before it was begun");
    } else {
        if (end == POOL_DIED)
            snprintf(problem, sizeof problem, "its process died of signal %d", number);
        else
            snprintf(problem, sizeof problem, "no process could be started, error %d", number);
        tell_fault(run, task, &of, problem);
    }
    run->worst = worse(run->worst, of.exit);
}

/* ---- The whole ------------------------------------------------------------------------------ */

static int solve_tasks(batch_run *run) {
    share_processors(run);
    pool p = {.n = run->n,
              .jobs = (size_t)run->b->jobs,
              .result_size = sizeof(row),
              .context = run,
              .may_begin = may_begin,
              .work = work,
              .ended = ended};
    return pool_run(&p) ? run->worst : report_memory(&run->report);
}

int batch_solve(batch *b, const char *const *instances, int n_instances) {
    batch_run run = {.b = b, .n = (size_t)n_instances};
    int status = b->scenarios == NULL ? EXIT_DONE : read_scenarios(&run);
    if (status == EXIT_DONE) status = make_tasks(&run, instances);
    if (status == EXIT_DONE) status = prepare_folder(&run, instances, n_instances);
    if (status == EXIT_DONE && run.scenarios != NULL) status = read_instance(&run);
    /* A signal before the first is one after which none is attempted. */
    if (status == EXIT_DONE || (status == EXIT_STOPPED && run.tasks != NULL))
        status = worse(status, solve_tasks(&run));
    free_tasks(&run);
    plaats_instance_free(run.instance);
    plaats_scenarios_free(run.scenarios);
    free(run.text.bytes);
    return status;
}
