/* Scenarios: one JSON object a line, each a plan of its own (plaats_scenarios_read). */
#ifndef PLAATS_INSTANCE_SCENARIOS_H
#define PLAATS_INSTANCE_SCENARIOS_H

#include "base/arena.h"
#include "base/status.h"

struct plaats_scenarios {
    size_t n;
    plaats_scenario *list;
    arena memory;
};

plaats_status scenarios_read(const char *bytes, size_t size, plaats_problem_fn problem,
                             void *context, plaats_scenarios **scenarios, plaats_error *error);
void scenarios_free(plaats_scenarios *scenarios);

#endif
