/* Reads the changes a plan names, and makes them, or compares them with those that are made. */
#include "check/check_changes.h"
#include "instance/change.h"

#include "text/json_copy.h"

#include <assert.h>
#include <string.h>

/* The value of a change, as text. */
static const char *compact_text(check *c, const json_document *document, const json_node *node) {
    buffer text = {0};
    json_out o = {.to = &text, .compact = true};
    json_copy(document, &o, NULL, node);
    const char *copy = text.failed ? NULL : arena_copy(&c->memory, text.bytes, text.size);
    buffer_free(&text);
    return copy;
}

/* Either a new value, or the word that what is there is removed. */
static bool is_removal(check *c, const json_node *node, bool *fine) {
    const json_node *remove = json_member(node, "remove");
    *fine = remove == NULL || (json_type_of(remove) == JSON_BOOL && json_bool(remove));
    if (!*fine) json_problem(c->document, remove, "'remove' can only be true");
    if (*fine && remove != NULL && json_member(node, "value") != NULL) {
        json_problem(c->document, remove, "'remove' is given together with 'value'");
        *fine = false;
    }
    return remove != NULL;
}

static plaats_status read_change(check *c, const json_node *node, plaats_change *change,
                                 bool *fine) {
    static const char *const members[] = {"pointer", "value", "remove", "because"};
    *fine = false;
    if (!check_take_object(c, node)) return PLAATS_OK;
    check_allow_members(c, node, 4, members);
    *change = (plaats_change){.pointer = check_take_text(c, check_need_member(c, node, "pointer")),
                              .because = check_take_text(c, json_member(node, "because"))};
    bool sound, removes = is_removal(c, node, &sound);
    const json_node *value = removes ? NULL : check_need_member(c, node, "value");
    if (!sound || change->pointer == NULL || (value == NULL && !removes)) return PLAATS_OK;
    if (!removes) change->value = compact_text(c, c->document, value);
    if (!removes && change->value == NULL) return fail_memory(c->error);
    *fine = true;
    return PLAATS_OK;
}

static plaats_status read_changes(check *c, const json_node *list, plaats_change *changes,
                                  bool *fine) {
    plaats_status st = PLAATS_OK;
    int i = 0;
    for (const json_node *node = json_first(list); node != NULL; node = json_next(node)) {
        bool one;
        TRY(read_change(c, node, &changes[i++], &one));
        *fine = *fine && one;
    }
done:
    return st;
}

/* An instance that refuses a change, or is refused with it, leaves nothing to judge. */
static plaats_status apply(check *c, const json_node *list, const plaats_change *changes, size_t n,
                           plaats_instance **changed, bool *fine) {
    plaats_error error = {0};
    plaats_status st = change_instance(c->in, changes, n, NULL, NULL, changed, &error);
    *fine = st == PLAATS_OK;
    if (st == PLAATS_INPUT) {
        json_problem(c->document, list, "these changes cannot be made: '%s': %s", error.pointer,
                     error.message);
        return PLAATS_OK;
    }
    if (st != PLAATS_OK && c->error != NULL) *c->error = error;
    return st;
}

static bool same_text(const char *a, const char *b) {
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* Values are one when they are so without their blanks. */
static plaats_status same_value(check *c, const char *loose, const char *compact, bool *same) {
    json_document *document = NULL;
    *same = loose == NULL && compact == NULL;
    if (loose == NULL || compact == NULL) return PLAATS_OK;
    plaats_status st = json_read(loose, strlen(loose), &document, c->error);
    if (st == PLAATS_OK) {
        const char *text = compact_text(c, document, json_root(document));
        if (text == NULL) st = fail_memory(c->error);
        *same = text != NULL && strcmp(text, compact) == 0;
    }
    json_free(document);
    return st;
}

static plaats_status same_changes(check *c, const plaats_change *changes, size_t n, bool *same) {
    plaats_status st = PLAATS_OK;
    *same = (size_t)c->in->n_changes == n;
    for (size_t i = 0; i < n && *same; i++) {
        const plaats_change *made = &c->in->changes[i];
        TRY(same_value(c, made->value, changes[i].value, same));
        *same = *same && same_text(made->pointer, changes[i].pointer) &&
                same_text(made->because, changes[i].because);
    }
done:
    return st;
}

static const json_node *find_changes(check *c) {
    const json_node *problem =
        json_type_of(c->root) == JSON_OBJECT ? json_member(c->root, "problem") : NULL;
    const json_node *list = problem != NULL && json_type_of(problem) == JSON_OBJECT
                                ? json_member(problem, "changes")
                                : NULL;
    return check_take_array(c, list) ? list : NULL;
}

/* Stays alone name no instance, and so no changes. */
static bool names_instance(const check *c) {
    return json_type_of(c->root) == JSON_OBJECT && json_member(c->root, "instance_sha256") != NULL;
}

plaats_status check_make_changes(check *c, plaats_instance **changed, bool *fine) {
    assert(c->in != NULL && c->document != NULL && changed != NULL);
    plaats_status st = PLAATS_OK;
    plaats_error *error = c->error;
    const json_node *list = find_changes(c);
    size_t n = list == NULL ? 0 : json_count(list);
    plaats_change *changes = NULL;
    *changed = NULL;
    *fine = true;
    if (n == 0 && (c->in->n_changes == 0 || !names_instance(c))) return PLAATS_OK;
    TRY_ALLOC(changes = arena_alloc(&c->memory, n, sizeof *changes));
    if (list != NULL) TRY(read_changes(c, list, changes, fine));
    if (!*fine) goto done;
    if (c->in->n_changes == 0) {
        TRY(apply(c, list, changes, n, changed, fine));
        goto done;
    }
    TRY(same_changes(c, changes, n, fine));
    if (!*fine)
        json_problem(c->document, list != NULL ? list : c->root,
                     "these are not the changes of the instance");
done:
    return st;
}
