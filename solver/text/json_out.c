/* One item after another: a comma or a line end before it, its key, its value. */
#include "text/json_out.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { INDENT = 2 };

static uint32_t depth_bit(const json_out *o) {
    return UINT32_C(1) << o->depth;
}

static void new_line(json_out *o, int depth) {
    buffer_text(o->to, "\n");
    for (int i = 0; i < depth * INDENT; i++) buffer_text(o->to, " ");
}

/* Only what RFC 8259 asks for is escaped; all else stays as it is. */
static void add_escaped(buffer *to, unsigned char byte) {
    static const char letters[] = {['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f',
                                   ['\r'] = 'r', ['"'] = '"',  ['\\'] = '\\'};
    assert(byte < sizeof letters);
    if (letters[byte] != '\0')
        buffer_add(to, (const char[]){'\\', letters[byte]}, 2);
    else
        buffer_format(to, "\\u%04x", byte);
}

static void add_string(buffer *to, const char *text) {
    buffer_text(to, "\"");
    const char *plain = text; /* start of a run that needs no escape */
    const char *at = text;
    for (; *at != '\0'; at++) {
        unsigned char byte = (unsigned char)*at;
        if (byte >= 0x20 && byte != '"' && byte != '\\') continue;
        buffer_add(to, plain, (size_t)(at - plain));
        add_escaped(to, byte);
        plain = at + 1;
    }
    buffer_add(to, plain, (size_t)(at - plain));
    buffer_text(to, "\"");
}

/* What stands before a value: comma, line end or blank, key. */
static void begin_item(json_out *o, const char *key) {
    assert((key != NULL) == (o->depth > 0 && !(o->is_array & depth_bit(o))));
    if (o->depth > 0) {
        bool first = !(o->has_items & depth_bit(o));
        if (!first) buffer_text(o->to, ",");
        if (!o->compact && o->inline_from == 0)
            new_line(o, o->depth);
        else if (!o->compact && !first)
            buffer_text(o->to, " ");
        o->has_items |= depth_bit(o);
    }
    if (key == NULL) return;
    add_string(o->to, key);
    buffer_text(o->to, o->compact ? ":" : ": ");
}

static void end_item(json_out *o) {
    if (o->depth == 0 && !o->compact) buffer_text(o->to, "\n");
}

static void open_container(json_out *o, const char *key, bool array, bool row) {
    assert(o->depth >= 0 && o->depth < JSON_OUT_DEEPEST);
    begin_item(o, key);
    buffer_text(o->to, array ? "[" : "{");
    o->depth++;
    o->has_items &= ~depth_bit(o);
    o->is_array = array ? o->is_array | depth_bit(o) : o->is_array & ~depth_bit(o);
    if (row && o->inline_from == 0) o->inline_from = o->depth;
}

void json_out_object(json_out *o, const char *key) {
    open_container(o, key, false, false);
}

void json_out_object_row(json_out *o, const char *key) {
    open_container(o, key, false, true);
}

void json_out_array(json_out *o, const char *key) {
    open_container(o, key, true, false);
}

void json_out_array_row(json_out *o, const char *key) {
    open_container(o, key, true, true);
}

void json_out_end(json_out *o) {
    assert(o->depth > 0);
    bool filled = o->has_items & depth_bit(o);
    if (filled && !o->compact && o->inline_from == 0) new_line(o, o->depth - 1);
    buffer_text(o->to, o->is_array & depth_bit(o) ? "]" : "}");
    if (o->inline_from == o->depth) o->inline_from = 0;
    o->depth--;
    end_item(o);
}

void json_out_integer(json_out *o, const char *key, int64_t value) {
    begin_item(o, key);
    buffer_format(o->to, "%" PRId64, value);
    end_item(o);
}

/* printf writes the decimal point of the caller's locale, of one byte or more; JSON knows '.'. */
static void add_fixed(buffer *to, double value, int decimals) {
    char text[400]; /* the largest double has 309 digits before the point */
    int length = snprintf(text, sizeof text, "%.*f", decimals, value);
    assert(length > 0 && length < (int)sizeof text);
    size_t whole = strspn(text, "-0123456789");
    const char *fraction = text + length - decimals;
    bool minus_zero = text[0] == '-' && 1 + strspn(text + 1, "0") == whole &&
                      strspn(fraction, "0") == (size_t)decimals;
    size_t sign = minus_zero ? 1 : 0; /* left out before 0.00 */
    buffer_add(to, text + sign, whole - sign);
    if (decimals == 0) return;
    buffer_text(to, ".");
    buffer_text(to, fraction);
}

void json_out_double(json_out *o, const char *key, double value, int decimals) {
    assert(decimals >= 0 && decimals <= 20);
    begin_item(o, key);
    if (isfinite(value))
        add_fixed(o->to, value, decimals);
    else
        buffer_text(o->to, "null"); /* JSON has no such numbers */
    end_item(o);
}

void json_out_number(json_out *o, const char *key, const char *digits) {
    assert(digits != NULL);
    begin_item(o, key);
    buffer_text(o->to, digits);
    end_item(o);
}

void json_out_string(json_out *o, const char *key, const char *text) {
    assert(text != NULL);
    begin_item(o, key);
    add_string(o->to, text);
    end_item(o);
}

void json_out_bool(json_out *o, const char *key, bool value) {
    begin_item(o, key);
    buffer_text(o->to, value ? "true" : "false");
    end_item(o);
}

void json_out_null(json_out *o, const char *key) {
    begin_item(o, key);
    buffer_text(o->to, "null");
    end_item(o);
}
