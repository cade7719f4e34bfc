/* The numbers that tune branch and cut (base/tuning.h says what such a number is). Each has its
 * unit and its reason; where no bench is named, none is known to have set it. */
#ifndef PLAATS_ENGINE_BRANCH_CUT_BRANCH_CUT_TUNING_H
#define PLAATS_ENGINE_BRANCH_CUT_BRANCH_CUT_TUNING_H

#include "base/tuning.h"

/* ---- Tolerances ----------------------------------------------------------------------------
 * What GLPK's points are exact to. They are no matter of taste: its own tolerance is 1e-7, and
 * nothing that is proved rests on them. */

/* An amount, a multiplier or a gain below it is none. */
#define BRANCH_CUT_ZERO 1e-9
/* A number this near to a whole one is whole; a row exceeded by more is broken. */
#define BRANCH_CUT_WHOLE 1e-6
/* A share of a row this near to 0 or 1 is none: floating point of a tableau row times a multiple
 * has lost two digits more than the point itself. */
#define BRANCH_CUT_WHOLE_SHARE 1e-7
/* A share is rounded up to the next part of its denominator, unless this near above it. Parts. */
#define BRANCH_CUT_WHOLE_PART 1e-4
/* So much above the weight (a whole number) that a plan may leave unplaced closes a node. */
#define BRANCH_CUT_WHOLE_WEIGHT 1e-4

/* ---- Work ----------------------------------------------------------------------------------
 * What a simplex iteration is counted as: a column has some five entries and all are priced; the
 * basis is solved with twice. Steps. A change of these changes what --work allows. */
#define BRANCH_CUT_COLUMN_STEPS 5
#define BRANCH_CUT_ROW_STEPS 2

/* ---- The relaxation ------------------------------------------------------------------------ */

/* Of the dual simplex before the primal takes over: where it goes well it needs fewer, where it
 * does not it circles among equal costs. Iterations. Not measured. */
#define BRANCH_CUT_DUAL_ITERATIONS TUNED("BRANCH_CUT_DUAL_ITERATIONS", 150)
/* Of the primal simplex; no solve needs so many. Iterations. */
#define BRANCH_CUT_ITERATIONS TUNED("BRANCH_CUT_ITERATIONS", 1000000)
/* A row of the model is in the first program if the best plan fills it to this share, less this:
 * one is as good as full where it holds few. Share of the right-hand side; units of it. Not
 * measured. */
#define BRANCH_CUT_FULL_SHARE TUNED("BRANCH_CUT_FULL_SHARE", 0.98)
#define BRANCH_CUT_FULL_LESS TUNED("BRANCH_CUT_FULL_LESS", 1)
/* Options of a class among its first columns beside those of the best plan, and what they may lose
 * against its best. Options; points. Pricing finds the rest. Not measured. */
#define BRANCH_CUT_FIRST_OPTIONS TUNED("BRANCH_CUT_FIRST_OPTIONS", 5)
#define BRANCH_CUT_FIRST_LOSS TUNED("BRANCH_CUT_FIRST_LOSS", 500)
/* Options that prices find missing, added before the next solve: more at once are mostly not
 * needed once the first are in. Options. Not measured. */
#define BRANCH_CUT_PRICED_PER_ROUND TUNED("BRANCH_CUT_PRICED_PER_ROUND", 3000)
/* Rounds of pricing in one node, after which it is left as it is. Rounds. Not measured. */
#define BRANCH_CUT_PRICING_ROUNDS TUNED("BRANCH_CUT_PRICING_ROUNDS", 50)
/* A program of so many columns is not shrunk: they are no burden. Columns. Not measured. */
#define BRANCH_CUT_SMALL TUNED("BRANCH_CUT_SMALL", 1000)
/* Columns outside the basis that a shrunk program keeps in all, and of one class: before the root
 * is cut, and before the tree. Columns. Not measured. */
#define BRANCH_CUT_KEPT_COLUMNS TUNED("BRANCH_CUT_KEPT_COLUMNS", 12000)
#define BRANCH_CUT_KEPT_TO_CUT TUNED("BRANCH_CUT_KEPT_TO_CUT", 4)
#define BRANCH_CUT_KEPT_TO_BRANCH TUNED("BRANCH_CUT_KEPT_TO_BRANCH", 0)
/* With GOAL_WEIGHT the prices are multiplied so that what they prove above the weight asked about
 * is worth this many times U: one would do but for rounding to integers. Times. */
#define BRANCH_CUT_WEIGHT_WORTH TUNED("BRANCH_CUT_WEIGHT_WORTH", 3)

/* ---- Separation ---------------------------------------------------------------------------- */

/* Cuts by rounding in one round, at the root and below, and how many times as many links and
 * cliques: they are short. Cuts; times. Not measured. */
#define BRANCH_CUT_ROOT_CUTS TUNED("BRANCH_CUT_ROOT_CUTS", 60)
#define BRANCH_CUT_NODE_CUTS TUNED("BRANCH_CUT_NODE_CUTS", 8)
#define BRANCH_CUT_SHORT_CUTS TUNED("BRANCH_CUT_SHORT_CUTS", 10)
/* Rounds at the root and at a node; the root ends before if so many in a row gain less than this.
 * Rounds; points. Not measured. */
#define BRANCH_CUT_ROOT_ROUNDS TUNED("BRANCH_CUT_ROOT_ROUNDS", 40)
#define BRANCH_CUT_NODE_ROUNDS TUNED("BRANCH_CUT_NODE_ROUNDS", 3)
#define BRANCH_CUT_IDLE_ROUNDS TUNED("BRANCH_CUT_IDLE_ROUNDS", 3)
#define BRANCH_CUT_IDLE_GAIN TUNED("BRANCH_CUT_IDLE_GAIN", 1e-3)
/* Nodes above this depth are cut, and below it one of so many. Decisions; nodes. Not measured. */
#define BRANCH_CUT_CUT_DEPTH TUNED("BRANCH_CUT_CUT_DEPTH", 4)
#define BRANCH_CUT_CUT_EVERY TUNED("BRANCH_CUT_CUT_EVERY", 32)
/* Cuts below the root are never dropped: no more are added once the program has one part in so
 * many more rows than at the root, and this many. One in; rows. Not measured. */
#define BRANCH_CUT_MORE_ROWS_PART TUNED("BRANCH_CUT_MORE_ROWS_PART", 2)
#define BRANCH_CUT_MORE_ROWS TUNED("BRANCH_CUT_MORE_ROWS", 20)
/* By how much the point must exceed a cut before rounding is worth it, and a clique; and for z <= y
 * by how much z must exceed y. Units of the row; stays; stays. Not measured. */
#define BRANCH_CUT_VIOLATION TUNED("BRANCH_CUT_VIOLATION", 0.02)
#define BRANCH_CUT_CLIQUE_VIOLATION TUNED("BRANCH_CUT_CLIQUE_VIOLATION", 0.02)
#define BRANCH_CUT_LINK_VIOLATION TUNED("BRANCH_CUT_LINK_VIOLATION", 0.01)
/* How far outside the point must lie (violation over the cut's length), and against the best cut
 * of the round. Distance; share. Not measured. */
#define BRANCH_CUT_EFFICACY TUNED("BRANCH_CUT_EFFICACY", 1e-3)
#define BRANCH_CUT_EFFICACY_SHARE TUNED("BRANCH_CUT_EFFICACY_SHARE", 0.2)
/* Basic columns whose tableau rows are looked at, those nearest to one half first, and how near to
 * a whole number is too near. Columns; part of a whole. Not measured. */
#define BRANCH_CUT_SOURCES TUNED("BRANCH_CUT_SOURCES", 120)
#define BRANCH_CUT_SOURCE_PART TUNED("BRANCH_CUT_SOURCE_PART", 0.01)
/* A tableau row is taken 1 .. this many times, and as many times negated (Cornuejols, Li and
 * Vandenbussche 2003 gain most from the first few). Times. Not measured. */
#define BRANCH_CUT_MULTIPLES TUNED("BRANCH_CUT_MULTIPLES", 6)
/* The largest common denominator of exact multipliers, and the one that they are rounded up to
 * where there is none: a power of two loses least. Whole numbers. Not measured. */
#define BRANCH_CUT_DENOMINATOR TUNED("BRANCH_CUT_DENOMINATOR", 20000)
#define BRANCH_CUT_ROUND_DENOMINATOR TUNED("BRANCH_CUT_ROUND_DENOMINATOR", 1 << 14)
/* Steps of the continued fraction that looks for a denominator: it grows by at least the golden
 * ratio in each, and is past the largest after some twenty; few that are found need more than
 * these. Steps. */
#define BRANCH_CUT_FRACTION_STEPS TUNED("BRANCH_CUT_FRACTION_STEPS", 12)
/* Terms of a cut: more stand on nearly all rows, and take long to check. Terms. Not measured. */
#define BRANCH_CUT_TERMS TUNED("BRANCH_CUT_TERMS", 2000)
/* Entries of a cut: as many as there are units, but within these. Wider ones had next to no price
 * at the root of every week of 1500 x 120 looked at, and made a trial three to five times as dear;
 * with them let in (the upper limit alone), the gap there was 0.037 % instead of 0.005 %.
 * Entries. */
#define BRANCH_CUT_NARROW TUNED("BRANCH_CUT_NARROW", 1000)
#define BRANCH_CUT_WIDE TUNED("BRANCH_CUT_WIDE", 5000)

/* ---- Cliques ------------------------------------------------------------------------------- */

/* Classes looked at for one site, and in a clique: the bits of a set. Sizes arrays. */
#define BRANCH_CUT_CLIQUE_MOST 64
/* Of the search for the heaviest clique about one class. Steps. Not measured. */
#define BRANCH_CUT_CLIQUE_STEPS TUNED("BRANCH_CUT_CLIQUE_STEPS", 20000)
/* What the point must have of a class at a site for it to be looked at. Units. Not measured. */
#define BRANCH_CUT_CLIQUE_AMOUNT TUNED("BRANCH_CUT_CLIQUE_AMOUNT", 0.01)

/* ---- Branching ----------------------------------------------------------------------------- */

/* Columns whose decisions are tried before one is made; sizes an array, and at most this many. */
#define BRANCH_CUT_MOST_TRIALS 64
#define BRANCH_CUT_TRIALS TUNED("BRANCH_CUT_TRIALS", 8)
/* Dual iterations of a trial: the first raise the value most. Iterations. Not measured. */
#define BRANCH_CUT_TRIAL_ITERATIONS TUNED("BRANCH_CUT_TRIAL_ITERATIONS", 20)
/* Trials without a better one, after which no more are made. Trials. Not measured. */
#define BRANCH_CUT_LOOKAHEAD TUNED("BRANCH_CUT_LOOKAHEAD", 4)
/* A fractional column counts as much as its unit has persons, and this many more; y of a site as
 * so many: sites are decided first. Persons. Not measured. */
#define BRANCH_CUT_UNIT_WEIGHT TUNED("BRANCH_CUT_UNIT_WEIGHT", 0.5)
#define BRANCH_CUT_SITE_WEIGHT TUNED("BRANCH_CUT_SITE_WEIGHT", 300)
/* The score of a column adds to the product of the two rises (never less than the first each) the
 * lesser one and this part of that of the decision's "yes"; rises above the last are as good as
 * each other. Points; share; points. Not measured. */
#define BRANCH_CUT_LEAST_RISE TUNED("BRANCH_CUT_LEAST_RISE", 1e-3)
#define BRANCH_CUT_YES_SHARE TUNED("BRANCH_CUT_YES_SHARE", 0.01)
#define BRANCH_CUT_MOST_RISE TUNED("BRANCH_CUT_MOST_RISE", 1e4)
/* How much a decision that unfolds into many cases is shunned: at first, and after a tree that
 * unfolded into too many. Parts of the score for each factor of e. The second settled weeks whose
 * trees were over the limit of a proof; its size was not measured. */
#define BRANCH_CUT_SHUN TUNED("BRANCH_CUT_SHUN", 1)
#define BRANCH_CUT_SHUN_AGAIN TUNED("BRANCH_CUT_SHUN_AGAIN", 20)

/* ---- The tree ------------------------------------------------------------------------------ */

/* Nodes up to which a tree goes on with a better plan; a larger one begins again. Nodes. Not
 * measured. */
#define BRANCH_CUT_RESTART_NODES TUNED("BRANCH_CUT_RESTART_NODES", 64)
/* The penalty of a decision that is not met: this many times the gap that is left, and this more,
 * so that meeting it is cheaper wherever it can be. Times; points. */
#define BRANCH_CUT_PENALTY_GAPS TUNED("BRANCH_CUT_PENALTY_GAPS", 2)
#define BRANCH_CUT_PENALTY_MORE TUNED("BRANCH_CUT_PENALTY_MORE", 1000)
/* What the penalty grows by where it was paid all the same, how often, and how often a node
 * without a point is tried so before it is left. Times; rounds; rounds. Not measured. */
#define BRANCH_CUT_PENALTY_GROWTH TUNED("BRANCH_CUT_PENALTY_GROWTH", 8)
#define BRANCH_CUT_PENALTY_ROUNDS TUNED("BRANCH_CUT_PENALTY_ROUNDS", 8)
#define BRANCH_CUT_EMPTY_ROUNDS TUNED("BRANCH_CUT_EMPTY_ROUNDS", 3)

/* ---- Dives --------------------------------------------------------------------------------- */

/* Sites of a unit when what stays fractional is rounded off by moves. Sites. Not measured. */
#define BRANCH_CUT_SHORTLIST TUNED("BRANCH_CUT_SHORTLIST", 12)
/* What is within this of the next whole number is rounded up. Units. Not measured. */
#define BRANCH_CUT_ROUND_UP TUNED("BRANCH_CUT_ROUND_UP", 0.4)
/* A dive's step decides for the fractional columns above the first; past this part of them (one in
 * so many) only for those above the second. Parts of a whole; one in; parts. Not measured. */
#define BRANCH_CUT_DIVE_LIKELY TUNED("BRANCH_CUT_DIVE_LIKELY", 0.5)
#define BRANCH_CUT_DIVE_SHARE TUNED("BRANCH_CUT_DIVE_SHARE", 4)
#define BRANCH_CUT_DIVE_CERTAIN TUNED("BRANCH_CUT_DIVE_CERTAIN", 0.8)
/* A site that is open by more than this is opened, else closed: few that are hardly open are
 * needed. Parts of a whole. Not measured. */
#define BRANCH_CUT_DIVE_OPEN TUNED("BRANCH_CUT_DIVE_OPEN", 0.3)
/* Steps of a dive, and rounds of pricing where one turns out dear. Steps; rounds. Not measured. */
#define BRANCH_CUT_DIVE_STEPS TUNED("BRANCH_CUT_DIVE_STEPS", 200)
#define BRANCH_CUT_DIVE_PRICING TUNED("BRANCH_CUT_DIVE_PRICING", 4)
/* By how much the value may rise in a step unquestioned: this share of it, and no less than the
 * second; each dive is so many times more careful, down to the last. Share; points; times; points.
 * Not measured. */
#define BRANCH_CUT_DIVE_RISE_SHARE TUNED("BRANCH_CUT_DIVE_RISE_SHARE", 1e-4)
#define BRANCH_CUT_DIVE_RISE TUNED("BRANCH_CUT_DIVE_RISE", 2)
#define BRANCH_CUT_DIVE_CARE TUNED("BRANCH_CUT_DIVE_CARE", 8)
#define BRANCH_CUT_DIVE_LEAST_RISE TUNED("BRANCH_CUT_DIVE_LEAST_RISE", 1)
/* Where the dives' lots start. Any number does. */
#define BRANCH_CUT_DIVE_SEED 3

/* ---- RINS ---------------------------------------------------------------------------------- */

/* Columns beyond which GLPK gets nowhere with a program. Columns. Set by looking at where it did;
 * no chapter. */
#define BRANCH_CUT_RINS_COLUMNS TUNED("BRANCH_CUT_RINS_COLUMNS", 6000)
/* Of GLPK's tree. Nodes. Not measured. */
#define BRANCH_CUT_RINS_NODES TUNED("BRANCH_CUT_RINS_NODES", 1000)
/* Solves of one attempt, until what is found breaks no row that the program lacks. Rounds. */
#define BRANCH_CUT_RINS_ROUNDS TUNED("BRANCH_CUT_RINS_ROUNDS", 8)
/* The sites where all that comes close is taken in, as one part in so many of all: at first, how
 * many more after a search that ended, how many fewer after one that did not, and the least before
 * it is as at first again. One in. Not measured. */
#define BRANCH_CUT_RINS_FIRST TUNED("BRANCH_CUT_RINS_FIRST", 3)
#define BRANCH_CUT_RINS_MORE TUNED("BRANCH_CUT_RINS_MORE", 8)
#define BRANCH_CUT_RINS_FEWER TUNED("BRANCH_CUT_RINS_FEWER", 16)
#define BRANCH_CUT_RINS_LEAST TUNED("BRANCH_CUT_RINS_LEAST", 16)
/* Attempts without a better plan before the tree begins, or so many times the root's own work: then
 * the tree does better. Attempts; times. Not measured. */
#define BRANCH_CUT_RINS_AT_ROOT TUNED("BRANCH_CUT_RINS_AT_ROOT", 8)
#define BRANCH_CUT_RINS_ROOT_WORK TUNED("BRANCH_CUT_RINS_ROOT_WORK", 100)
/* In the tree, attempts are due while they took no more than one part in so many of all its work.
 * One in. Not measured. */
#define BRANCH_CUT_RINS_WORK TUNED("BRANCH_CUT_RINS_WORK", 2)
/* Where its lots start. Any number does. */
#define BRANCH_CUT_RINS_SEED 4

#endif
