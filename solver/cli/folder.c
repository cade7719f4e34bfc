#define _GNU_SOURCE /* asprintf, and the basename that changes nothing */
#include "folder.h"
#include "cli.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

char *folder_file(const char *folder, const char *instance) {
    char *path = NULL;
    return asprintf(&path, "%s/%s", folder, basename(instance)) >= 0 ? path : NULL;
}

static int usage(const char *what, const char *name) {
    fprintf(stderr, "plaats: %s '%s'\nsee 'plaats solve -h'\n", what, name);
    return EXIT_USAGE;
}

static bool is_one_file(const char *a, const char *b) {
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

/* The plan of instance i against all instances. */
static int check_plan_file(const char *plan, const char *const *instances, int n, int i) {
    const char *name = basename(instances[i]);
    for (int k = 0; k < n; k++) {
        if (k < i && strcmp(basename(instances[k]), name) == 0)
            return usage("two instances, and so two plans, are named", name);
        if (is_one_file(plan, instances[k])) return usage("a plan would replace", instances[k]);
    }
    return EXIT_DONE;
}

int folder_prepare(const reporter *r, const char *folder, const char *const *instances, int n) {
    if (mkdir(folder, 0777) != 0 && errno != EEXIST) return report_io(r, "write", folder, errno);
    for (int i = 0; i < n; i++) {
        char *plan = folder_file(folder, instances[i]);
        int status = plan == NULL ? report_memory(r) : check_plan_file(plan, instances, n, i);
        free(plan);
        if (status != EXIT_DONE) return status;
    }
    return EXIT_DONE;
}
