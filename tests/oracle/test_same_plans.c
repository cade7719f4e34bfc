/* The plans of these weeks stay the same, byte for byte but for `solver`: whoever changes how the
 * program is built, and not what it does, sees here that nothing moved. same_plans.txt has a line
 * for each week; PLAATS_REWRITE=1 writes it anew, after a change that is meant to change plans.
 */
#include "base/hash.h"
#include "oracle.h"
#include "random_instance.h"
#include "weak_weeks.h"

#include <plaats.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <inttypes.h>

#define LIST "tests/oracle/same_plans.txt"

enum { MOST_LINE = 256, MOST_WEEKS = 200, MOST_TEXT = 1 << 24 };

/* Millions of steps: enough for every stage of a solve to be seen, on weeks that are not finished
 * before. */
static const int64_t WORK_SMALL = 40, WORK_LARGE = 120;
static const double NO_CLOCK = 3600;

typedef struct {
    char *bytes;
    size_t size;
} text;

static char lines[MOST_WEEKS][MOST_LINE];
static int n_lines;

static int keep(void *context, const char *bytes, size_t size) {
    text *t = context;
    assert_true(t->size + size < MOST_TEXT);
    memcpy(t->bytes + t->size, bytes, size);
    t->size += size;
    return 0;
}

/* Size of the document without `solver`, its last member. */
static size_t size_without_solver(const char *json) {
    const char *solver = strstr(json, "\"solver\":");
    assert_non_null(solver);
    return (size_t)(solver - json);
}

/* Work done, in millions of steps: it does not depend on the machine either. */
static double work_of(const char *json) {
    const char *work = strstr(strstr(json, "\"solver\":"), "\"work\":");
    assert_non_null(work);
    return strtod(work + strlen("\"work\":"), NULL);
}

static void note(const char *name, const char *bytes, size_t size, int64_t work) {
    plaats_instance *instance = NULL;
    plaats_settings settings;
    plaats_plan *plan = NULL;
    plaats_summary summary;
    char hash[65];
    const char *json;

    assert_int_equal(plaats_instance_read(bytes, size, NULL, NULL, &instance, NULL), PLAATS_OK);
    plaats_settings_default(&settings);
    settings.time_limit = NO_CLOCK;
    settings.work = work;
    assert_int_equal(plaats_solve(instance, &settings, &plan, NULL), PLAATS_OK);
    plaats_plan_summary(plan, &summary);
    json = plaats_plan_json(plan);
    hash_sha256(json, size_without_solver(json), hash);
    assert_true(n_lines < MOST_WEEKS);
    snprintf(lines[n_lines++], MOST_LINE,
             "%s: %s cost %" PRId64 " bound %" PRId64 " work %.3f %s\n", name,
             plaats_outcome_text(summary.outcome), summary.cost, summary.bound, work_of(json),
             hash);
    plaats_plan_free(plan);
    plaats_instance_free(instance);
}

static bool rewrites(void) {
    return getenv("PLAATS_REWRITE") != NULL;
}

/* The list has the lines of all tests; each is found by its name, which ends at the colon. */
static void compare_lines(FILE *file) {
    char line[MOST_LINE];
    int found = 0;

    while (fgets(line, sizeof line, file) != NULL) {
        for (int i = 0; i < n_lines; i++) {
            if (strncmp(line, lines[i], strcspn(lines[i], ":") + 1) != 0) continue;
            assert_string_equal(lines[i], line);
            found++;
        }
    }
    assert_int_equal(found, n_lines);
}

static void expect_lines(void) {
    FILE *file = fopen(LIST, rewrites() ? "a" : "r");

    assert_non_null(file);
    if (rewrites())
        for (int i = 0; i < n_lines; i++) fputs(lines[i], file);
    else
        compare_lines(file);
    fclose(file);
    n_lines = 0;
}

/* ---- The weeks ----------------------------------------------------------------------------- */

static const struct {
    int64_t people, sites;
    double fill, settled;
    uint64_t seeds;
    int64_t work;
} generated[] = {
    {60, 5, 0.97, 0.5, 2, WORK_SMALL},      {60, 5, 1.05, 0, 2, WORK_SMALL},
    {405, 40, 0.97, 0.9, 3, WORK_SMALL},    {405, 40, 1.02, 0.9, 3, WORK_SMALL},
    {600, 200, 0.9, 0.5, 2, WORK_SMALL},    {2025, 120, 0.97, 0.9, 3, WORK_SMALL},
    {2025, 120, 1.02, 0, 3, WORK_SMALL},    {4050, 200, 0.97, 0.9, 2, WORK_LARGE},
    {4050, 200, 1.05, 0.9, 2, WORK_LARGE},  {20000, 120, 0.98, 0.9, 1, WORK_LARGE},
    {20000, 120, 1.01, 0.9, 1, WORK_LARGE},
};

static void note_generated(size_t i, uint64_t seed) {
    text t = {malloc(MOST_TEXT), 0};
    plaats_generate_settings s;
    char name[MOST_LINE];

    assert_non_null(t.bytes);
    plaats_generate_default(&s);
    s.people = generated[i].people;
    s.sites = generated[i].sites;
    s.people_per_bed = generated[i].fill;
    s.settled = generated[i].settled;
    s.seed = seed;
    assert_int_equal(plaats_generate(&s, keep, &t, NULL), PLAATS_OK);
    snprintf(name, sizeof name,
             "generated %" PRId64 " x %" PRId64 " fill %g settled %g seed %" PRIu64, s.people,
             s.sites, s.people_per_bed, s.settled, seed);
    note(name, t.bytes, t.size, generated[i].work);
    free(t.bytes);
}

static void generated_weeks(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof generated / sizeof *generated; i++)
        for (uint64_t seed = 1; seed <= generated[i].seeds; seed++) note_generated(i, seed);
    expect_lines();
}

static void weak_weeks(void **state) {
    (void)state;
    for (int k = 0; k < WEAK_KINDS; k++) {
        for (int size = 0; size < WEAK_SIZES; size++) {
            for (uint64_t seed = 1; seed <= 2; seed++) {
                char *week = weak_instance(&weak_kinds[k], (weak_size)size, seed);
                char name[MOST_LINE];
                snprintf(name, sizeof name, "weak %s %s seed %" PRIu64, weak_kinds[k].name,
                         weak_size_name[size], seed);
                note(name, week, strlen(week), WORK_SMALL);
                free(week);
            }
        }
    }
    expect_lines();
}

static void random_weeks(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 30; seed++) {
        char *week = random_instance(seed);
        char name[MOST_LINE];
        snprintf(name, sizeof name, "random seed %" PRIu64, seed);
        note(name, week, strlen(week), WORK_SMALL);
        free(week);
    }
    expect_lines();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(generated_weeks),
        cmocka_unit_test(weak_weeks),
        cmocka_unit_test(random_weeks),
    };
    if (rewrites()) remove(LIST);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
