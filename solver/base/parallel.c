/* Threads that take chunks from a counter until there are no more (parallel.h). */
#include "base/parallel.h"

#include "base/threads.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

enum { MOST_THREADS = 16 }; /* of one call: more than that find few chunks to take */

typedef struct {
    void (*work)(void *context, int chunk);
    void *context;
    int n_chunks;
    atomic_int next;
} queue;

static void *take_chunks(void *of) {
    queue *q = of;
    for (int chunk = atomic_fetch_add(&q->next, 1); chunk < q->n_chunks;
         chunk = atomic_fetch_add(&q->next, 1))
        q->work(q->context, chunk);
    return NULL;
}

static int usable_threads(int n_chunks, int threads) {
    if (threads <= 0) threads = threads_of_machine();
    if (threads > n_chunks) threads = n_chunks;
    return threads > MOST_THREADS ? MOST_THREADS : threads;
}

/* A thread that cannot be started is no harm: the others take its chunks. */
void parallel_for(int n_chunks, void (*work)(void *context, int chunk), void *context,
                  int threads) {
    queue q = {.work = work, .context = context, .n_chunks = n_chunks};
    pthread_t helper[MOST_THREADS];
    bool started[MOST_THREADS] = {false};

    assert(work != NULL && n_chunks >= 0);
    threads = usable_threads(n_chunks, threads);
    assert(threads <= MOST_THREADS);
    for (int i = 1; i < threads; i++)
        started[i] = pthread_create(&helper[i], NULL, take_chunks, &q) == 0;
    (void)take_chunks(&q);
    for (int i = 1; i < threads; i++)
        if (started[i]) (void)pthread_join(helper[i], NULL);
}
