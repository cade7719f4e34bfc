/* The cuts of a proof: what each counts of every unit and of y, made from rows and earlier cuts. */
#include "check/check_proof.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Room for what is worked out about one cut. */
typedef struct {
    arena memory;
    int64_t *change; /* per unit: what cuts before raised its use by; 0 between cuts */
    int *changed;    /* those units */
    int64_t *left;   /* per profile: units that are not among them */
    parcel *parcels;
    size_t n_parcels;
} scratch;

/* A cut as it is being read. */
typedef struct {
    check *c;
    given_proof *of;
    const json_node *node;
    int index;
    check_cut *out;
    scratch *work;
} cut_draft;

static const char *const cut_names[N_CUT_KINDS] = {[CUT_COVER] = "cover",
                                                   [CUT_FILL] = "fill",
                                                   [CUT_TIGHTEN] = "tighten",
                                                   [CUT_LINK] = "link",
                                                   [CUT_ROUND] = "round"};

bool check_take_unit(check *c, const given_proof *of, const json_node *node, int t, int *unit) {
    int h;
    (void)t; /* the crowd is that of the only week */
    if (!check_take_id(c, node, &c->facts.households, "household", &h)) return false;
    *unit = c->facts.families[h].unit;
    if (of->crowd.profile[*unit] != NONE) return true;
    json_problem(c->document, node, "household '%s' needs no bed in that week", json_text(node));
    return false;
}

static int64_t row_use(const cut_draft *d, const proof_row *row, int unit) {
    return crowd_use(d->c, &d->of->crowd, d->of->crowd.profile[unit], check_row_slot(row));
}

/* A household with a use in the row. */
static bool take_user(const cut_draft *d, const json_node *node, const proof_row *row, int *unit) {
    if (!check_take_unit(d->c, d->of, node, row->t, unit)) return false;
    if (row_use(d, row, *unit) > 0) return true;
    json_problem(d->c->document, node, "household '%s' uses nothing of the row", json_text(node));
    return false;
}

static plaats_status make_terms(const cut_draft *d, terms *list, size_t n) {
    list->room = n;
    list->at = arena_alloc(&d->of->memory, n, sizeof *list->at);
    return list->at == NULL ? fail_memory(d->c->error) : PLAATS_OK;
}

static void add_term(terms *list, int who, int site, int64_t coefficient) {
    assert(list->n < list->room);
    list->at[list->n++] = (term){who, site, coefficient};
}

/* ---- Cover ------------------------------------------------------------------------------- */

static int by_who(const void *a, const void *b) {
    const term *x = a, *y = b;
    return (x->who > y->who) - (x->who < y->who);
}

/* Units are named once, whichever of their households names them. */
static bool names_units_once(const cut_draft *d, const json_node *list) {
    terms *units = &d->out->units;
    qsort(units->at, units->n, sizeof *units->at, by_who);
    for (size_t i = 1; i < units->n; i++) {
        if (units->at[i - 1].who != units->at[i].who) continue;
        int h = d->c->facts.units[units->at[i].who].at[0];
        json_problem(d->c->document, list,
                     "household '%s', or one it goes together with, is named twice",
                     d->c->in->households[h].id);
        return false;
    }
    return true;
}

static bool covers_row(const cut_draft *d, const json_node *list, const proof_row *row) {
    int128 sum = 0;
    char text[CHECK_NUMBER_SIZE];
    const terms *units = &d->out->units;
    for (size_t i = 0; i < units->n; i++) sum += row_use(d, row, units->at[i].who);
    if (sum > row->rhs) return true;
    json_problem(d->c->document, list, "uses of %s do not exceed the %lld of the row",
                 check_number_text(sum, text), (long long)row->rhs);
    return false;
}

static plaats_status read_cover(const cut_draft *d, bool *fine) {
    const row_place place = {.taker = "a cover", .kinds = ROW_BIT(ROW_BEDS) | ROW_BIT(ROW_SERVICE)};
    plaats_status st = PLAATS_OK;
    proof_row row;
    const json_node *name = check_need_member(d->c, d->node, "row");
    const json_node *list = check_need_member(d->c, d->node, "households");
    *fine = name != NULL && check_read_row(d->c, d->of, name, &place, &row);
    if (!check_take_array(d->c, list)) *fine = false;
    if (!*fine) goto done;
    TRY(make_terms(d, &d->out->units, json_count(list)));
    for (const json_node *node = json_first(list); node != NULL; node = json_next(node)) {
        int unit;
        if (take_user(d, node, &row, &unit))
            add_term(&d->out->units, unit, row.site, 1);
        else
            *fine = false;
    }
    *fine = *fine && names_units_once(d, list) && covers_row(d, list, &row);
    d->out->rhs = (int64_t)d->out->units.n - 1;
done:
    return st;
}

/* ---- Fill and tighten: one row after another ---------------------------------------------- */

static bool continue_chain(const cut_draft *d, const proof_row *from) {
    const check_cut *before = &d->of->cuts[from->which];
    if (!cut_is_chained(before)) {
        json_problem(d->c->document, from->node,
                     "a cut of kind '%s' is made from no cut of kind '%s'", cut_names[d->out->kind],
                     cut_names[before->kind]);
        return false;
    }
    d->out->row = before->row;
    d->out->room = before->room;
    d->out->before = from->which;
    return true;
}

/* The row, or the cut made from one, that the cut starts from. */
static bool begin_chain(const cut_draft *d) {
    const row_place place = {.taker = "this kind of cut",
                             .kinds = ROW_BIT(ROW_BEDS) | ROW_BIT(ROW_SERVICE) | ROW_BIT(ROW_OPEN) |
                                      ROW_BIT(ROW_CUT),
                             .n_cuts = d->index};
    proof_row from;
    const json_node *name = check_need_member(d->c, d->node, "row");
    if (name == NULL || !check_read_row(d->c, d->of, name, &place, &from)) return false;
    if (from.kind == ROW_CUT) return continue_chain(d, &from);
    d->out->row = from;
    d->out->room = from.kind == ROW_OPEN ? check_usable(&d->c->facts, from.site, from.t) : from.rhs;
    return true;
}

/* What is not room for uses is that of y. */
static plaats_status end_chain(const cut_draft *d) {
    check_cut *k = d->out;
    if (k->row.kind != ROW_OPEN) {
        k->rhs = k->room;
        return PLAATS_OK;
    }
    plaats_status st = make_terms(d, &k->opening, 1);
    if (st == PLAATS_OK) add_term(&k->opening, k->row.t, k->row.site, -k->room);
    return st;
}

/* What the cuts before this one changed, unit by unit: the sum into `change`, the units into
 * `changed`, each once. */
static size_t gather_changes(const cut_draft *d) {
    scratch *w = d->work;
    size_t n = 0;
    for (int i = d->out->before; i != NONE; i = d->of->cuts[i].before) {
        const terms *units = &d->of->cuts[i].units;
        if (units->n == 0) continue;
        if (w->change[units->at[0].who] == 0) w->changed[n++] = units->at[0].who;
        w->change[units->at[0].who] += units->at[0].coefficient; /* never below 0 */
    }
    return n;
}

/* The uses of all units but `u` (or NONE), by size: changed units one by one, the others by
 * profile. Gives the use of `u`. */
static int64_t gather_uses(const cut_draft *d, int u) {
    const crowd *w = &d->of->crowd;
    scratch *s = d->work;
    const size_t most = (size_t)d->of->n_cuts + (size_t)w->n_profiles; /* parcels */
    int64_t use_of_u = u == NONE ? 0 : row_use(d, &d->out->row, u);
    memcpy(s->left, w->size, (size_t)w->n_profiles * sizeof *s->left);
    if (u != NONE) s->left[w->profile[u]]--;
    s->n_parcels = 0;
    for (size_t n = gather_changes(d); n > 0; n--) {
        int who = s->changed[n - 1];
        int64_t more = s->change[who];
        s->change[who] = 0;
        if (who == u) {
            use_of_u += more;
            continue;
        }
        s->left[w->profile[who]]--;
        assert(s->n_parcels < most);
        s->parcels[s->n_parcels++] = (parcel){row_use(d, &d->out->row, who) + more, 1};
    }
    for (int p = 0; p < w->n_profiles; p++) {
        int64_t use = crowd_use(d->c, w, p, check_row_slot(&d->out->row));
        if (use <= 0 || s->left[p] <= 0) continue;
        assert(s->n_parcels < most);
        s->parcels[s->n_parcels++] = (parcel){use, s->left[p]};
    }
    return use_of_u;
}

static plaats_status largest_sum(const cut_draft *d, int64_t limit, int64_t *largest, bool *fine) {
    bool fits = false;
    plaats_status st =
        check_largest_sum(d->c, d->work->n_parcels, d->work->parcels, limit, &fits, largest);
    if (st == PLAATS_OK && !fits)
        json_problem(d->c->document, d->node, "there are too many sums of uses to try");
    *fine = fits;
    return st;
}

static plaats_status read_fill(const cut_draft *d, bool *fine) {
    plaats_status st = PLAATS_OK;
    *fine = begin_chain(d);
    if (!*fine) goto done;
    gather_uses(d, NONE);
    TRY(largest_sum(d, d->out->room, &d->out->room, fine));
    TRY(end_chain(d));
done:
    return st;
}

static plaats_status read_tighten(const cut_draft *d, bool *fine) {
    plaats_status st = PLAATS_OK;
    int u = NONE;
    int64_t others = 0;
    const json_node *who = check_need_member(d->c, d->node, "household");
    *fine = begin_chain(d) && who != NULL && take_user(d, who, &d->out->row, &u);
    if (!*fine) goto done;
    int64_t use = gather_uses(d, u), room = d->out->room;
    if (use > room) {
        *fine = false;
        json_problem(d->c->document, who, "a use of %lld is more than the %lld that fit already",
                     (long long)use, (long long)room);
        goto done;
    }
    TRY(largest_sum(d, room - use, &others, fine));
    TRY(make_terms(d, &d->out->units, 1));
    if (room - others > use) add_term(&d->out->units, u, d->out->row.site, room - others - use);
    TRY(end_chain(d));
done:
    return st;
}

/* ---- Link -------------------------------------------------------------------------------- */

static plaats_status read_link(const cut_draft *d, bool *fine) {
    plaats_status st = PLAATS_OK;
    check *c = d->c;
    int t = 0, j = 0, u = 0;
    const json_node *who = check_need_member(c, d->node, "household");
    const json_node *where = check_need_member(c, d->node, "site");
    const json_node *when = check_need_member(c, d->node, "week");
    bool planned = check_take_planned_week(c, when, &t);
    *fine = check_take_id(c, where, &c->facts.sites, "site", &j) && planned;
    *fine = who != NULL && *fine && check_take_unit(c, d->of, who, t, &u);
    if (!*fine) goto done;
    *fine = c->in->sites[j].keep_open > 0 && check_open(&c->facts, j, t);
    if (!*fine) {
        json_problem(c->document, where, "site '%s' is closed in that week, or has no keep_open",
                     c->in->sites[j].id);
        goto done;
    }
    TRY(make_terms(d, &d->out->units, 1));
    TRY(make_terms(d, &d->out->opening, 1));
    add_term(&d->out->units, u, j, 1);
    add_term(&d->out->opening, t, j, -1);
done:
    return st;
}

/* ---- One and all ------------------------------------------------------------------------- */

static void allow_cut_members(const cut_draft *d) {
    static const char *const members[N_CUT_KINDS][4] = {
        [CUT_COVER] = {"kind", "row", "households"},
        [CUT_FILL] = {"kind", "row"},
        [CUT_TIGHTEN] = {"kind", "row", "household"},
        [CUT_LINK] = {"kind", "household", "site", "week"},
        [CUT_ROUND] = {"kind", "rows", "over"},
    };
    int n = 0;
    while (n < 4 && members[d->out->kind][n] != NULL) n++;
    check_allow_members(d->c, d->node, n, members[d->out->kind]);
}

static bool find_kind(const cut_draft *d) {
    const json_node *node = check_need_member(d->c, d->node, "kind");
    const char *name = check_take_text(d->c, node);
    int kind = 0;
    if (name == NULL) return false;
    while (kind < N_CUT_KINDS && strcmp(name, cut_names[kind]) != 0) kind++;
    d->out->kind = (check_cut_kind)kind;
    if (kind < N_CUT_KINDS) return true;
    json_problem(d->c->document, node,
                 "unknown kind of cut '%s', must be cover, fill, tighten, link or round", name);
    return false;
}

static plaats_status read_cut(const cut_draft *d, bool *fine) {
    *fine = check_take_object(d->c, d->node) && find_kind(d);
    if (!*fine) return PLAATS_OK;
    allow_cut_members(d);
    switch (d->out->kind) {
    case CUT_COVER:
        return read_cover(d, fine);
    case CUT_FILL:
        return read_fill(d, fine);
    case CUT_TIGHTEN:
        return read_tighten(d, fine);
    case CUT_LINK:
        return read_link(d, fine);
    default:
        return check_read_round(d->c, d->of, d->node, d->index, d->out, fine);
    }
}

/* What units have in cuts, unit by unit. */
static plaats_status list_by_unit(const check *c, given_proof *of) {
    size_t units = (size_t)c->facts.n_units, total = 0;
    of->first_term = arena_alloc(&of->memory, units + 2, sizeof *of->first_term);
    if (of->first_term == NULL) return fail_memory(c->error);
    size_t *end = of->first_term + 1; /* end[u] moves to where unit u's terms end */
    for (int k = 0; k < of->n_cuts; k++) {
        total += of->cuts[k].units.n;
        for (size_t i = 0; i < of->cuts[k].units.n; i++) end[of->cuts[k].units.at[i].who + 1]++;
    }
    of->unit_terms = arena_alloc(&of->memory, total, sizeof *of->unit_terms);
    if (of->unit_terms == NULL) return fail_memory(c->error);
    for (size_t u = 1; u <= units; u++) end[u] += end[u - 1];
    for (int k = 0; k < of->n_cuts; k++) {
        const terms *list = &of->cuts[k].units;
        for (size_t i = 0; i < list->n; i++)
            of->unit_terms[end[list->at[i].who]++] =
                (unit_term){list->at[i].site, k, list->at[i].coefficient};
    }
    return PLAATS_OK;
}

static plaats_status make_scratch(const check *c, const given_proof *of, scratch *w) {
    size_t cuts = (size_t)of->n_cuts, profiles = (size_t)of->crowd.n_profiles;
    w->change = arena_alloc(&w->memory, (size_t)c->facts.n_units, sizeof *w->change);
    w->changed = arena_alloc(&w->memory, cuts, sizeof *w->changed);
    w->left = arena_alloc(&w->memory, profiles, sizeof *w->left);
    w->parcels = arena_alloc(&w->memory, cuts + profiles, sizeof *w->parcels);
    bool made = w->change != NULL && w->changed != NULL && w->left != NULL && w->parcels != NULL;
    return made ? PLAATS_OK : fail_memory(c->error);
}

plaats_status check_read_cuts(check *c, given_proof *of, const json_node *list, bool *fine) {
    assert(of->cuts == NULL && of->crowd.profile != NULL);
    plaats_status st = PLAATS_OK;
    plaats_error *error = c->error;
    scratch work = {0};
    int index = 0;
    of->n_cuts = (int)json_count(list);
    TRY_ALLOC(of->cuts = arena_alloc(&of->memory, (size_t)of->n_cuts, sizeof *of->cuts));
    TRY(make_scratch(c, of, &work));
    for (const json_node *node = json_first(list); node != NULL; node = json_next(node)) {
        check_cut *k = &of->cuts[index];
        cut_draft d = {c, of, node, index++, k, &work};
        k->before = NONE;
        TRY(read_cut(&d, &k->sound));
        *fine = *fine && k->sound;
    }
    if (*fine) TRY(list_by_unit(c, of));
done:
    arena_free(&work.memory);
    return st;
}
