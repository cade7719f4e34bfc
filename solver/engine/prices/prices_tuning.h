/* The numbers that tune the search for prices (base/tuning.h). Whatever they are, what leaves the
 * room is proved in integers; they decide how fast prices become good, and how good.
 *
 * They came with the method, and the record names no bench that set any of them by itself: each is
 * "not measured" until `make bench BENCH=tuning` has a line for it. "Smoothing" is mu of smooth.h,
 * in points per person. Comparisons of gains are free of units.
 */
#ifndef PLAATS_ENGINE_PRICES_TUNING_H
#define PLAATS_ENGINE_PRICES_TUNING_H

#include "base/tuning.h"

/* ---- The order of steps (prices.c) ----------------------------------------------------------- */

/* Units: about so many make the first sample. A week of less than twice as many has none: what is
 * saved on units would go into prices that are to be found again. */
#define PRICES_SAMPLE_UNITS TUNED("PRICES_SAMPLE_UNITS", 50000)
/* Times the first sample: the second, which is nearer to the whole and starts near the end. */
#define PRICES_SECOND_SAMPLE TUNED("PRICES_SECOND_SAMPLE", 3)
/* The smoothing at the start is what the costs of a unit's options differ by, per person, divided
 * by this: no option counts for nothing yet, but the cheaper ones count for more. */
#define PRICES_START_PART TUNED("PRICES_START_PART", 10.)
/* Points per person: added to it, for weeks in which all options cost the same. */
#define PRICES_START_LEAST TUNED("PRICES_START_LEAST", 0.1)
/* The same where only the weight unplaced counts, in persons times priority per person: from prices
 * of zero, and from the prices of the cost, which are nearly those of the weight. */
#define PRICES_WEIGHT_START TUNED("PRICES_WEIGHT_START", 0.1)
#define PRICES_WEIGHT_AGAIN TUNED("PRICES_WEIGHT_AGAIN", 0.01)
/* Times the smoothing at the start: what a person unplaced costs at first, if U is more. A good
 * deal of what sites differ by, so that prices find their way among sites before U dwarfs all else.
 */
#define PRICES_UNPLACED_START TUNED("PRICES_UNPLACED_START", 12.)
/* By what the smoothing of the start is divided on the first sample, on the second, and on all
 * units before U is raised. */
#define PRICES_SAMPLE_END TUNED("PRICES_SAMPLE_END", 8.)
#define PRICES_SECOND_END TUNED("PRICES_SECOND_END", 32.)
#define PRICES_ALL_END TUNED("PRICES_ALL_END", 8.)
/* By what the smoothing is divided between two offers of prices in integers, at the end. */
#define PRICES_OFFER_EVERY TUNED("PRICES_OFFER_EVERY", 4.)
/* The end: the smoothing error per person, and the smoothing, in smoothings of the start. */
#define PRICES_ERROR_END TUNED("PRICES_ERROR_END", 1e-6)
#define PRICES_SMOOTHING_END TUNED("PRICES_SMOOTHING_END", 1e-5)
/* Parts of a point in which prices are counted, where they are not too large for it. Finer ones
 * prove no more that counts, and make the proof longer. */
#define PRICES_SCALE TUNED("PRICES_SCALE", 1000000)

/* ---- Homotopy in the smoothing (ascent.c) ---------------------------------------------------- */

/* By what the smoothing is divided at a time. More at a time leaves Newton's method far from the
 * next top; less climbs more tops. */
#define PRICES_NARROWER TUNED("PRICES_NARROWER", 4.0)
/* Steps of Newton's method at one smoothing at most. */
#define PRICES_STEPS TUNED("PRICES_STEPS", 40)
/* A top is reached when a step is to gain less than this part of the smoothing error, which the
 * next smoothing takes away anyway. */
#define PRICES_SETTLED TUNED("PRICES_SETTLED", 0.03)
/* The same while U is raised and many have no bed: prices lie on a straight line in U only where
 * the top is. */
#define PRICES_WELL_SETTLED TUNED("PRICES_WELL_SETTLED", 0.003)
/* Every so many steps their sum is tried as a step, and each time that climbs, one so many times as
 * long. */
#define PRICES_RIDGE_STEPS TUNED("PRICES_RIDGE_STEPS", 6)
#define PRICES_RIDGE_STRETCH TUNED("PRICES_RIDGE_STRETCH", 4.)

/* ---- Homotopy in U (ascent_raise.c) ---------------------------------------------------------- */

/* Persons: unplaced are few below this part of all. */
#define PRICES_FEW TUNED("PRICES_FEW", 0.01)
/* By what U is multiplied first, and again where the line of prices was left. */
#define PRICES_RAISE TUNED("PRICES_RAISE", 2.)
/* Times the last factor, where few are unplaced and the line was left all the same. Where it holds,
 * the factor is squared. */
#define PRICES_RAISE_GROWTH TUNED("PRICES_RAISE_GROWTH", 2.)
/* The largest factor, and the largest where few are unplaced: then next to nothing is lost. */
#define PRICES_RAISE_MOST TUNED("PRICES_RAISE_MOST", 16.)
#define PRICES_RAISE_MOST_FEW TUNED("PRICES_RAISE_MOST_FEW", 256.)
/* By what the smoothing grows where the line was left: the path is straighter where it is more. */
#define PRICES_WIDER TUNED("PRICES_WIDER", 2.)
/* The line holds while the projected gradient (persons) is no more than this many times what it
 * was, and so many persons more. */
#define PRICES_STRAIGHT TUNED("PRICES_STRAIGHT", 2.)
#define PRICES_STRAIGHT_PERSONS TUNED("PRICES_STRAIGHT_PERSONS", 1.)
/* Added to the diagonal of the curvature for the tangent: a part of it, and a constant (persons per
 * point). Less than for steps, since nothing else limits the error. */
#define PRICES_TANGENT_PART TUNED("PRICES_TANGENT_PART", 1e-10)
#define PRICES_TANGENT_LEAST TUNED("PRICES_TANGENT_LEAST", 1e-14)

/* ---- A step of Newton's method (newton.c) ---------------------------------------------------- */

/* Smoothings: a price moves by about so much in a step at most. At the first step of a smoothing,
 * and at the least. */
#define PRICES_RADIUS TUNED("PRICES_RADIUS", 30.)
#define PRICES_RADIUS_LEAST TUNED("PRICES_RADIUS_LEAST", 3.)
/* Times the radius: back up to the first one after a step of full length. */
#define PRICES_RADIUS_GROWTH TUNED("PRICES_RADIUS_GROWTH", 3.)
/* Times the radius after a step that gained more than this part of what a plane would. On a
 * parabola, which Newton's method takes the dual for, it is half. */
#define PRICES_RADIUS_JUMP TUNED("PRICES_RADIUS_JUMP", 10.)
#define PRICES_PLANE TUNED("PRICES_PLANE", 0.9)
/* Added to the diagonal of the curvature: a part of it, and a constant (persons per point), so that
 * rows which differ in nothing leave a matrix that can be factored. */
#define PRICES_DIAGONAL_PART TUNED("PRICES_DIAGONAL_PART", 1e-9)
#define PRICES_DIAGONAL_LEAST TUNED("PRICES_DIAGONAL_LEAST", 1e-9)
/* How often rows that a step takes out of their bounds stop there and the others step anew. */
#define PRICES_BOUND_ROUNDS TUNED("PRICES_BOUND_ROUNDS", 3)
/* The line search: lengths tried, what each is divided by, and what part of the gain of a plane is
 * enough (Armijo 1966). */
#define PRICES_LINE_TRIES TUNED("PRICES_LINE_TRIES", 8)
#define PRICES_LINE_SHORTER TUNED("PRICES_LINE_SHORTER", 3.)
#define PRICES_LINE_ENOUGH TUNED("PRICES_LINE_ENOUGH", 1e-3)

/* ---- The smoothed dual (smooth.c, smooth_curve.c, smooth_build.c) ---------------------------- */

/* Smoothings above the least reduced cost from which on a choice has no share: exp(-18) = 1.5e-8.
 */
#define PRICES_NEGLIGIBLE TUNED("PRICES_NEGLIGIBLE", 18.0)
/* Shares below this are left out of the curvature, where they cost most and show least. */
#define PRICES_SLIGHT TUNED("PRICES_SLIGHT", 1e-4)
/* Pairs of uses (products added up) for a curvature; with more, units are passed by. */
#define PRICES_CURVE_WORK TUNED("PRICES_CURVE_WORK", 20000000.)
/* Every how many-th unit is looked at for a curvature at least. */
#define PRICES_CURVE_STRIDE TUNED("PRICES_CURVE_STRIDE", 64)
/* Units are shared out to so many threads at most, and a thread has at least so many of them. Sums
 * are put together by chunk, so both are part of the digits, and no number of processors is. */
#define PRICES_CHUNKS TUNED("PRICES_CHUNKS", 4)
#define PRICES_CHUNK_UNITS TUNED("PRICES_CHUNK_UNITS", 1500)

/* ---- The candidate lists (near.c) ------------------------------------------------------------ */

/* Choices of a unit that are kept at hand at most (an array's size): each unit has such a list. */
#define PRICES_MOST_NEAR 14
/* Times the span that has to be on the list: the second limit tried, and over that the third. The
 * wider the list, the longer it lasts while prices sink. */
#define PRICES_NEAR_WIDER TUNED("PRICES_NEAR_WIDER", 2.)

/* ---- The factor (cholesky.c) ----------------------------------------------------------------- */

/* Columns that are worked on together (an array's size): 64 x 64 numbers are 32 KB, a first cache.
 */
#define PRICES_PANEL 64
/* Rows that are worth a thread. */
#define PRICES_SHARE_ROWS TUNED("PRICES_SHARE_ROWS", 256)
/* Pivots up to this are those of redundant rows. Curvatures are in persons per point. */
#define PRICES_NO_PIVOT TUNED("PRICES_NO_PIVOT", 1e-14)

#endif
