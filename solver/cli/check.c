#include "cli.h"
#include "files.h"
#include <stdlib.h>
#include <string.h>

static int judge(reporter *r, const plaats_instance *instance, const file_bytes *plan,
                 plaats_form form, const char *file) {
    output out;
    plaats_error error;
    bool accepted = false;
    int status = output_open(r, file, &out);
    if (status != EXIT_DONE) return status;
    plaats_status judged = plaats_check(instance, plan->bytes, plan->size, form, output_write, &out,
                                        report_problem, r, &accepted, &error);
    status = output_finish(r, &out, judged, &error);
    return status == EXIT_DONE && !accepted ? EXIT_NO : status;
}

static int check(reporter *r, const char *instance_file, const char *plan_file, plaats_form form,
                 const char *file) {
    plaats_instance *instance = NULL;
    file_bytes plan = {NULL, 0};
    int status = file_read_instance(r, instance_file, &instance);
    if (status == EXIT_DONE) status = file_read(r, plan_file, &plan);
    if (status == EXIT_DONE) {
        r->file = plan_file;
        status = judge(r, instance, &plan, form, file);
    }
    plaats_instance_free(instance);
    free(plan.bytes);
    return status;
}

int command_check(int argc, char **argv) {
    bool json = false;
    const char *file = NULL;
    reporter r = {0};
    const option options[] = {
        {.name = "--json", .help = "the answer as JSON", .kind = OPTION_FLAG, .target = &json},
        OPTION_OUTPUT(file),
        OPTIONS_REPORT,
        {0},
    };
    const command_form form = {
        .command = "check",
        .operands = "INSTANCE PLAN",
        .about = "Says whether a plan obeys every rule, costs what it says, and what its proof\n"
                 "proves, computed again apart from the solver. A plan made by hand needs only\n"
                 "'stays'. The exit status is 0 for yes and 1 for no.",
        .options = options,
    };
    const char *operands[OPTIONS_MAX_OPERANDS] = {NULL};
    options_result read = options_read(&form, argc, argv, operands);
    if (read != OPTIONS_READY) return read == OPTIONS_HELPED ? EXIT_DONE : EXIT_USAGE;
    if (strcmp(operands[0], "-") == 0 && strcmp(operands[1], "-") == 0)
        return report_usage(form.command, "only one of INSTANCE and PLAN can be standard input");
    int status = output_apart(&r, form.command, file, operands, 2);
    if (status != EXIT_DONE) return status;
    return check(&r, operands[0], operands[1], json ? PLAATS_JSON : PLAATS_TEXT, file);
}
