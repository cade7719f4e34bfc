/* The plan document: from an assignment to JSON, every member of the format page. */
#ifndef PLAATS_PLAN_WRITE_H
#define PLAATS_PLAN_WRITE_H

#include "engine/engine.h"
#include "plan/plan.h"
#include "plan/previous.h"

/* Fills in an empty plan; `seconds` for its summary. Whatever the status, the caller frees it. */
plaats_status plan_write(const model *m, const engine_result *result,
                         const plaats_settings *settings, const previous_plan *previous,
                         double seconds, plaats_plan *out, plaats_error *error);

#endif
