/* The largest sum of uses that fits under a limit, by the sums that can be had at all: one bit
 * for each. */
#include "check/check_proof.h"

#include <assert.h>
#include <stdlib.h>

enum { MOST_SUMS = 10000000 }; /* bits that are tried; proofs need a few thousand */

typedef struct {
    size_t words;
    uint64_t *bits; /* bit s: a sum of s can be had */
} sums;

static bool has_sum(const sums *s, int64_t sum) {
    assert(sum >= 0 && (size_t)sum / 64 < s->words);
    return s->bits[sum / 64] >> (sum % 64) & 1;
}

/* Every sum may also be had with `more` on top. */
static void shift_in(sums *s, int64_t more) {
    size_t by = (size_t)(more / 64), rest = (size_t)(more % 64);
    for (size_t i = s->words; i-- > by;) {
        uint64_t word = s->bits[i - by] << rest;
        if (rest > 0 && i > by) word |= s->bits[i - by - 1] >> (64 - rest);
        s->bits[i] |= word;
    }
}

/* Any number of the parcel's units, as steps of 1, 2, 4, ... and a rest: sums of them are all
 * numbers there are. */
static void add_parcel(sums *s, const parcel *p, int64_t limit) {
    assert(p->use > 0 && p->units >= 0);
    int64_t left = p->units < limit / p->use ? p->units : limit / p->use;
    for (int64_t step = 1; left > 0; step *= 2) {
        int64_t some = step < left ? step : left;
        shift_in(s, some * p->use);
        left -= some;
    }
}

plaats_status check_largest_sum(check *c, size_t n, const parcel *parcels, int64_t limit,
                                bool *fits, int64_t *largest) {
    assert(limit >= 0);
    int128 all = 0;
    for (size_t i = 0; i < n; i++)
        if (parcels[i].use <= limit) all += (int128)parcels[i].use * parcels[i].units;
    *fits = true;
    *largest = all <= limit ? (int64_t)all : limit;
    if (all <= limit) return PLAATS_OK;
    *fits = limit < MOST_SUMS;
    if (!*fits) return PLAATS_OK;
    sums s = {.words = (size_t)limit / 64 + 1};
    s.bits = zero_alloc(s.words, sizeof *s.bits);
    if (s.bits == NULL) return fail_memory(c->error);
    s.bits[0] = 1;
    for (size_t i = 0; i < n && !has_sum(&s, limit); i++)
        if (parcels[i].use <= limit) add_parcel(&s, &parcels[i], limit);
    while (!has_sum(&s, *largest)) --*largest;
    free(s.bits);
    return PLAATS_OK;
}
