/* Decisions in the relaxation, and out of it again: bounds of columns, and rows for the weight
 * unplaced. Several decisions may be about one column, so all that are in are listed, and its
 * bounds are worked out anew from the list.
 *
 * Elastically (G. Brown, R. Dell and K. Wood 1997), "at least n" is no bound but a reward for each
 * up to n, with the same in the constant: a program whose decisions cannot all be met has a point,
 * and its value is above every plan's by the penalty. */
#include "engine/branch_cut/branch_cut_tuning.h"
#include "engine/branch_cut/relaxation_parts.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

/* How many of the column's class must and may choose so, by the decisions in the program. */
static void bounds_of(const relaxation *x, const lp_column_owner *o, int32_t *least,
                      int32_t *most) {
    *least = 0;
    *most = INT32_MAX;
    for (int i = 0; i < x->n_decided; i++) {
        const decision *d = &x->decided[i];
        if (d->unit != o->unit || relaxation_decided(d) != o->at) continue;
        if (d->yes && d->count > *least) *least = d->count;
        if (!d->yes && d->count - 1 < *most) *most = d->count - 1;
    }
}

/* Those who must choose so do, come what may; or, elastically, pay a penalty where they do not. */
void relaxation_bind_column(relaxation *x, int32_t c) {
    lp_column_owner *o = &x->columns[c];
    int32_t least, most, before = o->least;
    bool forced;

    assert(c >= 0 && c < x->n_columns && o->kind == LP_COLUMN_CHOICE);
    bounds_of(x, o, &least, &most);
    o->least = least;
    if (x->elastic) {
        if (least > 0 && least < most) most = least;
        lp_set_cost(x->p, c,
                    relaxation_column_cost(x, o->unit, o->at) - (least > 0 ? x->penalty : 0));
        x->constant += (least - before) * x->penalty;
    }
    /* All of the class: the upper bound says nothing new, but makes the column a fixed one. */
    forced = least == x->classes->count[o->unit] && most > least;
    lp_set_bounds(x->p, c, x->elastic ? 0 : least,
                  forced              ? least
                  : most == INT32_MAX ? (double)INFINITY
                                      : most);
}

static bool is_same(const decision *a, const decision *b) {
    return a->unit == b->unit && relaxation_decided(a) == relaxation_decided(b) &&
           a->yes == b->yes && a->count == b->count;
}

/* It must be in the program; of two that are the same, the later one. */
static int find_decided(const relaxation *x, const decision *d) {
    int i = x->n_decided - 1;
    while (i >= 0 && !is_same(&x->decided[i], d)) i--;
    assert(i >= 0);
    return i;
}

static plaats_status grow_decided(relaxation *x, plaats_error *error) {
    int room = x->decided_room * 2 + 64;
    decision *decided;
    if (x->n_decided < x->decided_room) return PLAATS_OK;
    decided = realloc(x->decided, (size_t)room * sizeof *decided);
    if (decided == NULL) return fail_memory(error);
    x->decided = decided;
    x->decided_room = room;
    return PLAATS_OK;
}

static plaats_status decide_at(relaxation *x, const decision *d, bool on, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int32_t c;

    assert(d->unit >= 0 && d->unit < x->g->n_units && d->count >= 1);
    if (on) {
        TRY(grow_decided(x, error));
        x->decided[x->n_decided++] = *d;
    } else {
        int i = find_decided(x, d);
        x->decided[i] = x->decided[--x->n_decided];
    }
    c = relaxation_column(x, d->unit, relaxation_decided(d));
    if (c != NONE) relaxation_bind_column(x, c);
done:
    return st;
}

bool relaxation_pays_penalty(const relaxation *x) {
    for (int32_t c = 0; c < x->n_columns; c++)
        if (x->columns[c].least > 0 && lp_x(x->p, c) < x->columns[c].least - BRANCH_CUT_WHOLE_SHARE)
            return true;
    return false;
}

static plaats_status decide_unplaced(relaxation *x, const decision *d, bool on,
                                     plaats_error *error) {
    plaats_status st = PLAATS_OK;
    lp_row_kind kind = d->yes ? LP_ROW_AT_LEAST : LP_ROW_AT_MOST;
    int32_t *row = d->yes ? &x->at_least_row : &x->at_most_row;
    double rhs = d->yes ? x->weight - (double)d->weight : (double)(d->weight - 1) - x->weight;

    if (*row == NONE) TRY(relaxation_add_weight_row(x, kind, row, error));
    if (!on) rhs = x->weight;
    lp_set_rhs(x->p, *row, rhs - relaxation_all_fixed_use(x, (lp_row_owner){kind, NONE}));
done:
    return st;
}

plaats_status relaxation_decide(relaxation *x, const decision *d, bool on, plaats_error *error) {
    switch (d->kind) {
    case DECIDE_AT:
        return decide_at(x, d, on, error);
    case DECIDE_OPEN:
        assert(d->site >= 0 && d->site < x->g->n_sites);
        if (x->y[d->site] != NONE)
            lp_set_bounds(x->p, x->y[d->site], on && d->yes ? 1 : 0, on && !d->yes ? 0 : 1);
        return PLAATS_OK;
    default:
        return decide_unplaced(x, d, on, error);
    }
}
