/* The parts of cost.h that are made site by site, for those who sum them otherwise. Private to this
 * room. */
#ifndef PLAATS_INSTANCE_POINTS_H
#define PLAATS_INSTANCE_POINTS_H

#include "instance/cost.h"

/* What the household pays at any site that is so durable. */
int64_t cost_stay_points(const plaats_instance *in, const household *h, int durable);
/* What is taken off at site j. */
int64_t cost_wish_points(const plaats_instance *in, const wish *wanted, int j);
/* What moving to another site costs, wherever it is; nothing for those who come from none. */
void cost_add_move_points(const plaats_instance *in, const household *h, came_from from, week w,
                          stay_cost *c);

#endif
