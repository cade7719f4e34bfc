/* Single values: texts, numbers, weeks, steps. */
#include "instance/read.h"

#include "base/utf8.h"
#include <stdio.h>
#include <string.h>

/* ---- Texts ---------------------------------------------------------------------------------- */

enum { MOST_ID_BYTES = 64, MOST_TEXT_BYTES = 4096 };

static bool has_control_character(const char *text) {
    size_t left = strlen(text);
    while (left > 0) {
        size_t length = utf8_length(text, left);
        if (length == 0) return true;
        uint32_t c = utf8_decode(text, length);
        if (c < 0x20 || (c >= 0x7F && c < 0xA0)) return true;
        text += length;
        left -= length;
    }
    return false;
}

bool read_check_id(reader *r, const json_node *node, const char *text) {
    const char *fault = NULL;
    if (text[0] == '\0')
        fault = "is empty";
    else if (strlen(text) > MOST_ID_BYTES)
        fault = "is longer than 64 bytes";
    else if (strchr(text, '=') != NULL)
        fault = "contains '='";
    else if (has_control_character(text))
        fault = "contains a control character";
    if (fault == NULL) return true;
    json_problem(r->document, node, "'%s' %s: 1 to 64 bytes without control characters and '='",
                 text, fault);
    return false;
}

bool read_check_text(reader *r, const json_node *node, const char *text) {
    if (strlen(text) <= MOST_TEXT_BYTES) return true;
    json_problem(r->document, node, "'%s' is longer than 4096 bytes", text);
    return false;
}

static bool is_string(reader *r, const json_node *value) {
    return json_type_of(value) == JSON_STRING || read_not_allowed(r, value, "a string");
}

static bool store_text(reader *r, const json_node *value, void *target) {
    const char *copy = read_keep_text(r, json_text(value));
    *(const char **)target = copy;
    return copy != NULL;
}

bool read_id(reader *r, const json_node *value, const read_field *f, void *target) {
    (void)f;
    return is_string(r, value) && read_check_id(r, value, json_text(value)) &&
           store_text(r, value, target);
}

bool read_text(reader *r, const json_node *value, const read_field *f, void *target) {
    (void)f;
    return is_string(r, value) && read_check_text(r, value, json_text(value)) &&
           store_text(r, value, target);
}

/* ---- Numbers -------------------------------------------------------------------------------- */

static bool get_integer(reader *r, const json_node *value, int64_t min, int64_t max, int64_t *out) {
    if (json_type_of(value) == JSON_NUMBER &&
        json_integer(r->document, value, out) == JSON_INTEGER && min <= *out && *out <= max)
        return true;
    char allowed[96];
    snprintf(allowed, sizeof allowed, "an integer from %lld to %lld", (long long)min,
             (long long)max);
    return read_not_allowed(r, value, allowed);
}

bool read_integer(reader *r, const json_node *value, const read_field *f, void *target) {
    int64_t number = 0;
    if (!get_integer(r, value, f->min, f->max, &number)) return false;
    *(int64_t *)target = number;
    return true;
}

bool read_int(reader *r, const json_node *value, const read_field *f, void *target) {
    int64_t number = 0;
    if (!get_integer(r, value, f->min, f->max, &number)) return false;
    *(int *)target = (int)number;
    return true;
}

bool read_degrees(reader *r, const json_node *value, const read_field *f, void *target) {
    if (json_type_of(value) == JSON_NUMBER) {
        double degrees = json_double(value);
        *(double *)target = degrees;
        if ((double)f->min <= degrees && degrees <= (double)f->max) return true;
    }
    char allowed[96];
    snprintf(allowed, sizeof allowed, "a number of degrees from %d to %d", (int)f->min,
             (int)f->max);
    return read_not_allowed(r, value, allowed);
}

bool read_bool(reader *r, const json_node *value, const read_field *f, void *target) {
    (void)f;
    if (json_type_of(value) != JSON_BOOL) return read_not_allowed(r, value, "true or false");
    *(bool *)target = json_bool(value);
    return true;
}

/* ---- Weeks and steps ------------------------------------------------------------------------ */

bool read_week(reader *r, const json_node *value, const read_field *f, void *target) {
    (void)f;
    if (json_type_of(value) == JSON_STRING && week_parse(json_text(value), target)) return true;
    return read_not_allowed(r, value, "a week that exists, such as '2023-W06'");
}

static bool read_step_value(reader *r, const json_node *value, const read_field *f, void *target) {
    return read_integer(r, value, f, target);
}

static bool read_limit_value(reader *r, const json_node *value, const read_field *f, void *target) {
    if (json_type_of(value) != JSON_NULL) return read_integer(r, value, f, target);
    *(int64_t *)target = STEP_NULL;
    return true;
}

/* One step; `before` is the one before it, or NULL. */
static bool read_step(reader *r, const json_node *node, const read_field *f, read_fn read_value,
                      const step *before, step *out) {
    const read_field fields[] = {
        {"from", read_week, offsetof(step, from), true, 0, 0},
        {"value", read_value, offsetof(step, value), true, f->min, f->max},
    };
    members m = read_object(r, node, fields, N_FIELDS(fields), out);
    if (!m.sound) return false;
    if (before == NULL || before->from < out->from) return true;
    json_problem(r->document, json_member(node, "from"),
                 "week '%s' does not come after that of the step before, '%s'",
                 read_show_week(out->from).text, read_show_week(before->from).text);
    return false;
}

static bool read_step_list(reader *r, const json_node *value, const read_field *f,
                           read_fn read_value, steps *out) {
    int n;
    step *list = read_take_list(r, value, sizeof *list, &n);
    if (list == NULL) return false;
    if (n == 0) {
        json_problem(r->document, value, "no steps: at least one is needed");
        return false;
    }
    bool good = true;
    int i = 0;
    for (const json_node *c = json_first(value); c != NULL; c = json_next(c), i++)
        good &= read_step(r, c, f, read_value, good && i > 0 ? &list[i - 1] : NULL, &list[i]);
    if (good) *out = (steps){.n = n, .at = list};
    return good;
}

static bool read_constant(reader *r, const json_node *value, const read_field *f, steps *out) {
    int64_t number;
    if (json_type_of(value) != JSON_NUMBER) {
        char allowed[96];
        snprintf(allowed, sizeof allowed, "an integer from %lld to %lld or an array of steps",
                 (long long)f->min, (long long)f->max);
        return read_not_allowed(r, value, allowed);
    }
    if (!get_integer(r, value, f->min, f->max, &number)) return false;
    step *only = read_take(r, 1, sizeof *only);
    if (only == NULL) return false;
    *only = (step){.from = WEEK_FIRST, .value = number};
    *out = (steps){.n = 1, .at = only};
    return true;
}

bool read_steps(reader *r, const json_node *value, const read_field *f, void *target) {
    if (json_type_of(value) != JSON_ARRAY) return read_constant(r, value, f, target);
    return read_step_list(r, value, f, read_step_value, target);
}

bool read_limit_steps(reader *r, const json_node *value, const read_field *f, void *target) {
    if (json_type_of(value) != JSON_ARRAY) return read_constant(r, value, f, target);
    return read_step_list(r, value, f, read_limit_value, target);
}

/* ---- Nodes for later ------------------------------------------------------------------------ */

bool read_array(reader *r, const json_node *value, const read_field *f, void *target) {
    (void)f;
    if (json_type_of(value) != JSON_ARRAY) return read_not_allowed(r, value, "an array");
    *(const json_node **)target = value;
    return true;
}

bool read_member_object(reader *r, const json_node *value, const read_field *f, void *target) {
    (void)f;
    if (json_type_of(value) != JSON_OBJECT) return read_not_allowed(r, value, "an object");
    *(const json_node **)target = value;
    return true;
}
