#define _GNU_SOURCE /* open_memstream */
#include "cli.h"
#include "files.h"
#include <stdlib.h>

typedef struct {
    reporter report;
    bool json, strict;
    const char *file; /* where the answer goes; NULL for standard output */
    FILE *problems;   /* with `json`: the objects of the problems so far */
} validation;

/* ---- What is not sound --------------------------------------------------------------------- */

static void take_problem(void *context, const plaats_error *problem) {
    validation *v = context;
    if (v->problems != NULL) {
        fputs(v->report.problems > 0 ? ",\n    " : "\n    ", v->problems);
        print_json_problem(v->problems, &v->report, problem);
    }
    report_problem(&v->report, problem);
}

/* The answer on an instance that was refused: an object too. */
static int write_refusal(validation *v, const char *problems, size_t size) {
    static const char head[] = "{\n  \"format\": \"plaats.review/1\",\n  \"sound\": false,\n"
                               "  \"problems\": [";
    output out;
    int status = output_open(&v->report, v->file, &out);
    if (status != EXIT_DONE) return status;
    output_write(&out, head, sizeof head - 1);
    output_write(&out, problems, size);
    output_write(&out, "\n  ]\n}\n", 7);
    status = output_commit(&v->report, &out);
    return status == EXIT_DONE ? EXIT_INPUT : status;
}

/* Gives an exit status; on EXIT_INPUT the problems have been told, in every form asked for. */
static int read_instance(validation *v, const char *name, plaats_instance **out) {
    plaats_error error;
    file_bytes text;
    char *problems = NULL;
    size_t size = 0;
    v->report.file = name;
    int status = file_read(&v->report, name, &text);
    if (status != EXIT_DONE) return status;
    v->problems = v->json ? open_memstream(&problems, &size) : NULL;
    if (v->json && v->problems == NULL) {
        status = report_memory(&v->report);
    } else if (plaats_instance_read(text.bytes, text.size, take_problem, v, out, &error) !=
               PLAATS_OK) {
        if (error.status == PLAATS_INPUT && v->report.problems == 0) take_problem(v, &error);
        status = report_failure(&v->report, &error);
    }
    free(text.bytes);
    if (v->problems != NULL && fclose(v->problems) != 0) status = report_memory(&v->report);
    if (v->json && status == EXIT_INPUT) status = write_refusal(v, problems, size);
    free(problems);
    return status;
}

/* ---- What is sound ------------------------------------------------------------------------- */

static int review(validation *v, const plaats_instance *instance) {
    output out;
    plaats_error error;
    int64_t notes = 0;
    int status = output_open(&v->report, v->file, &out);
    if (status != EXIT_DONE) return status;
    plaats_form form = v->json ? PLAATS_JSON : PLAATS_TEXT;
    plaats_status reviewed = plaats_instance_review(instance, form, output_write, &out, &error);
    if (reviewed == PLAATS_OK && v->strict)
        reviewed = plaats_instance_notes(instance, &notes, &error);
    status = output_finish(&v->report, &out, reviewed, &error);
    return status == EXIT_DONE && notes > 0 ? EXIT_NO : status;
}

int command_validate(int argc, char **argv) {
    validation v = {0};
    const option options[] = {
        {.name = "--json", .help = "the answer as JSON", .kind = OPTION_FLAG, .target = &v.json},
        {.name = "--strict",
         .help = "exit with 1 if there is any note; the answer is written",
         .kind = OPTION_FLAG,
         .target = &v.strict},
        OPTION_OUTPUT(v.file),
        OPTIONS_REPORT,
        {0},
    };
    const command_form form = {
        .command = "validate",
        .operands = "INSTANCE",
        .about =
            "Says whether an instance is sound: every problem at once, or else what a planner\n"
            "should know of it: beds against people by who may go there, households that fit\n"
            "nowhere and why, and notes on what may be a slip or a surprise.",
        .options = options,
    };
    const char *operands[OPTIONS_MAX_OPERANDS] = {NULL};
    options_result read = options_read(&form, argc, argv, operands);
    if (read != OPTIONS_READY) return read == OPTIONS_HELPED ? EXIT_DONE : EXIT_USAGE;

    plaats_instance *instance = NULL;
    int status = output_apart(&v.report, form.command, v.file, operands, 1);
    if (status == EXIT_DONE) status = read_instance(&v, operands[0], &instance);
    if (status == EXIT_DONE) status = review(&v, instance);
    plaats_instance_free(instance);
    return status;
}
