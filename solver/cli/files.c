#define _GNU_SOURCE /* asprintf */
#include "files.h"
#include "cli.h"
#include "process.h"
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FIRST_ROOM = 1 << 16 };

static bool is_dash(const char *name) {
    return strcmp(name, "-") == 0;
}

/* ---- In ------------------------------------------------------------------------------------ */

/* Reads to the end; 0 or an errno. */
static int read_all(int fd, file_bytes *out) {
    size_t room = 0;
    for (;;) {
        if (out->size == room) {
            room = room == 0 ? FIRST_ROOM : room * 2;
            char *grown = realloc(out->bytes, room);
            if (grown == NULL) return ENOMEM;
            out->bytes = grown;
        }
        ssize_t n = read(fd, out->bytes + out->size, room - out->size);
        if (n == 0) return 0;
        if (n > 0)
            out->size += (size_t)n;
        else if (errno != EINTR || process_is_stopped())
            return errno;
    }
}

int file_read(const reporter *r, const char *name, file_bytes *out) {
    *out = (file_bytes){NULL, 0};
    int fd = is_dash(name) ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);
    int error_number = fd < 0 ? errno : read_all(fd, out);
    if (fd > STDIN_FILENO) close(fd);
    if (error_number == 0) return EXIT_DONE;
    free(out->bytes);
    *out = (file_bytes){NULL, 0};
    return process_is_stopped() ? EXIT_STOPPED : report_io(r, "read", name, error_number);
}

int file_read_instance(reporter *r, const char *name, plaats_instance **out) {
    plaats_error error;
    file_bytes text;
    *out = NULL;
    r->file = name;
    int status = file_read(r, name, &text);
    if (status != EXIT_DONE) return status;
    if (plaats_instance_read(text.bytes, text.size, report_problem, r, out, &error) != PLAATS_OK)
        status = report_failure(r, &error);
    free(text.bytes);
    return status;
}

/* ---- Out ----------------------------------------------------------------------------------- */

/* Where a file of this name would stand, links followed; NULL with errno set. To be freed. */
static char *resolve(const char *name) {
    char *path = realpath(name, NULL);
    if (path != NULL || errno != ENOENT) return path;
    char *for_folder = strdup(name), *for_file = strdup(name), *folder = NULL;
    if (for_folder != NULL && for_file != NULL && *name != '\0') {
        folder = realpath(dirname(for_folder), NULL);
        if (folder != NULL && asprintf(&path, "%s/%s", folder, basename(for_file)) < 0) path = NULL;
    }
    free(folder);
    free(for_folder);
    free(for_file);
    return path;
}

/* Whether a file of this name is a pipe or a device, which is written directly. */
static bool is_special(const char *name) {
    struct stat s;
    return stat(name, &s) == 0 && !S_ISREG(s.st_mode) && !S_ISDIR(s.st_mode);
}

int output_possible(const reporter *r, const char *name) {
    if (name == NULL || is_dash(name) || is_special(name)) return EXIT_DONE;
    struct stat s;
    char *path = resolve(name);
    int error_number = path == NULL ? errno : 0;
    if (path != NULL && stat(path, &s) == 0 && S_ISDIR(s.st_mode)) error_number = EISDIR;
    if (error_number == 0 && access(dirname(path), W_OK | X_OK) != 0) error_number = errno;
    free(path);
    return error_number == 0 ? EXIT_DONE : report_io(r, "write", name, error_number);
}

/* The rights a new file gets, or those of the file it replaces. */
static mode_t rights_for(const char *target) {
    struct stat s;
    if (stat(target, &s) == 0) return s.st_mode & 07777;
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

static int open_growing(output *out) {
    out->target = resolve(out->name);
    if (out->target == NULL) return errno;
    if (asprintf(&out->growing, "%s.XXXXXX", out->target) < 0) {
        out->growing = NULL;
        return ENOMEM;
    }
    int fd = mkstemp(out->growing);
    if (fd < 0) {
        int error_number = errno;
        free(out->growing);
        out->growing = NULL;
        return error_number;
    }
    process_set_unfinished(out->growing);
    if (fchmod(fd, rights_for(out->target)) == 0) out->stream = fdopen(fd, "w");
    if (out->stream != NULL) return 0;
    int error_number = errno;
    close(fd);
    return error_number;
}

int output_open(const reporter *r, const char *name, output *out) {
    *out = (output){.name = name};
    int error_number = 0;
    if (name == NULL || is_dash(name)) {
        out->name = NULL;
        out->stream = stdout;
    } else if (is_special(name)) {
        out->stream = fopen(name, "w");
        if (out->stream == NULL) error_number = errno;
    } else {
        error_number = open_growing(out);
    }
    if (error_number == 0) return EXIT_DONE;
    output_drop(out);
    return report_io(r, "write", name, error_number);
}

int output_write(void *context, const char *bytes, size_t size) {
    output *out = context;
    errno = 0;
    if (fwrite(bytes, 1, size, out->stream) == size) return 0;
    if (out->error_number == 0) out->error_number = errno == 0 ? EIO : errno;
    return 1;
}

void output_drop(output *out) {
    if (out->stream != NULL && out->stream != stdout) fclose(out->stream);
    if (out->growing != NULL) unlink(out->growing);
    process_set_unfinished(NULL);
    free(out->growing);
    free(out->target);
    *out = (output){.name = out->name};
}

/* Puts what was written where it belongs; 0 or an errno. */
static int settle(output *out) {
    if (out->error_number != 0) return out->error_number;
    if (fflush(out->stream) != 0) return errno;
    if (out->growing == NULL) return 0;
    if (fsync(fileno(out->stream)) != 0) return errno;
    if (rename(out->growing, out->target) != 0) return errno;
    free(out->growing);
    out->growing = NULL;
    return 0;
}

int output_commit(const reporter *r, output *out) {
    int error_number = settle(out);
    output_drop(out);
    if (error_number == 0) return EXIT_DONE;
    return report_io(r, "write", out->name == NULL ? "standard output" : out->name, error_number);
}

int output_finish(reporter *r, output *out, plaats_status status, const plaats_error *error) {
    if (status == PLAATS_OK || out->error_number != 0) return output_commit(r, out);
    output_drop(out);
    return report_failure(r, error);
}
