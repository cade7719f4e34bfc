/* An object along the table of its members, and the words for what is refused. */
#include "instance/read.h"

#include <assert.h>
#include <string.h>

void *read_take(reader *r, size_t n, size_t size) {
    void *memory = arena_alloc(&r->in->memory, n, size);
    if (memory == NULL) r->out_of_memory = true;
    return memory;
}

void *read_take_list(reader *r, const json_node *node, size_t size, int *n) {
    *n = 0;
    if (json_type_of(node) != JSON_ARRAY) {
        read_not_allowed(r, node, "an array");
        return NULL;
    }
    size_t count = json_count(node);
    void *list = read_take(r, count, size);
    if (list != NULL) *n = (int)count; /* a document is smaller than 2 GB */
    return list;
}

const char *read_keep_text(reader *r, const char *text) {
    assert(text != NULL);
    const char *copy = arena_copy(&r->in->memory, text, strlen(text));
    if (copy == NULL) r->out_of_memory = true;
    return copy;
}

/* ---- Words for problems --------------------------------------------------------------------- */

shown_week read_show_week(week w) {
    shown_week shown = {.text = ""};
    week_format(w, shown.text);
    return shown;
}

bool read_not_allowed(reader *r, const json_node *node, const char *allowed) {
    char source[64];
    switch (json_type_of(node)) {
    case JSON_STRING:
        json_problem(r->document, node, "'%s' is not %s", json_text(node), allowed);
        break;
    case JSON_NUMBER:
        json_source(r->document, node, source, sizeof source);
        json_problem(r->document, node, "%s is not %s", source, allowed);
        break;
    case JSON_BOOL:
        json_problem(r->document, node, "%s is not %s", json_bool(node) ? "true" : "false",
                     allowed);
        break;
    case JSON_NULL:
    case JSON_ARRAY:
    case JSON_OBJECT:
        json_problem(r->document, node, "%s is not %s", json_type_name(node), allowed);
        break;
    }
    return false;
}

/* ---- Objects -------------------------------------------------------------------------------- */

typedef struct {
    const read_field *at;
    size_t n;
} field_table;

static const char *field_name(const void *context, size_t i) {
    const field_table *table = context;
    return table->at[i].name;
}

static void report_unknown(reader *r, const json_node *member, const field_table *table) {
    const char *key = json_key(member);
    const char *nearest = nearest_name(key, table->n, field_name, table);
    if (nearest != NULL)
        json_problem_key(r->document, member, "unknown member '%s', did you mean '%s'?", key,
                         nearest);
    else
        json_problem_key(r->document, member, "unknown member '%s'", key);
}

static size_t find_field(const field_table *table, const char *key) {
    size_t i = 0;
    while (i < table->n && strcmp(table->at[i].name, key) != 0) i++;
    return i;
}

static void read_member(reader *r, const json_node *member, const field_table *table, void *target,
                        members *m) {
    const char *key = json_key(member);
    size_t i = find_field(table, key);
    if (i == table->n) {
        if (strncmp(key, "x_", 2) != 0) report_unknown(r, member, table);
        return;
    }
    const read_field *f = &table->at[i];
    m->given |= 1u << i;
    if (f->read(r, member, f, (char *)target + f->offset))
        m->good |= 1u << i;
    else
        m->sound = false;
}

members read_object(reader *r, const json_node *node, const read_field *fields, size_t n,
                    void *target) {
    members m = {.sound = true};
    field_table table = {.at = fields, .n = n};
    assert(n <= 32);
    if (json_type_of(node) != JSON_OBJECT) {
        m.sound = read_not_allowed(r, node, "an object");
    } else {
        for (const json_node *c = json_first(node); c != NULL; c = json_next(c))
            read_member(r, c, &table, target, &m);
        for (size_t i = 0; i < n; i++) {
            if (!fields[i].required || GIVEN(m, i)) continue;
            json_problem(r->document, node, "required member '%s' is missing", fields[i].name);
            m.sound = false;
        }
    }
    if (!m.sound) r->sound = false;
    return m;
}
