/* Cuts by rounding from the simplex tableau.
 *
 * A fractional basic column's row of the tableau is the program's rows times multipliers u (a row
 * of the basis inverse). For any k the rows times the fractional parts of k u, summed and rounded
 * down, are a valid inequality for whole points: a Chvatal-Gomory cut,
 *
 *     sum over j of floor(sum over r of f_r a(r, j)) x_j <= floor(sum over r of f_r b_r),
 *     f_r = k u_r - floor(k u_r)          (Cornuejols, Li and Vandenbussche 2003: k = 1 .. a few),
 *
 * which with k u_r in halves is a zero-half cut (A. Caprara and M. Fischetti 1996). The f_r are
 * brought to a common denominator, rounded up where there is none that is small, so that the proof
 * has the cut in integers (proof/cuts.h). Columns at their upper limit are complemented: their own
 * limit joins the sum with what makes their coefficient whole. The cuts that lie deepest (their
 * violation over the length of their coefficients, the efficacy) are added. */
#include "engine/branch_cut/separate.h"

#include "base/checked.h"
#include "base/rounded.h"
#include "engine/branch_cut/branch_cut_tuning.h"
#include "engine/branch_cut/cliques.h"
#include "engine/branch_cut/separate_parts.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A cut that might be: the multipliers of the program's rows as n / over. */
typedef struct {
    int64_t over;
    int n_terms;
    cut_term *terms;
    double efficacy; /* by how far the point lies outside */
} candidate;

typedef struct {
    relaxation *x;
    support s;
    int *row_start, *member; /* entries by row: row_start[r] .. row_start[r+1]-1 */
    double *member_use;
    int n_used, *used;           /* rows with a numerator */
    int n_touched, *touched;     /* members with a use in such a row */
    int64_t *sum;                /* per member: of numerator * use; 0 between candidates */
    int n_nonzero, *nonzero;     /* usable rows with a multiplier */
    double *multipliers, *parts; /* per row of the program */
    int64_t *numerators;         /* per row */
    int n_candidates, candidate_room;
    candidate *candidates;
} separator;

/* ---- From multipliers to fractions -------------------------------------------------------- */

static bool is_usable(const relaxation *x, int row) {
    const lp_row_owner *o = &x->rows[row];
    const model_row *of;
    if (o->kind == LP_ROW_UNIT || o->kind == LP_ROW_CUT) return true;
    if (o->kind != LP_ROW_MODEL) return false;
    of = &x->g->m->rows[o->item];
    return !row_is_soft(of);
}

/* A denominator that makes all parts whole; 0 if there is none that is small. */
static int64_t common_denominator(const separator *q) {
    int64_t over = 1;
    for (int k = 0; k < q->n_used; k++) {
        double part = q->parts[q->used[k]], scaled = part * (double)over;
        int64_t one;
        if (fabs(scaled - floor(scaled + 0.5)) < BRANCH_CUT_WHOLE) continue;
        one = separate_denominator(part, BRANCH_CUT_DENOMINATOR);
        if (one == 0) return 0;
        over = separate_common(over, one);
        if (over > BRANCH_CUT_DENOMINATOR) return 0;
    }
    return over;
}

/* parts: the multipliers times `by`, less their whole part; that of rows no cut may stand on is
 * dropped. */
static void take_parts(separator *q, int by) {
    q->n_used = 0;
    for (int k = 0; k < q->n_nonzero; k++) {
        int row = q->nonzero[k];
        double value = q->multipliers[row] * by;
        value -= floor(value);
        if (value < BRANCH_CUT_WHOLE_SHARE || value > 1 - BRANCH_CUT_WHOLE_SHARE) continue;
        q->parts[row] = value;
        q->used[q->n_used++] = row;
    }
}

/* ---- Violation ---------------------------------------------------------------------------- */

static int64_t right_of(const relaxation *x, int row) {
    const lp_row_owner *o = &x->rows[row];
    if (o->kind == LP_ROW_UNIT) return x->classes->count[o->item];
    return o->kind == LP_ROW_CUT ? x->cuts->at[o->item].rhs : x->g->m->rows[o->item].rhs;
}

/* What is nearer to its upper limit than to 0 rounds up: y where a site is open, a class that is
 * fixed. The terms y <= 1 and "one" make up for what is missing. */
static int64_t missing_for(const separator *q, int i, int64_t sum, int64_t over) {
    int64_t rest = sum - floor_div(sum, over) * over;
    bool limited = q->s.unit[i] == NONE || q->s.column[i] == NONE;
    return limited && rest != 0 && q->s.x[i] > 0.5 ? over - rest : 0;
}

/* Entry lists by row, since a candidate stands on few rows. */
static plaats_status transpose(separator *q, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    size_t rows = (size_t)q->x->n_rows, entries = (size_t)q->s.entries;

    TRY_ALLOC(q->row_start = zero_alloc(rows + 2, sizeof *q->row_start));
    TRY_ALLOC(q->member = zero_alloc(entries, sizeof *q->member));
    TRY_ALLOC(q->member_use = zero_alloc(entries, sizeof *q->member_use));
    TRY_ALLOC(q->used = zero_alloc(rows, sizeof *q->used));
    TRY_ALLOC(q->touched = zero_alloc((size_t)q->s.n, sizeof *q->touched));
    TRY_ALLOC(q->sum = zero_alloc((size_t)q->s.n, sizeof *q->sum));
    /* Counted two places on, summed, filled one place on: then each begins at its own. */
    for (int e = 0; e < q->s.entries; e++) q->row_start[q->s.row[e] + 2]++;
    for (size_t r = 2; r < rows + 2; r++) q->row_start[r] += q->row_start[r - 1];
    for (int i = 0; i < q->s.n; i++)
        for (int e = q->s.start[i]; e < q->s.start[i + 1]; e++) {
            int to = q->row_start[q->s.row[e] + 1]++;
            q->member[to] = i;
            q->member_use[to] = q->s.use[e];
        }
done:
    return st;
}

/* Sums up what every member uses of the rows with a numerator; returns the right-hand side. */
static int64_t add_up(separator *q) {
    int64_t right = 0;
    q->n_touched = 0;
    for (int k = 0; k < q->n_used; k++) {
        int row = q->used[k];
        right += q->numerators[row] * right_of(q->x, row);
        for (int e = q->row_start[row]; e < q->row_start[row + 1]; e++) {
            if (q->sum[q->member[e]] == 0) q->touched[q->n_touched++] = q->member[e];
            q->sum[q->member[e]] += q->numerators[row] * (int64_t)q->member_use[e];
        }
    }
    return right;
}

/* How many units the member speaks of. */
static int64_t count_of(const separator *q, int i) {
    return q->s.unit[i] == NONE ? 1 : q->x->classes->count[q->s.unit[i]];
}

/* By how much the point breaks the cut with these numerators, over the cut's length. A member that
 * is listed twice (its sum came back to 0 in between) counts once. */
static double efficacy_of(separator *q, int64_t over) {
    double left = 0, length = 0;
    int64_t right = add_up(q);
    for (int k = 0; k < q->n_touched; k++) {
        int i = q->touched[k];
        int64_t sum = q->sum[i], whole, missing = missing_for(q, i, sum, over);
        q->sum[i] = 0;
        right += missing * count_of(q, i);
        whole = floor_div(sum + missing, over);
        left += (double)whole * q->s.x[i];
        length += (double)(whole * whole * count_of(q, i));
    }
    left -= (double)floor_div(right, over);
    return left < BRANCH_CUT_VIOLATION || length == 0 ? 0 : left / sqrt(length);
}

/* ---- Candidates --------------------------------------------------------------------------- */

/* What a row of the program stands for: a row of the model, or one row or cut for each unit of a
 * class. Returns how many terms there then are; with `terms` NULL only counts them. */
static int add_terms(const separator *q, lp_row_owner o, int64_t numerator, cut_term *terms,
                     int n) {
    const classes *classes = q->x->classes;
    int32_t u = o.item;
    int all = o.kind == LP_ROW_UNIT  ? classes->count[u]
              : o.kind == LP_ROW_CUT ? q->x->cuts->at[o.item].alike
                                     : 1;
    for (int i = 0; i < all && terms != NULL; i++) {
        if (o.kind == LP_ROW_UNIT) {
            terms[n + i] = (cut_term){.kind = TERM_ONE, .item = u, .n = numerator};
            u = classes->next[u];
        } else {
            terms[n + i] = o.kind == LP_ROW_CUT
                               ? (cut_term){.kind = TERM_CUT, .item = o.item + i, .n = numerator}
                               : (cut_term){.kind = TERM_ROW, .item = o.item, .n = numerator};
        }
    }
    return n + all;
}

/* The terms of the rows with a numerator, and of what is missing; with `terms` NULL only counts. */
static int list_terms(separator *q, int64_t over, cut_term *terms) {
    int n = 0;
    for (int k = 0; k < q->n_used; k++)
        n = add_terms(q, q->x->rows[q->used[k]], q->numerators[q->used[k]], terms, n);
    (void)add_up(q);
    for (int k = 0; k < q->n_touched; k++) {
        int i = q->touched[k];
        int64_t missing = missing_for(q, i, q->sum[i], over);
        q->sum[i] = 0;
        if (missing == 0) continue;
        if (q->s.unit[i] != NONE)
            n = add_terms(q, (lp_row_owner){LP_ROW_UNIT, q->s.unit[i]}, missing, terms, n);
        else if (terms == NULL)
            n++;
        else {
            terms[n] = (cut_term){.kind = TERM_Y, .item = q->s.site[i], .n = missing};
            n++;
        }
    }
    return n;
}

static plaats_status keep_candidate(separator *q, int64_t over, double efficacy,
                                    plaats_error *error) {
    plaats_status st = PLAATS_OK;
    candidate made = {.over = over, .efficacy = efficacy};
    int listed;

    made.n_terms = list_terms(q, over, NULL);
    if (made.n_terms > BRANCH_CUT_TERMS) return PLAATS_OK;
    assert(q->n_candidates < q->candidate_room);
    TRY_ALLOC(made.terms = zero_alloc((size_t)made.n_terms, sizeof *made.terms));
    listed = list_terms(q, over, made.terms);
    assert(listed == made.n_terms);
    q->candidates[q->n_candidates++] = made;
done:
    return st;
}

/* Rounded up, so that what was whole stays whole. What comes to a whole row is no part of the cut:
 * it would add as much to both sides. */
static void take_numerators(separator *q, int64_t over) {
    int n = 0;
    for (int k = 0; k < q->n_used; k++) {
        int row = q->used[k];
        q->numerators[row] =
            whole_part(ceil(q->parts[row] * (double)over - BRANCH_CUT_WHOLE_PART), 0, over);
        if (q->numerators[row] % over != 0) q->used[n++] = row;
    }
    q->n_used = n;
}

static plaats_status try_multiple(separator *q, int by, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int64_t over;
    double efficacy;

    take_parts(q, by);
    over = common_denominator(q);
    if (over == 0) over = BRANCH_CUT_ROUND_DENOMINATOR;
    if (over == 1) return PLAATS_OK;
    take_numerators(q, over);
    efficacy = efficacy_of(q, over);
    if (efficacy > BRANCH_CUT_EFFICACY) TRY(keep_candidate(q, over, efficacy, error));
done:
    return st;
}

/* ---- Choosing ----------------------------------------------------------------------------- */

static int by_efficacy(const void *a, const void *b) {
    const candidate *x = a, *y = b;
    if (x->efficacy != y->efficacy) return x->efficacy > y->efficacy ? -1 : 1;
    return (x->n_terms > y->n_terms) - (x->n_terms < y->n_terms);
}

typedef struct {
    double distance; /* from one half */
    int column;
} source;

static int by_distance(const void *a, const void *b) {
    const source *x = a, *y = b;
    if (x->distance != y->distance) return x->distance < y->distance ? -1 : 1;
    return x->column - y->column;
}

static int list_sources(const relaxation *x, source *sources) {
    int n = 0;
    for (int c = 0; c < x->n_columns; c++) {
        double value = lp_x(x->p, c), part = value - floor(value);
        if (x->columns[c].kind == LP_COLUMN_SLACK) continue;
        if (part < BRANCH_CUT_SOURCE_PART || part > 1 - BRANCH_CUT_SOURCE_PART) continue;
        sources[n++] = (source){fabs(part - 0.5), c};
    }
    qsort(sources, (size_t)n, sizeof *sources, by_distance);
    return n < BRANCH_CUT_SOURCES ? n : BRANCH_CUT_SOURCES;
}

static plaats_status gather(separator *q, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    source *sources = NULL;
    int n;

    TRY_ALLOC(sources = zero_alloc((size_t)q->x->n_columns, sizeof *sources));
    n = list_sources(q->x, sources);
    q->candidate_room = n * 2 * BRANCH_CUT_MULTIPLES;
    TRY_ALLOC(q->candidates = zero_alloc((size_t)q->candidate_room, sizeof *q->candidates));
    for (int i = 0; i < n && !run_over(q->x->r); i++) {
        if (!lp_multipliers(q->x->p, sources[i].column, q->multipliers)) continue;
        q->n_nonzero = 0;
        for (int r = 0; r < q->x->n_rows; r++)
            if (fabs(q->multipliers[r]) > BRANCH_CUT_ZERO && is_usable(q->x, r))
                q->nonzero[q->n_nonzero++] = r;
        for (int by = 1; by <= BRANCH_CUT_MULTIPLES; by++) {
            TRY(try_multiple(q, by, error));
            TRY(try_multiple(q, -by, error));
        }
    }
    qsort(q->candidates, (size_t)q->n_candidates, sizeof *q->candidates, by_efficacy);
done:
    free(sources);
    return st;
}

/* The same cut comes from several rows of the tableau. */
static bool is_known(const cut_list *l, int from, const cut *made) {
    for (int k = from; k < l->n - 1; k++) {
        const cut *c = &l->at[k];
        if (c->rhs == made->rhs && c->n_entries == made->n_entries &&
            memcmp(c->entries, made->entries, (size_t)c->n_entries * sizeof *c->entries) == 0)
            return true;
    }
    return false;
}

/* Cuts over most options are many, have next to no price, and slow down all that comes after. */
static int most_entries(const relaxation *x) {
    int n = x->g->n_units;
    if (n < BRANCH_CUT_NARROW) return BRANCH_CUT_NARROW;
    return n > BRANCH_CUT_WIDE ? BRANCH_CUT_WIDE : n;
}

static plaats_status add_best(separator *q, cutter *c, int most, int *found, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    cut_list *l = q->x->cuts;
    int from = l->n, narrow = most_entries(q->x);
    bool added;

    for (int i = 0; i < q->n_candidates && *found < most && !run_over(q->x->r); i++) {
        const candidate *k = &q->candidates[i];
        if (k->efficacy < BRANCH_CUT_EFFICACY_SHARE * q->candidates[0].efficacy) break;
        TRY(cut_add_narrow(c, l, k->terms, k->n_terms, k->over, narrow, &added, error));
        if (!added) continue;
        if (is_known(l, from, &l->at[l->n - 1])) {
            cut_drop_last(l);
            continue;
        }
        TRY(relaxation_add_cut(q->x, l->n - 1, error));
        ++*found;
    }
done:
    return st;
}

/* z <= y wherever the point has more of a class at a site than of the site open. */
static plaats_status add_link(relaxation *x, const lp_column_owner *o, double amount, int32_t site,
                              int *found, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int n = x->classes->count[o->unit];
    int32_t y = site == NONE ? NONE : x->y[site];

    if (y == NONE || amount <= (lp_x(x->p, y) + BRANCH_CUT_LINK_VIOLATION) * n) return PLAATS_OK;
    TRY(cut_add_links(x->cuts, x->classes, o->unit, site, error));
    TRY(relaxation_add_cut(x, x->cuts->n - n, error));
    ++*found;
done:
    return st;
}

static plaats_status add_links(relaxation *x, int most, int *found, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    for (int c = 0; c < x->n_columns; c++) {
        const lp_column_owner *o = &x->columns[c];
        if (o->kind != LP_COLUMN_CHOICE) continue;
        for (int week = 0; week < CHOICE_WEEKS && *found < most; week++)
            TRY(add_link(x, o, lp_x(x->p, c), choice_site(o->at, week), found, error));
    }
done:
    return st;
}

static void separator_free(separator *q) {
    support_free(&q->s);
    free(q->row_start);
    free(q->member);
    free(q->member_use);
    free(q->used);
    free(q->touched);
    free(q->sum);
    free(q->nonzero);
    free(q->multipliers);
    free(q->parts);
    free(q->numerators);
    for (int i = 0; i < q->n_candidates; i++) free(q->candidates[i].terms);
    free(q->candidates);
}

plaats_status separate(relaxation *x, cutter *c, int most, int *found, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    separator q = {.x = x};
    size_t rows = (size_t)x->n_rows;

    assert(most >= 1);
    *found = 0;
    TRY(add_links(x, BRANCH_CUT_SHORT_CUTS * most, found, error));
    if (*found == 0) TRY(cliques_separate(x, c, BRANCH_CUT_SHORT_CUTS * most, found, error));
    if (*found > 0) goto done; /* they change the tableau most; rounding comes after */
    TRY(support_build(x, &q.s, error));
    TRY(transpose(&q, error));
    TRY_ALLOC(q.nonzero = zero_alloc(rows, sizeof *q.nonzero));
    TRY_ALLOC(q.multipliers = zero_alloc(rows, sizeof *q.multipliers));
    TRY_ALLOC(q.parts = zero_alloc(rows, sizeof *q.parts));
    TRY_ALLOC(q.numerators = zero_alloc(rows, sizeof *q.numerators));
    TRY(gather(&q, error));
    TRY(add_best(&q, c, most, found, error));
done:
    separator_free(&q);
    return st;
}
