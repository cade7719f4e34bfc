/* The numbers of branch and price (base/tuning.h says what such numbers are). Together they were
 * measured on the published facility sets (bench chapter `published`: all 81 proved); none of them
 * was measured by itself, before chapter `tuning` did.
 */
#ifndef PLAATS_ENGINE_BRANCH_PRICE_TUNING_H
#define PLAATS_ENGINE_BRANCH_PRICE_TUNING_H

#include "base/tuning.h"

/* ---- Which weeks (pricing.c, pattern.c, location.c) ---------------------------------------- */

/* Units times sites up to which patterns are tried: there is an array with a number for each. Unit:
 * pairs. */
#define BRANCH_PRICE_MOST_PAIRS TUNED("BRANCH_PRICE_MOST_PAIRS", 100000)

/* What a site's best pattern is looked up in: states of its rows times units. Unit: bytes. */
#define BRANCH_PRICE_MOST_TAKEN TUNED("BRANCH_PRICE_MOST_TAKEN", 50000000)

/* Options of all units up to which the location relaxation is solved; beyond, its program is as
 * slow as that of patterns. Unit: options. */
#define BRANCH_PRICE_MOST_OPTIONS TUNED("BRANCH_PRICE_MOST_OPTIONS", 20000)

/* ---- The tree (pricing.c, pricing_node.c) -------------------------------------------------- */

/* Nodes after which the tree may well stay open: then patterns raise what the root proves, which is
 * worth their time no sooner. Unit: nodes. */
#define BRANCH_PRICE_MANY_NODES TUNED("BRANCH_PRICE_MANY_NODES", 300)

/* A dive from every so-manieth node that patterns divide: a dive costs as much as several nodes.
 * Unit: nodes. */
#define BRANCH_PRICE_DIVE_EVERY TUNED("BRANCH_PRICE_DIVE_EVERY", 8)

/* A share of a pattern, unit or site this close to 0 or 1 counts as whole. Unit: 1. */
#define BRANCH_PRICE_WHOLE TUNED("BRANCH_PRICE_WHOLE", 1e-6)

/* A pattern with less than this share is none. Unit: 1. */
#define BRANCH_PRICE_NOTHING TUNED("BRANCH_PRICE_NOTHING", 1e-9)

/* ---- Prices of a case (pricing_case.c) ----------------------------------------------------- */

/* Share of the program's new prices in those tried next: prices that swing make poor patterns.
 * Unit: 1, at most 1. */
#define BRANCH_PRICE_SMOOTHING TUNED("BRANCH_PRICE_SMOOTHING", 0.5)

/* The program's value this close to the bound has no more to say. Unit: points. The bound is a
 * whole number of them. */
#define BRANCH_PRICE_CLOSE TUNED("BRANCH_PRICE_CLOSE", 1e-6)

/* How far above the bound subgradient steps aim. Unit: part of the bound. */
#define BRANCH_PRICE_REACH TUNED("BRANCH_PRICE_REACH", 0.02)

/* Subgradient steps before the program is there. Unit: steps. */
#define BRANCH_PRICE_STEPS TUNED("BRANCH_PRICE_STEPS", 150)

/* Steps without a better bound before they become shorter, and by what factor. The
 * factor is the usual one. */
#define BRANCH_PRICE_PATIENCE TUNED("BRANCH_PRICE_PATIENCE", 8)
#define BRANCH_PRICE_SHORTER TUNED("BRANCH_PRICE_SHORTER", 0.5)

/* ---- The master program (master.c) --------------------------------------------------------- */

/* Active columns for each row: about so many are kept when there are twice as many. Unit: columns
 * a row. */
#define BRANCH_PRICE_ACTIVE_PER_ROW TUNED("BRANCH_PRICE_ACTIVE_PER_ROW", 3)

/* The dual method at times loses its way among equal costs: it is left off after so many
 * iterations, for the primal one. Unit: iterations. */
#define BRANCH_PRICE_DUAL_ITERATIONS TUNED("BRANCH_PRICE_DUAL_ITERATIONS", 150)

/* What a unit pays in the program for staying unplaced: its dearest option, so many times the gap,
 * and so many points. Enough that the program leaves nobody out, and no more: it uses up digits. */
#define BRANCH_PRICE_NONE_GAPS TUNED("BRANCH_PRICE_NONE_GAPS", 4)
#define BRANCH_PRICE_NONE_POINTS TUNED("BRANCH_PRICE_NONE_POINTS", 1000)

/* What a unit pays more for that, once it is decided that it has a site: sixteen times as much. */
#define BRANCH_PRICE_PENALTY_GAPS TUNED("BRANCH_PRICE_PENALTY_GAPS", 64)
#define BRANCH_PRICE_PENALTY_POINTS TUNED("BRANCH_PRICE_PENALTY_POINTS", 16000)

/* Reduced costs that the solver cannot tell from 0: points, and a part of the dearest column. */
#define BRANCH_PRICE_TOLERANCE TUNED("BRANCH_PRICE_TOLERANCE", 1e-6)
#define BRANCH_PRICE_TOLERANCE_PART TUNED("BRANCH_PRICE_TOLERANCE_PART", 1e-9)

/* ---- The location relaxation (location.c, location_choose.c) ------------------------------- */

/* What staying unplaced costs here, times what it costs in the program of patterns: with sites to
 * decide, it would now and then be cheaper than one more site. Unit: 1. */
#define BRANCH_PRICE_FIRMLY TUNED("BRANCH_PRICE_FIRMLY", 100)

/* A share that is so much more than its site is open breaks its link, which is added then. Unit: 1.
 */
#define BRANCH_PRICE_TOO_FAR TUNED("BRANCH_PRICE_TOO_FAR", 1e-6)

/* Sites whose decisions are tried before one is made (an array has room for so many). Unit: sites.
 */
enum { BRANCH_PRICE_TRIALS = 10 };

/* Trials without a better site before the best one is taken. Unit: sites. */
#define BRANCH_PRICE_FRUITLESS_TRIALS TUNED("BRANCH_PRICE_FRUITLESS_TRIALS", 4)

/* Iterations of a trial. Unit: iterations. */
#define BRANCH_PRICE_TRIAL_ITERATIONS TUNED("BRANCH_PRICE_TRIAL_ITERATIONS", 40)

/* A rise of less counts as this much, so that the other way still counts. Unit: points. */
#define BRANCH_PRICE_LEAST_RISE TUNED("BRANCH_PRICE_LEAST_RISE", 1e-3)

/* A site so close to open or closed is not half open. Unit: 1. */
#define BRANCH_PRICE_DECIDED TUNED("BRANCH_PRICE_DECIDED", 1e-6)

/* ---- Work (run.h) -------------------------------------------------------------------------- */

/* Steps that an iteration of a linear program counts for: numbers touched for each column and for
 * each row. No tuning but a measure. */
enum {
    BRANCH_PRICE_WORK_PER_COLUMN = 5, /* of the master program, whose columns are full; 1 in the
                                         location relaxation */
    BRANCH_PRICE_WORK_PER_ROW = 2
};

#endif
