/* The bound that a case proves, for one week: every unit at its cheapest place under the prices,
 * less what the prices earn on the right-hand sides. Exact, in 128 bits. */
#include "plan/check_proof.h"

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

/* The same without a list of options, for a case without decisions. Every site counts; one whose
 * prices alone are too dear cannot be the least and is passed by. */
static bool least_of_sites(const pricing *a, int u, case_bound *out) {
    const check *c = a->c;
    int profile = a->of->crowd.profile[u];
    int128 best = a->none, floor_value = a->of->scale * check_party_least(c, &a->who);
    const int128 *tolls = &a->tolls[(size_t)profile * (size_t)c->in->n_sites];
    for (int j = 0; j < c->in->n_sites && !a->who.torn; j++) {
        int128 value = tolls[j], least = floor_value;
        if (!crowd_fits(c, &a->of->crowd, profile, j)) continue;
        if (!add128(&value, a->extra[j]) || !add128(&least, value)) return false;
        if (least >= best || !check_party_may_be(c, &a->who, j)) continue;
        if (!add128(&value, a->of->scale * check_party_cost(c, &a->who, j))) return false;
        if (value < best) best = value;
    }
    return add128(&out->sum, best);
}

static void sum_units(pricing *a, case_bound *out) {
    for (int u = 0; u < a->c->facts.n_units && out->fits; u++) {
        if (a->of->crowd.profile[u] == NONE) continue;
        out->fits = check_price_unit(a, u) &&
                    (a->of->has_options ? least_of_options(a, u, out) : least_of_sites(a, u, out));
    }
    for (int j = 0; j < a->c->in->n_sites && out->fits; j++)
        if (a->c->in->sites[j].keep_open > 0 && check_open(&a->c->facts, j, 0))
            out->fits = check_price_opening(a, j, 0, &out->sum);
}

plaats_status check_bound(const check *c, const proof *of, const proof_case *p, case_bound *out) {
    plaats_status st = PLAATS_OK;
    pricing a = {.c = c, .of = of, .p = p};
    *out = (case_bound){.possible = true};
    TRY(check_prices_make(&a, &out->fits));
    out->fits = out->fits && check_price_rows(&a, &out->sum);
    if (p->unit_prices != NULL)
        TRY(check_packing(&a, out));
    else
        sum_units(&a, out);
done:
    check_prices_free(&a);
    return st;
}
