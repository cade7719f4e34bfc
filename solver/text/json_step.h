/* Steps through a clean JSON text without building anything: every step finds what the grammar
 * promises. Offsets are bytes from the start. */
#ifndef PLAATS_TEXT_JSON_STEP_H
#define PLAATS_TEXT_JSON_STEP_H

#include <stddef.h>

typedef struct {
    const char *bytes;
    size_t size;
} json_span;

size_t json_step_blanks(const json_span *t, size_t at);
/* From an opening quote to behind the closing one. */
size_t json_step_string(const json_span *t, size_t at);
size_t json_step_value(const json_span *t, size_t at);
/* Behind a value in a container: on to the next one, or to the closing mark. */
size_t json_step_comma(const json_span *t, size_t at);
/* From an opening mark to the first item or the closing mark. */
size_t json_step_inside(const json_span *t, size_t at);
/* From the key of a member to its value. */
size_t json_step_key(const json_span *t, size_t at);

#endif
