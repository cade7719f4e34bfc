/* The prices of one case, summed up for profiles at sites, for y, and for the unit at hand. */
#include "check/check_proof.h"

#include <assert.h>
#include <string.h>

/* ---- Preparing --------------------------------------------------------------------------- */

static plaats_status make_room(pricing *a) {
    plaats_status st = PLAATS_OK;
    plaats_error *error = a->c->error;
    arena *m = &a->memory;
    size_t sites = (size_t)a->c->in->n_sites, cells = (size_t)a->of->crowd.n_profiles * sites;
    TRY_ALLOC(a->tolls = arena_alloc(m, cells, sizeof *a->tolls));
    TRY_ALLOC(a->opening = arena_alloc(m, sites, sizeof *a->opening));
    TRY_ALLOC(a->cut_price = arena_alloc(m, (size_t)a->of->n_cuts, sizeof *a->cut_price));
    TRY_ALLOC(a->open = arena_alloc(m, sites, sizeof *a->open));
    TRY_ALLOC(a->first_apart =
                  arena_alloc(m, (size_t)a->c->in->n_apart + 1, sizeof *a->first_apart));
    TRY_ALLOC(a->extra = arena_alloc(m, sites, sizeof *a->extra));
    TRY_ALLOC(a->options = arena_alloc(m, sites, sizeof *a->options));
    TRY(check_party_make(a->c, m, &a->who));
done:
    return st;
}

plaats_status check_prices_share(pricing *a, pricing *with) {
    plaats_status st = PLAATS_OK;
    plaats_error *error = a->c->error;
    size_t sites = (size_t)a->c->in->n_sites;
    *with = *a;
    with->memory = (arena){0};
    TRY_ALLOC(with->extra = arena_alloc(&a->memory, sites, sizeof *with->extra));
    TRY_ALLOC(with->options = arena_alloc(&a->memory, sites, sizeof *with->options));
    TRY(check_party_make(a->c, &a->memory, &with->who));
done:
    return st;
}

static void index_apart(pricing *a) {
    const check_proof_case *p = a->p;
    int i = 0;
    for (int g = 0; g <= a->c->in->n_apart; g++) {
        while (i < p->n_rows && (p->rows[i].kind < ROW_APART ||
                                 (p->rows[i].kind == ROW_APART && p->rows[i].which < g)))
            i++;
        a->first_apart[g] = i;
    }
}

static void index_decisions(pricing *a) {
    for (int i = 0; i < a->p->n_given; i++) {
        const check_decision *d = &a->p->given[i];
        if (d->kind == DECIDE_OPEN) a->open[d->site] = d->yes ? 1 : -1;
        if (d->kind == DECIDE_OPEN) a->at_end = i + 1;
    }
    a->at = a->at_end; /* decisions on units follow */
}

/* ---- Rows and cuts ----------------------------------------------------------------------- */

/* Terms of y at a price. */
static bool price_opening(pricing *a, const terms *list, int64_t price) {
    bool fits = true;
    for (size_t i = 0; i < list->n; i++)
        fits =
            fits && add128(&a->opening[list->at[i].site], (int128)price * list->at[i].coefficient);
    return fits;
}

static int128 *toll_of(const pricing *a, int profile, int site) {
    return &a->tolls[(size_t)profile * (size_t)a->c->in->n_sites + (size_t)site];
}

static bool price_profiles(pricing *a, const terms *list, int128 price) {
    bool fits = true;
    for (size_t i = 0; i < list->n; i++) {
        int128 product;
        fits = fits && multiply128(price, list->at[i].coefficient, &product) &&
               add128(toll_of(a, list->at[i].who, list->at[i].site), product);
    }
    return fits;
}

/* The price of what site j takes of a slot. */
static int128 *slot_price(const pricing *a, int128 *by_slot, int j, int slot) {
    return &by_slot[(size_t)j * (size_t)a->c->facts.n_slots + (size_t)slot];
}

static void price_quota(pricing *a, int128 *by_slot, const proof_row *row) {
    int sign = row->kind == ROW_MIN ? -1 : 1;
    for (int j = 0; j < a->c->in->n_sites; j++)
        if (check_covers(&a->c->facts, row->which, j))
            *slot_price(a, by_slot, j, slot_quota(&a->c->facts, row->which)) +=
                sign * (int128)row->price;
}

static void price_row(pricing *a, int128 *by_slot, const proof_row *row) {
    switch (row->kind) {
    case ROW_OPEN:
        a->opening[row->site] -= (int128)row->price * check_usable(&a->c->facts, row->site, row->t);
        __attribute__((fallthrough));
    case ROW_BEDS:
    case ROW_SERVICE:
        *slot_price(a, by_slot, row->site, check_row_slot(row)) += row->price;
        break;
    case ROW_MAX:
    case ROW_MIN:
        price_quota(a, by_slot, row);
        break;
    case ROW_MOST:
        a->unplaced += row->price;
        break;
    case ROW_LEAST:
        a->unplaced -= row->price;
        break;
    case ROW_CUT:
        a->cut_price[row->which] += row->price;
        break;
    default:
        break; /* groups apart: unit by unit */
    }
}

/* A cut made from another one counts what that one counts, and so on back to the row. */
static bool price_cuts(pricing *a, int128 *by_slot) {
    bool fits = true;
    for (int k = a->of->n_cuts - 1; k >= 0 && fits; k--) {
        const check_cut *of = &a->of->cuts[k];
        int128 price = a->cut_price[k];
        if (price == 0) continue;
        fits = price_profiles(a, &of->profiles, price);
        if (!cut_is_chained(of)) continue;
        if (of->before != NONE)
            a->cut_price[of->before] += price;
        else
            *slot_price(a, by_slot, of->row.site, check_row_slot(&of->row)) += price;
    }
    return fits;
}

static bool price_uses(pricing *a, const int128 *by_slot) {
    int slots = a->c->facts.n_slots;
    bool fits = true;
    for (int p = 0; p < a->of->crowd.n_profiles; p++) {
        for (int slot = 0; slot < slots; slot++) {
            int64_t use = crowd_use(a->c, &a->of->crowd, p, slot);
            const int128 *price = &by_slot[slot];
            if (use == 0) continue;
            for (int j = 0; j < a->c->in->n_sites; j++, price += slots) {
                int128 product;
                fits =
                    fits && multiply128(*price, use, &product) && add128(toll_of(a, p, j), product);
            }
        }
    }
    return fits;
}

static plaats_status sum_prices(pricing *a, bool *fits) {
    size_t cells = (size_t)a->c->in->n_sites * (size_t)a->c->facts.n_slots;
    int128 *by_slot = arena_alloc(&a->memory, cells, sizeof *by_slot);
    if (by_slot == NULL) return fail_memory(a->c->error);
    *fits = true;
    for (int i = 0; i < a->p->n_rows; i++) {
        const proof_row *row = &a->p->rows[i];
        price_row(a, by_slot, row);
        if (row->kind == ROW_CUT)
            *fits = *fits && price_opening(a, &a->of->cuts[row->which].opening, row->price);
    }
    *fits = *fits && price_cuts(a, by_slot) && price_uses(a, by_slot);
    return PLAATS_OK;
}

plaats_status check_prices_make(pricing *a, bool *fits) {
    plaats_status st = PLAATS_OK;
    TRY(make_room(a));
    TRY(sum_prices(a, fits));
    index_apart(a);
    index_decisions(a);
done:
    return st;
}

void check_prices_free(pricing *a) {
    arena_free(&a->memory);
}

/* ---- The unit at hand -------------------------------------------------------------------- */

static bool charge_apart(pricing *a, int h) {
    const indices *groups = &a->c->facts.families[h].apart;
    bool fits = true;
    for (int k = 0; k < groups->n; k++)
        for (int r = a->first_apart[groups->at[k]]; r < a->first_apart[groups->at[k] + 1]; r++)
            fits = add128(&a->extra[a->p->rows[r].site], a->p->rows[r].price) && fits;
    return fits;
}

static bool charge_cuts(pricing *a, int u) {
    const given_proof *of = a->of;
    bool fits = true;
    for (size_t i = of->first_term[u]; i < of->first_term[u + 1]; i++) {
        const unit_term *term = &of->unit_terms[i];
        int128 price = a->cut_price[term->cut], product;
        if (price == 0) continue;
        fits = fits && multiply128(price, term->coefficient, &product) &&
               add128(&a->extra[term->site], product);
    }
    return fits;
}

/* What the decisions say of it: those of this unit, and whether one puts it at a site. */
static void find_decisions(pricing *a, int u) {
    const check_proof_case *p = a->p;
    a->at = a->at_end;
    a->may_be_unplaced = true;
    while (a->at < p->n_given && p->given[a->at].kind == DECIDE_AT && p->given[a->at].unit < u)
        a->at++;
    for (a->at_end = a->at; a->at_end < p->n_given; a->at_end++) {
        const check_decision *d = &p->given[a->at_end];
        if (d->kind != DECIDE_AT || d->unit != u) break;
        a->may_be_unplaced = a->may_be_unplaced && !d->yes;
    }
}

bool check_price_unit(pricing *a, int unit) {
    assert(unit >= 0 && unit < a->c->facts.n_units && a->of->crowd.profile[unit] != NONE);
    int128 weight = a->of->crowd.weight[unit];
    bool fits = true;
    memset(a->extra, 0, (size_t)a->c->in->n_sites * sizeof *a->extra);
    check_party_take(a->c, unit, &a->who);
    a->none = weight * a->c->facts.unplaced;
    for (int i = 0; i < a->who.n; i++) {
        a->none += check_keep_cost(a->c, a->who.member[i], NONE, 0);
        fits = charge_apart(a, a->who.member[i]) && fits;
    }
    fits = charge_cuts(a, unit) && fits;
    find_decisions(a, unit);
    a->none = a->of->scale * a->none + a->unplaced * weight;
    return fits;
}

static bool is_barred(const pricing *a, int j) {
    if (a->open[j] < 0) return true;
    for (int i = a->at; i < a->at_end; i++)
        if ((a->p->given[i].site == j) != a->p->given[i].yes) return true;
    return false;
}

bool check_price_options(pricing *a, int unit) {
    assert(a->of->has_options);
    const check_option_list *o = &a->of->options;
    const int128 *tolls = toll_of(a, a->of->crowd.profile[unit], 0);
    bool fits = true;
    a->n_options = 0;
    for (size_t i = o->first[unit]; i < o->first[unit + 1]; i++) {
        int j = o->site[i];
        if (is_barred(a, j)) continue;
        int128 value = (int128)a->of->scale * o->cost[i];
        fits = add128(&value, tolls[j]) && add128(&value, a->extra[j]) && fits;
        assert(a->n_options < a->c->in->n_sites);
        a->options[a->n_options++] = (priced_option){j, value};
    }
    return fits;
}

/* ---- Rows and y -------------------------------------------------------------------------- */

bool check_price_rows(const pricing *a, int128 *sum) {
    bool fits = true;
    for (int i = 0; i < a->p->n_rows; i++)
        fits = add128(sum, -(int128)a->p->rows[i].price * a->p->rows[i].rhs) && fits;
    return fits;
}

bool check_price_opening(const pricing *a, int j, int128 inside, int128 *sum) {
    assert(j >= 0 && j < a->c->in->n_sites);
    int128 open = (int128)a->of->scale * a->c->in->sites[j].keep_open;
    if (a->open[j] < 0) return true;
    if (!add128(&open, a->opening[j]) || !add128(&open, inside)) return false;
    return (open >= 0 && a->open[j] == 0) || add128(sum, open);
}
