/* Units: households that need a bed, together groups merged, in the order of their facts; and what
 * each uses of services, groups and quotas. */
#include "base/random.h"
#include "model/build.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Units before they are sorted: unit i has members[first[i]] .. members[first[i+1]-1]. */
typedef struct {
    int n;
    int *first, *members;
    int *unit_of_group; /* per together group, NONE until one of it is seen */
    int *group_of;      /* per household, NONE: alone */
    int *size;
} draft;

static int *filled(size_t n, int value) {
    int *a = zero_alloc(n, sizeof *a);
    for (size_t i = 0; a != NULL && i < n; i++) a[i] = value;
    return a;
}

static void draft_free(draft *d) {
    free(d->first);
    free(d->members);
    free(d->unit_of_group);
    free(d->group_of);
    free(d->size);
}

/* Numbers units in the order in which households come, and counts their members. */
static void number_units(const builder *b, draft *d) {
    for (int i = 0; i < b->in->n_households; i++) {
        int h = b->household_order[i], g = d->group_of[h];
        if (!needs_bed(b->in, &b->in->households[h], 0)) continue;
        int u = g == NONE ? NONE : d->unit_of_group[g];
        if (u == NONE) u = d->n++;
        if (g != NONE) d->unit_of_group[g] = u;
        b->unit_of[h] = u;
        d->size[u]++;
    }
}

/* Members stand in the order of households, so a unit's are sorted by facts. */
static void fill_members(const builder *b, draft *d) {
    for (int u = 0; u < d->n; u++) d->first[u + 1] = d->first[u] + d->size[u];
    memset(d->size, 0, (size_t)d->n * sizeof *d->size);
    for (int i = 0; i < b->in->n_households; i++) {
        int h = b->household_order[i], u = b->unit_of[h];
        if (u != NONE) d->members[d->first[u] + d->size[u]++] = h;
    }
}

static plaats_status draft_units(const builder *b, draft *d, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const plaats_instance *in = b->in;
    size_t n = (size_t)in->n_households;

    TRY_ALLOC(d->group_of = filled(n, NONE));
    TRY_ALLOC(d->unit_of_group = filled((size_t)in->n_together, NONE));
    TRY_ALLOC(d->size = filled(n, 0));
    TRY_ALLOC(d->first = filled(n + 1, 0));
    TRY_ALLOC(d->members = arena_alloc(&b->m->memory, n, sizeof *d->members));
    for (int g = 0; g < in->n_together; g++)
        for (int i = 0; i < in->together[g].households.n; i++)
            d->group_of[in->together[g].households.at[i]] = g;
    number_units(b, d);
    fill_members(b, d);
done:
    return st;
}

static int home_of(const builder *b, const int *members, int n) {
    assert(n > 0);
    int home = b->in->households[members[0]].site;
    for (int i = 1; i < n; i++)
        if (b->in->households[members[i]].site != home) return NONE;
    return home == NONE ? NONE : b->site_rank[home];
}

static plaats_status fill_unit(const builder *b, unit *u, const int *members, int n,
                               plaats_error *error) {
    *u = (unit){.n_members = n, .members = members, .home = home_of(b, members, n)};
    for (int i = 0; i < n; i++) {
        const household *h = &b->in->households[members[i]];
        u->persons += h->people.n;
        u->weight += h->people.n * h->priority;
    }
    if (add_product_overflows(&u->unplaced_cost, u->weight, b->m->unplaced_points))
        return fail(error, PLAATS_USAGE,
                    "%lld points for a person unplaced are too many for household '%s'",
                    (long long)b->m->unplaced_points, b->in->households[members[0]].id);
    return PLAATS_OK;
}

static uint64_t unit_facts(const builder *b, const int *members, int n) {
    uint64_t hash = (uint64_t)n;
    for (int i = 0; i < n; i++) hash = random_mix(hash, b->facts.households[members[i]]);
    return hash;
}

plaats_status build_merge_units(builder *b, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    draft d = {0};
    ranked *list = NULL;

    TRY_ALLOC(b->unit_of = arena_alloc(&b->m->memory, (size_t)b->in->n_households, sizeof(int)));
    for (int h = 0; h < b->in->n_households; h++) b->unit_of[h] = NONE;
    TRY(draft_units(b, &d, error));
    TRY_ALLOC(b->units = arena_alloc(&b->m->memory, (size_t)d.n, sizeof *b->units));
    TRY_ALLOC(list = zero_alloc((size_t)d.n, sizeof *list));
    for (int u = 0; u < d.n; u++) {
        const int *members = d.members + d.first[u];
        list[u] = (ranked){.facts = unit_facts(b, members, d.first[u + 1] - d.first[u]),
                           .id = b->in->households[members[0]].id,
                           .index = u};
    }
    facts_sort(list, d.n);
    for (int u = 0; u < d.n; u++) {
        int from = d.first[list[u].index], n = d.first[list[u].index + 1] - from;
        TRY(fill_unit(b, &b->units[u], d.members + from, n, error));
        for (int i = 0; i < n; i++) b->unit_of[d.members[from + i]] = u;
    }
    b->m->n_units = d.n;
    b->m->units = b->units;
    b->m->unit_of = b->unit_of;
done:
    d.members = NULL; /* the arena's */
    draft_free(&d);
    free(list);
    return st;
}

/* A growing list of amounts for one unit, reused for the next. */
typedef struct {
    int n, room;
    amount *at;
} amounts;

static void append_amount(amounts *list, int item, int count) {
    assert(list->n < list->room && count > 0);
    list->at[list->n++] = (amount){item, count};
}

static void add_amount(amounts *list, int item, int count) {
    for (int i = 0; i < list->n; i++)
        if (list->at[i].item == item) {
            list->at[i].count += count;
            return;
        }
    append_amount(list, item, count);
}

static const amount *keep_amounts(arena *memory, const amounts *list) {
    amount *kept = arena_alloc(memory, (size_t)list->n, sizeof *kept);
    if (kept != NULL && list->n > 0) memcpy(kept, list->at, (size_t)list->n * sizeof *kept);
    return kept;
}

static void gather_needs(const builder *b, const unit *u, amounts *list) {
    list->n = 0;
    for (int k = 0; k < b->in->n_services; k++) {
        int s = b->service_order[k], count = 0;
        for (int i = 0; b->needed[s] && i < u->n_members; i++)
            count += household_count_needing(b->in, &b->in->households[u->members[i]], s);
        if (count > 0) append_amount(list, s, count);
    }
}

static void gather_counted(const builder *b, const unit *u, amounts *list) {
    list->n = 0;
    for (int i = 0; i < b->n_quota_order; i++) {
        int q = b->quota_order[i], count = 0;
        for (int k = 0; k < u->n_members; k++)
            count += household_count_tagged(b->in, &b->in->households[u->members[k]],
                                            b->in->quotas[q].tag);
        if (count > 0) append_amount(list, q, count);
    }
}

/* Groups by household: those of h are groups[first[h]] .. groups[first[h+1]-1]. */
typedef struct {
    int *first, *groups, *last;
} memberships;

/* Calls with `fill` false count, with `fill` true note the groups. A household named twice in one
 * group counts once. */
static void walk_groups(const builder *b, memberships *in, bool fill) {
    for (int h = 0; h < b->in->n_households; h++) in->last[h] = NONE;
    for (int i = 0; i < b->n_apart_order; i++) {
        const group *g = &b->in->apart[b->apart_order[i]];
        for (int k = 0; k < g->households.n; k++) {
            int h = g->households.at[k];
            if (in->last[h] == i) continue;
            in->last[h] = i;
            if (fill)
                in->groups[in->first[h + 1]++] = b->apart_order[i];
            else
                in->first[h + 2]++;
        }
    }
}

static plaats_status list_memberships(const builder *b, memberships *in, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    size_t n = (size_t)b->in->n_households;

    /* Counted two places on, summed, filled one place on: then each begins at its own. */
    TRY_ALLOC(in->last = zero_alloc(n, sizeof *in->last));
    TRY_ALLOC(in->first = zero_alloc(n + 2, sizeof *in->first));
    walk_groups(b, in, false);
    for (size_t h = 2; h < n + 2; h++) in->first[h] += in->first[h - 1];
    TRY_ALLOC(in->groups = zero_alloc((size_t)in->first[n + 1], sizeof *in->groups));
    walk_groups(b, in, true);
done:
    return st;
}

static void memberships_free(memberships *in) {
    free(in->first);
    free(in->groups);
    free(in->last);
}

static void gather_apart(const unit *u, const memberships *in, amounts *list) {
    list->n = 0;
    for (int i = 0; i < u->n_members; i++) {
        int h = u->members[i];
        for (int k = in->first[h]; k < in->first[h + 1]; k++) add_amount(list, in->groups[k], 1);
    }
}

static plaats_status count_unit(builder *b, unit *u, const memberships *in, amounts *list,
                                plaats_error *error) {
    plaats_status st = PLAATS_OK;
    arena *memory = &b->m->memory;

    gather_needs(b, u, list);
    TRY_ALLOC(u->needs = keep_amounts(memory, list));
    u->n_needs = list->n;
    gather_apart(u, in, list);
    TRY_ALLOC(u->apart = keep_amounts(memory, list));
    u->n_apart = list->n;
    gather_counted(b, u, list);
    TRY_ALLOC(u->counted = keep_amounts(memory, list));
    u->n_counted = list->n;
done:
    return st;
}

plaats_status build_count_amounts(builder *b, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    memberships in = {0};
    amounts list = {.room = b->in->n_services + b->n_apart_order + b->n_quota_order};

    TRY(list_memberships(b, &in, error));
    TRY_ALLOC(list.at = zero_alloc((size_t)list.room, sizeof *list.at));
    for (int u = 0; u < b->m->n_units; u++) {
        unit *it = &b->units[u];
        TRY(count_unit(b, it, &in, &list, error));
        /* beds, and for each quota perhaps a row from above and one from below */
        int uses = 1 + it->n_needs + it->n_apart + 2 * it->n_counted;
        if (uses > b->m->max_uses) b->m->max_uses = uses;
    }
done:
    memberships_free(&in);
    free(list.at);
    return st;
}
