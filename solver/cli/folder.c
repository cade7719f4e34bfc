#define _GNU_SOURCE /* asprintf, and the basename that changes nothing */
#include "folder.h"
#include "cli.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

char *folder_file(const char *folder, const char *path) {
    char *file = NULL;
    return asprintf(&file, "%s/%s", folder, basename(path)) >= 0 ? file : NULL;
}

/* ---- Plans among each other ----------------------------------------------------------------- */

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

/* ---- Plans and what is read ------------------------------------------------------------------ */

typedef struct {
    dev_t device;
    ino_t inode;
    const char *name;
} identity;

static bool identify(const char *name, identity *out) {
    struct stat s;
    if (stat(name, &s) != 0) return false;
    *out = (identity){s.st_dev, s.st_ino, name};
    return true;
}

static int by_identity(const void *a, const void *b) {
    const identity *x = a, *y = b;
    if (x->device != y->device) return x->device < y->device ? -1 : 1;
    return x->inode < y->inode ? -1 : x->inode > y->inode;
}

static int check_inputs(const reporter *r, const char *const *plans, size_t n_plans,
                        const char *const *inputs, size_t n_inputs) {
    int status = EXIT_DONE;
    size_t n = 0;
    identity plan, *found, *there = calloc(n_inputs + 1, sizeof *there);
    if (there == NULL) return report_memory(r);
    for (size_t i = 0; i < n_inputs; i++) n += identify(inputs[i], &there[n]);
    qsort(there, n, sizeof *there, by_identity);
    for (size_t i = 0; i < n_plans && status == EXIT_DONE; i++) {
        if (!identify(plans[i], &plan)) continue;
        found = bsearch(&plan, there, n, sizeof *there, by_identity);
        if (found != NULL) status = report_usage("solve", "a plan would replace '%s'", found->name);
    }
    free(there);
    return status;
}

int folder_prepare(const reporter *r, const char *folder, const char *const *plans, size_t n_plans,
                   const char *const *inputs, size_t n_inputs) {
    int status = check_names(r, plans, n_plans);
    if (status == EXIT_DONE) status = check_inputs(r, plans, n_plans, inputs, n_inputs);
    if (status == EXIT_DONE && mkdir(folder, 0777) != 0 && errno != EEXIST)
        status = report_io(r, "write", folder, errno);
    return status;
}
