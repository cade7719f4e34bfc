/* A folder with what a solve can be run again from: written by solve, read by replay. */
#ifndef PLAATS_CLI_DUMP_H
#define PLAATS_CLI_DUMP_H

#include "files.h"

/* Its files. */
enum { DUMP_INSTANCE, DUMP_PREVIOUS, DUMP_OPTIONS, DUMP_FILES };

typedef struct {
    const char *folder; /* NULL: none was asked for */
    char *files[DUMP_FILES];
    reporter report;
    bool begun; /* what an earlier solve left there is gone */
    int status; /* exit status of what was written last; not EXIT_DONE: why has been said */
} dump;

/* Each gives an exit status; what was wrong has been said. */
int dump_name(const reporter *r, const char *folder,
              dump *out); /* to be freed, whatever it gives */
void dump_free(dump *d);
/* Makes the folder if it is not there. What holds anything but an earlier dump is refused. */
int dump_prepare(dump *d);

/* A plaats_dump_fn; the context is a dump. */
int dump_write(void *dump, const char *name, const char *bytes, size_t size);

#endif
