/* Plans out of the relaxation: points that are whole, and dives to others, with what stays
 * fractional rounded off. */
#include "base/rounded.h"
#include "engine/branch_cut/tree_parts.h"
#include "engine/plans/improve.h"

#include <math.h>
#include <stdlib.h>

#define SHORTLIST 12

bool dive_offer_whole(tree *t, bool *better) {
    int64_t cost;
    bool opened;
    *better = false;
    if (!relaxation_whole(&t->x, t->at, &opened)) return false;
    if (model_cost(t->r->m, t->at, &cost)) *better = run_offer(t->r, t->at, cost);
    return opened;
}

plaats_status dive_list_sites(tree *t, plaats_error *error) {
    if (t->list.start != NULL) return PLAATS_OK;
    return shortlist_build(&t->r->g, t->price, (double)t->r->m->unplaced_points, SHORTLIST,
                           t->r->threads, &t->list, error);
}

/* Units that the point has whole stay there; whoever is left finds a place by reduced cost. */
static plaats_status round_off(tree *t, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const model *m = t->r->m;
    state s = {0};
    random_stream random = random_start(3);

    TRY(state_build(&t->r->g, &s, error));
    for (int c = 0; c < t->x.n_columns; c++) {
        const lp_column_owner *o = &t->x.columns[c];
        int64_t cost = 0;
        int n = o->unit == NONE ? 0 : (int)whole_part(lp_x(t->x.p, c) + 0.4, 0, INT32_MAX);
        if (n > 0) (void)model_option_cost(m, o->unit, o->site, &cost);
        for (int32_t u = o->unit; u != NONE && n > 0; u = t->classes.next[u]) {
            if (s.at[u] != NONE || !state_fits(&s, u, o->site)) continue;
            state_move(&s, u, o->site, cost);
            n--;
        }
    }
    TRY(dive_list_sites(t, error));
    TRY(improve_by_moves(t->r, &t->list, &s, &random, error));
    run_offer(t->r, s.at, s.cost);
done:
    state_free(&s);
    return st;
}

typedef struct {
    double x;
    int32_t column;
} leaning;

static int by_leaning(const void *a, const void *b) {
    const leaning *x = a, *y = b;
    if (x->x != y->x) return x->x > y->x ? -1 : 1;
    return x->column - y->column;
}

/* The fractional columns, those nearest to one first. */
static int list_leaning(const relaxation *x, leaning *list) {
    int n = 0;
    for (int c = 0; c < x->n_columns; c++) {
        double value;
        if (x->columns[c].site == NONE) continue;
        value = lp_x(x->p, c);
        value -= floor(value);
        if (value < 1e-6 || value > 1 - 1e-6) continue;
        /* Sites come first. */
        list[n++] = (leaning){x->columns[c].unit == NONE ? 1 + value : value, c};
    }
    qsort(list, (size_t)n, sizeof *list, by_leaning);
    return n;
}

/* A dive: decisions made one after the other, without looking back further than the last few. */
typedef struct {
    tree *t;
    proof_case c; /* its decisions are the question's own and those made */
    int from;     /* of those made in the last step */
    leaning *list;
    double value;  /* of the relaxation after the last step */
    double dearer; /* points by which a step may raise the value unquestioned */
} diver;

static plaats_status diver_build(tree *t, diver *d, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    size_t most = (size_t)t->r->m->n_units * 2 + 1;
    *d = (diver){.t = t};
    TRY_ALLOC(d->list = zero_alloc((size_t)t->x.n_columns + most * 40, sizeof *d->list));
    TRY_ALLOC(d->c.given = zero_alloc(most, sizeof *d->c.given));
    if (t->ask->is_given) d->c.given[d->c.n_given++] = t->ask->given;
done:
    return st;
}

static void diver_free(diver *d) {
    proof_case_free(&d->c);
    free(d->list);
}

static plaats_status make_decision(diver *d, decision made, plaats_error *error) {
    d->c.given[d->c.n_given++] = made;
    return relaxation_decide(&d->t->x, &made, true, error);
}

static plaats_status take_back(diver *d, int to, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    while (d->c.n_given > to)
        TRY(relaxation_decide(&d->t->x, &d->c.given[--d->c.n_given], false, error));
done:
    return st;
}

/* Decides for those that lean most: all that are nearly whole, and a share of the rest. */
static plaats_status decide_leaning(diver *d, int n, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    d->from = d->c.n_given;
    for (int i = 0; i < n; i++) {
        if (i > 0 && (d->list[i].x <= 0.5 || (i > n / 4 && d->list[i].x < 0.8))) break;
        TRY(make_decision(d,
                          branch_decision(&d->t->x, d->list[i].column,
                                          lp_x(d->t->x.p, d->list[i].column),
                                          d->list[i].x < 1 || d->list[i].x > 1.3),
                          error));
    }
done:
    return st;
}

/* Solves, and where that has become dear, looks for options that were left out. */
static plaats_status solve_dive(diver *d, lp_outcome *outcome, double *value, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    tree *t = d->t;
    int added = 1;
    TRY(relaxation_solve(&t->x, true, outcome, error));
    for (int round = 0; round < 4 && added > 0 && *outcome == LP_OPTIMAL; round++) {
        *value = relaxation_value(&t->x);
        if (*value < d->value + d->dearer) break;
        TRY(relaxation_prices(&t->x, t->out->scale, 1, &d->c, error));
        TRY(proof_evaluate_case(&t->prover, t->out->scale, &d->c, &t->choices, error));
        TRY(tree_add_missed(t, &d->c, &added, error));
        TRY(relaxation_solve(&t->x, false, outcome, error));
    }
    if (*outcome == LP_OPTIMAL) *value = relaxation_value(&t->x);
done:
    return st;
}

/* One step down. Where it turns out dear or cannot be, one decision instead of many; and where that
 * is dear too, its opposite. */
static plaats_status step_down(diver *d, int n, lp_outcome *outcome, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    double value = 0;

    TRY(decide_leaning(d, n, error));
    TRY(solve_dive(d, outcome, &value, error));
    if (*outcome == LP_OPTIMAL && value < d->value + d->dearer) goto done;
    if (d->c.n_given > d->from + 1) {
        TRY(take_back(d, d->from + 1, error));
        TRY(solve_dive(d, outcome, &value, error));
        if (*outcome == LP_OPTIMAL && value < d->value + d->dearer) goto done;
    }
    if (*outcome == LP_OPTIMAL || *outcome == LP_EMPTY) {
        decision other = d->c.given[d->from];
        double first = *outcome == LP_OPTIMAL ? value : INFINITY;
        lp_outcome second = LP_FAILED;
        other.yes = !other.yes;
        TRY(take_back(d, d->from, error));
        TRY(make_decision(d, other, error));
        TRY(solve_dive(d, &second, &value, error));
        if (second == LP_OPTIMAL && value <= first) {
            *outcome = second;
            goto done;
        }
        other.yes = !other.yes;
        TRY(take_back(d, d->from, error));
        TRY(make_decision(d, other, error));
        TRY(solve_dive(d, outcome, &value, error));
    }
done:
    d->value = value;
    return st;
}

/* Decides for the units that lean most and solves again, until the point is whole or no better than
 * the best plan. What is left fractional is rounded off. */
plaats_status dive(tree *t, double dearer, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    diver d = {0};
    lp_outcome outcome = LP_OPTIMAL;
    bool better = false;

    TRY(diver_build(t, &d, error));
    d.dearer = dearer;
    d.value = relaxation_value(&t->x);
    for (int round = 0; round < 200 && outcome == LP_OPTIMAL && !run_over(t->r); round++) {
        int n = list_leaning(&t->x, d.list);
        if (n == 0 || d.value >= tree_cutoff(t, 0) || d.c.n_given >= t->r->m->n_units * 2 - 1 - n)
            break;
        TRY(step_down(&d, n, &outcome, error));
    }
    if (outcome == LP_OPTIMAL && !dive_offer_whole(t, &better)) TRY(round_off(t, error));
    TRY(take_back(&d, t->ask->is_given, error));
done:
    diver_free(&d);
    return st;
}
