/* Instances for tests, written with ' in place of " to be readable in C. */
#ifndef PLAATS_TESTS_INSTANCE_FIXTURE_H
#define PLAATS_TESTS_INSTANCE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Before cmocka.h, which makes a macro of `fail`. */
#include "base/buffer.h"
#include "instance/instance.h"

#include <cmocka.h>

#define HEAD "{'format': 'plaats.instance/1', 'week': '2023-W06', "

static inline void list_problem(void *context, const plaats_error *problem) {
    buffer_format(context, "%s: %s\n", problem->pointer, problem->message);
}

/* Reads; `problems` gets "/pointer: message\n" for each problem. */
static inline plaats_instance *read_with_problems(const char *quoted, buffer *problems) {
    plaats_instance *in = NULL;
    plaats_error error = {0};
    size_t size = strlen(quoted);
    char *text = malloc(size + 1);
    assert_non_null(text);
    for (size_t i = 0; i <= size; i++) text[i] = quoted[i] == '\'' ? '"' : quoted[i];
    buffer_text(problems, "");
    plaats_status st = plaats_instance_read(text, size, list_problem, problems, &in, &error);
    assert_int_equal(st, problems->size == 0 ? PLAATS_OK : PLAATS_INPUT);
    assert_true((in != NULL) == (st == PLAATS_OK));
    free(text);
    return in;
}

/* A sound instance, for the caller to free. */
static inline plaats_instance *sound(const char *quoted) {
    buffer problems = {0};
    plaats_instance *in = read_with_problems(quoted, &problems);
    if (in == NULL) fail_msg("refused: %s", problems.bytes);
    buffer_free(&problems);
    return in;
}

/* The instance must be refused with exactly these problems. */
static inline void refused(const char *quoted, const char *expected) {
    buffer problems = {0};
    plaats_instance_free(read_with_problems(quoted, &problems));
    assert_string_equal(problems.bytes, expected);
    buffer_free(&problems);
}

static inline int household_named(const plaats_instance *in, const char *id) {
    for (int i = 0; i < in->n_households; i++)
        if (strcmp(in->households[i].id, id) == 0) return i;
    fail_msg("no household '%s'", id);
    return NONE;
}

#endif
