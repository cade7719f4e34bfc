/* Work in chunks on several threads. What a chunk computes must not depend on who runs it: then
 * results that are put together in the order of chunks are the same for any number of threads. */
#ifndef PLAATS_BASE_PARALLEL_H
#define PLAATS_BASE_PARALLEL_H

#include <assert.h>

/* Calls work(context, chunk) for chunk 0..n_chunks-1, each once, on up to `threads` threads (0: as
 * many as there are processors), and returns when all are done. Few and coarse chunks: threads are
 * started anew each time. */
void parallel_for(int n_chunks, void (*work)(void *context, int chunk), void *context, int threads);

/* Of n things in a row that are shared out to n_chunks chunks: the first of a chunk. The next
 * chunk's is where it ends. */
static inline int chunk_first(int n, int chunk, int n_chunks) {
    assert(n >= 0 && n_chunks > 0 && chunk >= 0 && chunk <= n_chunks);
    return (int)((long long)n * chunk / n_chunks);
}

#endif
