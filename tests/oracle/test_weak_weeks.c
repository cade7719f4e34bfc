/* The library on weeks that are weak for prices: the best plan, with a proof of its own, where no
 * one set of prices can prove it. Small weeks are compared with the oracle, large ones with GLPK on
 * the exported model.
 * PLAATS_WEEKS='apart, *' PLAATS_SEEDS=1-100 runs these weeks with these seeds; `oracle --weak KIND
 * SIZE SEED` shows a week.
 */
#include "oracle.h"
#include "weak_weeks.h"

#include <plaats.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <glpk.h>
#include <inttypes.h>
#include <math.h>
#include <unistd.h>

static const uint64_t seeds[WEAK_SIZES] = {20, 3};

/* A test: weeks of one kind and size. */
typedef struct {
    const weak_kind *kind;
    weak_size size;
    uint64_t seed; /* of the week at hand */
    int faults;
} weeks;

static void fault(weeks *w, const char *what, int64_t got, int64_t wanted) {
    print_error("%s %s %" PRIu64 ": %s: %" PRId64 ", not %" PRId64 "\n", w->kind->name,
                weak_size_name[w->size], w->seed, what, got, wanted);
    w->faults++;
}

/* ---- The exported model in GLPK ----------------------------------------------------------- */

static int write_to_file(void *context, const char *bytes, size_t size) {
    return fwrite(bytes, 1, size, context) == size ? 0 : 1;
}

static glp_prob *exported(const plaats_instance *instance) {
    char name[] = "/tmp/plaats-weak-XXXXXX";
    int descriptor = mkstemp(name);
    FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "w");
    glp_prob *p;

    assert_non_null(file);
    assert_int_equal(plaats_export(instance, PLAATS_MPS, -1, write_to_file, file, NULL), PLAATS_OK);
    assert_int_equal(fclose(file), 0);
    glp_term_out(GLP_OFF);
    p = glp_create_prob();
    assert_int_equal(glp_read_mps(p, GLP_MPS_FILE, NULL, name), 0);
    unlink(name);
    return p;
}

/* The relaxation: no prices prove more than this. */
static double most_by_prices(const plaats_instance *instance) {
    glp_prob *p = exported(instance);
    double value;

    assert_int_equal(glp_simplex(p, NULL), 0);
    assert_int_equal(glp_get_status(p), GLP_OPT);
    value = glp_get_obj_val(p);
    glp_delete_prob(p);
    return value;
}

static int64_t best_by_glpk(const plaats_instance *instance) {
    glp_prob *p = exported(instance);
    glp_iocp options;
    int64_t value;

    glp_init_iocp(&options);
    options.presolve = GLP_ON;
    options.mir_cuts = options.cov_cuts = options.clq_cuts = GLP_ON;
    assert_int_equal(glp_intopt(p, &options), 0);
    assert_int_equal(glp_mip_status(p), GLP_OPT);
    value = llround(glp_mip_obj_val(p));
    glp_delete_prob(p);
    return value;
}

static int64_t best_by_oracle(const oracle *o) {
    int *site_of = calloc((size_t)o->household_count, sizeof(*site_of));
    int64_t best;

    assert_non_null(site_of);
    best = oracle_best(o, site_of);
    free(site_of);
    return best;
}

/* ---- The library -------------------------------------------------------------------------- */

static void expect_cost_of_stays(weeks *w, const oracle *o, const cJSON *plan, int64_t cost) {
    int *site_of = calloc((size_t)o->household_count, sizeof(*site_of));
    oracle_result result;
    char why[200];

    assert_non_null(site_of);
    assert_true(oracle_stays(o, plan, site_of, why));
    oracle_evaluate(o, site_of, &result);
    if (!result.feasible) fault(w, result.why, 0, 1);
    if (result.cost != cost) fault(w, "cost of the stays", cost, result.cost);
    free(site_of);
}

/* Is the proof more than one set of prices on limits? */
static bool has_more_than_prices(const cJSON *plan) {
    const cJSON *proof = cJSON_GetObjectItemCaseSensitive(plan, "proof");
    const cJSON *cases = cJSON_GetObjectItemCaseSensitive(proof, "cases");

    return cJSON_GetArraySize(cJSON_GetObjectItemCaseSensitive(proof, "cuts")) > 0 ||
           cJSON_GetArraySize(cases) > 1 || cJSON_HasObjectItem(cases->child, "unit_prices");
}

static int ignore(void *context, const char *bytes, size_t size) {
    (void)context, (void)bytes, (void)size;
    return 0;
}

static void expect_accepted(weeks *w, const plaats_instance *instance, const plaats_plan *plan) {
    bool accepted = false;

    assert_int_equal(plaats_check(instance, plaats_plan_json(plan), plaats_plan_size(plan),
                                  PLAATS_TEXT, ignore, NULL, NULL, NULL, &accepted, NULL),
                     PLAATS_OK);
    if (!accepted) fault(w, "accepted by the check", accepted, true);
}

static void expect_proved(weeks *w, const plaats_summary *s, int64_t best) {
    if (s->outcome != PLAATS_OUTCOME_OPTIMAL)
        fault(w, plaats_outcome_text(s->outcome), s->outcome, PLAATS_OUTCOME_OPTIMAL);
    if (!s->bound_from_proof) fault(w, "bound from the proof", false, true);
    if (s->cost != best) fault(w, "cost", s->cost, best);
    if (s->bound != best) fault(w, "bound", s->bound, best);
    if (s->proof_bound != best) fault(w, "bound of the proof", s->proof_bound, best);
}

/* Is the week weak: do prices alone prove less than the best cost? */
static bool solve_week(weeks *w, const plaats_instance *instance, const oracle *o) {
    int64_t best = w->size == WEAK_SMALL ? best_by_oracle(o) : best_by_glpk(instance);
    bool weak = ceil(most_by_prices(instance) + 1e-4) < (double)best;
    plaats_settings settings;
    plaats_plan *plan = NULL;
    plaats_summary summary;
    cJSON *document;

    plaats_settings_default(&settings);
    assert_int_equal(plaats_solve(instance, &settings, &plan, NULL), PLAATS_OK);
    plaats_plan_summary(plan, &summary);
    document = cJSON_Parse(plaats_plan_json(plan));
    assert_non_null(document);
    expect_proved(w, &summary, best);
    expect_cost_of_stays(w, o, document, summary.cost);
    if (weak && !has_more_than_prices(document)) fault(w, "cuts and cases", 0, 1);
    expect_accepted(w, instance, plan);
    cJSON_Delete(document);
    plaats_plan_free(plan);
    return weak;
}

static bool make_and_solve_week(weeks *w) {
    char *text = weak_instance(w->kind, w->size, w->seed);
    oracle *o = oracle_read(text);
    plaats_instance *instance = NULL;
    bool weak;

    assert_int_equal(plaats_instance_read(text, strlen(text), NULL, NULL, &instance, NULL),
                     PLAATS_OK);
    weak = solve_week(w, instance, o);
    plaats_instance_free(instance);
    oracle_free(o);
    free(text);
    return weak;
}

static void best_plans_are_proved(void **state) {
    weeks *w = *state;
    const char *range = getenv("PLAATS_SEEDS");
    uint64_t first = 1, last = seeds[w->size], weak = 0;

    if (range != NULL) assert_int_equal(sscanf(range, "%" SCNu64 "-%" SCNu64, &first, &last), 2);
    for (w->seed = first; w->seed <= last; w->seed++) weak += make_and_solve_week(w);
    assert_int_equal(w->faults, 0);
    if (range == NULL) assert_in_range(weak, (last + 1) / 2, last); /* the kind is what it says */
}

int main(void) {
    enum { TESTS = WEAK_KINDS * WEAK_SIZES };
    struct CMUnitTest tests[TESTS];
    weeks of[TESTS];
    char names[TESTS][40];

    for (int i = 0; i < TESTS; i++) {
        of[i] = (weeks){.kind = &weak_kinds[i / WEAK_SIZES], .size = i % WEAK_SIZES};
        snprintf(names[i], sizeof(names[i]), "%s, %s", of[i].kind->name,
                 weak_size_name[of[i].size]);
        tests[i] = (struct CMUnitTest){
            .name = names[i], .test_func = best_plans_are_proved, .initial_state = &of[i]};
    }
    if (getenv("PLAATS_WEEKS") != NULL) cmocka_set_test_filter(getenv("PLAATS_WEEKS"));
    return cmocka_run_group_tests(tests, NULL, NULL);
}
