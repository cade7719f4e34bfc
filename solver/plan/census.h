/* Who is where in one planned week, and what that takes of every site and quota. Made from the
 * instance alone, so that reasons and reviews need no model. */
#ifndef PLAATS_PLAN_CENSUS_H
#define PLAATS_PLAN_CENSUS_H

#include "instance/eligible.h"

typedef struct {
    const plaats_instance *instance;
    int t;                    /* planned week, 0 for the first */
    week when;                /* the same as a week */
    const int *site_of;       /* per household: instance site, or NONE */
    const int *group_of;      /* per household: index in `together`, or NONE */
    const int64_t *persons;   /* per site */
    const int *first_service; /* per site: where its services begin in `served` */
    const int64_t *served;    /* per service that a site lists, in its order: persons needing it */
    const int64_t *counted;   /* per quota: persons that count at its sites */
    const bool *covers;       /* per quota and site: quota * n_sites + site */
    const int *first_apart;   /* per household: where its groups begin in `apart_of` */
    const int *apart_of;      /* indices in `apart`, of groups in force in the week */
    arena memory;
} census;

/* `site_of`: per household an instance site or NONE, copied; NULL: an empty country. */
plaats_status census_take(const plaats_instance *in, int t, const int *site_of, census *out,
                          plaats_error *error);
void census_free(census *who);

/* Whether quota `i` of the instance covers site `j`. */
static inline bool census_covers(const census *who, int i, int j) {
    return who->covers[(size_t)i * (size_t)who->instance->n_sites + (size_t)j];
}
/* Limits of a quota in force in the week, or STEP_NULL. */
int64_t census_quota_max(const quota *q, week when);
int64_t census_quota_min(const quota *q, week when);
/* Persons over the max and under the min of quota `i` in the week. */
int64_t census_outside(const census *who, int i);

#endif
