/* Two children for a node: the decision that parts them, chosen by trial. */
#include "engine/tree_parts.h"

#include <math.h>

#define TRIALS 8 /* columns whose decisions are tried before one is made */
#define TRIAL_ITERATIONS 20

/* How contested a column is: near one half, and of a large unit. Sites come first. */
static double contest_of(const relaxation *x, int c) {
    double value, weight = 300;
    if (x->columns[c].site == NONE) return 0;
    value = lp_x(x->p, c);
    value -= floor(value);
    if (value < 1e-6 || value > 1 - 1e-6) return 0;
    if (x->columns[c].unit != NONE) weight = x->g->m->units[x->columns[c].unit].persons;
    return fmin(value, 1 - value) * (0.5 + weight);
}

typedef struct {
    double score;
    int column;
} contested;

/* The most contested columns, at most `most`. */
static int list_contested(const relaxation *x, contested *list, int most) {
    int n = 0;
    for (int c = 0; c < x->n_columns; c++) {
        double score = contest_of(x, c);
        int at;
        if (score == 0 || (n == most && score <= list[n - 1].score)) continue;
        at = n < most ? n++ : n - 1;
        for (; at > 0 && list[at - 1].score < score; at--) list[at] = list[at - 1];
        list[at] = (contested){score, c};
    }
    return n;
}

decision decision_of(const relaxation *x, int column, bool yes) {
    const lp_column_owner *o = &x->columns[column];
    return (decision){.kind = o->unit == NONE ? DECIDE_OPEN : DECIDE_AT,
                      .yes = yes,
                      .unit = o->unit,
                      .site = o->site,
                      .count = (int32_t)floor(lp_x(x->p, column) + 1e-6) + 1};
}

/* By how much a decision raises the value within a few iterations; the node's basis is kept in the
 * node. */
static plaats_status try_decision(tree *t, int32_t at, decision d, double *rise,
                                  plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const node *n = &t->nodes[at];
    lp_limits limits = {.dual = true, .most = TRIAL_ITERATIONS, .seconds = run_seconds_left(t->r)};
    int64_t before = lp_iterations(t->x.p);
    lp_outcome outcome;

    TRY(relaxation_decide(&t->x, &d, true, error));
    outcome = lp_solve(t->x.p, &limits);
    relaxation_spend(&t->x, before);
    *rise = outcome == LP_EMPTY ? 1e9 : fmax(0, relaxation_value(&t->x) - n->value);
    if (n->value + *rise >= tree_cutoff(t, at)) *rise = 1e9;
    TRY(relaxation_decide(&t->x, &d, false, error));
    lp_set_basis(t->x.p, n->basis, n->columns, n->rows);
done:
    return st;
}

/* The column whose decision raises the value most, either way. */
static plaats_status choose_column(tree *t, int32_t at, int *column, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    contested list[TRIALS];
    int n = list_contested(&t->x, list, TRIALS);
    double most = -1;

    *column = n > 0 ? list[0].column : -1;
    for (int i = 0; i < n && n > 1; i++) {
        double yes, no, gain;
        TRY(try_decision(t, at, decision_of(&t->x, list[i].column, true), &yes, error));
        TRY(try_decision(t, at, decision_of(&t->x, list[i].column, false), &no, error));
        gain = fmin(yes, 1e4) * 0.1 + fmin(yes, no) + (yes + 1e-3) * (no + 1e-3);
        if (gain <= most) continue;
        most = gain;
        *column = list[i].column;
    }
done:
    return st;
}

/* A whole point that leaves more unplaced than the node's decisions say costs more than the
 * relaxation counts: the decision that parts it from those that do not. */
static bool exceeds_weight(const tree *t, int32_t at, decision *d) {
    int64_t weight;
    bool opened;
    if (t->ask->goal == GOAL_WEIGHT || !relaxation_whole(&t->x, t->at, &opened)) return false;
    weight = model_unplaced_weight(t->r->m, t->at);
    *d = (decision){.kind = DECIDE_UNPLACED, .yes = true, .weight = t->nodes[at].at_least + 1};
    return weight > t->nodes[at].at_least && t->ask->none < (double)t->r->m->unplaced_points;
}

/* Where they are fixed, decisions may leave them no room, and the program no point. */
plaats_status unfix_at(tree *t, int32_t site, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    for (int32_t u = 0; u < t->r->m->n_units; u++) {
        int32_t fixed = t->x.fixed[u];
        if (fixed != UNFIXED && fixed != NONE && (site == NONE || fixed == site))
            TRY(relaxation_add(&t->x, u, NONE, error));
    }
done:
    return st;
}

plaats_status branch_node(tree *t, int32_t at, int32_t *next, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int c = -1;
    decision d;
    int32_t yes = NONE, no = NONE;

    *next = NONE;
    TRY(keep_basis(t, at, error));
    TRY(choose_column(t, at, &c, error));
    if (c >= 0)
        d = decision_of(&t->x, c, true);
    else if (!exceeds_weight(t, at, &d))
        goto done;
    if (d.kind == DECIDE_OPEN) {
        TRY(unfix_at(t, d.site, error));
        TRY(keep_basis(t, at, error));
    }
    TRY(add_node(t, at, &d, &yes, error));
    d.yes = false;
    TRY(add_node(t, at, &d, &no, error));
    t->nodes[at].state = NODE_INNER;
    t->nodes[at].yes = yes;
    *next = yes;
done:
    return st;
}
