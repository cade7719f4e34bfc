#include "progress.h"
#include "process.h"
#include "report.h"
#include "summary.h"
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* At most 5 times a second where a line is drawn again, 10 times where it is for a program; less
 * often where people have to scroll. */
static const double REDRAW_SECONDS = 0.2, JSON_SECONDS = 0.1, LINE_SECONDS = 1.0;

/* ---- For programs --------------------------------------------------------------------------- */

static void put_integer(const char *key, bool known, int64_t value) {
    if (known)
        fprintf(stderr, ",\"%s\":%" PRId64, key, value);
    else
        fprintf(stderr, ",\"%s\":null", key);
}

static void show_json(const progress_view *view, const plaats_progress *p) {
    bool has_gap = p->has_plan && p->has_bound;
    fputs("{\"file\":", stderr);
    print_json_string(stderr, view->file);
    if (view->scenario != NULL) print_json_member(stderr, "scenario", view->scenario);
    fprintf(stderr, ",\"seconds\":%.3f", p->seconds);
    print_json_member(stderr, "step", p->step);
    put_integer("cost", p->has_plan, p->cost);
    put_integer("bound", p->has_bound, p->bound);
    put_integer("gap", has_gap, p->cost - p->bound);
    if (has_gap)
        fprintf(stderr, ",\"gap_percent\":%.6f", p->gap_percent);
    else
        fputs(",\"gap_percent\":null", stderr);
    put_integer("unplaced", p->has_plan, p->unplaced);
    fputs("}\n", stderr);
}

static bool is_news(const progress_view *view, const plaats_progress *p) {
    const plaats_progress *shown = &view->shown;
    return p->has_plan != shown->has_plan || p->has_bound != shown->has_bound ||
           (p->has_plan && p->cost != shown->cost) || (p->has_bound && p->bound != shown->bound);
}

/* ---- For people ----------------------------------------------------------------------------- */

/* A line that is too long would wrap, and could not be drawn again. */
static int columns_of_terminal(void) {
    struct winsize size;
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1 ? size.ws_col - 1 : 79;
}

static int write_plan_part(char *line, size_t room, const plaats_progress *p) {
    if (!p->has_plan) return snprintf(line, room, "  no plan yet");
    if (!p->has_bound)
        return snprintf(line, room, "  plan %" PRId64 "  no bound yet  no bed %" PRId64, p->cost,
                        p->unplaced);
    if (gap_is_people(p->cost - p->bound, p->unplaced_points, p->could_place))
        return snprintf(line, room,
                        "  plan %" PRId64 "  bound %" PRId64 "  no bed %" PRId64 ": at most"
                        " %" PRId64 " more could have one",
                        p->cost, p->bound, p->unplaced, p->could_place);
    return snprintf(line, room,
                    "  plan %" PRId64 "  bound %" PRId64 "  gap %.3f %%  no bed %" PRId64, p->cost,
                    p->bound, p->gap_percent, p->unplaced);
}

static void show_line(progress_view *view, const plaats_progress *p) {
    char line[256];
    int n = snprintf(line, sizeof line, "%6.1f s  %-9s", p->seconds, p->step);
    write_plan_part(line + n, sizeof line - (size_t)n, p);
    if (view->redraws)
        fprintf(stderr, "\r\033[K%.*s", columns_of_terminal(), line);
    else if (view->named)
        fprintf(stderr, "%s: %s\n", view->scenario != NULL ? view->scenario : view->file, line);
    else
        fprintf(stderr, "%s\n", line);
    view->drawn = view->redraws;
    fflush(stderr);
}

/* ---- When ----------------------------------------------------------------------------------- */

static int show(void *context, const plaats_progress *p) {
    progress_view *view = context;
    double now = process_seconds();
    double wait = view->form == PROGRESS_JSON ? JSON_SECONDS
                  : view->redraws             ? REDRAW_SECONDS
                                              : LINE_SECONDS;
    if (now - view->last < wait) return 0;
    if (view->form == PROGRESS_JSON && !is_news(view, p)) return 0;
    view->last = now;
    view->shown = *p;
    if (view->form == PROGRESS_JSON)
        show_json(view, p);
    else
        show_line(view, p);
    return 0;
}

/* Where every line is to be JSON, progress for people is none, or JSON where it is asked for. */
static int form_to_show(int form, bool drawable) {
    if (report_as.quiet) return PROGRESS_NEVER;
    if (form == PROGRESS_AUTO)
        return drawable && !report_as.json ? PROGRESS_ALWAYS : PROGRESS_NEVER;
    return form == PROGRESS_ALWAYS && report_as.json ? PROGRESS_JSON : form;
}

progress_view progress_start(int form, const char *file, const char *scenario, bool crowded) {
    bool drawable = isatty(STDERR_FILENO) == 1 && !crowded;
    form = form_to_show(form, drawable);
    return (progress_view){.file = file,
                           .scenario = scenario,
                           .form = form,
                           .named = crowded,
                           .redraws = drawable && form == PROGRESS_ALWAYS,
                           .last = -LINE_SECONDS};
}

plaats_progress_fn progress_function(const progress_view *view) {
    return view->form == PROGRESS_NEVER ? NULL : show;
}

void progress_end(progress_view *view, const plaats_summary *summary) {
    if (view->drawn) {
        fputs("\r\033[K", stderr);
        fflush(stderr);
    }
    view->drawn = false;
    if (view->form != PROGRESS_JSON || summary == NULL) return;
    show_json(view, &(plaats_progress){.seconds = summary->seconds,
                                       .has_plan = true,
                                       .cost = summary->cost,
                                       .unplaced = summary->unplaced,
                                       .has_bound = true,
                                       .bound = summary->bound,
                                       .gap_percent = summary->gap_percent,
                                       .step = "done"});
}
