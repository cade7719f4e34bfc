/* A folder for plans. */
#ifndef PLAATS_CLI_FOLDER_H
#define PLAATS_CLI_FOLDER_H

#include "report.h"
#include <stddef.h>

/* Sees that no two of the plans are one file, and that none would replace a file that is read;
 * then makes the folder if it is not there. Gives an exit status; what was wrong has been said. */
int folder_prepare(const reporter *r, const char *folder, const char *const *plans, size_t n_plans,
                   const char *const *inputs, size_t n_inputs);

/* FOLDER/NAME, of a path only what is behind its last slash; to be freed; NULL when memory runs
 * out. */
char *folder_file(const char *folder, const char *path);

#endif
