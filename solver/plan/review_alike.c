/* Names that differ only by a slip: a family is parted by "G0l" for "G01". */
#include "plan/review.h"

#include "text/alike.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Names of one kind, of which no two should be alike. */
typedef struct name_space {
    const char *what; /* "household" */
    int n;
    const char *(*name)(const plaats_instance *in, int i);
    note_place (*place)(const plaats_instance *in, int i);
    /* Whether a pair is left out; NULL: none is. */
    bool (*skip)(const plaats_instance *in, int i, int k);
} name_space;

/* ---- Looking for pairs --------------------------------------------------------------------- */

/* The first of the names with a key, by key: open addressing. */
typedef struct {
    int n_slots; /* a power of two */
    int *slots;  /* index of a name, plus one; 0: free */
    uint64_t *keys;
} first_names;

static int *find_slot(const first_names *f, int which, uint64_t key) {
    /* Keys of names that differ in the last character differ in few bits: these are spread. */
    assert(which >= 0 && which < ALIKE_KEYS);
    unsigned mask = (unsigned)f->n_slots - 1;
    unsigned at = (unsigned)(key * 0x9E3779B97F4A7C15u >> 32) & mask;
    while (f->slots[at] != 0 && f->keys[ALIKE_KEYS * (f->slots[at] - 1) + which] != key)
        at = (at + 1) & mask;
    return &f->slots[at];
}

static void note_pair(review *r, const name_space *s, int first, int second,
                      alike_difference difference) {
    static const char *const how[] = {
        [ALIKE_BLANKS] = "blanks or characters that cannot be seen",
        [ALIKE_NORMAL_FORM] = "Unicode normal form",
        [ALIKE_CASE] = "upper and lower case",
        [ALIKE_LOOKS] = "characters that look alike",
    };
    const plaats_instance *in = r->instance;
    note_add(&r->notes, NOTE_ALIKE, s->place(in, second), "%s '%s' differs from '%s' only by %s",
             s->what, s->name(in, second), s->name(in, first), how[difference]);
}

/* One note for each name that is like one before it. */
static plaats_status judge_pair(review *r, const name_space *s, alike *a, int first, int second,
                                bool *told, plaats_error *error) {
    const plaats_instance *in = r->instance;
    const char *x = s->name(in, first), *y = s->name(in, second);
    alike_difference difference;
    if (told[second] || strcmp(x, y) == 0) return PLAATS_OK;
    if (s->skip != NULL && s->skip(in, first, second)) return PLAATS_OK;
    plaats_status st = alike_compare(a, x, y, &difference, error);
    if (st == PLAATS_OK && difference != ALIKE_NOT) {
        note_pair(r, s, first, second, difference);
        told[second] = true;
    }
    return st;
}

static plaats_status look_through(review *r, const name_space *s, alike *a, first_names *f,
                                  bool *told, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    for (int i = 0; i < s->n; i++)
        TRY(alike_keys(a, s->name(r->instance, i), &f->keys[ALIKE_KEYS * i], error));
    for (int which = 0; which < ALIKE_KEYS; which++) {
        memset(f->slots, 0, (size_t)f->n_slots * sizeof *f->slots);
        for (int i = 0; i < s->n; i++) {
            int *slot = find_slot(f, which, f->keys[ALIKE_KEYS * i + which]);
            if (*slot != 0)
                TRY(judge_pair(r, s, a, *slot - 1, i, told, error));
            else
                *slot = i + 1;
        }
    }
done:
    return st;
}

static plaats_status find_alike(review *r, const name_space *s, alike *a, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    first_names f = {.n_slots = 16};
    bool *told = NULL;
    if (s->n < 2) return PLAATS_OK;
    while (f.n_slots / 2 < s->n) f.n_slots *= 2;
    TRY_ALLOC(f.slots = zero_alloc((size_t)f.n_slots, sizeof *f.slots));
    TRY_ALLOC(f.keys = zero_alloc((size_t)s->n, ALIKE_KEYS * sizeof *f.keys));
    TRY_ALLOC(told = zero_alloc((size_t)s->n, sizeof *told));
    TRY(look_through(r, s, a, &f, told, error));
done:
    free(told);
    free(f.keys);
    free(f.slots);
    return st;
}

/* ---- The spaces ---------------------------------------------------------------------------- */

static const char *household_name(const plaats_instance *in, int i) {
    return in->households[i].id;
}
/* A person who lives alone gives the household its id: told of the persons already. */
static bool lives_alone(const plaats_instance *in, int i) {
    const household *h = &in->households[i];
    return h->people.n == 1 && strcmp(in->people[h->people.at[0]].id, h->id) == 0;
}
static bool live_alone(const plaats_instance *in, int i, int k) {
    return lives_alone(in, i) && lives_alone(in, k);
}

static const char *person_name(const plaats_instance *in, int i) {
    return in->people[i].id;
}
static note_place person_place(const plaats_instance *in, int i) {
    (void)in;
    return review_place_of("people", i);
}

static note_place location_place(const plaats_instance *in, int i) {
    return i < in->n_sites ? review_place_of("sites", i)
                           : review_place_of("places", i - in->n_sites);
}

static const char *tag_name(const plaats_instance *in, int i) {
    return in->tags[i];
}
static const char *service_name(const plaats_instance *in, int i) {
    return in->services[i];
}

static note_place site_place(const plaats_instance *in, int i) {
    (void)in;
    return review_place_of("sites", i);
}
/* An absent one is like no other: `strcmp` finds it equal to those that are absent too. */
static const char *or_empty(const char *text) {
    return text == NULL ? "" : text;
}
static const char *kind_name(const plaats_instance *in, int i) {
    return or_empty(in->sites[i].kind);
}
static const char *province_name(const plaats_instance *in, int i) {
    return or_empty(in->sites[i].province);
}
static const char *municipality_name(const plaats_instance *in, int i) {
    return or_empty(in->sites[i].municipality);
}

static const char *quota_name(const plaats_instance *in, int i) {
    return in->quotas[i].id;
}
static note_place quota_place(const plaats_instance *in, int i) {
    (void)in;
    return review_place_of("quotas", i);
}

plaats_status review_alike(review *r, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const plaats_instance *in = r->instance;
    alike a = {0};
    const name_space spaces[] = {
        {"household", in->n_households, household_name, review_place_of_household, live_alone},
        {"person", in->n_people, person_name, person_place, NULL},
        {"site or place", n_locations(in), location_id, location_place, NULL},
        {"tag", in->n_tags, tag_name, review_place_of_tag, NULL},
        {"service", in->n_services, service_name, review_place_of_service, NULL},
        {"kind", in->n_sites, kind_name, site_place, NULL},
        {"province", in->n_sites, province_name, site_place, NULL},
        {"municipality", in->n_sites, municipality_name, site_place, NULL},
        {"quota", in->n_quotas, quota_name, quota_place, NULL},
    };
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
        TRY(find_alike(r, &spaces[i], &a, error));
done:
    alike_free(&a);
    return st;
}
