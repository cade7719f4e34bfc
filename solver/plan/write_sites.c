/* `sites` and `quotas`, as JSON. */
#include "plan/write_parts.h"

static void write_services(json_out *o, const census *who, int j) {
    const plaats_instance *in = who->instance;
    const site *s = &in->sites[j];
    const int64_t *served = &who->served[who->first_service[j]];
    json_out_object(o, "services");
    for (int i = 0; i < s->n_services; i++)
        json_out_integer(o, in->services[s->services[i].service], served[i]);
    json_out_end(o);
}

static void write_site(json_out *o, const census *who, int j, const plaats_site_week *row) {
    json_out_object_row(o, NULL);
    json_out_string(o, "id", row->site);
    json_out_array(o, "weeks");
    json_out_object(o, NULL);
    json_out_string(o, "week", row->week);
    json_out_integer(o, "beds", row->beds);
    json_out_integer(o, "taken", row->taken);
    write_services(o, who, j);
    json_out_integer(o, "bed_price", row->bed_price);
    json_out_end(o);
    json_out_end(o);
    json_out_end(o);
}

void write_sites(json_out *o, const ledger *l, const plaats_plan *plan) {
    json_out_array(o, "sites");
    for (size_t j = 0; j < plan->n_sites; j++) write_site(o, &l->who, (int)j, &plan->sites[j]);
    json_out_end(o);
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
