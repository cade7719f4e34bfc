#include "engine/ipm.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MAX_ITERATIONS 60
#define STEP_BACK 0.995 /* how far towards the boundary a step may go */
#define PANEL 32        /* columns of the factor that are worked on together */

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define VECTOR_CLONES __attribute__((target_clones("avx2", "default"), optimize("O3")))
#else
#define VECTOR_CLONES
#endif

/* Directions of all variables; z, zv are the dual slacks of x and v, the prices those of s. */
typedef struct {
    double *x, *z, *s, *price, *v, *zv, *sigma;
} point;

typedef struct {
    const ipm_master *p;
    point now, step, aim; /* aim: complementarity targets; only x, s and v are used of it */
    double *weight;       /* x/z per column */
    double *push;         /* e per column: what its step is before prices move */
    double *group_weight; /* sum of weight per group */
    double *group_push;   /* (1 - sum x) - sum of push, per group */
    double *matrix;       /* n_rows x n_rows, lower triangle: the normal equations, then L */
    double *panel;        /* PANEL x n_rows: columns of the factor, each in one piece */
    double *right;        /* n_rows */
    double *scratch;      /* n_rows */
    int *touched;         /* n_rows */
    double *memory;       /* all of the above but `touched` */
} ipm;

static bool soft(const ipm_master *p, int r) {
    return !isinf(p->points[r]);
}

static double *take(double **from, int n) {
    double *taken = *from;
    *from += n;
    return taken;
}

static void take_point(double **from, const ipm_master *p, point *q) {
    q->x = take(from, p->n_columns);
    q->z = take(from, p->n_columns);
    q->sigma = take(from, p->n_groups);
    q->s = take(from, p->n_rows);
    q->price = take(from, p->n_rows);
    q->v = take(from, p->n_rows);
    q->zv = take(from, p->n_rows);
}

static plaats_status ipm_allocate(const ipm_master *p, ipm *q, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    size_t columns = (size_t)p->n_columns, rows = (size_t)p->n_rows, groups = (size_t)p->n_groups;
    double *from;

    q->p = p;
    TRY_ALLOC(q->memory = zero_alloc(8 * columns + 5 * groups + rows * (14 + PANEL + rows),
                                     sizeof *q->memory));
    TRY_ALLOC(q->touched = zero_alloc(rows, sizeof *q->touched));
    from = q->memory;
    take_point(&from, p, &q->now);
    take_point(&from, p, &q->step);
    take_point(&from, p, &q->aim);
    q->weight = take(&from, p->n_columns);
    q->push = take(&from, p->n_columns);
    q->group_weight = take(&from, p->n_groups);
    q->group_push = take(&from, p->n_groups);
    q->right = take(&from, p->n_rows);
    q->scratch = take(&from, p->n_rows);
    q->panel = take(&from, PANEL * p->n_rows);
    q->matrix = from;
done:
    return st;
}

static double reduced_cost(const ipm_master *p, const double *price, int column) {
    double sum = p->cost[column];
    for (int e = p->entry_start[column]; e < p->entry_start[column + 1]; e++)
        sum += price[p->entry_row[e]] * p->entry_use[e];
    return sum;
}

/* A point inside all bounds near the given prices; dual feasible, primal not yet. */
static void start_point(ipm *q, const double *price, double spread) {
    const ipm_master *p = q->p;
    point *now = &q->now;

    for (int r = 0; r < p->n_rows; r++) {
        double most = soft(p, r) ? 0.95 * p->points[r] : INFINITY;
        now->price[r] = fmin(fmax(price[r], 0.01 * spread), most);
        now->s[r] = p->rhs[r];
        now->zv[r] = soft(p, r) ? p->points[r] - now->price[r] : 1;
    }
    for (int g = 0; g < p->n_groups; g++) {
        int first = p->group_start[g], last = p->group_start[g + 1];
        double least = INFINITY, sum = 0;
        for (int c = first; c < last; c++) {
            now->z[c] = reduced_cost(p, now->price, c);
            least = fmin(least, now->z[c]);
        }
        now->sigma[g] = least - spread;
        for (int c = first; c < last; c++) {
            now->z[c] -= now->sigma[g];
            sum += 1 / now->z[c];
        }
        /* Cheap decisions get most of the unit. */
        for (int c = first; c < last; c++) {
            now->x[c] = 1 / now->z[c] / sum;
            for (int e = p->entry_start[c]; e < p->entry_start[c + 1]; e++)
                now->s[p->entry_row[e]] -= p->entry_use[e] * now->x[c];
        }
    }
    for (int r = 0; r < p->n_rows; r++) {
        double room = now->s[r];
        now->v[r] = soft(p, r) ? fmax(-room, 0) + 1 : 0;
        now->s[r] = fmax(room, 0) + 1;
    }
}

/* Mean complementarity, and how far rows are from holding. */
static double mean_complementarity(const ipm *q) {
    const ipm_master *p = q->p;
    double sum = 0;
    int n = p->n_columns + p->n_rows;
    for (int c = 0; c < p->n_columns; c++) sum += q->now.x[c] * q->now.z[c];
    for (int r = 0; r < p->n_rows; r++) {
        sum += q->now.s[r] * q->now.price[r];
        if (soft(p, r)) {
            sum += q->now.v[r] * q->now.zv[r];
            n++;
        }
    }
    return sum / n;
}

/* matrix = sum D a a' - sum over groups of (sum D a)(sum D a)'/(sum D) + diagonal. */
static void build_matrix(ipm *q) {
    const ipm_master *p = q->p;
    size_t n = (size_t)p->n_rows;

    memset(q->matrix, 0, n * n * sizeof *q->matrix);
    for (int r = 0; r < p->n_rows; r++) {
        double diagonal = q->now.s[r] / q->now.price[r];
        if (soft(p, r)) diagonal += q->now.v[r] / q->now.zv[r];
        q->matrix[(size_t)r * n + (size_t)r] = diagonal;
    }
    for (int g = 0; g < p->n_groups; g++) {
        int n_touched = 0;
        double sum = 0;
        for (int c = p->group_start[g]; c < p->group_start[g + 1]; c++) {
            double d = q->now.x[c] / q->now.z[c];
            q->weight[c] = d;
            sum += d;
            for (int e = p->entry_start[c]; e < p->entry_start[c + 1]; e++) {
                int r = p->entry_row[e];
                if (q->scratch[r] == 0) q->touched[n_touched++] = r;
                q->scratch[r] += d * p->entry_use[e];
                for (int f = p->entry_start[c]; f <= e; f++) {
                    int t = p->entry_row[f];
                    size_t low = (size_t)(r > t ? r : t), high = (size_t)(r > t ? t : r);
                    q->matrix[low * n + high] += d * p->entry_use[e] * p->entry_use[f];
                }
            }
        }
        q->group_weight[g] = sum;
        for (int i = 0; i < n_touched; i++) {
            double share = q->scratch[q->touched[i]] / sum;
            for (int k = 0; k <= i; k++) {
                int r = q->touched[i], t = q->touched[k];
                size_t low = (size_t)(r > t ? r : t), high = (size_t)(r > t ? t : r);
                q->matrix[low * n + high] -= share * q->scratch[t];
            }
        }
        for (int i = 0; i < n_touched; i++) q->scratch[q->touched[i]] = 0;
    }
}

/* Columns b..end-1 of the factor, for all rows below; a vanished pivot (a redundant row) is made
 * huge, so that its price stays. */
static void factor_panel(double *matrix, size_t n, size_t b, size_t end) {
    for (size_t k = b; k < end; k++) {
        double pivot = matrix[k * n + k];
        double root = pivot > 1e-14 ? sqrt(pivot) : 1e64;
        matrix[k * n + k] = root;
        for (size_t i = k + 1; i < n; i++) matrix[i * n + k] /= root;
        for (size_t i = k + 1; i < n; i++) {
            double *row = matrix + i * n;
            for (size_t j = k + 1; j < end && j <= i; j++) row[j] -= row[k] * matrix[j * n + k];
        }
    }
}

/* row[j] -= l * column[j]: where nearly all the time goes. Wider vectors give the same digits,
 * since every element is its own sum. */
VECTOR_CLONES
static void subtract(double *restrict row, const double *restrict column, double l, size_t n) {
    for (size_t j = 0; j < n; j++) row[j] -= l * column[j];
}

/* Cholesky in place, a panel of columns at a time, so that what is left of the matrix passes
 * through the cache once for each panel and not once for each column. */
static void factor(ipm *q) {
    size_t n = (size_t)q->p->n_rows;

    for (size_t b = 0; b < n; b += PANEL) {
        size_t end = b + PANEL < n ? b + PANEL : n;
        factor_panel(q->matrix, n, b, end);
        for (size_t k = b; k < end; k++)
            for (size_t i = end; i < n; i++) q->panel[(k - b) * n + i] = q->matrix[i * n + k];
        for (size_t i = end; i < n; i++)
            for (size_t k = b; k < end; k++)
                subtract(q->matrix + i * n + end, q->panel + (k - b) * n + end,
                         q->matrix[i * n + k], i + 1 - end);
    }
}

static void solve_factored(const ipm *q, double *b) {
    size_t n = (size_t)q->p->n_rows;
    for (size_t i = 0; i < n; i++) {
        const double *row = q->matrix + i * n;
        double sum = b[i];
        for (size_t j = 0; j < i; j++) sum -= row[j] * b[j];
        b[i] = sum / row[i];
    }
    for (size_t i = n; i-- > 0;) {
        const double *row = q->matrix + i * n;
        b[i] /= row[i];
        for (size_t j = 0; j < i; j++) b[j] -= row[j] * b[i];
    }
}

/* The right-hand side for the complementarity aims, see build_matrix. Dual feasibility holds from
 * the start on and is kept by full dual steps, so its residual is not carried. */
static void build_right(ipm *q) {
    const ipm_master *p = q->p;
    const point *now = &q->now;

    for (int r = 0; r < p->n_rows; r++) {
        double holds = p->rhs[r] - now->s[r] + now->v[r]; /* less sum a x, below */
        q->right[r] = -holds + q->aim.s[r] / now->price[r];
        if (soft(p, r)) q->right[r] -= q->aim.v[r] / now->zv[r];
    }
    for (int g = 0; g < p->n_groups; g++) {
        double rest = 1, carry;
        for (int c = p->group_start[g]; c < p->group_start[g + 1]; c++) {
            q->push[c] = q->aim.x[c] / now->z[c];
            rest -= now->x[c] + q->push[c];
        }
        q->group_push[g] = rest;
        carry = rest / q->group_weight[g];
        for (int c = p->group_start[g]; c < p->group_start[g + 1]; c++) {
            double amount = now->x[c] + q->push[c] + q->weight[c] * carry;
            for (int e = p->entry_start[c]; e < p->entry_start[c + 1]; e++)
                q->right[p->entry_row[e]] += p->entry_use[e] * amount;
        }
    }
}

/* From the price step back to the steps of everything else. */
static void expand_step(ipm *q) {
    const ipm_master *p = q->p;
    const point *now = &q->now;
    point *step = &q->step;

    memcpy(step->price, q->right, (size_t)p->n_rows * sizeof *step->price);
    for (int g = 0; g < p->n_groups; g++) {
        double along = 0;
        for (int c = p->group_start[g]; c < p->group_start[g + 1]; c++) {
            double a = 0;
            for (int e = p->entry_start[c]; e < p->entry_start[c + 1]; e++)
                a += p->entry_use[e] * step->price[p->entry_row[e]];
            step->z[c] = a;
            along += q->weight[c] * a;
        }
        step->sigma[g] = (q->group_push[g] + along) / q->group_weight[g];
        for (int c = p->group_start[g]; c < p->group_start[g + 1]; c++) {
            step->z[c] -= step->sigma[g];
            step->x[c] = q->push[c] - q->weight[c] * step->z[c];
        }
    }
    for (int r = 0; r < p->n_rows; r++) {
        step->s[r] = (q->aim.s[r] - now->s[r] * step->price[r]) / now->price[r];
        step->zv[r] = soft(p, r) ? -step->price[r] : 0;
        step->v[r] = soft(p, r) ? (q->aim.v[r] - now->v[r] * step->zv[r]) / now->zv[r] : 0;
    }
}

static double longest(const double *now, const double *step, int n, double most) {
    for (int i = 0; i < n; i++)
        if (now[i] + most * step[i] < 0) most = -now[i] / step[i];
    return most;
}

static double longest_primal(const ipm *q) {
    double most = longest(q->now.x, q->step.x, q->p->n_columns, 1 / STEP_BACK);
    most = longest(q->now.s, q->step.s, q->p->n_rows, most);
    return longest(q->now.v, q->step.v, q->p->n_rows, most);
}

static double longest_dual(const ipm *q) {
    double most = longest(q->now.z, q->step.z, q->p->n_columns, 1 / STEP_BACK);
    most = longest(q->now.price, q->step.price, q->p->n_rows, most);
    return longest(q->now.zv, q->step.zv, q->p->n_rows, most);
}

static void advance(double *now, const double *step, int n, double length) {
    for (int i = 0; i < n; i++) now[i] += length * step[i];
}

static void set_aims(ipm *q, double target, bool correct) {
    const ipm_master *p = q->p;
    const point *now = &q->now, *step = &q->step;
    double by = correct ? 1 : 0;
    for (int c = 0; c < p->n_columns; c++)
        q->aim.x[c] = target - now->x[c] * now->z[c] - by * step->x[c] * step->z[c];
    for (int r = 0; r < p->n_rows; r++) {
        q->aim.s[r] = target - now->s[r] * now->price[r] - by * step->s[r] * step->price[r];
        q->aim.v[r] =
            soft(p, r) ? target - now->v[r] * now->zv[r] - by * step->v[r] * step->zv[r] : 0;
    }
}

static void find_step(ipm *q) {
    build_right(q);
    solve_factored(q, q->right);
    expand_step(q);
}

/* Mean complementarity if the full step of the predictor were taken. */
static double predicted(const ipm *q, double primal, double dual) {
    const ipm_master *p = q->p;
    const point *now = &q->now, *step = &q->step;
    double sum = 0;
    int n = p->n_columns + p->n_rows;
    for (int c = 0; c < p->n_columns; c++)
        sum += (now->x[c] + primal * step->x[c]) * (now->z[c] + dual * step->z[c]);
    for (int r = 0; r < p->n_rows; r++) {
        sum += (now->s[r] + primal * step->s[r]) * (now->price[r] + dual * step->price[r]);
        if (!soft(p, r)) continue;
        sum += (now->v[r] + primal * step->v[r]) * (now->zv[r] + dual * step->zv[r]);
        n++;
    }
    return sum / n;
}

static void iterate(ipm *q, double mean) {
    const ipm_master *p = q->p;
    double primal, dual, ratio;

    build_matrix(q);
    factor(q);
    set_aims(q, 0, false);
    find_step(q);
    primal = fmin(1, longest_primal(q));
    dual = fmin(1, longest_dual(q));
    ratio = predicted(q, primal, dual) / mean;
    set_aims(q, mean * ratio * ratio * ratio, true);
    find_step(q);
    primal = fmin(1, STEP_BACK * longest_primal(q));
    dual = fmin(1, STEP_BACK * longest_dual(q));
    advance(q->now.x, q->step.x, p->n_columns, primal);
    advance(q->now.s, q->step.s, p->n_rows, primal);
    advance(q->now.v, q->step.v, p->n_rows, primal);
    advance(q->now.z, q->step.z, p->n_columns, dual);
    advance(q->now.sigma, q->step.sigma, p->n_groups, dual);
    advance(q->now.price, q->step.price, p->n_rows, dual);
    advance(q->now.zv, q->step.zv, p->n_rows, dual);
}

static double primal_objective(const ipm *q) {
    double sum = 0;
    for (int c = 0; c < q->p->n_columns; c++) sum += q->p->cost[c] * q->now.x[c];
    for (int r = 0; r < q->p->n_rows; r++)
        if (soft(q->p, r)) sum += q->p->points[r] * q->now.v[r];
    return sum;
}

static double dual_objective(const ipm *q) {
    double sum = 0;
    for (int g = 0; g < q->p->n_groups; g++) sum += q->now.sigma[g];
    for (int r = 0; r < q->p->n_rows; r++) sum -= q->now.price[r] * q->p->rhs[r];
    return sum;
}

/* A typical difference between two decisions of a unit: the scale of prices. */
static double cost_spread(const ipm_master *p) {
    double sum = 0;
    int n = 0;
    for (int g = 0; g < p->n_groups; g++) {
        double least = INFINITY, second = INFINITY;
        for (int c = p->group_start[g]; c < p->group_start[g + 1]; c++) {
            if (p->cost[c] < least) {
                second = least;
                least = p->cost[c];
            } else {
                second = fmin(second, p->cost[c]);
            }
        }
        if (isinf(second)) continue;
        sum += fmin(second - least, 1000) + 1;
        n++;
    }
    return n > 0 ? sum / n : 1;
}

plaats_status ipm_solve(const ipm_master *p, double tolerance, double *price, double *x,
                        double *objective, bool (*out_of_time)(void *context), void *context,
                        plaats_error *error) {
    plaats_status st = PLAATS_OK;
    ipm q = {0};

    TRY(ipm_allocate(p, &q, error));
    start_point(&q, price, cost_spread(p));
    for (int i = 0; i < MAX_ITERATIONS; i++) {
        double mean = mean_complementarity(&q), primal = primal_objective(&q);
        double gap = fabs(primal - dual_objective(&q));
        if (!isfinite(mean) || gap < tolerance * (1 + fabs(primal))) break;
        memcpy(price, q.now.price, (size_t)p->n_rows * sizeof *price);
        if (out_of_time(context)) break;
        iterate(&q, mean);
    }
    if (isfinite(mean_complementarity(&q)))
        memcpy(price, q.now.price, (size_t)p->n_rows * sizeof *price);
    memcpy(x, q.now.x, (size_t)p->n_columns * sizeof *x);
    *objective = primal_objective(&q);
done:
    free(q.memory);
    free(q.touched);
    return st;
}
