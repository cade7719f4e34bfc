/* Texts that differ only by a slip: blanks, case, Unicode normal form, characters that look alike.
 * The only file that knows ICU, which is opened where a text is not ASCII, or for a pair found. */
#ifndef PLAATS_TEXT_ALIKE_H
#define PLAATS_TEXT_ALIKE_H

#include "base/status.h"

/* Bytes of a text, as ids and tags have them, that is surely compared. Longer ones may be like no
 * other. */
#define ALIKE_LONGEST 64

/* How two texts differ, from the smallest slip to none at all. */
typedef enum {
    ALIKE_BLANKS, /* or characters that cannot be seen */
    ALIKE_NORMAL_FORM,
    ALIKE_CASE,
    ALIKE_LOOKS,
    ALIKE_NOT
} alike_difference;

typedef struct {
    void *checker;
} alike; /* all zero: ready */

/* Texts that are alike share key 0 (case) or key 1 (looks). */
#define ALIKE_KEYS 2
plaats_status alike_keys(alike *a, const char *text, uint64_t key[ALIKE_KEYS], plaats_error *error);
/* Of two different texts. */
plaats_status alike_compare(alike *a, const char *x, const char *y, alike_difference *out,
                            plaats_error *error);
void alike_free(alike *a);

#endif
