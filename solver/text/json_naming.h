/* What the elements of a document's arrays are called: a problem in one says its name. */
#ifndef PLAATS_TEXT_JSON_NAMING_H
#define PLAATS_TEXT_JSON_NAMING_H

#include "base/buffer.h"
#include "text/json_in.h"
#include "text/json_locate.h"

/* Goes through the problems of a document in the order of their places. */
typedef struct {
    const json_node *root;   /* NULL: nothing has a name */
    const json_naming *rows; /* NULL likewise */
    const json_naming *row;  /* of the array that the last problem was in, or NULL */
    uint32_t key;            /* offset of that array's key; 0: none yet */
    const json_node *element;
    size_t index; /* of `element` */
} naming_walk;

/* Adds "site 'azc': " where the place is in an element that has a name, and `pointer` and `message`
 * do not tell it anyway. */
void json_naming_add(naming_walk *w, const json_locator *place, const char *pointer,
                     const char *message, buffer *out);

#endif
