#include "text/json_set.h"

#include "text/json_in.h"
#include "text/json_string.h"

#include <stdlib.h>
#include <string.h>

/* The text is clean, so every step below finds what the grammar promises. */
typedef struct {
    const char *bytes;
    size_t size;
} text;

/* Where the new value goes: in place of begin..end, behind `lead` (a comma, a key). */
typedef struct {
    size_t begin, end;
    bool comma;
    const char *key; /* a token of the pointer; NULL: no key */
    size_t key_size;
} place;

/* ---- Steps through the text ------------------------------------------------------------------ */

static size_t skip_blanks(const text *t, size_t at) {
    while (at < t->size && strchr(" \t\r\n", t->bytes[at]) != NULL && t->bytes[at] != '\0') at++;
    return at;
}

/* From an opening quote to behind the closing one. */
static size_t skip_string(const text *t, size_t at) {
    for (at++; t->bytes[at] != '"'; at++)
        if (t->bytes[at] == '\\') at++;
    return at + 1;
}

static size_t skip_value(const text *t, size_t at) {
    int open = 0;
    do {
        char c = t->bytes[at];
        if (c == '"') {
            at = skip_string(t, at);
            continue;
        }
        open += (c == '{' || c == '[') - (c == '}' || c == ']');
        at++;
        /* A number or a name ends where a mark or a blank stands. */
        if (open == 0 && strchr("}]", c) == NULL)
            while (at < t->size && strchr(",]} \t\r\n", t->bytes[at]) == NULL) at++;
    } while (open > 0);
    return at;
}

/* Behind a value in a container: on to the next one, or to the closing mark. */
static size_t skip_comma(const text *t, size_t at) {
    at = skip_blanks(t, at);
    return t->bytes[at] == ',' ? skip_blanks(t, at + 1) : at;
}

/* ---- The pointer ---------------------------------------------------------------------------- */

/* Undoes ~1 and ~0; false when a ~ stands for nothing. `out` has room for the token. */
static bool decode_token(const char *token, size_t size, char *out, size_t *out_size) {
    *out_size = 0;
    for (size_t i = 0; i < size; i++) {
        char c = token[i];
        if (c == '~') {
            if (++i == size || (token[i] != '0' && token[i] != '1')) return false;
            c = token[i] == '0' ? '~' : '/';
        }
        out[(*out_size)++] = c;
    }
    return true;
}

static bool key_is(const text *t, size_t quote, const char *token, size_t size, char *scratch) {
    size_t end = skip_string(t, quote) - 1;
    if (end - quote - 1 < size) return false; /* an escape is longer than what it stands for */
    size_t n = string_decode(t->bytes + quote + 1, t->bytes + end, scratch);
    return n == size && memcmp(scratch, token, n) == 0;
}

/* Into the member of an object; `last`: it may be new. */
static bool enter_member(const text *t, size_t at, const char *token, size_t size, bool last,
                         char *scratch, place *to) {
    bool first = true;
    for (at = skip_blanks(t, at + 1); t->bytes[at] != '}'; first = false) {
        size_t value = skip_blanks(t, skip_blanks(t, skip_string(t, at)) + 1);
        *to = (place){.begin = value, .end = skip_value(t, value)};
        if (key_is(t, at, token, size, scratch)) return true;
        at = skip_comma(t, to->end);
    }
    *to = (place){.begin = at, .end = at, .comma = !first, .key = token, .key_size = size};
    return last;
}

static bool is_index(const char *token, size_t size, size_t *index) {
    if (size == 0 || size > 9 || (size > 1 && token[0] == '0')) return false;
    *index = 0;
    for (size_t i = 0; i < size; i++) {
        if (token[i] < '0' || token[i] > '9') return false;
        *index = *index * 10 + (size_t)(token[i] - '0');
    }
    return true;
}

/* Into the element of an array; `last`: it may be new, "-". */
static bool enter_element(const text *t, size_t at, const char *token, size_t size, bool last,
                          place *to) {
    size_t index = 0, i = 0;
    bool end = size == 1 && token[0] == '-';
    if (!end && !is_index(token, size, &index)) return false;
    for (at = skip_blanks(t, at + 1); t->bytes[at] != ']'; i++) {
        *to = (place){.begin = at, .end = skip_value(t, at)};
        if (!end && i == index) return true;
        at = skip_comma(t, to->end);
    }
    *to = (place){.begin = at, .end = at, .comma = i > 0};
    return end && last;
}

static bool enter(const text *t, const char *token, size_t size, bool last, char *scratch,
                  place *to) {
    char mark = t->bytes[to->begin];
    if (mark == '{') return enter_member(t, to->begin, token, size, last, scratch, to);
    return mark == '[' && enter_element(t, to->begin, token, size, last, to);
}

/* `tokens` has room for the pointer, `scratch` for any key of the text. */
static bool follow(const text *t, const char *pointer, char *tokens, char *scratch, place *to) {
    *to = (place){.begin = skip_blanks(t, 0)};
    if (*pointer != '/') return false;
    while (*pointer == '/') {
        size_t length = strcspn(++pointer, "/"), size;
        bool last = pointer[length] == '\0';
        if (!decode_token(pointer, length, tokens, &size)) return false;
        if (!enter(t, tokens, size, last, scratch, to)) return false;
        tokens += size;
        pointer += length;
    }
    return true;
}

/* ---- The new text --------------------------------------------------------------------------- */

static void add_key(buffer *out, const char *key, size_t size) {
    buffer_text(out, "\"");
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)key[i];
        if (c == '"' || c == '\\')
            buffer_format(out, "\\%c", c);
        else if (c < 0x20)
            buffer_format(out, "\\u%04x", c);
        else
            buffer_add(out, key + i, 1);
    }
    buffer_text(out, "\": ");
}

static void splice(const text *t, const place *to, const char *value, buffer *out) {
    buffer_add(out, t->bytes, to->begin);
    if (to->comma) buffer_text(out, ", ");
    if (to->key != NULL) add_key(out, to->key, to->key_size);
    buffer_text(out, value);
    buffer_add(out, t->bytes + to->end, t->size - to->end);
}

static plaats_status refuse(const char *pointer, const char *problem, plaats_error *error) {
    plaats_status st = fail(error, PLAATS_INPUT, "%s", problem);
    if (error != NULL) {
        strncpy(error->pointer, pointer, sizeof error->pointer - 1);
        error->pointer[sizeof error->pointer - 1] = '\0';
    }
    return st;
}

static plaats_status check_value(const char *pointer, const char *value, plaats_error *error) {
    json_document *document = NULL;
    plaats_status st = json_read(value, strlen(value), &document, error);
    json_free(document);
    if (st != PLAATS_INPUT) return st;
    return refuse(pointer, "the new value is no JSON (texts stand in double quotes)", error);
}

plaats_status json_set(const char *bytes, size_t size, const char *pointer, const char *value,
                       buffer *out, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    text t = {bytes, size};
    char *tokens = NULL, *scratch = NULL;
    place to;
    TRY(check_value(pointer, value, error));
    TRY_ALLOC(tokens = malloc(strlen(pointer) + 1));
    TRY_ALLOC(scratch = malloc(size + 1));
    if (follow(&t, pointer, tokens, scratch, &to))
        splice(&t, &to, value, out);
    else
        st = refuse(pointer, "the pointer leads nowhere in the instance", error);
    if (out->failed) TRY(fail_memory(error));
done:
    free(tokens);
    free(scratch);
    return st;
}
