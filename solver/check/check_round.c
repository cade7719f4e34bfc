/* Cuts of kind round: Σ (n/d) * row, every coefficient and the right-hand side rounded down. Valid
 * since no z or y is below 0 and both are integer. */
#include "check/check_proof.h"

#include <assert.h>
#include <stdlib.h>

/* n * coefficient, still to be summed with others of the same variable. */
typedef struct {
    int who, site;
    int128 sum;
} summand;

typedef struct {
    size_t n, room;
    summand *at;
} summands;

typedef struct {
    check *c;
    given_proof *of;
    const json_node *node;
    check_cut *out;
    int64_t over;
    bool fits;   /* no sum overflowed */
    bool failed; /* memory ran out */
    int128 rhs;
    summands profiles, units, opening;
} round_draft;

/* ---- Gathering --------------------------------------------------------------------------- */

static void add(round_draft *d, summands *list, int who, int site, int128 sum) {
    if (list->n == list->room) {
        size_t room = 2 * list->room + 64;
        summand *more = realloc(list->at, room * sizeof *more);
        if (more == NULL) {
            d->failed = true;
            return;
        }
        list->at = more;
        list->room = room;
    }
    list->at[list->n++] = (summand){who, site, sum};
}

static void add_slot(round_draft *d, int slot, int j, int64_t times) {
    for (int p = 0; p < d->of->crowd.n_profiles; p++) {
        int64_t use = crowd_use(d->c, &d->of->crowd, p, slot);
        if (use > 0) add(d, &d->profiles, p, j, (int128)times * use);
    }
}

/* A closed site has no variables. */
static bool has_variables(const round_draft *d, int j, int t) {
    return check_open(&d->c->facts, j, t);
}

static void add_quota(round_draft *d, const proof_row *row) {
    const check_facts *f = &d->c->facts;
    for (int j = 0; j < d->c->in->n_sites; j++)
        if (check_covers(f, row->which, j) && has_variables(d, j, row->t))
            add_slot(d, slot_quota(f, row->which), j, row->price);
}

/* Members of one unit that are in the group count one by one. */
static void add_apart(round_draft *d, const proof_row *row) {
    const indices *members = &d->c->in->apart[row->which].households;
    for (int i = 0; i < members->n; i++)
        if (check_needs_bed(&d->c->facts, members->at[i], row->t))
            add(d, &d->units, d->c->facts.families[members->at[i]].unit, row->site, row->price);
}

static void add_one(round_draft *d, const proof_row *row) {
    for (int j = 0; j < d->c->in->n_sites; j++)
        if (has_variables(d, j, row->t)) add(d, &d->units, row->which, j, row->price);
}

static void add_terms(round_draft *d, summands *to, const terms *list, int64_t times) {
    for (size_t i = 0; i < list->n; i++)
        add(d, to, list->at[i].who, list->at[i].site, (int128)times * list->at[i].coefficient);
}

/* Cuts made from a row one after another each hold what they changed. */
static void add_cut(round_draft *d, const proof_row *row) {
    const check_cut *k = &d->of->cuts[row->which];
    add_terms(d, &d->opening, &k->opening, row->price);
    if (cut_is_chained(k)) add_slot(d, check_row_slot(&k->row), k->row.site, row->price);
    for (const check_cut *part = k; part != NULL;
         part = part->before == NONE ? NULL : &d->of->cuts[part->before]) {
        add_terms(d, &d->profiles, &part->profiles, row->price);
        add_terms(d, &d->units, &part->units, row->price);
    }
}

static void add_row(round_draft *d, const proof_row *row) {
    d->fits = d->fits && add128(&d->rhs, (int128)row->price * row->rhs);
    switch (row->kind) {
    case ROW_OPEN:
        add(d, &d->opening, row->t, row->site,
            -(int128)row->price * check_usable(&d->c->facts, row->site, row->t));
        __attribute__((fallthrough));
    case ROW_BEDS:
    case ROW_SERVICE:
        add_slot(d, check_row_slot(row), row->site, row->price);
        break;
    case ROW_APART:
        add_apart(d, row);
        break;
    case ROW_MAX:
        add_quota(d, row);
        break;
    case ROW_CUT:
        add_cut(d, row);
        break;
    case ROW_ONE:
        add_one(d, row);
        break;
    default:
        add(d, &d->opening, row->t, row->site, row->price);
    }
}

/* ---- Summing and rounding ---------------------------------------------------------------- */

static int by_variable(const void *a, const void *b) {
    const summand *x = a, *y = b;
    if (x->who != y->who) return x->who < y->who ? -1 : 1;
    return (x->site > y->site) - (x->site < y->site);
}

/* One summand for each variable. */
static void sum_up(round_draft *d, summands *list) {
    size_t n = 0;
    if (list->n == 0) return;
    qsort(list->at, list->n, sizeof *list->at, by_variable);
    for (size_t i = 1; i < list->n; i++) {
        if (by_variable(&list->at[n], &list->at[i]) == 0)
            d->fits = add128(&list->at[n].sum, list->at[i].sum) && d->fits;
        else
            list->at[++n] = list->at[i];
    }
    list->n = n + 1;
}

static int64_t rounded(round_draft *d, int128 sum) {
    int128 value = floor_div128(sum, d->over);
    if (value != (int64_t)value) d->fits = false;
    return (int64_t)value;
}

/* What the rows count of a unit at a site by its profile. */
static int128 sum_of_profile(const round_draft *d, int unit, int site) {
    summand key = {.who = d->of->crowd.profile[unit], .site = site};
    if (d->profiles.n == 0) return 0;
    const summand *found = bsearch(&key, d->profiles.at, d->profiles.n, sizeof key, by_variable);
    return found == NULL ? 0 : found->sum;
}

static plaats_status keep(round_draft *d, terms *to, const summands *from) {
    to->at = arena_alloc(&d->of->memory, from->n, sizeof *to->at);
    if (to->at == NULL) return fail_memory(d->c->error);
    for (size_t i = 0; i < from->n; i++) {
        int64_t coefficient = rounded(d, from->at[i].sum);
        if (coefficient != 0)
            to->at[to->n++] = (term){from->at[i].who, from->at[i].site, coefficient};
    }
    return PLAATS_OK;
}

/* What the whole, rounded, has over what stands for the profile. */
static plaats_status keep_units(round_draft *d, terms *to, const summands *from) {
    to->at = arena_alloc(&d->of->memory, from->n, sizeof *to->at);
    if (to->at == NULL) return fail_memory(d->c->error);
    for (size_t i = 0; i < from->n; i++) {
        int who = from->at[i].who, j = from->at[i].site;
        int128 alike = sum_of_profile(d, who, j), whole = alike;
        d->fits = add128(&whole, from->at[i].sum) && d->fits;
        int64_t more = 0;
        if (__builtin_sub_overflow(rounded(d, whole), rounded(d, alike), &more)) d->fits = false;
        if (more != 0) to->at[to->n++] = (term){who, j, more};
    }
    return PLAATS_OK;
}

static plaats_status round_down(round_draft *d, bool *fine) {
    plaats_status st = PLAATS_OK;
    plaats_error *error = d->c->error;
    if (d->failed) return fail_memory(error);
    sum_up(d, &d->profiles);
    sum_up(d, &d->units);
    sum_up(d, &d->opening);
    TRY(keep(d, &d->out->profiles, &d->profiles));
    TRY(keep_units(d, &d->out->units, &d->units));
    TRY(keep(d, &d->out->opening, &d->opening));
    d->out->rhs = rounded(d, d->rhs);
    *fine = d->fits;
    if (!d->fits) json_problem(d->c->document, d->node, "the sums of the cut are too large");
done:
    return st;
}

/* ---- Reading ----------------------------------------------------------------------------- */

static bool read_row(round_draft *d, const json_node *pair, int index, proof_row *row) {
    const row_place place = {.taker = "a cut",
                             .kinds =
                                 HARD_ROWS | ROW_BIT(ROW_CUT) | ROW_BIT(ROW_ONE) | ROW_BIT(ROW_Y),
                             .n_cuts = index};
    const json_node *number;
    check *c = d->c;
    if (!check_read_pair(c, d->of, pair, &place, "a row of a cut is [ROW, how often]", row,
                         &number))
        return false;
    if (row->price < 0) {
        json_problem(c->document, number, "a row is taken 0 times or more, not %lld",
                     (long long)row->price);
        return false;
    }
    if (row->kind != ROW_MAX || c->in->quotas[row->which].points == 0) return true;
    json_problem(c->document, row->node, "quota '%s' is soft: it stays out of cuts",
                 c->in->quotas[row->which].id);
    return false;
}

static bool read_over(round_draft *d) {
    const json_node *node = check_need_member(d->c, d->node, "over");
    if (!check_take_integer(d->c, node, &d->over)) return false;
    if (d->over >= 1) return true;
    json_problem(d->c->document, node, "'over' is 1 or more, not %lld", (long long)d->over);
    return false;
}

static plaats_status read_rows(round_draft *d, const json_node *list, int index, bool *fine) {
    int n = 0;
    proof_row *rows = zero_alloc(json_count(list), sizeof *rows);
    if (rows == NULL) return fail_memory(d->c->error);
    for (const json_node *pair = json_first(list); pair != NULL; pair = json_next(pair)) {
        if (read_row(d, pair, index, &rows[n]))
            n++;
        else
            *fine = false;
    }
    *fine = check_rows_once(d->c, n, rows) && *fine;
    for (int i = 0; i < n && *fine; i++) add_row(d, &rows[i]);
    free(rows);
    return PLAATS_OK;
}

plaats_status check_read_round(check *c, given_proof *of, const json_node *node, int index,
                               check_cut *out, bool *fine) {
    assert(index >= 0 && index < of->n_cuts);
    plaats_status st = PLAATS_OK;
    round_draft d = {.c = c, .of = of, .node = node, .out = out, .fits = true};
    const json_node *rows = check_need_member(c, node, "rows");
    *fine = read_over(&d);
    if (!check_take_array(c, rows))
        *fine = false;
    else
        TRY(read_rows(&d, rows, index, fine));
    if (*fine) TRY(round_down(&d, fine));
done:
    free(d.profiles.at);
    free(d.units.at);
    free(d.opening.at);
    return st;
}
