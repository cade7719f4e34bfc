/* A folder in which each plan is named as its instance. */
#ifndef PLAATS_CLI_FOLDER_H
#define PLAATS_CLI_FOLDER_H

#include "report.h"

/* Makes the folder if it is not there, and sees that no plan would replace another one or an
 * instance. Gives an exit status; what was wrong has been said. */
int folder_prepare(const reporter *r, const char *folder, const char *const *instances, int n);

/* The file of an instance's plan, to be freed; NULL when memory runs out. */
char *folder_file(const char *folder, const char *instance);

#endif
