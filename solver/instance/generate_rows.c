#include "instance/generate.h"

#include <stdio.h>

const char *const gen_tags[N_GEN_TAGS] = {"amv", "family", "permit", "track-2"};

enum { PIN_TRIES = 40, HOSPITAL_KM = 120, BOUND_KM = 60 };

void gen_site_id(const gen_site *s, gen_name id) {
    const char *kind = gen_kinds[s->kind].name, *slug = gen_municipalities[s->municipality].slug;
    if (s->number == 1)
        snprintf(id, sizeof(gen_name), "%s-%s", kind, slug);
    else
        snprintf(id, sizeof(gen_name), "%s-%s-%d", kind, slug, s->number);
}

/* A person who lives alone needs no household of another name. */
void gen_household_id(const gen_household *h, gen_name id) {
    snprintf(id, sizeof(gen_name), "%c%lu", h->size == 1 ? 'p' : 'h',
             (unsigned long)h->first_person);
}

void gen_municipality_id(int municipality, gen_name id) {
    snprintf(id, sizeof(gen_name), "gm-%s", gen_municipalities[municipality].slug);
}

void gen_hospital_id(int hospital, gen_name id) {
    snprintf(id, sizeof(gen_name), "hospital-%s", gen_municipalities[gen_hospitals[hospital]].slug);
}

void gen_region_tag(const gen_site *s, gen_name tag) {
    snprintf(tag, sizeof(gen_name), "region-%d", gen_provinces[gen_province_of(s)].region);
}

static void out_position(json_out *o, int lat, int lon) {
    out_double(o, "lat", lat / 10000.0, 4);
    out_double(o, "lon", lon / 10000.0, 4);
}

static void out_week(json_out *o, const char *key, int after_first) {
    char text[16];
    gen_week(after_first, text);
    out_string(o, key, text);
}

static void out_tags(json_out *o, const char *key, unsigned tags) {
    if (tags == 0) return;
    out_array(o, key);
    for (int i = 0; i < N_GEN_TAGS; i++)
        if ((tags >> i & 1) != 0) out_string(o, NULL, gen_tags[i]);
    out_end(o);
}

/* ---- Sites ------------------------------------------------------------------------------- */

/* The fewest beds of which `usable` count when `percent` of them are, rounded down. */
static int64_t beds_of(int64_t usable, int percent) {
    return (usable * 100 + percent - 1) / percent;
}

static void out_step(json_out *o, int after_first, int64_t value) {
    out_object(o, NULL);
    out_week(o, "from", after_first);
    out_integer(o, "value", value);
    out_end(o);
}

static void out_beds(json_out *o, const gen_site *s) {
    int64_t beds = beds_of(s->usable, s->percent);
    if (s->step_week == NEVER) {
        out_integer(o, "beds", beds);
        return;
    }
    out_array(o, "beds");
    out_step(o, 0, beds);
    out_step(o, s->step_week, beds * s->step_percent / 100);
    out_end(o);
}

static void out_services(json_out *o, const gen_site *s) {
    out_object(o, "services");
    for (int i = 0; i < N_GEN_SERVICES; i++) {
        if (s->places[i] == UNLISTED || (i == GUIDANCE && s->kind != KIND_AMV)) continue;
        if (s->places[i] == UNLIMITED)
            out_bool(o, gen_services[i], true);
        else
            out_integer(o, gen_services[i], s->places[i]);
    }
    out_end(o);
}

void gen_row_site(gen_writer *w, const gen_site *s) {
    const gen_kind *kind = &gen_kinds[s->kind];
    json_out *o = &w->out;
    gen_name id, region;
    gen_site_id(s, id);
    gen_region_tag(s, region);
    out_object_row(o, NULL);
    out_string(o, "id", id);
    out_string(o, "kind", kind->name);
    out_string(o, "municipality", gen_municipalities[s->municipality].name);
    out_string(o, "province", gen_provinces[gen_province_of(s)].name);
    out_array(o, "tags");
    out_string(o, NULL, region);
    out_end(o);
    out_position(o, s->lat, s->lon);
    out_beds(o, s);
    if (s->percent != USABLE_PERCENT) out_integer(o, "usable_percent", s->percent);
    out_integer(o, "durable", s->durable);
    if (s->opens > 0) out_week(o, "opens", s->opens);
    if (s->closes != NEVER) out_week(o, "closes", s->closes);
    out_services(o, s);
    out_tags(o, "admits", s->admits);
    out_tags(o, "refuses", s->refuses);
    if (s->keep_open > 0) out_integer(o, "keep_open", s->keep_open);
    if (kind->max_weeks > 0) out_integer(o, "max_weeks", kind->max_weeks);
    out_end(o);
}

/* ---- People ------------------------------------------------------------------------------ */

/* The university hospital nearest to a site, on a map that is flat enough for that: a degree of
 * longitude is about 0.61 of one of latitude here. */
static int nearest_hospital(const gen_site *s) {
    int nearest = 0;
    int64_t least = INT64_MAX;
    for (int i = 0; i < N_HOSPITALS; i++) {
        int64_t lat = gen_municipalities[gen_hospitals[i]].lat - s->lat;
        int64_t lon = (gen_municipalities[gen_hospitals[i]].lon - s->lon) * 61 / 100;
        if (lat * lat + lon * lon >= least) continue;
        least = lat * lat + lon * lon;
        nearest = i;
    }
    return nearest;
}

/* Some who need medical care are treated in one hospital; a few of them must stay near it. */
static void out_hospital(gen_writer *w, random_stream *r, const gen_household *h) {
    int site = h->home == NO_SITE ? gen_below(r, w->g->n_sites) : h->home;
    bool must = gen_chance(r, 300);
    gen_name id;
    gen_hospital_id(nearest_hospital(&w->g->sites[site]), id);
    out_array(&w->out, "near");
    out_object(&w->out, NULL);
    out_string(&w->out, "place", id);
    if (must) out_integer(&w->out, "km", HOSPITAL_KM);
    out_integer(&w->out, "points_per_km", 1);
    if (must) out_string(&w->out, "because", "treatment every week");
    out_end(&w->out);
    out_end(&w->out);
}

static void out_needs(json_out *o, unsigned needs) {
    needs &= ~(1u << SCHOOL); /* follows from age */
    if (needs == 0) return;
    out_array(o, "needs");
    for (int i = 0; i < N_GEN_SERVICES; i++)
        if ((needs >> i & 1) != 0) out_string(o, NULL, gen_services[i]);
    out_end(o);
}

void gen_rows_people(gen_writer *w, int household) {
    const gen_household *h = &w->g->households[household];
    random_stream r = gen_stream(w->g, FOR_NEAR, household);
    gen_members m;
    gen_name id, group;
    gen_members_of(w->g, household, &m);
    gen_household_id(h, group);
    for (int i = 0; i < h->size; i++) {
        snprintf(id, sizeof id, "p%lu", (unsigned long)h->first_person + (unsigned long)i);
        out_object_row(&w->out, NULL);
        out_string(&w->out, "id", id);
        if (h->size > 1) out_string(&w->out, "household", group);
        out_integer(&w->out, "age", m.age[i]);
        out_needs(&w->out, m.needs[i]);
        out_tags(&w->out, "tags", h->tags);
        bool medical = (m.needs[i] >> MEDICAL & 1) != 0;
        if (medical && gen_chance(&r, 150)) out_hospital(w, &r, h);
        out_end(&w->out);
    }
}

/* ---- Households -------------------------------------------------------------------------- */

static void out_link(json_out *o, const gen_household *h) {
    gen_name id;
    if (h->linked == NO_LINK) return;
    gen_municipality_id(h->linked, id);
    out_array(o, "near");
    out_object(o, NULL);
    out_string(o, "place", id);
    if (h->bound) out_integer(o, "km", BOUND_KM);
    out_integer(o, "points_per_km", 1);
    if (h->bound) out_string(o, "because", "paid work there");
    out_end(o);
    out_end(o);
}

static void out_site_rule(json_out *o, const gen_site *s, const char *because) {
    gen_name id;
    gen_site_id(s, id);
    out_object(o, NULL);
    out_string(o, "site", id);
    out_string(o, "because", because);
    out_end(o);
}

static void out_ban(json_out *o, const gen_site *s, const char *because) {
    out_array(o, "bans");
    out_site_rule(o, s, because);
    out_end(o);
}

/* To its own site; one that arrives is promised a place where nothing rules it out. */
static void out_pin(gen_writer *w, random_stream *r, int household) {
    const gen_household *h = &w->g->households[household];
    const gen_site *s = h->home == NO_SITE ? NULL : &w->g->sites[h->home];
    gen_members m;
    gen_members_of(w->g, household, &m);
    bool plain = true;
    for (int i = 0; i < N_GEN_SERVICES; i++) plain = plain && m.count[i] == 0;
    for (int i = 0; i < PIN_TRIES && s == NULL && plain; i++) {
        const gen_site *other = &w->g->sites[gen_below(r, w->g->n_sites)];
        if (other->kind == KIND_AZC && gen_site_open(other) && other->closes == NEVER) s = other;
    }
    if (s == NULL) return;
    out_object(&w->out, "pin");
    gen_name id;
    gen_site_id(s, id);
    out_string(&w->out, "site", id);
    out_string(&w->out, "because", "agreed with the municipality");
    out_end(&w->out);
}

static void out_wish(gen_writer *w, random_stream *r, const gen_household *h) {
    gen_name id;
    char key[80];
    const gen_site *s = &w->g->sites[gen_below(r, w->g->n_sites)];
    int points = 10 + 10 * gen_below(r, 5), what = gen_below(r, 5);
    if (h->sort == SORT_AMV) {
        gen_region_tag(s, id);
        snprintf(key, sizeof key, "tag=%s", id);
    } else if (what == 0) {
        snprintf(key, sizeof key, "durable");
    } else if (what == 1) {
        snprintf(key, sizeof key, "kind=%s", gen_kinds[s->kind].name);
        points = -points;
    } else if (what == 2) {
        snprintf(key, sizeof key, "municipality=%s", gen_municipalities[s->municipality].name);
    } else if (what == 3) {
        gen_site_id(s, id);
        snprintf(key, sizeof key, "%s", id);
    } else {
        snprintf(key, sizeof key, "province=%s", gen_provinces[gen_province_of(s)].name);
    }
    out_object(&w->out, "wishes");
    out_integer(&w->out, key, points);
    out_end(&w->out);
}

static void out_special(gen_writer *w, random_stream *r, int household) {
    static const char *const reasons[] = {"interview", "hospital date", "exams", "birth expected"};
    const gen_household *h = &w->g->households[household];
    json_out *o = &w->out;
    int x = gen_below(r, 1000), site = gen_below(r, w->g->n_sites);
    if (site == h->home) site = (site + 1) % w->g->n_sites;
    switch (h->special) {
    case SPECIAL_NO_MOVE:
        out_week(o, "no_move_before", 1 + x % 4);
        out_string(o, "no_move_because", reasons[x / 250]);
        return;
    case SPECIAL_PIN:
        out_pin(w, r, household);
        return;
    case SPECIAL_BAN:
        out_ban(o, &w->g->sites[site], "conflict there");
        return;
    case SPECIAL_BAN_HOME:
        out_ban(o, &w->g->sites[h->home], "not safe there");
        return;
    case SPECIAL_MAX_KM:
        out_integer(o, "max_km", (h->home == NO_SITE ? 180 : 100) + x / 10);
        out_string(o, "max_km_because", "cannot travel far");
        return;
    case SPECIAL_WISH:
        out_wish(w, r, h);
        return;
    default:
        return;
    }
}

/* Where it lives and since when, or where it comes from; and when it needs a bed. */
static void out_home(gen_writer *w, random_stream *r, const gen_household *h) {
    int weeks = gen_below(r, 1000), entrance = gen_chance(r, 200);
    if (h->home != NO_SITE) {
        const gen_site *s = &w->g->sites[h->home];
        int limit = gen_kinds[s->kind].max_weeks;
        gen_name id;
        gen_site_id(s, id);
        out_string(&w->out, "site", id);
        if (limit > 0) out_week(&w->out, "since", -1 - weeks % (limit * 3 / 2));
    } else {
        out_string(&w->out, "from", gen_entrances[entrance].id);
    }
    if (h->arrives > 0) out_week(&w->out, "arrives", h->arrives);
    if (h->leaves != NEVER) out_week(&w->out, "leaves", h->leaves);
}

void gen_row_household(gen_writer *w, int household) {
    const gen_household *h = &w->g->households[household];
    random_stream r = gen_stream(w->g, FOR_ROWS, household);
    gen_members m;
    gen_name id;
    gen_members_of(w->g, household, &m);
    gen_household_id(h, id);
    out_object_row(&w->out, NULL);
    out_string(&w->out, "id", id);
    out_home(w, &r, h);
    int moves = gen_below(&r, 4);
    if (gen_chance(&r, 100)) moves += 4;
    if (h->home == NO_SITE) moves /= 2;
    if (m.count[SCHOOL] > 0 && moves > 0) out_integer(&w->out, "moves", moves);
    if (m.count[MEDICAL] + m.count[WHEELCHAIR] > 0) out_integer(&w->out, "priority", 2);
    out_link(&w->out, h);
    out_special(w, &r, household);
    out_end(&w->out);
}
