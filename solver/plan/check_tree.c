/* The decisions of the cases of a proof, which must form a complete binary tree: each inner node
 * one decision and its opposite, each leaf a case. Then the cases leave no plan out. */
#include "plan/check_proof.h"

#include <stdlib.h>
#include <string.h>

/* ---- Reading ----------------------------------------------------------------------------- */

typedef struct {
    check *c;
    const proof *of;
    const json_node *node;
    const json_node *part[5];
    int n;
    decision *out;
} reading;

static bool say_malformed(const reading *r, const char *shape) {
    json_problem(r->c->document, r->node, "a decision of this kind is %s", shape);
    return false;
}

/* A closed site has no decisions. */
static bool take_site_week(const reading *r, int site_part) {
    check *c = r->c;
    decision *d = r->out;
    bool fine = take_id(c, r->part[site_part], &c->facts.sites, "site", &d->site);
    fine = take_planned_week(c, r->part[site_part + 1], &d->t) && fine;
    fine = take_bool(c, r->part[site_part + 2], &d->yes) && fine;
    if (!fine || check_open(&c->facts, d->site, d->t)) return fine;
    json_problem(c->document, r->node,
                 "there is nothing to decide: the site is closed in that week");
    return false;
}

static bool read_open(const reading *r) {
    r->out->kind = DECIDE_OPEN;
    if (r->n != 4) return say_malformed(r, "[\"open\", site, week, true or false]");
    if (!take_site_week(r, 1)) return false;
    if (r->c->in->sites[r->out->site].keep_open > 0) return true;
    json_problem(r->c->document, r->node, "there is nothing to decide: the site has no keep_open");
    return false;
}

static bool read_at(const reading *r) {
    r->out->kind = DECIDE_AT;
    if (r->n != 5) return say_malformed(r, "[\"at\", household, site, week, true or false]");
    return take_site_week(r, 2) &&
           check_take_unit(r->c, r->of, r->part[1], r->out->t, &r->out->unit);
}

static bool read_unplaced(const reading *r) {
    static const char shape[] = "[\"unplaced\", \"<=\", k] or [\"unplaced\", \">=\", k + 1]";
    int64_t k;
    r->out->kind = DECIDE_UNPLACED;
    if (r->n != 3) return say_malformed(r, shape);
    const char *side = take_text(r->c, r->part[1]);
    if (side == NULL || !take_integer(r->c, r->part[2], &k)) return false;
    r->out->yes = strcmp(side, "<=") == 0;
    if (!r->out->yes && strcmp(side, ">=") != 0) return say_malformed(r, shape);
    r->out->most = r->out->yes ? k : k - (k > INT64_MIN);
    if (r->out->most >= 0) return true;
    json_problem(r->c->document, r->part[2],
                 "there is nothing to decide: never are fewer than 0"
                 " unplaced");
    return false;
}

static bool read_decision(check *c, const proof *of, const json_node *node, decision *out) {
    reading r = {.c = c, .of = of, .node = node, .out = out};
    *out = (decision){.node = node, .unit = NONE, .site = NONE};
    if (!take_array(c, node)) return false;
    for (const json_node *part = json_first(node); part != NULL; part = json_next(part)) {
        if (r.n == 5) return say_malformed(&r, "at most five parts long");
        r.part[r.n++] = part;
    }
    const char *kind = r.n == 0 ? NULL : take_text(c, r.part[0]);
    if (kind != NULL && strcmp(kind, "open") == 0) return read_open(&r);
    if (kind != NULL && strcmp(kind, "at") == 0) return read_at(&r);
    if (kind != NULL && strcmp(kind, "unplaced") == 0) return read_unplaced(&r);
    if (r.n == 0 || kind != NULL)
        json_problem(c->document, node, "a decision begins with 'open', 'at' or 'unplaced'");
    return false;
}

/* The same for a decision and its opposite. */
static int by_subject(const void *a, const void *b) {
    const decision *x = a, *y = b;
    if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
    if (x->unit != y->unit) return x->unit < y->unit ? -1 : 1;
    if (x->site != y->site) return x->site < y->site ? -1 : 1;
    if (x->t != y->t) return x->t < y->t ? -1 : 1;
    return (x->most > y->most) - (x->most < y->most);
}

static bool is_given_once(check *c, const proof_case *p) {
    bool fine = true;
    for (int i = 1; i < p->n_given; i++) {
        if (by_subject(&p->given[i - 1], &p->given[i]) != 0) continue;
        json_problem(c->document, p->given[i].node,
                     p->given[i - 1].yes == p->given[i].yes
                         ? "the decision stands here twice"
                         : "the decision stands here with its opposite");
        fine = false;
    }
    return fine;
}

plaats_status check_read_given(check *c, proof *of, proof_case *p, bool *fine) {
    const json_node *given = need_member(c, p->node, "given");
    if (!take_array(c, given)) {
        *fine = false;
        return PLAATS_OK;
    }
    p->given = arena_alloc(&of->memory, json_count(given), sizeof *p->given);
    if (p->given == NULL) return fail_memory(c->error);
    for (const json_node *node = json_first(given); node != NULL; node = json_next(node)) {
        if (read_decision(c, of, node, &p->given[p->n_given]))
            p->n_given++;
        else
            *fine = false;
    }
    qsort(p->given, (size_t)p->n_given, sizeof *p->given, by_subject);
    *fine = is_given_once(c, p) && *fine;
    return PLAATS_OK;
}

/* ---- The tree ---------------------------------------------------------------------------- */

static decision *find_given(const proof_case *p, const decision *about) {
    if (p->n_given == 0) return NULL;
    return bsearch(about, p->given, (size_t)p->n_given, sizeof *about, by_subject);
}

/* What all cases have decided that was not used above: the node of the tree; NULL: nothing. When
 * several would do, each does: trees can be turned so that any of them comes first. */
static const decision *find_node(proof_case **cases, int n) {
    for (int i = 0; i < cases[0]->n_given; i++) {
        const decision *d = &cases[0]->given[i];
        int k = 1;
        if (d->used) continue;
        while (k < n && find_given(cases[k], d) != NULL) k++;
        if (k == n) return d;
    }
    return NULL;
}

/* Those given the decision first; returns how many. */
static int divide(proof_case **cases, int n, const decision *about) {
    int n_yes = 0;
    decision key = *about;
    for (int i = 0; i < n; i++) {
        decision *d = find_given(cases[i], &key);
        d->used = true;
        if (!d->yes) continue;
        proof_case *moved = cases[i];
        cases[i] = cases[n_yes];
        cases[n_yes++] = moved;
    }
    return n_yes;
}

/* Whether the cases are the leaves of a complete tree. */
static bool is_tree(check *c, proof_case **cases, int n) {
    const decision *node = find_node(cases, n);
    if (node == NULL) {
        if (n == 1) return true;
        json_problem(c->document, cases[1]->node,
                     "the cases form no tree: no decision tells this case from an earlier one");
        return false;
    }
    const json_node *shown = node->node;
    int n_yes = divide(cases, n, node);
    if (n_yes == 0 || n_yes == n) {
        json_problem(c->document, shown,
                     "the cases form no tree: none is given the opposite of this decision");
        return false;
    }
    return is_tree(c, cases, n_yes) && is_tree(c, cases + n_yes, n - n_yes);
}

plaats_status check_tree(check *c, proof *of, bool *fine) {
    proof_case **cases = zero_alloc((size_t)of->n_cases, sizeof *cases);
    if (cases == NULL) return fail_memory(c->error);
    for (int i = 0; i < of->n_cases; i++) cases[i] = &of->cases[i];
    *fine = is_tree(c, cases, of->n_cases) && *fine;
    free(cases);
    return PLAATS_OK;
}
