/* Which choices a neighbourhood has, once its sites are known: those of the units at its sites and
 * of those who would like to be there. Of choices that are as good as one another few are kept, and
 * of these the ones that lose least. */
#include "engine/plans/neighbourhood_parts.h"
#include "engine/plans/plans_tuning.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

/* ---- What a unit may choose ---------------------------------------------------------------- */

static plaats_status add_choice(neighbourhood_maker *m, int32_t u, choice to, double more,
                                plaats_error *error) {
    if (m->n_choices == m->choice_room) {
        int room = m->choice_room * 2 + PLANS_ROOM;
        neighbourhood_choice *larger = realloc(m->choices, (size_t)room * sizeof *larger);
        if (larger == NULL) return fail_memory(error);
        m->choices = larger;
        m->choice_room = room;
    }
    m->choices[m->n_choices++] = (neighbourhood_choice){more, m->uses[u], u, m->s->at[u], to};
    return PLAATS_OK;
}

/* Beds only: a first look. */
static bool may_have_room(const neighbourhood_maker *m, int32_t u, int32_t site) {
    int32_t row = grid_above(m->s->g, 0, site);
    return row == NONE || state_has_room(m->s, row, m->s->g->m->units[u].persons);
}

/* Is the choice at a site of the neighbourhood, in its week? */
static bool is_own(const neighbourhood_maker *m, choice c) {
    int32_t site = choice_site(c, m->week);
    return site != NONE && m->own[site];
}

/* Sites of the neighbourhood, and any other that has room as things are. */
static bool may_go(const neighbourhood_maker *m, int32_t u, choice to) {
    int32_t site = choice_site(to, m->week);
    if (to == m->s->at[u]) return false;
    if (is_own(m, to)) return true;
    if (site != NONE && (m->taken_site[site] || !may_have_room(m, u, site))) return false;
    return state_fits(m->s, u, to);
}

/* What the room that the unit takes with a choice is worth, outside the neighbourhood. */
static double room_outside(const neighbourhood_maker *m, int32_t u, choice c) {
    double worth = 0;
    if (c == CHOICE_NONE || is_own(m, c)) return 0;
    CHOICE_EACH_USE(m->s->g, u, c, row, use, { worth += m->l->row_price[row] * use; })
    return worth;
}

/* What a unit could choose besides what it has. Those alike in loss come in random order. */
static plaats_status list_choices_of(neighbourhood_maker *m, int32_t u, double most,
                                     plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const shortlist *l = m->l;
    double now = shortlist_loss(l, m->s, u) - room_outside(m, u, m->s->at[u]);
    for (int32_t i = l->start[u]; i < l->start[u + 1] && l->loss[i] < most; i++) {
        double more = l->loss[i] - now;
        if (!may_go(m, u, l->option[i])) continue;
        more -= room_outside(m, u, l->option[i]);
        TRY(add_choice(m, u, l->option[i], more + neighbourhood_random_share(m->random), error));
    }
    if (is_own(m, m->s->at[u]) && l->none_loss[u] < most)
        TRY(add_choice(m, u, CHOICE_NONE, l->none_loss[u] - now, error));
done:
    return st;
}

/* ---- Which units --------------------------------------------------------------------------- */

static void take_unit(neighbourhood_maker *m, int32_t u) {
    assert(!m->taken_unit[u] && m->n_taken_units < m->s->g->n_units);
    m->taken_unit[u] = true;
    m->taken_units[m->n_taken_units++] = u;
}

/* Those at a site of the neighbourhood; they are its own even if they are nobody's yet. */
static plaats_status list_residents(neighbourhood_maker *m, int32_t site, double most,
                                    plaats_error *error) {
    plaats_status st = PLAATS_OK;
    for (int32_t u = state_first(m->s, site, m->week); u != NONE; u = state_next(m->s, u, m->week))
        if (!m->taken_unit[u]) TRY(list_choices_of(m, u, most, error));
done:
    return st;
}

/* Those who would like to be there and are nowhere, or at a site that nobody has taken: the first
 * of either. */
static plaats_status list_suitors(neighbourhood_maker *m, int32_t site, double most,
                                  plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const shortlist *l = m->l;
    int placed = 0, unplaced = state_first(m->s, NONE, m->week) == NONE ? PLANS_SUITORS : 0;
    int place = shortlist_place(l, site, m->week);
    for (int32_t i = l->suit_start[place]; i < l->suit_start[place + 1]; i++) {
        int32_t u = l->suitors[i].unit, at = neighbourhood_site_of(m, u);
        int *n = at == NONE ? &unplaced : &placed;
        if (l->suitors[i].loss >= most || (placed >= PLANS_SUITORS && unplaced >= PLANS_SUITORS))
            break;
        if ((*n)++ >= PLANS_SUITORS || m->taken_unit[u] || (at != NONE && m->taken_site[at]))
            continue;
        take_unit(m, u);
        TRY(list_choices_of(m, u, most, error));
    }
done:
    return st;
}

static plaats_status list_choices(neighbourhood_maker *m, const neighbourhood *a, int32_t unit,
                                  double most, plaats_error *error) {
    plaats_status st = PLAATS_OK;

    m->n_choices = 0;
    if (unit != NONE) {
        take_unit(m, unit);
        TRY(list_choices_of(m, unit, INFINITY, error));
    }
    for (int k = 0; k < a->n_sites; k++) {
        TRY(list_residents(m, a->sites[k], most, error));
        TRY(list_suitors(m, a->sites[k], most, error));
    }
done:
    return st;
}

/* ---- Which of their choices ---------------------------------------------------------------- */

static int by_more(const void *a, const void *b) {
    const neighbourhood_choice *x = a, *y = b;
    if (x->more != y->more) return x->more < y->more ? -1 : 1;
    if (x->unit != y->unit) return x->unit - y->unit;
    return x->to - y->to;
}

static int by_unit(const void *a, const void *b) {
    const neighbourhood_choice *x = a, *y = b;
    if (x->unit != y->unit) return x->unit - y->unit;
    return x->more != y->more ? (x->more < y->more ? -1 : 1) : x->to - y->to;
}

static int by_change(const void *a, const void *b) {
    const neighbourhood_choice *x = a, *y = b;
    if (x->from != y->from) return x->from - y->from;
    if (x->to != y->to) return x->to - y->to;
    if (x->uses != y->uses) return x->uses < y->uses ? -1 : 1;
    return by_more(a, b);
}

/* Of those that are as good as one another the first few. */
static void thin(neighbourhood_maker *m) {
    int n = 0, alike = 0;
    neighbourhood_choice last = {0};
    qsort(m->choices, (size_t)m->n_choices, sizeof *m->choices, by_change);
    for (int i = 0; i < m->n_choices; i++) {
        neighbourhood_choice c = m->choices[i];
        bool same = i > 0 && c.from == last.from && c.to == last.to && c.uses == last.uses;
        alike = same ? alike + 1 : 0;
        if (alike == 0 || alike * m->s->g->m->units[c.unit].persons < PLANS_ALIKE)
            m->choices[n++] = c;
        last = c;
    }
    m->n_choices = n;
}

static plaats_status fill_part(neighbourhood_maker *m, int choices, submip *p,
                               plaats_error *error) {
    plaats_status st = PLAATS_OK;

    submip_clear(p);
    if (m->n_choices == 0) return PLAATS_OK;
    thin(m);
    qsort(m->choices, (size_t)m->n_choices, sizeof *m->choices, by_more);
    if (m->n_choices > choices) m->n_choices = choices;
    qsort(m->choices, (size_t)m->n_choices, sizeof *m->choices, by_unit);
    for (int i = 0; i < m->n_choices; i++) {
        const neighbourhood_choice *c = &m->choices[i];
        if (i == 0 || c->unit != m->choices[i - 1].unit) {
            TRY(submip_unit(p, c->unit, error));
            TRY(submip_choice(p, m->s->at[c->unit], error));
        }
        TRY(submip_choice(p, c->to, error));
    }
done:
    return st;
}

plaats_status neighbourhood_choose(neighbourhood_maker *m, neighbourhood *a, int32_t unit,
                                   double most, int choices, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    assert(choices >= 1);
    TRY(list_choices(m, a, unit, most, error));
    TRY(fill_part(m, choices, &a->p, error));
done:
    return st;
}
