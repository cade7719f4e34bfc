/* The plan document, part by part in the order of the format page. */
#include "plan/write.h"
#include "base/names.h"

#include "base/hash.h"
#include "plan/plan_rows.h"
#include "plan/tell.h"
#include "plan/write_parts.h"

#include <assert.h>
#include <inttypes.h>

#define PERCENT_DECIMALS 6
#define SECONDS_DECIMALS 3
#define WORK_DECIMALS 3

void write_week(json_out *o, const char *key, week w) {
    char text[WEEK_TEXT_SIZE];
    week_format(w, text);
    json_out_string(o, key, text);
}

/* 100 gap / max(1, |cost - unplaced part|) */
static double in_percent(const ledger *l, int64_t gap) {
    double rest = (double)l->cost - (double)l->parts.unplaced;
    if (rest < 0) rest = -rest;
    return 100.0 * (double)gap / (rest < 1 ? 1 : rest);
}

static void fill_summary(const ledger *l, const engine_result *r, double seconds,
                         plaats_summary *out) {
    *out = (plaats_summary){.outcome = r->outcome,
                            .cost = l->cost,
                            .bound = r->bound,
                            .gap = l->cost - r->bound,
                            .gap_percent = in_percent(l, l->cost - r->bound),
                            .proof_bound = r->proof.bound,
                            .proof_gap_percent = in_percent(l, l->cost - r->proof.bound),
                            .bound_from_proof = r->bound == r->proof.bound,
                            .unplaced_points = l->model->unplaced_points,
                            .could_place = model_could_place(l->model, r->at, l->cost - r->bound),
                            .proof_could_place =
                                model_could_place(l->model, r->at, l->cost - r->proof.bound),
                            .households = l->model->instance->n_households,
                            .persons = l->persons,
                            .placed = l->placed,
                            .unplaced = l->unplaced,
                            .moves = l->moves,
                            .persons_moved = l->persons_moved,
                            .children_moved = l->children_moved,
                            .durable = l->durable,
                            .temporary = l->temporary,
                            .seconds = seconds};
}

/* Which instance it answers, with what options changed in it. */
static plaats_status write_instance(json_out *o, const ledger *l, const plaats_settings *settings,
                                    plaats_error *error) {
    plaats_status st = PLAATS_OK;
    const plaats_instance *in = l->model->instance;
    json_out_string(o, "format", "plaats.plan/1");
    json_out_string(o, "instance_sha256", in->sha256);
    write_week(o, "week", in->first);
    json_out_integer(o, "weeks", in->weeks);
    if (in->n_changes == 0 && settings->keep_points == 0) return PLAATS_OK;
    json_out_object(o, "problem");
    if (in->n_changes > 0) st = write_changes(o, in, error);
    if (settings->keep_points > 0) write_keep(o, l, settings->keep_points);
    json_out_end(o);
    return st;
}

static void write_head(json_out *o, const ledger *l, const plaats_summary *s) {
    json_out_string(o, "outcome", names_outcome(s->outcome));
    json_out_integer(o, "cost", s->cost);
    json_out_integer(o, "bound", s->bound);
    json_out_integer(o, "gap", s->gap);
    json_out_string(o, "bound_from", s->bound_from_proof ? "proof" : "solver");
    json_out_integer(o, "unplaced_points", l->model->unplaced_points);
}

/* What the plan depends on, and a hash to compare plans by. */
static plaats_status write_receipt(json_out *o, const plaats_plan *plan, const engine_result *r,
                                   const plaats_settings *settings, const previous_plan *previous,
                                   plaats_error *error) {
    buffer stays = {0};
    json_out compact = {.to = &stays, .compact = true};
    char hash[HASH_TEXT_SIZE];
    write_stays(&compact, NULL, plan);
    if (stays.failed) {
        buffer_free(&stays);
        return fail_memory(error);
    }
    hash_sha256(stays.bytes, stays.size, hash);
    buffer_free(&stays);
    json_out_object(o, "receipt");
    json_out_object_row(o, "options");
    json_out_string(o, "method", r->method);
    json_out_double(o, "gap_percent", settings->gap_percent, PERCENT_DECIMALS);
    json_out_integer(o, "gap_points", settings->gap_points);
    if (settings->work > 0) json_out_integer(o, "work", settings->work);
    if (settings->previous != NULL)
        json_out_string(o, "previous_stays_sha256", previous->stays_sha256);
    json_out_end(o);
    json_out_string(o, "version", names_version());
    json_out_string(o, "stays_sha256", hash);
    json_out_end(o);
    return PLAATS_OK;
}

/* What may differ between equal runs. */
static void write_solver(json_out *o, const engine_result *r, const plaats_settings *settings,
                         double seconds) {
    json_out_object(o, "solver");
    json_out_string(o, "method", r->method);
    json_out_double(o, "seconds", seconds, SECONDS_DECIMALS);
    json_out_integer(o, "iterations", r->iterations);
    json_out_double(o, "work", (double)r->work / 1e6, WORK_DECIMALS);
    json_out_integer(o, "threads", r->threads);
    json_out_object_row(o, "limits");
    json_out_double(o, "time_limit", settings->time_limit, SECONDS_DECIMALS);
    if (settings->work > 0) json_out_integer(o, "work", settings->work);
    json_out_end(o);
    json_out_end(o);
}

static plaats_status write_document(json_out *o, const ledger *l, const engine_result *result,
                                    const plaats_settings *settings, const previous_plan *previous,
                                    const plaats_plan *plan, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    json_out_object(o, NULL);
    TRY(write_instance(o, l, settings, error));
    write_head(o, l, &plan->summary);
    write_parts(o, l);
    TRY(write_totals(o, l, error));
    write_stays(o, "stays", plan);
    write_unplaced(o, plan);
    write_sites(o, l, plan);
    write_quotas(o, l);
    TRY(write_proof(o, l->model, result, error));
    TRY(write_receipt(o, plan, result, settings, previous, error));
    write_solver(o, result, settings, plan->summary.seconds);
    json_out_end(o);
done:
    return st;
}

plaats_status plan_write(const model *m, const engine_result *result,
                         const plaats_settings *settings, const previous_plan *previous,
                         double seconds, plaats_plan *out, plaats_error *error) {
    assert(out != NULL && out->json.size == 0);
    plaats_status st = PLAATS_OK;
    ledger books = {0};
    json_out o = {.to = &out->json};
    TRY(ledger_make(m, result->at, &books, error));
    if (books.cost != result->cost)
        TRY(fail(error, PLAATS_INTERNAL,
                 "the stays cost %" PRId64 " points, the solver counted %" PRId64, books.cost,
                 result->cost));
    fill_summary(&books, result, seconds, &out->summary);
    TRY(plan_rows_make(&books, result, out, error));
    TRY(write_document(&o, &books, result, settings, previous, out, error));
    if (out->json.failed) TRY(fail_memory(error));
    TRY(tell_unplaced(&books, &out->unplaced_text, error));
done:
    ledger_free(&books);
    return st;
}
