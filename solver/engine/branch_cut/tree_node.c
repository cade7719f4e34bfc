/* Nodes of the tree: what closes them, their decisions, prices and bases, the way from one to
 * another, and solving them over all options.
 *
 * A node is solved by column generation: the prices of its program, as integers, are evaluated over
 * all options of all units, which gives the bound that the proof will have; each unit's cheapest
 * option that the program lacks is added, until none is missing or the bound closes the node. */
#include "engine/branch_cut/branch_cut_tuning.h"
#include "engine/branch_cut/tree_parts.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- What is asked ------------------------------------------------------------------------ */

/* The relaxation counts `none` for weight that costs U, and at least so much of it is unplaced as
 * the node's decisions say. */
double tree_cutoff(const tree *t, int32_t at) {
    double points = (double)t->r->m->unplaced_points - t->ask->none;
    assert(at >= 0 && at < t->n_nodes);
    if (t->ask->goal == GOAL_WEIGHT)
        return (double)t->ask->given.weight - 1 + BRANCH_CUT_WHOLE_WEIGHT;
    return (double)t->r->best_cost - 1 + BRANCH_CUT_WHOLE - points * (double)t->nodes[at].at_least;
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
    return points * (above > BRANCH_CUT_WHOLE_WEIGHT ? 1 + BRANCH_CUT_WEIGHT_WORTH / above : 1);
}

/* ---- Nodes -------------------------------------------------------------------------------- */

static plaats_status grow_nodes(tree *t, plaats_error *error) {
    int room = t->node_room * 2 + 64;
    node *nodes;
    if (t->n_nodes < t->node_room) return PLAATS_OK;
    nodes = realloc(t->nodes, (size_t)room * sizeof *nodes);
    if (nodes == NULL) return fail_memory(error);
    t->nodes = nodes;
    t->node_room = room;
    return PLAATS_OK;
}

plaats_status tree_add_node(tree *t, int32_t parent, const decision *made, int32_t *number,
                            plaats_error *error) {
    plaats_status st = PLAATS_OK;
    node *n;

    assert(parent == NONE ? t->n_nodes == 0 : parent >= 0 && parent < t->n_nodes && made != NULL);
    TRY(grow_nodes(t, error));
    n = &t->nodes[t->n_nodes];
    *n = (node){.parent = parent, .yes = NONE, .value = -INFINITY, .proved = {.bound = INT64_MIN}};
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
done:
    return st;
}

plaats_status tree_give_decisions(const tree *t, int32_t at, proof_case *c, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int n = t->nodes[at].depth + t->ask->is_given;

    assert(at >= 0 && at < t->n_nodes);
    free(c->given);
    TRY_ALLOC(c->given = zero_alloc((size_t)n, sizeof *c->given));
    c->n_given = n;
    for (; t->nodes[at].parent != NONE; at = t->nodes[at].parent) c->given[--n] = t->nodes[at].made;
    assert(n == t->ask->is_given);
    if (t->ask->is_given) c->given[0] = t->ask->given;
done:
    return st;
}

plaats_status tree_copy_prices(const proof_case *from, proof_case *to, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    assert(from != to);
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
    TRY(tree_give_decisions(t, at, &n->proved, error));
    TRY(relaxation_prices(&t->x, t->out->scale, factor_of(t, n->value), &n->proved, error));
done:
    return st;
}

plaats_status tree_prove_node(tree *t, int32_t at, plaats_error *error) {
    return proof_evaluate_case(&t->prover, t->out->scale, &t->nodes[at].proved, &t->choices, error);
}

bool tree_node_is_closed(const tree *t, int32_t at) {
    assert(at >= 0 && at < t->n_nodes);
    return t->nodes[at].proved.impossible || t->nodes[at].proved.bound >= wanted(t);
}

void tree_close_node(tree *t, int32_t at) {
    assert(tree_node_is_closed(t, at) && t->nodes[at].state != NODE_CLOSED);
    t->nodes[at].state = NODE_CLOSED;
    t->n_closed++;
}

/* A node has two children or none. */
leaf_count tree_leaves(const tree *t) {
    int n = (t->n_nodes + 1) / 2;
    return (leaf_count){.n = n, .open = n - t->n_closed};
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

plaats_status tree_go_to_node(tree *t, int32_t to, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int32_t shared, root = 0;

    assert(to >= 0 && to < t->n_nodes);
    shared = common_ancestor(t, t->now, to);
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

plaats_status tree_keep_basis(tree *t, int32_t at, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    node *n = &t->nodes[at];
    assert(at >= 0 && at < t->n_nodes);
    free(n->basis);
    n->columns = lp_columns(t->x.p);
    n->rows = lp_rows(t->x.p);
    TRY_ALLOC(n->basis = zero_alloc((size_t)(n->columns + n->rows), 1));
    lp_get_basis(t->x.p, n->basis);
done:
    return st;
}

/* ---- Options that were left out ----------------------------------------------------------- */

/* The choice is cheapest for the unit, and the program lacks it. */
static bool is_missing(const tree *t, int u) {
    choice at = t->choices.site[u];
    int32_t class = t->classes.first[u];
    return at != CHOICE_NONE ? !relaxation_has(&t->x, class, at)
                             : relaxation_is_seated(&t->x, class);
}

plaats_status tree_price_out(tree *t, const proof_case *c, int *added, plaats_error *error) {
    plaats_status st = PLAATS_OK;

    *added = 0;
    if (c->impossible) return PLAATS_OK;
    for (int u = 0; u < t->r->m->n_units && *added < BRANCH_CUT_PRICED_PER_ROUND; u++) {
        if (!is_missing(t, u)) continue;
        TRY(relaxation_add(&t->x, t->classes.first[u], t->choices.site[u], error));
        ++*added;
    }
done:
    return st;
}

plaats_status tree_solve_node(tree *t, int32_t at, bool complete, lp_outcome *outcome,
                              plaats_error *error) {
    plaats_status st = PLAATS_OK;
    bool dual = true;
    int added = 1;

    assert(t->now == at);
    for (int round = 0; added > 0 && round < BRANCH_CUT_PRICING_ROUNDS; round++) {
        TRY(relaxation_solve(&t->x, dual, outcome, error));
        if (*outcome != LP_OPTIMAL) goto done;
        t->nodes[at].value = relaxation_value(&t->x);
        TRY(take_prices(t, at, error));
        if (!complete && t->nodes[at].value < tree_cutoff(t, at)) goto done;
        TRY(tree_prove_node(t, at, error));
        if (tree_node_is_closed(t, at)) goto done;
        TRY(tree_price_out(t, &t->nodes[at].proved, &added, error));
        dual = false;
    }
done:
    return st;
}
