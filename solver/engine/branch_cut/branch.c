/* Two children for a node: the decision that parts them, chosen by trial. */
#include "base/rounded.h"
#include "engine/branch_cut/tree_parts.h"

#include <math.h>

#define TRIALS 8 /* columns whose decisions are tried before one is made */
#define TRIAL_ITERATIONS 20
#define PATIENCE 4 /* trials without a better one */

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

/* Its value in the node's point: trials move the program on from there. */
typedef struct {
    double score;
    int column;
    double value;
} contested;

/* How many of its kind the column is at least, by the decision that rounds it up. */
static int32_t next_whole(double value) {
    return (int32_t)rounded_down(value + 1e-6, -1, INT32_MAX - 1) + 1;
}

/* A decision about several of a kind becomes many cases about single units (tree_proof.c): how many
 * times more, roughly, as a logarithm. */
static double spread_of(const relaxation *x, int column, double value) {
    int32_t unit = x->columns[column].unit;
    double n = unit == NONE ? 1 : x->classes->count[unit], k = next_whole(value);
    return k > n ? 0 : lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1);
}

/* By what part of a whole the decision moves the column, up (0) or down (1). */
static double part_of(double value, int way) {
    value -= floor(value);
    return way == 0 ? 1 - value : value;
}

static double expected_rise(const tree *t, int column, double value, int way) {
    return pseudocosts_expected(&t->x.columns[column].pseudocosts, &t->pseudocosts, way,
                                part_of(value, way));
}

/* What a decision is worth that raises the value so far either way. */
static double score_of(const tree *t, int column, double value, double yes, double no) {
    yes = fmin(yes, 1e4);
    no = fmin(no, 1e4);
    return (yes * 0.01 + fmin(yes, no) + (yes + 1e-3) * (no + 1e-3)) /
           (1 + t->wary * spread_of(&t->x, column, value));
}

/* The most contested columns, at most `most`. */
static int list_contested(const tree *t, contested *list, int most) {
    const relaxation *x = &t->x;
    int n = 0;
    for (int c = 0; c < x->n_columns; c++) {
        double score = contest_of(x, c), value = lp_x(x->p, c);
        int at;
        if (score > 0)
            score *=
                score_of(t, c, value, expected_rise(t, c, value, 0), expected_rise(t, c, value, 1));
        if (score == 0 || (n == most && score <= list[n - 1].score)) continue;
        at = n < most ? n++ : n - 1;
        for (; at > 0 && list[at - 1].score < score; at--) list[at] = list[at - 1];
        list[at] = (contested){score, c, value};
    }
    return n;
}

decision branch_decision(const relaxation *x, int column, double value, bool yes) {
    const lp_column_owner *o = &x->columns[column];
    return (decision){.kind = o->unit == NONE ? DECIDE_OPEN : DECIDE_AT,
                      .yes = yes,
                      .unit = o->unit,
                      .site = o->site,
                      .count = next_whole(value)};
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

/* By how much the decisions about a column raise the value: as they did before if that is well
 * known, else tried. */
static plaats_status appraise_column(tree *t, int32_t at, const contested *of, double *score,
                                     plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int column = of->column;
    double rise[2];
    bool known = pseudocosts_are_reliable(&t->x.columns[column].pseudocosts);

    for (int way = 0; way < 2; way++) {
        rise[way] = expected_rise(t, column, of->value, way);
        if (known) continue;
        TRY(try_decision(t, at, branch_decision(&t->x, column, of->value, way == 0), &rise[way],
                         error));
        if (rise[way] >= 1e9) continue;
        pseudocosts_note(&t->x.columns[column].pseudocosts, way, rise[way],
                         part_of(of->value, way));
        pseudocosts_note(&t->pseudocosts, way, rise[way], part_of(of->value, way));
    }
    *score = score_of(t, column, of->value, rise[0], rise[1]);
done:
    return st;
}

/* The decision that raises the value most, either way. `any`: there is one. */
static plaats_status choose_column(tree *t, int32_t at, bool *any, decision *d,
                                   plaats_error *error) {
    plaats_status st = PLAATS_OK;
    contested list[TRIALS];
    int n = list_contested(t, list, TRIALS), fruitless = 0;
    const contested *best = list;
    double most = -1;

    *any = n > 0;
    for (int i = 0; i < n && n > 1 && fruitless < PATIENCE; i++) {
        double score;
        TRY(appraise_column(t, at, &list[i], &score, error));
        fruitless++;
        if (score <= most) continue;
        most = score;
        best = &list[i];
        fruitless = 0;
    }
    if (*any) *d = branch_decision(&t->x, best->column, best->value, true);
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
plaats_status branch_unfix_at(tree *t, int32_t site, plaats_error *error) {
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
    bool any = false;
    decision d;
    int32_t yes = NONE, no = NONE;

    *next = NONE;
    TRY(tree_keep_basis(t, at, error));
    TRY(choose_column(t, at, &any, &d, error));
    if (!any && !exceeds_weight(t, at, &d)) goto done;
    if (d.kind == DECIDE_OPEN) {
        TRY(branch_unfix_at(t, d.site, error));
        TRY(tree_keep_basis(t, at, error));
    }
    TRY(tree_add_node(t, at, &d, &yes, error));
    d.yes = false;
    TRY(tree_add_node(t, at, &d, &no, error));
    t->nodes[at].state = NODE_INNER;
    t->nodes[at].yes = yes;
    *next = yes;
done:
    return st;
}
