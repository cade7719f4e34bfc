#include "model/facts.h"

#include "base/random.h"

#include <stdlib.h>
#include <string.h>

/* How far facts travel: site - resident - group - other resident - its site is four steps. */
enum { ROUNDS = 4 };

/* What a hash is about, so that equal numbers with another meaning differ. */
enum {
    ABOUT_SITE = 1,
    ABOUT_PLACE,
    ABOUT_PERSON,
    ABOUT_HOUSEHOLD,
    ABOUT_TOGETHER,
    ABOUT_APART,
    ABOUT_QUOTA,
    ABOUT_LIMIT,
    ABOUT_SERVICE,
    ABOUT_MAX,
    ABOUT_ADMITS,
    ABOUT_REFUSES,
    EDGE_LIVES,
    EDGE_FROM,
    EDGE_PIN,
    EDGE_BAN,
    EDGE_WISH,
    EDGE_NEAR,
    EDGE_TRAVEL,
    EDGE_MEMBER,
    EDGE_LISTED,
    EDGE_PREVIOUS
};

typedef struct {
    const plaats_instance *in;
    const previous_sites *previous;
    uint64_t *tags, *services; /* hashes of their names */
    uint64_t *people;          /* own facts; a person is a label, not a node */
    uint64_t *colour, *next;   /* per node */
    int households, together, apart, quotas, n_nodes; /* where each kind of node begins */
} refinement;

/* Lists without an order are summed: the sum of good hashes does not know the order either. */
static uint64_t hash_set(uint64_t hash, indices list, const uint64_t *names) {
    uint64_t sum = 0;
    for (int i = 0; i < list.n; i++) sum += names[list.at[i]];
    return hash_mix(hash_mix(hash, (uint64_t)list.n), sum);
}

static uint64_t hash_steps(uint64_t hash, const steps *s) {
    hash = hash_mix(hash, (uint64_t)s->n);
    for (int i = 0; i < s->n; i++)
        hash = hash_mix(hash_mix(hash, (uint64_t)s->at[i].from), (uint64_t)s->at[i].value);
    return hash;
}

static uint64_t hash_window(uint64_t hash, window when) {
    return hash_mix(hash_mix(hash, (uint64_t)when.from), (uint64_t)when.until);
}

static uint64_t hash_double(uint64_t hash, double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return hash_mix(hash, bits);
}

static uint64_t hash_position(uint64_t hash, bool has_position, double lat, double lon) {
    if (!has_position) return hash_mix(hash, 0);
    return hash_double(hash_double(hash_mix(hash, 1), lat), lon);
}

static uint64_t limit_facts(const near_limit *l) {
    uint64_t hash = hash_mix(ABOUT_LIMIT, (uint64_t)l->km);
    hash = hash_mix(hash_mix(hash, (uint64_t)l->minutes), (uint64_t)l->points_per_km);
    return hash_window(hash, l->when);
}

static uint64_t services_facts(const refinement *r, const site *s) {
    uint64_t sum = 0;
    for (int i = 0; i < s->n_services; i++) {
        const site_service *e = &s->services[i];
        uint64_t hash = hash_mix(ABOUT_SERVICE, r->services[e->service]);
        sum += hash_steps(hash_mix(hash, e->unlimited), &e->places);
    }
    return sum;
}

static uint64_t site_facts(const refinement *r, const site *s) {
    uint64_t hash = hash_text(ABOUT_SITE, s->name);
    hash = hash_text(hash_text(hash, s->kind), s->municipality);
    hash = hash_set(hash_text(hash, s->province), s->tags, r->tags);
    hash = hash_position(hash, s->has_position, s->lat, s->lon);
    hash = hash_mix(hash_steps(hash, &s->beds), (uint64_t)s->usable_percent);
    hash = hash_mix(hash, (uint64_t)s->durable);
    hash = hash_mix(hash_mix(hash, (uint64_t)s->opens), (uint64_t)s->closes);
    hash = hash_mix(hash, services_facts(r, s));
    hash = hash_set(hash_mix(hash, ABOUT_ADMITS), s->admits, r->tags);
    hash = hash_set(hash_mix(hash, ABOUT_REFUSES), s->refuses, r->tags);
    return hash_mix(hash_mix(hash, (uint64_t)s->keep_open), (uint64_t)s->max_weeks);
}

static uint64_t place_facts(const place *p) {
    return hash_position(hash_text(ABOUT_PLACE, p->name), p->has_position, p->lat, p->lon);
}

static uint64_t limits_facts(near_limits list) {
    uint64_t sum = 0;
    for (int i = 0; i < list.n; i++) sum += limit_facts(&list.at[i]);
    return sum;
}

static uint64_t person_facts(const refinement *r, const person *p) {
    uint64_t hash = hash_mix(ABOUT_PERSON, (uint64_t)p->age);
    hash = hash_set(hash_set(hash, p->needs, r->services), p->tags, r->tags);
    return hash_mix(hash, limits_facts(p->near));
}

static uint64_t wishes_facts(const household *h) {
    uint64_t sum = 0;
    for (int i = 0; i < h->n_wishes; i++) {
        const wish *w = &h->wishes[i];
        if (w->kind == WISH_SITE) continue; /* an edge */
        sum += hash_mix(hash_text(hash_mix(EDGE_WISH, (uint64_t)w->kind), w->value),
                        (uint64_t)w->points);
    }
    return sum;
}

static uint64_t household_facts(const refinement *r, const household *h) {
    uint64_t people = 0;
    for (int i = 0; i < h->people.n; i++) people += r->people[h->people.at[i]];
    uint64_t hash = hash_mix(hash_mix(ABOUT_HOUSEHOLD, (uint64_t)h->people.n), people);
    hash = hash_mix(hash, h->has_since ? (uint64_t)h->since : UINT64_MAX);
    hash = hash_mix(hash_mix(hash, (uint64_t)h->arrives), (uint64_t)h->leaves);
    hash = hash_mix(hash_mix(hash, (uint64_t)h->max_km), (uint64_t)h->no_move_before);
    hash = hash_mix(hash_mix(hash, (uint64_t)h->moves), (uint64_t)h->priority);
    return hash_mix(hash_mix(hash, limits_facts(h->near)), wishes_facts(h));
}

static uint64_t quota_facts(const refinement *r, const quota *q) {
    uint64_t hash = hash_text(hash_text(ABOUT_QUOTA, q->name), q->kind);
    hash = hash_text(hash_text(hash, q->province), q->municipality);
    hash = hash_mix(hash, q->site_tag == NONE ? 0 : r->tags[q->site_tag]);
    hash = hash_mix(hash, q->tag == NONE ? 0 : r->tags[q->tag]);
    hash = hash_mix(hash_mix(hash, (uint64_t)q->durable_below), (uint64_t)q->points);
    hash = hash_steps(hash_mix(hash_steps(hash, &q->max), ABOUT_MAX), &q->min);
    return hash_mix(hash, (uint64_t)q->sites.n);
}

static void own_facts(refinement *r) {
    const plaats_instance *in = r->in;
    for (int i = 0; i < in->n_tags; i++) r->tags[i] = hash_text(0, in->tags[i]);
    for (int i = 0; i < in->n_services; i++) r->services[i] = hash_text(0, in->services[i]);
    for (int i = 0; i < in->n_people; i++) r->people[i] = person_facts(r, &in->people[i]);

    for (int i = 0; i < in->n_sites; i++) r->colour[i] = site_facts(r, &in->sites[i]);
    for (int i = 0; i < in->n_places; i++) r->colour[in->n_sites + i] = place_facts(&in->places[i]);
    for (int i = 0; i < in->n_households; i++)
        r->colour[r->households + i] = household_facts(r, &in->households[i]);
    for (int i = 0; i < in->n_together; i++) r->colour[r->together + i] = ABOUT_TOGETHER;
    for (int i = 0; i < in->n_apart; i++)
        r->colour[r->apart + i] = hash_window(ABOUT_APART, in->apart[i].when);
    for (int i = 0; i < in->n_quotas; i++)
        r->colour[r->quotas + i] = quota_facts(r, &in->quotas[i]);
}

/* Both ends learn of each other; which end they are is part of what they learn. */
static void edge(refinement *r, int a, int b, uint64_t label) {
    r->next[a] += hash_mix(hash_mix(label, 1), r->colour[b]);
    r->next[b] += hash_mix(hash_mix(label, 2), r->colour[a]);
}

/* `whose`: the facts of the person whose limits these are; 0 for the household's own. */
static void near_edges(refinement *r, int node, near_limits list, uint64_t whose) {
    for (int i = 0; i < list.n; i++) {
        uint64_t label = hash_mix(EDGE_NEAR, limit_facts(&list.at[i]));
        edge(r, node, list.at[i].location, hash_mix(label, whose));
    }
}

static void household_edges(refinement *r, int index) {
    const household *h = &r->in->households[index];
    int node = r->households + index;

    if (h->site != NONE) edge(r, node, h->site, EDGE_LIVES);
    if (h->from != NONE) edge(r, node, h->from, EDGE_FROM);
    if (r->previous->site != NULL && r->previous->site[index] != NONE)
        edge(r, node, r->previous->site[index], EDGE_PREVIOUS);
    if (h->has_pin) edge(r, node, h->pin.site, hash_window(EDGE_PIN, h->pin.when));
    for (int i = 0; i < h->n_bans; i++)
        edge(r, node, h->bans[i].site, hash_window(EDGE_BAN, h->bans[i].when));
    for (int i = 0; i < h->n_wishes; i++)
        if (h->wishes[i].kind == WISH_SITE)
            edge(r, node, h->wishes[i].index, hash_mix(EDGE_WISH, (uint64_t)h->wishes[i].points));
    near_edges(r, node, h->near, 0);
    for (int i = 0; i < h->people.n; i++) {
        int p = h->people.at[i];
        near_edges(r, node, r->in->people[p].near, r->people[p]);
    }
}

static void list_edges(refinement *r, int node, indices list, int first, uint64_t label) {
    for (int i = 0; i < list.n; i++) edge(r, node, first + list.at[i], label);
}

static void all_edges(refinement *r) {
    const plaats_instance *in = r->in;
    for (int i = 0; i < in->n_households; i++) household_edges(r, i);
    for (int i = 0; i < in->n_travel; i++) {
        const travel_row *t = &in->travel[i];
        uint64_t label = hash_mix(hash_mix(EDGE_TRAVEL, (uint64_t)t->km), (uint64_t)t->minutes);
        edge(r, t->from, t->to, label);
    }
    for (int i = 0; i < in->n_together; i++)
        list_edges(r, r->together + i, in->together[i].households, r->households, EDGE_MEMBER);
    for (int i = 0; i < in->n_apart; i++)
        list_edges(r, r->apart + i, in->apart[i].households, r->households, EDGE_MEMBER);
    for (int i = 0; i < in->n_quotas; i++)
        list_edges(r, r->quotas + i, in->quotas[i].sites, 0, EDGE_LISTED);
}

static void refine(refinement *r) {
    for (int round = 0; round < ROUNDS; round++) {
        memset(r->next, 0, (size_t)r->n_nodes * sizeof *r->next);
        all_edges(r);
        for (int i = 0; i < r->n_nodes; i++) r->colour[i] = hash_mix(r->colour[i], r->next[i]);
    }
}

plaats_status facts_read(const plaats_instance *in, const previous_sites *previous, facts *out,
                         plaats_error *error) {
    plaats_status st = PLAATS_OK;
    refinement r = {.in = in, .previous = previous, .households = n_locations(in)};

    *out = (facts){0};
    r.together = r.households + in->n_households;
    r.apart = r.together + in->n_together;
    r.quotas = r.apart + in->n_apart;
    r.n_nodes = r.quotas + in->n_quotas;
    TRY_ALLOC(r.tags = zero_alloc((size_t)in->n_tags, sizeof *r.tags));
    TRY_ALLOC(r.services = zero_alloc((size_t)in->n_services, sizeof *r.services));
    TRY_ALLOC(r.people = zero_alloc((size_t)in->n_people, sizeof *r.people));
    TRY_ALLOC(r.next = zero_alloc((size_t)r.n_nodes, sizeof *r.next));
    TRY_ALLOC(r.colour = out->all = zero_alloc((size_t)r.n_nodes, sizeof *r.colour));
    own_facts(&r);
    refine(&r);
    out->locations = r.colour;
    out->households = r.colour + r.households;
    out->together = r.colour + r.together;
    out->apart = r.colour + r.apart;
    out->quotas = r.colour + r.quotas;
done:
    free(r.tags);
    free(r.services);
    free(r.people);
    free(r.next);
    return st;
}

void facts_free(facts *f) {
    free(f->all);
    *f = (facts){0};
}

static int compare_ranked(const void *a, const void *b) {
    const ranked *x = a, *y = b;
    if (x->facts != y->facts) return x->facts < y->facts ? -1 : 1;
    if (x->tie != y->tie) return x->tie < y->tie ? -1 : 1;
    int by_id = strcmp(x->id, y->id);
    return by_id != 0 ? by_id : (x->index > y->index) - (x->index < y->index);
}

void sort_by_facts(ranked *list, int n) {
    qsort(list, (size_t)n, sizeof *list, compare_ranked);
}
