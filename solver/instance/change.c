/* Scenarios: an instance read again with some of its values changed. */
#include "instance/change.h"
#include "instance/instance.h"
#include "text/json_set.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static const household *known_household(const plaats_instance *in, const char *id, size_t size) {
    for (int h = 0; h < in->n_households; h++) {
        const household *known = &in->households[h];
        if (strlen(known->id) == size && memcmp(known->id, id, size) == 0) return known;
    }
    return NULL;
}

static bool leads_somewhere(const buffer *text, const char *pointer, size_t size) {
    buffer unused = {0};
    char *copy = strndup(pointer, size);
    bool leads = copy == NULL ||
                 json_set(text->bytes, text->size, copy, "null", &unused, NULL) != PLAATS_INPUT;
    free(copy);
    buffer_free(&unused);
    return leads;
}

/* A pointer was refused. A household that only people name is there, but not in the document. */
static void explain_household(const plaats_instance *in, const buffer *text, const char *pointer,
                              plaats_error *error) {
    static const char rows[] = "/households/@";
    if (strncmp(pointer, rows, sizeof rows - 1) != 0) return;
    const char *id = pointer + sizeof rows - 1;
    size_t size = strcspn(id, "/");
    const household *known = known_household(in, id, size);
    if (known == NULL || leads_somewhere(text, pointer, sizeof rows - 1 + size)) return;
    fail(error, PLAATS_INPUT,
         "household '%s' is named by people alone and has no row here: '/households/-' adds one",
         known->id);
    plaats_show(pointer, error->pointer, sizeof error->pointer);
}

static plaats_status make_changes(const plaats_instance *in, const plaats_change *changes, size_t n,
                                  buffer *text, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    buffer next = {0};
    buffer_add(text, in->text, in->bytes);
    if (text->failed) TRY(fail_memory(error));
    for (size_t i = 0; i < n; i++) {
        st = json_set(text->bytes, text->size, changes[i].pointer, changes[i].value, &next, error);
        if (st == PLAATS_INPUT) explain_household(in, text, changes[i].pointer, error);
        TRY(st);
        buffer_free(text);
        *text = next;
        next = (buffer){0};
    }
done:
    buffer_free(&next);
    return st;
}

static const char *copy_text(arena *memory, const char *text) {
    return text == NULL ? NULL : arena_copy(memory, text, strlen(text));
}

static bool copy_change(arena *memory, const plaats_change *from, plaats_change *to) {
    to->pointer = copy_text(memory, from->pointer);
    to->value = copy_text(memory, from->value);
    to->because = copy_text(memory, from->because);
    return to->pointer != NULL && (to->value != NULL || from->value == NULL) &&
           (to->because != NULL || from->because == NULL);
}

/* What was changed before comes first; the document as it was first read is kept. */
static plaats_status note_changes(const plaats_instance *in, const plaats_change *changes, size_t n,
                                  plaats_instance *out, plaats_error *error) {
    size_t before = (size_t)in->n_changes;
    plaats_change *all = arena_alloc(&out->memory, before + n, sizeof *all);
    if (all == NULL) return fail_memory(error);
    for (size_t i = 0; i < before + n; i++) {
        const plaats_change *from = i < before ? &in->changes[i] : &changes[i - before];
        if (!copy_change(&out->memory, from, &all[i])) return fail_memory(error);
    }
    bool again = in->original != NULL;
    out->original_bytes = again ? in->original_bytes : in->bytes;
    out->original = arena_copy(&out->memory, again ? in->original : in->text, out->original_bytes);
    if (out->original == NULL) return fail_memory(error);
    out->changes = all;
    out->n_changes = (int)(before + n);
    memcpy(out->sha256, in->sha256, sizeof out->sha256);
    return PLAATS_OK;
}

plaats_status change_instance(const plaats_instance *instance, const plaats_change *changes,
                              size_t n, plaats_problem_fn problem, void *context,
                              plaats_instance **changed, plaats_error *error) {
    assert(instance != NULL && (changes != NULL || n == 0) && changed != NULL);
    plaats_status st = PLAATS_OK;
    plaats_error first = {0};
    buffer text = {0};
    *changed = NULL;
    st = make_changes(instance, changes, n, &text, &first);
    if (st == PLAATS_INPUT && problem != NULL) problem(context, &first);
    if (st != PLAATS_OK && error != NULL) *error = first;
    TRY(st);
    TRY(instance_read(text.bytes, text.size, problem, context, changed, error));
    TRY(note_changes(instance, changes, n, *changed, error));
done:
    buffer_free(&text);
    if (st != PLAATS_OK) {
        instance_free(*changed);
        *changed = NULL;
    }
    return st;
}
