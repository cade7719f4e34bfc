/* Beds against people by who may go there. One sum hides that 11 minors have 9 beds.
 *
 * Persons with the same tags that sites ask for, and the same needs, are a class; what a class may
 * use is a set of sites. People whose sets lie within one set have the beds of that set and no
 * others. */
#include "plan/review.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_CLASSES = 2000, SITES_SHOWN = 5 };

/* ---- Classes ------------------------------------------------------------------------------- */

typedef uint64_t word;
enum { WORD_BITS = 64 };

typedef struct {
    indices traits; /* tags, ascending; then n_tags + service for each need, ascending */
    word *sites;    /* that tags and services allow */
    int64_t people; /* in the week at hand */
} person_class;

typedef struct {
    review *r;
    const plaats_instance *in;
    int n, room;
    person_class *at;
    int *class_of; /* per person */
    int *slots;    /* of classes by hash, plus one; 0: free */
    int n_slots;   /* a power of two */
    bool *asked;   /* per tag: some site admits or refuses it */
    size_t words;  /* of a set of sites */
    int64_t *beds; /* per site, usable in the week at hand; 0 when closed */
    int64_t *told; /* per trait: the excess told of */
    arena memory;  /* of traits and sets */
} person_classes;

static bool has_site(const word *sites, int j) {
    return (sites[j / WORD_BITS] >> (j % WORD_BITS) & 1) != 0;
}

static bool is_within(const person_classes *c, const word *small, const word *large) {
    for (size_t i = 0; i < c->words; i++)
        if ((small[i] & ~large[i]) != 0) return false;
    return true;
}

static bool has_trait(const person_class *k, int trait) {
    for (int i = 0; i < k->traits.n; i++)
        if (k->traits.at[i] == trait) return true;
    return false;
}

static bool any_trait(const person_class *k, const indices *tags) {
    for (int i = 0; i < tags->n; i++)
        if (has_trait(k, tags->at[i])) return true;
    return false;
}

static bool allowed(const person_classes *c, const person_class *k, const site *s) {
    if (any_trait(k, &s->refuses)) return false;
    if (s->admits.n > 0 && !any_trait(k, &s->admits)) return false;
    for (int i = 0; i < k->traits.n; i++) {
        int service = k->traits.at[i] - c->in->n_tags;
        if (service >= 0 && site_find_service(s, service) == NULL) return false;
    }
    return true;
}

/* Adds to an ascending list what is not in it yet. */
static void insert(int *list, int *n, int value) {
    int at = *n;
    while (at > 0 && list[at - 1] > value) at--;
    if (at > 0 && list[at - 1] == value) return;
    memmove(&list[at + 1], &list[at], (size_t)(*n - at) * sizeof *list);
    list[at] = value;
    (*n)++;
}

/* The traits of a person, in a list with room for all there are. */
static int traits_of(const person_classes *c, const person *p, int *list) {
    const plaats_instance *in = c->in;
    int n = 0;
    for (int i = 0; i < p->tags.n; i++)
        if (c->asked[p->tags.at[i]]) insert(list, &n, p->tags.at[i]);
    for (int i = 0; i < p->needs.n; i++) insert(list, &n, in->n_tags + p->needs.at[i]);
    for (int i = 0; i < in->rules.n_services_by_age; i++) {
        const service_by_age *rule = &in->rules.services_by_age[i];
        if (rule->from <= p->age && p->age <= rule->to)
            insert(list, &n, in->n_tags + rule->service);
    }
    return n;
}

static plaats_status grow(person_classes *c, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    person_class *more = NULL;
    int *slots = NULL;
    int room = c->room == 0 ? 16 : 2 * c->room, n_slots = 4 * room;
    TRY_ALLOC(slots = zero_alloc((size_t)n_slots, sizeof *slots));
    TRY_ALLOC(more = realloc(c->at, (size_t)room * sizeof *more));
    c->at = more;
    memset(more + c->n, 0, (size_t)(room - c->n) * sizeof *more);
    c->room = room;
    free(c->slots);
    c->slots = slots;
    c->n_slots = n_slots;
    slots = NULL;
done:
    free(slots);
    return st;
}

static unsigned hash_of(const int *traits, int n) {
    unsigned hash = 2166136261u;
    for (int i = 0; i < n; i++) hash = (hash ^ (unsigned)traits[i]) * 16777619u;
    return hash ^ hash >> 15;
}

static int *find_class(const person_classes *c, const int *traits, int n) {
    unsigned mask = (unsigned)c->n_slots - 1, at = hash_of(traits, n) & mask;
    for (; c->slots[at] != 0; at = (at + 1) & mask) {
        const indices *known = &c->at[c->slots[at] - 1].traits;
        if (known->n == n && memcmp(known->at, traits, (size_t)n * sizeof *traits) == 0) break;
    }
    return &c->slots[at];
}

static plaats_status add_class(person_classes *c, const int *traits, int n, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    person_class k = {.people = 0};
    int *kept = NULL;
    if (c->n == c->room) {
        TRY(grow(c, error));
        for (int i = 0; i < c->n; i++)
            *find_class(c, c->at[i].traits.at, c->at[i].traits.n) = i + 1;
    }
    TRY_ALLOC(kept = arena_alloc(&c->memory, (size_t)n, sizeof *kept));
    TRY_ALLOC(k.sites = arena_alloc(&c->memory, c->words, sizeof *k.sites));
    memcpy(kept, traits, (size_t)n * sizeof *kept);
    k.traits = (indices){.n = n, .at = kept};
    for (int j = 0; j < c->in->n_sites; j++)
        if (allowed(c, &k, &c->in->sites[j])) k.sites[j / WORD_BITS] |= (word)1 << j % WORD_BITS;
    c->at[c->n] = k;
    *find_class(c, traits, n) = ++c->n;
done:
    return st;
}

static void find_asked(const plaats_instance *in, bool *asked) {
    for (int j = 0; j < in->n_sites; j++) {
        const site *s = &in->sites[j];
        for (int i = 0; i < s->admits.n; i++) asked[s->admits.at[i]] = true;
        for (int i = 0; i < s->refuses.n; i++) asked[s->refuses.at[i]] = true;
    }
}

static plaats_status sort_people(person_classes *c, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const plaats_instance *in = c->in;
    int *traits = NULL;
    TRY_ALLOC(traits = zero_alloc((size_t)(in->n_tags + in->n_services) + 1, sizeof *traits));
    find_asked(in, c->asked);
    TRY(grow(c, error));
    for (int p = 0; p < in->n_people; p++) {
        int n = traits_of(c, &in->people[p], traits);
        if (*find_class(c, traits, n) == 0) TRY(add_class(c, traits, n, error));
        c->class_of[p] = *find_class(c, traits, n) - 1;
    }
done:
    free(traits);
    return st;
}

/* ---- A week -------------------------------------------------------------------------------- */

/* Who lives where he would not be sent may stay there: he needs no bed elsewhere. */
static bool stays(const person_classes *c, const household *h, const person_class *k, week w) {
    const plaats_instance *in = c->in;
    return in->rules.residents_may_stay && h->site != NONE && site_open(&in->sites[h->site], w) &&
           !has_site(k->sites, h->site);
}

static void count_week(person_classes *c, int t, week_beds *beds) {
    const plaats_instance *in = c->in;
    week w = in->first + t;
    for (int i = 0; i < c->n; i++) c->at[i].people = 0;
    for (int h = 0; h < in->n_households; h++) {
        const household *home = &in->households[h];
        if (!needs_bed(in, home, t)) continue;
        beds->people += home->people.n;
        for (int i = 0; i < home->people.n; i++) {
            person_class *k = &c->at[c->class_of[home->people.at[i]]];
            if (!stays(c, home, k, w)) k->people++;
        }
    }
    for (int j = 0; j < in->n_sites; j++) {
        c->beds[j] = site_open(&in->sites[j], w) ? site_usable_beds(&in->sites[j], w) : 0;
        beds->usable_beds += c->beds[j];
    }
}

static int64_t beds_in(const person_classes *c, const word *sites) {
    int64_t sum = 0;
    for (int j = 0; j < c->in->n_sites; j++)
        if (has_site(sites, j)) sum += c->beds[j];
    return sum;
}

/* Beds at these sites; of those that have places for the service, no more than places. */
static int64_t places_in(const person_classes *c, const word *sites, int service, week w) {
    int64_t sum = 0;
    for (int j = 0; j < c->in->n_sites; j++) {
        if (!has_site(sites, j) || c->beds[j] == 0) continue;
        const site_service *entry = site_find_service(&c->in->sites[j], service);
        assert(entry != NULL); /* the sites of a set list what its people need */
        int64_t places = entry->unlimited ? c->beds[j] : steps_value(&entry->places, w, 0);
        sum += places < c->beds[j] ? places : c->beds[j];
    }
    return sum;
}

/* ---- One tag, one need --------------------------------------------------------------------- */

/* The people with a trait, and the sites open to some of them. */
static int64_t people_with(const person_classes *c, int trait, word *sites) {
    int64_t people = 0;
    memset(sites, 0, c->words * sizeof *sites);
    for (int i = 0; i < c->n; i++) {
        const person_class *k = &c->at[i];
        if (k->people == 0 || !has_trait(k, trait)) continue;
        people += k->people;
        for (size_t x = 0; x < c->words; x++) sites[x] |= k->sites[x];
    }
    return people;
}

static void note_group(person_classes *c, const group_beds *g, int trait, week w) {
    const plaats_instance *in = c->in;
    const char *person = g->people == 1 ? "person" : "people", *s = g->people == 1 ? "s" : "";
    char week_text[WEEK_TEXT_SIZE];
    week_format(w, week_text);
    if (g->tag != NULL)
        note_add(&c->r->notes, NOTE_CROWDED, review_place_of_tag(in, trait),
                 "%" PRId64 " %s carr%s tag '%s', and %" PRId64 " bed%s open to them in %s",
                 g->people, person, g->people == 1 ? "ies" : "y", g->tag, g->beds,
                 g->beds == 1 ? " is" : "s are", week_text);
    else
        note_add(&c->r->notes, NOTE_CROWDED, review_place_of_service(in, trait - in->n_tags),
                 "%" PRId64 " %s need%s '%s', and %" PRId64 " bed%s with a place for that in %s",
                 g->people, person, s, g->need, g->beds, g->beds == 1 ? " comes" : "s come",
                 week_text);
}

static void judge_trait(person_classes *c, int t, int trait, word *sites, week_beds *beds) {
    const plaats_instance *in = c->in;
    week w = in->first + t;
    bool is_tag = trait < in->n_tags;
    group_beds g = {.people = people_with(c, trait, sites)};
    if (g.people == 0) return;
    if (is_tag)
        g.tag = in->tags[trait];
    else
        g.need = in->services[trait - in->n_tags];
    g.beds = is_tag ? beds_in(c, sites) : places_in(c, sites, trait - in->n_tags, w);
    if (g.beds == beds->usable_beds) return;
    assert(beds->n_groups < in->n_tags + in->n_services);
    beds->groups[beds->n_groups++] = g;
    int64_t excess = g.people - g.beds;
    if (excess > 0 && c->told[trait] == 0) {
        note_group(c, &g, trait, w);
        c->told[trait] = excess;
    }
}

/* ---- Sets of sites ------------------------------------------------------------------------- */

/* A set of sites and the people who have no others. */
typedef struct {
    const word *sites;
    int64_t people, excess;
    int size;
} site_set;

static int by_size(const void *a, const void *b) {
    const site_set *x = a, *y = b;
    return (x->size > y->size) - (x->size < y->size);
}

static bool same_set(const person_classes *c, const word *a, const word *b) {
    return memcmp(a, b, c->words * sizeof *a) == 0;
}

static int list_sets(const person_classes *c, site_set *out) {
    int n = 0;
    for (int i = 0; i < c->n; i++) {
        bool known = c->at[i].people == 0;
        for (int k = 0; k < n && !known; k++) known = same_set(c, out[k].sites, c->at[i].sites);
        if (known) continue;
        site_set *s = &out[n++];
        *s = (site_set){.sites = c->at[i].sites};
        for (int j = 0; j < c->in->n_sites; j++) s->size += has_site(s->sites, j);
        for (int k = 0; k < c->n; k++)
            if (is_within(c, c->at[k].sites, s->sites)) s->people += c->at[k].people;
        s->excess = s->people - beds_in(c, s->sites);
    }
    qsort(out, (size_t)n, sizeof *out, by_size);
    return n;
}

/* The largest excess that was told of people who have no other sites than these either: with a
 * trait, or of a smaller set; `told` of them all. */
static int64_t told_within(const person_classes *c, const site_set *sets, int n, int64_t told,
                           word *sites) {
    int n_traits = c->in->n_tags + c->in->n_services;
    for (int trait = 0; trait < n_traits; trait++) {
        if (c->told[trait] <= told) continue;
        people_with(c, trait, sites);
        if (is_within(c, sites, sets[n].sites)) told = c->told[trait];
    }
    for (int i = 0; i < n; i++)
        if (sets[i].excess > told && is_within(c, sets[i].sites, sets[n].sites))
            told = sets[i].excess;
    return told;
}

static void note_set(person_classes *c, const site_set *s, week w) {
    char names[SITES_SHOWN * 72] = "", week_text[WEEK_TEXT_SIZE];
    size_t used = 0;
    int shown = 0;
    week_format(w, week_text);
    for (int j = 0; j < c->in->n_sites && shown < SITES_SHOWN; j++) {
        if (!has_site(s->sites, j)) continue;
        used += (size_t)snprintf(names + used, sizeof names - used, "%s'%s'",
                                 shown++ > 0 ? ", " : "", c->in->sites[j].id);
        assert(used < sizeof names);
    }
    note_add(&c->r->notes, NOTE_CROWDED, review_place_nowhere(),
             "%" PRId64 " people may by tags and needs go to %d site%s only (%s%s), with %" PRId64
             " beds in %s",
             s->people, s->size, plural(s->size), names, s->size > shown ? ", ..." : "",
             s->people - s->excess, week_text);
}

static plaats_status judge_sets(person_classes *c, week w, const week_beds *beds, word *sites,
                                plaats_error *error) {
    if (c->n > MOST_CLASSES) return PLAATS_OK;
    site_set *sets = zero_alloc((size_t)c->n, sizeof *sets);
    if (sets == NULL) return fail_memory(error);
    int n = list_sets(c, sets);
    int64_t in_all = beds->people > beds->usable_beds ? beds->people - beds->usable_beds : 0;
    for (int i = 0; i < n; i++) {
        if (sets[i].size == 0) continue; /* who fits nowhere has a list of his own */
        if (sets[i].excess > told_within(c, sets, i, in_all, sites)) note_set(c, &sets[i], w);
    }
    free(sets);
    return PLAATS_OK;
}

/* ---- The whole ----------------------------------------------------------------------------- */

static plaats_status judge_week(person_classes *c, int t, word *sites, bool *sets_told,
                                plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const plaats_instance *in = c->in;
    week_beds *beds = &c->r->beds[t];
    int n_traits = in->n_tags + in->n_services;
    count_week(c, t, beds);
    TRY_ALLOC(beds->groups = zero_alloc((size_t)n_traits, sizeof *beds->groups));
    for (int trait = 0; trait < n_traits; trait++) judge_trait(c, t, trait, sites, beds);
    if (*sets_told) goto done;
    int before = c->r->notes.n;
    TRY(judge_sets(c, in->first + t, beds, sites, error));
    *sets_told = c->r->notes.n > before;
done:
    return st;
}

plaats_status review_beds(review *r, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const plaats_instance *in = r->instance;
    size_t traits = (size_t)in->n_tags + (size_t)in->n_services, n_sites = (size_t)in->n_sites;
    person_classes c = {.r = r, .in = in, .words = (n_sites + WORD_BITS - 1) / WORD_BITS};
    word *sites = NULL;
    bool sets_told = false;
    TRY_ALLOC(r->beds = zero_alloc((size_t)in->weeks, sizeof *r->beds));
    TRY_ALLOC(sites = zero_alloc(c.words, sizeof *sites));
    TRY_ALLOC(c.class_of = zero_alloc((size_t)in->n_people, sizeof *c.class_of));
    TRY_ALLOC(c.asked = zero_alloc((size_t)in->n_tags, sizeof *c.asked));
    TRY_ALLOC(c.beds = zero_alloc(n_sites, sizeof *c.beds));
    TRY_ALLOC(c.told = zero_alloc(traits, sizeof *c.told));
    TRY(sort_people(&c, error));
    for (int t = 0; t < in->weeks; t++) TRY(judge_week(&c, t, sites, &sets_told, error));
done:
    free(c.told);
    free(c.beds);
    free(c.slots);
    free(c.asked);
    free(c.class_of);
    free(c.at);
    free(sites);
    arena_free(&c.memory);
    return st;
}
