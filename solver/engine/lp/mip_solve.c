/* Mixed-integer programs in GLPK, by its branch and bound; no file but this and lp.c knows GLPK.
 * Its hooks are the ways out: on_tree between nodes, on_message inside a simplex run, on_error
 * where it would end the process. */
#include "base/clock.h"
#include "base/rounded.h"
#include "engine/lp/glpk_losses.h"
#include "engine/lp/lp_tuning.h"
#include "engine/lp/mip.h"

#include <assert.h>
#include <glpk.h>
#include <math.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdlib.h>

/* Relative tolerance by which GLPK prunes. A tree is exact to the unit only while it stays below
 * one half, times the objective and times any cost: large costs that cancel out leave the simplex
 * method as far off. */
#define PRUNE 1e-9

/* Above it a whole unit is not told from rounding: below one half, with something to spare. */
#define EXACT_BELOW 0.4

_Thread_local int glpk_losses;

typedef struct {
    const mip *problem;
    const mip_limits *limits;
    mip_result *result;
    double deadline;
    double next_look; /* when the bound of the tree is asked for again */
    double bound;
    bool start_given;
    bool plain;        /* without presolve and cuts */
    int *row, *column; /* the entries as GLPK counts them; freed also when it is left by force */
    double *value;
    jmp_buf leave;
} glpk_run;

/* An iteration prices all columns and solves with a basis of as many columns as there are rows. */
static int64_t steps_of_iteration(const mip *p) {
    return 1 + 2 * (int64_t)p->n_rows + p->n_columns + p->n_entries;
}

static void count_steps(glpk_run *run, glp_prob *lp) {
    run->result->steps =
        run->problem->n_entries + glp_get_it_cnt(lp) * steps_of_iteration(run->problem);
}

static bool out_of_steps(const glpk_run *run) {
    return run->limits->steps > 0 && run->result->steps >= run->limits->steps;
}

static bool stop_asked(const glpk_run *run) {
    return run->limits->over != NULL && run->limits->over(run->limits->context);
}

/* Is the best solution of the tree as near to its bound as was asked for? */
static bool near_enough(const glpk_run *run, glp_tree *tree) {
    glp_prob *lp = glp_ios_get_prob(tree);
    return run->limits->enough > 0 && glp_mip_status(lp) == GLP_FEAS &&
           glp_mip_obj_val(lp) - run->bound <= run->limits->enough;
}

/* Called instead of abort(): drop everything GLPK holds and go back to mip_solve. */
static void on_error(void *info) {
    glpk_run *run = info;
    glp_error_hook(NULL, NULL);
    glp_free_env();
    glpk_losses++;
    longjmp(run->leave, 1);
}

/* GLPK's messages are swallowed. They also are its heartbeat inside a long simplex run, where it
 * offers no other way to stop. */
static int on_message(void *info, const char *text) {
    glpk_run *run = info;
    (void)text;
    if (stop_asked(run)) run->deadline = fmin(run->deadline, clock_seconds());
    if (clock_seconds() > run->deadline + LP_GRACE) {
        glp_term_hook(NULL, NULL);
        glp_error_hook(NULL, NULL);
        glp_free_env();
        glpk_losses++;
        longjmp(run->leave, 2);
    }
    return 1;
}

static void note_bound(glpk_run *run, glp_tree *tree) {
    double now = clock_seconds();
    int node;
    if (now < run->next_look) return;
    run->next_look = now + LP_BOUND_EVERY;
    node = glp_ios_best_node(tree);
    if (node != 0) run->bound = fmax(run->bound, glp_ios_node_bound(tree, node));
}

static void on_tree(glp_tree *tree, void *info) {
    glpk_run *run = info;
    int solved;

    if (glp_ios_reason(tree) == GLP_IHEUR && run->limits->start != NULL && !run->start_given) {
        /* GLPK counts columns from 1. */
        run->start_given = true;
        glp_ios_heur_sol(tree, run->limits->start - 1);
    }
    if (glp_ios_reason(tree) != GLP_ISELECT) return;
    note_bound(run, tree);
    count_steps(run, glp_ios_get_prob(tree));
    glp_ios_tree_size(tree, NULL, NULL, &solved);
    if (stop_asked(run) || near_enough(run, tree) || out_of_steps(run) ||
        (run->limits->nodes > 0 && solved > run->limits->nodes))
        glp_ios_terminate(tree);
}

static void set_bounds(glp_prob *lp, void (*set)(glp_prob *, int, int, double, double), int i,
                       double low, double high) {
    int type = low == high                 ? GLP_FX
               : isinf(low) && isinf(high) ? GLP_FR
               : isinf(low)                ? GLP_UP
               : isinf(high)               ? GLP_LO
                                           : GLP_DB;
    set(lp, i, type, low, high);
}

/* GLPK counts from 1. */
static bool list_entries(glpk_run *run) {
    const mip *p = run->problem;
    size_t n = (size_t)p->n_entries + 1;
    run->row = malloc(n * sizeof *run->row);
    run->column = malloc(n * sizeof *run->column);
    run->value = malloc(n * sizeof *run->value);
    if (run->row == NULL || run->column == NULL || run->value == NULL) return false;
    for (int k = 0; k < p->n_entries; k++) {
        run->row[k + 1] = p->row[k] + 1;
        run->column[k + 1] = p->column[k] + 1;
        run->value[k + 1] = p->value[k];
    }
    return true;
}

static void free_entries(glpk_run *run) {
    free(run->row);
    free(run->column);
    free(run->value);
}

static void load_problem(glp_prob *lp, const glpk_run *run) {
    const mip *p = run->problem;
    glp_set_obj_dir(lp, GLP_MIN);
    if (p->n_columns > 0) glp_add_cols(lp, p->n_columns);
    if (p->n_rows > 0) glp_add_rows(lp, p->n_rows);
    for (int j = 0; j < p->n_columns; j++) {
        set_bounds(lp, glp_set_col_bnds, j + 1, 0, p->upper[j]);
        glp_set_obj_coef(lp, j + 1, p->cost[j]);
        glp_set_col_kind(lp, j + 1, GLP_IV);
    }
    for (int i = 0; i < p->n_rows; i++)
        set_bounds(lp, glp_set_row_bnds, i + 1, p->low[i], p->high[i]);
    glp_load_matrix(lp, p->n_entries, run->row, run->column, run->value);
}

static int milliseconds_left(const glpk_run *run) {
    double left = (run->deadline - clock_seconds()) * 1000;
    return (int)whole_part(left, 1, INT32_MAX);
}

static int iterations_left(const glpk_run *run) {
    int64_t most = run->limits->steps / steps_of_iteration(run->problem) + 1;
    return run->limits->steps == 0 || most > INT32_MAX ? INT32_MAX : (int)most;
}

/* Without presolve the tree wants the root's relaxation solved first. */
static int tree_solve_root(glpk_run *run, glp_prob *lp) {
    glp_smcp options;
    glp_init_smcp(&options);
    options.msg_lev = GLP_MSG_ALL;
    options.tm_lim = milliseconds_left(run);
    options.it_lim = iterations_left(run);
    glp_adv_basis(lp, 0);
    return glp_simplex(lp, &options);
}

static int solve_tree(glpk_run *run, glp_prob *lp) {
    glp_iocp options;
    glp_init_iocp(&options);
    options.msg_lev = GLP_MSG_ALL;
    options.tm_lim = milliseconds_left(run);
    options.tol_obj = PRUNE;
    options.presolve = run->limits->presolve && !run->plain ? GLP_ON : GLP_OFF;
    if (run->limits->cuts && !run->plain) {
        options.mir_cuts = GLP_ON;
        options.gmi_cuts = GLP_ON;
        options.cov_cuts = GLP_ON;
    }
    options.cb_func = on_tree;
    options.cb_info = run;
    return glp_intopt(lp, &options);
}

/* By how much GLPK's word on a value may be off. */
static double slip(const mip *p, double value) {
    double size = fabs(value);
    for (int j = 0; j < p->n_columns; j++) size = fmax(size, fabs(p->cost[j]));
    return PRUNE * (1 + size);
}

/* What GLPK's return code and solution status come to. */
static void read_result(glpk_run *run, glp_prob *lp, int code) {
    mip_result *result = run->result;
    int status = glp_mip_status(lp);

    result->bound = run->bound;
    if (status == GLP_NOFEAS || code == GLP_ENOPFS) {
        result->outcome = MIP_NOTHING;
    } else if (status == GLP_OPT || status == GLP_FEAS) {
        result->objective = glp_mip_obj_val(lp);
        for (int j = 0; j < run->problem->n_columns; j++)
            result->x[j] = round(glp_mip_col_val(lp, j + 1));
        result->outcome = status == GLP_OPT ? MIP_OPTIMAL : MIP_FEASIBLE;
        if (status == GLP_OPT) result->bound = result->objective;
    } else if (code == 0 || code == GLP_ETMLIM || code == GLP_EITLIM || code == GLP_ESTOP ||
               code == GLP_EMIPGAP) {
        result->outcome = MIP_LIMIT;
    }
    /* Beyond its tolerance GLPK's word is not good to the unit. */
    result->bound -= slip(run->problem, result->bound);
    if (result->outcome == MIP_OPTIMAL && slip(run->problem, result->objective) >= EXACT_BELOW)
        result->outcome = MIP_FEASIBLE;
}

static void solve_guarded(glpk_run *run) {
    glp_prob *lp = glp_create_prob();
    bool presolve = run->limits->presolve && !run->plain;
    int code = 0;

    load_problem(lp, run);
    if (!presolve) code = tree_solve_root(run, lp);
    if (code == 0 && !presolve && glp_get_status(lp) == GLP_NOFEAS) code = GLP_ENOPFS;
    if (code == 0) code = solve_tree(run, lp);
    count_steps(run, lp);
    read_result(run, lp, code);
    glp_delete_prob(lp);
}

/* GLPK keeps an environment for each thread, which goes when the thread ends. */
static pthread_key_t at_thread_end;
static pthread_once_t at_thread_end_made = PTHREAD_ONCE_INIT;

static void free_environment(void *unused) {
    (void)unused;
    glp_free_env();
    glpk_losses++;
}

static void make_thread_end(void) {
    pthread_key_create(&at_thread_end, free_environment);
}

static void solve_once(const mip *p, const mip_limits *limits, double deadline, bool plain,
                       mip_result *result) {
    glpk_run run = {
        .problem = p, .limits = limits, .result = result, .deadline = deadline, .plain = plain};
    int left;

    assert(p->n_columns == 0 || result->x != NULL);
    run.bound = -INFINITY;
    result->outcome = MIP_FAILED;
    result->objective = INFINITY;
    result->bound = -INFINITY;
    result->steps = 0;
    if (list_entries(&run)) {
        glp_error_hook(on_error, &run);
        glp_term_hook(on_message, &run);
        left = setjmp(run.leave);
        if (left == 0)
            solve_guarded(&run);
        else
            result->outcome = left == 2 ? MIP_LIMIT : MIP_FAILED;
        glp_error_hook(NULL, NULL);
        glp_term_hook(NULL, NULL);
    }
    free_entries(&run);
}

/* GLPK ends itself where its presolve leaves rows but no columns to its cuts: then once more
 * without either. */
void mip_solve(const mip *p, const mip_limits *limits, mip_result *result) {
    double deadline = clock_seconds() + limits->seconds;
    pthread_once(&at_thread_end_made, make_thread_end);
    pthread_setspecific(at_thread_end, &at_thread_end);
    solve_once(p, limits, deadline, false, result);
    if (result->outcome == MIP_FAILED && (limits->presolve || limits->cuts))
        solve_once(p, limits, deadline, true, result);
}
