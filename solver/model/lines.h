/* Prices laid out by site, one line for each resource (the beds, a service, a quota) that has any.
 * What a unit pays for its uses is then a sum of few lines, and the pass over all options is one
 * multiplication and one addition each. Private to the model's files. */
#ifndef PLAATS_MODEL_LINES_H
#define PLAATS_MODEL_LINES_H

#include "model/model.h"

typedef struct {
    const model *m;
    const model_prices *p;
    int n_lines;
    int64_t *room;           /* all lines, one after the other */
    int64_t *pays;           /* per site: what the unit asked about pays there */
    const int64_t *beds;     /* per site */
    const int64_t **service; /* per service: its line; NULL: no price */
    const int64_t **quota;   /* per quota: likewise, the price above less the one below */
    int64_t highest;         /* the largest size of a price */
} price_lines;

/* False when there is no memory for it: the caller then does without. */
bool price_lines_make(price_lines *lines, const model *m, const model_prices *p);
void price_lines_free(price_lines *lines);
/* The least that the unit pays, cost and prices, over its sites; as `cheapest` but in 64 bits.
 * False when they might not suffice, or it has no site. */
bool price_lines_cheapest(price_lines *lines, int u, int64_t *least);

#endif
