/* The largest runs, the reasons by weight, and the line of each. */
#include "text/told.h"

#include "text/message.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN_BYTES = 256 };

/* What somebody wrote, made fit to be shown. */
static void show(buffer *b, const char *text) {
    message_add_text(b, text, strlen(text), SHOWN_BYTES);
}

static void show_quoted(buffer *b, const char *text) {
    buffer_text(b, "'");
    show(b, text);
    buffer_text(b, "'");
}

void told_add_site(told_reason *r, const char *site) {
    assert(r->sites >= 0 && site != NULL);
    if (r->sites < TOLD_SITES) r->first[r->sites] = site;
    r->sites++;
}

/* ---- Which households -------------------------------------------------------------------- */

void told_take(told_runs *runs, int household, int t, int64_t persons) {
    assert(runs->n >= 0 && runs->n <= TOLD_HOUSEHOLDS);
    int at = runs->n;
    while (at > 0 && runs->at[at - 1].persons < persons) at--;
    if (runs->n == TOLD_HOUSEHOLDS)
        runs->more++;
    else
        runs->n++;
    if (at == TOLD_HOUSEHOLDS) return;
    memmove(&runs->at[at + 1], &runs->at[at], (size_t)(runs->n - 1 - at) * sizeof *runs->at);
    runs->at[at] = (told_run){household, t, persons};
}

/* ---- Reasons ----------------------------------------------------------------------------- */

/* Reasons equal in both stand by code and name. */
static int by_weight(const void *a, const void *b) {
    const told_reason *x = a, *y = b;
    if (x->in_this_plan != y->in_this_plan) return x->in_this_plan ? -1 : 1;
    if (x->sites != y->sites) return x->sites > y->sites ? -1 : 1;
    int order = strcmp(x->code, y->code);
    if (order != 0 || x->what == NULL || y->what == NULL) return order;
    return strcmp(x->what, y->what);
}

static void tell_reason(buffer *b, const told_reason *r) {
    int shown = r->sites < TOLD_SITES ? r->sites : TOLD_SITES;
    buffer_text(b, r->code);
    if (r->what != NULL) {
        buffer_text(b, " ");
        show_quoted(b, r->what);
    }
    buffer_text(b, strcmp(r->code, "cost") == 0 ? " (there is room) at " : " at ");
    for (int i = 0; i < shown; i++) {
        if (i > 0) buffer_text(b, ", ");
        show_quoted(b, r->first[i]);
    }
    if (r->sites > shown) buffer_format(b, " and %d more", r->sites - shown);
    if (r->because == NULL) return;
    buffer_text(b, " (");
    show(b, r->because);
    buffer_text(b, ")");
}

void told_line(buffer *b, const char *household, int64_t persons, const char *week, int n,
               told_reason *reasons) {
    assert(household != NULL && (n == 0 || reasons != NULL));
    int shown = n < TOLD_REASONS ? n : TOLD_REASONS;
    if (n > 1) qsort(reasons, (size_t)n, sizeof *reasons, by_weight);
    show_quoted(b, household);
    buffer_format(b, " (%lld %s", (long long)persons, persons == 1 ? "person" : "people");
    if (week != NULL) buffer_format(b, ", from %s", week);
    buffer_text(b, n == 0 ? "): there are no sites" : "): ");
    for (int i = 0; i < shown; i++) {
        if (i > 0) buffer_text(b, "; ");
        tell_reason(b, &reasons[i]);
    }
    if (n > shown) buffer_format(b, "; and %d more", n - shown);
    buffer_text(b, "\n");
}
