/* An instance under other names: every id, tag, service, kind, province, municipality and name is
 * another one, and lists stand in another order. What the instance says is the same.
 */
#ifndef RENAMING_H
#define RENAMING_H

#include <stdint.h>

/* Other names for each seed. Free it with free. */
char *renamed_instance(const char *text, uint64_t seed);

#endif
