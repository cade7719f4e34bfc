/* The decisions of the cases of a proof, which must form a complete binary tree: each inner node
 * one decision and its opposite, each leaf a case. Then the cases leave no plan out. */
#include "check/check_proof.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* ---- Reading ----------------------------------------------------------------------------- */

typedef struct {
    check *c;
    const given_proof *of;
    const json_node *node;
    const json_node *part[5];
    int n;
    check_decision *out;
} decision_name;

static bool say_malformed(const decision_name *r, const char *shape) {
    json_problem(r->c->document, r->node, "a decision of this kind is %s", shape);
    return false;
}

/* A closed site has no decisions. */
static bool take_site_week(const decision_name *r, int site_part) {
    check *c = r->c;
    check_decision *d = r->out;
    bool fine = check_take_id(c, r->part[site_part], &c->facts.sites, "site", &d->site);
    fine = check_take_planned_week(c, r->part[site_part + 1], &d->t) && fine;
    fine = check_take_bool(c, r->part[site_part + 2], &d->yes) && fine;
    if (!fine || check_open(&c->facts, d->site, d->t)) return fine;
    json_problem(c->document, r->node,
                 "there is nothing to decide: the site is closed in that week");
    return false;
}

static bool read_open(const decision_name *r) {
    r->out->kind = DECIDE_OPEN;
    if (r->n != 4) return say_malformed(r, "[\"open\", site, week, true or false]");
    if (!take_site_week(r, 1)) return false;
    if (r->c->in->sites[r->out->site].keep_open > 0) return true;
    json_problem(r->c->document, r->node, "there is nothing to decide: the site has no keep_open");
    return false;
}

static bool read_at(const decision_name *r) {
    r->out->kind = DECIDE_AT;
    if (r->n != 5) return say_malformed(r, "[\"at\", household, site, week, true or false]");
    return take_site_week(r, 2) &&
           check_take_unit(r->c, r->of, r->part[1], r->out->t, &r->out->unit);
}

static bool read_unplaced(const decision_name *r) {
    static const char shape[] = "[\"unplaced\", \"<=\", k] or [\"unplaced\", \">=\", k + 1]";
    int64_t k;
    r->out->kind = DECIDE_UNPLACED;
    if (r->n != 3) return say_malformed(r, shape);
    const char *side = check_take_text(r->c, r->part[1]);
    if (side == NULL || !check_take_integer(r->c, r->part[2], &k)) return false;
    r->out->yes = strcmp(side, "<=") == 0;
    if (!r->out->yes && strcmp(side, ">=") != 0) return say_malformed(r, shape);
    r->out->most = r->out->yes ? k : k - (k > INT64_MIN);
    if (r->out->most >= 0) return true;
    json_problem(r->c->document, r->part[2],
                 "there is nothing to decide: never are fewer than 0"
                 " unplaced");
    return false;
}

static bool read_decision(check *c, const given_proof *of, const json_node *node,
                          check_decision *out) {
    decision_name r = {.c = c, .of = of, .node = node, .out = out};
    *out = (check_decision){.node = node, .unit = NONE, .site = NONE};
    if (!check_take_array(c, node)) return false;
    for (const json_node *part = json_first(node); part != NULL; part = json_next(part)) {
        if (r.n == 5) return say_malformed(&r, "at most five parts long");
        r.part[r.n++] = part;
    }
    const char *kind = r.n == 0 ? NULL : check_take_text(c, r.part[0]);
    if (kind != NULL && strcmp(kind, "open") == 0) return read_open(&r);
    if (kind != NULL && strcmp(kind, "at") == 0) return read_at(&r);
    if (kind != NULL && strcmp(kind, "unplaced") == 0) return read_unplaced(&r);
    if (r.n == 0 || kind != NULL)
        json_problem(c->document, node, "a decision begins with 'open', 'at' or 'unplaced'");
    return false;
}

/* The same for a decision and its opposite. */
static int by_subject(const void *a, const void *b) {
    const check_decision *x = a, *y = b;
    if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
    if (x->unit != y->unit) return x->unit < y->unit ? -1 : 1;
    if (x->site != y->site) return x->site < y->site ? -1 : 1;
    if (x->t != y->t) return x->t < y->t ? -1 : 1;
    return (x->most > y->most) - (x->most < y->most);
}

static bool is_given_once(check *c, const check_proof_case *p) {
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

plaats_status check_read_given(check *c, given_proof *of, check_proof_case *p, bool *fine) {
    const json_node *given = check_need_member(c, p->node, "given");
    if (!check_take_array(c, given)) {
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

static check_decision *find_given(const check_proof_case *p, const check_decision *about) {
    if (p->n_given == 0) return NULL;
    return bsearch(about, p->given, (size_t)p->n_given, sizeof *about, by_subject);
}

/* Cases as the leaves of a tree, or of a part of it: which of of->cases they are. */
typedef struct {
    int n;
    int *at;
} leaves;

/* What all leaves have decided that was not used above: the node of the tree; NULL: nothing. When
 * several would do, each does: trees can be turned so that any of them comes first. */
static const check_decision *find_node(const given_proof *of, leaves part) {
    const check_proof_case *first = &of->cases[part.at[0]];
    for (int i = 0; i < first->n_given; i++) {
        const check_decision *d = &first->given[i];
        int k = 1;
        if (d->used) continue;
        while (k < part.n && find_given(&of->cases[part.at[k]], d) != NULL) k++;
        if (k == part.n) return d;
    }
    return NULL;
}

/* Puts those given the decision first; returns how many. */
static int divide(const given_proof *of, leaves part, const check_decision *node) {
    int n_yes = 0;
    check_decision about = *node;
    for (int i = 0; i < part.n; i++) {
        int moved = part.at[i];
        check_decision *d = find_given(&of->cases[moved], &about);
        d->used = true;
        if (!d->yes) continue;
        part.at[i] = part.at[n_yes];
        part.at[n_yes++] = moved;
    }
    return n_yes;
}

/* Whether the leaves are those of a complete tree. */
static bool is_tree(check *c, const given_proof *of, leaves part) {
    const check_decision *node = find_node(of, part);
    if (node == NULL) {
        if (part.n == 1) return true;
        json_problem(c->document, of->cases[part.at[1]].node,
                     "the cases form no tree: no decision tells this case from an earlier one");
        return false;
    }
    const json_node *shown = node->node;
    int n_yes = divide(of, part, node);
    if (n_yes == 0 || n_yes == part.n) {
        json_problem(c->document, shown,
                     "the cases form no tree: none is given the opposite of this decision");
        return false;
    }
    return is_tree(c, of, (leaves){n_yes, part.at}) &&
           is_tree(c, of, (leaves){part.n - n_yes, part.at + n_yes});
}

plaats_status check_tree(check *c, const given_proof *of, bool *fine) {
    assert(of->n_cases >= 1);
    leaves all = {of->n_cases, zero_alloc((size_t)of->n_cases, sizeof *all.at)};
    if (all.at == NULL) return fail_memory(c->error);
    for (int i = 0; i < all.n; i++) all.at[i] = i;
    *fine = is_tree(c, of, all) && *fine;
    free(all.at);
    return PLAATS_OK;
}
