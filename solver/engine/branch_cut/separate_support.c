/* The members of a point: what is in it above zero, and what each uses of the program's rows. */
#include "engine/branch_cut/branch_cut_tuning.h"
#include "engine/branch_cut/separate_parts.h"

#include <assert.h>
#include <stdlib.h>

void support_free(support *s) {
    free(s->column);
    free(s->unit);
    free(s->site);
    free(s->x);
    free(s->start);
    free(s->row);
    free(s->use);
}

static plaats_status add_entry(support *s, int row, double use, plaats_error *error) {
    if (s->entries == s->room) {
        int room = s->room * 2 + 1024;
        int *rows = realloc(s->row, (size_t)room * sizeof *rows);
        double *uses;
        if (rows == NULL) return fail_memory(error);
        s->row = rows;
        uses = realloc(s->use, (size_t)room * sizeof *uses);
        if (uses == NULL) return fail_memory(error);
        s->use = uses;
        s->room = room;
    }
    s->row[s->entries] = row;
    s->use[s->entries++] = use;
    return PLAATS_OK;
}

static void close_member(support *s, int column, int32_t unit, int32_t site, double x) {
    s->column[s->n] = column;
    s->unit[s->n] = unit;
    s->site[s->n] = site;
    s->x[s->n++] = x;
    s->start[s->n] = s->entries;
}

static plaats_status add_columns(const relaxation *x, support *s, int *row, double *use,
                                 plaats_error *error) {
    plaats_status st = PLAATS_OK;
    for (int c = 0; c < x->n_columns; c++) {
        const lp_column_owner *o = &x->columns[c];
        double value = lp_x(x->p, c);
        int n;
        if (value < BRANCH_CUT_ZERO || o->kind == LP_COLUMN_SLACK) continue;
        n = lp_column(x->p, c, row, use);
        assert(n <= x->n_rows);
        for (int e = 0; e < n; e++) TRY(add_entry(s, row[e], use[e], error));
        close_member(s, c, o->unit, o->site, value);
    }
done:
    return st;
}

static plaats_status add_fixed(const relaxation *x, support *s, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    for (int32_t u = 0; u < x->g->n_units; u++) {
        if (!relaxation_is_seated(x, u)) continue;
        CHOICE_EACH_USE(x->g, u, x->fixed[u], row, count, {
            if (x->row[row] != NONE) TRY(add_entry(s, x->row[row], count, error));
        })
        for (int k = 0; k < x->cuts->n && k < x->cut_room; k++) {
            int64_t count = x->cut_row[k] == NONE ? 0 : relaxation_cut_use(x, k, u, x->fixed[u]);
            if (count != 0) TRY(add_entry(s, x->cut_row[k], (double)count, error));
        }
        close_member(s, NONE, u, NONE, x->classes->count[u]);
    }
done:
    return st;
}

plaats_status support_build(const relaxation *x, support *s, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    size_t most = (size_t)x->n_columns + (size_t)x->g->n_units;
    int *row = NULL;
    double *use = NULL;

    TRY_ALLOC(s->column = zero_alloc(most, sizeof *s->column));
    TRY_ALLOC(s->unit = zero_alloc(most, sizeof *s->unit));
    TRY_ALLOC(s->site = zero_alloc(most, sizeof *s->site));
    TRY_ALLOC(s->x = zero_alloc(most, sizeof *s->x));
    TRY_ALLOC(s->start = zero_alloc(most + 1, sizeof *s->start));
    TRY_ALLOC(row = zero_alloc((size_t)x->n_rows, sizeof *row));
    TRY_ALLOC(use = zero_alloc((size_t)x->n_rows, sizeof *use));
    TRY(add_columns(x, s, row, use, error));
    TRY(add_fixed(x, s, error));
    assert((size_t)s->n <= most);
done:
    free(row);
    free(use);
    return st;
}
