/* The member `proof`: whether it is a proof, and whether it proves the bound it names. */
#include "check/check_proof.h"

#include <assert.h>

typedef struct {
    bool any;
    int64_t points;
} proven_bound;

/* Stays 0 when it is refused. */
static bool read_scale(check *c, const json_node *node, int64_t *scale) {
    int64_t read;
    if (!check_take_integer(c, node, &read)) return false;
    if (read < 1 || read > INT32_MAX) {
        json_problem(c->document, node, "a scale is 1 to 2147483647, not %lld", (long long)read);
        return false;
    }
    *scale = read;
    return true;
}

/* What all cases are given, and whether they leave nothing out. */
static plaats_status read_givens(check *c, given_proof *of, const json_node *cases, bool *fine) {
    plaats_status st = PLAATS_OK;
    plaats_error *error = c->error;
    size_t n = json_count(cases);
    bool all = n > 0;
    if (n == 0) json_problem(c->document, cases, "a proof has at least one case");
    TRY_ALLOC(of->cases = arena_alloc(&of->memory, n, sizeof *of->cases));
    for (const json_node *node = json_first(cases); node != NULL; node = json_next(node)) {
        assert((size_t)of->n_cases < n);
        check_proof_case *p = &of->cases[of->n_cases++];
        p->node = node;
        if (check_take_object(c, node))
            TRY(check_read_given(c, of, p, &all));
        else
            all = false;
    }
    if (all) TRY(check_tree(c, of, &all));
    *fine = *fine && all;
done:
    return st;
}

/* The parts that all cases share. */
static plaats_status read_parts(check *c, given_proof *of, const json_node *node, bool *fine) {
    static const char *const members[] = {"scale", "bound", "cuts", "cases"};
    plaats_status st = PLAATS_OK;
    check_allow_members(c, node, 4, members);
    const json_node *cuts = check_need_member(c, node, "cuts");
    const json_node *cases = check_need_member(c, node, "cases");
    *fine = read_scale(c, check_need_member(c, node, "scale"), &of->scale);
    TRY(check_crowd_make(c, &of->crowd));
    if (check_take_array(c, cuts))
        TRY(check_read_cuts(c, of, cuts, fine));
    else
        *fine = false;
    if (check_take_array(c, cases))
        TRY(read_givens(c, of, cases, fine));
    else
        *fine = false;
done:
    return st;
}

/* One case after another uses the options; a single one is faster without. */
static plaats_status make_options(check *c, given_proof *of, bool *fine) {
    if (!*fine) return PLAATS_OK;
    of->has_options = of->n_cases > 1 || json_member(of->cases[0].node, "unit_prices") != NULL;
    if (!of->has_options) return PLAATS_OK;
    bool fits = false;
    plaats_status st = check_options_make(c, of, &fits);
    if (st == PLAATS_OK && !fits)
        json_problem(c->document, json_member(c->root, "proof"),
                     "the costs are too large to verify the proof");
    *fine = fits;
    return st;
}

static void keep_bed_prices(check *c, const check_proof_case *p) {
    for (int i = 0; i < p->n_rows; i++)
        if (p->rows[i].kind == ROW_BEDS || p->rows[i].kind == ROW_OPEN)
            c->bed_price[p->rows[i].site] = p->rows[i].price;
}

/* Reads a case and finds what it proves; a case that cannot be is skipped. */
static plaats_status prove_case(check *c, const given_proof *of, check_proof_case *p,
                                proven_bound *least, bool *fine) {
    plaats_status st = PLAATS_OK;
    arena memory = {0};
    case_bound found = {0};
    TRY(check_read_case(c, of, &memory, p, fine));
    if (!*fine) goto done;
    if (check_is_obeyed(c, p)) keep_bed_prices(c, p);
    TRY(check_bound(c, of, p, &found));
    int128 points = ceil_div128(found.sum, of->scale);
    if (!found.possible) goto done;
    *fine = found.fits && points == (int64_t)points && !found.refused;
    if (!*fine && !found.refused)
        json_problem(c->document, p->node, "the sums of the proof are too large to verify");
    if (!least->any || points < least->points) *least = (proven_bound){true, (int64_t)points};
done:
    arena_free(&memory);
    return st;
}

static plaats_status prove(check *c, given_proof *of, const json_node *node) {
    plaats_status st = PLAATS_OK;
    plaats_error *error = c->error;
    const json_node *stated = check_need_member(c, node, "bound");
    proven_bound least = {0};
    bool fine = false;
    TRY(read_parts(c, of, node, &fine));
    if (of->n_cases == 0) goto done;
    TRY(make_options(c, of, &fine));
    TRY_ALLOC(c->bed_price = arena_alloc(&c->memory, (size_t)c->in->n_sites, sizeof *c->bed_price));
    for (int i = 0; i < of->n_cases; i++)
        if (json_type_of(of->cases[i].node) == JSON_OBJECT)
            TRY(prove_case(c, of, &of->cases[i], &least, &fine));
    if (!fine) goto done;
    assert(least.any); /* where every unit is decided to be nowhere it may stay unplaced */
    c->proven = true;
    c->scale = of->scale;
    c->proof_bound = least.points;
    check_expect_integer(c, stated, least.points, "the bound these prices prove");
done:
    return st;
}

plaats_status check_proof(check *c) {
    assert(c->weeks != NULL && !c->proven);
    const json_node *node = json_member(c->root, "proof");
    given_proof of = {0};
    if (!check_take_object(c, node)) return PLAATS_OK;
    if (c->in->weeks > 1) {
        json_problem(c->document, node,
                     "this version cannot verify a proof with more than one week");
        return PLAATS_OK;
    }
    plaats_status st = prove(c, &of, node);
    check_options_free(&of.options);
    check_crowd_free(&of.crowd);
    arena_free(&of.memory);
    return st;
}
