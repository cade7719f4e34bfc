/* The rules of eligible.h in groups, for those who need to tell them apart. Private to this room.
 * Each function gives the reasons that exclude a household from a site in week w. */
#ifndef PLAATS_INSTANCE_EXCLUSIONS_H
#define PLAATS_INSTANCE_EXCLUSIONS_H

#include "instance/eligible.h"

/* Admits and refuses. */
reason_set eligible_excluded_by_tags(const plaats_instance *in, const household *h, const site *s);
/* Those of `limits` that hold. */
reason_set eligible_excluded_by_limits(const plaats_instance *in, const near_limits *limits,
                                       int site, week w);
/* A service not listed, admits, refuses, near limits: what `residents_may_stay` forgives. */
reason_set eligible_excluded_by_fit(const plaats_instance *in, const household *h, int site,
                                    week w);
/* Pin, bans and `no_move_before`. */
reason_set eligible_excluded_by_orders(const plaats_instance *in, const household *h, int site,
                                       week w);
/* `max_km` of the journey from where it was. */
reason_set eligible_excluded_by_journey(const plaats_instance *in, const household *h, int site,
                                        came_from from);
/* Of those who were not there the week before. */
reason_set eligible_excluded_by_min_stay(const plaats_instance *in, const site *s, bool was_here,
                                         week w);

#endif
