/* Plans for the tests of the check, written with ' in place of " as the instances are. */
#ifndef PLAATS_TESTS_CHECK_FIXTURE_H
#define PLAATS_TESTS_CHECK_FIXTURE_H

#include "unit/plan_fixture.h"

#define INSTANCE "{'format':'plaats.instance/1','week':'2023-W06',"
/* A stay in the first week. */
#define AT(household, site) STAY(household, site, "2023-W06", "1")
#define STAY(household, site, from, weeks)                                                         \
    "{'household':'" household "','site':'" site "','from':'" from "','weeks':" weeks "}"

typedef struct {
    bool accepted;
    plaats_status status;
    plaats_error error; /* of a document that is no JSON */
    buffer report;
} verdict;

static inline char *with_quotes(const char *quoted) {
    char *text = strdup(quoted);
    assert_non_null(text);
    for (char *at = text; *at != '\0'; at++)
        if (*at == '\'') *at = '"';
    return text;
}

static inline verdict check_plan(const plaats_instance *in, const char *quoted, plaats_form form) {
    verdict v = {0};
    char *plan = with_quotes(quoted);
    v.status = plaats_check(in, plan, strlen(plan), form, keep_bytes, &v.report, NULL, NULL,
                            &v.accepted, &v.error);
    free(plan);
    return v;
}

static inline verdict check_quoted(const char *instance, const char *plan) {
    plaats_instance *in = read_quoted(instance);
    verdict v = check_plan(in, plan, PLAATS_TEXT);
    plaats_instance_free(in);
    return v;
}

/* A plan of these stays alone. */
static inline verdict check_stays(const char *instance, const char *stays) {
    buffer plan = {0};
    buffer_format(&plan, "{'stays':[%s]}", stays);
    verdict v = check_quoted(instance, plan.bytes);
    buffer_free(&plan);
    return v;
}

static inline void assert_accepted(verdict *v) {
    assert_int_equal(v->status, PLAATS_OK);
    if (!v->accepted) fail_msg("refused: %s", v->report.bytes);
    assert_int_equal(strncmp(v->report.bytes, "accepted\n", 9), 0);
    buffer_free(&v->report);
}

/* Whether "POINTER: TEXT" stands there, perhaps with the name of the element: "household 'h': ". */
static inline bool says(const char *report, const char *reason) {
    char pointer[128];
    const char *text = strstr(reason, ": ");
    if (strstr(report, reason) != NULL) return true;
    if (text == NULL) return false;
    snprintf(pointer, sizeof pointer, "\n%.*s", (int)(text - reason + 2), reason);
    const char *line = strstr(report, pointer);
    const char *name = line == NULL ? NULL : strstr(line + strlen(pointer), "': ");
    return name != NULL && memchr(line + 1, '\n', (size_t)(name - line - 1)) == NULL &&
           strncmp(name + 3, text + 2, strlen(text + 2)) == 0;
}

/* Refused for one reason only, and this is it. */
static inline void assert_refused(verdict *v, const char *reason) {
    assert_int_equal(v->status, PLAATS_OK);
    if (v->accepted) fail_msg("accepted in spite of: %s", reason);
    if (strncmp(v->report.bytes, "refused: 1 violation\n", 21) != 0 ||
        !says(v->report.bytes, reason))
        fail_msg("not just '%s' in %s", reason, v->report.bytes);
    buffer_free(&v->report);
}

/* The text with `old` replaced, which stands in it once; the caller frees it. */
static inline char *replaced(const char *text, const char *old, const char *new) {
    const char *at = strstr(text, old);
    if (at == NULL || strstr(at + 1, old) != NULL) fail_msg("'%s' is not there once", old);
    size_t before = (size_t)(at - text), size = strlen(text) + strlen(new) + 1;
    char *result = malloc(size);
    assert_non_null(result);
    snprintf(result, size, "%.*s%s%s", (int)before, text, new, at + strlen(old));
    return result;
}

#endif
