/* Instances: read, changed, reviewed, generated, exported. */
#include "instance/change.h"
#include "instance/generate.h"
#include "instance/instance.h"
#include "instance/scenarios.h"
#include "model/export.h"
#include "plan/review.h"

#include <assert.h>

plaats_status plaats_instance_read(const char *bytes, size_t size, plaats_problem_fn problem,
                                   void *context, plaats_instance **instance, plaats_error *error) {
    assert((bytes != NULL || size == 0) && instance != NULL);
    return instance_read(bytes, size, problem, context, instance, error);
}

void plaats_instance_free(plaats_instance *instance) {
    instance_free(instance);
}

plaats_status plaats_instance_change(const plaats_instance *instance, const plaats_change *changes,
                                     size_t n, plaats_problem_fn problem, void *context,
                                     plaats_instance **changed, plaats_error *error) {
    assert(instance != NULL && (changes != NULL || n == 0) && changed != NULL);
    return change_instance(instance, changes, n, problem, context, changed, error);
}

plaats_status plaats_instance_review(const plaats_instance *instance, plaats_form form,
                                     plaats_write_fn write, void *context, plaats_error *error) {
    assert(instance != NULL && write != NULL);
    return review_instance(instance, form, write, context, error);
}

plaats_status plaats_instance_notes(const plaats_instance *instance, int64_t *notes,
                                    plaats_error *error) {
    assert(instance != NULL && notes != NULL);
    return review_count_notes(instance, notes, error);
}

void plaats_generate_default(plaats_generate_settings *settings) {
    assert(settings != NULL);
    generate_default(settings);
}

plaats_status plaats_generate(const plaats_generate_settings *settings, plaats_write_fn write,
                              void *context, plaats_error *error) {
    assert(settings != NULL && write != NULL);
    return generate_instance(settings, write, context, error);
}

plaats_status plaats_export(const plaats_instance *instance, plaats_model_form form,
                            int64_t unplaced, plaats_write_fn write, void *context,
                            plaats_error *error) {
    assert(instance != NULL && write != NULL);
    return export_model(instance, form, unplaced, write, context, error);
}

plaats_status plaats_scenarios_read(const char *bytes, size_t size, plaats_problem_fn problem,
                                    void *context, plaats_scenarios **scenarios,
                                    plaats_error *error) {
    assert((bytes != NULL || size == 0) && scenarios != NULL);
    return scenarios_read(bytes, size, problem, context, scenarios, error);
}

size_t plaats_scenarios_count(const plaats_scenarios *scenarios) {
    assert(scenarios != NULL);
    return scenarios->n;
}

const plaats_scenario *plaats_scenarios_at(const plaats_scenarios *scenarios, size_t i) {
    assert(scenarios != NULL && i < scenarios->n);
    return &scenarios->list[i];
}

void plaats_scenarios_free(plaats_scenarios *scenarios) {
    scenarios_free(scenarios);
}
