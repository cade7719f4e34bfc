/* Two children for a node: reliability branching (T. Achterberg, T. Koch and A. Martin 2005).
 *
 * The fractional columns are listed by what their pseudocosts promise; those whose pseudocosts rest
 * on few decisions are tried first (strong branching: a few dual iterations each way), and the
 * trials end when several in a row were no better than the best so far (their "lookahead").
 * The score of a column is the product of the two rises, each at least a little, as there; and it
 * is divided by what the decision costs in the proof, where one about several units alike unfolds
 * into many cases. */
#include "base/rounded.h"
#include "engine/branch_cut/branch_cut_tuning.h"
#include "engine/branch_cut/tree_parts.h"

#include <assert.h>
#include <math.h>

/* A rise that closes the child: beyond every value that a score tells apart. */
#define CLOSES 1e9

/* How fractional a column is: near one half, and of a large unit. Sites come first. 0: whole. */
static double fractionality(const relaxation *x, int c) {
    const lp_column_owner *o = &x->columns[c];
    double value, weight = BRANCH_CUT_SITE_WEIGHT;
    if (o->kind == LP_COLUMN_SLACK) return 0;
    value = lp_x(x->p, c);
    value -= floor(value);
    if (value < BRANCH_CUT_WHOLE || value > 1 - BRANCH_CUT_WHOLE) return 0;
    if (o->kind == LP_COLUMN_CHOICE) weight = x->g->m->units[o->unit].persons;
    return fmin(value, 1 - value) * (BRANCH_CUT_UNIT_WEIGHT + weight);
}

/* Its value in the node's point: trials move the program on from there. */
typedef struct {
    double score;
    int column;
    double value;
} fractional;

/* How many of its class the column is at least, by the decision that rounds it up. */
static int32_t next_whole(double value) {
    return (int32_t)rounded_down(value + BRANCH_CUT_WHOLE, -1, INT32_MAX - 1) + 1;
}

/* A decision about k of the n units of a class becomes many cases about single units
 * (tree_proof.c): the logarithm of n over k, which is how many there can be. */
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

/* What a decision is worth that raises the value so far either way: the product score of the paper,
 * with the lesser rise and a little of the first to part those of which one way raises nothing. */
static double score_of(const tree *t, int column, double value, double yes, double no) {
    yes = fmin(yes, BRANCH_CUT_MOST_RISE);
    no = fmin(no, BRANCH_CUT_MOST_RISE);
    return (yes * BRANCH_CUT_YES_SHARE + fmin(yes, no) +
            (yes + BRANCH_CUT_LEAST_RISE) * (no + BRANCH_CUT_LEAST_RISE)) /
           (1 + t->shun * spread_of(&t->x, column, value));
}

/* The fractional columns that promise most, at most `most`, the best first. */
static int list_fractional(const tree *t, fractional *list, int most) {
    const relaxation *x = &t->x;
    int n = 0;
    assert(most >= 1 && most <= BRANCH_CUT_MOST_TRIALS);
    for (int c = 0; c < x->n_columns; c++) {
        double score = fractionality(x, c), value = lp_x(x->p, c);
        int at;
        if (score > 0)
            score *=
                score_of(t, c, value, expected_rise(t, c, value, 0), expected_rise(t, c, value, 1));
        if (score == 0 || (n == most && score <= list[n - 1].score)) continue;
        at = n < most ? n++ : n - 1;
        for (; at > 0 && list[at - 1].score < score; at--) list[at] = list[at - 1];
        list[at] = (fractional){score, c, value};
    }
    return n;
}

decision branch_decision(const relaxation *x, int column, double value, bool yes) {
    const lp_column_owner *o = &x->columns[column];
    assert(o->kind != LP_COLUMN_SLACK);
    return (decision){.kind = o->kind == LP_COLUMN_OPEN ? DECIDE_OPEN : DECIDE_AT,
                      .yes = yes,
                      .unit = o->unit,
                      .site = o->kind == LP_COLUMN_OPEN ? o->site : relaxation_site(o->at),
                      .count = next_whole(value)};
}

/* By how much a decision raises the value within a few iterations; the node's basis is kept in the
 * node. */
static plaats_status try_decision(tree *t, int32_t at, decision d, double *rise,
                                  plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const node *n = &t->nodes[at];
    lp_limits limits = {
        .dual = true, .most = BRANCH_CUT_TRIAL_ITERATIONS, .seconds = run_seconds_left(t->r)};
    int64_t before = lp_iterations(t->x.p);
    lp_outcome outcome;

    TRY(relaxation_decide(&t->x, &d, true, error));
    outcome = lp_solve(t->x.p, &limits);
    relaxation_spend(&t->x, before);
    *rise = outcome == LP_EMPTY ? CLOSES : fmax(0, relaxation_value(&t->x) - n->value);
    if (n->value + *rise >= tree_cutoff(t, at)) *rise = CLOSES;
    TRY(relaxation_decide(&t->x, &d, false, error));
    lp_set_basis(t->x.p, n->basis, n->columns, n->rows);
done:
    return st;
}

/* By how much the decisions about a column raise the value: as they did before if that is well
 * known, else tried. */
static plaats_status evaluate_column(tree *t, int32_t at, const fractional *of, double *score,
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
        if (rise[way] >= CLOSES) continue;
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
    fractional list[BRANCH_CUT_MOST_TRIALS];
    int n = list_fractional(t, list, BRANCH_CUT_TRIALS), fruitless = 0;
    const fractional *best = list;
    double most = -1;

    *any = n > 0;
    for (int i = 0; i < n && n > 1 && fruitless < BRANCH_CUT_LOOKAHEAD; i++) {
        double score;
        TRY(evaluate_column(t, at, &list[i], &score, error));
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

static bool is_at(choice c, int32_t site) {
    bool is = false;
    for (int week = 0; week < CHOICE_WEEKS; week++) is = is || choice_site(c, week) == site;
    return is;
}

plaats_status branch_unfix_at(tree *t, int32_t site, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    for (int32_t u = 0; u < t->r->m->n_units; u++) {
        if (relaxation_is_seated(&t->x, u) && (site == NONE || is_at(t->x.fixed[u], site)))
            TRY(relaxation_add(&t->x, u, CHOICE_NONE, error));
    }
done:
    return st;
}

plaats_status branch_node(tree *t, int32_t at, int32_t *next, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    bool any = false;
    decision d;
    int32_t yes = NONE, no = NONE;

    assert(at >= 0 && at < t->n_nodes && t->nodes[at].yes == NONE);
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
    assert(no == yes + 1); /* nodes know their children by the first */
    t->nodes[at].state = NODE_INNER;
    t->nodes[at].yes = yes;
    *next = yes;
done:
    return st;
}
