/* Units that are alike in everything that counts: what they may do, what it costs and what it
 * uses. A relaxation over classes instead of units is smaller and loses nothing, and a search over
 * classes does not try the same plan again with two households in each other's place. */
#ifndef PLAATS_ENGINE_LAYOUT_CLASSES_H
#define PLAATS_ENGINE_LAYOUT_CLASSES_H

#include "engine/layout/grid.h"

/* A class goes by its first unit. */
typedef struct {
    int32_t *first; /* per unit: the first of its class */
    int32_t *next;  /* per unit: the next of its class, NONE */
    int32_t *count; /* per unit: how many there are in its class if it is the first, else 0 */
} classes;

plaats_status classes_build(const grid *g, classes *k, plaats_error *error);
void classes_free(classes *k);

#endif
