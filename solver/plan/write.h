/* The plan document: from an assignment to JSON, every member of the format page. */
#ifndef PLAATS_PLAN_WRITE_H
#define PLAATS_PLAN_WRITE_H

#include "base/buffer.h"
#include "engine/engine.h"
#include "plan/previous.h"

/* Appends the document and fills the summary (its `seconds` too, from `seconds`). */
plaats_status plan_write(const model *m, const engine_result *result,
                         const plaats_settings *settings, const previous_plan *previous,
                         double seconds, buffer *out, plaats_summary *summary, plaats_error *error);

#endif
