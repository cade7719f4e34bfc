/* The members `parts` and `totals`. */
#include "plan/write_parts.h"

#include <stdlib.h>
#include <string.h>

void write_parts(json_out *o, const ledger *l) {
    json_out_object(o, "parts");
#define X(name) json_out_integer(o, #name, l->parts.name);
    COST_PARTS(X)
#undef X
    json_out_end(o);
}

typedef struct {
    const char *kind;
    int64_t persons;
} kind_count;

static int by_kind(const void *a, const void *b) {
    return strcmp(((const kind_count *)a)->kind, ((const kind_count *)b)->kind);
}

/* Persons per kind of site, kinds in byte order, only those where somebody stays. */
static plaats_status write_kinds(json_out *o, const ledger *l, plaats_error *error) {
    const plaats_instance *in = l->model->instance;
    kind_count *counts = zero_alloc((size_t)in->n_sites, sizeof *counts);
    if (counts == NULL) return fail_memory(error);
    for (int j = 0; j < in->n_sites; j++) {
        counts[j].kind = in->sites[j].kind != NULL ? in->sites[j].kind : "";
        counts[j].persons = l->who.persons[j];
    }
    qsort(counts, (size_t)in->n_sites, sizeof *counts, by_kind);
    json_out_object(o, "by_kind");
    for (int i = 0, next; i < in->n_sites; i = next) {
        int64_t persons = 0;
        for (next = i; next < in->n_sites && by_kind(&counts[i], &counts[next]) == 0; next++)
            persons += counts[next].persons;
        if (persons > 0) json_out_integer(o, counts[i].kind, persons);
    }
    json_out_end(o);
    free(counts);
    return PLAATS_OK;
}

plaats_status write_totals(json_out *o, const ledger *l, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    json_out_object(o, "totals");
    json_out_integer(o, "persons", l->persons);
    json_out_integer(o, "households", l->model->instance->n_households);
    json_out_integer(o, "placed", l->placed);
    json_out_integer(o, "unplaced", l->unplaced);
    json_out_integer(o, "moves", l->moves);
    json_out_integer(o, "persons_moved", l->persons_moved);
    json_out_integer(o, "children_moved", l->children_moved);
    json_out_object(o, "person_weeks");
    TRY(write_kinds(o, l, error));
    json_out_integer(o, "durable", l->durable);
    json_out_integer(o, "temporary", l->temporary);
    json_out_end(o);
    json_out_end(o);
done:
    return st;
}
