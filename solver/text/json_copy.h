/* A value that was read, written again. */
#ifndef PLAATS_TEXT_JSON_COPY_H
#define PLAATS_TEXT_JSON_COPY_H

#include "base/hash.h"
#include "text/json_in.h"
#include "text/json_out.h"

/* Numbers keep their digits; what is nested too deeply for JSON out is written as null. */
void json_copy(const json_document *document, json_out *o, const char *key, const json_node *node);

/* SHA-256 of a value's compact JSON: the same whatever blanks stand in the document. */
plaats_status json_hash(const json_document *document, const json_node *node,
                        char hash[HASH_TEXT_SIZE], plaats_error *error);

#endif
