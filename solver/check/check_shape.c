/* One value of the plan at a time: is it there, is it of the right type, is it right. */
#include "check/check.h"

#include <assert.h>
#include <string.h>

static bool take_type(check *c, const json_node *node, json_type type, const char *wanted) {
    if (node == NULL) return false;
    if (json_type_of(node) == type) return true;
    json_problem(c->document, node, "%s where %s belongs", json_type_name(node), wanted);
    return false;
}

bool check_take_object(check *c, const json_node *node) {
    return take_type(c, node, JSON_OBJECT, "an object");
}

bool check_take_array(check *c, const json_node *node) {
    return take_type(c, node, JSON_ARRAY, "an array");
}

const char *check_take_text(check *c, const json_node *node) {
    return take_type(c, node, JSON_STRING, "a string") ? json_text(node) : NULL;
}

bool check_take_bool(check *c, const json_node *node, bool *value) {
    if (!take_type(c, node, JSON_BOOL, "true or false")) return false;
    *value = json_bool(node);
    return true;
}

bool check_take_integer(check *c, const json_node *node, int64_t *value) {
    if (!take_type(c, node, JSON_NUMBER, "an integer")) return false;
    json_integer_result result = json_integer(c->document, node, value);
    if (result == JSON_INTEGER) return true;
    char source[48];
    json_source(c->document, node, source, sizeof source);
    json_problem(c->document, node,
                 result == JSON_TOO_LARGE ? "'%s' does not fit in 64 bits" : "'%s' is no integer",
                 source);
    return false;
}

bool check_take_week(check *c, const json_node *node, week *when) {
    const char *text = check_take_text(c, node);
    if (text == NULL) return false;
    if (week_parse(text, when)) return true;
    json_problem(c->document, node, "'%s' is no week, such as 2023-W06", text);
    return false;
}

bool check_take_planned_week(check *c, const json_node *node, int *t) {
    week when;
    if (!check_take_week(c, node, &when)) return false;
    int64_t after = (int64_t)when - c->in->first;
    if (after < 0 || after >= c->in->weeks) {
        json_problem(c->document, node, "'%s' is not one of the weeks planned", json_text(node));
        return false;
    }
    *t = (int)after;
    return true;
}

bool check_take_id(check *c, const json_node *node, const directory *d, const char *word,
                   int *index) {
    const char *text = check_take_text(c, node);
    if (text == NULL) return false;
    *index = check_find(d, text);
    if (*index != NONE) return true;
    json_problem(c->document, node, "unknown %s '%s'", word, text);
    return false;
}

static const char *name_at(const void *context, size_t i) {
    return ((const char *const *)context)[i];
}

void check_allow_members(check *c, const json_node *object, int n, const char *const *names) {
    assert(json_type_of(object) == JSON_OBJECT);
    for (const json_node *m = json_first(object); m != NULL; m = json_next(m)) {
        const char *key = json_key(m);
        bool known = strncmp(key, "x_", 2) == 0;
        for (int i = 0; i < n && !known; i++) known = strcmp(key, names[i]) == 0;
        if (known) continue;
        const char *near = nearest_name(key, (size_t)n, name_at, names);
        if (near != NULL)
            json_problem_key(c->document, m, "unknown member '%s', did you mean '%s'", key, near);
        else
            json_problem_key(c->document, m, "unknown member '%s'", key);
    }
}

const json_node *check_need_member(check *c, const json_node *object, const char *key) {
    assert(json_type_of(object) == JSON_OBJECT && key != NULL);
    const json_node *member = json_member(object, key);
    if (member == NULL) json_problem(c->document, object, "member '%s' is missing", key);
    return member;
}

const char *check_number_text(int128 value, char out[CHECK_NUMBER_SIZE]) {
    char *at = out + (CHECK_NUMBER_SIZE - 1);
    bool negative = value < 0;
    *at = '\0';
    do {
        int digit = (int)(value % 10);
        *--at = (char)('0' + (digit < 0 ? -digit : digit));
        value /= 10;
    } while (value != 0);
    assert(at > out);
    if (negative) *--at = '-';
    return at;
}

void check_expect_integer(check *c, const json_node *node, int128 value, const char *meaning) {
    int64_t found;
    char text[CHECK_NUMBER_SIZE];
    if (!check_take_integer(c, node, &found) || found == value) return;
    json_problem(c->document, node, "%s is %s, not %lld", meaning, check_number_text(value, text),
                 (long long)found);
}

void check_expect_text(check *c, const json_node *node, const char *value, const char *meaning) {
    const char *found = check_take_text(c, node);
    if (found == NULL || strcmp(found, value) == 0) return;
    json_problem(c->document, node, "%s is '%s', not '%s'", meaning, value, found);
}

void check_expect_bool(check *c, const json_node *node, bool value, const char *meaning) {
    bool found;
    if (!check_take_bool(c, node, &found) || found == value) return;
    json_problem(c->document, node, "%s is %s, not %s", meaning, value ? "true" : "false",
                 found ? "true" : "false");
}
