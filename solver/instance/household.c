/* Facts of households, persons, sites and quotas that rules and costs are made of. */
#include "instance/household.h"

#include "instance/eligible.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { ADULT_AGE = 18 };

/* ---- Counting, once ------------------------------------------------------------------------- */

typedef struct {
    need *needs; /* of the household at hand; room for all services */
    int n_needs;
    int *position;    /* per service: where it stands in `needs`; NONE if it does not */
    int *last_person; /* per service: the last person counted for it; NONE at first */
} need_tally;

static void count_need(need_tally *t, int service, int person) {
    if (t->last_person[service] == person) return; /* a need counts once however it arises */
    t->last_person[service] = person;
    if (t->position[service] == NONE) {
        t->position[service] = t->n_needs;
        t->needs[t->n_needs++] = (need){.service = service, .persons = 0};
    }
    t->needs[t->position[service]].persons++;
}

static void count_person(const plaats_instance *in, int person_index, household_counts *counts,
                         need_tally *t) {
    const person *p = &in->people[person_index];
    counts->children += p->age < ADULT_AGE;
    counts->school += in->rules.school_from <= p->age && p->age <= in->rules.school_to;
    for (int i = 0; i < p->needs.n; i++) count_need(t, p->needs.at[i], person_index);
    for (int i = 0; i < in->rules.n_services_by_age; i++) {
        const service_by_age *rule = &in->rules.services_by_age[i];
        if (rule->from <= p->age && p->age <= rule->to) count_need(t, rule->service, person_index);
    }
}

static bool count_household(plaats_instance *in, const household *h, household_counts *counts,
                            need_tally *t) {
    t->n_needs = 0;
    for (int i = 0; i < h->people.n; i++) count_person(in, h->people.at[i], counts, t);
    for (int i = 0; i < t->n_needs; i++) t->position[t->needs[i].service] = NONE;
    if (t->n_needs == 0) return true;

    need *kept = arena_alloc(&in->memory, (size_t)t->n_needs, sizeof *kept);
    if (kept == NULL) return false;
    memcpy(kept, t->needs, (size_t)t->n_needs * sizeof *kept);
    counts->needs = kept;
    counts->n_needs = t->n_needs;
    return true;
}

plaats_status household_counts_make(plaats_instance *in, plaats_error *error) {
    assert(in->counts == NULL);
    plaats_status st = PLAATS_OK;
    size_t services = (size_t)in->n_services;
    need_tally t = {.needs = zero_alloc(services, sizeof(need)),
                    .position = zero_alloc(services, sizeof(int)),
                    .last_person = zero_alloc(services, sizeof(int))};
    TRY_ALLOC(t.needs);
    TRY_ALLOC(t.position);
    TRY_ALLOC(t.last_person);
    TRY_ALLOC(in->counts = arena_alloc(&in->memory, (size_t)in->n_households, sizeof *in->counts));
    for (size_t s = 0; s < services; s++) t.position[s] = t.last_person[s] = NONE;
    for (int i = 0; i < in->n_households; i++) {
        if (count_household(in, &in->households[i], &in->counts[i], &t)) continue;
        st = fail_memory(error);
        goto done;
    }
done:
    free(t.needs);
    free(t.position);
    free(t.last_person);
    return st;
}

int household_count_children(const plaats_instance *in, const household *h) {
    return counts_of(in, h)->children;
}

int household_count_school_children(const plaats_instance *in, const household *h) {
    return counts_of(in, h)->school;
}

int household_count_needing(const plaats_instance *in, const household *h, int service) {
    assert(service >= 0 && service < in->n_services);
    const household_counts *counts = counts_of(in, h);
    for (int i = 0; i < counts->n_needs; i++)
        if (counts->needs[i].service == service) return counts->needs[i].persons;
    return 0;
}

/* ---- Persons -------------------------------------------------------------------------------- */

static bool is_in(const indices *list, int value) {
    for (int i = 0; i < list->n; i++)
        if (list->at[i] == value) return true;
    return false;
}

bool person_has_tag(const person *p, int tag) {
    return is_in(&p->tags, tag);
}

int household_count_tagged(const plaats_instance *in, const household *h, int tag) {
    if (tag == NONE) return h->people.n;
    int count = 0;
    for (int i = 0; i < h->people.n; i++)
        count += person_has_tag(&in->people[h->people.at[i]], tag);
    return count;
}

/* ---- Sites, quotas, weeks ------------------------------------------------------------------- */

int64_t steps_value(const steps *s, week w, int64_t before) {
    assert(s != NULL);
    int low = 0; /* steps before `low` are in force by week w, those from `high` on are not */
    int high = s->n;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (s->at[middle].from <= w)
            low = middle + 1;
        else
            high = middle;
    }
    return low == 0 ? before : s->at[low - 1].value;
}

int64_t site_usable_beds(const site *s, week w) {
    return steps_value(&s->beds, w, 0) * s->usable_percent / 100;
}

const site_service *site_find_service(const site *s, int service) {
    for (int i = 0; i < s->n_services; i++)
        if (s->services[i].service == service) return &s->services[i];
    return NULL;
}

static bool same_text(const char *asked, const char *found) {
    return asked == NULL || (found != NULL && strcmp(asked, found) == 0);
}

bool quota_covers(const plaats_instance *in, const quota *q, int site_index) {
    assert(site_index >= 0 && site_index < in->n_sites);
    const site *s = &in->sites[site_index];
    return (q->sites.n == 0 || is_in(&q->sites, site_index)) && same_text(q->kind, s->kind) &&
           same_text(q->province, s->province) && same_text(q->municipality, s->municipality) &&
           (q->site_tag == NONE || is_in(&s->tags, q->site_tag)) &&
           (q->durable_below == NONE || s->durable < q->durable_below);
}

bool rules_is_school_holiday(const plaats_instance *in, week w) {
    for (int i = 0; i < in->rules.n_school_holidays; i++)
        if (in->rules.school_holidays[i] == w) return true;
    return false;
}
