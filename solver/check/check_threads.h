/* plaats_check for callers of our own. */
#ifndef PLAATS_CHECK_CHECK_THREADS_H
#define PLAATS_CHECK_CHECK_THREADS_H

#include "plaats.h"

/* plaats_check on at most so many threads (0: one for each processor). */
plaats_status check_on_threads(int threads, const plaats_instance *instance, const char *plan,
                               size_t size, plaats_form form, plaats_write_fn write, void *context,
                               plaats_problem_fn problem, void *problem_context, bool *accepted,
                               plaats_error *error);

#endif
