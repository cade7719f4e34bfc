/* One case of a proof: its prices, and what they may be. */
#include "check/check_proof.h"

#include <assert.h>
#include <stdlib.h>

#define MOST_PRICE (INT64_C(1) << 62)

typedef struct {
    check *c;
    const given_proof *of;
    arena *memory;
    check_proof_case *p;
} case_reading;

/* ---- Prices of rows ---------------------------------------------------------------------- */

/* The tightest of several decisions on what is unplaced counts. */
static void find_unplaced_limits(const check_proof_case *p, row_place *place) {
    for (int i = 0; i < p->n_given; i++) {
        const check_decision *d = &p->given[i];
        if (d->kind != DECIDE_UNPLACED) continue;
        if (d->yes && (!place->has_most || d->most < place->most)) {
            place->has_most = true;
            place->most = d->most;
        } else if (!d->yes && (!place->has_least || d->most + 1 > place->least)) {
            place->has_least = true;
            place->least = d->most + 1;
        }
    }
}

/* A case with unit prices keeps the rows of the sites, and prices the others. */
static row_place place_of_prices(const case_reading *r) {
    const unsigned kept = ROW_BIT(ROW_BEDS) | ROW_BIT(ROW_OPEN) | ROW_BIT(ROW_SERVICE);
    row_place place = {.taker = "a price",
                       .kinds = HARD_ROWS | ROW_BIT(ROW_MIN) | ROW_BIT(ROW_MOST) |
                                ROW_BIT(ROW_LEAST) | ROW_BIT(ROW_CUT),
                       .n_cuts = r->of->n_cuts};
    find_unplaced_limits(r->p, &place);
    if (r->p->unit_prices == NULL) return place;
    place.taker = "a case with unit prices, which keeps the rows of sites,";
    place.kinds &= ~kept;
    return place;
}

static bool price_is_right(const case_reading *r, const proof_row *row, const json_node *number) {
    if (row->price < 0 || row->price > MOST_PRICE) {
        json_problem(r->c->document, number, "a price is 0 to 2^62, not %lld",
                     (long long)row->price);
        return false;
    }
    if (row->kind != ROW_MAX && row->kind != ROW_MIN) return true;
    int64_t points = r->c->in->quotas[row->which].points;
    bool soft = points > 0 && r->of->scale > 0; /* with no scale nothing can be said */
    if (!soft || row->price <= (int128)r->of->scale * points) return true;
    json_problem(r->c->document, number, "the price is above scale times points of a soft quota");
    return false;
}

static plaats_status read_prices(const case_reading *r, const json_node *prices, bool *fine) {
    check *c = r->c;
    check_proof_case *p = r->p;
    const row_place place = place_of_prices(r);
    p->rows = arena_alloc(r->memory, json_count(prices), sizeof *p->rows);
    if (p->rows == NULL) return fail_memory(c->error);
    for (const json_node *pair = json_first(prices); pair != NULL; pair = json_next(pair)) {
        proof_row *row = &p->rows[p->n_rows];
        const json_node *number;
        if (check_read_pair(c, r->of, pair, &place, "a price is [ROW, price]", row, &number) &&
            price_is_right(r, row, number))
            p->n_rows++;
        else
            *fine = false;
    }
    *fine = check_rows_once(c, p->n_rows, p->rows) && *fine;
    return PLAATS_OK;
}

/* ---- Prices of units --------------------------------------------------------------------- */

static bool read_unit_price(const case_reading *r, const json_node *pair, bool *seen) {
    check *c = r->c;
    int u;
    if (!check_take_array(c, pair)) return false;
    const json_node *who = json_first(pair), *number = who == NULL ? NULL : json_next(who);
    if (number == NULL || json_next(number) != NULL) {
        json_problem(c->document, pair, "the price of a unit is [household, price]");
        return false;
    }
    if (!check_take_unit(c, r->of, who, 0, &u)) return false;
    if (seen[u]) {
        json_problem(c->document, who,
                     "household '%s', or one it goes together with, has a price"
                     " already",
                     json_text(who));
        return false;
    }
    seen[u] = true;
    return check_take_integer(c, number, &r->p->unit_prices[u]);
}

static plaats_status read_unit_prices(const case_reading *r, const json_node *list, bool *fine) {
    size_t units = (size_t)r->c->facts.n_units;
    bool *seen = arena_alloc(r->memory, units, sizeof *seen);
    r->p->unit_prices = arena_alloc(r->memory, units, sizeof *r->p->unit_prices);
    if (seen == NULL || r->p->unit_prices == NULL) return fail_memory(r->c->error);
    if (!check_take_array(r->c, list)) {
        *fine = false;
        return PLAATS_OK;
    }
    for (const json_node *pair = json_first(list); pair != NULL; pair = json_next(pair))
        *fine = read_unit_price(r, pair, seen) && *fine;
    return PLAATS_OK;
}

plaats_status check_read_case(check *c, const given_proof *of, arena *memory, check_proof_case *p,
                              bool *fine) {
    assert(p->n_rows == 0 && p->unit_prices == NULL);
    static const char *const members[] = {"given", "prices", "unit_prices"};
    plaats_status st = PLAATS_OK;
    const case_reading r = {c, of, memory, p};
    const json_node *prices = check_need_member(c, p->node, "prices");
    const json_node *unit_prices = json_member(p->node, "unit_prices");
    check_allow_members(c, p->node, 3, members);
    if (unit_prices != NULL) TRY(read_unit_prices(&r, unit_prices, fine));
    if (check_take_array(c, prices))
        TRY(read_prices(&r, prices, fine));
    else
        *fine = false;
done:
    return st;
}
