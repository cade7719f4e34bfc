/* A recursive descent over the grammar of RFC 8259. */
#include "text/json_scan.h"

#include "base/utf8.h"
#include "text/json_keys.h"
#include "text/json_locate.h"
#include "text/json_string.h"
#include "text/message.h"
#include <assert.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Functions that read a part return false to end the scan: after a syntax error, which they have
 * recorded, or when memory ran out. */
typedef struct {
    const char *bytes;
    size_t size, at;
    json_places *places;
    json_problem_list *problems;
    json_key_stack keys;
    bool failed; /* out of memory */
} scanner;

static bool out_of_memory(scanner *s) {
    s->failed = true;
    return false;
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(const scanner *s) {
    return s->at < s->size && s->bytes[s->at] >= '0' && s->bytes[s->at] <= '9';
}

/* The byte at hand is `c`. */
static bool is_at(const scanner *s, char c) {
    return s->at < s->size && s->bytes[s->at] == c;
}

static bool take(scanner *s, char c) {
    if (!is_at(s, c)) return false;
    s->at++;
    return true;
}

static void skip_blanks(scanner *s) {
    while (s->at < s->size) {
        char c = s->bytes[s->at];
        if (c != ' ' && c != '\n' && c != '\r' && c != '\t') break;
        s->at++;
    }
}

/* The syntax error: what stands here instead of `expected`. */
static bool unexpected(scanner *s, const char *expected) {
    const char *here = s->bytes + s->at;
    size_t left = s->size - s->at;
    if (left == 0) {
        json_problems_add(s->problems, s->at, "unexpected end of the document, expected %s",
                          expected);
        return false;
    }
    size_t length = utf8_length(here, left);
    while (length < left && is_letter(here[0]) && is_letter(here[length])) length++;
    if (length == 0)
        json_problems_add(s->problems, s->at, "unexpected byte 0x%02X, expected %s",
                          (unsigned char)here[0], expected);
    else if (here[0] == '\0')
        json_problems_add(s->problems, s->at, "unexpected '\\u0000', expected %s", expected);
    else if (here[0] == '\'')
        json_problems_add(s->problems, s->at, "unexpected single quote, expected %s", expected);
    else
        json_problems_add(s->problems, s->at, "unexpected '%.*s', expected %s", (int)length, here,
                          expected);
    return false;
}

/* ---- Strings ----------------------------------------------------------------------------- */

/* Bytes that are no UTF-8, taken together with the continuation bytes behind them: one problem
 * for what was meant as one character. */
static void skip_bad_utf8(scanner *s) {
    json_problems_add(s->problems, s->at, "invalid UTF-8 in a string, byte 0x%02X",
                      (unsigned char)s->bytes[s->at]);
    s->at++;
    while (s->at < s->size && ((unsigned char)s->bytes[s->at] & 0xC0) == 0x80) s->at++;
}

static void skip_character(scanner *s) {
    unsigned char byte = (unsigned char)s->bytes[s->at];
    size_t length = utf8_length(s->bytes + s->at, s->size - s->at);
    if (length == 0) {
        skip_bad_utf8(s);
        return;
    }
    if (byte < 0x20)
        json_problems_add(s->problems, s->at,
                          "control character in a string, expected it escaped as '\\u%04x'", byte);
    s->at += length;
}

/* A \u escape, at its backslash; of a pair of surrogates both. */
static bool skip_unicode_escape(scanner *s) {
    const char *end = s->bytes + s->size;
    const char *after = s->bytes + s->at;
    uint32_t unit, character;
    if (!json_string_hex4(after + 2, end, &unit)) {
        s->at += 2;
        while (s->at < s->size && isxdigit((unsigned char)s->bytes[s->at])) s->at++;
        return unexpected(s, "four hexadecimal digits after '\\u'");
    }
    json_string_next(&after, end, &character);
    if (character == 0)
        json_problems_add(s->problems, s->at, "'\\u0000' in a string is not allowed");
    else if (character >= 0xD800 && character <= 0xDFFF)
        json_problems_add(s->problems, s->at,
                          "lone surrogate '\\u%04x' in a string, expected a pair",
                          (unsigned)character);
    s->at = (size_t)(after - s->bytes);
    return true;
}

static bool skip_escape(scanner *s) {
    if (s->at + 1 < s->size) {
        char letter = s->bytes[s->at + 1];
        if (letter == 'u') return skip_unicode_escape(s);
        if (letter != '\0' && strchr("\"\\/bfnrt", letter) != NULL) {
            s->at += 2;
            return true;
        }
    }
    s->at++;
    return unexpected(s, "one of \" \\ / b f n r t u after a backslash");
}

/* A string, at its opening quote. `escapes` may be NULL. */
static bool scan_string(scanner *s, bool *escapes) {
    s->at++;
    while (s->at < s->size) {
        unsigned char byte = (unsigned char)s->bytes[s->at];
        if (byte == '"') {
            s->at++;
            return true;
        }
        if (byte == '\\') {
            if (escapes != NULL) *escapes = true;
            if (!skip_escape(s)) return false;
        } else if (byte < 0x20 || byte >= 0x80) {
            skip_character(s);
        } else {
            s->at++;
        }
    }
    return unexpected(s, "'\"' at the end of the string");
}

/* ---- Numbers and words ------------------------------------------------------------------- */

static bool scan_digits(scanner *s) {
    if (!is_digit(s)) return unexpected(s, "a digit");
    while (is_digit(s)) s->at++;
    return true;
}

static bool scan_number(scanner *s) {
    size_t start = s->at;
    take(s, '-');
    bool zero = is_at(s, '0');
    size_t digits = s->at;
    if (!scan_digits(s)) return false;
    if (zero && s->at - digits > 1) {
        json_problems_add(s->problems, start,
                          "number '%.*s' begins with a 0, expected none before it",
                          (int)(s->at - start), s->bytes + start);
        return false;
    }
    if (take(s, '.') && !scan_digits(s)) return false;
    if (take(s, 'e') || take(s, 'E')) {
        if (!take(s, '+')) take(s, '-');
        if (!scan_digits(s)) return false;
    }
    if (s->at - start > JSON_MAX_NUMBER_SIZE)
        json_problems_add(s->problems, start, "number of %zu characters, expected at most %d",
                          s->at - start, JSON_MAX_NUMBER_SIZE);
    return true;
}

static bool scan_word(scanner *s, const char *expected) {
    static const char *const words[] = {"true", "false", "null"};
    size_t length = 0;
    while (s->at + length < s->size && is_letter(s->bytes[s->at + length])) length++;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (length == strlen(words[i]) && memcmp(s->bytes + s->at, words[i], length) == 0) {
            s->at += length;
            return true;
        }
    return unexpected(s, expected);
}

/* ---- Values ------------------------------------------------------------------------------ */

static bool add_place(scanner *s, uint32_t key) {
    json_places *p = s->places;
    if (p->count == p->capacity) {
        size_t capacity = p->capacity > 0 ? 2 * p->capacity : 1024;
        json_place *list = realloc(p->list, capacity * sizeof *list);
        if (list == NULL) return out_of_memory(s);
        p->list = list;
        p->capacity = capacity;
    }
    p->list[p->count++] = (json_place){.value = (uint32_t)s->at, .key = key};
    return true;
}

static bool scan_value(scanner *s, int depth, uint32_t key, const char *expected);

/* Behind the opening bracket. */
static bool scan_array(scanner *s, int depth) {
    skip_blanks(s);
    if (take(s, ']')) return true;
    const char *expected = "a value or ']'";
    do {
        if (!scan_value(s, depth, JSON_NO_KEY, expected)) return false;
        expected = "a value";
        skip_blanks(s);
    } while (take(s, ','));
    return take(s, ']') || unexpected(s, "',' or ']'");
}

static bool scan_member(scanner *s, int depth, const char *expected) {
    skip_blanks(s);
    if (!is_at(s, '"')) return unexpected(s, expected);
    size_t key = s->at;
    bool escapes = false;
    if (!scan_string(s, &escapes)) return false;
    if (!json_keys_push(&s->keys, s->bytes, key, s->at - 1, escapes)) return out_of_memory(s);
    skip_blanks(s);
    if (!take(s, ':')) return unexpected(s, "':'");
    return scan_value(s, depth, (uint32_t)key, "a value");
}

static bool scan_members(scanner *s, int depth) {
    const char *expected = "a member name in double quotes or '}'";
    do {
        if (!scan_member(s, depth, expected)) return false;
        expected = "a member name in double quotes";
        skip_blanks(s);
    } while (take(s, ','));
    return take(s, '}') || unexpected(s, "',' or '}'");
}

/* Behind the opening brace. Duplicates are recorded also when the object is cut off. */
static bool scan_object(scanner *s, int depth) {
    skip_blanks(s);
    if (take(s, '}')) return true;
    size_t base = s->keys.count;
    bool sound = scan_members(s, depth);
    json_keys_pop(&s->keys, base, s->problems);
    return sound;
}

static bool scan_container(scanner *s, int depth) {
    if (depth == JSON_MAX_DEPTH) {
        json_problems_add(s->problems, s->at, "objects and arrays more than %d deep in each other",
                          JSON_MAX_DEPTH);
        return false;
    }
    return s->bytes[s->at++] == '{' ? scan_object(s, depth + 1) : scan_array(s, depth + 1);
}

static bool scan_value(scanner *s, int depth, uint32_t key, const char *expected) {
    skip_blanks(s);
    if (s->at == s->size) return unexpected(s, expected);
    if (!add_place(s, key)) return false;
    switch (s->bytes[s->at]) {
    case '{':
    case '[':
        return scan_container(s, depth);
    case '"':
        return scan_string(s, NULL);
    default:
        if (is_digit(s) || is_at(s, '-')) return scan_number(s);
        return scan_word(s, expected);
    }
}

bool json_scan(const char *bytes, size_t size, json_places *places, json_problem_list *problems) {
    assert(size <= JSON_MAX_BYTES && (bytes != NULL || size == 0));
    scanner s = {.bytes = bytes, .size = size, .places = places, .problems = problems};
    if (size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        json_problems_add(problems, 0, "byte order mark before the document, expected none");
        s.at = 3;
    }
    if (scan_value(&s, 0, JSON_NO_KEY, "a value")) {
        skip_blanks(&s);
        if (s.at < size) unexpected(&s, "the end of the document");
    }
    json_keys_free(&s.keys);
    return !s.failed && !problems->failed;
}

void json_places_free(json_places *places) {
    free(places->list);
    memset(places, 0, sizeof *places);
}
