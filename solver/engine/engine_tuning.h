/* The numbers of the driver (base/tuning.h says what such numbers are). None was measured by itself
 * before bench chapter `tuning` did. */
#ifndef PLAATS_ENGINE_TUNING_H
#define PLAATS_ENGINE_TUNING_H

#include "base/tuning.h"

/* Sites per unit that search looks at, at least; those that lose next to nothing come on top. Unit:
 * sites. Fewer miss exchanges, more cost time and memory in large weeks. */
#define ENGINE_SHORTLIST TUNED("ENGINE_SHORTLIST", 14)

/* Units from which on a plan is made from rough prices too: below, good prices are there sooner
 * than a clock could strike. Unit: units. */
#define ENGINE_MANY_UNITS TUNED("ENGINE_MANY_UNITS", 10000)

/* ---- The evidence (evidence.c) ------------------------------------------------------------- */

/* Options of all units up to which GLPK is tried with the whole week at last. Unit:
 * options. */
#define ENGINE_SMALL_OPTIONS TUNED("ENGINE_SMALL_OPTIONS", 3000)

/* Nodes of branch and cut before other methods get their turn in such a week. Unit: nodes. */
#define ENGINE_SMALL_NODES TUNED("ENGINE_SMALL_NODES", 1000)

/* Nodes of branch and price where branch and cut came to no end. Unit: nodes. */
#define ENGINE_PATTERN_NODES TUNED("ENGINE_PATTERN_NODES", 4000)

/* Prices of the evidence are whole numbers over a scale: at most this, and a power of ten less
 * where points are so large that scale times points times the factor would pass 2^62 (4e18 is just
 * below): the factor is what prices that settle the unplaced total are multiplied by, twice. Unit:
 * parts of a point. Finer prices would round no bound up to another whole point. */
#define ENGINE_FINEST_SCALE TUNED("ENGINE_FINEST_SCALE", 1000000)
#define ENGINE_SCALE_FACTOR (2.0 * ENGINE_MOST_WEIGHT_FACTOR)
#define ENGINE_SCALED_LIMIT 4e18

/* What a person unplaced costs in the relaxation: so many times the dearest option, and so many
 * points. Enough to tower above what sites differ by, and few digits. */
#define ENGINE_UNPLACED_TIMES TUNED("ENGINE_UNPLACED_TIMES", 20)
#define ENGINE_UNPLACED_POINTS TUNED("ENGINE_UNPLACED_POINTS", 1000)

/* By what the little that prices prove of the unplaced total is multiplied until it outweighs every
 * plan: from the first factor on, each time so many times as much, below the last. A few rounds are
 * enough. */
#define ENGINE_WEIGHT_FACTOR TUNED("ENGINE_WEIGHT_FACTOR", 2)
#define ENGINE_WEIGHT_FACTOR_GROWTH TUNED("ENGINE_WEIGHT_FACTOR_GROWTH", 4)
#define ENGINE_MOST_WEIGHT_FACTOR 20000

/* ---- The whole week by GLPK (whole.c) ------------------------------------------------------ */

/* Columns beyond which GLPK gets nowhere. Unit: choices of all units. */
#define ENGINE_MOST_CHOICES TUNED("ENGINE_MOST_CHOICES", 200000)

#endif
