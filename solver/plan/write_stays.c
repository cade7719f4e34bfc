/* `stays`, `unplaced` and what is kept to, as JSON. */
#include "plan/write_parts.h"

static void write_run(json_out *o, const char *from, int64_t weeks, int64_t persons) {
    json_out_string(o, "from", from);
    json_out_integer(o, "weeks", weeks);
    json_out_integer(o, "persons", persons);
}

void write_stays(json_out *o, const char *key, const plaats_plan *plan) {
    json_out_array(o, key);
    for (size_t i = 0; i < plan->n_stays; i++) {
        const plaats_stay *s = &plan->stays[i];
        json_out_object_row(o, NULL);
        json_out_string(o, "household", s->household);
        json_out_string(o, "site", s->site);
        write_run(o, s->from, s->weeks, s->persons);
        json_out_bool(o, "moved", s->moved);
        if (s->km == NONE)
            json_out_null(o, "km");
        else
            json_out_integer(o, "km", s->km);
        json_out_integer(o, "points", s->points);
        json_out_end(o);
    }
    json_out_end(o);
}

void write_keep(json_out *o, const ledger *l, int64_t points) {
    const plaats_instance *in = l->model->instance;
    const previous_sites *previous = &l->model->previous;
    json_out_object(o, "keep");
    json_out_integer(o, "points", points);
    json_out_array(o, "stays");
    for (int i = 0; i < l->n_entries; i++) {
        int h = l->entries[i].household;
        if (previous->keep_points == 0 || previous->site[h] == NONE) continue;
        json_out_object_row(o, NULL);
        json_out_string(o, "household", in->households[h].id);
        json_out_string(o, "site", in->sites[previous->site[h]].id);
        write_week(o, "from", in->first);
        json_out_integer(o, "weeks", 1);
        json_out_end(o);
    }
    json_out_end(o);
    json_out_end(o);
}

static void write_reason(json_out *o, const plaats_reason *r) {
    json_out_object_row(o, NULL);
    json_out_string(o, "code", r->code);
    if (r->what != NULL) json_out_string(o, "what", r->what);
    json_out_integer(o, "sites", r->sites);
    if (r->because != NULL) json_out_string(o, "because", r->because);
    json_out_end(o);
}

void write_reasons(json_out *o, const reason_list *reasons) {
    json_out_array(o, "reasons");
    for (int i = 0; i < reasons->n; i++) {
        const told_reason *r = &reasons->at[i].told;
        plaats_reason row = {r->code, r->what, r->because, r->sites};
        write_reason(o, &row);
    }
    json_out_end(o);
}

void write_unplaced(json_out *o, const plaats_plan *plan) {
    json_out_array(o, "unplaced");
    for (size_t i = 0; i < plan->n_unplaced; i++) {
        const plaats_unplaced *u = &plan->unplaced[i];
        json_out_object_row(o, NULL);
        json_out_string(o, "household", u->household);
        write_run(o, u->from, u->weeks, u->persons);
        json_out_integer(o, "points", u->points);
        json_out_array(o, "reasons");
        for (size_t k = 0; k < u->n_reasons; k++) write_reason(o, &u->reasons[k]);
        json_out_end(o);
        json_out_end(o);
    }
    json_out_end(o);
}
