/* What a planner should know of a sound instance, gathered; review.c writes it. */
#ifndef PLAATS_PLAN_REVIEW_H
#define PLAATS_PLAN_REVIEW_H

#include "base/buffer.h"
#include "plan/reasons.h"

/* A growing list of sentences. */
typedef struct {
    int n, room;
    char **at;
    bool failed; /* out of memory: later additions do nothing */
} texts;

void texts_add(texts *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
void texts_free(texts *t);
/* What one of n things and several differ in. */
static inline const char *plural(int64_t n) {
    return n == 1 ? "" : "s";
}

typedef struct {
    int64_t people;      /* who need a bed in the week */
    int64_t usable_beds; /* at open sites */
} week_beds;

/* A household that nothing places in any planned week in which it needs a bed. */
typedef struct {
    int household;
    int t;               /* the first of these weeks: that of the reasons */
    reason_list reasons; /* in an empty country */
} misplaced;

typedef struct {
    const char *tag;
    int64_t persons, sites; /* that carry it */
    texts used_by;          /* rules */
} tag_use;

typedef struct {
    const plaats_instance *instance;
    week_beds *beds; /* per planned week */
    int n_nowhere, nowhere_room;
    misplaced *nowhere;
    texts notes;
    tag_use *tags; /* per tag of the instance */
} review;

plaats_status review_make(const plaats_instance *in, review *out, plaats_error *error);
void review_free(review *r);

/* Parts of it, each in a file of its own: what touches nothing, and who uses which tag. */
plaats_status review_notes(review *r, plaats_error *error);
plaats_status review_tags(review *r, plaats_error *error);

#endif
