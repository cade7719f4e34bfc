/* Reading members, weeks and travel out of an instance document: what the files of the oracle
 * share. Names are taken as they stand, without looking at case.
 */
#ifndef ORACLE_JSON_H
#define ORACLE_JSON_H

#include "oracle.h"

/* Ends the program: "oracle: WHAT 'NAME'". */
void oracle_fail(const char *what, const char *name);
/* Zeroed memory, or the end of the program. */
void *oracle_room(size_t count, size_t size);

/* All of these take a NULL object for one without members. */
const cJSON *oracle_member(const cJSON *object, const char *name);
const char *oracle_text_of(const cJSON *object, const char *name, const char *otherwise);
int64_t oracle_integer_of(const cJSON *object, const char *name, int64_t otherwise);
int64_t oracle_week_of(const cJSON *object, const char *name);

/* An integer, or steps, in a week: `before` holds before the first step. Null is ORACLE_NONE. */
int64_t oracle_value_in(const cJSON *item, int64_t week, int64_t before);

/* Whether first <= week < end, where a missing end leaves that side open. */
bool oracle_within(int64_t first, int64_t end, int64_t week);
/* The same for the `from` and `until` of a rule. */
bool oracle_holds(const cJSON *rule, int64_t week);

bool oracle_lists(const cJSON *strings, const char *text);
/* The household of a person: the one it names, or one with its own id. */
const char *oracle_household_of(const cJSON *person);

/* The number of a place in o->places; ends the program if there is none. */
int oracle_find_place(const oracle *o, const char *id);

#endif
