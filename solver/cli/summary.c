#define _GNU_SOURCE /* open_memstream */
#include "summary.h"
#include "report.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

static const char *word(int64_t n, const char *one, const char *more) {
    return n == 1 ? one : more;
}

bool gap_is_people(int64_t gap, int64_t unplaced_points, int64_t could_place) {
    return unplaced_points > 0 && gap >= unplaced_points && could_place > 0;
}

/* How far the best possible plan can be. */
static void print_gap(FILE *to, const plaats_summary *s, int64_t gap, double gap_percent,
                      int64_t could_place) {
    if (gap_is_people(gap, s->unplaced_points, could_place))
        fprintf(to, "at most %" PRId64 " more %s could have a bed (a gap of %" PRId64 " points)",
                could_place, word(could_place, "person", "people"), gap);
    else
        fprintf(to, "at most %" PRId64 " points (%.3f %%) above the best possible plan", gap,
                gap_percent);
}

static void print_quality(FILE *to, const plaats_summary *s) {
    fputs("quality  ", to);
    if (s->gap == 0)
        fputs("the best possible plan", to);
    else
        print_gap(to, s, s->gap, s->gap_percent, s->could_place);
    if (s->bound_from_proof) {
        fputs("; proved by the prices in the plan\n", to);
        return;
    }
    fputs(", on the word of the search; proved by the prices alone: ", to);
    print_gap(to, s, s->cost - s->proof_bound, s->proof_gap_percent, s->proof_could_place);
    fputc('\n', to);
}

static void print_moves(FILE *to, const plaats_summary *s) {
    fprintf(to, "moves    %" PRId64 " %s, %" PRId64 " %s, of whom %" PRId64 " %s\n", s->moves,
            word(s->moves, "household", "households"), s->persons_moved,
            word(s->persons_moved, "person", "people"), s->children_moved,
            word(s->children_moved, "child", "children"));
}

/* Its lines, under a heading of their own. */
static void print_unplaced(FILE *to, const char *lines) {
    for (const char *head = "no bed"; *lines != '\0'; head = "") {
        size_t size = strcspn(lines, "\n");
        fprintf(to, "%-8s %.*s\n", head, (int)size, lines);
        lines += size + (lines[size] == '\n');
    }
}

static void print_lines(FILE *to, const plaats_summary *s, const char *unplaced, const char *file,
                        bool work_limited) {
    fputs("plan     ", to);
    print_text(to, file);
    fputc('\n', to);
    fprintf(to, "placed   %" PRId64 " of %" PRId64 " people; without a bed: %" PRId64 "\n",
            s->placed, s->placed + s->unplaced, s->unplaced);
    print_unplaced(to, unplaced);
    if (s->unplaced_beside_beds > 0)
        fprintf(to, "beds     no bed although beds are free: %" PRId64 " %s\n",
                s->unplaced_beside_beds, word(s->unplaced_beside_beds, "person", "people"));
    print_moves(to, s);
    fprintf(to, "durable  %.1f %% of those placed are at lasting sites\n",
            percent(s->durable, s->durable + s->temporary));
    fprintf(to, "cost     %" PRId64 " points\n", s->cost);
    print_quality(to, s);
    if (s->notes > 0)
        fprintf(to, "notes    %" PRId64 " on the instance: see 'plaats validate'\n", s->notes);
    fprintf(to, "ended    %s, after %.1f s\n", outcome_words(s->outcome, work_limited), s->seconds);
}

void print_summary(const plaats_summary *s, const char *unplaced, const char *file,
                   bool work_limited) {
    char *text = NULL;
    size_t size = 0;
    FILE *to = open_memstream(&text, &size);
    if (to == NULL) {
        print_lines(stderr, s, unplaced, file, work_limited);
        return;
    }
    print_lines(to, s, unplaced, file, work_limited);
    /* In one piece, so that those of several processes stay apart. */
    if (fclose(to) == 0) fwrite(text, 1, size, stderr);
    free(text);
}
