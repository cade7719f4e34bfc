/* Enters every household into the books, and adds them up. */
#include "plan/ledger.h"

#include "base/checked.h"
#include "instance/distance.h"
#include "plan/reasons.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define DURABLE_FROM 50 /* percent: person-weeks at such sites are durable in the totals */

static plaats_status too_large(plaats_error *error) {
    return fail(error, PLAATS_INPUT, "points too large: the cost of the plan reaches 2^63");
}

/* Where the household comes from, into a site it did not live at; NONE: no journey. */
static int journey_from(const household *h, int j, came_from from) {
    if (from.site != NONE) return from.site != j ? from.site : NONE;
    return from.arriving ? h->from : NONE;
}

/* NONE also where neither a rule nor a weight asks for the distance. */
static int64_t journey_km(const plaats_instance *in, const household *h, int j, came_from from) {
    int start = journey_from(h, j, from);
    bool needed = in->weights.km > 0 || h->max_km != NONE;
    return start != NONE && needed ? distance_km(in, start, j) : NONE;
}

static bool add_stay(ledger *l, const stay_cost *c) {
    bool bad = add_overflows(&l->parts.stay, c->stay);
    bad |= add_overflows(&l->parts.near, c->near);
    bad |= add_overflows(&l->parts.wishes, c->wishes);
    bad |= add_overflows(&l->parts.misfit, c->misfit);
    bad |= add_overflows(&l->parts.overstay, c->overstay);
    bad |= add_overflows(&l->parts.move, c->move);
    bad |= add_overflows(&l->parts.school_move, c->school_move);
    bad |= add_overflows(&l->parts.km, c->km);
    return !bad;
}

static bool enter_placed(ledger *l, ledger_entry *e) {
    assert(e->site >= 0 && e->site < l->model->instance->n_sites);
    const plaats_instance *in = l->model->instance;
    const household *h = &in->households[e->household];
    came_from from = eligible_came_from_first(in, h);
    bool misfit = eligible(in, e->household, e->site, 0, from).misfit;
    stay_cost c = cost_of_stay(in, e->household, e->site, 0, from, misfit);
    e->moved = from.site != NONE && from.site != e->site;
    e->km = journey_km(in, h, e->site, from);
    e->points = stay_cost_total(&c);
    if (add_overflows(&l->parts.keep, model_keep_cost(l->model, e->household, e->site)))
        return false;
    l->placed += h->people.n;
    if (e->moved) {
        l->moves++;
        l->persons_moved += h->people.n;
        l->children_moved += household_count_children(in, h);
    }
    if (in->sites[e->site].durable >= DURABLE_FROM)
        l->durable += h->people.n;
    else
        l->temporary += h->people.n;
    return add_stay(l, &c);
}

static bool enter_unplaced(ledger *l, ledger_entry *e) {
    assert(e->site == NONE);
    const household *h = &l->model->instance->households[e->household];
    e->km = NONE;
    l->unplaced += h->people.n;
    if (add_overflows(&l->parts.keep, model_keep_cost(l->model, e->household, NONE))) return false;
    return !add_product_overflows(&e->points, h->people.n * h->priority,
                                  l->model->unplaced_points) &&
           !add_overflows(&l->parts.unplaced, e->points);
}

static int by_household_id(const void *a, const void *b) {
    return strcmp(((const ledger_entry *)a)->id, ((const ledger_entry *)b)->id);
}

static plaats_status enter_households(ledger *l, plaats_error *error) {
    const plaats_instance *in = l->model->instance;
    l->entries = zero_alloc((size_t)in->n_households, sizeof *l->entries);
    if (l->entries == NULL) return fail_memory(error);
    for (int h = 0; h < in->n_households; h++) {
        if (!needs_bed(in, &in->households[h], 0)) continue;
        ledger_entry *e = &l->entries[l->n_entries++];
        *e = (ledger_entry){.household = h, .id = in->households[h].id, .site = l->who.site_of[h]};
        if (!(e->site != NONE ? enter_placed(l, e) : enter_unplaced(l, e))) return too_large(error);
    }
    qsort(l->entries, (size_t)l->n_entries, sizeof *l->entries, by_household_id);
    return PLAATS_OK;
}

/* What sites and quotas add, and the sum. */
static plaats_status add_up(ledger *l, plaats_error *error) {
    const plaats_instance *in = l->model->instance;
    bool bad = false;
    for (int j = 0; j < in->n_sites; j++)
        if (l->who.persons[j] > 0)
            bad |= add_overflows(&l->parts.keep_open, in->sites[j].keep_open);
    for (int i = 0; i < in->n_quotas; i++)
        bad |= add_product_overflows(&l->parts.quotas, in->quotas[i].points,
                                     census_outside(&l->who, i));
    int128 sum = 0;
#define X(name) sum += l->parts.name;
    COST_PARTS(X)
#undef X
    l->cost = (int64_t)sum;
    return bad || l->cost != sum ? too_large(error) : PLAATS_OK;
}

plaats_status ledger_make(const model *m, const choice *at, ledger *out, plaats_error *error) {
    assert(m != NULL && at != NULL && out != NULL);
    plaats_status st = PLAATS_OK;
    int *site_of = NULL;
    memset(out, 0, sizeof *out);
    out->model = m;
    out->persons = m->instance->n_people;
    TRY_ALLOC(site_of = reasons_sites_of_households(m, at));
    TRY(census_take(m->instance, 0, site_of, &out->who, error));
    TRY(enter_households(out, error));
    TRY(add_up(out, error));
done:
    free(site_of);
    if (st != PLAATS_OK) ledger_free(out);
    return st;
}

void ledger_free(ledger *l) {
    free(l->entries);
    census_free(&l->who);
    memset(l, 0, sizeof *l);
}
