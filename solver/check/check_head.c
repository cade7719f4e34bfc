/* The members of a plan that are single values, and which members there may be. */
#include "base/names.h"
#include "check/check.h"

#include "text/json_copy.h"

#include <assert.h>
#include <string.h>

static const json_node *part_of(const json_node *object, const char *key) {
    return object != NULL && json_type_of(object) == JSON_OBJECT ? json_member(object, key) : NULL;
}

/* ---- The instance it answers ------------------------------------------------------------- */

static void judge_instance(check *c) {
    const plaats_instance *in = c->in;
    char first[WEEK_TEXT_SIZE];
    week_format(in->first, first);
    check_expect_text(c, json_member(c->root, "format"), "plaats.plan/1", "the format of a plan");
    check_expect_text(c, json_member(c->root, "instance_sha256"), in->sha256,
                      "the hash of the instance");
    check_expect_text(c, json_member(c->root, "week"), first, "the first week of the instance");
    check_expect_integer(c, json_member(c->root, "weeks"), in->weeks,
                         "the horizon of the instance");
}

static void judge_problem(check *c) {
    static const char *const members[] = {"changes", "keep"};
    const json_node *problem = json_member(c->root, "problem");
    if (!check_take_object(c, problem)) return;
    check_allow_members(c, problem, 2, members);
}

/* ---- Bound and outcome ------------------------------------------------------------------- */

static void judge_outcome(check *c, bool has_bound, int64_t bound) {
    const json_node *node = json_member(c->root, "outcome");
    const char *outcome = check_take_text(c, node);
    if (outcome == NULL) return;
    bool known = false, optimal = false;
#define X(name, text) known = known || strcmp(outcome, text) == 0;
    PLAATS_OUTCOMES(X)
#undef X
    optimal = strcmp(outcome, names_outcome(PLAATS_OUTCOME_OPTIMAL)) == 0;
    if (!known)
        json_problem(c->document, node, "unknown outcome '%s'", outcome);
    else if (c->whole && has_bound && optimal != (bound == c->cost))
        json_problem(c->document, node,
                     optimal ? "the outcome is 'optimal' but the bound is not the cost"
                             : "the bound is the cost, so the outcome is 'optimal', not '%s'",
                     outcome);
}

static void judge_bound_from(check *c, bool has_bound, int64_t bound) {
    const json_node *node = json_member(c->root, "bound_from");
    const char *from = check_take_text(c, node);
    const json_node *proof = part_of(json_member(c->root, "proof"), "bound");
    int64_t proven;
    bool has_proof = proof != NULL && json_type_of(proof) == JSON_NUMBER &&
                     json_integer(c->document, proof, &proven) == JSON_INTEGER;
    if (has_bound && has_proof && bound < proven)
        json_problem(c->document, json_member(c->root, "bound"),
                     "the bound %lld lies below that of the proof, %lld", (long long)bound,
                     (long long)proven);
    if (from == NULL) return;
    bool by_proof = strcmp(from, "proof") == 0;
    if (!by_proof && strcmp(from, "solver") != 0)
        json_problem(c->document, node, "unknown source '%s', must be 'proof' or 'solver'", from);
    else if (by_proof && !has_proof)
        json_problem(c->document, node, "the bound is said to come from a proof that is missing");
    else if (by_proof && has_bound && bound != proven)
        json_problem(c->document, node, "the bound is not that of the proof, %lld",
                     (long long)proven);
    else if (!by_proof && has_proof && has_bound && bound == proven)
        json_problem(c->document, node, "the bound is that of the proof, not the solver's word");
}

static void judge_bound(check *c) {
    const json_node *node = json_member(c->root, "bound");
    int64_t bound = 0;
    char cost[CHECK_NUMBER_SIZE];
    bool has_bound = check_take_integer(c, node, &bound);
    if (has_bound && c->whole && bound > c->cost)
        json_problem(c->document, node, "the bound %lld is above the cost, %s", (long long)bound,
                     check_number_text(c->cost, cost));
    if (has_bound && c->whole)
        check_expect_integer(c, json_member(c->root, "gap"), c->cost - bound,
                             "the gap (cost less bound)");
    judge_outcome(c, has_bound, bound);
    judge_bound_from(c, has_bound, bound);
}

/* ---- Receipt ----------------------------------------------------------------------------- */

static plaats_status judge_hash(check *c, const json_node *node) {
    plaats_status st = PLAATS_OK;
    char hash[HASH_TEXT_SIZE];
    if (node == NULL || !c->whole) return PLAATS_OK;
    TRY(json_hash(c->document, json_member(c->root, "stays"), hash, c->error));
    check_expect_text(c, node, hash, "the hash of the stays");
done:
    return st;
}

static plaats_status judge_receipt(check *c) {
    static const char *const members[] = {"options", "version", "stays_sha256"};
    const json_node *receipt = json_member(c->root, "receipt");
    if (!check_take_object(c, receipt)) return PLAATS_OK;
    check_allow_members(c, receipt, 3, members);
    check_take_object(c, json_member(receipt, "options"));
    check_take_text(c, json_member(receipt, "version"));
    return judge_hash(c, json_member(receipt, "stays_sha256"));
}

plaats_status check_head(check *c) {
    assert(json_type_of(c->root) == JSON_OBJECT);
    static const char *const members[] = {
        "format",  "instance_sha256", "week",  "weeks",      "problem",         "outcome",
        "cost",    "bound",           "gap",   "bound_from", "parts",           "totals",
        "stays",   "unplaced",        "sites", "quotas",     "unplaced_points", "proof",
        "receipt", "solver"};
    check_allow_members(c, c->root, (int)(sizeof members / sizeof *members), members);
    judge_instance(c);
    judge_problem(c);
    judge_bound(c);
    check_expect_integer(c, json_member(c->root, "unplaced_points"), c->facts.unplaced,
                         "a person-week unplaced");
    check_take_object(c, json_member(c->root, "solver"));
    return judge_receipt(c);
}
