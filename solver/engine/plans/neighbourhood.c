/* Large neighbourhood search (P. Shaw, Using constraint programming and local search methods to
 * solve vehicle routing problems, 1998): what is freed together is related. Sites are related by
 * the options that their units have at each other; from a seed on, the next site is drawn by how
 * strongly it is linked to those taken, and by what is at stake there. */
#include "engine/plans/neighbourhood.h"

#include "engine/plans/neighbourhood_parts.h"
#include "engine/plans/plans_tuning.h"

#include <assert.h>
#include <stdlib.h>

/* Units that use the same are as good as one another in all but cost. */
static void hash_uses(const grid *g, uint32_t *uses) {
    for (int u = 0; u < g->n_units; u++) {
        uint64_t hash = 0;
        for (int32_t e = g->use_start[u]; e < g->use_start[u + 1]; e++)
            hash = random_mix(random_mix(hash, (uint64_t)g->use_resource[e]),
                              (uint64_t)g->use_count[e]);
        uses[u] = (uint32_t)(hash >> 32);
    }
}

plaats_status neighbourhood_maker_build(const shortlist *l, const state *s, random_stream *random,
                                        neighbourhood_maker *m, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    size_t n_sites = (size_t)s->g->n_sites, n_units = (size_t)s->g->n_units;

    assert(l->g == s->g && random != NULL);
    *m = (neighbourhood_maker){.l = l, .s = s, .random = random};
    TRY_ALLOC(m->taken_site = zero_alloc(n_sites, sizeof *m->taken_site));
    TRY_ALLOC(m->taken_sites = zero_alloc(n_sites, sizeof *m->taken_sites));
    TRY_ALLOC(m->taken_unit = zero_alloc(n_units, sizeof *m->taken_unit));
    TRY_ALLOC(m->taken_units = zero_alloc(n_units, sizeof *m->taken_units));
    TRY_ALLOC(m->links = zero_alloc(n_sites, sizeof *m->links));
    TRY_ALLOC(m->own = zero_alloc(n_sites, sizeof *m->own));
    TRY_ALLOC(m->uses = zero_alloc(n_units, sizeof *m->uses));
    hash_uses(s->g, m->uses);
done:
    return st;
}

void neighbourhood_maker_free(neighbourhood_maker *m) {
    free(m->taken_site);
    free(m->taken_sites);
    free(m->taken_unit);
    free(m->taken_units);
    free(m->links);
    free(m->own);
    free(m->uses);
    free(m->choices);
    *m = (neighbourhood_maker){0};
}

void neighbourhood_maker_clear(neighbourhood_maker *m) {
    for (int i = 0; i < m->n_taken_sites; i++) m->taken_site[m->taken_sites[i]] = false;
    for (int i = 0; i < m->n_taken_units; i++) m->taken_unit[m->taken_units[i]] = false;
    m->n_taken_sites = m->n_taken_units = 0;
}

plaats_status neighbourhood_build(const grid *g, neighbourhood *a, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    *a = (neighbourhood){0};
    TRY_ALLOC(a->sites = zero_alloc((size_t)g->n_sites, sizeof *a->sites));
    TRY(submip_build(g, &a->p, error));
done:
    return st;
}

void neighbourhood_free(neighbourhood *a) {
    free(a->sites);
    submip_free(&a->p);
}

/* ---- Which sites --------------------------------------------------------------------------- */

/* How likely an option that loses so much is part of a better plan. */
static double weight_of(double loss) {
    return 1 / (1 + loss * loss * PLANS_LINK_FALL);
}

/* Every option at one site of a unit at the other links the two. */
static void link_to(const neighbourhood_maker *m, int32_t site) {
    const shortlist *l = m->l;
    int week = m->week, place = shortlist_place(l, site, week), n = 0;
    double *links = m->links;

    for (int32_t u = state_first(m->s, site, week); u != NONE; u = state_next(m->s, u, week))
        for (int32_t i = l->start[u]; i < l->start[u + 1]; i++) {
            int32_t other = choice_site(l->option[i], week);
            if (other != NONE) links[other] += weight_of(l->loss[i]);
        }
    for (int32_t i = l->suit_start[place]; i < l->suit_start[place + 1] && n < PLANS_SUITORS;
         i++, n++) {
        int32_t at = choice_site(m->s->at[l->suitors[i].unit], week);
        if (at != NONE) links[at] += weight_of(l->suitors[i].loss);
    }
}

static void take_site(neighbourhood_maker *m, neighbourhood *a, int32_t site) {
    assert(!m->taken_site[site] && m->n_taken_sites < m->s->g->n_sites);
    m->taken_site[site] = m->own[site] = true;
    m->taken_sites[m->n_taken_sites++] = site;
    a->sites[a->n_sites++] = site;
    link_to(m, site);
}

/* The site that is linked most, by and large; NONE if none is left. */
static int32_t next_site(neighbourhood_maker *m, const double *stake) {
    int32_t best = NONE;
    double most = 0;
    for (int j = 0; j < m->s->g->n_sites; j++) {
        double value;
        if (m->links[j] <= 0 || m->taken_site[j]) continue;
        value = m->links[j] * (PLANS_LINK_SURE + neighbourhood_random_share(m->random)) *
                (PLANS_LINK_STAKE + stake[j]);
        if (value > most) {
            most = value;
            best = j;
        }
    }
    return best;
}

/* A unit links the sites of its list, the nearest most. */
static void link_list(neighbourhood_maker *m, int32_t unit) {
    const shortlist *l = m->l;
    for (int32_t i = l->start[unit]; i < l->start[unit + 1]; i++) {
        int32_t site = choice_site(l->option[i], m->week);
        if (site != NONE)
            m->links[site] += PLANS_LINK_SEED * weight_of((double)(i - l->start[unit]));
    }
}

static void link_sites(neighbourhood_maker *m, int32_t site, int32_t unit, int sites,
                       const double *stake, neighbourhood *a) {
    a->n_sites = 0;
    for (int j = 0; j < m->s->g->n_sites; j++) {
        m->links[j] = 0;
        m->own[j] = false;
    }
    if (site != NONE) take_site(m, a, site);
    if (unit != NONE) link_list(m, unit);
    while (a->n_sites < sites && (site = next_site(m, stake)) != NONE) take_site(m, a, site);
}

/* ---- What is at stake ---------------------------------------------------------------------- */

/* What there is to win at all; those unplaced who would like to be there count. */
static double at_stake(const neighbourhood_maker *m, const neighbourhood *a, int32_t unit,
                       const double *stake) {
    const shortlist *l = m->l;
    double sum = unit == NONE ? 0 : l->none_loss[unit];
    bool nobody = state_first(m->s, NONE, m->week) == NONE;
    for (int k = 0; k < a->n_sites; k++) {
        int place = shortlist_place(l, a->sites[k], m->week), n = 0;
        sum += stake[a->sites[k]];
        for (int32_t i = l->suit_start[place];
             !nobody && i < l->suit_start[place + 1] && n < PLANS_SUITORS; i++, n++) {
            int32_t u = l->suitors[i].unit;
            if (neighbourhood_site_of(m, u) == NONE) sum += l->none_loss[u];
        }
    }
    return sum;
}

plaats_status neighbourhood_form(neighbourhood_maker *m, int32_t site, int32_t unit, int sites,
                                 int choices, const double *stake, neighbourhood *a,
                                 plaats_error *error) {
    assert((site == NONE) != (unit == NONE));
    assert(site < m->s->g->n_sites && unit < m->s->g->n_units);
    assert(sites >= 1 && choices >= 1 && a->p.g == m->s->g);
    link_sites(m, site, unit, sites, stake, a);
    return neighbourhood_choose(m, a, unit, at_stake(m, a, unit, stake), choices, error);
}
