/* What a case proves, in exact integers (the formulas are in solver/PROOF.md):
 *
 *     scale * bound = - sum over rows and cuts of price * right-hand side
 *                     + sum over sites with keep_open of what y comes to, where open or below 0
 *                     + sum over units of their cheapest choice that the decisions admit
 *
 * and it is rounded up. Units alike are looked at together: those that the decisions put somewhere
 * first, the rest wherever it is cheapest while the decisions leave room there. */
#include "engine/proof/proof.h"

#include "base/checked.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

plaats_status prover_build(const grid *g, const cut_list *cuts, const classes *classes, prover *p,
                           plaats_error *error) {
    plaats_status st = PLAATS_OK;
    size_t units = (size_t)g->n_units;

    *p = (prover){.g = g, .cuts = cuts, .classes = classes};
    TRY_ALLOC(p->row_price = zero_alloc((size_t)g->m->n_rows, sizeof *p->row_price));
    TRY_ALLOC(p->by_unit_first = zero_alloc(units + 2, sizeof *p->by_unit_first));
    TRY_ALLOC(p->extra = zero_alloc((size_t)g->n_sites, sizeof *p->extra));
    TRY_ALLOC(p->closed = zero_alloc((size_t)g->n_sites, sizeof *p->closed));
    TRY_ALLOC(p->decided = zero_alloc(units, sizeof *p->decided));
    TRY_ALLOC(p->least = zero_alloc((size_t)g->n_sites, sizeof *p->least));
    TRY_ALLOC(p->most = zero_alloc((size_t)g->n_sites, sizeof *p->most));
    for (int j = 0; j < g->n_sites; j++) p->most[j] = INT32_MAX;
    for (size_t u = 0; u < units; u++) p->decided[u] = NONE;
done:
    return st;
}

void prover_free(prover *p) {
    free(p->row_price);
    free(p->cut_price);
    free(p->by_unit_first);
    free(p->by_unit);
    free(p->extra);
    free(p->closed);
    free(p->decided);
    free(p->next);
    free(p->least);
    free(p->most);
    *p = (prover){0};
}

/* ---- Cuts by unit ------------------------------------------------------------------------- */

static plaats_status make_room_for_cuts(prover *p, plaats_error *error) {
    int64_t *prices;
    if (p->cut_room >= p->cuts->n) return PLAATS_OK;
    prices = zero_alloc((size_t)p->cuts->n * 2, sizeof *prices);
    if (prices == NULL) return fail_memory(error);
    free(p->cut_price);
    p->cut_price = prices;
    p->cut_room = p->cuts->n * 2;
    return PLAATS_OK;
}

static const cut *cut_of(const prover *p, const priced_row *row) {
    int k = row->row - p->g->m->n_rows;
    return k < 0 ? NULL : &p->cuts->at[k];
}

/* Lays the entries of the cuts that the case prices out by unit. */
static plaats_status index_cuts(prover *p, const proof_case *c, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    size_t units = (size_t)p->g->n_units, n = 0;
    const cut *of;

    p->n_by_unit = 0;
    for (int i = 0; i < c->n_prices; i++)
        if ((of = cut_of(p, &c->prices[i])) != NULL) n += (size_t)of->n_entries;
    if (n == 0) goto done;
    if (n > p->by_unit_room) {
        free(p->by_unit);
        TRY_ALLOC(p->by_unit = zero_alloc(n * 2, sizeof *p->by_unit));
        p->by_unit_room = n * 2;
    }
    /* Counted two places on, summed, filled one place on: then each begins at its own. */
    memset(p->by_unit_first, 0, (units + 2) * sizeof *p->by_unit_first);
    for (int i = 0; i < c->n_prices; i++)
        if ((of = cut_of(p, &c->prices[i])) != NULL)
            for (int e = 0; e < of->n_entries; e++)
                if (of->entries[e].unit != NONE) p->by_unit_first[of->entries[e].unit + 2]++;
    for (size_t u = 2; u < units + 2; u++) p->by_unit_first[u] += p->by_unit_first[u - 1];
    for (int i = 0; i < c->n_prices; i++)
        if ((of = cut_of(p, &c->prices[i])) != NULL)
            for (int e = 0; e < of->n_entries; e++)
                if (of->entries[e].unit != NONE)
                    p->by_unit[p->by_unit_first[of->entries[e].unit + 1]++] = (unit_entry){
                        of->entries[e].site, (int128)c->prices[i].price * of->entries[e].use};
    p->n_by_unit = n;
done:
    return st;
}

/* ---- One case ----------------------------------------------------------------------------- */

typedef struct {
    const proof_case *c;
    int64_t scale;
    int64_t at_most, at_least; /* weight unplaced; -1: no decision says so */
    model_prices prices;
} setting;

static plaats_status take_decisions(prover *p, setting *s, plaats_error *error) {
    const proof_case *c = s->c;
    s->at_most = s->at_least = -1;
    if (c->n_given > p->decision_room) {
        int32_t *next = realloc(p->next, (size_t)c->n_given * 2 * sizeof *next);
        if (next == NULL) return fail_memory(error);
        p->next = next;
        p->decision_room = c->n_given * 2;
    }
    for (int i = 0; i < c->n_given; i++) {
        const decision *d = &c->given[i];
        if (d->kind == DECIDE_AT) {
            p->next[i] = p->decided[d->unit];
            p->decided[d->unit] = i;
        } else if (d->kind == DECIDE_UNPLACED && d->yes) {
            if (d->weight > s->at_least) s->at_least = d->weight;
        } else if (d->kind == DECIDE_UNPLACED) {
            if (s->at_most < 0 || d->weight - 1 < s->at_most) s->at_most = d->weight - 1;
        }
    }
    return PLAATS_OK;
}

static void drop_decisions(prover *p, const proof_case *c) {
    for (int i = 0; i < c->n_given; i++)
        if (c->given[i].kind == DECIDE_AT) p->decided[c->given[i].unit] = NONE;
}

static void set_prices(prover *p, const proof_case *c, bool on) {
    int rows = p->g->m->n_rows;
    for (int i = 0; i < c->n_prices; i++) {
        int64_t price = on ? c->prices[i].price : 0;
        if (c->prices[i].row < rows)
            p->row_price[c->prices[i].row] = price;
        else
            p->cut_price[c->prices[i].row - rows] = price;
    }
}

/* Whether the row's y is decided: 1 open, 0 closed, -1 undecided. */
static int open_decision(const proof_case *c, const model_row *row) {
    for (int i = 0; i < c->n_given; i++) {
        const decision *d = &c->given[i];
        if (d->kind == DECIDE_OPEN && d->site == row->site && d->week == row->week) return d->yes;
    }
    return -1;
}

static int128 none_value(const setting *s, const unit *u) {
    return (int128)s->scale * u->unplaced_cost +
           ((int128)s->c->price_at_most - s->c->price_at_least) * u->weight;
}

/* What the choices of a unit, or of its class, come to in the case. */
static choice_prices prices_of(const prover *p, const setting *s, int u) {
    return (choice_prices){.prices = &s->prices,
                           .none = none_value(s, &p->g->m->units[u]),
                           .extra = p->extra,
                           .closed = p->closed,
                           .most = p->most};
}

/* How many of the class must and may be at each site by its decisions; with `on` false clears. */
static void apply_decisions(prover *p, const proof_case *c, int u, bool on) {
    for (int32_t i = p->decided[u]; i != NONE; i = p->next[i]) {
        const decision *d = &c->given[i];
        if (!on) {
            p->least[d->site] = 0;
            p->most[d->site] = INT32_MAX;
        } else if (d->yes && d->count > p->least[d->site]) {
            p->least[d->site] = d->count;
        } else if (!d->yes && d->count - 1 < p->most[d->site]) {
            p->most[d->site] = d->count - 1;
        }
    }
}

static void charge_cuts(prover *p, int u, int sign) {
    if (p->n_by_unit == 0) return;
    for (size_t i = p->by_unit_first[u]; i < p->by_unit_first[u + 1]; i++)
        p->extra[p->by_unit[i].site] += sign * p->by_unit[i].price;
}

/* The class at hand, while its units find their places. */
typedef struct {
    int32_t first, next; /* a unit without a place yet; NONE */
    int left;            /* units without a place */
    options o;
    choice_prices prices;
    const cheapest_choices *choices; /* NULL: nobody asks */
    int128 sum;                      /* of those with a place */
} placing;

/* False if the sum overflows. */
static bool put_units(const prover *p, placing *k, int n, choice there, int128 value) {
    int128 all;
    k->left -= n;
    for (int i = 0; i < n && k->choices != NULL; i++) {
        k->choices->site[k->next] = there;
        k->choices->value[k->next] = value;
        if (p->classes != NULL) k->next = p->classes->next[k->next];
    }
    return !__builtin_mul_overflow(value, n, &all) && !__builtin_add_overflow(k->sum, all, &k->sum);
}

/* Those that must be somewhere. False if they cannot. */
static bool place_decided(prover *p, const setting *s, placing *k, bool *fits) {
    for (int i = 0; i < k->o.n; i++) {
        choice c = choice_of_option(&k->o, i);
        int32_t j = choice_site(c, 0), n = p->least[j];
        if (n == 0 || p->closed[j]) continue;
        if (n > p->most[j] || n > k->left) return false;
        if (p->most[j] != INT32_MAX) p->most[j] -= n;
        p->least[j] = 0;
        *fits = *fits && put_units(p, k, n, c, choice_value(p->g, &k->prices, k->first, &k->o, i));
    }
    for (int32_t i = p->decided[k->first]; i != NONE; i = p->next[i])
        if (p->least[s->c->given[i].site] > 0) return false;
    return true;
}

/* The rest, wherever it is cheapest. */
static bool place_rest(prover *p, placing *k) {
    bool fits = true;
    while (k->left > 0 && fits) {
        choice_quote best = choice_cheapest_exact(p->g, &k->prices, k->first, &k->o);
        choice c = best.option == NONE ? CHOICE_NONE : choice_of_option(&k->o, best.option);
        int room = k->left;
        if (c != CHOICE_NONE) {
            int32_t *most = &p->most[choice_site(c, 0)];
            if (*most < room) room = *most;
            if (*most != INT32_MAX) *most -= room;
        }
        fits = put_units(p, k, room, c, best.value);
    }
    return fits;
}

/* What rows and cuts take off for their right-hand sides. */
static bool add_rights(const prover *p, const setting *s, int128 *sum) {
    const proof_case *c = s->c;
    const model *m = p->g->m;
    for (int i = 0; i < c->n_prices; i++) {
        int32_t row = c->prices[i].row;
        int64_t rhs = row < m->n_rows ? m->rows[row].rhs : p->cuts->at[row - m->n_rows].rhs;
        if (__builtin_sub_overflow(*sum, (int128)c->prices[i].price * rhs, sum)) return false;
    }
    if (s->at_most >= 0) *sum -= (int128)c->price_at_most * s->at_most;
    if (s->at_least >= 0) *sum += (int128)c->price_at_least * s->at_least;
    return true;
}

/* S f + sum of price * coefficient of y. */
static int128 open_value(const prover *p, const setting *s, const model_row *row, int32_t r) {
    int128 value = (int128)s->scale * row->points - (int128)p->row_price[r] * row->beds;
    for (int k = 0; k < p->cuts->n; k++)
        if (p->cut_price[k] != 0)
            value += (int128)p->cut_price[k] * cut_use(&p->cuts->at[k], NONE, row->site);
    return value;
}

static void add_opens(prover *p, const setting *s, int128 *sum) {
    const model *m = p->g->m;
    for (int32_t r = 0; r < m->n_rows; r++) {
        const model_row *row = &m->rows[r];
        int decided;
        int128 value;
        if (!row_is_open(row)) continue;
        decided = open_decision(s->c, row);
        p->closed[row->site] = decided == 0;
        if (decided == 0) continue;
        value = open_value(p, s, row, r);
        if (decided == 1 || value < 0) *sum += value;
    }
}

/* The cheapest choices of a class, or of a unit. */
static void add_class(prover *p, const setting *s, placing *k, bool *possible, bool *fits) {
    apply_decisions(p, s->c, k->first, true);
    charge_cuts(p, k->first, 1);
    *possible = place_decided(p, s, k, fits);
    if (*possible) *fits = *fits && place_rest(p, k);
    charge_cuts(p, k->first, -1);
    apply_decisions(p, s->c, k->first, false);
}

static bool add_units(prover *p, const setting *s, proof_case *c, const cheapest_choices *choices,
                      int128 *sum) {
    bool fits = true, possible = true;
    for (int32_t u = 0; u < p->g->n_units && fits && possible; u++) {
        placing k = {.first = u,
                     .next = u,
                     .left = p->classes == NULL ? 1 : p->classes->count[u],
                     .o = model_options(p->g->m, u),
                     .prices = prices_of(p, s, u),
                     .choices = choices};
        if (k.left == 0) continue;
        add_class(p, s, &k, &possible, &fits);
        fits = fits && !__builtin_add_overflow(*sum, k.sum, sum);
    }
    c->impossible = !possible;
    return fits;
}

plaats_status proof_evaluate_case(prover *p, int64_t scale, proof_case *c,
                                  const cheapest_choices *choices, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    setting s = {.c = c,
                 .scale = scale,
                 .prices = {.goal = GOAL_COST, .scale = scale, .prices = p->row_price}};
    int128 sum = 0, points;
    bool fits;

    assert(scale >= 1);
    c->impossible = false;
    TRY(make_room_for_cuts(p, error));
    TRY(index_cuts(p, c, error));
    TRY(take_decisions(p, &s, error));
    set_prices(p, c, true);
    fits = add_rights(p, &s, &sum);
    add_opens(p, &s, &sum);
    fits = fits && add_units(p, &s, c, choices, &sum);
    set_prices(p, c, false);
    drop_decisions(p, c);
    points = ceil_div128(sum, scale);
    c->bound = c->impossible ? INT64_MAX : (int64_t)points;
    if (!fits || (!c->impossible && c->bound != points)) c->bound = INT64_MIN;
done:
    return st;
}
