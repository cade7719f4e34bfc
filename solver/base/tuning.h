/* Numbers that tune: how long something is tried, how many are looked at, when to give up. No plan
 * or bound is wrong for another value; some are found sooner. Each room of the engine has its own
 * in one header (prices/prices_tuning.h and its kin), each with its unit, its reason and the bench
 * that set it:
 *
 *     // Options of a unit that are kept at hand: ... Unit: options.
 *     // Set by `targets`, 75,500 x 330.
 *     #define PRICES_MOST_NEAR TUNED("PRICES_MOST_NEAR", 14)
 *
 * What sizes an array is a plain number there, without TUNED.
 *
 * A build with -DPLAATS_TUNING takes other values from the environment (PRICES_MOST_NEAR=28);
 * `make bench BENCH=tuning` shows with it what half and double of each number do.
 */
#ifndef PLAATS_BASE_TUNING_H
#define PLAATS_BASE_TUNING_H

#include <stdbool.h>

#ifndef PLAATS_TUNING

#define TUNED(name, value) (value)

#else

/* The value of the environment variable of this name, or `value` if there is none. */
double tuning_value(const char *name, double value);

#define TUNED(name, value)                                                                         \
    __extension__({                                                                                \
        static bool known_;                                                                        \
        static __typeof__(value) value_;                                                           \
        if (!known_) value_ = (__typeof__(value))tuning_value(name, (double)(value));              \
        known_ = true;                                                                             \
        value_;                                                                                    \
    })

#endif
#endif
