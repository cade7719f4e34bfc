/* The changes that made a scenario of the instance a plan answers. */
#ifndef PLAATS_CHECK_CHECK_CHANGES_H
#define PLAATS_CHECK_CHECK_CHANGES_H

#include "check/check.h"

/* Makes `problem.changes` in the instance; `*changed` becomes the instance that the plan must be
 * judged against, to be freed, or stays NULL when there are none. `*fine` is false when they
 * cannot be made, which has been reported: there is nothing to judge then. An instance that has
 * been changed already must have just these changes. */
plaats_status check_make_changes(check *c, plaats_instance **changed, bool *fine);

#endif
