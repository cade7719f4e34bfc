/* A finished plan: its document, what a planner asks first of it, and its rows as plain structs. */
#ifndef PLAATS_PLAN_PLAN_H
#define PLAATS_PLAN_PLAN_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/status.h"

struct plaats_plan {
    buffer json;
    plaats_summary summary;
    buffer unplaced_text; /* lines for people: who has no bed and why */
    size_t n_stays, n_unplaced, n_sites;
    const plaats_stay *stays; /* these as the document has them; with their texts in `memory` */
    const plaats_unplaced *unplaced;
    const plaats_site_week *sites; /* one for each site of the instance, in its order */
    arena memory;
};

#endif
