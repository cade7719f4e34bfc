/* Households and their members. */
#include "instance/generate.h"

#include <assert.h>

enum {
    PERMIT = 300,  /* of households but amv, in 1/1000: a third wait for a house */
    TRACK_2 = 55,  /* of other single adults */
    ARRIVING = 13, /* of all households, for each week after the first */
    LEAVING = 25   /* of permit holders, likewise */
};

/* A sort and size by the counts of generate_units, no larger than what is left. */
static void draw_unit(random_stream *r, generate_household *h, int64_t left) {
    int total = 0, u = 0;
    for (int i = 0; i < N_UNITS; i++) total += generate_units[i].count;
    for (int x = generate_below(r, total); x >= generate_units[u].count; u++)
        x -= generate_units[u].count;
    assert(u < N_UNITS);
    h->sort = (uint8_t)generate_units[u].sort;
    h->size = (uint8_t)generate_units[u].size;
    if (h->size > left) {
        h->sort = SORT_SINGLE;
        h->size = 1;
    }
}

static void draw_tags(random_stream *r, generate_household *h) {
    bool permit = generate_chance(r, PERMIT), track_2 = generate_chance(r, TRACK_2);
    if (h->sort == SORT_AMV) {
        h->tags = TAG_AMV;
        return;
    }
    if (h->sort == SORT_FAMILY) h->tags |= TAG_FAMILY;
    if (permit) {
        h->tags |= TAG_PERMIT;
    } else if (h->sort == SORT_SINGLE && track_2) {
        h->tags |= TAG_TRACK_2;
    }
}

static void draw_stay(const generator *g, random_stream *r, generate_household *h) {
    int later = (int)g->weeks - 1;
    h->arrives = 0;
    h->leaves = NEVER;
    if (later == 0) return;
    if (generate_chance(r, ARRIVING * later)) {
        h->arrives = (int8_t)(1 + generate_below(r, later));
    } else if ((h->tags & TAG_PERMIT) != 0 && generate_chance(r, LEAVING * later)) {
        h->leaves = (int8_t)(1 + generate_below(r, later));
    }
}

plaats_status generate_draw_households(generator *g, plaats_error *error) {
    assert(g->people >= 1 && g->households == NULL);
    plaats_status st = PLAATS_OK;
    random_stream r = generate_stream(g, FOR_UNITS, 0);
    TRY_ALLOC(g->households = zero_alloc((size_t)g->people, sizeof *g->households));
    for (int64_t drawn = 0; drawn < g->people; g->n_households++) {
        generate_household *h = &g->households[g->n_households];
        h->first_person = (uint32_t)drawn + 1;
        h->home = NO_SITE;
        h->linked = NO_LINK;
        draw_unit(&r, h, g->people - drawn);
        draw_tags(&r, h);
        draw_stay(g, &r, h);
        drawn += h->size;
        if (h->arrives > 0) continue;
        g->present += h->size;
        if (h->sort == SORT_AMV) g->amv_present += h->size;
    }
done:
    return st;
}

static int adult_age(random_stream *r) {
    if (generate_chance(r, 30)) return 60 + generate_below(r, 21);
    int age = 18 + generate_below(r, 20);
    return age + generate_below(r, 23);
}

static int amv_age(random_stream *r) {
    int x = generate_below(r, 100);
    return x < 38 ? 17 : x < 70 ? 16 : x < 82 ? 15 : x < 92 ? 14 : 13;
}

static int adults_of(const generate_household *h, random_stream *r) {
    if (h->sort == SORT_AMV) return 0;
    if (h->sort != SORT_FAMILY) return h->size;
    return h->size > 2 && !generate_chance(r, 200) ? 2 : 1;
}

void generate_members_of(const generator *g, int household, generate_members *m) {
    assert(household >= 0 && household < g->n_households);
    const generate_household *h = &g->households[household];
    random_stream r = generate_stream(g, FOR_MEMBERS, household);
    int adults = adults_of(h, &r);
    assert(h->size <= LARGEST_HOUSEHOLD);
    for (int s = 0; s < N_GEN_SERVICES; s++) m->count[s] = 0;
    for (int i = 0; i < h->size; i++) {
        bool amv = h->sort == SORT_AMV, minor = i >= adults;
        m->age[i] = amv ? amv_age(&r) : minor ? generate_below(&r, 18) : adult_age(&r);
        m->needs[i] = minor && m->age[i] >= 4 ? 1u << SCHOOL : 0;
        if (amv) {
            if (m->age[i] < 16 || generate_chance(&r, 200)) m->needs[i] |= 1u << GUIDANCE;
        } else {
            if (generate_chance(&r, minor ? 12 : 25)) m->needs[i] |= 1u << MEDICAL;
            if (generate_chance(&r, 6)) m->needs[i] |= 1u << WHEELCHAIR;
        }
        for (int s = 0; s < N_GEN_SERVICES; s++) m->count[s] += m->needs[i] >> s & 1;
    }
}
