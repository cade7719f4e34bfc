#define _GNU_SOURCE /* asprintf, and the basename that changes nothing */
#include "folder.h"
#include "cli.h"
#include "files.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

char *folder_file(const char *folder, const char *path) {
    char *file = NULL;
    return asprintf(&file, "%s/%s", folder, basename(path)) >= 0 ? file : NULL;
}

static int by_text(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int check_names(const reporter *r, const char *const *plans, size_t n) {
    int status = EXIT_DONE;
    const char **sorted = calloc(n + 1, sizeof *sorted);
    if (sorted == NULL) return report_memory(r);
    memcpy(sorted, plans, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, by_text);
    for (size_t i = 1; i < n && status == EXIT_DONE; i++)
        if (strcmp(sorted[i - 1], sorted[i]) == 0)
            status = report_usage("solve", "two instances, and so two plans, are named '%s'",
                                  basename(sorted[i]));
    free(sorted);
    return status;
}

int folder_prepare(const reporter *r, const char *folder, const char *const *plans, size_t n_plans,
                   const char *const *inputs, size_t n_inputs) {
    int status = check_names(r, plans, n_plans);
    if (status == EXIT_DONE) status = files_apart(r, "solve", inputs, n_inputs, plans, n_plans);
    if (status == EXIT_DONE && mkdir(folder, 0777) != 0 && errno != EEXIST)
        status = report_io(r, "write", folder, errno);
    return status;
}
