/* The answer of the check, for people or for programs. */
#include "check/check.h"

#include "text/json_out.h"

#include <assert.h>

typedef struct {
    const check *c;
    bool json;
    bool scored; /* there are figures to show */
    double gap_percent;
    json_out out;
    buffer text;
} report;

static double percent_of_gap(const check *c) {
    int128 rest = c->cost - c->parts[PART_unplaced];
    if (rest < 0) rest = -rest;
    if (rest < 1) rest = 1;
    return 100 * (double)(c->cost - c->proof_bound) / (double)rest;
}

/* ---- Text -------------------------------------------------------------------------------- */

static void write_figures(report *r) {
    const check *c = r->c;
    char number[CHECK_NUMBER_SIZE];
    buffer_format(&r->text, "cost: %s points (", check_number_text(c->cost, number));
    for (int p = 0; p < N_PARTS; p++)
        buffer_format(&r->text, "%s%s %s", p == 0 ? "" : ", ", check_part_names[p],
                      check_number_text(c->parts[p], number));
    buffer_format(&r->text, ")\nunplaced: %lld person-weeks, placed: %lld\n",
                  (long long)c->totals.unplaced, (long long)c->totals.placed);
}

/* From U on points say less than people do. */
static void write_gap(report *r, int128 gap) {
    const check *c = r->c;
    char number[CHECK_NUMBER_SIZE];
    buffer_format(&r->text, "; gap %s points", check_number_text(gap, number));
    int128 n = c->facts.unplaced > 0 && gap >= c->facts.unplaced ? check_could_place(c) : 0;
    if (n == 0)
        buffer_format(&r->text, ", %.4f %%", r->gap_percent);
    else
        buffer_format(&r->text, ": at most %s more %s could have a bed",
                      check_number_text(n, number),
                      c->in->weeks > 1 ? "person-weeks"
                      : n == 1         ? "person"
                                       : "people");
}

static void write_proven(report *r) {
    const check *c = r->c;
    if (!c->proven) {
        buffer_text(&r->text, "proof: none that was verified\n");
        return;
    }
    buffer_format(&r->text, "proof: no plan costs less than %lld points",
                  (long long)c->proof_bound);
    if (r->scored) write_gap(r, c->cost - c->proof_bound);
    buffer_text(&r->text, "\n");
}

static plaats_status begin_text(report *r, size_t violations) {
    plaats_status st = PLAATS_OK;
    if (violations == 0)
        buffer_text(&r->text, "accepted\n");
    else
        buffer_format(&r->text, "refused: %zu violation%s\n", violations,
                      violations == 1 ? "" : "s");
    if (r->scored) {
        write_figures(r);
        TRY(check_tell(r->c, "no bed: ", &r->text));
    }
    write_proven(r);
done:
    return st;
}

/* ---- JSON -------------------------------------------------------------------------------- */

/* Sums that do not fit in 64 bits are of no use to a program: null. */
static void out_wide(json_out *o, const char *key, int128 value) {
    if (value > INT64_MAX || value < INT64_MIN)
        json_out_null(o, key);
    else
        json_out_integer(o, key, (int64_t)value);
}

static void begin_json(report *r, size_t violations) {
    const check *c = r->c;
    json_out *o = &r->out;
    json_out_object(o, NULL);
    json_out_bool(o, "accepted", violations == 0);
    if (r->scored) {
        out_wide(o, "cost", c->cost);
        json_out_object_row(o, "parts");
        for (int p = 0; p < N_PARTS; p++) out_wide(o, check_part_names[p], c->parts[p]);
        json_out_end(o);
    } else {
        json_out_null(o, "cost");
        json_out_null(o, "parts");
    }
    if (c->proven)
        json_out_integer(o, "bound", c->proof_bound);
    else
        json_out_null(o, "bound");
    if (r->scored && c->proven)
        json_out_double(o, "gap_percent", r->gap_percent, 6);
    else
        json_out_null(o, "gap_percent");
    if (r->scored)
        json_out_integer(o, "unplaced", c->totals.unplaced);
    else
        json_out_null(o, "unplaced");
    json_out_array(o, "violations");
}

/* ---- Both -------------------------------------------------------------------------------- */

static void add_violation(void *context, const plaats_error *problem) {
    report *r = context;
    if (!r->json) {
        buffer_format(&r->text, "%s: %s\n", problem->pointer[0] == '\0' ? "/" : problem->pointer,
                      problem->message);
        return;
    }
    json_out_object_row(&r->out, NULL);
    json_out_string(&r->out, "pointer", problem->pointer);
    json_out_string(&r->out, "message", problem->message);
    json_out_end(&r->out);
}

plaats_status check_report(check *c, plaats_form form, plaats_write_fn write, void *context,
                           bool *accepted) {
    assert(write != NULL && accepted != NULL);
    report r = {.c = c, .json = form == PLAATS_JSON, .scored = c->whole};
    size_t violations = json_problems(c->document);
    plaats_status st = PLAATS_OK;
    plaats_error ignored;
    r.out.to = &r.text;
    if (r.scored && c->proven) r.gap_percent = percent_of_gap(c);
    if (r.json)
        begin_json(&r, violations);
    else
        TRY(begin_text(&r, violations));
    st = json_report(c->document, add_violation, &r, &ignored);
    if (r.json) {
        json_out_end(&r.out);
        json_out_end(&r.out);
    }
    if (st == PLAATS_INPUT) st = PLAATS_OK; /* violations are the answer, no failure */
    if (st == PLAATS_OK && r.text.failed) st = PLAATS_MEMORY;
    if (st == PLAATS_MEMORY) st = fail_memory(c->error);
    if (st == PLAATS_OK && write(context, r.text.bytes, r.text.size) != 0)
        st = fail(c->error, PLAATS_IO, "could not write the report");
    if (st == PLAATS_OK) *accepted = violations == 0;
done:
    buffer_free(&r.text);
    return st;
}
