/* Strict JSON in, with places. A strict scan runs first (RFC 8259, UTF-8, no byte order mark, no
 * duplicate members, no U+0000, no lone surrogates, bounded depth); cJSON then only sees clean
 * text. Nodes keep no place, but each can be found again in the text, so line, column and pointer
 * are worked out only when a problem is reported, all in one pass.
 *
 * Problems are collected, not returned: a reader goes on as far as it can and reports everything.
 */
#ifndef PLAATS_TEXT_JSON_IN_H
#define PLAATS_TEXT_JSON_IN_H

#include "base/status.h"
#include <stdint.h>

typedef struct json_document json_document;
typedef struct cJSON json_node;

typedef enum { JSON_NULL, JSON_BOOL, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT } json_type;

/* Scans and parses. The bytes must outlive the document. PLAATS_INPUT when the text is no clean
 * JSON; the document then exists all the same (with no root), so that its problems can be
 * reported; every other failure gives NULL. */
plaats_status json_read(const char *bytes, size_t size, json_document **document,
                        plaats_error *error);
void json_free(json_document *document);

const json_node *json_root(const json_document *document);
json_type json_type_of(const json_node *node);
const char *json_type_name(const json_node *node); /* "a string", "an object", ... */
/* Children of an array or object, in order; NULL at the end. */
const json_node *json_first(const json_node *node);
const json_node *json_next(const json_node *node);
size_t json_count(const json_node *node);
/* A member's key; NULL for what is no member of an object. */
const char *json_key(const json_node *node);
/* The member with exactly this key, or NULL. */
const json_node *json_member(const json_node *object, const char *key);
const char *json_text(const json_node *node); /* of a JSON_STRING */
bool json_bool(const json_node *node);        /* of a JSON_BOOL */
double json_double(const json_node *node);    /* of a JSON_NUMBER */

typedef enum { JSON_INTEGER, JSON_NOT_INTEGER, JSON_TOO_LARGE } json_integer_result;
/* Optional minus and digits, nothing else; exact to 64 bits (never through a double). */
json_integer_result json_integer(const json_document *document, const json_node *node,
                                 int64_t *value);
/* The number as it stands in the text, for messages; cut to fit. */
void json_source(const json_document *document, const json_node *node, char *out, size_t size);

/* Record a problem at a value, or at the key of a member (pointer of the member either way).
 * Formats are those of text/message.h: users' texts in quotes ('%s') are cut to a
 * sensible size and made fit to show. */
void json_problem(json_document *document, const json_node *node, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void json_problem_key(json_document *document, const json_node *member, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
size_t json_problems(const json_document *document);
/* What the elements of arrays in the root are called: a problem in one says its name, "site 'azc':
 * ...". The rows end with one of NULLs, and must outlive the document. */
typedef struct {
    const char *array;  /* "sites" */
    const char *member; /* "id": the member that names an element */
    const char *word;   /* "site" */
} json_naming;
void json_name_elements(json_document *document, const json_naming *rows);
/* Gives all problems, by place, to `problem` (may be NULL), and the first to `error`. Returns
 * PLAATS_INPUT if there are any, PLAATS_OK if not, PLAATS_MEMORY if collecting them failed. */
plaats_status json_report(json_document *document, plaats_problem_fn problem, void *context,
                          plaats_error *error);

/* The candidate nearest to `text` by edit distance, when near enough to be a likely slip; else
 * NULL. `candidate(context, i)` names candidate i of n. For "did you mean". */
const char *nearest_name(const char *text, size_t n,
                         const char *(*candidate)(const void *context, size_t i),
                         const void *context);

#endif
