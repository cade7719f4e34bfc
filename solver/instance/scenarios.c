/* A file of scenarios, one JSON object a line. Each line is a document of its own, so that one that
 * is no JSON does not hide what is wrong with the others. */
#include "instance/scenarios.h"
#include "base/arena.h"
#include "base/buffer.h"
#include "base/utf8.h"
#include "text/json_copy.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define NAME_MAX_BYTES 240 /* file systems take 255, and an ending has to fit as well */

/* A line that is not blank. */
typedef struct {
    json_document *document;
    const json_node *name; /* NULL: none that could be read */
    long number;           /* from 1 */
} line;

typedef struct {
    plaats_scenarios *out;
    line *lines;
    arena *memory;           /* of what is read */
    json_document *document; /* of the line at hand */
    bool failed;             /* out of memory */
} reading;

/* ---- Values -------------------------------------------------------------------------------- */

static bool is_type(reading *r, const json_node *node, json_type type, const char *expected) {
    if (json_type_of(node) == type) return true;
    json_problem(r->document, node, "expected %s, found %s", expected, json_type_name(node));
    return false;
}

static const json_node *member_of(reading *r, const json_node *object, const char *key,
                                  json_type type, const char *expected) {
    const json_node *node = json_member(object, key);
    if (node == NULL) json_problem(r->document, object, "required member '%s' is missing", key);
    return node != NULL && is_type(r, node, type, expected) ? node : NULL;
}

static const char *keep(reading *r, const char *text, size_t size) {
    const char *copy = arena_copy(r->memory, text, size);
    r->failed = r->failed || copy == NULL;
    return copy;
}

static const char *keep_text(reading *r, const json_node *node) {
    return node == NULL ? NULL : keep(r, json_text(node), strlen(json_text(node)));
}

static const char *optional_text(reading *r, const json_node *object, const char *key) {
    const json_node *node = json_member(object, key);
    return node != NULL && is_type(r, node, JSON_STRING, "a string") ? keep_text(r, node) : NULL;
}

static const char *keep_value(reading *r, const json_node *node) {
    buffer text = {0};
    json_out o = {.to = &text, .compact = true};
    json_copy(r->document, &o, NULL, node);
    r->failed = r->failed || text.failed;
    const char *copy = text.failed ? NULL : keep(r, text.bytes, text.size);
    buffer_free(&text);
    return copy;
}

/* Names that begin with `x_` are for others. */
static void refuse_unknown(reading *r, const json_node *object, const char *const *known) {
    for (const json_node *m = json_first(object); m != NULL; m = json_next(m)) {
        const char *const *name = known;
        while (*name != NULL && strcmp(*name, json_key(m)) != 0) name++;
        if (*name == NULL && strncmp(json_key(m), "x_", 2) != 0)
            json_problem_key(r->document, m, "unknown member '%s'", json_key(m));
    }
}

/* ---- Changes ------------------------------------------------------------------------------- */

static const char *read_pointer(reading *r, const json_node *object) {
    const json_node *node = member_of(r, object, "pointer", JSON_STRING, "a JSON pointer");
    if (node == NULL) return NULL;
    if (json_text(node)[0] != '/')
        json_problem(r->document, node, "'%s' is no pointer, which begins with a slash",
                     json_text(node));
    return keep_text(r, node);
}

static void read_change(reading *r, const json_node *node, plaats_change *change) {
    static const char *const members[] = {"pointer", "value", "remove", "because", NULL};
    if (!is_type(r, node, JSON_OBJECT, "an object")) return;
    refuse_unknown(r, node, members);
    const json_node *value = json_member(node, "value"), *removal = json_member(node, "remove");
    if ((value == NULL) == (removal == NULL))
        json_problem(r->document, node, "a change has either a 'value' or 'remove': true");
    else if (removal != NULL && (json_type_of(removal) != JSON_BOOL || !json_bool(removal)))
        json_problem(r->document, removal, "'remove' can only be true");
    change->pointer = read_pointer(r, node);
    change->value = value == NULL ? NULL : keep_value(r, value);
    change->because = optional_text(r, node, "because");
}

static void read_changes(reading *r, const json_node *list, const plaats_change **out, size_t *n) {
    plaats_change *changes = arena_alloc(r->memory, json_count(list), sizeof *changes);
    *n = 0;
    *out = changes;
    r->failed = r->failed || changes == NULL;
    if (changes == NULL) return;
    for (const json_node *node = json_first(list); node != NULL; node = json_next(node)) {
        changes[*n] = (plaats_change){0};
        read_change(r, node, &changes[(*n)++]);
    }
}

bool scenarios_read_changes(json_document *document, const json_node *list, arena *memory,
                            const plaats_change **changes, size_t *n) {
    reading r = {.document = document, .memory = memory};
    assert(json_type_of(list) == JSON_ARRAY);
    read_changes(&r, list, changes, n);
    return !r.failed;
}

/* ---- Scenarios ----------------------------------------------------------------------------- */

static bool is_plain(const char *text) {
    size_t left = strlen(text);
    while (left > 0) {
        size_t length = utf8_length(text, left);
        if (length == 0 || !utf8_is_plain(utf8_decode(text, length))) return false;
        text += length;
        left -= length;
    }
    return true;
}

static const json_node *read_name(reading *r, const json_node *object) {
    const json_node *node = member_of(r, object, "name", JSON_STRING, "a string");
    if (node == NULL) return NULL;
    const char *name = json_text(node), *wrong = NULL;
    if (*name == '\0')
        wrong = "is empty";
    else if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
        wrong = "is the name of a folder";
    else if (strchr(name, '/') != NULL)
        wrong = "has a slash in it";
    else if (!is_plain(name))
        wrong = "has a character in it that cannot be seen";
    else if (strlen(name) > NAME_MAX_BYTES)
        wrong = "is too long";
    if (wrong == NULL) return node;
    json_problem(r->document, node, "'%s' cannot be the name of a file: it %s", name, wrong);
    return NULL;
}

static void read_scenario(reading *r, line *l, plaats_scenario *scenario) {
    static const char *const members[] = {"name", "changes", "previous", "decisions", NULL};
    const json_node *root = json_root(l->document);
    r->document = l->document;
    if (!is_type(r, root, JSON_OBJECT, "an object")) return;
    refuse_unknown(r, root, members);
    const json_node *decisions = json_member(root, "decisions");
    if (decisions != NULL)
        json_problem_key(r->document, decisions, "this version takes no decisions");
    l->name = read_name(r, root);
    scenario->name = keep_text(r, l->name);
    const json_node *changes = member_of(r, root, "changes", JSON_ARRAY, "an array");
    if (changes != NULL) read_changes(r, changes, &scenario->changes, &scenario->n_changes);
    scenario->previous = optional_text(r, root, "previous");
}

static int by_name(const void *a, const void *b) {
    const line *x = *(const line *const *)a, *y = *(const line *const *)b;
    int order = strcmp(json_text(x->name), json_text(y->name));
    return order != 0 ? order : x->number < y->number ? -1 : 1;
}

/* A name that an earlier line has. */
static plaats_status refuse_names_twice(reading *r, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    size_t n = 0;
    const line **named = zero_alloc(r->out->n, sizeof *named);
    TRY_ALLOC(named);
    for (size_t i = 0; i < r->out->n; i++)
        if (r->lines[i].name != NULL) named[n++] = &r->lines[i];
    qsort(named, n, sizeof *named, by_name);
    for (size_t i = 1; i < n; i++) {
        const char *name = json_text(named[i]->name);
        if (strcmp(json_text(named[i - 1]->name), name) != 0) continue;
        json_problem(named[i]->document, named[i]->name, "line %ld has the name '%s' already",
                     named[i - 1]->number, name);
    }
done:
    free(named);
    return st;
}

/* ---- Lines --------------------------------------------------------------------------------- */

static bool is_blank(const char *bytes, size_t size) {
    for (size_t i = 0; i < size; i++)
        if (strchr(" \t\r", bytes[i]) == NULL || bytes[i] == '\0') return false;
    return true;
}

static size_t size_of_line(const char *bytes, size_t left) {
    const char *end = left == 0 ? NULL : memchr(bytes, '\n', left);
    return end == NULL ? left : (size_t)(end - bytes);
}

static plaats_status split_lines(reading *r, const char *bytes, size_t size, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    size_t most = 1, length;
    long number = 1;
    for (size_t i = 0; i < size; i++) most += bytes[i] == '\n';
    TRY_ALLOC(r->lines = zero_alloc(most, sizeof *r->lines));
    for (size_t at = 0; at < size; at += length + 1, number++) {
        length = size_of_line(bytes + at, size - at);
        if (is_blank(bytes + at, length)) continue;
        assert(r->out->n < most);
        line *l = &r->lines[r->out->n];
        l->number = number;
        st = json_read(bytes + at, length, &l->document, error);
        if (st != PLAATS_OK && st != PLAATS_INPUT) goto done;
        st = PLAATS_OK; /* its problems are told with those of the others */
        r->out->n++;
    }
done:
    return st;
}

static plaats_status read_lines(reading *r, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    TRY_ALLOC(r->out->list = arena_alloc(&r->out->memory, r->out->n, sizeof *r->out->list));
    for (size_t i = 0; i < r->out->n; i++) {
        r->out->list[i] = (plaats_scenario){0};
        if (json_problems(r->lines[i].document) == 0)
            read_scenario(r, &r->lines[i], &r->out->list[i]);
    }
    if (r->failed) TRY(fail_memory(error));
    TRY(refuse_names_twice(r, error));
done:
    return st;
}

/* ---- Problems ------------------------------------------------------------------------------ */

typedef struct {
    long number; /* of the line at hand */
    plaats_problem_fn problem;
    void *context;
    plaats_error first;
} telling;

static void tell(void *context, const plaats_error *problem) {
    telling *t = context;
    plaats_error placed = *problem;
    placed.line += t->number - 1;
    if (t->first.status == PLAATS_OK) t->first = placed;
    if (t->problem != NULL) t->problem(t->context, &placed);
}

static plaats_status report_lines(reading *r, plaats_problem_fn problem, void *context,
                                  plaats_error *error) {
    telling t = {.problem = problem, .context = context};
    if (r->out->n == 0) {
        plaats_error none = {.status = PLAATS_INPUT,
                             .line = 1,
                             .column = 1,
                             .message = "no scenario, expected one JSON object a line"};
        t.number = 1;
        tell(&t, &none);
    }
    for (size_t i = 0; i < r->out->n; i++) {
        t.number = r->lines[i].number;
        plaats_status st = json_report(r->lines[i].document, tell, &t, error);
        if (st != PLAATS_OK && st != PLAATS_INPUT) return st;
    }
    if (t.first.status != PLAATS_OK && error != NULL) *error = t.first;
    return t.first.status;
}

static void free_lines(reading *r) {
    for (size_t i = 0; i < r->out->n; i++) json_free(r->lines[i].document);
    free(r->lines);
}

plaats_status scenarios_read(const char *bytes, size_t size, plaats_problem_fn problem,
                             void *context, plaats_scenarios **scenarios, plaats_error *error) {
    assert((bytes != NULL || size == 0) && scenarios != NULL);
    plaats_status st = PLAATS_OK;
    reading r = {0};
    *scenarios = NULL;
    TRY_ALLOC(r.out = zero_alloc(1, sizeof *r.out));
    r.memory = &r.out->memory;
    TRY(split_lines(&r, bytes, size, error));
    TRY(read_lines(&r, error));
    TRY(report_lines(&r, problem, context, error));
done:
    if (r.out != NULL) free_lines(&r);
    if (st != PLAATS_OK) {
        scenarios_free(r.out);
        r.out = NULL;
    }
    *scenarios = r.out;
    return st;
}

void scenarios_free(plaats_scenarios *scenarios) {
    if (scenarios == NULL) return;
    arena_free(&scenarios->memory);
    free(scenarios);
}
