/* Coordinates that look swapped, or lie far from the others. */
#include "plan/review.h"

#include <assert.h>
#include <stdlib.h>

typedef struct {
    int location;
    double lat, lon;
} point;

typedef struct {
    double south, north, west, east;
} box;

static const box netherlands = {50, 54, 3, 8};

static bool inside(const box *b, double lat, double lon) {
    return b->south <= lat && lat <= b->north && b->west <= lon && lon <= b->east;
}

/* Sites and places in one list; the number of those that have a position. */
static int list_points(const plaats_instance *in, point *out) {
    int n = 0;
    for (int j = 0; j < in->n_sites; j++)
        if (in->sites[j].has_position) out[n++] = (point){j, in->sites[j].lat, in->sites[j].lon};
    for (int i = 0; i < in->n_places; i++)
        if (in->places[i].has_position)
            out[n++] = (point){in->n_sites + i, in->places[i].lat, in->places[i].lon};
    return n;
}

/* ---- Where the rest lies ------------------------------------------------------------------- */

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, int n) {
    assert(n > 0);
    qsort(values, (size_t)n, sizeof *values, by_value);
    return values[n / 2];
}

/* Around the median, eight times the median distance to it, at least some degrees: those that are
 * wrong do not move it while they are fewer than half. */
static void fence(double *values, int n, double *low, double *high) {
    const double least = 0.5, times = 8;
    double middle = median(values, n);
    for (int i = 0; i < n; i++)
        values[i] = values[i] < middle ? middle - values[i] : values[i] - middle;
    double distance = median(values, n);
    if (distance < least) distance = least;
    *low = middle - times * distance;
    *high = middle + times * distance;
}

/* The Netherlands where most are in them, else what the points themselves say. */
static plaats_status find_box(const point *points, int n, box *out, bool *dutch,
                              plaats_error *error) {
    int home = 0;
    for (int i = 0; i < n; i++) home += inside(&netherlands, points[i].lat, points[i].lon);
    *dutch = 2 * home > n;
    *out = netherlands;
    if (*dutch) return PLAATS_OK;
    double *values = zero_alloc((size_t)n, sizeof *values);
    if (values == NULL) return fail_memory(error);
    for (int i = 0; i < n; i++) values[i] = points[i].lat;
    fence(values, n, &out->south, &out->north);
    for (int i = 0; i < n; i++) values[i] = points[i].lon;
    fence(values, n, &out->west, &out->east);
    free(values);
    return PLAATS_OK;
}

static void judge_point(review *r, const point *p, const box *rest, bool dutch) {
    const plaats_instance *in = r->instance;
    if (inside(rest, p->lat, p->lon)) return;
    bool is_site = p->location < in->n_sites, swapped = inside(rest, p->lon, p->lat);
    note_place place = is_site ? review_place_of_member("sites", p->location, "lat")
                               : review_place_of_member("places", p->location - in->n_sites, "lat");
    note_add(&r->notes, NOTE_POSITION, place, "%s '%s' at %.4f N, %.4f E %s",
             is_site ? "site" : "place", location_id(in, p->location), p->lat, p->lon,
             swapped ? "has 'lat' and 'lon' swapped, as it looks"
             : dutch ? "is outside the Netherlands, where most others are"
                     : "is far from where the others are");
}

plaats_status review_positions(review *r, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const plaats_instance *in = r->instance;
    point *points = NULL;
    box rest;
    bool dutch;
    TRY_ALLOC(points = zero_alloc((size_t)n_locations(in), sizeof *points));
    int n = list_points(in, points);
    if (n < 2) goto done;
    TRY(find_box(points, n, &rest, &dutch, error));
    for (int i = 0; i < n; i++) judge_point(r, &points[i], &rest, dutch);
done:
    free(points);
    return st;
}
