/* Writes a value that was read, and hashes it. */
#include "text/json_copy.h"

#include "text/json_scan.h"

#include <assert.h>

static void copy_number(const json_document *d, json_out *o, const char *key,
                        const json_node *node) {
    char digits[JSON_MAX_NUMBER_SIZE + 1];
    json_source(d, node, digits, sizeof digits);
    json_out_number(o, key, digits);
}

void json_copy(const json_document *d, json_out *o, const char *key, const json_node *node) {
    assert(d != NULL && o != NULL && node != NULL);
    switch (o->depth < JSON_OUT_DEEPEST - 1 ? json_type_of(node) : JSON_NULL) {
    case JSON_NULL:
        json_out_null(o, key);
        return;
    case JSON_BOOL:
        json_out_bool(o, key, json_bool(node));
        return;
    case JSON_NUMBER:
        copy_number(d, o, key, node);
        return;
    case JSON_STRING:
        json_out_string(o, key, json_text(node));
        return;
    case JSON_ARRAY:
        json_out_array(o, key);
        break;
    case JSON_OBJECT:
        json_out_object(o, key);
        break;
    }
    for (const json_node *child = json_first(node); child != NULL; child = json_next(child))
        json_copy(d, o, json_key(child), child);
    json_out_end(o);
}

plaats_status json_hash(const json_document *document, const json_node *node,
                        char hash[HASH_TEXT_SIZE], plaats_error *error) {
    buffer text = {0};
    json_out o = {.to = &text, .compact = true};
    json_copy(document, &o, NULL, node);
    bool failed = text.failed;
    if (!failed) hash_sha256(text.bytes, text.size, hash);
    buffer_free(&text);
    return failed ? fail_memory(error) : PLAATS_OK;
}
