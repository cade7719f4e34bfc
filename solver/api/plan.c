#include "plan/plan.h"

#include <stdlib.h>

void plaats_plan_summary(const plaats_plan *plan, plaats_summary *summary) {
    *summary = plan->summary;
}

const char *plaats_plan_unplaced(const plaats_plan *plan) {
    return plan->unplaced.size == 0 ? "" : plan->unplaced.bytes;
}

const char *plaats_plan_json(const plaats_plan *plan) {
    return plan->json.bytes;
}

size_t plaats_plan_size(const plaats_plan *plan) {
    return plan->json.size;
}

void plaats_plan_free(plaats_plan *plan) {
    if (plan == NULL) return;
    buffer_free(&plan->json);
    buffer_free(&plan->unplaced);
    free(plan);
}
