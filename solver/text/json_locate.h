/* Places in a JSON text: line, column and pointer of any number of offsets in one pass. Nothing is
 * built, so it works for texts that end in an error, up to that error. */
#ifndef PLAATS_TEXT_JSON_LOCATE_H
#define PLAATS_TEXT_JSON_LOCATE_H

#include "plaats.h"

#define JSON_MAX_DEPTH 200 /* of objects and arrays within each other */

typedef struct {
    bool array;
    bool inside;  /* the next value, or the one being read, belongs to `index` or `key` */
    uint32_t key; /* offset of the key's opening quote */
    size_t index;
} json_frame;

typedef enum { LOCATE_BETWEEN, LOCATE_STRING, LOCATE_ESCAPE, LOCATE_WORD } json_locate_state;

typedef struct {
    const char *bytes;
    size_t size, at;
    long line, column;
    json_locate_state state;
    bool in_key; /* the string is a key */
    int depth;
    json_frame frames[JSON_MAX_DEPTH];
} json_locator;

void json_locate_start(json_locator *l, const char *bytes, size_t size);
/* Goes on to an offset, at most the size of the text and not before an earlier one. */
void json_locate_advance(json_locator *l, size_t offset);
/* Fills in the line, column and pointer of that offset. A key has the pointer of its member. */
void json_locate_fill(const json_locator *l, plaats_error *place);

#endif
