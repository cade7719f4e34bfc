/* Seconds on a clock that never jumps. */
#ifndef PLAATS_BASE_CLOCK_H
#define PLAATS_BASE_CLOCK_H

double clock_seconds(void);

#endif
