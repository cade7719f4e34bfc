/* Neighbourhoods, solved in batches. Those of a batch share no site, so they can be solved on any
 * number of threads and applied one after the other: the result is the same.
 *
 * Seeds are the sites where most is at stake. Where a neighbourhood gains nothing the next one
 * there is larger, until it has been tried so often that others come first. */
#include "base/clock.h"
#include "base/parallel.h"
#include "engine/plans/improve.h"
#include "engine/plans/neighbourhood.h"

#include <math.h>
#include <stdlib.h>

#define BATCH 8
#define FRUITLESS 24 /* failures around a site after which it is left alone */
#define DRAWN 8      /* people unplaced compared when one is drawn */
#define MOST_EFFORT 8
#define SMALLEST 60         /* choices in a neighbourhood at first */
#define GROWTH 20           /* more after every failure */
#define STEPS_TO_FORM 20000 /* of work: units around the seed, looked at */
#define FEW_STEPS 50000000  /* of work in which something must be gained, */
#define STEPS_PER_UNIT 1000 /* and for each unit */

typedef struct {
    run *r;
    const shortlist *l;
    state *s;
    random_stream *random;
    neighbourhood_maker maker;
    double *stake; /* per site */
    int *failures; /* per site */
    int unplaced_failures;
    int64_t cost_then;                /* when the last round began */
    int64_t cost_before, work_before; /* when something was gained last */
    int effort;                       /* nodes are so many times what they were at first */
    int patience;                     /* failures after which a site is left alone here */
    int n_hoods;
    neighbourhood hoods[BATCH];
    int seed[BATCH]; /* site, NONE: somebody unplaced */
    int64_t nodes[BATCH];
    int32_t *at[BATCH]; /* result, per unit of the part */
    mip_outcome outcome[BATCH];
    int64_t steps[BATCH]; /* of work */
    plaats_status status[BATCH];
} search;

/* Asked on any thread. */
static bool must_end(void *r_) {
    const run *r = r_;
    return (r->settings->stop != NULL && *r->settings->stop != 0) || clock_seconds() >= r->deadline;
}

static double random_share(random_stream *r) {
    return (double)(random_next(r) >> 11) * 0x1p-53;
}

/* Where most is at stake and least was tried in vain; not always the same. */
static int draw_site(const search *h) {
    int best = NONE;
    double most = 0;
    for (int j = 0; j < h->s->g->n_sites; j++) {
        double value;
        if (h->maker.taken_site[j] || h->failures[j] >= h->patience || h->stake[j] < 0.5) continue;
        value = h->stake[j] / (1 + h->failures[j]) * (0.3 + random_share(h->random));
        if (value > most) {
            most = value;
            best = j;
        }
    }
    return best;
}

/* Of a few drawn from those unplaced the one that loses most by it. */
static int draw_unplaced(const search *h) {
    int best = NONE;
    int32_t u = h->s->first[h->s->g->n_sites];
    uint64_t steps = random_below(h->random, 256);
    while (u != NONE && steps-- > 0 && h->s->next[u] != NONE) u = h->s->next[u];
    for (int i = 0; u != NONE && i < DRAWN; i++, u = h->s->next[u])
        if (!h->maker.taken_unit[u] && h->l->none_loss[u] >= 0.5 &&
            (best == NONE || h->l->none_loss[u] > h->l->none_loss[best]))
            best = u;
    return best;
}

/* Somebody unplaced is tried again as long as that helps now and then. */
static bool may_place(const search *h) {
    return h->unplaced_failures < 16 * h->patience;
}

/* The next seed of a batch; false if there is none. */
static bool draw_seed(const search *h, bool for_unplaced, int *site, int *unit) {
    *unit = NONE;
    *site = NONE;
    if (for_unplaced && may_place(h) && (*unit = draw_unplaced(h)) != NONE) return true;
    *site = draw_site(h);
    return *site != NONE;
}

static plaats_status form_batch(search *h, bool placing, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    bool rest = h->r->first && run_weight_settled(h->r);

    neighbourhood_maker_clear(&h->maker);
    for (h->n_hoods = 0; h->n_hoods < BATCH;) {
        neighbourhood *a = &h->hoods[h->n_hoods];
        int site, unit, tried;
        if (!draw_seed(h, h->n_hoods % (placing ? 2 : 4) == 0, &site, &unit)) break;
        tried = unit == NONE ? h->failures[site] : h->unplaced_failures / 4 % h->patience;
        TRY(neighbourhood_form(&h->maker, site, unit, 3 + tried / 3, SMALLEST + GROWTH * tried,
                               h->stake, a, error));
        a->p.goal = rest ? GOAL_REST : GOAL_COST;
        h->seed[h->n_hoods] = site;
        h->nodes[h->n_hoods] = (SMALLEST + GROWTH * tried) * h->effort;
        free(h->at[h->n_hoods]);
        TRY_ALLOC(h->at[h->n_hoods] = zero_alloc((size_t)a->p.n_units, sizeof(int32_t)));
        h->n_hoods++;
    }
done:
    return st;
}

static void solve_one(void *h_, int i) {
    search *h = h_;
    submip_result result = {.at = h->at[i], .outcome = MIP_NOTHING};
    mip_limits limits = {
        .seconds = INFINITY, .nodes = h->nodes[i], .over = must_end, .context = h->r};
    h->status[i] = PLAATS_OK;
    if (h->hoods[i].p.n_units > 0)
        h->status[i] = submip_solve(&h->hoods[i].p, h->s, &limits, true, &result, NULL);
    h->outcome[i] = result.outcome;
    h->steps[i] = result.steps;
}

/* Takes over what was found, if it still holds and helps: quotas are shared by all sites. */
static bool apply(search *h, int i) {
    neighbourhood *a = &h->hoods[i];
    int64_t before = h->s->cost;
    if (h->outcome[i] != MIP_OPTIMAL && h->outcome[i] != MIP_FEASIBLE) return false;
    if (!submip_apply(&a->p, h->s, h->at[i])) return false;
    if (h->s->cost > before) (void)submip_apply(&a->p, h->s, h->at[i]);
    if (h->s->cost >= before) return false;
    for (int k = 0; k < a->n_sites; k++)
        h->stake[a->sites[k]] = shortlist_stake(h->l, h->s, a->sites[k]);
    return true;
}

static plaats_status solve_batch(search *h, plaats_error *error) {
    parallel_for(h->n_hoods, solve_one, h, h->r->threads);
    for (int i = 0; i < h->n_hoods; i++) {
        bool gained;
        if (h->status[i] != PLAATS_OK) return fail_memory(error);
        run_spend(h->r, h->steps[i] + STEPS_TO_FORM);
        gained = apply(h, i);
        if (h->seed[i] == NONE)
            h->unplaced_failures = gained ? 0 : h->unplaced_failures + 1;
        else if (!gained)
            h->failures[h->seed[i]]++;
        for (int k = 0; k < h->hoods[i].n_sites && gained; k++)
            h->failures[h->hoods[i].sites[k]] = 0;
        h->r->iterations++;
    }
    run_offer(h->r, h->s->at, h->s->cost);
    return PLAATS_OK;
}

/* A neighbourhood that is nearly everything is better left to the core. */
static int patience_for(int n_units) {
    int most = (2 * n_units - SMALLEST) / GROWTH;
    return most < 1 ? 1 : most < FRUITLESS ? most : FRUITLESS;
}

static void tree_start_over(search *h, int effort) {
    h->cost_then = h->s->cost;
    h->effort = effort;
    h->unplaced_failures = 0;
    for (int j = 0; j < h->s->g->n_sites; j++) {
        h->failures[j] = 0;
        h->stake[j] = shortlist_stake(h->l, h->s, j);
    }
}

/* When all sites are left alone: once more from the start, with larger trees, if the last time
 * gained anything. */
static bool try_harder(search *h) {
    if (h->s->cost >= h->cost_then || h->effort >= MOST_EFFORT) return false;
    tree_start_over(h, h->effort * 2);
    return true;
}

static void search_free(search *h) {
    neighbourhood_maker_free(&h->maker);
    free(h->stake);
    free(h->failures);
    for (int i = 0; i < BATCH; i++) {
        neighbourhood_free(&h->hoods[i]);
        free(h->at[i]);
    }
}

static plaats_status search_build(search *h, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const grid *g = h->s->g;

    h->patience = patience_for(g->n_units);
    TRY(neighbourhood_maker_build(h->l, h->s, h->random, &h->maker, error));
    TRY_ALLOC(h->stake = zero_alloc((size_t)g->n_sites, sizeof *h->stake));
    TRY_ALLOC(h->failures = zero_alloc((size_t)g->n_sites, sizeof *h->failures));
    tree_start_over(h, 1);
    for (int i = 0; i < BATCH; i++) TRY(neighbourhood_build(g, &h->hoods[i], error));
done:
    return st;
}

/* Is too little gained for the work? A gain that counts is a hundredth of the gap, people unplaced
 * aside. */
static bool stalls(search *h) {
    const run *r = h->r;
    int64_t gap = run_gap(r);
    if (r->first) gap %= r->m->unplaced_points;
    if (h->cost_before - r->best_cost > gap / 100) {
        h->cost_before = r->best_cost;
        h->work_before = r->work;
    }
    return r->work - h->work_before > FEW_STEPS + (int64_t)STEPS_PER_UNIT * h->s->g->n_units;
}

/* From one plan on, until the purpose is reached. */
static plaats_status search_around(search *h, neighbourhood_purpose purpose, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    run *r = h->r;
    h->cost_before = r->best_cost;
    h->work_before = r->work;
    while (!run_over(r) && !run_good_enough(r)) {
        bool placing = r->first ? !run_weight_settled(r) : h->s->first[h->s->g->n_sites] != NONE;
        if (purpose == UNTIL_PLACED && (!placing || !may_place(h))) break;
        if (purpose == UNTIL_FRUITLESS && stalls(h)) break;
        TRY(form_batch(h, placing, error));
        if (h->n_hoods == 0 && (purpose == BRIEFLY || !try_harder(h))) break;
        TRY(solve_batch(h, error));
    }
done:
    return st;
}

plaats_status improve_by_neighbourhoods(run *r, const shortlist *l, state *s,
                                        neighbourhood_purpose purpose, random_stream *random,
                                        plaats_error *error) {
    plaats_status st = PLAATS_OK;
    search h = {.r = r, .l = l, .s = s, .random = random};

    r->step = "improve";
    TRY(search_build(&h, error));
    TRY(search_around(&h, purpose, error));
done:
    search_free(&h);
    return st;
}
