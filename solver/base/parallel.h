/* A few tasks on a few threads. */
#ifndef PLAATS_BASE_PARALLEL_H
#define PLAATS_BASE_PARALLEL_H

/* Threads worth having on this machine: its processors, within reason. */
int parallel_threads(void);

/* Runs task(context, i) for i in 0..n-1, in no order, on the caller's thread and up to threads - 1
 * more, and returns when all are done. Where no thread can be had the caller does it all, so tasks
 * must not wait for each other. `leave` (may be NULL) is called at the end of every thread but the
 * caller's. */
void parallel_each(int threads, int n, void (*task)(void *context, int i), void *context,
                   void (*leave)(void));

#endif
