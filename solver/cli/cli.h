/* The program: one command per question. Each command is a function in a file of its own that
 * reads its options, calls the library, and says what came of it in its exit status. */
#ifndef PLAATS_CLI_CLI_H
#define PLAATS_CLI_CLI_H

/* Exit status of the program. */
enum {
    EXIT_DONE = 0,    /* the answer was written; for check: and it is yes */
    EXIT_NO = 1,      /* the answer is no: refused by check, or the gap asked for not reached */
    EXIT_USAGE = 2,   /* wrong usage */
    EXIT_INPUT = 3,   /* bad input; every problem is on standard error */
    EXIT_STOPPED = 4, /* stopped by a signal; the best plan so far, if any, was written */
    EXIT_FAULT = 5    /* could not read or write, out of memory, internal: nothing was written */
};

/* argv[0] is the name of the command. */
int command_solve(int argc, char **argv);
int command_replay(int argc, char **argv);
int command_validate(int argc, char **argv);
int command_check(int argc, char **argv);
int command_export(int argc, char **argv);
int command_generate(int argc, char **argv);

#endif
