/* Small instances for the tests of plans, written with ' in place of " to be readable in C. */
#ifndef PLAATS_TESTS_PLAN_FIXTURE_H
#define PLAATS_TESTS_PLAN_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Before cmocka.h, which makes a macro of `fail`. */
#include "base/buffer.h"
#include "model/model.h"

#include <cmocka.h>

static inline void show_problem(void *context, const plaats_error *problem) {
    (void)context;
    fprintf(stderr, "%ld:%ld %s: %s\n", problem->line, problem->column, problem->pointer,
            problem->message);
}

static inline plaats_instance *read_quoted(const char *quoted) {
    plaats_instance *in = NULL;
    plaats_error error = {0};
    size_t size = strlen(quoted);
    char *text = malloc(size + 1);
    assert_non_null(text);
    for (size_t i = 0; i <= size; i++) text[i] = quoted[i] == '\'' ? '"' : quoted[i];
    if (plaats_instance_read(text, size, show_problem, NULL, &in, &error) != PLAATS_OK)
        fail_msg("the instance was refused: %s", error.message);
    free(text);
    return in;
}

static inline model *build(const plaats_instance *in) {
    model *m = NULL;
    plaats_error error = {0};
    if (model_build(in, NONE, &m, &error) != PLAATS_OK) fail_msg("no model: %s", error.message);
    return m;
}

static inline int find_household(const plaats_instance *in, const char *id) {
    for (int h = 0; h < in->n_households; h++)
        if (strcmp(in->households[h].id, id) == 0) return h;
    fail_msg("no household '%s'", id);
    return NONE;
}

static inline int find_site(const plaats_instance *in, const char *id) {
    for (int j = 0; j < in->n_sites; j++)
        if (strcmp(in->sites[j].id, id) == 0) return j;
    fail_msg("no site '%s'", id);
    return NONE;
}

/* Everybody unplaced; the caller frees it. */
static inline int32_t *nobody_placed(const model *m) {
    int32_t *at = malloc(((size_t)m->n_units + 1) * sizeof *at);
    assert_non_null(at);
    for (int u = 0; u < m->n_units; u++) at[u] = NONE;
    return at;
}

static inline void place_at(const model *m, int32_t *at, const char *household_id,
                            const char *site_id) {
    int u = m->unit_of[find_household(m->instance, household_id)];
    at[u] = m->site_rank[find_site(m->instance, site_id)];
}

static inline int keep_bytes(void *context, const char *bytes, size_t size) {
    buffer_add(context, bytes, size);
    return 0;
}

#endif
