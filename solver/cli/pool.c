#define _GNU_SOURCE /* MAP_ANONYMOUS */
#include "pool.h"
#include "process.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct {
    pid_t process; /* 0: free */
    size_t piece;
    void *result; /* in memory that both processes see */
} place;

typedef struct {
    const pool *of;
    place *places;
    size_t stride; /* bytes from one result to the next */
    char *results; /* one for each place */
    size_t next, running;
    bool told_to_stop;
    sigset_t open; /* the signals that come through outside */
    struct sigaction child_before;
} state;

/* ---- Signals --------------------------------------------------------------------------------- */

static void wake(int number) {
    (void)number;
}

/* Signals come through only while sigsuspend waits: none can slip in between a look at what it
 * would have changed and the wait for it. */
static void close_signals(state *s) {
    sigset_t all;
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = wake;
    sigemptyset(&action.sa_mask);
    sigaction(SIGCHLD, &action, &s->child_before);
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &s->open);
}

static void open_signals(const state *s) {
    sigaction(SIGCHLD, &s->child_before, NULL);
    sigprocmask(SIG_SETMASK, &s->open, NULL);
}

static void pass_on_stop(state *s) {
    if (s->told_to_stop || !process_is_stopped()) return;
    s->told_to_stop = true;
    for (size_t k = 0; k < s->of->jobs; k++)
        if (s->places[k].process != 0) kill(s->places[k].process, SIGTERM);
}

/* ---- Processes ------------------------------------------------------------------------------- */

static void work_apart(const state *s, const place *at, pid_t parent) {
    prctl(PR_SET_PDEATHSIG, SIGTERM); /* nobody would be left to tell the result to */
    if (getppid() != parent) _exit(0);
    open_signals(s);
    s->of->work(s->of->context, at->piece, at->result);
    fflush(stderr);
    _exit(0);
}

static place *free_place(state *s) {
    place *at = s->places;
    while (at->process != 0) at++;
    return at;
}

static void begin_piece(state *s) {
    place *at = free_place(s);
    at->piece = s->next++;
    memset(at->result, 0, s->of->result_size);
    fflush(stdout); /* or it would be written twice */
    fflush(stderr);
    pid_t self = getpid(), process = fork();
    if (process == 0) work_apart(s, at, self);
    if (process > 0) {
        at->process = process;
        s->running++;
    } else {
        s->of->ended(s->of->context, at->piece, POOL_NOT_STARTED, errno, at->result);
    }
}

static bool may_begin(const state *s) {
    return s->next < s->of->n && !process_is_stopped() && s->of->may_begin(s->of->context, s->next);
}

static void end_piece(state *s, pid_t process, int status) {
    for (size_t k = 0; k < s->of->jobs; k++) {
        place *at = &s->places[k];
        if (at->process != process) continue;
        at->process = 0;
        s->running--;
        pool_end end = WIFEXITED(status) ? POOL_ENDED : POOL_DIED;
        int number = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
        s->of->ended(s->of->context, at->piece, end, number, at->result);
    }
}

/* Whether any had ended. */
static bool end_pieces(state *s) {
    bool any = false;
    int status;
    pid_t process;
    while ((process = waitpid(-1, &status, WNOHANG)) > 0) {
        end_piece(s, process, status);
        any = true;
    }
    return any;
}

static void run(state *s) {
    do {
        while (s->running < s->of->jobs && may_begin(s)) begin_piece(s);
        pass_on_stop(s);
        if (!end_pieces(s) && s->running > 0) sigsuspend(&s->open);
    } while (s->running > 0 || may_begin(s));
    for (; s->next < s->of->n; s->next++)
        s->of->ended(s->of->context, s->next, POOL_NOT_ATTEMPTED, 0, NULL);
}

bool pool_run(const pool *p) {
    state s = {.of = p, .stride = (p->result_size + 63) / 64 * 64};
    size_t size = p->jobs * s.stride;
    s.places = calloc(p->jobs, sizeof *s.places);
    s.results = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    bool fine = s.places != NULL && s.results != MAP_FAILED;
    if (fine) {
        for (size_t k = 0; k < p->jobs; k++) s.places[k].result = s.results + k * s.stride;
        close_signals(&s);
        run(&s);
        open_signals(&s);
    }
    if (s.results != MAP_FAILED) munmap(s.results, size);
    free(s.places);
    return fine;
}
