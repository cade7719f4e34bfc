/* Solves one instance and prints the plan: every problem of the instance is shown, and Ctrl-C ends
 * the search with the best plan so far.
 *
 *     solve week.json [NAME=VALUE...] >plan.json      NAME: a setting, such as time_limit
 */
#include <plaats.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static volatile int stopped;

static void on_signal(int number) {
    (void)number;
    stopped = 1;
}

static void show_problem(void *file, const plaats_error *problem) {
    fprintf(stderr, "%s:%ld:%ld: %s: %s\n", (const char *)file, problem->line, problem->column,
            problem->pointer, problem->message);
}

/* The bytes of a file, to be freed; NULL when they could not be read. */
static char *read_file(const char *name, size_t *size) {
    char *bytes = NULL;
    FILE *file = fopen(name, "rb");
    *size = 0;
    for (size_t n = 1; file != NULL && n > 0; *size += n) {
        char *grown = realloc(bytes, *size + 65536);
        if (grown == NULL) break;
        bytes = grown;
        n = fread(bytes + *size, 1, 65536, file);
    }
    if (file == NULL || ferror(file)) perror(name);
    if (file != NULL) fclose(file);
    return bytes;
}

/* "time_limit=30" */
static plaats_status set(plaats_settings *settings, char *text, plaats_error *error) {
    char *equals = strchr(text, '=');
    if (equals != NULL) *equals = '\0';
    return plaats_settings_set(settings, text, equals == NULL ? "" : equals + 1, error);
}

static void show_summary(const plaats_plan *plan) {
    plaats_summary s;
    plaats_plan_summary(plan, &s);
    fprintf(stderr, "%s: %lld points, no plan costs less than %lld; %lld of %lld people placed\n",
            plaats_outcome_text(s.outcome), (long long)s.cost, (long long)s.bound,
            (long long)s.placed, (long long)s.persons);
    fputs(plaats_plan_unplaced_text(plan), stderr);
}

int main(int argc, char **argv) {
    plaats_instance *instance = NULL;
    plaats_plan *plan = NULL;
    plaats_settings settings;
    plaats_error error;
    plaats_status status = PLAATS_OK;
    size_t size;

    if (argc < 2) return fprintf(stderr, "usage: solve INSTANCE [NAME=VALUE...]\n"), 2;
    plaats_settings_default(&settings);
    settings.stop = &stopped;
    for (int i = 2; i < argc && status == PLAATS_OK; i++) status = set(&settings, argv[i], &error);
    if (status != PLAATS_OK) return fprintf(stderr, "%s\n", error.message), 2;
    signal(SIGINT, on_signal);

    char *bytes = read_file(argv[1], &size);
    if (bytes == NULL) return 5;
    status = plaats_instance_read(bytes, size, show_problem, argv[1], &instance, &error);
    free(bytes); /* nothing of it is kept */
    if (status == PLAATS_OK) status = plaats_solve(instance, &settings, &plan, &error);
    if (status == PLAATS_OK) {
        show_summary(plan);
        fwrite(plaats_plan_json(plan), 1, plaats_plan_size(plan), stdout);
        if (fflush(stdout) != 0) perror("standard output");
    } else if (status != PLAATS_INPUT) { /* else the problems have been shown */
        fprintf(stderr, "%s: %s\n", plaats_status_text(status), error.message);
    }
    plaats_plan_free(plan);
    plaats_instance_free(instance);
    return status == PLAATS_OK ? 0 : 1;
}
