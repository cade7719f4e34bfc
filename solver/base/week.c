/* Weeks of ISO 8601, by days of the Gregorian calendar since 1970. */
#include "base/week.h"

#include "base/checked.h"
#include <assert.h>
#include <stdio.h>

/* Days from 1 January 1970 to 1 January of a year, on the Gregorian calendar. */
static int64_t days_to_year(int64_t year) {
    int64_t before = year - 1;
    int64_t leap_days = floor_div(before, 4) - floor_div(before, 100) + floor_div(before, 400);
    return 365 * (year - 1970) + leap_days - 477; /* 477 leap days up to 1969 */
}

/* Week 1 of a year is the one with 4 January in it. The Monday that begins week 0 (1970-W01) lies
 * three days before 1 January 1970. */
static int64_t first_week(int64_t year) {
    return floor_div(days_to_year(year) + 3 + 3, 7);
}

/* The number that `count` digits write; -1 when one of them is no digit. */
static int digits(const char *text, int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9') return -1;
        value = 10 * value + (text[i] - '0');
    }
    return value;
}

bool week_parse(const char *text, week *out) {
    assert(text != NULL && out != NULL);
    int year = digits(text, 4);
    if (year < 1 || text[4] != '-' || text[5] != 'W') return false;
    int number = digits(text + 6, 2);
    if (number < 1 || text[8] != '\0') return false;
    int64_t w = first_week(year) + number - 1;
    if (w >= first_week(year + 1)) return false;
    *out = (week)w;
    return true;
}

void week_format(week w, char out[WEEK_TEXT_SIZE]) {
    /* A guess from the mean year of 365.2425 days, off by one at most. */
    int64_t year = 1970 + floor_div((int64_t)w * 7 * 10000, 3652425);
    if (first_week(year + 1) <= w) year++;
    if (first_week(year) > w) year--;
    int length =
        snprintf(out, WEEK_TEXT_SIZE, "%04d-W%02d", (int)year, (int)(w - first_week(year) + 1));
    assert(length > 0 && length < WEEK_TEXT_SIZE);
    (void)length;
}
