/* The library on weeks that are weak for prices: the best plan, with a proof of its own, where no
 * single set of prices proves it. Small weeks are compared with the oracle, large ones with GLPK on
 * the exported model.
 * PLAATS_SEEDS=n-m runs other seeds than those below; `oracle --weak KIND SIZE SEED` shows a week.
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
#include <math.h>
#include <time.h>
#include <unistd.h>

/* One test: weeks of one kind and size. */
typedef struct {
    const weak_kind *kind;
    weak_size size;
    uint64_t seed; /* of the week at hand */
    int faults;
} weeks;

static void fault(weeks *w, const char *what, int64_t got, int64_t wanted) {
    print_error("%s %s %llu: %s is %lld, not %lld\n", w->kind->name, weak_size_name[w->size],
                (unsigned long long)w->seed, what, (long long)got, (long long)wanted);
    w->faults++;
}

/* ---- The exported model in GLPK ----------------------------------------------------------- */

static int write_file(void *context, const char *bytes, size_t size) {
    return fwrite(bytes, 1, size, context) == size ? 0 : 1;
}

static glp_prob *exported(const plaats_instance *instance) {
    char name[] = "/tmp/plaats-weak-XXXXXX";
    FILE *file = fdopen(mkstemp(name), "w");
    glp_prob *p;

    assert_non_null(file);
    assert_int_equal(plaats_export(instance, PLAATS_MPS, -1, write_file, file, NULL), PLAATS_OK);
    assert_int_equal(fclose(file), 0);
    glp_term_out(GLP_OFF);
    p = glp_create_prob();
    assert_int_equal(glp_read_mps(p, GLP_MPS_FILE, NULL, name), 0);
    unlink(name);
    return p;
}

/* The value of the relaxation, which no prices exceed. */
static double relaxed(const plaats_instance *instance) {
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
    glp_iocp limits;
    int64_t value;

    glp_init_iocp(&limits);
    limits.presolve = GLP_ON;
    limits.mir_cuts = limits.cov_cuts = limits.clq_cuts = GLP_ON;
    assert_int_equal(glp_intopt(p, &limits), 0);
    assert_int_equal(glp_mip_status(p), GLP_OPT);
    value = llround(glp_mip_obj_val(p));
    glp_delete_prob(p);
    return value;
}

/* ---- The library -------------------------------------------------------------------------- */

static void compare_stays(weeks *w, const oracle *o, const char *json, int64_t cost) {
    cJSON *plan = cJSON_Parse(json);
    int *site_of = calloc((size_t)o->household_count, sizeof(*site_of));
    oracle_result result;
    char why[200];

    assert_true(plan != NULL && site_of != NULL);
    assert_true(oracle_stays(o, plan, site_of, why));
    oracle_evaluate(o, site_of, &result);
    if (!result.feasible) fault(w, result.why, false, true);
    if (result.cost != cost) fault(w, "cost of the stays", cost, result.cost);
    free(site_of);
    cJSON_Delete(plan);
}

static int ignore(void *context, const char *bytes, size_t size) {
    (void)context, (void)bytes, (void)size;
    return 0;
}

/* Solves; the cost. */
static int64_t solved(weeks *w, const plaats_instance *instance, const oracle *o) {
    plaats_settings settings;
    plaats_plan *plan = NULL;
    plaats_summary s;
    bool accepted = false;

    plaats_settings_default(&settings);
    settings.time_limit = 30;
    assert_int_equal(plaats_solve(instance, &settings, &plan, NULL), PLAATS_OK);
    plaats_plan_summary(plan, &s);
    if (s.outcome != PLAATS_OUTCOME_OPTIMAL) fault(w, "outcome", s.outcome, PLAATS_OUTCOME_OPTIMAL);
    if (!s.bound_from_proof) fault(w, "bound_from_proof", false, true);
    if (s.bound != s.cost) fault(w, "bound", s.bound, s.cost);
    if (s.proof_bound != s.cost) fault(w, "bound of the proof", s.proof_bound, s.cost);
    assert_int_equal(plaats_check(instance, plaats_plan_json(plan), plaats_plan_size(plan),
                                  PLAATS_TEXT, ignore, NULL, NULL, NULL, &accepted, NULL),
                     PLAATS_OK);
    if (!accepted) fault(w, "check", accepted, true);
    compare_stays(w, o, plaats_plan_json(plan), s.cost);
    plaats_plan_free(plan);
    return s.cost;
}

static double seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Whether no prices prove the optimum by themselves. */
static bool solve_week(weeks *w) {
    char *text = weak_instance(w->kind, w->size, w->seed);
    oracle *o = oracle_read(text);
    int *site_of = calloc((size_t)o->household_count, sizeof(*site_of));
    plaats_instance *instance = NULL;
    int64_t best, cost;
    double most, t0 = seconds(), t1, t2;

    assert_int_equal(plaats_instance_read(text, strlen(text), NULL, NULL, &instance, NULL),
                     PLAATS_OK);
    cost = solved(w, instance, o);
    t1 = seconds();
    best = w->size == WEAK_SMALL ? oracle_best(o, site_of) : best_by_glpk(instance);
    t2 = seconds();
    if (cost != best) fault(w, "cost", cost, best);
    most = relaxed(instance);
    print_message("%s %s %llu: relaxed %.3f best %lld solve %.2f other %.2f\n", w->kind->name,
                  weak_size_name[w->size], (unsigned long long)w->seed, most, (long long)best,
                  t1 - t0, t2 - t1);
    plaats_instance_free(instance);
    oracle_free(o);
    free(site_of);
    free(text);
    return ceil(most + 1e-4) < (double)best;
}

static void the_best_plan_is_proved(void **state) {
    weeks *w = *state;
    uint64_t first = 1, last = w->size == WEAK_SMALL ? 20 : 3;
    const char *range = getenv("PLAATS_SEEDS");
    int weak = 0;

    if (range != NULL) assert_int_equal(sscanf(range, "%lu-%lu", &first, &last), 2);
    for (w->seed = first; w->seed <= last; w->seed++) weak += solve_week(w);
    print_message("%s %s: %d weak\n", w->kind->name, weak_size_name[w->size], weak);
    assert_int_equal(w->faults, 0);
    assert_true(weak > 0);
}

int main(void) {
    weeks w[WEAK_KINDS][WEAK_SIZES];
    struct CMUnitTest tests[WEAK_KINDS * WEAK_SIZES];
    char names[WEAK_KINDS * WEAK_SIZES][40];
    int n = 0;

    for (int k = 0; k < WEAK_KINDS; k++)
        for (int s = 0; s < WEAK_SIZES; s++, n++) {
            w[k][s] = (weeks){.kind = &weak_kinds[k], .size = s};
            snprintf(names[n], sizeof(names[n]), "%s, %s", weak_kinds[k].name, weak_size_name[s]);
            tests[n] = (struct CMUnitTest){.name = names[n],
                                           .test_func = the_best_plan_is_proved,
                                           .initial_state = &w[k][s]};
        }
    if (getenv("PLAATS_FILTER")) cmocka_set_test_filter(getenv("PLAATS_FILTER"));
    return cmocka_run_group_tests(tests, NULL, NULL);
}
