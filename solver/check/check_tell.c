/* Who has no bed and why, for people who read the report. */
#include "check/check.h"

#include <assert.h>
#include <stdlib.h>

static void take_household(const check *c, int h, told_runs *runs) {
    for (int t = 0; t < c->in->weeks; t++) {
        int weeks = check_run_length(c, h, t);
        if (weeks > 0) told_take(runs, h, t, c->facts.families[h].persons);
        t += weeks;
    }
}

static void tell_run(const check *c, const told_run *run, reasoning *why, told_reason *reasons,
                     buffer *out) {
    char when[WEEK_TEXT_SIZE];
    week_format(week_of(&c->facts, run->t), when);
    check_count_reasons(c, run->household, run->t, why);
    for (int i = 0; i < why->n; i++) reasons[i] = why->rows[i].told;
    told_line(out, c->in->households[run->household].id, run->persons,
              c->in->weeks > 1 ? when : NULL, why->n, reasons);
}

plaats_status check_tell(const check *c, const char *head, buffer *out) {
    assert(c->whole && head != NULL);
    plaats_status st = PLAATS_OK;
    plaats_error *error = c->error;
    told_runs runs = {0};
    told_reason *reasons = NULL;
    reasoning why = {0};
    TRY(check_reasoning_make(c, &why));
    TRY_ALLOC(reasons = zero_alloc((size_t)why.room, sizeof *reasons));
    for (int i = 0; i < c->facts.households.n; i++)
        take_household(c, c->facts.households.at[i].index, &runs);
    for (int i = 0; i < runs.n; i++) {
        buffer_text(out, head);
        tell_run(c, &runs.at[i], &why, reasons, out);
    }
    if (runs.more > 0) buffer_format(out, "%sand %d more households\n", head, runs.more);
done:
    free(reasons);
    check_reasoning_free(&why);
    return st;
}
