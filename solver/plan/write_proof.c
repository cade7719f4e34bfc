/* The member `proof`: cuts, and cases with their decisions and prices. */
#include "plan/write_parts.h"

#include <assert.h>
#include <stdlib.h>

typedef struct {
    json_out *o;
    const model *m;
    const proof *p;
    int *number; /* per cut of the engine: its number in the document, NONE: left out */
} writer;

/* ---- Names -------------------------------------------------------------------------------- */

static void write_site_week(const writer *w, int site, int t) {
    json_out_string(w->o, NULL, w->m->instance->sites[w->m->sites[site]].id);
    write_week(w->o, NULL, w->m->instance->first + t);
}

/* Any of its households names a unit. */
static void write_unit(const writer *w, const char *key, int unit) {
    json_out_string(w->o, key, w->m->instance->households[w->m->units[unit].members[0]].id);
}

/* The name of a row: what anyone can find in the instance without the model. */
static void write_row(const writer *w, const model_row *r) {
    static const char *const names[] = {
        [ROW_BEDS] = "beds", [ROW_SERVICE] = "service", [ROW_APART] = "apart",
        [ROW_MAX] = "max",   [ROW_MIN] = "min",         [ROW_OPEN] = "open"};
    const plaats_instance *in = w->m->instance;
    json_out_array(w->o, NULL);
    json_out_string(w->o, NULL, names[r->kind]);
    if (r->kind == ROW_APART) json_out_integer(w->o, NULL, r->item);
    if (r->kind == ROW_MAX || r->kind == ROW_MIN)
        json_out_string(w->o, NULL, in->quotas[r->item].id);
    if (r->site != NONE) json_out_string(w->o, NULL, in->sites[w->m->sites[r->site]].id);
    if (r->kind == ROW_SERVICE) json_out_string(w->o, NULL, in->services[r->item]);
    write_week(w->o, NULL, in->first + r->week);
    json_out_end(w->o);
}

static void write_cut_name(const writer *w, int k) {
    assert(k >= 0 && k < w->p->cuts.n && w->number[k] != NONE);
    json_out_array(w->o, NULL);
    json_out_string(w->o, NULL, "cut");
    json_out_integer(w->o, NULL, w->number[k]);
    json_out_end(w->o);
}

/* ---- Cuts --------------------------------------------------------------------------------- */

static void write_term(const writer *w, const cut_term *t) {
    json_out_array(w->o, NULL);
    if (t->kind == TERM_ROW) {
        write_row(w, &w->m->rows[t->item]);
    } else if (t->kind == TERM_CUT) {
        write_cut_name(w, t->item);
    } else {
        json_out_array(w->o, NULL);
        json_out_string(w->o, NULL, t->kind == TERM_ONE ? "one" : "y");
        if (t->kind == TERM_ONE) {
            write_unit(w, NULL, t->item);
            write_week(w->o, NULL, w->m->instance->first + t->week);
        } else {
            write_site_week(w, t->item, t->week);
        }
        json_out_end(w->o);
    }
    json_out_integer(w->o, NULL, t->n);
    json_out_end(w->o);
}

static void write_cut(const writer *w, const cut *c) {
    json_out_object_row(w->o, NULL);
    if (c->kind == CUT_LINK) {
        json_out_string(w->o, "kind", "link");
        const cut_entry *z = &c->entries[1];
        write_unit(w, "household", z->unit);
        json_out_string(w->o, "site", w->m->instance->sites[w->m->sites[z->site]].id);
        write_week(w->o, "week", w->m->instance->first + z->week);
    } else {
        json_out_string(w->o, "kind", "round");
        json_out_array_row(w->o, "rows");
        for (int i = 0; i < c->n_terms; i++) write_term(w, &c->terms[i]);
        json_out_end(w->o);
        json_out_integer(w->o, "over", c->over);
    }
    json_out_end(w->o);
}

/* Cuts that some case prices, and those that such cuts stand on; numbered in order. */
static plaats_status number_cuts(writer *w, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const proof *p = w->p;
    int n = 0;

    TRY_ALLOC(w->number = zero_alloc((size_t)p->cuts.n, sizeof *w->number));
    for (int i = 0; i < p->n_cases; i++)
        for (int k = 0; k < p->cases[i].n_prices; k++)
            if (p->cases[i].prices[k].row >= w->m->n_rows)
                w->number[p->cases[i].prices[k].row - w->m->n_rows] = 1;
    for (int k = p->cuts.n - 1; k >= 0; k--)
        for (int i = 0; w->number[k] != 0 && i < p->cuts.at[k].n_terms; i++)
            if (p->cuts.at[k].terms[i].kind == TERM_CUT) w->number[p->cuts.at[k].terms[i].item] = 1;
    for (int k = 0; k < p->cuts.n; k++) w->number[k] = w->number[k] != 0 ? n++ : NONE;
done:
    return st;
}

/* ---- Cases -------------------------------------------------------------------------------- */

static void write_decision(const writer *w, const decision *d) {
    static const char *const names[] = {
        [DECIDE_AT] = "at", [DECIDE_OPEN] = "open", [DECIDE_UNPLACED] = "unplaced"};
    json_out_array(w->o, NULL);
    json_out_string(w->o, NULL, names[d->kind]);
    if (d->kind == DECIDE_UNPLACED) {
        json_out_string(w->o, NULL, d->yes ? ">=" : "<=");
        json_out_integer(w->o, NULL, d->yes ? d->weight : d->weight - 1);
    } else {
        if (d->kind == DECIDE_AT) write_unit(w, NULL, d->unit);
        write_site_week(w, d->site, d->week);
        json_out_bool(w->o, NULL, d->yes);
    }
    json_out_end(w->o);
}

static void write_unplaced_price(const writer *w, const char *side, int64_t price) {
    if (price == 0) return;
    json_out_array_row(w->o, NULL);
    json_out_array(w->o, NULL);
    json_out_string(w->o, NULL, "unplaced");
    json_out_string(w->o, NULL, side);
    json_out_end(w->o);
    json_out_integer(w->o, NULL, price);
    json_out_end(w->o);
}

static void write_unit_prices(const writer *w, const int64_t *prices) {
    json_out_array(w->o, "unit_prices");
    for (int u = 0; u < w->m->n_units; u++) {
        json_out_array_row(w->o, NULL);
        write_unit(w, NULL, u);
        json_out_integer(w->o, NULL, prices[u]);
        json_out_end(w->o);
    }
    json_out_end(w->o);
}

static void write_case(const writer *w, const proof_case *c) {
    json_out_object(w->o, NULL);
    json_out_array_row(w->o, "given");
    for (int i = 0; i < c->n_given; i++) write_decision(w, &c->given[i]);
    json_out_end(w->o);
    if (c->unit_prices != NULL) write_unit_prices(w, c->unit_prices);
    json_out_array(w->o, "prices");
    for (int i = 0; i < c->n_prices; i++) {
        int32_t row = c->prices[i].row;
        assert(c->prices[i].price > 0);
        json_out_array_row(w->o, NULL);
        if (row < w->m->n_rows)
            write_row(w, &w->m->rows[row]);
        else
            write_cut_name(w, row - w->m->n_rows);
        json_out_integer(w->o, NULL, c->prices[i].price);
        json_out_end(w->o);
    }
    write_unplaced_price(w, "<=", c->price_at_most);
    write_unplaced_price(w, ">=", c->price_at_least);
    json_out_end(w->o);
    json_out_end(w->o);
}

plaats_status write_proof(json_out *o, const model *m, const engine_result *result,
                          plaats_error *error) {
    assert(result->proof.scale >= 1 && result->proof.n_cases >= 1);
    plaats_status st = PLAATS_OK;
    writer w = {.o = o, .m = m, .p = &result->proof};

    TRY(number_cuts(&w, error));
    json_out_object(o, "proof");
    json_out_integer(o, "scale", w.p->scale);
    json_out_integer(o, "bound", w.p->bound);
    json_out_array(o, "cuts");
    for (int k = 0; k < w.p->cuts.n; k++)
        if (w.number[k] != NONE) write_cut(&w, &w.p->cuts.at[k]);
    json_out_end(o);
    json_out_array(o, "cases");
    for (int i = 0; i < w.p->n_cases; i++) write_case(&w, &w.p->cases[i]);
    json_out_end(o);
    json_out_end(o);
done:
    free(w.number);
    return st;
}
