/* Linear programs in GLPK. Where GLPK gives up it calls a hook instead of returning; the hook frees
 * all that GLPK holds in this thread and jumps back here, and the program is lost from then on. */
#include "engine/lp/lp.h"
#include "base/clock.h"
#include "base/rounded.h"
#include "engine/lp/glpk_losses.h"
#include "engine/lp/lp_tuning.h"

#include <assert.h>
#include <glpk.h>
#include <math.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

struct lp {
    glp_prob *problem;
    int born;   /* glpk_losses when it was made */
    int *index; /* scratch, counted from 1 as GLPK does */
    double *value;
    int room;
    int64_t iterations;
    jmp_buf leave;
    double deadline;
    const lp_limits *limits;
};

/* GLPK gave up since the program was made: nothing of it is left. */
static bool is_lost(const lp *p) {
    return p->born != glpk_losses;
}

/* ---- GLPK's abort and its messages -------------------------------------------------------- */

static void on_error(void *info) {
    lp *p = info;
    glp_error_hook(NULL, NULL);
    glp_free_env(); /* frees every program of this thread */
    glpk_losses++;
    longjmp(p->leave, 1);
}

/* GLPK's messages are swallowed; inside a long simplex run they are its only heartbeat, where a
 * stop can be seen. */
static int on_message(void *info, const char *text) {
    lp *p = info;
    (void)text;
    if (p->limits != NULL && p->limits->over != NULL && p->limits->over(p->limits->context)) {
        glp_term_hook(NULL, NULL);
        on_error(p);
    }
    return 1;
}

static void guard(lp *p) {
    glp_error_hook(on_error, p);
    glp_term_hook(on_message, p);
}

static void unguard(void) {
    glp_error_hook(NULL, NULL);
    glp_term_hook(NULL, NULL);
}

lp *lp_new(void) {
    lp *p = calloc(1, sizeof *p);
    if (p == NULL) return NULL;
    p->born = glpk_losses;
    guard(p);
    if (setjmp(p->leave) == 0) {
        p->problem = glp_create_prob();
        glp_set_obj_dir(p->problem, GLP_MIN);
    }
    unguard();
    return p;
}

void lp_free(lp *p) {
    if (p == NULL) return;
    if (!is_lost(p)) glp_delete_prob(p->problem);
    free(p->index);
    free(p->value);
    free(p);
}

/* ---- Growing ------------------------------------------------------------------------------ */

static bool take_vector(lp *p, lp_vector v) {
    if (v.n > p->room) {
        int room = v.n + v.n / 2 + 16;
        int *index = realloc(p->index, ((size_t)room + 1) * sizeof *index);
        double *value;
        if (index == NULL) return false;
        p->index = index;
        value = realloc(p->value, ((size_t)room + 1) * sizeof *value);
        if (value == NULL) return false;
        p->value = value;
        p->room = room;
    }
    for (int i = 0; i < v.n; i++) {
        p->index[i + 1] = v.at[i] + 1;
        p->value[i + 1] = v.value[i];
    }
    return true;
}

static void set_bounds(lp *p, int column, double low, double high) {
    assert(low >= 0 && low <= high);
    int type = low == high ? GLP_FX : isinf(high) ? GLP_LO : GLP_DB;
    glp_set_col_bnds(p->problem, column + 1, type, low, high);
}

int lp_add_column(lp *p, double cost, double upper, lp_vector rows) {
    volatile int number = -1;
    if (is_lost(p) || !take_vector(p, rows)) return -1;
    guard(p);
    if (setjmp(p->leave) == 0) {
        int j = glp_add_cols(p->problem, 1);
        glp_set_obj_coef(p->problem, j, cost);
        set_bounds(p, j - 1, 0, upper);
        if (rows.n > 0) glp_set_mat_col(p->problem, j, rows.n, p->index, p->value);
        number = j - 1;
    }
    unguard();
    return number;
}

int lp_add_row(lp *p, double rhs, lp_vector columns) {
    volatile int number = -1;
    if (is_lost(p) || !take_vector(p, columns)) return -1;
    guard(p);
    if (setjmp(p->leave) == 0) {
        int i = glp_add_rows(p->problem, 1);
        glp_set_row_bnds(p->problem, i, GLP_UP, 0, rhs);
        if (columns.n > 0) glp_set_mat_row(p->problem, i, columns.n, p->index, p->value);
        number = i - 1;
    }
    unguard();
    return number;
}

bool lp_delete_rows(lp *p, int n, const int *rows) {
    volatile bool done = false;
    if (is_lost(p)) return false;
    if (n == 0) return true;
    guard(p);
    if (setjmp(p->leave) == 0) {
        int *numbers = malloc(((size_t)n + 1) * sizeof *numbers);
        if (numbers != NULL) {
            for (int i = 0; i < n; i++) numbers[i + 1] = rows[i] + 1;
            glp_del_rows(p->problem, n, numbers);
            free(numbers);
            done = true;
        }
    }
    unguard();
    return done;
}

int lp_columns(const lp *p) {
    return is_lost(p) ? 0 : glp_get_num_cols(p->problem);
}

int lp_rows(const lp *p) {
    return is_lost(p) ? 0 : glp_get_num_rows(p->problem);
}

void lp_set_cost(lp *p, int column, double cost) {
    if (!is_lost(p)) glp_set_obj_coef(p->problem, column + 1, cost);
}

double lp_cost(const lp *p, int column) {
    return is_lost(p) ? 0 : glp_get_obj_coef(p->problem, column + 1);
}

void lp_set_bounds(lp *p, int column, double low, double high) {
    if (!is_lost(p)) set_bounds(p, column, low, high);
}

void lp_set_rhs(lp *p, int row, double rhs) {
    if (!is_lost(p)) glp_set_row_bnds(p->problem, row + 1, GLP_UP, 0, rhs);
}

double lp_rhs(const lp *p, int row) {
    return is_lost(p) ? 0 : glp_get_row_ub(p->problem, row + 1);
}

void lp_enter(lp *p, int column, int row) {
    if (is_lost(p)) return;
    glp_set_col_stat(p->problem, column + 1, GLP_BS);
    glp_set_row_stat(p->problem, row + 1, GLP_NU);
}

void lp_rest_high(lp *p, int column) {
    if (!is_lost(p)) glp_set_col_stat(p->problem, column + 1, GLP_NU);
}

void lp_set_like(lp *p, int column, const lp *other, int column_there) {
    if (is_lost(p) || is_lost(other)) return;
    glp_set_col_stat(p->problem, column + 1, glp_get_col_stat(other->problem, column_there + 1));
}

void lp_set_row_like(lp *p, int row, const lp *other, int row_there) {
    if (is_lost(p) || is_lost(other)) return;
    glp_set_row_stat(p->problem, row + 1, glp_get_row_stat(other->problem, row_there + 1));
}

int lp_column(lp *p, int column, int *at, double *value) {
    int n;
    if (is_lost(p)) return 0;
    n = glp_get_mat_col(p->problem, column + 1, at - 1, value - 1);
    for (int i = 0; i < n; i++) at[i]--;
    return n;
}

/* ---- Solving ------------------------------------------------------------------------------ */

/* Another way each time. */
static int solve_on(lp *p, int64_t most, int tries) {
    glp_smcp options;
    double left = p->deadline - clock_seconds();

    glp_init_smcp(&options);
    options.msg_lev = GLP_MSG_ALL;
    options.out_frq = LP_HEARTBEAT;
    options.meth = p->limits->dual ? GLP_DUALP : GLP_PRIMAL;
    options.r_test = tries == 0 ? GLP_RT_FLIP : GLP_RT_HAR;
    options.pricing = tries == 1 ? GLP_PT_STD : GLP_PT_PSE;
    options.it_lim = most > INT32_MAX ? INT32_MAX : (int)most;
    options.tm_lim = (int)whole_part(left * 1000, 1, INT32_MAX);
    return glp_simplex(p->problem, &options);
}

static lp_outcome solve_guarded(lp *p) {
    int64_t before = glp_get_it_cnt(p->problem), most = p->limits->most;
    int64_t circle = LP_CIRCLE_EACH * ((int64_t)lp_rows(p) + lp_columns(p)) + LP_CIRCLE_MORE;

    for (int tries = 0; tries < LP_TRIES; tries++) {
        int64_t done = glp_get_it_cnt(p->problem) - before;
        int code, status;
        if (done >= most || clock_seconds() >= p->deadline) return LP_LIMIT;
        if (p->limits->over != NULL && p->limits->over(p->limits->context)) return LP_LIMIT;
        code = solve_on(p, most - done < circle ? most - done : circle, tries);
        status = glp_get_status(p->problem);
        if (code == 0 && status == GLP_OPT) return LP_OPTIMAL;
        if (code == 0 && status == GLP_NOFEAS) return LP_EMPTY;
        if (code == GLP_EOBJUL) return LP_LIMIT;
        if (code == GLP_ETMLIM || (code == GLP_EITLIM && most - done <= circle)) return LP_LIMIT;
        /* Numerical trouble, or it goes round in circles among equal points: from the beginning. */
        glp_std_basis(p->problem);
    }
    return LP_FAILED;
}

lp_outcome lp_solve(lp *p, const lp_limits *limits) {
    volatile lp_outcome outcome = LP_FAILED;
    int64_t before;
    assert(limits != NULL);
    if (is_lost(p)) return LP_FAILED;
    p->limits = limits;
    p->deadline = clock_seconds() + limits->seconds;
    before = glp_get_it_cnt(p->problem);
    guard(p);
    if (setjmp(p->leave) == 0) {
        outcome = solve_guarded(p);
        p->iterations += glp_get_it_cnt(p->problem) - before;
    }
    p->limits = NULL;
    unguard();
    return outcome;
}

int64_t lp_iterations(const lp *p) {
    return p->iterations;
}

double lp_value(const lp *p) {
    return is_lost(p) ? 0 : glp_get_obj_val(p->problem);
}

double lp_x(const lp *p, int column) {
    return is_lost(p) ? 0 : glp_get_col_prim(p->problem, column + 1);
}

double lp_price(const lp *p, int row) {
    return is_lost(p) ? 0 : fmax(0, -glp_get_row_dual(p->problem, row + 1));
}

double lp_reduced(const lp *p, int column) {
    return is_lost(p) ? 0 : glp_get_col_dual(p->problem, column + 1);
}

bool lp_is_basic(const lp *p, int column) {
    return !is_lost(p) && glp_get_col_stat(p->problem, column + 1) == GLP_BS;
}

bool lp_slack_is_basic(const lp *p, int row) {
    return !is_lost(p) && glp_get_row_stat(p->problem, row + 1) == GLP_BS;
}

/* GLPK's basis is of the system x_row - A x_column = 0, hence the sign. */
bool lp_multipliers(lp *p, int column, double *multipliers) {
    volatile bool done = false;
    int n = lp_rows(p), place;
    double *solution;

    if (is_lost(p)) return false;
    solution = calloc((size_t)n + 1, sizeof *solution);
    if (solution == NULL) return false;
    guard(p);
    if (setjmp(p->leave) == 0 && (glp_bf_exists(p->problem) || glp_factorize(p->problem) == 0)) {
        place = glp_get_col_bind(p->problem, column + 1);
        if (place > 0) {
            solution[place] = 1;
            glp_btran(p->problem, solution);
            for (int i = 0; i < n; i++) multipliers[i] = -solution[i + 1];
            done = true;
        }
    }
    unguard();
    free(solution);
    return done;
}

/* ---- Bases -------------------------------------------------------------------------------- */

void lp_get_basis(const lp *p, unsigned char *basis) {
    int columns = lp_columns(p), rows = lp_rows(p);
    for (int j = 0; j < columns; j++) basis[j] = (unsigned char)glp_get_col_stat(p->problem, j + 1);
    for (int i = 0; i < rows; i++)
        basis[columns + i] = (unsigned char)glp_get_row_stat(p->problem, i + 1);
}

void lp_set_basis(lp *p, const unsigned char *basis, int columns, int rows) {
    if (is_lost(p)) return;
    for (int j = 0; j < lp_columns(p); j++)
        glp_set_col_stat(p->problem, j + 1, j < columns ? basis[j] : GLP_NL);
    for (int i = 0; i < lp_rows(p); i++)
        glp_set_row_stat(p->problem, i + 1, i < rows ? basis[columns + i] : GLP_BS);
}
