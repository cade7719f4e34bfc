#include "base/parallel.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#define MOST_THREADS 16

typedef struct {
    atomic_int next;
    int n;
    void (*task)(void *context, int i);
    void *context;
    void (*leave)(void);
} job;

int parallel_threads(void) {
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > MOST_THREADS ? MOST_THREADS : (int)n;
}

static void work(job *j) {
    for (int i; (i = atomic_fetch_add(&j->next, 1)) < j->n;) j->task(j->context, i);
}

static void *helper(void *j_) {
    job *j = j_;
    work(j);
    if (j->leave != NULL) j->leave();
    return NULL;
}

void parallel_each(int threads, int n, void (*task)(void *context, int i), void *context,
                   void (*leave)(void)) {
    job j = {.n = n, .task = task, .context = context, .leave = leave};
    pthread_t helpers[MOST_THREADS];
    int started = 0;

    while (started + 1 < threads && started + 1 < n && started < MOST_THREADS &&
           pthread_create(&helpers[started], NULL, helper, &j) == 0)
        started++;
    work(&j);
    for (int i = 0; i < started; i++) pthread_join(helpers[i], NULL);
}
