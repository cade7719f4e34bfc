/* The bound that prices prove, for one week: every unit at its cheapest place under these prices,
 * less what the prices earn on the right-hand sides. Exact, in 128 bits. */
#include "plan/check.h"

#include <stdlib.h>
#include <string.h>

/* A limit and a price as seen from one site: at most `limit` of a slot for one unit, and `price`
 * for each. Rows of groups apart are not among them: a unit has few, a site would have many. */
typedef struct {
    int slot;
    int64_t limit;
    int64_t price; /* negative for a min */
} toll;

typedef struct {
    int n;
    toll *at;
} tolls;

typedef struct {
    const check *c;
    const facts *f;
    const proof_case *p;
    arena memory;
    tolls *sites;
    int *first_apart; /* per group: where its rows begin in p->rows; one more at the end */
    int64_t *sums;    /* of the unit at hand */
    int128 *extra;    /* per site: what groups apart add for the unit at hand */
    int n_present;    /* members of the unit at hand that need a bed: */
    int *present;     /* household */
    stance *stances;  /* and where it stands */
} pass;

static bool overflows(int128 *sum, int128 a) {
    return __builtin_add_overflow(*sum, a, sum);
}

/* ---- Preparing --------------------------------------------------------------------------- */

static int by_name(const void *a, const void *b) {
    const proof_row *x = a, *y = b;
    if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
    if (x->which != y->which) return x->which < y->which ? -1 : 1;
    return (x->site > y->site) - (x->site < y->site);
}

static int64_t price_of(const proof_case *p, row_kind kind, int which, int j) {
    proof_row key = {.kind = kind, .which = which, .site = j};
    if (p->n_rows == 0) return 0;
    const proof_row *row = bsearch(&key, p->rows, (size_t)p->n_rows, sizeof key, by_name);
    return row == NULL ? 0 : row->price;
}

static void add_toll(tolls *to, int slot, int64_t limit, int64_t price) {
    if (limit < INT64_MAX || price != 0) to->at[to->n++] = (toll){slot, limit, price};
}

static void add_quota_toll(const pass *a, int q, tolls *to) {
    const quota *of = &a->c->in->quotas[q];
    int64_t max = check_quota_max(of, a->c->in->first);
    bool hard = max != STEP_NULL && of->points == 0;
    add_toll(to, slot_quota(a->f, q), hard ? max : INT64_MAX,
             price_of(a->p, ROW_MAX, q, NONE) - price_of(a->p, ROW_MIN, q, NONE));
}

static plaats_status gather_tolls(pass *a, int j) {
    const site *s = &a->c->in->sites[j];
    tolls *to = &a->sites[j];
    size_t room = 1 + (size_t)s->n_services + (size_t)a->c->in->n_quotas;
    to->at = arena_alloc(&a->memory, room, sizeof *to->at);
    if (to->at == NULL) return fail_memory(a->c->error);
    add_toll(to, SLOT_PERSONS, check_usable(a->f, j, 0),
             price_of(a->p, s->keep_open > 0 ? ROW_OPEN : ROW_BEDS, NONE, j));
    for (int i = 0; i < s->n_services; i++) {
        int service = s->services[i].service;
        add_toll(to, slot_service(service), check_places(&s->services[i], a->c->in->first),
                 price_of(a->p, ROW_SERVICE, service, j));
    }
    for (int q = 0; q < a->c->in->n_quotas; q++)
        if (check_covers(a->f, q, j)) add_quota_toll(a, q, to);
    return PLAATS_OK;
}

static void index_apart(pass *a) {
    int i = 0;
    for (int g = 0; g <= a->c->in->n_apart; g++) {
        while (i < a->p->n_rows && (a->p->rows[i].kind < ROW_APART ||
                                    (a->p->rows[i].kind == ROW_APART && a->p->rows[i].which < g)))
            i++;
        a->first_apart[g] = i;
    }
}

static plaats_status prepare(pass *a) {
    const plaats_instance *in = a->c->in;
    plaats_error *error = a->c->error;
    plaats_status st = PLAATS_OK;
    arena *memory = &a->memory;
    size_t sites = (size_t)in->n_sites;
    TRY_ALLOC(a->sites = arena_alloc(memory, sites, sizeof *a->sites));
    TRY_ALLOC(a->first_apart =
                  arena_alloc(memory, (size_t)in->n_apart + 1, sizeof *a->first_apart));
    TRY_ALLOC(a->sums = arena_alloc(memory, (size_t)a->f->n_slots, sizeof *a->sums));
    TRY_ALLOC(a->extra = arena_alloc(memory, sites, sizeof *a->extra));
    TRY_ALLOC(a->present = arena_alloc(memory, (size_t)in->n_households, sizeof *a->present));
    TRY_ALLOC(a->stances = arena_alloc(memory, (size_t)in->n_households, sizeof *a->stances));
    for (int j = 0; j < in->n_sites; j++) TRY(gather_tolls(a, j));
    index_apart(a);
done:
    return st;
}

/* ---- One unit ---------------------------------------------------------------------------- */

static void take_unit(pass *a, int u) {
    const indices *members = &a->f->units[u];
    a->n_present = 0;
    for (int i = 0; i < members->n; i++) {
        int h = members->at[i];
        if (!check_needs_bed(a->f, h, 0)) continue;
        a->present[a->n_present] = h;
        a->stances[a->n_present++] = check_start(a->f, h);
    }
    check_unit_sums(a->f, u, 0, a->sums);
}

/* Whether two members are in one group kept apart: then the unit fits nowhere. */
static bool is_torn(const pass *a, int g) {
    int n = 0;
    for (int i = 0; i < a->n_present; i++)
        n += check_carries(&a->f->families[a->present[i]].apart, g);
    return n > 1;
}

/* Adds (sign 1) or takes away again (-1) what groups apart charge; false when the unit is torn. */
static bool charge_apart(pass *a, int sign) {
    bool fits = true;
    for (int i = 0; i < a->n_present; i++) {
        const indices *groups = &a->f->families[a->present[i]].apart;
        for (int k = 0; k < groups->n; k++) {
            int g = groups->at[k];
            if (!check_holds(&a->c->in->apart[g].when, a->c->in->first)) continue;
            for (int r = a->first_apart[g]; r < a->first_apart[g + 1]; r++)
                a->extra[a->p->rows[r].site] += sign * (int128)a->p->rows[r].price;
            fits = fits && (a->n_present == 1 || !is_torn(a, g));
        }
    }
    return fits;
}

/* The tolls of site j for the unit at hand; false when one limit is below what it uses. */
static bool pay_tolls(const pass *a, int j, int128 *value) {
    const tolls *to = &a->sites[j];
    for (int i = 0; i < to->n; i++) {
        int64_t use = a->sums[to->at[i].slot];
        if (use == 0) continue;
        if (use > to->at[i].limit) return false;
        *value += (int128)use * to->at[i].price;
    }
    return true;
}

static bool may_be_at(const pass *a, int j) {
    exclusion one;
    for (int i = 0; i < a->n_present; i++)
        if (check_alone(a->f, a->present[i], j, &a->stances[i], &one, 1) > 0) return false;
    return true;
}

static int128 cost_at(const pass *a, int j) {
    int128 parts[N_STAY_PARTS] = {0}, cost = 0;
    for (int i = 0; i < a->n_present; i++) {
        int h = a->present[i];
        check_week_cost(a->f, h, j, &a->stances[i], parts);
        if (a->c->has_keep && a->c->keep_site[h] != NONE && a->c->keep_site[h] != j)
            cost += (int128)a->f->families[h].persons * a->c->keep_points;
    }
    for (int part = 0; part < N_STAY_PARTS; part++) cost += parts[part];
    return cost;
}

static int128 cost_unplaced(const pass *a) {
    int128 cost = 0;
    for (int i = 0; i < a->n_present; i++) {
        int h = a->present[i];
        cost +=
            (int128)a->f->families[h].persons * a->c->in->households[h].priority * a->f->unplaced;
    }
    return cost;
}

/* No site costs less: only wishes take points off. */
static int128 least_cost(const pass *a) {
    int128 cost = 0;
    for (int i = 0; i < a->n_present; i++) {
        const household *who = &a->c->in->households[a->present[i]];
        for (int k = 0; k < who->n_wishes; k++)
            if (who->wishes[k].points > 0) cost -= who->wishes[k].points;
    }
    return cost;
}

/* The least that unit u can come to under the prices, times the scale. Every site counts; one
 * whose tolls alone are too dear cannot be the least and is passed by. */
static int128 least(pass *a, int u) {
    take_unit(a, u);
    int128 best = a->p->scale * cost_unplaced(a), floor_value = a->p->scale * least_cost(a);
    if (a->n_present > 0 && charge_apart(a, 1)) {
        for (int j = 0; j < a->c->in->n_sites; j++) {
            int128 value = a->extra[j];
            if (!check_open(a->f, j, 0) || !pay_tolls(a, j, &value)) continue;
            if (value + floor_value >= best || !may_be_at(a, j)) continue;
            value += a->p->scale * cost_at(a, j);
            if (value < best) best = value;
        }
    }
    charge_apart(a, -1);
    return best;
}

/* ---- All together ------------------------------------------------------------------------ */

/* What the prices earn on the right-hand sides, and what sites with keep_open may add. */
static bool add_rows(const pass *a, int128 *sum) {
    const proof_case *p = a->p;
    for (int i = 0; i < p->n_rows; i++)
        if (overflows(sum, -(int128)p->rows[i].price * p->rows[i].rhs)) return false;
    for (int j = 0; j < a->c->in->n_sites; j++) {
        int64_t points = a->c->in->sites[j].keep_open;
        if (points == 0 || !check_open(a->f, j, 0)) continue;
        int128 open = (int128)p->scale * points;
        open -= (int128)price_of(p, ROW_OPEN, NONE, j) * check_usable(a->f, j, 0);
        if (open < 0 && overflows(sum, open)) return false;
    }
    return true;
}

plaats_status check_bound(const check *c, const proof_case *p, bool *fits, int128 *bound) {
    plaats_status st = PLAATS_OK;
    pass a = {.c = c, .f = &c->facts, .p = p};
    int128 sum = 0;
    *fits = false;
    TRY(prepare(&a));
    *fits = add_rows(&a, &sum);
    for (int u = 0; u < c->facts.n_units && *fits; u++) *fits = !overflows(&sum, least(&a, u));
    *bound = ceil_div128(sum, p->scale);
done:
    arena_free(&a.memory);
    return st;
}
