/* What the files of the evidence share. */
#ifndef PLAATS_ENGINE_EVIDENCE_PARTS_H
#define PLAATS_ENGINE_EVIDENCE_PARTS_H

#include "engine/run/run.h"

/* The scale of the evidence: large, but such that even the prices that settle the unplaced total,
 * and those of units that keep a site, stay below 2^62. */
int64_t evidence_scale(const model *m);
/* No plan leaves less than `weight` unplaced: the case that says so, from the run's prices of the
 * weight, which prove it. */
plaats_status evidence_add_weight_case(run *r, int64_t weight, proof *out, plaats_error *error);
/* The run's evidence is what proves more; the other is freed. */
void evidence_keep_better(run *r, proof *e);

#endif
