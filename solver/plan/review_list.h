/* Notes for planners, each with its place, and lists of sentences. */
#ifndef PLAATS_PLAN_REVIEW_LIST_H
#define PLAATS_PLAN_REVIEW_LIST_H

#include "base/arena.h"
#include "instance/instance.h"

/* A growing list of sentences. */
typedef struct {
    int n, room;
    char **at;
    bool failed; /* out of memory: later additions do nothing */
} texts;

void texts_add(texts *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
void texts_free(texts *t);
/* What one of n things and several differ in. */
static inline const char *plural(int64_t n) {
    return n == 1 ? "" : "s";
}

/* X(name, code): the kinds of notes. */
#define NOTES(X)                                                                                   \
    X(IDLE, "idle")               /* a household, site, rule or quota touches nothing */           \
    X(MINUTES, "unknown_minutes") /* a limit on them counts these as beyond */                     \
    X(TAG, "idle_tag")            /* used by no rule, or carried by nobody */                      \
    X(ALIKE, "alike")             /* names that differ only by a slip */                           \
    X(SAME_NAME, "same_name")     /* of two sites */                                               \
    X(CHILDREN, "children_alone") /* a household without an adult */                               \
    X(POSITION, "position")       /* coordinates swapped, or far from the others */                \
    X(CROWDED, "beds_open")       /* more people than beds that are open to them */                \
    X(RESIDENTS, "residents")     /* more of them than a site has room for */                      \
    X(PINS, "pins")               /* likewise */                                                   \
    X(PIN_CLOSED, "pin_closed")   /* the site is closed while the pin holds */                     \
    X(CLOSING, "closing")         /* a site closes soon and people are sent there */               \
    X(EMPTY_BEDS, "empty_beds")   /* that `min_stay` and `closes` leave so */                      \
    X(LATE_STEPS, "late_steps")   /* they begin after the planned weeks */                         \
    X(DEFAULT_WEIGHTS, "default_weights")                                                          \
    X(SMALL_UNPLACED, "small_unplaced") /* a place may cost more than none */

typedef enum {
#define X(name, code) NOTE_##name,
    NOTES(X)
#undef X
        NOTE_KINDS
} note_kind;

const char *note_code(note_kind kind);

/* A JSON pointer; "" where a note concerns no one element. */
typedef struct {
    char pointer[256];
} note_place;

note_place review_place_nowhere(void);
note_place review_place_of(const char *list, int i);
/* `member` may have parts of its own: "pin/site". */
note_place review_place_of_member(const char *list, int i, const char *member);
/* The same and a key in it, which is escaped. */
note_place review_place_of_key(const char *list, int i, const char *member, const char *key);
/* A household's row, or where a person names it. */
note_place review_place_of_household(const plaats_instance *in, int household);

typedef struct {
    note_kind kind;
    const char *pointer, *message;
} note;

typedef struct {
    int n, room;
    note *at;
    bool failed; /* as in texts */
    arena memory;
} note_list;

void note_add(note_list *list, note_kind kind, note_place place, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void note_list_free(note_list *list);

#endif
