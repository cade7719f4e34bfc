#include "report.h"
#include "cli.h"
#include <ctype.h>
#include <string.h>

void print_json_string(FILE *to, const char *text) {
    fputc('"', to);
    for (const unsigned char *c = (const unsigned char *)text; *c != '\0'; c++) {
        if (*c == '"' || *c == '\\')
            fprintf(to, "\\%c", *c);
        else if (*c < 0x20)
            fprintf(to, "\\u%04x", *c);
        else
            fputc(*c, to);
    }
    fputc('"', to);
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
        fprintf(stderr, "plaats: %s:%ld:%ld: %s: %s\n", r->file, placed.line, placed.column,
                placed.pointer, placed.message);
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
        fprintf(stderr, "plaats: %s\n", error->message);
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
        fprintf(stderr, "plaats: %s\n", message);
    return EXIT_FAULT;
}

int report_memory(const reporter *r) {
    if (r->form == REPORT_JSON)
        print_json(NULL, NULL, "out of memory");
    else
        fputs("plaats: out of memory\n", stderr);
    return EXIT_FAULT;
}
