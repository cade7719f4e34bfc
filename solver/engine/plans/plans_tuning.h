/* Numbers of this room that tune (base/tuning.h); what sizes an array is plain. None makes a plan
 * wrong: some are found sooner or later. "Not measured": it came with the method and no bench that
 * set it is known; `make bench BENCH=tuning` shows what half and double of it do. */
#ifndef PLAATS_ENGINE_PLANS_TUNING_H
#define PLAATS_ENGINE_PLANS_TUNING_H

#include "base/tuning.h"

/* ---- Several methods --------------------------------------------------------------------- */

/* Parts of the units that are looked at side by side: no more threads than this have work. No
 * result depends on it. Sizes arrays. Not measured. */
#define PLANS_PARTS 16

/* Elements that an array has room for when it first grows; it doubles from there. */
#define PLANS_ROOM 64

/* ---- Construction (construct.c) ------------------------------------------------------------ */

/* Points per person of a unit that its second best option must cost more than its best, for its
 * place to be sure. Below it the rounding of prices may be all there is between the two. Not
 * measured. */
#define PLANS_SURE TUNED("PLANS_SURE", 0.5)

/* ---- Ejection chains (augment.c) ------------------------------------------------------------ */

/* Links of a chain, at most: units that make room for each other. Each link more multiplies the
 * work of a try by the residents of a site. Sizes an array. Not measured. */
#define PLANS_LINKS 3

/* Steps of work for all who are unplaced together, times the units of the week: so it takes about
 * as long as construction, however many are unplaced. Not measured. */
#define PLANS_AUGMENT_STEPS TUNED("PLANS_AUGMENT_STEPS", 60)

/* Of that work, one try for one unit gets at most one in so many: a hopeless one leaves something
 * for the others. Not measured. */
#define PLANS_AUGMENT_SHARE TUNED("PLANS_AUGMENT_SHARE", 8)

/* ---- Single moves (improve.c) --------------------------------------------------------------- */

/* Passes over all units, at most; it ends before if nothing moved. Not measured. */
#define PLANS_MOVE_PASSES TUNED("PLANS_MOVE_PASSES", 4)

/* Units between looks at the clock: a look costs more than a unit does. Not measured. */
#define PLANS_MOVES_UNTIL_LOOK TUNED("PLANS_MOVES_UNTIL_LOOK", 256)

/* Steps of work that an option of a unit counts for: each is held against several rows. Not
 * measured. */
#define PLANS_MOVE_STEPS TUNED("PLANS_MOVE_STEPS", 4)

/* ---- Cyclic exchange (chains.c) -------------------------------------------------------------- */

/* Passes of the shortest paths over all nodes, and so edges of a path, at most: the more, the
 * likelier one meets a row that the graph does not know. Not measured. */
#define PLANS_PATH_PASSES TUNED("PLANS_PATH_PASSES", 60)

/* Points by which a path must be shorter to replace another: losses are kept as floats, and a cycle
 * must not come of their rounding. Not measured. */
#define PLANS_PATH_SHORTER TUNED("PLANS_PATH_SHORTER", 1e-3)

/* Points that a path must gain to be tried. Costs are whole, so this only keeps rounding out. Not
 * measured. */
#define PLANS_PATH_GAIN TUNED("PLANS_PATH_GAIN", 0.01)

/* Units that a shape must have: a graph for fewer costs as much. Not measured. */
#define PLANS_SHAPE_UNITS TUNED("PLANS_SHAPE_UNITS", 3)

/* Rounds over all shapes, at most; it ends before if nothing was gained. Not measured. */
#define PLANS_SHAPE_ROUNDS TUNED("PLANS_SHAPE_ROUNDS", 6)

/* Searches for paths in a shape, at most: so many for each node and so many besides. Each takes one
 * edge or more out of the graph, so that it ends in any case; this ends it in time. Not measured.
 */
#define PLANS_SEARCHES_PER_NODE TUNED("PLANS_SEARCHES_PER_NODE", 4)
#define PLANS_SEARCHES TUNED("PLANS_SEARCHES", 1000)

/* Searches of a shape one after the other that gained nothing, at most: where quotas stop every
 * path, it ends early. No figure is kept of what that gained. */
#define PLANS_SEARCHES_IN_VAIN TUNED("PLANS_SEARCHES_IN_VAIN", 500)

/* ---- Shortlists (shortlist.c) -----------------------------------------------------------------
 */

/* Points below which a row's price is none. Not measured. */
#define PLANS_NO_PRICE TUNED("PLANS_NO_PRICE", 1e-6)

/* Options that lose fewer points than this are all listed, and the first limit when the nearest are
 * sought; the limits after it are so many times as far. Not measured. */
#define PLANS_EVEN TUNED("PLANS_EVEN", 2.0)
#define PLANS_EVEN_SECOND TUNED("PLANS_EVEN_SECOND", 4)
#define PLANS_EVEN_THIRD TUNED("PLANS_EVEN_THIRD", 16)

/* Options of a unit on its list, at most, if more than asked for lose next to nothing: lists of all
 * units are in memory. Not measured. */
#define PLANS_LIST_MOST TUNED("PLANS_LIST_MOST", 96)

/* ---- What a neighbourhood is (neighbourhood.c) --------------------------------------------------
 */

/* Of the units with a site on their list, those looked at: the ones that lose least there. Not
 * measured. */
#define PLANS_SUITORS TUNED("PLANS_SUITORS", 120)

/* Persons, at most, in choices from one site to another by units that use the same: they are as
 * good as one another, and few of them would be taken. Not measured. */
#define PLANS_ALIKE TUNED("PLANS_ALIKE", 6)

/* An option that loses x points links two sites with weight 1 / (1 + x^2 * this): half of it where
 * 4 or 5 points are lost. Not measured. */
#define PLANS_LINK_FALL TUNED("PLANS_LINK_FALL", 0.05)

/* Weight with which the first option on the list of the unit that a neighbourhood is about links
 * its site: above all other links. Not measured. */
#define PLANS_LINK_SEED TUNED("PLANS_LINK_SEED", 1000)

/* A site is drawn by its links times (this + a random number below 1): the larger, the more often
 * it is the one linked most. Not measured. */
#define PLANS_LINK_SURE TUNED("PLANS_LINK_SURE", 0.1)

/* ... times (this many points + what is at stake there): a site where nothing is may still take
 * part in an exchange. Not measured. */
#define PLANS_LINK_STAKE TUNED("PLANS_LINK_STAKE", 10)

/* ---- Which neighbourhoods, and for how long (neighbourhoods.c)
 * ------------------------------------ */

/* Neighbourhoods of a batch, solved side by side and applied one after the other. As many threads
 * are kept busy; the more, the fewer sites are left for the last. Sizes arrays. Not measured. */
#define PLANS_BATCH 8

/* Of a batch, one in so many is about somebody unplaced: as long as more people are unplaced than
 * need be, and after that. Not measured. */
#define PLANS_UNPLACED_WHEN_PLACING TUNED("PLANS_UNPLACED_WHEN_PLACING", 2)
#define PLANS_UNPLACED_ELSE TUNED("PLANS_UNPLACED_ELSE", 4)

/* Failures around a site after which it is left alone. Not measured. */
#define PLANS_PATIENCE TUNED("PLANS_PATIENCE", 24)

/* The same for those unplaced, times that: there are many of them behind one count. Not measured.
 */
#define PLANS_PATIENCE_UNPLACED TUNED("PLANS_PATIENCE_UNPLACED", 16)

/* Failures with those unplaced that make their next neighbourhood one size larger. Not measured. */
#define PLANS_UNPLACED_FAILURES TUNED("PLANS_UNPLACED_FAILURES", 4)

/* Links of the list of those unplaced that are gone along, at most, before one is drawn; and how
 * many are compared then. Not measured. */
#define PLANS_UNPLACED_SKIPPED TUNED("PLANS_UNPLACED_SKIPPED", 256)
#define PLANS_UNPLACED_DRAWN TUNED("PLANS_UNPLACED_DRAWN", 8)

/* Points that must be at stake at a site, or lost by somebody unplaced, for a neighbourhood around
 * it: costs are whole. Not measured. */
#define PLANS_STAKE TUNED("PLANS_STAKE", 0.5)

/* A site is drawn by what is at stake there times (this + a random number below 1). Not measured.
 */
#define PLANS_STAKE_SURE TUNED("PLANS_STAKE_SURE", 0.3)

/* Choices in a neighbourhood at first, and more of them after every failure; as many nodes of
 * GLPK's tree are allowed, times the effort below. Not measured. */
#define PLANS_CHOICES TUNED("PLANS_CHOICES", 60)
#define PLANS_CHOICES_MORE TUNED("PLANS_CHOICES_MORE", 20)

/* Sites of a neighbourhood at first, and failures for one more. Not measured. */
#define PLANS_SITES TUNED("PLANS_SITES", 3)
#define PLANS_SITES_FAILURES TUNED("PLANS_SITES_FAILURES", 3)

/* A neighbourhood has at most so many choices for each unit of the week: where that is nearly all
 * of them, branch and cut does better. Not measured. */
#define PLANS_CHOICES_PER_UNIT TUNED("PLANS_CHOICES_PER_UNIT", 2)

/* Times more nodes when all sites are left alone and it starts over, each time, and at most. Not
 * measured. */
#define PLANS_EFFORT_MORE TUNED("PLANS_EFFORT_MORE", 2)
#define PLANS_EFFORT_MOST TUNED("PLANS_EFFORT_MOST", 8)

/* Steps of work that forming a neighbourhood counts for: about the units around its seed that are
 * looked at. Not measured. */
#define PLANS_FORM_STEPS TUNED("PLANS_FORM_STEPS", 20000)

/* Steps of work in which something must be gained, and more for each unit; a gain counts if it is
 * more than one in so many of the gap. Before there was such an end, two thirds of a minute at
 * 75,500 people x 330 sites (seed 3) went into neighbourhoods that gained next to nothing. */
#define PLANS_STALL_STEPS TUNED("PLANS_STALL_STEPS", 50000000)
#define PLANS_STALL_STEPS_PER_UNIT TUNED("PLANS_STALL_STEPS_PER_UNIT", 1000)
#define PLANS_STALL_GAIN TUNED("PLANS_STALL_GAIN", 100)

#endif
