/* Messages that quote what somebody else wrote. */
#ifndef PLAATS_TEXT_MESSAGE_H
#define PLAATS_TEXT_MESSAGE_H

#include "base/buffer.h"
#include <stdarg.h>

/* Adds a text as printf would, with conversions d i u x X c f g s and % alone. Texts are made fit
 * to be shown: what cannot be seen is escaped (\u001b), bytes that are no UTF-8 become U+FFFD, and
 * what stands in quotes ('%s') is cut to 64 bytes with "..." behind, any other text to 512. */
void message_add(buffer *b, const char *format, va_list *args);
void message_format(buffer *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Adds `size` bytes of somebody's text made fit to be shown, cut to `limit` bytes. */
void message_add_text(buffer *b, const char *text, size_t size, size_t limit);

#endif
