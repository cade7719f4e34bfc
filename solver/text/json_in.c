/* The scan, then cJSON, whose quirks stay here; numbers are read from the text. */
#include "text/json_in.h"

#include "text/json_naming.h"
#include "text/json_problems.h"
#include "text/json_scan.h"
#include <assert.h>
#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

/* cJSON's valueint is used for nothing else here, so it holds the number of the node in the order
 * of the document, which leads to its place. */
struct json_document {
    const char *bytes;
    size_t size;
    cJSON *root; /* NULL when the scan found a problem */
    json_places places;
    json_problem_list problems;
    const json_naming *naming; /* NULL: elements have no names */
};

/* ---- Reading ----------------------------------------------------------------------------- */

/* Numbers the nodes as the scan met them: a container first, then what is in it. The depth is
 * bounded by the scan. */
static int number_nodes(cJSON *node, int next) {
    for (; node != NULL; node = node->next) {
        node->valueint = next++;
        next = number_nodes(node->child, next);
    }
    return next;
}

static plaats_status parse(json_document *d, plaats_error *error) {
    d->root = cJSON_ParseWithLength(d->bytes, d->size);
    if (d->root == NULL) return fail_memory(error); /* the text is clean */
    int nodes = number_nodes(d->root, 0);
    assert((size_t)nodes == d->places.count);
    (void)nodes;
    return PLAATS_OK;
}

plaats_status json_read(const char *bytes, size_t size, json_document **document,
                        plaats_error *error) {
    assert((bytes != NULL || size == 0) && document != NULL);
    plaats_status st = PLAATS_OK;
    *document = NULL;
    json_document *d = zero_alloc(1, sizeof *d);
    TRY_ALLOC(d);
    d->bytes = size > 0 ? bytes : "";
    if (size > JSON_MAX_BYTES) {
        json_problems_add(&d->problems, 0, "document of %zu bytes, expected at most %ld", size,
                          (long)JSON_MAX_BYTES);
    } else {
        d->size = size;
        if (!json_scan(d->bytes, size, &d->places, &d->problems)) TRY(fail_memory(error));
    }
    if (d->problems.count == 0)
        TRY(parse(d, error));
    else
        st = json_report(d, NULL, NULL, error);
done:
    if (st != PLAATS_OK && st != PLAATS_INPUT) {
        json_free(d);
        d = NULL;
    }
    *document = d;
    return st;
}

void json_free(json_document *document) {
    if (document == NULL) return;
    cJSON_Delete(document->root);
    json_places_free(&document->places);
    json_problems_free(&document->problems);
    free(document);
}

/* ---- The tree ---------------------------------------------------------------------------- */

const json_node *json_root(const json_document *document) {
    assert(document != NULL);
    return document->root;
}

json_type json_type_of(const json_node *node) {
    assert(node != NULL);
    switch (node->type & 0xFF) {
    case cJSON_False:
    case cJSON_True:
        return JSON_BOOL;
    case cJSON_Number:
        return JSON_NUMBER;
    case cJSON_String:
        return JSON_STRING;
    case cJSON_Array:
        return JSON_ARRAY;
    case cJSON_Object:
        return JSON_OBJECT;
    default:
        return JSON_NULL;
    }
}

const char *json_type_name(const json_node *node) {
    static const char *const names[] = {
        [JSON_NULL] = "null",       [JSON_BOOL] = "a boolean", [JSON_NUMBER] = "a number",
        [JSON_STRING] = "a string", [JSON_ARRAY] = "an array", [JSON_OBJECT] = "an object"};
    return names[json_type_of(node)];
}

const json_node *json_first(const json_node *node) {
    assert(node != NULL);
    return node->child;
}

const json_node *json_next(const json_node *node) {
    assert(node != NULL);
    return node->next;
}

size_t json_count(const json_node *node) {
    assert(node != NULL);
    size_t count = 0;
    for (const json_node *child = node->child; child != NULL; child = child->next) count++;
    return count;
}

const char *json_key(const json_node *node) {
    assert(node != NULL);
    return node->string;
}

const json_node *json_member(const json_node *object, const char *key) {
    assert(object != NULL && key != NULL);
    for (const json_node *member = object->child; member != NULL; member = member->next)
        if (member->string != NULL && strcmp(member->string, key) == 0) return member;
    return NULL;
}

const char *json_text(const json_node *node) {
    assert(json_type_of(node) == JSON_STRING);
    return node->valuestring;
}

bool json_bool(const json_node *node) {
    assert(json_type_of(node) == JSON_BOOL);
    return (node->type & 0xFF) == cJSON_True;
}

double json_double(const json_node *node) {
    assert(json_type_of(node) == JSON_NUMBER);
    return node->valuedouble;
}

/* ---- Numbers as they stand in the text --------------------------------------------------- */

static json_place place_of(const json_document *d, const json_node *node) {
    assert(node->valueint >= 0 && (size_t)node->valueint < d->places.count);
    return d->places.list[node->valueint];
}

/* The text of a number, which is not terminated; its size. */
static size_t number_text(const json_document *d, const json_node *node, const char **text) {
    assert(json_type_of(node) == JSON_NUMBER);
    size_t start = place_of(d, node).value;
    size_t end = start;
    while (end < d->size && d->bytes[end] != '\0' && strchr("+-.eE0123456789", d->bytes[end]))
        end++;
    *text = d->bytes + start;
    return end - start;
}

json_integer_result json_integer(const json_document *document, const json_node *node,
                                 int64_t *value) {
    if (json_type_of(node) != JSON_NUMBER) return JSON_NOT_INTEGER;
    const char *text;
    size_t size = number_text(document, node, &text);
    bool negative = text[0] == '-';
    int64_t sum = 0;
    bool too_large = false;
    for (size_t i = negative ? 1 : 0; i < size; i++) {
        if (text[i] < '0' || text[i] > '9') return JSON_NOT_INTEGER;
        int digit = text[i] - '0';
        /* Summed on its own side of zero: the lowest integer has no positive twin. */
        too_large = too_large || __builtin_mul_overflow(sum, 10, &sum) ||
                    __builtin_add_overflow(sum, negative ? -digit : digit, &sum);
    }
    if (too_large) return JSON_TOO_LARGE;
    *value = sum;
    return JSON_INTEGER;
}

void json_source(const json_document *document, const json_node *node, char *out, size_t size) {
    assert(size > 0);
    const char *text;
    size_t length = number_text(document, node, &text);
    if (length > size - 1) length = size - 1;
    memcpy(out, text, length);
    out[length] = '\0';
}

/* ---- Problems ---------------------------------------------------------------------------- */

void json_problem(json_document *document, const json_node *node, const char *format, ...) {
    va_list args;
    va_start(args, format);
    json_problems_add_args(&document->problems, place_of(document, node).value, format, &args);
    va_end(args);
}

void json_problem_key(json_document *document, const json_node *member, const char *format, ...) {
    assert(member != NULL);
    json_place place = place_of(document, member);
    va_list args;
    va_start(args, format);
    json_problems_add_args(&document->problems, place.key != JSON_NO_KEY ? place.key : place.value,
                           format, &args);
    va_end(args);
}

size_t json_problems(const json_document *document) {
    /* A problem lost for want of memory is one too: nobody may think the document sound. */
    return document->problems.count + (document->problems.failed ? 1 : 0);
}

void json_name_elements(json_document *document, const json_naming *rows) {
    document->naming = rows;
}

plaats_status json_report(json_document *document, plaats_problem_fn problem, void *context,
                          plaats_error *error) {
    naming_walk walk = {.root = document->root, .rows = document->naming};
    return json_problems_report(&document->problems, document->bytes, document->size, &walk,
                                problem, context, error);
}
