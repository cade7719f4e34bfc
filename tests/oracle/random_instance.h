/* Random tiny instances of one week, in which every member of the format turns up sooner or later.
 * They are valid, small enough for the oracle, and tight: beds, services and limits compete.
 */
#ifndef RANDOM_INSTANCE_H
#define RANDOM_INSTANCE_H

#include <stdint.h>

/* The text of an instance: the same for the same seed. Free it with free. */
char *random_instance(uint64_t seed);
/* The same with points up to the limit of the format, and priorities too. With U "first" some are
 * more than the format allows. */
char *random_large_instance(uint64_t seed);

#endif
