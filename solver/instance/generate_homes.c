/* Who lives where already, municipalities that permit holders wait for, special facts, and pairs.
 */
#include "instance/generate.h"

#include <assert.h>
#include <stdlib.h>

enum {
    TRIES = 24,
    MISFIT = 10,         /* of those who settle, in 1/1000, the site does not quite fit */
    DURABLE_FIRST = 600, /* of draws of a temporary site for a family, refused */
    BOUND = 80,          /* of permit holders, in 1/1000, must stay near the municipality */
    SAME_PROVINCE = 700, /* of permit holders at a site, linked to its province */
    TOGETHER = 5,        /* of households, in 1/1000, that look for a pair */
    APART = 3
};

/* Free beds by site in a tree of sums (Fenwick), so that a free bed is found in log(sites). */
typedef struct {
    int64_t *sum; /* 1..n */
    int n;
    int64_t total;
} bed_pool;

static void pool_add(bed_pool *p, int site, int64_t beds) {
    assert(site >= 0 && site < p->n);
    p->total += beds;
    for (int i = site + 1; i <= p->n; i += i & -i) p->sum[i] += beds;
}

/* The site of free bed x, 0 <= x < total. */
static int pool_find(const bed_pool *p, int64_t x) {
    assert(x >= 0 && x < p->total);
    int at = 0, step = 1;
    while (step * 2 <= p->n) step *= 2;
    for (; step > 0; step /= 2) {
        if (at + step > p->n || p->sum[at + step] > x) continue;
        at += step;
        x -= p->sum[at];
    }
    return at;
}

static bool fits(const generate_site *s, const generate_household *h, const generate_members *m,
                 bool misfit) {
    bool listed = (s->admits == 0 || (h->tags & s->admits) != 0) && (h->tags & s->refuses) == 0;
    if (s->usable - s->beds_taken < h->size) return false;
    for (int i = 0; i < N_GEN_SERVICES; i++) {
        if (m->count[i] == 0 || s->places[i] == UNLIMITED) continue;
        if (s->places[i] == UNLISTED) {
            listed = false;
        } else if (s->taken[i] + m->count[i] > s->places[i]) {
            return false;
        }
    }
    return listed || misfit;
}

static void move_in(generate_site *s, generate_household *h, const generate_members *m, int site) {
    h->home = (uint16_t)site;
    s->beds_taken += h->size;
    for (int i = 0; i < N_GEN_SERVICES; i++)
        if (s->places[i] >= 0) s->taken[i] += m->count[i];
}

static bool settle(generator *g, bed_pool *pool, random_stream *r, int household) {
    generate_household *h = &g->households[household];
    generate_members m;
    generate_members_of(g, household, &m);
    bool misfit = generate_chance(r, MISFIT);
    for (int i = 0; i < TRIES && pool->total >= h->size; i++) {
        int site = pool_find(pool, generate_below(r, pool->total));
        generate_site *s = &g->sites[site];
        if (!fits(s, h, &m, misfit)) continue;
        if (h->sort == SORT_FAMILY && s->durable < 50 && generate_chance(r, DURABLE_FIRST))
            continue;
        move_in(s, h, &m, site);
        pool_add(pool, site, -h->size);
        return true;
    }
    return false;
}

/* Families come first, while there is room for them; then single people; then whoever is needed
 * to reach the share. */
static void settle_all(generator *g, bed_pool pools[2]) {
    random_stream r = generate_stream(g, FOR_HOMES, 0);
    int64_t left = g->present * g->settled / 10000;
    for (int pass = 0; pass < 3; pass++) {
        for (int i = 0; i < g->n_households && left > 0; i++) {
            generate_household *h = &g->households[i];
            if (h->arrives > 0 || h->home != NO_SITE || h->size > left) continue;
            if (pass < 2 && (h->size > 1) != (pass == 0)) continue;
            if (pass < 2 && generate_below(&r, 10000) >= g->settled) continue;
            bool amv = g->amv_apart && h->sort == SORT_AMV;
            if (settle(g, &pools[amv], &r, i)) left -= h->size;
        }
    }
}

plaats_status generate_settle(generator *g, plaats_error *error) {
    assert(g->sites != NULL && g->households != NULL);
    plaats_status st = PLAATS_OK;
    bed_pool pools[2] = {{NULL, g->n_sites, 0}, {NULL, g->n_sites, 0}};
    TRY_ALLOC(pools[0].sum = zero_alloc((size_t)g->n_sites + 1, sizeof *pools[0].sum));
    TRY_ALLOC(pools[1].sum = zero_alloc((size_t)g->n_sites + 1, sizeof *pools[1].sum));
    for (int i = 0; i < g->n_sites; i++) {
        const generate_site *s = &g->sites[i];
        if (s->opens == 0) pool_add(&pools[s->kind == KIND_AMV], i, s->usable);
    }
    settle_all(g, pools);
done:
    free(pools[0].sum);
    free(pools[1].sum);
    return st;
}

/* A permit holder who must live near a municipality gets one with reception; others are linked
 * often within the province they live in, which is what the linking aims at. */
static void draw_link(const generator *g, random_stream *r, generate_household *h) {
    if ((h->tags & TAG_PERMIT) == 0) return;
    h->bound = generate_chance(r, BOUND);
    if (h->bound) {
        int site = h->home == NO_SITE ? generate_below(r, g->n_sites) : h->home;
        h->linked = (uint16_t)g->sites[site].municipality;
        return;
    }
    int province = -1;
    if (h->home != NO_SITE && generate_chance(r, SAME_PROVINCE))
        province = generate_province_of(&g->sites[h->home]);
    h->linked = (uint16_t)generate_municipality_of(r, province);
}

static generate_special draw_special(const generator *g, random_stream *r,
                                     const generate_household *h) {
    bool settled = h->home != NO_SITE;
    bool lasting = settled && g->sites[h->home].closes == NEVER;
    int x = generate_below(r, 1000);
    if (x < 20) return lasting ? SPECIAL_NO_MOVE : SPECIAL_NONE;
    if (x < 24) return lasting || (!settled && h->tags == 0) ? SPECIAL_PIN : SPECIAL_NONE;
    if (x < 30) return g->n_sites > 1 ? SPECIAL_BAN : SPECIAL_NONE;
    if (x < 32) return settled ? SPECIAL_BAN_HOME : SPECIAL_NONE;
    if (x < 45) return h->bound ? SPECIAL_NONE : SPECIAL_MAX_KM;
    return x < 85 ? SPECIAL_WISH : SPECIAL_NONE;
}

/* A pair is two households of one site, or two that arrive, without special facts of their own. */
static void draw_pair(generator *g, random_stream *r, uint32_t *last, uint32_t household) {
    generate_household *h = &g->households[household];
    bool amv = h->sort == SORT_AMV;
    int bucket = h->home == NO_SITE ? g->n_sites + amv : h->home;
    int x = generate_below(r, 1000);
    if (h->special != SPECIAL_NONE || h->arrives > 0 || h->bound) return;
    uint32_t other = last[bucket];
    last[bucket] = household + 1;
    if (x >= TOGETHER + APART || other == 0 || g->households[other - 1].grouped) return;
    g->households[other - 1].grouped = true;
    h->grouped = true;
    assert(g->n_pairs < g->n_households / 2);
    g->pairs[g->n_pairs++] = (generate_pair){other - 1, household, x < TOGETHER};
}

plaats_status generate_draw_facts(generator *g, plaats_error *error) {
    assert(g->sites != NULL && g->households != NULL && g->pairs == NULL);
    plaats_status st = PLAATS_OK;
    uint32_t *last = NULL; /* by site, and two more for arrivals: the latest household + 1 */
    random_stream facts = generate_stream(g, FOR_FACTS, 0),
                  pairs = generate_stream(g, FOR_PAIRS, 0);
    TRY_ALLOC(last = zero_alloc((size_t)g->n_sites + 2, sizeof *last));
    TRY_ALLOC(g->pairs = zero_alloc((size_t)g->n_households / 2 + 1, sizeof *g->pairs));
    for (int i = 0; i < g->n_households; i++) {
        draw_link(g, &facts, &g->households[i]);
        g->households[i].special = (uint8_t)draw_special(g, &facts, &g->households[i]);
        draw_pair(g, &pairs, last, (uint32_t)i);
    }
done:
    free(last);
    return st;
}
