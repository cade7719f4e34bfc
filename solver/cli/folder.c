#define _GNU_SOURCE /* asprintf, and the basename that changes nothing */
#include "folder.h"
#include "cli.h"
#include "files.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

char *folder_file(const char *folder, const char *instance) {
    char *path = NULL;
    return asprintf(&path, "%s/%s", folder, basename(instance)) >= 0 ? path : NULL;
}

static int check_names(const char *const *instances, size_t n) {
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < i; k++)
            if (strcmp(basename(instances[k]), basename(instances[i])) == 0)
                return report_usage("solve", "two instances, and so two plans, are named '%s'",
                                    basename(instances[i]));
    return EXIT_DONE;
}

int folder_apart(const reporter *r, const char *folder, const char *const *instances, size_t n,
                 const char *const *read, size_t n_read) {
    size_t k = 0;
    int status = check_names(instances, n);
    if (status != EXIT_DONE) return status;
    char **plans = calloc(n + 1, sizeof *plans);
    while (plans != NULL && k < n && (plans[k] = folder_file(folder, instances[k])) != NULL) k++;
    status = k < n ? report_memory(r)
                   : files_apart(r, "solve", read, n_read, (const char *const *)plans, n);
    while (k > 0) free(plans[--k]);
    free(plans);
    return status;
}

int folder_prepare(const reporter *r, const char *folder) {
    if (mkdir(folder, 0777) != 0 && errno != EEXIST) return report_io(r, "write", folder, errno);
    return EXIT_DONE;
}
