/* Proofs for the tests of the check, written with ' in place of ". */
#ifndef PLAATS_TESTS_PROOF_FIXTURE_H
#define PLAATS_TESTS_PROOF_FIXTURE_H

#include "unit/check_fixture.h"

#define WEEK "'2023-W06'"
#define CASE(given, prices) "{'given':[" given "],'prices':[" prices "]}"
#define BOUND_UNKNOWN "-1234567"

/* A plan with nobody placed, and this proof. */
static inline verdict check_proof_text(const plaats_instance *in, const char *scale,
                                       const char *bound, const char *cuts, const char *cases,
                                       plaats_form form) {
    buffer plan = {0};
    buffer_format(&plan, "{'stays':[],'proof':{'scale':%s,'bound':%s,'cuts':[%s],'cases':[%s]}}",
                  scale, bound, cuts, cases);
    verdict v = check_plan(in, plan.bytes, form);
    buffer_free(&plan);
    return v;
}

/* The bound that a proof proves; false when it was refused. */
static inline bool find_bound(const plaats_instance *in, const char *scale, const char *cuts,
                              const char *cases, int64_t *bound) {
    verdict v = check_proof_text(in, scale, BOUND_UNKNOWN, cuts, cases, PLAATS_JSON);
    assert_int_equal(v.status, PLAATS_OK);
    const char *found = strstr(v.report.bytes, "\"bound\": ");
    bool proven = found != NULL && strncmp(found + 9, "null", 4) != 0;
    if (proven) *bound = strtoll(found + 9, NULL, 10);
    buffer_free(&v.report);
    return proven;
}

/* The proof proves this bound exactly: it is accepted, and the next higher one is refused. */
static inline void assert_proves(const char *instance, const char *cuts, const char *cases,
                                 int64_t bound) {
    plaats_instance *in = read_quoted(instance);
    char text[32];
    snprintf(text, sizeof text, "%lld", (long long)bound);
    verdict v = check_proof_text(in, "1", text, cuts, cases, PLAATS_TEXT);
    assert_accepted(&v);
    snprintf(text, sizeof text, "%lld", (long long)bound + 1);
    v = check_proof_text(in, "1", text, cuts, cases, PLAATS_TEXT);
    assert_refused(&v, "/proof/bound: the bound these prices prove is");
    plaats_instance_free(in);
}

static inline void assert_no_proof(const char *instance, const char *cuts, const char *cases,
                                   const char *reason) {
    plaats_instance *in = read_quoted(instance);
    verdict v = check_proof_text(in, "1", "0", cuts, cases, PLAATS_TEXT);
    assert_refused(&v, reason);
    plaats_instance_free(in);
}

#endif
