/* Sites over the weeks: closing soon, beds that nobody may take, steps that come too late, and
 * names that two sites have. */
#include "base/utf8.h"
#include "plan/review.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_SHOWN = 80 }; /* bytes */

static week last_week(const plaats_instance *in) {
    return in->first + in->weeks - 1;
}

/* ---- Closing ------------------------------------------------------------------------------- */

/* Per site. */
typedef struct {
    int64_t living, pinned; /* persons who need a bed in the last planned week */
    int64_t settled;        /* of those who live there, in the first */
} site_people;

static void count_site_people(const plaats_instance *in, site_people *at) {
    for (int h = 0; h < in->n_households; h++) {
        const household *home = &in->households[h];
        int64_t n = home->people.n;
        if (home->site != NONE && needs_bed(in, home, 0)) at[home->site].settled += n;
        if (!needs_bed(in, home, in->weeks - 1)) continue;
        if (home->site != NONE) at[home->site].living += n;
        if (home->has_pin && holds(home->pin.when, last_week(in))) at[home->pin.site].pinned += n;
    }
}

/* Residents of a site that is closed when planning begins have to go. */
static void note_closed_home(review *r, int j, const site_people *at) {
    const site *s = &r->instance->sites[j];
    char week_text[WEEK_TEXT_SIZE];
    if (at->settled == 0 || site_open(s, r->instance->first)) return;
    week_format(r->instance->first, week_text);
    note_add(&r->notes, NOTE_CLOSING, review_place_of("sites", j),
             "%" PRId64 " %s at site '%s', which is closed in %s", at->settled,
             at->settled == 1 ? "person lives" : "people live", s->id, week_text);
}

/* The plan does not see what comes after its last week. */
static void note_closing(review *r, int j, const site_people *at) {
    const plaats_instance *in = r->instance;
    const site *s = &in->sites[j];
    int64_t min_stay = in->rules.min_stay;
    if (s->closes == WEEK_LAST || !site_open(s, last_week(in))) return;
    int64_t left = (int64_t)s->closes - last_week(in);
    if (left > 1 && left >= min_stay) return;
    bool takes_more = left >= min_stay && site_usable_beds(s, last_week(in)) > 0;
    if (at->living == 0 && at->pinned == 0 && !takes_more) return;
    char week_text[WEEK_TEXT_SIZE];
    week_format(s->closes, week_text);
    note_add(&r->notes, NOTE_CLOSING, review_place_of_member("sites", j, "closes"),
             "site '%s' closes in %s, %" PRId64 " week%s after the last planned one: "
             "%" PRId64 " %s there, %" PRId64 " %s pinned to it, and others %s be sent there",
             s->id, week_text, left, plural(left), at->living,
             at->living == 1 ? "person lives" : "people live", at->pinned,
             at->pinned == 1 ? "is" : "are", takes_more ? "may" : "may not");
}

/* ---- Beds that nobody may take ------------------------------------------------------------- */

/* Beds that stay empty in week t since newcomers could not stay long enough. */
static int64_t locked_beds(const plaats_instance *in, int j, int t, int64_t living) {
    const site *s = &in->sites[j];
    week w = in->first + t;
    if (s->closes == WEEK_LAST || !site_open(s, w)) return 0;
    if ((int64_t)s->closes - w >= in->rules.min_stay) return 0;
    int64_t empty = site_usable_beds(s, w) - living;
    return empty > 0 ? empty : 0;
}

/* Whether `min_stay` alone keeps some household out. */
static bool somebody_could_come(const plaats_instance *in, int j, int t) {
    for (int h = 0; h < in->n_households; h++) {
        const household *home = &in->households[h];
        if (!needs_bed(in, home, t) || home->site == j) continue;
        if (eligible(in, h, j, t, eligible_came_from_first(in, home)).excluded == REASON(MIN_STAY))
            return true;
    }
    return false;
}

static void note_locked(review *r, int j, int t, int64_t empty) {
    char week_text[WEEK_TEXT_SIZE], closes[WEEK_TEXT_SIZE];
    const plaats_instance *in = r->instance;
    week_format(in->first + t, week_text);
    week_format(in->sites[j].closes, closes);
    note_add(&r->notes, NOTE_EMPTY_BEDS, review_place_of_member("sites", j, "closes"),
             "%" PRId64 " bed%s at site '%s' stay%s empty in %s: it closes in %s, within "
             "'min_stay' (%" PRId64 " weeks), and beds are short",
             empty, plural(empty), in->sites[j].id, empty == 1 ? "s" : "", week_text, closes,
             in->rules.min_stay);
}

/* Told where the beds that are left do not do for all. */
static plaats_status note_empty_beds(review *r, plaats_error *error) {
    const plaats_instance *in = r->instance;
    if (in->rules.min_stay == 0) return PLAATS_OK;
    int64_t *living = zero_alloc((size_t)in->n_sites, sizeof *living);
    bool *told = zero_alloc((size_t)in->n_sites, sizeof *told);
    for (int t = 0; living != NULL && told != NULL && t < in->weeks; t++) {
        int64_t locked = 0;
        memset(living, 0, (size_t)in->n_sites * sizeof *living);
        for (int h = 0; h < in->n_households; h++)
            if (in->households[h].site != NONE && needs_bed(in, &in->households[h], t))
                living[in->households[h].site] += in->households[h].people.n;
        for (int j = 0; j < in->n_sites; j++) locked += locked_beds(in, j, t, living[j]);
        if (r->beds[t].people <= r->beds[t].usable_beds - locked) continue;
        for (int j = 0; j < in->n_sites; j++) {
            int64_t empty = locked_beds(in, j, t, living[j]);
            if (told[j] || empty == 0 || !somebody_could_come(in, j, t)) continue;
            note_locked(r, j, t, empty);
            told[j] = true;
        }
    }
    bool failed = living == NULL || told == NULL;
    free(told);
    free(living);
    return failed ? fail_memory(error) : PLAATS_OK;
}

/* ---- Steps --------------------------------------------------------------------------------- */

static bool begins_late(const plaats_instance *in, const steps *s) {
    return s->n > 0 && s->at[0].from > last_week(in);
}

static void note_late_steps(review *r, int j) {
    const plaats_instance *in = r->instance;
    const site *s = &in->sites[j];
    char week_text[WEEK_TEXT_SIZE];
    if (begins_late(in, &s->beds)) {
        week_format(s->beds.at[0].from, week_text);
        note_add(&r->notes, NOTE_LATE_STEPS, review_place_of_member("sites", j, "beds"),
                 "beds of site '%s' begin in %s, after the planned weeks: it has none", s->id,
                 week_text);
    }
    for (int i = 0; i < s->n_services; i++) {
        const char *name = in->services[s->services[i].service];
        if (s->services[i].unlimited || !begins_late(in, &s->services[i].places)) continue;
        week_format(s->services[i].places.at[0].from, week_text);
        note_add(&r->notes, NOTE_LATE_STEPS, review_place_of_key("sites", j, "services", name),
                 "places for '%s' at site '%s' begin in %s, after the planned weeks: it has none",
                 name, s->id, week_text);
    }
}

/* ---- Names --------------------------------------------------------------------------------- */

typedef struct {
    const char *name;
    int site;
} named;

static int by_name_and_site(const void *a, const void *b) {
    const named *x = a, *y = b;
    int order = strcmp(x->name, y->name);
    return order != 0 ? order : x->site - y->site;
}

static plaats_status note_same_names(review *r, plaats_error *error) {
    const plaats_instance *in = r->instance;
    int n = 0;
    named *list = zero_alloc((size_t)in->n_sites, sizeof *list);
    if (list == NULL) return fail_memory(error);
    for (int j = 0; j < in->n_sites; j++)
        if (in->sites[j].name != NULL) list[n++] = (named){in->sites[j].name, j};
    qsort(list, (size_t)n, sizeof *list, by_name_and_site);
    for (int i = 1; i < n; i++)
        if (strcmp(list[i - 1].name, list[i].name) == 0)
            note_add(&r->notes, NOTE_SAME_NAME,
                     review_place_of_member("sites", list[i].site, "name"),
                     "site '%s' has the name of site '%s': '%.*s'", in->sites[list[i].site].id,
                     in->sites[list[i - 1].site].id,
                     (int)utf8_cut(list[i].name, strlen(list[i].name), NAME_SHOWN), list[i].name);
    free(list);
    return PLAATS_OK;
}

plaats_status review_sites(review *r, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const plaats_instance *in = r->instance;
    site_people *at = NULL;
    TRY_ALLOC(at = zero_alloc((size_t)in->n_sites, sizeof *at));
    count_site_people(in, at);
    for (int j = 0; j < in->n_sites; j++) {
        note_closed_home(r, j, &at[j]);
        note_closing(r, j, &at[j]);
        note_late_steps(r, j);
    }
    TRY(note_empty_beds(r, error));
    TRY(note_same_names(r, error));
done:
    free(at);
    return st;
}
