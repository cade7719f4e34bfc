/* Distances: travel rows by binary search, else the great circle. Up to a few thousand locations
 * the km between every location and every site are worked out once and kept. */
#include "instance/distance.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

static const double EARTH_KM = 6371.0;
static const double RADIANS = 3.14159265358979323846 / 180.0;
enum { MOST_KEPT = 4000000 }; /* pairs: 32 MB for both directions */

typedef struct {
    bool known;
    double lat, lon, cos_lat; /* radians */
    double x, y, z;           /* the same point on the unit sphere */
} position;

struct distance_table {
    position *at;       /* per location */
    int *first_row;     /* per location, and one more: its travel rows */
    int32_t *to_site;   /* [location * n_sites + site]: km to the site; NULL if not kept */
    int32_t *from_site; /* the same: km from the site to the location */
    int64_t largest_km;
};

/* ---- One pair ------------------------------------------------------------------------------- */

/* Haversine, rounded half up. The same in both directions, to the last bit. */
static int64_t great_circle(const position *a, const position *b) {
    double half_lat = sin((b->lat - a->lat) / 2);
    double half_lon = sin((b->lon - a->lon) / 2);
    double h = half_lat * half_lat + a->cos_lat * b->cos_lat * half_lon * half_lon;
    return (int64_t)floor(2 * EARTH_KM * asin(sqrt(fmin(1, h))) + 0.5);
}

static const travel_row *own_row(const plaats_instance *in, int from, int to) {
    int low = in->distances->first_row[from];
    int high = in->distances->first_row[from + 1];
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (in->travel[middle].to < to)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == in->distances->first_row[from + 1] || in->travel[low].to != to) return NULL;
    return &in->travel[low];
}

/* A pair without a row of its own uses that of the reverse pair; a row of its own hides that one,
 * also for a measure it lacks. */
static const travel_row *row_of(const plaats_instance *in, int from, int to) {
    const travel_row *row = own_row(in, from, to);
    return row != NULL ? row : own_row(in, to, from);
}

static int64_t compute_km(const plaats_instance *in, int from, int to) {
    if (from == to) return 0;
    const travel_row *row = in->n_travel > 0 ? row_of(in, from, to) : NULL;
    if (row != NULL && row->km != NONE) return row->km;
    const position *a = &in->distances->at[from];
    const position *b = &in->distances->at[to];
    return a->known && b->known ? great_circle(a, b) : DISTANCE_UNKNOWN;
}

int64_t distance_km(const plaats_instance *in, int from, int to) {
    const struct distance_table *d = in->distances;
    assert(from >= 0 && from < n_locations(in) && to >= 0 && to < n_locations(in));
    if (d->to_site != NULL) {
        if (to < in->n_sites) return d->to_site[(int64_t)from * in->n_sites + to];
        if (from < in->n_sites) return d->from_site[(int64_t)to * in->n_sites + from];
    }
    return compute_km(in, from, to);
}

const int32_t *distance_from_sites(const plaats_instance *in, int location) {
    assert(location >= 0 && location < n_locations(in));
    const int32_t *kept = in->distances->from_site;
    return kept == NULL ? NULL : kept + (int64_t)location * in->n_sites;
}

const int32_t *distance_to_sites(const plaats_instance *in, int location) {
    assert(location >= 0 && location < n_locations(in));
    const int32_t *kept = in->distances->to_site;
    return kept == NULL ? NULL : kept + (int64_t)location * in->n_sites;
}

int64_t distance_minutes(const plaats_instance *in, int from, int to) {
    assert(from >= 0 && from < n_locations(in) && to >= 0 && to < n_locations(in));
    if (from == to) return 0;
    const travel_row *row = in->n_travel > 0 ? row_of(in, from, to) : NULL;
    return row != NULL && row->minutes != NONE ? row->minutes : DISTANCE_UNKNOWN;
}

int64_t distance_largest_km(const plaats_instance *in) {
    return in->distances->largest_km;
}

/* ---- Preparation ---------------------------------------------------------------------------- */

static position position_of(bool known, double lat, double lon) {
    position p = {.known = known, .lat = lat * RADIANS, .lon = lon * RADIANS};
    p.cos_lat = cos(p.lat);
    p.x = p.cos_lat * cos(p.lon);
    p.y = p.cos_lat * sin(p.lon);
    p.z = sin(p.lat);
    return p;
}

static void place_locations(const plaats_instance *in, position *at) {
    for (int j = 0; j < in->n_sites; j++) {
        const site *s = &in->sites[j];
        at[j] = position_of(s->has_position, s->lat, s->lon);
    }
    for (int k = 0; k < in->n_places; k++) {
        const place *p = &in->places[k];
        at[in->n_sites + k] = position_of(p->has_position, p->lat, p->lon);
    }
}

static void index_rows(const plaats_instance *in, int *first_row) {
    int row = 0;
    for (int from = 0; from <= n_locations(in); from++) {
        while (row < in->n_travel && in->travel[row].from < from) row++;
        first_row[from] = row;
    }
}

/* Great circles first, each once; then what the rows say of their pair, both ways. */
static void fill_kept(const plaats_instance *in) {
    struct distance_table *d = in->distances;
    int sites = in->n_sites;
    for (int a = 0; a < n_locations(in); a++) {
        for (int j = 0; j < sites && j <= a; j++) {
            bool known = d->at[a].known && d->at[j].known;
            int32_t km = DISTANCE_UNKNOWN;
            if (a == j)
                km = 0;
            else if (known)
                km = (int32_t)great_circle(&d->at[a], &d->at[j]);
            d->to_site[(int64_t)a * sites + j] = d->from_site[(int64_t)a * sites + j] = km;
            if (a < sites)
                d->to_site[(int64_t)j * sites + a] = d->from_site[(int64_t)j * sites + a] = km;
        }
    }
    for (int i = 0; i < in->n_travel; i++) {
        int from = in->travel[i].from;
        int to = in->travel[i].to;
        int32_t there = (int32_t)compute_km(in, from, to);
        int32_t back = (int32_t)compute_km(in, to, from);
        if (to < sites) {
            d->to_site[(int64_t)from * sites + to] = there;
            d->from_site[(int64_t)from * sites + to] = back;
        }
        if (from < sites) {
            d->to_site[(int64_t)to * sites + from] = back;
            d->from_site[(int64_t)to * sites + from] = there;
        }
    }
}

/* The largest of the known km. The cosine of the angle between two points, which is quickly had,
 * rules nearly all pairs out; the margin is far above its rounding. */
static int64_t find_largest(const plaats_instance *in) {
    const struct distance_table *d = in->distances;
    int64_t largest = 0;
    for (int i = 0; i < in->n_travel; i++) {
        int from = in->travel[i].from;
        int to = in->travel[i].to;
        if (from >= in->n_sites && to >= in->n_sites) continue;
        int64_t there = compute_km(in, from, to);
        int64_t back = compute_km(in, to, from);
        if (there > largest) largest = there;
        if (back > largest) largest = back;
    }
    double limit = cos(fmin((double)largest / EARTH_KM, 3.2)) + 1e-9;
    for (int a = 0; a < n_locations(in); a++) {
        const position *p = &d->at[a];
        for (int j = 0; j < in->n_sites && j < a; j++) {
            const position *q = &d->at[j];
            if (!p->known || !q->known || p->x * q->x + p->y * q->y + p->z * q->z > limit) continue;
            int64_t km = compute_km(in, j, a);
            if (compute_km(in, a, j) > km) km = compute_km(in, a, j);
            if (km <= largest) continue;
            largest = km;
            limit = cos((double)largest / EARTH_KM) + 1e-9;
        }
    }
    return largest;
}

plaats_status distance_prepare(plaats_instance *in, plaats_error *error) {
    assert(in->distances == NULL);
    plaats_status st = PLAATS_OK;
    size_t locations = (size_t)n_locations(in);
    size_t pairs = locations * (size_t)in->n_sites;
    struct distance_table *d = arena_alloc(&in->memory, 1, sizeof *d);
    TRY_ALLOC(d);
    in->distances = d;
    TRY_ALLOC(d->at = arena_alloc(&in->memory, locations, sizeof *d->at));
    TRY_ALLOC(d->first_row = arena_alloc(&in->memory, locations + 1, sizeof *d->first_row));
    place_locations(in, d->at);
    index_rows(in, d->first_row);
    if (pairs <= MOST_KEPT) {
        int32_t *kept = arena_alloc(&in->memory, 2 * pairs, sizeof *kept);
        TRY_ALLOC(kept);
        d->to_site = kept;
        d->from_site = kept + pairs;
        fill_kept(in);
    }
    d->largest_km = find_largest(in);
done:
    return st;
}
