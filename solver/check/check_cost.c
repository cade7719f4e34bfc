/* What a week at a site costs. */
#include "check/check.h"

#include <assert.h>
#include <string.h>

/* (points + 50) div 100 without a 128-bit division where 64 bits do; points >= 0. */
static int128 percent_of(int128 base, int percent) {
    int128 points = base * percent + 50;
    return points <= INT64_MAX ? (int128)((int64_t)points / 100) : points / 100;
}

static bool named_alike(const wish *w, const char *found) {
    return found != NULL && strcmp(w->value, found) == 0;
}

static int128 cost_wish_points(const wish *w, const site *s, int j) {
    switch (w->kind) {
    case WISH_SITE:
        return w->index == j ? w->points : 0;
    case WISH_KIND:
        return named_alike(w, s->kind) ? w->points : 0;
    case WISH_PROVINCE:
        return named_alike(w, s->province) ? w->points : 0;
    case WISH_MUNICIPALITY:
        return named_alike(w, s->municipality) ? w->points : 0;
    case WISH_TAG:
        return check_carries(&s->tags, w->index) ? w->points : 0;
    case WISH_DURABLE:
        break;
    }
    return floor_div(w->points * s->durable + 50, 100);
}

static bool is_holiday(const rules *r, week when) {
    for (int i = 0; i < r->n_school_holidays; i++)
        if (r->school_holidays[i] == when) return true;
    return false;
}

static void add_journey(const check_facts *f, int h, int j, const stance *st, int128 *parts) {
    const weights *w = &f->in->weights;
    const family *of = &f->families[h];
    int64_t km = check_journey(f, h, j, st);
    if (km > 0) parts[PART_km] += (int128)of->persons * w->km * km;
    if (st->before == NONE || st->before == j) return;
    parts[PART_move] += (int128)of->persons * w->move;
    if (of->pupils > 0 && !is_holiday(&f->in->rules, week_of(f, st->t)))
        parts[PART_school_move] +=
            (int128)of->pupils * w->school_move * (1 + f->in->households[h].moves);
}

static bool overstays(const check_facts *f, int h, int j, const stance *st) {
    const household *who = &f->in->households[h];
    int64_t limit = f->in->sites[j].max_weeks;
    return st->home && j == who->site && who->has_since && limit != NONE &&
           (int64_t)week_of(f, st->t) - who->since >= limit;
}

static int128 points_of_stay(const check_facts *f, int h, int j) {
    const weights *w = &f->in->weights;
    const family *of = &f->families[h];
    return percent_of((int128)of->persons * w->temporary +
                          (int128)of->children * w->temporary_child,
                      100 - f->in->sites[j].durable);
}

/* Only wishes take points off. The journey tells most sites apart. */
int128 check_week_least(const check_facts *f, int h, int j, const stance *st) {
    const household *who = &f->in->households[h];
    int128 n = f->families[h].persons, least = points_of_stay(f, h, j);
    int64_t km = check_journey(f, h, j, st);
    if (km > 0) least += n * f->in->weights.km * km;
    if (st->before != NONE && st->before != j) least += n * f->in->weights.move;
    for (int i = 0; i < who->n_wishes; i++)
        if (who->wishes[i].points > 0) least -= who->wishes[i].points;
    return least;
}

void check_week_cost(const check_facts *f, int h, int j, const stance *st, int128 *parts) {
    assert(h >= 0 && h < f->in->n_households && j >= 0 && j < f->in->n_sites);
    const household *who = &f->in->households[h];
    const weights *w = &f->in->weights;
    const site *s = &f->in->sites[j];
    const family *of = &f->families[h];
    week when = week_of(f, st->t);
    int128 n = of->persons;
    parts[PART_stay] += points_of_stay(f, h, j);
    for (int i = 0; i < of->n_near; i++) {
        const near_limit *limit = of->near[i];
        if (limit->points_per_km == 0 || !check_holds(&limit->when, when)) continue;
        int64_t km = check_travel(&f->km, j, limit->location);
        if (km > 0) parts[PART_near] += (int128)limit->points_per_km * km;
    }
    for (int i = 0; i < who->n_wishes; i++)
        parts[PART_wishes] -= cost_wish_points(&who->wishes[i], s, j);
    if (check_misfit(f, h, j, st)) parts[PART_misfit] += n * w->misfit;
    if (overstays(f, h, j, st)) parts[PART_overstay] += n * w->overstay;
    if (st->before != j) add_journey(f, h, j, st, parts);
}
