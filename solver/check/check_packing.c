/* Cases with unit prices: the bed and service rows of every site are kept, and that each unit is
 * in one place is priced instead. Each site then takes the units that pay it best and fit, by a
 * dynamic program over all it has left of its rows. */
#include "check/check_proof.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_STATES = 10000000 };

/* A unit that would pay to be at the site: what it comes to, less than 0. */
typedef struct {
    int profile;
    int128 value;
} bidder;

/* A kept row. */
typedef struct {
    int slot;
    int64_t limit;
} kept_row;

typedef struct {
    pricing *a;
    case_bound *out;
    arena memory;
    size_t *first; /* per site: where its bidders begin */
    size_t *n;     /* per site: how many there are */
    bidder *bidders;
    kept_row *rows; /* of the site at hand; the first is that of the beds */
    int n_rows;
    int128 *best; /* by what is left of the rows, the beds varying fastest: the least that fits */
    size_t best_room;
} packing;

static plaats_status grow_room(packing *k) {
    const check_option_list *o = &k->a->of->options;
    size_t sites = (size_t)k->a->c->in->n_sites, total = 0;
    k->first = arena_alloc(&k->memory, sites, sizeof *k->first);
    k->n = arena_alloc(&k->memory, sites, sizeof *k->n);
    k->rows = arena_alloc(&k->memory, 1 + (size_t)k->a->c->in->n_services, sizeof *k->rows);
    if (k->first == NULL || k->n == NULL || k->rows == NULL) return fail_memory(k->a->c->error);
    for (size_t j = 0; j < sites; j++) {
        k->first[j] = total;
        total += o->room[j];
    }
    k->bidders = arena_alloc(&k->memory, total, sizeof *k->bidders);
    return k->bidders == NULL ? fail_memory(k->a->c->error) : PLAATS_OK;
}

/* ---- Units ------------------------------------------------------------------------------- */

/* Adds min(v, cost of staying unplaced), and lets the unit bid at its sites. */
static bool take_unit(packing *k, int u) {
    pricing *a = k->a;
    int128 v = a->p->unit_prices[u], best = v;
    bool fits = check_price_unit(a, u) && check_price_options(a, u);
    if (!a->may_be_unplaced && a->n_options == 0) k->out->possible = false;
    if (a->may_be_unplaced && a->none < best) best = a->none;
    for (int i = 0; i < a->n_options; i++) {
        int j = a->options[i].site;
        int128 value = a->options[i].value;
        fits = add128(&value, -v) && fits;
        if (value >= 0) continue;
        assert(k->n[j] < a->of->options.room[j]);
        k->bidders[k->first[j] + k->n[j]++] = (bidder){a->of->crowd.profile[u], value};
    }
    return add128(&k->out->sum, best) && fits;
}

/* ---- One site ---------------------------------------------------------------------------- */

/* The kept rows of a site; their number of states, or more than MOST_STATES. */
static int64_t find_rows(packing *k, int j) {
    const check *c = k->a->c;
    const site *s = &c->in->sites[j];
    int64_t states = 1;
    assert(s->n_services <= c->in->n_services); /* `rows` has room for each, and the beds */
    k->n_rows = 0;
    k->rows[k->n_rows++] = (kept_row){SLOT_PERSONS, check_usable(&c->facts, j, 0)};
    for (int i = 0; i < s->n_services; i++)
        if (!s->services[i].unlimited)
            k->rows[k->n_rows++] = (kept_row){slot_service(s->services[i].service),
                                              check_places(&s->services[i], c->in->first)};
    for (int i = 0; i < k->n_rows && states <= MOST_STATES; i++)
        states =
            k->rows[i].limit >= MOST_STATES ? MOST_STATES + 1 : states * (k->rows[i].limit + 1);
    return states;
}

static int by_profile(const void *a, const void *b) {
    const bidder *x = a, *y = b;
    if (x->profile != y->profile) return x->profile < y->profile ? -1 : 1;
    return (x->value > y->value) - (x->value < y->value);
}

static int64_t use_of(const packing *k, const bidder *b, int row) {
    return crowd_use(k->a->c, &k->a->of->crowd, b->profile, k->rows[row].slot);
}

/* How many units with these uses fit. */
static int64_t most_alike(const packing *k, const bidder *b) {
    int64_t most = INT64_MAX;
    for (int r = 0; r < k->n_rows; r++) {
        int64_t use = use_of(k, b, r);
        if (use > 0 && k->rows[r].limit / use < most) most = k->rows[r].limit / use;
    }
    return most;
}

/* Of equal uses no more than fit are ever taken, and those that pay best. Gives how many stay. */
static size_t drop_outbid(const packing *k, bidder *bidders, size_t n) {
    size_t kept = 0;
    int64_t left = 0;
    qsort(bidders, n, sizeof *bidders, by_profile);
    for (size_t i = 0; i < n; i++) {
        if (kept == 0 || bidders[i].profile != bidders[kept - 1].profile)
            left = most_alike(k, &bidders[i]);
        if (left-- > 0) bidders[kept++] = bidders[i];
    }
    return kept;
}

/* A row needs no more states than its bidders use in all. Gives the number of states. */
static size_t narrow_rows(packing *k, const bidder *bidders, size_t n) {
    size_t states = 1;
    for (int r = 0; r < k->n_rows; r++) {
        int64_t all = 0;
        for (size_t i = 0; i < n && all < k->rows[r].limit; i++) all += use_of(k, &bidders[i], r);
        if (all < k->rows[r].limit) k->rows[r].limit = all;
        states *= (size_t)k->rows[r].limit + 1;
    }
    return states;
}

/* Whether a unit still fits into all rows but the first, in these states of them. */
static bool has_left(const packing *k, const bidder *b, size_t states) {
    for (int r = 1; r < k->n_rows; r++) {
        size_t limit = (size_t)k->rows[r].limit;
        if (states % (limit + 1) < (size_t)use_of(k, b, r)) return false;
        states /= limit + 1;
    }
    return true;
}

/* Lets one bidder in, from states with much left to those with little, so that it comes once. */
static void let_in(packing *k, const bidder *b, size_t states) {
    size_t inner = (size_t)k->rows[0].limit + 1, beds = (size_t)use_of(k, b, 0), less = 0;
    for (int r = k->n_rows - 1; r >= 0; r--)
        less = less * ((size_t)k->rows[r].limit + 1) + (size_t)use_of(k, b, r);
    for (size_t outer = states / inner; outer-- > 0;) {
        if (!has_left(k, b, outer)) continue;
        for (size_t left = inner; left-- > beds;) {
            size_t state = outer * inner + left;
            int128 with = k->best[state - less] + b->value;
            if (with < k->best[state]) k->best[state] = with;
        }
    }
}

static plaats_status make_states(packing *k, size_t states) {
    if (states > k->best_room) {
        free(k->best);
        k->best = zero_alloc(states, sizeof *k->best);
        k->best_room = states;
        if (k->best == NULL) return fail_memory(k->a->c->error);
    } else {
        memset(k->best, 0, states * sizeof *k->best);
    }
    return PLAATS_OK;
}

/* The least that units which fit together come to at site j. */
static plaats_status pack(packing *k, int j, int128 *least) {
    bidder *bidders = &k->bidders[k->first[j]];
    size_t n = drop_outbid(k, bidders, k->n[j]), states = narrow_rows(k, bidders, n);
    int128 all = 0;
    *least = 0;
    for (size_t i = 0; i < n; i++) k->out->fits = add128(&all, bidders[i].value) && k->out->fits;
    if (n == 0 || !k->out->fits) return PLAATS_OK;
    plaats_status st = make_states(k, states);
    if (st != PLAATS_OK) return st;
    for (size_t i = 0; i < n; i++) let_in(k, &bidders[i], states);
    *least = k->best[states - 1];
    return PLAATS_OK;
}

static plaats_status take_site(packing *k, int j) {
    pricing *a = k->a;
    int128 least = 0;
    if (find_rows(k, j) > MOST_STATES) {
        json_problem(a->c->document, a->p->node,
                     "the kept rows of site '%s' leave more than 10^7 states to try",
                     a->c->in->sites[j].id);
        k->out->refused = true;
        return PLAATS_OK;
    }
    plaats_status st = pack(k, j, &least);
    if (st != PLAATS_OK || !k->out->fits) return st;
    k->out->fits = a->c->in->sites[j].keep_open > 0 ? check_price_opening(a, j, least, &k->out->sum)
                                                    : add128(&k->out->sum, least);
    return PLAATS_OK;
}

plaats_status check_packing(pricing *a, case_bound *out) {
    assert(a->p->unit_prices != NULL && a->of->has_options);
    plaats_status st = PLAATS_OK;
    packing k = {.a = a, .out = out};
    TRY(grow_room(&k));
    for (int u = 0; u < a->c->facts.n_units && out->fits; u++)
        if (a->of->crowd.profile[u] != NONE) out->fits = take_unit(&k, u);
    for (int j = 0; j < a->c->in->n_sites && out->fits && out->possible; j++)
        if (check_open(&a->c->facts, j, 0) && a->open[j] >= 0) TRY(take_site(&k, j));
done:
    free(k.best);
    arena_free(&k.memory);
    return st;
}
