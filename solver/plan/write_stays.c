/* The members `stays`, `unplaced` and `keep`, and the reasons. */
#include "plan/write_parts.h"

#include <assert.h>
#include <stdlib.h>

/* What runs of stays and of unplaced weeks have in common; one week is planned, so a run is one. */
static void write_run(json_out *o, const ledger *l, const ledger_entry *e) {
    const plaats_instance *in = l->model->instance;
    write_week(o, "from", in->first);
    json_out_integer(o, "weeks", 1);
    json_out_integer(o, "persons", in->households[e->household].people.n);
}

void write_stays(json_out *o, const char *key, const ledger *l) {
    const plaats_instance *in = l->model->instance;
    json_out_array(o, key);
    for (int i = 0; i < l->n_entries; i++) {
        const ledger_entry *e = &l->entries[i];
        if (e->site == NONE) continue;
        json_out_object_row(o, NULL);
        json_out_string(o, "household", in->households[e->household].id);
        json_out_string(o, "site", in->sites[e->site].id);
        write_run(o, l, e);
        json_out_bool(o, "moved", e->moved);
        if (e->km == NONE)
            json_out_null(o, "km");
        else
            json_out_integer(o, "km", e->km);
        json_out_integer(o, "points", e->points);
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

void write_reasons(json_out *o, const reason_list *reasons) {
    json_out_array(o, "reasons");
    for (int i = 0; i < reasons->n; i++) {
        const told_reason *r = &reasons->at[i].told;
        json_out_object_row(o, NULL);
        json_out_string(o, "code", r->code);
        if (r->what != NULL) json_out_string(o, "what", r->what);
        json_out_integer(o, "sites", r->sites);
        if (r->because != NULL) json_out_string(o, "because", r->because);
        json_out_end(o);
    }
    json_out_end(o);
}

plaats_status write_unplaced(json_out *o, const ledger *l, int64_t *beside_beds,
                             plaats_error *error) {
    assert(beside_beds != NULL);
    plaats_status st = PLAATS_OK;
    reason_list reasons = {0};
    *beside_beds = 0;
    json_out_array(o, "unplaced");
    for (int i = 0; i < l->n_entries; i++) {
        const ledger_entry *e = &l->entries[i];
        if (e->site != NONE) continue;
        TRY(reasons_in(&l->who, e->household, &reasons, error));
        if (reasons.sites_with_room > 0)
            *beside_beds += l->model->instance->households[e->household].people.n;
        json_out_object_row(o, NULL);
        json_out_string(o, "household", l->model->instance->households[e->household].id);
        write_run(o, l, e);
        json_out_integer(o, "points", e->points);
        write_reasons(o, &reasons);
        json_out_end(o);
        free(reasons.at);
        reasons.at = NULL;
    }
    json_out_end(o);
done:
    return st;
}
