#include "cli.h"
#include "options.h"
#include "plaats.h"
#include "process.h"
#include "report.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *help;
} commands[] = {
    {"solve", command_solve, "the plan for an instance"},
    {"validate", command_validate, "is an instance sound, and what should a planner know of it"},
    {"check", command_check, "does a plan obey every rule, and is its cost what it says"},
    {"export", command_export, "the mixed-integer program, for any other solver"},
    {"generate", command_generate, "a synthetic instance of realistic shape"},
    {"replay", command_replay, "a solve run again from what its --dump wrote"},
};
enum { COMMANDS = sizeof commands / sizeof commands[0] };

static void print_help(FILE *to) {
    fputs("usage: plaats COMMAND [options]\n"
          "\n"
          "Who lives where in the reception of asylum seekers, with a proof of how good the plan "
          "is.\n"
          "\n"
          "commands:\n",
          to);
    for (int i = 0; i < COMMANDS; i++)
        fprintf(to, "  %-10s%s\n", commands[i].name, commands[i].help);
    fputs("\n"
          "'plaats COMMAND -h' shows the options of a command, 'plaats --version' the version.\n"
          "Files may be named -, for standard input and output.\n"
          "\n"
          "exit status:\n"
          "  0  the answer was written (for check: and it is yes)\n"
          "  1  the answer is no (check: refused; solve --strict: the gap was not reached)\n"
          "  2  wrong usage\n"
          "  3  bad input, every problem on standard error\n"
          "  4  stopped by a signal; the best plan so far, if any, was written\n"
          "  5  could not read or write, out of memory, or an internal fault\n",
          to);
}

static int wrong_command(const char *name) {
    const char *names[COMMANDS + 1] = {NULL};
    for (int i = 0; i < COMMANDS; i++) names[i] = commands[i].name;
    const char *nearest = suggest_name(name, names);
    const char *kind = name[0] == '-' ? "option" : "command";
    if (nearest == NULL) return report_usage(NULL, "unknown %s '%s'", kind, name);
    return report_usage(NULL, "unknown %s '%s', perhaps '%s' was meant", kind, name, nearest);
}

static int run(int argc, char **argv) {
    if (argc < 2) {
        print_help(stderr);
        return EXIT_USAGE;
    }
    if (strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "--help") == 0) {
        print_help(stdout);
        return EXIT_DONE;
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("plaats %s\n", plaats_version());
        return EXIT_DONE;
    }
    for (int i = 0; i < COMMANDS; i++)
        if (strcmp(argv[1], commands[i].name) == 0) return commands[i].run(argc - 1, argv + 1);
    return wrong_command(argv[1]);
}

int main(int argc, char **argv) {
    process_begin();
    report_begin(argc, argv);
    int status = run(argc, argv);
    /* What is still in the buffer may find the disk full or the pipe broken. */
    if (fflush(stdout) != 0 && status != EXIT_FAULT) {
        reporter r = {0};
        status = report_io(&r, "write", "standard output", errno);
    }
    return status;
}
