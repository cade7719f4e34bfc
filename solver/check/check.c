/* The outline of a check: read the plan, recompute everything from the instance, and compare. */
#include "check/check.h"

#include "check/check_changes.h"
#include "check/check_threads.h"

#include <assert.h>

/* Whether the plan is stays alone, with nothing in it that was worked out from them. */
static bool is_handmade(const json_node *root) {
    static const char *const computed[] = {"outcome", "cost",  "bound", "gap",    "parts",
                                           "totals",  "sites", "proof", "quotas", "unplaced"};
    for (size_t i = 0; i < sizeof computed / sizeof *computed; i++)
        if (json_member(root, computed[i]) != NULL) return false;
    return true;
}

/* Figures are compared only when every stay could be read: else each would be wrong. */
static plaats_status judge(check *c) {
    plaats_status st = PLAATS_OK;
    if (json_type_of(c->root) != JSON_OBJECT) {
        check_take_object(c, c->root);
        return st;
    }
    c->handmade = is_handmade(c->root);
    TRY(check_read_stays(c));
    TRY(check_read_keep(c));
    TRY(check_count(c));
    TRY(check_rules(c));
    TRY(check_proof(c));
    TRY(check_head(c));
    if (!c->whole) goto done;
    check_figures(c);
    TRY(check_tables(c));
    TRY(check_unplaced(c));
done:
    return st;
}

static const json_naming naming[] = {{"stays", "household", "household"},
                                     {"unplaced", "household", "household"},
                                     {"sites", "id", "site"},
                                     {"quotas", "id", "quota"},
                                     {0}};

plaats_status check_on_threads(int threads, const plaats_instance *instance, const char *plan,
                               size_t size, plaats_form form, plaats_write_fn write, void *context,
                               plaats_problem_fn problem, void *problem_context, bool *accepted,
                               plaats_error *error) {
    assert(instance != NULL && plan != NULL && write != NULL && accepted != NULL);
    check c = {.in = instance, .threads = threads, .error = error};
    plaats_instance *changed = NULL;
    bool fine = true;
    plaats_status st = PLAATS_OK;
    *accepted = false;
    st = json_read(plan, size, &c.document, error);
    if (st == PLAATS_INPUT) st = json_report(c.document, problem, problem_context, error);
    TRY(st);
    c.root = json_root(c.document);
    json_name_elements(c.document, naming);
    TRY(check_make_changes(&c, &changed, &fine));
    if (changed != NULL) c.in = changed;
    TRY(check_facts_make(c.in, &c.facts, error));
    if (fine) TRY(judge(&c));
    TRY(check_report(&c, form, write, context, accepted));
done:
    arena_free(&c.memory);
    check_facts_free(&c.facts);
    json_free(c.document);
    instance_free(changed);
    return st;
}
