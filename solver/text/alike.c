/* Texts through ICU: without what cannot be seen (NFKC, case folding, the skeletons of UTS 39), and
 * keys for ASCII without it. */
#include "text/alike.h"

#include <assert.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uspoof.h>
#include <unicode/ustring.h>

/* One character of a text of ALIKE_LONGEST bytes grows to 18 at most when it is normalized, and
 * each of these to a few by its looks. What does not fit, as longer texts may not, is not compared.
 */
enum { ROOM = ALIKE_LONGEST * 18 * 4 };

typedef struct {
    int32_t n;
    UChar at[ROOM];
} characters;

/* ---- Keys ---------------------------------------------------------------------------------- */

/* FNV-1a over 16-bit units. */
static const uint64_t HASH_START = 14695981039346656037u;
static uint64_t hash_unit(uint64_t hash, uint16_t unit) {
    return (hash ^ unit) * 1099511628211u;
}

static uint64_t hash_all(const characters *c) {
    uint64_t hash = HASH_START;
    for (int32_t i = 0; i < c->n; i++) hash = hash_unit(hash, c->at[i]);
    return hash;
}

static bool is_ascii(const char *text) {
    for (; *text != '\0'; text++)
        if ((unsigned char)*text >= 0x80) return false;
    return true;
}

static unsigned char lower(unsigned char c) {
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

/* What an ASCII character looks like to ICU, in one case, as `looks` makes it; a test holds the
 * two together. Writes at most three units. */
static int ascii_looks(unsigned char c, uint16_t out[3]) {
    switch (c) {
    case '%':
        out[0] = 0xBA, out[1] = '/', out[2] = 0x2080;
        return 3;
    case 'm':
    case 'M':
        out[0] = 'r', out[1] = 'n';
        return 2;
    case '"':
        out[0] = out[1] = '\'';
        return 2;
    case '`':
        out[0] = '\'';
        return 1;
    case '1':
    case 'I':
    case '|':
        out[0] = 'l';
        return 1;
    case '0':
        out[0] = 'o';
        return 1;
    case 'L':
        out[0] = 'L';
        return 1;
    default:
        out[0] = lower(c);
        return 1;
    }
}

/* Most ids are ASCII, and there may be a million. */
static void ascii_keys(const char *text, uint64_t key[ALIKE_KEYS]) {
    uint16_t looks[3];
    key[0] = key[1] = HASH_START;
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == ' ') continue;
        key[0] = hash_unit(key[0], lower(c));
        int n = ascii_looks(c, looks);
        for (int i = 0; i < n; i++) key[1] = hash_unit(key[1], looks[i]);
    }
}

/* ---- ICU ----------------------------------------------------------------------------------- */

static plaats_status icu_failed(UErrorCode code, plaats_error *error) {
    if (code == U_MEMORY_ALLOCATION_ERROR) return fail_memory(error);
    return fail(error, PLAATS_INTERNAL, "ICU failed: %s", u_errorName(code));
}

static plaats_status open_icu(alike *a, plaats_error *error) {
    UErrorCode code = U_ZERO_ERROR;
    if (a->checker != NULL) return PLAATS_OK;
    a->checker = uspoof_open(&code);
    return U_FAILURE(code) ? icu_failed(code, error) : PLAATS_OK;
}

/* The text without what cannot be seen. */
static void seen(const char *text, characters *out, UErrorCode *code) {
    UChar units[ROOM];
    int32_t n = 0;
    u_strFromUTF8(units, ROOM, &n, text, -1, code);
    out->n = 0;
    for (int32_t i = 0; U_SUCCESS(*code) && i < n;) {
        UChar32 c;
        int32_t first = i;
        U16_NEXT(units, i, n, c);
        if (u_isUWhiteSpace(c) || u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT))
            continue;
        while (first < i) out->at[out->n++] = units[first++];
    }
}

static void normalize(const UNormalizer2 *form, const characters *from, characters *out,
                      UErrorCode *code) {
    out->n = unorm2_normalize(form, from->at, from->n, out->at, ROOM, code);
}

/* What it looks like, in one case. A capital L stays: it looks like no 1. An m may be an rn. */
static void looks(const alike *a, const characters *from, characters *out, UErrorCode *code) {
    characters skeleton;
    skeleton.n = uspoof_getSkeleton(a->checker, 0, from->at, from->n, skeleton.at, ROOM, code);
    out->n = 0;
    for (int32_t i = 0; U_SUCCESS(*code) && i < skeleton.n;) {
        UChar32 c;
        U16_NEXT(skeleton.at, i, skeleton.n, c);
        if (c != 'L') c = u_foldCase(c, U_FOLD_CASE_DEFAULT);
        UBool full = out->n + 2 > ROOM;
        if (full) {
            *code = U_BUFFER_OVERFLOW_ERROR;
        } else if (c == 'm') {
            out->at[out->n++] = 'r';
            out->at[out->n++] = 'n';
        } else {
            U16_APPEND(out->at, out->n, ROOM, c, full);
        }
    }
}

/* The text after each step from the smallest slip to the largest. */
typedef struct {
    bool fits; /* else there is nothing to compare */
    characters form[ALIKE_NOT];
} forms;

static plaats_status make_forms(alike *a, const char *text, forms *out, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    UErrorCode code = U_ZERO_ERROR;
    TRY(open_icu(a, error));
    const UNormalizer2 *nfkc = unorm2_getNFKCInstance(&code);
    const UNormalizer2 *folded = unorm2_getNFKCCasefoldInstance(&code);
    seen(text, &out->form[ALIKE_BLANKS], &code);
    normalize(nfkc, &out->form[ALIKE_BLANKS], &out->form[ALIKE_NORMAL_FORM], &code);
    normalize(folded, &out->form[ALIKE_BLANKS], &out->form[ALIKE_CASE], &code);
    looks(a, &out->form[ALIKE_NORMAL_FORM], &out->form[ALIKE_LOOKS], &code);
    out->fits = code != U_BUFFER_OVERFLOW_ERROR;
    if (out->fits && U_FAILURE(code)) st = icu_failed(code, error);
done:
    return st;
}

static bool same(const characters *x, const characters *y) {
    return x->n == y->n && u_memcmp(x->at, y->at, x->n) == 0;
}

/* ---- The whole ----------------------------------------------------------------------------- */

plaats_status alike_keys(alike *a, const char *text, uint64_t key[ALIKE_KEYS],
                         plaats_error *error) {
    assert(a != NULL && text != NULL);
    plaats_status st = PLAATS_OK;
    forms f;
    if (is_ascii(text)) {
        ascii_keys(text, key);
        return PLAATS_OK;
    }
    TRY(make_forms(a, text, &f, error));
    if (!f.fits) {
        ascii_keys(text, key); /* byte by byte: as good as any, since it is like no other */
        goto done;
    }
    key[0] = hash_all(&f.form[ALIKE_CASE]);
    key[1] = hash_all(&f.form[ALIKE_LOOKS]);
done:
    return st;
}

plaats_status alike_compare(alike *a, const char *x, const char *y, alike_difference *out,
                            plaats_error *error) {
    assert(a != NULL && x != NULL && y != NULL);
    plaats_status st = PLAATS_OK;
    forms of_x, of_y;
    *out = ALIKE_BLANKS;
    TRY(make_forms(a, x, &of_x, error));
    TRY(make_forms(a, y, &of_y, error));
    if (!of_x.fits || !of_y.fits) *out = ALIKE_NOT;
    while (*out < ALIKE_NOT && !same(&of_x.form[*out], &of_y.form[*out])) (*out)++;
done:
    return st;
}

void alike_free(alike *a) {
    uspoof_close(a->checker);
    memset(a, 0, sizeof *a);
}
