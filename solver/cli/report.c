#include "report.h"
#include "cli.h"
#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* Lines are written whole, so that those of several processes stay apart. */
enum { ROOM = 1 << 16, LINE_MAX_LENGTH = 6000 };

report_manner report_as;
static char first[LINE_MAX_LENGTH];

/* ---- Manner -------------------------------------------------------------------------------- */

/* `--errors json` or `--errors=json`, at argv[i]. */
static bool asks(char **argv, int i, const char *name, const char *value) {
    size_t length = strlen(name);
    if (strncmp(argv[i], name, length) != 0) return false;
    if (argv[i][length] == '=') return strcmp(argv[i] + length + 1, value) == 0;
    return argv[i][length] == '\0' && argv[i + 1] != NULL && strcmp(argv[i + 1], value) == 0;
}

void report_begin(int argc, char **argv) {
    setvbuf(stderr, NULL, _IOLBF, ROOM);
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        report_as.json = report_as.json || strcmp(argv[i], "--json") == 0 ||
                         asks(argv, i, "--errors", "json") || asks(argv, i, "--progress", "json");
        report_as.quiet = report_as.quiet || strcmp(argv[i], "--quiet") == 0;
    }
}

const char *report_first(void) {
    return *first == '\0' ? NULL : first;
}

void report_forget(void) {
    *first = '\0';
}

/* ---- Text and JSON ------------------------------------------------------------------------- */

void print_text(FILE *to, const char *text) {
    size_t size = plaats_show(text, NULL, 0);
    char *shown = malloc(size + 1);
    if (shown == NULL) return;
    plaats_show(text, shown, size + 1);
    fputs(shown, to);
    free(shown);
}

/* What cannot be shown is escaped the way JSON has it, once quotes and backslashes are. */
void print_json_string(FILE *to, const char *text) {
    char *escaped = malloc(2 * strlen(text) + 1), *end = escaped;
    if (escaped == NULL) return;
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\') *end++ = '\\';
        *end++ = *text;
    }
    *end = '\0';
    fputc('"', to);
    print_text(to, escaped);
    fputc('"', to);
    free(escaped);
}

/* NULL is null. */
static void print_value(FILE *to, const char *text) {
    if (text == NULL)
        fputs("null", to);
    else
        print_json_string(to, text);
}

/* `blank`: "" or " ", behind commas and colons. */
static void print_member(FILE *to, const char *blank, const char *key, const char *text) {
    fprintf(to, ",%s\"%s\":%s", blank, key, blank);
    print_value(to, text);
}

void print_json_member(FILE *to, const char *key, const char *text) {
    print_member(to, "", key, text);
}

static void begin_object(FILE *to, const char *blank, const char *file, const char *scenario) {
    fprintf(to, "{\"file\":%s", blank);
    print_value(to, file);
    if (scenario != NULL) print_member(to, blank, "scenario", scenario);
}

/* `place`: NULL where it has none in a document. */
static void print_object(FILE *to, const char *blank, const char *file, const char *scenario,
                         const plaats_error *place, const char *message) {
    begin_object(to, blank, file, scenario);
    if (place == NULL)
        fprintf(to, ",%s\"line\":%snull,%s\"column\":%snull", blank, blank, blank, blank);
    else
        fprintf(to, ",%s\"line\":%s%ld,%s\"column\":%s%ld", blank, blank, place->line, blank, blank,
                place->column);
    print_member(to, blank, "pointer", place == NULL ? NULL : place->pointer);
    print_member(to, blank, "message", message);
    fputc('}', to);
}

/* What concerns the document as a whole stands at its beginning. */
static plaats_error with_place(const plaats_error *problem) {
    plaats_error placed = *problem;
    if (placed.line == 0) placed.line = placed.column = 1;
    return placed;
}

void print_json_problem(FILE *to, const reporter *r, const plaats_error *problem) {
    plaats_error placed = with_place(problem);
    print_object(to, " ", r->file, r->scenario, &placed, placed.message);
}

/* ---- Both ---------------------------------------------------------------------------------- */

static void say_line(const char *line) {
    fputs("plaats: ", stderr);
    print_text(stderr, line);
    fputc('\n', stderr);
}

/* `place`: a problem at a line and column; else a failure that has no place. */
static void say(const char *file, const char *scenario, const plaats_error *place,
                const char *message) {
    char line[LINE_MAX_LENGTH], where[LINE_MAX_LENGTH - 1500] = "";
    if (place != NULL)
        snprintf(where, sizeof where, "%s:%ld:%ld: %s: ", file, place->line, place->column,
                 place->pointer);
    snprintf(line, sizeof line, "%s%s%s%s%s", where, scenario == NULL ? "" : "scenario '",
             scenario == NULL ? "" : scenario, scenario == NULL ? "" : "': ", message);
    if (*first == '\0') memcpy(first, line, sizeof first);
    if (!report_as.json) {
        say_line(line);
        return;
    }
    print_object(stderr, "", file, scenario, place, message);
    fputc('\n', stderr);
}

void report_problem(void *context, const plaats_error *problem) {
    reporter *r = context;
    plaats_error placed = with_place(problem);
    r->problems++;
    say(r->file, r->scenario, &placed, placed.message);
}

static int exit_status(plaats_status status) {
    switch (status) {
    case PLAATS_OK:
        return EXIT_DONE;
    case PLAATS_USAGE:
        return EXIT_USAGE;
    case PLAATS_INPUT:
        return EXIT_INPUT;
    case PLAATS_STOPPED:
        return EXIT_STOPPED;
    case PLAATS_IO:
    case PLAATS_MEMORY:
    case PLAATS_INTERNAL:
        return EXIT_FAULT;
    }
    return EXIT_FAULT;
}

int report_failure(reporter *r, const plaats_error *error) {
    if (error->status != PLAATS_INPUT)
        say(r->file, r->scenario, NULL, error->message);
    else if (r->problems == 0)
        report_problem(r, error);
    return exit_status(error->status);
}

int report_io(const reporter *r, const char *what, const char *file, int error_number) {
    char reason[128], message[4500];
    snprintf(reason, sizeof reason, "%s", strerror(error_number));
    reason[0] = (char)tolower((unsigned char)reason[0]);
    snprintf(message, sizeof message, "could not %s '%s': %s", what, file, reason);
    say(file, r->scenario, NULL, message);
    return EXIT_FAULT;
}

int report_memory(const reporter *r) {
    say(r->file, r->scenario, NULL, "out of memory");
    return EXIT_FAULT;
}

int report_usage(const char *command, const char *format, ...) {
    char message[4500];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    say(NULL, NULL, NULL, message);
    if (!report_as.json)
        fprintf(stderr, "see 'plaats%s%s -h'\n", command == NULL ? "" : " ",
                command == NULL ? "" : command);
    return EXIT_USAGE;
}

void report_warning(const reporter *r, const char *format, ...) {
    char message[4500];
    va_list args;
    if (report_as.quiet) return;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    if (!report_as.json) {
        char line[LINE_MAX_LENGTH];
        snprintf(line, sizeof line, "warning: %s%s%s", r->file == NULL ? "" : r->file,
                 r->file == NULL ? "" : ": ", message);
        say_line(line);
        return;
    }
    begin_object(stderr, "", r->file, r->scenario);
    print_json_member(stderr, "warning", message);
    fputs("}\n", stderr);
}
