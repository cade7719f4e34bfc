/* A random stream that is the same on every machine (SplitMix64; Steele, Lea, Flood, 2014). */
#ifndef PLAATS_BASE_RANDOM_H
#define PLAATS_BASE_RANDOM_H

#include <stdint.h>

typedef struct {
    uint64_t state;
} random_stream;

random_stream random_start(uint64_t seed);
uint64_t random_next(random_stream *r);
/* 0..n-1, each as likely (rejection, no bias); n >= 1. */
uint64_t random_below(random_stream *r, uint64_t n);
/* Mixes a value into a hash; the hash of facts is made with it. */
uint64_t random_mix(uint64_t hash, uint64_t value);
uint64_t random_mix_text(uint64_t hash, const char *text); /* NULL counts as a value of its own */

#endif
