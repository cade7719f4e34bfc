/* The options of some units, stored small: a large model has a billion of them. Costs are kept as
 * what they are more than the unit's least, in as few bytes as that takes; units that may go to the
 * same sites share one list of them. Private to the model's files. */
#ifndef PLAATS_MODEL_STORE_H
#define PLAATS_MODEL_STORE_H

#include "model/build.h"

/* The options of one unit, ascending by site. */
typedef struct {
    int n;
    uint16_t *site;
    int64_t *cost;
} option_list;

/* The lists of sites of a part, to be found again; slots for twice as many as there can be. */
enum { LIST_SLOTS = 2 * UNITS_OF_PART };
typedef struct {
    struct {
        uint64_t hash;
        uint32_t at, n; /* in `site` of the part; n = 0: nothing here */
    } slot[LIST_SLOTS];
} list_index;

void list_index_clear(list_index *lists);
/* Adds the options of the part's i-th unit; units come in order. False when memory runs out. */
bool store_options(option_part *part, list_index *lists, int i, const option_list *found);
/* Gives back what room is left when all units are stored. */
bool store_fit(option_part *part);
void store_free_options(struct model_index *x);

#endif
