/* The member `proof`: its shape, and whether its prices give the bound it names. This version
 * verifies the complete proof of one week: one case without decisions or cuts. */
#include "plan/check.h"

#include <stdlib.h>

static bool cannot_verify(check *c, const json_node *node, const char *what) {
    json_problem(c->document, node, "this version cannot verify a proof with %s", what);
    return false;
}

static bool read_scale(check *c, const json_node *proof, int64_t *scale) {
    const json_node *node = need_member(c, proof, "scale");
    if (!take_integer(c, node, scale)) return false;
    if (*scale >= 1 && *scale <= INT32_MAX) return true;
    json_problem(c->document, node, "a scale is 1 to 2147483647, not %lld", (long long)*scale);
    return false;
}

static plaats_status read_prices(check *c, const json_node *prices, proof_case *p, bool *fine) {
    if (!take_array(c, prices)) {
        *fine = false;
        return PLAATS_OK;
    }
    p->rows = arena_alloc(&c->memory, json_count(prices), sizeof *p->rows);
    if (p->rows == NULL) return fail_memory(c->error);
    for (const json_node *pair = json_first(prices); pair != NULL; pair = json_next(pair)) {
        if (check_read_row(c, pair, p->scale, &p->rows[p->n_rows]))
            p->n_rows++;
        else
            *fine = false;
    }
    *fine = check_rows_once(c, p) && *fine;
    return PLAATS_OK;
}

/* The only case, or NULL when there is something this version cannot verify. */
static const json_node *only_case(check *c, const json_node *proof) {
    const json_node *cuts = need_member(c, proof, "cuts");
    const json_node *cases = need_member(c, proof, "cases");
    bool fine = take_array(c, cuts), has_cases = take_array(c, cases);
    if (fine && json_count(cuts) > 0) fine = cannot_verify(c, cuts, "cuts");
    if (!fine || !has_cases) return NULL;
    if (json_count(cases) == 0) {
        json_problem(c->document, cases, "a proof has at least one case");
        return NULL;
    }
    if (json_count(cases) > 1) {
        cannot_verify(c, cases, "several cases");
        return NULL;
    }
    return json_first(cases);
}

static plaats_status read_case(check *c, const json_node *node, proof_case *p, bool *fine) {
    static const char *const members[] = {"given", "prices", "unit_prices"};
    *fine = take_object(c, node);
    if (!*fine) return PLAATS_OK;
    allow_members(c, node, 3, members);
    const json_node *given = need_member(c, node, "given");
    const json_node *unit_prices = json_member(node, "unit_prices");
    *fine = take_array(c, given);
    if (*fine && json_count(given) > 0) {
        json_problem(c->document, given, "a single case has nothing given");
        *fine = false;
    }
    if (unit_prices != NULL) *fine = cannot_verify(c, unit_prices, "unit prices");
    return read_prices(c, need_member(c, node, "prices"), p, fine);
}

static void keep_bed_prices(check *c, const proof_case *p) {
    for (int i = 0; i < p->n_rows; i++)
        if (p->rows[i].kind == ROW_BEDS || p->rows[i].kind == ROW_OPEN)
            c->bed_price[p->rows[i].site] = p->rows[i].price;
}

static plaats_status prove(check *c, const json_node *proof, const proof_case *p) {
    plaats_status st = PLAATS_OK;
    plaats_error *error = c->error;
    bool fits = false;
    int128 bound = 0;
    TRY(check_bound(c, p, &fits, &bound));
    if (!fits || bound > INT64_MAX || bound < INT64_MIN) {
        json_problem(c->document, proof, "the sums of the proof are too large to verify");
        goto done;
    }
    TRY_ALLOC(c->bed_price = arena_alloc(&c->memory, (size_t)c->in->n_sites, sizeof *c->bed_price));
    keep_bed_prices(c, p);
    c->proven = true;
    c->scale = p->scale;
    c->proof_bound = (int64_t)bound;
    expect_integer(c, need_member(c, proof, "bound"), bound, "the bound these prices prove");
done:
    return st;
}

plaats_status check_proof(check *c) {
    static const char *const members[] = {"scale", "bound", "cuts", "cases"};
    const json_node *proof = json_member(c->root, "proof");
    proof_case p = {0};
    bool fine = false;
    if (!take_object(c, proof)) return PLAATS_OK;
    allow_members(c, proof, 4, members);
    bool has_scale = read_scale(c, proof, &p.scale);
    const json_node *only = only_case(c, proof);
    if (c->in->weeks > 1) {
        cannot_verify(c, proof, "more than one week");
        return PLAATS_OK;
    }
    if (!has_scale || only == NULL) return PLAATS_OK;
    plaats_status st = read_case(c, only, &p, &fine);
    if (st != PLAATS_OK || !fine) return st;
    return prove(c, proof, &p);
}
