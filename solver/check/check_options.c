/* Where units may be, by the rules that concern them alone, and what that costs. */
#include "check/check_proof.h"

#include <assert.h>
#include <stdlib.h>

/* ---- The members of a unit --------------------------------------------------------------- */

plaats_status check_party_make(const check *c, arena *memory, party *who) {
    int most = 0;
    for (int u = 0; u < c->facts.n_units; u++)
        if (c->facts.units[u].n > most) most = c->facts.units[u].n;
    who->room = most;
    who->member = arena_alloc(memory, (size_t)most, sizeof *who->member);
    who->at = arena_alloc(memory, (size_t)most, sizeof *who->at);
    return who->member == NULL || who->at == NULL ? fail_memory(c->error) : PLAATS_OK;
}

/* Whether two members are in this group kept apart. */
static bool is_torn_by(const check *c, const party *who, int g) {
    int n = 0;
    if (!check_holds(&c->in->apart[g].when, c->in->first)) return false;
    for (int i = 0; i < who->n; i++)
        n += check_carries(&c->facts.families[who->member[i]].apart, g);
    return n > 1;
}

static bool is_torn(const check *c, const party *who) {
    for (int i = 0; i < who->n && who->n > 1; i++) {
        const indices *groups = &c->facts.families[who->member[i]].apart;
        for (int k = 0; k < groups->n; k++)
            if (is_torn_by(c, who, groups->at[k])) return true;
    }
    return false;
}

void check_party_take(const check *c, int unit, party *who) {
    assert(unit >= 0 && unit < c->facts.n_units && who->member != NULL);
    const indices *members = &c->facts.units[unit];
    who->n = 0;
    for (int i = 0; i < members->n; i++) {
        int h = members->at[i];
        if (!check_needs_bed(&c->facts, h, 0)) continue;
        assert(who->n < who->room);
        who->member[who->n] = h;
        who->at[who->n++] = check_start(&c->facts, h);
    }
    who->torn = is_torn(c, who);
}

bool check_party_may_be(const check *c, const party *who, int j) {
    exclusion one;
    for (int i = 0; i < who->n; i++)
        if (check_alone(&c->facts, who->member[i], j, &who->at[i], &one, 1) > 0) return false;
    return true;
}

int128 check_party_cost(const check *c, const party *who, int j) {
    int128 parts[N_STAY_PARTS] = {0}, cost = 0;
    for (int i = 0; i < who->n; i++) {
        int h = who->member[i];
        check_week_cost(&c->facts, h, j, &who->at[i], parts);
        cost += check_keep_cost(c, h, j, 0);
    }
    for (int part = 0; part < N_STAY_PARTS; part++) cost += parts[part];
    return cost;
}

int128 check_party_least(const check *c, const party *who, int j) {
    int128 cost = 0;
    for (int i = 0; i < who->n; i++)
        cost += check_week_least(&c->facts, who->member[i], j, &who->at[i]);
    return cost;
}

/* ---- All options of all units ------------------------------------------------------------ */

static bool grow(check_option_list *o, size_t *room) {
    size_t more = *room + *room / 2 + 1024;
    int *site = realloc(o->site, more * sizeof *site);
    if (site == NULL) return false;
    o->site = site;
    int64_t *cost = realloc(o->cost, more * sizeof *cost);
    if (cost == NULL) return false;
    o->cost = cost;
    *room = more;
    return true;
}

/* Adds the options of the unit from first[unit] on. */
static plaats_status add_unit(const check *c, given_proof *of, const party *who, int u,
                              size_t *room, bool *fits) {
    check_option_list *o = &of->options;
    size_t n = o->first[u];
    for (int j = 0; j < c->in->n_sites && !who->torn; j++) {
        if (!crowd_fits(c, &of->crowd, of->crowd.profile[u], j) || !check_party_may_be(c, who, j))
            continue;
        if (n == *room && !grow(o, room)) return fail_memory(c->error);
        int128 cost = check_party_cost(c, who, j);
        *fits = *fits && cost == (int64_t)cost;
        o->site[n] = j;
        o->cost[n++] = (int64_t)cost;
        o->room[j]++;
    }
    o->first[u + 1] = n;
    return PLAATS_OK;
}

plaats_status check_options_make(const check *c, given_proof *of, bool *fits) {
    assert(of->options.first == NULL && of->crowd.profile != NULL);
    plaats_status st = PLAATS_OK;
    plaats_error *error = c->error;
    check_option_list *o = &of->options;
    size_t room = 0, units = (size_t)c->facts.n_units;
    party who = {0};
    *fits = true;
    TRY_ALLOC(o->first = zero_alloc(units + 1, sizeof *o->first));
    TRY_ALLOC(o->room = zero_alloc((size_t)c->in->n_sites, sizeof *o->room));
    TRY(check_party_make(c, &of->memory, &who));
    for (int u = 0; u < c->facts.n_units; u++) {
        o->first[u + 1] = o->first[u];
        if (of->crowd.profile[u] == NONE) continue;
        check_party_take(c, u, &who);
        TRY(add_unit(c, of, &who, u, &room, fits));
    }
done:
    return st;
}

void check_options_free(check_option_list *o) {
    free(o->first);
    free(o->site);
    free(o->cost);
    free(o->room);
}
