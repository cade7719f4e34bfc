/* A finished plan: its document and what a planner asks first of it. */
#ifndef PLAATS_PLAN_PLAN_H
#define PLAATS_PLAN_PLAN_H

#include "base/buffer.h"
#include "base/status.h"

struct plaats_plan {
    buffer json;
    plaats_summary summary;
    buffer unplaced; /* lines of text: who has no bed and why */
};

#endif
