/* Work that is done several pieces at a time, each in a process of its own: whatever happens to
 * one, the others go on, and each can be stopped, leave its file, and be short of memory by itself.
 */
#ifndef PLAATS_CLI_POOL_H
#define PLAATS_CLI_POOL_H

#include <stdbool.h>
#include <stddef.h>

typedef enum { POOL_ENDED, POOL_DIED, POOL_NOT_STARTED, POOL_NOT_ATTEMPTED } pool_end;

typedef struct {
    size_t n, jobs;     /* pieces, and how many at a time */
    size_t result_size; /* bytes of a result, which is zeroed before */
    void *context;      /* of the calls below */
    /* Is there still time for piece i? */
    bool (*may_begin)(void *context, size_t i);
    /* In its own process: does piece i. */
    void (*work)(void *context, size_t i, void *result);
    /* In the first process, one at a time, in the order in which they end. `number`: of the signal
     * of which the process died, or the errno with which it could not be started. */
    void (*ended)(void *context, size_t i, pool_end end, int number, const void *result);
} pool;

/* After a signal those at work are sent SIGTERM, and the others are not begun. False when memory
 * ran out before anything was begun. */
bool pool_run(const pool *p);

#endif
