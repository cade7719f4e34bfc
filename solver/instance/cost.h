/* What a week at a site costs a household, in points, part by part; formulas as in
 * instances/FORMAT.md ("What a week costs"). */
#ifndef PLAATS_INSTANCE_COST_H
#define PLAATS_INSTANCE_COST_H

#include "base/checked.h"
#include "instance/eligible.h"

typedef struct {
    int64_t stay, near, wishes, misfit, overstay, move, school_move, km; /* wishes: negative when
                                                                            points are taken off */
} stay_cost;

/* The household may go there (eligible says so). `misfit` as eligible gave it. */
stay_cost cost_of_stay(const plaats_instance *in, int household, int site, int t, came_from from,
                       bool misfit);
int64_t stay_cost_total(const stay_cost *c);

/* U: points for one unplaced person-week of priority 1. `kept`: what it would cost to keep to no
 * stay of a previous plan; below 2^100. PLAATS_INPUT, with a message that names
 * what makes it so large, when the sum over households of n * priority * weeks * U, plus U, reaches
 * 2^63. `error` gets no place. */
plaats_status unplaced_points(const plaats_instance *in, int128 kept, int64_t *points,
                              plaats_error *error);

#endif
