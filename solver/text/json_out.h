/* JSON out, into a growing buffer. Objects and arrays opened with `_row` are written on one line,
 * others one member or element a line, indented by two blanks: files that people can read and
 * compare line by line. Compact mode writes no blanks or line ends at all. */
#ifndef PLAATS_TEXT_JSON_OUT_H
#define PLAATS_TEXT_JSON_OUT_H

#include "base/buffer.h"
#include <stdint.h>

enum { JSON_OUT_DEEPEST = 31 }; /* of objects and arrays within each other: bits of a word */

typedef struct {
    buffer *to;
    int depth;       /* open objects and arrays; at most JSON_OUT_DEEPEST */
    int inline_from; /* depth of the outermost `_row`; 0 for none */
    bool compact;
    uint32_t has_items; /* bit d: the container at depth d has an item already */
    uint32_t is_array;  /* bit d: the container at depth d is an array */
} json_out;             /* {.to = &buffer}: ready */

/* `key` is NULL for elements of arrays and for the root. */
void json_out_object(json_out *o, const char *key);
void json_out_object_row(json_out *o, const char *key);
void json_out_array(json_out *o, const char *key);
void json_out_array_row(json_out *o, const char *key);
void json_out_end(json_out *o); /* closes the innermost; after the root a newline unless compact */
void json_out_integer(json_out *o, const char *key, int64_t value);
void json_out_double(json_out *o, const char *key, double value,
                     int decimals);                                     /* fixed, no locale */
void json_out_number(json_out *o, const char *key, const char *digits); /* as JSON writes it */
void json_out_string(json_out *o, const char *key, const char *text);
void json_out_bool(json_out *o, const char *key, bool value);
void json_out_null(json_out *o, const char *key);

#endif
