/* Takes a pointer apart, and follows it; says what there is instead where it leads nowhere. */
#include "text/json_pointer.h"

#include "base/buffer.h"
#include "text/json_in.h"
#include "text/json_string.h"
#include "text/message.h"
#include <assert.h>
#include <string.h>

plaats_status json_pointer_refuse(plaats_error *error, const char *format, ...) {
    buffer message = {0};
    va_list args;
    va_start(args, format);
    message_add(&message, format, &args);
    va_end(args);
    plaats_status st =
        message.failed ? fail_memory(error) : fail(error, PLAATS_INPUT, "%s", message.bytes);
    buffer_free(&message);
    return st;
}

/* ---- Its tokens ----------------------------------------------------------------------------- */

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

plaats_status json_pointer_split(const char *pointer, arena *memory, json_token **tokens, size_t *n,
                                 plaats_error *error) {
    assert(pointer != NULL && tokens != NULL && n != NULL);
    plaats_status st = PLAATS_OK;
    size_t length = strlen(pointer), most = length; /* each token has its slash */
    *n = 0;
    if (*pointer != '/')
        return json_pointer_refuse(error, "a pointer begins with '/', such as '/weights/unplaced'");
    TRY_ALLOC(*tokens = arena_alloc(memory, length, sizeof **tokens));
    while (*pointer == '/') {
        assert(*n < most);
        length = strcspn(++pointer, "/");
        json_token *token = &(*tokens)[(*n)++];
        char *text = arena_alloc(memory, length + 1, 1);
        TRY_ALLOC(text);
        if (!decode_token(pointer, length, text, &token->size))
            return json_pointer_refuse(error,
                                       "'~' stands for nothing in '%.*s': '~0' is '~' and '~1' "
                                       "is '/'",
                                       (int)length, pointer);
        token->text = text;
        pointer += length;
    }
done:
    return st;
}

/* ---- Members -------------------------------------------------------------------------------- */

typedef struct {
    const json_span *text;
    arena *memory;
    char *scratch; /* room for any string of the text */
    plaats_error *error;
} walk;

/* Whether the string that begins at `quote` is this one. */
static bool string_is(const walk *w, size_t quote, const char *wanted, size_t size) {
    const char *bytes = w->text->bytes;
    size_t end = json_step_string(w->text, quote) - 1;
    if (end - quote - 1 < size) return false; /* an escape is longer than what it stands for */
    size_t n = json_string_decode(bytes + quote + 1, bytes + end, w->scratch);
    return n == size && memcmp(w->scratch, wanted, n) == 0;
}

/* To the member of an object; false, and the spot where it would be added, when there is none. */
static bool enter_member(const walk *w, const char *key, size_t size, json_spot *spot) {
    const json_span *t = w->text;
    json_spot s = {.first = true, .in_object = true};
    size_t at = json_step_inside(t, spot->begin);
    while (t->bytes[at] != '}') {
        s.item = at;
        s.begin = json_step_key(t, at);
        s.end = json_step_value(t, s.begin);
        if (string_is(w, at, key, size)) {
            *spot = s;
            return true;
        }
        s.first = false;
        s.before = s.end;
        at = json_step_comma(t, s.end);
    }
    s.item = s.begin = s.end = at;
    *spot = s;
    return false;
}

/* ---- Elements ------------------------------------------------------------------------------- */

/* The opening quote of an element's id; 0 when it has none. */
static size_t find_id(const walk *w, size_t element) {
    json_spot spot = {.begin = element};
    if (w->text->bytes[element] != '{' || !enter_member(w, "id", 2, &spot)) return 0;
    return w->text->bytes[spot.begin] == '"' ? spot.begin : 0;
}

static bool is_index(const json_token *token, size_t *index) {
    const char *text = token->text;
    if (token->size == 0 || token->size > 9 || (token->size > 1 && text[0] == '0')) return false;
    *index = 0;
    for (size_t i = 0; i < token->size; i++) {
        if (text[i] < '0' || text[i] > '9') return false;
        *index = *index * 10 + (size_t)(text[i] - '0');
    }
    return true;
}

static bool is_new(const json_token *token) {
    return strcmp(token->text, "-") == 0;
}

static bool names_id(const json_token *token) {
    return token->text[0] == '@';
}

static bool is_wanted(const walk *w, const json_token *token, size_t element, size_t index,
                      size_t wanted) {
    if (!names_id(token)) return index == wanted;
    size_t id = find_id(w, element);
    return id != 0 && string_is(w, id, token->text + 1, token->size - 1);
}

/* To the element of an array; false, and the spot where one would be added, when there is none. */
static bool enter_element(const walk *w, const json_token *token, size_t wanted, json_spot *spot) {
    const json_span *t = w->text;
    json_spot s = {.first = true};
    size_t at = json_step_inside(t, spot->begin);
    for (size_t i = 0; t->bytes[at] != ']'; i++) {
        s.item = s.begin = at;
        s.end = json_step_value(t, at);
        if (is_wanted(w, token, at, i, wanted)) {
            *spot = s;
            return true;
        }
        s.first = false;
        s.before = s.end;
        at = json_step_comma(t, s.end);
    }
    s.item = s.begin = s.end = at;
    *spot = s;
    return false;
}

/* ---- What there is instead ------------------------------------------------------------------ */

typedef struct {
    const char **at;
    size_t n;
} id_list;

static const char *id_at(const void *context, size_t i) {
    return ((const id_list *)context)->at[i];
}

static size_t count_elements(const json_span *t, size_t array) {
    size_t n = 0;
    for (size_t at = json_step_inside(t, array); t->bytes[at] != ']'; n++)
        at = json_step_comma(t, json_step_value(t, at));
    return n;
}

static plaats_status list_ids(const walk *w, size_t array, id_list *ids) {
    plaats_status st = PLAATS_OK;
    plaats_error *error = w->error;
    const json_span *t = w->text;
    TRY_ALLOC(ids->at = arena_alloc(w->memory, count_elements(t, array), sizeof *ids->at));
    for (size_t at = json_step_inside(t, array); t->bytes[at] != ']';
         at = json_step_comma(t, json_step_value(t, at))) {
        size_t id = find_id(w, at);
        if (id == 0) continue;
        size_t end = json_step_string(t, id) - 1;
        size_t n = json_string_decode(t->bytes + id + 1, t->bytes + end, w->scratch);
        TRY_ALLOC(ids->at[ids->n++] = arena_copy(w->memory, w->scratch, n));
    }
done:
    return st;
}

static plaats_status refuse_id(const walk *w, const json_token *token, size_t array) {
    plaats_status st = PLAATS_OK;
    const char *id = token->text + 1;
    id_list ids = {0};
    TRY(list_ids(w, array, &ids));
    const char *nearest = nearest_name(id, ids.n, id_at, &ids);
    if (nearest != NULL)
        st = json_pointer_refuse(w->error, "no element here has the id '%s', did you mean '%s'?",
                                 id, nearest);
    else if (ids.n > 0 || count_elements(w->text, array) == 0)
        st = json_pointer_refuse(w->error, "no element here has the id '%s'", id);
    else
        st = json_pointer_refuse(
            w->error, "the elements here have no ids: they are named by their index, from 0");
done:
    return st;
}

static plaats_status enter_array(const walk *w, const json_token *token, json_spot *spot) {
    size_t array = spot->begin, wanted = SIZE_MAX;
    if (!names_id(token) && !is_new(token) && !is_index(token, &wanted))
        return json_pointer_refuse(
            w->error, "'%s' names no element: an index does, '@' and an id, or '-' for a new one",
            token->text);
    if (enter_element(w, token, wanted, spot) || is_new(token)) return PLAATS_OK;
    if (names_id(token)) return refuse_id(w, token, array);
    return json_pointer_refuse(w->error,
                               "there is no element %zu: the array has %zu, counted from 0", wanted,
                               count_elements(w->text, array));
}

/* Objects that are absent are made, and an array for a new element; no element is. */
static plaats_status check_absent(const walk *w, const json_token *tokens, size_t n) {
    for (size_t i = 1; i < n; i++)
        if (names_id(&tokens[i]) || (is_new(&tokens[i]) && i + 1 < n))
            return json_pointer_refuse(w->error, "there is no '%s', and so no element '%s' in it",
                                       tokens[i - 1].text, tokens[i].text);
    return PLAATS_OK;
}

plaats_status json_pointer_follow(const json_span *text, const json_token *tokens, size_t n,
                                  arena *memory, json_spot *spot, plaats_error *error) {
    assert(text->size > 0 && spot != NULL);
    plaats_status st = PLAATS_OK;
    walk w = {.text = text, .memory = memory, .error = error};
    TRY_ALLOC(w.scratch = arena_alloc(memory, text->size + 1, 1));
    *spot = (json_spot){.begin = json_step_blanks(text, 0)};
    for (size_t i = 0; i < n; i++) {
        char mark = text->bytes[spot->begin];
        if (mark == '{') {
            if (enter_member(&w, tokens[i].text, tokens[i].size, spot)) continue;
            spot->n_absent = n - i;
            return check_absent(&w, tokens + i, n - i);
        }
        if (mark != '[')
            return json_pointer_refuse(error, "there is no '%s' in what is no object or array",
                                       tokens[i].text);
        TRY(enter_array(&w, &tokens[i], spot));
        if (!is_new(&tokens[i])) continue;
        spot->n_absent = n - i;
        if (n - i > 1) return json_pointer_refuse(error, "there is nothing yet in a new element");
        break;
    }
done:
    return st;
}
