/* Rows of the document: sites, people, households, and what they are called. */
#include "instance/generate.h"

#include <assert.h>
#include <stdio.h>

const char *const generate_tags[N_GEN_TAGS] = {"amv", "family", "permit", "track-2"};

enum { PIN_TRIES = 40, HOSPITAL_KM = 120, BOUND_KM = 60 };

void generate_site_id(const generate_site *s, generate_name id) {
    const char *kind = generate_kinds[s->kind].name,
               *slug = generate_municipalities[s->municipality].slug;
    if (s->number == 1)
        snprintf(id, sizeof(generate_name), "%s-%s", kind, slug);
    else
        snprintf(id, sizeof(generate_name), "%s-%s-%d", kind, slug, s->number);
}

/* A person who lives alone needs no household of another name. */
void generate_household_id(const generate_household *h, generate_name id) {
    snprintf(id, sizeof(generate_name), "%c%lu", h->size == 1 ? 'p' : 'h',
             (unsigned long)h->first_person);
}

void generate_municipality_id(int municipality, generate_name id) {
    assert(municipality >= 0 && municipality < N_MUNICIPALITIES);
    snprintf(id, sizeof(generate_name), "gm-%s", generate_municipalities[municipality].slug);
}

void generate_hospital_id(int hospital, generate_name id) {
    assert(hospital >= 0 && hospital < N_HOSPITALS);
    snprintf(id, sizeof(generate_name), "hospital-%s",
             generate_municipalities[generate_hospitals[hospital]].slug);
}

static void region_tag(const generate_site *s, generate_name tag) {
    snprintf(tag, sizeof(generate_name), "region-%d",
             generate_provinces[generate_province_of(s)].region);
}

static void out_position(json_out *o, int lat, int lon) {
    json_out_double(o, "lat", lat / 10000.0, 4);
    json_out_double(o, "lon", lon / 10000.0, 4);
}

static void out_week(json_out *o, const char *key, int after_first) {
    char text[WEEK_TEXT_SIZE];
    generate_week(after_first, text);
    json_out_string(o, key, text);
}

static void out_tags(json_out *o, const char *key, unsigned tags) {
    if (tags == 0) return;
    json_out_array(o, key);
    for (int i = 0; i < N_GEN_TAGS; i++)
        if ((tags >> i & 1) != 0) json_out_string(o, NULL, generate_tags[i]);
    json_out_end(o);
}

/* ---- Sites ------------------------------------------------------------------------------- */

/* The fewest beds of which `usable` count when `percent` of them are, rounded down. */
static int64_t beds_of(int64_t usable, int percent) {
    return (usable * 100 + percent - 1) / percent;
}

static void out_step(json_out *o, int after_first, int64_t value) {
    json_out_object(o, NULL);
    out_week(o, "from", after_first);
    json_out_integer(o, "value", value);
    json_out_end(o);
}

static void out_beds(json_out *o, const generate_site *s) {
    int64_t beds = beds_of(s->usable, s->percent);
    if (s->step_week == NEVER) {
        json_out_integer(o, "beds", beds);
        return;
    }
    json_out_array(o, "beds");
    out_step(o, 0, beds);
    out_step(o, s->step_week, beds * s->step_percent / 100);
    json_out_end(o);
}

static void out_services(json_out *o, const generate_site *s) {
    json_out_object(o, "services");
    for (int i = 0; i < N_GEN_SERVICES; i++) {
        if (s->places[i] == UNLISTED || (i == GUIDANCE && s->kind != KIND_AMV)) continue;
        if (s->places[i] == UNLIMITED)
            json_out_bool(o, generate_services[i], true);
        else
            json_out_integer(o, generate_services[i], s->places[i]);
    }
    json_out_end(o);
}

void generate_row_site(generate_writer *w, const generate_site *s) {
    const generate_kind *kind = &generate_kinds[s->kind];
    json_out *o = &w->out;
    generate_name id, region;
    generate_site_id(s, id);
    region_tag(s, region);
    json_out_object_row(o, NULL);
    json_out_string(o, "id", id);
    json_out_string(o, "kind", kind->name);
    json_out_string(o, "municipality", generate_municipalities[s->municipality].name);
    json_out_string(o, "province", generate_provinces[generate_province_of(s)].name);
    json_out_array(o, "tags");
    json_out_string(o, NULL, region);
    json_out_end(o);
    out_position(o, s->lat, s->lon);
    out_beds(o, s);
    if (s->percent != USABLE_PERCENT) json_out_integer(o, "usable_percent", s->percent);
    json_out_integer(o, "durable", s->durable);
    if (s->opens > 0) out_week(o, "opens", s->opens);
    if (s->closes != NEVER) out_week(o, "closes", s->closes);
    out_services(o, s);
    out_tags(o, "admits", s->admits);
    out_tags(o, "refuses", s->refuses);
    if (s->keep_open > 0) json_out_integer(o, "keep_open", s->keep_open);
    if (kind->max_weeks > 0) json_out_integer(o, "max_weeks", kind->max_weeks);
    json_out_end(o);
}

/* ---- People ------------------------------------------------------------------------------ */

/* The university hospital nearest to a site, on a map that is flat enough for that: a degree of
 * longitude is about 0.61 of one of latitude here. */
static int nearest_hospital(const generate_site *s) {
    int nearest = 0;
    int64_t least = INT64_MAX;
    for (int i = 0; i < N_HOSPITALS; i++) {
        int64_t lat = generate_municipalities[generate_hospitals[i]].lat - s->lat;
        int64_t lon = (generate_municipalities[generate_hospitals[i]].lon - s->lon) * 61 / 100;
        if (lat * lat + lon * lon >= least) continue;
        least = lat * lat + lon * lon;
        nearest = i;
    }
    return nearest;
}

/* Some who need medical care are treated in one hospital; a few of them must stay near it. */
static void out_hospital(generate_writer *w, random_stream *r, const generate_household *h) {
    int site = h->home == NO_SITE ? generate_below(r, w->g->n_sites) : h->home;
    bool must = generate_chance(r, 300);
    generate_name id;
    generate_hospital_id(nearest_hospital(&w->g->sites[site]), id);
    json_out_array(&w->out, "near");
    json_out_object(&w->out, NULL);
    json_out_string(&w->out, "place", id);
    if (must) json_out_integer(&w->out, "km", HOSPITAL_KM);
    json_out_integer(&w->out, "points_per_km", 1);
    if (must) json_out_string(&w->out, "because", "treatment every week");
    json_out_end(&w->out);
    json_out_end(&w->out);
}

static void out_needs(json_out *o, unsigned needs) {
    needs &= ~(1u << SCHOOL); /* follows from age */
    if (needs == 0) return;
    json_out_array(o, "needs");
    for (int i = 0; i < N_GEN_SERVICES; i++)
        if ((needs >> i & 1) != 0) json_out_string(o, NULL, generate_services[i]);
    json_out_end(o);
}

void generate_rows_people(generate_writer *w, int household) {
    assert(household >= 0 && household < w->g->n_households);
    const generate_household *h = &w->g->households[household];
    random_stream r = generate_stream(w->g, FOR_NEAR, household);
    generate_members m;
    generate_name id, group;
    generate_members_of(w->g, household, &m);
    generate_household_id(h, group);
    for (int i = 0; i < h->size; i++) {
        snprintf(id, sizeof id, "p%lu", (unsigned long)h->first_person + (unsigned long)i);
        json_out_object_row(&w->out, NULL);
        json_out_string(&w->out, "id", id);
        if (h->size > 1) json_out_string(&w->out, "household", group);
        json_out_integer(&w->out, "age", m.age[i]);
        out_needs(&w->out, m.needs[i]);
        out_tags(&w->out, "tags", h->tags);
        bool medical = (m.needs[i] >> MEDICAL & 1) != 0;
        if (medical && generate_chance(&r, 150)) out_hospital(w, &r, h);
        json_out_end(&w->out);
    }
}

/* ---- Households -------------------------------------------------------------------------- */

static void out_link(json_out *o, const generate_household *h) {
    generate_name id;
    if (h->linked == NO_LINK) return;
    generate_municipality_id(h->linked, id);
    json_out_array(o, "near");
    json_out_object(o, NULL);
    json_out_string(o, "place", id);
    if (h->bound) json_out_integer(o, "km", BOUND_KM);
    json_out_integer(o, "points_per_km", 1);
    if (h->bound) json_out_string(o, "because", "paid work there");
    json_out_end(o);
    json_out_end(o);
}

static void out_site_rule(json_out *o, const generate_site *s, const char *because) {
    generate_name id;
    generate_site_id(s, id);
    json_out_object(o, NULL);
    json_out_string(o, "site", id);
    json_out_string(o, "because", because);
    json_out_end(o);
}

static void out_ban(json_out *o, const generate_site *s, const char *because) {
    json_out_array(o, "bans");
    out_site_rule(o, s, because);
    json_out_end(o);
}

/* To its own site; one that arrives is promised a place where nothing rules it out. */
static void out_pin(generate_writer *w, random_stream *r, int household) {
    const generate_household *h = &w->g->households[household];
    const generate_site *s = h->home == NO_SITE ? NULL : &w->g->sites[h->home];
    generate_members m;
    generate_members_of(w->g, household, &m);
    bool plain = true;
    for (int i = 0; i < N_GEN_SERVICES; i++) plain = plain && m.count[i] == 0;
    for (int i = 0; i < PIN_TRIES && s == NULL && plain; i++) {
        const generate_site *other = &w->g->sites[generate_below(r, w->g->n_sites)];
        if (other->kind == KIND_AZC && generate_site_open(other) && other->closes == NEVER)
            s = other;
    }
    if (s == NULL) return;
    json_out_object(&w->out, "pin");
    generate_name id;
    generate_site_id(s, id);
    json_out_string(&w->out, "site", id);
    json_out_string(&w->out, "because", "agreed with the municipality");
    json_out_end(&w->out);
}

static void out_wish(generate_writer *w, random_stream *r, const generate_household *h) {
    generate_name id;
    char key[80];
    const generate_site *s = &w->g->sites[generate_below(r, w->g->n_sites)];
    int points = 10 + 10 * generate_below(r, 5), what = generate_below(r, 5);
    if (h->sort == SORT_AMV) {
        region_tag(s, id);
        snprintf(key, sizeof key, "tag=%s", id);
    } else if (what == 0) {
        snprintf(key, sizeof key, "durable");
    } else if (what == 1) {
        snprintf(key, sizeof key, "kind=%s", generate_kinds[s->kind].name);
        points = -points;
    } else if (what == 2) {
        snprintf(key, sizeof key, "municipality=%s", generate_municipalities[s->municipality].name);
    } else if (what == 3) {
        generate_site_id(s, id);
        snprintf(key, sizeof key, "%s", id);
    } else {
        snprintf(key, sizeof key, "province=%s", generate_provinces[generate_province_of(s)].name);
    }
    json_out_object(&w->out, "wishes");
    json_out_integer(&w->out, key, points);
    json_out_end(&w->out);
}

static void out_special(generate_writer *w, random_stream *r, int household) {
    static const char *const reasons[] = {"interview", "hospital date", "exams", "birth expected"};
    const generate_household *h = &w->g->households[household];
    json_out *o = &w->out;
    int x = generate_below(r, 1000), site = generate_below(r, w->g->n_sites);
    if (site == h->home) site = (site + 1) % w->g->n_sites;
    switch (h->special) {
    case SPECIAL_NO_MOVE:
        out_week(o, "no_move_before", 1 + x % 4);
        json_out_string(o, "no_move_because", reasons[x / 250]);
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
        json_out_integer(o, "max_km", (h->home == NO_SITE ? 180 : 100) + x / 10);
        json_out_string(o, "max_km_because", "cannot travel far");
        return;
    case SPECIAL_WISH:
        out_wish(w, r, h);
        return;
    default:
        return;
    }
}

/* Where it lives and since when, or where it comes from; and when it needs a bed. */
static void out_home(generate_writer *w, random_stream *r, const generate_household *h) {
    int weeks = generate_below(r, 1000), entrance = generate_chance(r, 200);
    if (h->home != NO_SITE) {
        const generate_site *s = &w->g->sites[h->home];
        int limit = generate_kinds[s->kind].max_weeks;
        generate_name id;
        generate_site_id(s, id);
        json_out_string(&w->out, "site", id);
        if (limit > 0) out_week(&w->out, "since", -1 - weeks % (limit * 3 / 2));
    } else {
        json_out_string(&w->out, "from", generate_entrances[entrance].id);
    }
    if (h->arrives > 0) out_week(&w->out, "arrives", h->arrives);
    if (h->leaves != NEVER) out_week(&w->out, "leaves", h->leaves);
}

void generate_row_household(generate_writer *w, int household) {
    assert(household >= 0 && household < w->g->n_households);
    const generate_household *h = &w->g->households[household];
    random_stream r = generate_stream(w->g, FOR_ROWS, household);
    generate_members m;
    generate_name id;
    generate_members_of(w->g, household, &m);
    generate_household_id(h, id);
    json_out_object_row(&w->out, NULL);
    json_out_string(&w->out, "id", id);
    out_home(w, &r, h);
    int moves = generate_below(&r, 4);
    if (generate_chance(&r, 100)) moves += 4;
    if (h->home == NO_SITE) moves /= 2;
    if (m.count[SCHOOL] > 0 && moves > 0) json_out_integer(&w->out, "moves", moves);
    if (m.count[MEDICAL] + m.count[WHEELCHAIR] > 0) json_out_integer(&w->out, "priority", 2);
    out_link(&w->out, h);
    out_special(w, &r, household);
    json_out_end(&w->out);
}
