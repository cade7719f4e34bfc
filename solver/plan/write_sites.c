/* The members `sites` and `quotas`: how full everything is, and what a bed is worth. */
#include "base/checked.h"
#include "plan/write_parts.h"

#include <assert.h>
#include <stdlib.h>

/* pi / scale, rounded half up. */
static int64_t price_in_points(int64_t price, int64_t scale) {
    assert(price >= 0 && scale >= 1);
    return (int64_t)(((int128)2 * price + scale) / ((int128)2 * scale));
}

/* Per instance site the price of a bed, in points, in the case that the plan is in; 0 where the
 * site has no row with one. */
static void find_bed_prices(const model *m, const engine_result *result, int64_t *prices) {
    const proof_case *own = proof_case_of(&result->proof, m, result->at);
    for (int i = 0; i < own->n_prices; i++) {
        int32_t row = own->prices[i].row;
        const model_row *of = row < m->n_rows ? &m->rows[row] : NULL;
        if (of != NULL && (of->kind == ROW_BEDS || of->kind == ROW_OPEN))
            prices[m->sites[of->site]] = price_in_points(own->prices[i].price, result->proof.scale);
    }
}

static void write_services(json_out *o, const census *who, int j) {
    const plaats_instance *in = who->instance;
    const site *s = &in->sites[j];
    const int64_t *served = &who->served[who->first_service[j]];
    json_out_object(o, "services");
    for (int i = 0; i < s->n_services; i++)
        json_out_integer(o, in->services[s->services[i].service], served[i]);
    json_out_end(o);
}

static void write_site(json_out *o, const census *who, int j, int64_t bed_price) {
    const site *s = &who->instance->sites[j];
    json_out_object_row(o, NULL);
    json_out_string(o, "id", s->id);
    json_out_array(o, "weeks");
    json_out_object(o, NULL);
    write_week(o, "week", who->when);
    json_out_integer(o, "beds", site_open(s, who->when) ? site_usable_beds(s, who->when) : 0);
    json_out_integer(o, "taken", who->persons[j]);
    write_services(o, who, j);
    json_out_integer(o, "bed_price", bed_price);
    json_out_end(o);
    json_out_end(o);
    json_out_end(o);
}

plaats_status write_sites(json_out *o, const ledger *l, const engine_result *result,
                          plaats_error *error) {
    const plaats_instance *in = l->model->instance;
    int64_t *prices = zero_alloc((size_t)in->n_sites, sizeof *prices);
    if (prices == NULL) return fail_memory(error);
    find_bed_prices(l->model, result, prices);
    json_out_array(o, "sites");
    for (int j = 0; j < in->n_sites; j++) write_site(o, &l->who, j, prices[j]);
    json_out_end(o);
    free(prices);
    return PLAATS_OK;
}

void write_quotas(json_out *o, const ledger *l) {
    const plaats_instance *in = l->model->instance;
    json_out_array(o, "quotas");
    for (int i = 0; i < in->n_quotas; i++) {
        json_out_object_row(o, NULL);
        json_out_string(o, "id", in->quotas[i].id);
        json_out_array(o, "weeks");
        json_out_object(o, NULL);
        write_week(o, "week", l->who.when);
        json_out_integer(o, "persons", l->who.counted[i]);
        json_out_integer(o, "outside", census_outside(&l->who, i));
        json_out_end(o);
        json_out_end(o);
        json_out_end(o);
    }
    json_out_end(o);
}
