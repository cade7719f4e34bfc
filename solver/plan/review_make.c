/* Gathers the review, part by part, and the households that fit nowhere. */
#include "plan/review.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* ---- Households that fit nowhere --------------------------------------------------------- */

static plaats_status add_nowhere(review *r, const census *empty, int h, plaats_error *error) {
    if (r->n_nowhere == r->nowhere_room) {
        int room = r->nowhere_room == 0 ? 16 : 2 * r->nowhere_room;
        misplaced *more = realloc(r->nowhere, (size_t)room * sizeof *more);
        if (more == NULL) return fail_memory(error);
        r->nowhere = more;
        r->nowhere_room = room;
    }
    misplaced *m = &r->nowhere[r->n_nowhere++];
    *m = (misplaced){.household = h, .t = empty->t};
    return reasons_in(empty, h, &m->reasons, error);
}

/* Judges a household in each week in which it needs a bed, until one is found where it fits. */
static plaats_status judge_household(review *r, const census *empty, int h, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int first = NONE;
    bool fits = false;
    for (int t = 0; t < r->instance->weeks && !fits; t++) {
        if (!needs_bed(r->instance, &r->instance->households[h], t)) continue;
        if (first == NONE) first = t;
        TRY(reasons_fits_somewhere(&empty[t], h, &fits, error));
    }
    if (first != NONE && !fits) TRY(add_nowhere(r, &empty[first], h, error));
done:
    return st;
}

static plaats_status find_nowhere(review *r, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const plaats_instance *in = r->instance;
    census *empty = NULL; /* per planned week, a country without people */
    TRY_ALLOC(empty = zero_alloc((size_t)in->weeks, sizeof *empty));
    for (int t = 0; t < in->weeks; t++) TRY(census_take(in, t, NULL, &empty[t], error));
    for (int h = 0; h < in->n_households; h++) TRY(judge_household(r, empty, h, error));
done:
    for (int t = 0; empty != NULL && t < in->weeks; t++) census_free(&empty[t]);
    free(empty);
    return st;
}

/* ---- The whole --------------------------------------------------------------------------- */

/* All but the households that fit nowhere, which have a list of their own. */
static plaats_status gather_notes(review *r, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    TRY(review_tags(r, error));
    TRY(review_idle(r, error));
    TRY(review_alike(r, error));
    TRY(review_people(r, error));
    TRY(review_positions(r, error));
    TRY(review_beds(r, error));
    TRY(review_room(r, error));
    TRY(review_sites(r, error));
    TRY(review_prices(r, error));
    if (r->notes.failed) TRY(fail_memory(error));
done:
    return st;
}

plaats_status review_make(const plaats_instance *in, review *out, plaats_error *error) {
    assert(in != NULL && out != NULL);
    plaats_status st = PLAATS_OK;
    memset(out, 0, sizeof *out);
    out->instance = in;
    TRY(gather_notes(out, error));
    TRY(find_nowhere(out, error));
done:
    if (st != PLAATS_OK) review_free(out);
    return st;
}

plaats_status review_count_notes(const plaats_instance *in, int64_t *notes, plaats_error *error) {
    review r = {.instance = in};
    plaats_status st = gather_notes(&r, error);
    *notes = st == PLAATS_OK ? r.notes.n : 0;
    review_free(&r);
    return st;
}

void review_free(review *r) {
    for (int i = 0; i < r->n_nowhere; i++) free(r->nowhere[i].reasons.at);
    for (int i = 0; r->tags != NULL && i < r->instance->n_tags; i++)
        texts_free(&r->tags[i].used_by);
    free(r->nowhere);
    free(r->tags);
    for (int t = 0; r->beds != NULL && t < r->instance->weeks; t++) free(r->beds[t].groups);
    free(r->beds);
    note_list_free(&r->notes);
    memset(r, 0, sizeof *r);
}
