/* The changes that made the scenario which a plan answers. */
#include "plan/write_parts.h"
#include "text/json_copy.h"

#include <string.h>

static plaats_status write_value(json_out *o, const char *text, plaats_error *error) {
    json_document *value = NULL;
    plaats_status st = json_read(text, strlen(text), &value, error);
    if (st == PLAATS_OK) json_copy(value, o, "value", json_root(value));
    json_free(value);
    return st;
}

static plaats_status write_change(json_out *o, const plaats_change *change, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    json_out_object_row(o, NULL);
    json_out_string(o, "pointer", change->pointer);
    if (change->value == NULL)
        json_out_bool(o, "remove", true);
    else
        st = write_value(o, change->value, error);
    if (change->because != NULL) json_out_string(o, "because", change->because);
    json_out_end(o);
    return st;
}

plaats_status write_changes(json_out *o, const plaats_instance *in, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    json_out_array(o, "changes");
    for (int i = 0; i < in->n_changes && st == PLAATS_OK; i++)
        st = write_change(o, &in->changes[i], error);
    json_out_end(o);
    return st;
}
