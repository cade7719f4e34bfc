/* The options of a solve that was written down. */
#include "api/dump.h"
#include "base/arena.h"
#include "instance/scenarios.h"
#include "text/json_in.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { VALUE_ROOM = 400 };

typedef struct {
    plaats_options options; /* first: what the caller has points here */
    arena memory;
} kept_options;

static const json_node *member_of(json_document *d, const char *key, json_type kind,
                                  const char *expected) {
    const json_node *root = json_root(d), *node = json_member(root, key);
    if (node == NULL) {
        json_problem(d, root, "required member '%s' is missing", key);
    } else if (json_type_of(node) != kind) {
        json_problem(d, node, "expected %s, found %s", expected, json_type_name(node));
        node = NULL;
    }
    return node;
}

static void refuse_unknown(json_document *d) {
    static const char *const known[] = {"format", "version", "previous", "settings", "changes"};
    for (const json_node *m = json_first(json_root(d)); m != NULL; m = json_next(m)) {
        size_t i = 0;
        while (i < sizeof known / sizeof *known && strcmp(known[i], json_key(m)) != 0) i++;
        if (i == sizeof known / sizeof *known && strncmp(json_key(m), "x_", 2) != 0)
            json_problem_key(d, m, "unknown member '%s'", json_key(m));
    }
}

/* Numbers and words are what plaats_settings_set makes of their texts. */
static void read_setting(json_document *d, const json_node *node, plaats_settings *settings) {
    char value[VALUE_ROOM];
    plaats_error error;
    if (json_type_of(node) == JSON_STRING)
        snprintf(value, sizeof value, "%s", json_text(node));
    else
        json_source(d, node, value, sizeof value);
    if (plaats_settings_set(settings, json_key(node), value, &error) != PLAATS_OK)
        json_problem(d, node, "%s", error.message);
}

static void read_settings(json_document *d, plaats_settings *settings) {
    const json_node *object = member_of(d, "settings", JSON_OBJECT, "an object");
    if (object == NULL) return;
    for (const json_node *m = json_first(object); m != NULL; m = json_next(m)) {
        json_type kind = json_type_of(m);
        if (kind == JSON_STRING || kind == JSON_NUMBER)
            read_setting(d, m, settings);
        else
            json_problem(d, m, "expected a number or a string, found %s", json_type_name(m));
    }
}

static plaats_status read_document(json_document *d, kept_options *out, plaats_error *error) {
    const json_node *root = json_root(d), *node;
    plaats_settings_default(&out->options.settings);
    if (json_type_of(root) != JSON_OBJECT) {
        json_problem(d, root, "expected an object, found %s", json_type_name(root));
        return PLAATS_OK;
    }
    refuse_unknown(d);
    node = member_of(d, "format", JSON_STRING, "a string");
    if (node != NULL && strcmp(json_text(node), DUMP_FORMAT) != 0)
        json_problem(d, node, "unknown format '%s', expected '%s'", json_text(node), DUMP_FORMAT);
    node = member_of(d, "version", JSON_STRING, "a string");
    if (node != NULL) {
        out->options.version = arena_copy(&out->memory, json_text(node), strlen(json_text(node)));
        if (out->options.version == NULL) return fail_memory(error);
    }
    node = member_of(d, "previous", JSON_BOOL, "true or false");
    out->options.has_previous = node != NULL && json_bool(node);
    read_settings(d, &out->options.settings);
    node = member_of(d, "changes", JSON_ARRAY, "an array");
    if (node != NULL && !scenarios_read_changes(d, node, &out->memory, &out->options.changes,
                                                &out->options.n_changes))
        return fail_memory(error);
    return PLAATS_OK;
}

plaats_status plaats_options_read(const char *bytes, size_t size, plaats_problem_fn problem,
                                  void *context, plaats_options **options, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    json_document *document = NULL;
    kept_options *out = NULL;
    assert((bytes != NULL || size == 0) && options != NULL);
    *options = NULL;
    TRY_ALLOC(out = zero_alloc(1, sizeof *out));
    st = json_read(bytes, size, &document, error);
    if (st != PLAATS_OK && st != PLAATS_INPUT) goto done;
    if (st == PLAATS_OK) TRY(read_document(document, out, error));
    TRY(json_report(document, problem, context, error));
    *options = &out->options;
    out = NULL;
done:
    if (out != NULL) plaats_options_free(&out->options);
    json_free(document);
    return st;
}

void plaats_options_free(plaats_options *options) {
    if (options == NULL) return;
    kept_options *own = (kept_options *)options;
    arena_free(&own->memory);
    free(own);
}
