/* Settings by name. What can be set, from where to where, and what it is by itself is said in one
 * table; setting, listing, judging and the defaults go by it, as do the options of the program. */
#include "api/settings.h"
#include "text/json_in.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_DIGITS = 400,   /* the largest double has 309 before the point */
    MOST_DECIMALS = 20,  /* that a double is written with */
    LONGEST_RANGE = 200, /* bytes that say what is allowed */
    LONGEST_VALUE = 60   /* bytes of a wrong value that are shown */
};

typedef struct {
    plaats_setting row;
    size_t at; /* of the member, in plaats_settings */
} setting;

#define NUMBER(member, of_unit, from, to, by_itself, says)                                         \
    {                                                                                              \
        .row = {.name = #member,                                                                   \
                .type = PLAATS_SETTING_NUMBER,                                                     \
                .unit = (of_unit),                                                                 \
                .low = (from),                                                                     \
                .high = (to),                                                                      \
                .standard = (by_itself),                                                           \
                .help = (says)},                                                                   \
        .at = offsetof(plaats_settings, member)                                                    \
    }
#define INTEGER(member, of_unit, from, to, by_itself, zero, says)                                  \
    {                                                                                              \
        .row = {.name = #member,                                                                   \
                .type = PLAATS_SETTING_INTEGER,                                                    \
                .unit = (of_unit),                                                                 \
                .low = (from),                                                                     \
                .high = (to),                                                                      \
                .nothing = (zero),                                                                 \
                .standard = (by_itself),                                                           \
                .help = (says)},                                                                   \
        .at = offsetof(plaats_settings, member)                                                    \
    }
#define CHOICE(member, among, by_itself, says)                                                     \
    {                                                                                              \
        .row = {.name = #member,                                                                   \
                .type = PLAATS_SETTING_CHOICE,                                                     \
                .unit = "",                                                                        \
                .standard = (by_itself),                                                           \
                .words = (among),                                                                  \
                .help = (says)},                                                                   \
        .at = offsetof(plaats_settings, member)                                                    \
    }

/* In the order of plaats_settings. Ends of ranges are exact as doubles, or nearly nothing. */
static const setting table[] = {
    CHOICE(method, "auto|glpk", "auto", "glpk: the whole program in one call of GLPK"),
    NUMBER(time_limit, "seconds", 0.000001, 1e9, "60",
           "end with the best plan so far after this long"),
    NUMBER(spent_seconds, "seconds", 0, 1e9, "0",
           "passed before the call, and part of the time limit"),
    NUMBER(gap_percent, "percent", 0, 1e18, "0", "end when so close to the best possible"),
    INTEGER(gap_points, "points", 0, 9e18, "0", NULL, "end when so close to the best possible"),
    INTEGER(work, "million steps", 1, 1e12, "0", "no limit",
            "end after so many million steps, on any machine the same"),
    INTEGER(threads, "threads", 1, 1024, "0", "all",
            "how many may work at once; the plan is the same for any number"),
    INTEGER(keep_points, "points", 0, 1e12, "0", NULL,
            "for each person not where the previous plan has them"),
};
enum { SETTINGS = sizeof table / sizeof *table };

/* ---- The table ----------------------------------------------------------------------------- */

const plaats_setting *plaats_setting_at(size_t i) {
    return i < SETTINGS ? &table[i].row : NULL;
}

static const setting *find(const char *name) {
    for (size_t i = 0; i < SETTINGS; i++)
        if (strcmp(table[i].row.name, name) == 0) return &table[i];
    return NULL;
}

const plaats_setting *plaats_setting_named(const char *name) {
    assert(name != NULL);
    const setting *s = find(name);
    return s == NULL ? NULL : &s->row;
}

static const char *name_at(const void *context, size_t i) {
    (void)context;
    return table[i].row.name;
}

static plaats_status unknown_name(const char *name, plaats_error *error) {
    char shown[LONGEST_VALUE];
    const char *nearest = nearest_name(name, SETTINGS, name_at, NULL);
    plaats_show(name, shown, sizeof shown);
    if (nearest == NULL) return fail(error, PLAATS_USAGE, "unknown setting '%s'", shown);
    return fail(error, PLAATS_USAGE, "unknown setting '%s', perhaps '%s' was meant", shown,
                nearest);
}

/* ---- Numbers as texts ---------------------------------------------------------------------- */

/* Digits with at most one point. strtod reads the decimal point of the caller's locale. */
static bool parse_number(const char *text, double *out) {
    char local[MOST_DIGITS];
    size_t whole = strspn(text, "0123456789"), rest = 0;
    if (text[whole] == '.') rest = strspn(text + whole + 1, "0123456789") + 1;
    if (whole == 0 || rest == 1 || text[whole + rest] != '\0') return false;
    int length =
        snprintf(local, sizeof local, "%.*s%s%s", (int)whole, text,
                 rest == 0 ? "" : localeconv()->decimal_point, rest == 0 ? "" : text + whole + 1);
    if (length < 0 || (size_t)length >= sizeof local) return false;
    *out = strtod(local, NULL);
    return isfinite(*out);
}

static bool parse_integer(const char *text, int64_t *out) {
    const char *digits = *text == '-' ? text + 1 : text;
    if (*digits == '\0' || digits[strspn(digits, "0123456789")] != '\0') return false;
    errno = 0;
    *out = strtoll(text, NULL, 10);
    return errno == 0;
}

/* With a point, whatever the locale, and no more decimals than it takes to read it again. */
static void format_number(double value, char out[MOST_DIGITS]) {
    double again;
    snprintf(out, MOST_DIGITS, "%g", value);
    if (!isfinite(value)) return;
    for (int decimals = 0; decimals <= MOST_DECIMALS; decimals++) {
        snprintf(out, MOST_DIGITS, "%.*f", decimals, value);
        size_t whole = strspn(out, "-0123456789");
        if (decimals > 0) {
            memmove(out + whole + 1, out + strlen(out) - decimals, (size_t)decimals + 1);
            out[whole] = '.';
        }
        if (parse_number(out, &again) && again == value) return;
    }
}

/* ---- One setting --------------------------------------------------------------------------- */

/* Position of a word among those of "auto|glpk"; -1: it is none of them. */
static int find_word(const char *words, const char *word) {
    size_t length = strlen(word);
    for (int i = 0; length > 0; i++) {
        size_t here = strcspn(words, "|");
        if (here == length && strncmp(words, word, length) == 0) return i;
        if (words[here] == '\0') break;
        words += here + 1;
    }
    return -1;
}

static int count_words(const char *words) {
    int n = 1;
    for (; *words != '\0'; words++) n += *words == '|';
    return n;
}

static bool in_range(const plaats_setting *row, double value) {
    if (row->nothing != NULL && value == 0) return true;
    return value >= row->low && value <= row->high; /* false for what is no number */
}

/* No range goes so far that an integer outside could be rounded into it. */
static bool is_allowed(const setting *s, const plaats_settings *settings) {
    const void *value = (const char *)settings + s->at;
    if (s->row.type == PLAATS_SETTING_NUMBER) return in_range(&s->row, *(const double *)value);
    if (s->row.type == PLAATS_SETTING_INTEGER)
        return in_range(&s->row, (double)*(const int64_t *)value);
    int word = (int)*(const plaats_method *)value;
    return word >= 0 && word < count_words(s->row.words);
}

static plaats_status refuse(const plaats_setting *row, const char *value, plaats_error *error) {
    char low[MOST_DIGITS], high[MOST_DIGITS], allowed[LONGEST_RANGE];
    format_number(row->low, low);
    format_number(row->high, high);
    if (row->type == PLAATS_SETTING_CHOICE)
        snprintf(allowed, sizeof allowed, "%s", row->words);
    else
        snprintf(allowed, sizeof allowed, "%snumbers from %.30s to %.30s%s%s%s%s",
                 row->type == PLAATS_SETTING_INTEGER ? "whole " : "", low, high,
                 *row->unit == '\0' ? "" : " ", row->unit,
                 row->nothing == NULL ? "" : ", and 0: ", row->nothing == NULL ? "" : row->nothing);
    char shown[LONGEST_VALUE];
    plaats_show(value, shown, sizeof shown);
    return fail(error, PLAATS_USAGE, "'%s' cannot be the value of '%s': allowed are %s", shown,
                row->name, allowed);
}

static bool take(const setting *s, const char *text, plaats_settings *settings) {
    void *value = (char *)settings + s->at;
    if (s->row.type == PLAATS_SETTING_NUMBER) return parse_number(text, value);
    if (s->row.type == PLAATS_SETTING_INTEGER) return parse_integer(text, value);
    int word = find_word(s->row.words, text);
    if (word >= 0) *(plaats_method *)value = (plaats_method)word;
    return word >= 0;
}

plaats_status plaats_settings_set(plaats_settings *settings, const char *name, const char *value,
                                  plaats_error *error) {
    assert(settings != NULL && name != NULL && value != NULL);
    plaats_settings changed = *settings;
    const setting *s = find(name);
    if (s == NULL) return unknown_name(name, error);
    if (!take(s, value, &changed) || !is_allowed(s, &changed)) return refuse(&s->row, value, error);
    *settings = changed;
    return PLAATS_OK;
}

static void format_value(const setting *s, const plaats_settings *settings, char out[MOST_DIGITS]) {
    const void *value = (const char *)settings + s->at;
    if (s->row.type == PLAATS_SETTING_NUMBER) {
        format_number(*(const double *)value, out);
    } else if (s->row.type == PLAATS_SETTING_INTEGER) {
        snprintf(out, MOST_DIGITS, "%" PRId64, *(const int64_t *)value);
    } else {
        const char *word = s->row.words;
        for (int i = (int)*(const plaats_method *)value; i > 0 && strchr(word, '|') != NULL; i--)
            word = strchr(word, '|') + 1;
        snprintf(out, MOST_DIGITS, "%.*s", (int)strcspn(word, "|"), word);
    }
}

size_t plaats_settings_get(const plaats_settings *settings, const char *name, char *out,
                           size_t room) {
    char text[MOST_DIGITS];
    assert(settings != NULL && name != NULL && (out != NULL || room == 0));
    const setting *s = find(name);
    if (room > 0) *out = '\0';
    if (s == NULL) return 0;
    format_value(s, settings, text);
    return (size_t)snprintf(out, room, "%s", text);
}

/* ---- All of them --------------------------------------------------------------------------- */

void plaats_settings_default(plaats_settings *settings) {
    assert(settings != NULL);
    memset(settings, 0, sizeof *settings);
    for (size_t i = 0; i < SETTINGS; i++) {
        bool taken = take(&table[i], table[i].row.standard, settings);
        assert(taken);
        (void)taken;
    }
}

plaats_status settings_judge(const plaats_settings *settings, plaats_error *error) {
    assert(settings != NULL);
    for (size_t i = 0; i < SETTINGS; i++) {
        char value[MOST_DIGITS];
        if (is_allowed(&table[i], settings)) continue;
        if (table[i].row.type == PLAATS_SETTING_CHOICE)
            return fail(error, PLAATS_USAGE, "unknown %s %d", table[i].row.name,
                        (int)settings->method);
        format_value(&table[i], settings, value);
        return refuse(&table[i].row, value, error);
    }
    if (settings->keep_points > 0 && settings->previous == NULL)
        return fail(error, PLAATS_USAGE, "points to keep, and no previous plan to keep to");
    return PLAATS_OK;
}
