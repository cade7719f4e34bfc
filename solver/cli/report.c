#define _GNU_SOURCE /* vasprintf */
#include "report.h"
#include "cli.h"
#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

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

static void say_line(const char *format, va_list args) {
    char *line = NULL;
    if (vasprintf(&line, format, args) < 0) line = NULL;
    fputs("plaats: ", stderr);
    print_text(stderr, line == NULL ? "out of memory" : line);
    fputc('\n', stderr);
    free(line);
}

static void report_line(const char *format, ...) {
    va_list args;
    va_start(args, format);
    say_line(format, args);
    va_end(args);
}

int report_usage(const char *command, const char *format, ...) {
    va_list args;
    va_start(args, format);
    say_line(format, args);
    va_end(args);
    fprintf(stderr, "see 'plaats%s%s -h'\n", command == NULL ? "" : " ",
            command == NULL ? "" : command);
    return EXIT_USAGE;
}

/* `place`: a problem at a line and column; else a failure that has no place. */
static void print_json(const char *file, const plaats_error *place, const char *message) {
    fputs("{\"file\":", stderr);
    if (file == NULL)
        fputs("null", stderr);
    else
        print_json_string(stderr, file);
    if (place == NULL) {
        fputs(",\"line\":null,\"column\":null,\"pointer\":null", stderr);
    } else {
        fprintf(stderr, ",\"line\":%ld,\"column\":%ld,\"pointer\":", place->line, place->column);
        print_json_string(stderr, place->pointer);
    }
    fputs(",\"message\":", stderr);
    print_json_string(stderr, message);
    fputs("}\n", stderr);
}

void report_problem(void *context, const plaats_error *problem) {
    reporter *r = context;
    plaats_error placed = *problem;
    /* What concerns the document as a whole stands at its beginning. */
    if (placed.line == 0) placed.line = placed.column = 1;
    r->problems++;
    if (r->form == REPORT_JSON)
        print_json(r->file, &placed, placed.message);
    else
        report_line("%s:%ld:%ld: %s: %s", r->file, placed.line, placed.column, placed.pointer,
                    placed.message);
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
    if (error->status == PLAATS_INPUT) {
        if (r->problems == 0) report_problem(r, error);
    } else if (r->form == REPORT_JSON) {
        print_json(r->file, NULL, error->message);
    } else {
        report_line("%s", error->message);
    }
    return exit_status(error->status);
}

int report_io(const reporter *r, const char *what, const char *file, int error_number) {
    char reason[128], message[4500];
    snprintf(reason, sizeof reason, "%s", strerror(error_number));
    reason[0] = (char)tolower((unsigned char)reason[0]);
    snprintf(message, sizeof message, "could not %s '%s': %s", what, file, reason);
    if (r->form == REPORT_JSON)
        print_json(file, NULL, message);
    else
        report_line("%s", message);
    return EXIT_FAULT;
}

int report_memory(const reporter *r) {
    if (r->form == REPORT_JSON)
        print_json(NULL, NULL, "out of memory");
    else
        fputs("plaats: out of memory\n", stderr);
    return EXIT_FAULT;
}
