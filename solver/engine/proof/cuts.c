/* Making cuts. The terms are spread out over rows, units and sites; then site by site each unit's
 * coefficient is summed from what it uses there and from earlier cuts, and rounded down:
 *
 *     a(u, j) = floor((sum of n * use of row by u at j + sum of n * earlier a(u, j) + n_one(u)) /
 * over)
 *
 * What rounds to 0 is not kept. Entries in order of site and unit are found by halving. */
#include "engine/proof/cuts.h"

#include "base/checked.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static void cut_free(cut *c) {
    free(c->terms);
    free(c->entries);
    *c = (cut){0};
}

void cut_list_free(cut_list *l) {
    for (int i = 0; i < l->n; i++) cut_free(&l->at[i]);
    free(l->at);
    *l = (cut_list){0};
}

void cut_drop_last(cut_list *l) {
    assert(l->n > 0);
    cut_free(&l->at[--l->n]);
}

/* ---- Who may be where --------------------------------------------------------------------- */

plaats_status site_units_build(const model *m, site_units *s, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    size_t n = 0;

    for (int u = 0; u < m->n_units; u++) n += (size_t)model_options(m, u).n;
    TRY_ALLOC(s->first = zero_alloc((size_t)m->n_sites + 2, sizeof *s->first));
    TRY_ALLOC(s->units = zero_alloc(n, sizeof *s->units));
    /* Counted two places on, summed, filled one place on: then each begins at its own. */
    for (int u = 0; u < m->n_units; u++) {
        options o = model_options(m, u);
        for (int i = 0; i < o.n; i++) s->first[o.site[i] + 2]++;
    }
    for (int j = 2; j < m->n_sites + 2; j++) s->first[j] += s->first[j - 1];
    for (int u = 0; u < m->n_units; u++) {
        options o = model_options(m, u);
        for (int i = 0; i < o.n; i++) s->units[s->first[o.site[i] + 1]++] = u;
    }
done:
    return st;
}

void site_units_free(site_units *s) {
    free(s->first);
    free(s->units);
    *s = (site_units){0};
}

/* ---- Making ------------------------------------------------------------------------------- */

plaats_status cutter_build(const grid *g, const site_units *who, cutter *c, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    size_t units = (size_t)g->n_units, sites = (size_t)g->n_sites;

    *c = (cutter){.g = g, .who = who};
    TRY_ALLOC(c->row_n = zero_alloc((size_t)g->m->n_rows, sizeof *c->row_n));
    TRY_ALLOC(c->one_n = zero_alloc(units, sizeof *c->one_n));
    TRY_ALLOC(c->y_n = zero_alloc(sites, sizeof *c->y_n));
    TRY_ALLOC(c->here_n = zero_alloc((size_t)g->n_resources, sizeof *c->here_n));
    TRY_ALLOC(c->sum = zero_alloc(units, sizeof *c->sum));
    TRY_ALLOC(c->touched = zero_alloc(sites, sizeof *c->touched));
done:
    return st;
}

void cutter_free(cutter *c) {
    free(c->row_n);
    free(c->one_n);
    free(c->y_n);
    free(c->here_n);
    free(c->sum);
    free(c->touched);
    *c = (cutter){0};
}

static void touch_row(cutter *c, int32_t row) {
    const model_row *r = &c->g->m->rows[row];
    if (r->site != NONE) {
        c->touched[r->site] = true;
        return;
    }
    for (int k = 0; k < c->g->n_resources; k++)
        for (int j = 0; j < c->g->n_sites; j++)
            if (grid_above(c->g, k, j) == row) c->touched[j] = true;
}

static void touch_cut(cutter *c, const cut *of) {
    for (int i = 0; i < of->n_entries; i++) c->touched[of->entries[i].site] = true;
}

/* Spreads the terms out over rows, units and sites; `sign` 1, or 0 to clear again. */
static void spread(cutter *c, const cut_list *l, const cut_term *terms, int n, int sign) {
    for (int i = 0; i < n; i++) {
        int64_t value = sign * terms[i].n;
        switch (terms[i].kind) {
        case TERM_ROW:
            c->row_n[terms[i].item] = value;
            if (sign != 0) touch_row(c, terms[i].item);
            break;
        case TERM_CUT:
            if (sign != 0) touch_cut(c, &l->at[terms[i].item]);
            break;
        case TERM_ONE:
            c->one_n[terms[i].item] = value;
            break;
        case TERM_Y:
            c->y_n[terms[i].item] = value;
            c->touched[terms[i].item] = c->touched[terms[i].item] || sign != 0;
            break;
        }
    }
    if (sign == 0) memset(c->touched, 0, (size_t)c->g->n_sites * sizeof *c->touched);
}

/* The first entry of the cut at the site, or n_entries. */
static int first_entry(const cut *of, int32_t site) {
    int low = 0, high = of->n_entries;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (of->entries[middle].site < site)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

typedef struct {
    int n, room;
    cut_entry *at;
} entry_list;

/* In the only week. */
static cut_entry entry_of(int32_t site, int32_t unit, int64_t use) {
    assert(site >= 0 && site <= UINT16_MAX);
    return (cut_entry){.week = 0, .site = (uint16_t)site, .unit = unit, .use = use};
}

static bool push(entry_list *l, cut_entry e) {
    if (e.use == 0) return true;
    if (l->n == l->room) {
        int room = l->room * 2 + 64;
        cut_entry *at = realloc(l->at, (size_t)room * sizeof *at);
        if (at == NULL) return false;
        l->at = at;
        l->room = room;
    }
    l->at[l->n++] = e;
    return true;
}

/* What earlier cuts among the terms add at site j: per unit into c->sum; returns that of y. */
static int64_t add_cut_terms(cutter *c, const cut_list *l, const cut_term *terms, int n, int j) {
    int64_t y = 0;
    for (int i = 0; i < n; i++) {
        const cut *of;
        if (terms[i].kind != TERM_CUT) continue;
        of = &l->at[terms[i].item];
        for (int e = first_entry(of, j); e < of->n_entries && of->entries[e].site == j; e++) {
            if (of->entries[e].unit == NONE)
                y += terms[i].n * of->entries[e].use;
            else
                c->sum[of->entries[e].unit] += terms[i].n * of->entries[e].use;
        }
    }
    return y;
}

/* What the terms' rows at the site multiply each resource by. */
static void weigh_resources(cutter *c, int j) {
    for (int k = 0; k < c->g->n_resources; k++) {
        int32_t row = grid_above(c->g, k, j);
        c->here_n[k] = row == NONE ? 0 : c->row_n[row];
    }
}

/* The unit's coefficient at the site at hand, before rounding. */
static int64_t take_sum(cutter *c, int32_t u) {
    const grid *g = c->g;
    int64_t sum = c->sum[u] + c->one_n[u];
    c->sum[u] = 0;
    for (int32_t e = g->use_start[u]; e < g->use_start[u + 1]; e++)
        sum += c->here_n[g->use_resource[e]] * g->use_count[e];
    return sum;
}

static bool round_site(cutter *c, const cut_list *l, const cut_term *terms, int n, int64_t over,
                       int j, entry_list *out) {
    const grid *g = c->g;
    int32_t bed_row = grid_above(g, 0, j);
    int64_t y = add_cut_terms(c, l, terms, n, j) + c->y_n[j];
    bool fits;

    if (bed_row != NONE) y -= c->row_n[bed_row] * g->m->rows[bed_row].beds;
    fits = push(out, entry_of(j, NONE, floor_div(y, over)));
    weigh_resources(c, j);
    for (size_t i = c->who->first[j]; i < c->who->first[j + 1] && fits; i++) {
        int32_t u = c->who->units[i];
        int64_t sum = take_sum(c, u);
        if (sum >= 0 && sum < over) continue; /* most of them: no division */
        fits = push(out, entry_of(j, u, floor_div(sum, over)));
    }
    return fits;
}

static int64_t term_rhs(const cutter *c, const cut_list *l, const cut_term *t) {
    if (t->kind == TERM_ROW) return t->n * c->g->m->rows[t->item].rhs;
    return t->kind == TERM_CUT ? t->n * l->at[t->item].rhs : t->n;
}

/* The list takes the cut over. */
static plaats_status add_cut(cut_list *l, cut *made, plaats_error *error) {
    if (l->n == l->room) {
        int room = l->room * 2 + 64;
        cut *at = realloc(l->at, (size_t)room * sizeof *at);
        if (at == NULL) return fail_memory(error);
        l->at = at;
        l->room = room;
    }
    l->at[l->n++] = *made;
    *made = (cut){0};
    return PLAATS_OK;
}

plaats_status cut_add_narrow(cutter *c, cut_list *l, const cut_term *terms, int n_terms,
                             int64_t over, int most, bool *added, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    cut made = {.kind = CUT_ROUND, .n_terms = n_terms, .over = over, .alike = 1};
    entry_list entries = {0};
    bool fits = true;
    int64_t rhs = 0;

    assert(n_terms >= 0 && over > 0);
    *added = false;
    for (int i = 0; i < n_terms; i++) assert(terms[i].kind != TERM_ONE || terms[i].n < over);
    TRY_ALLOC(made.terms = zero_alloc((size_t)n_terms, sizeof *made.terms));
    memcpy(made.terms, terms, (size_t)n_terms * sizeof *terms);
    spread(c, l, terms, n_terms, 1);
    for (int j = 0; j < c->g->n_sites && fits && entries.n <= most; j++)
        if (c->touched[j]) fits = round_site(c, l, terms, n_terms, over, j, &entries);
    for (int i = 0; i < n_terms; i++) rhs += term_rhs(c, l, &terms[i]);
    spread(c, l, terms, n_terms, 0);
    made.rhs = floor_div(rhs, over);
    made.entries = entries.at;
    made.n_entries = entries.n;
    if (!fits) TRY(fail_memory(error));
    *added = entries.n <= most;
    if (*added) TRY(add_cut(l, &made, error));
done:
    cut_free(&made);
    return st;
}

plaats_status cut_add_round(cutter *c, cut_list *l, const cut_term *terms, int n_terms,
                            int64_t over, plaats_error *error) {
    bool added;
    return cut_add_narrow(c, l, terms, n_terms, over, INT32_MAX, &added, error);
}

static plaats_status add_link(cut_list *l, int32_t unit, int32_t site, int alike,
                              plaats_error *error) {
    plaats_status st = PLAATS_OK;
    cut made = {.kind = CUT_LINK, .alike = alike, .n_entries = 2};

    TRY_ALLOC(made.entries = zero_alloc(2, sizeof *made.entries));
    made.entries[0] = entry_of(site, NONE, -1);
    made.entries[1] = entry_of(site, unit, 1);
    TRY(add_cut(l, &made, error));
done:
    cut_free(&made);
    return st;
}

plaats_status cut_add_links(cut_list *l, const classes *classes, int32_t unit, int32_t site,
                            plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int alike = classes->count[unit];
    assert(alike > 0); /* a class goes by its first unit */
    for (int32_t u = unit; u != NONE; u = classes->next[u])
        TRY(add_link(l, u, site, alike--, error));
done:
    return st;
}

int64_t cut_use(const cut *c, int32_t unit, int32_t site) {
    int low = 0, high = c->n_entries;
    while (low < high) {
        int middle = low + (high - low) / 2;
        const cut_entry *e = &c->entries[middle];
        if (e->site < site || (e->site == site && e->unit < unit))
            low = middle + 1;
        else
            high = middle;
    }
    if (low == c->n_entries || c->entries[low].site != site || c->entries[low].unit != unit)
        return 0;
    return c->entries[low].use;
}
