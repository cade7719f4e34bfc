#include "cli.h"
#include "files.h"

static options_result read_options(plaats_generate_settings *s, int64_t *seed, const char **file,
                                   int argc, char **argv) {
    const option options[] = {
        {.name = "--people",
         .argument = "N",
         .help = "persons",
         .kind = OPTION_INTEGER,
         .target = &s->people,
         .low = 1,
         .high = 1000000,
         .required = true},
        {.name = "--sites",
         .argument = "N",
         .help = "reception locations",
         .kind = OPTION_INTEGER,
         .target = &s->sites,
         .low = 1,
         .high = 5000,
         .required = true},
        {.name = "--weeks",
         .argument = "T",
         .help = "planned weeks (1)",
         .kind = OPTION_INTEGER,
         .target = &s->weeks,
         .low = 1,
         .high = 26},
        {.name = "--fill",
         .argument = "F",
         .help = "people for each usable bed (0.95)",
         .kind = OPTION_NUMBER,
         .target = &s->people_per_bed,
         .low = 0.01,
         .high = 10},
        {.name = "--settled",
         .argument = "SHARE",
         .help = "of the people who live at a site already, 0 to 1 (0.9)",
         .kind = OPTION_NUMBER,
         .target = &s->settled,
         .low = 0,
         .high = 1},
        {.name = "--seed",
         .argument = "S",
         .help = "another seed, another instance (1)",
         .kind = OPTION_INTEGER,
         .target = seed,
         .low = 0,
         .high = 1e15},
        OPTION_OUTPUT(*file),
        OPTIONS_REPORT,
        {0},
    };
    const command_form form = {
        .command = "generate",
        .operands = "",
        .about = "Writes a synthetic instance of realistic shape. The same options give the same\n"
                 "bytes on every machine.",
        .options = options,
    };
    return options_read(&form, argc, argv, NULL);
}

int command_generate(int argc, char **argv) {
    plaats_generate_settings settings;
    plaats_error error;
    output out;
    const char *file = NULL;
    reporter r = {0};
    plaats_generate_default(&settings);
    int64_t seed = (int64_t)settings.seed;
    options_result read = read_options(&settings, &seed, &file, argc, argv);
    if (read != OPTIONS_READY) return read == OPTIONS_HELPED ? EXIT_DONE : EXIT_USAGE;
    settings.seed = (uint64_t)seed;

    int status = output_open(&r, file, &out);
    if (status != EXIT_DONE) return status;
    plaats_status written = plaats_generate(&settings, output_write, &out, &error);
    return output_finish(&r, &out, written, &error);
}
