/* Why a household has no bed, and what a bed costs in the plan's own case, read from the documents
 * as the format tells it. */
#ifndef ORACLE_REASONS_H
#define ORACLE_REASONS_H

#include "oracle.h"

enum { ORACLE_MOST_REASONS = 64 };

typedef struct {
    const char *code, *what; /* what: "" if it names nothing */
    int sites;
    const char *because; /* "" if the rules behind it do not all give the same */
} oracle_reason;

typedef struct {
    int n;
    oracle_reason at[ORACLE_MOST_REASONS];
    int last_site[ORACLE_MOST_REASONS];
} oracle_reasons;

/* The household is unplaced in the assignment, in which its whole group is. */
void oracle_find_reasons(const oracle *o, const int *site_of, int household, oracle_reasons *out);

/* The household that comes at this place, from 0, when they are sorted by the bytes of their ids.
 */
int oracle_by_id(const oracle *o, int rank);

/* `unplaced` of a plan of the assignment, by household id. */
cJSON *oracle_unplaced(const oracle *o, const int *site_of);

/* The price of a bed at the site in the case of the plan's proof that the assignment obeys. */
int64_t oracle_bed_price(const oracle *o, const cJSON *proof, const int *site_of, int site);

#endif
