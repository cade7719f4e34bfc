/* The judgement on a plan, and what a previous one has in common with an instance. */
#include "check/check_threads.h"
#include "plan/previous.h"

#include <assert.h>

plaats_status plaats_check(const plaats_instance *instance, const char *plan, size_t size,
                           plaats_form form, plaats_write_fn write, void *context,
                           plaats_problem_fn problem, void *problem_context, bool *accepted,
                           plaats_error *error) {
    assert(instance != NULL && plan != NULL && write != NULL && accepted != NULL);
    return check_on_threads(0, instance, plan, size, form, write, context, problem, problem_context,
                            accepted, error);
}

plaats_status plaats_previous_review(const plaats_instance *instance, const char *previous,
                                     size_t size, plaats_problem_fn problem, void *context,
                                     plaats_previous_match *match, plaats_error *error) {
    assert(instance != NULL && previous != NULL && match != NULL);
    return previous_review(instance, previous, size, problem, context, match, error);
}
