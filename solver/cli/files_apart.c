/* No output may be the input, or another output. */
#define _GNU_SOURCE /* the basename that changes nothing */
#include "cli.h"
#include "files.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* What makes a file this one: its inode; or, before it is there, its folder and its name in it. */
typedef struct {
    dev_t device;
    ino_t inode;
    const char *rest; /* of the name; "" for a file that is there */
    const char *name;
    size_t order; /* as given */
    bool written;
} identity;

static bool is_named(const char *name) {
    return name != NULL && strcmp(name, "-") != 0;
}

/* The folder of a file that is not there; false when there is no such folder either. */
static bool find_folder(const char *name, struct stat *folder) {
    size_t length = (size_t)(basename(name) - name);
    char *path = length == 0 ? strdup(".") : strndup(name, length);
    bool found = path != NULL && stat(path, folder) == 0;
    free(path);
    return found;
}

/* False for what two may share: pipes and devices. */
static bool identify(const char *name, bool written, identity *out) {
    struct stat s;
    *out = (identity){.rest = "", .name = name, .written = written};
    if (stat(name, &s) == 0) {
        if (!S_ISREG(s.st_mode)) return false;
    } else {
        bool has_folder = find_folder(name, &s);
        out->rest = has_folder ? basename(name) : name;
        if (!has_folder) s = (struct stat){0};
    }
    out->device = s.st_dev;
    out->inode = s.st_ino;
    return true;
}

/* One file's identities come together, those that are written first. */
static int compare_files(const identity *a, const identity *b) {
    if (a->device != b->device) return a->device < b->device ? -1 : 1;
    if (a->inode != b->inode) return a->inode < b->inode ? -1 : 1;
    return strcmp(a->rest, b->rest);
}

static int compare(const void *left, const void *right) {
    const identity *a = left, *b = right;
    int order = compare_files(a, b);
    if (order == 0) order = (int)b->written - (int)a->written;
    return order != 0 ? order : a->order < b->order ? -1 : a->order > b->order;
}

static size_t identify_all(const char *const *names, size_t n, bool written, identity *out) {
    size_t found = 0;
    for (size_t i = 0; i < n; i++)
        if (is_named(names[i]) && identify(names[i], written, &out[found])) out[found++].order = i;
    return found;
}

static int refuse(const char *command, const identity *output, const identity *other) {
    if (!other->written)
        return report_usage(command, "the output '%s' would replace '%s', which is read",
                            output->name, other->name);
    return report_usage(command, "the outputs '%s' and '%s' are one file", output->name,
                        other->name);
}

int files_apart(const reporter *r, const char *command, const char *const *read, size_t n_read,
                const char *const *written, size_t n_written) {
    int status = EXIT_DONE;
    identity *all = calloc(n_read + n_written + 1, sizeof *all);
    if (all == NULL) return report_memory(r);
    size_t n = identify_all(read, n_read, false, all);
    n += identify_all(written, n_written, true, all + n);
    qsort(all, n, sizeof *all, compare);
    for (size_t i = 1; i < n && status == EXIT_DONE; i++)
        if (all[i - 1].written && compare_files(&all[i - 1], &all[i]) == 0)
            status = refuse(command, &all[i - 1], &all[i]);
    free(all);
    return status;
}

int output_apart(const reporter *r, const char *command, const char *output,
                 const char *const *read, size_t n_read) {
    return files_apart(r, command, read, n_read, &output, 1);
}
