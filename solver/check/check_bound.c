/* The bound that a case proves, for one week: every unit at its cheapest place under the prices,
 * less what the prices earn on the right-hand sides. Exact, in 128 bits. */
#include "base/parallel.h"
#include "check/check_proof.h"

#include <assert.h>

#define RANGES 8       /* of the units, summed side by side */
#define FEW_UNITS 5000 /* fewer are not worth a thread */

/* The least that the unit at hand can come to, times the scale; its place may be any option. */
static bool least_of_options(pricing *a, int u, case_bound *out) {
    bool fits = check_price_options(a, u);
    int128 best = a->none;
    int i = 0;
    if (!a->may_be_unplaced) {
        out->possible = out->possible && a->n_options > 0;
        if (a->n_options == 0) return fits;
        best = a->options[i++].value;
    }
    for (; i < a->n_options; i++)
        if (a->options[i].value < best) best = a->options[i].value;
    return add128(&out->sum, best) && fits;
}

/* Lowers `best` to what site j comes to, if that is less. One whose prices are too dear next to the
 * least that a stay can cost is passed by. */
static bool try_site(const pricing *a, int u, int j, int128 *best) {
    const check *c = a->c;
    int profile = a->of->crowd.profile[u];
    int128 value = a->tolls[(size_t)profile * (size_t)c->in->n_sites + (size_t)j], least;
    if (!crowd_fits(c, &a->of->crowd, profile, j)) return true;
    if (!add128(&value, a->extra[j])) return false;
    least = a->of->scale * check_party_least(c, &a->who, j);
    if (!add128(&least, value)) return false;
    if (least >= *best || !check_party_may_be(c, &a->who, j)) return true;
    if (!add128(&value, a->of->scale * check_party_cost(c, &a->who, j))) return false;
    if (value < *best) *best = value;
    return true;
}

/* The same without a list of options, for a case without decisions. Every site counts; where the
 * plan has the unit comes first, since hardly any other will be less. */
static bool least_of_sites(const pricing *a, int u, case_bound *out) {
    int128 best = a->none;
    int here = check_site_at(a->c, a->who.member[0], 0);
    bool fits = a->who.torn || here == NONE || try_site(a, u, here, &best);
    for (int j = 0; j < a->c->in->n_sites && !a->who.torn && fits; j++)
        fits = try_site(a, u, j, &best);
    return fits && add128(&out->sum, best);
}

/* Some of the units, on one thread. */
typedef struct {
    pricing a;
    int first, last;
    case_bound out;
} unit_range;

static void sum_range(void *ranges, int i) {
    unit_range *r = (unit_range *)ranges + i;
    for (int u = r->first; u < r->last && r->out.fits; u++) {
        if (r->a.of->crowd.profile[u] == NONE) continue;
        r->out.fits = check_price_unit(&r->a, u) &&
                      (r->a.of->has_options ? least_of_options(&r->a, u, &r->out)
                                            : least_of_sites(&r->a, u, &r->out));
    }
}

static plaats_status sum_units(pricing *a, case_bound *out) {
    plaats_status st = PLAATS_OK;
    unit_range ranges[RANGES] = {0};
    int n_units = a->c->facts.n_units, n = n_units < FEW_UNITS ? 1 : RANGES;
    for (int i = 0; i < n; i++) {
        ranges[i] = (unit_range){.a = *a,
                                 .first = chunk_first(n_units, i, n),
                                 .last = chunk_first(n_units, i + 1, n),
                                 .out = {.possible = true, .fits = out->fits}};
        TRY(check_prices_share(a, &ranges[i].a));
    }
    parallel_for(n, sum_range, ranges, a->c->threads);
    for (int i = 0; i < n; i++) {
        out->possible = out->possible && ranges[i].out.possible;
        out->fits = out->fits && ranges[i].out.fits && add128(&out->sum, ranges[i].out.sum);
    }
    for (int j = 0; j < a->c->in->n_sites && out->fits; j++)
        if (a->c->in->sites[j].keep_open > 0 && check_open(&a->c->facts, j, 0))
            out->fits = check_price_opening(a, j, 0, &out->sum);
done:
    return st;
}

plaats_status check_bound(const check *c, const given_proof *of, const check_proof_case *p,
                          case_bound *out) {
    assert(of->scale >= 1 && c->in->weeks == 1);
    plaats_status st = PLAATS_OK;
    pricing a = {.c = c, .of = of, .p = p};
    *out = (case_bound){.possible = true};
    TRY(check_prices_make(&a, &out->fits));
    out->fits = out->fits && check_price_rows(&a, &out->sum);
    if (p->unit_prices != NULL)
        TRY(check_packing(&a, out));
    else
        TRY(sum_units(&a, out));
done:
    check_prices_free(&a);
    return st;
}
