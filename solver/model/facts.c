/* The graph of an instance and its refinement (facts.h; Weisfeiler and Leman's colour refinement,
 * 1968): what each node is by itself, the edges, and some rounds in which colours travel along
 * them.
 */
#include "model/facts_parts.h"

#include "base/random.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* How far facts travel: school - pupil - its site - its resident - group - other resident. */
enum { ROUNDS = 5 };

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
    ABOUT_TAG,
    ABOUT_SERVICE,
    ABOUT_WORD,
    ABOUT_MAX,
    EDGE_LIVES,
    EDGE_FROM,
    EDGE_PIN,
    EDGE_BAN,
    EDGE_WISH,
    EDGE_NEAR,
    EDGE_TRAVEL,
    EDGE_MEMBER,
    EDGE_LISTED,
    EDGE_PREVIOUS,
    EDGE_PERSON,
    EDGE_NEEDS,
    EDGE_CARRIES,
    EDGE_TAG,
    EDGE_ADMITS,
    EDGE_REFUSES,
    EDGE_SERVICE,
    EDGE_COUNTS,
    EDGE_WORD
};

/* Lists without an order are summed: the sum of good hashes does not know the order either. */
static uint64_t hash_set(uint64_t hash, indices list, const uint64_t *colours) {
    uint64_t sum = 0;
    for (int i = 0; i < list.n; i++) sum += random_mix(0, colours[list.at[i]]);
    return random_mix(random_mix(hash, (uint64_t)list.n), sum);
}

static uint64_t hash_steps(uint64_t hash, const steps *s) {
    hash = random_mix(hash, (uint64_t)s->n);
    for (int i = 0; i < s->n; i++)
        hash = random_mix(random_mix(hash, (uint64_t)s->at[i].from), (uint64_t)s->at[i].value);
    return hash;
}

static uint64_t hash_window(uint64_t hash, window when) {
    return random_mix(random_mix(hash, (uint64_t)when.from), (uint64_t)when.until);
}

static uint64_t hash_double(uint64_t hash, double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return random_mix(hash, bits);
}

static uint64_t hash_position(uint64_t hash, bool has_position, double lat, double lon) {
    if (!has_position) return random_mix(hash, 0);
    return hash_double(hash_double(random_mix(hash, 1), lat), lon);
}

static uint64_t limit_facts(const near_limit *l) {
    uint64_t hash = random_mix(ABOUT_LIMIT, (uint64_t)l->km);
    hash = random_mix(random_mix(hash, (uint64_t)l->minutes), (uint64_t)l->points_per_km);
    return hash_window(hash, l->when);
}

static uint64_t site_facts(const site *s) {
    uint64_t hash = hash_position(ABOUT_SITE, s->has_position, s->lat, s->lon);
    hash = random_mix(hash_steps(hash, &s->beds), (uint64_t)s->usable_percent);
    hash = random_mix(hash, (uint64_t)s->durable);
    hash = random_mix(random_mix(hash, (uint64_t)s->opens), (uint64_t)s->closes);
    return random_mix(random_mix(hash, (uint64_t)s->keep_open), (uint64_t)s->max_weeks);
}

static uint64_t place_facts(const place *p) {
    return hash_position(ABOUT_PLACE, p->has_position, p->lat, p->lon);
}

static uint64_t limits_facts(near_limits list) {
    uint64_t sum = 0;
    for (int i = 0; i < list.n; i++) sum += limit_facts(&list.at[i]);
    return sum;
}

static uint64_t household_facts(const household *h) {
    uint64_t hash = random_mix(ABOUT_HOUSEHOLD, (uint64_t)h->people.n);
    hash = random_mix(hash, h->has_since ? (uint64_t)h->since : UINT64_MAX);
    hash = random_mix(random_mix(hash, (uint64_t)h->arrives), (uint64_t)h->leaves);
    hash = random_mix(random_mix(hash, (uint64_t)h->max_km), (uint64_t)h->no_move_before);
    hash = random_mix(random_mix(hash, (uint64_t)h->moves), (uint64_t)h->priority);
    return random_mix(hash, limits_facts(h->near));
}

static uint64_t quota_facts(const quota *q) {
    uint64_t hash = random_mix(ABOUT_QUOTA, (uint64_t)q->durable_below);
    hash = random_mix(hash, (uint64_t)q->points);
    hash = hash_steps(random_mix(hash_steps(hash, &q->max), ABOUT_MAX), &q->min);
    return random_mix(hash, (uint64_t)q->sites.n);
}

/* A service is who needs it by age, and then who and what names it. */
static void services_facts(refinement *r) {
    const rules *of = &r->in->rules;
    for (int i = 0; i < r->in->n_services; i++) r->colour[r->services + i] = ABOUT_SERVICE;
    for (int i = 0; i < of->n_services_by_age; i++) {
        const service_by_age *s = &of->services_by_age[i];
        uint64_t ages = random_mix((uint64_t)s->from, (uint64_t)s->to);
        r->colour[r->services + s->service] += random_mix(ABOUT_SERVICE, ages);
    }
}

static void own_facts(refinement *r) {
    const plaats_instance *in = r->in;
    for (int i = 0; i < in->n_sites; i++) r->colour[i] = site_facts(&in->sites[i]);
    for (int i = 0; i < in->n_places; i++) r->colour[in->n_sites + i] = place_facts(&in->places[i]);
    for (int i = 0; i < in->n_households; i++)
        r->colour[r->households + i] = household_facts(&in->households[i]);
    for (int i = 0; i < in->n_together; i++) r->colour[r->together + i] = ABOUT_TOGETHER;
    for (int i = 0; i < in->n_apart; i++)
        r->colour[r->apart + i] = hash_window(ABOUT_APART, in->apart[i].when);
    for (int i = 0; i < in->n_quotas; i++) r->colour[r->quotas + i] = quota_facts(&in->quotas[i]);
    for (int i = 0; i < in->n_tags; i++) r->colour[r->tags + i] = ABOUT_TAG;
    for (int i = 0; i < r->words.n; i++) r->colour[r->first_word + i] = ABOUT_WORD;
    services_facts(r);
}

/* Both ends learn of each other; which end they are is part of what they learn. */
static void edge(refinement *r, int a, int b, uint64_t label) {
    assert(a >= 0 && a < r->n_nodes && b >= 0 && b < r->n_nodes);
    r->next[a] += random_mix(random_mix(label, 1), r->colour[b]);
    r->next[b] += random_mix(random_mix(label, 2), r->colour[a]);
}

/* `whose`: the facts of the person whose limits these are; 0 for the household's own. */
static void near_edges(refinement *r, int node, near_limits list, uint64_t whose) {
    for (int i = 0; i < list.n; i++) {
        uint64_t label = random_mix(EDGE_NEAR, limit_facts(&list.at[i]));
        edge(r, node, list.at[i].location, random_mix(label, whose));
    }
}

/* What the site, quota or wish says by a word; nothing where it says none. */
static void word_edge(refinement *r, int node, word_kind kind, const char *text, uint64_t label) {
    int word = facts_find_word(&r->words, kind, text);
    if (word != NONE) edge(r, node, r->first_word + word, random_mix(label, (uint64_t)kind));
}

/* A person is no node but a label, made anew in each round of what its tags and needs have become:
 * the household learns it, and they learn it with the household. */
static void person_edges(refinement *r, int node, const person *p) {
    uint64_t facts = random_mix(ABOUT_PERSON, (uint64_t)p->age), all;
    facts = random_mix(facts, limits_facts(p->near));
    facts = hash_set(facts, p->needs, r->colour + r->services);
    facts = hash_set(facts, p->tags, r->colour + r->tags);
    near_edges(r, node, p->near, facts);
    r->next[node] += random_mix(EDGE_PERSON, facts);
    all = random_mix(facts, r->colour[node]);
    for (int i = 0; i < p->needs.n; i++)
        r->next[r->services + p->needs.at[i]] += random_mix(EDGE_NEEDS, all);
    for (int i = 0; i < p->tags.n; i++)
        r->next[r->tags + p->tags.at[i]] += random_mix(EDGE_CARRIES, all);
}

static void wish_edge(refinement *r, int node, const wish *w) {
    uint64_t label = random_mix(random_mix(EDGE_WISH, (uint64_t)w->kind), (uint64_t)w->points);
    switch (w->kind) {
    case WISH_SITE:
        edge(r, node, w->index, label);
        break;
    case WISH_TAG:
        edge(r, node, r->tags + w->index, label);
        break;
    case WISH_KIND:
        word_edge(r, node, WORD_KIND, w->value, label);
        break;
    case WISH_PROVINCE:
        word_edge(r, node, WORD_PROVINCE, w->value, label);
        break;
    case WISH_MUNICIPALITY:
        word_edge(r, node, WORD_MUNICIPALITY, w->value, label);
        break;
    case WISH_DURABLE:
        r->next[node] += label;
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
    for (int i = 0; i < h->n_wishes; i++) wish_edge(r, node, &h->wishes[i]);
    near_edges(r, node, h->near, 0);
    for (int i = 0; i < h->people.n; i++) person_edges(r, node, &r->in->people[h->people.at[i]]);
}

static void list_edges(refinement *r, int node, indices list, int first, uint64_t label) {
    for (int i = 0; i < list.n; i++) edge(r, node, first + list.at[i], label);
}

static void site_edges(refinement *r, int index) {
    const site *s = &r->in->sites[index];
    list_edges(r, index, s->tags, r->tags, EDGE_TAG);
    list_edges(r, index, s->admits, r->tags, EDGE_ADMITS);
    list_edges(r, index, s->refuses, r->tags, EDGE_REFUSES);
    for (int i = 0; i < s->n_services; i++) {
        const site_service *e = &s->services[i];
        uint64_t label = hash_steps(random_mix(EDGE_SERVICE, e->unlimited), &e->places);
        edge(r, index, r->services + e->service, label);
    }
    word_edge(r, index, WORD_KIND, s->kind, EDGE_WORD);
    word_edge(r, index, WORD_PROVINCE, s->province, EDGE_WORD);
    word_edge(r, index, WORD_MUNICIPALITY, s->municipality, EDGE_WORD);
}

static void quota_edges(refinement *r, int index) {
    const quota *q = &r->in->quotas[index];
    int node = r->quotas + index;
    list_edges(r, node, q->sites, 0, EDGE_LISTED);
    if (q->site_tag != NONE) edge(r, node, r->tags + q->site_tag, EDGE_TAG);
    if (q->tag != NONE) edge(r, node, r->tags + q->tag, EDGE_COUNTS);
    word_edge(r, node, WORD_KIND, q->kind, EDGE_WORD);
    word_edge(r, node, WORD_PROVINCE, q->province, EDGE_WORD);
    word_edge(r, node, WORD_MUNICIPALITY, q->municipality, EDGE_WORD);
}

static void all_edges(refinement *r) {
    const plaats_instance *in = r->in;
    for (int i = 0; i < in->n_sites; i++) site_edges(r, i);
    for (int i = 0; i < in->n_households; i++) household_edges(r, i);
    for (int i = 0; i < in->n_travel; i++) {
        const travel_row *t = &in->travel[i];
        uint64_t label = random_mix(random_mix(EDGE_TRAVEL, (uint64_t)t->km), (uint64_t)t->minutes);
        edge(r, t->from, t->to, label);
    }
    for (int i = 0; i < in->n_together; i++)
        list_edges(r, r->together + i, in->together[i].households, r->households, EDGE_MEMBER);
    for (int i = 0; i < in->n_apart; i++)
        list_edges(r, r->apart + i, in->apart[i].households, r->households, EDGE_MEMBER);
    for (int i = 0; i < in->n_quotas; i++) quota_edges(r, i);
}

void facts_refine(refinement *r) {
    for (int round = 0; round < ROUNDS; round++) {
        memset(r->next, 0, (size_t)r->n_nodes * sizeof *r->next);
        all_edges(r);
        for (int i = 0; i < r->n_nodes; i++) r->colour[i] = random_mix(r->colour[i], r->next[i]);
    }
}

static void number_nodes(refinement *r) {
    const plaats_instance *in = r->in;
    r->households = n_locations(in);
    r->together = r->households + in->n_households;
    r->apart = r->together + in->n_together;
    r->quotas = r->apart + in->n_apart;
    r->tags = r->quotas + in->n_quotas;
    r->services = r->tags + in->n_tags;
    r->first_word = r->services + in->n_services;
    r->n_nodes = r->first_word + r->words.n;
}

static plaats_status read_facts(const plaats_instance *in, const previous_sites *previous,
                                bool named, facts *out, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    refinement r = {.in = in, .previous = previous};

    *out = (facts){0};
    TRY(facts_words_read(in, &r.words, error));
    number_nodes(&r);
    TRY_ALLOC(r.next = zero_alloc((size_t)r.n_nodes, sizeof *r.next));
    TRY_ALLOC(r.colour = out->all = zero_alloc((size_t)r.n_nodes, sizeof *r.colour));
    own_facts(&r);
    facts_refine(&r);
    if (named) TRY(facts_part(&r, error));
    out->locations = r.colour;
    out->households = r.colour + r.households;
    out->together = r.colour + r.together;
    out->apart = r.colour + r.apart;
    out->quotas = r.colour + r.quotas;
    out->services = r.colour + r.services;
done:
    facts_words_free(&r.words);
    free(r.next);
    return st;
}

plaats_status facts_read(const plaats_instance *in, const previous_sites *previous, facts *out,
                         plaats_error *error) {
    return read_facts(in, previous, true, out, error);
}

plaats_status facts_read_unnamed(const plaats_instance *in, const previous_sites *previous,
                                 facts *out, plaats_error *error) {
    return read_facts(in, previous, false, out, error);
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

void facts_sort(ranked *list, int n) {
    qsort(list, (size_t)n, sizeof *list, compare_ranked);
}
