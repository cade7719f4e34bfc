/* One value of a JSON text replaced, added or removed, everything else left as it stands. */
#ifndef PLAATS_TEXT_JSON_SET_H
#define PLAATS_TEXT_JSON_SET_H

#include "base/buffer.h"
#include "base/status.h"

/* Writes `bytes`, clean JSON, to `out` with `value` (JSON) where `pointer` (RFC 6901) points: in
 * place of what stands there, or as a new member of an object, or at the end of an array ("-").
 * Objects on the way that are absent are made. An element may be named by its member `id`: "@azc"
 * is the first that has the id "azc"; in objects "@azc" is a key as any other. With NULL as the
 * value, what stands there is removed. PLAATS_INPUT, with the pointer in `error`, when it leads
 * nowhere or `value` is no JSON. */
plaats_status json_set(const char *bytes, size_t size, const char *pointer, const char *value,
                       buffer *out, plaats_error *error);

#endif
