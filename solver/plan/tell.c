/* Lines on the largest households without a bed. */
#include "plan/tell.h"

#include "plan/reasons.h"

#include <assert.h>
#include <stdlib.h>

static plaats_status tell_run(const ledger *l, const told_run *run, buffer *out,
                              plaats_error *error) {
    plaats_status st = PLAATS_OK;
    reason_list list = {0};
    told_reason *reasons = NULL;
    TRY(reasons_in(&l->who, run->household, &list, error));
    TRY_ALLOC(reasons = zero_alloc((size_t)list.n, sizeof *reasons));
    for (int i = 0; i < list.n; i++) reasons[i] = list.at[i].told;
    told_line(out, l->model->instance->households[run->household].id, run->persons, NULL, list.n,
              reasons);
done:
    free(reasons);
    free(list.at);
    return st;
}

plaats_status tell_unplaced(const ledger *l, buffer *out, plaats_error *error) {
    assert(l != NULL && out != NULL);
    plaats_status st = PLAATS_OK;
    const plaats_instance *in = l->model->instance;
    told_runs runs = {0};
    for (int i = 0; i < l->n_entries; i++) {
        int h = l->entries[i].household;
        if (l->entries[i].site == NONE) told_take(&runs, h, 0, in->households[h].people.n);
    }
    for (int i = 0; i < runs.n; i++) TRY(tell_run(l, &runs.at[i], out, error));
    if (runs.more > 0)
        buffer_format(out, "and %d more households, all in the plan under 'unplaced'\n", runs.more);
    if (out->failed) TRY(fail_memory(error));
done:
    return st;
}
