/* The problems of a JSON text: collected as offsets with messages, placed when they are told. */
#ifndef PLAATS_TEXT_JSON_PROBLEMS_H
#define PLAATS_TEXT_JSON_PROBLEMS_H

#include "base/arena.h"
#include "base/buffer.h"
#include "plaats.h"
#include "text/json_naming.h"
#include <stdarg.h>

typedef struct {
    uint32_t offset, order; /* order: as they were found */
    const char *message;
} json_found;

typedef struct {
    json_found *list;
    size_t count, capacity;
    arena messages;
    buffer scratch;
    bool failed;     /* out of memory: some are missing */
} json_problem_list; /* all zero: empty */

/* Messages are formatted by message_add. */
void json_problems_add(json_problem_list *p, size_t offset, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void json_problems_add_args(json_problem_list *p, size_t offset, const char *format, va_list *args);
/* As json_report, with the names that elements have; `problem` and `error` may be NULL. */
plaats_status json_problems_report(json_problem_list *p, const char *bytes, size_t size,
                                   naming_walk *names, plaats_problem_fn problem, void *context,
                                   plaats_error *error);
void json_problems_free(json_problem_list *p);

#endif
