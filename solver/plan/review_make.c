#include "plan/review.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void texts_add(texts *t, const char *format, ...) {
    if (t->failed) return;
    if (t->n == t->room) {
        int room = t->room == 0 ? 8 : 2 * t->room;
        char **more = realloc(t->at, (size_t)room * sizeof *more);
        if (more == NULL) {
            t->failed = true;
            return;
        }
        t->at = more;
        t->room = room;
    }
    va_list list, again;
    va_start(list, format);
    va_copy(again, list);
    int size = vsnprintf(NULL, 0, format, list);
    char *text = size < 0 ? NULL : malloc((size_t)size + 1);
    if (text != NULL) {
        vsnprintf(text, (size_t)size + 1, format, again);
        t->at[t->n++] = text;
    } else {
        t->failed = true;
    }
    va_end(again);
    va_end(list);
}

void texts_free(texts *t) {
    for (int i = 0; i < t->n; i++) free(t->at[i]);
    free(t->at);
    memset(t, 0, sizeof *t);
}

static void count_beds(const plaats_instance *in, week_beds *beds) {
    for (int t = 0; t < in->weeks; t++) {
        week w = in->first + t;
        for (int h = 0; h < in->n_households; h++)
            if (needs_bed(in, &in->households[h], t)) beds[t].people += in->households[h].people.n;
        for (int j = 0; j < in->n_sites; j++)
            if (site_open(&in->sites[j], w)) beds[t].usable_beds += usable_beds(&in->sites[j], w);
    }
}

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
        TRY(fits_somewhere(&empty[t], h, &fits, error));
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

plaats_status review_make(const plaats_instance *in, review *out, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    memset(out, 0, sizeof *out);
    out->instance = in;
    TRY_ALLOC(out->beds = zero_alloc((size_t)in->weeks, sizeof *out->beds));
    count_beds(in, out->beds);
    TRY(find_nowhere(out, error));
    TRY(review_tags(out, error));
    TRY(review_notes(out, error));
done:
    if (st != PLAATS_OK) review_free(out);
    return st;
}

void review_free(review *r) {
    for (int i = 0; i < r->n_nowhere; i++) free(r->nowhere[i].reasons.at);
    for (int i = 0; r->tags != NULL && i < r->instance->n_tags; i++)
        texts_free(&r->tags[i].used_by);
    free(r->nowhere);
    free(r->tags);
    free(r->beds);
    texts_free(&r->notes);
    memset(r, 0, sizeof *r);
}
