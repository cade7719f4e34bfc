/* How many threads are worth starting. */
#ifndef PLAATS_BASE_THREADS_H
#define PLAATS_BASE_THREADS_H

/* Processors that this process may use, >= 1. */
int threads_of_machine(void);

#endif
