/* ISO 8601 weeks as integers: the number of weeks since 1970-W01. Weeks add and compare as
 * numbers, across years of 52 and 53 weeks. */
#ifndef PLAATS_BASE_WEEK_H
#define PLAATS_BASE_WEEK_H

#include <stdbool.h>
#include <stdint.h>

typedef int32_t week;

#define WEEK_FIRST INT32_MIN /* before every week: an absent `opens`, `from`, `arrives` */
#define WEEK_LAST INT32_MAX  /* after every week: an absent `closes`, `until`, `leaves` */

/* Reads "2023-W06"; false when it is no such text or the year has no such week. Years 0001 to
 * 9999. */
bool week_parse(const char *text, week *out);
/* Writes "2023-W06" and a NUL. */
enum { WEEK_TEXT_SIZE = 16 };
void week_format(week w, char out[WEEK_TEXT_SIZE]);

#endif
