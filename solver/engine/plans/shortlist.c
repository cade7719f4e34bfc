/* Built in parts: each part of the units is listed on one thread, the lists are joined, and then
 * turned round. A unit may have thousands of options; what all that it can have on its list loses
 * less than is guessed first, so that few are ranked. */
#include "engine/plans/shortlist.h"

#include "base/parallel.h"
#include "base/random.h"
#include "base/vector.h"
#include "engine/plans/plans_tuning.h"
#include "engine/plans/ranked.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

/* Moves the n least of what is listed to the front, in no order (C. Hoare, 1961). */
static void select_least(ranked *at, int n_all, int n) {
    int low = 0, high = n_all - 1;
    while (low < high) {
        ranked pivot = at[(low + high) / 2];
        int i = low, j = high;
        while (i <= j) {
            while (by_rank(&at[i], &pivot) < 0) i++;
            while (by_rank(&at[j], &pivot) > 0) j--;
            if (i <= j) {
                ranked other = at[i];
                at[i++] = at[j];
                at[j--] = other;
            }
        }
        if (n - 1 <= j)
            high = j;
        else if (n - 1 >= i)
            low = i;
        else
            return;
    }
}

/* Some of the units, listed on one thread. */
typedef struct {
    int32_t n, room;
    choice *option;
    int64_t *cost;
    double *loss;
    unit_costs costs;
    ranked *near;
    plaats_status status;
} listing;

typedef struct {
    shortlist *l;
    field f;
    double none_price;
    int nearest;
    listing part[PLANS_PARTS];
} lister;

static bool reserve(listing *p, int32_t n) {
    choice *option;
    int64_t *cost;
    double *loss;
    if (n <= p->room) return true;
    p->room = n + n / 2 + PLANS_ROOM;
    if ((option = realloc(p->option, (size_t)p->room * sizeof *option)) == NULL) return false;
    p->option = option;
    if ((cost = realloc(p->cost, (size_t)p->room * sizeof *cost)) == NULL) return false;
    p->cost = cost;
    if ((loss = realloc(p->loss, (size_t)p->room * sizeof *loss)) == NULL) return false;
    p->loss = loss;
    return true;
}

/* The nearest, and all others that lose next to nothing: where many are as good as each other, a
 * search that knows few of them finds its ways blocked. */
static int choose_options(ranked *all, int n_all, int nearest) {
    int n = 0;
    for (int i = 0; i < n_all; i++)
        if (all[i].loss < PLANS_EVEN) n++;
    n = n < nearest ? nearest : n > PLANS_LIST_MOST ? PLANS_LIST_MOST : n;
    if (n > n_all) n = n_all;
    select_least(all, n_all, n);
    qsort(all, (size_t)n, sizeof *all, by_rank);
    return n;
}

/* What all options that can be on the list come to less than: the first limit below which there are
 * enough. */
static double choose_limit(const double *reduced, int n, double least, int nearest) {
    enum { LIMITS = 3 }; /* that vector_count_below counts in one pass */
    const double limit[LIMITS] = {least + PLANS_EVEN, least + PLANS_EVEN_SECOND * PLANS_EVEN,
                                  least + PLANS_EVEN_THIRD * PLANS_EVEN};
    int below[LIMITS];
    vector_count_below((size_t)n, reduced, limit, below);
    for (int k = 0; k < LIMITS; k++)
        if (below[k] >= nearest) return limit[k];
    return INFINITY;
}

static bool list_unit(lister *k, listing *p, int u) {
    shortlist *l = k->l;
    const unit *it = &l->g->m->units[u];
    options o = model_options(l->g->m, u);
    double none = k->none_price * (double)it->weight, least, limit;
    const double *reduced = unit_costs_of(&p->costs, &k->f, u, &o);
    int n = 0;

    least = vector_least((size_t)o.n, reduced, none);
    limit = choose_limit(reduced, o.n, least, k->nearest);
    assert(o.n <= l->g->n_sites);
    for (int i = 0; i < o.n; i++)
        if (reduced[i] < limit)
            p->near[n++] =
                (ranked){reduced[i] - least,
                         (uint32_t)random_mix((uint64_t)u, (uint64_t)choice_of_option(&o, i)), i};
    n = choose_options(p->near, n, k->nearest);
    if (!reserve(p, p->n + n)) return false;
    for (int i = 0; i < n; i++, p->n++) {
        p->option[p->n] = choice_of_option(&o, p->near[i].option);
        p->cost[p->n] = option_cost(&o, p->near[i].option);
        p->loss[p->n] = p->near[i].loss;
    }
    l->none_loss[u] = none - least;
    l->least[u] = least;
    l->start[u + 1] = n;
    return true;
}

static void list_part(void *context, int i) {
    lister *k = context;
    assert(i >= 0 && i < PLANS_PARTS);
    listing *p = &k->part[i];
    int n_units = k->l->g->n_units, last;
    last = chunk_first(n_units, i + 1, PLANS_PARTS);
    for (int u = chunk_first(n_units, i, PLANS_PARTS); u < last; u++)
        if (!list_unit(k, p, u)) {
            p->status = PLAATS_MEMORY;
            return;
        }
}

static void listing_free(listing *p) {
    free(p->option);
    free(p->cost);
    free(p->loss);
    unit_costs_free(&p->costs);
    free(p->near);
    *p = (listing){0};
}

/* One list after the other. */
static plaats_status join_parts(lister *k, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    shortlist *l = k->l;
    size_t n = 0, at = 0;

    for (int u = 0; u < l->g->n_units; u++) l->start[u + 1] += l->start[u];
    n = (size_t)l->start[l->g->n_units];
    TRY_ALLOC(l->option = zero_alloc(n, sizeof *l->option));
    TRY_ALLOC(l->cost = zero_alloc(n, sizeof *l->cost));
    TRY_ALLOC(l->loss = zero_alloc(n, sizeof *l->loss));
    for (int i = 0; i < PLANS_PARTS; i++) {
        listing *p = &k->part[i];
        for (int32_t e = 0; e < p->n; e++, at++) {
            l->option[at] = p->option[e];
            l->cost[at] = p->cost[e];
            l->loss[at] = p->loss[e];
        }
        listing_free(p);
    }
    assert(at == n);
done:
    return st;
}

static plaats_status list_units(lister *k, int threads, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    size_t sites = (size_t)k->l->g->n_sites;

    for (int i = 0; i < PLANS_PARTS; i++) {
        listing *p = &k->part[i];
        TRY(unit_costs_build(k->l->g, &p->costs, error));
        TRY_ALLOC(p->near = zero_alloc(sites, sizeof *p->near));
    }
    parallel_for(PLANS_PARTS, list_part, k, threads);
    for (int i = 0; i < PLANS_PARTS; i++)
        if (k->part[i].status != PLAATS_OK) TRY(fail_memory(error));
    TRY(join_parts(k, error));
done:
    for (int i = 0; i < PLANS_PARTS; i++) listing_free(&k->part[i]);
    return st;
}

static int by_loss(const void *a, const void *b) {
    const suitor *x = a, *y = b;
    if (x->loss != y->loss) return x->loss < y->loss ? -1 : 1;
    return x->unit - y->unit;
}

/* Where an option has its unit in a week: the number of the place, or NONE. */
static int place_of(const shortlist *l, choice c, int week) {
    int32_t site = choice_site(c, week);
    return site == NONE ? NONE : shortlist_place(l, site, week);
}

static void count_suitors(const shortlist *l, int n_places) {
    int32_t *start = l->suit_start;
    for (int w = 0; w < CHOICE_WEEKS; w++)
        for (int32_t i = 0; i < l->start[l->g->n_units]; i++) {
            int place = place_of(l, l->option[i], w);
            if (place != NONE) start[place + 1]++;
        }
    for (int j = 0; j < n_places; j++) start[j + 1] += start[j];
}

/* `end`: per place, where its next suitor goes. */
static void fill_suitors(const shortlist *l, int32_t *end) {
    for (int w = 0; w < CHOICE_WEEKS; w++)
        for (int u = 0; u < l->g->n_units; u++)
            for (int32_t i = l->start[u]; i < l->start[u + 1]; i++) {
                int place = place_of(l, l->option[i], w);
                if (place != NONE) l->suitors[end[place]++] = (suitor){u, (float)l->loss[i]};
            }
}

/* The lists turned round: by place. */
static plaats_status list_suitors(shortlist *l, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int n_places = CHOICE_WEEKS * l->g->n_sites;
    int32_t *start, *end = NULL;

    TRY_ALLOC(l->suit_start = zero_alloc((size_t)n_places + 1, sizeof *l->suit_start));
    count_suitors(l, n_places);
    start = l->suit_start;
    TRY_ALLOC(l->suitors = zero_alloc((size_t)start[n_places], sizeof *l->suitors));
    TRY_ALLOC(end = zero_alloc((size_t)n_places, sizeof *end));
    for (int j = 0; j < n_places; j++) end[j] = start[j];
    fill_suitors(l, end);
    for (int j = 0; j < n_places; j++) {
        assert(end[j] == start[j + 1]);
        qsort(l->suitors + start[j], (size_t)(start[j + 1] - start[j]), sizeof(suitor), by_loss);
    }
done:
    free(end);
    return st;
}

static bool has_price(const shortlist *l, int row) {
    return l->g->m->rows[row].site != NONE && l->row_price[row] > PLANS_NO_PRICE;
}

static int place_of_row(const shortlist *l, const model_row *row) {
    return shortlist_place(l, row->site, row->week);
}

static plaats_status list_priced(shortlist *l, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const model *m = l->g->m;
    int n_places = CHOICE_WEEKS * m->n_sites;
    int32_t *start;

    TRY_ALLOC(l->priced_start = zero_alloc((size_t)n_places + 1, sizeof *l->priced_start));
    TRY_ALLOC(l->priced_row = zero_alloc((size_t)m->n_rows, sizeof *l->priced_row));
    start = l->priced_start;
    for (int i = 0; i < m->n_rows; i++)
        if (has_price(l, i)) start[place_of_row(l, &m->rows[i])]++;
    for (int j = 0, n = 0; j <= n_places; j++) {
        n += start[j];
        start[j] = n; /* the end, counted down to the start below */
    }
    for (int i = m->n_rows - 1; i >= 0; i--)
        if (has_price(l, i)) l->priced_row[--start[place_of_row(l, &m->rows[i])]] = i;
done:
    return st;
}

plaats_status shortlist_build(const grid *g, const double *row_price, double none_price,
                              int nearest, int threads, shortlist *l, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    lister k = {.l = l, .none_price = none_price, .nearest = nearest};

    assert(row_price != NULL && nearest >= 1 && threads >= 0);
    *l = (shortlist){.g = g};
    TRY(field_build(g, &k.f, error));
    TRY_ALLOC(l->start = zero_alloc((size_t)g->n_units + 1, sizeof *l->start));
    TRY_ALLOC(l->none_loss = zero_alloc((size_t)g->n_units, sizeof *l->none_loss));
    TRY_ALLOC(l->least = zero_alloc((size_t)g->n_units, sizeof *l->least));
    TRY_ALLOC(l->row_price = zero_alloc((size_t)g->m->n_rows, sizeof *l->row_price));
    for (int i = 0; i < g->m->n_rows; i++) l->row_price[i] = row_price[i];
    field_set(&k.f, row_price);
    TRY(list_units(&k, threads, error));
    TRY(list_suitors(l, error));
    TRY(list_priced(l, error));
done:
    field_free(&k.f);
    if (st != PLAATS_OK) shortlist_free(l);
    return st;
}

void shortlist_free(shortlist *l) {
    free(l->start);
    free(l->option);
    free(l->cost);
    free(l->loss);
    free(l->none_loss);
    free(l->least);
    free(l->row_price);
    free(l->suit_start);
    free(l->suitors);
    free(l->priced_start);
    free(l->priced_row);
    *l = (shortlist){0};
}

double shortlist_loss(const shortlist *l, const state *s, int u) {
    double reduced;
    assert(u >= 0 && u < l->g->n_units);
    if (s->at[u] == CHOICE_NONE) return l->none_loss[u];
    reduced = (double)s->own[u];
    CHOICE_EACH_USE(l->g, u, s->at[u], row, use, { reduced += l->row_price[row] * use; })
    return reduced - l->least[u];
}

/* What the room left in a row is worth. A site with keep_open that is not in use has given up what
 * opening it would be worth at its price. */
static double priced_room(const model_row *row, double price, int64_t load) {
    double opened;
    if (!row_is_open(row)) return price * (double)(row->rhs - load);
    opened = (double)row->points - price * (double)row->beds;
    return (load > 0 ? opened : 0) - fmin(0, opened) +
           (load > 0 ? price * (double)(row->beds - load) : 0);
}

double shortlist_stake(const shortlist *l, const state *s, int32_t site, int week) {
    double sum = 0;
    assert(site == NONE || (site >= 0 && site < l->g->n_sites));
    assert(week >= 0 && week < CHOICE_WEEKS);
    for (int32_t u = state_first(s, site, week); u != NONE; u = state_next(s, u, week))
        sum += shortlist_loss(l, s, u);
    if (site == NONE) return sum;
    int place = shortlist_place(l, site, week);
    for (int32_t i = l->priced_start[place]; i < l->priced_start[place + 1]; i++) {
        int32_t row = l->priced_row[i];
        sum += priced_room(&s->g->m->rows[row], l->row_price[row], s->load[row]);
    }
    return sum;
}
