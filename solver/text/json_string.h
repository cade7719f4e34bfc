/* The characters of a JSON string as it stands in the text. */
#ifndef PLAATS_TEXT_JSON_STRING_H
#define PLAATS_TEXT_JSON_STRING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What json_string_next gives for a byte that is no UTF-8: this plus the byte. */
#define STRING_BAD_BYTE UINT32_C(0x110000)

/* Reads four hexadecimal digits; false when there are no such four before `end`. */
bool json_string_hex4(const char *at, const char *end, uint32_t *value);

/* Reads one character, escapes undone, from *at (behind the opening quote), and moves on; false at
 * the closing quote or the end. A lone surrogate comes as it is, and a backslash that begins no
 * sound escape stands for itself: also strings with problems can be shown and compared. */
bool json_string_next(const char **at, const char *end, uint32_t *character);

/* Undoes the escapes of a string. `out` has room for as many bytes as the text has; the number
 * that were written. Bad bytes stay as they are. */
size_t json_string_decode(const char *at, const char *end, char *out);

#endif
