/* Plans do not depend on what anything is called, or on the order of lists: random weeks under
 * other names get the same plan.
 * PLAATS_SEED=n runs one week, and leaves both instances and plans in build/renaming-*.json.
 */
#include "random_instance.h"
#include "renaming.h"
#include "weak_weeks.h"

#include "base/random.h"
#include "model/facts.h"

#include <plaats.h>

#include <cJSON.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { SEEDS = 300, WEAK_SEEDS = 1, MOST_ENTRIES = 400 };

/* A plan as it looks when nothing has a name: of each household and each site the signature of its
 * facts, and what the plan says of it. Those that are equal in every fact may change places. */
typedef struct {
    int64_t cost, bound;
    int n;
    uint64_t entries[MOST_ENTRIES];
} nameless;

static void show_problem(void *context, const plaats_error *problem) {
    (void)context;
    print_error("%s: %s\n", problem->pointer, problem->message);
}

static uint64_t site_facts(const plaats_instance *in, const facts *f, const char *id) {
    for (int j = 0; j < in->n_sites; j++)
        if (strcmp(in->sites[j].id, id) == 0) return f->locations[j];
    fail_msg("no site '%s'", id);
    return 0;
}

static uint64_t household_facts(const plaats_instance *in, const facts *f, const char *id) {
    for (int h = 0; h < in->n_households; h++)
        if (strcmp(in->households[h].id, id) == 0) return f->households[h];
    fail_msg("no household '%s'", id);
    return 0;
}

static const char *string_of(const cJSON *row, const char *member) {
    return cJSON_GetObjectItemCaseSensitive(row, member)->valuestring;
}

static int compare(const void *a, const void *b) {
    uint64_t x, y;
    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    return (x > y) - (x < y);
}

static void add_entry(nameless *out, uint64_t entry) {
    assert_true(out->n < MOST_ENTRIES);
    out->entries[out->n++] = entry;
}

static void take_plan(const plaats_instance *in, const char *text, nameless *out) {
    cJSON *plan = cJSON_Parse(text), *row;
    plaats_error error;
    facts f;

    assert_non_null(plan);
    assert_int_equal(facts_read_unnamed(in, &(previous_sites){0}, &f, &error), PLAATS_OK);
    cJSON_ArrayForEach(row, cJSON_GetObjectItemCaseSensitive(plan, "stays")) {
        uint64_t who = household_facts(in, &f, string_of(row, "household"));
        add_entry(out, random_mix(who, site_facts(in, &f, string_of(row, "site"))));
    }
    cJSON_ArrayForEach(row, cJSON_GetObjectItemCaseSensitive(plan, "sites")) {
        cJSON *week = cJSON_GetArrayItem(cJSON_GetObjectItemCaseSensitive(row, "weeks"), 0);
        double price = cJSON_GetObjectItemCaseSensitive(week, "bed_price")->valuedouble;
        add_entry(out, random_mix(site_facts(in, &f, string_of(row, "id")), (uint64_t)price));
    }
    qsort(out->entries, (size_t)out->n, sizeof *out->entries, compare);
    facts_free(&f);
    cJSON_Delete(plan);
}

static void keep(const char *name, const char *text) {
    FILE *file = fopen(name, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void solve(const char *text, const char *kept, nameless *out) {
    plaats_instance *in = NULL;
    plaats_settings settings;
    plaats_plan *plan = NULL;
    plaats_summary summary;
    plaats_error error;
    char name[64];

    memset(out, 0, sizeof *out);
    plaats_settings_default(&settings);
    settings.threads = 1;
    settings.work = 200;
    assert_int_equal(plaats_instance_read(text, strlen(text), show_problem, NULL, &in, &error),
                     PLAATS_OK);
    assert_int_equal(plaats_solve(in, &settings, &plan, &error), PLAATS_OK);
    plaats_plan_summary(plan, &summary);
    out->cost = summary.cost;
    out->bound = summary.bound;
    take_plan(in, plaats_plan_json(plan), out);
    if (kept != NULL) {
        snprintf(name, sizeof name, "build/renaming-%s.json", kept);
        keep(name, text);
        snprintf(name, sizeof name, "build/renaming-%s-plan.json", kept);
        keep(name, plaats_plan_json(plan));
    }
    plaats_plan_free(plan);
    plaats_instance_free(in);
}

static bool same_under_other_names(const char *text, uint64_t seed, bool kept) {
    char *other = renamed_instance(text, seed);
    nameless a, b;

    solve(text, kept ? "a" : NULL, &a);
    solve(other, kept ? "b" : NULL, &b);
    free(other);
    return memcmp(&a, &b, sizeof a) == 0;
}

static void random_weeks(void **state) {
    const char *one = getenv("PLAATS_SEED");
    int wrong = 0;

    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        char *text;

        if (one != NULL && seed != strtoull(one, NULL, 10)) continue;
        text = random_instance(seed);
        if (!same_under_other_names(text, seed, one != NULL)) {
            print_error("seed %llu: another plan\n", (unsigned long long)seed);
            wrong++;
        }
        free(text);
    }
    assert_int_equal(wrong, 0);
}

static void weeks_with_many_equal_in_facts(void **state) {
    int wrong = 0;

    (void)state;
    for (int k = 0; k < WEAK_KINDS; k++)
        for (uint64_t seed = 1; seed <= WEAK_SEEDS; seed++) {
            char *text = weak_instance(&weak_kinds[k], 1, seed);

            if (!same_under_other_names(text, seed, false)) {
                print_error("%s %llu: another plan\n", weak_kinds[k].name,
                            (unsigned long long)seed);
                wrong++;
            }
            free(text);
        }
    assert_int_equal(wrong, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(random_weeks),
                                       cmocka_unit_test(weeks_with_many_equal_in_facts)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
