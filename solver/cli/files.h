/* Files in and out, whole. "-" is standard input or output. */
#ifndef PLAATS_CLI_FILES_H
#define PLAATS_CLI_FILES_H

#include "report.h"
#include <stddef.h>
#include <stdio.h>

/* -o of a command; `file`: const char *, NULL for standard output. */
#define OPTION_OUTPUT(file)                                                                        \
    {                                                                                              \
        .name = "-o", .argument = "FILE", .help = "where it goes (standard output)",               \
        .kind = OPTION_TEXT, .target = &(file)                                                     \
    }

typedef struct {
    char *bytes; /* to be freed by the caller */
    size_t size;
} file_bytes;

/* Gives an exit status; what went wrong has been said. EXIT_STOPPED when a signal came first. */
int file_read(const reporter *r, const char *name, file_bytes *out);

/* Reads the instance in a file, and says its problems. Gives an exit status. r->file becomes
 * `name`. */
int file_read_instance(reporter *r, const char *name, plaats_instance **out);

/* Sees, before anything is read, that no file of `written` is one that is in `read` or is in
 * `written` twice, by name, link or inode; NULL and "-" in the lists are passed by, and so are
 * pipes and devices. EXIT_USAGE when there is one, which has been said for this command. */
int files_apart(const reporter *r, const char *command, const char *const *read, size_t n_read,
                const char *const *written, size_t n_written);
/* The same for an output and all that a command reads. */
int output_apart(const reporter *r, const char *command, const char *output,
                 const char *const *read, size_t n_read);

/* An output that appears whole or not at all: it grows in a file beside its final place, and is
 * moved there at the end. Standard output, and devices and pipes, are written directly. */
typedef struct {
    FILE *stream;
    const char *name; /* as the user named it, or NULL for standard output */
    char *target;     /* where it goes, links followed; NULL when written directly */
    char *growing;    /* the file beside it */
    int error_number; /* of the first write that failed */
} output;

/* Each gives an exit status and has said what went wrong. */
int output_possible(const reporter *r, const char *name); /* before a long run: can it be made? */
int output_open(const reporter *r, const char *name, output *out);
int output_commit(const reporter *r, output *out);
/* After a failure: leaves no trace. Does nothing after output_commit. */
void output_drop(output *out);

/* A plaats_write_fn; the context is an output. */
int output_write(void *out, const char *bytes, size_t size);

/* After a call that wrote to `out`: commits it, or says why the call failed and drops it. */
int output_finish(reporter *r, output *out, plaats_status status, const plaats_error *error);

#endif
