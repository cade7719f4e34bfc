#include "cli.h"
#include "files.h"

static int write_model(reporter *r, const plaats_instance *instance, plaats_model_form form,
                       int64_t unplaced, const char *file) {
    output out;
    plaats_error error;
    int status = output_open(r, file, &out);
    if (status != EXIT_DONE) return status;
    plaats_status written = plaats_export(instance, form, unplaced, output_write, &out, &error);
    return output_finish(r, &out, written, &error);
}

int command_export(int argc, char **argv) {
    int model_form = 0;
    int64_t unplaced = -1;
    const char *file = NULL;
    reporter r = {0};
    const option options[] = {
        {.name = "--format",
         .argument = "lp|mps",
         .help = "CPLEX LP, or free MPS",
         .kind = OPTION_CHOICE,
         .target = &model_form,
         .required = true},
        OPTION_OUTPUT(file),
        {.name = "--unplaced",
         .argument = "POINTS",
         .help = "what a person without a bed costs, in place of the instance's own points",
         .kind = OPTION_INTEGER,
         .target = &unplaced,
         .low = 0,
         .high = 1e12},
        OPTIONS_REPORT,
        {0},
    };
    const command_form form = {
        .command = "export",
        .operands = "INSTANCE",
        .about = "Writes the mixed-integer program of an instance for another solver. The points\n"
                 "for people without a bed can be more than the tolerances of that solver bear:\n"
                 "--unplaced sets smaller ones.",
        .options = options,
    };
    const char *operands[OPTIONS_MAX_OPERANDS] = {NULL};
    options_result read = options_read(&form, argc, argv, operands);
    if (read != OPTIONS_READY) return read == OPTIONS_HELPED ? EXIT_DONE : EXIT_USAGE;

    plaats_instance *instance = NULL;
    int status = output_apart(&r, "export", file, operands, 1);
    if (status == EXIT_DONE) status = file_read_instance(&r, operands[0], &instance);
    if (status == EXIT_DONE)
        status =
            write_model(&r, instance, model_form == 0 ? PLAATS_LP : PLAATS_MPS, unplaced, file);
    plaats_instance_free(instance);
    return status;
}
