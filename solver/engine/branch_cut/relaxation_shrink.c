/* A smaller relaxation: without cuts that do not bind, columns that are dear and classes that have
 * one choice left. A column whose reduced cost is above the gap is 0 in every better plan (reduced
 * cost fixing); where that leaves too many, a core of those with the least is kept, and pricing
 * (tree_node.c) brings back whichever matters after all. */
#include "engine/branch_cut/branch_cut_tuning.h"
#include "engine/branch_cut/relaxation_parts.h"

#include <assert.h>
#include <stdlib.h>

/* ---- Rows --------------------------------------------------------------------------------- */

/* Everything that knows rows by their number hears of the new ones. */
static void renumber(relaxation *x) {
    for (int i = 0; i < x->n_rows; i++) {
        const lp_row_owner *o = &x->rows[i];
        if (o->kind == LP_ROW_UNIT) x->unit_row[o->item] = i;
        if (o->kind == LP_ROW_MODEL) x->row[o->item] = i;
        if (o->kind == LP_ROW_CUT) x->cut_row[o->item] = i;
        if (o->kind == LP_ROW_AT_LEAST) x->at_least_row = i;
        if (o->kind == LP_ROW_AT_MOST) x->at_most_row = i;
    }
}

plaats_status relaxation_drop_idle(relaxation *x, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int n = 0, kept = 0;
    int *idle = NULL;

    assert(x->n_rows == lp_rows(x->p));
    TRY_ALLOC(idle = zero_alloc((size_t)x->n_rows, sizeof *idle));
    for (int i = 0; i < x->n_rows; i++) {
        if (x->rows[i].kind == LP_ROW_CUT && lp_slack_is_basic(x->p, i)) {
            x->cut_row[x->rows[i].item] = NONE;
            idle[n++] = i;
        } else {
            x->rows[kept++] = x->rows[i];
        }
    }
    if (!lp_delete_rows(x->p, n, idle)) TRY(fail_memory(error));
    x->n_rows = kept;
    renumber(x);
done:
    free(idle);
    return st;
}

/* ---- Columns and classes ----------------------------------------------------------------- */

/* The class's columns that go on in the new program: those in the basis, and a few of those that
 * cost little more. Returns how many; `at` is what all of it chooses, or CHOICE_NONE. */
static int list_staying(const relaxation *old, int32_t unit, double most, int choices,
                        int32_t *staying, choice *at) {
    int n = 0, extra = 0;
    *at = CHOICE_NONE;
    for (int32_t c = old->first[unit]; c != NONE; c = old->columns[c].next) {
        bool basic = lp_is_basic(old->p, c);
        if (!basic && (lp_reduced(old->p, c) > most || extra == choices)) continue;
        extra += !basic;
        assert(n < old->n_columns);
        staying[n++] = c;
        if (lp_x(old->p, c) > old->classes->count[unit] - BRANCH_CUT_ZERO) *at = old->columns[c].at;
    }
    return n;
}

/* Takes over one class, as a part of the program or fixed. */
static plaats_status copy_class(const relaxation *old, int32_t u, double most, int choices,
                                int32_t *staying, relaxation *x, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    choice at = CHOICE_NONE;
    int n;

    if (old->fixed[u] != CHOICE_UNFIXED) {
        relaxation_fix_unit(x, u, old->fixed[u]);
        goto done;
    }
    n = list_staying(old, u, most, choices, staying, &at);
    if (n == 0 || (n == 1 && at != CHOICE_NONE && lp_price(old->p, old->unit_row[u]) > most)) {
        relaxation_fix_unit(x, u, at); /* with one choice; to be unplaced is none, or too dear */
        goto done;
    }
    TRY(relaxation_add_unit_row(x, u, error));
    for (int i = 0; i < n; i++) {
        TRY(relaxation_add_option(x, u, old->columns[staying[i]].at, error));
        lp_set_like(x->p, x->n_columns - 1, old->p, staying[i]);
    }
    lp_set_row_like(x->p, x->unit_row[u], old->p, old->unit_row[u]);
done:
    return st;
}

static plaats_status copy_classes(const relaxation *old, double most, int choices, relaxation *x,
                                  plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int32_t *staying = NULL;

    TRY_ALLOC(staying = grid_none_array((size_t)old->n_columns));
    for (int32_t u = 0; u < x->g->n_units; u++)
        if (old->classes->count[u] > 0) TRY(copy_class(old, u, most, choices, staying, x, error));
done:
    free(staying);
    return st;
}

/* Rows and cuts of the old program, and where each stands in the basis. */
static plaats_status copy_rows(const relaxation *old, relaxation *x, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    for (int i = 0; i < old->n_rows; i++) {
        lp_row_owner o = old->rows[i];
        if (o.kind == LP_ROW_UNIT) continue;
        if (o.kind == LP_ROW_MODEL) TRY(relaxation_add_model_row(x, o.item, error));
        if (o.kind == LP_ROW_CUT) TRY(relaxation_add_cut(x, o.item, error));
        if (o.kind == LP_ROW_AT_LEAST)
            TRY(relaxation_add_weight_row(x, o.kind, &x->at_least_row, error));
        if (o.kind == LP_ROW_AT_MOST)
            TRY(relaxation_add_weight_row(x, o.kind, &x->at_most_row, error));
        lp_set_row_like(x->p, x->n_rows - 1, old->p, i);
        if (o.kind == LP_ROW_MODEL && x->slack[o.item] != NONE)
            lp_set_like(x->p, x->slack[o.item], old->p, old->slack[o.item]);
        if (o.kind == LP_ROW_AT_LEAST || o.kind == LP_ROW_AT_MOST)
            lp_set_rhs(x->p, x->n_rows - 1,
                       lp_rhs(old->p, i) + relaxation_all_fixed_use(old, o) -
                           relaxation_all_fixed_use(x, o));
    }
    for (int j = 0; j < x->g->n_sites; j++)
        if (x->y[j] != NONE) lp_set_like(x->p, x->y[j], old->p, old->y[j]);
done:
    return st;
}

plaats_status relaxation_shrink(relaxation *old, double most, int choices, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    relaxation x = {0};

    assert(most >= 0 && choices >= 0 && old->n_decided == 0 && !old->elastic);
    TRY(relaxation_build(old->r, old->goal, old->none, old->cuts, old->classes, &x, error));
    x.penalty = old->penalty;
    TRY(copy_classes(old, most, choices, &x, error));
    TRY(copy_rows(old, &x, error));
    relaxation_free(old);
    *old = x;
    x = (relaxation){0};
done:
    relaxation_free(&x);
    return st;
}
