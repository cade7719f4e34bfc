#include "summary.h"
#include "report.h"
#include <inttypes.h>
#include <stdio.h>

static const char *outcome_words(plaats_outcome outcome, bool work_limited) {
    switch (outcome) {
    case PLAATS_OUTCOME_OPTIMAL:
        return "no plan is better";
    case PLAATS_OUTCOME_WITHIN_GAP:
        return "as close as was asked for";
    case PLAATS_OUTCOME_WORK_LIMIT:
        return work_limited ? "the work allowed is done, or nothing left is worth trying"
                            : "nothing left that is worth trying";
    case PLAATS_OUTCOME_TIME_LIMIT:
        return "the time limit was reached";
    case PLAATS_OUTCOME_STOPPED:
        return "stopped by a signal";
    }
    return "";
}

static double percent(int64_t part, int64_t whole) {
    return whole == 0 ? 0 : 100.0 * (double)part / (double)whole;
}

static void print_quality(const plaats_summary *s) {
    if (s->gap == 0)
        fprintf(stderr, "quality  the best possible plan");
    else
        fprintf(stderr,
                "quality  at most %" PRId64 " points (%.3f %%) above the best possible plan",
                s->gap, s->gap_percent);
    if (s->bound_from_proof)
        fprintf(stderr, "; proved by the prices in the plan\n");
    else
        fprintf(stderr,
                ", on the word of the search; proved by the prices alone: at most %" PRId64
                " points (%.3f %%)\n",
                s->cost - s->proof_bound, s->proof_gap_percent);
}

static const char *word(int64_t n, const char *one, const char *more) {
    return n == 1 ? one : more;
}

static void print_moves(const plaats_summary *s) {
    fprintf(stderr, "moves    %" PRId64 " %s, %" PRId64 " %s, of whom %" PRId64 " %s\n", s->moves,
            word(s->moves, "household", "households"), s->persons_moved,
            word(s->persons_moved, "person", "people"), s->children_moved,
            word(s->children_moved, "child", "children"));
}

void print_summary(const plaats_summary *s, const char *file, bool work_limited) {
    fputs("plan     ", stderr);
    print_text(stderr, file);
    fputc('\n', stderr);
    fprintf(stderr, "placed   %" PRId64 " of %" PRId64 " people; without a bed: %" PRId64 "\n",
            s->placed, s->placed + s->unplaced, s->unplaced);
    print_moves(s);
    fprintf(stderr, "durable  %.1f %% of those placed are at lasting sites\n",
            percent(s->durable, s->durable + s->temporary));
    fprintf(stderr, "cost     %" PRId64 " points\n", s->cost);
    print_quality(s);
    fprintf(stderr, "ended    %s, after %.1f s\n", outcome_words(s->outcome, work_limited),
            s->seconds);
}
