#include "base/week.h"
#include "instance/generate.h"

#include <assert.h>
#include <stdio.h>

enum { FLUSH_SIZE = 1 << 16, MIN_STAY = 2 };

static const char first_week[] = "2023-W06";

void gen_week(int after_first, char text[16]) {
    week first = 0;
    bool parsed = week_parse(first_week, &first);
    assert(parsed);
    (void)parsed;
    week_format(first + after_first, text);
}

/* Hands the text over when there is more than `keep` of it. */
static void flush(gen_writer *w, size_t keep) {
    if (w->text.size <= keep || w->refused || w->text.failed) return;
    w->refused = w->write(w->context, w->text.bytes, w->text.size) != 0;
    w->text.size = 0;
}

/* ---- Head -------------------------------------------------------------------------------- */

static void write_rules(json_out *o) {
    static const int holidays[] = {3, 12, 25, 26}; /* weeks after the first */
    char text[16];
    out_object(o, "rules");
    out_array_row(o, "services_by_age");
    out_object(o, NULL);
    out_string(o, "service", gen_services[SCHOOL]);
    out_integer(o, "from", 4);
    out_integer(o, "to", 17);
    out_end(o);
    out_end(o);
    out_integer(o, "usable_percent", USABLE_PERCENT);
    out_array_row(o, "school_holidays");
    for (size_t i = 0; i < sizeof holidays / sizeof *holidays; i++) {
        gen_week(holidays[i], text);
        out_string(o, NULL, text);
    }
    out_end(o);
    out_integer(o, "min_stay", MIN_STAY);
    out_end(o);
}

static void write_place(json_out *o, const char *id, const char *name, int lat, int lon) {
    out_object_row(o, NULL);
    out_string(o, "id", id);
    out_string(o, "name", name);
    out_double(o, "lat", lat / 10000.0, 4);
    out_double(o, "lon", lon / 10000.0, 4);
    out_end(o);
}

static void write_places(const generator *g, json_out *o) {
    bool linked[N_MUNICIPALITIES] = {false};
    gen_name id;
    for (int i = 0; i < g->n_households; i++)
        if (g->households[i].linked != NO_LINK) linked[g->households[i].linked] = true;
    out_array(o, "places");
    for (int i = 0; i < N_ENTRANCES; i++) {
        const gen_entrance *e = &gen_entrances[i];
        write_place(o, e->id, e->name, e->lat, e->lon);
    }
    for (int i = 0; i < N_HOSPITALS; i++) {
        const gen_municipality *m = &gen_municipalities[gen_hospitals[i]];
        gen_hospital_id(i, id);
        write_place(o, id, m->name, m->lat, m->lon);
    }
    for (int i = 0; i < N_MUNICIPALITIES; i++) {
        const gen_municipality *m = &gen_municipalities[i];
        if (!linked[i]) continue;
        gen_municipality_id(i, id);
        write_place(o, id, m->name, m->lat, m->lon);
    }
    out_end(o);
}

/* ---- Quotas ------------------------------------------------------------------------------ */

/* Which sites a quota covers; -1 for any. */
typedef struct {
    int kind, province, site;
} cover;

static bool covers(const generator *g, const cover *c, int site) {
    const gen_site *s = &g->sites[site];
    return (c->kind < 0 || s->kind == c->kind) && (c->site < 0 || site == c->site) &&
           (c->province < 0 || gen_province_of(s) == c->province);
}

static int64_t usable_in(const generator *g, const cover *c) {
    int64_t sum = 0;
    for (int i = 0; i < g->n_sites; i++)
        if (gen_site_open(&g->sites[i]) && covers(g, c, i)) sum += g->sites[i].usable;
    return sum;
}

/* Persons with any of the tags who live there. */
static int64_t living_in(const generator *g, const cover *c, unsigned tags) {
    int64_t sum = 0;
    for (int i = 0; i < g->n_households; i++) {
        const gen_household *h = &g->households[i];
        if (h->home != NO_SITE && (h->tags & tags) != 0 && covers(g, c, h->home)) sum += h->size;
    }
    return sum;
}

static void begin_quota(json_out *o, const char *id) {
    out_object_row(o, NULL);
    out_string(o, "id", id);
}

/* Hard, and never below what the people who live there make of it. */
static void quota_hard(const generator *g, json_out *o, const cover *c, int tag, int permille) {
    int64_t most = (usable_in(g, c) * permille + 999) / 1000;
    int64_t now = living_in(g, c, 1u << tag);
    out_string(o, "tag", gen_tags[tag]);
    out_integer(o, "max", now > most ? now : most);
}

static void quota_ships(const generator *g, json_out *o) {
    cover c = {KIND_SHIP, -1, -1};
    if (usable_in(g, &c) == 0) return;
    begin_quota(o, "families-on-ships");
    out_string(o, "kind", gen_kinds[KIND_SHIP].name);
    quota_hard(g, o, &c, 1, 250);
    out_string(o, "because", "no room to play");
    out_end(o);
}

static void quota_track_2(const generator *g, json_out *o) {
    cover c = {-1, gen_province_of(&g->sites[0]), -1};
    begin_quota(o, "track-2-in-province");
    out_string(o, "province", gen_provinces[c.province].name);
    quota_hard(g, o, &c, 3, 20);
    out_string(o, "because", "agreed with the province");
    out_end(o);
}

static void quota_crisis(const generator *g, json_out *o) {
    cover c = {KIND_CRISIS, -1, -1};
    int64_t usable = usable_in(g, &c);
    char text[16];
    if (usable == 0) return;
    begin_quota(o, "crisis-winds-down");
    out_string(o, "kind", gen_kinds[KIND_CRISIS].name);
    out_array(o, "max");
    for (int i = 0; i < g->weeks; i += 2) {
        gen_week(i, text);
        out_object(o, NULL);
        out_string(o, "from", text);
        out_integer(o, "value", usable * (i < 18 ? 90 - 5 * i : 0) / 100);
        out_end(o);
    }
    out_end(o);
    out_integer(o, "points", 15);
    out_end(o);
}

/* The four provinces with most places to find. */
static void quotas_shares(const generator *g, json_out *o) {
    int64_t places = 0;
    gen_name id;
    for (int p = 0; p < N_PROVINCES; p++) places += gen_provinces[p].places;
    for (int p = 0; p < N_PROVINCES; p++) {
        const gen_province *province = &gen_provinces[p];
        cover c = {-1, p, -1};
        if (province->places < 7000 || usable_in(g, &c) == 0) continue;
        snprintf(id, sizeof id, "share-%s", province->slug);
        begin_quota(o, id);
        out_string(o, "province", province->name);
        out_integer(o, "min", g->present * province->places * 95 / (places * 100));
        out_integer(o, "points", 4);
        out_end(o);
    }
}

/* One centre in twenty-five sites, the first included, has agreed on its mix. */
static void quotas_mix(const generator *g, json_out *o) {
    gen_name id, quota;
    for (int i = 0; i < g->n_sites; i += 25) {
        const gen_site *s = &g->sites[i];
        if (s->kind != KIND_AZC) continue;
        gen_site_id(s, id);
        snprintf(quota, sizeof quota, "mix-%.50s", id);
        begin_quota(o, quota);
        out_array(o, "sites");
        out_string(o, NULL, id);
        out_end(o);
        out_string(o, "tag", gen_tags[2]);
        out_integer(o, "max", s->usable * 35 / 100);
        out_integer(o, "points", 10);
        out_end(o);
    }
}

static void write_quotas(const generator *g, json_out *o) {
    out_array(o, "quotas");
    quota_ships(g, o);
    quota_track_2(g, o);
    quota_crisis(g, o);
    quotas_shares(g, o);
    quotas_mix(g, o);
    out_end(o);
}

/* ---- Rows -------------------------------------------------------------------------------- */

static void write_pairs(gen_writer *w, const char *key, bool together) {
    const generator *g = w->g;
    gen_name id;
    out_array(&w->out, key);
    for (int i = 0; i < g->n_pairs; i++) {
        const gen_pair *pair = &g->pairs[i];
        if (pair->together != together) continue;
        out_object_row(&w->out, NULL);
        out_array(&w->out, "households");
        gen_household_id(&g->households[pair->a], id);
        out_string(&w->out, NULL, id);
        gen_household_id(&g->households[pair->b], id);
        out_string(&w->out, NULL, id);
        out_end(&w->out);
        out_string(&w->out, "because", together ? "relatives" : "conflict");
        out_end(&w->out);
        flush(w, FLUSH_SIZE);
    }
    out_end(&w->out);
}

static void write_rows(gen_writer *w) {
    const generator *g = w->g;
    out_array(&w->out, "people");
    for (int i = 0; i < g->n_households && !w->refused; i++) {
        gen_rows_people(w, i);
        flush(w, FLUSH_SIZE);
    }
    out_end(&w->out);
    out_array(&w->out, "households");
    for (int i = 0; i < g->n_households && !w->refused; i++) {
        gen_row_household(w, i);
        flush(w, FLUSH_SIZE);
    }
    out_end(&w->out);
}

static void write_document(gen_writer *w) {
    const generator *g = w->g;
    json_out *o = &w->out;
    out_object(o, NULL);
    out_string(o, "format", "plaats.instance/1");
    out_string(o, "week", first_week);
    out_integer(o, "weeks", g->weeks);
    write_rules(o);
    write_quotas(g, o);
    out_array(o, "sites");
    for (int i = 0; i < g->n_sites; i++) {
        gen_row_site(w, &g->sites[i]);
        flush(w, FLUSH_SIZE);
    }
    out_end(o);
    write_places(g, o);
    write_rows(w);
    write_pairs(w, "together", true);
    write_pairs(w, "apart", false);
    out_end(o);
    flush(w, 0);
}

plaats_status gen_write(const generator *g, plaats_write_fn write, void *context,
                        plaats_error *error) {
    plaats_status st = PLAATS_OK;
    gen_writer w = {.g = g, .write = write, .context = context};
    w.out.to = &w.text;
    write_document(&w);
    if (w.text.failed)
        st = fail_memory(error);
    else if (w.refused)
        st = fail(error, PLAATS_IO, "could not write the instance");
    buffer_free(&w.text);
    return st;
}
