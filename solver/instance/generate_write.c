/* The document of a synthetic week: its head, quotas, places, and all rows. */
#include "instance/generate.h"

#include <assert.h>
#include <stdio.h>

enum { FLUSH_SIZE = 1 << 16, MIN_STAY = 2 };

static const char first_week[] = "2023-W06";

void generate_week(int after_first, char text[WEEK_TEXT_SIZE]) {
    week first = 0;
    bool parsed = week_parse(first_week, &first);
    assert(parsed);
    (void)parsed;
    week_format(first + after_first, text);
}

/* Hands the text over when there is more than `keep` of it. */
static void flush(generate_writer *w, size_t keep) {
    if (w->text.size <= keep || w->refused || w->text.failed) return;
    w->refused = w->write(w->context, w->text.bytes, w->text.size) != 0;
    w->text.size = 0;
}

/* ---- Head -------------------------------------------------------------------------------- */

static void write_rules(json_out *o) {
    static const int holidays[] = {3, 12, 25, 26}; /* weeks after the first */
    char text[WEEK_TEXT_SIZE];
    json_out_object(o, "rules");
    json_out_array_row(o, "services_by_age");
    json_out_object(o, NULL);
    json_out_string(o, "service", generate_services[SCHOOL]);
    json_out_integer(o, "from", 4);
    json_out_integer(o, "to", 17);
    json_out_end(o);
    json_out_end(o);
    json_out_integer(o, "usable_percent", USABLE_PERCENT);
    json_out_array_row(o, "school_holidays");
    for (size_t i = 0; i < sizeof holidays / sizeof *holidays; i++) {
        generate_week(holidays[i], text);
        json_out_string(o, NULL, text);
    }
    json_out_end(o);
    json_out_integer(o, "min_stay", MIN_STAY);
    json_out_end(o);
}

static void write_place(json_out *o, const char *id, const char *name, int lat, int lon) {
    json_out_object_row(o, NULL);
    json_out_string(o, "id", id);
    json_out_string(o, "name", name);
    json_out_double(o, "lat", lat / 10000.0, 4);
    json_out_double(o, "lon", lon / 10000.0, 4);
    json_out_end(o);
}

static void write_places(const generator *g, json_out *o) {
    bool linked[N_MUNICIPALITIES] = {false};
    generate_name id;
    for (int i = 0; i < g->n_households; i++)
        if (g->households[i].linked != NO_LINK) {
            assert(g->households[i].linked < N_MUNICIPALITIES);
            linked[g->households[i].linked] = true;
        }
    json_out_array(o, "places");
    for (int i = 0; i < N_ENTRANCES; i++) {
        const generate_entrance *e = &generate_entrances[i];
        write_place(o, e->id, e->name, e->lat, e->lon);
    }
    for (int i = 0; i < N_HOSPITALS; i++) {
        const generate_municipality *m = &generate_municipalities[generate_hospitals[i]];
        generate_hospital_id(i, id);
        write_place(o, id, m->name, m->lat, m->lon);
    }
    for (int i = 0; i < N_MUNICIPALITIES; i++) {
        const generate_municipality *m = &generate_municipalities[i];
        if (!linked[i]) continue;
        generate_municipality_id(i, id);
        write_place(o, id, m->name, m->lat, m->lon);
    }
    json_out_end(o);
}

/* ---- Quotas ------------------------------------------------------------------------------ */

/* Which sites a quota covers; -1 for any. */
typedef struct {
    int kind, province, site;
} cover;

static bool covers(const generator *g, const cover *c, int site) {
    const generate_site *s = &g->sites[site];
    return (c->kind < 0 || s->kind == c->kind) && (c->site < 0 || site == c->site) &&
           (c->province < 0 || generate_province_of(s) == c->province);
}

static int64_t usable_in(const generator *g, const cover *c) {
    int64_t sum = 0;
    for (int i = 0; i < g->n_sites; i++)
        if (generate_site_open(&g->sites[i]) && covers(g, c, i)) sum += g->sites[i].usable;
    return sum;
}

/* Persons with any of the tags who live there. */
static int64_t living_in(const generator *g, const cover *c, unsigned tags) {
    int64_t sum = 0;
    for (int i = 0; i < g->n_households; i++) {
        const generate_household *h = &g->households[i];
        if (h->home != NO_SITE && (h->tags & tags) != 0 && covers(g, c, h->home)) sum += h->size;
    }
    return sum;
}

static void begin_quota(json_out *o, const char *id) {
    json_out_object_row(o, NULL);
    json_out_string(o, "id", id);
}

/* Hard, and never below what the people who live there make of it. */
static void quota_hard(const generator *g, json_out *o, const cover *c, int tag, int permille) {
    int64_t most = (usable_in(g, c) * permille + 999) / 1000;
    int64_t now = living_in(g, c, 1u << tag);
    json_out_string(o, "tag", generate_tags[tag]);
    json_out_integer(o, "max", now > most ? now : most);
}

static void quota_ships(const generator *g, json_out *o) {
    cover c = {KIND_SHIP, -1, -1};
    if (usable_in(g, &c) == 0) return;
    begin_quota(o, "families-on-ships");
    json_out_string(o, "kind", generate_kinds[KIND_SHIP].name);
    quota_hard(g, o, &c, 1, 250);
    json_out_string(o, "because", "no room to play");
    json_out_end(o);
}

static void quota_track_2(const generator *g, json_out *o) {
    cover c = {-1, generate_province_of(&g->sites[0]), -1};
    begin_quota(o, "track-2-in-province");
    json_out_string(o, "province", generate_provinces[c.province].name);
    quota_hard(g, o, &c, 3, 20);
    json_out_string(o, "because", "agreed with the province");
    json_out_end(o);
}

static void quota_crisis(const generator *g, json_out *o) {
    cover c = {KIND_CRISIS, -1, -1};
    int64_t usable = usable_in(g, &c);
    char text[WEEK_TEXT_SIZE];
    if (usable == 0) return;
    begin_quota(o, "crisis-winds-down");
    json_out_string(o, "kind", generate_kinds[KIND_CRISIS].name);
    json_out_array(o, "max");
    for (int i = 0; i < g->weeks; i += 2) {
        generate_week(i, text);
        json_out_object(o, NULL);
        json_out_string(o, "from", text);
        json_out_integer(o, "value", usable * (i < 18 ? 90 - 5 * i : 0) / 100);
        json_out_end(o);
    }
    json_out_end(o);
    json_out_integer(o, "points", 15);
    json_out_end(o);
}

/* The four provinces with most places to find. */
static void quotas_shares(const generator *g, json_out *o) {
    int64_t places = 0;
    generate_name id;
    for (int p = 0; p < N_PROVINCES; p++) places += generate_provinces[p].places;
    for (int p = 0; p < N_PROVINCES; p++) {
        const generate_province *province = &generate_provinces[p];
        cover c = {-1, p, -1};
        if (province->places < 7000 || usable_in(g, &c) == 0) continue;
        snprintf(id, sizeof id, "share-%s", province->slug);
        begin_quota(o, id);
        json_out_string(o, "province", province->name);
        json_out_integer(o, "min", g->present * province->places * 95 / (places * 100));
        json_out_integer(o, "points", 4);
        json_out_end(o);
    }
}

/* One centre in twenty-five sites, the first included, has agreed on its mix. */
static void quotas_mix(const generator *g, json_out *o) {
    generate_name id, quota;
    for (int i = 0; i < g->n_sites; i += 25) {
        const generate_site *s = &g->sites[i];
        if (s->kind != KIND_AZC) continue;
        generate_site_id(s, id);
        snprintf(quota, sizeof quota, "mix-%.50s", id);
        begin_quota(o, quota);
        json_out_array(o, "sites");
        json_out_string(o, NULL, id);
        json_out_end(o);
        json_out_string(o, "tag", generate_tags[2]);
        json_out_integer(o, "max", s->usable * 35 / 100);
        json_out_integer(o, "points", 10);
        json_out_end(o);
    }
}

static void write_quotas(const generator *g, json_out *o) {
    json_out_array(o, "quotas");
    quota_ships(g, o);
    quota_track_2(g, o);
    quota_crisis(g, o);
    quotas_shares(g, o);
    quotas_mix(g, o);
    json_out_end(o);
}

/* ---- Rows -------------------------------------------------------------------------------- */

static void write_pairs(generate_writer *w, const char *key, bool together) {
    const generator *g = w->g;
    generate_name id;
    json_out_array(&w->out, key);
    for (int i = 0; i < g->n_pairs; i++) {
        const generate_pair *pair = &g->pairs[i];
        if (pair->together != together) continue;
        json_out_object_row(&w->out, NULL);
        json_out_array(&w->out, "households");
        generate_household_id(&g->households[pair->a], id);
        json_out_string(&w->out, NULL, id);
        generate_household_id(&g->households[pair->b], id);
        json_out_string(&w->out, NULL, id);
        json_out_end(&w->out);
        json_out_string(&w->out, "because", together ? "relatives" : "conflict");
        json_out_end(&w->out);
        flush(w, FLUSH_SIZE);
    }
    json_out_end(&w->out);
}

static void write_rows(generate_writer *w) {
    const generator *g = w->g;
    json_out_array(&w->out, "people");
    for (int i = 0; i < g->n_households && !w->refused; i++) {
        generate_rows_people(w, i);
        flush(w, FLUSH_SIZE);
    }
    json_out_end(&w->out);
    json_out_array(&w->out, "households");
    for (int i = 0; i < g->n_households && !w->refused; i++) {
        generate_row_household(w, i);
        flush(w, FLUSH_SIZE);
    }
    json_out_end(&w->out);
}

static void write_document(generate_writer *w) {
    const generator *g = w->g;
    json_out *o = &w->out;
    json_out_object(o, NULL);
    json_out_string(o, "format", "plaats.instance/1");
    json_out_string(o, "week", first_week);
    json_out_integer(o, "weeks", g->weeks);
    write_rules(o);
    write_quotas(g, o);
    json_out_array(o, "sites");
    for (int i = 0; i < g->n_sites; i++) {
        generate_row_site(w, &g->sites[i]);
        flush(w, FLUSH_SIZE);
    }
    json_out_end(o);
    write_places(g, o);
    write_rows(w);
    write_pairs(w, "together", true);
    write_pairs(w, "apart", false);
    json_out_end(o);
    flush(w, 0);
}

plaats_status generate_write(const generator *g, plaats_write_fn write, void *context,
                             plaats_error *error) {
    plaats_status st = PLAATS_OK;
    generate_writer w = {.g = g, .write = write, .context = context};
    w.out.to = &w.text;
    write_document(&w);
    if (w.text.failed)
        st = fail_memory(error);
    else if (w.refused)
        st = fail(error, PLAATS_IO, "could not write the instance");
    buffer_free(&w.text);
    return st;
}
