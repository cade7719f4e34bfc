/* What keeps a household that has no bed out of a site. */
#include "plan/check.h"

#include <stdlib.h>

const char *const check_code_names[N_CODES] = {
#define X(name) #name,
    CHECK_CODES(X)
#undef X
};

int check_why_not_room(const facts *f, int h) {
    return check_alone_room(f, h) + f->families[h].n_needs + f->in->n_quotas;
}

/* Whether another household of one of its groups apart is at the site. */
static bool kept_apart(const check *c, int h, int j, int t) {
    const indices *groups = &c->facts.families[h].apart;
    for (int i = 0; i < groups->n; i++) {
        const group *g = &c->in->apart[groups->at[i]];
        if (!check_holds(&g->when, week_of(&c->facts, t))) continue;
        for (int k = 0; k < g->households.n; k++)
            if (g->households.at[k] != h && check_site_at(c, g->households.at[k], t) == j)
                return true;
    }
    return false;
}

/* Limits that the unit alone exceeds: the beds, the places of services the household needs, and
 * hard quotas with everybody else where the plan has them. */
static int add_limits(const check *c, int h, int j, int t, const int64_t *sums, exclusion *out,
                      int room) {
    const facts *f = &c->facts;
    const family *of = &f->families[h];
    week when = week_of(f, t);
    int n = 0;
    if (sums[SLOT_PERSONS] > check_usable(f, j, t) && n < room)
        out[n++] = (exclusion){CODE_beds, NONE};
    for (int i = 0; i < of->n_needs; i++) {
        int service = of->needs[i].service;
        const site_service *row = check_listed(&c->in->sites[j], service);
        if (row != NULL && sums[slot_service(service)] > check_places(row, when) && n < room)
            out[n++] = (exclusion){CODE_service, service};
    }
    for (int q = 0; q < c->in->n_quotas; q++) {
        int64_t use = sums[slot_quota(f, q)], max = check_quota_max(&c->in->quotas[q], when);
        if (use == 0 || !check_covers(f, q, j) || c->in->quotas[q].points > 0) continue;
        if (max != STEP_NULL && c->weeks[t].quotas[q] + use > max && n < room)
            out[n++] = (exclusion){CODE_quota, q};
    }
    return n;
}

/* Every rule that excludes the household itself. */
static int own_reasons(const check *c, int h, int j, int t, const int64_t *sums, exclusion *out,
                       int room) {
    stance st = check_stance_at(c, h, t);
    int n = check_alone(&c->facts, h, j, &st, out, room);
    if (n > 0 && out[0].code == CODE_closed) return n;
    if (n < room) n += add_limits(c, h, j, t, sums, out + n, room - n);
    if (n < room && kept_apart(c, h, j, t)) out[n++] = (exclusion){CODE_apart, NONE};
    return n;
}

static bool other_excluded(const check *c, int h, int j, int t, const int64_t *sums) {
    const indices *members = &c->facts.units[c->facts.families[h].unit];
    exclusion one;
    for (int i = 0; i < members->n; i++) {
        int other = members->at[i];
        if (other != h && check_needs_bed(&c->facts, other, t) &&
            own_reasons(c, other, j, t, sums, &one, 1) > 0)
            return true;
    }
    return false;
}

/* Whether the others leave too few beds or places. */
static bool is_full(const check *c, int j, int t, const int64_t *sums) {
    const int64_t *taken = &c->weeks[t].sums[(size_t)j * (size_t)c->facts.n_slots];
    const site *s = &c->in->sites[j];
    if (taken[SLOT_PERSONS] + sums[SLOT_PERSONS] > check_usable(&c->facts, j, t)) return true;
    for (int i = 0; i < s->n_services; i++) {
        int slot = slot_service(s->services[i].service);
        if (sums[slot] > 0 &&
            taken[slot] + sums[slot] > check_places(&s->services[i], week_of(&c->facts, t)))
            return true;
    }
    return false;
}

int check_why_not(const check *c, int h, int j, int t, const int64_t *sums, exclusion *out,
                  int room) {
    int n = own_reasons(c, h, j, t, sums, out, room);
    if (n > 0) return n;
    if (other_excluded(c, h, j, t, sums))
        out[n++] = (exclusion){CODE_together, NONE};
    else if (is_full(c, j, t, sums))
        out[n++] = (exclusion){CODE_full, NONE};
    return n;
}
