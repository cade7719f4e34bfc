/* The rows of a plan as plain structs: what its document is written from, and what callers read. */
#ifndef PLAATS_PLAN_PLAN_ROWS_H
#define PLAATS_PLAN_PLAN_ROWS_H

#include "engine/engine.h"
#include "plan/ledger.h"
#include "plan/plan.h"

/* Fills in stays, unplaced and sites of a plan; in its summary it counts the persons without a bed
 * for whom some site has room. What is made belongs to the plan, whatever the status. */
plaats_status plan_rows_make(const ledger *l, const engine_result *result, plaats_plan *out,
                             plaats_error *error);

#endif
