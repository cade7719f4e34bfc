/* Numbers that tune when a run reports and ends, and what its trees learn from their decisions. */
#ifndef PLAATS_ENGINE_RUN_RUN_TUNING_H
#define PLAATS_ENGINE_RUN_RUN_TUNING_H

#include "base/tuning.h"

/* Time between two reports of progress: often enough for a line that moves, too seldom to be felt.
 * Unit: seconds. Not measured. */
#define RUN_REPORT_EVERY TUNED("RUN_REPORT_EVERY", 0.1)

/* How long a run goes on after its end now and then, before it is noticed: what a proof may be late
 * for that reason is forgiven. Unit: seconds. Not measured. */
#define RUN_NOTICED_AFTER TUNED("RUN_NOTICED_AFTER", 0.05)

/* Units above which prices could use up the time, so that they leave some to plans. Unit: units.
 * Not measured. */
#define RUN_VERY_MANY_UNITS TUNED("RUN_VERY_MANY_UNITS", 200000)

/* The share of the time that prices have there. Unit: 1. Not measured. */
#define RUN_PRICES_SHARE TUNED("RUN_PRICES_SHARE", 0.6)

/* Decisions, either way, after which a variable is not tried again before it is decided. Unit:
 * decisions. Not measured. */
#define RUN_RELIABLE TUNED("RUN_RELIABLE", 4)

/* What a decision raises a value by for a whole unit, as long as none is known. Unit: points. Not
 * measured: it only has to be the same for all. */
#define RUN_RISE_UNKNOWN 1.0

#endif
