/* Options in tables: a command lists them, and parsing, -h and the messages follow. */
#ifndef PLAATS_CLI_OPTIONS_H
#define PLAATS_CLI_OPTIONS_H

#include "plaats.h"

#include <stdbool.h>
#include <stdint.h>

typedef enum {
    OPTION_FLAG,    /* bool: true when given; takes no value */
    OPTION_TEXT,    /* const char *: as given */
    OPTION_INTEGER, /* int64_t in low..high */
    OPTION_NUMBER,  /* double in low..high, digits with at most one point */
    OPTION_CHOICE,  /* int: position among the words of `argument`, "lp|mps" */
    OPTION_SETTING, /* of the plaats_settings at `target`, that of the name `setting` */
    OPTION_PARSED   /* what `parse` makes of it; false: not understood */
} option_kind;

typedef struct {
    const char *name;     /* "--gap" or "-o" */
    const char *argument; /* how -h names the value; NULL for a flag */
    const char *help;     /* one line; NULL: that of `setting` */
    option_kind kind;
    void *target; /* left alone when the option is not given */
    double low, high;
    const char *setting; /* of plaats_setting_named: range, default and help are those; else NULL */
    bool (*parse)(const char *text, void *target);
    bool required;
} option;

#define OPTIONS_MAX_OPERANDS 2

/* What a command takes. */
typedef struct {
    const char *command;   /* "solve" */
    const char *operands;  /* "INSTANCE PLAN": one word for each, all required; "" for none; one or
                              more of the last where the word ends in "..." */
    const char *about;     /* one paragraph for -h */
    const option *options; /* ends with a row without a name */
} command_form;

typedef enum { OPTIONS_READY, OPTIONS_HELPED, OPTIONS_WRONG } options_result;

/* Reads what follows the command's name. HELPED: -h was asked for and is on standard output.
 * WRONG: standard error says what is wrong. `operands`: room for all of them, argc at most. */
options_result options_read(const command_form *form, int argc, char **argv, const char **operands);

/* Digits with at most one point, no sign, no exponent. */
bool parse_number(const char *text, double *out);
/* Digits, with a minus where they are negative. */
bool parse_integer(const char *text, int64_t *out);

/* The name in a list (ended by NULL) that `text` was probably meant to be, or NULL. */
const char *suggest_name(const char *text, const char *const *names);

#endif
