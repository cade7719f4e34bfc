/* UTF-8 as RFC 3629 has it. */
#include "base/utf8.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

static bool is_continuation(unsigned char byte) {
    return (byte & 0xC0) == 0x80;
}

/* The length a first byte promises; 0 for a byte that begins nothing. */
static size_t promised_length(unsigned char first) {
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return 2;
    if (first >= 0xE0 && first <= 0xEF) return 3;
    if (first >= 0xF0 && first <= 0xF4) return 4;
    return 0;
}

/* Overlong forms, surrogates and what lies beyond U+10FFFF all show in the second byte. */
static bool second_is_sound(unsigned char first, unsigned char second) {
    switch (first) {
    case 0xE0:
        return second >= 0xA0;
    case 0xED:
        return second <= 0x9F;
    case 0xF0:
        return second >= 0x90;
    case 0xF4:
        return second <= 0x8F;
    default:
        return true;
    }
}

size_t utf8_length(const char *bytes, size_t left) {
    assert(bytes != NULL && left >= 1);
    const unsigned char *b = (const unsigned char *)bytes;
    size_t length = promised_length(b[0]);
    if (length > left) return 0;
    for (size_t i = 1; i < length; i++)
        if (!is_continuation(b[i])) return 0;
    if (length > 1 && !second_is_sound(b[0], b[1])) return 0;
    return length;
}

uint32_t utf8_decode(const char *bytes, size_t length) {
    static const unsigned char first_bits[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    assert(bytes != NULL && length >= 1 && length <= 4);
    const unsigned char *b = (const unsigned char *)bytes;
    uint32_t character = b[0] & first_bits[length];
    for (size_t i = 1; i < length; i++) character = character << 6 | (b[i] & 0x3FU);
    return character;
}

size_t utf8_encode(uint32_t character, char out[4]) {
    static const unsigned char first_mark[] = {0, 0, 0xC0, 0xE0, 0xF0};
    assert(character <= 0x10FFFF);
    if (character < 0x80) {
        out[0] = (char)character;
        return 1;
    }
    size_t length = character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (character & 0x3F));
        character >>= 6;
    }
    out[0] = (char)(first_mark[length] | character);
    return length;
}

bool utf8_is_plain(uint32_t character) {
    static const struct {
        uint32_t first, last;
    } hidden[] = {{0, 0x1F},        {0x7F, 0xA0},     {0xAD, 0xAD},     {0x61C, 0x61C},
                  {0x200B, 0x200F}, {0x2028, 0x202E}, {0x2060, 0x206F}, {0xFEFF, 0xFEFF}};
    for (size_t i = 0; i < sizeof hidden / sizeof hidden[0]; i++)
        if (character >= hidden[i].first && character <= hidden[i].last) return false;
    return true;
}

size_t utf8_show(const char *bytes, size_t left, char out[UTF8_SHOWN_BYTES], size_t *read) {
    static const char replacement[] = "\xEF\xBF\xBD"; /* U+FFFD */
    size_t length = utf8_length(bytes, left);
    uint32_t character = length > 0 ? utf8_decode(bytes, length) : 0;
    *read = length > 0 ? length : 1;
    if (length > 0 && !utf8_is_plain(character))
        return (size_t)snprintf(out, UTF8_SHOWN_BYTES, "\\u%04x", (unsigned)character & 0xFFFF);
    const char *shown = length > 0 ? bytes : replacement;
    size_t size = length > 0 ? length : sizeof replacement - 1;
    assert(size <= UTF8_SHOWN_BYTES);
    memcpy(out, shown, size);
    return size;
}

size_t utf8_cut(const char *bytes, size_t size, size_t limit) {
    assert(bytes != NULL || size == 0);
    if (size <= limit) return size;
    while (limit > 0 && is_continuation((unsigned char)bytes[limit])) limit--;
    return limit;
}
