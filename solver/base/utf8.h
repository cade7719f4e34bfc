/* UTF-8: characters as bytes and back. */
#ifndef PLAATS_BASE_UTF8_H
#define PLAATS_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes (1 to 4) of the well-formed character at `bytes`, of which `left` >= 1 may be read; 0 when
 * it is none: a stray byte, an overlong form, a surrogate, beyond U+10FFFF, or cut off. */
size_t utf8_length(const char *bytes, size_t left);
/* The character of `length` (1 to 4) well-formed bytes. */
uint32_t utf8_decode(const char *bytes, size_t length);
/* Writes a character up to U+10FFFF (surrogates alike); the number of bytes. */
size_t utf8_encode(uint32_t character, char out[4]);
/* False for what cannot be seen or would change how the text around it is shown: control
 * characters, blanks that look like others, marks of writing direction. */
bool utf8_is_plain(uint32_t character);
#define UTF8_SHOWN_BYTES 8
/* Makes the first character of `bytes`, of which `left` >= 1 may be read, fit to be shown: escaped
 * (\u001b) where it is not plain, U+FFFD where it is none. Gives the bytes written to `out`, and
 * those read. */
size_t utf8_show(const char *bytes, size_t left, char out[UTF8_SHOWN_BYTES], size_t *read);
/* The largest cut <= `limit` of `size` bytes that splits no character. */
size_t utf8_cut(const char *bytes, size_t size, size_t limit);

#endif
