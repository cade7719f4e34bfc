/* Rows of the model as a proof names them: ["beds", site, week] and its like. */
#include "plan/check.h"

#include <stdlib.h>
#include <string.h>

/* A row as it is being read: the parts of its name. */
typedef struct {
    check *c;
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
    bool fine = take_id(c, r->part[site_part], &c->facts.sites, "site", &out->site);
    fine = take_planned_week(c, r->part[r->n - 1], &out->t) && fine;
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
    fine = take_id(c, r->part[2], &c->facts.services, "service", &out->which) && fine;
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
    if (!take_integer(c, r->part[1], &index) || !fine) return false;
    if (index < 0 || index >= c->in->n_apart)
        return no_such_row(r, "'apart' has no group of that index");
    out->which = (int)index;
    out->rhs = 1;
    return check_holds(&c->in->apart[index].when, week_of(&c->facts, out->t)) ||
           no_such_row(r, "the group is not kept apart in that week");
}

static bool read_quota(const row_name *r, int64_t scale, proof_row *out) {
    check *c = r->c;
    bool is_max = out->kind == ROW_MAX;
    if (r->n != 3)
        return say_malformed(r, is_max ? "[\"max\", quota, week]" : "[\"min\", quota, week]");
    bool fine = take_id(c, r->part[1], &c->facts.quotas, "quota", &out->which);
    fine = take_planned_week(c, r->part[2], &out->t) && fine;
    if (!fine) return false;
    const quota *q = &c->in->quotas[out->which];
    week when = week_of(&c->facts, out->t);
    int64_t limit = is_max ? check_quota_max(q, when) : check_quota_min(q, when);
    if (limit == STEP_NULL) return no_such_row(r, "the quota has no such limit in that week");
    out->site = NONE;
    out->rhs = is_max ? limit : -limit;
    if (q->points == 0 || out->price <= (int128)scale * q->points) return true;
    json_problem(c->document, r->row, "the price is above scale times points of a soft quota");
    return false;
}

static bool read_name(row_name *r, int64_t scale, proof_row *out) {
    static const char *const kinds[] = {
        [ROW_BEDS] = "beds",   [ROW_OPEN] = "open", [ROW_SERVICE] = "service",
        [ROW_APART] = "apart", [ROW_MAX] = "max",   [ROW_MIN] = "min"};
    int n_kinds = (int)(sizeof kinds / sizeof *kinds), kind = 0;
    const char *name = take_text(r->c, r->part[0]);
    if (name == NULL) return false;
    while (kind < n_kinds && strcmp(name, kinds[kind]) != 0) kind++;
    if (kind == n_kinds) {
        json_problem(r->c->document, r->row, "there is no row of kind '%s' here", name);
        return false;
    }
    out->kind = (row_kind)kind;
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
        break;
    }
    return read_quota(r, scale, out);
}

bool check_read_row(check *c, const json_node *pair, int64_t scale, proof_row *row) {
    row_name r = {.c = c};
    if (!take_array(c, pair)) return false;
    r.row = json_first(pair);
    const json_node *price = r.row == NULL ? NULL : json_next(r.row);
    if (price == NULL || json_next(price) != NULL) {
        json_problem(c->document, pair, "a price is [ROW, price]");
        return false;
    }
    *row = (proof_row){.node = r.row, .site = NONE, .which = NONE};
    bool fine = take_array(c, r.row);
    if (!take_integer(c, price, &row->price)) return false;
    if (row->price < 0 || row->price > INT64_C(1) << 62) {
        json_problem(c->document, price, "a price is 0 to 2^62, not %lld", (long long)row->price);
        return false;
    }
    if (!fine) return false;
    for (const json_node *part = json_first(r.row); part != NULL; part = json_next(part)) {
        if (r.n == 4) return say_malformed(&r, "at most four parts long");
        r.part[r.n++] = part;
    }
    if (r.n == 0) return say_malformed(&r, "empty");
    return read_name(&r, scale, row);
}

static int by_name(const void *a, const void *b) {
    const proof_row *x = a, *y = b;
    if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
    if (x->which != y->which) return x->which < y->which ? -1 : 1;
    if (x->site != y->site) return x->site < y->site ? -1 : 1;
    return (x->t > y->t) - (x->t < y->t);
}

bool check_rows_once(check *c, proof_case *p) {
    bool fine = true;
    qsort(p->rows, (size_t)p->n_rows, sizeof *p->rows, by_name);
    for (int i = 1; i < p->n_rows; i++) {
        if (by_name(&p->rows[i - 1], &p->rows[i]) != 0) continue;
        json_problem(c->document, p->rows[i].node, "the row is named twice");
        fine = false;
    }
    return fine;
}
