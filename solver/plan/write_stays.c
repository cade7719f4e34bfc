#include "plan/write_parts.h"

#include <stdlib.h>

/* What runs of stays and of unplaced weeks have in common; one week is planned, so a run is one. */
static void write_run(json_out *o, const ledger *l, const ledger_entry *e) {
    const plaats_instance *in = l->model->instance;
    out_week(o, "from", in->first);
    out_integer(o, "weeks", 1);
    out_integer(o, "persons", in->households[e->household].people.n);
}

void write_stays(json_out *o, const char *key, const ledger *l) {
    const plaats_instance *in = l->model->instance;
    out_array(o, key);
    for (int i = 0; i < l->n_entries; i++) {
        const ledger_entry *e = &l->entries[i];
        if (e->site == NONE) continue;
        out_object_row(o, NULL);
        out_string(o, "household", in->households[e->household].id);
        out_string(o, "site", in->sites[e->site].id);
        write_run(o, l, e);
        out_bool(o, "moved", e->moved);
        if (e->km == NONE)
            out_null(o, "km");
        else
            out_integer(o, "km", e->km);
        out_integer(o, "points", e->points);
        out_end(o);
    }
    out_end(o);
}

void write_keep(json_out *o, const ledger *l, int64_t points) {
    const plaats_instance *in = l->model->instance;
    const previous_sites *previous = &l->model->previous;
    out_object(o, "keep");
    out_integer(o, "points", points);
    out_array(o, "stays");
    for (int i = 0; i < l->n_entries; i++) {
        int h = l->entries[i].household;
        if (previous->keep_points == 0 || previous->site[h] == NONE) continue;
        out_object_row(o, NULL);
        out_string(o, "household", in->households[h].id);
        out_string(o, "site", in->sites[previous->site[h]].id);
        out_week(o, "from", in->first);
        out_integer(o, "weeks", 1);
        out_end(o);
    }
    out_end(o);
    out_end(o);
}

void write_reasons(json_out *o, const reason_list *reasons) {
    out_array(o, "reasons");
    for (int i = 0; i < reasons->n; i++) {
        const told_reason *r = &reasons->at[i].told;
        out_object_row(o, NULL);
        out_string(o, "code", r->code);
        if (r->what != NULL) out_string(o, "what", r->what);
        out_integer(o, "sites", r->sites);
        if (r->because != NULL) out_string(o, "because", r->because);
        out_end(o);
    }
    out_end(o);
}

plaats_status write_unplaced(json_out *o, const ledger *l, int64_t *beside_beds,
                             plaats_error *error) {
    plaats_status st = PLAATS_OK;
    reason_list reasons = {0};
    *beside_beds = 0;
    out_array(o, "unplaced");
    for (int i = 0; i < l->n_entries; i++) {
        const ledger_entry *e = &l->entries[i];
        if (e->site != NONE) continue;
        TRY(reasons_in(&l->who, e->household, &reasons, error));
        if (reasons.sites_with_room > 0)
            *beside_beds += l->model->instance->households[e->household].people.n;
        out_object_row(o, NULL);
        out_string(o, "household", l->model->instance->households[e->household].id);
        write_run(o, l, e);
        out_integer(o, "points", e->points);
        write_reasons(o, &reasons);
        out_end(o);
        free(reasons.at);
        reasons.at = NULL;
    }
    out_end(o);
done:
    return st;
}
