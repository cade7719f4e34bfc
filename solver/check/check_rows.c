/* Rows of the model as a proof names them: ["beds", site, week] and its like. */
#include "check/check_proof.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* A row as it is being read: the parts of its name. */
typedef struct {
    check *c;
    const given_proof *of;
    const row_place *place;
    const json_node *row;
    const json_node *part[4];
    int n;
} row_name;

static bool say_malformed(const row_name *r, const char *shape) {
    json_problem(r->c->document, r->row, "a row of this kind is %s", shape);
    return false;
}

static bool no_such_row(const row_name *r, const char *why) {
    json_problem(r->c->document, r->row, "there is no such row: %s", why);
    return false;
}

/* The site and the week of a row; a closed site has no rows. */
static bool read_site_week(const row_name *r, int site_part, proof_row *out) {
    check *c = r->c;
    bool fine = check_take_id(c, r->part[site_part], &c->facts.sites, "site", &out->site);
    fine = check_take_planned_week(c, r->part[r->n - 1], &out->t) && fine;
    if (!fine) return false;
    if (check_open(&c->facts, out->site, out->t)) return true;
    return no_such_row(r, "the site is closed in that week");
}

static bool read_beds(const row_name *r, proof_row *out) {
    bool is_open = out->kind == ROW_OPEN;
    if (r->n != 3)
        return say_malformed(r, is_open ? "[\"open\", site, week]" : "[\"beds\", site, week]");
    if (!read_site_week(r, 1, out)) return false;
    if (is_open != (r->c->in->sites[out->site].keep_open > 0))
        return no_such_row(r, is_open ? "the site has no keep_open"
                                      : "a site with keep_open has a row 'open' instead");
    out->rhs = is_open ? 0 : check_usable(&r->c->facts, out->site, out->t);
    return true;
}

static bool read_service(const row_name *r, proof_row *out) {
    check *c = r->c;
    if (r->n != 4) return say_malformed(r, "[\"service\", site, service, week]");
    bool fine = read_site_week(r, 1, out);
    fine = check_take_id(c, r->part[2], &c->facts.services, "service", &out->which) && fine;
    if (!fine) return false;
    const site_service *row = check_listed(&c->in->sites[out->site], out->which);
    if (row == NULL) return no_such_row(r, "the site does not list the service");
    if (row->unlimited) return no_such_row(r, "the service is unlimited at the site");
    out->rhs = check_places(row, week_of(&c->facts, out->t));
    return true;
}

static bool read_apart(const row_name *r, proof_row *out) {
    check *c = r->c;
    int64_t index;
    if (r->n != 4) return say_malformed(r, "[\"apart\", index, site, week]");
    bool fine = read_site_week(r, 2, out);
    if (!check_take_integer(c, r->part[1], &index) || !fine) return false;
    if (index < 0 || index >= c->in->n_apart)
        return no_such_row(r, "'apart' has no group of that index");
    out->which = (int)index;
    out->rhs = 1;
    return check_holds(&c->in->apart[index].when, week_of(&c->facts, out->t)) ||
           no_such_row(r, "the group is not kept apart in that week");
}

static bool read_quota(const row_name *r, proof_row *out) {
    check *c = r->c;
    bool is_max = out->kind == ROW_MAX;
    if (r->n != 3)
        return say_malformed(r, is_max ? "[\"max\", quota, week]" : "[\"min\", quota, week]");
    bool fine = check_take_id(c, r->part[1], &c->facts.quotas, "quota", &out->which);
    fine = check_take_planned_week(c, r->part[2], &out->t) && fine;
    if (!fine) return false;
    const quota *q = &c->in->quotas[out->which];
    week when = week_of(&c->facts, out->t);
    int64_t limit = is_max ? check_quota_max(q, when) : check_quota_min(q, when);
    if (limit == STEP_NULL) return no_such_row(r, "the quota has no such limit in that week");
    out->rhs = is_max ? limit : -limit;
    return true;
}

/* ["unplaced", "<="]: at most so many; with ">=", its uses and right-hand side are negated. */
static bool read_unplaced(const row_name *r, proof_row *out) {
    static const char shape[] = "[\"unplaced\", \"<=\"] or [\"unplaced\", \">=\"]";
    if (r->n != 2) return say_malformed(r, shape);
    const char *side = check_take_text(r->c, r->part[1]);
    if (side == NULL) return false;
    bool is_most = strcmp(side, "<=") == 0;
    if (!is_most && strcmp(side, ">=") != 0) return say_malformed(r, shape);
    if (!(is_most ? r->place->has_most : r->place->has_least))
        return no_such_row(r, "the case is given no such decision on what is unplaced");
    out->kind = is_most ? ROW_MOST : ROW_LEAST;
    out->rhs = is_most ? r->place->most : -r->place->least;
    return true;
}

static bool read_cut_row(const row_name *r, proof_row *out) {
    int64_t index;
    if (r->n != 2) return say_malformed(r, "[\"cut\", index]");
    if (!check_take_integer(r->c, r->part[1], &index)) return false;
    if (index >= 0 && index < r->place->n_cuts) {
        out->which = (int)index;
        out->rhs = r->of->cuts[index].rhs;
        return r->of->cuts[index].sound; /* if not, that was said already */
    }
    if (index >= 0 && index < r->of->n_cuts)
        json_problem(r->c->document, r->row,
                     "cut %lld is no earlier one: a cut names those before"
                     " it only",
                     (long long)index);
    else
        no_such_row(r, "'cuts' has none of that index");
    return false;
}

static bool read_one(const row_name *r, proof_row *out) {
    if (r->n != 3) return say_malformed(r, "[\"one\", household, week]");
    out->rhs = 1;
    return check_take_planned_week(r->c, r->part[2], &out->t) &&
           check_take_unit(r->c, r->of, r->part[1], out->t, &out->which);
}

static bool read_y(const row_name *r, proof_row *out) {
    if (r->n != 3) return say_malformed(r, "[\"y\", site, week]");
    if (!read_site_week(r, 1, out)) return false;
    out->rhs = 1;
    return r->c->in->sites[out->site].keep_open > 0 ||
           no_such_row(r, "the site has no keep_open, and so no y");
}

/* The kind by its name; both sides of what is unplaced have the same. */
static bool find_kind(const row_name *r, proof_row *out) {
    static const char *const kinds[N_ROW_KINDS] = {[ROW_BEDS] = "beds",
                                                   [ROW_OPEN] = "open",
                                                   [ROW_SERVICE] = "service",
                                                   [ROW_APART] = "apart",
                                                   [ROW_MAX] = "max",
                                                   [ROW_MIN] = "min",
                                                   [ROW_MOST] = "unplaced",
                                                   [ROW_LEAST] = "unplaced",
                                                   [ROW_CUT] = "cut",
                                                   [ROW_ONE] = "one",
                                                   [ROW_Y] = "y"};
    int kind = 0;
    const char *name = check_take_text(r->c, r->part[0]);
    if (name == NULL) return false;
    while (kind < N_ROW_KINDS && strcmp(name, kinds[kind]) != 0) kind++;
    out->kind = (check_row_kind)kind;
    if (kind < N_ROW_KINDS && (r->place->kinds & ROW_BIT(kind)) != 0) return true;
    if (kind == N_ROW_KINDS)
        json_problem(r->c->document, r->row, "there is no row of kind '%s'", name);
    else
        json_problem(r->c->document, r->row, "%s takes no row of kind '%s'", r->place->taker, name);
    return false;
}

static bool read_name(const row_name *r, proof_row *out) {
    if (!find_kind(r, out)) return false;
    switch (out->kind) {
    case ROW_BEDS:
    case ROW_OPEN:
        return read_beds(r, out);
    case ROW_SERVICE:
        return read_service(r, out);
    case ROW_APART:
        return read_apart(r, out);
    case ROW_MAX:
    case ROW_MIN:
        return read_quota(r, out);
    case ROW_MOST:
    case ROW_LEAST:
        return read_unplaced(r, out);
    case ROW_CUT:
        return read_cut_row(r, out);
    case ROW_ONE:
        return read_one(r, out);
    default:
        return read_y(r, out);
    }
}

bool check_read_row(check *c, const given_proof *of, const json_node *node, const row_place *place,
                    proof_row *row) {
    row_name r = {.c = c, .of = of, .place = place, .row = node};
    *row = (proof_row){.node = node, .site = NONE, .which = NONE};
    if (!check_take_array(c, node)) return false;
    for (const json_node *part = json_first(node); part != NULL; part = json_next(part)) {
        if (r.n == 4) return say_malformed(&r, "at most four parts long");
        r.part[r.n++] = part;
    }
    if (r.n == 0) {
        json_problem(c->document, node, "a row is named by its kind first");
        return false;
    }
    return read_name(&r, row);
}

bool check_read_pair(check *c, const given_proof *of, const json_node *pair, const row_place *place,
                     const char *shape, proof_row *row, const json_node **number) {
    if (!check_take_array(c, pair)) return false;
    const json_node *name = json_first(pair);
    *number = name == NULL ? NULL : json_next(name);
    if (*number == NULL || json_next(*number) != NULL) {
        json_problem(c->document, pair, "%s", shape);
        return false;
    }
    bool fine = check_read_row(c, of, name, place, row);
    return check_take_integer(c, *number, &row->price) && fine;
}

int check_row_slot(const proof_row *row) {
    assert(row->kind == ROW_BEDS || row->kind == ROW_OPEN || row->kind == ROW_SERVICE);
    return row->kind == ROW_SERVICE ? slot_service(row->which) : SLOT_PERSONS;
}

static int by_name(const void *a, const void *b) {
    const proof_row *x = a, *y = b;
    if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
    if (x->which != y->which) return x->which < y->which ? -1 : 1;
    if (x->site != y->site) return x->site < y->site ? -1 : 1;
    return (x->t > y->t) - (x->t < y->t);
}

bool check_rows_once(check *c, int n, proof_row *rows) {
    assert(n >= 0);
    bool fine = true;
    qsort(rows, (size_t)n, sizeof *rows, by_name);
    for (int i = 1; i < n; i++) {
        if (by_name(&rows[i - 1], &rows[i]) != 0) continue;
        json_problem(c->document, rows[i].node, "the row is named twice");
        fine = false;
    }
    return fine;
}
