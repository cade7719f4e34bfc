/* Distances of the check: tables between sites and all locations, from the travel rows and the
 * great circle. */
#include "check/check.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#define EARTH_RADIUS_KM 6371.0

typedef struct {
    bool known;
    double lat, lon; /* radians */
    double cos_lat;
} earth_point;

static int32_t *cell(const travel_table *table, int from, int to) {
    if (from < table->n_sites)
        return &table->from_site[(size_t)from * (size_t)table->n_locations + (size_t)to];
    return &table
                ->from_place[(size_t)(from - table->n_sites) * (size_t)table->n_sites + (size_t)to];
}

int64_t check_travel(const travel_table *table, int from, int to) {
    if (table->from_site == NULL) return from == to ? 0 : NONE;
    assert(from >= 0 && from < table->n_locations && to >= 0 && to < table->n_locations);
    return *cell(table, from, to);
}

static int32_t great_circle(const earth_point *a, const earth_point *b) {
    double north = sin((b->lat - a->lat) / 2), east = sin((b->lon - a->lon) / 2);
    double h = north * north + a->cos_lat * b->cos_lat * east * east;
    return (int32_t)floor(2 * EARTH_RADIUS_KM * asin(sqrt(fmin(1.0, h))) + 0.5);
}

static earth_point position_of(const plaats_instance *in, int location) {
    const double radians = acos(-1.0) / 180;
    bool is_site = location < in->n_sites;
    const site *s = is_site ? &in->sites[location] : NULL;
    const place *p = is_site ? NULL : &in->places[location - in->n_sites];
    earth_point at = {.known = is_site ? s->has_position : p->has_position};
    if (!at.known) return at;
    at.lat = (is_site ? s->lat : p->lat) * radians;
    at.lon = (is_site ? s->lon : p->lon) * radians;
    at.cos_lat = cos(at.lat);
    return at;
}

static plaats_status make_table(check_facts *f, travel_table *table, plaats_error *error) {
    size_t sites = (size_t)f->in->n_sites, places = (size_t)f->in->n_places;
    table->n_sites = f->in->n_sites;
    table->n_locations = n_locations(f->in);
    table->from_site = arena_alloc(&f->memory, sites * (sites + places), sizeof(int32_t));
    table->from_place = arena_alloc(&f->memory, places * sites, sizeof(int32_t));
    if (table->from_site == NULL || table->from_place == NULL) return fail_memory(error);
    for (size_t i = 0; i < sites * (sites + places); i++) table->from_site[i] = NONE;
    for (size_t i = 0; i < places * sites; i++) table->from_place[i] = NONE;
    for (int j = 0; j < f->in->n_sites; j++) *cell(table, j, j) = 0;
    return PLAATS_OK;
}

static void fill_circles(const check_facts *f, const earth_point *at) {
    for (int j = 0; j < f->in->n_sites; j++) {
        for (int i = j + 1; i < n_locations(f->in); i++) {
            if (!at[j].known || !at[i].known) continue;
            int32_t km = great_circle(&at[j], &at[i]);
            *cell(&f->km, j, i) = km;
            *cell(&f->km, i, j) = km;
        }
    }
}

static int by_pair(const void *a, const void *b) {
    const travel_row *x = a, *y = b;
    if (x->from != y->from) return x->from < y->from ? -1 : 1;
    return (x->to > y->to) - (x->to < y->to);
}

static bool has_row(const plaats_instance *in, int from, int to) {
    travel_row key = {.from = from, .to = to};
    return bsearch(&key, in->travel, (size_t)in->n_travel, sizeof key, by_pair) != NULL;
}

static void put_row(const check_facts *f, int from, int to, const travel_row *row) {
    if (from >= f->in->n_sites && to >= f->in->n_sites) return; /* nobody lives at a place */
    if (row->km != NONE) *cell(&f->km, from, to) = (int32_t)row->km;
    if (row->minutes != NONE) *cell(&f->minutes, from, to) = (int32_t)row->minutes;
}

static bool has_minutes(const plaats_instance *in) {
    for (int i = 0; i < in->n_travel; i++)
        if (in->travel[i].minutes != NONE) return true;
    return false;
}

static void find_largest(check_facts *f) {
    size_t sites = (size_t)f->in->n_sites, places = (size_t)f->in->n_places;
    for (size_t i = 0; i < sites * (sites + places); i++)
        if (f->km.from_site[i] > f->largest_km) f->largest_km = f->km.from_site[i];
    for (size_t i = 0; i < places * sites; i++)
        if (f->km.from_place[i] > f->largest_km) f->largest_km = f->km.from_place[i];
}

plaats_status check_travel_make(check_facts *f, plaats_error *error) {
    const plaats_instance *in = f->in;
    plaats_status st = PLAATS_OK;
    earth_point *at = NULL;
    TRY_ALLOC(at = zero_alloc((size_t)n_locations(in), sizeof *at));
    for (int i = 0; i < n_locations(in); i++) at[i] = position_of(in, i);
    TRY(make_table(f, &f->km, error));
    if (has_minutes(in)) TRY(make_table(f, &f->minutes, error));
    fill_circles(f, at);
    for (int i = 0; i < in->n_travel; i++) {
        const travel_row *row = &in->travel[i];
        put_row(f, row->from, row->to, row);
        if (!has_row(in, row->to, row->from)) put_row(f, row->to, row->from, row);
    }
    find_largest(f);
done:
    free(at);
    return st;
}
