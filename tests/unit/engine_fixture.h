/* Random weeks small enough to try every assignment, with a run of the engine on each, and what the
 * check says of a proof. */
#ifndef PLAATS_TESTS_ENGINE_FIXTURE_H
#define PLAATS_TESTS_ENGINE_FIXTURE_H

#include "unit/bed_row.h"
#include "unit/random_instance.h"

#include "engine/run/run_build.h"
#include "plan/write_parts.h"

typedef struct {
    plaats_instance *in;
    model *m;
    plaats_settings settings;
    run r;
    int64_t best;    /* the least cost, by trying */
    int n_plans;     /* feasible assignments: */
    int32_t **plans; /* the first has nobody placed */
} tiny_week;

/* Takes the instance's text over. `unplaced`: points for a person unplaced; NONE: "first". */
static inline plaats_instance *read_random(random_instance r, int64_t unplaced) {
    plaats_instance *in = NULL;
    plaats_error error = {0};
    buffer text = {0};
    buffer_add(&text, r.text.bytes, r.text.size - 2); /* "}\n" */
    if (unplaced != NONE)
        buffer_format(&text, ", \"weights\": {\"unplaced\": %lld}", (long long)unplaced);
    buffer_text(&text, "}\n");
    if (plaats_instance_read(text.bytes, text.size, show_problem, NULL, &in, &error) != PLAATS_OK)
        fail_msg("the instance was refused: %s\n%s", error.message, text.bytes);
    buffer_free(&text);
    buffer_free(&r.text);
    return in;
}

/* The next assignment, feasible or not; false after the last. The first has nobody placed. */
static inline bool next_assignment(const model *m, int32_t *at) {
    int u = 0;
    for (; u < m->n_units && ++at[u] == m->n_sites; u++) at[u] = NONE;
    return u < m->n_units;
}

static inline void keep_plan(tiny_week *w, const int32_t *at) {
    size_t size = (size_t)w->m->n_units * sizeof *at;
    w->plans = realloc(w->plans, ((size_t)w->n_plans + 1) * sizeof *w->plans);
    assert_non_null(w->plans);
    assert_non_null(w->plans[w->n_plans] = malloc(size + 1));
    memcpy(w->plans[w->n_plans++], at, size);
}

static inline void list_plans(tiny_week *w) {
    int32_t *at = nobody_placed(w->m);
    int64_t cost;
    w->best = INT64_MAX;
    do {
        if (!model_cost(w->m, at, &cost)) continue;
        keep_plan(w, at);
        if (cost < w->best) w->best = cost;
    } while (next_assignment(w->m, at));
    free(at);
}

/* A run on the instance, which it takes over; the first plan has nobody placed. */
static inline void start_run(tiny_week *w, plaats_instance *in) {
    int32_t *nobody;
    int64_t cost;
    memset(w, 0, sizeof *w);
    w->in = in;
    w->m = build(in);
    plaats_settings_default(&w->settings);
    w->settings.threads = 1;
    w->settings.time_limit = 1000;
    assert_int_equal(run_build(&w->r, w->m, &w->settings, &(run_reserve){0}, NULL), PLAATS_OK);
    nobody = nobody_placed(w->m);
    assert_true(model_cost(w->m, nobody, &cost));
    assert_true(run_offer(&w->r, nobody, cost));
    free(nobody);
}

static inline void tiny_week_build(tiny_week *w, uint64_t seed, int64_t unplaced) {
    start_run(w, read_random(random_instance_write(seed, 0, 4, 7, 12), unplaced));
    list_plans(w);
}

/* With classes of two to four units. */
static inline void alike_week_build(tiny_week *w, uint64_t seed, int64_t unplaced) {
    int people = seed % 2 == 0 ? 16 : 11;
    start_run(w, read_random(random_instance_write_alike(seed, 4, 8, people), unplaced));
    list_plans(w);
}

/* One or the other by the seed, so that pairs of them have either. */
static inline void either_week_build(tiny_week *w, uint64_t seed, int64_t unplaced) {
    if (seed % 2 == 0)
        tiny_week_build(w, seed, unplaced);
    else
        alike_week_build(w, seed, unplaced);
}

static inline void write_packed_site(buffer *text, random_stream *s, int i) {
    buffer_format(text, "%s{\"id\": \"s%d\", \"beds\": %d, \"services\": {\"school\": %d}",
                  i > 0 ? ", " : "", i, draw(s, 8, 24), draw(s, 1, 6));
    if (chance(s, 60)) buffer_format(text, ", \"keep_open\": %d", draw(s, 50, 600));
    buffer_text(text, "}");
}

/* All of a kind wish the same. */
static inline void write_packed_kind(buffer *people, buffer *households, random_stream s, int kind,
                                     int sites, int of_each) {
    int n = draw(&s, 2, of_each), persons = draw(&s, 1, 5), pupils = draw(&s, 0, persons / 2);
    buffer wishes = {0};
    for (int j = 0; j < sites; j++)
        buffer_format(&wishes, "%s\"s%d\": %d", j > 0 ? ", " : "", j, draw(&s, 0, 90));
    for (int i = 0; i < n; i++) {
        buffer_format(households, "%s{\"id\": \"%d-%d\", \"wishes\": {%s}}",
                      kind + i > 0 ? ",\n" : "", kind, i, wishes.bytes);
        for (int k = 0; k < persons; k++)
            buffer_format(people,
                          "%s{\"id\": \"%d-%d-%d\", \"household\": \"%d-%d\", \"age\": %d%s}",
                          kind + i + k > 0 ? ",\n" : "", kind, i, k, kind, i, 10 + k,
                          k < pupils ? ", \"needs\": [\"school\"]" : "");
    }
    buffer_free(&wishes);
}

/* A week of a few classes of households that fill its sites this way or that: the relaxation says
 * little. It is too large to try everything; whatever plan is found is taken for the best. */
static inline void packed_week_build(tiny_week *w, uint64_t seed, int sites, int n_kinds,
                                     int of_each) {
    random_stream s = random_start(seed);
    buffer text = {0}, people = {0}, households = {0};
    plaats_instance *in = NULL;

    buffer_text(&text, "{\"format\": \"plaats.instance/1\", \"week\": \"2023-W06\", \"sites\": [");
    for (int i = 0; i < sites; i++) write_packed_site(&text, &s, i);
    for (int k = 0; k < n_kinds; k++)
        write_packed_kind(&people, &households, random_start(random_mix(seed, (uint64_t)k)), k,
                          sites, of_each);
    buffer_format(&text, "],\n\"people\": [%s],\n\"households\": [%s],\n", people.bytes,
                  households.bytes);
    buffer_text(&text, "\"rules\": {\"school_holidays\": []}}\n");
    if (plaats_instance_read(text.bytes, text.size, show_problem, NULL, &in, NULL) != PLAATS_OK)
        fail_msg("the instance was refused: %s", text.bytes);
    buffer_free(&text);
    buffer_free(&people);
    buffer_free(&households);
    start_run(w, in);
}

static inline void tiny_week_free(tiny_week *w) {
    for (int i = 0; i < w->n_plans; i++) free(w->plans[i]);
    free(w->plans);
    run_free(&w->r);
    model_free(w->m);
    plaats_instance_free(w->in);
}

/* ---- Classes ------------------------------------------------------------------------------- */

static inline int largest_class(const model *m, const classes *k) {
    int32_t largest = 0;
    for (int u = 0; u < m->n_units; u++)
        if (k->count[u] > largest) largest = k->count[u];
    return largest;
}

/* How many of the class are at the site. */
static inline int count_at(const classes *k, int32_t class, const int32_t *at, int32_t site) {
    int n = 0;
    for (int32_t u = class; u != NONE; u = k->next[u]) n += at[u] == site;
    return n;
}

/* ---- Rows and cuts against plans ----------------------------------------------------------- */

static inline bool is_used(const model *m, const int32_t *at, int site) {
    for (int u = 0; u < m->n_units; u++)
        if (at[u] == site) return true;
    return false;
}

static inline bool has_y(const model *m, int site) {
    int row = bed_row(m, site);
    return row != NONE && m->rows[row].kind == ROW_OPEN;
}

/* A site that nobody is at may still be open. */
static inline bool cut_holds(const model *m, const cut *c, const int32_t *at) {
    int64_t sum = 0;
    for (int u = 0; u < m->n_units; u++)
        if (at[u] != NONE) sum += cut_use(c, u, at[u]);
    for (int j = 0; j < m->n_sites; j++) {
        int64_t y = cut_use(c, NONE, j);
        assert_true(y == 0 || has_y(m, j));
        if (is_used(m, at, j) || y > 0) sum += y;
    }
    return sum <= c->rhs;
}

static inline void assert_cut_holds(const tiny_week *w, const cut *c) {
    for (int i = 0; i < w->n_plans; i++) assert_true(cut_holds(w->m, c, w->plans[i]));
}

/* ---- The check ----------------------------------------------------------------------------- */

/* What the check says the proof proves; false if it refuses it. */
static inline bool bound_by_check(const tiny_week *w, const proof *p, int64_t *bound) {
    engine_result result = {.proof = *p};
    buffer text = {0}, report = {0};
    json_out o = {.to = &text};
    bool accepted, proven;
    const char *found;

    json_out_object(&o, NULL);
    json_out_array(&o, "stays");
    json_out_end(&o);
    assert_int_equal(write_proof(&o, w->m, &result, NULL), PLAATS_OK);
    json_out_end(&o);
    assert_int_equal(plaats_check(w->in, text.bytes, text.size, PLAATS_JSON, keep_bytes, &report,
                                  show_problem, NULL, &accepted, NULL),
                     PLAATS_OK);
    found = strstr(report.bytes, "\"bound\": ");
    proven = found != NULL && strncmp(found + 9, "null", 4) != 0;
    if (proven) *bound = strtoll(found + 9, NULL, 10);
    if (!proven) fprintf(stderr, "%s\n", report.bytes);
    buffer_free(&text);
    buffer_free(&report);
    return proven;
}

#endif
