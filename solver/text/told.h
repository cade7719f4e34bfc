/* Who has no bed and why, told to people: a line for each of the first few households, with the
 * sites named. What makes plans and what checks them both tell it, each by its own reading. */
#ifndef PLAATS_TEXT_TOLD_H
#define PLAATS_TEXT_TOLD_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    TOLD_HOUSEHOLDS = 5, /* lines, */
    TOLD_REASONS = 4,    /* reasons of each, */
    TOLD_SITES = 3       /* and sites of each reason; of more it says how many */
};

/* One reason and the sites that count under it. */
typedef struct {
    const char *code, *what, *because; /* `what` and `because`: NULL if none */
    bool in_this_plan;                 /* it hangs on where the others are; no rule rules it out */
    int sites;
    const char *first[TOLD_SITES]; /* ids of the first of them */
} told_reason;

/* Counts one site more under the reason. */
void told_add_site(told_reason *r, const char *site);

/* Runs without a bed; those of the most people are told. */
typedef struct {
    int household, t; /* of the caller */
    int64_t persons;
} told_run;
typedef struct {
    int n;
    told_run at[TOLD_HOUSEHOLDS]; /* the largest first, those of one size in the order given */
    int more;                     /* the others */
} told_runs;

void told_take(told_runs *runs, int household, int t, int64_t persons);

/* "'h' (2 people, from 2023-W07): full 'beds' at 'a', 'b', 'c' and 9 more; ban at 'd' (quarrel)"
 * and a new line. `week`: NULL where only one is planned. Sorts the reasons: first those that a bed
 * or a place more would change, then what rules out the most sites. */
void told_line(buffer *b, const char *household, int64_t persons, const char *week, int n,
               told_reason *reasons);

#endif
