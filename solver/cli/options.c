#include "options.h"
#include "report.h"
#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_MAX_LENGTH = 40, NAMES_MAX = 32 };

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

static options_result wrong_option(const command_form *form, const char *name) {
    const char *names[NAMES_MAX] = {NULL};
    size_t n = 0;
    for (const option *o = form->options; o->name != NULL; o++) {
        assert(n + 1 < NAMES_MAX);
        names[n++] = o->name;
    }
    const char *nearest = suggest_name(name, names);
    report_usage(form->command, "unknown option '%s' of 'plaats %s'%s%s%s", name, form->command,
                 nearest == NULL ? "" : ", perhaps '", nearest == NULL ? "" : nearest,
                 nearest == NULL ? "" : "' was meant");
    return OPTIONS_WRONG;
}

static options_result wrong_value(const command_form *form, const option *o, const char *value) {
    char allowed[128];
    if (o->kind == OPTION_INTEGER)
        snprintf(allowed, sizeof allowed, "are whole numbers from %.0f to %.0f", o->low, o->high);
    else if (o->kind == OPTION_NUMBER)
        snprintf(allowed, sizeof allowed, "are numbers from %.10g to %.10g", o->low, o->high);
    else
        snprintf(allowed, sizeof allowed, "%s %s", o->kind == OPTION_CHOICE ? "are" : "is",
                 o->argument);
    report_usage(form->command, "'%s' cannot be the value of '%s': allowed %s", value, o->name,
                 allowed);
    return OPTIONS_WRONG;
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
    case OPTION_PARSED:
        return o->parse(value, o->target);
    }
    return false;
}

static int name_width(const option *o) {
    return (int)(strlen(o->name) + (o->argument == NULL ? 0 : strlen(o->argument) + 1));
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
    for (const option *o = form->options; o->name != NULL; o++)
        printf("  %s%s%-*s  %s\n", o->name, o->argument == NULL ? "" : " ",
               width - (int)strlen(o->name) - (o->argument == NULL ? 0 : 1),
               o->argument == NULL ? "" : o->argument, o->help);
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
    if (o->kind == OPTION_FLAG && value != NULL) {
        report_usage(form->command, "no value is allowed for '%s'", o->name);
        return OPTIONS_WRONG;
    }
    if (o->kind != OPTION_FLAG && value == NULL) {
        if (*at + 1 == argc) {
            report_usage(form->command, "value missing after '%s'", o->name);
            return OPTIONS_WRONG;
        }
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
        report_usage(form->command, "option '%s' missing", form->options[i].name);
        return OPTIONS_WRONG;
    }
    if (n < wanted) {
        int length;
        const char *word = operand_word(form->operands, n, &length);
        report_usage(form->command, "%.*s missing", length, word);
        return OPTIONS_WRONG;
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
            report_usage(form->command, "nothing more was expected than %s, found '%s'",
                         wanted == 0 ? "options" : form->operands, text);
            return OPTIONS_WRONG;
        }
    }
    return check_complete(form, n, wanted, given);
}
