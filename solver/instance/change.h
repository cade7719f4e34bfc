/* Scenarios of an instance: the document with changes made to it, read anew. */
#ifndef PLAATS_INSTANCE_CHANGE_H
#define PLAATS_INSTANCE_CHANGE_H

#include "instance/instance.h"

/* As plaats_instance_change says. */
plaats_status change_instance(const plaats_instance *instance, const plaats_change *changes,
                              size_t n, plaats_problem_fn problem, void *context,
                              plaats_instance **changed, plaats_error *error);

#endif
