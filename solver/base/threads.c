/* Processors as the scheduler of Linux lets this process use them. */
#define _GNU_SOURCE /* sched_getaffinity */
#include "base/threads.h"

#include <sched.h>
#include <unistd.h>

int threads_of_machine(void) {
    cpu_set_t usable;
    if (sched_getaffinity(0, sizeof usable, &usable) == 0) return CPU_COUNT(&usable);
    long n = sysconf(_SC_NPROCESSORS_ONLN); /* a machine too large for the set above */
    return n < 1 ? 1 : (int)n;
}
