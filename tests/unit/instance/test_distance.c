/* Distances by rows and by the great circle. */
#include "unit/instance_fixture.h"

#include "base/random.h"
#include "instance/distance.h"
#include <math.h>

static void great_circle_is_rounded(void **state) {
    (void)state;
    plaats_instance *in =
        sound(HEAD "'people': [], 'sites': [{'id': 'a', 'beds': 1, 'lat': 0, 'lon': 0},"
                   "{'id': 'b', 'beds': 1, 'lat': 0, 'lon': 90}, {'id': 'c', 'beds': 1, 'lat': 0,"
                   "'lon': 180}, {'id': 'd', 'beds': 1, 'lat': -90, 'lon': 7}],"
                   "'places': [{'id': 'e', 'lat': 52.3676, 'lon': 4.9041},"
                   "{'id': 'f', 'lat': 53.2194, 'lon': 6.5665}]}");
    assert_int_equal(distance_km(in, 0, 0), 0);
    assert_int_equal(distance_km(in, 0, 1), 10008); /* 6371 pi / 2 = 10007.54 */
    assert_int_equal(distance_km(in, 2, 0), 20015); /* 6371 pi = 20015.09 */
    assert_int_equal(distance_km(in, 3, 1), 10008);
    assert_int_equal(distance_km(in, 4, 5), 147); /* Amsterdam, Groningen; two places */
    assert_int_equal(distance_km(in, 5, 4), 147);
    assert_int_equal(distance_minutes(in, 0, 1), DISTANCE_UNKNOWN);
    assert_int_equal(distance_minutes(in, 1, 1), 0);
    assert_int_equal(distance_largest_km(in), 20015);
    plaats_instance_free(in);
}

static void own_row_hides_the_reverse_one(void **state) {
    (void)state;
    plaats_instance *in =
        sound(HEAD "'people': [], 'sites': [{'id': 'a', 'beds': 1, 'lat': 52, 'lon': 5},"
                   "{'id': 'b', 'beds': 1, 'lat': 52, 'lon': 6}, {'id': 'c', 'beds': 1}],"
                   "'places': [{'id': 'p'}],"
                   "'travel': [{'from': 'b', 'to': 'a', 'minutes': 50},"
                   "{'from': 'a', 'to': 'b', 'km': 99},"
                   "{'from': 'p', 'to': 'c', 'km': 7, 'minutes': 9},"
                   "{'from': 'a', 'to': 'p', 'minutes': 0}]}");
    assert_int_equal(distance_km(in, 0, 1), 99);
    assert_int_equal(distance_minutes(in, 0, 1), DISTANCE_UNKNOWN);
    assert_int_equal(distance_km(in, 1, 0), 68); /* great circle: its row has no km */
    assert_int_equal(distance_minutes(in, 1, 0), 50);
    assert_int_equal(distance_km(in, 2, 3), 7);
    assert_int_equal(distance_minutes(in, 2, 3), 9);
    assert_int_equal(distance_km(in, 3, 2), 7);
    assert_int_equal(distance_km(in, 0, 3), DISTANCE_UNKNOWN);
    assert_int_equal(distance_minutes(in, 3, 0), 0);
    assert_int_equal(distance_km(in, 0, 2), DISTANCE_UNKNOWN);
    assert_int_equal(distance_largest_km(in), 99);
    plaats_instance_free(in);
}

static void largest_needs_a_site_and_what_is_known(void **state) {
    (void)state;
    plaats_instance *none = sound(HEAD "'people': [], 'sites': [{'id': 'a', 'beds': 1}],"
                                       "'places': [{'id': 'p', 'lat': 1, 'lon': 1},"
                                       "{'id': 'q', 'lat': 60, 'lon': 60}]}");
    assert_int_equal(distance_largest_km(none), 0);
    plaats_instance_free(none);

    /* The row replaces the great circle of its pair, both ways. */
    plaats_instance *rows = sound(
        HEAD "'people': [], 'sites': [{'id': 'a', 'beds': 1, 'lat': 52, 'lon': 5}],"
             "'places': [{'id': 'p', 'lat': 53, 'lon': 5}, {'id': 'q', 'lat': 52.5, 'lon': 5}],"
             "'travel': [{'from': 'p', 'to': 'a', 'km': 3}, {'from': 'p', 'to': 'q', 'km': 500}]}");
    assert_int_equal(distance_largest_km(rows), 56);
    plaats_instance_free(rows);
}

/* ---- Against the definition ----------------------------------------------------------------- */

enum { SITES = 12, PLACES = 9, ALL = SITES + PLACES };

typedef struct {
    bool known[ALL];
    double lat[ALL], lon[ALL];
    int row[ALL][ALL]; /* 0: none; 1: km only; 2: minutes only; 3: both */
} world;

static world random_world(random_stream *r) {
    world w = {.known = {false}};
    for (int i = 0; i < ALL; i++) {
        w.known[i] = random_below(r, 4) > 0;
        w.lat[i] = 50 + (double)random_below(r, 30) / 10;
        w.lon[i] = 3 + (double)random_below(r, 40) / 10;
        for (int j = 0; j < ALL; j++)
            if (i != j && random_below(r, 5) == 0) w.row[i][j] = 1 + (int)random_below(r, 3);
    }
    return w;
}

static int64_t row_km(int i, int j) {
    return 10 + 31 * i + 7 * j;
}

static void write_location(buffer *b, const world *w, int i) {
    buffer_format(b, "%s{'id': 'l%d'", i == 0 || i == SITES ? "" : ", ", i);
    if (i < SITES) buffer_text(b, ", 'beds': 1");
    if (w->known[i]) buffer_format(b, ", 'lat': %.1f, 'lon': %.1f", w->lat[i], w->lon[i]);
    buffer_text(b, "}");
}

static plaats_instance *read_world(const world *w) {
    buffer b = {0};
    buffer_text(&b, HEAD "'people': [], 'sites': [");
    for (int i = 0; i < SITES; i++) write_location(&b, w, i);
    buffer_text(&b, "], 'places': [");
    for (int i = SITES; i < ALL; i++) write_location(&b, w, i);
    buffer_text(&b, "], 'travel': [");
    bool first = true;
    for (int j = ALL - 1; j >= 0; j--) {
        for (int i = 0; i < ALL; i++) {
            if (w->row[i][j] == 0) continue;
            buffer_format(&b, "%s{'from': 'l%d', 'to': 'l%d'", first ? "" : ", ", i, j);
            if (w->row[i][j] & 1) buffer_format(&b, ", 'km': %d", (int)row_km(i, j));
            if (w->row[i][j] & 2) buffer_format(&b, ", 'minutes': %d", (int)row_km(j, i));
            buffer_text(&b, "}");
            first = false;
        }
    }
    buffer_text(&b, "]}");
    plaats_instance *in = sound(b.bytes);
    buffer_free(&b);
    return in;
}

/* The distance page of the format, word by word. */
static int64_t defined(const world *w, int from, int to, int measure) {
    if (from == to) return 0;
    int a = w->row[from][to] != 0 ? from : to;
    int b = a == from ? to : from;
    if (w->row[a][b] & measure) return measure == 1 ? row_km(a, b) : row_km(b, a);
    if (measure == 2 || !w->known[from] || !w->known[to]) return DISTANCE_UNKNOWN;
    const double degree = acos(-1) / 180;
    double half_lat = sin((w->lat[to] - w->lat[from]) * degree / 2);
    double half_lon = sin((w->lon[to] - w->lon[from]) * degree / 2);
    double h = half_lat * half_lat +
               cos(w->lat[from] * degree) * cos(w->lat[to] * degree) * half_lon * half_lon;
    return (int64_t)floor(2 * 6371 * asin(sqrt(h)) + 0.5);
}

static void every_pair_is_as_defined(void **state) {
    (void)state;
    random_stream r = random_start(7);
    for (int round = 0; round < 20; round++) {
        world w = random_world(&r);
        plaats_instance *in = read_world(&w);
        int64_t largest = 0;
        for (int i = 0; i < ALL; i++) {
            for (int j = 0; j < ALL; j++) {
                assert_int_equal(distance_km(in, i, j), defined(&w, i, j, 1));
                assert_int_equal(distance_minutes(in, i, j), defined(&w, i, j, 2));
                if ((i < SITES || j < SITES) && defined(&w, i, j, 1) > largest)
                    largest = defined(&w, i, j, 1);
            }
        }
        assert_int_equal(distance_largest_km(in), largest);
        plaats_instance_free(in);
    }
}

/* More pairs than are kept: worked out each time, to the same km. */
static void many_sites_are_computed_each_time(void **state) {
    (void)state;
    enum { MANY = 2100, STEP = 37 };
    buffer b = {0};
    buffer_text(&b, HEAD "'people': [], 'sites': [");
    for (int i = 0; i < MANY; i++)
        buffer_format(&b, "%s{'id': 's%d', 'beds': 1, 'lat': %.2f, 'lon': %.2f}", i ? "," : "", i,
                      50 + i % 61 * 0.05, 3 + i % 83 * 0.05);
    buffer_text(&b, "], 'travel': [{'from': 's37', 'to': 's0', 'km': 4000}]}");
    plaats_instance *in = sound(b.bytes);
    world w = {.known = {true, true}};
    for (int i = 0; i < MANY; i += STEP) {
        for (int j = 0; j < MANY; j += STEP) {
            if (i + j == STEP) continue;
            w.lat[0] = 50 + i % 61 * 0.05, w.lon[0] = 3 + i % 83 * 0.05;
            w.lat[1] = 50 + j % 61 * 0.05, w.lon[1] = 3 + j % 83 * 0.05;
            assert_int_equal(distance_km(in, i, j), i == j ? 0 : defined(&w, 0, 1, 1));
        }
    }
    assert_int_equal(distance_km(in, 0, STEP), 4000);
    assert_int_equal(distance_largest_km(in), 4000);
    plaats_instance_free(in);
    buffer_free(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(great_circle_is_rounded),
        cmocka_unit_test(own_row_hides_the_reverse_one),
        cmocka_unit_test(largest_needs_a_site_and_what_is_known),
        cmocka_unit_test(every_pair_is_as_defined),
        cmocka_unit_test(many_sites_are_computed_each_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
