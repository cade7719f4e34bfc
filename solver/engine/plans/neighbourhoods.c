/* Large neighbourhood search (P. Shaw, 1998): neighbourhoods solved as small programs, in batches.
 * Those of a batch share no site, so they can be solved on any number of threads and applied one
 * after the other: the result is the same.
 *
 * Seeds are the sites where most is at stake, and people unplaced. Where a neighbourhood gains
 * nothing the next one there is larger, until it has been tried so often that others come first. */
#include "base/clock.h"
#include "base/parallel.h"
#include "engine/plans/improve.h"
#include "engine/plans/neighbourhood.h"
#include "engine/plans/neighbourhood_parts.h"
#include "engine/plans/plans_tuning.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

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
    int n_formed;
    neighbourhood formed[PLANS_BATCH];
    int32_t seed[PLANS_BATCH]; /* site, NONE: somebody unplaced */
    int64_t nodes[PLANS_BATCH];
    choice *at[PLANS_BATCH]; /* result, per unit of the part */
    mip_outcome outcome[PLANS_BATCH];
    int64_t steps[PLANS_BATCH]; /* of work */
    plaats_status status[PLANS_BATCH];
} search;

/* Asked on any thread. */
static bool must_end(void *r_) {
    const run *r = r_;
    return (r->settings->stop != NULL && *r->settings->stop != 0) || clock_seconds() >= r->deadline;
}

/* Where most is at stake and least was tried in vain; not always the same. */
static int32_t draw_site(const search *x) {
    int32_t best = NONE;
    double most = 0;
    for (int j = 0; j < x->s->g->n_sites; j++) {
        double value;
        if (x->maker.taken_site[j] || x->failures[j] >= x->patience || x->stake[j] < PLANS_STAKE)
            continue;
        value = x->stake[j] / (1 + x->failures[j]) *
                (PLANS_STAKE_SURE + neighbourhood_random_share(x->random));
        if (value > most) {
            most = value;
            best = j;
        }
    }
    return best;
}

static int32_t next_unplaced(const search *x, int32_t u) {
    return state_next(x->s, u, x->maker.week);
}

/* Of a few drawn from those unplaced the one that loses most by it. */
static int32_t draw_unplaced(const search *x) {
    int32_t best = NONE, u = state_first(x->s, NONE, x->maker.week);
    uint64_t steps = random_below(x->random, PLANS_UNPLACED_SKIPPED);
    while (u != NONE && steps-- > 0 && next_unplaced(x, u) != NONE) u = next_unplaced(x, u);
    for (int i = 0; u != NONE && i < PLANS_UNPLACED_DRAWN; i++, u = next_unplaced(x, u))
        if (!x->maker.taken_unit[u] && x->l->none_loss[u] >= PLANS_STAKE &&
            (best == NONE || x->l->none_loss[u] > x->l->none_loss[best]))
            best = u;
    return best;
}

/* Somebody unplaced is tried again as long as that helps now and then. */
static bool may_place(const search *x) {
    return x->unplaced_failures < PLANS_PATIENCE_UNPLACED * x->patience;
}

/* The next seed of a batch; false if there is none. */
static bool draw_seed(const search *x, bool for_unplaced, int32_t *site, int32_t *unit) {
    *unit = NONE;
    *site = NONE;
    if (for_unplaced && may_place(x) && (*unit = draw_unplaced(x)) != NONE) return true;
    *site = draw_site(x);
    return *site != NONE;
}

/* How often it has been tried there in vain. */
static int tried(const search *x, int32_t site) {
    if (site != NONE) return x->failures[site];
    return x->unplaced_failures / PLANS_UNPLACED_FAILURES % x->patience;
}

/* Forms the next neighbourhood of the batch around a seed. */
static plaats_status form_next(search *x, int32_t site, int32_t unit, model_goal goal,
                               plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int i = x->n_formed, failures = tried(x, site);
    int choices = PLANS_CHOICES + PLANS_CHOICES_MORE * failures;
    neighbourhood *a;

    assert(i < PLANS_BATCH);
    a = &x->formed[i];
    TRY(neighbourhood_form(&x->maker, site, unit, PLANS_SITES + failures / PLANS_SITES_FAILURES,
                           choices, x->stake, a, error));
    a->p.goal = goal;
    x->seed[i] = site;
    x->nodes[i] = choices * x->effort;
    free(x->at[i]);
    TRY_ALLOC(x->at[i] = zero_alloc((size_t)a->p.n_units, sizeof(choice)));
    x->n_formed++;
done:
    return st;
}

static plaats_status form_batch(search *x, bool placing, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    model_goal goal = x->r->first && run_weight_settled(x->r) ? GOAL_REST : GOAL_COST;
    int one_in = placing ? PLANS_UNPLACED_WHEN_PLACING : PLANS_UNPLACED_ELSE;

    neighbourhood_maker_clear(&x->maker);
    for (x->n_formed = 0; x->n_formed < PLANS_BATCH;) {
        int32_t site, unit;
        if (!draw_seed(x, x->n_formed % one_in == 0, &site, &unit)) break;
        TRY(form_next(x, site, unit, goal, error));
    }
done:
    return st;
}

static void solve_one(void *x_, int i) {
    search *x = x_;
    assert(i >= 0 && i < x->n_formed);
    submip_result result = {.at = x->at[i], .outcome = MIP_NOTHING};
    mip_limits limits = {
        .seconds = INFINITY, .nodes = x->nodes[i], .over = must_end, .context = x->r};
    x->status[i] = PLAATS_OK;
    if (x->formed[i].p.n_units > 0)
        x->status[i] = submip_solve(&x->formed[i].p, x->s, &limits, true, &result, NULL);
    x->outcome[i] = result.outcome;
    x->steps[i] = result.steps;
}

/* Takes over what was found, if it still holds and helps: quotas are shared by all sites. */
static bool apply(search *x, int i) {
    neighbourhood *a = &x->formed[i];
    int64_t before = x->s->cost;
    if (x->outcome[i] != MIP_OPTIMAL && x->outcome[i] != MIP_FEASIBLE) return false;
    if (!submip_apply(&a->p, x->s, x->at[i])) return false;
    if (x->s->cost > before) (void)submip_apply(&a->p, x->s, x->at[i]);
    if (x->s->cost >= before) return false;
    for (int k = 0; k < a->n_sites; k++)
        x->stake[a->sites[k]] = shortlist_stake(x->l, x->s, a->sites[k], x->maker.week);
    return true;
}

static plaats_status solve_batch(search *x, plaats_error *error) {
    parallel_for(x->n_formed, solve_one, x, x->r->threads);
    for (int i = 0; i < x->n_formed; i++) {
        bool gained;
        if (x->status[i] != PLAATS_OK) return fail_memory(error);
        run_spend(x->r, x->steps[i] + PLANS_FORM_STEPS);
        gained = apply(x, i);
        if (x->seed[i] == NONE)
            x->unplaced_failures = gained ? 0 : x->unplaced_failures + 1;
        else if (!gained)
            x->failures[x->seed[i]]++;
        for (int k = 0; k < x->formed[i].n_sites && gained; k++)
            x->failures[x->formed[i].sites[k]] = 0;
        x->r->iterations++;
    }
    run_offer(x->r, x->s->at, x->s->cost);
    return PLAATS_OK;
}

/* A neighbourhood that is nearly everything is better left to branch and cut. */
static int patience_for(int n_units) {
    int most = (PLANS_CHOICES_PER_UNIT * n_units - PLANS_CHOICES) / PLANS_CHOICES_MORE;
    return most < 1 ? 1 : most < PLANS_PATIENCE ? most : PLANS_PATIENCE;
}

static void start_over(search *x, int effort) {
    x->cost_then = x->s->cost;
    x->effort = effort;
    x->unplaced_failures = 0;
    for (int j = 0; j < x->s->g->n_sites; j++) {
        x->failures[j] = 0;
        x->stake[j] = shortlist_stake(x->l, x->s, j, x->maker.week);
    }
}

/* When all sites are left alone: once more from the start, with larger trees, if the last time
 * gained anything. */
static bool try_harder(search *x) {
    if (x->s->cost >= x->cost_then || x->effort >= PLANS_EFFORT_MOST) return false;
    start_over(x, x->effort * PLANS_EFFORT_MORE);
    return true;
}

static void search_free(search *x) {
    neighbourhood_maker_free(&x->maker);
    free(x->stake);
    free(x->failures);
    for (int i = 0; i < PLANS_BATCH; i++) {
        neighbourhood_free(&x->formed[i]);
        free(x->at[i]);
    }
}

static plaats_status search_build(search *x, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const grid *g = x->s->g;

    x->patience = patience_for(g->n_units);
    TRY(neighbourhood_maker_build(x->l, x->s, x->random, &x->maker, error));
    TRY_ALLOC(x->stake = zero_alloc((size_t)g->n_sites, sizeof *x->stake));
    TRY_ALLOC(x->failures = zero_alloc((size_t)g->n_sites, sizeof *x->failures));
    start_over(x, 1);
    for (int i = 0; i < PLANS_BATCH; i++) TRY(neighbourhood_build(g, &x->formed[i], error));
done:
    return st;
}

/* Is too little gained for the work? A gain counts if it is more than a share of the gap,
 * people unplaced aside. */
static bool stalls(search *x) {
    const run *r = x->r;
    int64_t gap = run_gap(r);
    if (r->first) gap %= r->m->unplaced_points;
    if (x->cost_before - r->best_cost > gap / PLANS_STALL_GAIN) {
        x->cost_before = r->best_cost;
        x->work_before = r->work;
    }
    return r->work - x->work_before >
           PLANS_STALL_STEPS + (int64_t)PLANS_STALL_STEPS_PER_UNIT * x->s->g->n_units;
}

/* From one plan on, until the purpose is reached. */
static plaats_status search_around(search *x, neighbourhood_purpose purpose, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    run *r = x->r;
    x->cost_before = r->best_cost;
    x->work_before = r->work;
    while (!run_over(r) && !run_good_enough(r)) {
        bool placing =
            r->first ? !run_weight_settled(r) : state_first(x->s, NONE, x->maker.week) != NONE;
        if (purpose == UNTIL_PLACED && (!placing || !may_place(x))) break;
        if (purpose == UNTIL_FRUITLESS && stalls(x)) break;
        TRY(form_batch(x, placing, error));
        if (x->n_formed == 0 && (purpose == BRIEFLY || !try_harder(x))) break;
        TRY(solve_batch(x, error));
    }
done:
    return st;
}

plaats_status improve_by_neighbourhoods(run *r, const shortlist *l, state *s,
                                        neighbourhood_purpose purpose, random_stream *random,
                                        plaats_error *error) {
    plaats_status st = PLAATS_OK;
    search x = {.r = r, .l = l, .s = s, .random = random};

    assert(l->g == s->g && s->g == &r->g);
    r->step = "improve";
    TRY(search_build(&x, error));
    TRY(search_around(&x, purpose, error));
done:
    search_free(&x);
    return st;
}
