/* Where a JSON pointer (RFC 6901) leads in a clean text. Elements of arrays may also be named by
 * their member `id`: "@azc". */
#ifndef PLAATS_TEXT_JSON_POINTER_H
#define PLAATS_TEXT_JSON_POINTER_H

#include "base/arena.h"
#include "base/status.h"
#include "text/json_step.h"

typedef struct {
    const char *text; /* escapes undone, NUL-terminated */
    size_t size;
} json_token;

typedef struct {
    size_t begin, end; /* the value that is there; both where an item would be added */
    size_t item;       /* where the item begins: its key, or itself */
    size_t before;     /* the end of the item before it */
    bool first;        /* there is none before it */
    bool in_object;
    size_t n_absent; /* tokens at the end of the pointer that lead to nothing yet; 0: it is there */
} json_spot;

/* Takes a pointer apart. PLAATS_INPUT when it is none. */
plaats_status json_pointer_split(const char *pointer, arena *memory, json_token **tokens, size_t *n,
                                 plaats_error *error);
/* Follows it as far as there is something. PLAATS_INPUT when it leads to where nothing can be. */
plaats_status json_pointer_follow(const json_span *text, const json_token *tokens, size_t n,
                                  arena *memory, json_spot *spot, plaats_error *error);
/* PLAATS_INPUT with a message that is formatted as message_add does. */
plaats_status json_pointer_refuse(plaats_error *error, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
