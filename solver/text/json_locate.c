/* Walks through the text with a stack of the objects and arrays that are open. */
#include "text/json_locate.h"

#include "base/utf8.h"
#include "text/json_string.h"
#include <assert.h>
#include <stdio.h>
#include <string.h>

/* A pointer that is being put together; cut when it gets too long. */
typedef struct {
    char *text;
    size_t size, capacity; /* a NUL must fit in, too */
    bool full;
} pointer_text;

void json_locate_start(json_locator *l, const char *bytes, size_t size) {
    assert(l != NULL && (bytes != NULL || size == 0));
    l->bytes = bytes;
    l->size = size;
    /* A byte order mark is no column: editors do not show it. */
    l->at = size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    l->line = 1;
    l->column = 1;
    l->state = LOCATE_BETWEEN;
    l->in_key = false;
    l->depth = 0;
}

static json_frame *innermost(json_locator *l) {
    return l->depth > 0 ? &l->frames[l->depth - 1] : NULL;
}

static void complete_value(json_locator *l) {
    l->state = LOCATE_BETWEEN;
    if (l->depth > 0) innermost(l)->inside = false;
}

static void open_frame(json_locator *l, bool array) {
    if (l->depth == JSON_MAX_DEPTH) return; /* the scan has refused it here */
    l->frames[l->depth++] = (json_frame){.array = array, .inside = array};
}

static void close_frame(json_locator *l) {
    if (l->depth > 0) l->depth--;
    complete_value(l);
}

static void next_item(json_locator *l) {
    json_frame *frame = innermost(l);
    if (frame == NULL) return;
    frame->inside = frame->array;
    frame->index++;
}

static bool at_key(const json_locator *l) {
    if (l->depth == 0 || l->state != LOCATE_BETWEEN) return false;
    const json_frame *frame = &l->frames[l->depth - 1];
    return !frame->array && !frame->inside && l->at < l->size && l->bytes[l->at] == '"';
}

static void open_string(json_locator *l) {
    l->in_key = at_key(l);
    if (l->in_key) {
        innermost(l)->inside = true;
        innermost(l)->key = (uint32_t)l->at;
    }
    l->state = LOCATE_STRING;
}

static void close_string(json_locator *l) {
    if (l->in_key)
        l->state = LOCATE_BETWEEN;
    else
        complete_value(l);
}

/* A word (a number, true, anything) ends before white space and punctuation. */
static bool word_goes_on(const json_locator *l) {
    if (l->at + 1 >= l->size) return false;
    char next = l->bytes[l->at + 1];
    return next == '\0' || strchr(" \t\r\n,:[]{}\"", next) == NULL;
}

static void step_between(json_locator *l, char byte) {
    switch (byte) {
    case ' ':
    case '\t':
    case '\r':
    case '\n':
    case ':':
        break;
    case '"':
        open_string(l);
        break;
    case '{':
    case '[':
        open_frame(l, byte == '[');
        break;
    case '}':
    case ']':
        close_frame(l);
        break;
    case ',':
        next_item(l);
        break;
    default:
        l->state = LOCATE_WORD;
        if (!word_goes_on(l)) complete_value(l);
    }
}

static void step(json_locator *l, char byte) {
    switch (l->state) {
    case LOCATE_STRING:
        if (byte == '\\') l->state = LOCATE_ESCAPE;
        if (byte == '"') close_string(l);
        break;
    case LOCATE_ESCAPE:
        l->state = LOCATE_STRING;
        break;
    case LOCATE_WORD:
        if (!word_goes_on(l)) complete_value(l);
        break;
    case LOCATE_BETWEEN:
        step_between(l, byte);
    }
}

void json_locate_advance(json_locator *l, size_t offset) {
    assert(offset <= l->size);
    for (; l->at < offset; l->at++) {
        char byte = l->bytes[l->at];
        step(l, byte);
        if (byte == '\n') {
            l->line++;
            l->column = 1;
        } else if (((unsigned char)byte & 0xC0) != 0x80) {
            l->column++; /* each character has one byte that is no continuation */
        }
    }
}

static void add(pointer_text *p, const char *bytes, size_t size) {
    static const char dots[] = "...";
    if (p->full) return;
    assert(p->size < p->capacity && p->capacity >= sizeof dots);
    if (p->size + size < p->capacity) {
        memcpy(p->text + p->size, bytes, size);
        p->size += size;
        return;
    }
    p->full = true;
    p->size = utf8_cut(p->text, p->size, p->capacity - sizeof dots);
    memcpy(p->text + p->size, dots, sizeof dots - 1);
    p->size += sizeof dots - 1;
}

/* ~ and / are escaped as RFC 6901 says; what cannot be shown is made visible. */
static void add_character(pointer_text *p, uint32_t character) {
    char bytes[16];
    if (character == '~') {
        add(p, "~0", 2);
    } else if (character == '/') {
        add(p, "~1", 2);
    } else if (!utf8_is_plain(character)) {
        snprintf(bytes, sizeof bytes, "\\u%04x", (unsigned)character);
        add(p, bytes, strlen(bytes));
    } else if (character >= STRING_BAD_BYTE || (character >= 0xD800 && character <= 0xDFFF)) {
        add(p, "\xEF\xBF\xBD", 3); /* U+FFFD */
    } else {
        add(p, bytes, utf8_encode(character, bytes));
    }
}

static void add_key(pointer_text *p, const json_locator *l, size_t key) {
    const char *at = l->bytes + key + 1;
    const char *end = l->bytes + l->size;
    uint32_t character;
    while (!p->full && json_string_next(&at, end, &character)) add_character(p, character);
}

static void add_index(pointer_text *p, size_t index) {
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%zu", index);
    add(p, digits, (size_t)length);
}

void json_locate_fill(const json_locator *l, plaats_error *place) {
    assert(place != NULL && l->depth <= JSON_MAX_DEPTH);
    place->line = l->line;
    place->column = l->column;
    pointer_text p = {.text = place->pointer, .capacity = sizeof place->pointer};
    bool key_begins = at_key(l);
    for (int i = 0; i < l->depth && !p.full; i++) {
        const json_frame *frame = &l->frames[i];
        bool last_key = key_begins && i == l->depth - 1;
        if (!frame->inside && !last_key) continue; /* only the innermost can be outside */
        add(&p, "/", 1);
        if (frame->array)
            add_index(&p, frame->index);
        else
            add_key(&p, l, last_key ? l->at : frame->key);
    }
    p.text[p.size] = '\0';
}
