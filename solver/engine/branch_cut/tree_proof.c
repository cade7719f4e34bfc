/* What the tree proved, handed over case by case.
 *
 * The tree decides about classes, a proof about single units. That at least n of a class are at a
 * site means: one of them is there or not, then the next, and so on, until n are or no longer can
 * be. All of these cases have the prices of the one about the class, and prove no less: a unit
 * without a decision is as free in them as its class is, one with a decision is less free.
 */
#include "engine/branch_cut/tree_parts.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* On the way down the tree. */
typedef struct {
    tree *t;
    prover prover;    /* of units */
    bool counts_only; /* cases are counted and not made */
    leaf_count leaves;
    int n_given, room;
    decision *given; /* about units, so far */
    int64_t bound;
} unfolding;

static plaats_status descend(unfolding *f, int32_t at, plaats_error *error);

static plaats_status push(unfolding *f, decision d, plaats_error *error) {
    if (f->n_given == f->room) {
        int room = f->room * 2 + 64;
        decision *given = realloc(f->given, (size_t)room * sizeof *given);
        if (given == NULL) return fail_memory(error);
        f->given = given;
        f->room = room;
    }
    f->given[f->n_given++] = d;
    return PLAATS_OK;
}

/* What was decided about the unit at the site: 1 there, 0 not, -1 nothing. */
static int decided_at(const unfolding *f, int32_t unit, int32_t site) {
    for (int i = 0; i < f->n_given; i++) {
        const decision *d = &f->given[i];
        if (d->kind != DECIDE_AT || d->unit != unit) continue;
        if (d->yes) return d->site == site;
        if (d->site == site) return 0;
    }
    return -1;
}

/* The case of a leaf. A node that is still open proves at least what the root does. */
static plaats_status unfold_leaf(unfolding *f, int32_t at, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const tree *t = f->t;
    const node *leaf = &t->nodes[at];
    proof_case c = {0};

    leaves_count_node(&f->leaves, leaf->state);
    if (f->counts_only) goto done;
    TRY_ALLOC(c.given = zero_alloc((size_t)f->n_given, sizeof *c.given));
    if (f->n_given > 0) memcpy(c.given, f->given, (size_t)f->n_given * sizeof *c.given);
    c.n_given = f->n_given;
    TRY(tree_copy_prices(leaf->state == NODE_CLOSED ? &leaf->proved : &t->root, &c, error));
    TRY(proof_evaluate_case(&f->prover, t->out->scale, &c, NULL, error));
    TRY(leaves_hand_over(t->out, &c, &f->bound, error));
done:
    proof_case_free(&c);
    return st;
}

/* At least `more` of the units from `unit` on are at the site, or not. */
static plaats_status unfold_class(unfolding *f, int32_t at, decision d, int32_t unit, int32_t more,
                                  plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int32_t free = NONE, can = 0;

    for (int32_t u = unit; u != NONE; u = f->t->classes.next[u]) {
        int decided = decided_at(f, u, d.site);
        if (free == NONE && decided == 1) more--;
        if (free == NONE && decided == -1) free = u;
        can += free != NONE && decided != 0;
    }
    if (more <= 0 || can < more) {
        TRY(descend(f, f->t->nodes[at].yes + (more > 0), error));
        goto done;
    }
    assert(free != NONE); /* one of those who can */
    d.unit = free;
    for (int no = 0; no < 2 && leaves_are_worth_it(&f->leaves); no++) {
        d.yes = no == 0;
        TRY(push(f, d, error));
        TRY(unfold_class(f, at, d, f->t->classes.next[free], more - 1 + no, error));
        f->n_given--;
    }
done:
    return st;
}

static plaats_status descend(unfolding *f, int32_t at, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int32_t yes;

    assert(at >= 0 && at < f->t->n_nodes);
    yes = f->t->nodes[at].yes;
    if (yes == NONE) return unfold_leaf(f, at, error);
    if (f->t->nodes[yes].made.kind == DECIDE_AT) {
        decision d = f->t->nodes[yes].made;
        int32_t more = d.count, first = d.unit;
        d.count = 1;
        return unfold_class(f, at, d, first, more, error);
    }
    for (int32_t child = yes; child < yes + 2; child++) {
        TRY(push(f, f->t->nodes[child].made, error));
        TRY(descend(f, child, error));
        f->n_given--;
    }
done:
    return st;
}

static plaats_status unfold(unfolding *f, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    if (f->t->ask->is_given) TRY(push(f, f->t->ask->given, error));
    TRY(descend(f, 0, error));
done:
    return st;
}

/* How many cases the tree unfolds into; counted once. */
static plaats_status count_cases(tree *t, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    unfolding f = {.t = t, .counts_only = true};

    if (t->cases.n > 0) return PLAATS_OK;
    TRY(unfold(&f, error));
    t->cases = f.leaves;
done:
    free(f.given);
    return st;
}

static plaats_status hand_over_cases(tree *t, int64_t *bound, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    unfolding f = {.t = t, .bound = INT64_MAX};

    TRY(prover_build(&t->r->g, &t->out->cuts, NULL, &f.prover, error));
    TRY(unfold(&f, error));
    *bound = f.bound;
done:
    prover_free(&f.prover);
    free(f.given);
    return st;
}

/* The least that a node without children proves. */
static int64_t proved_by_all(const tree *t) {
    int64_t least = INT64_MAX;
    for (int32_t i = 0; i < t->n_nodes; i++)
        if (t->nodes[i].yes == NONE && t->nodes[i].proved.bound < least)
            least = t->nodes[i].proved.bound;
    return least;
}

/* There is a better plan, and the root says all that there is to say. */
static bool root_says_all(const tree *t) {
    return t->nodes[0].state == NODE_INNER && tree_node_is_closed(t, 0);
}

/* Nothing but the root is handed over: there is nothing else, it says all, or the tree was left
 * off. */
static bool is_root_alone(const tree *t) {
    leaf_count leaves = tree_leaves(t);
    bool proved = t->nodes[0].basis != NULL;
    return (t->n_nodes == 1 && proved) || !leaves_are_worth_it(&leaves) || root_says_all(t);
}

/* Few enough, and there is time for them. One alone is the root, without proof so far. */
static bool cases_are_worth_it(const tree *t) {
    if (t->cases.n == 1) return true;
    return leaves_are_worth_it(&t->cases) && run_has_time_for(t->r, t->out->n_cases + t->cases.n);
}

plaats_status tree_is_too_wide(tree *t, bool *wide, plaats_error *error) {
    plaats_status st = PLAATS_OK;

    *wide = false;
    if (is_root_alone(t) || tree_leaves(t).open > 0) goto done;
    TRY(count_cases(t, error));
    *wide = !leaves_are_worth_it(&t->cases);
    /* Whatever comes of it: its word. */
    if (*wide && t->ask->goal == GOAL_COST) run_raise_bound(t->r, proved_by_all(t));
done:
    return st;
}

plaats_status tree_hand_over(tree *t, int64_t *bound, bool *closed, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    bool alone = is_root_alone(t);

    *closed = tree_leaves(t).open == 0 || root_says_all(t);
    if (!alone) TRY(count_cases(t, error));
    if (!alone && cases_are_worth_it(t)) return hand_over_cases(t, bound, error);
    if (*closed && !root_says_all(t) && t->ask->goal == GOAL_COST)
        run_raise_bound(t->r, proved_by_all(t));
    *bound = INT64_MAX;
    TRY(leaves_hand_over(t->out, &t->root, bound, error));
done:
    return st;
}
