/* What a planner should know of a sound instance, gathered; review.c writes it. */
#ifndef PLAATS_PLAN_REVIEW_H
#define PLAATS_PLAN_REVIEW_H

#include "base/buffer.h"
#include "plan/reasons.h"
#include "plan/review_list.h"

/* People of one kind in a week, and what may take them. */
typedef struct {
    const char *tag, *need; /* which of them: persons that carry it, or need it */
    int64_t people;         /* who need a bed */
    int64_t beds;           /* usable at open sites that may take them; for a service with limited
                               places no more than these */
} group_beds;

typedef struct {
    int64_t people;      /* who need a bed in the week */
    int64_t usable_beds; /* at open sites */
    int n_groups;
    group_beds *groups; /* tags and services to which not every bed is open */
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
    bool asks_sites;        /* some rule looks for sites that carry it */
    bool asks_persons;      /* some rule looks for persons that carry it */
    texts used_by;          /* rules */
} tag_use;

typedef struct {
    const plaats_instance *instance;
    week_beds *beds; /* per planned week */
    int n_nowhere, nowhere_room;
    misplaced *nowhere;
    note_list notes;
    tag_use *tags; /* per tag of the instance */
} review;

/* As plaats_instance_review says. */
plaats_status review_instance(const plaats_instance *instance, plaats_form form,
                              plaats_write_fn write, void *context, plaats_error *error);
plaats_status review_make(const plaats_instance *in, review *out, plaats_error *error);
/* How many notes review_make would have. */
plaats_status review_count_notes(const plaats_instance *in, int64_t *notes, plaats_error *error);
void review_free(review *r);

/* Parts of it, each in a file of its own. Beds against people; tags and who uses them: */
plaats_status review_beds(review *r, plaats_error *error);
plaats_status review_tags(review *r, plaats_error *error);
/* Notes: what touches nothing, slips in names, people, coordinates, sites over the weeks, what is
 * sent there beyond its room, and prices. */
plaats_status review_idle(review *r, plaats_error *error);
plaats_status review_alike(review *r, plaats_error *error);
plaats_status review_people(review *r, plaats_error *error);
plaats_status review_positions(review *r, plaats_error *error);
plaats_status review_sites(review *r, plaats_error *error);
plaats_status review_room(review *r, plaats_error *error);
plaats_status review_prices(review *r, plaats_error *error);

/* Where a tag or service is written first. */
note_place review_place_of_tag(const plaats_instance *in, int tag);
note_place review_place_of_service(const plaats_instance *in, int service);

#endif
