/* SHA-256 in hexadecimal digits, by nettle. */
#include "base/hash.h"

#include <assert.h>
#include <nettle/sha2.h>

static_assert(2 * SHA256_DIGEST_SIZE + 1 == HASH_TEXT_SIZE, "two digits for each byte, and a NUL");

void hash_sha256(const char *bytes, size_t size, char out[HASH_TEXT_SIZE]) {
    assert(bytes != NULL || size == 0);
    static const char digits[] = "0123456789abcdef";
    struct sha256_ctx context;
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_init(&context);
    if (size > 0) sha256_update(&context, size, (const uint8_t *)bytes);
    sha256_digest(&context, sizeof digest, digest);
    for (int i = 0; i < SHA256_DIGEST_SIZE; i++) {
        out[2 * i] = digits[digest[i] >> 4];
        out[2 * i + 1] = digits[digest[i] & 15];
    }
    out[HASH_TEXT_SIZE - 1] = '\0';
}
