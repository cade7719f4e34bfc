/* The parts of the plan document that have a file of their own; write.c puts them in order. */
#ifndef PLAATS_PLAN_WRITE_PARTS_H
#define PLAATS_PLAN_WRITE_PARTS_H

#include "engine/engine.h"
#include "plan/ledger.h"
#include "plan/plan.h"
#include "plan/reasons.h"
#include "text/json_out.h"

/* `changes` of `problem`. */
plaats_status write_changes(json_out *o, const plaats_instance *in, plaats_error *error);
/* `keep` of `problem`. */
void write_keep(json_out *o, const ledger *l, int64_t points);
/* `stays`; without a key where it is hashed. */
void write_stays(json_out *o, const char *key, const plaats_plan *plan);
/* `unplaced`, with the reasons. */
void write_unplaced(json_out *o, const plaats_plan *plan);
/* `parts` and `totals`. */
void write_parts(json_out *o, const ledger *l);
plaats_status write_totals(json_out *o, const ledger *l, plaats_error *error);
/* `sites` and `quotas`. */
void write_sites(json_out *o, const ledger *l, const plaats_plan *plan);
void write_quotas(json_out *o, const ledger *l);
/* `proof`. */
plaats_status write_proof(json_out *o, const model *m, const engine_result *result,
                          plaats_error *error);

/* A member whose value is a week. */
void write_week(json_out *o, const char *key, week w);
/* The member `reasons`. */
void write_reasons(json_out *o, const reason_list *reasons);

#endif
