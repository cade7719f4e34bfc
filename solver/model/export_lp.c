/* The model as CPLEX LP. It goes row by row, so who may be at a site is listed first. */
#include "base/status.h"
#include "model/export_text.h"

#include <assert.h>
#include <stdlib.h>

/* Readers cut lines at 255 characters or more. */
enum { LINE = 160 };

typedef struct {
    const model *m;
    text_out out;
    size_t *first; /* units that may be at site j: units[first[j]] .. units[first[j+1]-1] */
    int32_t *units;
    size_t column;  /* of the line being written */
    bool row_begun; /* the current row has its name already */
} lp;

static plaats_status list_units_by_site(lp *x, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const model *m = x->m;
    size_t sites = (size_t)m->n_sites;

    /* Counted two places on, summed, filled one place on: then each begins at its own. */
    TRY_ALLOC(x->first = zero_alloc(sites + 2, sizeof *x->first));
    for (int u = 0; u < m->n_units; u++) {
        options o = model_options(m, u);
        for (int i = 0; i < o.n; i++) x->first[o.site[i] + 2]++;
    }
    for (size_t j = 2; j < sites + 2; j++) x->first[j] += x->first[j - 1];
    TRY_ALLOC(x->units = zero_alloc(x->first[sites + 1], sizeof *x->units));
    for (int u = 0; u < m->n_units; u++) {
        options o = model_options(m, u);
        for (int i = 0; i < o.n; i++) x->units[x->first[o.site[i] + 1]++] = u;
    }
done:
    return st;
}

static void put_word(lp *x, label word) {
    if (x->column > LINE) {
        export_put_text(&x->out, "\n");
        x->column = 0;
    }
    export_put_text(&x->out, " ");
    export_put_bytes(&x->out, word.text, word.size);
    x->column += 1 + word.size;
}

static void put_term(lp *x, int64_t coefficient, label variable) {
    export_put_text(&x->out, coefficient < 0 ? " -" : " +");
    if (coefficient != 1 && coefficient != -1) {
        uint64_t size = coefficient < 0 ? -(uint64_t)coefficient : (uint64_t)coefficient;
        export_put_text(&x->out, " ");
        export_put_integer(&x->out, (int64_t)size, 0);
    }
    x->column += 24; /* at most */
    put_word(x, variable);
}

/* Terms of a row; its name comes with the first. */
static void put_row_term(lp *x, const model_row *row, int64_t coefficient, label variable) {
    if (!x->row_begun) {
        label name = export_label_row(row);
        export_put_text(&x->out, " ");
        export_put_bytes(&x->out, name.text, name.size);
        export_put_text(&x->out, ":");
        x->column = name.size + 2;
        x->row_begun = true;
    }
    put_term(x, coefficient, variable);
}

static void put_cost(lp *x, int64_t cost, label variable) {
    if (cost == 0) return;
    put_term(x, cost, variable);
    x->row_begun = true;
}

static void put_objective(lp *x) {
    const model *m = x->m;
    x->row_begun = false;
    export_put_text(&x->out, "Minimize\n cost:");
    for (int u = 0; u < m->n_units; u++) {
        options o = model_options(m, u);
        for (int i = 0; i < o.n; i++)
            put_cost(x, option_cost(&o, i), export_label_stay(u, o.site[i]));
        put_cost(x, m->units[u].unplaced_cost, export_label_unplaced(u));
    }
    for (int i = 0; i < m->n_rows; i++) {
        const model_row *row = &m->rows[i];
        if (row_is_open(row)) put_cost(x, row->points, export_label_open(row->site));
        if (row_is_soft(row)) put_cost(x, row->points, export_label_slack(i));
    }
    if (!x->row_begun) export_put_text(&x->out, m->n_units > 0 ? " 0 n0" : " 0 nobody");
    export_put_text(&x->out, "\n");
}

/* Some readers want a row, and a term in the objective: where nobody needs a bed, `nobody`. */
static void put_choices(lp *x) {
    if (x->m->n_units == 0) export_put_text(&x->out, " one: + nobody = 0\n");
    for (int u = 0; u < x->m->n_units; u++) {
        options o = model_options(x->m, u);
        x->column = 0;
        put_word(x, export_label_one(u));
        export_put_text(&x->out, ":");
        for (int i = 0; i < o.n; i++) put_term(x, 1, export_label_stay(u, o.site[i]));
        put_term(x, 1, export_label_unplaced(u));
        export_put_text(&x->out, " = 1\n");
    }
}

static int amount_of(const amount *list, int n, int item) {
    for (int i = 0; i < n; i++)
        if (list[i].item == item) return list[i].count;
    return 0;
}

static int use_of(const unit *u, const model_row *row) {
    switch (row->kind) {
    case ROW_BEDS:
    case ROW_OPEN:
        return u->persons;
    case ROW_SERVICE:
        return amount_of(u->needs, u->n_needs, row->item);
    case ROW_APART:
        return amount_of(u->apart, u->n_apart, row->item);
    default:
        return amount_of(u->counted, u->n_counted, row->item);
    }
}

static void put_site_terms(lp *x, const model_row *row, int j) {
    assert(j >= 0 && j < x->m->n_sites);
    for (size_t i = x->first[j]; i < x->first[j + 1]; i++) {
        int u = x->units[i], use = use_of(&x->m->units[u], row);
        if (use > 0) put_row_term(x, row, use, export_label_stay(u, j));
    }
}

static bool seen_before(const int *list, int i) {
    for (int k = 0; k < i; k++)
        if (list[k] == list[i]) return true;
    return false;
}

/* Groups are small and sites are not: only the group's own units are looked at. */
static void put_apart_terms(lp *x, const model_row *row) {
    indices members = x->m->instance->apart[row->item].households;
    for (int i = 0; i < members.n; i++) {
        int u = x->m->unit_of[members.at[i]];
        int64_t cost;
        if (u == NONE || seen_before(members.at, i) ||
            !model_option_cost(x->m, u, row->site, &cost))
            continue;
        put_row_term(x, row, use_of(&x->m->units[u], row), export_label_stay(u, row->site));
    }
}

static void put_quota_terms(lp *x, const model_row *row) {
    const plaats_instance *in = x->m->instance;
    for (int j = 0; j < x->m->n_sites; j++)
        if (quota_covers(in, &in->quotas[row->item], x->m->sites[j])) put_site_terms(x, row, j);
}

/* A row that nothing uses is left out. */
static void put_row(lp *x, int index) {
    const model_row *row = &x->m->rows[index];
    bool is_min = row->kind == ROW_MIN;

    x->row_begun = false;
    if (row->kind == ROW_APART)
        put_apart_terms(x, row);
    else if (row->site == NONE)
        put_quota_terms(x, row);
    else
        put_site_terms(x, row, row->site);
    if (row_is_open(row) && x->row_begun)
        put_row_term(x, row, -row->beds, export_label_open(row->site));
    if (row_is_soft(row)) put_row_term(x, row, is_min ? 1 : -1, export_label_slack(index));
    if (!x->row_begun) return;
    export_put_text(&x->out, is_min ? " >= " : " <= ");
    export_put_integer(&x->out, is_min ? -row->rhs : row->rhs, 0);
    export_put_text(&x->out, "\n");
}

static void put_binaries(lp *x) {
    const model *m = x->m;
    export_put_text(&x->out, "Binary\n");
    x->column = 0;
    for (int u = 0; u < m->n_units; u++) {
        options o = model_options(m, u);
        for (int i = 0; i < o.n; i++) put_word(x, export_label_stay(u, o.site[i]));
        put_word(x, export_label_unplaced(u));
    }
    for (int i = 0; i < m->n_rows; i++)
        if (row_is_open(&m->rows[i])) put_word(x, export_label_open(m->rows[i].site));
    export_put_text(&x->out, "\n");
}

plaats_status export_lp(const model *m, plaats_write_fn write, void *context, plaats_error *error) {
    plaats_status st = PLAATS_OK, ended;
    lp x = {.m = m, .out = {.write = write, .context = context}};

    TRY(list_units_by_site(&x, error));
    export_put_legend(&x.out, m, "\\ ");
    put_objective(&x);
    export_put_text(&x.out, "Subject To\n");
    put_choices(&x);
    for (int i = 0; i < m->n_rows; i++) put_row(&x, i);
    put_binaries(&x);
    export_put_text(&x.out, "End\n");
done:
    free(x.first);
    free(x.units);
    ended = export_put_end(&x.out, st == PLAATS_OK ? error : NULL);
    return st == PLAATS_OK ? ended : st;
}
