/* --set /json/pointer=VALUE and --unset /json/pointer, as often as they are given, in their order.
 */
#ifndef PLAATS_CLI_CHANGES_H
#define PLAATS_CLI_CHANGES_H

#include "plaats.h"

typedef struct {
    size_t n;
    plaats_change *list;
} change_list; /* all zero: empty */

/* Of an option: each appends a change; false when it is none, or memory ran out. Pointers may have
 * a '=' in them: the value begins behind the first one that JSON can follow. */
bool changes_set(const char *text, void *list);
bool changes_unset(const char *text, void *list);
void changes_free(change_list *list);

#endif
