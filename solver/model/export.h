/* The model as a text for other solvers. Names carry positions, z12_3 is unit 12 at site 3, and
 * comment lines at the top say which households and sites these are. */
#ifndef PLAATS_MODEL_EXPORT_H
#define PLAATS_MODEL_EXPORT_H

#include "model/model.h"

plaats_status export_lp(const model *m, plaats_write_fn write, void *context, plaats_error *error);
plaats_status export_mps(const model *m, plaats_write_fn write, void *context, plaats_error *error);

/* As plaats_export says. */
plaats_status export_model(const plaats_instance *instance, plaats_model_form form,
                           int64_t unplaced, plaats_write_fn write, void *context,
                           plaats_error *error);

#endif
