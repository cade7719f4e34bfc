/* The members `sites` and `quotas`: how full everything is, week by week. */
#include "check/check.h"

#include <assert.h>
#include <stdlib.h>

/* Rows of a table by the index of their id; a row that is read twice is refused. */
static bool take_row(check *c, const json_node *row, const directory *d, const char *word,
                     bool *seen, int *index) {
    if (!check_take_object(c, row)) return false;
    const json_node *id = check_need_member(c, row, "id");
    if (!check_take_id(c, id, d, word, index)) return false;
    if (seen[*index]) {
        json_problem(c->document, id, "%s '%s' stands here twice", word, json_text(id));
        return false;
    }
    seen[*index] = true;
    return true;
}

static void report_unseen(check *c, const json_node *table, const directory *d, const char *word,
                          const bool *seen) {
    for (int i = 0; i < d->n; i++)
        if (!seen[d->at[i].index])
            json_problem(c->document, table, "%s '%s' is missing", word, d->at[i].id);
}

typedef void judge_week_fn(check *c, const json_node *row, int index, int t);

/* The member `weeks` of a row: every week of the horizon, once, in order. */
static void judge_weeks(check *c, const json_node *row, int index, judge_week_fn *judge) {
    const json_node *weeks = json_member(row, "weeks");
    int expected = 0;
    if (!check_take_array(c, weeks)) return;
    for (const json_node *w = json_first(weeks); w != NULL; w = json_next(w)) {
        int t;
        if (!check_take_object(c, w)) continue;
        const json_node *when = check_need_member(c, w, "week");
        if (!check_take_planned_week(c, when, &t)) continue;
        if (t < expected) json_problem(c->document, when, "weeks are not in order, each once");
        if (t > expected) json_problem(c->document, when, "the week before this one is missing");
        expected = t + 1;
        judge(c, w, index, t);
    }
    if (expected < c->in->weeks)
        json_problem(c->document, weeks, "the last weeks planned are missing");
}

/* ---- Sites ------------------------------------------------------------------------------- */

/* π / scale, rounded half up. */
static int64_t bed_price(const check *c, int j) {
    int128 twice = 2 * (int128)c->bed_price[j] + c->scale;
    return (int64_t)(twice / (2 * (int128)c->scale));
}

static void judge_services(check *c, const json_node *services, int j, int t) {
    const site *s = &c->in->sites[j];
    const int64_t *sums = &c->weeks[t].sums[(size_t)j * (size_t)c->facts.n_slots];
    if (!check_take_object(c, services)) return;
    for (const json_node *m = json_first(services); m != NULL; m = json_next(m)) {
        int service = check_find(&c->facts.services, json_key(m));
        if (service == NONE || check_listed(s, service) == NULL)
            json_problem_key(c->document, m, "service '%s' is not listed at '%s'", json_key(m),
                             s->id);
        else
            check_expect_integer(c, m, sums[slot_service(service)],
                                 "the number of persons who use the service");
    }
    for (int i = 0; i < s->n_services; i++)
        check_need_member(c, services, c->in->services[s->services[i].service]);
}

static void judge_site_week(check *c, const json_node *row, int j, int t) {
    static const char *const members[] = {"week", "beds", "taken", "services", "bed_price"};
    const int64_t *sums = &c->weeks[t].sums[(size_t)j * (size_t)c->facts.n_slots];
    check_allow_members(c, row, 5, members);
    check_expect_integer(c, json_member(row, "beds"), check_usable(&c->facts, j, t),
                         "the number of usable beds");
    check_expect_integer(c, json_member(row, "taken"), sums[SLOT_PERSONS],
                         "the number of beds taken");
    judge_services(c, json_member(row, "services"), j, t);
    if (c->proven)
        check_expect_integer(c, json_member(row, "bed_price"), bed_price(c, j),
                             "the price of a bed");
}

static void judge_sites(check *c, const json_node *sites, bool *seen) {
    static const char *const members[] = {"id", "weeks"};
    for (const json_node *row = json_first(sites); row != NULL; row = json_next(row)) {
        int j;
        if (!take_row(c, row, &c->facts.sites, "site", seen, &j)) continue;
        check_allow_members(c, row, 2, members);
        judge_weeks(c, row, j, judge_site_week);
    }
    report_unseen(c, sites, &c->facts.sites, "site", seen);
}

/* ---- Quotas ------------------------------------------------------------------------------ */

static void judge_quota_week(check *c, const json_node *row, int q, int t) {
    static const char *const members[] = {"week", "persons", "outside"};
    int64_t max = check_quota_max(&c->in->quotas[q], week_of(&c->facts, t));
    int64_t min = check_quota_min(&c->in->quotas[q], week_of(&c->facts, t));
    int64_t n = c->weeks[t].quotas[q];
    int128 outside = 0;
    if (max != STEP_NULL && n > max) outside += (int128)n - max;
    if (min != STEP_NULL && n < min) outside += (int128)min - n;
    check_allow_members(c, row, 3, members);
    check_expect_integer(c, json_member(row, "persons"), n, "the number of persons that count");
    check_expect_integer(c, json_member(row, "outside"), outside, "the number of persons outside");
}

static void judge_quotas(check *c, const json_node *quotas, bool *seen) {
    static const char *const members[] = {"id", "weeks"};
    for (const json_node *row = json_first(quotas); row != NULL; row = json_next(row)) {
        int q;
        if (!take_row(c, row, &c->facts.quotas, "quota", seen, &q)) continue;
        check_allow_members(c, row, 2, members);
        judge_weeks(c, row, q, judge_quota_week);
    }
    report_unseen(c, quotas, &c->facts.quotas, "quota", seen);
}

plaats_status check_tables(check *c) {
    assert(c->whole);
    plaats_status st = PLAATS_OK;
    plaats_error *error = c->error;
    bool *sites_seen = NULL, *quotas_seen = NULL;
    const json_node *sites = json_member(c->root, "sites");
    const json_node *quotas = json_member(c->root, "quotas");
    TRY_ALLOC(sites_seen = zero_alloc((size_t)c->in->n_sites, sizeof *sites_seen));
    TRY_ALLOC(quotas_seen = zero_alloc((size_t)c->in->n_quotas, sizeof *quotas_seen));
    if (check_take_array(c, sites)) judge_sites(c, sites, sites_seen);
    if (check_take_array(c, quotas)) judge_quotas(c, quotas, quotas_seen);
done:
    free(quotas_seen);
    free(sites_seen);
    return st;
}
