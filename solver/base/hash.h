/* SHA-256 of bytes, through nettle (the only file that knows it). */
#ifndef PLAATS_BASE_HASH_H
#define PLAATS_BASE_HASH_H

#include <stddef.h>

/* 64 lower-case hexadecimal digits and a NUL. */
enum { HASH_TEXT_SIZE = 65 };
void hash_sha256(const char *bytes, size_t size, char out[HASH_TEXT_SIZE]);

#endif
