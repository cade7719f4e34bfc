/* The strict scan: is a text clean JSON (RFC 8259), and where does each value stand? Stricter than
 * the grammar where the house wants it so: no duplicate members, no U+0000, no lone surrogates, no
 * byte order mark, no numbers of more than 60 characters, bounded depth. */
#ifndef PLAATS_TEXT_JSON_SCAN_H
#define PLAATS_TEXT_JSON_SCAN_H

#include "text/json_problems.h"

#define JSON_MAX_BYTES INT32_MAX /* of a document: offsets and counts of values fit in an int */
#define JSON_MAX_NUMBER_SIZE 60  /* characters; cJSON reads numbers into 63 */
#define JSON_NO_KEY UINT32_MAX   /* key of the root and of elements of arrays */

typedef struct {
    uint32_t value, key; /* offsets of a value and of the opening quote of its key */
} json_place;

typedef struct {
    json_place *list; /* in the order of the document: a container before what is in it */
    size_t count, capacity;
} json_places; /* all zero: empty */

/* Scans up to the end or the first syntax error; whatever is no syntax error is recorded and does
 * not end the scan. False when memory runs out. */
bool json_scan(const char *bytes, size_t size, json_places *places, json_problem_list *problems);
void json_places_free(json_places *places);

#endif
