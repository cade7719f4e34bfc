/* Escapes, surrogate pairs and UTF-8, one character at a time. */
#include "text/json_string.h"

#include "base/utf8.h"
#include <assert.h>
#include <string.h>

static int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool json_string_hex4(const char *at, const char *end, uint32_t *value) {
    assert(at <= end);
    if (end - at < 4) return false;
    uint32_t sum = 0;
    for (int i = 0; i < 4; i++) {
        int digit = hex_digit(at[i]);
        if (digit < 0) return false;
        sum = sum << 4 | (uint32_t)digit;
    }
    *value = sum;
    return true;
}

/* \uXXXX at `at`, behind the 'u'; two of them where they are a surrogate pair. */
static bool next_unicode(const char **at, const char *end, uint32_t *character) {
    uint32_t high, low;
    if (!json_string_hex4(*at, end, &high)) return false;
    *at += 4;
    *character = high;
    bool is_high = high >= 0xD800 && high <= 0xDBFF;
    if (!is_high || end - *at < 6 || (*at)[0] != '\\' || (*at)[1] != 'u') return true;
    if (!json_string_hex4(*at + 2, end, &low) || low < 0xDC00 || low > 0xDFFF) return true;
    *at += 6;
    *character = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
    return true;
}

/* The escape behind a backslash; false (and *at unmoved) when it is none. */
static bool next_escape(const char **at, const char *end, uint32_t *character) {
    static const char letters[] = "\"\\/bfnrt";
    static const char meanings[] = "\"\\/\b\f\n\r\t";
    if (*at == end || **at == '\0') return false;
    if (**at == 'u') {
        const char *digits = *at + 1;
        if (!next_unicode(&digits, end, character)) return false;
        *at = digits;
        return true;
    }
    const char *letter = strchr(letters, **at);
    if (letter == NULL) return false;
    *character = (unsigned char)meanings[letter - letters];
    (*at)++;
    return true;
}

bool json_string_next(const char **at, const char *end, uint32_t *character) {
    assert(*at <= end);
    if (*at == end || **at == '"') return false;
    if (**at == '\\') {
        (*at)++;
        if (!next_escape(at, end, character)) *character = '\\';
        return true;
    }
    size_t length = utf8_length(*at, (size_t)(end - *at));
    if (length == 0)
        *character = STRING_BAD_BYTE + (unsigned char)**at;
    else
        *character = utf8_decode(*at, length);
    *at += length > 0 ? length : 1;
    return true;
}

size_t json_string_decode(const char *at, const char *end, char *out) {
    size_t size = 0;
    uint32_t character;
    while (json_string_next(&at, end, &character)) {
        if (character >= STRING_BAD_BYTE)
            out[size++] = (char)(character - STRING_BAD_BYTE);
        else
            size += utf8_encode(character, out + size);
    }
    return size;
}
