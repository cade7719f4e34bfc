/* Who lives somewhere, or is pinned there, beyond what there is room for; and pins to sites that
 * are closed. Each is told for the first planned week in which it is so. */
#include "plan/review.h"

#include <inttypes.h>
#include <stdlib.h>

/* ---- Sites with too many ------------------------------------------------------------------- */

/* People who are to be somewhere, whoever else is. */
typedef struct {
    note_kind kind;
    const char *who; /* "live at": how they are told */
    int (*site)(const plaats_instance *in, const household *h, week w); /* or NONE */
} expected;

static int home_of(const plaats_instance *in, const household *h, week w) {
    (void)in, (void)w;
    return h->site;
}

static int pin_of(const plaats_instance *in, const household *h, week w) {
    (void)in;
    return h->has_pin && holds(h->pin.when, w) ? h->pin.site : NONE;
}

static void note_services(review *r, const expected *c, const census *who, int j) {
    const site *s = &r->instance->sites[j];
    char week_text[WEEK_TEXT_SIZE];
    week_format(who->when, week_text);
    for (int i = 0; i < s->n_services; i++) {
        const site_service *entry = &s->services[i];
        int64_t served = who->served[who->first_service[j] + i];
        if (entry->unlimited) continue;
        int64_t places = steps_value(&entry->places, who->when, 0);
        const char *name = r->instance->services[entry->service];
        if (served > places)
            note_add(&r->notes, c->kind, review_place_of_key("sites", j, "services", name),
                     "%" PRId64 " people who need '%s' %s site '%s', which has %" PRId64
                     " place%s for it in %s",
                     served, name, c->who, s->id, places, plural(places), week_text);
    }
}

/* Whether something was told of the site. */
static bool judge_site(review *r, const expected *c, const census *who, int j) {
    const site *s = &r->instance->sites[j];
    int before = r->notes.n;
    int64_t beds = site_usable_beds(s, who->when), persons = who->persons[j];
    char week_text[WEEK_TEXT_SIZE];
    if (persons == 0 || !site_open(s, who->when)) return false;
    week_format(who->when, week_text);
    if (persons > beds)
        note_add(&r->notes, c->kind, review_place_of_member("sites", j, "beds"),
                 "%" PRId64 " %s %s site '%s', which has %" PRId64 " usable bed%s in %s", persons,
                 persons == 1 ? "person" : "people", c->who, s->id, beds, plural(beds), week_text);
    note_services(r, c, who, j);
    return r->notes.n > before;
}

static plaats_status judge_week(review *r, const expected *c, int t, int *site_of, bool *told,
                                plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const plaats_instance *in = r->instance;
    census who = {0};
    bool any = false;
    for (int h = 0; h < in->n_households; h++) {
        const household *home = &in->households[h];
        site_of[h] = needs_bed(in, home, t) ? c->site(in, home, in->first + t) : NONE;
        any |= site_of[h] != NONE;
    }
    if (!any) return PLAATS_OK;
    TRY(census_take(in, t, site_of, &who, error));
    for (int j = 0; j < in->n_sites; j++)
        if (!told[j]) told[j] = judge_site(r, c, &who, j);
done:
    census_free(&who);
    return st;
}

static plaats_status judge_expected(review *r, const expected *c, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const plaats_instance *in = r->instance;
    int *site_of = NULL;
    bool *told = NULL;
    TRY_ALLOC(site_of = zero_alloc((size_t)in->n_households, sizeof *site_of));
    TRY_ALLOC(told = zero_alloc((size_t)in->n_sites, sizeof *told));
    for (int t = 0; t < in->weeks; t++) TRY(judge_week(r, c, t, site_of, told, error));
done:
    free(told);
    free(site_of);
    return st;
}

/* ---- Pins to closed sites ------------------------------------------------------------------ */

static void note_closed_pin(review *r, int who) {
    const plaats_instance *in = r->instance;
    const household *h = &in->households[who];
    int bound = 0, closed = 0;
    if (!h->has_pin) return;
    const site *s = &in->sites[h->pin.site];
    for (int t = 0; t < in->weeks; t++) {
        if (!needs_bed(in, h, t) || !holds(h->pin.when, in->first + t)) continue;
        bound++;
        closed += !site_open(s, in->first + t);
    }
    note_place place = review_place_of_member("households", who, "pin");
    if (closed > 0 && closed == bound)
        note_add(&r->notes, NOTE_PIN_CLOSED, place,
                 "household '%s' is pinned to site '%s', which is closed while the pin holds: it "
                 "has no bed",
                 h->id, s->id);
    else if (closed > 0)
        note_add(&r->notes, NOTE_PIN_CLOSED, place,
                 "household '%s' is pinned to site '%s', which is closed in %d of the %d planned "
                 "weeks in which the pin holds: it has no bed then",
                 h->id, s->id, closed, bound);
}

plaats_status review_room(review *r, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    static const expected residents = {NOTE_RESIDENTS, "live at", home_of};
    static const expected pinned = {NOTE_PINS, "are pinned to", pin_of};
    TRY(judge_expected(r, &residents, error));
    TRY(judge_expected(r, &pinned, error));
    for (int h = 0; h < r->instance->n_households; h++) note_closed_pin(r, h);
done:
    return st;
}
