/* A folder in which each plan is named as its instance. */
#ifndef PLAATS_CLI_FOLDER_H
#define PLAATS_CLI_FOLDER_H

#include "report.h"

/* Sees, before anything is made or read, that no plan would replace another one or one of the files
 * that are read. Gives an exit status; what was wrong has been said. */
int folder_apart(const reporter *r, const char *folder, const char *const *instances, size_t n,
                 const char *const *read, size_t n_read);
/* Makes the folder if it is not there. */
int folder_prepare(const reporter *r, const char *folder);

/* The file of an instance's plan, to be freed; NULL when memory runs out. */
char *folder_file(const char *folder, const char *instance);

#endif
