/* Plans out of the relaxation: points that are whole, and dives to others, with what stays
 * fractional rounded off.
 *
 * A dive goes down the tree without making nodes: many fractional columns are decided for at once,
 * those nearest to a whole number first, and the program is solved again. Where a step turns out
 * dear, one decision alone is tried, then its opposite (a dive with limited backtracking, as in
 * Achterberg 2007, section 9.2). */
#include "base/rounded.h"
#include "engine/branch_cut/branch_cut_tuning.h"
#include "engine/branch_cut/tree_parts.h"
#include "engine/plans/improve.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

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
    return shortlist_build(&t->r->g, t->price, (double)t->r->m->unplaced_points,
                           BRANCH_CUT_SHORTLIST, t->r->threads, &t->list, error);
}

/* So many of the class choose so, as far as they fit. */
static void seat(state *s, const classes *k, int32_t class, choice at, int n) {
    int64_t cost = 0;
    if (n > 0) (void)choice_cost(s->g, class, at, &cost);
    for (int32_t u = class; u != NONE && n > 0; u = k->next[u]) {
        if (s->at[u] != CHOICE_NONE || !state_fits(s, u, at)) continue;
        state_move(s, u, at, cost);
        n--;
    }
}

/* Units that the point has whole stay there; whoever is left finds a place by reduced cost. */
static plaats_status round_off(tree *t, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    state s = {0};
    random_stream random = random_start(BRANCH_CUT_DIVE_SEED);

    TRY(state_build(&t->r->g, &s, error));
    for (int c = 0; c < t->x.n_columns; c++) {
        const lp_column_owner *o = &t->x.columns[c];
        double amount = lp_x(t->x.p, c) + BRANCH_CUT_ROUND_UP;
        if (o->kind == LP_COLUMN_CHOICE)
            seat(&s, &t->classes, o->unit, o->at, (int)whole_part(amount, 0, INT32_MAX));
    }
    TRY(dive_list_sites(t, error));
    TRY(improve_by_moves(t->r, &t->list, &s, &random, error));
    run_offer(t->r, s.at, s.cost);
done:
    state_free(&s);
    return st;
}

/* A fractional column. Sites come before units: by 1 in the order. */
typedef struct {
    double order; /* the fraction, of a site 1 more */
    int32_t column;
} leaning;

static int by_leaning(const void *a, const void *b) {
    const leaning *x = a, *y = b;
    if (x->order != y->order) return x->order > y->order ? -1 : 1;
    return x->column - y->column;
}

/* A dive: decisions made one after the other, without looking back further than the last few. */
typedef struct {
    tree *t;
    proof_case c; /* its decisions are the question's own and those made */
    int room;     /* for decisions */
    int from;     /* of those made in the last step */
    int n_leaning, leaning_room;
    leaning *list; /* the fractional columns, those nearest to one first */
    double value;  /* of the relaxation after the last step */
    double rise;   /* points by which a step may raise the value unquestioned */
} diver;

static plaats_status diver_build(tree *t, diver *d, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    *d = (diver){.t = t, .room = t->r->m->n_units * 2 + 1};
    TRY_ALLOC(d->c.given = zero_alloc((size_t)d->room, sizeof *d->c.given));
    if (t->ask->is_given) d->c.given[d->c.n_given++] = t->ask->given;
done:
    return st;
}

static void diver_free(diver *d) {
    proof_case_free(&d->c);
    free(d->list);
}

/* Room for all columns: dives take in options, so there are more and more. */
static plaats_status grow_leaning(diver *d, plaats_error *error) {
    int room = d->t->x.n_columns * 2;
    leaning *list;
    if (d->t->x.n_columns <= d->leaning_room) return PLAATS_OK;
    list = realloc(d->list, (size_t)room * sizeof *list);
    if (list == NULL) return fail_memory(error);
    d->list = list;
    d->leaning_room = room;
    return PLAATS_OK;
}

/* Lists the fractional columns. */
static plaats_status list_leaning(diver *d, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const relaxation *x = &d->t->x;

    TRY(grow_leaning(d, error));
    d->n_leaning = 0;
    for (int c = 0; c < x->n_columns; c++) {
        double value;
        if (x->columns[c].kind == LP_COLUMN_SLACK) continue;
        value = lp_x(x->p, c);
        value -= floor(value);
        if (value < BRANCH_CUT_WHOLE || value > 1 - BRANCH_CUT_WHOLE) continue;
        assert(d->n_leaning < d->leaning_room);
        d->list[d->n_leaning++] =
            (leaning){x->columns[c].kind == LP_COLUMN_OPEN ? 1 + value : value, c};
    }
    if (d->n_leaning > 0) qsort(d->list, (size_t)d->n_leaning, sizeof *d->list, by_leaning);
done:
    return st;
}

static plaats_status make_decision(diver *d, decision made, plaats_error *error) {
    assert(d->c.n_given < d->room);
    d->c.given[d->c.n_given++] = made;
    return relaxation_decide(&d->t->x, &made, true, error);
}

static plaats_status take_back(diver *d, int to, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    assert(to >= 0 && to <= d->c.n_given);
    while (d->c.n_given > to)
        TRY(relaxation_decide(&d->t->x, &d->c.given[--d->c.n_given], false, error));
done:
    return st;
}

/* Is the i-th decided for as well? The first always is. */
static bool goes_along(const diver *d, int i) {
    double order = d->list[i].order;
    if (i == 0) return true;
    return order > BRANCH_CUT_DIVE_LIKELY &&
           (i <= d->n_leaning / BRANCH_CUT_DIVE_SHARE || order >= BRANCH_CUT_DIVE_CERTAIN);
}

/* Decides for those that lean most: all that are nearly whole, and a share of the rest. */
static plaats_status decide_leaning(diver *d, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const relaxation *x = &d->t->x;
    d->from = d->c.n_given;
    for (int i = 0; i < d->n_leaning && goes_along(d, i); i++) {
        leaning l = d->list[i];
        bool up = l.order < 1 || l.order > 1 + BRANCH_CUT_DIVE_OPEN;
        TRY(make_decision(d, branch_decision(x, l.column, lp_x(x->p, l.column), up), error));
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
    for (int round = 0; round < BRANCH_CUT_DIVE_PRICING && added > 0 && *outcome == LP_OPTIMAL;
         round++) {
        *value = relaxation_value(&t->x);
        if (*value < d->value + d->rise) break;
        TRY(relaxation_prices(&t->x, t->out->scale, 1, &d->c, error));
        TRY(proof_evaluate_case(&t->prover, t->out->scale, &d->c, &t->choices, error));
        TRY(tree_price_out(t, &d->c, &added, error));
        TRY(relaxation_solve(&t->x, false, outcome, error));
    }
    if (*outcome == LP_OPTIMAL) *value = relaxation_value(&t->x);
done:
    return st;
}

/* The step as it stands was no dearer than it may be. */
static bool is_cheap(const diver *d, lp_outcome outcome, double value) {
    return outcome == LP_OPTIMAL && value < d->value + d->rise;
}

/* In place of the step's one decision its opposite, if that is no dearer. */
static plaats_status try_opposite(diver *d, lp_outcome *outcome, double *value,
                                  plaats_error *error) {
    plaats_status st = PLAATS_OK;
    decision other = d->c.given[d->from];
    double first = *outcome == LP_OPTIMAL ? *value : INFINITY;
    lp_outcome second = LP_FAILED;

    other.yes = !other.yes;
    TRY(take_back(d, d->from, error));
    TRY(make_decision(d, other, error));
    TRY(solve_dive(d, &second, value, error));
    if (second == LP_OPTIMAL && *value <= first) {
        *outcome = second;
        goto done;
    }
    other.yes = !other.yes;
    TRY(take_back(d, d->from, error));
    TRY(make_decision(d, other, error));
    TRY(solve_dive(d, outcome, value, error));
done:
    return st;
}

/* One step down. Where it turns out dear or cannot be, one decision instead of many; and where that
 * is dear too, its opposite. */
static plaats_status step_down(diver *d, lp_outcome *outcome, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    double value = 0;

    assert(d->n_leaning > 0);
    TRY(decide_leaning(d, error));
    TRY(solve_dive(d, outcome, &value, error));
    if (!is_cheap(d, *outcome, value) && d->c.n_given > d->from + 1) {
        TRY(take_back(d, d->from + 1, error));
        TRY(solve_dive(d, outcome, &value, error));
    }
    if (!is_cheap(d, *outcome, value) && (*outcome == LP_OPTIMAL || *outcome == LP_EMPTY))
        TRY(try_opposite(d, outcome, &value, error));
done:
    d->value = value;
    return st;
}

/* Is there room for the decisions of one more step? */
static bool has_room(const diver *d) {
    return d->c.n_given < d->room - 2 - d->n_leaning;
}

/* Decides for the units that lean most and solves again, until the point is whole or no better than
 * the best plan. What is left fractional is rounded off. */
plaats_status dive(tree *t, double rise, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    diver d = {0};
    lp_outcome outcome = LP_OPTIMAL;
    bool better = false;

    assert(t->now == 0 && rise > 0);
    TRY(diver_build(t, &d, error));
    d.rise = rise;
    d.value = relaxation_value(&t->x);
    for (int step = 0; step < BRANCH_CUT_DIVE_STEPS && outcome == LP_OPTIMAL && !run_over(t->r);
         step++) {
        TRY(list_leaning(&d, error));
        if (d.n_leaning == 0 || d.value >= tree_cutoff(t, 0) || !has_room(&d)) break;
        TRY(step_down(&d, &outcome, error));
    }
    if (outcome == LP_OPTIMAL && !dive_offer_whole(t, &better)) TRY(round_off(t, error));
    TRY(take_back(&d, t->ask->is_given, error));
done:
    diver_free(&d);
    return st;
}
