/* Sites: kinds, places on the map, opening weeks, who is admitted; then beds and service places. */
#include "instance/generate.h"

#include <assert.h>
#include <stdlib.h>

enum {
    JITTER_LAT = 300, /* about 3 km, in 1e-4 degrees */
    JITTER_LON = 450,
    SOON = 12,           /* weeks within which a closing site closes */
    MARGIN_PERCENT = 120 /* limited care places for every 100 people who need one */
};

int generate_province_of(const generate_site *s) {
    return generate_municipalities[s->municipality].province;
}

bool generate_site_open(const generate_site *s) {
    return s->opens == 0 && s->closes != 0;
}

/* The next of n items whose turns are in proportion to their shares: the one owed most. */
static int next_turn(int64_t *owed, int n, int (*share)(int)) {
    assert(n >= 1);
    int most = 0;
    int64_t sum = 0;
    for (int i = 0; i < n; i++) {
        owed[i] += share(i);
        sum += share(i);
        if (owed[i] > owed[most]) most = i;
    }
    owed[most] -= sum;
    return most;
}

static int kind_share(int kind) {
    return generate_kinds[kind].share;
}

static int province_share(int province) {
    return generate_provinces[province].places;
}

/* Kinds in proportion, in random order; the first site is an azc, so that there always is one. */
static void draw_kinds(generator *g, random_stream *r) {
    int64_t owed[N_KINDS] = {0};
    for (int i = 0; i < g->n_sites; i++) {
        g->sites[i].kind = next_turn(owed, N_KINDS, kind_share);
        if (g->sites[i].kind == KIND_AMV) g->amv_apart = true;
    }
    for (int i = g->n_sites - 1; i > 1; i--) {
        int other = 1 + generate_below(r, i);
        int kind = g->sites[i].kind;
        g->sites[i].kind = g->sites[other].kind;
        g->sites[other].kind = kind;
    }
}

int generate_municipality_of(random_stream *r, int province) {
    assert(province < N_PROVINCES);
    int first = province < 0 ? 0 : generate_provinces[province].first;
    int64_t inhabitants = 0;
    if (province >= 0) inhabitants = generate_provinces[province].population;
    for (int p = 0; province < 0 && p < N_PROVINCES; p++)
        inhabitants += generate_provinces[p].population;
    int64_t x = generate_below(r, inhabitants);
    while (x >= generate_municipalities[first].population)
        x -= generate_municipalities[first++].population;
    assert(first < N_MUNICIPALITIES);
    return first;
}

static int between(random_stream *r, int low, int high) {
    assert(low <= high);
    return low + generate_below(r, high - low + 1);
}

static void draw_weeks(const generator *g, random_stream *r, generate_site *s) {
    const generate_kind *kind = &generate_kinds[s->kind];
    int horizon = (int)g->weeks;
    s->opens = 0;
    s->closes = NEVER;
    s->step_week = NEVER;
    if (generate_chance(r, kind->closed)) {
        s->closes = 0;
    } else if (generate_chance(r, kind->closing)) {
        s->closes = 1 + generate_below(r, SOON);
    } else if (horizon > 1 && generate_chance(r, kind->opening)) {
        s->opens = 1 + generate_below(r, horizon - 1);
    } else if (horizon > 1 && generate_chance(r, 100)) {
        s->step_week = 1 + generate_below(r, horizon - 1);
        s->step_percent = between(r, 60, 130);
    }
}

static void draw_conditions(const generator *g, random_stream *r, generate_site *s) {
    const generate_kind *kind = &generate_kinds[s->kind];
    if (s->kind == KIND_AMV) {
        s->admits = TAG_AMV;
        return;
    }
    if (g->amv_apart) s->refuses |= TAG_AMV;
    if (generate_chance(r, kind->refuses_family)) s->refuses |= TAG_FAMILY;
    if (generate_chance(r, kind->refuses_track_2)) s->refuses |= TAG_TRACK_2;
    if (generate_chance(r, kind->only_permit)) s->admits = TAG_PERMIT;
}

static void draw_site(const generator *g, random_stream *r, generate_site *s, int province) {
    const generate_kind *kind = &generate_kinds[s->kind];
    s->municipality = generate_municipality_of(r, province);
    s->lat = generate_municipalities[s->municipality].lat + between(r, -JITTER_LAT, JITTER_LAT);
    s->lon = generate_municipalities[s->municipality].lon + between(r, -JITTER_LON, JITTER_LON);
    s->durable = between(r, kind->durable_low, kind->durable_high) / 5 * 5;
    s->percent = generate_chance(r, kind->full) ? 100 : USABLE_PERCENT;
    /* The product of two draws: small sites are more common than large ones. */
    int64_t skew = generate_below(r, 1001);
    skew *= between(r, 300, 1000);
    s->weight = kind->beds_low + (kind->beds_high - kind->beds_low) * skew / 1000000;
    draw_weeks(g, r, s);
    draw_conditions(g, r, s);
}

/* The first general and the first amv site stay open and admit widely: nobody is without any. */
static void keep_open_to_all(generator *g) {
    bool amv = false;
    for (int i = 0; i < g->n_sites; i++) {
        generate_site *s = &g->sites[i];
        if (i > 0 && (amv || s->kind != KIND_AMV)) continue;
        amv = amv || s->kind == KIND_AMV;
        s->opens = 0;
        s->closes = NEVER;
        s->refuses &= TAG_AMV;
    }
}

plaats_status generate_draw_sites(generator *g, plaats_error *error) {
    assert(g->n_sites >= 1 && g->sites == NULL);
    plaats_status st = PLAATS_OK;
    int *numbers = NULL;
    random_stream r = generate_stream(g, FOR_SITES, 0);
    int64_t owed[N_PROVINCES] = {0};
    TRY_ALLOC(g->sites = zero_alloc((size_t)g->n_sites, sizeof *g->sites));
    TRY_ALLOC(numbers = zero_alloc((size_t)N_KINDS * N_MUNICIPALITIES, sizeof *numbers));
    draw_kinds(g, &r);
    for (int i = 0; i < g->n_sites; i++) {
        generate_site *s = &g->sites[i];
        draw_site(g, &r, s, next_turn(owed, N_PROVINCES, province_share));
        s->number = ++numbers[s->kind * N_MUNICIPALITIES + s->municipality];
    }
    keep_open_to_all(g);
done:
    free(numbers);
    return st;
}

/* Shares `total` beds out over the open amv (or other) sites by weight; those that are not open
 * get as many for their weight. */
static void share_beds(generator *g, bool amv, int64_t total) {
    int64_t sum = 0, before = 0;
    for (int i = 0; i < g->n_sites; i++) {
        const generate_site *s = &g->sites[i];
        if ((s->kind == KIND_AMV) == amv && generate_site_open(s)) sum += s->weight;
    }
    if (sum == 0) return; /* there are no such sites */
    for (int i = 0; i < g->n_sites; i++) {
        generate_site *s = &g->sites[i];
        if ((s->kind == KIND_AMV) != amv) continue;
        if (!generate_site_open(s)) {
            s->usable = total * s->weight / sum;
            continue;
        }
        /* Differences of rounded running sums add up to the total exactly. */
        s->usable = total * (before + s->weight) / sum - total * before / sum;
        before += s->weight;
    }
}

static void draw_school(random_stream *r, generate_site *s) {
    const generate_kind *kind = &generate_kinds[s->kind];
    int x = generate_below(r, 1000);
    s->places[SCHOOL] = UNLIMITED;
    if (x < kind->no_school) {
        s->places[SCHOOL] = UNLISTED;
    } else if (x < kind->no_school + kind->limited_school) {
        int64_t places = s->usable * between(r, 60, 180);
        s->places[SCHOOL] = (places + generate_below(r, 1000)) / 1000;
    }
}

/* Shares the places of a service out over sites in proportion to beds and kind. */
static void share_service(generator *g, random_stream *r, int service, int64_t total) {
    int64_t sum = 0, before = 0;
    for (int i = 0; i < g->n_sites; i++) {
        generate_site *s = &g->sites[i];
        s->places[service] = UNLISTED;
        if (generate_kinds[s->kind].supply[service] == 0) continue;
        if (i > 0 && s->kind != KIND_AZC && s->kind != KIND_AMV && generate_chance(r, 400))
            continue;
        s->places[service] = s->usable * generate_kinds[s->kind].supply[service];
        if (generate_site_open(s)) sum += s->places[service];
    }
    for (int i = 0; i < g->n_sites; i++) {
        generate_site *s = &g->sites[i];
        int64_t weight = s->places[service];
        if (weight == UNLISTED) continue;
        s->places[service] =
            total * (before + weight) / (sum + (sum == 0)) - total * before / (sum + (sum == 0));
        if (generate_site_open(s)) before += weight;
        if (s->places[service] == 0) s->places[service] = UNLISTED;
    }
}

static int64_t beds_for(const generator *g, int64_t persons) {
    return (persons * 10000 + g->fill / 2) / g->fill;
}

void generate_size_sites(generator *g) {
    assert(g->sites != NULL && g->households != NULL && g->fill > 0);
    int64_t needing[N_GEN_SERVICES] = {0};
    random_stream r = generate_stream(g, FOR_SIZES, 0);
    for (int h = 0; h < g->n_households; h++) {
        generate_members m;
        if (g->households[h].arrives > 0) continue;
        generate_members_of(g, h, &m);
        for (int s = 0; s < N_GEN_SERVICES; s++) needing[s] += m.count[s];
    }
    int64_t total = beds_for(g, g->present), amv = 0;
    if (total == 0) total = 1;
    if (g->amv_apart) amv = beds_for(g, g->amv_present);
    if (amv > total) amv = total;
    share_beds(g, false, total - amv);
    if (g->amv_apart) share_beds(g, true, amv);
    for (int i = 0; i < g->n_sites; i++) {
        generate_site *s = &g->sites[i];
        draw_school(&r, s);
        if (generate_chance(&r, generate_kinds[s->kind].keep_open))
            s->keep_open = 6 * s->usable + between(&r, 20, 80);
    }
    for (int s = MEDICAL; s < N_GEN_SERVICES; s++)
        share_service(g, &r, s, (needing[s] * MARGIN_PERCENT + 99) / 100);
}
