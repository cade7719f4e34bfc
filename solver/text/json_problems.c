/* Keeps problems as offsets, and tells them in the order of their places. */
#include "text/json_problems.h"

#include "base/status.h"
#include "base/utf8.h"
#include "text/json_locate.h"
#include "text/message.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

static bool grow_room(json_problem_list *p) {
    if (p->count < p->capacity) return true;
    size_t capacity = p->capacity > 0 ? 2 * p->capacity : 16;
    json_found *list = realloc(p->list, capacity * sizeof *list);
    if (list == NULL) return false;
    p->list = list;
    p->capacity = capacity;
    return true;
}

/* A copy of the message just made. One fault repeated a million times keeps one copy. */
static const char *keep_message(json_problem_list *p) {
    const char *last = p->count > 0 ? p->list[p->count - 1].message : NULL;
    if (last != NULL && strcmp(last, p->scratch.bytes) == 0) return last;
    return arena_copy(&p->messages, p->scratch.bytes, p->scratch.size);
}

void json_problems_add_args(json_problem_list *p, size_t offset, const char *format,
                            va_list *args) {
    assert(offset <= UINT32_MAX && format != NULL);
    p->scratch.size = 0;
    buffer_text(&p->scratch, "");
    message_add(&p->scratch, format, args);
    const char *message = p->scratch.failed ? NULL : keep_message(p);
    if (message == NULL || !grow_room(p)) {
        p->failed = true;
        return;
    }
    uint32_t order = (uint32_t)p->count;
    p->list[p->count++] =
        (json_found){.offset = (uint32_t)offset, .order = order, .message = message};
}

void json_problems_add(json_problem_list *p, size_t offset, const char *format, ...) {
    va_list args;
    va_start(args, format);
    json_problems_add_args(p, offset, format, &args);
    va_end(args);
}

/* By place, and at one place as they were found. */
static int compare_found(const void *left, const void *right) {
    const json_found *a = left, *b = right;
    if (a->offset != b->offset) return a->offset < b->offset ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

/* The message, behind the name of the element that it is about. */
static void set_message(plaats_error *found, naming_walk *names, const json_locator *place,
                        const char *message, buffer *scratch) {
    scratch->size = 0;
    buffer_text(scratch, "");
    json_naming_add(names, place, found->pointer, message, scratch);
    buffer_text(scratch, message);
    const char *text = scratch->failed ? message : scratch->bytes;
    size_t size = utf8_cut(text, strlen(text), sizeof found->message - 1);
    memcpy(found->message, text, size);
    found->message[size] = '\0';
}

plaats_status json_problems_report(json_problem_list *p, const char *bytes, size_t size,
                                   naming_walk *names, plaats_problem_fn problem, void *context,
                                   plaats_error *error) {
    if (p->failed) return fail_memory(error);
    if (p->count == 0) return PLAATS_OK;
    qsort(p->list, p->count, sizeof *p->list, compare_found);

    json_locator *locator = zero_alloc(1, sizeof *locator);
    if (locator == NULL) return fail_memory(error);
    json_locate_start(locator, bytes, size);
    size_t told = problem != NULL ? p->count : 1; /* `error` needs the first alone */
    for (size_t i = 0; i < told; i++) {
        plaats_error found = {.status = PLAATS_INPUT};
        json_locate_advance(locator, p->list[i].offset);
        json_locate_fill(locator, &found);
        set_message(&found, names, locator, p->list[i].message, &p->scratch);
        if (i == 0 && error != NULL) *error = found;
        if (problem != NULL) problem(context, &found);
    }
    free(locator);
    return PLAATS_INPUT;
}

void json_problems_free(json_problem_list *p) {
    free(p->list);
    arena_free(&p->messages);
    buffer_free(&p->scratch);
    memset(p, 0, sizeof *p);
}
