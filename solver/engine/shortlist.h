/* For every unit the few sites that can be worth its while at the prices found: those that lose
 * least against its best, nearest first. Search looks no further. */
#ifndef PLAATS_ENGINE_SHORTLIST_H
#define PLAATS_ENGINE_SHORTLIST_H

#include "engine/field.h"

typedef struct {
    int32_t *start;    /* n_units + 1 */
    int32_t *site;     /* by loss, then site */
    int64_t *cost;     /* the unit's own cost there */
    double *loss;      /* reduced cost above the unit's least (unplaced counts), per unit >= 0 */
    double *none_loss; /* per unit: the same for unplaced */
} shortlist;

plaats_status shortlist_build(const grid *g, const double *row_price, int most, shortlist *l,
                              plaats_error *error);
void shortlist_free(shortlist *l);

#endif
