/* Facts of households, sites and quotas, worked out once from the instance. */
#include "check/check.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* ---- Directories ------------------------------------------------------------------------- */

static int by_id(const void *a, const void *b) {
    return strcmp(((const check_named *)a)->id, ((const check_named *)b)->id);
}

static plaats_status make_directory(arena *memory, int n,
                                    const char *(*id)(const plaats_instance *in, int i),
                                    const plaats_instance *in, directory *out,
                                    plaats_error *error) {
    out->n = n;
    out->at = arena_alloc(memory, (size_t)n, sizeof *out->at);
    if (out->at == NULL) return fail_memory(error);
    for (int i = 0; i < n; i++) out->at[i] = (check_named){id(in, i), i};
    qsort(out->at, (size_t)n, sizeof *out->at, by_id);
    return PLAATS_OK;
}

int check_find(const directory *d, const char *id) {
    assert(id != NULL);
    if (d->n == 0) return NONE;
    check_named key = {id, 0};
    const check_named *found = bsearch(&key, d->at, (size_t)d->n, sizeof *d->at, by_id);
    return found == NULL ? NONE : found->index;
}

static const char *household_id(const plaats_instance *in, int i) {
    return in->households[i].id;
}
static const char *site_id(const plaats_instance *in, int i) {
    return in->sites[i].id;
}
static const char *quota_id(const plaats_instance *in, int i) {
    return in->quotas[i].id;
}
static const char *service_name(const plaats_instance *in, int i) {
    return in->services[i];
}

static plaats_status make_directories(check_facts *f, plaats_error *error) {
    const plaats_instance *in = f->in;
    plaats_status st = PLAATS_OK;
    arena *memory = &f->memory;
    TRY(make_directory(memory, in->n_households, household_id, in, &f->households, error));
    TRY(make_directory(memory, in->n_sites, site_id, in, &f->sites, error));
    TRY(make_directory(memory, in->n_quotas, quota_id, in, &f->quotas, error));
    TRY(make_directory(memory, in->n_services, service_name, in, &f->services, error));
done:
    return st;
}

/* ---- Small questions --------------------------------------------------------------------- */

static int64_t step_value(const steps *s, week when, int64_t before) {
    int64_t value = before;
    for (int i = 0; i < s->n && s->at[i].from <= when; i++) value = s->at[i].value;
    return value;
}

const site_service *check_listed(const site *s, int service) {
    for (int i = 0; i < s->n_services; i++)
        if (s->services[i].service == service) return &s->services[i];
    return NULL;
}

int64_t check_places(const site_service *s, week when) {
    return s->unlimited ? INT64_MAX : step_value(&s->places, when, 0);
}

int64_t check_quota_max(const quota *q, week when) {
    return step_value(&q->max, when, STEP_NULL);
}

int64_t check_quota_min(const quota *q, week when) {
    return step_value(&q->min, when, STEP_NULL);
}

bool check_carries(const indices *tags, int tag) {
    for (int i = 0; i < tags->n; i++)
        if (tags->at[i] == tag) return true;
    return false;
}

int check_need_from(const check_facts *f, int h) {
    assert(h >= 0 && h < f->in->n_households);
    const household *who = &f->in->households[h];
    if (who->arrives <= f->in->first) return 0;
    int64_t t = (int64_t)who->arrives - f->in->first;
    return t < f->in->weeks ? (int)t : f->in->weeks;
}

int check_need_until(const check_facts *f, int h) {
    const household *who = &f->in->households[h];
    if (who->leaves <= f->in->first) return 0;
    int64_t t = (int64_t)who->leaves - f->in->first;
    return t < f->in->weeks ? (int)t : f->in->weeks;
}

/* ---- Families ---------------------------------------------------------------------------- */

static bool asks_for(const plaats_instance *in, const person *p, int service) {
    if (check_carries(&p->needs, service)) return true;
    for (int i = 0; i < in->rules.n_services_by_age; i++) {
        const service_by_age *by_age = &in->rules.services_by_age[i];
        if (by_age->service == service && by_age->from <= p->age && p->age <= by_age->to)
            return true;
    }
    return false;
}

static plaats_status count_needs(check_facts *f, int h, plaats_error *error) {
    const plaats_instance *in = f->in;
    const indices *people = &in->households[h].people;
    family *of = &f->families[h];
    family_need *needs = arena_alloc(&f->memory, (size_t)in->n_services, sizeof *needs);
    if (needs == NULL) return fail_memory(error);
    for (int s = 0; s < in->n_services; s++) {
        int persons = 0;
        for (int i = 0; i < people->n; i++) persons += asks_for(in, &in->people[people->at[i]], s);
        if (persons > 0) needs[of->n_needs++] = (family_need){s, persons};
    }
    of->needs = needs;
    return PLAATS_OK;
}

static plaats_status gather_near(check_facts *f, int h, plaats_error *error) {
    const plaats_instance *in = f->in;
    const household *who = &in->households[h];
    int n = who->near.n;
    for (int i = 0; i < who->people.n; i++) n += in->people[who->people.at[i]].near.n;
    const near_limit **all = arena_alloc(&f->memory, (size_t)n, sizeof *all);
    if (all == NULL) return fail_memory(error);
    family *of = &f->families[h];
    for (int k = 0; k < who->near.n; k++) all[of->n_near++] = &who->near.at[k];
    for (int i = 0; i < who->people.n; i++) {
        const near_limits *near = &in->people[who->people.at[i]].near;
        for (int k = 0; k < near->n; k++) all[of->n_near++] = &near->at[k];
    }
    of->near = all;
    return PLAATS_OK;
}

static plaats_status make_families(check_facts *f, plaats_error *error) {
    const plaats_instance *in = f->in;
    plaats_status st = PLAATS_OK;
    TRY_ALLOC(f->families = arena_alloc(&f->memory, (size_t)in->n_households, sizeof *f->families));
    for (int h = 0; h < in->n_households; h++) {
        const indices *people = &in->households[h].people;
        family *of = &f->families[h];
        of->persons = people->n;
        of->unit = NONE;
        for (int i = 0; i < people->n; i++) {
            int age = in->people[people->at[i]].age;
            of->children += age < 18;
            of->pupils += in->rules.school_from <= age && age <= in->rules.school_to;
        }
        TRY(count_needs(f, h, error));
        TRY(gather_near(f, h, error));
    }
done:
    return st;
}

/* Each household's groups apart, as slices of one list. */
static plaats_status link_apart(check_facts *f, plaats_error *error) {
    const plaats_instance *in = f->in;
    size_t total = 0;
    for (int g = 0; g < in->n_apart; g++) {
        for (int i = 0; i < in->apart[g].households.n; i++)
            f->families[in->apart[g].households.at[i]].apart.n++;
        total += (size_t)in->apart[g].households.n;
    }
    int *all = arena_alloc(&f->memory, total, sizeof *all);
    int **end = zero_alloc((size_t)in->n_households, sizeof *end);
    if (all == NULL || end == NULL) {
        free(end);
        return fail_memory(error);
    }
    for (int h = 0; h < in->n_households; h++) {
        f->families[h].apart.at = end[h] = all;
        all += f->families[h].apart.n;
    }
    for (int g = 0; g < in->n_apart; g++)
        for (int i = 0; i < in->apart[g].households.n; i++)
            *end[in->apart[g].households.at[i]]++ = g;
    free(end);
    return PLAATS_OK;
}

static plaats_status make_units(check_facts *f, plaats_error *error) {
    const plaats_instance *in = f->in;
    f->units = arena_alloc(&f->memory, (size_t)in->n_households, sizeof *f->units);
    int *alone = arena_alloc(&f->memory, (size_t)in->n_households, sizeof *alone);
    if (f->units == NULL || alone == NULL) return fail_memory(error);
    for (int g = 0; g < in->n_together; g++) {
        const indices *members = &in->together[g].households;
        for (int i = 0; i < members->n; i++) f->families[members->at[i]].unit = f->n_units;
        f->units[f->n_units++] = *members;
    }
    for (int h = 0; h < in->n_households; h++) {
        if (f->families[h].unit != NONE) continue;
        alone[h] = h;
        f->families[h].unit = f->n_units;
        f->units[f->n_units++] = (indices){1, &alone[h]};
    }
    return PLAATS_OK;
}

/* ---- Sites and quotas -------------------------------------------------------------------- */

static bool same(const char *asked, const char *found) {
    return asked == NULL || (found != NULL && strcmp(asked, found) == 0);
}

static bool matches(const quota *q, const site *s, int j) {
    return (q->sites.n == 0 || check_carries(&q->sites, j)) && same(q->kind, s->kind) &&
           same(q->province, s->province) && same(q->municipality, s->municipality) &&
           (q->site_tag == NONE || check_carries(&s->tags, q->site_tag)) &&
           (q->durable_below == NONE || s->durable < q->durable_below);
}

static plaats_status make_sites(check_facts *f, plaats_error *error) {
    const plaats_instance *in = f->in;
    size_t sites = (size_t)in->n_sites;
    f->covers = arena_alloc(&f->memory, (size_t)in->n_quotas * sites, sizeof *f->covers);
    f->usable = arena_alloc(&f->memory, sites * (size_t)in->weeks, sizeof *f->usable);
    if (f->covers == NULL || f->usable == NULL) return fail_memory(error);
    for (int q = 0; q < in->n_quotas; q++)
        for (int j = 0; j < in->n_sites; j++)
            f->covers[(size_t)q * sites + (size_t)j] = matches(&in->quotas[q], &in->sites[j], j);
    for (int j = 0; j < in->n_sites; j++) {
        const site *s = &in->sites[j];
        for (int t = 0; t < in->weeks; t++) {
            if (!check_open(f, j, t)) continue;
            int128 beds = step_value(&s->beds, week_of(f, t), 0);
            f->usable[(size_t)j * (size_t)in->weeks + (size_t)t] =
                (int64_t)(beds * s->usable_percent / 100);
        }
    }
    return PLAATS_OK;
}

/* ---- U ----------------------------------------------------------------------------------- */

static int128 largest_week(const check_facts *f, int h) {
    const household *who = &f->in->households[h];
    const weights *w = &f->in->weights;
    const family *of = &f->families[h];
    int128 n = of->persons;
    int128 per_km = n * w->km, wishes = 0;
    for (int i = 0; i < of->n_near; i++) per_km += of->near[i]->points_per_km;
    for (int i = 0; i < who->n_wishes; i++) {
        int64_t points = who->wishes[i].points;
        wishes += points < 0 ? -(int128)points : points;
    }
    int128 person = (int128)w->temporary + w->temporary_child + w->move + w->misfit + w->overstay;
    return n * person + (int128)of->pupils * w->school_move * (1 + who->moves) +
           f->largest_km * per_km + wishes;
}

/* One unplaced person-week outweighs all else. */
static int128 unplaced_first(const check_facts *f) {
    const plaats_instance *in = f->in;
    int128 u = 1;
    for (int h = 0; h < in->n_households; h++) {
        int weeks = check_need_until(f, h) - check_need_from(f, h);
        if (weeks > 0) u += weeks * largest_week(f, h);
    }
    for (int j = 0; j < in->n_sites; j++) u += (int128)in->weeks * in->sites[j].keep_open;
    for (int q = 0; q < in->n_quotas; q++)
        u += (int128)in->weeks * in->n_people * in->quotas[q].points;
    return u;
}

plaats_status check_facts_make(const plaats_instance *in, check_facts *f, plaats_error *error) {
    assert(in != NULL && f != NULL);
    plaats_status st = PLAATS_OK;
    *f = (check_facts){.in = in};
    f->n_slots = 1 + in->n_services + in->n_quotas;
    TRY(make_directories(f, error));
    TRY(make_families(f, error));
    TRY(link_apart(f, error));
    TRY(make_units(f, error));
    TRY(make_sites(f, error));
    TRY(check_travel_make(f, error));
    f->unplaced = in->weights.unplaced == NONE ? unplaced_first(f) : in->weights.unplaced;
done:
    return st;
}

void check_facts_free(check_facts *f) {
    arena_free(&f->memory);
}
