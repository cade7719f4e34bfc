#include "options.h"
#include "report.h"
#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    NAME_MAX_LENGTH = 40,
    NAMES_MAX = 32,
    DECIMALS = 6,           /* of the ends of a range */
    NUMBER_MAX_LENGTH = 32, /* of one of them */
    ALLOWED_MAX_LENGTH = 120
};

bool parse_number(const char *text, double *out) {
    size_t digits = strspn(text, "0123456789"), rest = 0;
    if (text[digits] == '.') rest = strspn(text + digits + 1, "0123456789") + 1;
    if (digits == 0 || rest == 1 || text[digits + rest] != '\0') return false;
    *out = strtod(text, NULL);
    return true;
}

bool parse_integer(const char *text, int64_t *out) {
    const char *digits = *text == '-' ? text + 1 : text;
    if (*digits == '\0' || digits[strspn(digits, "0123456789")] != '\0') return false;
    errno = 0;
    *out = strtoll(text, NULL, 10);
    return errno == 0;
}

/* Edits (insert, drop, replace a letter) that turn a into b; row by row over b. */
static size_t edit_distance(const char *a, const char *b) {
    size_t row[NAME_MAX_LENGTH + 1], n = strlen(b);
    assert(n <= NAME_MAX_LENGTH);
    for (size_t j = 0; j <= n; j++) row[j] = j;
    for (size_t i = 0; a[i] != '\0'; i++) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t j = 1; j <= n; j++) {
            size_t best = diagonal + (a[i] != b[j - 1]);
            if (row[j] + 1 < best) best = row[j] + 1;
            if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
            diagonal = row[j];
            row[j] = best;
        }
    }
    return row[n];
}

const char *suggest_name(const char *text, const char *const *names) {
    const char *nearest = NULL;
    size_t length = strlen(text), fewest = length / 4 + 1;
    if (length > NAME_MAX_LENGTH) return NULL;
    for (; *names != NULL; names++) {
        if (length >= 3 && strncmp(*names, text, length) == 0) return *names;
        size_t edits = edit_distance(text, *names);
        if (edits > fewest || (edits == fewest && nearest != NULL)) continue;
        nearest = *names;
        fewest = edits;
    }
    return nearest;
}

static const plaats_setting *row_of(const option *o) {
    const plaats_setting *row = o->setting == NULL ? NULL : plaats_setting_named(o->setting);
    assert(row != NULL || o->setting == NULL);
    return row;
}

/* Gives OPTIONS_WRONG, when a message of this form has been said. */
#define wrong_usage(form, ...) (report_usage((form)->command, __VA_ARGS__), OPTIONS_WRONG)

static options_result wrong_option(const command_form *form, const char *name) {
    const char *names[NAMES_MAX] = {NULL};
    size_t n = 0;
    for (const option *o = form->options; o->name != NULL; o++) {
        assert(n + 1 < NAMES_MAX);
        names[n++] = o->name;
    }
    const char *nearest = suggest_name(name, names);
    if (nearest == NULL)
        return wrong_usage(form, "unknown option '%s' of 'plaats %s'", name, form->command);
    return wrong_usage(form, "unknown option '%s' of 'plaats %s', perhaps '%s' was meant", name,
                       form->command, nearest);
}

/* Without an exponent, and no more decimals than it needs. */
static void format_bound(double value, char out[NUMBER_MAX_LENGTH]) {
    int length = snprintf(out, NUMBER_MAX_LENGTH, "%.*f", DECIMALS, value);
    while (out[length - 1] == '0') length--;
    if (out[length - 1] == '.') length--;
    out[length] = '\0';
}

static void say_range(bool whole, double from, double to, char *out, size_t room) {
    char low[NUMBER_MAX_LENGTH], high[NUMBER_MAX_LENGTH];
    format_bound(from, low);
    format_bound(to, high);
    snprintf(out, room, "are %snumbers from %s to %s", whole ? "whole " : "", low, high);
}

static void say_allowed_setting(const plaats_setting *row, char *out, size_t room) {
    if (row->type == PLAATS_SETTING_CHOICE)
        snprintf(out, room, "are %s", row->words);
    else
        say_range(row->type == PLAATS_SETTING_INTEGER, row->low, row->high, out, room);
}

static options_result wrong_value(const command_form *form, const option *o, const char *value) {
    char allowed[ALLOWED_MAX_LENGTH];
    if (o->kind == OPTION_CHOICE)
        snprintf(allowed, sizeof allowed, "are %s", o->argument);
    else if (o->kind == OPTION_SETTING)
        say_allowed_setting(row_of(o), allowed, sizeof allowed);
    else if (o->kind == OPTION_INTEGER || o->kind == OPTION_NUMBER)
        say_range(o->kind == OPTION_INTEGER, o->low, o->high, allowed, sizeof allowed);
    else
        snprintf(allowed, sizeof allowed, "is %s", o->argument);
    return wrong_usage(form, "'%s' cannot be the value of '%s': allowed %s", value, o->name,
                       allowed);
}

/* What stands for 0 in a setting, "no limit", is had by leaving the option out. */
static bool take_setting(const option *o, const char *value) {
    const plaats_setting *row = row_of(o);
    double number;
    if (row->nothing != NULL && parse_number(value, &number) && number == 0) return false;
    return plaats_settings_set(o->target, o->setting, value, NULL) == PLAATS_OK;
}

static bool take_choice(const char *words, const char *value, int *target) {
    size_t length = strlen(value);
    for (int i = 0; length > 0; i++) {
        size_t word = strcspn(words, "|");
        if (word == length && strncmp(words, value, word) == 0) {
            *target = i;
            return true;
        }
        if (words[word] == '\0') return false;
        words += word + 1;
    }
    return false;
}

static bool take_value(const option *o, const char *value) {
    int64_t integer;
    double number;
    switch (o->kind) {
    case OPTION_FLAG:
        *(bool *)o->target = true;
        return true;
    case OPTION_TEXT:
        *(const char **)o->target = value;
        return true;
    case OPTION_INTEGER:
        if (!parse_integer(value, &integer)) return false;
        if ((double)integer < o->low || (double)integer > o->high) return false;
        *(int64_t *)o->target = integer;
        return true;
    case OPTION_NUMBER:
        if (!parse_number(value, &number) || number < o->low || number > o->high) return false;
        *(double *)o->target = number;
        return true;
    case OPTION_CHOICE:
        return take_choice(o->argument, value, o->target);
    case OPTION_SETTING:
        return take_setting(o, value);
    case OPTION_PARSED:
        return o->parse(value, o->target);
    }
    return false;
}

static int name_width(const option *o) {
    return (int)(strlen(o->name) + (o->argument == NULL ? 0 : strlen(o->argument) + 1));
}

/* What it does, and behind a setting what that is by itself. */
static void print_meaning(const option *o) {
    const plaats_setting *row = row_of(o);
    assert(o->help != NULL || row != NULL);
    fputs(o->help != NULL || row == NULL ? o->help : row->help, stdout);
    if (row != NULL)
        printf(" (%s)", strcmp(row->standard, "0") == 0 && row->nothing != NULL ? row->nothing
                                                                                : row->standard);
    putchar('\n');
}

static void print_help(const command_form *form) {
    int width = 2;
    printf("usage: plaats %s", form->command);
    if (*form->operands != '\0') printf(" %s", form->operands);
    for (const option *o = form->options; o->name != NULL; o++) {
        if (o->required) printf(" %s %s", o->name, o->argument);
        if (name_width(o) > width) width = name_width(o);
    }
    printf(" [options]\n\n%s\n\noptions:\n", form->about);
    for (const option *o = form->options; o->name != NULL; o++) {
        printf("  %s%s%-*s  ", o->name, o->argument == NULL ? "" : " ",
               width - (int)strlen(o->name) - (o->argument == NULL ? 0 : 1),
               o->argument == NULL ? "" : o->argument);
        print_meaning(o);
    }
    printf("  %-*s  %s\n", width, "-h", "show this text");
}

/* One option at argv[*at], which may be `--name`, `--name=value` or `-o`. */
static options_result read_option(const command_form *form, int argc, char **argv, int *at,
                                  bool *given) {
    const char *text = argv[*at], *equals = strchr(text, '=');
    size_t length = equals == NULL ? strlen(text) : (size_t)(equals - text);
    const char *value = equals == NULL ? NULL : equals + 1;
    const option *o = form->options;
    while (o->name != NULL && (strlen(o->name) != length || strncmp(o->name, text, length) != 0))
        o++;
    if (o->name == NULL) {
        char name[NAME_MAX_LENGTH + 1];
        snprintf(name, sizeof name, "%.*s", (int)length, text);
        return wrong_option(form, name);
    }
    if (o->kind == OPTION_FLAG && value != NULL)
        return wrong_usage(form, "no value is allowed for '%s'", o->name);
    if (o->kind != OPTION_FLAG && value == NULL) {
        if (*at + 1 == argc) return wrong_usage(form, "value missing after '%s'", o->name);
        value = argv[++*at];
    }
    given[o - form->options] = true;
    return take_value(o, value) ? OPTIONS_READY : wrong_value(form, o, value);
}

/* The word of the operand at position `index`, with its length; dots are no part of it. */
static const char *operand_word(const char *words, int index, int *length) {
    while (index-- > 0) words += strcspn(words, " ") + 1;
    *length = (int)strcspn(words, " .");
    return words;
}

static bool takes_many(const command_form *form) {
    size_t length = strlen(form->operands);
    return length > 3 && strcmp(form->operands + length - 3, "...") == 0;
}

static options_result check_complete(const command_form *form, int n, int wanted,
                                     const bool *given) {
    for (int i = 0; form->options[i].name != NULL; i++) {
        if (!form->options[i].required || given[i]) continue;
        return wrong_usage(form, "option '%s' missing", form->options[i].name);
    }
    if (n < wanted) {
        int length;
        const char *word = operand_word(form->operands, n, &length);
        return wrong_usage(form, "%.*s missing", length, word);
    }
    return OPTIONS_READY;
}

static int count_operands(const command_form *form) {
    int n = *form->operands != '\0';
    for (const char *c = form->operands; *c != '\0'; c++) n += *c == ' ';
    assert(n <= OPTIONS_MAX_OPERANDS);
    return n;
}

options_result options_read(const command_form *form, int argc, char **argv,
                            const char **operands) {
    int n = 0, wanted = count_operands(form);
    bool given[NAMES_MAX] = {false}, names_only = false;
    for (int i = 1; i < argc; i++) {
        const char *text = argv[i];
        bool is_option = !names_only && text[0] == '-' && text[1] != '\0';
        if (is_option && strcmp(text, "--") == 0) {
            names_only = true;
        } else if (is_option && (strcmp(text, "-h") == 0 || strcmp(text, "--help") == 0)) {
            print_help(form);
            return OPTIONS_HELPED;
        } else if (is_option) {
            options_result result = read_option(form, argc, argv, &i, given);
            if (result != OPTIONS_READY) return result;
        } else if (n < wanted || takes_many(form)) {
            operands[n++] = text;
        } else {
            return wrong_usage(form, "nothing more was expected than %s, found '%s'",
                               wanted == 0 ? "options" : form->operands, text);
        }
    }
    return check_complete(form, n, wanted, given);
}
