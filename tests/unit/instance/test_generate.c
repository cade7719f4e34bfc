/* Synthetic weeks are sound, of the size asked for, and the same each time. */
#include "base/buffer.h"
#include "base/hash.h"
#include "instance/instance.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef plaats_generate_settings settings;

static settings shape(int64_t people, int64_t sites, int64_t weeks, double fill, double settled) {
    return (settings){people, sites, weeks, fill, settled, 1};
}

static int add_piece(void *context, const char *bytes, size_t size) {
    buffer_add(context, bytes, size);
    return 0;
}

static buffer generated(const settings *s) {
    buffer text = {0};
    assert_int_equal(plaats_generate(s, add_piece, &text, NULL), PLAATS_OK);
    assert_false(text.failed);
    return text;
}

static void fail_on_problem(void *context, const plaats_error *problem) {
    (void)context;
    fail_msg("%s: %s", problem->pointer, problem->message);
}

static plaats_instance *instance_of(const settings *s) {
    plaats_instance *in = NULL;
    buffer text = generated(s);
    plaats_status st =
        plaats_instance_read(text.bytes, text.size, fail_on_problem, NULL, &in, NULL);
    assert_int_equal(st, PLAATS_OK);
    buffer_free(&text);
    return in;
}

/* ---- What a document says ---------------------------------------------------------------- */

static bool open_first(const plaats_instance *in, const site *s) {
    return s->opens <= in->first && in->first < s->closes;
}

static int64_t usable_first(const plaats_instance *in, const site *s) {
    return steps_value(&s->beds, in->first, 0) * s->usable_percent / 100;
}

static int64_t beds_first(const plaats_instance *in) {
    int64_t beds = 0;
    for (int i = 0; i < in->n_sites; i++)
        if (open_first(in, &in->sites[i])) beds += usable_first(in, &in->sites[i]);
    return beds;
}

static int64_t present_first(const plaats_instance *in) {
    int64_t persons = 0;
    for (int i = 0; i < in->n_households; i++)
        if (in->households[i].arrives <= in->first) persons += in->households[i].people.n;
    return persons;
}

static int64_t settled_persons(const plaats_instance *in) {
    int64_t persons = 0;
    for (int i = 0; i < in->n_households; i++)
        if (in->households[i].site != NONE) persons += in->households[i].people.n;
    return persons;
}

static bool has_tag(const plaats_instance *in, const person *p, const char *tag) {
    for (int i = 0; i < p->tags.n; i++)
        if (strcmp(in->tags[p->tags.at[i]], tag) == 0) return true;
    return false;
}

static bool needs(const plaats_instance *in, const person *p, int service) {
    for (int i = 0; i < p->needs.n; i++)
        if (p->needs.at[i] == service) return true;
    for (int i = 0; i < in->rules.n_services_by_age; i++) {
        const service_by_age *by_age = &in->rules.services_by_age[i];
        if (by_age->service == service && by_age->from <= p->age && p->age <= by_age->to)
            return true;
    }
    return false;
}

static int64_t living_with_need(const plaats_instance *in, int at, int service) {
    int64_t persons = 0;
    for (int i = 0; i < in->n_people; i++) {
        const person *p = &in->people[i];
        if (in->households[p->household].site == at && (service == NONE || needs(in, p, service)))
            persons++;
    }
    return persons;
}

/* ---- Tests ------------------------------------------------------------------------------- */

static void defaults_are_those_documented(void **state) {
    (void)state;
    settings s;
    plaats_generate_default(&s);
    assert_int_equal(s.weeks, 1);
    assert_int_equal(s.seed, 1);
    assert_true(s.people_per_bed == 0.95 && s.settled == 0.9);
    buffer text = generated(&s);
    buffer_free(&text);
}

/* The digest changes when the generator does, and must not change with the machine. */
static void equal_settings_give_equal_bytes(void **state) {
    (void)state;
    settings s = shape(500, 30, 4, 0.97, 0.8);
    char digest[65];
    buffer a = generated(&s), b = generated(&s);
    assert_int_equal(a.size, b.size);
    assert_memory_equal(a.bytes, b.bytes, a.size);
    hash_sha256(a.bytes, a.size, digest);
    assert_string_equal(digest, "10b5b3ba51a78f0da4df5ad3e587a700e0285cb6081ffcca553c79017e1f39b2");
    s.seed = 2;
    buffer c = generated(&s);
    assert_true(c.size != a.size || memcmp(a.bytes, c.bytes, a.size) != 0);
    buffer_free(&a);
    buffer_free(&b);
    buffer_free(&c);
}

static void expect_usage(settings s, const char *message) {
    plaats_error error;
    buffer text = {0};
    assert_int_equal(plaats_generate(&s, add_piece, &text, &error), PLAATS_USAGE);
    assert_string_equal(error.message, message);
    assert_int_equal(text.size, 0);
}

static void settings_out_of_range_are_refused(void **state) {
    (void)state;
    expect_usage(shape(0, 1, 1, 1, 0), "number of people out of range: 0 (allowed: 1 to 1000000)");
    expect_usage(shape(1000001, 1, 1, 1, 0),
                 "number of people out of range: 1000001 (allowed: 1 to 1000000)");
    expect_usage(shape(1, 5001, 1, 1, 0),
                 "number of sites out of range: 5001 (allowed: 1 to 5000)");
    expect_usage(shape(1, 1, 27, 1, 0), "number of weeks out of range: 27 (allowed: 1 to 26)");
    expect_usage(shape(1, 1, 1, 0.001, 0),
                 "people per bed out of range: 0.001 (allowed: 0.01 to 10)");
    expect_usage(shape(1, 1, 1, NAN, 0), "people per bed out of range: nan (allowed: 0.01 to 10)");
    expect_usage(shape(1, 1, 1, 1, 1.5), "settled share out of range: 1.5 (allowed: 0 to 1)");
}

static void small_weeks_are_valid(void **state) {
    (void)state;
    static const double fills[] = {0.01, 0.95, 1.02, 10};
    for (int64_t people = 1; people <= 9; people++) {
        for (int64_t sites = 1; sites <= 9; sites++) {
            for (int i = 0; i < 4; i++) {
                settings s = shape(people, sites, people % 2 ? 1 : 26, fills[i], 1);
                s.seed = (uint64_t)(people * 10 + sites);
                plaats_instance *in = instance_of(&s);
                assert_int_equal(in->n_people, people);
                assert_int_equal(in->n_sites, sites);
                plaats_instance_free(in);
            }
        }
    }
}

static void beds_match_the_fill(void **state) {
    (void)state;
    static const settings shapes[] = {
        {400, 40, 1, 0.97, 0, 1},      {400, 40, 1, 1.02, 0.9, 2},  {2000, 120, 1, 0.97, 0.9, 3},
        {4000, 200, 12, 0.95, 0.9, 4}, {700, 5000, 1, 0.5, 0.5, 5}, {3000, 3, 26, 0.333, 1, 6},
    };
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        plaats_instance *in = instance_of(&shapes[i]);
        int64_t parts = (int64_t)(shapes[i].people_per_bed * 10000 + 0.5);
        int64_t present = present_first(in);
        assert_int_equal(beds_first(in), (present * 10000 + parts / 2) / parts);
        if (shapes[i].weeks == 1) assert_int_equal(present, shapes[i].people);
        plaats_instance_free(in);
    }
}

static void settled_people_fit_where_they_live(void **state) {
    (void)state;
    settings s = shape(4000, 150, 1, 0.97, 0.9);
    plaats_instance *in = instance_of(&s);
    assert_in_range(settled_persons(in), 3590, 3600);
    for (int i = 0; i < in->n_sites; i++) {
        const site *at = &in->sites[i];
        assert_true(living_with_need(in, i, NONE) <= usable_first(in, at));
        for (int k = 0; k < at->n_services; k++) {
            const site_service *service = &at->services[k];
            if (service->unlimited) continue;
            assert_true(living_with_need(in, i, service->service) <=
                        steps_value(&service->places, in->first, 0));
        }
    }
    for (int i = 0; i < in->n_people; i++) {
        int home = in->households[in->people[i].household].site;
        if (home == NONE) continue;
        bool amv_site = strcmp(in->sites[home].kind, "amv") == 0;
        assert_true(has_tag(in, &in->people[i], "amv") == amv_site);
    }
    plaats_instance_free(in);
}

static void nobody_lives_anywhere_when_nobody_is_settled(void **state) {
    (void)state;
    settings s = shape(1000, 40, 1, 0.97, 0);
    plaats_instance *in = instance_of(&s);
    for (int i = 0; i < in->n_households; i++) {
        assert_int_equal(in->households[i].site, NONE);
        assert_int_not_equal(in->households[i].from, NONE);
    }
    plaats_instance_free(in);
}

static void households_have_the_sizes_of_reception(void **state) {
    (void)state;
    settings s = shape(20000, 100, 1, 0.95, 0.9);
    plaats_instance *in = instance_of(&s);
    int alone = 0, amv = 0, minors = 0;
    for (int i = 0; i < in->n_households; i++) alone += in->households[i].people.n == 1;
    for (int i = 0; i < in->n_people; i++) {
        bool is_amv = has_tag(in, &in->people[i], "amv");
        amv += is_amv;
        minors += !is_amv && in->people[i].age < 18;
    }
    assert_in_range(100 * alone / in->n_households, 83, 88); /* amv included */
    assert_in_range(1000 * amv / in->n_people, 50, 70);
    assert_in_range(1000 * minors / in->n_people, 160, 210);
    plaats_instance_free(in);
}

static void every_kind_of_rule_occurs(void **state) {
    (void)state;
    settings s = shape(6000, 200, 8, 0.97, 0.9);
    plaats_instance *in = instance_of(&s);
    int pins = 0, bans = 0, wishes = 0, far = 0, blocked = 0, moves = 0, late = 0, gone = 0;
    for (int i = 0; i < in->n_households; i++) {
        const household *h = &in->households[i];
        pins += h->has_pin;
        bans += h->n_bans;
        wishes += h->n_wishes;
        far += h->max_km != NONE;
        blocked += h->no_move_before > in->first;
        moves += h->moves > 0;
        late += h->arrives > in->first;
        gone += h->leaves < in->first + in->weeks;
    }
    assert_true(pins > 0 && bans > 0 && wishes > 0 && far > 0 && blocked > 0 && moves > 0);
    assert_true(late > 0 && gone > 0);
    int closing = 0, opening = 0, changing = 0, keep_open = 0, limited = 0;
    for (int i = 0; i < in->n_sites; i++) {
        const site *at = &in->sites[i];
        closing += at->closes < in->first + in->weeks;
        opening += at->opens > in->first && at->opens != WEEK_FIRST;
        changing += at->beds.n > 1;
        keep_open += at->keep_open > 0;
        limited += at->n_services > 0 && !at->services[0].unlimited;
    }
    assert_true(closing > 0 && opening > 0 && changing > 0 && keep_open > 0 && limited > 0);
    assert_true(in->n_together > 0 && in->n_apart > 0 && in->n_quotas > 4);
    plaats_instance_free(in);
}

typedef struct {
    size_t largest, size;
    int pieces, most_pieces;
} gauge;

static int measure(void *context, const char *bytes, size_t size) {
    gauge *g = context;
    (void)bytes;
    g->size += size;
    if (size > g->largest) g->largest = size;
    return ++g->pieces >= g->most_pieces;
}

static void the_document_comes_in_small_pieces(void **state) {
    (void)state;
    settings s = shape(75500, 330, 1, 0.95, 0.9);
    gauge g = {.most_pieces = 1000000};
    assert_int_equal(plaats_generate(&s, measure, &g, NULL), PLAATS_OK);
    assert_in_range(g.size, 8000000, 10000000);
    assert_true(g.largest < 100000);
}

static void a_reader_that_gives_up_ends_it(void **state) {
    (void)state;
    settings s = shape(75500, 330, 1, 0.95, 0.9);
    gauge g = {.most_pieces = 3};
    plaats_error error;
    assert_int_equal(plaats_generate(&s, measure, &g, &error), PLAATS_IO);
    assert_string_equal(error.message, "could not write the instance");
    assert_int_equal(g.pieces, 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults_are_those_documented),
        cmocka_unit_test(equal_settings_give_equal_bytes),
        cmocka_unit_test(settings_out_of_range_are_refused),
        cmocka_unit_test(small_weeks_are_valid),
        cmocka_unit_test(beds_match_the_fill),
        cmocka_unit_test(settled_people_fit_where_they_live),
        cmocka_unit_test(nobody_lives_anywhere_when_nobody_is_settled),
        cmocka_unit_test(households_have_the_sizes_of_reception),
        cmocka_unit_test(every_kind_of_rule_occurs),
        cmocka_unit_test(the_document_comes_in_small_pieces),
        cmocka_unit_test(a_reader_that_gives_up_ends_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
