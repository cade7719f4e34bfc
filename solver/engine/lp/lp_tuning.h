/* Numbers that tune how GLPK is led. */
#ifndef PLAATS_ENGINE_LP_LP_TUNING_H
#define PLAATS_ENGINE_LP_LP_TUNING_H

#include "base/tuning.h"

/* Time between GLPK's messages inside a simplex run, its only heartbeat, where a stop can be seen.
 * Unit: milliseconds. Not measured. */
#define LP_HEARTBEAT TUNED("LP_HEARTBEAT", 50)

/* Times that a program is solved from the beginning, another way each time, before it has failed.
 * As many as there are ways (solve_on). Unit: tries. */
#define LP_TRIES 3

/* Iterations after which the simplex method is taken to go round in circles among equal points:
 * so many for each row and column, and so many more. Unit: iterations. Not
 * measured. */
#define LP_CIRCLE_EACH TUNED("LP_CIRCLE_EACH", 20)
#define LP_CIRCLE_MORE TUNED("LP_CIRCLE_MORE", 5000)

/* GLPK looks at its own limits between nodes; so long after its deadline it is left by force.
 * Unit: seconds. Not measured. */
#define LP_GRACE TUNED("LP_GRACE", 0.2)

/* Time between two looks at the bound of a tree, which takes a pass over its open nodes. Unit:
 * seconds. Not measured. */
#define LP_BOUND_EVERY TUNED("LP_BOUND_EVERY", 0.02)

#endif
