/* The rules that concern a household alone. */
#include "check/check.h"

#include <assert.h>

stance check_start(const check_facts *f, int h) {
    const household *who = &f->in->households[h];
    stance st = {.t = check_need_from(f, h), .before = NONE, .arriving = true};
    if (st.t == 0 && who->site != NONE) {
        st.before = who->site;
        st.home = true;
    }
    return st;
}

void check_next(const check_facts *f, int h, stance *st, int to) {
    assert(st->t < f->in->weeks && to >= NONE && to < f->in->n_sites);
    if (to != NONE && st->before != NONE && to != st->before) st->moves++;
    st->home = st->home && to == f->in->households[h].site;
    st->before = to;
    st->arriving = false;
    st->t++;
}

int64_t check_journey(const check_facts *f, int h, int j, const stance *st) {
    int from = st->before;
    if (from == NONE && st->arriving) from = f->in->households[h].from;
    if (from == NONE || from == j) return NONE;
    return check_travel(&f->km, from, j);
}

/* What was found so far; full when nobody wants to know more. */
typedef struct {
    exclusion *at;
    int n, room;
} found;

static bool add_named(found *e, int code, const char *what, const char *because) {
    if (e->n < e->room) e->at[e->n++] = (exclusion){code, what, because};
    return e->n == e->room;
}

static bool add(found *e, int code, const char *because) {
    return add_named(e, code, NULL, because);
}

static bool admitted(const plaats_instance *in, const household *who, const site *s) {
    for (int i = 0; i < who->people.n; i++) {
        const indices *tags = &in->people[who->people.at[i]].tags;
        bool one = false;
        for (int k = 0; k < tags->n && !one; k++) one = check_carries(&s->admits, tags->at[k]);
        if (!one) return false;
    }
    return true;
}

static bool refused(const plaats_instance *in, const household *who, const site *s) {
    for (int i = 0; i < who->people.n; i++) {
        const indices *tags = &in->people[who->people.at[i]].tags;
        for (int k = 0; k < tags->n; k++)
            if (check_carries(&s->refuses, tags->at[k])) return true;
    }
    return false;
}

static bool add_near(const check_facts *f, const near_limit *limit, int j, week when, found *e) {
    if (!check_holds(&limit->when, when)) return false;
    const char *place = location_id(f->in, limit->location);
    if (limit->km != NONE && check_travel(&f->km, j, limit->location) > limit->km &&
        add_named(e, CODE_near_km, place, limit->because))
        return true;
    if (limit->minutes == NONE) return false;
    int64_t minutes = check_travel(&f->minutes, j, limit->location);
    return (minutes == NONE || minutes > limit->minutes) &&
           add_named(e, CODE_near_minutes, place, limit->because);
}

/* The rules that `residents_may_stay` sets aside at home. True when there is no more room. */
static bool add_fit(const check_facts *f, int h, int j, week when, found *e) {
    const plaats_instance *in = f->in;
    const household *who = &in->households[h];
    const site *s = &in->sites[j];
    const family *of = &f->families[h];
    for (int i = 0; i < of->n_needs; i++)
        if (check_listed(s, of->needs[i].service) == NULL &&
            add_named(e, CODE_service, in->services[of->needs[i].service], NULL))
            return true;
    if (s->admits.n > 0 && !admitted(in, who, s) && add(e, CODE_admits, s->admits_because))
        return true;
    if (s->refuses.n > 0 && refused(in, who, s) && add(e, CODE_refuses, s->refuses_because))
        return true;
    for (int i = 0; i < of->n_near; i++)
        if (add_near(f, of->near[i], j, when, e)) return true;
    return false;
}

/* Rules about which site it is. True when there is no more room. */
static bool add_choice(const household *who, int j, week when, found *e) {
    if (who->has_pin && who->pin.site != j && check_holds(&who->pin.when, when) &&
        add(e, CODE_pin, who->pin.because))
        return true;
    for (int i = 0; i < who->n_bans; i++)
        if (who->bans[i].site == j && check_holds(&who->bans[i].when, when) &&
            add(e, CODE_ban, who->bans[i].because))
            return true;
    return when < who->no_move_before && j != who->site &&
           add(e, CODE_no_move, who->no_move_because);
}

/* Rules about coming in. True when there is no more room. */
static bool add_entry(const check_facts *f, int h, int j, const stance *st, found *e) {
    const rules *r = &f->in->rules;
    if (j == st->before) return false;
    const household *who = &f->in->households[h];
    if (who->max_km != NONE && check_journey(f, h, j, st) > who->max_km &&
        add(e, CODE_max_km, who->max_km_because))
        return true;
    int64_t left = (int64_t)f->in->sites[j].closes - week_of(f, st->t);
    if (left < r->min_stay && f->in->sites[j].closes != WEEK_LAST && add(e, CODE_min_stay, NULL))
        return true;
    return r->max_moves != NONE && st->before != NONE && st->moves >= r->max_moves &&
           add(e, CODE_max_moves, NULL);
}

static bool lives_at(const check_facts *f, int h, int j, const stance *st) {
    return st->home && j == f->in->households[h].site;
}

int check_alone_room(const check_facts *f, int h) {
    assert(h >= 0 && h < f->in->n_households);
    const family *of = &f->families[h];
    return of->n_needs + 2 * of->n_near + f->in->households[h].n_bans + N_CODES;
}

int check_alone(const check_facts *f, int h, int j, const stance *st, exclusion *out, int room) {
    assert(h >= 0 && h < f->in->n_households && j >= 0 && j < f->in->n_sites);
    assert(room >= 1);
    const household *who = &f->in->households[h];
    week when = week_of(f, st->t);
    found e = {.at = out, .room = room};
    if (!check_open(f, j, st->t)) {
        add(&e, CODE_closed, NULL);
        return e.n;
    }
    bool lenient = f->in->rules.residents_may_stay && lives_at(f, h, j, st);
    if (add_choice(who, j, when, &e)) return e.n;
    if (!lenient && add_fit(f, h, j, when, &e)) return e.n;
    add_entry(f, h, j, st, &e);
    return e.n;
}

bool check_misfit(const check_facts *f, int h, int j, const stance *st) {
    assert(st->t >= 0 && st->t < f->in->weeks);
    exclusion first;
    found e = {.at = &first, .room = 1};
    return f->in->rules.residents_may_stay && lives_at(f, h, j, st) &&
           add_fit(f, h, j, week_of(f, st->t), &e);
}
