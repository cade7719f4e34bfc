/* Options stored small: costs above the unit's least in 2, 4 or 8 bytes for the whole part, widened
 * when one does not fit; lists of sites once each, found again by their hash. */
#include "model/store.h"

#include "base/random.h"

#include <assert.h>

#include <stdlib.h>
#include <string.h>

static_assert((uint64_t)UNITS_OF_PART * UINT16_MAX <= UINT32_MAX, "positions fit in 32 bits");

/* ---- Costs ----------------------------------------------------------------------------------- */

static void put_more(void *list, int width, uint32_t i, uint64_t more) {
    if (width == 2)
        ((uint16_t *)list)[i] = (uint16_t)more;
    else if (width == 4)
        ((uint32_t *)list)[i] = (uint32_t)more;
    else
        ((uint64_t *)list)[i] = more;
}

static bool resize_costs(option_part *part, uint32_t room) {
    assert(room > 0);
    void *more = realloc(part->more, (size_t)room * (size_t)part->width);
    if (more == NULL) return false;
    part->more = more;
    part->cost_room = room;
    return true;
}

/* To larger numbers for all, of which there are n. */
static bool widen(option_part *part, uint32_t n, int width) {
    assert(width > part->width && n <= part->cost_room);
    options old = {.width = part->width, .more = part->more};
    void *wider = malloc(((size_t)part->cost_room + 1) * (size_t)width);
    if (wider == NULL) return false;
    for (uint32_t i = 0; i < n; i++) put_more(wider, width, i, (uint64_t)option_cost(&old, (int)i));
    free(part->more);
    part->more = wider;
    part->width = width;
    return true;
}

static void note_largest(option_part *part, int64_t least, int64_t most) {
    if (most > part->largest_cost) part->largest_cost = most;
    if (-least > part->largest_cost) part->largest_cost = -least;
}

static bool store_costs(option_part *part, int unit, const option_list *found) {
    uint32_t first = part->first[unit], n = (uint32_t)found->n;
    assert(n > 0);
    int64_t least = found->cost[0], most = found->cost[0];
    for (uint32_t i = 1; i < n; i++) {
        if (found->cost[i] < least) least = found->cost[i];
        if (found->cost[i] > most) most = found->cost[i];
    }
    note_largest(part, least, most);
    uint64_t range = (uint64_t)most - (uint64_t)least;
    int width = range <= UINT16_MAX ? 2 : range <= UINT32_MAX ? 4 : 8;
    if (width > part->width && !widen(part, first, width)) return false;
    if (first + n > part->cost_room &&
        !resize_costs(part, part->cost_room + part->cost_room / 2 + n + 1024))
        return false;
    assert(first + n <= part->cost_room);
    for (uint32_t i = 0; i < n; i++)
        put_more(part->more, part->width, first + i, (uint64_t)found->cost[i] - (uint64_t)least);
    part->least[unit] = least;
    return true;
}

/* ---- Sites ----------------------------------------------------------------------------------- */

void list_index_clear(list_index *lists) {
    memset(lists, 0, sizeof *lists);
}

static uint64_t hash_sites(const option_list *found) {
    uint64_t hash = (uint64_t)found->n;
    int i = 0;
    for (; i + 4 <= found->n; i += 4) {
        uint64_t four;
        memcpy(&four, found->site + i, sizeof four);
        hash = random_mix(hash, four);
    }
    for (; i < found->n; i++) hash = random_mix(hash, found->site[i]);
    return hash;
}

static bool add_sites(option_part *part, const option_list *found) {
    uint32_t n = (uint32_t)found->n, room = 2 * part->site_room + n;
    if (part->n_sites + n > part->site_room) {
        uint16_t *site = realloc(part->site, room * sizeof *site);
        if (site == NULL) return false;
        part->site = site;
        part->site_room = room;
    }
    assert(part->n_sites + n <= part->site_room);
    memcpy(part->site + part->n_sites, found->site, n * sizeof *found->site);
    part->n_sites += n;
    return true;
}

/* Adds the unit's list of sites, unless it is there already. */
static bool store_sites(option_part *part, list_index *lists, int unit, const option_list *found) {
    size_t bytes = (size_t)found->n * sizeof *found->site;
    uint64_t hash = hash_sites(found);
    uint32_t i = (uint32_t)(hash % LIST_SLOTS);
    while (lists->slot[i].n > 0 &&
           (lists->slot[i].hash != hash || lists->slot[i].n != (uint32_t)found->n ||
            memcmp(part->site + lists->slot[i].at, found->site, bytes) != 0))
        i = (i + 1) % LIST_SLOTS;
    if (lists->slot[i].n == 0) {
        lists->slot[i].hash = hash;
        lists->slot[i].n = (uint32_t)found->n;
        lists->slot[i].at = part->n_sites;
        if (!add_sites(part, found)) return false;
    }
    part->site_at[unit] = lists->slot[i].at;
    return true;
}

/* ---- Both ------------------------------------------------------------------------------------ */

bool store_options(option_part *part, list_index *lists, int unit, const option_list *found) {
    assert(unit >= 0 && unit < UNITS_OF_PART && found->n >= 0 && found->n <= UINT16_MAX);
    if (unit == 0) part->width = 2;
    part->first[unit + 1] = part->first[unit] + (uint32_t)found->n;
    return found->n == 0 ||
           (store_sites(part, lists, unit, found) && store_costs(part, unit, found));
}

bool store_fit(option_part *part) {
    uint32_t n = 0;
    for (int i = 0; i < UNITS_OF_PART; i++) n = part->first[i + 1] > n ? part->first[i + 1] : n;
    return n == 0 || n == part->cost_room || resize_costs(part, n);
}

void store_free_options(struct model_index *x) {
    for (int i = 0; i < x->n_parts; i++) {
        free(x->parts[i].site);
        free(x->parts[i].more);
    }
}
