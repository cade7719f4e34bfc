/* Units that are alike in everything that counts: what they may do, what it costs and what it
 * uses. A relaxation over kinds instead of units is smaller and loses nothing, and a search over
 * kinds does not try the same plan again with two households in each other's place. */
#ifndef PLAATS_ENGINE_KINDS_H
#define PLAATS_ENGINE_KINDS_H

#include "engine/grid.h"

/* A kind goes by its first unit. */
typedef struct {
    int32_t *first; /* per unit: the first of its kind */
    int32_t *next;  /* per unit: the next of its kind, NONE */
    int32_t *count; /* per unit: how many there are of its kind if it is the first, else 0 */
} kinds;

plaats_status kinds_build(const grid *g, kinds *k, plaats_error *error);
void kinds_free(kinds *k);

#endif
