/* Prices by column generation.
 *
 * The relaxation has one column per unit and site; nearly all of them are dear and never used. A
 * master program with a few columns per unit gives prices; a pass over all columns at these prices
 * gives a bound and the columns that were missed. Rows join the master only when they can bind:
 * beds, services and quotas if everyone who may use them would overfill them, apart rows when
 * the master's solution breaks them.
 */
#include "engine/prices.h"

#include "base/checked.h"
#include "engine/field.h"
#include "engine/ipm.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_COLUMNS 6 /* cheapest sites of a unit in the first master */
#define ROUND_COLUMNS 4 /* added per unit and round at most */
#define MAX_ROUNDS 30
#define TARGET 1e-6 /* relative distance of bound and master at which to stop */
#define FULL_SCALE 1000000

typedef struct {
    run *r;
    model_prices *found; /* goal and most_weight are given; the best prices come into it */
    field f;
    int n_rows;        /* in the master */
    int *master_row;   /* row of the model -> row of the master, or NONE */
    int *model_row;    /* and back */
    double *row_price; /* per row of the model */
    int weight_row;    /* GOAL_REST: row of the master that limits the weight unplaced */
    double weight_price;
    double cap;      /* GOAL_COST: points per person unplaced in the master, U at most */
    double unplaced; /* weight that the master's solution leaves unplaced */
    int n_columns, column_room;
    int32_t *column_unit, *column_site; /* site NONE: unplaced */
    int n_open; /* rows with keep_open: each a group of its own, after the units */
    int *open_row;
    double *reduced; /* scratch: per site */
} search;

/* A master program in the arrays that ipm_master points to. */
typedef struct {
    ipm_master p;
    int *order; /* column of the master -> column of the search, -1 for open rows */
    int *group_start, *entry_start, *entry_row;
    double *cost, *entry_use, *rhs, *points, *price, *x;
} master;

static plaats_status add_column(search *s, int u, int site, plaats_error *error) {
    if (s->n_columns == s->column_room) {
        int room = s->column_room * 2 + 1024;
        int32_t *units = realloc(s->column_unit, (size_t)room * sizeof *units);
        int32_t *sites;
        if (units == NULL) return fail_memory(error);
        s->column_unit = units;
        sites = realloc(s->column_site, (size_t)room * sizeof *sites);
        if (sites == NULL) return fail_memory(error);
        s->column_site = sites;
        s->column_room = room;
    }
    s->column_unit[s->n_columns] = u;
    s->column_site[s->n_columns++] = site;
    return PLAATS_OK;
}

/* ---- Which rows ------------------------------------------------------------------------- */

static void activate(search *s, int row) {
    if (s->master_row[row] != NONE) return;
    s->master_row[row] = s->n_rows;
    s->model_row[s->n_rows++] = row;
}

/* The most a row can be used if everyone who may use it does. */
static plaats_status activate_contested(search *s, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const model *m = s->r->m;
    const grid *g = &s->r->g;
    int64_t *most = NULL;
    int *last = NULL; /* the unit that was last counted in a row: quotas count it once */

    TRY_ALLOC(most = zero_alloc((size_t)m->n_rows, sizeof *most));
    TRY_ALLOC(last = zero_alloc((size_t)m->n_rows, sizeof *last));
    for (int u = 0; u < m->n_units; u++) {
        options o = model_options(m, u);
        for (int i = 0; i < o.n; i++) {
            GRID_EACH_USE(g, u, o.site[i], row, use, {
                if (use > 0 && last[row] != u + 1) {
                    last[row] = u + 1;
                    most[row] += use;
                }
            })
        }
    }
    for (int i = 0; i < m->n_rows; i++) {
        const model_row *row = &m->rows[i];
        bool soft = row->kind != ROW_OPEN && row->points > 0;
        if (row->kind == ROW_APART || (soft && s->found->goal == GOAL_WEIGHT)) continue;
        if (most[i] > row->rhs || (row->kind == ROW_MIN && row->rhs < 0)) activate(s, i);
    }
done:
    free(most);
    free(last);
    return st;
}

/* Apart rows that the master's solution breaks join it; true if any did. */
static plaats_status activate_broken(search *s, const master *q, bool *any, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const model *m = s->r->m;
    const grid *g = &s->r->g;
    double *load = NULL;

    *any = false;
    TRY_ALLOC(load = zero_alloc((size_t)m->n_rows, sizeof *load));
    for (int c = 0; c < q->p.n_columns; c++) {
        int column = q->order[c];
        if (column < 0 || s->column_site[column] == NONE ||
            m->units[s->column_unit[column]].n_apart == 0)
            continue;
        GRID_EACH_USE(g, s->column_unit[column], s->column_site[column], row, use,
                      { load[row] += use * q->x[c]; })
    }
    for (int i = 0; i < m->n_rows; i++) {
        if (m->rows[i].kind != ROW_APART || s->master_row[i] != NONE) continue;
        if (load[i] <= (double)m->rows[i].rhs + 0.01) continue;
        activate(s, i);
        *any = true;
    }
done:
    free(load);
    return st;
}

/* ---- The master --------------------------------------------------------------------------- */

static void master_free(master *q) {
    free(q->order);
    free(q->group_start);
    free(q->entry_start);
    free(q->entry_row);
    free(q->cost);
    free(q->entry_use);
    free(q->rhs);
    free(q->points);
    free(q->price);
    free(q->x);
}

static plaats_status master_allocate(const search *s, master *q, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    size_t columns = (size_t)s->n_columns + 2 * (size_t)s->n_open;
    size_t entries = (size_t)s->n_columns * ((size_t)s->r->m->max_uses + 1) + (size_t)s->n_open;

    TRY_ALLOC(q->order = zero_alloc(columns, sizeof *q->order));
    TRY_ALLOC(q->group_start =
                  zero_alloc((size_t)s->r->m->n_units + (size_t)s->n_open + 1, sizeof(int)));
    TRY_ALLOC(q->entry_start = zero_alloc(columns + 1, sizeof *q->entry_start));
    TRY_ALLOC(q->entry_row = zero_alloc(entries, sizeof *q->entry_row));
    TRY_ALLOC(q->entry_use = zero_alloc(entries, sizeof *q->entry_use));
    TRY_ALLOC(q->cost = zero_alloc(columns, sizeof *q->cost));
    TRY_ALLOC(q->x = zero_alloc(columns, sizeof *q->x));
    TRY_ALLOC(q->rhs = zero_alloc((size_t)s->n_rows, sizeof *q->rhs));
    TRY_ALLOC(q->points = zero_alloc((size_t)s->n_rows, sizeof *q->points));
    TRY_ALLOC(q->price = zero_alloc((size_t)s->n_rows, sizeof *q->price));
done:
    return st;
}

/* Columns of the search, ordered by unit. */
static void order_columns(const search *s, master *q) {
    int n_units = s->r->m->n_units;
    int *start = q->group_start;
    for (int c = 0; c < s->n_columns; c++) start[s->column_unit[c] + 1]++;
    for (int u = 0; u < n_units; u++) start[u + 1] += start[u];
    for (int c = 0; c < s->n_columns; c++) q->order[start[s->column_unit[c]]++] = c;
    for (int u = n_units; u > 0; u--) start[u] = start[u - 1];
    start[0] = 0;
}

static double column_cost(const search *s, int u, int site) {
    const unit *it = &s->r->m->units[u];
    int64_t cost = 0;
    if (site == NONE)
        return s->found->goal == GOAL_COST
                   ? fmin((double)it->unplaced_cost, s->cap * (double)it->weight)
               : s->found->goal == GOAL_WEIGHT ? (double)it->weight
                                               : 0;
    if (s->found->goal != GOAL_WEIGHT) (void)model_option_cost(s->r->m, u, site, &cost);
    return (double)cost;
}

static void fill_columns(const search *s, master *q) {
    const grid *g = &s->r->g;
    int entry = 0;
    for (int c = 0; c < s->n_columns; c++) {
        int u = s->column_unit[q->order[c]], site = s->column_site[q->order[c]];
        q->entry_start[c] = entry;
        q->cost[c] = column_cost(s, u, site);
        if (site == NONE && s->weight_row != NONE) {
            q->entry_row[entry] = s->weight_row;
            q->entry_use[entry++] = (double)s->r->m->units[u].weight;
        }
        if (site == NONE) continue;
        GRID_EACH_USE(g, u, site, row, use, {
            if (s->master_row[row] != NONE) {
                q->entry_row[entry] = s->master_row[row];
                q->entry_use[entry++] = use;
            }
        })
    }
    q->entry_start[s->n_columns] = entry;
}

/* A site with keep_open is a group of two columns: open, which pays and gives beds, and not. */
static void fill_open(const search *s, master *q) {
    const model *m = s->r->m;
    int c = s->n_columns, entry = q->entry_start[s->n_columns];
    for (int i = 0; i < s->n_open; i++) {
        const model_row *row = &m->rows[s->open_row[i]];
        q->group_start[m->n_units + i] = c;
        q->order[c] = -1;
        q->entry_start[c] = entry;
        q->cost[c] = s->found->goal == GOAL_WEIGHT ? 0 : (double)row->points;
        q->entry_row[entry] = s->master_row[s->open_row[i]];
        q->entry_use[entry++] = -(double)row->beds;
        q->order[c + 1] = -1;
        q->entry_start[c + 1] = entry;
        c += 2;
    }
    q->group_start[m->n_units + s->n_open] = c;
    q->entry_start[c] = entry;
}

static plaats_status master_build(search *s, master *q, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const model *m = s->r->m;

    TRY(master_allocate(s, q, error));
    order_columns(s, q);
    fill_columns(s, q);
    fill_open(s, q);
    for (int i = 0; i < s->n_rows; i++) {
        const model_row *row;
        if (i == s->weight_row) {
            q->rhs[i] = (double)s->found->most_weight;
            q->points[i] = INFINITY;
            q->price[i] = s->weight_price;
            continue;
        }
        row = &m->rows[s->model_row[i]];
        q->rhs[i] = (double)row->rhs;
        q->points[i] = row->kind != ROW_OPEN && row->points > 0 ? (double)row->points : INFINITY;
        q->price[i] = s->row_price[s->model_row[i]];
    }
    q->p = (ipm_master){m->n_units + s->n_open,
                        s->n_rows,
                        s->n_columns + 2 * s->n_open,
                        q->group_start,
                        q->cost,
                        q->entry_start,
                        q->entry_row,
                        q->entry_use,
                        q->rhs,
                        q->points};
done:
    return st;
}

static plaats_status master_solve(search *s, double tolerance, bool *broken, double *objective,
                                  plaats_error *error) {
    plaats_status st = PLAATS_OK;
    master q = {0};

    TRY(master_build(s, &q, error));
    TRY(ipm_solve(&q.p, tolerance, q.price, q.x, objective, run_over_callback, s->r, error));
    for (int i = 0; i < s->n_rows; i++) {
        if (i == s->weight_row)
            s->weight_price = q.price[i];
        else
            s->row_price[s->model_row[i]] = q.price[i];
    }
    s->unplaced = 0;
    for (int c = 0; c < s->n_columns; c++)
        if (s->column_site[q.order[c]] == NONE)
            s->unplaced += q.x[c] * (double)s->r->m->units[s->column_unit[q.order[c]]].weight;
    TRY(activate_broken(s, &q, broken, error));
done:
    master_free(&q);
    return st;
}

/* ---- Pricing ------------------------------------------------------------------------------ */

/* The cheapest `n` options by `reduced` that cost less than `below`, into `chosen`. */
static int cheapest(options o, const double *reduced, double below, int n, int *chosen) {
    int found = 0;
    for (int i = 0; i < o.n; i++) {
        int at;
        if (reduced[i] >= below) continue;
        if (found == n && reduced[i] >= reduced[chosen[n - 1]]) continue;
        at = found < n ? found++ : n - 1;
        for (; at > 0 && reduced[chosen[at - 1]] > reduced[i]; at--) chosen[at] = chosen[at - 1];
        chosen[at] = i;
    }
    return found;
}

/* The least reduced cost among a unit's columns that the master has. */
static void least_in_master(const search *s, double *least) {
    const grid *g = &s->r->g;
    for (int u = 0; u < g->n_units; u++) least[u] = INFINITY;
    for (int c = 0; c < s->n_columns; c++) {
        int u = s->column_unit[c];
        double sum = column_cost(s, u, s->column_site[c]);
        if (s->column_site[c] == NONE)
            sum += s->weight_price * (double)s->r->m->units[u].weight;
        else
            GRID_EACH_USE(g, u, s->column_site[c], row, use, { sum += s->row_price[row] * use; })
        least[u] = fmin(least[u], sum);
    }
}

/* Adds the columns the master lacks at these prices; how many, and by how much they are cheaper. */
static plaats_status add_missed(search *s, double *missed, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const model *m = s->r->m;
    double *least = NULL;
    int chosen[ROUND_COLUMNS];

    *missed = 0;
    TRY_ALLOC(least = zero_alloc((size_t)m->n_units, sizeof *least));
    least_in_master(s, least);
    field_set(&s->f, s->row_price);
    for (int u = 0; u < m->n_units; u++) {
        options o = model_options(m, u);
        double slack = 1e-7 * (1 + fabs(least[u]));
        int n;
        field_reduced_costs(&s->f, u, o, s->reduced);
        n = cheapest(o, s->reduced, least[u] - slack, ROUND_COLUMNS, chosen);
        if (n > 0) *missed += least[u] - s->reduced[chosen[0]];
        for (int i = 0; i < n; i++) TRY(add_column(s, u, o.site[chosen[i]], error));
    }
done:
    free(least);
    return st;
}

static plaats_status first_columns(search *s, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const model *m = s->r->m;
    int chosen[FIRST_COLUMNS];

    field_set(&s->f, s->row_price);
    for (int u = 0; u < m->n_units; u++) {
        options o = model_options(m, u);
        int n;
        TRY(add_column(s, u, NONE, error));
        field_reduced_costs(&s->f, u, o, s->reduced);
        n = cheapest(o, s->reduced, INFINITY, FIRST_COLUMNS, chosen);
        for (int i = 0; i < n; i++) TRY(add_column(s, u, o.site[chosen[i]], error));
    }
done:
    return st;
}

/* ---- In integers -------------------------------------------------------------------------- */

/* The largest scale at which no price, and no cost times it, comes near 2^62. */
static int64_t choose_scale(const model *m, const double *price, double weight_price) {
    double largest = fmax(1, weight_price), scale = FULL_SCALE;
    for (int i = 0; i < m->n_rows; i++) largest = fmax(largest, price[i]);
    while (scale > 1 && scale * largest > 1e18) scale = floor(scale / 10);
    return (int64_t)scale;
}

/* Rounds the prices found and keeps them if they prove more. */
static plaats_status offer(const model *m, const double *row_price, double weight_price,
                           model_prices *best, int64_t *best_bound, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    model_prices p = *best;
    int64_t bound;

    p.prices = NULL;
    p.scale = choose_scale(m, row_price, weight_price);
    p.weight_price = (int64_t)floor(weight_price * (double)p.scale + 0.5);
    TRY_ALLOC(p.prices = zero_alloc((size_t)m->n_rows, sizeof *p.prices));
    for (int i = 0; i < m->n_rows; i++) {
        const model_row *row = &m->rows[i];
        double most = 4e18;
        if (row->kind != ROW_OPEN && row->points > 0)
            most = p.goal == GOAL_WEIGHT ? 0 : fmin(most, (double)row->points * (double)p.scale);
        p.prices[i] = (int64_t)fmin(fmax(0, floor(row_price[i] * (double)p.scale + 0.5)), most);
    }
    if (model_goal_bound(m, &p, &bound) && (best->prices == NULL || bound > *best_bound)) {
        free(best->prices);
        *best = p;
        *best_bound = bound;
        p.prices = NULL;
    }
done:
    free(p.prices);
    return st;
}

/* ---- The search --------------------------------------------------------------------------- */

static void search_free(search *s) {
    field_free(&s->f);
    free(s->master_row);
    free(s->model_row);
    free(s->row_price);
    free(s->column_unit);
    free(s->column_site);
    free(s->open_row);
    free(s->reduced);
}

static plaats_status search_build(run *r, model_prices *found, search *s, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const model *m = r->m;
    size_t rows = (size_t)m->n_rows + 1; /* and the row that limits the weight */

    s->r = r;
    s->found = found;
    s->weight_row = NONE;
    TRY(field_build(&r->g, &s->f, error));
    s->f.costless = found->goal == GOAL_WEIGHT;
    TRY_ALLOC(s->master_row = zero_alloc(rows, sizeof *s->master_row));
    TRY_ALLOC(s->model_row = zero_alloc(rows, sizeof *s->model_row));
    TRY_ALLOC(s->row_price = zero_alloc(rows, sizeof *s->row_price));
    TRY_ALLOC(s->open_row = zero_alloc(rows, sizeof *s->open_row));
    TRY_ALLOC(s->reduced = zero_alloc((size_t)m->n_sites, sizeof *s->reduced));
    for (int i = 0; i < m->n_rows; i++) s->master_row[i] = NONE;
    if (found->goal == GOAL_REST) s->weight_row = s->n_rows++;
    TRY(activate_contested(s, error));
    for (int i = 0; i < m->n_rows; i++)
        if (m->rows[i].kind == ROW_OPEN && s->master_row[i] != NONE) s->open_row[s->n_open++] = i;
done:
    return st;
}

/* U dwarfs all other points, and a master that lacks columns leaves many unplaced: its prices would
 * be all about U. So a person unplaced costs no more there than a good deal of what sites differ
 * by, and more only when that does not do. */
static double first_cap(const search *s) {
    const model *m = s->r->m;
    double sum = 0;
    int64_t persons = 0;
    for (int u = 0; u < m->n_units; u++) {
        options o = model_options(m, u);
        int64_t least = INT64_MAX, most = INT64_MIN;
        for (int i = 0; i < o.n; i++) {
            if (o.cost[i] < least) least = o.cost[i];
            if (o.cost[i] > most) most = o.cost[i];
        }
        if (o.n == 0) continue;
        sum += (double)most - (double)least;
        persons += m->units[u].persons;
    }
    return 100 + 10 * sum / (double)(persons + 1);
}

/* Raises the cap where it is what leaves people unplaced; false if it stays. */
static bool raise_cap(search *s) {
    double most = (double)s->r->m->unplaced_points;
    if (s->found->goal != GOAL_COST || s->cap >= most || s->unplaced < 0.01) return false;
    s->cap = s->cap * 100 < most ? s->cap * 100 : most;
    return true;
}

/* Where to start: the prices of an earlier goal lie near. */
static void start_prices(search *s) {
    const run *r = s->r;
    if (s->found->goal != GOAL_REST || r->proof.prices == NULL) return;
    for (int i = 0; i < r->m->n_rows; i++)
        s->row_price[i] = fmin((double)r->proof.prices[i] / (double)r->proof.scale, 1000);
}

plaats_status prices_find(run *r, model_prices *found, int64_t *bound, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    search s = {0};
    double tolerance = 1e-3;

    r->step = "prices";
    TRY(search_build(r, found, &s, error));
    /* All prices zero prove something already: a bound from the first moment on. */
    TRY(offer(r->m, s.row_price, 0, found, bound, error));
    start_prices(&s);
    s.cap = first_cap(&s);
    TRY(first_columns(&s, error));
    for (int round = 0; round < MAX_ROUNDS && !run_over(r); round++) {
        double objective, missed;
        bool broken = false;
        TRY(master_solve(&s, tolerance, &broken, &objective, error));
        TRY(offer(r->m, s.row_price, s.weight_price, found, bound, error));
        TRY(add_missed(&s, &missed, error));
        missed /= 1 + fabs(objective);
        if (!broken && missed <= TARGET && tolerance <= TARGET && !raise_cap(&s)) break;
        /* The master need not be more exact than it is complete. */
        tolerance = fmax(TARGET / 10, fmin(tolerance, missed) / 10);
    }
done:
    search_free(&s);
    return st;
}
