/* SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014), and
 * hashes made with its finalizer. */
#include "base/random.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

#define GOLDEN_GAMMA UINT64_C(0x9E3779B97F4A7C15)

/* The finalizer of SplitMix64: a one-to-one map in which each bit in moves every bit out. */
static uint64_t scramble(uint64_t z) {
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

random_stream random_start(uint64_t seed) {
    return (random_stream){.state = seed};
}

uint64_t random_next(random_stream *r) {
    r->state += GOLDEN_GAMMA;
    return scramble(r->state);
}

uint64_t random_below(random_stream *r, uint64_t n) {
    assert(n >= 1);
    /* 2^64 mod n values too many; without the lowest of them each rest is as likely. */
    uint64_t too_many = (0 - n) % n;
    uint64_t x = random_next(r);
    while (x < too_many) x = random_next(r);
    return x % n;
}

uint64_t random_mix(uint64_t hash, uint64_t value) {
    /* The value is scrambled first: with hash ^ value alone, (a, b) could equal (b, a). */
    return scramble(hash ^ scramble(value + GOLDEN_GAMMA));
}

uint64_t random_mix_text(uint64_t hash, const char *text) {
    if (text == NULL) return random_mix(hash, UINT64_MAX); /* no length of a text */
    size_t size = strlen(text);
    hash = random_mix(hash, size);
    for (size_t i = 0; i < size; i += 8) {
        uint64_t word = 0; /* put together by hand: the same on every byte order */
        for (size_t k = 0; k < 8 && i + k < size; k++)
            word |= (uint64_t)(unsigned char)text[i + k] << 8 * k;
        hash = random_mix(hash, word);
    }
    return hash;
}
