/* The tree of branch and price, from its root to the proof. Nodes are taken depth first down to
 * where all sites are decided and the location relaxation has no more to say, so that there is a
 * plan soon; from then on the node that proves least comes next.
 */
#include "engine/branch_price/pricing.h"

#include "engine/branch_price/pricing_parts.h"
#include "engine/proof/integer_prices.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* At sites that cost nothing to keep open, cuts do better than patterns. */
static bool mostly_opened(const grid *g) {
    int64_t opened = 0, all = 0;
    for (int u = 0; u < g->n_units; u++) {
        options o = model_options(g->m, u);
        for (int i = 0; i < o.n; i++)
            opened += pattern_opening(g, pattern_site(choice_of_option(&o, i))) > 0;
        all += o.n;
    }
    return 2 * opened > all;
}

bool pricing_can(const run *r) {
    return (int64_t)r->m->n_units * r->m->n_sites <= BRANCH_PRICE_MOST_PAIRS &&
           pattern_suits(&r->g);
}

bool pricing_suits(const run *r) {
    return pricing_can(r) && (!r->first || r->best_weight == 0) && mostly_opened(&r->g);
}

/* Patterns prove more of the root than the location relaxation does, and may lead to a better plan
 * from there; worth their time where the tree is large. */
static plaats_status raise_root(pricing_tree *t, proof_case *root, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    lp_outcome outcome;
    TRY(pricing_solve_case(t, root, &outcome, error));
    if (root->bound > t->r->root_bound) t->r->root_bound = root->bound;
    TRY(pricing_dive(t, root, error));
done:
    return st;
}

static leaf_count count_leaves(const pricing_tree *t) {
    leaf_count leaves = {0};
    for (int i = 0; i < t->n_nodes; i++) leaves_count_node(&leaves, t->nodes[i].state);
    return leaves;
}

static plaats_status search(pricing_tree *t, proof_case *root, int64_t nodes, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    leaf_count leaves;
    int at;
    for (int64_t i = 0; i < nodes && (at = pricing_next_open(t)) != NONE; i++) {
        if (run_over(t->r) || run_good_enough(t->r)) break;
        TRY(pricing_visit(t, at, error));
        leaves = count_leaves(t);
        run_expect_cases(t->r, leaves_cases(&leaves));
        if (i == BRANCH_PRICE_MANY_NODES && t->location.p != NULL) TRY(raise_root(t, root, error));
    }
done:
    return st;
}

/* ---- From the root to the proof ----------------------------------------------------------- */

/* Prices to begin with: what each unit pays at its best site at prices on all rows. */
static plaats_status first_prices(pricing_tree *t, proof_case *c, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const model *m = t->r->m;
    const model_prices *from = &t->r->proof;

    TRY(master_new_case(&t->m, c, error));
    for (int u = 0; u < m->n_units; u++) {
        options o = model_options(m, u);
        int128 least = 0;
        for (int i = 0; i < o.n; i++) {
            int128 here = model_reduced_cost(m, from, u, o.site[i], option_cost(&o, i));
            if (i == 0 || here < least) least = here;
        }
        c->unit_prices[u] = whole_part((double)least / (double)from->scale * (double)t->out->scale,
                                       -MOST_PRICE, MOST_PRICE);
    }
done:
    return st;
}

static plaats_status tree_build(pricing_tree *t, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    size_t units = (size_t)t->r->m->n_units, sites = (size_t)t->r->m->n_sites;
    double gap = (double)run_gap(t->r);

    TRY(evaluator_build(&t->r->g, &t->e, error));
    TRY(master_build(t->r, gap, &t->m, error));
    TRY(master_new_case(&t->m, &t->trial, error));
    TRY_ALLOC(t->missing = zero_alloc(units, sizeof *t->missing));
    TRY_ALLOC(t->at = zero_alloc(units, sizeof *t->at));
    TRY_ALLOC(t->open = zero_alloc(sites, sizeof *t->open));
    TRY_ALLOC(t->here = zero_alloc(units * sites, sizeof *t->here));
done:
    return st;
}

static void tree_free(pricing_tree *t) {
    for (int i = 0; i < t->n_nodes; i++) proof_case_free(&t->nodes[i].proved);
    free(t->nodes);
    proof_case_free(&t->trial);
    free(t->at);
    free(t->missing);
    free(t->open);
    free(t->here);
    location_free(&t->location);
    master_free(&t->m);
    evaluator_free(&t->e);
}

static plaats_status tree_hand_over(pricing_tree *t, proof_case *root, int64_t *bound,
                                    plaats_error *error) {
    plaats_status st = PLAATS_OK;
    leaf_count leaves = count_leaves(t);

    *bound = INT64_MAX;
    if (!leaves_are_worth_it(&leaves) || !run_has_time_for(t->r, leaves.n)) {
        TRY(leaves_hand_over(t->out, root, bound, error));
        goto done;
    }
    for (int i = 0; i < t->n_nodes; i++) {
        proof_case *c = &t->nodes[i].proved;
        if (t->nodes[i].state == NODE_INNER) continue;
        if (t->nodes[i].state == NODE_OPEN) {
            /* It has its parent's bound until its own decisions count. */
            fixings_take(&t->e, c);
            TRY(pricing_evaluate(t, c, error));
        }
        TRY(leaves_hand_over(t->out, c, bound, error));
    }
done:
    return st;
}

plaats_status pricing_solve(run *r, int64_t nodes, proof *out, int64_t *bound,
                            plaats_error *error) {
    plaats_status st = PLAATS_OK;
    pricing_tree t = {.r = r, .out = out};
    proof_case first = {0}, root = {0};

    assert(pricing_can(r) && out->scale > 0 && r->proof.prices != NULL && nodes > 0);
    TRY(tree_build(&t, error));
    TRY(first_prices(&t, &first, error));
    if (location_suits(r->m)) TRY(location_build(r, t.m.none, &t.location, error));
    TRY(pricing_add_node(&t, &first, NULL, error));
    TRY(pricing_visit(&t, 0, error));
    TRY(pricing_new_case(&t, &t.nodes[0].proved, 0, &root, error));
    if (root.bound > r->root_bound) r->root_bound = root.bound;
    TRY(search(&t, &root, nodes, error));
    TRY(tree_hand_over(&t, &root, bound, error));
done:
    proof_case_free(&first);
    proof_case_free(&root);
    tree_free(&t);
    return st;
}
