/* A previous plan: where the search starts from, and what it may cost to be placed elsewhere. */
#ifndef PLAATS_PLAN_PREVIOUS_H
#define PLAATS_PLAN_PREVIOUS_H

#include "base/hash.h"
#include "model/model.h"

typedef struct {
    previous_sites sites;
    char stays_sha256[HASH_TEXT_SIZE]; /* of the compact JSON of its `stays`: what its own receipt
                                          says */
    int *site_of;                      /* = sites.site */
    plaats_previous_match match;
} previous_plan; /* all zero: none */

/* Reads `settings->previous`, if there is one. PLAATS_INPUT when it is no plan: each problem was
 * given to `settings->previous_problem`, and the first is in `error`. */
plaats_status previous_read(const plaats_instance *in, const plaats_settings *settings,
                            previous_plan *out, plaats_error *error);
/* As plaats_previous_review says. */
plaats_status previous_review(const plaats_instance *instance, const char *previous, size_t size,
                              plaats_problem_fn problem, void *context,
                              plaats_previous_match *match, plaats_error *error);
void previous_free(previous_plan *previous);

#endif
