#include "process.h"
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Signals and the clock belong to the whole process, and so do these. */
static struct timespec begin;
static volatile sig_atomic_t catching, stopped;
static const char *volatile unfinished;

static void on_signal(int number) {
    if (catching) {
        stopped = 1;
        return;
    }
    if (unfinished != NULL) unlink(unfinished);
    signal(number, SIG_DFL);
    raise(number);
}

/* Those that ask for an end; what else ends a process ends this one as it is. */
static const int endings[] = {SIGINT, SIGTERM, SIGHUP, SIGXCPU};

/* Without SA_RESTART in `flags` a read that waits ends when the signal comes. */
static void install(int number, int flags) {
    struct sigaction action, old;
    /* What was ignored from the start, as nohup does, stays so. */
    if (sigaction(number, NULL, &old) == 0 && old.sa_handler == SIG_IGN) return;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_signal;
    action.sa_flags = flags;
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

static void install_all(int flags) {
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) install(endings[i], flags);
}

void process_begin(void) {
    clock_gettime(CLOCK_MONOTONIC, &begin);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    install_all(0);
}

double process_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - begin.tv_sec) + (double)(now.tv_nsec - begin.tv_nsec) / 1e9;
}

const volatile int *process_catch_signals(void) {
    catching = 1;
    install_all(0);
    return &stopped;
}

void process_finish(void) {
    install_all(SA_RESTART);
}

int process_is_stopped(void) {
    return stopped;
}

void process_set_unfinished(const char *path) {
    unfinished = path;
}
