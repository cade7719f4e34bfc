#include "text/json_copy.h"

#include "base/hash.h"

enum { DEEPEST_COPY = 30 }; /* of JSON out */

/* Integers keep their digits; another number is written as the double it stands for. */
static void copy_number(const json_document *d, json_out *o, const char *key,
                        const json_node *node) {
    int64_t n;
    if (json_integer(d, node, &n) == JSON_INTEGER)
        out_integer(o, key, n);
    else
        out_double(o, key, json_double(node), 6);
}

/* Without blanks; what is nested too deeply is written as null. */
static void copy_compact(const json_document *d, json_out *o, const char *key,
                         const json_node *node) {
    switch (o->depth < DEEPEST_COPY ? json_kind_of(node) : JSON_NULL) {
    case JSON_NULL:
        out_null(o, key);
        return;
    case JSON_BOOL:
        out_bool(o, key, json_bool(node));
        return;
    case JSON_NUMBER:
        copy_number(d, o, key, node);
        return;
    case JSON_STRING:
        out_string(o, key, json_text(node));
        return;
    case JSON_ARRAY:
        out_array(o, key);
        break;
    case JSON_OBJECT:
        out_object(o, key);
        break;
    }
    for (const json_node *child = json_first(node); child != NULL; child = json_next(child))
        copy_compact(d, o, json_key(child), child);
    out_end(o);
}

plaats_status json_hash(const json_document *document, const json_node *node, char hash[65],
                        plaats_error *error) {
    buffer text = {0};
    json_out o = {.to = &text, .compact = true};
    copy_compact(document, &o, NULL, node);
    bool failed = text.failed;
    if (!failed) sha256_hex(text.bytes, text.size, hash);
    buffer_free(&text);
    return failed ? fail_memory(error) : PLAATS_OK;
}
