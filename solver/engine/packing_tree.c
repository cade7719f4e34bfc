#include "engine/packing_tree.h"

#include "engine/packing_parts.h"

#include <stdlib.h>
#include <string.h>

#define MOST_PAIRS 100000 /* of units and sites */
#define DIVE_EVERY 8      /* nodes that packs divide */
#define MANY_NODES 300    /* after which the tree may well stay open */

/* At sites that cost nothing to keep open, cuts do better than packs. */
static bool mostly_opened(const grid *g) {
    int64_t opened = 0, all = 0;
    for (int u = 0; u < g->n_units; u++) {
        options o = model_options(g->m, u);
        for (int i = 0; i < o.n; i++) opened += packer_opening(g, o.site[i]) > 0;
        all += o.n;
    }
    return 2 * opened > all;
}

bool packing_can(const run *r) {
    return (int64_t)r->m->n_units * r->m->n_sites <= MOST_PAIRS && packer_suits(&r->g);
}

bool packing_suits(const run *r) {
    return packing_can(r) && (!r->first || r->best_weight == 0) && mostly_opened(&r->g);
}

/* ---- Nodes -------------------------------------------------------------------------------- */

static plaats_status make_room(packing *t, plaats_error *error) {
    int room = t->node_room * 2 + 64;
    packing_node *nodes;
    if (t->n_nodes < t->node_room) return PLAATS_OK;
    nodes = realloc(t->nodes, (size_t)room * sizeof *nodes);
    if (nodes == NULL) return fail_memory(error);
    t->nodes = nodes;
    t->node_room = room;
    return PLAATS_OK;
}

static plaats_status add_node(packing *t, const proof_case *parent, const decision *made,
                              plaats_error *error) {
    plaats_status st = PLAATS_OK;
    proof_case made_case = {0};

    TRY(packing_new_case(t, parent, made != NULL, &made_case, error));
    if (made != NULL) made_case.given[made_case.n_given++] = *made;
    TRY(make_room(t, error)); /* only now: the parent may be one of the nodes that it moves */
    t->nodes[t->n_nodes++] = (packing_node){.proved = made_case};
    made_case = (proof_case){0};
done:
    proof_case_free(&made_case);
    return st;
}

static int newest_open(const packing *t) {
    int i = t->n_nodes - 1;
    while (i >= 0 && t->nodes[i].state != NODE_OPEN) i--;
    return i;
}

/* The open node that proves least. Before packs had a say it is the newest, so that there is a plan
 * soon. NONE: no node is open. */
static int next_open(const packing *t) {
    int best = NONE;
    if (t->packed == 0) return newest_open(t);
    for (int i = 0; i < t->n_nodes; i++)
        if (t->nodes[i].state == NODE_OPEN &&
            (best == NONE || t->nodes[i].proved.bound <= t->nodes[best].proved.bound))
            best = i;
    return best;
}

/* The decision that is most contested: on a site first, else on a unit. */
static bool choose_decision(const packing *t, decision *d) {
    const model *m = t->r->m;
    double most = 0;
    *d = (decision){.kind = DECIDE_AT};
    for (int j = 0; j < m->n_sites; j++) {
        if (t->m.opening[j] == 0 || t->a.ruled.open[j] >= 0 || contest(t->open[j]) <= most)
            continue;
        most = contest(t->open[j]);
        *d = (decision){.kind = DECIDE_OPEN, .yes = true, .unit = NONE, .site = j};
    }
    for (int u = 0; u < m->n_units && d->kind == DECIDE_AT; u++)
        for (int j = 0; j < m->n_sites && t->a.ruled.only[u] == NONE; j++) {
            double score = contest(t->here[(size_t)u * m->n_sites + j]) * (1 + m->units[u].persons);
            if (score <= most) continue;
            most = score;
            *d = (decision){.kind = DECIDE_AT, .yes = true, .unit = u, .site = j, .count = 1};
        }
    return most > 0;
}

/* By a decision and its opposite; the decision itself becomes the newest node. */
static plaats_status divide(packing *t, int at, decision d, plaats_error *error) {
    plaats_status st = PLAATS_OK;

    d.yes = !d.yes;
    TRY(add_node(t, &t->nodes[at].proved, &d, error));
    d.yes = !d.yes;
    TRY(add_node(t, &t->nodes[at].proved, &d, error));
    t->nodes[at].state = NODE_INNER;
done:
    return st;
}

/* Raises what the case proves by the outline. */
static plaats_status solve_outline(packing *t, proof_case *c, lp_outcome *outcome,
                                   plaats_error *error) {
    plaats_status st = PLAATS_OK;
    outline *o = &t->outline;

    take_rulings(&t->a, c);
    TRY(outline_solve(o, &t->a.ruled, outcome, error));
    if (*outcome != LP_OPTIMAL) goto done;
    blend_prices(o->g, t->out->scale, (case_prices){o->unit_price, o->row_price}, 1, c, &t->trial);
    TRY(packing_evaluate(t, &t->trial, error));
    if (t->trial.impossible || t->trial.bound > c->bound) packing_copy_prices(t, &t->trial, c);
done:
    return st;
}

/* The packs of the best plan, so that the program has a point from the beginning. */
static plaats_status add_best(packing *t, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int32_t *units = NULL;

    TRY_ALLOC(units = zero_alloc((size_t)t->r->m->n_units, sizeof *units));
    for (int j = 0; j < t->r->m->n_sites; j++) {
        int n = 0;
        for (int u = 0; u < t->r->m->n_units; u++)
            if (t->r->best[u] == j) units[n++] = u;
        if (n > 0) TRY(master_add(&t->m, j, n, units, false, error));
    }
done:
    free(units);
    return st;
}

/* By packs: closes the node, finds a whole point in it, or divides it. */
static plaats_status visit_packs(packing *t, int at, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    lp_outcome outcome;
    bool whole = false;
    decision d;

    t->nodes[at].state = NODE_STUCK;
    if (t->packed == 0) {
        TRY(packing_climb(t, &t->nodes[at].proved, error));
        TRY(add_best(t, error));
    }
    TRY(packing_solve_case(t, &t->nodes[at].proved, &outcome, error));
    if (outcome == LP_OPTIMAL && !packing_is_closed(t, &t->nodes[at].proved))
        whole = packing_offer_point(t);
    if (packing_is_closed(t, &t->nodes[at].proved))
        t->nodes[at].state = NODE_CLOSED;
    else if (outcome == LP_OPTIMAL && !whole && choose_decision(t, &d))
        TRY(divide(t, at, d, error));
    if (t->packed++ % DIVE_EVERY == 0 && t->nodes[at].state == NODE_INNER)
        TRY(packing_dive(t, &t->nodes[at].proved, error));
done:
    return st;
}

/* In outline: closes the node, or divides it by a site that is half open. */
static plaats_status visit_outline(packing *t, int at, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const proof_case *c = &t->nodes[at].proved;
    lp_outcome outcome;
    decision d = {.kind = DECIDE_OPEN, .unit = NONE};
    int site;

    TRY(solve_outline(t, &t->nodes[at].proved, &outcome, error));
    if (packing_is_closed(t, c)) t->nodes[at].state = NODE_CLOSED;
    if (outcome != LP_OPTIMAL || packing_is_closed(t, c)) goto done;
    TRY(outline_choose(&t->outline, (double)(t->r->best_cost - c->bound), &site, error));
    if (site == NONE) goto done;
    d.site = site;
    d.yes = t->outline.is_open[site] > 0.5;
    TRY(divide(t, at, d, error));
done:
    return st;
}

/* In outline first: packs say more only where the sites are decided, and take far longer. */
static plaats_status visit(packing *t, int at, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    if (t->outline.p != NULL) TRY(visit_outline(t, at, error));
    if (t->nodes[at].state == NODE_OPEN) TRY(visit_packs(t, at, error));
done:
    return st;
}

/* Packs prove more of the root than the outline does, and may lead to a better plan from there;
 * worth their time where the tree is large. */
static plaats_status raise_root(packing *t, proof_case *root, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    lp_outcome outcome;
    TRY(packing_solve_case(t, root, &outcome, error));
    if (root->bound > t->r->root_bound) t->r->root_bound = root->bound;
    TRY(packing_dive(t, root, error));
done:
    return st;
}

static leaf_count count_leaves(const packing *t) {
    leaf_count leaves = {0};
    for (int i = 0; i < t->n_nodes; i++) count_node(&leaves, t->nodes[i].state);
    return leaves;
}

/* Are the leaves to be handed over as cases, if the tree is left off here? Else the root is. */
static bool takes_leaves(const packing *t, const leaf_count *leaves) {
    return leaves_are_worth_it(leaves) && run_has_time_for(t->r, leaves->n);
}

static void expect_cases(packing *t) {
    leaf_count leaves = count_leaves(t);
    run_expect_cases(t->r, leaves_are_worth_it(&leaves) ? leaves.n : 1);
}

static plaats_status search(packing *t, proof_case *root, int64_t nodes, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int at;
    for (int64_t i = 0; i < nodes && (at = next_open(t)) != NONE; i++) {
        if (run_over(t->r) || run_good_enough(t->r)) break;
        TRY(visit(t, at, error));
        expect_cases(t);
        if (i == MANY_NODES && t->outline.p != NULL) TRY(raise_root(t, root, error));
    }
done:
    return st;
}

/* ---- The outline -------------------------------------------------------------------------- */

/* Prices to begin with: what each unit pays at its best site at prices on all rows. */
static plaats_status first_prices(packing *t, proof_case *c, plaats_error *error) {
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
        c->unit_prices[u] = (int64_t)((double)least / (double)from->scale * (double)t->out->scale);
    }
done:
    return st;
}

static plaats_status tree_build(packing *t, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    size_t units = (size_t)t->r->m->n_units, sites = (size_t)t->r->m->n_sites;
    double gap = (double)(t->r->best_cost - run_bound(t->r));

    TRY(appraiser_build(&t->r->g, &t->a, error));
    TRY(master_build(t->r, gap, &t->m, error));
    TRY(master_new_case(&t->m, &t->trial, error));
    TRY_ALLOC(t->missing = zero_alloc(units, sizeof *t->missing));
    TRY_ALLOC(t->at = zero_alloc(units, sizeof *t->at));
    TRY_ALLOC(t->open = zero_alloc(sites, sizeof *t->open));
    TRY_ALLOC(t->here = zero_alloc(units * sites, sizeof *t->here));
done:
    return st;
}

static void tree_free(packing *t) {
    for (int i = 0; i < t->n_nodes; i++) proof_case_free(&t->nodes[i].proved);
    free(t->nodes);
    proof_case_free(&t->trial);
    free(t->at);
    free(t->missing);
    free(t->open);
    free(t->here);
    outline_free(&t->outline);
    master_free(&t->m);
    appraiser_free(&t->a);
}

static plaats_status hand_over(packing *t, proof_case *root, int64_t *bound, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    leaf_count leaves = count_leaves(t);

    *bound = INT64_MAX;
    if (!takes_leaves(t, &leaves)) {
        TRY(hand_over_case(t->out, root, bound, error));
        goto done;
    }
    for (int i = 0; i < t->n_nodes; i++) {
        proof_case *c = &t->nodes[i].proved;
        if (t->nodes[i].state == NODE_INNER) continue;
        if (t->nodes[i].state == NODE_OPEN) {
            /* It has its parent's bound until its own decisions count. */
            take_rulings(&t->a, c);
            TRY(packing_evaluate(t, c, error));
        }
        TRY(hand_over_case(t->out, c, bound, error));
    }
done:
    return st;
}

plaats_status packing_solve(run *r, int64_t nodes, proof *out, int64_t *bound,
                            plaats_error *error) {
    plaats_status st = PLAATS_OK;
    packing t = {.r = r, .out = out};
    proof_case first = {0}, root = {0};

    TRY(tree_build(&t, error));
    TRY(first_prices(&t, &first, error));
    if (outline_suits(r->m)) TRY(outline_build(r, t.m.none, &t.outline, error));
    TRY(add_node(&t, &first, NULL, error));
    TRY(visit(&t, 0, error));
    TRY(packing_new_case(&t, &t.nodes[0].proved, 0, &root, error));
    if (root.bound > r->root_bound) r->root_bound = root.bound;
    TRY(search(&t, &root, nodes, error));
    TRY(hand_over(&t, &root, bound, error));
done:
    proof_case_free(&first);
    proof_case_free(&root);
    tree_free(&t);
    return st;
}
