/* Nodes of branch and price: how one is closed, or divided: by a site that is open or closed, and
 * where all sites are decided by a unit that is at a site or is not (C. Barnhart and others 1998:
 * decisions that the subproblem of a site can keep to). */
#include "base/checked.h"
#include "engine/branch_price/pricing_parts.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 64 }; /* of nodes */

static plaats_status grow_room(pricing_tree *t, plaats_error *error) {
    int room = t->node_room * 2 + FIRST_ROOM;
    pricing_node *nodes;
    if (t->n_nodes < t->node_room) return PLAATS_OK;
    nodes = realloc(t->nodes, (size_t)room * sizeof *nodes);
    if (nodes == NULL) return fail_memory(error);
    t->nodes = nodes;
    t->node_room = room;
    return PLAATS_OK;
}

plaats_status pricing_add_node(pricing_tree *t, const proof_case *parent, const decision *made,
                               plaats_error *error) {
    plaats_status st = PLAATS_OK;
    proof_case made_case = {0};

    TRY(pricing_new_case(t, parent, made != NULL, &made_case, error));
    if (made != NULL) made_case.given[made_case.n_given++] = *made;
    TRY(grow_room(t, error)); /* only now: the parent may be one of the nodes that it moves */
    t->nodes[t->n_nodes++] = (pricing_node){.proved = made_case};
    made_case = (proof_case){0};
done:
    proof_case_free(&made_case);
    return st;
}

static int newest_open(const pricing_tree *t) {
    int i = t->n_nodes - 1;
    while (i >= 0 && t->nodes[i].state != NODE_OPEN) i--;
    return i;
}

int pricing_next_open(const pricing_tree *t) {
    int best = NONE;
    if (t->by_patterns == 0) return newest_open(t);
    for (int i = 0; i < t->n_nodes; i++)
        if (t->nodes[i].state == NODE_OPEN &&
            (best == NONE || t->nodes[i].proved.bound <= t->nodes[best].proved.bound))
            best = i;
    return best;
}

/* The decision that is farthest from being made: on a site first, else on a unit. */
static bool choose_decision(const pricing_tree *t, decision *d) {
    const model *m = t->r->m;
    double most = 0;
    *d = (decision){.kind = DECIDE_AT};
    for (int j = 0; j < m->n_sites; j++) {
        if (t->m.opening[j] == 0 || t->e.in_force.open[j] >= 0 ||
            pricing_fraction(t->open[j]) <= most)
            continue;
        most = pricing_fraction(t->open[j]);
        *d = (decision){.kind = DECIDE_OPEN, .yes = true, .unit = NONE, .site = j};
    }
    for (int u = 0; u < m->n_units && d->kind == DECIDE_AT; u++)
        for (int j = 0; j < m->n_sites && t->e.in_force.only[u] == CHOICE_NONE; j++) {
            double score = pricing_fraction(*pricing_here(t, u, j)) * (1 + m->units[u].persons);
            if (score <= most) continue;
            most = score;
            *d = (decision){.kind = DECIDE_AT, .yes = true, .unit = u, .site = j, .count = 1};
        }
    return most > 0;
}

/* By a decision and its opposite; the decision itself becomes the newest node. */
static plaats_status divide(pricing_tree *t, int at, decision d, plaats_error *error) {
    plaats_status st = PLAATS_OK;

    d.yes = !d.yes;
    TRY(pricing_add_node(t, &t->nodes[at].proved, &d, error));
    d.yes = !d.yes;
    TRY(pricing_add_node(t, &t->nodes[at].proved, &d, error));
    t->nodes[at].state = NODE_INNER;
done:
    return st;
}

/* Raises what the case proves by the location relaxation. */
static plaats_status solve_location(pricing_tree *t, proof_case *c, lp_outcome *outcome,
                                    plaats_error *error) {
    plaats_status st = PLAATS_OK;
    location *o = &t->location;

    fixings_take(&t->e, c);
    TRY(location_solve(o, &t->e.in_force, outcome, error));
    if (*outcome != LP_OPTIMAL) goto done;
    evaluate_blend_prices(o->g, t->out->scale, (case_prices){o->unit_price, o->row_price}, 1, c,
                          &t->trial);
    TRY(pricing_evaluate(t, &t->trial, error));
    if (t->trial.impossible || t->trial.bound > c->bound) pricing_copy_prices(t, &t->trial, c);
done:
    return st;
}

/* The patterns of the best plan, so that the program has a point from the beginning. */
static plaats_status add_best(pricing_tree *t, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int32_t *units = NULL;

    TRY_ALLOC(units = zero_alloc((size_t)t->r->m->n_units, sizeof *units));
    for (int j = 0; j < t->r->m->n_sites; j++) {
        int n = 0;
        for (int u = 0; u < t->r->m->n_units; u++)
            if (pattern_site(t->r->best[u]) == j) units[n++] = u;
        if (n > 0) TRY(master_add(&t->m, j, n, units, false, error));
    }
done:
    free(units);
    return st;
}

/* By patterns: closes the node, finds a whole point in it, or divides it. */
static plaats_status visit_by_patterns(pricing_tree *t, int at, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    lp_outcome outcome;
    bool whole = false;
    decision d;

    t->nodes[at].state = NODE_STUCK;
    if (t->by_patterns == 0) {
        TRY(pricing_climb(t, &t->nodes[at].proved, error));
        TRY(add_best(t, error));
    }
    TRY(pricing_solve_case(t, &t->nodes[at].proved, &outcome, error));
    if (outcome == LP_OPTIMAL && !pricing_is_closed(t, &t->nodes[at].proved))
        whole = pricing_offer_point(t);
    if (pricing_is_closed(t, &t->nodes[at].proved))
        t->nodes[at].state = NODE_CLOSED;
    else if (outcome == LP_OPTIMAL && !whole && choose_decision(t, &d))
        TRY(divide(t, at, d, error));
    if (t->by_patterns++ % BRANCH_PRICE_DIVE_EVERY == 0 && t->nodes[at].state == NODE_INNER)
        TRY(pricing_dive(t, &t->nodes[at].proved, error));
done:
    return st;
}

/* By the location relaxation: closes the node, or divides it by a site that is half open. */
static plaats_status visit_by_location(pricing_tree *t, int at, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const proof_case *c = &t->nodes[at].proved;
    lp_outcome outcome;
    decision d = {.kind = DECIDE_OPEN, .unit = NONE};
    int site;

    TRY(solve_location(t, &t->nodes[at].proved, &outcome, error));
    if (pricing_is_closed(t, c)) t->nodes[at].state = NODE_CLOSED;
    if (outcome != LP_OPTIMAL || pricing_is_closed(t, c)) goto done;
    TRY(location_choose(&t->location, (double)difference(t->r->best_cost, c->bound), &site, error));
    if (site == NONE) goto done;
    d.site = site;
    d.yes = t->location.is_open[site] > 0.5;
    TRY(divide(t, at, d, error));
done:
    return st;
}

plaats_status pricing_visit(pricing_tree *t, int at, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    assert(at >= 0 && at < t->n_nodes && t->nodes[at].state == NODE_OPEN);
    if (t->location.p != NULL) TRY(visit_by_location(t, at, error));
    if (t->nodes[at].state == NODE_OPEN) TRY(visit_by_patterns(t, at, error));
done:
    return st;
}
