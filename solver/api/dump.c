/* A solve written down: the instance as it was read, the previous plan, and the options, which are
 * the settings that have a name and the changes of the instance. */
#include "api/dump.h"
#include "base/names.h"
#include "instance/instance.h"
#include "plan/write_parts.h"

#include <stdlib.h>
#include <string.h>

enum { SETTING_ROOM = 400 };

static plaats_status give(const plaats_settings *settings, const char *name, const char *bytes,
                          size_t size, plaats_error *error) {
    if (settings->dump(settings->dump_context, name, bytes, size) == 0) return PLAATS_OK;
    return fail(error, PLAATS_IO, "could not dump '%s'", name);
}

/* What had been spent is no option: a solve that is run again has a clock of its own. */
static void write_settings(json_out *o, const plaats_settings *settings) {
    const plaats_setting *row;
    json_out_object(o, "settings");
    for (size_t i = 0; (row = plaats_setting_at(i)) != NULL; i++) {
        char value[SETTING_ROOM];
        if (strcmp(row->name, "spent_seconds") == 0) continue;
        plaats_settings_get(settings, row->name, value, sizeof value);
        if (row->type == PLAATS_SETTING_CHOICE)
            json_out_string(o, row->name, value);
        else
            json_out_number(o, row->name, value);
    }
    json_out_end(o);
}

static plaats_status write_options(const plaats_instance *in, const plaats_settings *settings,
                                   buffer *to, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    json_out o = {.to = to};
    json_out_object(&o, NULL);
    json_out_string(&o, "format", DUMP_FORMAT);
    json_out_string(&o, "version", names_version());
    json_out_bool(&o, "previous", settings->previous != NULL);
    write_settings(&o, settings);
    TRY(write_changes(&o, in, error));
    json_out_end(&o);
    if (to->failed) TRY(fail_memory(error));
done:
    return st;
}

plaats_status dump_solve(const plaats_instance *instance, const plaats_settings *settings,
                         plaats_error *error) {
    plaats_status st = PLAATS_OK;
    buffer options = {0};
    bool changed = instance->original != NULL;
    if (settings->dump == NULL) return PLAATS_OK;
    TRY(write_options(instance, settings, &options, error));
    TRY(give(settings, "instance.json", changed ? instance->original : instance->text,
             changed ? instance->original_bytes : instance->bytes, error));
    if (settings->previous != NULL)
        TRY(give(settings, "previous.json", settings->previous, settings->previous_size, error));
    TRY(give(settings, "options.json", options.bytes, options.size, error));
done:
    buffer_free(&options);
    return st;
}
