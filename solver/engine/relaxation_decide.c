/* Decisions in the relaxation, and out of it again. */
#include "engine/relaxation_parts.h"

#include <math.h>

static void set_column_bounds(relaxation *x, int32_t c) {
    const lp_column_owner *o = &x->columns[c];
    double low = o->held > 0 && !x->elastic ? 1 : 0;
    lp_set_bounds(x->p, c, o->shut > 0 ? 0 : low, o->shut > 0 ? 0 : low == 1 ? 1 : INFINITY);
}

/* The unit is at the site, come what may; or, elastically, pays a ransom where it is not. Decisions
 * about one unit overlap, so each column counts those that shut or hold it. */
static void decide_at(relaxation *x, const decision *d, bool on) {
    int by = on ? 1 : -1;
    for (int32_t c = x->first[d->unit]; c != NONE; c = x->columns[c].next) {
        lp_column_owner *o = &x->columns[c];
        bool there = o->site == d->site;
        if (d->yes && there) {
            o->held += by;
            lp_set_cost(x->p, c,
                        column_cost(x, d->unit, d->site) -
                            (o->held > 0 && x->elastic ? x->ransom : 0));
        } else if (d->yes != there) {
            o->shut += by;
        }
        set_column_bounds(x, c);
    }
    if (d->yes && x->elastic) x->constant += by * x->ransom;
}

bool relaxation_pays_ransom(const relaxation *x) {
    for (int32_t c = 0; c < x->n_columns; c++)
        if (x->columns[c].held > 0 && lp_x(x->p, c) < 1 - 1e-7) return true;
    return false;
}

static plaats_status decide_unplaced(relaxation *x, const decision *d, bool on,
                                     plaats_error *error) {
    plaats_status st = PLAATS_OK;
    lp_row_kind kind = d->yes ? LP_ROW_AT_LEAST : LP_ROW_AT_MOST;
    int32_t *row = d->yes ? &x->at_least_row : &x->at_most_row;
    double rhs = d->yes ? x->weight - (double)d->weight : (double)(d->weight - 1) - x->weight;

    if (*row == NONE) TRY(add_weight_row(x, kind, row, error));
    if (!on) rhs = x->weight;
    lp_set_rhs(x->p, *row, rhs - all_fixed_use(x, (lp_row_owner){kind, NONE}));
done:
    return st;
}

plaats_status relaxation_decide(relaxation *x, const decision *d, bool on, plaats_error *error) {
    switch (d->kind) {
    case DECIDE_AT:
        decide_at(x, d, on);
        return PLAATS_OK;
    case DECIDE_OPEN:
        if (x->y[d->site] != NONE)
            lp_set_bounds(x->p, x->y[d->site], on && d->yes ? 1 : 0, on && !d->yes ? 0 : 1);
        return PLAATS_OK;
    default:
        return decide_unplaced(x, d, on, error);
    }
}
