/* What the rules say of one household at one site, apart from all others. */
#ifndef ORACLE_JUDGE_H
#define ORACLE_JUDGE_H

#include "oracle.h"

/* Fills `excluded`, `journey_km` and `parts` of a household for every site. */
void oracle_judge(const oracle *o, oracle_household *household);

/* Whether a person needs a service, by itself or by age. */
bool oracle_person_needs(const oracle *o, const cJSON *person, const char *service);

/* U: the points for one person who stays unplaced, before priority. */
int64_t oracle_points_unplaced(const oracle *o);

#endif
