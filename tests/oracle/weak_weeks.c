#include "weak_weeks.h"

#include "random_making.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST_UNITS = 60, MOST_SITES = 12, SERVICES = 2, TAGS = 2, AREAS = 4 };

static const char *const service_name[SERVICES] = {"school", "medical"};
static const char *const tag_name[TAGS] = {"alone", "night"};

/* People who go to one site: a household, or with `minors` a group of households of one. */
typedef struct {
    int persons, priority;
    int needing[SERVICES]; /* of the persons */
    int tagged[TAGS];      /* of the persons: whom quotas count */
    int wish[MOST_SITES];
} weak_unit;

typedef struct {
    int beds, keep_open;
    int places[SERVICES]; /* only if `services` */
} weak_site;

/* For each tag and each area: the sites whose number is that of the area modulo AREAS. */
typedef struct {
    int max, min; /* persons; -1: no limit */
    int points;   /* 0: hard */
} weak_quota;

struct weak_week {
    making chance;
    int n_units, n_sites, persons;
    bool services, minors, first; /* first: U is "first" */
    weak_unit units[MOST_UNITS];
    weak_site sites[MOST_SITES];
    bool limited; /* are there quotas? */
    weak_quota quotas[TAGS][AREAS];
    int apart_percent; /* of the pairs of units */
};

/* ---- What the kinds are made of ---------------------------------------------------------- */

static int between(weak_week *w, int low, int high) {
    return random_between(&w->chance, low, high);
}

static void add_units(weak_week *w, int low, int high) {
    for (int u = 0; u < w->n_units; u++) {
        weak_unit *unit = &w->units[u];

        unit->persons = between(w, low, high);
        unit->priority = 1;
        for (int t = 0; t < TAGS; t++) unit->tagged[t] = between(w, 0, unit->persons);
        w->persons += unit->persons;
        for (int j = 0; j < w->n_sites; j++) unit->wish[j] = between(w, 0, 40) * unit->persons;
    }
}

/* The i-th of n shares in a total, as equal as whole numbers can be. */
static int share(int total, int i, int n) {
    return total * (i + 1) / n - total * i / n;
}

static void add_beds(weak_week *w, int percent) {
    for (int j = 0; j < w->n_sites; j++)
        w->sites[j].beds = share(w->persons * percent / 100, j, w->n_sites);
}

/* Together the areas allow, or ask for, as many as there are. */
static void add_quotas(weak_week *w, bool max, bool min, int points) {
    w->limited = true;
    for (int t = 0; t < TAGS; t++) {
        int sum = 0;

        for (int u = 0; u < w->n_units; u++) sum += w->units[u].tagged[t];
        for (int a = 0; a < AREAS; a++) {
            int part = share(sum, a, AREAS);

            w->quotas[t][a] = (weak_quota){max ? part : -1, min ? part : -1, points};
        }
    }
}

/* ---- The kinds --------------------------------------------------------------------------- */

static void tight_services(weak_week *w) {
    w->services = true;
    add_units(w, 1, 5);
    add_beds(w, 180);
    for (int s = 0; s < SERVICES; s++) {
        int sum = 0;

        for (int u = 0; u < w->n_units; u++)
            sum += w->units[u].needing[s] = between(w, 0, w->units[u].persons);
        for (int j = 0; j < w->n_sites; j++)
            w->sites[j].places[s] = share(sum * 110 / 100, j, w->n_sites);
    }
}

static void large_families(weak_week *w) {
    add_units(w, 4, 9);
    add_beds(w, 110);
}

/* Groups of minors fill units of 16 that cost points to keep open; the last site has room for all,
 * but nobody wants it. */
static void minors_in_units(weak_week *w) {
    w->minors = true;
    add_units(w, 1, 6);
    for (int j = 0; j < w->n_sites; j++) {
        w->sites[j].beds = 16;
        w->sites[j].keep_open = between(w, 50, 300);
    }
    w->sites[w->n_sites - 1] = (weak_site){.beds = w->persons};
    for (int u = 0; u < w->n_units; u++) w->units[u].wish[w->n_sites - 1] = 0;
}

static void hard_quotas(weak_week *w) {
    add_units(w, 1, 5);
    add_beds(w, 200);
    add_quotas(w, true, false, 0);
}

static void least_quotas(weak_week *w) {
    add_units(w, 1, 5);
    add_beds(w, 200);
    add_quotas(w, false, true, 8);
}

static void soft_quotas(weak_week *w) {
    add_units(w, 1, 5);
    add_beds(w, 200);
    add_quotas(w, true, false, 5);
}

static void apart_pairs(weak_week *w) {
    add_units(w, 1, 4);
    add_beds(w, 200);
    w->apart_percent = 40;
}

/* Sites are all but full, so that few of those who are apart from many can give way. */
static void apart_and_full(weak_week *w) {
    add_units(w, 1, 4);
    add_beds(w, 120);
    w->apart_percent = 40;
}

/* In every second week some sites cost nothing to keep open. */
static void sites_to_open(weak_week *w) {
    bool all = between(w, 0, 1) == 0;

    add_units(w, 1, 5);
    add_beds(w, 200);
    for (int j = 0; j < w->n_sites; j++)
        if (all || j % 3 != 0) w->sites[j].keep_open = between(w, 100, 400);
}

static void too_few_beds(weak_week *w) {
    add_units(w, 1, 6);
    add_beds(w, 85);
    for (int u = 0; u < w->n_units; u++) w->units[u].priority = between(w, 1, 3);
}

const weak_kind weak_kinds[WEAK_KINDS] = {
    {"services", tight_services, {{9, 4}, {40, 8}}},
    {"families", large_families, {{9, 4}, {30, 10}}},
    {"minors", minors_in_units, {{9, 4}, {40, 10}}},
    {"hard-quotas", hard_quotas, {{9, 4}, {60, 12}}},
    {"least-quotas", least_quotas, {{9, 4}, {60, 12}}},
    {"soft-quotas", soft_quotas, {{9, 4}, {60, 12}}},
    {"apart", apart_pairs, {{9, 3}, {30, 8}}},
    {"apart-full", apart_and_full, {{9, 3}, {22, 6}}},
    {"keep-open", sites_to_open, {{9, 4}, {40, 8}}},
    {"beds-short", too_few_beds, {{9, 4}, {30, 6}}},
};

const char *const weak_size_name[WEAK_SIZES] = {"small", "large"};

/* ---- As text ----------------------------------------------------------------------------- */

static const char *comma(bool first) {
    return first ? "" : ",\n ";
}

static void write_sites(const weak_week *w, FILE *out) {
    fprintf(out, ",\n\"sites\": [");
    for (int j = 0; j < w->n_sites; j++) {
        const weak_site *site = &w->sites[j];

        fprintf(out, "%s{\"id\": \"s%d\", \"beds\": %d, \"durable\": true", comma(j == 0), j,
                site->beds);
        if (site->keep_open > 0) fprintf(out, ", \"keep_open\": %d", site->keep_open);
        if (w->services)
            fprintf(out, ", \"services\": {\"%s\": %d, \"%s\": %d}", service_name[0],
                    site->places[0], service_name[1], site->places[1]);
        fprintf(out, "}");
    }
    fprintf(out, "]");
}

/* The household of a person: of its own if a minor. */
static void write_household_id(const weak_week *w, FILE *out, int u, int p) {
    if (w->minors)
        fprintf(out, "\"h%d_%d\"", u, p);
    else
        fprintf(out, "\"h%d\"", u);
}

/* Those of the words that go for person p: word i for the first counts[i] of a unit. */
static void write_words(FILE *out, const char *name, const char *const *words, const int *counts,
                        int n, int p) {
    const char *separator = "";

    fprintf(out, ", \"%s\": [", name);
    for (int i = 0; i < n; i++) {
        if (p >= counts[i]) continue;
        fprintf(out, "%s\"%s\"", separator, words[i]);
        separator = ", ";
    }
    fprintf(out, "]");
}

static void write_person(const weak_week *w, FILE *out, int u, int p) {
    fprintf(out, "%s{\"id\": \"p%d_%d\", \"household\": ", comma(u == 0 && p == 0), u, p);
    write_household_id(w, out, u, p);
    fprintf(out, ", \"age\": %d", w->minors ? 16 : 30);
    write_words(out, "needs", service_name, w->units[u].needing, SERVICES, p);
    write_words(out, "tags", tag_name, w->units[u].tagged, TAGS, p);
    fprintf(out, "}");
}

static void write_household(const weak_week *w, FILE *out, int u, int p) {
    const weak_unit *unit = &w->units[u];
    int parts = w->minors ? unit->persons : 1; /* each wishes for its share */

    fprintf(out, "%s{\"id\": ", comma(u == 0 && p == 0));
    write_household_id(w, out, u, p);
    fprintf(out, ", \"priority\": %d, \"wishes\": {", unit->priority);
    for (int j = 0; j < w->n_sites; j++)
        fprintf(out, "%s\"s%d\": %d", j == 0 ? "" : ", ", j, unit->wish[j] / parts);
    fprintf(out, "}}");
}

static void write_people(const weak_week *w, FILE *out) {
    fprintf(out, ",\n\"people\": [");
    for (int u = 0; u < w->n_units; u++)
        for (int p = 0; p < w->units[u].persons; p++) write_person(w, out, u, p);
    fprintf(out, "],\n\"households\": [");
    for (int u = 0; u < w->n_units; u++)
        for (int p = 0; p < (w->minors ? w->units[u].persons : 1); p++)
            write_household(w, out, u, p);
    fprintf(out, "]");
}

static void write_together(const weak_week *w, FILE *out) {
    bool first = true;

    fprintf(out, ",\n\"together\": [");
    for (int u = 0; w->minors && u < w->n_units; u++) {
        if (w->units[u].persons < 2) continue;
        fprintf(out, "%s{\"households\": [", comma(first));
        for (int p = 0; p < w->units[u].persons; p++) {
            fprintf(out, "%s", p == 0 ? "" : ", ");
            write_household_id(w, out, u, p);
        }
        fprintf(out, "]}");
        first = false;
    }
    fprintf(out, "]");
}

static void write_apart(weak_week *w, FILE *out) {
    bool first = true;

    fprintf(out, ",\n\"apart\": [");
    for (int u = 0; u < w->n_units; u++)
        for (int v = 0; v < u; v++)
            if (between(w, 1, 100) <= w->apart_percent) {
                fprintf(out, "%s{\"households\": [\"h%d\", \"h%d\"]}", comma(first), v, u);
                first = false;
            }
    fprintf(out, "]");
}

static void write_quota(const weak_week *w, FILE *out, int t, int a) {
    const weak_quota *quota = &w->quotas[t][a];

    fprintf(out, "%s{\"id\": \"q%d_%d\", \"tag\": \"%s\", \"sites\": [", comma(t == 0 && a == 0), t,
            a, tag_name[t]);
    for (int j = a; j < w->n_sites; j += AREAS) fprintf(out, "%s\"s%d\"", j == a ? "" : ", ", j);
    fprintf(out, "]");
    if (quota->max >= 0) fprintf(out, ", \"max\": %d", quota->max);
    if (quota->min >= 0) fprintf(out, ", \"min\": %d", quota->min);
    if (quota->points > 0) fprintf(out, ", \"points\": %d", quota->points);
    fprintf(out, "}");
}

static void write_quotas(const weak_week *w, FILE *out) {
    fprintf(out, ",\n\"quotas\": [");
    for (int t = 0; w->limited && t < TAGS; t++)
        for (int a = 0; a < AREAS; a++) write_quota(w, out, t, a);
    fprintf(out, "]");
}

char *weak_instance(const weak_kind *kind, weak_size size, uint64_t seed) {
    weak_week w = {.chance.state = seed * 1000003U,
                   .n_units = kind->size[size].units,
                   .n_sites = kind->size[size].sites,
                   .first = size == WEAK_SMALL && seed % 2 == 0};
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);

    assert(out != NULL);
    kind->make(&w);
    fprintf(out, "{\"format\": \"plaats.instance/1\", \"week\": \"2023-W06\"");
    write_sites(&w, out);
    write_people(&w, out);
    write_together(&w, out);
    write_apart(&w, out);
    write_quotas(&w, out);
    fprintf(out, ",\n\"weights\": {\"unplaced\": %s}}\n", w.first ? "\"first\"" : "500");
    fclose(out);
    assert(text != NULL);
    return text;
}
