#include "progress.h"
#include "process.h"
#include "report.h"
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <unistd.h>

/* At most 5 times a second; less often where each line stays. */
static const double REDRAW_SECONDS = 0.2, LINE_SECONDS = 1.0;

static void show_json(const plaats_progress *p) {
    fprintf(stderr, "{\"seconds\":%.3f,\"step\":", p->seconds);
    print_json_string(stderr, p->step == NULL ? "" : p->step);
    if (p->has_plan)
        fprintf(stderr, ",\"cost\":%" PRId64 ",\"unplaced\":%" PRId64, p->cost, p->unplaced);
    else
        fputs(",\"cost\":null,\"unplaced\":null", stderr);
    fprintf(stderr, ",\"bound\":%" PRId64 ",\"gap_percent\":", p->bound);
    if (p->has_plan && isfinite(p->gap_percent))
        fprintf(stderr, "%.6f}\n", p->gap_percent);
    else
        fputs("null}\n", stderr);
}

static void show_line(progress_view *view, const plaats_progress *p) {
    if (view->redraws) fputs("\r\033[K", stderr);
    fprintf(stderr, "%6.1f s  %-10s", p->seconds, p->step == NULL ? "" : p->step);
    if (p->has_plan)
        fprintf(stderr,
                "  cost %" PRId64 "  bound %" PRId64 "  gap %.3f %%  without a bed %" PRId64,
                p->cost, p->bound, p->gap_percent, p->unplaced);
    else
        fprintf(stderr, "  no plan yet  bound %" PRId64, p->bound);
    if (!view->redraws) fputc('\n', stderr);
    view->drawn = view->redraws;
    fflush(stderr);
}

static int show(void *context, const plaats_progress *p) {
    progress_view *view = context;
    double now = process_seconds();
    bool stays = !view->redraws && view->form != PROGRESS_JSON;
    if (now - view->last < (stays ? LINE_SECONDS : REDRAW_SECONDS)) return 0;
    view->last = now;
    if (view->form == PROGRESS_JSON)
        show_json(p);
    else
        show_line(view, p);
    return 0;
}

progress_view progress_start(int form) {
    bool terminal = isatty(STDERR_FILENO) == 1;
    if (form == PROGRESS_AUTO) form = terminal ? PROGRESS_ALWAYS : PROGRESS_NEVER;
    return (progress_view){
        .form = form, .redraws = terminal && form == PROGRESS_ALWAYS, .last = -LINE_SECONDS};
}

plaats_progress_fn progress_function(const progress_view *view) {
    return view->form == PROGRESS_NEVER ? NULL : show;
}

void progress_end(progress_view *view) {
    if (view->drawn) fputs("\r\033[K", stderr);
    view->drawn = false;
}
