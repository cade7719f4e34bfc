/* Scenarios: one JSON object a line, each a plan of its own (plaats_scenarios_read). */
#ifndef PLAATS_INSTANCE_SCENARIOS_H
#define PLAATS_INSTANCE_SCENARIOS_H

#include "base/arena.h"
#include "base/status.h"
#include "text/json_in.h"

struct plaats_scenarios {
    size_t n;
    plaats_scenario *list;
    arena memory;
};

plaats_status scenarios_read(const char *bytes, size_t size, plaats_problem_fn problem,
                             void *context, plaats_scenarios **scenarios, plaats_error *error);
/* Reads an array of changes; what is wrong with them becomes problems of the document. False: out
 * of memory. */
bool scenarios_read_changes(json_document *document, const json_node *list, arena *memory,
                            const plaats_change **changes, size_t *n);
void scenarios_free(plaats_scenarios *scenarios);

#endif
