/* Lists of notes and sentences, and the JSON pointers to what they are about. */
#include "plan/review_list.h"

#include "base/utf8.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Sentences ----------------------------------------------------------------------------- */

void texts_add(texts *t, const char *format, ...) {
    if (t->failed) return;
    if (t->n == t->room) {
        int room = t->room == 0 ? 8 : 2 * t->room;
        char **more = realloc(t->at, (size_t)room * sizeof *more);
        if (more == NULL) {
            t->failed = true;
            return;
        }
        t->at = more;
        t->room = room;
    }
    va_list list, again;
    va_start(list, format);
    va_copy(again, list);
    int size = vsnprintf(NULL, 0, format, list);
    char *text = size < 0 ? NULL : malloc((size_t)size + 1);
    if (text != NULL) {
        vsnprintf(text, (size_t)size + 1, format, again);
        t->at[t->n++] = text;
    } else {
        t->failed = true;
    }
    va_end(again);
    va_end(list);
}

void texts_free(texts *t) {
    for (int i = 0; i < t->n; i++) free(t->at[i]);
    free(t->at);
    memset(t, 0, sizeof *t);
}

/* ---- Places -------------------------------------------------------------------------------- */

note_place review_place_nowhere(void) {
    return (note_place){""};
}

note_place review_place_of(const char *list, int i) {
    assert(list != NULL && i >= 0);
    note_place p;
    snprintf(p.pointer, sizeof p.pointer, "/%s/%d", list, i);
    return p;
}

note_place review_place_of_member(const char *list, int i, const char *member) {
    assert(list != NULL && i >= 0 && member != NULL);
    note_place p;
    snprintf(p.pointer, sizeof p.pointer, "/%s/%d/%s", list, i, member);
    return p;
}

note_place review_place_of_key(const char *list, int i, const char *member, const char *key) {
    note_place p = review_place_of_member(list, i, member);
    size_t n = strlen(p.pointer);
    assert(n + 2 <= sizeof p.pointer);
    size_t most = (sizeof p.pointer - n - 2) / 2;
    size_t length = utf8_cut(key, strlen(key), most);
    p.pointer[n++] = '/';
    for (size_t k = 0; k < length; k++) {
        if (key[k] == '~' || key[k] == '/') p.pointer[n++] = '~';
        p.pointer[n++] = key[k] == '~' ? '0' : key[k] == '/' ? '1' : key[k];
    }
    p.pointer[n] = '\0';
    return p;
}

note_place review_place_of_household(const plaats_instance *in, int h) {
    assert(h >= 0 && h < in->n_households);
    if (h < in->n_household_rows) return review_place_of("households", h);
    int first = in->households[h].people.at[0];
    bool is_alone = strcmp(in->people[first].id, in->households[h].id) == 0;
    return is_alone ? review_place_of("people", first)
                    : review_place_of_member("people", first, "household");
}

/* ---- Notes --------------------------------------------------------------------------------- */

const char *note_code(note_kind kind) {
    assert(kind < NOTE_KINDS);
    static const char *const codes[] = {
#define X(name, code) [NOTE_##name] = code,
        NOTES(X)
#undef X
    };
    return codes[kind];
}

static bool make_room(note_list *list) {
    if (list->n < list->room) return true;
    int room = list->room == 0 ? 16 : 2 * list->room;
    note *more = realloc(list->at, (size_t)room * sizeof *more);
    if (more == NULL) return false;
    list->at = more;
    list->room = room;
    return true;
}

void note_add(note_list *list, note_kind kind, note_place place, const char *format, ...) {
    if (list->failed) return;
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int size = vsnprintf(NULL, 0, format, arguments);
    char *pointer = arena_copy(&list->memory, place.pointer, strlen(place.pointer));
    char *message = size < 0 ? NULL : arena_alloc(&list->memory, (size_t)size + 1, 1);
    if (pointer != NULL && message != NULL && make_room(list)) {
        vsnprintf(message, (size_t)size + 1, format, again);
        list->at[list->n++] = (note){.kind = kind, .pointer = pointer, .message = message};
    } else {
        list->failed = true;
    }
    va_end(again);
    va_end(arguments);
}

void note_list_free(note_list *list) {
    free(list->at);
    arena_free(&list->memory);
    memset(list, 0, sizeof *list);
}
