/* What a planner wants to know of a new plan, in a few lines on standard error. */
#ifndef PLAATS_CLI_SUMMARY_H
#define PLAATS_CLI_SUMMARY_H

#include "plaats.h"

/* Whether a gap is told as people without a bed: from U on points and percent say less. */
bool gap_is_people(int64_t gap, int64_t unplaced_points, int64_t could_place);

/* `unplaced`: of plaats_plan_unplaced_text. `file`: where the plan is. */
void print_summary(const plaats_summary *s, const char *unplaced, const char *file,
                   bool work_limited);

#endif
