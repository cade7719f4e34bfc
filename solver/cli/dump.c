/* A folder with what a solve can be run again from. It is known by its options.json, which is
 * written last; so one that was cut short is no dump. */
#define _GNU_SOURCE /* asprintf */
#include "dump.h"
#include "cli.h"
#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const names[DUMP_FILES] = {"instance.json", "previous.json", "options.json"};

int dump_name(const reporter *r, const char *folder, dump *out) {
    *out = (dump){.folder = folder, .report = *r};
    out->report.file = folder;
    for (int i = 0; folder != NULL && i < DUMP_FILES; i++) {
        if (asprintf(&out->files[i], "%s/%s", folder, names[i]) >= 0) continue;
        out->files[i] = NULL;
        return report_memory(r);
    }
    return EXIT_DONE;
}

void dump_free(dump *d) {
    for (int i = 0; i < DUMP_FILES; i++) free(d->files[i]);
}

static int find_name(const char *name) {
    int i = 0;
    while (i < DUMP_FILES && strcmp(names[i], name) != 0) i++;
    return i;
}

static int refuse(const dump *d, const char *name) {
    return report_usage("solve", "the folder '%s' of '--dump' holds something else: '%s'",
                        d->folder, name);
}

/* Whether all that is in the folder is one dump. */
static int check_entries(const dump *d, DIR *folder) {
    bool found[DUMP_FILES] = {false};
    int some = DUMP_FILES;
    for (const struct dirent *e = readdir(folder); e != NULL; e = readdir(folder)) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0) continue;
        int i = find_name(e->d_name);
        if (i == DUMP_FILES) return refuse(d, e->d_name);
        found[i] = true;
        some = i;
    }
    return some == DUMP_FILES || found[DUMP_OPTIONS] ? EXIT_DONE : refuse(d, names[some]);
}

int dump_prepare(dump *d) {
    if (d->folder == NULL) return EXIT_DONE;
    if (mkdir(d->folder, 0777) == 0) return EXIT_DONE;
    if (errno != EEXIST) return report_io(&d->report, "write", d->folder, errno);
    DIR *folder = opendir(d->folder);
    if (folder == NULL) return report_io(&d->report, "write", d->folder, errno);
    int status = check_entries(d, folder);
    closedir(folder);
    if (status == EXIT_DONE && access(d->folder, W_OK | X_OK) != 0)
        status = report_io(&d->report, "write", d->folder, errno);
    return status;
}

/* The options first: without them the rest is no dump. */
static void forget_earlier(dump *d) {
    for (int i = DUMP_FILES; i-- > 0;) unlink(d->files[i]);
    d->begun = true;
}

int dump_write(void *context, const char *name, const char *bytes, size_t size) {
    dump *d = context;
    output out;
    int i = find_name(name);
    assert(i < DUMP_FILES);
    if (!d->begun) forget_earlier(d);
    d->status = output_open(&d->report, d->files[i], &out);
    if (d->status != EXIT_DONE) return 1;
    output_write(&out, bytes, size);
    d->status = output_commit(&d->report, &out);
    return d->status != EXIT_DONE;
}
