/* Formats conversion by conversion: printf's own for numbers, ours for texts. */
#include "text/message.h"

#include "base/utf8.h"
#include <assert.h>
#include <stdint.h>
#include <string.h>

enum { QUOTED_BYTES = 64, TEXT_BYTES = 512 };

/* One conversion of a format: "%-5ld" has letter 'd', length 'l'. */
typedef struct {
    char text[16]; /* as it stands in the format */
    char letter;
    char length; /* 'l', 'L' for ll, 'z', 'j' or 0 */
    bool star;   /* ".*": the precision is an argument */
} conversion;

void message_add_text(buffer *b, const char *text, size_t size, size_t limit) {
    assert(text != NULL || size == 0);
    size_t shown = utf8_cut(text, size, limit);
    for (size_t at = 0, read; at < shown; at += read) {
        char character[UTF8_SHOWN_BYTES];
        buffer_add(b, character, utf8_show(text + at, shown - at, character, &read));
    }
    if (shown < size) buffer_text(b, "...");
}

/* Reads the conversion that begins at `format` (a '%'); returns what follows it. */
static const char *read_conversion(const char *format, conversion *c) {
    const char *end = format + 1 + strspn(format + 1, "-+ #0123456789.*");
    memset(c, 0, sizeof *c);
    c->star = memchr(format, '*', (size_t)(end - format)) != NULL;
    for (; *end != '\0' && strchr("lzj", *end) != NULL; end++)
        c->length = c->length == 'l' ? 'L' : *end;
    assert(*end != '\0');
    c->letter = *end++;
    assert((size_t)(end - format) < sizeof c->text);
    memcpy(c->text, format, (size_t)(end - format));
    return end;
}

static void add_integer(buffer *b, const conversion *c, va_list *args) {
    if (c->length == 0) buffer_format(b, c->text, va_arg(*args, int));
    if (c->length == 'l') buffer_format(b, c->text, va_arg(*args, long));
    if (c->length == 'L') buffer_format(b, c->text, va_arg(*args, long long));
    if (c->length == 'z') buffer_format(b, c->text, va_arg(*args, size_t));
    if (c->length == 'j') buffer_format(b, c->text, va_arg(*args, intmax_t));
}

static void add_string(buffer *b, const conversion *c, bool quoted, va_list *args) {
    size_t most = SIZE_MAX;
    if (c->star) most = (size_t)va_arg(*args, int);
    const char *text = va_arg(*args, const char *);
    /* Without a star the text ends with a NUL; with one it may lack it. */
    size_t size = c->star ? strnlen(text, most) : strlen(text);
    message_add_text(b, text, size, quoted ? QUOTED_BYTES : TEXT_BYTES);
}

static void add_converted(buffer *b, const conversion *c, bool quoted, va_list *args) {
    switch (c->letter) {
    case '%':
        buffer_text(b, "%");
        break;
    case 's':
        add_string(b, c, quoted, args);
        break;
    case 'f':
    case 'g':
        buffer_format(b, c->text, va_arg(*args, double));
        break;
    default:
        assert(strchr("diuxXc", c->letter) != NULL);
        add_integer(b, c, args);
    }
}

void message_add(buffer *b, const char *format, va_list *args) {
    assert(format != NULL);
    const char *at = format;
    while (*at != '\0') {
        size_t plain = strcspn(at, "%");
        buffer_add(b, at, plain);
        at += plain;
        if (*at == '\0') break;
        bool quoted = at > format && at[-1] == '\'';
        conversion c;
        at = read_conversion(at, &c);
        add_converted(b, &c, quoted, args);
    }
}

void message_format(buffer *b, const char *format, ...) {
    va_list args;
    va_start(args, format);
    message_add(b, format, &args);
    va_end(args);
}
