/* Where a run begins and ends: the driver builds one for each solve, a test whenever it likes. */
#ifndef PLAATS_ENGINE_RUN_RUN_BUILD_H
#define PLAATS_ENGINE_RUN_RUN_BUILD_H

#include "engine/run/run.h"

/* A run on the model, with no plan and no prices yet: `best` has room for a plan. The clock runs
 * from now. The model and the settings must outlive it. After a failure too: run_free. */
plaats_status run_build(run *r, const model *m, const plaats_settings *settings,
                        const run_reserve *reserve, plaats_error *error);
void run_free(run *r);

#endif
