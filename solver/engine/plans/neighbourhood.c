#include "engine/plans/neighbourhood.h"

#include <math.h>
#include <stdlib.h>

#define SUITORS 120 /* of those who would like to be at a site, looked at */
#define ALIKE 6     /* persons in choices from one site to another by units that use the same */

/* Units that use the same are as good as one another in all but cost. */
static void hash_uses(const grid *g, uint32_t *kind) {
    for (int u = 0; u < g->n_units; u++) {
        uint64_t hash = 0;
        for (int32_t e = g->use_start[u]; e < g->use_start[u + 1]; e++)
            hash = random_mix(random_mix(hash, (uint64_t)g->use_resource[e]),
                              (uint64_t)g->use_count[e]);
        kind[u] = (uint32_t)(hash >> 32);
    }
}

plaats_status neighbourhood_maker_build(const shortlist *l, const state *s, random_stream *random,
                                        neighbourhood_maker *h, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    size_t n_sites = (size_t)s->g->n_sites, n_units = (size_t)s->g->n_units;

    *h = (neighbourhood_maker){.l = l, .s = s, .random = random};
    TRY_ALLOC(h->taken_site = zero_alloc(n_sites, sizeof *h->taken_site));
    TRY_ALLOC(h->taken_sites = zero_alloc(n_sites, sizeof *h->taken_sites));
    TRY_ALLOC(h->taken_unit = zero_alloc(n_units, sizeof *h->taken_unit));
    TRY_ALLOC(h->taken_units = zero_alloc(n_units, sizeof *h->taken_units));
    TRY_ALLOC(h->pull = zero_alloc(n_sites, sizeof *h->pull));
    TRY_ALLOC(h->own = zero_alloc(n_sites, sizeof *h->own));
    TRY_ALLOC(h->kind = zero_alloc(n_units, sizeof *h->kind));
    hash_uses(s->g, h->kind);
done:
    return st;
}

void neighbourhood_maker_free(neighbourhood_maker *h) {
    free(h->taken_site);
    free(h->taken_sites);
    free(h->taken_unit);
    free(h->taken_units);
    free(h->pull);
    free(h->own);
    free(h->kind);
    free(h->choices);
    *h = (neighbourhood_maker){0};
}

void neighbourhood_maker_clear(neighbourhood_maker *h) {
    for (int i = 0; i < h->n_taken_sites; i++) h->taken_site[h->taken_sites[i]] = false;
    for (int i = 0; i < h->n_taken_units; i++) h->taken_unit[h->taken_units[i]] = false;
    h->n_taken_sites = h->n_taken_units = 0;
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

/* ---- Which sites -------------------------------------------------------------------------- */

/* How likely a choice that loses so much is part of a better plan. */
static double weight_of(double loss) {
    return 1 / (1 + loss * loss * 0.05);
}

/* Every choice between the new site and another pulls the other one in. */
static void take_site(neighbourhood_maker *h, neighbourhood *a, int site) {
    const shortlist *l = h->l;
    const state *s = h->s;

    h->taken_site[site] = h->own[site] = true;
    h->taken_sites[h->n_taken_sites++] = site;
    a->sites[a->n_sites++] = site;
    for (int32_t u = s->first[site]; u != NONE; u = s->next[u])
        for (int32_t i = l->start[u]; i < l->start[u + 1]; i++)
            h->pull[l->site[i]] += weight_of(l->loss[i]);
    for (int32_t i = l->suit_start[site], n = 0; i < l->suit_start[site + 1] && n < SUITORS;
         i++, n++) {
        int32_t at = s->at[l->suitors[i].unit];
        if (at != NONE) h->pull[at] += weight_of(l->suitors[i].loss);
    }
}

static double random_share(random_stream *r) {
    return (double)(random_next(r) >> 11) * 0x1p-53;
}

/* The site that is linked most, by and large; NONE if none is left. */
static int next_site(neighbourhood_maker *h, const double *stake) {
    int best = NONE;
    double most = 0;
    for (int j = 0; j < h->s->g->n_sites; j++) {
        double value;
        if (h->pull[j] <= 0 || h->taken_site[j]) continue;
        value = h->pull[j] * (0.1 + random_share(h->random)) * (10 + stake[j]);
        if (value > most) {
            most = value;
            best = j;
        }
    }
    return best;
}

static void link_sites(neighbourhood_maker *h, int site, int unit, int sites, const double *stake,
                       neighbourhood *a) {
    const shortlist *l = h->l;
    a->n_sites = 0;
    for (int j = 0; j < h->s->g->n_sites; j++) {
        h->pull[j] = 0;
        h->own[j] = false;
    }
    if (site != NONE) take_site(h, a, site);
    /* A unit pulls in the sites of its list, the nearest most. */
    for (int32_t i = unit == NONE ? 0 : l->start[unit]; unit != NONE && i < l->start[unit + 1]; i++)
        h->pull[l->site[i]] += 1000 * weight_of((double)(i - l->start[unit]));
    while (a->n_sites < sites && (site = next_site(h, stake)) != NONE) take_site(h, a, site);
}

/* ---- Which choices ------------------------------------------------------------------------ */

static plaats_status add_choice(neighbourhood_maker *h, int u, int site, double more,
                                plaats_error *error) {
    if (h->n_choices == h->choice_room) {
        int room = h->choice_room * 2 + 256;
        neighbourhood_choice *larger = realloc(h->choices, (size_t)room * sizeof *larger);
        if (larger == NULL) return fail_memory(error);
        h->choices = larger;
        h->choice_room = room;
    }
    h->choices[h->n_choices++] = (neighbourhood_choice){more, h->kind[u], u, h->s->at[u], site};
    return PLAATS_OK;
}

/* Beds only: a first look. */
static bool may_have_room(const neighbourhood_maker *h, int u, int site) {
    const model_row *row;
    int32_t bed_row = grid_above(h->s->g, 0, site);
    if (bed_row == NONE) return true;
    row = &h->s->g->m->rows[bed_row];
    return h->s->load[bed_row] + h->s->g->m->units[u].persons <=
           (row->kind == ROW_OPEN ? row->beds : row->rhs);
}

/* Sites of the neighbourhood, and any other that has room as things are. */
static bool may_go(const neighbourhood_maker *h, int u, int site) {
    if (site == h->s->at[u]) return false;
    if (h->own[site]) return true;
    return !h->taken_site[site] && may_have_room(h, u, site) && state_fits(h->s, u, site);
}

/* What the room that the unit takes at a site is worth, outside the neighbourhood. */
static double room_outside(const neighbourhood_maker *h, int u, int site) {
    double worth = 0;
    if (site == NONE || h->own[site]) return 0;
    GRID_EACH_USE(h->s->g, u, site, row, use, { worth += h->l->row_price[row] * use; })
    return worth;
}

/* What a unit could choose besides what it has. Those alike in loss come in random order. */
static plaats_status list_choices_of(neighbourhood_maker *h, int u, double most,
                                     plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const shortlist *l = h->l;
    double now = shortlist_loss(l, h->s, u) - room_outside(h, u, h->s->at[u]);
    for (int32_t i = l->start[u]; i < l->start[u + 1] && l->loss[i] < most; i++) {
        double more = l->loss[i] - now;
        if (!may_go(h, u, l->site[i])) continue;
        more -= room_outside(h, u, l->site[i]);
        TRY(add_choice(h, u, l->site[i], more + random_share(h->random), error));
    }
    if (h->s->at[u] != NONE && h->own[h->s->at[u]] && l->none_loss[u] < most)
        TRY(add_choice(h, u, NONE, l->none_loss[u] - now, error));
done:
    return st;
}

static void take_unit(neighbourhood_maker *h, int u) {
    h->taken_unit[u] = true;
    h->taken_units[h->n_taken_units++] = u;
}

/* Those at a site of the neighbourhood; they are its own even if they are nobody's yet. */
static plaats_status list_residents(neighbourhood_maker *h, int site, double most,
                                    plaats_error *error) {
    plaats_status st = PLAATS_OK;
    for (int32_t u = h->s->first[site]; u != NONE; u = h->s->next[u])
        if (!h->taken_unit[u]) TRY(list_choices_of(h, u, most, error));
done:
    return st;
}

/* Those who would like to be there and are nowhere, or at a site that nobody has taken: the first
 * of either. */
static plaats_status list_suitors(neighbourhood_maker *h, int site, double most,
                                  plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const shortlist *l = h->l;
    int placed = 0, unplaced = h->s->first[h->s->g->n_sites] == NONE ? SUITORS : 0;
    for (int32_t i = l->suit_start[site]; i < l->suit_start[site + 1]; i++) {
        int u = l->suitors[i].unit, at = h->s->at[u];
        int *n = at == NONE ? &unplaced : &placed;
        if (l->suitors[i].loss >= most || (placed >= SUITORS && unplaced >= SUITORS)) break;
        if ((*n)++ >= SUITORS || h->taken_unit[u] || (at != NONE && h->taken_site[at])) continue;
        take_unit(h, u);
        TRY(list_choices_of(h, u, most, error));
    }
done:
    return st;
}

static plaats_status list_choices(neighbourhood_maker *h, const neighbourhood *a, int unit,
                                  double most, plaats_error *error) {
    plaats_status st = PLAATS_OK;

    h->n_choices = 0;
    if (unit != NONE) {
        take_unit(h, unit);
        TRY(list_choices_of(h, unit, INFINITY, error));
    }
    for (int k = 0; k < a->n_sites; k++) {
        TRY(list_residents(h, a->sites[k], most, error));
        TRY(list_suitors(h, a->sites[k], most, error));
    }
done:
    return st;
}

static int by_more(const void *a, const void *b) {
    const neighbourhood_choice *x = a, *y = b;
    if (x->more != y->more) return x->more < y->more ? -1 : 1;
    if (x->unit != y->unit) return x->unit - y->unit;
    return x->site - y->site;
}

static int by_unit(const void *a, const void *b) {
    const neighbourhood_choice *x = a, *y = b;
    if (x->unit != y->unit) return x->unit - y->unit;
    return x->more != y->more ? (x->more < y->more ? -1 : 1) : x->site - y->site;
}

static int by_kind(const void *a, const void *b) {
    const neighbourhood_choice *x = a, *y = b;
    if (x->from != y->from) return x->from - y->from;
    if (x->site != y->site) return x->site - y->site;
    if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
    return by_more(a, b);
}

/* Of those that are as good as one another the first few. */
static void thin(neighbourhood_maker *h) {
    int n = 0, alike = 0;
    neighbourhood_choice last = {0};
    qsort(h->choices, (size_t)h->n_choices, sizeof *h->choices, by_kind);
    for (int i = 0; i < h->n_choices; i++) {
        neighbourhood_choice c = h->choices[i];
        bool same = i > 0 && c.from == last.from && c.site == last.site && c.kind == last.kind;
        alike = same ? alike + 1 : 0;
        if (alike == 0 || alike * h->s->g->m->units[c.unit].persons < ALIKE) h->choices[n++] = c;
        last = c;
    }
    h->n_choices = n;
}

static plaats_status fill_part(neighbourhood_maker *h, int choices, submip *p,
                               plaats_error *error) {
    plaats_status st = PLAATS_OK;

    submip_clear(p);
    if (h->n_choices == 0) return PLAATS_OK;
    thin(h);
    qsort(h->choices, (size_t)h->n_choices, sizeof *h->choices, by_more);
    if (h->n_choices > choices) h->n_choices = choices;
    qsort(h->choices, (size_t)h->n_choices, sizeof *h->choices, by_unit);
    for (int i = 0; i < h->n_choices; i++) {
        const neighbourhood_choice *c = &h->choices[i];
        if (i == 0 || c->unit != h->choices[i - 1].unit) {
            TRY(submip_unit(p, c->unit, error));
            TRY(submip_choice(p, h->s->at[c->unit], error));
        }
        TRY(submip_choice(p, c->site, error));
    }
done:
    return st;
}

/* What there is to win at all; those unplaced who would like to be there count. */
static double at_stake(const neighbourhood_maker *h, const neighbourhood *a, int unit,
                       const double *stake) {
    const shortlist *l = h->l;
    double sum = unit == NONE ? 0 : l->none_loss[unit];
    bool nobody = h->s->first[h->s->g->n_sites] == NONE;
    for (int k = 0; k < a->n_sites; k++) {
        int site = a->sites[k];
        sum += stake[site];
        for (int32_t i = l->suit_start[site], n = 0;
             !nobody && i < l->suit_start[site + 1] && n < SUITORS; i++, n++)
            if (h->s->at[l->suitors[i].unit] == NONE) sum += l->none_loss[l->suitors[i].unit];
    }
    return sum;
}

plaats_status neighbourhood_form(neighbourhood_maker *h, int site, int unit, int sites, int choices,
                                 const double *stake, neighbourhood *a, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    double most;

    link_sites(h, site, unit, sites, stake, a);
    most = at_stake(h, a, unit, stake);
    TRY(list_choices(h, a, unit, most, error));
    TRY(fill_part(h, choices, &a->p, error));
done:
    return st;
}
