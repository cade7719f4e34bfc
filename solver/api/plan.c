/* A finished plan, read. */
#include "plan/plan.h"

#include <assert.h>
#include <stdlib.h>

void plaats_plan_summary(const plaats_plan *plan, plaats_summary *summary) {
    assert(plan != NULL && summary != NULL);
    *summary = plan->summary;
}

const char *plaats_plan_unplaced_text(const plaats_plan *plan) {
    assert(plan != NULL);
    return plan->unplaced_text.size == 0 ? "" : plan->unplaced_text.bytes;
}

const plaats_stay *plaats_plan_stays(const plaats_plan *plan, size_t *n) {
    assert(plan != NULL && n != NULL);
    *n = plan->n_stays;
    return plan->stays;
}

const plaats_unplaced *plaats_plan_unplaced(const plaats_plan *plan, size_t *n) {
    assert(plan != NULL && n != NULL);
    *n = plan->n_unplaced;
    return plan->unplaced;
}

const plaats_site_week *plaats_plan_sites(const plaats_plan *plan, size_t *n) {
    assert(plan != NULL && n != NULL);
    *n = plan->n_sites;
    return plan->sites;
}

const char *plaats_plan_json(const plaats_plan *plan) {
    assert(plan != NULL);
    return plan->json.bytes;
}

size_t plaats_plan_size(const plaats_plan *plan) {
    assert(plan != NULL);
    return plan->json.size;
}

void plaats_plan_free(plaats_plan *plan) {
    if (plan == NULL) return;
    buffer_free(&plan->json);
    buffer_free(&plan->unplaced_text);
    arena_free(&plan->memory);
    free(plan);
}
