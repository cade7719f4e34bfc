/* The rows of a plan: stays, runs without a bed with their reasons, and the weeks of sites. Every
 * text is copied, so that the plan outlives the instance; ids of sites and the week once. */
#include "plan/plan_rows.h"
#include "base/checked.h"
#include "plan/reasons.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    const ledger *l;
    const plaats_instance *in;
    plaats_plan *plan;
    const char *week;         /* the one planned */
    const char *const *sites; /* ids, per site */
    bool failed;              /* out of memory */
} making;

/* NULL of NULL. */
static const char *copy(making *k, const char *text) {
    const char *own = text == NULL ? NULL : arena_copy(&k->plan->memory, text, strlen(text));
    k->failed |= own == NULL && text != NULL;
    return own;
}

static void copy_names(making *k) {
    char text[16];
    const char **sites = arena_alloc(&k->plan->memory, (size_t)k->in->n_sites, sizeof *sites);
    week_format(k->in->first, text);
    k->week = copy(k, text);
    k->failed |= sites == NULL;
    for (int j = 0; j < k->in->n_sites && !k->failed; j++) sites[j] = copy(k, k->in->sites[j].id);
    k->sites = sites;
}

/* ---- Stays --------------------------------------------------------------------------------- */

static void make_stays(making *k) {
    const ledger *l = k->l;
    size_t n = 0;
    for (int i = 0; i < l->n_entries; i++) n += l->entries[i].site != NONE;
    plaats_stay *stays = arena_alloc(&k->plan->memory, n, sizeof *stays);
    k->failed |= stays == NULL;
    for (int i = 0; i < l->n_entries && !k->failed; i++) {
        const ledger_entry *e = &l->entries[i];
        if (e->site == NONE) continue;
        stays[k->plan->n_stays++] =
            (plaats_stay){.household = copy(k, e->id),
                          .site = k->sites[e->site],
                          .from = k->week,
                          .weeks = 1,
                          .persons = k->in->households[e->household].people.n,
                          .moved = e->moved,
                          .km = e->km,
                          .points = e->points};
    }
    k->plan->stays = stays;
}

/* ---- Without a bed ------------------------------------------------------------------------- */

static const plaats_reason *copy_reasons(making *k, const reason_list *from) {
    plaats_reason *to = arena_alloc(&k->plan->memory, (size_t)from->n, sizeof *to);
    k->failed |= to == NULL;
    for (int i = 0; i < from->n && !k->failed; i++) {
        const told_reason *r = &from->at[i].told;
        to[i] = (plaats_reason){copy(k, r->code), copy(k, r->what), copy(k, r->because), r->sites};
    }
    return to;
}

static plaats_status make_unplaced(making *k, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const ledger *l = k->l;
    reason_list reasons = {0};
    plaats_unplaced *rows =
        arena_alloc(&k->plan->memory, (size_t)l->n_entries - k->plan->n_stays, sizeof *rows);
    TRY_ALLOC(rows);
    k->plan->unplaced = rows;
    for (int i = 0; i < l->n_entries; i++) {
        const ledger_entry *e = &l->entries[i];
        if (e->site != NONE) continue;
        TRY(reasons_in(&l->who, e->household, &reasons, error));
        int64_t persons = k->in->households[e->household].people.n;
        if (reasons.sites_with_room > 0) k->plan->summary.unplaced_beside_beds += persons;
        rows[k->plan->n_unplaced++] = (plaats_unplaced){.household = copy(k, e->id),
                                                        .from = k->week,
                                                        .weeks = 1,
                                                        .persons = persons,
                                                        .points = e->points,
                                                        .n_reasons = (size_t)reasons.n,
                                                        .reasons = copy_reasons(k, &reasons)};
        free(reasons.at);
        reasons.at = NULL;
    }
done:
    return st;
}

/* ---- Sites --------------------------------------------------------------------------------- */

/* pi / scale, rounded half up. */
static int64_t price_in_points(int64_t price, int64_t scale) {
    return (int64_t)(((int128)2 * price + scale) / ((int128)2 * scale));
}

/* What a bed costs in the case that the plan is in; 0 where the site has no row with a price. */
static void note_bed_prices(const model *m, const engine_result *result, plaats_site_week *rows) {
    const proof_case *own = proof_case_of(&result->proof, m, result->at);
    for (int i = 0; i < own->n_prices; i++) {
        int32_t row = own->prices[i].row;
        const model_row *of = row < m->n_rows ? &m->rows[row] : NULL;
        if (of != NULL && row_is_of_beds(of))
            rows[m->sites[of->site]].bed_price =
                price_in_points(own->prices[i].price, result->proof.scale);
    }
}

static void make_sites(making *k, const engine_result *result) {
    const census *who = &k->l->who;
    size_t n = (size_t)k->in->n_sites;
    plaats_site_week *rows = arena_alloc(&k->plan->memory, n, sizeof *rows);
    k->failed |= rows == NULL;
    for (size_t j = 0; j < n && !k->failed; j++) {
        const site *s = &k->in->sites[j];
        rows[j] =
            (plaats_site_week){.site = k->sites[j],
                               .week = k->week,
                               .beds = site_open(s, who->when) ? site_usable_beds(s, who->when) : 0,
                               .taken = who->persons[j]};
    }
    if (!k->failed) note_bed_prices(k->l->model, result, rows);
    k->plan->sites = rows;
    k->plan->n_sites = n;
}

plaats_status plan_rows_make(const ledger *l, const engine_result *result, plaats_plan *out,
                             plaats_error *error) {
    plaats_status st = PLAATS_OK;
    making k = {.l = l, .in = l->model->instance, .plan = out};
    assert(out->n_stays == 0 && out->n_unplaced == 0 && out->n_sites == 0);
    out->summary.unplaced_beside_beds = 0;
    copy_names(&k);
    make_stays(&k);
    if (k.failed) TRY(fail_memory(error));
    TRY(make_unplaced(&k, error));
    make_sites(&k, result);
    if (k.failed) TRY(fail_memory(error));
done:
    return st;
}
