/* How far a solve has come, on standard error. */
#ifndef PLAATS_CLI_PROGRESS_H
#define PLAATS_CLI_PROGRESS_H

#include "plaats.h"

enum { PROGRESS_AUTO, PROGRESS_ALWAYS, PROGRESS_NEVER, PROGRESS_JSON };
#define PROGRESS_CHOICES "auto|always|never|json"

typedef struct {
    const char *file, *scenario; /* of what; the scenario may be NULL */
    int form;
    bool named;            /* a line for people says of what: others go on at the same time */
    bool redraws;          /* one line on a terminal, drawn again and again */
    bool drawn;            /* and it is there now */
    double last;           /* when something was last shown, in process_seconds */
    plaats_progress shown; /* and what */
} progress_view;

/* `form`: one of the above. `crowded`: others go on at the same time, so that no line can be drawn
 * again. */
progress_view progress_start(int form, const char *file, const char *scenario, bool crowded);
/* NULL when nothing is to be shown; else for plaats_settings, with the view as context. */
plaats_progress_fn progress_function(const progress_view *view);
/* Wipes the line, or writes the last one: how the plan, if any, came out. */
void progress_end(progress_view *view, const plaats_summary *summary);

#endif
