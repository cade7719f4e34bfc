/* What a planner wants to know of a new plan, in a few lines on standard error. */
#ifndef PLAATS_CLI_SUMMARY_H
#define PLAATS_CLI_SUMMARY_H

#include "plaats.h"

/* `unplaced`: of plaats_plan_unplaced. `file`: where the plan is. */
void print_summary(const plaats_summary *s, const char *unplaced, const char *file,
                   bool work_limited);

#endif
