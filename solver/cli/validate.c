#include "cli.h"
#include "files.h"

static int review(reporter *r, const plaats_instance *instance, plaats_form form,
                  const char *file) {
    output out;
    plaats_error error;
    int status = output_open(r, file, &out);
    if (status != EXIT_DONE) return status;
    plaats_status reviewed = plaats_instance_review(instance, form, output_write, &out, &error);
    return output_finish(r, &out, reviewed, &error);
}

int command_validate(int argc, char **argv) {
    bool json = false;
    const char *file = NULL;
    reporter r = {.form = REPORT_TEXT};
    const option options[] = {
        {.name = "--json", .help = "the answer as JSON", .kind = OPTION_FLAG, .target = &json},
        OPTION_OUTPUT(file),
        OPTION_ERRORS(&r),
        {0},
    };
    const command_form form = {
        .command = "validate",
        .operands = "INSTANCE",
        .about =
            "Says whether an instance is sound: every problem at once, or else what a planner\n"
            "should know of it: beds against people, households that fit nowhere and why.",
        .options = options,
    };
    const char *operands[OPTIONS_MAX_OPERANDS] = {NULL};
    options_result read = options_read(&form, argc, argv, operands);
    if (read != OPTIONS_READY) return read == OPTIONS_HELPED ? EXIT_DONE : EXIT_USAGE;

    plaats_instance *instance = NULL;
    int status = output_apart(&r, "validate", file, operands, 1);
    if (status == EXIT_DONE) status = file_read_instance(&r, operands[0], &instance);
    if (status == EXIT_DONE) status = review(&r, instance, json ? PLAATS_JSON : PLAATS_TEXT, file);
    plaats_instance_free(instance);
    return status;
}
