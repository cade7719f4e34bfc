#include "plan/write_parts.h"

#include <assert.h>

/* The name of a row: what anyone can find in the instance without the model. */
static void write_row(json_out *o, const model *m, const model_row *r) {
    static const char *const kinds[] = {
        [ROW_BEDS] = "beds", [ROW_SERVICE] = "service", [ROW_APART] = "apart",
        [ROW_MAX] = "max",   [ROW_MIN] = "min",         [ROW_OPEN] = "open"};
    const plaats_instance *in = m->instance;
    out_array(o, NULL);
    out_string(o, NULL, kinds[r->kind]);
    if (r->kind == ROW_APART) out_integer(o, NULL, r->item);
    if (r->kind == ROW_MAX || r->kind == ROW_MIN) out_string(o, NULL, in->quotas[r->item].id);
    if (r->site != NONE) out_string(o, NULL, in->sites[m->sites[r->site]].id);
    if (r->kind == ROW_SERVICE) out_string(o, NULL, in->services[r->item]);
    out_week(o, NULL, in->first + r->week);
    out_end(o);
}

/* One case without decisions: a price for every row that has one. */
void write_proof(json_out *o, const model *m, const engine_result *result) {
    out_object(o, "proof");
    out_integer(o, "scale", result->scale);
    out_integer(o, "bound", result->proof_bound);
    out_array_row(o, "cuts");
    out_end(o);
    out_array(o, "cases");
    out_object(o, NULL);
    out_array_row(o, "given");
    out_end(o);
    out_array(o, "prices");
    for (int r = 0; r < m->n_rows; r++) {
        assert(result->prices[r] >= 0);
        if (result->prices[r] == 0) continue;
        out_array_row(o, NULL);
        write_row(o, m, &m->rows[r]);
        out_integer(o, NULL, result->prices[r]);
        out_end(o);
    }
    out_end(o);
    out_end(o);
    out_end(o);
    out_end(o);
}
