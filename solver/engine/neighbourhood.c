/* Neighbourhoods: the units at a few linked sites choose anew among these sites, all others stay.
 *
 * A seed is a unit that loses much where it is (its site's reduced cost against its best). The
 * linked sites are its own and those it would rather have, then those that units there would
 * rather have. The size adapts: it grows when nothing is gained, so that each program stays worth
 * its while.
 */
#include "engine/improve.h"
#include "engine/part.h"

#include <math.h>
#include <stdlib.h>

#define SMALLEST 40 /* units in a neighbourhood */
#define LARGEST 400
#define NODES 200   /* of GLPK's tree, at first */
#define CHOICES 8   /* per unit and neighbourhood */
#define PATIENCE 60 /* failures in a row, per doubling of the size */

typedef struct {
    run *r;
    const shortlist *l;
    state *s;
    random_stream *random;
    part p;
    int32_t *linked; /* sites of the neighbourhood */
    int n_linked;
    bool *is_linked;     /* per site */
    int32_t *candidates; /* units at the linked sites */
    int32_t *at;         /* result, per unit of the part */
} hood;

/* What a unit loses where it is, at the prices of the shortlist. */
static double loss_now(const hood *h, int u) {
    const shortlist *l = h->l;
    if (h->s->at[u] == NONE) return l->none_loss[u];
    for (int32_t i = l->start[u]; i < l->start[u + 1]; i++)
        if (l->site[i] == h->s->at[u]) return l->loss[i];
    return l->start[u + 1] > l->start[u] ? l->loss[l->start[u + 1] - 1] : 0;
}

/* Every other seed is somebody unplaced, if anybody is: nothing gains more. Else the worst off of
 * a few units drawn at random: where there is most to gain, but not always the same. */
static int draw_seed(const hood *h) {
    int best = 0;
    double most = -1;
    int32_t unplaced = h->s->first[h->s->g->n_sites];
    if (unplaced != NONE && random_below(h->random, 2) == 0) {
        uint64_t steps = random_below(h->random, 64);
        while (steps-- > 0 && h->s->next[unplaced] != NONE) unplaced = h->s->next[unplaced];
        return unplaced;
    }
    for (int i = 0; i < 6; i++) {
        int u = (int)random_below(h->random, (uint64_t)h->s->g->n_units);
        double loss = loss_now(h, u);
        if (loss > most) {
            most = loss;
            best = u;
        }
    }
    return best;
}

static void link_site(hood *h, int32_t site_) {
    if (site_ == NONE || h->is_linked[site_]) return;
    h->is_linked[site_] = true;
    h->linked[h->n_linked++] = site_;
}

static int units_at(const hood *h, int32_t site_, int stop) {
    int n = 0;
    for (int32_t u = h->s->first[site_]; u != NONE && n < stop; u = h->s->next[u]) n++;
    return n;
}

/* Links sites from the seed on until they hold about `size` units. */
static void link_sites(hood *h, int seed, int size) {
    const shortlist *l = h->l;
    int held = 0, done = 0, tries = 0, u = seed;

    for (int i = 0; i < h->n_linked; i++) h->is_linked[h->linked[i]] = false;
    h->n_linked = 0;
    link_site(h, h->s->at[seed]);
    while (held < size && tries++ < 60) {
        int32_t n = l->start[u + 1] - l->start[u];
        if (n > 0) {
            int32_t reach = n < 4 ? n : 4;
            link_site(h, l->site[l->start[u] + (int32_t)random_below(h->random, (uint64_t)reach)]);
        }
        for (; done < h->n_linked; done++) held += units_at(h, h->linked[done], size);
        /* Go on from a unit at one of the linked sites. */
        if (h->n_linked > 0) {
            int32_t at = h->linked[random_below(h->random, (uint64_t)h->n_linked)];
            int32_t v = h->s->first[at];
            uint64_t steps = random_below(h->random, 12);
            while (v != NONE && steps-- > 0 && h->s->next[v] != NONE) v = h->s->next[v];
            if (v != NONE) u = v;
        }
    }
}

/* What a unit could win or lose within the neighbourhood: those with the least at stake stay. */
static double stake(const hood *h, int u) {
    const shortlist *l = h->l;
    double least = INFINITY;
    for (int32_t i = l->start[u]; i < l->start[u + 1]; i++)
        if (h->is_linked[l->site[i]] && l->site[i] != h->s->at[u]) {
            least = l->loss[i];
            break;
        }
    return least - loss_now(h, u);
}

typedef struct {
    double stake;
    int32_t unit;
} staked;

static int by_stake(const void *a, const void *b) {
    const staked *x = a, *y = b;
    if (x->stake != y->stake) return x->stake < y->stake ? -1 : 1;
    return x->unit - y->unit;
}

/* The units that choose: those for which another linked site is nearest, and the seed. */
static int choose_units(hood *h, int seed, int size, staked *pool) {
    int n = 0, chosen = 1;
    for (int i = 0; i < h->n_linked; i++)
        for (int32_t u = h->s->first[h->linked[i]]; u != NONE; u = h->s->next[u])
            if (u != seed) pool[n++] = (staked){stake(h, u), u};
    for (int32_t u = h->s->first[h->s->g->n_sites]; u != NONE; u = h->s->next[u])
        if (u != seed) pool[n++] = (staked){stake(h, u), u};
    qsort(pool, (size_t)n, sizeof *pool, by_stake);
    h->candidates[0] = seed;
    for (int i = 0; i < n && chosen < size && isfinite(pool[i].stake); i++)
        h->candidates[chosen++] = pool[i].unit;
    return chosen;
}

static plaats_status add_unit(hood *h, int32_t u, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const shortlist *l = h->l;
    int n = 0;

    TRY(part_unit(&h->p, u, error));
    TRY(part_choice(&h->p, h->s->at[u], error));
    if (h->s->at[u] != NONE) TRY(part_choice(&h->p, NONE, error));
    for (int32_t i = l->start[u]; i < l->start[u + 1] && n < CHOICES; i++) {
        if (!h->is_linked[l->site[i]] || l->site[i] == h->s->at[u]) continue;
        TRY(part_choice(&h->p, l->site[i], error));
        n++;
    }
done:
    return st;
}

static plaats_status solve_hood(hood *h, int size, staked *pool, bool *gained,
                                plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int n, seed = draw_seed(h);
    part_result result = {.at = h->at};
    mip_limits limits = {.seconds = run_seconds_left(h->r),
                         .nodes = NODES,
                         .over = run_over_callback,
                         .context = h->r};
    int64_t before = h->s->cost;

    *gained = false;
    link_sites(h, seed, size);
    n = choose_units(h, seed, size, pool);
    part_clear(&h->p);
    h->p.goal = GOAL_COST;
    for (int i = 0; i < n; i++) TRY(add_unit(h, h->candidates[i], error));
    TRY(part_solve(&h->p, h->s, &limits, true, &result, error));
    if (result.outcome != MIP_OPTIMAL && result.outcome != MIP_FEASIBLE) goto done;
    if (part_apply(&h->p, h->s, result.at)) *gained = h->s->cost < before;
done:
    return st;
}

static void hood_free(hood *h) {
    part_free(&h->p);
    free(h->linked);
    free(h->is_linked);
    free(h->candidates);
    free(h->at);
}

/* Half of all units is the whole problem, near enough; GLPK takes that as the core. */
static int largest_size(const hood *h) {
    int half = h->s->g->n_units / 2;
    return half < LARGEST ? half : LARGEST;
}

plaats_status improve_by_neighbourhoods(run *r, const shortlist *l, state *s, hood_purpose purpose,
                                        random_stream *random, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    hood h = {.r = r, .l = l, .s = s, .random = random};
    staked *pool = NULL;
    int size = SMALLEST, failures = 0;

    r->step = "improve";
    TRY(part_build(s->g, &h.p, error));
    TRY_ALLOC(h.linked = zero_alloc((size_t)s->g->n_sites, sizeof *h.linked));
    TRY_ALLOC(h.is_linked = zero_alloc((size_t)s->g->n_sites, sizeof *h.is_linked));
    TRY_ALLOC(h.candidates = zero_alloc((size_t)s->g->n_units, sizeof *h.candidates));
    TRY_ALLOC(h.at = zero_alloc((size_t)s->g->n_units, sizeof *h.at));
    TRY_ALLOC(pool = zero_alloc((size_t)s->g->n_units, sizeof *pool));
    while (s->g->n_units > 0 && size <= largest_size(&h) && !run_over(r) && !run_good_enough(r)) {
        bool gained;
        if (purpose == UNTIL_PLACED && run_weight_settled(r)) break;
        TRY(solve_hood(&h, size, pool, &gained, error));
        r->iterations++;
        run_offer(r, s->at, s->cost);
        failures = gained ? 0 : failures + 1;
        if (failures >= PATIENCE) {
            size += size / 2;
            failures = 0;
        }
    }
done:
    hood_free(&h);
    free(pool);
    return st;
}
