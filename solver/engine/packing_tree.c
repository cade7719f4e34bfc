#include "engine/packing_tree.h"

#include "engine/leaves.h"
#include "engine/packing_master.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_PAIRS 100000 /* of units and sites */
#define SHARE 0.5         /* of new prices in those tried next: prices that swing make poor packs */
#define REACH 0.02        /* of the bound: what steps aim at above it */
#define PATIENCE 8        /* fruitless steps before they become shorter */
#define STEPS 150         /* before the program is there */
#define DIVE_EVERY 8      /* nodes */

typedef struct {
    node_state state;
    proof_case proved; /* its decisions; the best prices so far, its parent's to begin with */
} node;

typedef struct {
    run *r;
    proof *out;
    master m;
    appraiser a;
    proof_case trial;
    int n_nodes, node_room;
    node *nodes;
    int *missing; /* per unit: how often less it is taken than once */
    int32_t *at;  /* per unit: a whole point */
    double *open; /* per site: how far it is open */
    double *here; /* [unit * n_sites + site]: how far the unit is there */
} tree;

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

/* ---- Cases -------------------------------------------------------------------------------- */

static void copy_prices(const tree *t, const proof_case *from, proof_case *to) {
    memcpy(to->unit_prices, from->unit_prices, (size_t)t->r->m->n_units * sizeof *to->unit_prices);
    if (from->n_prices > 0)
        memcpy(to->prices, from->prices, (size_t)from->n_prices * sizeof *to->prices);
    to->n_prices = from->n_prices;
    to->bound = from->bound;
    to->impossible = from->impossible;
}

/* A case like another, with room for `more` decisions. */
static plaats_status new_case(const tree *t, const proof_case *from, int more, proof_case *c,
                              plaats_error *error) {
    plaats_status st = PLAATS_OK;
    size_t n = (size_t)from->n_given;
    TRY(master_new_case(&t->m, c, error));
    TRY_ALLOC(c->given = zero_alloc(n + (size_t)more, sizeof *c->given));
    if (n > 0) memcpy(c->given, from->given, n * sizeof *c->given);
    c->n_given = from->n_given;
    copy_prices(t, from, c);
done:
    return st;
}

static bool is_closed(const tree *t, const proof_case *c) {
    return c->impossible || c->bound >= t->r->best_cost;
}

/* ---- The master program in a case --------------------------------------------------------- */

/* Adds the packs that pay; idle: all of them, for later. */
static plaats_status add_packs(tree *t, bool idle, int *added, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    *added = 0;
    for (int j = 0; j < t->r->m->n_sites; j++) {
        const pack *k = &t->a.packs[j];
        if (k->n == 0 || (!idle && !master_pays(&t->m, j, k))) continue;
        TRY(master_add(&t->m, j, k->n, k->units, idle, error));
        ++*added;
    }
done:
    return st;
}

static plaats_status evaluate(tree *t, proof_case *c, plaats_error *error) {
    int64_t before = t->a.steps;
    plaats_status st = appraise(&t->a, t->out->scale, c, error);
    run_spend(t->r, t->a.steps - before);
    return st;
}

/* How often less each unit is taken than once, over all sites that pay at the case's prices. */
static double count_missing(tree *t, const proof_case *c) {
    const model *m = t->r->m;
    double sum = 0;
    for (int u = 0; u < m->n_units; u++)
        t->missing[u] =
            (double)t->out->scale * (double)m->units[u].unplaced_cost > (double)c->unit_prices[u];
    for (int j = 0; j < m->n_sites; j++) {
        const pack *k = &t->a.packs[j];
        if ((double)k->value / (double)t->out->scale + t->m.opening[j] >= 0 &&
            t->a.ruled.open[j] != 1)
            continue;
        for (int i = 0; i < k->n; i++) t->missing[k->units[i]]--;
    }
    for (int u = 0; u < m->n_units; u++) sum += t->missing[u] * t->missing[u];
    return sum;
}

/* One step along the subgradient from the prices in `trial`, which were just evaluated; false if
 * there is none. */
static bool step_up(tree *t, const proof_case *c, double pace) {
    double bound = (double)c->bound;
    double target = fmin((double)t->r->best_cost, bound + REACH * fabs(bound));
    double length = count_missing(t, &t->trial);
    double step = pace * (target - (double)t->trial.bound) / length * (double)t->out->scale;
    if (length == 0) return false;
    for (int u = 0; u < t->r->m->n_units; u++)
        t->trial.unit_prices[u] += (int64_t)(step * t->missing[u]);
    return true;
}

/* Better prices by steps along the subgradient (M. Held and R. Karp 1971): rough, and quicker than
 * the program by far. The packs that come by are good ones. */
static plaats_status climb(tree *t, proof_case *c, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int added, fruitless = 0;
    double pace = 1;

    take_rulings(&t->a, c);
    TRY(evaluate(t, c, error));
    copy_prices(t, c, &t->trial);
    for (int i = 0; i < STEPS && !is_closed(t, c) && !run_over(t->r); i++) {
        TRY(add_packs(t, true, &added, error));
        if (!step_up(t, c, pace)) break;
        TRY(evaluate(t, &t->trial, error));
        fruitless++;
        if (t->trial.bound > c->bound) {
            copy_prices(t, &t->trial, c);
            fruitless = 0;
        }
        if (fruitless < PATIENCE) continue;
        pace /= 2;
        fruitless = 0;
        copy_prices(t, c, &t->trial);
        TRY(evaluate(t, &t->trial, error));
    }
done:
    return st;
}

/* Raises what the case proves by better prices, until it is closed or there are none. */
static plaats_status solve_case(tree *t, proof_case *c, lp_outcome *outcome, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    double share = SHARE;
    bool dual = true;
    int added = 0;

    *outcome = LP_OPTIMAL;
    take_rulings(&t->a, c);
    TRY(evaluate(t, c, error));
    master_rule(&t->m, &t->a.ruled);
    while (!is_closed(t, c)) {
        int64_t before = lp_iterations(t->m.p);
        *outcome = master_solve(&t->m, dual);
        if (*outcome != LP_OPTIMAL || (double)c->bound >= master_value(&t->m) - 1e-6) break;
        /* Packs that came in and changed nothing pay by less than the solver can tell. */
        if (added > 0 && lp_iterations(t->m.p) == before && share == 1) break;
        if (lp_iterations(t->m.p) == before && !dual) share = 1;
        dual = false;
        added = master_wake(&t->m);
        if (added > 0) continue;
        master_prices(&t->m, t->out->scale, share, c, &t->trial);
        TRY(evaluate(t, &t->trial, error));
        if (t->trial.bound >= c->bound) copy_prices(t, &t->trial, c);
        TRY(add_packs(t, false, &added, error));
        if (added == 0 && share == 1) break;
        share = added == 0 ? 1 : SHARE;
    }
    TRY(master_rest(&t->m, error));
done:
    return st;
}

/* How far sites are open and units at sites in the point; offers it to the run if it is whole. */
static bool offer_point(tree *t) {
    const model *m = t->r->m;
    bool whole = true;
    int64_t cost;

    memset(t->open, 0, (size_t)m->n_sites * sizeof *t->open);
    memset(t->here, 0, (size_t)m->n_units * (size_t)m->n_sites * sizeof *t->here);
    for (int u = 0; u < m->n_units; u++) t->at[u] = NONE;
    for (int c = 0; c < t->m.n; c++) {
        const packed *k = &t->m.columns[c];
        if (k->site == NONE || k->x < 1e-9) continue;
        whole = whole && k->x > 1 - 1e-6;
        t->open[k->site] += k->x;
        for (int i = 0; i < k->n; i++) {
            t->here[(size_t)k->units[i] * m->n_sites + k->site] += k->x;
            if (k->x > 0.5) t->at[k->units[i]] = k->site;
        }
    }
    if (whole && model_cost(m, t->at, &cost)) run_offer(t->r, t->at, cost);
    return whole;
}

/* ---- Nodes -------------------------------------------------------------------------------- */

static plaats_status make_room(tree *t, plaats_error *error) {
    int room = t->node_room * 2 + 64;
    node *nodes;
    if (t->n_nodes + 2 <= t->node_room) return PLAATS_OK;
    nodes = realloc(t->nodes, (size_t)room * sizeof *nodes);
    if (nodes == NULL) return fail_memory(error);
    t->nodes = nodes;
    t->node_room = room;
    return PLAATS_OK;
}

/* There is room for two more. */
static plaats_status add_node(tree *t, const proof_case *parent, const decision *made,
                              plaats_error *error) {
    plaats_status st = PLAATS_OK;
    proof_case *c = &t->nodes[t->n_nodes].proved;
    t->nodes[t->n_nodes] = (node){0};
    TRY(new_case(t, parent, made != NULL, c, error));
    if (made != NULL) c->given[c->n_given++] = *made;
    t->n_nodes++;
done:
    return st;
}

/* The open node that proves least. */
static int best_open(const tree *t) {
    int best = NONE;
    for (int i = 0; i < t->n_nodes; i++)
        if (t->nodes[i].state == NODE_OPEN &&
            (best == NONE || t->nodes[i].proved.bound <= t->nodes[best].proved.bound))
            best = i;
    return best;
}

static double contest(double x) {
    return fmin(x, 1 - x) < 1e-6 ? 0 : fmin(x, 1 - x);
}

/* The decision that is most contested: on a site first, else on a unit. */
static bool choose_decision(const tree *t, decision *d) {
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

static plaats_status divide(tree *t, int at, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    decision d;

    if (!choose_decision(t, &d)) return PLAATS_OK;
    TRY(make_room(t, error));
    TRY(add_node(t, &t->nodes[at].proved, &d, error));
    d.yes = false;
    TRY(add_node(t, &t->nodes[at].proved, &d, error));
    t->nodes[at].state = NODE_INNER;
done:
    return st;
}

static plaats_status visit(tree *t, int at, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    lp_outcome outcome;
    bool whole = false;

    t->nodes[at].state = NODE_STUCK;
    TRY(solve_case(t, &t->nodes[at].proved, &outcome, error));
    if (outcome == LP_OPTIMAL && !is_closed(t, &t->nodes[at].proved)) whole = offer_point(t);
    if (is_closed(t, &t->nodes[at].proved))
        t->nodes[at].state = NODE_CLOSED;
    else if (outcome == LP_OPTIMAL && !whole)
        TRY(divide(t, at, error));
done:
    return st;
}

/* ---- Dives -------------------------------------------------------------------------------- */

/* What is not decided yet of: the pack's site is open, and everyone in it is there. Returns how
 * many decisions; `given` NULL only counts. */
static int list_undecided(const tree *t, const packed *k, decision *given) {
    int n = 0;
    if (t->m.opening[k->site] > 0 && t->a.ruled.open[k->site] != 1) {
        if (given != NULL)
            given[n] = (decision){.kind = DECIDE_OPEN, .yes = true, .unit = NONE, .site = k->site};
        n++;
    }
    for (int i = 0; i < k->n; i++) {
        if (t->a.ruled.only[k->units[i]] == k->site) continue;
        if (given != NULL)
            given[n] = (decision){
                .kind = DECIDE_AT, .yes = true, .unit = k->units[i], .site = k->site, .count = 1};
        n++;
    }
    return n;
}

/* The pack that leans most to being whole; NONE if all are, or are decided. */
static int leaning(const tree *t) {
    int best = NONE;
    for (int c = 0; c < t->m.n; c++) {
        const packed *k = &t->m.columns[c];
        if (k->site == NONE || contest(k->x) == 0 || list_undecided(t, k, NULL) == 0) continue;
        if (best == NONE || k->x > t->m.columns[best].x) best = c;
    }
    return best;
}

/* Settles pack after pack, until the point is whole or no better than the best plan. */
static plaats_status dive(tree *t, const proof_case *from, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    proof_case c = {0};
    lp_outcome outcome = LP_OPTIMAL;

    TRY(new_case(t, from, t->r->m->n_units + t->r->m->n_sites, &c, error));
    TRY(solve_case(t, &c, &outcome, error));
    while (outcome == LP_OPTIMAL && !is_closed(t, &c) && !offer_point(t) && !run_over(t->r)) {
        int k = leaning(t);
        if (k == NONE) break;
        c.n_given += list_undecided(t, &t->m.columns[k], c.given + c.n_given);
        TRY(solve_case(t, &c, &outcome, error));
    }
done:
    proof_case_free(&c);
    return st;
}

/* ---- The outline -------------------------------------------------------------------------- */

/* Prices to begin with: what each unit pays at its best site at prices on all rows. */
static plaats_status first_prices(tree *t, proof_case *c, plaats_error *error) {
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

/* The packs of the best plan, so that the program has a point from the beginning. */
static plaats_status add_best(tree *t, plaats_error *error) {
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

static plaats_status tree_build(tree *t, plaats_error *error) {
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

static void tree_free(tree *t) {
    for (int i = 0; i < t->n_nodes; i++) proof_case_free(&t->nodes[i].proved);
    free(t->nodes);
    proof_case_free(&t->trial);
    free(t->at);
    free(t->missing);
    free(t->open);
    free(t->here);
    master_free(&t->m);
    appraiser_free(&t->a);
}

static plaats_status hand_over(tree *t, proof_case *root, int64_t *bound, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    leaf_count leaves = {0};

    *bound = INT64_MAX;
    for (int i = 0; i < t->n_nodes; i++) count_node(&leaves, t->nodes[i].state);
    if (!leaves_are_worth_it(&leaves)) {
        TRY(hand_over_case(t->out, root, bound, error));
        goto done;
    }
    for (int i = 0; i < t->n_nodes; i++) {
        proof_case *c = &t->nodes[i].proved;
        if (t->nodes[i].state == NODE_INNER) continue;
        if (t->nodes[i].state == NODE_OPEN) {
            /* It has its parent's bound until its own decisions count. */
            take_rulings(&t->a, c);
            TRY(evaluate(t, c, error));
        }
        TRY(hand_over_case(t->out, c, bound, error));
    }
done:
    return st;
}

static plaats_status search(tree *t, int64_t nodes, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int64_t visits = 0;
    int at;
    while (visits < nodes && (at = best_open(t)) != NONE && !run_over(t->r) &&
           !run_good_enough(t->r)) {
        TRY(visit(t, at, error));
        if (++visits % DIVE_EVERY == 0 && t->nodes[at].state == NODE_INNER)
            TRY(dive(t, &t->nodes[at].proved, error));
    }
done:
    return st;
}

plaats_status packing_solve(run *r, int64_t nodes, proof *out, int64_t *bound,
                            plaats_error *error) {
    plaats_status st = PLAATS_OK;
    tree t = {.r = r, .out = out};
    proof_case first = {0}, root = {0};

    TRY(tree_build(&t, error));
    TRY(first_prices(&t, &first, error));
    TRY(climb(&t, &first, error));
    TRY(add_best(&t, error));
    TRY(make_room(&t, error));
    TRY(add_node(&t, &first, NULL, error));
    TRY(visit(&t, 0, error));
    TRY(new_case(&t, &t.nodes[0].proved, 0, &root, error));
    if (t.nodes[0].state != NODE_CLOSED) TRY(dive(&t, &root, error));
    if (root.bound > r->root_bound) r->root_bound = root.bound;
    TRY(search(&t, nodes, error));
    TRY(hand_over(&t, &root, bound, error));
done:
    proof_case_free(&first);
    proof_case_free(&root);
    tree_free(&t);
    return st;
}
