#include "engine/tree.h"
#include "base/clock.h"

#include "base/checked.h"
#include "engine/improve.h"
#include "engine/separate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define COLUMNS_PER_UNIT 5
#define FIRST_LOSS 500
#define SHORTLIST 12
#define CORE_COLUMNS 12000
#define SMALL 1000 /* columns that are no burden */
#define ROOT_ROUNDS 40
#define CUTS_PER_ROUND 60
#define CUTS_PER_NODE 8
#define CUT_EVERY 32 /* nodes */
#define TRIALS 8     /* columns whose decisions are tried before one is made */
#define TRIAL_ITERATIONS 20
#define ITERATIONS 1000000
#define MISSED_PER_ROUND 3000
#define MOST_OPEN 100   /* nodes left open that are worth proving one by one */
#define MOST_CASES 4000 /* of a proof */

/* Stuck: neither closed nor divided, where rounding or a limit of the relaxation came in between.
 */
typedef enum { NODE_OPEN, NODE_INNER, NODE_CLOSED, NODE_STUCK } node_state;

typedef struct {
    int32_t parent;
    int depth;
    node_state state;
    decision made;     /* what was decided against the parent; the root has none */
    int64_t at_least;  /* weight unplaced, by decision */
    double value;      /* of the relaxation, the parent's before it is solved */
    proof_case proved; /* prices of the last relaxation, the parent's before */
    unsigned char *basis;
    int columns, rows; /* of the basis */
} node;

typedef struct {
    run *r;
    const tree_question *ask;
    proof *out;
    relaxation x;
    site_units who;
    cutter cutter;
    prover prover;
    cheapest_choices choices;
    int n_nodes, node_room;
    node *nodes;
    int32_t now; /* whose decisions are in the relaxation */
    int32_t *at; /* per unit: a whole point */
    int64_t visits;
    proof_case root; /* the root's, over all options */
    int root_rows;   /* rows of the relaxation at the root */
    bool closed;     /* every node is */
    double *price;   /* per row of the model: the question's, to search by */
    shortlist list;
} tree;

/* ---- What is asked ------------------------------------------------------------------------ */

/* The value from which on a node holds no better plan. The relaxation counts `none` for weight that
 * costs U, and at least so much of it is unplaced as the node's decisions say. */
static double cutoff(const tree *t, int32_t at) {
    double points = (double)t->r->m->unplaced_points - t->ask->none;
    if (t->ask->goal == GOAL_WEIGHT) return (double)t->ask->given.weight - 1 + 1e-4;
    return (double)t->r->best_cost - 1 + 1e-6 - points * (double)t->nodes[at].at_least;
}

/* The bound that every case has to reach. With GOAL_WEIGHT: what no plan costs that leaves as much
 * weight unplaced as the question has. */
static int64_t wanted(const tree *t) {
    int64_t all;
    if (t->ask->goal != GOAL_WEIGHT) return t->r->best_cost;
    if (__builtin_mul_overflow(t->r->m->unplaced_points, t->ask->given.weight + 1, &all))
        return INT64_MAX;
    return all;
}

/* Points per unit of the relaxation's objective. With GOAL_WEIGHT: so many that what the prices
 * prove above the weight that the case admits outweighs a plan. */
static double factor_of(const tree *t, double value) {
    double points = (double)t->r->m->unplaced_points, above;
    if (t->ask->goal != GOAL_WEIGHT) return 1;
    above = value - (double)(t->ask->given.weight - 1);
    return points * (above > 1e-4 ? 1 + 3 / above : 1);
}

/* ---- Nodes -------------------------------------------------------------------------------- */

static plaats_status add_node(tree *t, int32_t parent, const decision *made, int32_t *number,
                              plaats_error *error) {
    node *n;
    if (t->n_nodes == t->node_room) {
        int room = t->node_room * 2 + 64;
        node *nodes = realloc(t->nodes, (size_t)room * sizeof *nodes);
        if (nodes == NULL) return fail_memory(error);
        t->nodes = nodes;
        t->node_room = room;
    }
    n = &t->nodes[t->n_nodes];
    *n = (node){.parent = parent, .value = -INFINITY, .proved = {.bound = INT64_MIN}};
    if (parent == NONE) {
        n->at_least = t->ask->is_given && t->ask->given.yes ? t->ask->given.weight : 0;
    } else {
        n->made = *made;
        n->depth = t->nodes[parent].depth + 1;
        n->value = t->nodes[parent].value;
        n->at_least = t->nodes[parent].at_least;
        if (made->kind == DECIDE_UNPLACED && made->yes && made->weight > n->at_least)
            n->at_least = made->weight;
    }
    *number = t->n_nodes++;
    return PLAATS_OK;
}

/* The decisions of a node, the question's own first. */
static plaats_status give(const tree *t, int32_t at, proof_case *c, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int n = t->nodes[at].depth + t->ask->is_given;

    free(c->given);
    TRY_ALLOC(c->given = zero_alloc((size_t)n, sizeof *c->given));
    c->n_given = n;
    for (; t->nodes[at].parent != NONE; at = t->nodes[at].parent) c->given[--n] = t->nodes[at].made;
    if (t->ask->is_given) c->given[0] = t->ask->given;
done:
    return st;
}

static plaats_status copy_prices(const proof_case *from, proof_case *to, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    free(to->prices);
    TRY_ALLOC(to->prices = zero_alloc((size_t)from->n_prices, sizeof *to->prices));
    if (from->n_prices > 0)
        memcpy(to->prices, from->prices, (size_t)from->n_prices * sizeof *to->prices);
    to->n_prices = from->n_prices;
    to->price_at_most = from->price_at_most;
    to->price_at_least = from->price_at_least;
done:
    return st;
}

static plaats_status take_prices(tree *t, int32_t at, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    node *n = &t->nodes[at];
    n->proved.bound = INT64_MIN; /* until it is proved */
    n->proved.impossible = false;
    TRY(give(t, at, &n->proved, error));
    TRY(relaxation_prices(&t->x, t->out->scale, factor_of(t, n->value), &n->proved, error));
done:
    return st;
}

static plaats_status prove(tree *t, int32_t at, plaats_error *error) {
    return prove_case(&t->prover, t->out->scale, &t->nodes[at].proved, &t->choices, error);
}

/* ---- Moving about the tree ---------------------------------------------------------------- */

static int32_t common_ancestor(const tree *t, int32_t a, int32_t b) {
    while (a != b) {
        if (t->nodes[a].depth >= t->nodes[b].depth)
            a = t->nodes[a].parent;
        else
            b = t->nodes[b].parent;
    }
    return a;
}

/* Decisions are put in from the root down: a unit's last word counts. */
static plaats_status put_in(tree *t, int32_t from, int32_t to, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    if (to == from) return PLAATS_OK;
    TRY(put_in(t, from, t->nodes[to].parent, error));
    TRY(relaxation_decide(&t->x, &t->nodes[to].made, true, error));
done:
    return st;
}

static plaats_status go_to(tree *t, int32_t to, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int32_t shared = common_ancestor(t, t->now, to), root = 0;

    if (shared == t->now) {
        TRY(put_in(t, t->now, to, error));
    } else {
        /* What a unit may do depends on all decisions about it: all out, all in. */
        for (int32_t at = t->now; t->nodes[at].parent != NONE; at = t->nodes[at].parent)
            TRY(relaxation_decide(&t->x, &t->nodes[at].made, false, error));
        TRY(put_in(t, root, to, error));
    }
    t->now = to;
done:
    return st;
}

static plaats_status keep_basis(tree *t, int32_t at, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    node *n = &t->nodes[at];
    free(n->basis);
    n->columns = lp_columns(t->x.p);
    n->rows = lp_rows(t->x.p);
    TRY_ALLOC(n->basis = zero_alloc((size_t)(n->columns + n->rows), 1));
    lp_get_basis(t->x.p, n->basis);
done:
    return st;
}

/* ---- Options that were left out ----------------------------------------------------------- */

static plaats_status decide_all(tree *t, const proof_case *c, bool on, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    for (int i = t->ask->is_given; i < c->n_given; i++)
        TRY(relaxation_decide(&t->x, &c->given[i], on, error));
done:
    return st;
}

static bool is_missed(const tree *t, int u) {
    int32_t site = t->choices.site[u];
    return site != NONE ? !relaxation_has(&t->x, u, site) : t->x.fixed[u] >= 0;
}

/* Adds every unit's cheapest option at the case's prices that the relaxation lacks. A new column
 * knows nothing of decisions, so they are taken out meanwhile. */
static plaats_status add_missed(tree *t, const proof_case *c, int *added, plaats_error *error) {
    plaats_status st = PLAATS_OK;

    *added = 0;
    if (c->impossible) return PLAATS_OK;
    for (int u = 0; u < t->r->m->n_units; u++) *added += is_missed(t, u);
    if (*added == 0) return PLAATS_OK;
    TRY(decide_all(t, c, false, error));
    *added = 0;
    for (int u = 0; u < t->r->m->n_units && *added < MISSED_PER_ROUND; u++) {
        if (!is_missed(t, u)) continue;
        TRY(relaxation_add(&t->x, u, t->choices.site[u], error));
        ++*added;
    }
    TRY(decide_all(t, c, true, error));
done:
    return st;
}

/* Solves the relaxation where it stands and takes in what was left out until its value is the
 * value over all options, or below what closes the node. */
static plaats_status solve_node(tree *t, int32_t at, bool complete, lp_outcome *outcome,
                                plaats_error *error) {
    plaats_status st = PLAATS_OK;
    bool dual = true;
    int added = 1;

    for (int round = 0; added > 0 && round < 50; round++) {
        TRY(relaxation_solve(&t->x, dual, ITERATIONS, INFINITY, outcome, error));
        if (*outcome != LP_OPTIMAL) goto done;
        t->nodes[at].value = relaxation_value(&t->x);
        TRY(take_prices(t, at, error));
        if (!complete && t->nodes[at].value < cutoff(t, at)) goto done;
        TRY(prove(t, at, error));
        if (t->nodes[at].proved.impossible || t->nodes[at].proved.bound >= wanted(t)) goto done;
        TRY(add_missed(t, &t->nodes[at].proved, &added, error));
        dual = false;
    }
done:
    return st;
}

/* ---- Plans -------------------------------------------------------------------------------- */

/* A whole point is a plan; the run takes it if it is better. */
static bool offer_whole(tree *t, bool *better) {
    int64_t cost;
    bool opened;
    *better = false;
    if (!relaxation_whole(&t->x, t->at, &opened)) return false;
    if (model_cost(t->r->m, t->at, &cost)) *better = run_offer(t->r, t->at, cost);
    return opened;
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
        int64_t cost;
        if (o->unit == NONE || lp_x(t->x.p, c) < 0.6) continue;
        if (state_fits(&s, o->unit, o->site) && model_option_cost(m, o->unit, o->site, &cost))
            state_move(&s, o->unit, o->site, cost);
    }
    if (t->list.start == NULL)
        TRY(shortlist_build(&t->r->g, t->price, (double)m->unplaced_points, SHORTLIST, &t->list,
                            error));
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
static plaats_status decide_leaning(diver *d, int n, int most, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    d->from = d->c.n_given;
    for (int i = 0; i < n && i < most; i++) {
        const lp_column_owner *o = &d->t->x.columns[d->list[i].column];
        if (i > 0 && (d->list[i].x <= 0.5 || (i > n / 4 && d->list[i].x < 0.8))) break;
        TRY(make_decision(d,
                          (decision){o->unit == NONE ? DECIDE_OPEN : DECIDE_AT,
                                     d->list[i].x < 1 || d->list[i].x > 1.3, o->unit, o->site, 0},
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
    TRY(relaxation_solve(&t->x, true, ITERATIONS, INFINITY, outcome, error));
    for (int round = 0; round < 4 && added > 0 && *outcome == LP_OPTIMAL; round++) {
        *value = relaxation_value(&t->x);
        if (*value < d->value + d->dearer) break;
        TRY(relaxation_prices(&t->x, t->out->scale, 1, &d->c, error));
        TRY(prove_case(&t->prover, t->out->scale, &d->c, &t->choices, error));
        TRY(add_missed(t, &d->c, &added, error));
        TRY(relaxation_solve(&t->x, false, ITERATIONS, INFINITY, outcome, error));
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

    TRY(decide_leaning(d, n, n, error));
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
        lp_outcome second;
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
static plaats_status dive(tree *t, double dearer, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    diver d = {0};
    lp_outcome outcome = LP_OPTIMAL;
    bool better;

    TRY(diver_build(t, &d, error));
    d.dearer = dearer;
    d.value = relaxation_value(&t->x);
    for (int round = 0; round < 200 && outcome == LP_OPTIMAL && !run_over(t->r); round++) {
        int n = list_leaning(&t->x, d.list);
        if (n == 0 || d.value >= cutoff(t, 0) || d.c.n_given >= t->r->m->n_units * 2 - 1 - n) break;
        TRY(step_down(&d, n, &outcome, error));
    }
    if (outcome == LP_OPTIMAL && !offer_whole(t, &better)) TRY(round_off(t, error));
    TRY(take_back(&d, t->ask->is_given, error));
done:
    diver_free(&d);
    return st;
}

/* ---- The root ----------------------------------------------------------------------------- */

typedef struct {
    double loss;
    uint64_t lot;
    int32_t site;
} offered;

static int by_loss(const void *a, const void *b) {
    const offered *x = a, *y = b;
    if (x->loss != y->loss) return x->loss < y->loss ? -1 : 1;
    return (x->lot > y->lot) - (x->lot < y->lot);
}

/* The unit's options by what they lose against its best at the question's prices; those that lose
 * the same in no particular order, but always the same one. */
static int list_offered(const tree *t, int u, offered *list) {
    const model *m = t->r->m;
    const model_prices *p = t->ask->prices;
    options o = model_options(m, u);
    int128 least = model_reduced_cost(m, p, u, NONE, m->units[u].unplaced_cost);

    for (int i = 0; i < o.n; i++) {
        int128 here = model_reduced_cost(m, p, u, o.site[i], option_cost(&o, i));
        if (here < least) least = here;
    }
    for (int i = 0; i < o.n; i++) {
        int128 here = model_reduced_cost(m, p, u, o.site[i], option_cost(&o, i));
        list[i] = (offered){(double)(here - least) / (double)p->scale,
                            hash_mix((uint64_t)u, (uint64_t)o.site[i]), o.site[i]};
    }
    qsort(list, (size_t)o.n, sizeof *list, by_loss);
    return o.n;
}

/* The first columns: where the best plan has the unit, and the few options that lose least. */
static plaats_status add_first_columns(tree *t, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const model *m = t->r->m;
    offered *list = NULL;

    TRY_ALLOC(list = zero_alloc((size_t)m->n_sites, sizeof *list));
    for (int u = 0; u < m->n_units; u++) {
        int n = list_offered(t, u, list), added = 0;
        if (t->r->best[u] != NONE) TRY(relaxation_add(&t->x, u, t->r->best[u], error));
        for (int i = 0; i < n && added < COLUMNS_PER_UNIT; i++) {
            if (relaxation_has(&t->x, u, list[i].site)) continue;
            if (i > 0 && list[i].loss > FIRST_LOSS) break;
            TRY(relaxation_add(&t->x, u, list[i].site, error));
            added++;
        }
    }
done:
    free(list);
    return st;
}

static bool is_closed(const tree *t, int32_t at) {
    return t->nodes[at].proved.impossible || t->nodes[at].proved.bound >= wanted(t);
}

static plaats_status cut_root(tree *t, lp_outcome *outcome, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int found = 1, idle = 0;
    bool better;

    for (int round = 0; round < ROOT_ROUNDS && found > 0 && idle < 3 && !run_over(t->r); round++) {
        double before = t->nodes[0].value;
        TRY(separate(&t->x, &t->cutter, CUTS_PER_ROUND, &found, error));
        TRY(solve_node(t, 0, true, outcome, error));
        if (*outcome != LP_OPTIMAL || is_closed(t, 0)) goto done;
        if (offer_whole(t, &better)) {
            if (better) TRY(solve_node(t, 0, true, outcome, error));
            if (!better || is_closed(t, 0)) goto done;
        }
        idle = t->nodes[0].value < before + 1e-3 ? idle + 1 : 0;
        TRY(relaxation_drop_idle(&t->x, error));
    }
done:
    return st;
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* How much reduced cost a column may have to stay: no more than what is left to gain, and such that
 * the program stays small. */
static plaats_status choose_most(const tree *t, double *most, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    double *sizes = NULL;
    int n = 0;

    *most = fmax(0, cutoff(t, 0) - t->nodes[0].value);
    TRY_ALLOC(sizes = zero_alloc((size_t)t->x.n_columns, sizeof *sizes));
    for (int c = 0; c < t->x.n_columns; c++)
        if (!lp_is_basic(t->x.p, c)) sizes[n++] = lp_reduced(t->x.p, c);
    qsort(sizes, (size_t)n, sizeof *sizes, by_size);
    if (n > CORE_COLUMNS) *most = fmax(1e-6, fmin(*most, sizes[CORE_COLUMNS]));
done:
    free(sizes);
    return st;
}

static plaats_status shrink(tree *t, int choices, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    lp_outcome outcome;
    double most;
    TRY(choose_most(t, &most, error));
    TRY(relaxation_shrink(&t->x, most, choices, error));
    TRY(relaxation_solve(&t->x, true, ITERATIONS, INFINITY, &outcome, error));
done:
    return st;
}

/* Takes what the root proved as what the whole tree proves at least. */
static plaats_status keep_root(tree *t, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    TRY(give(t, 0, &t->root, error));
    TRY(copy_prices(&t->nodes[0].proved, &t->root, error));
    t->root.bound = t->nodes[0].proved.bound;
    if (t->ask->goal == GOAL_COST && t->root.bound > t->r->root_bound)
        t->r->root_bound = t->root.bound;
    t->root_rows = t->x.n_rows;
    TRY(keep_basis(t, 0, error));
done:
    return st;
}

/* Dives for plans, a bold one first, and back to the root. */
static plaats_status dive_from_root(tree *t, lp_outcome *outcome, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const node *root = &t->nodes[0];
    double dearer = fmax(2, 1e-4 * fabs(root->value));

    while (dearer >= 1 && *outcome == LP_OPTIMAL && !is_closed(t, 0) && !run_over(t->r)) {
        TRY(dive(t, dearer, error));
        lp_set_basis(t->x.p, root->basis, root->columns, root->rows);
        TRY(relaxation_solve(&t->x, true, ITERATIONS, INFINITY, outcome, error));
        dearer /= 8;
    }
done:
    return st;
}

/* The root's relaxation over all options that matter, from the best plan on. */
static plaats_status start_root(tree *t, lp_outcome *outcome, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int32_t root;

    TRY(add_node(t, NONE, NULL, &root, error));
    if (t->ask->is_given && t->ask->given.yes)
        TRY(relaxation_decide(&t->x, &t->ask->given, true, error));
    TRY(add_first_columns(t, error));
    TRY(relaxation_start(&t->x, t->r->best, error));
    TRY(relaxation_solve(&t->x, false, ITERATIONS, INFINITY, outcome, error));
    if (*outcome == LP_OPTIMAL) TRY(solve_node(t, root, true, outcome, error));
done:
    return st;
}

static plaats_status solve_root(tree *t, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    lp_outcome outcome = LP_FAILED;
    bool better;

    TRY(start_root(t, &outcome, error));
    if (outcome != LP_OPTIMAL) goto done;
    t->x.ransom = 2 * fmax(1, cutoff(t, 0) - t->nodes[0].value) + 1000;
    if (offer_whole(t, &better)) TRY(solve_node(t, 0, true, &outcome, error));
    if (!is_closed(t, 0) && t->x.n_columns > SMALL) TRY(shrink(t, 4, error));
    if (!is_closed(t, 0)) TRY(cut_root(t, &outcome, error));
    TRY(keep_root(t, error));
    TRY(dive_from_root(t, &outcome, error));
    if (outcome == LP_OPTIMAL && !is_closed(t, 0)) {
        if (t->x.n_columns > SMALL) TRY(shrink(t, 0, error));
        TRY(keep_basis(t, 0, error));
    }
    if (is_closed(t, 0)) t->nodes[0].state = NODE_CLOSED;
done:
    return st;
}

/* ---- The search --------------------------------------------------------------------------- */

/* How contested a column is: near one half, and of a large unit. Sites come first. */
static double contest_of(const relaxation *x, int c) {
    double value, weight = 300;
    if (x->columns[c].site == NONE) return 0;
    value = lp_x(x->p, c);
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

static decision decision_of(const relaxation *x, int column, bool yes) {
    const lp_column_owner *o = &x->columns[column];
    return (decision){.kind = o->unit == NONE ? DECIDE_OPEN : DECIDE_AT,
                      .yes = yes,
                      .unit = o->unit,
                      .site = o->site};
}

/* By how much a decision raises the value within a few iterations; the node's basis is kept in the
 * node. */
static plaats_status try_decision(tree *t, int32_t at, decision d, double *rise,
                                  plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const node *n = &t->nodes[at];
    lp_limits limits = {.dual = true,
                        .most = TRIAL_ITERATIONS,
                        .ceiling = INFINITY,
                        .seconds = run_seconds_left(t->r)};
    lp_outcome outcome;

    TRY(relaxation_decide(&t->x, &d, true, error));
    outcome = lp_solve(t->x.p, &limits);
    *rise = outcome == LP_EMPTY ? 1e9 : fmax(0, relaxation_value(&t->x) - n->value);
    if (n->value + *rise >= cutoff(t, at)) *rise = 1e9;
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

/* Units that are fixed outside the program leave no point where decisions leave them no room. With
 * site NONE: all of them, wherever they are. */
static plaats_status unfix_at(tree *t, int32_t site, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    for (int32_t u = 0; u < t->r->m->n_units; u++) {
        int32_t fixed = t->x.fixed[u];
        if (fixed != UNFIXED && fixed != NONE && (site == NONE || fixed == site))
            TRY(relaxation_add(&t->x, u, NONE, error));
    }
done:
    return st;
}

/* Two children; returns the one to go on with. */
static plaats_status branch(tree *t, int32_t at, int32_t *next, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int c;
    decision d;
    int32_t yes, no;

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
    *next = yes;
done:
    return st;
}

/* The open node with the least value. */
static int32_t best_open(const tree *t) {
    int32_t best = NONE;
    for (int32_t i = 0; i < t->n_nodes; i++)
        if (t->nodes[i].state == NODE_OPEN &&
            (best == NONE ||
             t->nodes[i].value < t->nodes[best].value + 1e-9 * fabs(t->nodes[best].value)))
            best = i;
    return best;
}

/* Decisions that cannot be met together leave no point; with ransoms for those that are not met
 * there is one, and prices that prove the node. How dear they must be shows only then. */
static plaats_status solve_elastic(tree *t, int32_t at, lp_outcome *outcome, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    double ransom = t->x.ransom;
    bool pays = true;

    *outcome = LP_OPTIMAL;
    for (int i = 0; i < 8 && pays && *outcome == LP_OPTIMAL && !is_closed(t, at); i++) {
        TRY(go_to(t, 0, error));
        t->x.elastic = true;
        TRY(go_to(t, at, error));
        TRY(solve_node(t, at, true, outcome, error));
        pays = *outcome == LP_OPTIMAL && relaxation_pays_ransom(&t->x);
        TRY(go_to(t, 0, error));
        t->x.elastic = false;
        t->x.ransom *= 8;
    }
    t->x.ransom = ransom;
    if (*outcome == LP_EMPTY) TRY(unfix_at(t, NONE, error)); /* the caller tries again */
done:
    return st;
}

/* Cuts hold everywhere, wherever they were found. They are looked for near the root, and now and
 * then further down, and never dropped again: bases that were kept count on them. */
static plaats_status cut_node(tree *t, int32_t at, lp_outcome *outcome, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int found = 1;
    for (int round = 0;
         round < 3 && found > 0 && t->x.n_rows < t->root_rows + t->root_rows / 2 + 20; round++) {
        TRY(separate(&t->x, &t->cutter, CUTS_PER_NODE, &found, error));
        if (found == 0) break;
        TRY(solve_node(t, at, false, outcome, error));
        if (*outcome != LP_OPTIMAL || is_closed(t, at)) break;
    }
done:
    return st;
}

/* A whole point that is a better plan moves what closes the node: it is judged once more. */
static plaats_status offer_node(tree *t, int32_t at, lp_outcome *outcome, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    bool better = true;
    while (*outcome == LP_OPTIMAL && better && !is_closed(t, at) && offer_whole(t, &better))
        if (better) TRY(solve_node(t, at, false, outcome, error));
done:
    return st;
}

/* Solves a node, and closes it or gives it children; `next` is the child to go on with. A node for
 * which neither can be done is left as it is. */
static plaats_status visit(tree *t, int32_t at, int32_t *next, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const node *parent = &t->nodes[t->nodes[at].parent];
    lp_outcome outcome;

    *next = NONE;
    t->nodes[at].state = NODE_STUCK;
    TRY(go_to(t, at, error));
    lp_set_basis(t->x.p, parent->basis, parent->columns, parent->rows);
    TRY(solve_node(t, at, false, &outcome, error));
    for (int i = 0; i < 3 && outcome == LP_EMPTY && !is_closed(t, at); i++) {
        /* Options that it finds may make room after all. */
        TRY(solve_elastic(t, at, &outcome, error));
        if ((outcome != LP_OPTIMAL && outcome != LP_EMPTY) || is_closed(t, at)) break;
        TRY(go_to(t, at, error));
        TRY(solve_node(t, at, false, &outcome, error));
    }
    TRY(offer_node(t, at, &outcome, error));
    if (outcome == LP_OPTIMAL && !is_closed(t, at) &&
        (t->nodes[at].depth < 4 || t->visits++ % CUT_EVERY == 0)) {
        TRY(cut_node(t, at, &outcome, error));
        if (outcome == LP_EMPTY) {
            TRY(solve_elastic(t, at, &outcome, error));
            if (outcome == LP_OPTIMAL && !is_closed(t, at)) {
                TRY(go_to(t, at, error));
                TRY(solve_node(t, at, false, &outcome, error));
            }
        }
        TRY(offer_node(t, at, &outcome, error));
    }
    if (is_closed(t, at))
        t->nodes[at].state = NODE_CLOSED;
    else if (outcome == LP_OPTIMAL)
        TRY(branch(t, at, next, error));
done:
    return st;
}

/* A plan that leaves fewer unplaced answers the question of whether one can. */
static bool is_answered(const tree *t) {
    return t->ask->goal == GOAL_WEIGHT && t->r->best_weight < t->ask->given.weight;
}

static plaats_status search(tree *t, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int32_t next = NONE;

    if (t->nodes[0].basis == NULL || is_closed(t, 0) || is_answered(t)) return PLAATS_OK;
    t->nodes[0].state = NODE_STUCK;
    TRY(branch(t, 0, &next, error));
    for (int64_t visits = 0; visits < t->ask->nodes && !run_over(t->r) && !is_answered(t);
         visits++) {
        if (next == NONE || t->nodes[next].value > t->nodes[0].value + 1e-6) next = best_open(t);
        if (next == NONE) break;
        TRY(visit(t, next, &next, error));
    }
done:
    return st;
}

/* ---- What was proved ---------------------------------------------------------------------- */

/* A node that is still open proves at least what the root does. */
static plaats_status prove_open(tree *t, int32_t at, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    proof_case *c = &t->nodes[at].proved;

    TRY(give(t, at, c, error));
    TRY(copy_prices(&t->root, c, error));
    TRY(prove(t, at, error));
done:
    return st;
}

static plaats_status hand_over_case(tree *t, proof_case *c, int64_t *bound, plaats_error *error) {
    proof *out = t->out;
    proof_case *cases = realloc(out->cases, ((size_t)out->n_cases + 1) * sizeof *cases);
    if (cases == NULL) return fail_memory(error);
    out->cases = cases;
    if (c->bound < *bound) *bound = c->bound;
    cases[out->n_cases++] = *c;
    *c = (proof_case){0};
    return PLAATS_OK;
}

/* A tree that was left off, or is very large, proves little more than its root: then the root alone
 * is handed over. */
static plaats_status hand_over(tree *t, int64_t *bound, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int open = 0, leaves = 0;

    *bound = INT64_MAX;
    for (int32_t i = 0; i < t->n_nodes; i++) {
        open += t->nodes[i].state == NODE_OPEN || t->nodes[i].state == NODE_STUCK;
        leaves += t->nodes[i].state != NODE_INNER;
    }
    t->closed = open == 0;
    if (open > MOST_OPEN || leaves > MOST_CASES) {
        TRY(hand_over_case(t, &t->root, bound, error));
        goto done;
    }
    for (int32_t i = 0; i < t->n_nodes; i++) {
        if (t->nodes[i].state == NODE_INNER) continue;
        if (t->nodes[i].state != NODE_CLOSED) TRY(prove_open(t, i, error));
        TRY(hand_over_case(t, &t->nodes[i].proved, bound, error));
    }
done:
    return st;
}

static void tree_free(tree *t) {
    for (int i = 0; i < t->n_nodes; i++) {
        proof_case_free(&t->nodes[i].proved);
        free(t->nodes[i].basis);
    }
    free(t->nodes);
    proof_case_free(&t->root);
    free(t->at);
    free(t->price);
    shortlist_free(&t->list);
    free(t->choices.site);
    free(t->choices.value);
    relaxation_free(&t->x);
    prover_free(&t->prover);
    cutter_free(&t->cutter);
    site_units_free(&t->who);
}

static plaats_status tree_build(tree *t, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    size_t units = (size_t)t->r->m->n_units;

    TRY(site_units_build(t->r->m, &t->who, error));
    TRY(cutter_build(&t->r->g, &t->who, &t->cutter, error));
    TRY(prover_build(&t->r->g, &t->out->cuts, &t->prover, error));
    TRY(relaxation_build(t->r, t->ask->goal, t->ask->none, &t->out->cuts, &t->x, error));
    TRY_ALLOC(t->price = zero_alloc((size_t)t->r->m->n_rows, sizeof *t->price));
    for (int i = 0; i < t->r->m->n_rows; i++)
        t->price[i] = (double)t->ask->prices->prices[i] / (double)t->ask->prices->scale;
    TRY_ALLOC(t->at = zero_alloc(units, sizeof *t->at));
    TRY_ALLOC(t->choices.site = zero_alloc(units, sizeof *t->choices.site));
    TRY_ALLOC(t->choices.value = zero_alloc(units, sizeof *t->choices.value));
done:
    return st;
}

plaats_status tree_solve(run *r, const tree_question *ask, proof *out, int64_t *bound, bool *closed,
                         plaats_error *error) {
    plaats_status st = PLAATS_OK;
    tree t = {.r = r, .ask = ask, .out = out};

    TRY(tree_build(&t, error));
    TRY(solve_root(&t, error));
    TRY(search(&t, error));
    TRY(hand_over(&t, bound, error));
    *closed = t.closed;
done:
    tree_free(&t);
    return st;
}
